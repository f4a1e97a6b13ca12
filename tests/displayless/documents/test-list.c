/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Lists and notices as pdftotext reads them, on every paper: each row once and in order, the sums of the pages make the
 * whole, heads on every page, names of forty characters and rare ones whole, what has no room refused, practice and
 * reprints marked, two sides beside each other.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "qc-binder.h"
#include "qc-money-words.h"
#include "qc-money.h"

static Stage stage;

static const QcListColumn columns[] = {
    {"序号", 12, QC_ALIGN_CENTER, FALSE},       {"姓名", 24, QC_ALIGN_LEFT, FALSE},
    {"证件号码", 38, QC_ALIGN_LEFT, FALSE},     {"个人缴存基数", 25, QC_ALIGN_RIGHT, FALSE},
    {"单位月缴存额", 25, QC_ALIGN_RIGHT, TRUE}, {"个人月缴存额", 25, QC_ALIGN_RIGHT, TRUE},
    {"合计", 26, QC_ALIGN_RIGHT, TRUE},
};

#define LONG_NAME "阿卜杜热西提麦麦提艾力买买提江吐尔逊尼亚孜古丽巴哈尔喀迪尔亚库甫江肉孜伊敏孜亚"

static QcListHead
head_of (gboolean practice, int reprint)
{
  return (QcListHead) {
      .center = "黑河市住房公积金管理中心",
      .title = "住房公积金汇缴清册",
      .running = "黑河市爱辉区第一中学（231100000042）　2026年10月",
      .counted = "人",
      .handler = "张敏",
      .date = 20261130,
      .reprint = reprint,
      .practice = practice,
      .in_words = TRUE,
      .is_signed = TRUE,
  };
}

static const char *
name_of (guint i)
{
  static char name[64];
  if (i == 1)
    return "王𠮷三";
  if (i == 2)
    return LONG_NAME;
  g_snprintf (name, sizeof name, "职工%u", i + 1);
  return name;
}

static void
fill (QcListForm *list, guint n)
{
  g_autoptr (GError) error = NULL;
  qc_list_form_add_field (list, "单位名称", "黑河市爱辉区第一中学", 0.5);
  qc_list_form_add_field (list, "单位账号", "231100000042", 0.25);
  qc_list_form_add_field (list, "清册年月", "2026年10月", 0.25);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    qc_list_form_add_column (list, 0, &columns[i]);
  for (guint i = 0; i < n; i++) {
    g_autofree char *document = g_strdup_printf ("2311021990%08u", i + 1);
    qc_list_form_begin_row (list, 0);
    qc_list_form_number (list, i + 1);
    qc_list_form_text (list, name_of (i));
    qc_list_form_text (list, document);
    qc_list_form_amount (list, 500000);
    qc_list_form_amount (list, 60000 + i);
    qc_list_form_amount (list, 60000);
    qc_list_form_amount (list, 120000 + i);
    g_assert_true (qc_list_form_end_row (list, &error));
  }
  qc_list_form_add_note (list, "本清册由单位打印，内容与中心记载一致。");
}

