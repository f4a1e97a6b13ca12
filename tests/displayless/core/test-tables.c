/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The tables that windows show as they are: what can be asked with its columns and codes, papers, states of a unit; and
 * which row of a policy counts in a month.
 */
#include "qc-application.h"
#include "qc-inquiry.h"
#include "qc-month.h"
#include "qc-paper-size.h"
#include "qc-policy.h"

/* Each column by its id; /n: how early it yields; + is summed, @ asked for its period, ? can be chosen, - is hidden. */
typedef struct {
  QcInquiry inquiry;
  const char *id;
  gboolean of_person;
  const char *columns;
} InquiryRow;

static const InquiryRow inquiry_rows[] = {
    {QC_INQUIRY_MONTHS, "months", FALSE,
     "month/0@ people/0 joined/3 left/3 unit/6+ personal/6+ amount/0+ method/2? serial/5 finished/4 entered-by/1-"},
    {QC_INQUIRY_BACK_PAYMENTS, "back-payments", FALSE,
     "serial/0 month/0@ people/5 unit/3+ personal/3+ amount/0+ state/0? method/1?- created/4 finished/2 reason/1"},
    {QC_INQUIRY_APPLICATIONS, "applications", FALSE,
     "serial/0 business/0? created/6@ start/4 end/4 people/5 amount/0+ state/0? draw/1- method/1- finished/3 "
     "entered-by/1- reviewed-by/1- reason/2"},
    {QC_INQUIRY_MOVEMENTS, "movements", FALSE,
     "serial/4 time/0@ kind/0? amount/0+ balance/0 business/5? start/3 end/3 people/2- text/1"},
    {QC_INQUIRY_PAID, "paid", TRUE, "month/0@ kind/0? base/2 unit/3+ personal/3+ amount/0+ serial/1"},
    {QC_INQUIRY_BASES, "bases", TRUE, "from/0@ base/0 setting/0? entered/1"},
    {QC_INQUIRY_CHANGES, "changes", TRUE, "created/0@ business/4? line/0 state/2? effective/3 serial/1"},
};

static void
test_inquiries (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (inquiry_rows), ==, QC_N_INQUIRIES);
  for (guint i = 0; i < G_N_ELEMENTS (inquiry_rows); i++) {
    const InquiryRow *row = &inquiry_rows[i];
    const QcInquiryInfo *info = qc_inquiry_info (row->inquiry);
    g_autoptr (GString) columns = g_string_new (NULL);
    guint periods = 0;
    for (guint k = 0; k < info->n_columns; k++) {
      const QcInquiryColumn *column = &info->columns[k];
      g_string_append_printf (columns, "%s%s/%u%s%s%s%s", k > 0 ? " " : "", column->id, column->yields,
                              column->sums ? "+" : "", column->period ? "@" : "", column->filter ? "?" : "",
                              column->hidden ? "-" : "");
      g_assert_cmpint (qc_inquiry_find_column (row->inquiry, column->id), ==, k);
      g_assert_true (!column->sums || column->type == QC_INQUIRY_MONEY);
      g_assert_true (!column->filter || qc_inquiry_type_is_code (column->type));
      periods += column->period;
    }
    g_assert_cmpstr (columns->str, ==, row->columns);
    g_assert_cmpuint (periods, ==, 1);
    g_assert_cmpuint (info->n_columns, <=, QC_INQUIRY_MAX_COLUMNS);
    g_assert_cmpstr (info->id, ==, row->id);
    g_assert_cmpint (info->of_person, ==, row->of_person);
    QcInquiry back = QC_N_INQUIRIES;
    g_assert_true (qc_inquiry_from_id (row->id, &back));
    g_assert_cmpint (back, ==, row->inquiry);
    g_assert_cmpint (qc_inquiry_find_column (row->inquiry, "unheard-of"), ==, -1);
  }
  QcInquiry back = QC_INQUIRY_PAID;
  g_assert_false (qc_inquiry_from_id ("unheard-of", &back));
  g_assert_false (qc_inquiry_from_id (NULL, &back));
  g_assert_cmpint (back, ==, QC_INQUIRY_PAID);
  g_assert_cmpint (qc_inquiry_find_type (QC_INQUIRY_MONTHS, QC_INQUIRY_MONTH), ==, 0);
  g_assert_cmpint (qc_inquiry_find_type (QC_INQUIRY_APPLICATIONS, QC_INQUIRY_MONTH), ==, 3); /* the first of two */
  g_assert_cmpint (qc_inquiry_find_type (QC_INQUIRY_CHANGES, QC_INQUIRY_SERIAL), ==, 5);
  g_assert_cmpint (qc_inquiry_find_type (QC_INQUIRY_CHANGES, QC_INQUIRY_MONEY), ==, -1);
}

