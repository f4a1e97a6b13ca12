/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The voucher as paper: read back by other programs (pdftotext, qpdf, zbarimg, mutool), figure by figure.
 */
#include <string.h>
#include "fixture.h"
#include "qc-money-words.h"
#include "qc-money.h"
#include "qc-month.h"

static Stage stage;

static char *
save (QcVoucher *voucher, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = stage_path (&stage, name);
  qc_voucher_save (stage.font, voucher, path, &error);
  g_assert_no_error (error);
  qc_voucher_unref (voucher);
  return path;
}

static void
assert_has (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is not in:\n%s", wanted, text);
}

static void
assert_lacks (const char *text, const char *unwanted)
{
  if (strstr (text, unwanted) != NULL)
    g_error ("“%s” is in:\n%s", unwanted, text);
}

static void
assert_money (const char *text, QcMoney fen)
{
  g_autofree char *amount = qc_money_to_string (fen);
  assert_has (text, amount);
}

static void
assert_clean (const char *path)
{
  const char *const check[] = {"qpdf", "--check", path, NULL};
  const char *const info[] = {"mutool", "info", path, NULL};
  g_autofree char *checked = run (check);
  g_autofree char *informed = run (info);
  assert_has (checked, "No syntax or stream encoding errors");
}

/* A line of the table as pdftotext says it. */
static void
assert_line (const char *text, const QcMonthLine *line)
{
  g_autofree char *a = qc_money_to_string (line->previous_fen);
  g_autofree char *b = qc_money_to_string (line->added_fen);
  g_autofree char *c = qc_money_to_string (line->removed_fen);
  g_autofree char *d = qc_money_to_string (qc_month_line_fen (line));
  g_autofree char *wanted = g_strdup_printf (
      "%d年%02d月 %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s",
      qc_month_year (line->month), qc_month_number (line->month), line->previous_people, a, line->added_people, b,
      line->removed_people, c, line->people, d);
  assert_has (text, wanted);
}

static void
assert_everything (const char *text, const QcVoucherFacts *facts)
{
  g_autofree char *words = qc_money_to_words (qc_voucher_facts_fen (facts));
  assert_has (text, words);
  assert_money (text, qc_voucher_facts_fen (facts));
  assert_money (text, facts->unit_fen);
  assert_money (text, facts->personal_fen);
  assert_has (text, facts->serial);
  assert_has (text, facts->unit);
  assert_has (text, facts->unit_name);
  assert_has (text, facts->payer.account);
  assert_has (text, facts->payee.bank);
  assert_has (text, facts->entered);
  for (guint i = 0; i < facts->lines->len; i++)
    assert_line (text, &g_array_index (facts->lines, QcMonthLine, i));
}

static void
test_months (void)
{
  static const guint months[] = {1, 2, 13, 14, 15, 34, 35, 36, 60, 120};
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (months[i], (guint)i);
    g_autofree char *path = save (voucher_make (&stage, facts), "months.pdf");
    g_autofree char *text = read_text (path);
    g_autoptr (QcVoucher) again = voucher_make (&stage, facts);
    assert_everything (text, facts);
    assert_lacks (text, "未办结");
    assert_lacks (text, "演练");
    assert_lacks (text, "重打");
    assert_clean (path);
    g_autofree char *last
        = g_strdup_printf ("第 %d 页 共 %d 页", qc_voucher_count_pages (again), qc_voucher_count_pages (again));
    g_strdelimit (text, "\n", ' ');
    assert_has (text, "页");
    g_assert_cmpint (qc_voucher_count_pages (again), ==,
                     months[i] <= 14   ? 1
                     : months[i] <= 58 ? 2
                     : months[i] <= 96 ? 3
                                       : 4);
  }
}

static void
set_line (QcVoucherFacts *facts, QcMoney previous, QcMoney added, QcMoney removed, QcMoney unit, QcMoney personal)
{
  QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, 0);
  *line = (QcMonthLine) {.month = 202601,
                         .previous_fen = previous,
                         .added_fen = added,
                         .removed_fen = removed,
                         .unit_fen = unit,
                         .personal_fen = personal};
  facts->unit_fen = unit;
  facts->personal_fen = personal;
  facts->people = 0;
}

static void
test_extremes (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 0);
  set_line (facts, 0, 0, 0, 0, 0);
  g_autofree char *zero = save (voucher_make (&stage, facts), "zero.pdf");
  g_autofree char *zero_text = read_text (zero);
  assert_everything (zero_text, facts);
  assert_has (zero_text, "人民币零元整");
  assert_has (zero_text, "￥0.00");
  set_line (facts, QC_MONEY_MAX, 0, 0, QC_MONEY_MAX - 1, 1);
  g_autofree char *large = save (voucher_make (&stage, facts), "large.pdf");
  g_autofree char *large_text = read_text (large);
  assert_everything (large_text, facts);
  assert_has (large_text, "￥999,999,999,999.99");
}

