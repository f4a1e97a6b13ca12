/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴 for one unit without a screen (R1–R10): the draft, the preview that follows it, what was reviewed, and 办理.
 * Every edit goes through the draft and can be undone; every edit and every sync makes a new preview. Main context;
 * people are read on the database's reader thread.
 */
#pragma once

#include "qc-business-service.h"
#include "qc-remittance-preview.h"

G_BEGIN_DECLS

#define QC_TYPE_REMITTANCE_SERVICE (qc_remittance_service_get_type ())
G_DECLARE_FINAL_TYPE (QcRemittanceService, qc_remittance_service, QC, REMITTANCE_SERVICE, QcBusinessService)

/*
 * Properties besides the parent's (all notify): "preview" (QcRemittancePreview, nullable until the first), "reviewed"
 * (uint: months ticked whose figures are still the same).
 */
QcRemittanceService *qc_remittance_service_new (QcSession *session);

QcRemittancePreview *qc_remittance_service_get_preview (QcRemittanceService *self); /* (nullable) borrowed */

/* Ends when the preview is that of the present draft. */
void qc_remittance_service_preview_async (QcRemittanceService *self, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
QcRemittancePreview *qc_remittance_service_preview_finish (QcRemittanceService *self, GAsyncResult *result,
                                                           GError **error);

/*
 * What it would be with other facts, for scripts: nothing is written, the draft stays as it is. @method NONE and @end
 * QC_MONTH_NONE: as the draft says. @answers: (nullable) account → GINT_TO_POINTER (QcRetirementClass), besides the
 * draft's.
 */
void qc_remittance_service_try_async (QcRemittanceService *self, QcMethod method, QcMonth end, GHashTable *answers,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
QcRemittancePreview *qc_remittance_service_try_finish (QcRemittanceService *self, GAsyncResult *result, GError **error);

/* Edits, each one step of the draft. */
void qc_remittance_service_set_method (QcRemittanceService *self, QcMethod method);
void qc_remittance_service_set_end (QcRemittanceService *self, QcMonth end);
/* A tick holds the figures it was set on: it is gone when they change. */
void qc_remittance_service_set_reviewed (QcRemittanceService *self, QcMonth month, gboolean reviewed);
void qc_remittance_service_set_all_reviewed (QcRemittanceService *self, gboolean reviewed);
gboolean qc_remittance_service_is_reviewed (QcRemittanceService *self, QcMonth month);
guint qc_remittance_service_get_reviewed (QcRemittanceService *self);
/* The answer for a woman whose class the center does not know (decision 10); UNKNOWN takes it back. */
void qc_remittance_service_answer_class (QcRemittanceService *self, const char *account, QcRetirementClass klass);
/* The same for several at once, as one step: @accounts ends with NULL. */
void qc_remittance_service_answer_classes (QcRemittanceService *self, const char *const *accounts,
                                           QcRetirementClass klass);
QcRetirementClass qc_remittance_service_get_answer (QcRemittanceService *self, const char *account);

/* What keeps a month from being remitted as the last one was. */
typedef enum {
  QC_SAME_READY,   /* nothing: all is chosen and reviewed, and 办理 may follow */
  QC_SAME_METHOD,  /* the last one was paid otherwise than the unit may now */
  QC_SAME_BLOCKED, /* a finding has to be mended or answered first */
  QC_SAME_DIFFERS, /* somebody joined, left or changed: the month has to be looked at */
} QcSameResult;
/*
 * 与上月相同: the month that is due, paid as the last one was. Only where it is the same to the last person and fen it
 * counts as reviewed; no finding is passed over. One step of the draft. finish: FALSE on error.
 */
void qc_remittance_service_same_async (QcRemittanceService *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_remittance_service_same_finish (QcRemittanceService *self, GAsyncResult *result, QcSameResult *out,
                                            GError **error);

/* 授权退休年龄: done at the center at once, needs the network (R10). */
void qc_remittance_service_authorize_async (QcRemittanceService *self, QcRemittancePerson *person, QcMonth until,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean qc_remittance_service_authorize_finish (QcRemittanceService *self, GAsyncResult *result, GError **error);
/* Exactly what will be sent, as the clerk confirms it; NULL when it cannot be. (transfer full) (nullable) */
QcRemittanceClaim *qc_remittance_service_dup_claim (QcRemittanceService *self);

G_END_DECLS
