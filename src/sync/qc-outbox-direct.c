/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Direct actions: 删除, 取消, 重新划款. At once or not at all, but through the same journal of keys, so that a lost
 * answer is asked about. Main context.
 */
#include "qc-outbox-private.h"

typedef struct {
  QcStoreOutboxItem *item; /* (owned) */
  gint64 now;
} Direct;

static void
direct_free (Direct *direct)
{
  g_clear_pointer (&direct->item, qc_store_outbox_item_free);
  g_free (direct);
}

/* Journal of keys first: queued and begun in one transaction, so that no push ever sees it as queued. */
static gpointer
begin_direct (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Direct *direct = data;
  if (!qc_store_outbox_enqueue (connection, direct->item, direct->now, error)
      || !qc_store_outbox_begin_attempt (connection, direct->item->id, direct->now, error))
    return NULL;
  return g_steal_pointer (&direct->item);
}

static void
direct_begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcStoreOutboxItem *item = qc_database_finish (QC_DATABASE (source), result, &error);
  if (item == NULL) {
    g_task_return_error (task, error);
    return;
  }
  QcOutboxStep *step = g_new0 (QcOutboxStep, 1);
  step->task = g_steal_pointer (&task);
  step->item = item;
  step->direct = TRUE;
  qc_outbox_step_send (step);
}

/* Takes @task and @item. */
static void
start_direct (GTask *task, QcStoreOutboxItem *item)
{
  QcOutbox *self = g_task_get_source_object (task);
  Direct *direct = g_new0 (Direct, 1);
  direct->item = item;
  direct->now = qc_outbox_now (self);
  g_task_set_check_cancellable (task, FALSE);
  qc_database_write_async (self->database, "outbox.direct", begin_direct, direct, (GDestroyNotify)direct_free,
                           (GDestroyNotify)qc_store_outbox_item_free, g_task_get_cancellable (task), direct_begun_cb,
                           task);
}

static QcStoreOutboxItem *
direct_item_new (QcOutbox *self, const char *unit, const char *kind, QcBusiness business, const char *subject,
                 const char *path_format, gint64 revision, const char *actor, GBytes *body)
{
  g_autofree char *unit_part = g_uri_escape_string (unit, NULL, FALSE);
  g_autofree char *subject_part = g_uri_escape_string (subject, NULL, FALSE);
  QcStoreOutboxItem *item = qc_store_outbox_item_new ();
  item->profile = g_strdup (self->profile);
  item->unit = g_strdup (unit);
  item->key = g_uuid_string_random ();
  item->kind = g_strdup (kind);
  item->business = business;
  item->method = g_strdup ("POST");
  item->path = g_strdup_printf (path_format, unit_part, subject_part);
  item->if_match = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  item->body = body;
  item->actor = g_strdup (actor);
  item->serial = g_strdup (subject);
  return item;
}

void
qc_outbox_act_async (QcOutbox *self, const char *unit, const char *serial, QcBusiness business,
                     QcApplicationAction action, gint64 revision, const char *actor, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_OUTBOX (self) && unit != NULL && serial != NULL);
  g_return_if_fail (action == QC_ACTION_DELETE || action == QC_ACTION_CANCEL || action == QC_ACTION_REDRAW);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_outbox_act_async);
  start_direct (task, direct_item_new (self, unit, qc_action_to_code (action), business, serial,
                                       "/api/v1/units/%s/applications/%s/actions", revision, actor,
                                       qc_wire_encode_action (action)));
}

QcApplication *
qc_outbox_act_finish (QcOutbox *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
