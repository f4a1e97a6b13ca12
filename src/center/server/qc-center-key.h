/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The key that a center signs with. Its secret half stands in a file of its own ("signing-key", 0600), never in the
 * database, so that no copy of the database can sign; the public halves of all keys there ever were stand in the
 * database. Start-up only: it blocks.
 */
#pragma once

#include "qc-center-private.h"

G_BEGIN_DECLS

#define QC_CENTER_KEY_FILE "signing-key"

/*
 * Before the database is opened: takes the secret half out of a database of an older version, and out of the copies of
 * it that lie beside it, into the file. Nothing of it is left in them.
 */
gboolean qc_center_key_move_out (const char *data_dir, gint64 now, GError **error);

/*
 * In a write transaction. The key of the file, if the database has it as one that counts now; else, where there is
 * neither, a new one. QC_CENTER_SERVER_ERROR_DATA says in words that the file is lost, or is another key's. (transfer
 * full)
 */
QcSigningKey *qc_center_key_take (QcConnection *connection, const char *data_dir, gboolean practice, gint64 now,
                                  GError **error);

/* In a write transaction: what is signed from now on is signed by a new key; the old one counts for what it signed. */
gboolean qc_center_key_renew (QcConnection *connection, const char *data_dir, gint64 now, GError **error);

/* Whether the file's key is one of the database. NULL, or what is wrong with it in words. (transfer full) */
char *qc_center_key_dup_fault (QcConnection *connection, const char *data_dir, gint64 now, GError **error);

/* All keys with their public halves, oldest first. (transfer full) (element-type QcWireKey) */
GPtrArray *qc_center_key_list (QcConnection *connection, GError **error);

G_END_DECLS
