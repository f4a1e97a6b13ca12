/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What may be done with an application, why not, and doing it: 重新划款, 删除, 取消 on the revision the clerk saw, 撤回
 * and 继续提交 of what waits, and the payee notice of 非托收 (R7, R8, decisions 4, 5, 13). Main context.
 */
#pragma once

#include "qc-application-list.h"

G_BEGIN_DECLS

typedef enum {
  QC_WHY_NONE,         /* allowed */
  QC_WHY_NO_ROW,       /* nothing selected */
  QC_WHY_STATE,        /* the state does not allow it */
  QC_WHY_NOT_FAILED,   /* 重新划款 needs a failed draw */
  QC_WHY_METHOD,       /* 重新划款 is for 托收 only */
  QC_WHY_DRAW_RUNNING, /* the bank is at it */
  QC_WHY_OFFLINE,      /* needs the network */
  QC_WHY_SIGNED_OUT,
  QC_WHY_ACCOUNT,  /* the account that is signed in may not act for the unit */
  QC_WHY_NOT_SENT, /* it waits in the outbox: 撤回 instead */
  QC_WHY_SENT,     /* 撤回: it is on its way or gone */
  QC_WHY_LATER,    /* comes with a later version */
  QC_WHY_BUSY,     /* another action of this application runs */
  QC_WHY_NOT_HELD, /* 继续提交: it is not held */
  QC_WHY_BEHIND,   /* 继续提交: something before it is held too */
} QcWhyNot;

#define QC_TYPE_APPLICATION_SERVICE (qc_application_service_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationService, qc_application_service, QC, APPLICATION_SERVICE, GObject)

/* Signal "changed": what is allowed may have changed (network, an action ended). */
QcApplicationService *qc_application_service_new (QcSession *session);

/* QC_WHY_NONE when @action may be done on @row now. @row: (nullable) */
QcWhyNot qc_application_service_why_not (QcApplicationService *self, QcApplicationRow *row, QcApplicationAction action);
QcWhyNot qc_application_service_why_not_withdraw (QcApplicationService *self, QcApplicationRow *row);
QcWhyNot qc_application_service_why_not_release (QcApplicationService *self, QcApplicationRow *row);

/* Ends when the center answered and the answer is stored. Errors are sync's; the ui has sentences for them. */
void qc_application_service_act_async (QcApplicationService *self, QcApplicationRow *row, QcApplicationAction action,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The application as the center now has it. (transfer full) */
QcApplication *qc_application_service_act_finish (QcApplicationService *self, GAsyncResult *result, GError **error);

/* 撤回: back to the draft. */
void qc_application_service_withdraw_async (QcApplicationService *self, QcOutboxItem *item, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_application_service_withdraw_finish (QcApplicationService *self, GAsyncResult *result, GError **error);

/* 继续提交 of what is held (decision 12): it goes behind what the unit has queued since. */
void qc_application_service_release_async (QcApplicationService *self, gint64 item, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_application_service_release_finish (QcApplicationService *self, GAsyncResult *result, GError **error);

/* Where a 非托收 unit pays to, and what to write (decision 13). */
typedef struct {
  char *payee_name, *payee_account, *payee_bank; /* (owned) */
  QcMoney fen;                                   /* what is still missing */
  char *remark;                                  /* (owned) only the 业务流水号 */
} QcPayeeNotice;
void qc_payee_notice_free (QcPayeeNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPayeeNotice, qc_payee_notice_free)

/* From what is stored: works without network. NULL where there is nothing to pay. (transfer full) (nullable) */
QcPayeeNotice *qc_application_service_dup_notice (QcApplicationService *self, const QcApplication *application);

G_END_DECLS
