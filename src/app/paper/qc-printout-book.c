/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Printouts into files, and the book of what was handed out: uses and the journal of them, together in one transaction.
 * Main context, but for the database's function and the one that writes the file.
 */
#include "qc-printout-private.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-error-text.h"
#include "qc-pdf.h"
#include "qc-session-private.h"
#include "qc-store-journal.h"
#include "qc-store-uses.h"

typedef struct {
  char *profile, *unit, *user; /* (owned) (nullable) */
  char *title, *where;         /* (owned) */
  GPtrArray *uses;             /* (owned) char* */
  const char *event;           /* static */
  gboolean counts;
  gint64 now;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->profile);
  g_free (entry->unit);
  g_free (entry->user);
  g_free (entry->title);
  g_free (entry->where);
  g_ptr_array_unref (entry->uses);
  g_free (entry);
}

static gpointer
write_entry (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Entry *entry = data;
  for (guint i = 0; entry->counts && i < entry->uses->len; i++)
    if (!qc_store_uses_add (connection, entry->profile, entry->unit, g_ptr_array_index (entry->uses, i), error))
      return NULL;
  return qc_store_journal_append (connection, entry->now, entry->profile, entry->unit, entry->user, entry->event,
                                  entry->title, entry->where, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NOT_COUNTED,
                           _ ("It could not be written into the book of what was handed out (%s)."), text->title);
}

/* What was counted is one more by now: the next copy is drawn anew. */
static void
write_book (QcPrintout *self, const char *event, const char *where, gboolean counts, GTask *task)
{
  QcPrintoutJob *job = qc_printout_get_job (self);
  QcSession *session = qc_printout_get_session (self);
  QcDatabase *database = qc_session_get_database (session);
  if (database == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NOT_COUNTED,
                             _ ("It could not be written into the book of what was handed out (%s)."),
                             _ ("The data are not open"));
    g_object_unref (task);
    return;
  }
  Entry *entry = g_new0 (Entry, 1);
  entry->profile = g_strdup (job->profile);
  entry->unit = g_strdup (job->unit);
  entry->user = g_strdup (qc_session_get_user_name (session));
  entry->title = g_strdup (job->title);
  entry->where = g_strdup (where);
  entry->event = event;
  entry->counts = counts;
  entry->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
  entry->uses = g_ptr_array_new_with_free_func (g_free);
  g_mutex_lock (&job->mutex);
  for (guint i = 0; i < job->uses->len; i++)
    g_ptr_array_add (entry->uses, g_strdup (g_ptr_array_index (job->uses, i)));
  g_mutex_unlock (&job->mutex);
  if (counts && entry->uses->len > 0)
    g_atomic_int_set (&job->used, 1);
  qc_database_write_async (database, "paper.used", write_entry, entry, entry_free, NULL, NULL, written_cb, task);
}

gboolean
qc_printout_count (QcPrintoutJob *job, QcConnection *connection, const char *subject, int *out_reprint, GError **error)
{
  gint64 uses;
  if (!qc_store_uses_get (connection, job->profile, job->unit, subject, &uses, error))
    return FALSE;
  *out_reprint = (int)MIN (uses, G_MAXINT);
  g_ptr_array_add (job->uses, g_strdup (subject));
  return TRUE;
}

/* ---- into a file ---- */

typedef struct {
  GBytes *pdf; /* (owned) */
  char *path;  /* (owned) */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;
  g_bytes_unref (save->pdf);
  g_free (save->path);
  g_free (save);
}

static void
save_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Save *save = task_data;
  GError *error = NULL;
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) && qc_pdf_check_target (save->path, &error)
      && qc_pdf_save_bytes (save->pdf, save->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  const Save *save = g_task_get_task_data (G_TASK (result));
  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    write_book (QC_PRINTOUT (source), "paper.saved", save->path, TRUE, task);
    return;
  }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
qc_printout_save_async (QcPrintout *self, GBytes *pdf, const char *path, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_PRINTOUT (self) && pdf != NULL && path != NULL);
  GTask *outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (self, cancellable, saved_cb, outer);
  Save *save = g_new0 (Save, 1);
  save->pdf = g_bytes_ref (pdf);
  save->path = g_strdup (path);
  g_task_set_task_data (inner, save, save_free);
  g_task_set_check_cancellable (inner, FALSE); /* a file in its place is saved, whoever cancelled after that */
  g_task_run_in_thread (inner, save_thread);
}

gboolean
qc_printout_save_finish (QcPrintout *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_printout_note_printed_async (QcPrintout *self, const char *printer, gboolean known, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (QC_IS_PRINTOUT (self));
  write_book (self, known ? "paper.printed" : "paper.print-unknown", printer, known,
              g_task_new (self, NULL, callback, user_data));
}

gboolean
qc_printout_note_finish (QcPrintout *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
