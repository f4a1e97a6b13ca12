/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the page 凭证 does: prepare, preview, save, print, check; one thing at a time. Main thread.
 */
#include "qc-vouchers-page-private.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-dialogs.h"
#include "qc-print-position.h"
#include "qc-print.h"
#include "qc-stack.h"
#include "qc-voucher-results.h"
#include "qc-window.h"

#define PRINT_MARGIN 0.0 /* mm: the page keeps its own margins free */

static void
set_busy (QcVouchersPage *self, gboolean busy)
{
  self->busy = busy;
  qc_vouchers_page_update (self);
}

/* Whatever was under way goes on without being listened to. */
static GCancellable *
begin (QcVouchersPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  return self->cancellable;
}

/* Nothing is said of what the clerk left behind herself. */
static void
failed (QcVouchersPage *self, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->output = QC_OUTPUT_NONE;
  set_busy (self, FALSE);
  if (window)
    qc_window_show_error (window, error);
}

static void
toast (QcVouchersPage *self, const char *text)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));

  if (window)
    qc_window_toast (window, text, NULL, NULL, NULL);
}

/* ---- output ---- */

/* What the disk did not take: which file, why, and what to do. */
static void
save_failed (QcVouchersPage *self, const GError *error)
{
  const char *code = qc_app_error_code (error);
  gboolean full = g_str_equal (code, "io.no-space");
  g_autofree char *body = NULL;

  if (!qc_window_of (GTK_WIDGET (self)) || (!full && !g_str_equal (code, "documents.write"))) {
    failed (self, error);
    return;
  }
  set_busy (self, FALSE);
  body = g_strdup_printf ("%s\n%s", error->message,
                          full ? _ ("Free some space or choose another place, then save again.")
                               : _ ("Choose another place, then save again."));
  qc_dialog_tell (GTK_WIDGET (self), full ? _ ("The disk is full") : _ ("The voucher was not saved"), body);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!qc_voucher_service_save_finish (QC_VOUCHER_SERVICE (source), result, &error)) {
    save_failed (self, error);
    return;
  }
  set_busy (self, FALSE);
  text = g_strdup_printf (_ ("Saved: %s"), self->path);
  toast (self, text);
}

/* The batch stays what it was when the clerk asked, whatever the page shows by the time the printer answers. */
typedef struct {
  QcVouchersPage *page;      /* (owned) */
  QcVoucherService *service; /* (owned) */
  QcVoucherBatch *batch;     /* (owned) */
  GBytes *pdf;               /* (owned) */
} Printing;

static void
printing_free (Printing *printing)
{
  g_object_unref (printing->page);
  g_object_unref (printing->service);
  g_object_unref (printing->batch);
  g_bytes_unref (printing->pdf);
  g_free (printing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

static const char *
title_of (const QcPrintResult *result)
{
  if (result->end == QC_PRINT_UNKNOWN)
    return _ ("It is not known whether the voucher was printed");
  return result->waits ? _ ("The voucher waits for the printer") : _ ("The voucher was not printed");
}

/* Counted is what a queue has taken, and nothing else. */
static void
printed_cb (const QcPrintResult *result, gpointer user_data)
{
  g_autoptr (Printing) printing = user_data;
  QcVouchersPage *self = printing->page;

  if (result->end == QC_PRINT_TAKEN)
    qc_voucher_service_note_printed (printing->service, printing->batch, result->printer);
  else if (result->end == QC_PRINT_UNKNOWN)
    qc_voucher_service_note_print_unknown (printing->service, printing->batch, result->printer);
  set_busy (self, FALSE);
  if (!qc_window_of (GTK_WIDGET (self)) || result->end == QC_PRINT_CANCELLED)
    return;
  if (result->end == QC_PRINT_TAKEN && !result->waits)
    toast (self, result->words);
  else
    qc_dialog_tell (GTK_WIDGET (self), title_of (result), result->words);
}

static void
looked_cb (gboolean any, gpointer user_data)
{
  Printing *printing = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (printing->page));
  g_autofree char *name = qc_voucher_batch_dup_file_name (printing->batch);
  const QcPrintResult none
      = {.end = QC_PRINT_REFUSED,
         .words = _ ("This computer has no printer. Add one in the system's settings, or save the voucher "
                     "and print it on another computer.")};

  if (any)
    qc_print_pdf (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, printing->pdf, name, PRINT_MARGIN, printed_cb,
                  printing);
  else
    printed_cb (&none, printing);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Printing) printing = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *pdf = qc_voucher_service_render_finish (QC_VOUCHER_SERVICE (source), result, &error);

  if (!pdf) {
    failed (printing->page, error);
    return;
  }
  g_bytes_unref (printing->pdf);
  printing->pdf = pdf;
  qc_print_look_for_printers (looked_cb, g_steal_pointer (&printing));
}

