/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴清册 and 补缴说明 as pdftotext reads them: every line once and in order, the sums of the pages make the whole,
 * check code and unit on each page, the paragraphs whole and no figure broken.
 */
#include <string.h>
#include "fixture.h"
#include "qc-money-words.h"
#include "qc-stamped.h"

static Stage stage;

static GPtrArray *
codes_new (void)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_code_free);
  QcCode *code = g_new0 (QcCode, 1);
  code->list = g_strdup ("back-payment-reason");
  code->code = g_strdup ("01");
  code->label = g_strdup ("漏缴");
  g_ptr_array_add (codes, code);
  return codes;
}

static QcRoster *
roster_new (guint n)
{
  QcRoster *roster = qc_roster_new ();
  for (guint i = 0; i < n; i++) {
    QcRosterLine *line = qc_roster_line_new ();
    line->name = i == 1 ? g_strdup ("王𠮷三") : g_strdup_printf ("职工%u", i + 1);
    line->account = g_strdup_printf ("23110000%06u", i + 1);
    line->document = g_strdup ("231102199003070016");
    line->reason = g_strdup ("01");
    line->from = 202601;
    line->to = 202603;
    line->new_base = i % 2 ? 500000 : 0;
    line->unit_fen = 180000 + i;
    line->personal_fen = 180000;
    qc_roster_take (roster, -1, line);
  }
  return roster;
}

static QcStampedPaper
paper_of (const QcRoster *roster, const GPtrArray *codes)
{
  return (QcStampedPaper) {
      .center = "黑河市住房公积金管理中心",
      .unit_name = "黑河市爱辉区第一中学",
      .unit = "231100000042",
      .handler = "张敏",
      .method = QC_METHOD_TRANSFER,
      .date = 20261130,
      .roster = roster,
      .codes = codes,
      .check_code = "K7M4XH2P",
      .statement
      = "我单位职工王𠮷三因入职手续办理较晚，2026年1月至2026年3月未缴存住房公积金，现申请补缴，合计10,800.00元。\n"
        "以上情况属实，如有不实，由我单位承担相应责任。",
  };
}

/* The text of each page; where @name is given the file stays to be looked at. */
static GPtrArray *
pages_of (const QcStampedPaper *paper, QcStampedKind kind, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = stage_path (&stage, name);
  g_autoptr (GBytes) pdf = qc_stamped_to_pdf (stage.font, paper, kind, SIGNED_AT, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  const char *const argv[] = {"pdftotext", "-layout", path, "-", NULL};
  g_autofree char *text = run (argv);
  g_auto (GStrv) split = g_strsplit (text, "\f", -1);
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; split[i] && *split[i]; i++)
    g_ptr_array_add (pages, g_strdup (split[i]));
  return pages;
}

/* The last amount in the line of @page that begins with @title. */
static QcMoney
amount_after (const char *page, const char *title)
{
  const char *line = strstr (page, title);
  g_assert_nonnull (line);
  const char *end = strchr (line + 1, '\n');
  while (end > line && end[-1] == ' ')
    end--;
  const char *begin = end;
  while (begin > line && begin[-1] != ' ')
    begin--;
  g_autofree char *text = g_strndup (begin, (gsize)(end - begin));
  QcMoney fen;
  g_assert_true (qc_money_parse (text, &fen));
  return fen;
}

static char *
dup_unspaced (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  return g_strjoinv ("", parts);
}

static void
check_roster (guint n, guint n_pages)
{
  g_autoptr (QcRoster) roster = roster_new (n);
  g_autoptr (GPtrArray) codes = codes_new ();
  QcStampedPaper paper = paper_of (roster, codes);
  g_autofree char *name = g_strdup_printf ("roster-%u.pdf", n);
  g_autoptr (GPtrArray) pages = pages_of (&paper, QC_STAMPED_ROSTER, name);
  g_assert_cmpuint (pages->len, ==, n_pages);
  QcMoney sum = 0, all = 0;
  guint line = 0;
  for (guint i = 0; i < pages->len; i++) {
    const char *page = g_ptr_array_index (pages, i), *place = page;
    g_autofree char *number = g_strdup_printf ("第%u页共%u页", i + 1, n_pages), *plain = dup_unspaced (page);
    g_assert_nonnull (strstr (page, "K7M4 XH2P"));
    g_assert_nonnull (strstr (page, "黑河市爱辉区第一中学（231100000042）"));
    g_assert_nonnull (strstr (plain, number));
    for (; line < n; line++) {
      const QcRosterLine *wanted = g_ptr_array_index (roster->lines, line);
      const char *found = strstr (place, wanted->account);
      if (!found)
        break;
      place = found;
      all += qc_roster_line_fen (wanted);
    }
    sum += amount_after (page, "本页小计");
  }
  g_assert_cmpuint (line, ==, n);
  const char *last = g_ptr_array_index (pages, pages->len - 1);
  g_autofree char *words = qc_money_to_words (all);
  g_assert_cmpint (sum, ==, all);
  g_assert_cmpint (amount_after (last, "\n合计 "), ==, all);
  g_assert_nonnull (strstr (last, words));
  g_assert_nonnull (strstr (last, "加盖公章"));
}