/* The text of each page of what @binder has on @paper; the file stays to be looked at. */
static GPtrArray *
pages_of (QcBinder *binder, const QcPaper *paper, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = stage_path (&stage, name);
  const QcBinding binding = {.paper = *paper, .title = "清册", .subject = "清册", .created = SIGNED_AT};
  g_autoptr (GBytes) pdf = qc_binder_to_bytes (binder, stage.font, &binding, &error);
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

/* The last amount in the line of @page that says how many @title are. */
static QcMoney
amount_after (const char *page, const char *title)
{
  g_autofree char *pattern = g_strdup_printf ("%s\\s*\\d+\\s*人.* ([0-9,.]+) *\n", title);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_true (g_regex_match (regex, page, 0, &match));
  g_autofree char *text = g_match_info_fetch (match, 1);
  QcMoney fen;
  g_assert_true (qc_money_parse (text, &fen));
  return fen;
}

static char *
dup_unspaced (const char *text)
{
  GString *plain = g_string_new (NULL);
  for (const char *p = text; *p; p++)
    if (*p != ' ' && *p != '\n')
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

static QcBinder *
binder_of (guint n, gboolean practice, int reprint)
{
  QcBinder *binder = qc_binder_new ();
  const QcListHead head = head_of (practice, reprint);
  fill (qc_binder_add_list (binder, &head), n);
  return binder;
}

/* Rows that are on @pages, each looked for behind the one before. */
static void
check_pages (const GPtrArray *pages, guint n)
{
  QcMoney sum = 0, all = 0;
  guint row = 0;
  for (guint i = 0; i < pages->len; i++) {
    const char *page = g_ptr_array_index (pages, i), *place = page;
    g_autofree char *number = g_strdup_printf ("第%u页共%u页", i + 1, pages->len), *plain = dup_unspaced (page);
    g_assert_nonnull (strstr (plain, number));
    g_assert_nonnull (strstr (page, "证件号码"));
    g_assert_nonnull (strstr (plain, "黑河市爱辉区第一中学"));
    g_assert_nonnull (strstr (plain, "2026年10月"));
    for (; row < n; row++) {
      g_autofree char *document = g_strdup_printf ("2311021990%08u", row + 1);
      const char *found = strstr (place, document);
      if (!found)
        break;
      place = found;
      all += 120000 + row;
    }
    sum += amount_after (page, "本页小计");
  }
  g_assert_cmpuint (row, ==, n);
  const char *last = g_ptr_array_index (pages, pages->len - 1);
  g_autofree char *words = qc_money_to_words (all), *plain = dup_unspaced (last);
  g_autofree char *counted = g_strdup_printf ("合计%u人", n);
  g_assert_cmpint (sum, ==, all);
  g_assert_cmpint (amount_after (last, "合计"), ==, all);
  g_assert_nonnull (strstr (plain, words));
  g_assert_nonnull (strstr (plain, counted));
  g_assert_nonnull (strstr (plain, "单位（盖章）"));
  g_assert_nonnull (strstr (plain, "2026年11月30日"));
}

static void
test_papers (void)
{
  static const guint sizes[] = {0, 1, 3, 8, 9, 10, 21, 22, 23, 36, 37, 38, 200};
  for (guint paper = 0; paper < QC_N_PAPER_SIZES; paper++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      const QcPaper on = qc_paper_new ((QcPaperSize)paper);
      g_autoptr (QcBinder) binder = binder_of (sizes[i], FALSE, 0);
      g_autofree char *name = g_strdup_printf ("list-%s-%u.pdf", qc_paper_info (on.size)->code, sizes[i]);
      g_autoptr (GPtrArray) pages = pages_of (binder, &on, name);
      check_pages (pages, sizes[i]);
    }
}

/* One filled list is drawn on several papers, and each file is as large as its paper. */
static void
test_sizes (void)
{
  g_autoptr (QcBinder) binder = binder_of (60, FALSE, 0);
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++) {
    const QcPaper paper = qc_paper_new ((QcPaperSize)i);
    const QcPaperInfo *info = qc_paper_info (paper.size);
    g_autofree char *name = g_strdup_printf ("size-%s.pdf", info->code), *path = stage_path (&stage, name);
    g_autoptr (GPtrArray) pages = pages_of (binder, &paper, name);
    check_pages (pages, 60);
    const char *const argv[] = {"pdfinfo", path, NULL};
    g_autofree char *told = run (argv);
    double width = 0, height = 0;
    g_assert_cmpint (sscanf (strstr (told, "Page size:"), "Page size: %lf x %lf", &width, &height), ==, 2);
    g_assert_cmpfloat_with_epsilon (width * QC_MM_PER_POINT, info->width, 0.1);
    g_assert_cmpfloat_with_epsilon (height * QC_MM_PER_POINT, info->height, 0.1);
  }
}

static void
test_names (void)
{
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++) {
    const QcPaper paper = qc_paper_new ((QcPaperSize)i);
    g_autoptr (QcBinder) binder = binder_of (5, FALSE, 0);
    g_autofree char *name = g_strdup_printf ("names-%s.pdf", qc_paper_info (paper.size)->code);
    g_autoptr (GPtrArray) pages = pages_of (binder, &paper, name);
    g_autofree char *path = stage_path (&stage, name);
    /* in the order of drawing, else the lines of a cell are mixed with those of its neighbours */
    const char *const argv[] = {"pdftotext", "-raw", path, "-", NULL};
    g_autofree char *text = run (argv), *plain = dup_unspaced (text);
    g_assert_nonnull (strstr (plain, "王𠮷三")); /* beyond the BMP */
    g_assert_nonnull (strstr (plain, LONG_NAME));
  }
}

