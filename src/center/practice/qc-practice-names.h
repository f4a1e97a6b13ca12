/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Made-up names, identity numbers and days for practice data: plausible, deterministic, nobody's. Any thread.
 */
#pragma once

#include "qc-resident-id.h"

G_BEGIN_DECLS

/* A small deterministic generator (splitmix64); a value on the stack. */
typedef struct {
  guint64 state;
} QcPracticeRandom;
guint64 qc_practice_random_next (QcPracticeRandom *random);
/* 0 … n − 1. */
int qc_practice_random_below (QcPracticeRandom *random, int n);
gboolean qc_practice_random_percent (QcPracticeRandom *random, int percent);

/* The name of person number @index of a unit: the first ten show what names can be. (transfer full) */
char *qc_practice_name (QcPracticeRandom *random, gint64 index, QcSex sex);
/* An 18-digit number with a right check character; @number makes it unique among people of one birth day. */
void qc_practice_resident_id (gint64 number, QcDate birth, QcSex sex, char out[19]);

G_END_DECLS
