/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Handing over: what is open in words, as a workbook beside the sealed file. Main context; files and SQL are on
 * threads.
 */
#include "qc-keeper-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "qc-application.h"
#include "qc-export.h"
#include "qc-format.h"
#include "qc-store-handover.h"

/* --- what is open --- */

void
qc_kept_open_free (QcKeptOpen *open)
{
  if (!open)
    return;
  g_free (open->unit);
  g_free (open->kind);
  g_free (open->business);
  g_free (open->name);
  g_free (open->state);
  g_free (open->amount);
  g_free (open->time);
  g_free (open);
}

typedef struct {
  char *profile;    /* (owned) */
  GPtrArray *units; /* (owned) */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;
  g_free (asking->profile);
  g_ptr_array_unref (asking->units);
  g_free (asking);
}

static gpointer
read_open (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;
  return qc_store_open_list (connection, asking->profile, asking->units, error);
}

/* (transfer full) */
static char *
dup_state (const QcStoreOpen *open)
{
  QcApplicationState state;
  if (open->kind == QC_STORE_OPEN_DRAFT)
    return g_strdup (_ ("Not submitted"));
  if (open->kind == QC_STORE_OPEN_WAITING)
    return g_strdup (g_strcmp0 (open->state, "held") == 0      ? _ ("Held back")
                     : g_strcmp0 (open->state, "unknown") == 0 ? _ ("Being verified with the center")
                                                               : _ ("Waits to be submitted"));
  return g_strdup (qc_state_from_code (open->state, &state) ? _ (qc_state_to_msgid (state)) : open->state);
}

static QcKeptOpen *
in_words (const QcStoreOpen *open)
{
  static const char *const kinds[] = {N_ ("Draft"), N_ ("Waiting"), N_ ("Application")};
  QcKeptOpen *words = g_new0 (QcKeptOpen, 1);
  QcBusiness business;
  words->unit = g_strdup_printf ("%s %s", open->unit, open->unit_name);
  words->kind = g_strdup (_ (kinds[open->kind]));
  words->business = g_strdup (qc_business_from_code (open->business, &business) ? _ (qc_business_info (business)->msgid)
                                                                                : open->business);
  words->name = g_strdup (open->name ? open->name : "");
  words->state = dup_state (open);
  words->amount = open->fen != 0      ? qc_format_money (open->fen)
                  : open->people != 0 ? qc_format_lines (open->people)
                                      : g_strdup ("");
  words->time = qc_format_date_time (open->time);
  return words;
}

static void
open_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) list = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!list) {
    g_task_return_error (task, error);
    return;
  }
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_kept_open_free);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (words, in_words (g_ptr_array_index (list, i)));
  g_task_return_pointer (task, words, (GDestroyNotify)g_ptr_array_unref);
}

void
qc_keeper_list_open_async (QcKeeper *self, const GPtrArray *units, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && units);
  QcSession *session = qc_keeper_get_session (self);
  Asking *asking = g_new0 (Asking, 1);
  asking->profile = g_strdup (qc_session_get_profile_id (session));
  asking->units = qc_keeper_copy_units (units);
  GTask *task
      = qc_keeper_task_new (self, qc_keeper_list_open_async, asking, asking_free, cancellable, callback, user_data);
  qc_database_read_async (qc_session_get_database (session), "open", read_open, asking, NULL,
                          (GDestroyNotify)g_ptr_array_unref, cancellable, open_read_cb, task);
}

GPtrArray *
qc_keeper_list_open_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the list and the file --- */

typedef struct {
  char *path, *list, *passphrase; /* (owned) */
  GPtrArray *units;               /* (owned) char* */
} HandOver;

static void
hand_over_free (gpointer data)
{
  HandOver *over = data;
  qc_keeper_forget (over->passphrase);
  g_free (over->path);
  g_free (over->list);
  g_ptr_array_unref (over->units);
  g_free (over);
}

/* @open is taken apart. (transfer full) */
static QcExport *
export_new (QcSession *session, const GPtrArray *open)
{
  static const QcExportColumn titles[] = {{N_ ("Unit"), 30, FALSE},       {N_ ("Kind"), 10, FALSE},
                                          {N_ ("Business"), 18, FALSE},   {N_ ("Name or serial number"), 24, FALSE},
                                          {N_ ("State"), 14, FALSE},      {N_ ("Amount or lines"), 14, FALSE},
                                          {N_ ("Last change"), 18, FALSE}};
  QcExportColumn columns[G_N_ELEMENTS (titles)];
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    columns[i] = (QcExportColumn) {_ (titles[i].title), titles[i].chars, titles[i].figures};
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < open->len; i++) {
    QcKeptOpen *one = g_ptr_array_index (open, i);
    char **const fields[] = {&one->unit, &one->kind, &one->business, &one->name, &one->state, &one->amount, &one->time};
    for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
      g_ptr_array_add (cells, g_steal_pointer (fields[k]));
  }
  return qc_export_new_table (session, _ ("What is open"), QC_MONTH_NONE, columns, G_N_ELEMENTS (columns), cells,
                              _ ("Drafts, what waits to be submitted, and applications "
                                 "that the center has not finished."));
}

/* The list alone would promise a file that is not there. */
static void
packed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const HandOver *over = g_task_get_task_data (task);
  GError *error = NULL;
  if (qc_keeper_pack_finish (QC_KEEPER (source), result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_unlink (over->list);
  g_task_return_error (task, error);
}

static void
list_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const HandOver *over = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 rows = qc_export_run_finish (QC_EXPORT (source), result, &error);
  g_object_unref (source);
  if (rows < 0) {
    g_task_return_error (task, error);
    return;
  }
  qc_keeper_pack_async (g_task_get_source_object (task), over->path, over->passphrase, over->units,
                        g_task_get_cancellable (task), packed_cb, g_object_ref (task));
}

static void
open_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const HandOver *over = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) open = qc_keeper_list_open_finish (QC_KEEPER (source), result, &error);
  if (!open) {
    g_task_return_error (task, error);
    return;
  }
  QcExport *export = export_new (qc_keeper_get_session (QC_KEEPER (source)), open);
  qc_export_run_async (export, over->list, g_task_get_cancellable (task), list_written_cb, g_object_ref (task));
}

void
qc_keeper_hand_over_async (QcKeeper *self, const char *path, const char *passphrase, const GPtrArray *units,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && path && passphrase && units);
  HandOver *over = g_new0 (HandOver, 1);
  over->path = g_strdup (path);
  over->list = qc_keeper_dup_list_path (path);
  over->passphrase = g_strdup (passphrase);
  over->units = qc_keeper_copy_units (units);
  GTask *task
      = qc_keeper_task_new (self, qc_keeper_hand_over_async, over, hand_over_free, cancellable, callback, user_data);
  qc_keeper_list_open_async (self, over->units, cancellable, open_listed_cb, task);
}

gboolean
qc_keeper_hand_over_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
qc_keeper_dup_list_path (const char *path)
{
  return g_strconcat (path, ".xlsx", NULL);
}
