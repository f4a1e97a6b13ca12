/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A business of one unit: what all have in common. The exact body is committed to the outbox together with the locking
 * of the draft; nothing is sent from here. Main context; the commit runs on the writer thread.
 */
#include "qc-business-service.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-outbox-item.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "qc-submit.h"

typedef struct {
  QcSession *session;   /* (owned) */
  char *profile, *unit; /* (owned) (nullable) */
  QcBusiness business;
  QcDraft *draft;       /* (owned) */
  QcOutboxList *outbox; /* (owned) */
  QcOutboxItem *item;   /* (owned) (nullable) */
  GError *error;        /* (owned) (nullable) */
  gboolean opened;      /* the draft was read once */
  gboolean submitting;
} QcBusinessServicePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (QcBusinessService, qc_business_service, G_TYPE_OBJECT)
#define PRIVATE(self) ((QcBusinessServicePrivate *)qc_business_service_get_instance_private (self))

enum { PROP_0, PROP_LOADING, PROP_PROGRESS, PROP_ERROR, PROP_ITEM, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
qc_business_service_changed (QcBusinessService *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[UPDATED], 0);
}

void
qc_business_service_set_error (QcBusinessService *self, const GError *error)
{
  QcBusinessServicePrivate *p = PRIVATE (self);
  g_clear_error (&p->error);
  p->error = error != NULL ? g_error_copy (error) : NULL;
}

/* ---- what follows what ---- */

/* The item a locked draft waits for, also after a restart. */
static void
follow_item (QcBusinessService *self)
{
  QcBusinessServicePrivate *p = PRIVATE (self);
  gint64 id = qc_draft_get_outbox (p->draft);
  g_autoptr (QcOutboxItem) item = id != 0 ? qc_outbox_list_dup_item (p->outbox, id) : NULL;
  if (item != NULL && item != p->item)
    g_set_object (&p->item, item);
  if (p->item != NULL && qc_outbox_item_get_state (p->item) == QC_OUTBOX_ITEM_WITHDRAWN)
    g_clear_object (&p->item); /* back to the draft */
  qc_business_service_changed (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcBusinessService) self = user_data;
  g_autoptr (GError) error = NULL;
  QcBusinessServicePrivate *p = PRIVATE (self);
  if (qc_draft_load_finish (QC_DRAFT (source), result, &error)) {
    if (!p->opened)
      qc_business_service_refresh (self); /* later on the draft says itself what is otherwise in it */
    p->opened = TRUE;
    return;
  }
  qc_business_service_set_error (self, error);
  qc_business_service_changed (self);
}

static void
data_changed_cb (QcSession *session, guint what, QcBusinessService *self)
{
  if (what & (QC_DATA_DRAFTS | QC_DATA_QUEUE))
    qc_draft_load_async (PRIVATE (self)->draft, NULL, loaded_cb, g_object_ref (self));
  if (what & (QC_DATA_UNIT | QC_DATA_PEOPLE | QC_DATA_APPLICATIONS | QC_DATA_POLICY | QC_DATA_QUEUE))
    qc_business_service_refresh (self);
}

