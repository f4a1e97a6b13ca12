/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What may be done with an application. Whether its state allows an action says core's table; this adds the network and
 * what is under way. Main context.
 */
#include "qc-application-service.h"

#include <glib/gi18n-lib.h>

#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "qc-store-units.h"
#include "qc-store.h"

struct _QcApplicationService {
  GObject parent_instance;
  QcSession *session;        /* (owned) */
  char *profile, *unit;      /* (owned) (nullable) */
  GHashTable *busy;          /* (owned) serials with an action under way */
  QcUnit *facts;             /* (owned) (nullable) for the payee notice */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (QcApplicationService, qc_application_service, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static QcWhyNot
why_not_network (QcApplicationService *self)
{
  switch (qc_session_get_sync_status (self->session)) {
  case QC_SYNC_SIGNED_OUT:
    return QC_WHY_SIGNED_OUT;
  case QC_SYNC_NO_API:
  case QC_SYNC_OFFLINE:
    return QC_WHY_OFFLINE;
  case QC_SYNC_IDLE:
  case QC_SYNC_RUNNING:
  case QC_SYNC_FAILED:
  default:
    return qc_session_may_act (self->session, self->unit) ? QC_WHY_NONE : QC_WHY_ACCOUNT;
  }
}

/* Why the state says no, as exactly as it can be said. */
static QcWhyNot
why_not_state (const QcApplication *application, QcApplicationAction action)
{
  gboolean running = application->draw == QC_DRAW_RUNNING || application->draw == QC_DRAW_UNKNOWN;
  if (qc_application_can (application, action))
    return QC_WHY_NONE;
  if (!qc_application_is_open (application))
    return QC_WHY_STATE;
  if (action == QC_ACTION_REDRAW && application->method != QC_METHOD_COLLECTION)
    return QC_WHY_METHOD;
  if ((action == QC_ACTION_REDRAW || action == QC_ACTION_DELETE) && running)
    return QC_WHY_DRAW_RUNNING;
  return action == QC_ACTION_REDRAW ? QC_WHY_NOT_FAILED : QC_WHY_STATE;
}

QcWhyNot
qc_application_service_why_not (QcApplicationService *self, QcApplicationRow *row, QcApplicationAction action)
{
  g_return_val_if_fail (QC_IS_APPLICATION_SERVICE (self), QC_WHY_NO_ROW);
  if (!row)
    return QC_WHY_NO_ROW;
  const QcApplication *application = qc_application_row_get_application (row);
  if (!application)
    return QC_WHY_NOT_SENT;
  QcWhyNot why = why_not_state (application, action);
  if (why != QC_WHY_NONE)
    return why;
  if (action == QC_ACTION_PRINT || action == QC_ACTION_REOPEN)
    return QC_WHY_NONE; /* what is kept needs no network; without it, preparing says what is missing */
  if (g_hash_table_contains (self->busy, application->serial))
    return QC_WHY_BUSY;
  return why_not_network (self);
}

QcWhyNot
qc_application_service_why_not_withdraw (QcApplicationService *self, QcApplicationRow *row)
{
  g_return_val_if_fail (QC_IS_APPLICATION_SERVICE (self), QC_WHY_NO_ROW);
  if (!row)
    return QC_WHY_NO_ROW;
  if (!qc_application_row_get_item (row))
    return QC_WHY_SENT;
  return qc_outbox_item_can_withdraw (qc_application_row_get_item (row)) ? QC_WHY_NONE : QC_WHY_SENT;
}

QcWhyNot
qc_application_service_why_not_release (QcApplicationService *self, QcApplicationRow *row)
{
  g_return_val_if_fail (QC_IS_APPLICATION_SERVICE (self), QC_WHY_NO_ROW);
  QcOutboxItem *item = row ? qc_application_row_get_item (row) : NULL;
  if (!row)
    return QC_WHY_NO_ROW;
  if (!item || qc_outbox_item_get_state (item) != QC_OUTBOX_ITEM_HELD)
    return QC_WHY_NOT_HELD;
  return qc_outbox_item_can_release (item) ? QC_WHY_NONE : QC_WHY_BEHIND;
}

static QcOutbox *
get_outbox (QcApplicationService *self)
{
  QcSync *sync = qc_session_get_sync (self->session);
  return sync ? qc_sync_get_outbox (sync) : NULL;
}

static GError *
not_connected (void)
{
  return qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL, _ ("This center is not connected; it cannot be asked."));
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcApplicationService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  QcApplication *application = qc_outbox_act_finish (QC_OUTBOX (source), result, &error);
  g_hash_table_remove (self->busy, g_task_get_task_data (task));
  g_signal_emit (self, signals[CHANGED], 0);
  qc_session_data_changed (self->session, QC_DATA_APPLICATIONS);
  qc_session_sync_now (self->session); /* money and months that followed from it */
  if (application)
    g_task_return_pointer (task, application, (GDestroyNotify)qc_application_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
qc_application_service_act_async (QcApplicationService *self, QcApplicationRow *row, QcApplicationAction action,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_return_if_fail (QC_IS_APPLICATION_SERVICE (self));
  const QcApplication *application = qc_application_row_get_application (row);
  if (!application || !qc_application_can (application, action)) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("Its state does not allow this any more."));
    return;
  }
  if (!get_outbox (self)) {
    g_task_return_error (task, not_connected ());
    return;
  }
  g_task_set_task_data (task, g_strdup (application->serial), g_free);
  g_hash_table_add (self->busy, g_strdup (application->serial));
  qc_outbox_act_async (get_outbox (self), self->unit, application->serial, application->business, action,
                       application->revision, qc_session_get_user_name (self->session), cancellable, acted_cb,
                       g_steal_pointer (&task));
  g_signal_emit (self, signals[CHANGED], 0);
}

QcApplication *
qc_application_service_act_finish (QcApplicationService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
withdrawn (GTask *task, GError *error)
{
  QcApplicationService *self = g_task_get_source_object (task);
  qc_session_data_changed (self->session, QC_DATA_QUEUE | QC_DATA_DRAFTS | QC_DATA_APPLICATIONS);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  qc_outbox_withdraw_finish (QC_OUTBOX (source), result, &error);
  withdrawn (task, error);
}

static void
withdrawn_here_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  qc_database_finish (QC_DATABASE (source), result, &error);
  withdrawn (task, error);
}

/* Without a pusher nothing can be under way: the database's own rule suffices. */
static gpointer
withdraw_here (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *what = data;
  return qc_store_outbox_withdraw (connection, what[0], what[1], error) ? QC_DATABASE_DONE : NULL;
}

void
qc_application_service_withdraw_async (QcApplicationService *self, QcOutboxItem *item, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_return_if_fail (QC_IS_APPLICATION_SERVICE (self));
  if (!get_outbox (self)) {
    const gint64 what[]
        = {qc_outbox_item_get_id (item), qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)))};
    qc_database_write_async (qc_session_get_database (self->session), "withdraw", withdraw_here,
                             g_memdup2 (what, sizeof what), g_free, NULL, cancellable, withdrawn_here_cb,
                             g_steal_pointer (&task));
    return;
  }
  qc_outbox_withdraw_async (get_outbox (self), qc_outbox_item_get_id (item), cancellable, withdrawn_cb,
                            g_steal_pointer (&task));
}

