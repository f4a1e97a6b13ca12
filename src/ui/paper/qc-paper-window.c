/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-paper-window.h: what it does, one thing at a time. Main thread.
 */
#include "qc-paper-window.h"

#include <glib/gi18n.h>

#include "qc-app-error.h"
#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-focus.h"
#include "qc-paper-window-private.h"
#include "qc-print-position.h"
#include "qc-print.h"
#include "qc-saved-toast.h"
#include "qc-spoken.h"
#include "qc-stack.h"

#define SLOW_MS 500 /* what is done by then is not shown while it runs */
#define TICK_MS 100
#define LARGER  1.25

G_DEFINE_FINAL_TYPE (QcPaperWindow, qc_paper_window, ADW_TYPE_WINDOW)

/* One thing that is under way, from what was asked for to its end, whatever becomes of the window. */
typedef struct {
  QcPaperWindow *window;     /* (owned) */
  GCancellable *cancellable; /* (owned) the window's, while nothing else was begun */
  QcPaperDeed deed;          /* what is made of the pages in the end */
  QcPaper paper;
  char *path;         /* (owned) (nullable) where to */
  GBytes *pdf;        /* (owned) (nullable) what goes to a printer */
  GApplication *held; /* (owned) (nullable) goes on until it is made, the window closed or not */
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->window);
  g_object_unref (work->cancellable);
  g_free (work->path);
  g_clear_pointer (&work->pdf, g_bytes_unref);
  if (work->held)
    g_application_release (work->held);
  g_clear_object (&work->held);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
set_busy (QcPaperWindow *self, gboolean busy)
{
  self->busy = busy;
  if (!self->search) /* closed meanwhile */
    return;
  if (!busy)
    g_clear_handle_id (&self->tick, g_source_remove);
  qc_paper_window_update (self);
}

static Work *
begin (QcPaperWindow *self, QcPaperDeed deed, const char *path)
{
  Work *work = g_new0 (Work, 1);
  GApplication *application = deed != QC_PAPER_SHOW ? g_application_get_default () : NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  work->window = g_object_ref (self);
  work->cancellable = g_object_ref (self->cancellable);
  work->deed = deed;
  work->paper = qc_paper_setup_get (QC_PAPER_SETUP (self->setup));
  work->path = g_strdup (path);
  work->held = application ? g_object_ref (application) : NULL;
  if (work->held)
    g_application_hold (work->held);
  set_busy (self, TRUE);
  return work;
}

static gboolean
is_current (const Work *work)
{
  return work->window->cancellable == work->cancellable;
}

static gboolean
is_open (const Work *work)
{
  return gtk_widget_get_mapped (GTK_WIDGET (work->window));
}

static void
finished (const Work *work)
{
  if (is_current (work))
    set_busy (work->window, FALSE);
}

static void
tell_saved (QcPaperWindow *self, const char *path)
{
  g_autofree char *words = g_strdup_printf (_ ("Saved: %s"), path);
  qc_saved_toast_show (ADW_TOAST_OVERLAY (self->toasts), words, path, FALSE);
}

/* ---- into a file ---- */

/* Which file, why, and what to do. */
static void
tell_not_saved (QcPaperWindow *self, const GError *error)
{
  const char *code = qc_app_error_code (error);
  gboolean full = g_str_equal (code, "io.no-space");
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = NULL;
  if (full || g_str_equal (code, "documents.write"))
    body = g_strdup_printf ("%s\n%s", error->message,
                            full ? _ ("Free some space or choose another place, then save again.")
                                 : _ ("Choose another place, then save again."));
  else
    body = qc_error_text_dup_body (text);
  qc_dialog_tell (GTK_WIDGET (self), full ? _ ("The disk is full") : text->title, body);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = qc_printout_save_finish (QC_PRINTOUT (source), result, &error);
  finished (work);
  if (!is_open (work))
    return;
  if (saved)
    tell_saved (work->window, work->path);
  else if (!qc_error_is_silent (error))
    tell_not_saved (work->window, error);
}

/* ---- to a printer ---- */

