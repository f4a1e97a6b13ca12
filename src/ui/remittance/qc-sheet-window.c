/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-window.h. Its commands: sheet.part (int32), sheet.export, sheet.export-to (string: a path). Main thread.
 */
#include "qc-sheet-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "qc-dialogs.h"
#include "qc-export-grid.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"
#include "qc-review-lists.h"
#include "qc-window.h"
#include "qc-wrap-layout.h"

/* Sums stand on lines of their own; of more months than that they are scrolled. */
#define MOST_SUMS   3
#define SUMS_HEIGHT 132

#define QC_TYPE_SHEET_WINDOW (qc_sheet_window_get_type ())
G_DECLARE_FINAL_TYPE (QcSheetWindow, qc_sheet_window, QC, SHEET_WINDOW, AdwWindow)

struct _QcSheetWindow {
  AdwWindow parent_instance;
  QcMonthSheet *sheet; /* (owned) */
  QcSheetPart part;
  GtkNoSelection *people; /* (owned) */
  /* borrowed */
  GtkColumnView *grid;
  GtkWidget *toggles[QC_N_SHEET_PARTS];
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (QcSheetWindow, qc_sheet_window, ADW_TYPE_WINDOW)

static void
show_part (QcSheetWindow *self, QcSheetPart part)
{
  g_autoptr (GListModel) people = qc_month_sheet_dup_people (self->sheet, part);
  gint64 count = qc_month_sheet_get_count (self->sheet, part);
  guint named = g_list_model_get_n_items (people);
  g_autofree char *rest = qc_format_people (count - named);
  /* Translators: a headcount. */
  g_autofree char *more = g_strdup_printf (_ ("%s more are counted and not named here."), rest);
  self->part = part;
  gtk_no_selection_set_model (self->people, people);
  gtk_label_set_text (self->note, count == 0 ? _ ("Nobody.") : count > named ? more : "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[part]), TRUE);
}

static void
toggled_cb (GtkToggleButton *button, QcSheetWindow *self)
{
  for (guint part = 0; part < QC_N_SHEET_PARTS; part++)
    if (self->toggles[part] == GTK_WIDGET (button) && gtk_toggle_button_get_active (button) && self->part != part)
      show_part (self, part);
}

static void
export_people (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcSheetWindow *self = QC_SHEET_WINDOW (widget);
  const GArray *months = qc_month_sheet_get_months (self->sheet);
  g_autofree char *sum = qc_sheet_words_sum (&g_array_index (months, QcMonthLine, months->len - 1));
  g_autofree char *note = g_strdup_printf (_ ("%s: %s"), qc_sheet_words_title (self->part), sum);
  qc_export_grid (self->grid, _ ("This month and last month"),
                  g_array_index (months, QcMonthLine, months->len - 1).month, note,
                  parameter ? g_variant_get_string (parameter, NULL) : NULL);
}

static void
choose_part (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint32 part = g_variant_get_int32 (parameter);
  if (part >= 0 && part < QC_N_SHEET_PARTS)
    show_part (QC_SHEET_WINDOW (widget), (QcSheetPart)part);
}

static GtkWidget *
build_sums (QcSheetWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const GArray *months = qc_month_sheet_get_months (self->sheet);
  for (guint i = 0; i < months->len; i++) {
    g_autofree char *words = qc_sheet_words_sum (&g_array_index (months, QcMonthLine, i));
    GtkWidget *label = gtk_label_new (words);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_selectable (GTK_LABEL (label), TRUE);
    gtk_widget_set_can_focus (label, FALSE);
    gtk_widget_add_css_class (label, "numeric");
    gtk_box_append (GTK_BOX (box), label);
  }
  if (months->len <= MOST_SUMS)
    return box;
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), SUMS_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static GtkWidget *
build_toggles (QcSheetWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (box, qc_wrap_layout_new (4));
  for (guint part = 0; part < QC_N_SHEET_PARTS; part++) {
    g_autofree char *count = qc_format_count (qc_month_sheet_get_count (self->sheet, part));
    /* Translators: which people, and how many. */
    g_autofree char *label = g_strdup_printf (_ ("%s (%s)"), qc_sheet_words_title (part), count);
    self->toggles[part] = gtk_toggle_button_new_with_label (label);
    if (part > 0)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->toggles[part]), GTK_TOGGLE_BUTTON (self->toggles[0]));
    g_signal_connect (self->toggles[part], "toggled", G_CALLBACK (toggled_cb), self);
    gtk_box_append (GTK_BOX (box), self->toggles[part]);
  }
  return box;
}

