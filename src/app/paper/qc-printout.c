/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-printout.h. Main context; filling and drawing on the thread of a walk.
 */
#include "qc-printout-private.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-file-name.h"
#include "qc-month.h"
#include "qc-pdf.h"
#include "qc-session-private.h"
#include "qc-store-units.h"

#define FILLING 300 /* of 1,000 parts of the way */
#define HANDLER "JBRXM"

typedef struct {
  const QcPrintoutKind *kind;
  gpointer data; /* (owned) by the kind */
} Part;

struct _QcPrintout {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  QcPrintoutJob job;  /* while it is drawn, its thread's */
};

G_DEFINE_FINAL_TYPE (QcPrintout, qc_printout, G_TYPE_OBJECT)

static void
part_free (gpointer data)
{
  Part *part = data;
  part->kind->data_free (part->data);
  g_free (part);
}

static void
qc_printout_finalize (GObject *object)
{
  QcPrintoutJob *job = &QC_PRINTOUT (object)->job;
  g_ptr_array_unref (job->parts);
  g_ptr_array_unref (job->uses);
  g_ptr_array_unref (job->lines);
  qc_binder_free (job->binder);
  qc_unit_free (job->facts);
  g_mutex_clear (&job->mutex);
  g_free (job->profile);
  g_free (job->unit);
  g_free (job->unit_name);
  g_free (job->center);
  g_free (job->handler);
  g_free (job->title);
  g_free (job->when);
  g_clear_object (&QC_PRINTOUT (object)->session);
  G_OBJECT_CLASS (qc_printout_parent_class)->finalize (object);
}

static void
qc_printout_class_init (QcPrintoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_printout_finalize;
}

static void
qc_printout_init (QcPrintout *self)
{
  self->job.parts = g_ptr_array_new_with_free_func (part_free);
  self->job.uses = g_ptr_array_new_with_free_func (g_free);
  self->job.lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->job.mutex);
}

QcPrintout *
qc_printout_new (QcSession *session, const char *title, QcPaperSize natural)
{
  QcPrintout *self = g_object_new (QC_TYPE_PRINTOUT, NULL);
  const QcUnitChoice *unit = qc_session_get_unit (session);
  const QcProfileInfo *profile = qc_session_get_profile (session);
  QcPrintoutJob *job = &self->job;
  self->session = g_object_ref (session);
  job->profile = g_strdup (qc_session_get_profile_id (session));
  job->unit = g_strdup (unit != NULL ? unit->account : NULL);
  job->unit_name = g_strdup (unit != NULL ? unit->name : "");
  job->center = g_strdup (profile != NULL ? profile->name : NULL);
  job->handler = g_strdup (qc_session_get_user_name (session));
  job->practice = qc_session_is_practice (session);
  job->today = qc_session_get_today (session);
  job->title = g_strdup (title);
  job->natural = natural;
  return self;
}

QcPrintoutJob *
qc_printout_get_job (QcPrintout *self)
{
  return &self->job;
}

void
qc_printout_add (QcPrintout *self, const QcPrintoutKind *kind, gpointer data)
{
  Part *part = g_new0 (Part, 1);
  part->kind = kind;
  part->data = data;
  g_ptr_array_add (self->job.parts, part);
}

void
qc_printout_set_when (QcPrintout *self, const char *when)
{
  g_autofree char *copy = g_strdup (when);
  g_free (self->job.when);
  self->job.when = g_steal_pointer (&copy);
}

void
qc_printout_wait_for (QcPrintout *self, QcApplicationLines *lines)
{
  g_ptr_array_add (self->job.lines, lines);
}

const char *
qc_printout_get_title (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), NULL);
  return self->job.title;
}

QcSession *
qc_printout_get_session (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), NULL);
  return self->session;
}

QcPaperSize
qc_printout_get_natural_paper (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), QC_PAPER_A4);
  return self->job.natural;
}

