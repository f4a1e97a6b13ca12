/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-stamped-flow.h. What is shown, saved and printed are the same bytes. Main thread.
 */
#include "qc-stamped-flow.h"

#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-error-text.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-print.h"
#include "qc-pdf-view.h"

#define WAIT_MS    600 /* after the last key until it is drawn anew */
#define LEFT_WIDTH 380

struct _QcStampedFlow {
  AdwWindow parent_instance;
  QcRosterService *service; /* (owned) */
  QcStampedPaperKind kind;
  GCancellable *cancellable; /* (owned) of the drawing that is under way */
  GBytes *pdf;               /* (owned) (nullable) as it is shown */
  char *file_name;           /* (owned) (nullable) */
  guint waiting;             /* source */
  /* borrowed */
  GtkWidget *preview, *fault;
  GtkTextBuffer *text; /* (nullable) */
};

#define QC_TYPE_STAMPED_FLOW (qc_stamped_flow_get_type ())
G_DECLARE_FINAL_TYPE (QcStampedFlow, qc_stamped_flow, QC, STAMPED_FLOW, AdwWindow)
G_DEFINE_FINAL_TYPE (QcStampedFlow, qc_stamped_flow, ADW_TYPE_WINDOW)

/* --- drawing --- */

static void
say_fault (QcStampedFlow *self, const GError *error)
{
  g_autoptr (QcErrorText) text = error ? qc_error_text_new (error) : NULL;
  g_autofree char *words = text ? g_strjoin ("\n", text->title, text->advice, NULL) : NULL;
  gtk_label_set_text (GTK_LABEL (self->fault), words ? words : "");
  gtk_widget_set_visible (self->fault, words != NULL);
}

static void
update_actions (QcStampedFlow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print", self->pdf != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.save", self->pdf != NULL);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcStampedFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *file_name = NULL;
  g_autoptr (GBytes) pdf = qc_stamped_papers_render_finish (QC_ROSTER_SERVICE (source), result, &file_name, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->file_name);
  self->file_name = g_steal_pointer (&file_name);
  if (pdf && qc_pdf_view_set_pdf (QC_PDF_VIEW (self->preview), pdf, &error))
    self->pdf = g_steal_pointer (&pdf);
  say_fault (self, error);
  update_actions (self);
}

static void
render (QcStampedFlow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  qc_stamped_papers_render_async (self->service, self->kind, self->cancellable, rendered_cb, g_object_ref (self));
}

/* --- the text --- */

static char *
dup_text (QcStampedFlow *self)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (self->text, &start, &end);
  return gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
}

/* FALSE: it is too long. */
static gboolean
keep (QcStampedFlow *self)
{
  if (!self->text)
    return TRUE;
  g_autofree char *text = dup_text (self);
  g_autofree char *kept = qc_stamped_papers_dup_statement (self->service);
  return g_str_equal (text, kept) || qc_stamped_papers_set_statement (self->service, text);
}

/* Nothing is printed that is not what stands there. */
static void
say_too_long (QcStampedFlow *self)
{
  g_autofree char *words = g_strdup_printf (
      _ ("The explanation is longer than %d characters. Shorten it; until then it is neither kept nor "
         "printed."),
      QC_STAMPED_STATEMENT_MAX);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  gtk_label_set_text (GTK_LABEL (self->fault), words);
  gtk_widget_set_visible (self->fault, TRUE);
  update_actions (self);
}

