/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Applications (with months and timeline) and movements of money on the wire. See qc-wire-unit.h for the forms.
 */
#pragma once

#include "qc-application.h"
#include "qc-json-writer.h"
#include "qc-movement.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

#define QC_WIRE_MAX_MONTHS   120
#define QC_WIRE_MAX_TIMELINE 1000

void qc_wire_write_application (QcJsonWriter *writer, const QcApplication *application);
void qc_wire_write_application_members (QcJsonWriter *writer, const QcApplication *application);
QcApplication *qc_wire_read_application (const QcWireObject *object);

/* Without the key: a row has it beside them. */
void qc_wire_write_movement_members (QcJsonWriter *writer, const QcMovement *movement);
/* The key is the member "key" of @object. */
QcMovement *qc_wire_read_movement (const QcWireObject *object);

G_END_DECLS
