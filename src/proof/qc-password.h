/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Passwords: argon2id with a salt of its own, kept as one self-describing string. Both calls take their time on
 * purpose: never on a main loop. Any thread.
 */
#pragma once

#include "qc-proof.h"

G_BEGIN_DECLS

typedef struct {
  guint64 operations; /* passes over the memory, ≥ 1 */
  gsize memory;       /* bytes, ≥ 8 KiB */
} QcPasswordCost;
extern const QcPasswordCost qc_password_cost_usual; /* 2 passes over 64 MiB: about 0.1 s */
extern const QcPasswordCost qc_password_cost_test;  /* 1 pass over 64 KiB */

#define QC_PASSWORD_MAX 1024 /* bytes */

/* NULL with QC_PROOF_ERROR_MEMORY. (transfer full) */
char *qc_password_hash (const char *password, const QcPasswordCost *cost, GError **error);
/* FALSE too when @hash is none, or @password is too long. */
gboolean qc_password_verify (const char *password, const char *hash);

G_END_DECLS
