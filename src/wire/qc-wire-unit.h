/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位 on the wire. Written are only the members, because feed rows have a key of their own beside them; read never
 * returns NULL, faults stay in the reader. Any thread.
 */
#pragma once

#include "qc-json-writer.h"
#include "qc-unit.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

void qc_wire_write_unit_members (QcJsonWriter *writer, const QcUnit *unit);
QcUnit *qc_wire_read_unit (const QcWireObject *object);

G_END_DECLS
