/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-month-chart.h. Main thread.
 */
#include "qc-month-chart.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-month.h"

#define N_MONTHS   12
#define SMALL_TEXT 0.82f
#define HEIGHT     150

struct _QcMonthChart {
  GtkWidget parent_instance;
  GArray *months; /* (owned) QcMonthFigure */
};

G_DEFINE_FINAL_TYPE (QcMonthChart, qc_month_chart, GTK_TYPE_WIDGET)

static void
qc_month_chart_finalize (GObject *object)
{
  g_array_unref (QC_MONTH_CHART (object)->months);
  G_OBJECT_CLASS (qc_month_chart_parent_class)->finalize (object);
}

static void
qc_month_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 280;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 640;
  *minimum_baseline = *natural_baseline = -1;
}

static QcMoney
largest (GArray *months)
{
  QcMoney most = 1;
  for (guint i = 0; i < months->len; i++)
    most = MAX (most, g_array_index (months, QcMonthFigure, i).fen);
  return most;
}

/* 1234567 fen → "1.2万" in Chinese, "12.3k" elsewhere, then 亿 and M: only a hint above a bar, the exact figure is the
 * tooltip. */
static char *
dup_short_amount (QcMoney fen)
{
  double yuan = fen / 100.0;
  /* Translators: "万" in Chinese counts ten thousands; elsewhere thousands are counted. */
  gboolean by_ten_thousand = g_str_equal (C_ ("amounts counted by", "1000"), "10000");
  double unit = by_ten_thousand ? 10000.0 : 1000.0;
  if (yuan < unit)
    return g_strdup_printf ("%.0f", yuan);
  /* Translators: a short amount, in millions (in Chinese in hundred millions: %.1f亿). */
  if (yuan >= unit * unit)
    return g_strdup_printf (_ ("%.1fM"), yuan / unit / unit);
  /* Translators: a short amount, in thousands (in Chinese in ten thousands: %.1f万). */
  return g_strdup_printf (_ ("%.1fk"), yuan / unit);
}

/* How high a line of small text stands: the user's text may be large. */
static float
line_height (QcMonthChart *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0月万");
  int height;
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height * SMALL_TEXT;
}

static void
draw_text (QcMonthChart *self, GtkSnapshot *snapshot, const char *text, const GdkRGBA *color, float center, float top,
           float room)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_TEXT));
  pango_layout_set_attributes (layout, attributes);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (center - width / 2.0f, top));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static char *
dup_month_label (QcMonth month, gboolean with_year)
{
  if (with_year)
    return g_strdup_printf ("%d-%02d", qc_month_year (month), qc_month_number (month));
  return g_strdup_printf ("%02d", qc_month_number (month));
}

static void
qc_month_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  QcMonthChart *self = QC_MONTH_CHART (widget);
  GdkRGBA text;
  GdkRGBA bar = {0.21, 0.52, 0.89, 1};
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gtk_style_context_get_color (style, &text);
  gtk_style_context_lookup_color (style, "accent_color", &bar);
  GdkRGBA faint = text;
  faint.alpha *= 0.7f;
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float line = line_height (self) + 4; /* above a bar, and below the axis */
  float step = width / N_MONTHS;
  float room = height - 2 * line;
  QcMoney most = largest (self->months);
  gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, height - line, width, 1));
  for (guint i = 0; i < self->months->len && i < N_MONTHS; i++) {
    const QcMonthFigure *month = &g_array_index (self->months, QcMonthFigure, i);
    float size = room * (float)((double)month->fen / (double)most);
    float top = height - line - size, thick = MIN (step * 0.55f, 40);
    float center = step * (i + 0.5f);
    g_autofree char *label = dup_month_label (month->month, i == 0 || qc_month_number (month->month) == 1);
    g_autofree char *amount = dup_short_amount (month->fen);
    gtk_snapshot_append_color (snapshot, &bar, &GRAPHENE_RECT_INIT (center - thick / 2, top, thick, size));
    draw_text (self, snapshot, amount, &text, center, top - line + 1, step);
    draw_text (self, snapshot, label, &faint, center, height - line + 3, step);
  }
}

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  QcMonthChart *self = QC_MONTH_CHART (widget);
  int width = MAX (gtk_widget_get_width (widget), 1);
  guint i = (guint)CLAMP (x * N_MONTHS / width, 0, N_MONTHS - 1);
  if (i >= self->months->len)
    return FALSE;
  const QcMonthFigure *month = &g_array_index (self->months, QcMonthFigure, i);
  g_autofree char *name = qc_format_month (month->month);
  g_autofree char *amount = qc_format_yuan (month->fen);
  g_autofree char *people = qc_format_people (month->people);
  g_autofree char *text = g_strdup_printf ("%s\n%s · %s", name, people, amount);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
qc_month_chart_class_init (QcMonthChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = qc_month_chart_finalize;
  widget_class->measure = qc_month_chart_measure;
  widget_class->snapshot = qc_month_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "monthchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
qc_month_chart_init (QcMonthChart *self)
{
  self->months = g_array_new (FALSE, FALSE, sizeof (QcMonthFigure));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
qc_month_chart_new (void)
{
  return g_object_new (QC_TYPE_MONTH_CHART, NULL);
}

void
qc_month_chart_set_months (QcMonthChart *self, GArray *months)
{
  g_return_if_fail (QC_IS_MONTH_CHART (self));
  g_array_unref (self->months);
  self->months = g_array_ref (months);
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < months->len; i++) {
    const QcMonthFigure *month = &g_array_index (months, QcMonthFigure, i);
    g_autofree char *name = qc_format_month (month->month);
    g_autofree char *amount = qc_format_money (month->fen);
    g_autofree char *people = qc_format_people (month->people);
    g_string_append_printf (words, "%s%s: %s, %s", i > 0 ? "; " : "", name, people, amount);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Amounts of the last twelve months"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words->str, -1);
  g_string_free (words, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
