/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-export.h. Main context; prepare and fill of the kinds on the thread of the walk.
 */
#include "qc-export-private.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-file-name.h"
#include "qc-format.h"
#include "qc-month.h"
#include "qc-session-private.h"

struct _QcExport {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  QcExportJob job;    /* while it runs, its thread's */
};

G_DEFINE_FINAL_TYPE (QcExport, qc_export, G_TYPE_OBJECT)

static void
qc_export_finalize (GObject *object)
{
  QcExport *self = QC_EXPORT (object);
  QcExportJob *job = &self->job;
  if (job->kind != NULL && job->kind->data_free != NULL)
    job->kind->data_free (job->data);
  g_free (job->profile);
  g_free (job->unit);
  g_free (job->unit_name);
  g_free (job->title);
  g_free (job->path);
  g_array_unref (job->columns);
  g_ptr_array_unref (job->notes);
  g_ptr_array_unref (job->kept);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_export_parent_class)->finalize (object);
}

static void
qc_export_class_init (QcExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_export_finalize;
}

static void
qc_export_init (QcExport *self)
{
  self->job.columns = g_array_new (FALSE, TRUE, sizeof (QcSheetColumn));
  self->job.notes = g_ptr_array_new_with_free_func (g_free);
  self->job.kept = g_ptr_array_new_with_free_func (g_free);
}

QcExport *
qc_export_new (QcSession *session, const QcExportKind *kind, gpointer data, const char *title, const char *sheet,
               QcMonth month)
{
  QcExport *self = g_object_new (QC_TYPE_EXPORT, NULL);
  const QcUnitChoice *unit = qc_session_get_unit (session);
  self->session = g_object_ref (session);
  self->job.kind = kind;
  self->job.data = data;
  self->job.profile = g_strdup (qc_session_get_profile_id (session));
  self->job.unit = g_strdup (unit != NULL ? unit->account : NULL);
  self->job.unit_name = g_strdup (unit != NULL ? unit->name : "");
  self->job.title = g_strdup (title);
  self->job.sheet = sheet;
  self->job.month = month;
  self->job.today = qc_session_get_today (session);
  return self;
}

QcExportJob *
qc_export_get_job (QcExport *self)
{
  return &self->job;
}

/* ---- for the kinds ---- */

void
qc_export_job_add_column (QcExportJob *job, const char *title, QcSheetKind kind, guint width)
{
  QcSheetColumn column = {.title = title, .kind = kind, .width = width};
  g_array_append_val (job->columns, column);
}

void
qc_export_job_take_note (QcExportJob *job, char *note)
{
  g_ptr_array_add (job->notes, note);
}

gpointer
qc_export_job_keep (QcExportJob *job, gpointer allocated)
{
  g_ptr_array_add (job->kept, allocated);
  return allocated;
}

void
qc_export_write_month (QcSheetWriter *writer, QcMonth month)
{
  char text[16];
  if (month == QC_MONTH_NONE) {
    qc_sheet_writer_skip (writer);
    return;
  }
  g_snprintf (text, sizeof text, "%04d-%02d", qc_month_year (month), qc_month_number (month));
  qc_sheet_writer_text (writer, text);
}

/* ---- the file ---- */

char *
qc_export_dup_file_name (QcExport *self)
{
  g_return_val_if_fail (QC_IS_EXPORT (self), NULL);
  g_autofree char *month = qc_format_month (self->job.month);
  return qc_file_name_make (self->job.title, self->job.unit_name, month, ".xlsx");
}

double
qc_export_get_progress (QcExport *self)
{
  g_return_val_if_fail (QC_IS_EXPORT (self), 0);
  return g_atomic_int_get (&self->job.progress) / 1000.0;
}

typedef struct {
  QcExportJob *job;
  QcConnection *connection;
} Walk;

static gboolean
fill_cb (QcSheetWriter *writer, gpointer user_data, GError **error)
{
  const Walk *walk = user_data;
  return walk->job->kind->fill (walk->job, walk->connection, writer, error);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  const Walk *walk = user_data;
  g_atomic_int_set (&walk->job->progress, (int)(fraction * 1000));
}

static char *
dup_heading (const QcExportJob *job)
{
  g_autofree char *month = qc_format_month (job->month);
  return job->month == QC_MONTH_NONE
             ? g_strdup_printf (_ ("%s · %s (%s)"), job->title, job->unit_name, job->unit)
             : g_strdup_printf (_ ("%s · %s (%s) · %s"), job->title, job->unit_name, job->unit, month);
}

static gpointer
write_file (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcExportJob *job = data;
  Walk walk = {job, connection};
  job->cancellable = cancellable;
  if (!job->kind->prepare (job, connection, error))
    return NULL;
  g_ptr_array_insert (job->notes, 0, dup_heading (job));
  g_ptr_array_add (job->notes, NULL);
  QcSheetPlan plan = {
      .name = job->sheet,
      .columns = (const QcSheetColumn *)job->columns->data,
      .n_columns = job->columns->len,
      .frozen = 1,
      .rows = job->rows,
      .notes_name = _ ("Instructions"),
      .notes = (const char *const *)job->notes->pdata,
      .lists_name = _ ("Lists"),
  };
  return qc_sheet_save (job->path, &plan, fill_cb, progress_cb, &walk, cancellable, error) ? QC_DATABASE_DONE : NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcExport *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_autofree char *details = g_strdup_printf ("%s · %u", self->job.title, self->job.rows);
  qc_session_journal (self->session, "exported", self->job.path, details);
  g_task_return_int (task, self->job.rows);
}

/* Everything that was entered before is in the database now. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcExport *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error) == NULL) {
    g_task_return_error (task, error);
    return;
  }
  GCancellable *cancellable = g_task_get_cancellable (task);
  qc_database_walk_async (QC_DATABASE (source), "export", write_file, &self->job, NULL, NULL, cancellable, written_cb,
                          g_steal_pointer (&task));
}

static gpointer
flush (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

void
qc_export_run_async (QcExport *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (QC_IS_EXPORT (self) && path != NULL && self->job.path == NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcDatabase *database = qc_session_get_database (self->session);
  g_task_set_check_cancellable (task, FALSE); /* a file in its place is there, whoever cancelled after that */
  if (database == NULL || self->job.unit == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, "%s", _ ("No unit is chosen."));
    return;
  }
  if (self->job.unwritten) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("What was entered last could not be saved yet, and would be missing in the file. As "
                                "soon as the draft is saved, export again."));
    return;
  }
  self->job.path = g_strdup (path);
  qc_database_write_async (database, "export-flush", flush, NULL, NULL, NULL, cancellable, flushed_cb,
                           g_steal_pointer (&task));
}

gint64
qc_export_run_finish (QcExport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return g_task_propagate_int (G_TASK (result), error);
}
