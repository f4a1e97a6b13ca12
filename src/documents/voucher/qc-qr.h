/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * QR codes (ISO/IEC 18004) of bytes by libqrencode: error correction level M, the smallest of the 40 versions. Only
 * qc-qr.c knows the library. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint8 *modules; /* (owned) n × n, by rows: 1 = dark */
  int n;
} QcQr;

/* The most bytes a code can hold. */
#define QC_QR_MAX 2331

/* FALSE if @text is too long for one code. */
gboolean qc_qr_init (QcQr *qr, const char *text);
void qc_qr_clear (QcQr *qr);

G_END_DECLS
