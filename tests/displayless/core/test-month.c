/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Months, days and the clock.
 */
#include "qc-clock.h"
#include "qc-month.h"

static void
test_valid (void)
{
  g_assert_true (qc_month_is_valid (202611));
  g_assert_true (qc_month_is_valid (190001));
  g_assert_true (qc_month_is_valid (299912));
  g_assert_false (qc_month_is_valid (202600));
  g_assert_false (qc_month_is_valid (202613));
  g_assert_false (qc_month_is_valid (189912));
  g_assert_false (qc_month_is_valid (300001));
  g_assert_false (qc_month_is_valid (0));
  g_assert_false (qc_month_is_valid (-202611));
}

static void
test_arithmetic (void)
{
  g_assert_cmpint (qc_month_add (202611, 1), ==, 202612);
  g_assert_cmpint (qc_month_add (202612, 1), ==, 202701);
  g_assert_cmpint (qc_month_add (202601, -1), ==, 202512);
  g_assert_cmpint (qc_month_add (202611, 120), ==, 203611);
  g_assert_cmpint (qc_month_add (QC_MONTH_NONE, 5), ==, QC_MONTH_NONE);
  g_assert_cmpint (qc_month_diff (202611, 202611), ==, 0);
  g_assert_cmpint (qc_month_diff (202612, 202701), ==, 1);
  g_assert_cmpint (qc_month_diff (202701, 202612), ==, -1);
  for (int n = -300; n <= 300; n++)
    g_assert_cmpint (qc_month_diff (202611, qc_month_add (202611, n)), ==, n);
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    QcMonth month;
  } rows[] = {
      {"202611", 202611},
      {"2026-11", 202611},
      {"202612", 202612},
      {"2026年12月", 202612},
      {"202601", 202601},
      {"202600", 0},
      {"2026/11", 202611},
      {"2026年11月", 202611},
      {"２０２６１１", 202611},
      {" 2026-1 ", 202601},
      {"2026/01", 202601},
      {"2026年1月", 202601},
      {"202613", 0},
      {"20261", 0},
      {"2026", 0},
      {"2026-11-23", 0},
      {"2026年11", 0},
      {"202611月", 0},
      {"26-11", 0},
      {"2026-", 0},
      {"", 0},
      {NULL, 0},
      {"x", 0},
      {"2026-00", 0},
      {"-11", 0},
      {"年1月", 0},
      {"202-11", 0},
      {"2026-x", 0},
      {"20261x", 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (qc_month_parse (rows[i].text), ==, rows[i].month);
  }
}

static void
test_dates (void)
{
  g_assert_true (qc_date_is_valid (20240229));
  g_assert_false (qc_date_is_valid (20260229));
  g_assert_false (qc_date_is_valid (20261301));
  g_assert_false (qc_date_is_valid (20261100));
  g_assert_false (qc_date_is_valid (0));
  g_assert_cmpint (qc_date_add_days (20261231, 1), ==, 20270101);
  g_assert_cmpint (qc_date_add_days (20240301, -1), ==, 20240229);
  g_assert_cmpint (qc_date_diff_days (20261123, 20261124), ==, 1);
  for (QcDate date = 20240101; date < 20270102; date = qc_date_add_days (date, 1)) {
    g_assert_cmpint (qc_date_from_unix (qc_date_to_unix (date)), ==, date);
    g_assert_cmpint (qc_date_from_unix (qc_date_to_unix (date) - 1), ==, qc_date_add_days (date, -1));
  }
  g_assert_cmpint (qc_date_diff_days (20240301, 20240201), ==, -29);
  g_autofree char *day = qc_date_to_string (20261123);
  g_autofree char *month = qc_month_to_string (202611);
  g_autofree char *none = qc_month_to_string (QC_MONTH_NONE);
  g_assert_cmpstr (day, ==, "2026-11-23");
  g_assert_cmpstr (month, ==, "2026-11");
  g_assert_cmpstr (none, ==, "");
}

/* China's day begins at 16:00 UTC of the day before. */
static void
test_clock (void)
{
  gint64 now = 0;
  QcClock clock = qc_clock_fixed (&now);
  g_assert_cmpint (qc_clock_today (&clock), ==, 19700101);
  now = G_GINT64_CONSTANT (1793548799); /* 2026-11-01 15:59:59 UTC */
  g_assert_cmpint (qc_clock_today (&clock), ==, 20261101);
  now++;
  g_assert_cmpint (qc_clock_today (&clock), ==, 20261102);
  now = -8 * 3600 - 1;
  g_assert_cmpint (qc_clock_today (&clock), ==, 19691231);
  g_assert_cmpint (qc_clock_now (&clock), ==, now);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/month/valid", test_valid);
  g_test_add_func ("/core/month/arithmetic", test_arithmetic);
  g_test_add_func ("/core/month/parse", test_parse);
  g_test_add_func ("/core/month/dates", test_dates);
  g_test_add_func ("/core/month/clock", test_clock);
  return g_test_run ();
}
