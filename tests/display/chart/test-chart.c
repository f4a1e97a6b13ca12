/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bar chart: its bars are list items with words, the keyboard goes from bar to bar and in and out by Tab, Enter
 * opens; the table says the same; the sentence says the highest, the lowest and the trend, on each border.
 */
#include <locale.h>

#include "play.h"
#include "qc-bar-plot.h"
#include "qc-bar.h"
#include "qc-month-charts.h"
#include "qc-month.h"

typedef struct {
  GtkWidget *window, *chart, *before, *behind; /* borrowed */
  char *opened;                                /* (owned) (nullable) */
} Stand;

static GListModel *
make_points (QcMonthChart chart, const QcMonthValues *values, guint n)
{
  GListStore *points = g_list_store_new (QC_TYPE_BAR_POINT);
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcBarPoint) point = qc_month_chart_point (chart, &values[i], i == 0);
    g_list_store_append (points, point);
  }
  return G_LIST_MODEL (points);
}

/* From November 2025 on: 100, 101 … people, and 1,000 yuan each. */
static GListModel *
make_months (QcMonthChart chart, guint n)
{
  g_autofree QcMonthValues *values = g_new0 (QcMonthValues, n);
  for (guint i = 0; i < n; i++)
    values[i] = (QcMonthValues) {qc_month_add (202511, (int)i), 100 + i, (100 + i) * 100000, i % 3, i % 2};
  return make_points (chart, values, n);
}

static void
open_cb (QcBarChart *chart, const char *target, Stand *stand)
{
  g_free (stand->opened);
  stand->opened = g_strdup (target);
}

static gboolean
is_there (gpointer data)
{
  return gtk_widget_get_width (data) > 0;
}

static void
stand_begin (Stand *stand, QcMonthChart chart, guint n_months)
{
  g_autoptr (GListModel) points = make_months (chart, n_months);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  stand->opened = NULL;
  stand->window = gtk_window_new ();
  stand->before = gtk_button_new_with_label ("before");
  stand->behind = gtk_button_new_with_label ("behind");
  stand->chart = qc_bar_chart_new (qc_month_chart_info (chart));
  qc_bar_chart_set_points (QC_BAR_CHART (stand->chart), points);
  g_signal_connect (stand->chart, "open", G_CALLBACK (open_cb), stand);
  gtk_box_append (GTK_BOX (column), stand->before);
  gtk_box_append (GTK_BOX (column), stand->chart);
  gtk_box_append (GTK_BOX (column), stand->behind);
  gtk_window_set_child (GTK_WINDOW (stand->window), column);
  gtk_window_set_default_size (GTK_WINDOW (stand->window), 900, 500);
  gtk_window_present (GTK_WINDOW (stand->window));
  play_wait (is_there, stand->chart, "the chart");
}

static void
stand_end (Stand *stand)
{
  gtk_window_destroy (GTK_WINDOW (stand->window));
  g_free (stand->opened);
}

static GtkWidget *
get_plot (Stand *stand)
{
  return play_find (stand->chart, QC_TYPE_BAR_PLOT);
}

static QcBar *
nth_bar (Stand *stand, guint n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (get_plot (stand)); child;
       child = gtk_widget_get_next_sibling (child))
    if (QC_IS_BAR (child) && n-- == 0)
      return QC_BAR (child);
  return NULL;
}

static gboolean
press (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean handled = FALSE;
    if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
      continue;
    g_signal_emit_by_name (controller, "key-pressed", key, 0u, state, &handled);
    return handled;
  }
  return FALSE;
}

static void
assert_on (Stand *stand, guint n)
{
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (stand->window)) == GTK_WIDGET (nth_bar (stand, n)));
}

static void
test_names (void)
{
  Stand stand;
  stand_begin (&stand, QC_MONTH_CHART_AMOUNT, 12);
  GtkWidget *plot = get_plot (&stand);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_LABEL, "Amount by month (yuan)");
  const char *sentence = "Highest in October 2026: 111,000.00; lowest in November 2025: 100,000.00. October 2026 "
                         "against November 2025: +11.0 %.";
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
  QcBar *bar = nth_bar (&stand, 11);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "October 2026, 111 people, 111,000.00 yuan");
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 12);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_RELATION_SET_SIZE, 12);
  g_assert_null (nth_bar (&stand, 12));
  stand_end (&stand);
}

