/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 资金流水: one movement of a unit's money at the center. Draws and arrivals put money into 暂存款, bookings take it
 * out; the balance after each is kept, so that the list can be read by itself.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef struct {
  char *key;             /* (owned) unique in the unit */
  gint64 time;           /* unix seconds */
  char *kind;            /* (owned) stable code: "draw" "arrival" "booking" "refund" … */
  QcMoney fen;           /* as a positive amount */
  char *serial;          /* (owned) (nullable) 业务流水号 */
  QcMoney balance_after; /* 暂存款 */
  char *text;            /* (owned) (nullable) in words, from the center */
} QcMovement;

QcMovement *qc_movement_new (void);
void qc_movement_free (QcMovement *movement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcMovement, qc_movement_free)

G_END_DECLS