char *
qc_printout_dup_file_name (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), NULL);
  return qc_file_name_make (self->job.title, self->job.unit_name, self->job.when,
                            self->job.practice ? "-演练.pdf" : ".pdf");
}

double
qc_printout_get_progress (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), 0);
  return g_atomic_int_get (&self->job.progress) / 1000.0;
}

gboolean
qc_printout_is_used (QcPrintout *self)
{
  g_return_val_if_fail (QC_IS_PRINTOUT (self), FALSE);
  return g_atomic_int_get (&self->job.used) != 0;
}

/* ---- for the kinds ---- */

QcListHead
qc_printout_job_head (const QcPrintoutJob *job, const char *title)
{
  return (QcListHead) {
      .center = job->center,
      .title = title,
      .handler = job->handler,
      .date = job->today,
      .practice = job->practice,
  };
}

char *
qc_printout_dup_month (QcMonth month)
{
  return month == QC_MONTH_NONE ? g_strdup ("—")
                                : g_strdup_printf ("%d年%02d月", qc_month_year (month), qc_month_number (month));
}

char *
qc_printout_dup_months (QcMonth from, QcMonth to)
{
  g_autofree char *first = qc_printout_dup_month (from);
  g_autofree char *last = qc_printout_dup_month (to);
  return from == to || to == QC_MONTH_NONE ? g_steal_pointer (&first) : g_strdup_printf ("%s 至 %s", first, last);
}

gboolean
qc_printout_job_go_on (QcPrintoutJob *job, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (job->cancellable, error);
}

/* ---- filling and drawing ---- */

typedef struct {
  QcPrintout *printout; /* (owned) */
  QcPaper paper;
  double left, top;
  guint asked; /* so many rosters were asked for */
} Render;

static void
render_free (gpointer data)
{
  Render *render = data;
  g_object_unref (render->printout);
  g_free (render);
}

static gboolean
read_unit (QcPrintoutJob *job, QcConnection *connection, GError **error)
{
  g_clear_pointer (&job->facts, qc_unit_free);
  if (!qc_store_unit_get (connection, job->profile, job->unit, &job->facts, error))
    return FALSE;
  const char *handler = job->facts != NULL ? g_hash_table_lookup (job->facts->fields, HANDLER) : NULL;
  if (handler != NULL && *handler != '\0') {
    g_free (job->handler);
    job->handler = g_strdup (handler);
  }
  return TRUE;
}

/* What could not be filled is begun from the beginning the next time. */
static gboolean
fill (QcPrintoutJob *job, QcConnection *connection, GError **error)
{
  g_clear_pointer (&job->binder, qc_binder_free);
  g_ptr_array_set_size (job->uses, 0);
  g_atomic_int_set (&job->progress, 0);
  if (!read_unit (job, connection, error))
    return FALSE;
  job->binder = qc_binder_new ();
  for (guint i = 0; i < job->parts->len; i++) {
    const Part *part = g_ptr_array_index (job->parts, i);
    if (!qc_printout_job_go_on (job, error) || !part->kind->fill (job, connection, part->data, error)) {
      g_clear_pointer (&job->binder, qc_binder_free);
      return FALSE;
    }
    g_atomic_int_set (&job->progress, (int)(FILLING * (i + 1) / job->parts->len));
  }
  g_atomic_int_set (&job->used, 0);
  return TRUE;
}

static void
progress_cb (double fraction, gpointer user_data)
{
  g_atomic_int_set (&((QcPrintoutJob *)user_data)->progress, FILLING + (int)(fraction * (1000 - FILLING)));
}

static GBytes *
draw (QcPrintoutJob *job, const Render *render, GError **error)
{
  g_autoptr (QcFont) font = qc_font_new (error);
  const QcBinding binding = {.paper = render->paper,
                             .left = render->left,
                             .top = render->top,
                             .title = job->title,
                             .subject = job->practice ? "演练·无效" : job->unit_name,
                             .created = g_get_real_time () / G_USEC_PER_SEC,
                             .progress = {progress_cb, job, job->cancellable}};
  return font != NULL ? qc_binder_to_bytes (job->binder, font, &binding, error) : NULL;
}

