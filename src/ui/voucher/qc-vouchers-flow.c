/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the page 凭证 does: prepare, preview, save, print, check; one thing at a time. Main thread.
 */
#include "qc-vouchers-page-private.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-print-position.h"
#include "qc-print.h"
#include "qc-stack.h"
#include "qc-window.h"

#define SLOW_MS 800

static void
set_busy (QcVouchersPage *self, gboolean busy, QcVoucherOutput output)
{
  self->busy = busy;
  self->output = output;
  self->checking = FALSE;
  g_clear_handle_id (&self->slow, g_source_remove);
  qc_vouchers_page_update (self);
}

/* One thing that is under way, from what was asked for to its end, whatever the page shows by then. */
typedef struct {
  QcVouchersPage *page;      /* (owned) */
  QcVoucherService *service; /* (owned) */
  GCancellable *cancellable; /* (owned) the page's, while nothing else was begun */
  QcVoucherOutput output;    /* what is made of the batch in the end */
  gboolean in_passing;       /* a row was chosen on the way: what fails is said, and not asked about */
  char *path;                /* (owned) (nullable) where to */
  QcVoucherBatch *batch;     /* (owned) (nullable) until it is prepared */
  GBytes *pdf;               /* (owned) (nullable) what goes to a printer */
  GApplication *held;        /* (owned) (nullable) goes on until the output is made, its window closed or not */
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->page);
  g_object_unref (work->service);
  g_object_unref (work->cancellable);
  g_free (work->path);
  g_clear_object (&work->batch);
  g_clear_pointer (&work->pdf, g_bytes_unref);
  if (work->held)
    g_application_release (work->held);
  g_clear_object (&work->held);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* Whatever was under way goes on without being listened to. */
static Work *
begin (QcVouchersPage *self, QcVoucherOutput output, const char *path)
{
  Work *work = g_new0 (Work, 1);
  GApplication *application = output != QC_OUTPUT_NONE ? g_application_get_default () : NULL;
  g_clear_handle_id (&self->resting, g_source_remove); /* what is asked for goes before what is only selected */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  work->page = g_object_ref (self);
  work->service = g_object_ref (self->service);
  work->cancellable = g_object_ref (self->cancellable);
  work->output = output;
  work->path = g_strdup (path);
  work->held = application ? g_object_ref (application) : NULL;
  if (work->held)
    g_application_hold (work->held);
  set_busy (self, TRUE, output);
  return work;
}

static gboolean
is_current (const Work *work)
{
  return work->page->cancellable == work->cancellable;
}

static void
toast (QcVouchersPage *self, const char *text)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (self));
  if (window)
    qc_window_toast (window, text, NULL, NULL, NULL);
}

/* The page is busy with something else where @work is not the last that was begun. */
static void
finished (const Work *work)
{
  if (is_current (work))
    set_busy (work->page, FALSE, QC_OUTPUT_NONE);
}

static void forget_batch (QcVouchersPage *self);

/* The paper of another row does not stay beside the one that is chosen. */
static void
failed_in_passing (const Work *work, const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  if (!is_current (work) || qc_error_is_silent (error))
    return;
  qc_stack_show_named (work->page->stack, "none");
  forget_batch (work->page);
  finished (work);
  toast (work->page, text->title);
}

/* Nothing is said of what the clerk left behind herself. */
static void
failed (const Work *work, const GError *error)
{
  QcWindow *window = qc_window_of (GTK_WIDGET (work->page));
  if (work->in_passing) {
    failed_in_passing (work, error);
    return;
  }
  finished (work);
  if (window && (is_current (work) || work->output != QC_OUTPUT_NONE))
    qc_window_show_error (window, error);
}

/* ---- output ---- */

