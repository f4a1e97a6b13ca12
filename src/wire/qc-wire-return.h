/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 退回原因 as JSON: {"code", "target", "text", "line"?, "field"?, "attachment"?}. Any thread.
 */
#pragma once

#include "qc-json-writer.h"
#include "qc-return-reason.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

/* "reasons": [ … ] */
void qc_wire_write_reasons (QcJsonWriter *writer, const GPtrArray *reasons);
/* Absent = none. What a newer center is about counts as being about the application. (transfer full) */
GPtrArray *qc_wire_read_reasons (const QcWireObject *object);

/* For the client's database. (transfer full) */
char *qc_wire_reasons_to_text (const GPtrArray *reasons);
GPtrArray *qc_wire_reasons_from_text (const char *text, GError **error);

G_END_DECLS
