/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The widgets of the preview. Main thread.
 */
#include "qc-paper-window-private.h"

#include <glib/gi18n.h>

#include "qc-print-position.h"
#include "qc-stack.h"

static GtkWidget *
new_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkLabel *
append_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new ("");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
page_typed_cb (QcPaperWindow *self)
{
  gint64 number;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->page));
  if (g_ascii_string_to_signed (text, 10, 1, qc_pdf_view_get_n_pages (QC_PDF_VIEW (self->preview)), &number, NULL))
    qc_pdf_view_set_page (QC_PDF_VIEW (self->preview), (int)number - 1);
  qc_paper_window_update (self);
}

static void
search_cb (QcPaperWindow *self)
{
  qc_pdf_search_set_text (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
next_cb (QcPaperWindow *self)
{
  qc_pdf_search_go (self->search, TRUE);
}

static void
previous_cb (QcPaperWindow *self)
{
  qc_pdf_search_go (self->search, FALSE);
}

/* Escape ends looking first, and closes then. */
static void
stop_search_cb (QcPaperWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
append_pages (QcPaperWindow *self, GtkWidget *bar)
{
  gtk_box_append (GTK_BOX (bar), new_button ("go-previous-symbolic", _ ("Previous page"), "paper.previous-page"));
  self->page = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->page), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->page), 4);
  gtk_entry_set_alignment (GTK_ENTRY (self->page), 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Page"), -1);
  g_signal_connect_swapped (self->page, "activate", G_CALLBACK (page_typed_cb), self);
  gtk_box_append (GTK_BOX (bar), self->page);
  self->pages = append_label (bar);
  gtk_box_append (GTK_BOX (bar), new_button ("go-next-symbolic", _ ("Next page"), "paper.next-page"));
}

static void
append_zoom (QcPaperWindow *self, GtkWidget *bar)
{
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-out-symbolic", _ ("Smaller"), "paper.zoom-out"));
  self->zoom = append_label (bar);
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-in-symbolic", _ ("Larger"), "paper.zoom-in"));
  gtk_box_append (GTK_BOX (bar), new_button ("zoom-fit-best-symbolic", _ ("Fit the width"), "paper.zoom-width"));
  gtk_box_append (GTK_BOX (bar), new_button ("view-fullscreen-symbolic", _ ("The whole page"), "paper.zoom-page"));
}

static void
append_search (QcPaperWindow *self, GtkWidget *bar)
{
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Find in the pages"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find in the pages"),
                                  -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->entry, "previous-match", G_CALLBACK (previous_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_box_append (GTK_BOX (bar), self->entry);
  gtk_box_append (GTK_BOX (bar), new_button ("go-up-symbolic", _ ("The one before"), "paper.find-previous"));
  gtk_box_append (GTK_BOX (bar), new_button ("go-down-symbolic", _ ("The next one"), "paper.find-next"));
  self->told = append_label (bar);
}

static GtkWidget *
build_toolbar (QcPaperWindow *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (bar, "toolbar");
  append_pages (self, bar);
  gtk_box_append (GTK_BOX (bar), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  append_zoom (self, bar);
  gtk_box_append (GTK_BOX (bar), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  append_search (self, bar);
  return bar;
}

static GtkWidget *
build_header (QcPaperWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save as PDF"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_ ("_Print"));
  self->setup = qc_paper_setup_new (qc_printout_get_natural_paper (self->printout));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "paper.save");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "paper.print");
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->setup);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), qc_print_position_button_new (self->position));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  return header;
}

static GtkWidget *
build_busy (QcPaperWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *stop = gtk_button_new_with_mnemonic (_ ("S_top"));
  GtkWidget *words = gtk_label_new (_ ("The pages are being made…"));
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far it is"), -1);
  gtk_widget_set_size_request (self->bar, 320, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (stop), "paper.stop");
  gtk_widget_set_halign (stop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (words, "title-3");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
build_fault (QcPaperWindow *self)
{
  GtkWidget *again = gtk_button_new_with_mnemonic (_ ("Try _Again"));
  self->fault = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->fault), "document-print-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "paper.again");
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "pill");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->fault), again);
  return self->fault;
}

static GtkWidget *
build_stack (QcPaperWindow *self)
{
  self->preview = qc_pdf_view_new ();
  qc_pdf_view_set_label (QC_PDF_VIEW (self->preview), _ ("Preview of the pages"));
  gtk_widget_set_focusable (self->preview, TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "none");
  gtk_stack_add_named (GTK_STACK (self->stack), self->preview, "preview");
  gtk_stack_add_named (GTK_STACK (self->stack), build_busy (self), "busy");
  gtk_stack_add_named (GTK_STACK (self->stack), build_fault (self), "fault");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

static void
update_zoom (QcPaperWindow *self)
{
  QcPdfView *view = QC_PDF_VIEW (self->preview);
  g_autofree char *zoom = g_strdup_printf ("%.0f %%", qc_pdf_view_get_zoom (view) * 100);
  gtk_label_set_text (self->zoom, qc_pdf_view_get_n_pages (view) > 0 ? zoom : "");
}

void
qc_paper_window_build (QcPaperWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->toasts = adw_toast_overlay_new ();
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), build_toolbar (self));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), build_stack (self));
  gtk_box_append (GTK_BOX (box), self->toasts);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->preview, "resized", G_CALLBACK (update_zoom), self, G_CONNECT_SWAPPED);
}

/* ---- what follows ---- */

static const char *
words_of (QcPdfSearchState state)
{
  return state == QC_PDF_SEARCH_RUNNING ? _ ("Searching…") : state == QC_PDF_SEARCH_ABSENT ? _ ("Not found") : "";
}

void
qc_paper_window_update (QcPaperWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  QcPdfView *view = QC_PDF_VIEW (self->preview);
  int n = qc_pdf_view_get_n_pages (view), page = qc_pdf_view_get_page (view);
  gboolean ready = self->pdf && !self->busy;
  g_autofree char *number = n > 0 ? g_strdup_printf ("%d", page + 1) : g_strdup ("");
  g_autofree char *pages = n > 0 ? g_strdup_printf ("/ %d", n) : g_strdup ("");
  static const char *const of_pages[] = {"paper.zoom-in",   "paper.zoom-out",  "paper.zoom-width",
                                         "paper.zoom-page", "paper.find-next", "paper.find-previous"};
  gtk_widget_action_set_enabled (widget, "paper.print", ready);
  gtk_widget_action_set_enabled (widget, "paper.save", ready);
  gtk_widget_action_set_enabled (widget, "paper.save-to", ready);
  gtk_widget_action_set_enabled (widget, "paper.stop", self->busy);
  gtk_widget_action_set_enabled (widget, "paper.previous-page", page > 0);
  gtk_widget_action_set_enabled (widget, "paper.next-page", page + 1 < n);
  for (guint i = 0; i < G_N_ELEMENTS (of_pages); i++)
    gtk_widget_action_set_enabled (widget, of_pages[i], n > 0);
  gtk_editable_set_text (GTK_EDITABLE (self->page), number);
  gtk_label_set_text (self->pages, pages);
  update_zoom (self);
  gtk_label_set_text (self->told, words_of (qc_pdf_search_get_state (self->search)));
}

void
qc_paper_window_say_fault (QcPaperWindow *self, const char *title, const char *words)
{
  adw_status_page_set_title (ADW_STATUS_PAGE (self->fault), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->fault), words);
  qc_stack_show_named (self->stack, "fault");
}
