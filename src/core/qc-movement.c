/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Movements of money: plain values, any thread.
 */
#include "qc-movement.h"

QcMovement *
qc_movement_new (void)
{
  return g_new0 (QcMovement, 1);
}

void
qc_movement_free (QcMovement *movement)
{
  if (movement == NULL)
    return;
  g_free (movement->key);
  g_free (movement->kind);
  g_free (movement->serial);
  g_free (movement->text);
  g_free (movement);
}
