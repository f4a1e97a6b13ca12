/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The months of a 汇缴 as a list box whose cells share their widths. Rows are made anew only when figures change. Main
 * thread.
 */
#include "qc-month-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-format.h"

#define MILLION    100000000           /* fen */
#define LARGE_TEXT (120 * PANGO_SCALE) /* dots an inch: a quarter more than usual */

enum { COLUMN_TICK, COLUMN_MONTH, COLUMN_PREVIOUS, COLUMN_ADDED, COLUMN_REMOVED, COLUMN_NOW, N_COLUMNS };

struct _QcMonthTable {
  GtkWidget parent_instance;
  GArray *lines;                   /* (owned) QcMonthLine, as shown */
  GtkSizeGroup *widths[N_COLUMNS]; /* (owned) */
  gboolean updating;
  /* borrowed */
  GtkWidget *child;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (QcMonthTable, qc_month_table, GTK_TYPE_WIDGET)

enum { SELECTED, REVIEWED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkWidget *
add_cell (QcMonthTable *self, GtkWidget *line, int column, GtkWidget *cell)
{
  gtk_size_group_add_widget (self->widths[column], cell);
  gtk_box_append (GTK_BOX (line), cell);
  return cell;
}

static GtkWidget *
add_text (QcMonthTable *self, GtkWidget *line, int column, const char *text, gboolean number)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_hexpand (label, number);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  return add_cell (self, line, column, label);
}

static GtkWidget *
line_new (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 4);
  gtk_widget_set_margin_bottom (line, 4);
  return line;
}

static GtkWidget *
build_header (QcMonthTable *self)
{
  GtkWidget *line = line_new ();

  add_text (self, line, COLUMN_TICK, _ ("Reviewed"), FALSE);
  add_text (self, line, COLUMN_MONTH, _ ("Month"), FALSE);
  add_text (self, line, COLUMN_PREVIOUS, _ ("Previous month"), TRUE);
  add_text (self, line, COLUMN_ADDED, _ ("Added"), TRUE);
  add_text (self, line, COLUMN_REMOVED, _ ("Removed"), TRUE);
  add_text (self, line, COLUMN_NOW, _ ("This month"), TRUE);
  gtk_widget_add_css_class (line, "caption-heading");
  gtk_widget_add_css_class (line, "dim-label");
  return line;
}

static void
toggled_cb (GtkCheckButton *tick, QcMonthTable *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[REVIEWED], 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (tick), "month")),
                   gtk_check_button_get_active (tick));
}

/* Amounts of millions, and all in large text, stand below their headcount, or the last column would be pushed off a
 * small screen. */
static char *
dup_pair (gint64 people, QcMoney fen, gboolean tall)
{
  g_autofree char *count = qc_format_count (people);
  g_autofree char *money = qc_format_money (fen);

  if (tall)
    /* Translators: as "%s p. · %s", in two lines. */
    return g_strdup_printf (_ ("%s p.\n%s"), count, money);
  /* Translators: a headcount and the yuan paid for it, in a narrow column. */
  return g_strdup_printf (_ ("%s p. · %s"), count, money);
}

/* Whether headcount and amount stand below each other. */
static gboolean
is_tall (QcMonthTable *self, const QcMonthLine *line)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return MAX (line->previous_fen, qc_month_line_fen (line)) >= MILLION || dpi > LARGE_TEXT;
}

