/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Names of files made of what people call things. Any thread.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* <title>_<unit>_<when><ending>, of each part at most 40 characters; what no file system takes, and what would be a
 * path or hidden, becomes "_". @when: (nullable). (transfer full) */
char *qc_file_name_make (const char *title, const char *unit, const char *when, const char *ending);

G_END_DECLS