static const char *
title_of (const QcPrintResult *result)
{
  if (result->end == QC_PRINT_UNKNOWN)
    return _ ("It is not known whether it was printed");
  return result->waits ? _ ("It waits for the printer") : _ ("It was not printed");
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  finished (work);
  if (!qc_printout_note_finish (QC_PRINTOUT (source), result, &error) && is_open (work))
    tell_not_saved (work->window, error);
}

/* Counted is what a queue has taken, and nothing else. */
static void
printed_cb (const QcPrintResult *result, gpointer user_data)
{
  Work *work = user_data;
  gboolean told = result->end == QC_PRINT_CANCELLED || !is_open (work);
  if (!told && result->end == QC_PRINT_TAKEN && !result->waits) {
    g_autofree char *escaped = g_markup_escape_text (result->words, -1);
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (work->window->toasts), adw_toast_new (escaped));
    qc_spoken_announce (GTK_WIDGET (work->window), result->words);
  } else if (!told)
    qc_dialog_tell (GTK_WIDGET (work->window), title_of (result), result->words);
  if (result->end == QC_PRINT_TAKEN || result->end == QC_PRINT_UNKNOWN) {
    qc_printout_note_printed_async (work->window->printout, result->printer, result->end == QC_PRINT_TAKEN, noted_cb,
                                    work);
    return;
  }
  finished (work);
  work_free (work);
}

static void
ask_printer (Work *work)
{
  g_autofree char *name = qc_printout_dup_file_name (work->window->printout);
  qc_print_out (GTK_WIDGET (work->window), work->pdf, name, work->paper.size, printed_cb, work);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&work->pdf, g_bytes_unref);
  work->pdf = qc_printout_render_finish (QC_PRINTOUT (source), result, &error);
  if (work->pdf) {
    ask_printer (g_steal_pointer (&work));
    return;
  }
  finished (work);
  if (is_open (work) && !qc_error_is_silent (error))
    tell_not_saved (work->window, error);
}

/* What is shown goes to the printer; where its pages lie beside their place, the same drawn at another one. */
static void
print_pages (Work *work)
{
  QcPrintOffset offset = qc_print_position_get (work->window->position);
  work->pdf = g_bytes_ref (work->window->pdf);
  if (offset.left == 0 && offset.top == 0)
    ask_printer (work);
  else
    qc_printout_render_async (work->window->printout, &work->paper, offset.left, offset.top, work->cancellable,
                              moved_cb, work);
}

/* @work: (transfer full): what is shown is what is wanted. */
static void
put_out (Work *work)
{
  if (work->deed == QC_PAPER_SAVE) {
    qc_printout_save_async (work->window->printout, work->window->pdf, work->path, work->cancellable, saved_cb, work);
  } else if (work->deed == QC_PAPER_PRINT) {
    print_pages (work);
  } else {
    finished (work);
    work_free (work);
  }
}

/* ---- the pages ---- */

static gboolean
tick_cb (gpointer user_data)
{
  QcPaperWindow *self = user_data;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), qc_printout_get_progress (self->printout));
  return G_SOURCE_CONTINUE;
}

static gboolean
slow_cb (gpointer user_data)
{
  QcPaperWindow *self = user_data;
  qc_stack_show_named (self->stack, "busy");
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  return G_SOURCE_REMOVE;
}

static void
show_fault (QcPaperWindow *self, const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  if (qc_error_is_silent (error))
    qc_paper_window_say_fault (self, _ ("It was stopped"), _ ("There are no pages."));
  else
    qc_paper_window_say_fault (self, text->title, body);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  QcPaperWindow *self = work->window;
  g_autoptr (GBytes) pdf = qc_printout_render_finish (QC_PRINTOUT (source), result, &error);
  if (!is_current (work) || !self->search) /* something else is wanted, or it was closed */
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  if (!pdf || !qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), pdf, &error)) {
    qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), NULL, NULL);
    finished (work);
    show_fault (self, error);
    return;
  }
  self->pdf = g_steal_pointer (&pdf);
  qc_stack_show_named (self->stack, "preview");
  if (!gtk_window_get_focus (GTK_WINDOW (self)))
    gtk_widget_grab_focus (self->preview); /* its keys are those of the pages */
  qc_pdf_search_set_text (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  put_out (g_steal_pointer (&work));
}

