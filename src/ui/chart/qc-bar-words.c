/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a chart says in words: values, and one sentence about the whole. Main thread.
 */
#include "qc-bar-chart.h"

#include <glib/gi18n.h>

#include "qc-format.h"

char *
qc_bar_words_value (QcBarMeasure measure, gint64 value)
{
  return measure == QC_BAR_MONEY ? qc_format_money (value) : qc_format_people (value);
}

char *
qc_bar_words_short (QcBarMeasure measure, gint64 value)
{
  double whole = measure == QC_BAR_MONEY ? (double)value / 100.0 : (double)value;
  /* Translators: "万" in Chinese counts ten thousands; elsewhere thousands are counted. */
  gboolean by_ten_thousand = g_str_equal (C_ ("amounts counted by", "1000"), "10000");
  double unit = by_ten_thousand ? 10000.0 : 1000.0;
  if (measure == QC_BAR_PEOPLE && value < 10000)
    return qc_format_count (value);
  if (whole < unit)
    return g_strdup_printf ("%.0f", whole);
  /* Translators: a short amount, in millions (in Chinese in hundred millions: %.1f亿). */
  if (whole >= unit * unit)
    return g_strdup_printf (_ ("%.1fM"), whole / unit / unit);
  /* Translators: a short amount, in thousands (in Chinese in ten thousands: %.1f万). */
  return g_strdup_printf (_ ("%.1fk"), whole / unit);
}

/* What is said of all points of one series. */
typedef struct {
  QcBarPoint *highest, *lowest, *first, *last; /* (owned) */
  gint64 sum;
} Extremes;

static void
extremes_clear (Extremes *e)
{
  g_clear_object (&e->highest);
  g_clear_object (&e->lowest);
  g_clear_object (&e->first);
  g_clear_object (&e->last);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Extremes, extremes_clear)

static gint64
value_of (QcBarPoint *point)
{
  return qc_bar_point_get_value (point, 0);
}

static void
look (Extremes *e, GListModel *points, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcBarPoint) point = g_list_model_get_item (points, i);
    e->sum += value_of (point);
    if (!e->first)
      g_set_object (&e->first, point);
    if (!e->highest || value_of (point) > value_of (e->highest))
      g_set_object (&e->highest, point);
    if (!e->lowest || value_of (point) < value_of (e->lowest))
      g_set_object (&e->lowest, point);
    g_set_object (&e->last, point);
  }
}

/* "+12.3": by how many hundredths the last is more than the first, rounded to tenths without a double. */
static char *
dup_percent (gint64 first, gint64 last)
{
  gint64 difference = last - first;
  gint64 tenths = (ABS (difference) * 1000 + first / 2) / first;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%d", difference < 0 ? "−" : "+", tenths / 10, (int)(tenths % 10));
}

static void
say_trend (const QcBarInfo *info, const Extremes *e, GString *words)
{
  gint64 first = value_of (e->first), last = value_of (e->last);
  if (!info->in_time || first <= 0)
    return;
  g_autofree char *percent = dup_percent (first, last);
  g_string_append_c (words, ' ');
  if (first == last)
    /* Translators: two places on the axis, the first month and the last one. */
    g_string_append_printf (words, _ ("%s is as %s was."), qc_bar_point_get_title (e->last),
                            qc_bar_point_get_title (e->first));
  else
    /* Translators: the last month, the first one, and the change with its sign: +12.3. */
    g_string_append_printf (words, _ ("%s against %s: %s %%."), qc_bar_point_get_title (e->last),
                            qc_bar_point_get_title (e->first), percent);
}

static char *
describe_one (const QcBarInfo *info, GListModel *points, guint n)
{
  g_auto (Extremes) e = {0};
  look (&e, points, n);
  GString *words = g_string_new (NULL);
  g_autofree char *highest = qc_bar_words_value (info->measure, value_of (e.highest));
  g_autofree char *lowest = qc_bar_words_value (info->measure, value_of (e.lowest));
  g_autofree char *sum = qc_bar_words_value (info->measure, e.sum);
  if (!info->in_time)
    /* Translators: the place with the highest bar, its value, and the sum of all. */
    g_string_append_printf (words, _ ("Most are in %s: %s of %s."), qc_bar_point_get_title (e.highest), highest, sum);
  else if (value_of (e.highest) == value_of (e.lowest))
    g_string_append_printf (words, _ ("The same everywhere: %s."), highest);
  else
    /* Translators: where the highest bar stands and its value, and the same of the lowest. */
    g_string_append_printf (words, _ ("Highest in %s: %s; lowest in %s: %s."), qc_bar_point_get_title (e.highest),
                            highest, qc_bar_point_get_title (e.lowest), lowest);
  if (value_of (e.highest) != value_of (e.lowest))
    say_trend (info, &e, words);
  return g_string_free (words, FALSE);
}

/* Two series beside each other are told by their sums. */
static char *
describe_two (const QcBarInfo *info, GListModel *points, guint n)
{
  gint64 sums[QC_BAR_SERIES] = {0};
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcBarPoint) point = g_list_model_get_item (points, i);
    for (guint k = 0; k < QC_BAR_SERIES; k++)
      sums[k] += qc_bar_point_get_value (point, k);
  }
  g_autofree char *first = qc_bar_words_value (info->measure, sums[0]);
  g_autofree char *second = qc_bar_words_value (info->measure, sums[1]);
  /* Translators: the names of two series, each with its sum: In all joined: 12 people; left: 5 people. */
  return g_strdup_printf (_ ("In all %s: %s; %s: %s."), _ (info->series[0]), first, _ (info->series[1]), second);
}

char *
qc_bar_words_describe (const QcBarInfo *info, GListModel *points)
{
  guint n = g_list_model_get_n_items (points);
  if (n == 0)
    return g_strdup (_ ("There is nothing to draw yet."));
  return info->series[1] ? describe_two (info, points, n) : describe_one (info, points, n);
}