static void
test_keys (void)
{
  Stand stand;
  stand_begin (&stand, QC_MONTH_CHART_AMOUNT, 30);
  GtkWidget *plot = get_plot (&stand);
  gtk_widget_grab_focus (plot);
  assert_on (&stand, 29); /* the newest */
  g_assert_true (press (plot, GDK_KEY_Right, 0));
  assert_on (&stand, 29);
  g_assert_true (press (plot, GDK_KEY_Left, 0));
  assert_on (&stand, 28);
  g_assert_nonnull (play_find_words (stand.chart, "March 2028, 128 people, 128,000.00 yuan"));
  g_assert_true (press (plot, GDK_KEY_Page_Up, 0));
  assert_on (&stand, 16);
  g_assert_true (press (plot, GDK_KEY_Home, 0));
  assert_on (&stand, 0);
  g_assert_true (press (plot, GDK_KEY_Left, 0));
  assert_on (&stand, 0);
  g_assert_true (press (plot, GDK_KEY_End, 0));
  assert_on (&stand, 29);
  g_assert_false (press (plot, GDK_KEY_Left, GDK_ALT_MASK)); /* another one's key */
  assert_on (&stand, 29);
  g_assert_false (press (plot, GDK_KEY_x, 0));
  g_assert_null (stand.opened);
  g_assert_true (press (plot, GDK_KEY_Return, 0));
  g_assert_cmpstr (stand.opened, ==, "inquiry/months:2028-04");
  stand_end (&stand);
}

/* One bar is where Tab stops; it stays so when the bars are made anew. */
static void
test_tab (void)
{
  Stand stand;
  stand_begin (&stand, QC_MONTH_CHART_HEADCOUNT, 12);
  GtkWidget *plot = get_plot (&stand);
  gtk_widget_grab_focus (plot);
  press (plot, GDK_KEY_Home, 0);
  press (plot, GDK_KEY_Right, 0);
  assert_on (&stand, 1);
  gtk_widget_child_focus (stand.window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (stand.window)) == stand.behind);
  gtk_widget_child_focus (stand.window, GTK_DIR_TAB_BACKWARD);
  assert_on (&stand, 1);
  g_autoptr (GListModel) more = make_months (QC_MONTH_CHART_HEADCOUNT, 14);
  qc_bar_chart_set_points (QC_BAR_CHART (stand.chart), more);
  assert_on (&stand, 1);
  stand_end (&stand);
}

static GtkColumnView *
find_table (Stand *stand)
{
  return GTK_COLUMN_VIEW (play_find (stand->chart, GTK_TYPE_COLUMN_VIEW));
}

static gboolean
has_table (gpointer data)
{
  Stand *stand = data;
  return find_table (stand) && play_find_words (stand->chart, "November 2025") != NULL;
}

static void
test_table (void)
{
  Stand stand;
  stand_begin (&stand, QC_MONTH_CHART_CHANGES, 3);
  g_assert_null (find_table (&stand));
  qc_bar_chart_set_table (QC_BAR_CHART (stand.chart), TRUE);
  play_wait (has_table, &stand, "the table");
  g_assert_null (get_plot (&stand)); /* not shown any more */
  g_assert_nonnull (play_find_words (stand.chart, "2 people"));
  g_signal_emit_by_name (find_table (&stand), "activate", 1u);
  g_assert_cmpstr (stand.opened, ==, "inquiry/months:2025-12");
  /* other points stand in the same table */
  g_autoptr (GListModel) more = make_months (QC_MONTH_CHART_CHANGES, 5);
  qc_bar_chart_set_points (QC_BAR_CHART (stand.chart), more);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (find_table (&stand)))), ==, 5);
  qc_bar_chart_set_table (QC_BAR_CHART (stand.chart), FALSE);
  g_assert_nonnull (get_plot (&stand));
  stand_end (&stand);
}

