/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Folders of the data folder that are made, filled and let go of as a whole. Not for other rooms. Any thread but the
 * main one; errors are QC_DB_ERROR_FULL and _IO.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* errno as an error about @path. Always FALSE. */
gboolean qc_store_folders_fail (const char *path, GError **error);
/* @path is an empty folder (0700), whatever was there before. */
gboolean qc_store_folders_begin (const char *path, GError **error);
/* Goes with everything in it, links not followed. FALSE when something stays. */
gboolean qc_store_folders_remove (const char *path);
/* The file @to is @from: the same one where the disk can do that, else a copy. For files that nobody changes. */
gboolean qc_store_folders_link (const char *from, const char *to, GError **error);
/* @to is a copy of its own, on the disk. */
gboolean qc_store_folders_copy (const char *from, const char *to, GError **error);
gboolean qc_store_folders_move (const char *from, const char *to, GError **error);
/* The names in it are on the disk. */
gboolean qc_store_folders_sync (const char *path, GError **error);

G_END_DECLS
