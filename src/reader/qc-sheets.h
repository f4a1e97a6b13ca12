/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What `qingce-reader` answers of an old workbook (.xls): what stands in the file, and nothing decided. Written there,
 * taken here record by record while it comes, by who believes nothing of it. Plain values, any thread.
 *
 * An answer is the line "qingce-sheets 1" and then records as qc-answer.h has them. Of the workbook:
 *
 *   base 1904 0      where days are counted from 1904
 *   style F n        the next style of cells: number format F, and its code if the workbook has one of its own
 *   sheet H n        the next sheet that has cells: whether it is hidden (1), and its name
 *
 * Of the cells of one sheet, row by row:
 *
 *   shared 0 n       the next text that cells share
 *   row R 0          what follows stands in row R, from 1; "hidden" for one that is not shown
 *   number C n       in column C, from 0: the style, a blank, and the number as the shortest decimal of its double
 *   string C n       which shared text, from 0
 *   text C n         UTF-8 without NUL
 *   flag C 1         "1" or "0"
 *   error C n        "#N/A"
 *
 * And of either, alone: fail 0 n: "locked", "unreadable", "too-large" or "kind" (no workbook, or of a kind that is not
 * read).
 */
#pragma once

#include "qc-answer.h"

G_BEGIN_DECLS

#define QC_SHEETS_MAX_RECORD (256 * 1024)
#define QC_SHEETS_MAX_SIZE   (768 * 1024 * 1024) /* of an answer: what its writer has room for */
#define QC_SHEETS_MAX_CELLS  5000001             /* of a sheet: one more than a table takes, which then says so */

/* FALSE with @error ends it. */
typedef gboolean (*QcSheetsTake) (const QcAnswerRecord *record, gpointer user_data, GError **error);

typedef struct {
  QcSheetsTake take;
  gpointer user_data;
  GByteArray *rest; /* (owned) (nullable) of a record that is not all there */
  gboolean begun, ended;
} QcSheetsParser;

/* The next bytes of the answer. FALSE: @error, QC_READER_ERROR_BROKEN where they make no sense. */
gboolean qc_sheets_feed (QcSheetsParser *parser, const guint8 *data, gsize size, GError **error);
/* No more bytes come: whether there was an answer to its end. */
gboolean qc_sheets_finish (QcSheetsParser *parser, GError **error);
void qc_sheets_parser_clear (QcSheetsParser *parser);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcSheetsParser, qc_sheets_parser_clear)

/* ---- writing ---- */

void qc_sheets_begin (GByteArray *answer);
gboolean qc_sheets_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length);
/* Replaces whatever is in @answer. */
void qc_sheets_fail (GByteArray *answer, const char *code);
void qc_sheets_end (GByteArray *answer);

G_END_DECLS
