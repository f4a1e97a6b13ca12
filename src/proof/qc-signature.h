/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Ed25519 signatures over facts. What is signed is a fixed prefix, the key id, the time of signing and the canonical
 * bytes, so that none of them can be exchanged. A signature counts only if the key was valid when it was signed. Any
 * thread.
 */
#pragma once

#include "qc-facts.h"

G_BEGIN_DECLS

#define QC_SIGNATURE_ALGORITHM "ed25519"

/* A key pair of a center. The secret half is wiped when it goes. */
typedef struct _QcSigningKey QcSigningKey;
QcSigningKey *qc_signing_key_new (const char *id, gint64 from, gint64 until);
/* @seed: 32 bytes, as from qc_signing_key_dup_seed(). QC_PROOF_ERROR_KEY. */
QcSigningKey *qc_signing_key_new_from_seed (const char *id, GBytes *seed, gint64 from, gint64 until, GError **error);
void qc_signing_key_free (QcSigningKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSigningKey, qc_signing_key_free)
const char *qc_signing_key_get_id (const QcSigningKey *key);
/* Base64 of the public half. (transfer full) */
char *qc_signing_key_dup_public (const QcSigningKey *key);
/* The 32 secret bytes, to be kept in a file of mode 0600. (transfer full) */
GBytes *qc_signing_key_dup_seed (const QcSigningKey *key);
gint64 qc_signing_key_get_from (const QcSigningKey *key);
gint64 qc_signing_key_get_until (const QcSigningKey *key);

/* A public key with its validity, as a profile holds it: unix seconds, from ≤ t < until, 0 = open. */
typedef struct {
  char *id; /* (owned) */
  guint8 key[32];
  gint64 from, until;
} QcVerifyKey;
/* @public_key: base64. QC_PROOF_ERROR_KEY. */
QcVerifyKey *qc_verify_key_new (const char *id, const char *algorithm, const char *public_key, gint64 from,
                                gint64 until, GError **error);
void qc_verify_key_free (QcVerifyKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVerifyKey, qc_verify_key_free)

/* Facts with their signature. Plain values. */
typedef struct {
  GBytes *facts; /* (owned) canonical bytes */
  char *key_id;  /* (owned) */
  gint64 time;   /* when it was signed, unix seconds */
  guint8 signature[64];
} QcSigned;
void qc_signed_free (QcSigned *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSigned, qc_signed_free)

/* QC_PROOF_ERROR_EXPIRED if @key is not valid at @time. (transfer full) */
QcSigned *qc_sign_facts (const QcSigningKey *key, const QcFacts *facts, gint64 time, GError **error);
/*
 * qc_verify_facts:
 * @keys: (element-type QcVerifyKey): all keys one trusts
 *
 * Returns the facts only if a key of that id is known, was valid at the time of signing, and the signature fits.
 * (transfer full)
 */
QcFacts *qc_verify_facts (const QcSigned *signed_facts, const GPtrArray *keys, GError **error);

/* One line of text, as QR codes and attachments carry it: "QC1.<key id>.<time>.<facts>.<signature>", the last two in
 * base64url. (transfer full) */
char *qc_signed_to_text (const QcSigned *self);
/* QC_PROOF_ERROR_FACTS. Nothing is verified yet. (transfer full) */
QcSigned *qc_signed_from_text (const char *text, GError **error);

G_END_DECLS
