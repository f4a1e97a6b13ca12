/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a center needs before it can listen: the lock on its data folder, its database with facts and signing key, the
 * certificate, and the profile it hands out. Start-up only: it blocks.
 */
#pragma once

#include "qc-center-private.h"
#include "qc-center-server.h"

G_BEGIN_DECLS

/* Creates the folder (0700) if need be, and holds it until the descriptor is closed; −1 on error. @patience:
 * microseconds that one which is just ending is waited for. */
int qc_center_setup_lock (const char *data_dir, gint64 patience, GError **error);
/* The database of @data_dir, of this version; what is damaged is told with what to do. (transfer full) */
QcDatabase *qc_center_setup_open (const char *data_dir, GError **error);
/* Opens the database, looks through it, makes practice data if there are none, fills database, department, profile_id,
 * mark, keys. */
gboolean qc_center_setup_data (QcCenter *center, const QcCenterOptions *options, GError **error);
/* Where the pages were served the last time; 0 = not known. */
gint64 qc_center_setup_get_pages_port (QcCenter *center);
gboolean qc_center_setup_keep_pages_port (QcCenter *center, gint64 port, GError **error);
/* The certificate to serve with; *@out_ca_path names the CA's file. (transfer full) */
QcHttpTls *qc_center_setup_tls (QcCenter *center, const QcCenterOptions *options, char **out_ca_path, GError **error);
/* Writes profile.json; returns its path. (transfer full) */
char *qc_center_setup_profile (QcCenter *center, const char *ca_path, GError **error);

G_END_DECLS