static void
test_marks (void)
{
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++) {
    const QcPaper paper = qc_paper_new ((QcPaperSize)i);
    g_autoptr (QcBinder) practice = binder_of (60, TRUE, 2);
    g_autoptr (QcBinder) real = binder_of (3, FALSE, 0);
    g_autofree char *name = g_strdup_printf ("practice-%s.pdf", qc_paper_info (paper.size)->code);
    g_autoptr (GPtrArray) pages = pages_of (practice, &paper, name);
    g_autoptr (GPtrArray) plain = pages_of (real, &paper, "real.pdf");
    for (guint page = 0; page < pages->len; page++) {
      g_assert_nonnull (strstr (g_ptr_array_index (pages, page), "演练，不具任何效力"));
      g_assert_nonnull (strstr (g_ptr_array_index (pages, page), "重打次数：2"));
    }
    g_assert_null (strstr (g_ptr_array_index (plain, 0), "演练"));
    g_assert_null (strstr (g_ptr_array_index (plain, 0), "重打"));
    g_autofree char *path = stage_path (&stage, name);
    const char *const argv[] = {"pdftotext", "-raw", path, "-", NULL};
    g_autofree char *text = run (argv), *unspaced = dup_unspaced (text);
    g_assert_nonnull (strstr (unspaced, "演练·无效")); /* across the page */
  }
}

static void
assert_too_small (QcBinder *binder, const QcPaper *paper)
{
  g_autoptr (GError) error = NULL;
  const QcBinding binding = {.paper = *paper, .title = "清册", .subject = "清册", .created = SIGNED_AT};
  g_autoptr (GBytes) pdf = qc_binder_to_bytes (binder, stage.font, &binding, &error);
  g_assert_null (pdf);
  g_assert_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_TOO_SMALL);
}

static void
test_too_small (void)
{
  g_autoptr (QcBinder) binder = binder_of (5, FALSE, 0);
  QcPaper paper = qc_paper_new (QC_PAPER_FORM_241);
  paper.top = paper.bottom = QC_PAPER_MARGIN_MAX; /* head and signatures */
  assert_too_small (binder, &paper);

  g_autoptr (QcBinder) wide = qc_binder_new (); /* a figure is never broken */
  const QcListHead head = head_of (FALSE, 0);
  QcListForm *list = qc_binder_add_list (wide, &head);
  const QcListColumn narrow = {"额", 4, QC_ALIGN_RIGHT, TRUE}, rest = {"说明", 170, QC_ALIGN_LEFT, FALSE};
  qc_list_form_add_column (list, 0, &rest);
  qc_list_form_add_column (list, 0, &narrow);
  qc_list_form_begin_row (list, 0);
  qc_list_form_text (list, "某");
  qc_list_form_amount (list, 123456789);
  g_assert_true (qc_list_form_end_row (list, NULL));
  paper = qc_paper_new (QC_PAPER_A4);
  assert_too_small (wide, &paper);

  g_autoptr (QcBinder) many = qc_binder_new ();
  list = qc_binder_add_list (many, &head);
  for (guint i = 0; i < 40; i++)
    qc_list_form_add_column (list, 0, &columns[1]);
  assert_too_small (many, &paper);
}

/* Left comes more than goes on the right, and what changes an amount only is not counted. */
static void
test_sides (void)
{
  static const QcListColumn left[] = {{"姓名", 30, QC_ALIGN_LEFT, FALSE}, {"每月应缴额", 30, QC_ALIGN_RIGHT, TRUE}};
  static const QcListColumn right[] = {{"摘要", 30, QC_ALIGN_LEFT, FALSE}, {"每月应缴额", 30, QC_ALIGN_RIGHT, TRUE}};
  g_autoptr (QcBinder) binder = qc_binder_new ();
  QcListHead head = head_of (FALSE, 0);
  head.in_words = FALSE;
  QcListForm *list = qc_binder_add_list (binder, &head);
  qc_list_form_set_side_title (list, 0, "本月增加汇缴");
  qc_list_form_set_side_title (list, 1, "本月减少汇缴");
  for (guint i = 0; i < 2; i++) {
    qc_list_form_add_column (list, 0, &left[i]);
    qc_list_form_add_column (list, 1, &right[i]);
  }
  for (guint i = 0; i < 50; i++) {
    qc_list_form_begin_row (list, 0);
    qc_list_form_text (list, i % 5 == 0 ? "基数调整" : "开户");
    qc_list_form_amount (list, 10000 + i);
    if (i % 5 == 0)
      qc_list_form_uncount (list);
    g_assert_true (qc_list_form_end_row (list, NULL));
  }
  for (guint i = 0; i < 7; i++) {
    qc_list_form_begin_row (list, 1);
    qc_list_form_text (list, "封存");
    qc_list_form_amount (list, 77700);
    g_assert_true (qc_list_form_end_row (list, NULL));
  }
  g_assert_cmpint (qc_list_form_get_counted (list, 0), ==, 40);
  g_assert_cmpint (qc_list_form_get_sum (list, 0, 1), ==, 50 * 10000 + 49 * 50 / 2);
  g_assert_cmpint (qc_list_form_get_sum (list, 1, 1), ==, 7 * 77700);
  const QcPaper paper = qc_paper_new (QC_PAPER_A4_LANDSCAPE);
  g_autoptr (GPtrArray) pages = pages_of (binder, &paper, "sides.pdf");
  g_assert_cmpuint (pages->len, ==, 3);
  g_autofree char *first = dup_unspaced (g_ptr_array_index (pages, 0));
  g_autofree char *last = dup_unspaced (g_ptr_array_index (pages, 2));
  g_assert_nonnull (strstr (first, "本月增加汇缴本月减少汇缴"));
  g_assert_nonnull (strstr (first, "本页小计7人5,439.00"));
  g_assert_nonnull (strstr (last, "合计40人5,012.25合计7人5,439.00"));
}

