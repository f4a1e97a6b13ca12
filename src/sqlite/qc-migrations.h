/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Schema versions: one SQL script per version, run in one transaction with PRAGMA user_version.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/*
 * Brings @path's database to version @n. @scripts: GResource paths "…/001.sql" … in order, @n of them.
 * A file of a newer version is refused (QC_DB_ERROR_NEWER) untouched. Before a migration of an existing file a copy
 * is laid aside as "<path>.v<old>.bak". A script that fails leaves the old version.
 */
gboolean qc_migrations_run (QcConnection *connection, const char *path, const char *const *scripts, guint n,
                            GError **error);
/* A damaged file is moved to "<path>.damaged-<unix time>" (with -wal and -shm); *@out_moved says where. */
gboolean qc_migrations_set_aside (const char *path, char **out_moved, GError **error);

G_END_DECLS
