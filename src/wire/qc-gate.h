/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The byte gate: one linear pass over the bytes of a message before a JSON library sees them. What passes is strict
 * JSON (RFC 8259) in UTF-8 without a byte order mark, with bounded size, depth and number of values, without duplicate
 * members (compared after unescaping), without lone surrogates or U+0000, and with integers within int64 only: the API
 * knows no other numbers. Memory is bounded by the depth. Pure, any thread.
 */
#pragma once

#include "qc-wire-error.h"

G_BEGIN_DECLS

typedef struct {
  gsize max_size;    /* bytes */
  guint max_depth;   /* arrays and objects inside one another, at most QC_GATE_MAX_DEPTH */
  guint max_values;  /* values of all kinds, so that the tree built afterwards is bounded */
  guint max_members; /* of one object, at most QC_GATE_MAX_MEMBERS */
} QcGateLimits;

#define QC_GATE_MAX_DEPTH   32
#define QC_GATE_MAX_MEMBERS 1024
#define QC_GATE_MAX_NAME    256 /* bytes of a member name, unescaped */

extern const QcGateLimits qc_gate_request; /* 1 MiB */
extern const QcGateLimits qc_gate_answer;  /* 8 MiB */
extern const QcGateLimits qc_gate_file;    /* 256 KiB: profiles */

/* Whether @data may be parsed; else QC_WIRE_ERROR with the offset of the first fault. */
gboolean qc_gate_check (const guint8 *data, gsize length, const QcGateLimits *limits, GError **error);

G_END_DECLS