static QcNotice
notice_of (void)
{
  return (QcNotice) {
      .center = (char *)"黑河市住房公积金管理中心",
      .unit_name = (char *)"黑河市爱辉区第一中学",
      .unit = (char *)"231100000042",
      .serial = (char *)"HJ202611300001",
      .business = (char *)"汇缴",
      .months = (char *)"2026年10月",
      .people = 128,
      .fen = 15360000,
      .payee_name = (char *)"黑河市住房公积金管理中心",
      .payee_account = (char *)"08310101040012345",
      .payee_bank = (char *)"中国农业银行黑河分行",
      .handler = (char *)"张敏",
      .date = 20261130,
  };
}

static void
test_notice (void)
{
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++) {
    const QcPaper paper = qc_paper_new ((QcPaperSize)i);
    QcNotice notice = notice_of ();
    g_autoptr (QcBinder) binder = qc_binder_new ();
    qc_binder_add_notice (binder, &notice);
    notice.arrived = 360000;
    notice.practice = TRUE;
    notice.reprint = 1;
    qc_binder_add_notice (binder, &notice);
    g_autofree char *name = g_strdup_printf ("notice-%s.pdf", qc_paper_info (paper.size)->code);
    g_autoptr (GPtrArray) pages = pages_of (binder, &paper, name);
    g_assert_cmpuint (pages->len, ==, 2);
    g_autofree char *first = dup_unspaced (g_ptr_array_index (pages, 0));
    g_autofree char *second = dup_unspaced (g_ptr_array_index (pages, 1));
    g_assert_nonnull (strstr (first, "缴款通知"));
    g_assert_nonnull (strstr (first, "人民币壹拾伍万叁仟陆佰元整"));
    g_assert_nonnull (strstr (first, "￥153,600.00"));
    g_assert_nonnull (strstr (first, "08310101040012345"));
    g_assert_nonnull (strstr (first, "中国农业银行黑河分行"));
    g_assert_nonnull (strstr (first, "备注（附言）HJ202611300001"));
    g_assert_null (strstr (first, "演练"));
    g_assert_nonnull (strstr (second, "￥150,000.00（发生额153,600.00，已到账3,600.00）"));
    g_assert_nonnull (strstr (second, "演练，不具任何效力"));
    g_assert_nonnull (strstr (second, "重打次数：1"));
  }
}

static void
test_cancelled (void)
{
  g_autoptr (QcBinder) binder = binder_of (3000, FALSE, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const QcBinding binding = {.paper = qc_paper_new (QC_PAPER_A4),
                             .title = "清册",
                             .subject = "清册",
                             .progress = {.cancellable = cancellable}};
  g_cancellable_cancel (cancellable);
  g_assert_null (qc_binder_to_bytes (binder, stage.font, &binding, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/list/papers", test_papers);
  g_test_add_func ("/list/sizes", test_sizes);
  g_test_add_func ("/list/names", test_names);
  g_test_add_func ("/list/marks", test_marks);
  g_test_add_func ("/list/too-small", test_too_small);
  g_test_add_func ("/list/sides", test_sides);
  g_test_add_func ("/list/notice", test_notice);
  g_test_add_func ("/list/cancelled", test_cancelled);
  int status = g_test_run ();
  stage_close (&stage);
  return status;
}
