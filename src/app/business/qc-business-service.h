/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A business of one unit without a screen, whatever business: its draft, what is computed from it, whether 办理 may be
 * pressed and if not why, 办理 itself, and what became of it. The subclasses say what is computed and what is sent.
 * Main context; computing and writing run on the database's threads.
 */
#pragma once

#include "qc-draft.h"
#include "qc-outbox-list.h"
#include "qc-submission.h"

/* Of the database room, which is not seen from above app. */
typedef struct _QcConnection QcConnection;

G_BEGIN_DECLS

#define QC_TYPE_BUSINESS_SERVICE (qc_business_service_get_type ())
G_DECLARE_DERIVABLE_TYPE (QcBusinessService, qc_business_service, QC, BUSINESS_SERVICE, GObject)

/*
 * Properties (all notify): "loading" (boolean), "progress" (double 0…1), "error" (boxed GError, nullable), "item"
 * (QcOutboxItem, nullable: what 办理 made, until it is put away). Signal "updated": findings, totals, or whether 办理
 * may be pressed are otherwise now.
 */
struct _QcBusinessServiceClass {
  GObjectClass parent_class;
  /* Computes anew; what runs is cancelled. Called after loading, edits and syncs. */
  void (*refresh) (QcBusinessService *self);
  gboolean (*is_loading) (QcBusinessService *self);
  double (*get_progress) (QcBusinessService *self);
  /* What is found now, worst first. Borrowed. */
  const GPtrArray *(*get_findings) (QcBusinessService *self);
  /* Why 办理 cannot be pressed, translated; NULL where it can. The draft, the item and errors were looked at before.
   * (transfer full) (nullable) */
  char *(*dup_why_not) (QcBusinessService *self);
  /* A text that is another one whenever something else would be sent. (transfer full) */
  char *(*dup_token) (QcBusinessService *self);
  /* What @build makes the submission of, on the writer thread: never a hundred thousand lines on the main one. */
  gpointer (*new_recipe) (QcBusinessService *self);
  QcSubmission *(*build) (QcConnection *connection, gpointer recipe, GError **error);
  GDestroyNotify recipe_free;
  /* Writes what is kept beside the submission, in its transaction; @key: the one it goes under. (nullable) */
  gboolean (*keep) (QcConnection *connection, gpointer recipe, const char *key, GError **error);
  /* For lists: whom it concerns. */
  gint64 (*count_people) (QcBusinessService *self);
};

QcSession *qc_business_service_get_session (QcBusinessService *self);
QcBusiness qc_business_service_get_business (QcBusinessService *self);
QcDraft *qc_business_service_get_draft (QcBusinessService *self);
gboolean qc_business_service_is_loading (QcBusinessService *self);
double qc_business_service_get_progress (QcBusinessService *self);
const GError *qc_business_service_get_error (QcBusinessService *self); /* (nullable) */
const GPtrArray *qc_business_service_get_findings (QcBusinessService *self);
void qc_business_service_refresh (QcBusinessService *self);

/* NULL where 办理 may be pressed. (transfer full) (nullable) */
char *qc_business_service_dup_why_not (QcBusinessService *self);
gboolean qc_business_service_can_submit (QcBusinessService *self);
/* What stands for exactly what will be sent, to be asked for when it is shown; NULL when it cannot be sent.
 * (transfer full) (nullable) */
char *qc_business_service_dup_token (QcBusinessService *self);
/*
 * 办理: @token of what the clerk confirmed; body and key are in the outbox when this ends, and it is sent as soon as
 * the center can be reached. Fails with QC_APP_ERROR_DRAFT if anything moved since it was shown. Finish gives the item.
 */
void qc_business_service_submit_async (QcBusinessService *self, const char *token, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
QcOutboxItem *qc_business_service_submit_finish (QcBusinessService *self, GAsyncResult *result, GError **error);

/* What the last 办理 made (nullable), and putting it away to begin the next one. */
QcOutboxItem *qc_business_service_get_item (QcBusinessService *self);
void qc_business_service_dismiss (QcBusinessService *self);

/* ---- for subclasses ---- */

/* Once, from the constructor. @draft 0: the newest open one. */
void qc_business_service_open (QcBusinessService *self, QcSession *session, QcBusiness business, gint64 draft);
const char *qc_business_service_get_profile (QcBusinessService *self); /* (nullable) */
const char *qc_business_service_get_unit (QcBusinessService *self);    /* (nullable) */
/* @error (nullable): how the last computation ended. */
void qc_business_service_set_error (QcBusinessService *self, const GError *error);
/* Notifies the properties and emits "updated". */
void qc_business_service_changed (QcBusinessService *self);

G_END_DECLS