static GtkWidget *
build_bottom (QcSheetWindow *self)
{
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export"));
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "sheet.export");
  gtk_widget_set_halign (export, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (export, _ ("What is shown, as an Excel workbook: Ctrl+Shift+E"));
  gtk_box_append (GTK_BOX (bottom), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (bottom), export);
  return bottom;
}

static void
build (QcSheetWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->people = gtk_no_selection_new (NULL);
  self->grid = qc_review_changes_new (GTK_SELECTION_MODEL (self->people));
  gtk_box_append (GTK_BOX (inside), build_sums (self));
  gtk_box_append (GTK_BOX (inside), build_toggles (self));
  gtk_box_append (GTK_BOX (inside), qc_grid_scroll (self->grid));
  gtk_box_append (GTK_BOX (inside), build_bottom (self));
  gtk_widget_set_margin_top (inside, 12);
  gtk_widget_set_margin_start (inside, 12);
  gtk_widget_set_margin_end (inside, 12);
  gtk_widget_set_margin_bottom (inside, 12);
  gtk_box_append (GTK_BOX (column), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (column), inside);
  adw_window_set_content (ADW_WINDOW (self), column);
}

/* What one should look at first: a jump, else whoever there is. */
static QcSheetPart
first_part (QcMonthSheet *sheet)
{
  static const QcSheetPart order[] = {QC_SHEET_JUMPED, QC_SHEET_JOINED, QC_SHEET_LEFT, QC_SHEET_CHANGED};
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (qc_month_sheet_get_count (sheet, order[i]) > 0)
      return order[i];
  return QC_SHEET_JOINED;
}

static void
qc_sheet_window_dispose (GObject *object)
{
  QcSheetWindow *self = QC_SHEET_WINDOW (object);
  G_OBJECT_CLASS (qc_sheet_window_parent_class)->dispose (object);
  g_clear_object (&self->people);
  g_clear_object (&self->sheet);
}

static void
qc_sheet_window_class_init (QcSheetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_sheet_window_dispose;
  gtk_widget_class_install_action (widget_class, "sheet.part", "i", choose_part);
  gtk_widget_class_install_action (widget_class, "sheet.export", NULL, export_people);
  gtk_widget_class_install_action (widget_class, "sheet.export-to", "s", export_people);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "sheet.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
qc_sheet_window_init (QcSheetWindow *self)
{
}

void
qc_sheet_window_open (GtkWidget *parent, QcMonthSheet *sheet, const char *title)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  QcSheetWindow *self = g_object_new (QC_TYPE_SHEET_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title",
                                      title, "modal", TRUE, "transient-for", root, "destroy-with-parent", TRUE, NULL);
  int height = root ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  qc_fit_over (GTK_WINDOW (self), 860, CLAMP (height - 80, 420, 640));
  self->sheet = g_object_ref (sheet);
  self->part = QC_N_SHEET_PARTS;
  build (self);
  qc_focus_keep (GTK_WINDOW (self));
  show_part (self, first_part (sheet));
  gtk_widget_grab_focus (self->toggles[self->part]);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- one that was kept --- */

typedef struct {
  GtkWidget *parent; /* (owned) */
  char *title;       /* (owned) */
} Wanted;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcMonthSheet) sheet = qc_month_sheet_load_finish (QC_SESSION (source), result, &error);
  QcWindow *window = qc_window_of (wanted->parent);
  if (error && window)
    qc_window_show_error (window, error);
  else if (window && sheet)
    qc_sheet_window_open (wanted->parent, sheet, wanted->title);
  else if (window)
    qc_dialog_tell (
        GTK_WIDGET (window), _ ("No comparison is kept here"),
        _ ("It is made when a remittance is submitted on this computer. This one was submitted elsewhere, or by "
           "an older version."));
  g_object_unref (wanted->parent);
  g_free (wanted->title);
  g_free (wanted);
}

void
qc_sheet_window_open_kept (GtkWidget *parent, QcSession *session, const char *name, QcMoney fen, const char *title)
{
  g_return_if_fail (GTK_IS_WIDGET (parent) && name);
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->parent = g_object_ref (parent);
  wanted->title = g_strdup (title);
  qc_month_sheet_load_async (session, name, fen, NULL, loaded_cb, wanted);
}
