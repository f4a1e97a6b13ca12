/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The practice center's own certificate authority and server certificate, for 127.0.0.1 only: made by GnuTLS, kept in
 * the data folder (0600), renewed well before they end. Always by the machine's clock. Start-up only: it blocks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_CENTER_TLS_CA     "ca.pem"
#define QC_CENTER_TLS_SERVER "server.pem"

/* Sees that both are there and good at @now. @label goes into the names: "演练". */
gboolean qc_center_tls_ensure (const char *data_dir, const char *label, gint64 now, GError **error);
/* Writes @data under @path, 0600, complete before it gets its name. */
gboolean qc_center_tls_write_file (const char *path, const char *data, gsize size, GError **error);

G_END_DECLS
