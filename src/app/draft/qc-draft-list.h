/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The drafts of the unit that are not done (decision 19), or those in the trash: name, business, people, faults, last
 * change; renamed, put away and brought back. Main context; SQL runs on the database's threads.
 */
#pragma once

#include "qc-application.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_DRAFT_ENTRY (qc_draft_entry_get_type ())
G_DECLARE_FINAL_TYPE (QcDraftEntry, qc_draft_entry, QC, DRAFT_ENTRY, GObject)
gint64 qc_draft_entry_get_id (QcDraftEntry *self);
QcBusiness qc_draft_entry_get_business (QcDraftEntry *self);
/* The clerk's own, else made of business and people, or fields. (transfer full) */
char *qc_draft_entry_dup_name (QcDraftEntry *self);
/* Lines; fields that are changed, where the business has no roster. */
gint64 qc_draft_entry_get_count (QcDraftEntry *self);
/* That in words. (transfer full) */
char *qc_draft_entry_dup_count (QcDraftEntry *self);
gint64 qc_draft_entry_get_faults (QcDraftEntry *self);
gint64 qc_draft_entry_get_changed (QcDraftEntry *self);  /* unix seconds */
gint64 qc_draft_entry_get_deleted (QcDraftEntry *self);  /* unix seconds, 0 = it is not in the trash */
int qc_draft_entry_get_days_left (QcDraftEntry *self);   /* in the trash; today counts */
gboolean qc_draft_entry_is_locked (QcDraftEntry *self);  /* waits in the outbox */
gboolean qc_draft_entry_is_empty (QcDraftEntry *self);   /* nothing was entered, and it has no name */
QcMethod qc_draft_entry_get_method (QcDraftEntry *self); /* NONE: not chosen, or the business has none */
/* The application from which it was made anew (修改后重新提交). (nullable) */
const char *qc_draft_entry_get_reopened (QcDraftEntry *self);

/* The name of a draft with @count lines or fields: @name (nullable) is the clerk's own. (transfer full) */
char *qc_draft_list_dup_title (QcBusiness business, const char *name, gint64 count);

/* GListModel of QcDraftEntry, last changed first; follows the session. Signals: "loaded" (it is as the
 * database has it), "failed" (GError). */
#define QC_TYPE_DRAFT_LIST (qc_draft_list_get_type ())
G_DECLARE_FINAL_TYPE (QcDraftList, qc_draft_list, QC, DRAFT_LIST, GObject)
/* @business OTHER: of every business. */
QcDraftList *qc_draft_list_new (QcSession *session, QcBusiness business);
/* What was deleted and can be had back, last deleted first. */
QcDraftList *qc_draft_list_new_trash (QcSession *session);
void qc_draft_list_reload (QcDraftList *self);
void qc_draft_list_rename (QcDraftList *self, gint64 draft, const char *name);
void qc_draft_list_delete (QcDraftList *self, gint64 draft);
void qc_draft_list_undelete (QcDraftList *self, gint64 draft);
/* What is in the trash goes for good. */
void qc_draft_list_destroy (QcDraftList *self, gint64 draft);
/* A new empty draft; finish gives its id, 0 on error. */
void qc_draft_list_create_async (QcDraftList *self, QcBusiness business, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gint64 qc_draft_list_create_finish (QcDraftList *self, GAsyncResult *result, GError **error);

G_END_DECLS