/* Fourteen years: all bars are there, those of the end are in sight, and a picture of them is made within a frame. */
static void
test_many (void)
{
  Stand stand;
  stand_begin (&stand, QC_MONTH_CHART_CHANGES, 14 * 12);
  GtkWidget *plot = get_plot (&stand);
  g_assert_nonnull (nth_bar (&stand, 14 * 12 - 1));
  g_assert_cmpint (gtk_widget_get_width (plot), >=, 14 * 12 * 2 * 8);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (plot, GTK_TYPE_SCROLLED_WINDOW)));
  g_assert_cmpfloat (gtk_adjustment_get_value (across), ==,
                     gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across));
  if (g_test_perf ()) {
    int width = gtk_widget_get_width (plot), height = gtk_widget_get_height (plot);
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
    gint64 start = g_get_monotonic_time ();
    gtk_widget_allocate (plot, width + 200, height, -1, NULL);
    GTK_WIDGET_GET_CLASS (plot)->snapshot (plot, snapshot);
    double ms = (double)(g_get_monotonic_time () - start) / 1000;
    g_test_message ("168 bars: %.1f ms", ms);
    g_assert_cmpfloat (ms, <, 16);
  }
  stand_end (&stand);
}

static void
check_sentence (QcMonthChart chart, const QcMonthValues *values, guint n, const char *expected)
{
  g_autoptr (GListModel) points = make_points (chart, values, n);
  g_autofree char *words = qc_bar_words_describe (qc_month_chart_info (chart), points);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_sentences (void)
{
  const QcMonthValues flat[] = {{202601, 7, 700}, {202602, 7, 700}};
  const QcMonthValues back[] = {{202601, 7, 700}, {202602, 9, 900}, {202603, 7, 700}};
  const QcMonthValues less[] = {{202601, 200, 0}, {202602, 199, 0}};
  const QcMonthValues from_nothing[] = {{202601, 0, 0}, {202602, 3, 0}};
  const QcMonthValues changes[] = {{202601, 0, 0, 2, 1}, {202602, 0, 0, 10, 0}};
  check_sentence (QC_MONTH_CHART_AMOUNT, NULL, 0, "There is nothing to draw yet.");
  check_sentence (QC_MONTH_CHART_AMOUNT, flat, 1, "The same everywhere: 7.00.");
  check_sentence (QC_MONTH_CHART_AMOUNT, flat, 2, "The same everywhere: 7.00.");
  check_sentence (QC_MONTH_CHART_AMOUNT, back, 3,
                  "Highest in February 2026: 9.00; lowest in January 2026: 7.00. March 2026 is as January 2026 was.");
  check_sentence (QC_MONTH_CHART_HEADCOUNT, less, 2,
                  "Highest in January 2026: 200 people; lowest in February 2026: 199 people. February 2026 against "
                  "January 2026: −0.5 %.");
  check_sentence (QC_MONTH_CHART_HEADCOUNT, from_nothing, 2,
                  "Highest in February 2026: 3 people; lowest in January 2026: 0 people.");
  check_sentence (QC_MONTH_CHART_CHANGES, changes, 2, "In all Joined: 12 people; Left: 1 person.");
}

static void
test_short (void)
{
  static const struct {
    QcBarMeasure measure;
    gint64 value;
    const char *expected;
  } rows[] = {
      {QC_BAR_MONEY, 0, "0"},
      {QC_BAR_MONEY, 99949, "999"},
      {QC_BAR_MONEY, 100000, "1.0k"},
      {QC_BAR_MONEY, 15360000, "153.6k"},
      {QC_BAR_MONEY, 100000000, "1.0M"},
      {QC_BAR_PEOPLE, 9999, "9,999"},
      {QC_BAR_PEOPLE, 10000, "10.0k"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = qc_bar_words_short (rows[i].measure, rows[i].value);
    g_assert_cmpstr (words, ==, rows[i].expected);
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart/names", test_names);
  g_test_add_func ("/chart/keys", test_keys);
  g_test_add_func ("/chart/tab", test_tab);
  g_test_add_func ("/chart/table", test_table);
  g_test_add_func ("/chart/many", test_many);
  g_test_add_func ("/chart/sentences", test_sentences);
  g_test_add_func ("/chart/short", test_short);
  return g_test_run ();
}
