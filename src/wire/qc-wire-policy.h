/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the center decides, on the wire: ratios by month, policy rows, code lists. See qc-wire-unit.h for the forms.
 */
#pragma once

#include "qc-json-writer.h"
#include "qc-policy.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

void qc_wire_write_ratios_members (QcJsonWriter *writer, const QcRatios *ratios);
QcRatios qc_wire_read_ratios (const QcWireObject *object);
void qc_wire_write_policy_members (QcJsonWriter *writer, const QcPolicy *policy);
QcPolicy qc_wire_read_policy (const QcWireObject *object);
void qc_wire_write_code_members (QcJsonWriter *writer, const QcCode *code);
QcCode *qc_wire_read_code (const QcWireObject *object);

G_END_DECLS
