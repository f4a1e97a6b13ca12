/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-lines-ahead.h. What cannot be fetched now is tried again after the next sync.
 */
#include "qc-lines-ahead.h"

#include "qc-application-lines.h"
#include "qc-month.h"

#define DAYS 366
#define MOST 100 /* of the newest ones */

struct _QcLinesAhead {
  GObject parent_instance;
  QcSession *session;        /* (owned) */
  QcApplicationList *list;   /* (owned) (nullable) of the unit */
  QcApplicationLines *lines; /* (owned) (nullable) of the one that is fetched now */
  char *now;                 /* (owned) (nullable) which one that is */
  GHashTable *done;          /* serial and state: a returned one has reasons that it had not before */
};

G_DEFINE_FINAL_TYPE (QcLinesAhead, qc_lines_ahead, G_TYPE_OBJECT)

static void go_on (QcLinesAhead *self);

static void
stop (QcLinesAhead *self)
{
  if (self->lines)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->now, g_free);
}

static void
lines_changed_cb (QcLinesAhead *self)
{
  if (qc_application_lines_is_busy (self->lines))
    return;
  gboolean failed = qc_application_lines_get_error (self->lines) != NULL;
  if (!failed)
    g_hash_table_add (self->done, g_steal_pointer (&self->now));
  stop (self);
  if (!failed)
    go_on (self);
}

static char *
dup_key (const QcApplication *application)
{
  return g_strdup_printf ("%s %s", application->serial, qc_state_to_code (application->state));
}

static void
go_on (QcLinesAhead *self)
{
  guint reviewed = 0;
  for (guint i = 0; !self->lines && reviewed < MOST && i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), i);
    const QcApplication *application = qc_application_row_get_application (row);
    if (!application || qc_business_info (application->business)->run != QC_RUN_REVIEWED)
      continue;
    reviewed++;
    g_autofree char *key = dup_key (application);
    if (g_hash_table_contains (self->done, key))
      continue;
    self->now = g_steal_pointer (&key);
    self->lines = qc_application_lines_new (self->session, row);
    g_signal_connect_object (self->lines, "changed", G_CALLBACK (lines_changed_cb), self, G_CONNECT_SWAPPED);
  }
}

static void
unit_changed_cb (QcLinesAhead *self)
{
  stop (self);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_hash_table_remove_all (self->done);
  if (!qc_session_get_unit_account (self->session))
    return;
  const QcApplicationConditions conditions = {
      .any_business = TRUE,
      .created_from = qc_date_add_days (qc_session_get_today (self->session), -DAYS),
  };
  self->list = qc_application_list_new (self->session);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  qc_application_list_query (self->list, &conditions);
}

static void
qc_lines_ahead_dispose (GObject *object)
{
  QcLinesAhead *self = QC_LINES_AHEAD (object);
  stop (self);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_lines_ahead_parent_class)->dispose (object);
}

static void
qc_lines_ahead_finalize (GObject *object)
{
  g_hash_table_unref (QC_LINES_AHEAD (object)->done);
  G_OBJECT_CLASS (qc_lines_ahead_parent_class)->finalize (object);
}

static void
qc_lines_ahead_class_init (QcLinesAheadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_lines_ahead_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_lines_ahead_finalize;
}

static void
qc_lines_ahead_init (QcLinesAhead *self)
{
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

QcLinesAhead *
qc_lines_ahead_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcLinesAhead *self = g_object_new (QC_TYPE_LINES_AHEAD, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "unit-changed", G_CALLBACK (unit_changed_cb), self, G_CONNECT_SWAPPED);
  unit_changed_cb (self);
  return self;
}
