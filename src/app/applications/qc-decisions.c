/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-decisions.h.
 */
#include "qc-decisions.h"

#include "qc-month.h"

#define DAYS 366 /* older ones are nobody's news */
#define SEEN                                                                                                        \
  ((1u << QC_STATE_REGISTERED) | (1u << QC_STATE_IN_REVIEW) | (1u << QC_STATE_ACCEPTED) | (1u << QC_STATE_FINISHED) \
   | (1u << QC_STATE_RETURNED))

struct _QcDecisions {
  GObject parent_instance;
  QcSession *session;      /* (owned) */
  QcApplicationList *list; /* (owned) (nullable) of the unit */
  GHashTable *waiting;     /* serials of the unit that were seen 登记 or 待审核 → which of them */
  gboolean is_waiting;     /* one of those is there now */
};

G_DEFINE_FINAL_TYPE (QcDecisions, qc_decisions, G_TYPE_OBJECT)

enum { DECIDED, WAITING_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_waiting (QcDecisions *self, gboolean waiting)
{
  if (waiting == self->is_waiting)
    return;
  self->is_waiting = waiting;
  g_signal_emit (self, signals[WAITING_CHANGED], 0);
}

/* 登记 waits for money that the clerk pays, or the bank: only its end is the center's doing. */
static gboolean
is_news (QcDecisions *self, const QcApplication *application)
{
  gpointer before;
  if (!g_hash_table_steal_extended (self->waiting, application->serial, NULL, &before))
    return FALSE;
  return GPOINTER_TO_INT (before) == QC_STATE_IN_REVIEW || application->state == QC_STATE_FINISHED;
}

/* Those who hear of it may choose another unit meanwhile: the rows are collected first. */
static void
look (QcDecisions *self)
{
  g_autoptr (GPtrArray) decided = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean waiting = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), i);
    const QcApplication *application = qc_application_row_get_application (row);
    if (!application)
      continue;
    gboolean waits = application->state == QC_STATE_IN_REVIEW || application->state == QC_STATE_REGISTERED;
    waiting |= waits;
    if (waits)
      g_hash_table_replace (self->waiting, g_strdup (application->serial), GINT_TO_POINTER (application->state));
    else if (is_news (self, application))
      g_ptr_array_add (decided, g_steal_pointer (&row));
  }
  for (guint i = 0; i < decided->len; i++)
    g_signal_emit (self, signals[DECIDED], 0, g_ptr_array_index (decided, i));
  set_waiting (self, waiting);
}

gboolean
qc_decisions_is_waiting (QcDecisions *self)
{
  g_return_val_if_fail (QC_IS_DECISIONS (self), FALSE);
  return self->is_waiting;
}

static void
unit_changed_cb (QcDecisions *self)
{
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_hash_table_remove_all (self->waiting);
  set_waiting (self, FALSE);
  if (!qc_session_get_unit_account (self->session))
    return;
  const QcApplicationConditions conditions = {
      .any_business = TRUE,
      .states = SEEN,
      .created_from = qc_date_add_days (qc_session_get_today (self->session), -DAYS),
  };
  self->list = qc_application_list_new (self->session);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  qc_application_list_query (self->list, &conditions);
}

static void
qc_decisions_dispose (GObject *object)
{
  QcDecisions *self = QC_DECISIONS (object);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_decisions_parent_class)->dispose (object);
}

static void
qc_decisions_finalize (GObject *object)
{
  g_hash_table_unref (QC_DECISIONS (object)->waiting);
  G_OBJECT_CLASS (qc_decisions_parent_class)->finalize (object);
}

static void
qc_decisions_class_init (QcDecisionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_decisions_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_decisions_finalize;
  signals[DECIDED] = g_signal_new ("decided", QC_TYPE_DECISIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   QC_TYPE_APPLICATION_ROW);
  signals[WAITING_CHANGED]
      = g_signal_new ("waiting-changed", QC_TYPE_DECISIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_decisions_init (QcDecisions *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

QcDecisions *
qc_decisions_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcDecisions *self = g_object_new (QC_TYPE_DECISIONS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "unit-changed", G_CALLBACK (unit_changed_cb), self, G_CONNECT_SWAPPED);
  unit_changed_cb (self);
  return self;
}