/* @saved: files that are in their place all the same. */
static void
save_stopped (const Work *work, guint saved)
{
  guint n = qc_voucher_batch_get_n (work->batch);
  g_autofree char *text = NULL;
  if (work->output == QC_OUTPUT_FOLDER)
    text = g_strdup_printf (
        ngettext ("Saving was stopped: %u file of %u is saved", "Saving was stopped: %u files of %u are saved", n),
        saved, n);
  toast (work->page, text ? text : _ ("Saving was stopped: no file was written"));
}

/* What the disk did not take: which file, why, and what to do. */
static void
save_failed (const Work *work, guint saved, const GError *error)
{
  const char *code = qc_app_error_code (error);
  gboolean full = g_str_equal (code, "io.no-space");
  if (qc_error_is_silent (error))
    save_stopped (work, saved);
  if (!qc_window_of (GTK_WIDGET (work->page)) || (!full && !g_str_equal (code, "documents.write"))) {
    failed (work, error);
    return;
  }
  finished (work);
  const char *title = full        ? _ ("The disk is full")
                      : saved > 0 ? _ ("Not all vouchers were saved")
                                  : _ ("The voucher was not saved");
  g_autofree char *body = g_strdup_printf ("%s\n%s", error->message,
                                           full ? _ ("Free some space or choose another place, then save again.")
                                                : _ ("Choose another place, then save again."));
  qc_dialog_tell (GTK_WIDGET (work->page), title, body);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  guint saved;
  if (!qc_voucher_service_save_finish (QC_VOUCHER_SERVICE (source), result, &saved, &error)) {
    save_failed (work, saved, error);
    return;
  }
  finished (work);
  QcWindow *window = qc_window_of (GTK_WIDGET (work->page));
  g_autofree char *text = g_strdup_printf (_ ("Saved: %s"), work->path);
  if (window)
    qc_window_toast_saved (window, text, work->path, work->output == QC_OUTPUT_FOLDER);
}

static const char *
title_of (const QcPrintResult *result)
{
  if (result->end == QC_PRINT_UNKNOWN)
    return _ ("It is not known whether the voucher was printed");
  return result->waits ? _ ("The voucher waits for the printer") : _ ("The voucher was not printed");
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  if (qc_voucher_service_note_finish (QC_VOUCHER_SERVICE (source), result, &error))
    finished (work);
  else
    failed (work, error);
}

/* Counted is what a queue has taken, and nothing else. */
static void
printed_cb (const QcPrintResult *result, gpointer user_data)
{
  Work *work = user_data;
  gboolean told = result->end == QC_PRINT_CANCELLED || !qc_window_of (GTK_WIDGET (work->page));
  if (!told && result->end == QC_PRINT_TAKEN && !result->waits)
    toast (work->page, result->words);
  else if (!told)
    qc_dialog_tell (GTK_WIDGET (work->page), title_of (result), result->words);
  if (result->end == QC_PRINT_TAKEN) {
    qc_voucher_service_note_printed_async (work->service, work->batch, result->printer, noted_cb, work);
  } else if (result->end == QC_PRINT_UNKNOWN) {
    qc_voucher_service_note_print_unknown_async (work->service, work->batch, result->printer, noted_cb, work);
  } else {
    finished (work);
    work_free (work);
  }
}

static void
ask_printer (Work *work)
{
  g_autofree char *name = qc_voucher_batch_dup_file_name (work->batch);
  qc_print_out (GTK_WIDGET (work->page), work->pdf, name, QC_PAPER_A4, printed_cb, work);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *pdf = qc_voucher_service_render_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (!pdf) {
    failed (work, error);
    return;
  }
  g_bytes_unref (work->pdf);
  work->pdf = pdf;
  ask_printer (g_steal_pointer (&work));
}

/* What is shown goes to the printer; where its paper lies beside its place, the same drawn at another one. */
static void
print_out (Work *work)
{
  QcPrintOffset offset = qc_print_position_get (work->page->settings);
  if (offset.left == 0 && offset.top == 0)
    ask_printer (work);
  else
    qc_voucher_service_render_async (work->service, work->batch, offset.left, offset.top, work->cancellable, moved_cb,
                                     work);
}

