/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lines of a roster as JSON, by core's table of fields: amounts in fen, months YYYYMM, days YYYYMMDD, statuses and
 * sexes as numbers, classes and reasons as codes. On the wire a line has the columns of its business that are set; in
 * the client's own database all fields that are set and the cells that could not be read. Any thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

/* {"line": id, "account": …} */
void qc_wire_write_line (QcJsonWriter *writer, QcBusiness business, const QcRosterLine *line);
/* Members that are no column of @business are passed over. (transfer full) */
QcRosterLine *qc_wire_read_line (const QcWireObject *object, QcBusiness business);

/* For the draft store: everything but the id. (transfer full) */
char *qc_wire_line_to_text (const QcRosterLine *line);
/* (transfer full) */
QcRosterLine *qc_wire_line_from_text (const char *text, GError **error);

G_END_DECLS
