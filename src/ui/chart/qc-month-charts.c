/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-month-charts.h. Main thread.
 */
#include "qc-month-charts.h"

#include <glib/gi18n.h>

#include "qc-format.h"
#include "qc-month.h"

static const QcBarInfo infos[QC_N_MONTH_CHARTS] = {
    [QC_MONTH_CHART_AMOUNT] = {N_ ("Amount by month (yuan)"), N_ ("Month"), {N_ ("Amount")}, QC_BAR_MONEY, TRUE},
    [QC_MONTH_CHART_HEADCOUNT] = {N_ ("Headcount by month"), N_ ("Month"), {N_ ("Headcount")}, QC_BAR_PEOPLE, TRUE},
    [QC_MONTH_CHART_CHANGES]
    = {N_ ("Joined and left by month"), N_ ("Month"), {N_ ("Joined"), N_ ("Left")}, QC_BAR_PEOPLE, TRUE},
};

const QcBarInfo *
qc_month_chart_info (QcMonthChart chart)
{
  g_return_val_if_fail (chart < QC_N_MONTH_CHARTS, NULL);
  return &infos[chart];
}

/* January and the first one say the year. */
static char *
dup_tick (QcMonth month, gboolean with_year)
{
  if (with_year)
    return g_strdup_printf ("%d-%02d", qc_month_year (month), qc_month_number (month));
  return g_strdup_printf ("%02d", qc_month_number (month));
}

static char *
dup_words (const char *title, const QcMonthValues *values)
{
  g_autofree char *people = qc_format_people (values->people);
  g_autofree char *money = qc_format_money (values->fen);
  /* Translators: what a screen reader says of a bar: month, headcount, amount. */
  return g_strdup_printf (_ ("%s, %s, %s yuan"), title, people, money);
}

static QcBarPoint *
point_of_changes (const char *title, const char *tick, const char *target, const QcMonthValues *values)
{
  g_autofree char *joined = qc_format_people (values->joined);
  g_autofree char *left = qc_format_people (values->left);
  g_autofree char *top = values->joined || values->left ? g_strdup_printf ("+%" G_GINT64_FORMAT " −%" G_GINT64_FORMAT,
                                                                           values->joined, values->left)
                                                        : NULL;
  /* Translators: what a screen reader says of a bar: month, how many joined, how many left. */
  g_autofree char *words = g_strdup_printf (_ ("%s, joined: %s, left: %s"), title, joined, left);
  return qc_bar_point_new (title, tick, words, top, target, values->joined, values->left);
}

QcBarPoint *
qc_month_chart_point (QcMonthChart chart, const QcMonthValues *values, gboolean is_first)
{
  g_autofree char *title = qc_format_month (values->month);
  g_autofree char *tick = dup_tick (values->month, is_first || qc_month_number (values->month) == 1);
  g_autofree char *number = qc_month_to_string (values->month);
  g_autofree char *target = g_strconcat ("inquiry/months:", number, NULL);
  if (chart == QC_MONTH_CHART_CHANGES)
    return point_of_changes (title, tick, target, values);
  gint64 value = chart == QC_MONTH_CHART_AMOUNT ? values->fen : values->people;
  g_autofree char *words = dup_words (title, values);
  g_autofree char *top = qc_bar_words_short (infos[chart].measure, value);
  return qc_bar_point_new (title, tick, words, top, target, value, 0);
}
