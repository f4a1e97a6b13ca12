/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Randomness from the system's generator: bytes, tokens for addresses and headers, UUIDs. Any thread.
 */
#pragma once

#include "qc-proof.h"

G_BEGIN_DECLS

void qc_random_bytes (guint8 *buffer, gsize size);
/* @n_bytes random bytes as base64url without padding: 32 → 43 characters. (transfer full) */
char *qc_random_token (gsize n_bytes);
/* A version 4 UUID in lower case. (transfer full) */
char *qc_random_uuid (void);
/* Whether @text is a UUID in lower or upper case, of any version. */
gboolean qc_uuid_is_valid (const char *text);

G_END_DECLS
