/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one place where libsodium is set up, and the error domain of this room. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_PROOF_ERROR (qc_proof_error_quark ())
GQuark qc_proof_error_quark (void);

typedef enum {
  QC_PROOF_ERROR_KEY,       /* not a key of this kind */
  QC_PROOF_ERROR_FACTS,     /* not facts in canonical form */
  QC_PROOF_ERROR_UNKNOWN,   /* signed with a key nobody knows */
  QC_PROOF_ERROR_EXPIRED,   /* the key was not valid when it was signed */
  QC_PROOF_ERROR_SIGNATURE, /* the signature does not fit */
  QC_PROOF_ERROR_MEMORY,    /* not enough memory to hash a password */
  QC_PROOF_ERROR_SEAL_NONE, /* no sealed file, see qc-sealed.h */
  QC_PROOF_ERROR_SEAL_NEWER,
  QC_PROOF_ERROR_SEAL_PASSPHRASE,
  QC_PROOF_ERROR_SEAL_TORN, /* cut short or changed */
} QcProofError;

/* Called by everything here that needs it; cheap after the first time. */
void qc_proof_init (void);

G_END_DECLS
