/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Making and renewing an item of the outbox list from its row in the database, and the summary that is written when it
 * is queued. Inside app.
 */
#pragma once

#include "qc-outbox-list.h"
#include "qc-submission.h"
#include "qc-store-outbox.h"

G_BEGIN_DECLS

/* @before (nullable): the first one it depends on that the center has not settled. */
QcOutboxItem *qc_outbox_item_new (const QcStoreOutboxItem *row, const QcStoreOutboxItem *before);
/* Takes what @row says now; TRUE (and notifies) if something differs. */
gboolean qc_outbox_item_update (QcOutboxItem *self, const QcStoreOutboxItem *row, const QcStoreOutboxItem *before);
/* Takes what the session knows to be missing; TRUE (and notifies) if that makes a difference. */
gboolean qc_outbox_item_set_missing (QcOutboxItem *self, QcWaitsFor missing);

/* The list's object for a row that was just written (borrowed). */
QcOutboxItem *qc_outbox_list_adopt (QcOutboxList *self, const QcStoreOutboxItem *row);

/* How far its pictures are; TRUE (and notifies) if that is news. */
gboolean qc_outbox_item_set_upload (QcOutboxItem *self, const QcUploadProgress *upload);

/* What was confirmed, in few words, as JSON for lists. (transfer full) */
char *qc_outbox_summary_new (const QcSubmission *submission, gint64 people);

G_END_DECLS