gboolean
qc_application_service_withdraw_finish (QcApplicationService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What is held is under way nowhere: the database's own rule suffices. */
static gpointer
release (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *what = data;
  return qc_store_outbox_release (connection, what[0], what[1], error) ? QC_DATABASE_DONE : NULL;
}

static void
released_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcApplicationService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  qc_database_finish (QC_DATABASE (source), result, &error);
  qc_session_data_changed (self->session, QC_DATA_QUEUE | QC_DATA_APPLICATIONS);
  if (!error) {
    qc_session_sync_now (self->session);
    g_task_return_boolean (task, TRUE);
  } else if (error->domain == QC_STORE_ERROR) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("It cannot be sent now: it is not held any more, or something before it is held too."));
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

void
qc_application_service_release_async (QcApplicationService *self, gint64 item, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  gint64 what[] = {item, 0};
  g_return_if_fail (QC_IS_APPLICATION_SERVICE (self));
  what[1] = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  qc_database_write_async (qc_session_get_database (self->session), "release", release, g_memdup2 (what, sizeof what),
                           g_free, NULL, cancellable, released_cb, g_task_new (self, cancellable, callback, user_data));
}

gboolean
qc_application_service_release_finish (QcApplicationService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_payee_notice_free (QcPayeeNotice *notice)
{
  if (!notice)
    return;
  g_free (notice->payee_name);
  g_free (notice->payee_account);
  g_free (notice->payee_bank);
  g_free (notice->remark);
  g_free (notice);
}

QcPayeeNotice *
qc_application_service_dup_notice (QcApplicationService *self, const QcApplication *application)
{
  g_return_val_if_fail (QC_IS_APPLICATION_SERVICE (self), NULL);
  QcMoney missing = application ? qc_application_missing (application) : 0;
  if (missing <= 0 || !self->facts || !self->facts->payee_account)
    return NULL;
  QcPayeeNotice *notice = g_new0 (QcPayeeNotice, 1);
  notice->payee_name = g_strdup (self->facts->payee_name);
  notice->payee_account = g_strdup (self->facts->payee_account);
  notice->payee_bank = g_strdup (self->facts->payee_bank);
  notice->fen = missing;
  notice->remark = g_strdup (application->serial);
  return notice;
}

/* --- the unit's payee --------------------------------------------------------------------------------------------- */

typedef struct {
  char *profile, *unit; /* (owned) */
} Where;

static void
where_free (Where *where)
{
  g_free (where->profile);
  g_free (where->unit);
  g_free (where);
}

static gpointer
read_unit (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Where *where = data;
  QcUnit *unit = NULL;
  if (!qc_store_unit_get (connection, where->profile, where->unit, &unit, error))
    return NULL;
  return unit ? unit : qc_unit_new ();
}

static void
unit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationService) self = user_data;
  g_autoptr (GError) error = NULL;
  QcUnit *unit = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!unit)
    return;
  g_clear_pointer (&self->facts, qc_unit_free);
  self->facts = unit;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load_unit (QcApplicationService *self)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (!database || !self->profile || !self->unit)
    return;
  Where *where = g_new0 (Where, 1);
  where->profile = g_strdup (self->profile);
  where->unit = g_strdup (self->unit);
  qc_database_read_async (database, "payee", read_unit, where, (GDestroyNotify)where_free, (GDestroyNotify)qc_unit_free,
                          self->cancellable, unit_cb, g_object_ref (self));
}

static void
data_changed_cb (QcSession *session, guint what, QcApplicationService *self)
{
  if (what & QC_DATA_UNIT)
    load_unit (self);
}

static void
sync_changed_cb (QcApplicationService *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
qc_application_service_dispose (GObject *object)
{
  QcApplicationService *self = QC_APPLICATION_SERVICE (object);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (qc_application_service_parent_class)->dispose (object);
}

static void
qc_application_service_finalize (GObject *object)
{
  QcApplicationService *self = QC_APPLICATION_SERVICE (object);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->facts, qc_unit_free);
  g_free (self->profile);
  g_free (self->unit);
  G_OBJECT_CLASS (qc_application_service_parent_class)->finalize (object);
}

static void
qc_application_service_class_init (QcApplicationServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_application_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_application_service_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_APPLICATION_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_application_service_init (QcApplicationService *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

QcApplicationService *
qc_application_service_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcApplicationService *self = g_object_new (QC_TYPE_APPLICATION_SERVICE, NULL);
  self->session = g_object_ref (session);
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  load_unit (self);
  return self;
}