static void
test_names (void)
{
  static const char *const names[] = {
      "阿依古丽·买买提",
      "䶮䶮",
      "王𠮷三",
      "𠮷",
      "𬭚𠮷㛃𬭚",
      "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土日月星天地玄黄宇宙洪荒一二",
      "Ångström & Söhne (测试) <1>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1, (guint)i);
    const char *argv[] = {"mutool", "draw", "-q", "-F", "txt", NULL, NULL};
    set_text (&facts->entered, names[i]);
    set_text (&facts->unit_name, names[i]);
    g_autofree char *path = NULL;
    argv[5] = path = save (voucher_make (&stage, facts), "names.pdf");
    g_autofree char *text = read_text (path);
    g_autofree char *mupdf = run (argv);
    if (g_utf8_strlen (names[i], -1) < 20) { /* a longer one is broken between lines in its cell */
      assert_has (text, names[i]);
      assert_has (mupdf, names[i]);
    } else {
      g_autofree char *head = g_utf8_substring (names[i], 0, 20);
      assert_has (text, head);
      assert_has (text, g_utf8_offset_to_pointer (names[i], g_utf8_strlen (names[i], -1) - 3));
    }
    assert_clean (path);
  }
}

static void
test_nobody_has_it (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 0);
  g_autofree char *path = stage_path (&stage, "nobody.pdf");
  gunichar character = 0x50000; /* a plane without characters */
  char utf8[7] = {0};
  while (qc_font_has (stage.font, character))
    character++;
  g_unichar_to_utf8 (character, utf8);
  g_autofree char *name = g_strconcat ("王", utf8, "三", NULL);
  g_autofree char *code = g_strdup_printf ("U+%04X", character);
  set_text (&facts->entered, name);
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  g_autoptr (GError) error = NULL;
  g_assert_false (qc_voucher_save (stage.font, voucher, path, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_GLYPH);
  assert_has (error->message, code);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_marks (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (60, 1);
  facts->state = QC_STATE_REGISTERED;
  facts->method = QC_METHOD_TRANSFER;
  facts->arrived = QC_DATE_NONE;
  g_autofree char *open = save (voucher_make (&stage, facts), "open.pdf");
  g_autofree char *open_text = read_text (open);
  assert_has (open_text, "登记（未办结）");
  assert_has (open_text, "未办结 — 不作入账依据");
  assert_lacks (open_text, "专用章");

  facts->state = QC_STATE_FINISHED;
  facts_set_practice (facts);
  QcVoucher *voucher = voucher_make (&stage, facts);
  qc_voucher_set_reprint (voucher, 2);
  g_autofree char *practice = save (voucher, "practice.pdf");
  g_autofree char *practice_text = read_text (practice);
  assert_has (practice_text, "重打次数：2");
  assert_has (practice_text, "演练专用章");
  assert_lacks (practice_text, "业务专用章");
  int marks = 0;
  for (const char *p = practice_text; (p = strstr (p, "演练凭证，不具任何效力")) != NULL; p++)
    marks++;
  g_assert_cmpint (marks, ==, 3); /* each page */
}

/* The diagonal goes across each page of practice: its operators are there, page by page. */
static void
test_diagonal (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (60, 1);
  g_autofree char *path = NULL, *qdf = NULL;
  facts_set_practice (facts);
  path = save (voucher_make (&stage, facts), "diagonal.pdf");
  int n = 0;
  {
    const char *const argv[] = {"qpdf", "--qdf", path, "-", NULL};
    g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
    g_autoptr (GBytes) bytes = NULL;
    g_subprocess_communicate (process, NULL, NULL, &bytes, NULL, NULL);
    const char *p = g_bytes_get_data (bytes, NULL);
    const char *end = p + g_bytes_get_size (bytes);
    while ((p = memmem (p, (gsize)(end - p), "<6f147ec300b765e06548>", 22)) != NULL) { /* 演练·无效 */
      n++;
      p++;
    }
  }
  g_assert_cmpint (n, ==, 3);
}

/* What the file says of itself, as file managers and viewers show it. */
static void
test_information (void)
{
  for (int i = 0; i < 2; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
    const char *argv[] = {"pdfinfo", "-enc", "UTF-8", NULL, NULL};
    if (i == 1)
      facts_set_practice (facts);
    g_autofree char *path = NULL;
    argv[3] = path = save (voucher_make (&stage, facts), "information.pdf");
    g_autofree char *said = run (argv);
    g_autofree char *title = g_strdup_printf ("汇补缴凭证 %s\n", facts->serial);
    assert_has (said, title);
    assert_has (said, i == 1 ? "演练·无效\n" : "住房公积金汇补缴凭证\n");
    assert_has (said, "Qingce " QC_VERSION "\n");
  }
}

static void
test_unproven (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1, 1);
  g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (&stage, facts);
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_voucher_new (signed_voucher, NULL, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_UNPROVEN);
  g_clear_error (&error);
  signed_voucher->compact->signature[7] ^= 1;
  g_assert_null (qc_voucher_new (signed_voucher, stage.centers, &error));
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_UNPROVEN);
}

static void
test_extract (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (14, 1);
  QcVoucher *voucher = voucher_make (&stage, facts);
  g_assert_false (qc_voucher_set_extract (voucher, 203001));
  g_assert_true (qc_voucher_set_extract (voucher, 202605));
  g_autofree char *path = save (voucher, "extract.pdf");
  g_autofree char *text = read_text (path);
  assert_has (text, "单月摘录");
  assert_has (text, "2026年05月 ");
  assert_lacks (text, "2026年06月 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/voucher/months", test_months);
  g_test_add_func ("/voucher/extremes", test_extremes);
  g_test_add_func ("/voucher/names", test_names);
  g_test_add_func ("/voucher/nobody-has-it", test_nobody_has_it);
  g_test_add_func ("/voucher/marks", test_marks);
  g_test_add_func ("/voucher/diagonal", test_diagonal);
  g_test_add_func ("/voucher/information", test_information);
  g_test_add_func ("/voucher/unproven", test_unproven);
  g_test_add_func ("/voucher/extract", test_extract);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