/* What is shown goes to the printer; where its paper lies beside its place, the same drawn at another one. */
static void
print_out (QcVouchersPage *self)
{
  QcPrintOffset offset = qc_print_position_get (self->settings);
  Printing *printing = g_new0 (Printing, 1);

  printing->page = g_object_ref (self);
  printing->service = g_object_ref (self->service);
  printing->batch = g_object_ref (self->batch);
  printing->pdf = g_bytes_ref (self->pdf);
  if (offset.left == 0 && offset.top == 0)
    qc_print_look_for_printers (looked_cb, printing);
  else
    qc_voucher_service_render_async (self->service, self->batch, offset.left, offset.top, self->cancellable, moved_cb,
                                     printing);
}

static void
put_out (QcVouchersPage *self)
{
  QcVoucherOutput output = self->output;

  self->output = QC_OUTPUT_NONE;
  if (output == QC_OUTPUT_NONE)
    return;
  set_busy (self, TRUE);
  if (output == QC_OUTPUT_PRINTER) {
    print_out (self);
    return;
  }
  qc_voucher_service_save_async (self->service, self->batch, self->path, output == QC_OUTPUT_FOLDER, self->cancellable,
                                 saved_cb, g_object_ref (self));
}

/* ---- preparing ---- */

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = qc_voucher_service_render_finish (QC_VOUCHER_SERVICE (source), result, &error);

  if (!pdf || !qc_voucher_preview_set_pdf (QC_VOUCHER_PREVIEW (self->preview), pdf, &error)) {
    failed (self, error);
    return;
  }
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_steal_pointer (&pdf);
  qc_stack_show_named (self->stack, "preview");
  set_busy (self, FALSE);
  put_out (self);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  QcVoucherBatch *batch = qc_voucher_service_prepare_finish (QC_VOUCHER_SERVICE (source), result, &error);

  if (!batch) {
    failed (self, error);
    return;
  }
  g_clear_object (&self->batch);
  self->batch = batch;
  qc_voucher_service_render_async (self->service, batch, 0, 0, self->cancellable, rendered_cb, g_object_ref (self));
}

void
qc_vouchers_page_open (QcVouchersPage *self, const char *const *serials, QcVoucherOutput output, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  self->output = output;
  qc_voucher_service_prepare_async (self->service, serials, begin (self), prepared_cb, g_object_ref (self));
}

void
qc_vouchers_page_make (QcVouchersPage *self, QcVoucherOutput output, const char *path)
{
  g_auto (GStrv) serials = NULL;

  if (!self->batch || !self->pdf || self->busy)
    return;
  if (qc_voucher_batch_is_used (self->batch)) {
    serials = qc_voucher_batch_dup_serials (self->batch);
    qc_vouchers_page_open (self, (const char *const *)serials, output, path);
    return;
  }
  g_free (self->path);
  self->path = g_strdup (path);
  self->output = output;
  put_out (self);
}

/* ---- checking ---- */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = qc_voucher_service_check_finish (QC_VOUCHER_SERVICE (source), result, &error);

  if (!results) {
    failed (self, error);
    return;
  }
  qc_voucher_results_show (GTK_LIST_BOX (self->results), results);
  qc_stack_show_named (self->stack, "check");
  set_busy (self, FALSE);
}

void
qc_vouchers_page_check_file (QcVouchersPage *self, const char *path)
{
  qc_voucher_service_check_file_async (self->service, path, begin (self), checked_cb, g_object_ref (self));
}

void
qc_vouchers_page_check_text (QcVouchersPage *self, const char *text)
{
  qc_voucher_service_check_text_async (self->service, text, begin (self), checked_cb, g_object_ref (self));
}

void
qc_vouchers_page_forget (QcVouchersPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->batch);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->output = QC_OUTPUT_NONE;
  self->busy = FALSE;
  qc_voucher_preview_set_pdf (QC_VOUCHER_PREVIEW (self->preview), NULL, NULL);
  qc_stack_show_named (self->stack, "none");
  qc_vouchers_page_update (self);
}
