/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-trends-view.h. Main thread.
 */
#include "qc-trends-view.h"

#include <glib/gi18n.h>

#include "qc-drop-down.h"
#include "qc-format.h"
#include "qc-month-charts.h"
#include "qc-trends.h"

struct _QcTrendsView {
  GtkWidget parent_instance;
  QcSession *session;                   /* (owned) */
  GCancellable *cancel;                 /* (owned) (nullable) */
  gboolean stale;                       /* to be read when it is mapped */
  GtkWidget *scroller;                  /* borrowed: the child */
  GtkWidget *period;                    /* borrowed */
  GtkWidget *months[QC_N_MONTH_CHARTS]; /* borrowed: QcBarChart */
  GtkWidget *bases;                     /* borrowed: QcBarChart */
  GtkWidget *as_of;                     /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcTrendsView, qc_trends_view, GTK_TYPE_WIDGET)

enum { OPEN, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  guint months; /* 0: all there are */
  const char *msgid;
} periods[] = {
    {12, N_ ("Last 12 months")},
    {36, N_ ("Last 3 years")},
    {60, N_ ("Last 5 years")},
    {0, N_ ("All times")},
};

static const QcBarInfo bases_info
    = {N_ ("People by contribution base"), N_ ("Contribution base"), {N_ ("People")}, QC_BAR_PEOPLE, FALSE};

static void
qc_trends_view_dispose (GObject *object)
{
  QcTrendsView *self = QC_TRENDS_VIEW (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_trends_view_parent_class)->dispose (object);
}

static void
qc_trends_view_class_init (QcTrendsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_trends_view_dispose;
  signals[OPEN] = g_signal_new ("open", QC_TYPE_TRENDS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_TRENDS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
map_cb (QcTrendsView *self)
{
  if (self->stale)
    qc_trends_view_reload (self);
}

static void
open_cb (QcBarChart *chart, const char *target, QcTrendsView *self)
{
  g_signal_emit (self, signals[OPEN], 0, target);
}

static GtkWidget *
add_chart (QcTrendsView *self, GtkWidget *column, const QcBarInfo *info)
{
  GtkWidget *chart = qc_bar_chart_new (info);
  g_signal_connect (chart, "open", G_CALLBACK (open_cb), self);
  gtk_widget_set_margin_bottom (chart, 12);
  gtk_box_append (GTK_BOX (column), chart);
  return chart;
}

static GtkWidget *
build_period (QcTrendsView *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (words, _ (periods[i].msgid));
  GtkWidget *period = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  qc_drop_down_set_name (GTK_DROP_DOWN (period), _ ("Period"));
  gtk_widget_set_halign (period, GTK_ALIGN_START);
  g_signal_connect_swapped (period, "notify::selected", G_CALLBACK (qc_trends_view_reload), self);
  return period;
}

static void
qc_trends_view_init (QcTrendsView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->stale = TRUE;
  self->period = build_period (self);
  gtk_box_append (GTK_BOX (column), self->period);
  for (guint i = 0; i < QC_N_MONTH_CHARTS; i++)
    self->months[i] = add_chart (self, column, qc_month_chart_info ((QcMonthChart)i));
  self->bases = add_chart (self, column, &bases_info);
  self->as_of = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->as_of), 1.0);
  gtk_label_set_wrap (GTK_LABEL (self->as_of), TRUE);
  gtk_widget_add_css_class (self->as_of, "dim-label");
  gtk_box_append (GTK_BOX (column), self->as_of);
  gtk_widget_add_css_class (column, "qc-column");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), column);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
qc_trends_view_new (QcSession *session)
{
  QcTrendsView *self = g_object_new (QC_TYPE_TRENDS_VIEW, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static void
show_months (QcTrendsView *self, const GArray *months, QcMonthChart chart)
{
  g_autoptr (GListStore) points = g_list_store_new (QC_TYPE_BAR_POINT);
  for (guint i = 0; i < months->len; i++) {
    const QcTrendMonth *month = &g_array_index (months, QcTrendMonth, i);
    const QcMonthValues values = {month->month, month->people, month->fen, month->joined, month->left};
    g_autoptr (QcBarPoint) point = qc_month_chart_point (chart, &values, i == 0);
    g_list_store_append (points, point);
  }
  qc_bar_chart_set_points (QC_BAR_CHART (self->months[chart]), G_LIST_MODEL (points));
}

/* Steps are of whole hundreds of yuan. */
static QcBarPoint *
point_of_bases (const QcTrendBases *step)
{
  g_autofree char *from = qc_format_count (step->from / 100);
  g_autofree char *to = qc_format_count (step->to / 100);
  g_autofree char *people = qc_format_people (step->people);
  g_autofree char *top = qc_bar_words_short (QC_BAR_PEOPLE, step->people);
  /* Translators: bases from the first amount on, below the second one. */
  g_autofree char *title = g_strdup_printf (_ ("%s to %s yuan"), from, to);
  /* Translators: what a screen reader says of a bar: bases from and to, how many people. */
  g_autofree char *words = g_strdup_printf (_ ("%s, %s"), title, people);
  return qc_bar_point_new (title, from, words, step->people > 0 ? top : NULL, NULL, step->people, 0);
}

static void
show_bases (QcTrendsView *self, const GArray *bases)
{
  g_autoptr (GListStore) points = g_list_store_new (QC_TYPE_BAR_POINT);
  for (guint i = 0; i < bases->len; i++) {
    g_autoptr (QcBarPoint) point = point_of_bases (&g_array_index (bases, QcTrendBases, i));
    g_list_store_append (points, point);
  }
  qc_bar_chart_set_points (QC_BAR_CHART (self->bases), G_LIST_MODEL (points));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcTrendsView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTrends) trends = qc_trends_load_finish (QC_SESSION (source), result, &error);
  if (!trends) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  for (guint i = 0; i < QC_N_MONTH_CHARTS; i++)
    show_months (self, trends->months, (QcMonthChart)i);
  show_bases (self, trends->bases);
  g_autofree char *time = qc_format_date_time (trends->as_of);
  g_autofree char *words = trends->as_of
                               ? g_strdup_printf (_ ("Data as of %s"), time)
                               : g_strdup (_ ("Not all data is here yet: rows and totals may be incomplete."));
  gtk_label_set_label (GTK_LABEL (self->as_of), words);
}

void
qc_trends_view_reload (QcTrendsView *self)
{
  g_return_if_fail (QC_IS_TRENDS_VIEW (self));
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  qc_trends_load_async (self->session, periods[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period))].months,
                        self->cancel, loaded_cb, g_object_ref (self));
}
