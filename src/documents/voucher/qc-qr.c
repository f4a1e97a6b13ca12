/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-qr.h"

#include <errno.h>
#include <qrencode.h>

gboolean
qc_qr_init (QcQr *qr, const char *text)
{
  *qr = (QcQr) {0};
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    if (errno == ENOMEM)
      g_error ("No memory for a QR code"); /* as GLib does */
    return FALSE;
  }
  qr->n = code->width;
  qr->modules = g_malloc ((gsize)qr->n * (gsize)qr->n);
  for (int i = 0; i < qr->n * qr->n; i++)
    qr->modules[i] = code->data[i] & 1; /* the other bits say what kind of module it is */
  QRcode_free (code);
  return TRUE;
}

void
qc_qr_clear (QcQr *qr)
{
  g_clear_pointer (&qr->modules, g_free);
}
