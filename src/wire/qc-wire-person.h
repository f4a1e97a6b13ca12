/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People on the wire: the person, the history of bases, and what was paid as spans of months. See qc-wire-unit.h for
 * the forms.
 */
#pragma once

#include "qc-feed.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

void qc_wire_write_person (QcJsonWriter *writer, const QcEmployee *employee);
void qc_wire_write_person_members (QcJsonWriter *writer, const QcEmployee *employee);
QcEmployee *qc_wire_read_person (const QcWireObject *object);

/* What a row of the base history, or of what was paid, has besides its key. What is read is owned. */
void qc_wire_write_base_members (QcJsonWriter *writer, const QcFeedRow *row);
void qc_wire_read_base (const QcWireObject *object, QcFeedRow *row);
void qc_wire_write_paid_members (QcJsonWriter *writer, const QcFeedRow *row);
void qc_wire_read_paid (const QcWireObject *object, QcFeedRow *row);

const char *qc_span_kind_to_code (QcSpanKind kind); /* "remittance" "back-payment" */
gboolean qc_span_kind_from_code (const char *code, QcSpanKind *out);

G_END_DECLS
