/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster of an application in a window of its own: searched, every column, and what is not here is fetched because
 * it was opened. Main thread.
 */
#include "qc-application-roster.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-export-grid.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-roster-words.h"

#define QC_TYPE_ROSTER_WINDOW (qc_roster_window_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterWindow, qc_roster_window, QC, ROSTER_WINDOW, AdwWindow)

struct _QcRosterWindow {
  AdwWindow parent_instance;
  QcApplicationLines *lines; /* (owned) */
  QcRosterModel *shown;      /* (owned) (nullable) */
  /* borrowed */
  GtkWidget *search, *again;
  AdwBin *place;
  GtkLabel *totals, *words;
};

G_DEFINE_FINAL_TYPE (QcRosterWindow, qc_roster_window, ADW_TYPE_WINDOW)

static void
show_totals (QcRosterWindow *self)
{
  g_autofree char *totals
      = self->shown ? qc_roster_words_totals (qc_application_lines_get_business (self->lines), self->shown) : NULL;
  gtk_label_set_text (self->totals, totals ? totals : "");
}

static void
search_cb (QcRosterWindow *self)
{
  if (self->shown)
    qc_roster_model_set_search (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
show_lines (QcRosterWindow *self, QcRosterModel *model)
{
  if (self->shown)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_set_object (&self->shown, model);
  g_signal_connect_swapped (model, "totals-changed", G_CALLBACK (show_totals), self);
  adw_bin_set_child (self->place, qc_roster_view_new (qc_application_lines_get_business (self->lines), model,
                                                      qc_application_lines_get_codes (self->lines), _ ("Roster")));
  search_cb (self);
}

static void
update (QcRosterWindow *self)
{
  QcRosterModel *model = qc_application_lines_get_model (self->lines);
  gboolean missing = !qc_application_lines_is_whole (self->lines) && !qc_application_lines_is_busy (self->lines);
  g_autofree char *words = qc_application_roster_words (self->lines);
  if (model && model != self->shown)
    show_lines (self, model);
  show_totals (self);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (self->again, missing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "roster.fetch", missing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "roster.export", self->shown != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "roster.export-to", self->shown != NULL);
}

static void
fetch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  qc_application_lines_fetch (QC_ROSTER_WINDOW (widget)->lines);
}

/* @parameter: (nullable) where to; asked for otherwise. */
static void
export_lines (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcRosterWindow *self = QC_ROSTER_WINDOW (widget);
  GtkWidget *scrolled = adw_bin_get_child (self->place);
  if (!scrolled)
    return;
  const char *search = qc_roster_model_get_search (self->shown);
  g_autofree char *words = qc_application_roster_words (self->lines);
  g_autofree char *note = *search ? g_strdup_printf (_ ("Only lines that fit the search “%s”."), search)
                                  : g_strdup (*words ? words : _ ("Nothing is left out."));
  qc_export_grid (GTK_COLUMN_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))),
                  gtk_window_get_title (GTK_WINDOW (self)), QC_MONTH_NONE, note,
                  parameter ? g_variant_get_string (parameter, NULL) : NULL);
}

static GtkWidget *
build_bottom (QcRosterWindow *self)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->totals = GTK_LABEL (gtk_label_new (NULL));
  self->words = GTK_LABEL (gtk_label_new (NULL));
  self->again = gtk_button_new_with_mnemonic (_ ("_Fetch again"));
  gtk_widget_add_css_class (GTK_WIDGET (self->totals), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "dim-label");
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_xalign (self->words, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), "roster.fetch");
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "roster.export");
  gtk_widget_set_tooltip_text (export, _ ("What is shown, as an Excel workbook: Ctrl+Shift+E"));
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->totals));
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (bottom), self->again);
  gtk_box_append (GTK_BOX (bottom), export);
  return bottom;
}

static void
build (QcRosterWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name, pinyin, end of document number, account"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search people"),
                                  -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  self->place = ADW_BIN (adw_bin_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->place), TRUE);
  qc_focus_follow_search (self->search, GTK_WIDGET (self->place));
  gtk_box_append (GTK_BOX (inside), self->search);
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->place));
  gtk_box_append (GTK_BOX (inside), build_bottom (self));
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), inside);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
qc_roster_window_dispose (GObject *object)
{
  QcRosterWindow *self = QC_ROSTER_WINDOW (object);
  if (self->shown)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  G_OBJECT_CLASS (qc_roster_window_parent_class)->dispose (object);
  g_clear_object (&self->shown);
  g_clear_object (&self->lines);
}

static void
qc_roster_window_class_init (QcRosterWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_roster_window_dispose;
  gtk_widget_class_install_action (widget_class, "roster.fetch", NULL, fetch);
  gtk_widget_class_install_action (widget_class, "roster.export", NULL, export_lines);
  gtk_widget_class_install_action (widget_class, "roster.export-to", "s", export_lines);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "roster.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_roster_window_init (QcRosterWindow *self)
{
}

GtkWidget *
qc_roster_window_open (GtkWidget *parent, QcApplicationLines *lines, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  QcRosterWindow *self = g_object_new (QC_TYPE_ROSTER_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                       title, "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  qc_fit_over (GTK_WINDOW (self), 960, MAX (height - 60, 480));
  self->lines = g_object_ref (lines);
  build (self);
  g_signal_connect_object (lines, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  qc_focus_keep (GTK_WINDOW (self));
  qc_application_lines_fetch (lines);
  update (self);
  gtk_widget_grab_focus (self->search);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