void
qc_business_service_open (QcBusinessService *self, QcSession *session, QcBusiness business, gint64 draft)
{
  QcBusinessServicePrivate *p = PRIVATE (self);
  p->session = g_object_ref (session);
  p->business = business;
  p->profile = g_strdup (qc_session_get_profile_id (session));
  p->unit = g_strdup (qc_session_get_unit_account (session));
  p->draft = qc_draft_new (session, business, draft);
  p->outbox = qc_outbox_list_new (session);
  g_signal_connect_object (p->draft, "changed", G_CALLBACK (follow_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (p->outbox, "updated", G_CALLBACK (follow_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  qc_draft_load_async (p->draft, NULL, loaded_cb, g_object_ref (self));
}

void
qc_business_service_refresh (QcBusinessService *self)
{
  g_return_if_fail (QC_IS_BUSINESS_SERVICE (self));
  if (qc_draft_is_loaded (PRIVATE (self)->draft))
    QC_BUSINESS_SERVICE_GET_CLASS (self)->refresh (self);
}

/* ---- 办理 ---- */

char *
qc_business_service_dup_why_not (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  QcBusinessServicePrivate *p = PRIVATE (self);
  if (p->unit == NULL)
    return g_strdup (_ ("No unit is open"));
  if (p->item != NULL || qc_draft_get_outbox (p->draft) != 0)
    return g_strdup (_ ("It has been submitted already."));
  if (qc_draft_is_unwritten (p->draft))
    return g_strdup (_ ("What was entered last could not be saved yet."));
  if (p->error != NULL)
    return g_strdup (_ ("The data of the unit could not be read."));
  if (!qc_draft_is_loaded (p->draft) || qc_business_service_is_loading (self))
    return g_strdup (_ ("It is being checked."));
  return QC_BUSINESS_SERVICE_GET_CLASS (self)->dup_why_not (self);
}

gboolean
qc_business_service_can_submit (QcBusinessService *self)
{
  g_autofree char *why_not = qc_business_service_dup_why_not (self);
  return why_not == NULL;
}

char *
qc_business_service_dup_token (QcBusinessService *self)
{
  return qc_business_service_can_submit (self) ? QC_BUSINESS_SERVICE_GET_CLASS (self)->dup_token (self) : NULL;
}

typedef struct {
  char *profile, *unit, *actor; /* (owned) (nullable) */
  QcBusinessServiceClass *klass;
  gpointer recipe; /* (owned) */
  gint64 people, draft, now;
} Commit;

static void
commit_free (Commit *commit)
{
  g_free (commit->profile);
  g_free (commit->unit);
  g_free (commit->actor);
  commit->klass->recipe_free (commit->recipe);
  g_free (commit);
}

static gpointer
commit_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Commit *commit = data;
  g_autoptr (QcSubmission) submission = commit->klass->build (connection, commit->recipe, error);
  if (submission == NULL)
    return NULL;
  g_autofree char *summary = qc_outbox_summary_new (submission, commit->people);
  const QcSubmit submit
      = {commit->profile, commit->unit, commit->actor, submission, summary, commit->draft, commit->now};
  gint64 item = qc_submit_enqueue (connection, &submit, error);
  g_autoptr (QcStoreOutboxItem) row = item != 0 ? qc_store_outbox_get (connection, item, error) : NULL;
  if (row == NULL || (commit->klass->keep && !commit->klass->keep (connection, commit->recipe, row->key, error)))
    return NULL;
  return g_steal_pointer (&row);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcBusinessService *self = g_task_get_source_object (task);
  QcBusinessServicePrivate *p = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) row = qc_database_finish (QC_DATABASE (source), result, &error);
  p->submitting = FALSE;
  if (row == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_set_object (&p->item, qc_outbox_list_adopt (p->outbox, row));
  qc_business_service_changed (self);
  qc_session_data_changed (p->session, QC_DATA_DRAFTS | QC_DATA_QUEUE);
  qc_session_sync_now (p->session);
  g_task_return_pointer (task, g_object_ref (p->item), g_object_unref);
}

void
qc_business_service_submit_async (QcBusinessService *self, const char *token, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_BUSINESS_SERVICE (self));
  QcBusinessServicePrivate *p = PRIVATE (self);
  QcBusinessServiceClass *klass = QC_BUSINESS_SERVICE_GET_CLASS (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *now = qc_business_service_dup_token (self);
  if (p->submitting || now == NULL || g_strcmp0 (token, now) != 0) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("What was confirmed has changed meanwhile; nothing was submitted. Look at it again and "
                                "submit it once more."));
    return;
  }
  Commit *commit = g_new0 (Commit, 1);
  commit->profile = g_strdup (p->profile);
  commit->unit = g_strdup (p->unit);
  commit->actor = g_strdup (qc_session_get_user_name (p->session));
  commit->klass = klass;
  commit->recipe = klass->new_recipe (self);
  commit->people = klass->count_people (self);
  commit->draft = qc_draft_get_id (p->draft);
  commit->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (p->session)));
  p->submitting = TRUE;
  qc_database_write_async (qc_session_get_database (p->session), "submit", commit_cb, commit,
                           (GDestroyNotify)commit_free, (GDestroyNotify)qc_store_outbox_item_free, cancellable,
                           committed_cb, g_steal_pointer (&task));
}

