/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-bar-chart.h. The table is made when it is first asked for. Main thread.
 */
#include "qc-bar-chart.h"

#include <glib/gi18n.h>

#include "qc-bar-plot.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-spoken.h"
#include "qc-stack.h"

#define HEIGHT 190 /* pixels of bars or table */

struct _QcBarChart {
  GtkWidget parent_instance;
  const QcBarInfo *info;                   /* static */
  QcGridColumn columns[1 + QC_BAR_SERIES]; /* of the table */
  GListModel *points;                      /* (owned) */
  GtkWidget *column;                       /* borrowed: the child */
  GtkWidget *reading;                      /* borrowed: what the keyboard stands on */
  GtkWidget *toggle;                       /* borrowed */
  GtkWidget *stack;                        /* borrowed */
  GtkWidget *plot;                         /* borrowed */
  GtkWidget *sentence;                     /* borrowed */
  GtkSingleSelection *selection;           /* borrowed (nullable): of the table, once it is made */
};

G_DEFINE_FINAL_TYPE (QcBarChart, qc_bar_chart, GTK_TYPE_WIDGET)

enum { OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_bar_chart_dispose (GObject *object)
{
  QcBarChart *self = QC_BAR_CHART (object);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->points);
  G_OBJECT_CLASS (qc_bar_chart_parent_class)->dispose (object);
}

static void
qc_bar_chart_class_init (QcBarChartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_bar_chart_dispose;
  signals[OPEN]
      = g_signal_new ("open", QC_TYPE_BAR_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "barchart");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
qc_bar_chart_init (QcBarChart *self)
{
  self->points = G_LIST_MODEL (g_list_store_new (QC_TYPE_BAR_POINT));
}

static void
open_point (QcBarChart *self, QcBarPoint *point)
{
  if (point && qc_bar_point_get_target (point))
    g_signal_emit (self, signals[OPEN], 0, qc_bar_point_get_target (point));
}

/* --- the table --- */

static char *
cell_text (gpointer item, const QcGridColumn *column, gpointer user_data)
{
  const QcBarChart *self = user_data;
  if (column->tag < 0)
    return g_strdup (qc_bar_point_get_title (item));
  return qc_bar_words_value (self->info->measure, qc_bar_point_get_value (item, (guint)column->tag));
}

static char *
row_name (gpointer item, gpointer user_data)
{
  return g_strdup (qc_bar_point_get_words (item));
}

static void
row_activated_cb (GtkColumnView *grid, guint position, QcBarChart *self)
{
  g_autoptr (QcBarPoint) point = g_list_model_get_item (self->points, position);
  open_point (self, point);
}

static guint
fill_columns (QcBarChart *self)
{
  static const char *const ids[] = {"first", "second"};
  guint n = 1;
  self->columns[0] = (QcGridColumn) {
      .id = "place", .msgid = self->info->axis, .cell = cell_text, .kind = QC_GRID_CODE, .expand = TRUE, .tag = -1};
  for (guint i = 0; i < QC_BAR_SERIES && self->info->series[i]; i++)
    self->columns[n++] = (QcGridColumn) {
        .id = ids[i], .msgid = self->info->series[i], .cell = cell_text, .kind = QC_GRID_NUMBER, .tag = (int)i};
  return n;
}

static void
make_table (QcBarChart *self)
{
  guint n = fill_columns (self);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (self->points));
  GtkColumnView *grid
      = qc_grid_new (GTK_SELECTION_MODEL (selection), self->columns, n, _ (self->info->title), row_name, self);
  g_signal_connect (grid, "activate", G_CALLBACK (row_activated_cb), self);
  self->selection = selection;
  gtk_stack_add_named (GTK_STACK (self->stack), qc_grid_scroll (grid), "table");
}

static void
toggled_cb (GtkToggleButton *toggle, QcBarChart *self)
{
  gboolean table = gtk_toggle_button_get_active (toggle);
  if (table && !self->selection)
    make_table (self);
  qc_stack_show_named (self->stack, table ? "table" : "bars");
}

