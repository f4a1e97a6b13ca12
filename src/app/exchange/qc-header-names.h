/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which column of a clerk's sheet is which field of a roster: by the header, in any of the words that offices and
 * centers use for it. Pure functions, any thread.
 */
#pragma once

#include "qc-roster-import.h"
#include "qc-table.h"

G_BEGIN_DECLS

/* The QcLineFieldId of a column of @business that @header names, also of what is only shown; QC_HEADER_NONE. */
int qc_header_field (QcBusiness business, const char *header);
/* A row of a sheet has headers if it names whom the rows are about. Looked for in the first rows; G_MAXUINT if none has
 * them. */
guint qc_header_find_row (const QcTable *table, QcBusiness business);
/* For each column of the sheet the QcLineFieldId that its header in row @row names, or QC_HEADER_NONE; no field twice.
 * (transfer full) GArray of int */
GArray *qc_header_map (const QcTable *table, guint row, QcBusiness business);
/* The fields that a column may go to: what names a person, and what is entered. (transfer full) GArray of int */
GArray *qc_header_dup_choices (QcBusiness business);

/* The heading of the column of reasons in a returned workbook, translated; borrowed. */
const char *qc_header_reason_title (void);

G_END_DECLS