static void
render (QcPaperWindow *self, QcPaperDeed deed, const char *path)
{
  Work *work = begin (self, deed, path);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->tick = g_timeout_add (SLOW_MS, slow_cb, self);
  qc_printout_render_async (self->printout, &work->paper, 0, 0, work->cancellable, rendered_cb, work);
}

/* What was handed out before is drawn anew, as a reprint. */
static void
make (QcPaperWindow *self, QcPaperDeed deed, const char *path)
{
  if (!self->pdf || self->busy)
    return;
  if (qc_printout_is_used (self->printout))
    render (self, deed, path);
  else
    put_out (begin (self, deed, path));
}

static void
changed_cb (QcPaperWindow *self)
{
  render (self, QC_PAPER_SHOW, NULL);
}

/* ---- commands ---- */

static void
place_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (QcPaperWindow) self = user_data;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  if (path)
    make (self, QC_PAPER_SAVE, path);
}

static void
output_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (widget);
  if (g_str_equal (action, "paper.print")) {
    make (self, QC_PAPER_PRINT, NULL);
  } else if (parameter) {
    make (self, QC_PAPER_SAVE, g_variant_get_string (parameter, NULL));
  } else {
    g_autofree char *name = qc_printout_dup_file_name (self->printout);
    const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
    qc_dialog_save_file (widget, _ ("Save as PDF"), documents ? documents : g_get_home_dir (), name, place_chosen_cb,
                         g_object_ref (self));
  }
}

static void
stop_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_cancellable_cancel (QC_PAPER_WINDOW (widget)->cancellable);
}

static void
again_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  render (QC_PAPER_WINDOW (widget), QC_PAPER_SHOW, NULL);
}

static void
page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (widget);
  QcPdfView *view = QC_PDF_VIEW (self->preview);
  int page = qc_pdf_view_get_page (view);
  qc_pdf_view_set_page (view, g_str_equal (action, "paper.next-page") ? page + 1 : page - 1);
  qc_paper_window_update (self);
}

static void
zoom_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (widget);
  QcPdfView *view = QC_PDF_VIEW (self->preview);
  double zoom = qc_pdf_view_get_zoom (view);
  qc_pdf_view_set_zoom (view, g_str_equal (action, "paper.zoom-in")      ? zoom * LARGER
                              : g_str_equal (action, "paper.zoom-out")   ? zoom / LARGER
                              : g_str_equal (action, "paper.zoom-width") ? QC_PDF_VIEW_WIDTH
                                                                         : QC_PDF_VIEW_WHOLE);
  qc_paper_window_update (self);
}

static void
find_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (widget);
  if (g_str_equal (action, "paper.find"))
    gtk_widget_grab_focus (self->entry);
  else
    qc_pdf_search_go (self->search, g_str_equal (action, "paper.find-next"));
}

static void
go_to_page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QC_PAPER_WINDOW (widget)->page);
}

static void
choose_paper_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcPaperSize size;
  if (qc_paper_size_from_code (g_variant_get_string (parameter, NULL), &size))
    qc_paper_setup_choose (QC_PAPER_SETUP (QC_PAPER_WINDOW (widget)->setup), size);
}

/* ---- the window ---- */

static void
searched_cb (gpointer user_data)
{
  qc_paper_window_update (user_data);
}

static void
qc_paper_window_dispose (GObject *object)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (object);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->pdf == NULL)
    g_cancellable_cancel (self->cancellable); /* nobody looks at what is being drawn any more */
  g_clear_pointer (&self->search, qc_pdf_search_free);
  G_OBJECT_CLASS (qc_paper_window_parent_class)->dispose (object);
}

/* Closed: what is on its way to paper may keep it longer than the window it lay over lives. */
static void
qc_paper_window_unrealize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (qc_paper_window_parent_class)->unrealize (widget);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);
}

