/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The two sides of a check: the voucher drawn of the signed facts, and what was handed in. Made on worker threads; the
 * public functions: main context.
 */
#include "qc-voucher-service-private.h"

#include "qc-reader.h"

void
qc_voucher_picture_free (QcVoucherPicture *picture)
{
  if (picture == NULL)
    return;
  g_bytes_unref (picture->rgb);
  g_free (picture);
}

/* ---- what counts ---- */

typedef struct {
  char *line;          /* (owned) */
  QcVoucherKeys *keys; /* (owned) */
} Draw;

static void
draw_free (Draw *draw)
{
  g_free (draw->line);
  qc_voucher_keys_unref (draw->keys);
  g_free (draw);
}

/* Proven once more: nothing is drawn of anything else. */
static GBytes *
draw_now (const Draw *draw, GError **error)
{
  g_autoptr (QcFont) font = qc_font_new (error);
  g_autoptr (QcSignedVoucher) read = font ? qc_signed_voucher_from_text (draw->line, error) : NULL;
  g_autoptr (QcVoucher) voucher
      = read ? qc_voucher_new_for_check (read, draw->keys->centers, qc_voucher_latest (), error) : NULL;
  return voucher ? qc_voucher_to_pdf (font, voucher, error) : NULL;
}

static void
draw_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = draw_now (task_data, &error);
  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
qc_voucher_service_draw_async (QcVoucherService *self, const QcVoucherResult *result, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && result->line != NULL);
  Draw *draw = g_new0 (Draw, 1);
  draw->line = g_strdup (result->line);
  draw->keys = qc_voucher_keys_ref (result->keys);
  g_task_set_source_tag (task, qc_voucher_service_draw_async);
  g_task_set_task_data (task, draw, (GDestroyNotify)draw_free);
  g_task_run_in_thread (task, draw_thread);
}

GBytes *
qc_voucher_service_draw_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what was handed in ---- */

typedef struct {
  char *path; /* (owned) */
  guint page;
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_free (look);
}

static void
look_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Look *look = task_data;
  GError *error = NULL;
  g_autoptr (QcReading) reading = qc_reader_draw_page (look->path, look->page, cancellable, &error);
  if (!reading) {
    g_task_return_error (task, error);
    return;
  }
  QcVoucherPicture *picture = g_new0 (QcVoucherPicture, 1);
  picture->width = (int)reading->width;
  picture->height = (int)reading->height;
  picture->rgb = g_bytes_ref (reading->image);
  picture->page = look->page;
  picture->n_pages = reading->n_pages;
  g_task_return_pointer (task, picture, (GDestroyNotify)qc_voucher_picture_free);
}

void
qc_voucher_service_look_async (QcVoucherService *self, const char *path, guint page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_return_if_fail (QC_IS_VOUCHER_SERVICE (self) && path != NULL && page > 0);
  Look *look = g_new0 (Look, 1);
  look->path = g_strdup (path);
  look->page = page;
  g_task_set_source_tag (task, qc_voucher_service_look_async);
  g_task_set_task_data (task, look, (GDestroyNotify)look_free);
  g_task_run_in_thread (task, look_thread);
}

QcVoucherPicture *
qc_voucher_service_look_finish (QcVoucherService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
