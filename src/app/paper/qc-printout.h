/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is printed beside vouchers: 汇缴清册 and 变更清册 of months, rosters of drafts and applications, 缴款通知, lists
 * of people, and any other list as it stands on the screen. What is printed is settled when the object is made; it is
 * read once, over one snapshot of the database, on a thread and connection of its own, and can then be drawn on any
 * paper. Several things may be in one printing, each with pages of its own. Main context.
 */
#pragma once

#include <gio/gio.h>

#include "qc-export.h"
#include "qc-paper-size.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_PRINTOUT (qc_printout_get_type ())
G_DECLARE_FINAL_TYPE (QcPrintout, qc_printout, QC, PRINTOUT, GObject)

/* A list as it is read on the screen, as qc_export_new_table() takes it: @cells: char* (nullable), @n_columns a row
 * (transfer full); columns of figures whose cells have decimals are added up. @note: (nullable) what of it is shown, in
 * words. */
QcPrintout *qc_printout_new_table (QcSession *session, const char *title, const QcExportColumn *columns,
                                   guint n_columns, GPtrArray *cells, const char *note);

/* What it is, in words. Borrowed. */
const char *qc_printout_get_title (QcPrintout *self);
QcSession *qc_printout_get_session (QcPrintout *self);
/* 汇缴清册_<unit>_2026年10月.pdf: a name that every system takes. (transfer full) */
char *qc_printout_dup_file_name (QcPrintout *self);
/* Which paper it is made for, where nobody has chosen another one. */
QcPaperSize qc_printout_get_natural_paper (QcPrintout *self);

/* How far it is, 0 … 1. */
double qc_printout_get_progress (QcPrintout *self);
/*
 * The PDF. @left, @top: mm by which what is drawn is moved to the right and down. Who asks again while it runs waits
 * behind it. Errors: QC_APP_ERROR_NO_UNIT, QC_APP_ERROR_DRAFT, QC_APP_ERROR_PAPER (what is printed is not here, or not
 * what it was), those of documents.
 */
void qc_printout_render_async (QcPrintout *self, const QcPaper *paper, double left, double top,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *qc_printout_render_finish (QcPrintout *self, GAsyncResult *result, GError **error);

/* Once saved or printed, the next copy of what is counted is a reprint: to be drawn again before it goes out. */
gboolean qc_printout_is_used (QcPrintout *self);
/* @pdf under the name @path: the old file or the whole new one; and into the book and the journal.
 * QC_APP_ERROR_NOT_COUNTED: it is in its place, but the book could not be written. */
void qc_printout_save_async (QcPrintout *self, GBytes *pdf, const char *path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_printout_save_finish (QcPrintout *self, GAsyncResult *result, GError **error);
/* A printer's queue took it, or, @known FALSE, nobody can say: journalled, and counted where it is known. */
void qc_printout_note_printed_async (QcPrintout *self, const char *printer, gboolean known,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_printout_note_finish (QcPrintout *self, GAsyncResult *result, GError **error);

G_END_DECLS