/* @work: (transfer full): its batch is ready. */
static void
put_out (Work *work)
{
  if (work->output == QC_OUTPUT_NONE) {
    finished (work);
    work_free (work);
  } else if (work->output == QC_OUTPUT_PRINTER) {
    print_out (work);
  } else {
    qc_voucher_service_save_async (work->service, work->batch, work->path, work->output == QC_OUTPUT_FOLDER,
                                   work->cancellable, saved_cb, work);
  }
}

/* ---- is it still true? ---- */

/* NULL: it is. Takes @standing. */
static void
set_standing (QcVouchersPage *self, QcVoucherStanding *standing)
{
  guint n = standing ? standing->changed : 0;
  gboolean renews = standing && standing->serials[0];
  g_clear_pointer (&self->standing, qc_voucher_standing_free);
  self->standing = standing;
  gtk_widget_set_opacity (self->preview, standing ? 0.4 : 1.0);
  g_autofree char *words = NULL;
  if (n > 0 && qc_voucher_batch_get_n (self->batch) == 1)
    words = g_strdup_printf (_ ("This voucher is no longer true: the business is now “%s”. It is not printed or saved "
                                "any more."),
                             _ (qc_state_to_msgid (standing->state)));
  else if (n > 0)
    words
        = g_strdup_printf (ngettext ("%u of these vouchers is no longer true: its business has moved on. They are not "
                                     "printed or saved any more.",
                                     "%u of these vouchers are no longer true: their business has moved on. They are "
                                     "not printed or saved any more.",
                                     n),
                           n);
  qc_page_set_bar (QC_PAGE (self), words, renews ? _ ("Open It As It Is _Now") : NULL,
                   renews ? "win.voucher-renew" : NULL);
  qc_vouchers_page_update (self);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcVouchersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcVoucherStanding) standing
      = qc_voucher_service_compare_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (!standing || !self->batch)
    return; /* cancelled, or the list says what is wrong with the database */
  set_standing (self, standing->changed > 0 ? g_steal_pointer (&standing) : NULL);
}

void
qc_vouchers_page_compare (QcVouchersPage *self)
{
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  if (!self->batch)
    return;
  self->comparing = g_cancellable_new ();
  qc_voucher_service_compare_async (self->service, self->batch, self->comparing, compared_cb, g_object_ref (self));
}

/* ---- preparing ---- */

/* A batch and its picture take the place of the ones before together, or not at all. */
static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  QcVouchersPage *self = work->page;
  work->pdf = qc_voucher_service_render_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (!is_current (work))
    return;
  if (!work->pdf || !qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), work->pdf, &error)) {
    failed (work, error);
    return;
  }
  g_set_object (&self->batch, work->batch);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_bytes_ref (work->pdf);
  qc_stack_show_named (self->stack, "preview");
  qc_vouchers_page_mark (self);
  set_standing (self, NULL);
  qc_vouchers_page_compare (self); /* a sync may have come in between */
  put_out (g_steal_pointer (&work));
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  work->batch = qc_voucher_service_prepare_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (!work->batch) {
    failed (work, error);
    return;
  }
  qc_voucher_service_render_async (work->service, work->batch, 0, 0, work->cancellable, rendered_cb, work);
  g_steal_pointer (&work);
}

/* Says that what is asked for has to wait for the paper that is being made. */
static gboolean
has_to_wait (QcVouchersPage *self)
{
  gboolean making = qc_vouchers_page_is_making (self);
  if (making)
    toast (self, _ ("A voucher is being saved or printed. Wait for it, or stop saving, and try again."));
  return making;
}

void
qc_vouchers_page_open (QcVouchersPage *self, const char *const *serials, QcVoucherOutput output, const char *path)
{
  if (has_to_wait (self))
    return;
  Work *work = begin (self, output, path);
  qc_voucher_service_prepare_async (work->service, serials, work->cancellable, prepared_cb, work);
}

