/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A database's file before SQLite opens it: its mode, whether it is one and whole, and who of this process has it open.
 * Not for other rooms. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The file with mode 0600 before SQLite sees it; WAL and shared memory files take their mode from it. Fails with
 * QC_DB_ERROR_FULL, _NOT_FOUND, _IO. */
gboolean qc_database_file_prepare (const char *path, gboolean create, GError **error);
/* Looks at the file unless it is open here already, and counts it as open. @path: absolute. Fails with _CORRUPT too. */
gboolean qc_database_file_enter (const char *path, gboolean create, GError **error);
void qc_database_file_leave (const char *path);

G_END_DECLS