static void
qc_paper_window_finalize (GObject *object)
{
  QcPaperWindow *self = QC_PAPER_WINDOW (object);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->position);
  g_clear_object (&self->printout);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  G_OBJECT_CLASS (qc_paper_window_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
      {GDK_KEY_p, GDK_CONTROL_MASK, "paper.print"},
      {GDK_KEY_s, GDK_CONTROL_MASK, "paper.save"},
      {GDK_KEY_f, GDK_CONTROL_MASK, "paper.find"},
      {GDK_KEY_g, GDK_CONTROL_MASK, "paper.find-next"},
      {GDK_KEY_F3, 0, "paper.find-next"},
      {GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "paper.find-previous"},
      {GDK_KEY_F3, GDK_SHIFT_MASK, "paper.find-previous"},
      {GDK_KEY_l, GDK_CONTROL_MASK, "paper.go-to-page"},
      {GDK_KEY_Page_Up, 0, "paper.previous-page"},
      {GDK_KEY_Page_Down, 0, "paper.next-page"},
      {GDK_KEY_plus, GDK_CONTROL_MASK, "paper.zoom-in"},
      {GDK_KEY_plus, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "paper.zoom-in"},
      {GDK_KEY_equal, GDK_CONTROL_MASK, "paper.zoom-in"},
      {GDK_KEY_KP_Add, GDK_CONTROL_MASK, "paper.zoom-in"},
      {GDK_KEY_minus, GDK_CONTROL_MASK, "paper.zoom-out"},
      {GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "paper.zoom-out"},
      {GDK_KEY_0, GDK_CONTROL_MASK, "paper.zoom-width"},
      {GDK_KEY_9, GDK_CONTROL_MASK, "paper.zoom-page"},
      {GDK_KEY_Escape, 0, "window.close"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

static void
qc_paper_window_class_init (QcPaperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_paper_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_paper_window_finalize;
  widget_class->unrealize = qc_paper_window_unrealize;
  gtk_widget_class_install_action (widget_class, "paper.print", NULL, output_cb);
  gtk_widget_class_install_action (widget_class, "paper.save", NULL, output_cb);
  gtk_widget_class_install_action (widget_class, "paper.save-to", "s", output_cb);
  gtk_widget_class_install_action (widget_class, "paper.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "paper.again", NULL, again_cb);
  gtk_widget_class_install_action (widget_class, "paper.previous-page", NULL, page_cb);
  gtk_widget_class_install_action (widget_class, "paper.next-page", NULL, page_cb);
  gtk_widget_class_install_action (widget_class, "paper.go-to-page", NULL, go_to_page_cb);
  gtk_widget_class_install_action (widget_class, "paper.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "paper.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "paper.zoom-width", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "paper.zoom-page", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "paper.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "paper.find-next", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "paper.find-previous", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "paper.choose", "s", choose_paper_cb);
  add_keys (widget_class);
}

static void
qc_paper_window_init (QcPaperWindow *self)
{
  self->position = qc_print_position_new_settings ();
}

GtkWidget *
qc_paper_window_open (GtkWidget *parent, QcPrintout *printout)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent) && QC_IS_PRINTOUT (printout), NULL);
  GtkRoot *root = gtk_widget_get_root (parent);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  QcPaperWindow *self
      = g_object_new (QC_TYPE_PAPER_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                      qc_printout_get_title (printout), "modal", TRUE, "transient-for", root, "destroy-with-parent",
                      TRUE, "default-width", 1100, "default-height", MAX (height - 40, 560), NULL);
  self->printout = printout;
  qc_paper_window_build (self);
  self->search = qc_pdf_search_new (QC_PDF_VIEW (self->preview), searched_cb, self);
  g_signal_connect_swapped (self->setup, "changed", G_CALLBACK (changed_cb), self);
  qc_focus_keep (GTK_WINDOW (self));
  qc_paper_window_update (self);
  render (self, QC_PAPER_SHOW, NULL);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
