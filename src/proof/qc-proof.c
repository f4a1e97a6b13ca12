/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Setting up libsodium once. Any thread.
 */
#include "qc-proof.h"

#include <sodium.h>

G_DEFINE_QUARK (qc - proof - error - quark, qc_proof_error)

void
qc_proof_init (void)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  if (sodium_init () < 0)
    g_error ("libsodium cannot be set up: the system has no randomness");
  g_once_init_leave (&done, 1);
}
