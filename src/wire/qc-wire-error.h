/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one error domain of the wire. Messages are for logs and developers: English, with the byte offset or the path of
 * the member concerned; users are told by code.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_WIRE_ERROR (qc_wire_error_quark ())
GQuark qc_wire_error_quark (void);

typedef enum {
  /* of the gate, with the byte offset in the message */
  QC_WIRE_ERROR_SIZE,      /* too many bytes, values or members */
  QC_WIRE_ERROR_DEPTH,     /* nested too deep */
  QC_WIRE_ERROR_DUPLICATE, /* a member twice in one object */
  QC_WIRE_ERROR_NUMBER,    /* not an integer, or beyond int64 */
  QC_WIRE_ERROR_ENCODING,  /* not UTF-8, a byte order mark, a lone surrogate, U+0000 */
  QC_WIRE_ERROR_SYNTAX,    /* not JSON, or something after it */
  /* of the decoders, with the path in the message */
  QC_WIRE_ERROR_MISSING, /* a required member is not there */
  QC_WIRE_ERROR_TYPE,    /* a member has the wrong JSON type */
  QC_WIRE_ERROR_VALUE,   /* out of range, no such month, unknown code … */
} QcWireError;

G_END_DECLS
