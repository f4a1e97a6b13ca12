/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * SHA-256 for attachments, bodies, the chain of the journal and PKCE; base64url; comparing secrets. Any thread.
 */
#pragma once

#include "qc-proof.h"

G_BEGIN_DECLS

#define QC_DIGEST_SIZE 32

void qc_digest (const guint8 *data, gsize length, guint8 out[QC_DIGEST_SIZE]);
/* Lower case hex, 64 characters. (transfer full) */
char *qc_digest_hex (const guint8 *data, gsize length);
char *qc_digest_hex_bytes (GBytes *bytes);
/* Piece by piece, for files. Free by finishing. */
typedef struct _QcDigest QcDigest;
QcDigest *qc_digest_new (void);
void qc_digest_update (QcDigest *digest, const guint8 *data, gsize length);
char *qc_digest_finish_hex (QcDigest *digest);
/*
 * One link of a hash chain: the digest over the previous link (hex; NULL or "" = the first) and @parts, each with its
 * length before it, so that no two lists of parts give the same bytes. A NULL part differs from an empty one: count
 * them in @n_parts. (transfer full)
 */
char *qc_digest_chain (const char *previous, const char *const *parts, gsize n_parts);
/* PKCE S256: base64url (SHA-256 (verifier)). (transfer full) */
char *qc_digest_pkce (const char *verifier);

/* Without padding. (transfer full) */
char *qc_base64url_encode (const guint8 *data, gsize length);
/* NULL unless @text is strict base64url without padding. (transfer full) (nullable) */
GBytes *qc_base64url_decode (const char *text);
/* Whether both are the same, in a time that tells nothing about where they differ. NULL equals nothing. */
gboolean qc_secret_equal (const char *a, const char *b);

G_END_DECLS
