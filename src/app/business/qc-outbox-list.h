/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What waits in the outbox (待联网提交) of one unit, oldest first, as a live list. An item knows what it is, when it is
 * tried next and what the center said. Main context.
 */
#pragma once

#include "qc-application.h"
#include "qc-session.h"

G_BEGIN_DECLS

typedef enum {
  QC_OUTBOX_ITEM_QUEUED, /* 待联网提交 */
  QC_OUTBOX_ITEM_SENDING,
  QC_OUTBOX_ITEM_UNKNOWN,  /* 正在向中心核实这笔业务是否已受理，请勿重复办理 */
  QC_OUTBOX_ITEM_ACCEPTED, /* the center has it: "serial" */
  QC_OUTBOX_ITEM_REFUSED,  /* the center said no: "findings" */
  QC_OUTBOX_ITEM_HELD,     /* behind one that was refused */
  QC_OUTBOX_ITEM_WITHDRAWN,
} QcOutboxItemState;

#define QC_TYPE_OUTBOX_ITEM (qc_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (QcOutboxItem, qc_outbox_item, QC, OUTBOX_ITEM, GObject)

/* Properties (all notify): "state", "waits-for", "attempts", "next-try", "serial", "uploading" (boolean; notifies
 * whenever its pictures are further, a few times a second). */
gint64 qc_outbox_item_get_id (QcOutboxItem *self);
const char *qc_outbox_item_get_key (QcOutboxItem *self);  /* idempotency key */
gint64 qc_outbox_item_get_draft (QcOutboxItem *self);     /* that it locks, 0 = none */
const char *qc_outbox_item_get_unit (QcOutboxItem *self); /* 单位账号 */
QcBusiness qc_outbox_item_get_business (QcOutboxItem *self);
const char *qc_outbox_item_get_title (QcOutboxItem *self); /* the business, or the action (删除 …), N_() */
/* TRUE: a business; FALSE: an action on one (删除, 重新划款 …). */
gboolean qc_outbox_item_is_submission (QcOutboxItem *self);
QcOutboxItemState qc_outbox_item_get_state (QcOutboxItem *self);
const char *qc_outbox_item_get_state_msgid (QcOutboxItem *self); /* its state in words, N_() */
gint64 qc_outbox_item_get_created (QcOutboxItem *self);
gint64 qc_outbox_item_get_next_try (QcOutboxItem *self); /* unix seconds, 0 = as soon as possible */
guint qc_outbox_item_get_attempts (QcOutboxItem *self);
const char *qc_outbox_item_get_serial (QcOutboxItem *self); /* (nullable) 业务流水号 once accepted */
/* The last answer's findings, and what it comes to in a sentence of ours (nullable). */
const GPtrArray *qc_outbox_item_get_findings (QcOutboxItem *self);
const char *qc_outbox_item_get_detail (QcOutboxItem *self);
/* 汇缴: what was confirmed; 0 where it does not apply. */
QcMethod qc_outbox_item_get_method (QcOutboxItem *self);
QcMonth qc_outbox_item_get_start (QcOutboxItem *self);
QcMonth qc_outbox_item_get_end (QcOutboxItem *self);
gint64 qc_outbox_item_get_people (QcOutboxItem *self);
QcMoney qc_outbox_item_get_fen (QcOutboxItem *self);
/* The first receiving units of the roster: QcRosterTarget; and how many it names in all. */
const GArray *qc_outbox_item_get_targets (QcOutboxItem *self);
guint qc_outbox_item_get_n_targets (QcOutboxItem *self);
/* What keeps a queued item from leaving. */
QcWaitsFor qc_outbox_item_get_waits_for (QcOutboxItem *self);
/* How far its pictures are on their way. (nullable) NULL while none is. */
const QcUploadProgress *qc_outbox_item_get_upload (QcOutboxItem *self);
/* 撤回: only while nothing of it was sent. */
gboolean qc_outbox_item_can_withdraw (QcOutboxItem *self);
/* 继续提交: held, and nothing before it is held itself. */
gboolean qc_outbox_item_can_release (QcOutboxItem *self);

#define QC_TYPE_OUTBOX_LIST (qc_outbox_list_get_type ())
G_DECLARE_FINAL_TYPE (QcOutboxList, qc_outbox_list, QC, OUTBOX_LIST, GObject)

/* A GListModel of QcOutboxItem that are not ended; follows the session, also in what they wait for. Signal "updated":
 * an item came, went, or changed. */
QcOutboxList *qc_outbox_list_new (QcSession *session);
/* The same for all units of the profile: what the count at the top of the window counts. */
QcOutboxList *qc_outbox_list_new_for_profile (QcSession *session);
/* The same object as long as the list lives; also for items that ended meanwhile. (transfer full) (nullable) */
QcOutboxItem *qc_outbox_list_dup_item (QcOutboxList *self, gint64 id);
/* Whether what is shown is about to be read (again). */
gboolean qc_outbox_list_is_reading (QcOutboxList *self);

G_END_DECLS
