/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The center's signing keys as a profile and its center name them; vouchers are checked with them. Database threads
 * only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  char *id;           /* (owned) */
  char *algorithm;    /* (owned) "ed25519" */
  char *public_key;   /* (owned) base64 */
  gint64 from, until; /* unix seconds of validity; until 0 = open */
} QcStoreKey;
void qc_store_key_free (QcStoreKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreKey, qc_store_key_free)

/*
 * Adds what is new and updates validity. A known id never gets another public key: QC_STORE_ERROR_STATE, nothing is
 * changed. @keys: GPtrArray of QcStoreKey.
 */
gboolean qc_store_keys_put (QcConnection *connection, const char *profile, const GPtrArray *keys, GError **error);
/* GPtrArray of QcStoreKey. (transfer full) */
GPtrArray *qc_store_keys_list (QcConnection *connection, const char *profile, GError **error);

G_END_DECLS
