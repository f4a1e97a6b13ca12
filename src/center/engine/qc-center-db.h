/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's database file: its scripts, and its settings. Settings are read and written on database threads.
 */
#pragma once

#include "qc-database.h"

G_BEGIN_DECLS

/* Opens (creating and migrating) the center's database at @path. Blocks: for start-up. (transfer full) */
QcDatabase *qc_center_db_open (const char *path, GError **error);

/* Of the schema that this program knows. */
guint qc_center_db_get_version (void);

/* A setting as text; *@out is NULL when it was never set. */
gboolean qc_center_db_get_setting (QcConnection *connection, const char *name, char **out, GError **error);
/* NULL @value removes it. */
gboolean qc_center_db_set_setting (QcConnection *connection, const char *name, const char *value, GError **error);
gboolean qc_center_db_get_setting_int (QcConnection *connection, const char *name, gint64 fallback, gint64 *out,
                                       GError **error);
gboolean qc_center_db_set_setting_int (QcConnection *connection, const char *name, gint64 value, GError **error);

G_END_DECLS
