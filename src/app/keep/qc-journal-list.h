/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal as a list: who did what, when, for which unit, and what the center answered. Searched and narrowed by
 * SQL; rows are read a page at a time, and are placeholders until then. Main thread.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_JOURNAL_ROW (qc_journal_row_get_type ())
G_DECLARE_FINAL_TYPE (QcJournalRow, qc_journal_row, QC, JOURNAL_ROW, GObject)
gint64 qc_journal_row_get_number (QcJournalRow *self); /* 0: a placeholder */
/* In words; "" of a placeholder. (transfer full) */
char *qc_journal_row_dup_time (QcJournalRow *self);
char *qc_journal_row_dup_actor (QcJournalRow *self);
char *qc_journal_row_dup_action (QcJournalRow *self);
char *qc_journal_row_dup_unit (QcJournalRow *self);
char *qc_journal_row_dup_subject (QcJournalRow *self); /* what it is about, and what the center said */

/* GListModel of QcJournalRow, newest first. Signals: "reloaded", "filled", "failed" (GError). */
#define QC_TYPE_JOURNAL_LIST (qc_journal_list_get_type ())
G_DECLARE_FINAL_TYPE (QcJournalList, qc_journal_list, QC, JOURNAL_LIST, GObject)
QcJournalList *qc_journal_list_new (QcSession *session);
/* @text: part of anything in it. @kind: beginning of its code ("outbox." …), NULL = any. @unit: account, NULL = all. */
void qc_journal_list_set_filter (QcJournalList *self, const char *text, const char *kind, const char *unit);
void qc_journal_list_reload (QcJournalList *self);

G_END_DECLS
