/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which SQLite this program runs with. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_SQLITE_LEAST 3034000 /* what the schema and its statements need */

int qc_sqlite_version_number (void);       /* 3040001 */
const char *qc_sqlite_version_text (void); /* "3.40.1" */
/* Built without locks, it would not bear the threads of a database. */
gboolean qc_sqlite_is_threadsafe (void);

G_END_DECLS