static const struct {
  QcInquiryType type;
  const char *words; /* code=word in the order in which they are offered */
} code_rows[] = {
    {QC_INQUIRY_BUSINESS,
     "remittance=Remittance back-payment=Back payment account-opening=Opening of individual accounts "
     "transfer=Same-city transfer sealing=Sealing and unsealing base-adjustment=Base adjustment "
     "unit-change=Change of unit registration retirement=Authorization of later retirement"},
    {QC_INQUIRY_STATE, "registered=Registered in-review=In review accepted=Accepted finished=Finished "
                       "returned=Returned cancelled=Cancelled deleted=Deleted"},
    {QC_INQUIRY_DRAW, NULL},
    {QC_INQUIRY_METHOD, "collection=Collection transfer=Transfer by the unit"},
    {QC_INQUIRY_MOVEMENT,
     "draw=Collected from the bank arrival=Money arrived booking=Booked to accounts refund=Refunded"},
    {QC_INQUIRY_SPAN, "remittance=Remittance back-payment=Back payment"},
    {QC_INQUIRY_SETTING, "usual=As usual retroactive=Set later by the center"},
};

static void
test_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_rows); i++) {
    g_autoptr (GString) words = g_string_new (NULL);
    const char *const *codes = qc_inquiry_codes (code_rows[i].type);
    for (guint k = 0; codes[k] != NULL; k++) {
      const char *word = qc_inquiry_code_to_msgid (code_rows[i].type, codes[k]);
      g_assert_nonnull (word);
      g_string_append_printf (words, "%s%s=%s", k > 0 ? " " : "", codes[k], word);
    }
    if (code_rows[i].words != NULL)
      g_assert_cmpstr (words->str, ==, code_rows[i].words);
    g_assert_null (qc_inquiry_code_to_msgid (code_rows[i].type, "unheard-of"));
    g_assert_null (qc_inquiry_code_to_msgid (code_rows[i].type, NULL));
  }
  g_assert_null (qc_inquiry_code_to_msgid (QC_INQUIRY_METHOD, "none")); /* no method is no word */
  g_assert_null (qc_inquiry_code_to_msgid (QC_INQUIRY_TEXT, "remittance"));
}

static void
test_papers (void)
{
  static const struct {
    const char *code;
    double width, height, side, edge;
  } rows[QC_N_PAPER_SIZES] = {
      [QC_PAPER_A4] = {"a4", 210, 297, 15, 12},
      [QC_PAPER_A4_LANDSCAPE] = {"a4-landscape", 297, 210, 12, 12},
      [QC_PAPER_A5_LANDSCAPE] = {"a5-landscape", 210, 148, 10, 8},
      [QC_PAPER_FORM_241] = {"form-241", 241, 140, 16, 7},
  };
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++) {
    const QcPaperInfo *info = qc_paper_info ((QcPaperSize)i);
    g_assert_cmpstr (info->code, ==, rows[i].code);
    g_assert_cmpfloat (info->width, ==, rows[i].width);
    g_assert_cmpfloat (info->height, ==, rows[i].height);
    g_assert_true (info->msgid != NULL && info->sheet != NULL);
    QcPaper paper = qc_paper_new ((QcPaperSize)i);
    g_assert_cmpint (paper.size, ==, i);
    g_assert_true (paper.left == rows[i].side && paper.right == rows[i].side);
    g_assert_true (paper.top == rows[i].edge && paper.bottom == rows[i].edge);
    QcPaperSize back = (QcPaperSize)99;
    g_assert_true (qc_paper_size_from_code (rows[i].code, &back));
    g_assert_cmpint (back, ==, i);
  }
  QcPaperSize back = QC_PAPER_FORM_241;
  g_assert_false (qc_paper_size_from_code ("letter", &back));
  g_assert_false (qc_paper_size_from_code (NULL, &back));
  g_assert_cmpint (back, ==, QC_PAPER_FORM_241);
}