/* --- building --- */

static void
activated_cb (QcBarPlot *plot, QcBarPoint *point, QcBarChart *self)
{
  open_point (self, point);
}

static void
entered_cb (QcBarPlot *plot, QcBarPoint *point, QcBarChart *self)
{
  gtk_label_set_label (GTK_LABEL (self->reading), point ? qc_bar_point_get_words (point) : "");
}

/* The newest months are seen first. */
static void
across_changed_cb (GtkAdjustment *across)
{
  gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across));
}

static GtkWidget *
new_key (const char *name, const char *css_class)
{
  GtkWidget *key = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *look = g_object_new (GTK_TYPE_BOX, "css-name", "column", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *label = gtk_label_new (name);
  gtk_widget_add_css_class (look, css_class);
  gtk_widget_add_css_class (look, "key");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (key), look);
  gtk_box_append (GTK_BOX (key), label);
  return key;
}

static GtkWidget *
build_head (QcBarChart *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_ (self->info->title));
  gtk_widget_add_css_class (title, "heading");
  qc_spoken_heading (title);
  self->reading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->reading), 1.0);
  gtk_label_set_ellipsize (GTK_LABEL (self->reading), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->reading, TRUE);
  gtk_widget_add_css_class (self->reading, "numeric");
  self->toggle = gtk_toggle_button_new_with_label (_ ("Table"));
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (self->info->title), -1);
  g_signal_connect (self->toggle, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (head), title);
  if (self->info->series[1]) {
    gtk_box_append (GTK_BOX (head), new_key (_ (self->info->series[0]), "first"));
    gtk_box_append (GTK_BOX (head), new_key (_ (self->info->series[1]), "second"));
  }
  gtk_box_append (GTK_BOX (head), self->reading);
  gtk_box_append (GTK_BOX (head), self->toggle);
  return head;
}

static GtkWidget *
build_bars (QcBarChart *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->plot = qc_bar_plot_new (_ (self->info->title), self->info->series[1] ? 2 : 1);
  g_signal_connect (self->plot, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->plot, "entered", G_CALLBACK (entered_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->plot);
  qc_gtk_pass_wheel (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                    G_CALLBACK (across_changed_cb), NULL);
  return scroller;
}

GtkWidget *
qc_bar_chart_new (const QcBarInfo *info)
{
  QcBarChart *self = g_object_new (QC_TYPE_BAR_CHART, NULL);
  self->info = info;
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->stack = gtk_stack_new ();
  gtk_widget_set_size_request (self->stack, -1, HEIGHT);
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0.0);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_selectable (GTK_LABEL (self->sentence), TRUE);
  gtk_widget_set_can_focus (self->sentence, FALSE);
  gtk_widget_add_css_class (self->sentence, "dim-label");
  gtk_widget_add_css_class (self->sentence, "numeric");
  gtk_box_append (GTK_BOX (self->column), build_head (self));
  gtk_stack_add_named (GTK_STACK (self->stack), build_bars (self), "bars");
  gtk_box_append (GTK_BOX (self->column), self->stack);
  gtk_box_append (GTK_BOX (self->column), self->sentence);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
  qc_bar_chart_set_points (self, self->points);
  return GTK_WIDGET (self);
}

void
qc_bar_chart_set_points (QcBarChart *self, GListModel *points)
{
  g_return_if_fail (QC_IS_BAR_CHART (self) && G_IS_LIST_MODEL (points));
  g_autofree char *words = qc_bar_words_describe (self->info, points);
  g_set_object (&self->points, points);
  qc_bar_plot_set_points (QC_BAR_PLOT (self->plot), points);
  if (self->selection)
    gtk_single_selection_set_model (self->selection, points);
  gtk_label_set_label (GTK_LABEL (self->sentence), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->info->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
qc_bar_chart_set_table (QcBarChart *self, gboolean table)
{
  g_return_if_fail (QC_IS_BAR_CHART (self));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggle), table);
}
