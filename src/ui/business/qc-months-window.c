/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-months-window.h. Main thread.
 */
#include "qc-months-window.h"

#include <glib/gi18n.h>

#include "qc-back-payment.h"
#include "qc-column-menu.h"
#include "qc-fit.h"
#include "qc-focus.h"
#include "qc-format.h"
#include "qc-grid.h"

/* --- one month --- */

#define QC_TYPE_BACK_MONTH_ROW (qc_back_month_row_get_type ())
G_DECLARE_FINAL_TYPE (QcBackMonthRow, qc_back_month_row, QC, BACK_MONTH_ROW, GObject)
struct _QcBackMonthRow {
  GObject parent_instance;
  QcBackMonth month;
};
G_DEFINE_FINAL_TYPE (QcBackMonthRow, qc_back_month_row, G_TYPE_OBJECT)

static void
qc_back_month_row_class_init (QcBackMonthRowClass *klass)
{
}

static void
qc_back_month_row_init (QcBackMonthRow *self)
{
}

static const QcBackMonth *
month_of (gpointer row)
{
  return &QC_BACK_MONTH_ROW (row)->month;
}

static char *
dup_month (gpointer row, gpointer user_data)
{
  return qc_format_month (month_of (row)->month);
}

/* Nothing is said where nothing is known. */
static char *
dup_fen (QcMoney fen)
{
  return fen > 0 ? qc_money_to_string (fen) : g_strdup ("—");
}

static char *
dup_base (gpointer row, gpointer user_data)
{
  return dup_fen (month_of (row)->base);
}

static char *
dup_due (gpointer row, gpointer user_data)
{
  return dup_fen (month_of (row)->due_unit + month_of (row)->due_personal);
}

static char *
dup_paid (gpointer row, gpointer user_data)
{
  return dup_fen (qc_back_month_paid (month_of (row)));
}

static char *
dup_unit (gpointer row, gpointer user_data)
{
  return dup_fen (month_of (row)->unit);
}

static char *
dup_personal (gpointer row, gpointer user_data)
{
  return dup_fen (month_of (row)->personal);
}

static char *
dup_state (gpointer row, gpointer user_data)
{
  static const char *const words[] = {
      [QC_BACK_OWED] = N_ ("To be paid"),
      [QC_BACK_FULL] = N_ ("Paid in full"),
      [QC_BACK_NO_BASE] = N_ ("No base: enter one"),
      [QC_BACK_NO_TERMS] = N_ ("No ratios or policy"),
      [QC_BACK_LATER] = N_ ("Belongs to remittance"),
  };
  return g_strdup (_ (words[month_of (row)->state]));
}

static const QcGridColumn columns[] = {
    {"month", N_ ("Month"), dup_month, QC_GRID_CODE},
    {"base", N_ ("Base"), dup_base, QC_GRID_NUMBER},
    {"due", N_ ("Due"), dup_due, QC_GRID_NUMBER},
    {"paid", N_ ("Paid so far"), dup_paid, QC_GRID_NUMBER},
    {"unit", N_ ("Unit's part now"), dup_unit, QC_GRID_NUMBER},
    {"personal", N_ ("Personal part now"), dup_personal, QC_GRID_NUMBER},
    {"state", N_ ("What of it"), dup_state, QC_GRID_TEXT, .chars = 16, .expand = TRUE},
};

static char *
row_name (gpointer row, gpointer user_data)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autofree char *cell = columns[i].text (row, NULL);
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", _ (columns[i].msgid), cell);
  }
  return g_string_free (text, FALSE);
}

/* --- the window --- */

static GtkWidget *
build_grid (const GArray *months)
{
  g_autoptr (GListStore) rows = g_list_store_new (QC_TYPE_BACK_MONTH_ROW);
  for (guint i = 0; i < months->len; i++) {
    g_autoptr (QcBackMonthRow) row = g_object_new (QC_TYPE_BACK_MONTH_ROW, NULL);
    row->month = g_array_index (months, QcBackMonth, i);
    g_list_store_append (rows, row);
  }
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)));
  GtkColumnView *grid = qc_grid_new (GTK_SELECTION_MODEL (selection), columns, G_N_ELEMENTS (columns),
                                     _ ("Months of the back payment"), row_name, NULL);
  qc_column_menu_keep_widths (grid, "back-payment-months");
  return qc_grid_scroll (grid);
}

static GtkWidget *
new_sum (const QcRosterLine *line)
{
  g_autofree char *unit = qc_money_to_string (line->unit_fen);
  g_autofree char *personal = qc_money_to_string (line->personal_fen);
  g_autofree char *all = qc_money_to_string (qc_roster_line_fen (line));
  g_autofree char *text
      = g_strdup_printf (ngettext ("%d month to be paid: unit %s + personal %s = %s yuan",
                                   "%d months to be paid: unit %s + personal %s = %s yuan", (gulong)line->months),
                         (int)line->months, unit, personal, all);
  GtkWidget *sum = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (sum), 0);
  gtk_label_set_wrap (GTK_LABEL (sum), TRUE);
  gtk_widget_add_css_class (sum, "heading");
  gtk_widget_add_css_class (sum, "numeric");
  gtk_widget_set_margin_top (sum, 12);
  gtk_widget_set_margin_bottom (sum, 12);
  gtk_widget_set_margin_start (sum, 12);
  gtk_widget_set_margin_end (sum, 12);
  return sum;
}

static gboolean
close_cb (GtkWidget *window, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

GtkWidget *
qc_months_window_open (GtkWidget *parent, QcRosterService *service, gint64 id)
{
  g_autoptr (GArray) months = qc_roster_service_dup_months (service, id);
  const QcRosterLine *line = qc_roster_model_get_line (qc_roster_service_get_model (service), id);
  if (!months || !line || months->len == 0)
    return NULL;
  g_autofree char *title = g_strdup_printf (_ ("Months: %s"), line->name ? line->name : "");
  GtkWidget *window
      = g_object_new (ADW_TYPE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", title, "modal", TRUE,
                      "transient-for", gtk_widget_get_root (parent), "destroy-with-parent", TRUE, NULL);
  qc_fit_over (GTK_WINDOW (window), 860, 480);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *grid = build_grid (months);
  gtk_widget_set_vexpand (grid, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), new_sum (line));
  adw_window_set_content (ADW_WINDOW (window), box);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  qc_focus_keep (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
