/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Small functions that everybody shows things with: numbers, times, documents, names of files, the mark of a unit, and
 * whether a month is due.
 */
#include <string.h>

#include "qc-file-name.h"
#include "qc-format.h"
#include "qc-month-due.h"
#include "qc-unit-mark.h"

static void
assert_text (char *take_text, const char *expected)
{
  g_autofree char *text = take_text;
  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  assert_text (qc_format_money (1234567), "12,345.67");
  assert_text (qc_format_yuan (0), "￥0.00");
  assert_text (qc_format_count (0), "0");
  assert_text (qc_format_count (1234567), "1,234,567");
  assert_text (qc_format_people (1), "1 person");
  assert_text (qc_format_people (2), "2 people");
  assert_text (qc_format_people (G_GINT64_CONSTANT (4294967297)), "4,294,967,297 people");
  assert_text (qc_format_fields (1), "1 field");
  assert_text (qc_format_fields (2), "2 fields");
  assert_text (qc_format_lines (1), "1 line");
  assert_text (qc_format_lines (1200), "1,200 lines");
}

/* China's time, wherever this computer stands. */
static void
test_times (void)
{
  assert_text (qc_format_month (QC_MONTH_NONE), "");
  assert_text (qc_format_month (202611), "November 2026");
  assert_text (qc_format_months (202611, 202611), "November 2026");
  assert_text (qc_format_months (202601, 202612), "January – December 2026");
  assert_text (qc_format_months (202612, 202701), "December 2026 – January 2027");
  assert_text (qc_format_months (202601, 202701), "January 2026 – January 2027");
  assert_text (qc_format_months (202612, QC_MONTH_NONE), "December 2026 – ");
  assert_text (qc_format_months (QC_MONTH_NONE, 202612), " – December 2026");
  assert_text (qc_format_date (QC_DATE_NONE), "");
  assert_text (qc_format_date (20261123), "2026-11-23");
  assert_text (qc_format_date_time (0), "");
  assert_text (qc_format_date_time (1795320000), "2026-11-22 12:00");
  assert_text (qc_format_date_time (G_MAXINT64), "");
  assert_text (qc_format_time (0), "");
  assert_text (qc_format_time (G_MAXINT64), "");
  assert_text (qc_format_time (1763784000), "2025-11-22 12:00"); /* another year */
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  static const int days[] = {-366, -365, -1, 0, 1, 365, 366};
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *text = qc_format_time (now + days[i] * 86400);
    g_assert_cmpuint (strlen (text), ==, days[i] == 0 ? 5 : 16);
  }
}

/* The middle is hidden as soon as there is one. */
static void
test_documents (void)
{
  assert_text (qc_format_document (NULL), "");
  assert_text (qc_format_document ("12345678901"), "12345678901");
  assert_text (qc_format_document ("123456789012"), "123456**9012");
  assert_text (qc_format_document ("231102199003070016"), "231102********0016");
}

static void
test_file_names (void)
{
  g_autofree char *long_name = g_strnfill (41, 'x'), *most = g_strnfill (40, 'x');
  g_autofree char *expected = g_strdup_printf ("%s_u.pdf", most);
  assert_text (qc_file_name_make ("汇缴清册", "某某公司", "2026-11", ".pdf"), "汇缴清册_某某公司_2026-11.pdf");
  assert_text (qc_file_name_make ("t", "u", NULL, ".pdf"), "t_u.pdf");
  assert_text (qc_file_name_make ("t", "u", "", ".pdf"), "t_u.pdf");
  assert_text (qc_file_name_make ("a/b\\c:d*e?f", "\"<>|.", "\t x", ""), "a_b_c_d_e_f_________x");
  assert_text (qc_file_name_make (most, "u", NULL, ".pdf"), expected);
  assert_text (qc_file_name_make (long_name, "u", NULL, ".pdf"), expected);
}

static void
test_marks (void)
{
  static const struct {
    const char *label;
    int colour;
    const char *shown;
    guint taken;
  } rows[] = {{NULL, 0, "爱辉某某商贸", 0},
              {"甲", 1, "甲", 1},
              {"甲", -1, "甲", 0},
              {"甲", QC_N_UNIT_COLOURS - 1, "甲", QC_N_UNIT_COLOURS - 1},
              {"甲", QC_N_UNIT_COLOURS, "甲", QC_N_UNIT_COLOURS - 1}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcUnitChoice *choice = g_new0 (QcUnitChoice, 1);
    choice->name = g_strdup ("爱辉某某商贸有限公司");
    qc_unit_choice_take_mark (choice, rows[i].label, rows[i].colour);
    g_assert_cmpstr (choice->label, ==, rows[i].shown);
    g_assert_cmpuint (choice->colour, ==, rows[i].taken);
    qc_unit_choice_free (choice);
  }
}

static void
test_due (void)
{
  static const struct {
    QcUnitStatus status;
    QcMonth paid_to, first, current;
    gint64 open, queued;
    gboolean due;
  } rows[]
      = {{QC_UNIT_NORMAL, 202609, 202001, 202610, 0, 0, TRUE},  {QC_UNIT_NORMAL, 202609, 202001, 202609, 0, 0, FALSE},
         {QC_UNIT_NORMAL, 202609, 202001, 202611, 0, 0, TRUE},  {QC_UNIT_NORMAL, 202609, 202001, 202610, 1, 0, FALSE},
         {QC_UNIT_NORMAL, 202609, 202001, 202610, 0, 1, FALSE}, {5, 202609, 202001, 202610, 0, 0, FALSE},
         {QC_UNIT_NORMAL, 0, 202610, 202610, 0, 0, TRUE},       {QC_UNIT_NORMAL, 0, 0, 202610, 0, 0, FALSE}};
  g_assert_false (qc_month_is_due (NULL, 202610, &(QcStoreBadges) {0}));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcUnit) unit = qc_unit_new ();
    QcStoreBadges badges = {0};
    unit->status = rows[i].status;
    unit->paid_to = rows[i].paid_to;
    unit->first_month = rows[i].first;
    badges.open[QC_BUSINESS_REMITTANCE] = rows[i].open;
    badges.queued[QC_BUSINESS_REMITTANCE] = rows[i].queued;
    g_assert_cmpint (qc_month_is_due (unit, rows[i].current, &badges), ==, rows[i].due);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/documents", test_documents);
  g_test_add_func ("/format/file-names", test_file_names);
  g_test_add_func ("/format/marks", test_marks);
  g_test_add_func ("/format/due", test_due);
  return g_test_run ();
}