static void
add_row (QcMonthTable *self, const QcMonthLine *line)
{
  GtkWidget *box = line_new (), *row = gtk_list_box_row_new (), *tick = gtk_check_button_new (), *now;
  gboolean tall = is_tall (self, line);
  g_autofree char *month = qc_format_month (line->month);
  g_autofree char *previous = dup_pair (line->previous_people, line->previous_fen, tall);
  g_autofree char *added = dup_pair (line->added_people, line->added_fen, tall);
  g_autofree char *removed = dup_pair (line->removed_people, line->removed_fen, tall);
  g_autofree char *current = dup_pair (line->people, qc_month_line_fen (line), tall);
  g_autofree char *label = g_strdup_printf (_ ("%s is reviewed"), month);
  g_autofree char *spoken = g_strdup_printf (_ ("%s: previous month %s, added %s, removed %s, this month %s"), month,
                                             previous, added, removed, current);

  g_object_set_data (G_OBJECT (tick), "month", GINT_TO_POINTER (line->month));
  g_object_set_data (G_OBJECT (row), "month", GINT_TO_POINTER (line->month));
  g_object_set_data (G_OBJECT (row), "tick", tick);
  gtk_widget_set_tooltip_text (tick, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect (tick, "toggled", G_CALLBACK (toggled_cb), self);
  add_cell (self, box, COLUMN_TICK, tick);
  add_text (self, box, COLUMN_MONTH, month, FALSE);
  add_text (self, box, COLUMN_PREVIOUS, previous, TRUE);
  add_text (self, box, COLUMN_ADDED, added, TRUE);
  add_text (self, box, COLUMN_REMOVED, removed, TRUE);
  now = add_text (self, box, COLUMN_NOW, current, TRUE);
  gtk_widget_add_css_class (now, "heading");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->list, row);
}

static QcMonth
selected_month (QcMonthTable *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "month")) : QC_MONTH_NONE;
}

void
qc_month_table_select (QcMonthTable *self, QcMonth month)
{
  g_return_if_fail (QC_IS_MONTH_TABLE (self));
  for (int i = 0; i < (int)self->lines->len; i++)
    if (g_array_index (self->lines, QcMonthLine, i).month == month)
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
}

static void
make_rows (QcMonthTable *self, const GArray *lines)
{
  QcMonth month = selected_month (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
  g_array_set_size (self->lines, 0);
  if (lines)
    g_array_append_vals (self->lines, lines->data, lines->len);
  for (guint i = 0; i < self->lines->len; i++)
    add_row (self, &g_array_index (self->lines, QcMonthLine, i));
  qc_month_table_select (self, month);
  if (selected_month (self) == QC_MONTH_NONE && self->lines->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

void
qc_month_table_update (QcMonthTable *self, QcRemittanceService *service)
{
  QcRemittancePreview *preview = service ? qc_remittance_service_get_preview (service) : NULL;
  const GArray *lines = preview ? qc_remittance_preview_get_lines (preview) : NULL;
  guint n = lines ? lines->len : 0;

  g_return_if_fail (QC_IS_MONTH_TABLE (self));
  self->updating = TRUE;
  if (n != self->lines->len || (n > 0 && memcmp (lines->data, self->lines->data, n * sizeof (QcMonthLine)) != 0))
    make_rows (self, lines);
  for (guint i = 0; i < n; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int)i);

    gtk_check_button_set_active (
        g_object_get_data (G_OBJECT (row), "tick"),
        qc_remittance_service_is_reviewed (service, g_array_index (lines, QcMonthLine, i).month));
  }
  self->updating = FALSE;
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, QcMonthTable *self)
{
  if (row)
    g_signal_emit (self, signals[SELECTED], 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "month")));
}

static void
qc_month_table_dispose (GObject *object)
{
  QcMonthTable *self = QC_MONTH_TABLE (object);

  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->widths[i]);
  g_clear_pointer (&self->lines, g_array_unref);
  G_OBJECT_CLASS (qc_month_table_parent_class)->dispose (object);
}

static void
qc_month_table_class_init (QcMonthTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_month_table_dispose;
  signals[SELECTED] = g_signal_new ("selected", QC_TYPE_MONTH_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REVIEWED] = g_signal_new ("reviewed", QC_TYPE_MONTH_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_month_table_init (QcMonthTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->lines = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  for (guint i = 0; i < N_COLUMNS; i++)
    self->widths[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->child), build_header (self));
  gtk_box_append (GTK_BOX (self->child), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Months"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 150);
  gtk_box_append (GTK_BOX (self->child), scrolled);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
}

GtkWidget *
qc_month_table_new (void)
{
  return g_object_new (QC_TYPE_MONTH_TABLE, NULL);
}
