/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * PDFs of a batch, made on worker threads, and the book of what was used. The public functions: main context.
 */
#include "qc-voucher-service-private.h"

#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "qc-session-private.h"

static QcVoucher *
open_cb (guint index, gpointer user_data, GError **error)
{
  return qc_voucher_batch_open (user_data, index, error);
}

/* ---- as bytes ---- */

typedef struct {
  QcVoucherBatch *batch; /* (owned) */
  double left, top;      /* mm */
} Render;

static void
render_free (Render *render)
{
  g_object_unref (render->batch);
  g_free (render);
}

static QcVoucher *
open_placed_cb (guint index, gpointer user_data, GError **error)
{
  const Render *render = user_data;
  QcVoucher *voucher = qc_voucher_batch_open (render->batch, index, error);

  if (voucher)
    qc_voucher_set_place (voucher, render->left, render->top);
  return voucher;
}

/* Many go through a file that nobody else can read and that has no name for longer than it takes. */
static GBytes *
render_many (QcFont *font, const QcVoucherSource *source, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("qingce-XXXXXX", error);
  g_autofree char *path = folder ? g_build_filename (folder, "vouchers.pdf", NULL) : NULL;
  char *contents = NULL;
  gsize length = 0;
  gboolean done;

  if (!folder)
    return NULL;
  done = qc_vouchers_save (font, source, path, cancellable, error)
         && g_file_get_contents (path, &contents, &length, error);
  g_unlink (path);
  g_rmdir (folder);
  return done ? g_bytes_new_take (contents, length) : NULL;
}

static void
render_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Render *render = task_data;
  const QcVoucherSource source = {qc_voucher_batch_get_n (render->batch), open_placed_cb, render};
  GError *error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);
  GBytes *bytes = NULL;

  if (font && source.n == 1) {
    g_autoptr (QcVoucher) voucher = open_placed_cb (0, render, &error);

    bytes = voucher ? qc_voucher_to_pdf (font, voucher, &error) : NULL;
  } else if (font) {
    bytes = render_many (font, &source, cancellable, &error);
  }
  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
qc_voucher_service_render_async (QcVoucherService *self, QcVoucherBatch *batch, double left, double top,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Render *render;

  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  render = g_new0 (Render, 1);
  render->batch = g_object_ref (batch);
  render->left = left;
  render->top = top;
  g_task_set_source_tag (task, qc_voucher_service_render_async);
  g_task_set_task_data (task, render, (GDestroyNotify)render_free);
  g_task_run_in_thread (task, render_thread);
}

GBytes *
qc_voucher_service_render_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the book of uses ---- */

/* The first @n of a batch. */
typedef struct {
  QcVoucherBatch *batch; /* (owned) */
  guint n;
} Uses;

static void
uses_free (gpointer data)
{
  Uses *uses = data;

  g_object_unref (uses->batch);
  g_free (uses);
}

static gpointer
write_uses (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Uses *uses = data;

  for (guint i = 0; i < uses->n; i++) {
    const QcVoucherEntry *entry = qc_voucher_batch_get_entry (uses->batch, i);

    if (!qc_store_vouchers_add_print (connection, qc_voucher_batch_get_profile (uses->batch),
                                      qc_voucher_batch_get_unit (uses->batch), entry->serial, entry->issued,
                                      entry->issue, error))
      return NULL;
  }
  return QC_DATABASE_DONE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The first @n were used. @task: (transfer full) (nullable): ended when it is written. */
static void
note_use (QcVoucherService *self, QcVoucherBatch *batch, guint n, const char *event, const char *where, GTask *task)
{
  QcSession *session = qc_voucher_service_get_session (self);
  Uses *uses = g_new0 (Uses, 1);

  uses->batch = g_object_ref (batch);
  uses->n = n;
  qc_voucher_batch_set_used (batch);
  for (guint i = 0; i < n; i++)
    qc_session_journal (session, event, qc_voucher_batch_get_entry (batch, i)->serial, where);
  qc_database_write_async (qc_session_get_database (session), "voucher.used", write_uses, uses, uses_free, NULL, NULL,
                           task ? written_cb : NULL, task);
}

void
qc_voucher_service_note_printed (QcVoucherService *self, QcVoucherBatch *batch, const char *printer)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  note_use (self, batch, qc_voucher_batch_get_n (batch), "voucher.printed", printer, NULL);
}

void
qc_voucher_service_note_print_unknown (QcVoucherService *self, QcVoucherBatch *batch, const char *printer)
{
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  for (guint i = 0; i < qc_voucher_batch_get_n (batch); i++)
    qc_session_journal (qc_voucher_service_get_session (self), "voucher.print-unknown",
                        qc_voucher_batch_get_entry (batch, i)->serial, printer);
}

/* ---- into files ---- */

typedef struct {
  QcVoucherBatch *batch; /* (owned) */
  char *path;            /* (owned) */
  gboolean each;
  guint done; /* files that are in their place */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->batch);
  g_free (save->path);
  g_free (save);
}

static gboolean
save_each (QcFont *font, Save *save, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < qc_voucher_batch_get_n (save->batch); i++) {
    g_autoptr (QcVoucher) voucher = NULL;
    g_autofree char *name = NULL, *path = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    voucher = qc_voucher_batch_open (save->batch, i, error);
    if (!voucher)
      return FALSE;
    name = qc_voucher_dup_file_name (voucher);
    path = g_build_filename (save->path, name, NULL);
    if (!qc_voucher_save (font, voucher, path, error))
      return FALSE;
    save->done++;
  }
  return TRUE;
}

static void
save_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  const QcVoucherSource source = {qc_voucher_batch_get_n (save->batch), open_cb, save->batch};
  GError *error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);

  if (font
      && (save->each ? save_each (font, save, cancellable, &error)
                     : qc_vouchers_save (font, &source, save->path, cancellable, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* One file each: what is in its place already is a paper like any other, and is counted. */
static void
note_part (QcVoucherService *self, const Save *save, GError **error)
{
  guint n = qc_voucher_batch_get_n (save->batch);

  if (save->done == 0)
    return;
  note_use (self, save->batch, save->done, "voucher.saved", save->path, NULL);
  g_prefix_error (error, g_dngettext (GETTEXT_PACKAGE, "%u file of %u is saved. ", "%u files of %u are saved. ", n),
                  save->done, n);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Save *save = g_task_get_task_data (G_TASK (result));
  QcVoucherService *self = QC_VOUCHER_SERVICE (source);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    note_part (self, save, &error);
    g_task_return_error (task, error);
    return;
  }
  note_use (self, save->batch, qc_voucher_batch_get_n (save->batch), "voucher.saved", save->path, g_object_ref (task));
}

void
qc_voucher_service_save_async (QcVoucherService *self, QcVoucherBatch *batch, const char *path, gboolean each,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (self, cancellable, saved_cb, outer);
  Save *save = g_new0 (Save, 1);

  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch) && path != NULL);
  g_task_set_source_tag (outer, qc_voucher_service_save_async);
  save->batch = g_object_ref (batch);
  save->path = g_strdup (path);
  save->each = each;
  g_task_set_task_data (inner, save, (GDestroyNotify)save_free);
  g_task_run_in_thread (inner, save_thread);
}

gboolean
qc_voucher_service_save_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
