/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A stream of bytes under a passphrase: the key by argon2id, the bytes by secretstream (XChaCha20-Poly1305) in chunks
 * of 256 KiB, so that it needs no memory of its length. Whoever opens it gets what was sealed, in its order and to its
 * end, or an error; nothing can be left out, doubled or cut off unnoticed. What was read before an error is not to be
 * used. Deriving the key takes its time on purpose: never on a main loop. Any one thread.
 *
 *   magic (8) · version (1) · passes (4) · KiB (4) · salt (16) · header of the stream (24) · nothing, sealed (17)
 *   · BLAKE2b-128 of all that (16) · chunks, each 17 bytes longer than its content, the last one tagged as such
 */
#pragma once

#include "qc-password.h"
#include "qc-proof.h"

G_BEGIN_DECLS

extern const QcPasswordCost qc_seal_cost_usual; /* "moderate": 3 passes over 256 MiB */

/* Takes all of it. */
typedef gboolean (*QcSealWriteFunc) (const guint8 *data, gsize size, gpointer user_data, GError **error);
typedef struct _QcSealer QcSealer;
/* Writes the beginning. @write gets @user_data. */
QcSealer *qc_sealer_new (const char *passphrase, const QcPasswordCost *cost, QcSealWriteFunc write, gpointer user_data,
                         GError **error);
gboolean qc_sealer_add (QcSealer *sealer, gconstpointer data, gsize size, GError **error);
/* After which nothing can be added. */
gboolean qc_sealer_end (QcSealer *sealer, GError **error);
void qc_sealer_free (QcSealer *sealer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSealer, qc_sealer_free)

/* Fills @buffer as far as there is something; -1 on error. */
typedef gssize (*QcSealReadFunc) (guint8 *buffer, gsize size, gpointer user_data, GError **error);
typedef struct _QcOpener QcOpener;
/* QC_PROOF_ERROR_SEAL_NONE, _SEAL_NEWER, _SEAL_PASSPHRASE, _SEAL_TORN. */
QcOpener *qc_opener_new (const char *passphrase, QcSealReadFunc read, gpointer user_data, GError **error);
/* Exactly @size bytes of what was sealed. */
gboolean qc_opener_read (QcOpener *opener, gpointer buffer, gsize size, GError **error);
/* Nothing more may come. */
gboolean qc_opener_end (QcOpener *opener, GError **error);
void qc_opener_free (QcOpener *opener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOpener, qc_opener_free)

G_END_DECLS