static void
test_roster (void)
{
  check_roster (0, 1);
  check_roster (1, 1);
  check_roster (17, 1); /* with the signatures */
  check_roster (18, 2);
  check_roster (24, 2);
  check_roster (25, 2);
  check_roster (41, 2);
  check_roster (42, 3);
  check_roster (500, 22);
}

static void
test_words (void)
{
  g_autoptr (QcRoster) roster = roster_new (2);
  g_autoptr (GPtrArray) codes = codes_new ();
  QcStampedPaper paper = paper_of (roster, codes);
  g_autoptr (GPtrArray) pages = pages_of (&paper, QC_STAMPED_ROSTER, "roster-words.pdf");
  const char *page = g_ptr_array_index (pages, 0);
  g_assert_nonnull (strstr (page, "王𠮷三")); /* beyond the BMP */
  g_assert_nonnull (strstr (page, "漏缴"));
  g_assert_nonnull (strstr (page, "2026年01月"));
  g_assert_nonnull (strstr (page, "按各月"));
  g_assert_nonnull (strstr (page, "5,000.00"));
  g_assert_null (strstr (page, "演练"));
  paper.practice = TRUE;
  g_autoptr (GPtrArray) practice = pages_of (&paper, QC_STAMPED_ROSTER, "roster-practice.pdf");
  g_assert_nonnull (strstr (g_ptr_array_index (practice, 0), "不具任何效力"));
  g_autofree char *name = qc_stamped_dup_file_name (&paper, QC_STAMPED_ROSTER);
  g_assert_cmpstr (name, ==, "补缴清册-K7M4XH2P-演练.pdf");
}

static void
test_statement (void)
{
  g_autoptr (QcRoster) roster = roster_new (1);
  g_autoptr (GPtrArray) codes = codes_new ();
  QcStampedPaper paper = paper_of (roster, codes);
  g_autoptr (GPtrArray) pages = pages_of (&paper, QC_STAMPED_STATEMENT, "statement.pdf");
  const char *page = g_ptr_array_index (pages, 0);
  g_assert_cmpuint (pages->len, ==, 1);
  g_assert_nonnull (strstr (page, "黑河市住房公积金管理中心："));
  g_assert_nonnull (strstr (page, "10,800.00"));
  g_assert_nonnull (strstr (page, "以上情况属实"));
  g_assert_nonnull (strstr (page, "黑河市爱辉区第一中学"));

  g_autoptr (GString) much = g_string_new (NULL);
  for (int i = 0; i < 60; i++)
    g_string_append_printf (much, "第%d段：%s\n", i + 1, paper.statement);
  paper.statement = much->str;
  g_autoptr (GPtrArray) many = pages_of (&paper, QC_STAMPED_STATEMENT, "statement-long.pdf");
  g_assert_cmpuint (many->len, >, 3);
  guint figures = 0;
  for (guint i = 0; i < many->len; i++)
    for (const char *p = g_ptr_array_index (many, i); (p = strstr (p, "10,800.00")); p++)
      figures++;
  g_assert_cmpuint (figures, ==, 60); /* none is broken over two lines */
  g_assert_nonnull (strstr (g_ptr_array_index (many, many->len - 1), "加盖公章"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/stamped/roster", test_roster);
  g_test_add_func ("/stamped/words", test_words);
  g_test_add_func ("/stamped/statement", test_statement);
  int status = g_test_run ();
  stage_close (&stage);
  return status;
}