static gpointer
render_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Render *render = data;
  QcPrintoutJob *job = &render->printout->job;
  g_mutex_lock (&job->mutex);
  job->cancellable = cancellable;
  gboolean stale = job->binder == NULL || g_atomic_int_get (&job->used) != 0;
  GBytes *pdf = !stale || fill (job, connection, error) ? draw (job, render, error) : NULL;
  job->cancellable = NULL;
  g_mutex_unlock (&job->mutex);
  return pdf;
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *pdf = qc_database_finish (QC_DATABASE (source), result, &error);
  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* Everything that was entered before is in the database now. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) == NULL) {
    g_task_return_error (task, error);
    return;
  }
  Render *render = g_task_get_task_data (task);
  qc_database_walk_async (QC_DATABASE (source), "print", render_cb, render, NULL, (GDestroyNotify)g_bytes_unref,
                          g_task_get_cancellable (task), rendered_cb, g_object_ref (task));
}

static gpointer
flush (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

/* ---- what is not here yet ---- */

static void
flush_before (GTask *task)
{
  QcPrintout *self = g_task_get_source_object (task);
  qc_database_write_async (qc_session_get_database (self->session), "print-flush", flush, NULL, NULL, NULL,
                           g_task_get_cancellable (task), flushed_cb, g_object_ref (task));
}

static void wait_for_lines (GTask *task);

/* It changed, or what waits for it was cancelled: looked at anew from the beginning. */
static void
look_again_cb (GTask *task)
{
  QcPrintout *self = g_task_get_source_object (task);
  for (guint i = 0; i < self->job.lines->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->job.lines, i), task);
  if (g_task_get_cancellable (task) != NULL)
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), task);
  wait_for_lines (task);
  g_object_unref (task);
}

/* Fetched is what somebody wants to print, however long it is. */
static void
wait_for_lines (GTask *task)
{
  QcPrintout *self = g_task_get_source_object (task);
  Render *render = g_task_get_task_data (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  for (guint i = 0; i < self->job.lines->len; i++) {
    QcApplicationLines *lines = g_ptr_array_index (self->job.lines, i);
    if (qc_application_lines_is_whole (lines))
      continue;
    const GError *error = qc_application_lines_get_error (lines);
    if (!qc_application_lines_is_busy (lines) && i < render->asked && error != NULL) {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
    if (i >= render->asked)
      qc_application_lines_fetch (lines);
    render->asked = i + 1;
    if (!qc_application_lines_is_busy (lines))
      continue; /* the walk says that it is not whole */
    g_signal_connect_swapped (lines, "changed", G_CALLBACK (look_again_cb), g_object_ref (task));
    if (g_task_get_cancellable (task) != NULL)
      g_signal_connect_swapped (g_task_get_cancellable (task), "cancelled", G_CALLBACK (look_again_cb), task);
    return;
  }
  flush_before (task);
}

void
qc_printout_render_async (QcPrintout *self, const QcPaper *paper, double left, double top, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_PRINTOUT (self) && paper != NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcDatabase *database = qc_session_get_database (self->session);
  Render *render = g_new0 (Render, 1);
  render->printout = g_object_ref (self);
  render->paper = *paper;
  render->left = left;
  render->top = top;
  g_task_set_task_data (task, render, render_free);
  if (database == NULL || self->job.profile == NULL || self->job.unit == NULL)
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, "%s", _ ("No unit is chosen."));
  else if (self->job.unwritten)
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("What was entered last could not be saved yet, and would be missing on paper. As soon "
                                "as the draft is saved, print again."));
  else
    wait_for_lines (task);
}

GBytes *
qc_printout_render_finish (QcPrintout *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
