/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One list of 单位住房公积金信息查询 as a list model (QcInquiryRow): searched, chosen from, sorted and added up by SQL
 * on the reader thread; rows are placeholders until their page has been read. A row is a place, as in QcPeopleList.
 * Works without a network, and says as of when. Main thread.
 */
#pragma once

#include "qc-inquiry-row.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_INQUIRY_LIST (qc_inquiry_list_get_type ())
G_DECLARE_FINAL_TYPE (QcInquiryList, qc_inquiry_list, QC, INQUIRY_LIST, GObject)

/* Follow the filter. */
typedef struct {
  gint64 plus, minus; /* minus is below 0 */
} QcInquirySum;

/* Signals: "reloaded" (rows and totals are new), "filled" (rows that were placeholders are filled), "failed"
 * (GError). Nothing is read before the first qc_inquiry_list_reload(). */
QcInquiryList *qc_inquiry_list_new (QcSession *session, QcInquiry inquiry);
QcInquiry qc_inquiry_list_get_inquiry (QcInquiryList *self);
/* Each of these reads anew where anything is otherwise. */
void qc_inquiry_list_set_search (QcInquiryList *self, const char *text);
/* @code: (nullable) any. */
void qc_inquiry_list_set_choice (QcInquiryList *self, guint column, const char *code);
void qc_inquiry_list_set_since (QcInquiryList *self, QcMonth since);
/* @column −1: newest first. */
void qc_inquiry_list_set_sort (QcInquiryList *self, int column, gboolean descending);
/* Of inquiries of a person. (nullable) nobody. */
void qc_inquiry_list_set_person (QcInquiryList *self, const char *account);
void qc_inquiry_list_reload (QcInquiryList *self);
gboolean qc_inquiry_list_is_loading (QcInquiryList *self);

/* Whether search, choices or a period leave rows out. */
gboolean qc_inquiry_list_is_narrowed (QcInquiryList *self);
/* How many there are without them. */
gint64 qc_inquiry_list_get_all (QcInquiryList *self);
/* When the data was the center's, unix seconds; 0: not all of it is here yet. */
gint64 qc_inquiry_list_get_as_of (QcInquiryList *self);
QcInquirySum qc_inquiry_list_get_sum (QcInquiryList *self, guint column);
/* How many applications were not looked through for a person, because their rosters are not here. */
gint64 qc_inquiry_list_get_unread (QcInquiryList *self);
/* What tells the row at @position from others; NULL beyond the end. Borrowed. And where it stands, G_MAXUINT: nowhere.
 */
const char *qc_inquiry_list_get_key (QcInquiryList *self, guint position);
guint qc_inquiry_list_find (QcInquiryList *self, const char *key);
/* The first row of @month, G_MAXUINT: none is loaded. */
guint qc_inquiry_list_find_month (QcInquiryList *self, QcMonth month);
/* "" where the row is a placeholder. (transfer full) */
char *qc_inquiry_list_dup_text (QcInquiryList *self, QcInquiryRow *row, guint column);

/* Every row as it is read, in its order: the texts of @columns, row after row. GPtrArray of char*. */
void qc_inquiry_list_read_async (QcInquiryList *self, const guint *columns, guint n_columns, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *qc_inquiry_list_read_finish (QcInquiryList *self, GAsyncResult *result, GError **error);

G_END_DECLS
