/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An address for a telephone on the wire: what is asked for ({"label", "pictures"}), and what is said of it, which
 * pictures have arrived among it. How long it lives is told in seconds from now, since clocks differ. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_WIRE_PHONE_MOST 20 /* pictures of an address */

typedef struct {
  char *label; /* (owned) */
  guint pictures;
} QcWirePhoneRequest;
void qc_wire_phone_request_clear (QcWirePhoneRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcWirePhoneRequest, qc_wire_phone_request_clear)
GBytes *qc_wire_encode_phone_request (const QcWirePhoneRequest *request);
gboolean qc_wire_decode_phone_request (GBytes *bytes, QcWirePhoneRequest *out, GError **error);

typedef struct {
  guint number;
  gint64 size; /* bytes */
} QcWirePhonePicture;

typedef struct {
  char *id;
  char *address;         /* (nullable) only when it is given out */
  gint64 expires;        /* unix seconds, by the center's clock */
  gint64 seconds;        /* until then; 0 = it is over */
  guint pictures, taken; /* that it takes, and took so far */
  GArray *arrived;       /* (owned) QcWirePhonePicture: not fetched yet, numbers rising */
} QcWirePhone;
QcWirePhone *qc_wire_phone_new (void);
void qc_wire_phone_free (QcWirePhone *phone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWirePhone, qc_wire_phone_free)
GBytes *qc_wire_encode_phone (const QcWirePhone *phone);
QcWirePhone *qc_wire_decode_phone (GBytes *bytes, GError **error);

G_END_DECLS
