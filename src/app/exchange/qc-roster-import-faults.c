/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The faults of an import in a copy of the clerk's own file (J8): sentences are made on the main context, the copy is
 * written in a thread. See qc-roster-import.h.
 */
#include "qc-roster-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-header-names.h"
#include "qc-roster-service-private.h"
#include "qc-sheet-mark-file.h"

typedef struct {
  char *from, *to; /* (owned) */
  guint sheet, header;
  GArray *marks;   /* (owned) QcSheetMark */
  GPtrArray *kept; /* (owned) char*: their sentences */
} Copy;

static void
copy_free (Copy *copy)
{
  g_free (copy->from);
  g_free (copy->to);
  g_array_unref (copy->marks);
  g_ptr_array_unref (copy->kept);
  g_free (copy);
}

GFile *
qc_roster_import_dup_faults_file (QcRosterImport *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_IMPORT (self), NULL);
  g_autofree char *path = g_file_get_path (qc_roster_import_get_file (self));
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  g_autofree char *end = dot != NULL && dot != base ? g_strdup (dot) : g_strdup ("");
  if (*end != '\0')
    *dot = '\0';
  if (qc_roster_import_is_old (self)) {
    g_free (end);
    end = g_strdup (".xlsx");
  }
  for (guint number = 1;; number++) { /* never in the place of a file that is there */
    g_autofree char *nth = number > 1 ? g_strdup_printf (" %u", number) : g_strdup ("");
    /* Translators: name of a file: that of the clerk's, a number or nothing, and its ending. */
    g_autofree char *name = g_strdup_printf (_ ("%1$s (faults)%2$s%3$s"), base, nth, end);
    g_autofree char *whole = g_build_filename (folder, name, NULL);
    if (!g_file_test (whole, G_FILE_TEST_EXISTS))
      return g_file_new_for_path (whole);
  }
}

static void
add_marks (QcRosterImport *self, Copy *copy, const QcImportRow *row)
{
  for (guint i = 0; row->findings != NULL && i < row->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (row->findings, i);
    if (finding->severity < QC_SEVERITY_ASK)
      continue;
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    char *reason = advice != NULL ? g_strdup_printf ("%s %s", sentence, advice) : g_steal_pointer (&sentence);
    char *who = g_strdup (row->who);
    g_ptr_array_add (copy->kept, reason);
    g_ptr_array_add (copy->kept, who);
    QcSheetMark mark = {row->number, qc_roster_import_get_column (self, finding), reason, who};
    g_array_append_val (copy->marks, mark);
  }
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Copy *copy = data;
  QcSheetMarkHow how;
  GError *error = NULL;
  if (qc_sheet_mark_file (copy->from, copy->sheet, copy->header, qc_header_reason_title (),
                          (const QcSheetMark *)copy->marks->data, copy->marks->len, copy->to, &how, cancellable,
                          &error))
    g_task_return_int (task, how == QC_SHEET_MARK_APPENDED ? QC_IMPORT_MARKED_SHEET : QC_IMPORT_MARKED_CELLS);
  else
    g_task_return_error (task, error);
}

void
qc_roster_import_write_faults_async (QcRosterImport *self, GFile *file, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self));
  const QcImportResult *result = qc_roster_import_get_result (self);
  g_return_if_fail (result != NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  if (!g_file_is_native (file)) {
    g_task_return_new_error (task, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE, "%s",
                             _ ("The place that was chosen is no folder of this computer. Choose another one."));
    return;
  }
  Copy *copy = g_new0 (Copy, 1);
  guint header = qc_roster_import_get_header (self);
  copy->from = g_file_get_path (qc_roster_import_get_file (self));
  copy->to = g_file_get_path (file);
  copy->sheet = qc_roster_import_get_sheet (self);
  copy->header = header != G_MAXUINT ? qc_roster_import_get_number (self, header) : 0;
  copy->marks = g_array_new (FALSE, FALSE, sizeof (QcSheetMark));
  copy->kept = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < result->rows->len; i++)
    add_marks (self, copy, g_ptr_array_index (result->rows, i));
  g_task_set_task_data (task, copy, (GDestroyNotify)copy_free);
  g_task_run_in_thread (task, write_thread);
}

gboolean
qc_roster_import_write_faults_finish (QcRosterImport *self, GAsyncResult *result, QcImportMarked *out_marked,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  gssize marked = g_task_propagate_int (G_TASK (result), error);
  if (marked < 0)
    return FALSE;
  const Copy *copy = g_task_get_task_data (G_TASK (result));
  g_autofree char *detail = g_strdup_printf ("%u/%s", copy->marks->len, copy->to);
  qc_session_journal (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service)), "import.marked",
                      qc_business_info (self->service->business)->code, detail);
  *out_marked = (QcImportMarked)marked;
  return TRUE;
}