static gboolean
typed_cb (gpointer user_data)
{
  QcStampedFlow *self = user_data;
  self->waiting = 0;
  if (keep (self))
    render (self);
  else
    say_too_long (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (QcStampedFlow *self)
{
  g_clear_handle_id (&self->waiting, g_source_remove);
  self->waiting = g_timeout_add (WAIT_MS, typed_cb, self);
}

static void
sentence_cb (GtkButton *button, QcStampedFlow *self)
{
  GtkTextIter end;
  gtk_text_buffer_get_end_iter (self->text, &end);
  if (gtk_text_buffer_get_char_count (self->text) > 0)
    gtk_text_buffer_insert (self->text, &end, "\n", -1);
  gtk_text_buffer_insert (self->text, &end, g_object_get_data (G_OBJECT (button), "sentence"), -1);
}

/* --- what comes of it --- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcStampedFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  qc_stamped_papers_save_finish (QC_ROSTER_SERVICE (source), result, &error);
  say_fault (self, error);
}

static void
place_chosen_cb (GFile *file, gpointer user_data)
{
  g_autoptr (QcStampedFlow) self = user_data;
  if (file && self->pdf)
    qc_stamped_papers_save_async (self->service, self->pdf, g_file_peek_path (file), saved_cb, g_object_ref (self));
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcStampedFlow *self = QC_STAMPED_FLOW (widget);
  qc_dialog_save_file (widget, _ ("Save as PDF"), NULL, self->file_name, place_chosen_cb, g_object_ref (self));
}

static void
printed_cb (const QcPrintResult *result, gpointer user_data)
{
  g_autoptr (QcStampedFlow) self = user_data;
  if (result->words)
    qc_dialog_tell (GTK_WIDGET (self), _ ("Printing"), result->words);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QcStampedFlow *self = QC_STAMPED_FLOW (widget);
  qc_print_pdf (GTK_WINDOW (self), self->pdf, self->file_name, QC_PAPER_A4, printed_cb, g_object_ref (self));
}

/* --- the window --- */

static GtkWidget *
build_sentences (QcStampedFlow *self)
{
  g_autoptr (GPtrArray) sentences = qc_stamped_papers_dup_sentences (self->service);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = gtk_label_new (_ ("Sentences to start from"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < sentences->len; i++) {
    const char *sentence = g_ptr_array_index (sentences, i);
    GtkWidget *button = gtk_button_new (), *label = gtk_label_new (sentence);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_button_set_child (GTK_BUTTON (button), label);
    gtk_widget_add_css_class (button, "flat");
    g_object_set_data_full (G_OBJECT (button), "sentence", g_strdup (sentence), g_free);
    g_signal_connect (button, "clicked", G_CALLBACK (sentence_cb), self);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static GtkWidget *
build_text (QcStampedFlow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *offers = gtk_scrolled_window_new ();
  g_autofree char *kept = qc_stamped_papers_dup_statement (self->service);
  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (self->text, kept, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Text of the explanation"),
                                  -1);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (offers), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (offers), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (offers), build_sentences (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), offers);
  gtk_widget_set_size_request (box, LEFT_WIDTH, -1);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  return box;
}

static GtkWidget *
build_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save as PDF"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("_Print"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "paper.save");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "paper.print");
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  return header;
}

static void
build (QcStampedFlow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->preview = qc_pdf_view_new ();
  gtk_widget_set_hexpand (self->preview, TRUE);
  gtk_widget_set_vexpand (self->preview, TRUE);
  self->fault = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->fault), TRUE);
  gtk_widget_add_css_class (self->fault, "error");
  gtk_widget_set_visible (self->fault, FALSE);
  if (self->kind == QC_STAMPED_PAPER_STATEMENT)
    gtk_box_append (GTK_BOX (both), build_text (self));
  gtk_box_append (GTK_BOX (both), self->preview);
  gtk_box_append (GTK_BOX (box), build_header ());
  gtk_box_append (GTK_BOX (box), self->fault);
  gtk_box_append (GTK_BOX (box), both);
  adw_window_set_content (ADW_WINDOW (self), box);
  update_actions (self);
}

static void
qc_stamped_flow_dispose (GObject *object)
{
  QcStampedFlow *self = QC_STAMPED_FLOW (object);
  if (self->waiting != 0) { /* closed while it was typed */
    g_clear_handle_id (&self->waiting, g_source_remove);
    keep (self);
  }
  self->text = NULL;
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (qc_stamped_flow_parent_class)->dispose (object);
  g_clear_object (&self->service);
}

static void
qc_stamped_flow_finalize (GObject *object)
{
  QcStampedFlow *self = QC_STAMPED_FLOW (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->file_name);
  G_OBJECT_CLASS (qc_stamped_flow_parent_class)->finalize (object);
}

static void
qc_stamped_flow_class_init (QcStampedFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_stamped_flow_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_stamped_flow_finalize;
  gtk_widget_class_install_action (widget_class, "paper.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "paper.print", NULL, print_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "paper.print", NULL);
}

static void
qc_stamped_flow_init (QcStampedFlow *self)
{
}

GtkWidget *
qc_stamped_flow_open (GtkWidget *parent, QcRosterService *service, QcStampedPaperKind kind)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  QcStampedFlow *self
      = g_object_new (QC_TYPE_STAMPED_FLOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                      kind == QC_STAMPED_PAPER_LIST ? _ ("Back payment list") : _ ("Explanation of the back payment"),
                      "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (self), 1000, MAX (height - 60, 520));
  self->service = g_object_ref (service);
  self->kind = kind;
  build (self);
  qc_focus_keep (GTK_WINDOW (self));
  render (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