static void
test_unit_states (void)
{
  QcUnitStatus back = QC_UNIT_SEALED;
  g_assert_false (qc_unit_status_from_code ("unheard-of", &back));
  g_assert_false (qc_unit_status_from_code (NULL, &back));
  g_assert_cmpint (back, ==, QC_UNIT_SEALED);
  g_assert_cmpstr (qc_unit_status_to_code ((QcUnitStatus)77), ==, "other"); /* one of a newer center */
  g_assert_cmpstr (qc_unit_status_to_msgid ((QcUnitStatus)77), ==, "Other");
  g_assert_cmpstr (qc_unit_status_to_msgid (QC_UNIT_NORMAL), ==, "Normal");
  g_assert_cmpstr (qc_unit_status_to_msgid (QC_UNIT_CLOSED), ==, "Account closed");
}

/* The last row that is not later counts; one whose rounding only a newer version knows counts as none. */
static void
test_policy_at (void)
{
  const QcPolicy policies[] = {
      {.from = 202407, .unit_rounding = QC_ROUNDING_DROP_JIAO, .personal_rounding = QC_ROUNDING_DROP_JIAO},
      {.from = 202507, .unit_rounding = QC_ROUNDING_OTHER, .personal_rounding = QC_ROUNDING_DROP_JIAO},
      {.from = 202601, .unit_rounding = QC_ROUNDING_DROP_JIAO, .personal_rounding = QC_ROUNDING_OTHER},
      {.from = 202607},
  };
  const QcRatios ratios[] = {{.from = 202407}, {.from = 202507}};
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_array_append_vals (rows, policies, G_N_ELEMENTS (policies));
  g_array_append_vals (parts, ratios, G_N_ELEMENTS (ratios));
  static const struct {
    QcMonth month;
    int policy, ratios; /* which row, −1: none */
  } cases[] = {{202406, -1, -1}, {202407, 0, 0},  {202506, 0, 0}, {202507, -1, 1},
               {202601, -1, 1},  {202606, -1, 1}, {202607, 3, 1}, {209912, 3, 1}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const QcPolicy *policy = qc_policy_at (rows, cases[i].month);
    const QcRatios *part = qc_ratios_at (parts, cases[i].month);
    g_test_message ("%d", cases[i].month);
    g_assert_true (policy == (cases[i].policy >= 0 ? &g_array_index (rows, QcPolicy, cases[i].policy) : NULL));
    g_assert_true (part == (cases[i].ratios >= 0 ? &g_array_index (parts, QcRatios, cases[i].ratios) : NULL));
  }
  g_assert_null (qc_policy_at (NULL, 202607));
  g_assert_null (qc_ratios_at (NULL, 202607));
}

static void
test_fund_year (void)
{
  static const struct {
    int start; /* −1: no policy */
    QcMonth month, first;
  } rows[] = {
      {7, 202606, 202507}, {7, 202607, 202607},  {7, 202608, 202607},  {7, 202601, 202507},   {7, 202512, 202507},
      {1, 202601, 202601}, {1, 202612, 202601},  {12, 202611, 202512}, {12, 202612, 202612},  {2, 202601, 202502},
      {0, 202606, 202601}, {13, 202606, 202601}, {-1, 202606, 202601}, {-25, 202606, 202601},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcPolicy policy = {.fund_year_start = rows[i].start};
    g_test_message ("from month %d: %d", rows[i].start, rows[i].month);
    g_assert_cmpint (qc_policy_fund_year (rows[i].start == -1 ? NULL : &policy, rows[i].month), ==, rows[i].first);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/tables/inquiries", test_inquiries);
  g_test_add_func ("/core/tables/codes", test_codes);
  g_test_add_func ("/core/tables/papers", test_papers);
  g_test_add_func ("/core/tables/unit-states", test_unit_states);
  g_test_add_func ("/core/tables/policy-at", test_policy_at);
  g_test_add_func ("/core/tables/fund-year", test_fund_year);
  return g_test_run ();
}
