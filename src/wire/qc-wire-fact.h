/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Facts of a submission as JSON: [{"name", "before", "value"}], each name once. The same on the wire and in both
 * databases. Any thread.
 */
#pragma once

#include "qc-fact.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

void qc_wire_write_fact (QcJsonWriter *writer, const QcFact *fact);
/* Member "facts". */
void qc_wire_write_facts (QcJsonWriter *writer, const GPtrArray *facts);
/* Absent = none. Nothing is made plain: what cannot stand there was not confirmed. (transfer full) */
GPtrArray *qc_wire_read_facts (const QcWireObject *object);

/* As one text, {"facts": […]}. (transfer full) */
char *qc_wire_facts_to_text (const GPtrArray *facts);
GPtrArray *qc_wire_facts_from_text (const char *text, GError **error);

G_END_DECLS
