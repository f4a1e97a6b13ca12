/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * People on the wire: the person, the history of bases, and what was paid as spans of months. See qc-wire-unit.h for
 * the forms.
 */
#pragma once

#include "qc-employee.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

void qc_wire_write_person (QcJsonWriter *writer, const QcEmployee *employee);
void qc_wire_write_person_members (QcJsonWriter *writer, const QcEmployee *employee);
QcEmployee *qc_wire_read_person (const QcWireObject *object);

/* A row of the base history with whose it is. */
typedef struct {
  char *person; /* (owned) 个人账号 */
  QcBaseChange change;
  gint64 time; /* when it was entered, unix seconds, 0 = not said */
} QcWireBase;
void qc_wire_base_clear (QcWireBase *base);
void qc_wire_write_base_members (QcJsonWriter *writer, const char *person, const QcBaseChange *change, gint64 time);
QcWireBase qc_wire_read_base (const QcWireObject *object);

/* A span of paid months with whose it is and by which application. */
typedef struct {
  char *person; /* (owned) 个人账号 */
  QcPaidSpan span;
  char *application; /* (owned) (nullable) 业务流水号; NULL = before the center kept them */
} QcWirePaid;
void qc_wire_paid_clear (QcWirePaid *paid);
void qc_wire_write_paid_members (QcJsonWriter *writer, const char *person, const QcPaidSpan *span,
                                 const char *application);
QcWirePaid qc_wire_read_paid (const QcWireObject *object);

const char *qc_span_kind_to_code (QcSpanKind kind); /* "remittance" "back-payment" */
gboolean qc_span_kind_from_code (const char *code, QcSpanKind *out);

G_END_DECLS
