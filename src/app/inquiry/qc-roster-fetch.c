/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-fetch.h. Main context.
 */
#include "qc-roster-fetch.h"

#include "qc-application-lines.h"

struct _QcRosterFetch {
  GObject parent_instance;
  QcSession *session;      /* (owned) */
  QcApplicationList *list; /* (owned) (nullable) until it is read */
  GPtrArray *rows;         /* (owned) QcApplicationRow to be looked through */
  guint done;
  QcApplicationLines *lines; /* (owned) (nullable) of the one that is looked at now */
  gboolean asked;            /* the center, for all of it */
  gboolean running;
  GError *error; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcRosterFetch, qc_roster_fetch, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
drop_lines (QcRosterFetch *self)
{
  if (self->lines)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_object (&self->lines);
}

static void
qc_roster_fetch_dispose (GObject *object)
{
  QcRosterFetch *self = QC_ROSTER_FETCH (object);
  drop_lines (self);
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_roster_fetch_parent_class)->dispose (object);
}

static void
qc_roster_fetch_finalize (GObject *object)
{
  QcRosterFetch *self = QC_ROSTER_FETCH (object);
  g_ptr_array_unref (self->rows);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (qc_roster_fetch_parent_class)->finalize (object);
}

static void
qc_roster_fetch_class_init (QcRosterFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_roster_fetch_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_roster_fetch_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_ROSTER_FETCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_roster_fetch_init (QcRosterFetch *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
end (QcRosterFetch *self, const GError *error)
{
  drop_lines (self);
  self->running = FALSE;
  self->error = error ? g_error_copy (error) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void look_at_next (QcRosterFetch *self);

static void
lines_changed_cb (QcApplicationLines *lines, QcRosterFetch *self)
{
  if (qc_application_lines_is_busy (lines))
    return;
  const GError *error = qc_application_lines_get_error (lines);
  if (!qc_application_lines_is_whole (lines) && !self->asked) {
    self->asked = TRUE;
    qc_application_lines_fetch (lines); /* however long it is */
    return;
  }
  if (error) {
    end (self, error);
    return;
  }
  self->done++;
  drop_lines (self);
  g_signal_emit (self, signals[CHANGED], 0);
  look_at_next (self);
}

static void
look_at_next (QcRosterFetch *self)
{
  if (self->done >= self->rows->len) {
    end (self, NULL);
    return;
  }
  self->asked = FALSE;
  self->lines = qc_application_lines_new (self->session, g_ptr_array_index (self->rows, self->done));
  g_signal_connect (self->lines, "changed", G_CALLBACK (lines_changed_cb), self);
}

/* A 汇缴 has no roster, and a change of the unit names nobody. */
static gboolean
has_roster (QcApplicationRow *row)
{
  return qc_application_row_get_application (row) && qc_application_row_has_lines (row)
         && qc_business_info (qc_application_row_get_business (row))->n_columns > 0;
}

static void
list_loaded_cb (QcApplicationList *list, GParamSpec *pspec, QcRosterFetch *self)
{
  if (qc_application_list_is_loading (list))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
    if (has_roster (row))
      g_ptr_array_add (self->rows, g_object_ref (row));
  }
  g_signal_handlers_disconnect_by_data (list, self);
  if (qc_application_list_get_error (list))
    end (self, qc_application_list_get_error (list));
  else
    look_at_next (self);
}

QcRosterFetch *
qc_roster_fetch_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcRosterFetch *self = g_object_new (QC_TYPE_ROSTER_FETCH, NULL);
  const QcApplicationConditions conditions = {.any_business = TRUE};
  self->session = g_object_ref (session);
  self->running = TRUE;
  self->list = qc_application_list_new (session);
  qc_application_list_query (self->list, &conditions);
  g_signal_connect (self->list, "notify::loading", G_CALLBACK (list_loaded_cb), self);
  return self;
}

gboolean
qc_roster_fetch_is_running (QcRosterFetch *self)
{
  return self->running;
}

guint
qc_roster_fetch_get_done (QcRosterFetch *self)
{
  return self->done;
}

guint
qc_roster_fetch_get_all (QcRosterFetch *self)
{
  return self->rows->len;
}

const GError *
qc_roster_fetch_get_error (QcRosterFetch *self)
{
  return self->error;
}
