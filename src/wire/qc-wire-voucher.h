/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A voucher as the center issues it: one line of text that holds the signed facts (read and verified by proof, which
 * the wire does not know), and beside it in plain what it was made of and the key it names. What stands beside is for
 * filing only; nothing is printed from it. Any thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-wire-center.h"

G_BEGIN_DECLS

#define QC_WIRE_MAX_VOUCHER 131072

/* POST …/applications/{serial}/voucher */
typedef struct {
  char *serial;    /* (owned) */
  gint64 revision; /* of the application it was made of */
  QcApplicationState state;
  gboolean practice;
  int reprint;    /* how often the center issued one of this kind (finished, or not yet) before */
  gint64 issued;  /* unix seconds, the center's clock */
  QcWireKey *key; /* (owned) the public half that it was signed with, and its validity */
  char *text;     /* (owned) one line */
} QcWireVoucher;
QcWireVoucher *qc_wire_voucher_new (void);
void qc_wire_voucher_free (QcWireVoucher *voucher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireVoucher, qc_wire_voucher_free)

GBytes *qc_wire_encode_voucher (const QcWireVoucher *voucher);
QcWireVoucher *qc_wire_decode_voucher (GBytes *bytes, GError **error);

G_END_DECLS
