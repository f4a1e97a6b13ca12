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

/* "line": id, "account": … */
void qc_wire_write_line_members (QcJsonWriter *writer, QcBusiness business, const QcRosterLine *line);
/* The same as an object. */
void qc_wire_write_line (QcJsonWriter *writer, QcBusiness business, const QcRosterLine *line);
/* Members that are no column of @business are passed over. (transfer full) */
QcRosterLine *qc_wire_read_line (const QcWireObject *object, QcBusiness business);

/* GET …/applications/{serial}/lines: a page of the roster as it was confirmed; the first one has the facts. */
#define QC_WIRE_MAX_PAGE_LINES       1000
#define QC_WIRE_MAX_PAGE_ATTACHMENTS 10000
typedef struct {
  GPtrArray *facts;       /* (owned) QcFact; empty on all but the first page */
  GPtrArray *attachments; /* (owned) QcAttachment, all of the application; empty on all but the first page */
  GPtrArray *reasons;     /* (owned) QcReturnReason: why it was returned; empty on all but the first page */
  GPtrArray *lines;       /* (owned) QcRosterLine, ids rising */
  char *cursor;           /* (owned) (nullable) of the page behind; NULL: there is none */
} QcWireLines;
void qc_wire_lines_free (QcWireLines *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireLines, qc_wire_lines_free)
QcWireLines *qc_wire_decode_lines (GBytes *bytes, QcBusiness business, GError **error);

/* For the client's database: everything but the id. (transfer full) */
char *qc_wire_line_to_text (const QcRosterLine *line);
/* (transfer full) */
QcRosterLine *qc_wire_line_from_text (const char *text, GError **error);
/* What makes @from into @to, in the same form: the fields that differ as they are in @to, nothing behind the names of
 * those that have nothing there. FALSE: nothing differs, and nothing was appended. */
gboolean qc_wire_line_append_changes (GString *out, const QcRosterLine *from, const QcRosterLine *to);
/* Does it. On error some of it was done. */
gboolean qc_wire_line_change (QcRosterLine *line, const char *changes, GError **error);

G_END_DECLS
