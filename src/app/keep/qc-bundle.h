/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A folder (qc-store-copies.h) as one file under a passphrase (qc-sealed.h), and back. The file appears whole or not at
 * all; what is read is checked to its last byte before it is called good. Any thread but the main one.
 *
 * Within the seal: "QCB1", then of each file the length of its name (2 bytes), its size (8), name and content; a name
 * of no length ends it. Numbers are little-endian.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @permille: how far it is, read from other threads by g_atomic_int_get(). Fails as qc_app_error_code() names it:
 * "bundle.…", "io.…", "cancelled". */
gboolean qc_bundle_write (const char *folder, const char *path, const char *passphrase, GCancellable *cancellable,
                          int *permille, GError **error);
/* @folder is empty, and stays half filled where it fails. */
gboolean qc_bundle_read (const char *path, const char *passphrase, const char *folder, GCancellable *cancellable,
                         int *permille, GError **error);

G_END_DECLS