QcOutboxItem *
qc_business_service_submit_finish (QcBusinessService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_business_service_dismiss (QcBusinessService *self)
{
  g_return_if_fail (QC_IS_BUSINESS_SERVICE (self));
  QcBusinessServicePrivate *p = PRIVATE (self);
  if (qc_draft_get_outbox (p->draft) != 0)
    return; /* it is not over yet */
  g_clear_object (&p->item);
  qc_business_service_changed (self);
  qc_business_service_refresh (self);
}

/* ---- what there is ---- */

QcSession *
qc_business_service_get_session (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  return PRIVATE (self)->session;
}

QcBusiness
qc_business_service_get_business (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), QC_BUSINESS_OTHER);
  return PRIVATE (self)->business;
}

QcDraft *
qc_business_service_get_draft (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  return PRIVATE (self)->draft;
}

const char *
qc_business_service_get_profile (QcBusinessService *self)
{
  return PRIVATE (self)->profile;
}

const char *
qc_business_service_get_unit (QcBusinessService *self)
{
  return PRIVATE (self)->unit;
}

QcOutboxItem *
qc_business_service_get_item (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  return PRIVATE (self)->item;
}

const GError *
qc_business_service_get_error (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  return PRIVATE (self)->error;
}

gboolean
qc_business_service_is_loading (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), FALSE);
  return QC_BUSINESS_SERVICE_GET_CLASS (self)->is_loading (self);
}

double
qc_business_service_get_progress (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), 0);
  return QC_BUSINESS_SERVICE_GET_CLASS (self)->get_progress (self);
}

const GPtrArray *
qc_business_service_get_findings (QcBusinessService *self)
{
  g_return_val_if_fail (QC_IS_BUSINESS_SERVICE (self), NULL);
  return QC_BUSINESS_SERVICE_GET_CLASS (self)->get_findings (self);
}

/* ---- the object ---- */

static void
qc_business_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcBusinessService *self = QC_BUSINESS_SERVICE (object);
  switch (id) {
  case PROP_LOADING:
    g_value_set_boolean (value, qc_business_service_is_loading (self));
    break;
  case PROP_PROGRESS:
    g_value_set_double (value, qc_business_service_get_progress (self));
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, PRIVATE (self)->error);
    break;
  case PROP_ITEM:
    g_value_set_object (value, PRIVATE (self)->item);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_business_service_dispose (GObject *object)
{
  QcBusinessServicePrivate *p = PRIVATE (QC_BUSINESS_SERVICE (object));
  g_clear_object (&p->item);
  g_clear_object (&p->outbox);
  g_clear_object (&p->draft);
  g_clear_object (&p->session);
  G_OBJECT_CLASS (qc_business_service_parent_class)->dispose (object);
}

static void
qc_business_service_finalize (GObject *object)
{
  QcBusinessServicePrivate *p = PRIVATE (QC_BUSINESS_SERVICE (object));
  g_clear_error (&p->error);
  g_free (p->profile);
  g_free (p->unit);
  G_OBJECT_CLASS (qc_business_service_parent_class)->finalize (object);
}

static void
qc_business_service_class_init (QcBusinessServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_business_service_get_property;
  object_class->dispose = qc_business_service_dispose;
  object_class->finalize = qc_business_service_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, QC_TYPE_OUTBOX_ITEM, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[UPDATED]
      = g_signal_new ("updated", QC_TYPE_BUSINESS_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_business_service_init (QcBusinessService *self)
{
}
