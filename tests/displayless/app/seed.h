/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A data folder as a clerk's after the first pull, without a center: the profile "heihe" is chosen and entered, two
 * units are granted, the first with people (every tenth 封存, bases 5,000 … 14,900 yuan, 12 % + 12 %, paid up to
 * 202608).
 */
#pragma once

#include <glib.h>

#define SEED_UNIT_1 "231100000042"
#define SEED_UNIT_2 "231100000077"

/* @n_people < 0: an empty folder, as on the first start. (transfer full) */
char *seed_make_folder (int n_people);
/* With all that is in it. */
void seed_remove_folder (const char *folder);