void
qc_vouchers_page_look (QcVouchersPage *self, const char *serial)
{
  const char *serials[] = {serial, NULL};
  if (qc_vouchers_page_is_making (self))
    return;
  Work *work = begin (self, QC_OUTPUT_NONE, NULL);
  work->in_passing = TRUE;
  qc_voucher_service_prepare_async (work->service, serials, work->cancellable, prepared_cb, work);
}

void
qc_vouchers_page_make (QcVouchersPage *self, QcVoucherOutput output, const char *path)
{
  if (!self->batch || !self->pdf || self->busy || self->standing || self->resting != 0)
    return;
  g_auto (GStrv) serials = NULL;
  if (qc_voucher_batch_is_used (self->batch)) {
    serials = qc_voucher_batch_dup_serials (self->batch);
    qc_vouchers_page_open (self, (const char *const *)serials, output, path);
    return;
  }
  Work *work = begin (self, output, path);
  work->batch = g_object_ref (self->batch);
  work->pdf = g_bytes_ref (self->pdf);
  put_out (work);
}

/* ---- checking ---- */

/* What was opened, and what is said of it. */
static void
forget_batch (QcVouchersPage *self)
{
  g_clear_object (&self->batch);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), NULL, NULL);
  qc_vouchers_page_compare (self); /* with nothing: ends what is under way */
  set_standing (self, NULL);
}

/* Most checks are over before anybody could stop them. */
static gboolean
slow_cb (gpointer user_data)
{
  QcVouchersPage *self = user_data;
  self->slow = 0;
  qc_vouchers_page_update (self);
  return G_SOURCE_REMOVE;
}

/* Nothing of an earlier check stays where the next one may fail. */
static Work *
begin_check (QcVouchersPage *self)
{
  Work *work = begin (self, QC_OUTPUT_NONE, NULL);
  qc_voucher_check_view_show (QC_VOUCHER_CHECK_VIEW (self->check), NULL, NULL);
  qc_stack_show_named (self->stack, self->batch && self->pdf ? "preview" : "none");
  self->checking = TRUE;
  self->slow = g_timeout_add (SLOW_MS, slow_cb, self);
  qc_vouchers_page_update (self);
  return work;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = qc_voucher_service_check_finish (QC_VOUCHER_SERVICE (source), result, &error);
  if (!results) {
    if (is_current (work) && qc_error_is_silent (error))
      toast (work->page, _ ("Checking was stopped"));
    failed (work, error);
    return;
  }
  if (!is_current (work))
    return;
  forget_batch (work->page);
  qc_voucher_check_view_show (QC_VOUCHER_CHECK_VIEW (work->page->check), work->service, results);
  qc_stack_show_named (work->page->stack, "check");
  finished (work);
}

void
qc_vouchers_page_check_files (QcVouchersPage *self, const char *const *paths)
{
  if (!paths[0] || has_to_wait (self))
    return;
  Work *work = begin_check (self);
  qc_voucher_service_check_files_async (work->service, paths, work->cancellable, checked_cb, work);
}

void
qc_vouchers_page_check_text (QcVouchersPage *self, const char *text)
{
  if (has_to_wait (self))
    return;
  Work *work = begin_check (self);
  qc_voucher_service_check_text_async (work->service, text, work->cancellable, checked_cb, work);
}

/* ---- ending ---- */

gboolean
qc_vouchers_page_is_making (QcVouchersPage *self)
{
  return self->busy && self->output != QC_OUTPUT_NONE;
}

void
qc_vouchers_page_stop (QcVouchersPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
qc_vouchers_page_forget (QcVouchersPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->busy = FALSE;
  self->output = QC_OUTPUT_NONE;
  self->checking = FALSE;
  g_clear_handle_id (&self->slow, g_source_remove);
  qc_voucher_check_view_show (QC_VOUCHER_CHECK_VIEW (self->check), NULL, NULL);
  qc_stack_show_named (self->stack, "none");
  forget_batch (self);
}
