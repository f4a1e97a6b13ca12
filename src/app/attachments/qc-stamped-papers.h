/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴清册 and 补缴说明 of a draft, to be printed, stamped and photographed (B13): the list bears the check code of the
 * lines as they are, the text of the explanation is kept with the draft. Main context; drawing runs in a thread.
 */
#pragma once

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_STAMPED_STATEMENT_MAX 4000 /* characters */

typedef enum { QC_STAMPED_PAPER_LIST, QC_STAMPED_PAPER_STATEMENT } QcStampedPaperKind;

/* As the roster is now. Ends with a PDF. */
void qc_stamped_papers_render_async (QcRosterService *service, QcStampedPaperKind kind, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* *@file_name: a good name for it. (transfer full) */
GBytes *qc_stamped_papers_render_finish (QcRosterService *service, GAsyncResult *result, char **file_name,
                                         GError **error);

/* Into @path, whole or not at all. */
void qc_stamped_papers_save_async (QcRosterService *service, GBytes *pdf, const char *path,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_stamped_papers_save_finish (QcRosterService *service, GAsyncResult *result, GError **error);

/* The clerk's own text; "" where nothing was written. (transfer full) */
char *qc_stamped_papers_dup_statement (QcRosterService *service);
/* Kept with the draft at once. FALSE: @text is longer than it may be, and what was kept before still is. */
gboolean qc_stamped_papers_set_statement (QcRosterService *service, const char *text);
/* Sentences to start from, about this roster: char *. (transfer full) */
GPtrArray *qc_stamped_papers_dup_sentences (QcRosterService *service);

G_END_DECLS
