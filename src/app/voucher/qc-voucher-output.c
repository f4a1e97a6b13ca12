/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * PDFs of a batch, made on worker threads. The public functions: main context.
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
  if (!folder)
    return NULL;
  gsize length = 0;
  char *contents = NULL;
  gboolean done = qc_vouchers_save (font, source, path, cancellable, error)
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
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && QC_IS_VOUCHER_BATCH (batch));
  Render *render = g_new0 (Render, 1);
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

/* ---- into files ---- */

typedef struct {
  QcVoucherBatch *batch; /* (owned) */
  char *path;            /* (owned) */
  gboolean each;
  guint done;    /* files that are in their place */
  GError *fault; /* (owned) (nullable) what ended it before all were */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->batch);
  g_free (save->path);
  g_clear_error (&save->fault);
  g_free (save);
}

static gboolean
save_each (QcFont *font, Save *save, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < qc_voucher_batch_get_n (save->batch); i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    g_autoptr (QcVoucher) voucher = qc_voucher_batch_open (save->batch, i, error);
    if (!voucher)
      return FALSE;
    g_autofree char *name = qc_voucher_dup_file_name (voucher);
    g_autofree char *path = g_build_filename (save->path, name, NULL);
    if (!qc_voucher_save (font, voucher, path, error))
      return FALSE;
    save->done++;
  }
  return TRUE;
}

static gboolean
save_together (QcFont *font, Save *save, GCancellable *cancellable, GError **error)
{
  const QcVoucherSource source = {qc_voucher_batch_get_n (save->batch), open_cb, save->batch};
  if (!qc_vouchers_save (font, &source, save->path, cancellable, error))
    return FALSE;
  save->done = 1;
  return TRUE;
}

/* The save belongs to it until the task returns. */
static void
save_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  g_autoptr (QcFont) font = qc_font_new (&error);
  if (font
      && (save->each ? save_each (font, save, cancellable, &error) : save_together (font, save, cancellable, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean booked = qc_voucher_service_write_book_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (booked && !save->fault) {
    g_task_return_boolean (task, TRUE);
  } else if (!save->fault) {
    g_task_return_error (task, error);
  } else {
    if (!booked)
      g_prefix_error (&save->fault, "%s ", error->message);
    g_clear_error (&error);
    g_task_return_error (task, g_steal_pointer (&save->fault));
  }
}

/* What is in its place already is a paper like any other, and is counted. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  guint n = qc_voucher_batch_get_n (save->batch);
  if (!g_task_propagate_boolean (G_TASK (result), &save->fault) && save->done == 0) {
    g_task_return_error (task, g_steal_pointer (&save->fault));
    return;
  }
  if (save->fault)
    g_prefix_error (&save->fault,
                    g_dngettext (GETTEXT_PACKAGE, "%u file of %u is saved. ", "%u files of %u are saved. ", save->done),
                    save->done, n);
  qc_voucher_service_write_book_async (QC_VOUCHER_SERVICE (source), save->batch, save->each ? save->done : n,
                                       "voucher.saved", save->path, TRUE, booked_cb, g_steal_pointer (&task));
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
  g_task_set_task_data (outer, save, (GDestroyNotify)save_free);
  g_task_set_task_data (inner, save, NULL);
  g_task_set_check_cancellable (inner, FALSE); /* a file in its place is saved, whoever cancelled after that */
  g_task_run_in_thread (inner, save_thread);
}

gboolean
qc_voucher_service_save_finish (QcVoucherService *self, GAsyncResult *result, guint *out_saved, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  if (out_saved)
    *out_saved = ((const Save *)g_task_get_task_data (G_TASK (result)))->done;
  return g_task_propagate_boolean (G_TASK (result), error);
}
