/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is printed of months, drafts, records, people and of any list, read back with pdftotext: the figures are those
 * of the store and of the preview, words are Chinese in every language, what was handed out is a reprint the next time,
 * what is not what the center has is not printed, and a printing that is cancelled leaves nothing.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "qc-application-list.h"
#include "qc-printout-kinds.h"
#include "qc-printout-words.h"
#include "roster-play.h"

typedef struct {
  QcAppFixture *app; /* (owned) */
  char *path;        /* (owned) */
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->app = qc_app_fixture_new (NULL, (QcFill)GPOINTER_TO_UINT (data), 2);
  stage->path = g_build_filename (stage->app->dir, "out.pdf", NULL);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_unlink (stage->path);
  qc_app_fixture_free (stage->app);
  g_free (stage->path);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static GBytes *
render (QcPrintout *printout, QcPaperSize size, GCancellable *cancellable, GError **error)
{
  const QcPaper paper = qc_paper_new (size);
  g_autoptr (GAsyncResult) result = NULL;
  qc_printout_render_async (printout, &paper, 0, 0, cancellable, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_printout_render_finish (printout, result, error);
}

static gboolean
save (QcPrintout *printout, GBytes *pdf, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_printout_save_async (printout, pdf, path, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_printout_save_finish (printout, result, error);
}

/* What pdftotext reads, without blanks. (transfer full) */
static char *
text_of (GBytes *pdf, const char *how)
{
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("qingce-print-XXXXXX.pdf", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  const char *argv[] = {"pdftotext", how, path, "-", NULL};
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  GString *plain = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ' && *p != '\n')
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

static char *
print_text (QcPrintout *printout, QcPaperSize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = render (printout, size, NULL, &error);
  g_assert_no_error (error);
  return text_of (pdf, "-layout");
}

#define assert_has(text, part)                                  \
  G_STMT_START                                                  \
  {                                                             \
    if (strstr ((text), (part)) == NULL)                        \
      g_error ("%d: “%s” is not in\n%s", __LINE__, part, text); \
  }                                                             \
  G_STMT_END

static guint
count (const char *text, const char *part)
{
  guint n = 0;
  for (; (text = strstr (text, part)) != NULL; text += strlen (part))
    n++;
  return n;
}

/* ---- any list ---- */

static void
test_table (Stage *stage, gconstpointer data)
{
  static const QcExportColumn columns[]
      = {{"Month", 10, FALSE}, {"Amount", 12, TRUE}, {"People", 8, TRUE}, {"Balance", 10, TRUE, TRUE}};
  static const char *const cells[]
      = {"2026\n-09", "1,200.50", "3", "10.01", "2026-10", "−200.25", "4", "20.02", "2026-11", NULL, "5", "30.03"};
  GPtrArray *owned = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_ptr_array_add (owned, g_strdup (cells[i]));
  g_autoptr (QcPrintout) printout
      = qc_printout_new_table (stage->app->session, "Money movements", columns, G_N_ELEMENTS (columns), owned,
                               "Only those shown.\nAs of today.");
  g_autofree char *text = print_text (printout, QC_PAPER_A4);
  assert_has (text, "Moneymovements");
  assert_has (text, "序号MonthAmountPeopleBalance");
  assert_has (text, "12026-091,200.50310.01");
  g_assert_null (strstr (text, "60.06")); /* balances have no sum */
  assert_has (text, "-200.25");
  assert_has (text, "合计3行1,000.25");
  assert_has (text, "Onlythoseshown.");
  assert_has (text, "Asoftoday.");
  g_autofree char *name = qc_printout_dup_file_name (printout);
  g_assert_true (g_str_has_prefix (name, "Money_movements_"));
  g_assert_true (g_str_has_suffix (name, ".pdf"));
}

/* ---- months ---- */

/* 202609 as the worked example has it, and the two of the fixture. */
static void
test_remitted (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202609};
  g_autoptr (QcPrintout) roster = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autofree char *text = print_text (roster, QC_PAPER_A4);
  assert_has (text, "住房公积金汇缴清册");
  assert_has (text, "清册年月2026年09月");
  assert_has (text, "发生人数5人");
  assert_has (text, "合计5人2,950.002,950.005,900.00");
  assert_has (text, "人民币伍仟玖佰元整");
  assert_has (text, "231102199003070016");
  g_assert_null (strstr (text, "不一致"));
  g_autofree char *name = qc_printout_dup_file_name (roster);
  g_assert_nonnull (strstr (name, "2026年09月"));

  g_autoptr (QcPrintout) changes = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_CHANGES);
  g_autofree char *who = print_text (changes, QC_PAPER_A4_LANDSCAPE);
  assert_has (who, "合计5人5,900.00合计0人0.00"); /* nobody was remitted before */
  assert_has (who, "启封");
}

/* The center booked other figures than the spans on this computer: it is said. */
static void
test_left_since (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202609};
  g_autoptr (QcPrintout) roster = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autofree char *text = print_text (roster, QC_PAPER_A4);
  assert_has (text, "业务流水号HJ202600000003");
  assert_has (text, "其后转往其他单位的人员");
}

static gboolean
has_preview (gpointer service)
{
  return qc_remittance_service_get_preview (service) != NULL
         && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (service));
}

static char *
dup_pair (const char *label, gint64 people, QcMoney fen)
{
  g_autofree char *money = qc_money_to_string (fen);
  return g_strdup_printf ("%s%d人%s", label, (int)people, money);
}

/* Both months of the draft, each with its roster and its changes; the figures are the preview's. */
static void
test_draft_months (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (stage->app->session);
  qc_app_fixture_until (has_preview, service);
  g_autoptr (QcRemittancePreview) preview = g_object_ref (qc_remittance_service_get_preview (service));
  g_autoptr (QcPrintout) printout
      = qc_printout_new_draft_months (service, QC_MONTH_NONE, QC_MONTH_ROSTER | QC_MONTH_CHANGES);
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  for (QcMonth month = 202610; month <= 202611; month++) {
    const QcMonthLine *line = qc_remittance_preview_get_line (preview, month);
    g_autofree char *previous = dup_pair ("上月汇缴", line->previous_people, line->previous_fen);
    g_autofree char *added = dup_pair ("本月增加", line->added_people, line->added_fen);
    g_autofree char *removed = dup_pair ("本月减少", line->removed_people, line->removed_fen);
    g_autofree char *now = dup_pair ("本月汇缴", line->people, qc_month_line_fen (line));
    g_autofree char *more = dup_pair ("合计", line->added_people, line->added_fen);
    g_autofree char *less = dup_pair ("合计", line->removed_people, line->removed_fen);
    g_autofree char *sums = g_strconcat (more, less, NULL);
    g_autofree char *words = qc_money_to_string (qc_month_line_fen (line));
    assert_has (text, previous);
    assert_has (text, added);
    assert_has (text, removed);
    assert_has (text, now);
    assert_has (text, sums);
    assert_has (text, words);
  }
  assert_has (text, "丁𠮷䶮");
  assert_has (text, "新增开户");
  assert_has (text, "封存");
  assert_has (text, "基数调整");
  assert_has (text, "未办理");
  assert_has (text, "办理前打印");
  g_assert_cmpuint (count (text, "第1页共1页"), ==, 4);

  g_autoptr (QcPrintout) one = qc_printout_new_draft_months (service, 202611, QC_MONTH_ROSTER);
  g_autofree char *november = print_text (one, QC_PAPER_A4);
  assert_has (november, "清册年月2026年11月");
  g_assert_null (strstr (november, "2026年10月"));
}

/* A 汇缴 that waits for its money is computed; where that gives something else, nothing is printed. */
static void
test_waits_for_money (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202610};
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPrintout) wrong = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autoptr (GBytes) none = render (wrong, QC_PAPER_A4, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_PAPER);
  qc_app_fixture_sql (stage->app, "UPDATE application_month SET people = 5, unit_fen = 309800, personal_fen = 309800"
                                  " WHERE serial = 'HJ202600000004'");
  g_autoptr (QcPrintout) right = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autofree char *text = print_text (right, QC_PAPER_A4);
  assert_has (text, "业务流水号HJ202600000004");
  assert_has (text, "合计5人3,098.003,098.006,196.00");
}

/* ---- drafts and people ---- */

static void
test_draft (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRosterService) service = play_open (stage->app, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000001\n2311000002\n");
  play_enter (service, "2311000001", QC_LINE_NEW_BASE, "5,512.34");
  g_autoptr (QcPrintout) printout = qc_printout_new_draft (service);
  for (guint paper = 0; paper < QC_N_PAPER_SIZES; paper++) {
    g_autofree char *text = print_text (printout, (QcPaperSize)paper);
    assert_has (text, "缴存基数调整清册");
    assert_has (text, "新缴存基数");
    assert_has (text, "5,512.34");
    assert_has (text, "2311000002");
    assert_has (text, "合计2人");
    assert_has (text, "办理前打印");
  }
}

static void
loaded_cb (QcPeopleList *list, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *)data;
}

static void
test_people (Stage *stage, gconstpointer data)
{
  g_autoptr (QcPeopleList) list = qc_people_list_new (stage->app->session);
  gboolean loaded = FALSE;
  g_signal_connect (list, "reloaded", G_CALLBACK (loaded_cb), &loaded);
  qc_people_list_reload (list);
  qc_app_fixture_until (is_set, &loaded);
  const QcPeopleTotals *totals = qc_people_list_get_totals (list);
  g_autofree char *base = qc_money_to_string (totals->base);
  g_autofree char *sum = g_strdup_printf ("合计%d人%s", (int)totals->people, base);
  g_autoptr (QcPrintout) all = qc_printout_new_people (list);
  g_autofree char *text = print_text (all, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "职工住房公积金账户清册");
  assert_has (text, sum);
  assert_has (text, "封存");
  g_assert_null (strstr (text, "只列出"));
  loaded = FALSE;
  qc_people_list_set_search (list, "张三");
  qc_app_fixture_until (is_set, &loaded);
  g_autoptr (QcPrintout) some = qc_printout_new_people (list);
  g_autofree char *part = print_text (some, QC_PAPER_A4);
  assert_has (part, "合计2人10,000.00");
  assert_has (part, "只列出按条件查询的人员");
}

/* ---- records ---- */

static void
queried_cb (GListModel *list, guint position, guint removed, guint added, gpointer user_data)
{
  *(gboolean *)user_data = added > 0;
}

/* (transfer full) */
static GPtrArray *
rows_of (QcApplicationList *list, const char *serial)
{
  gboolean there = FALSE;
  const QcApplicationConditions conditions = {.any_business = TRUE};
  gulong handler = g_signal_connect (list, "items-changed", G_CALLBACK (queried_cb), &there);
  qc_application_list_query (list, &conditions);
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    qc_app_fixture_until (is_set, &there);
  g_signal_handler_disconnect (list, handler);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
    const QcApplication *application = qc_application_row_get_application (row);
    if (serial == NULL || (application != NULL && g_str_equal (application->serial, serial)))
      g_ptr_array_add (rows, g_object_ref (row));
  }
  return rows;
}

/* The one whose roster is kept, and what waits; the other one cannot be fetched without a center. */
static void
test_records (Stage *stage, gconstpointer data)
{
  g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
  g_autoptr (GPtrArray) kept = rows_of (list, QC_FIXTURE_SEALING);
  g_assert_cmpuint (kept->len, ==, 1);
  g_autoptr (QcPrintout) printout = qc_printout_new_rosters (stage->app->session, kept);
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "个人账户封存或启封清册");
  assert_has (text, QC_FIXTURE_SEALING);
  assert_has (text, "已办结");
  assert_has (text, "合计");
  g_autoptr (GPtrArray) other = rows_of (list, QC_FIXTURE_SEALING2);
  g_autoptr (QcPrintout) absent = qc_printout_new_rosters (stage->app->session, other);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = render (absent, QC_PAPER_A4_LANDSCAPE, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* On every paper that has the width; with amounts of all months, their sum, and 大写. */
static void
test_back_payment (Stage *stage, gconstpointer data)
{
  static const QcPaperSize wide[] = {QC_PAPER_A4_LANDSCAPE, QC_PAPER_A5_LANDSCAPE, QC_PAPER_FORM_241};
  g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
  g_autoptr (GPtrArray) rows = rows_of (list, QC_FIXTURE_BACK_PAYMENT);
  g_autoptr (QcPrintout) printout = qc_printout_new_rosters (stage->app->session, rows);
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++) {
    g_autofree char *text = print_text (printout, wide[i]);
    assert_has (text, "补缴清册");
    assert_has (text, "安大海");
    assert_has (text, "2026年07月");
    assert_has (text, "待审核");
    assert_has (text, "合计1行");
    assert_has (text, "人民币");
  }
}

static void
test_notice (Stage *stage, gconstpointer data)
{
  g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
  g_autoptr (GPtrArray) rows = rows_of (list, NULL);
  guint notices = 0;
  for (guint i = 0; i < rows->len; i++)
    notices += qc_printout_has_notice (g_ptr_array_index (rows, i));
  g_assert_cmpuint (notices, ==, 1);
  g_autoptr (QcPrintout) printout = qc_printout_new_notices (stage->app->session, rows);
  g_autofree char *text = print_text (printout, QC_PAPER_A5_LANDSCAPE);
  assert_has (text, "备注（附言）HJ202600000004");
  assert_has (text, "人民币叁仟伍佰元整");
  assert_has (text, "231100778899001122");
}

/* ---- the book, and bad days ---- */

static void
test_reprint (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202609};
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPrintout) printout = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autoptr (GBytes) pdf = render (printout, QC_PAPER_A4, NULL, &error);
  g_autofree char *first = text_of (pdf, "-layout");
  g_assert_null (strstr (first, "重打"));
  g_assert_false (qc_printout_is_used (printout));
  g_autofree char *nowhere = g_build_filename (stage->app->dir, "none", "out.pdf", NULL);
  g_assert_false (save (printout, pdf, nowhere, &error));
  g_assert_false (qc_printout_is_used (printout)); /* what was not written was not handed out */
  g_clear_error (&error);
  g_assert_true (save (printout, pdf, stage->path, &error));
  g_assert_no_error (error);
  g_assert_true (qc_printout_is_used (printout));
  g_autofree char *second = print_text (printout, QC_PAPER_A4);
  assert_has (second, "重打次数：1");
  g_assert_false (qc_printout_is_used (printout));
  g_autoptr (QcPrintout) later = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autofree char *third = print_text (later, QC_PAPER_A4);
  assert_has (third, "重打次数：1");
  g_autoptr (GAsyncResult) noted = NULL;
  qc_printout_note_printed_async (later, "Desk", FALSE, result_cb, &noted);
  qc_app_fixture_until (result_there, &noted);
  g_assert_true (qc_printout_note_finish (later, noted, &error));
  g_assert_false (qc_printout_is_used (later)); /* nobody knows */
  g_autoptr (GAsyncResult) printed = NULL;
  qc_printout_note_printed_async (later, "Desk", TRUE, result_cb, &printed);
  qc_app_fixture_until (result_there, &printed);
  g_assert_true (qc_printout_note_finish (later, printed, &error));
  static const char *const codes[] = {"paper.saved", "paper.print-unknown", "paper.printed"};
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *entry = qc_app_fixture_dup_journal (stage->app, codes[i]);
    g_assert_nonnull (strstr (entry, i == 0 ? ".pdf" : "|Desk"));
  }
}

static void
test_cancelled (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202609};
  g_autoptr (QcPrintout) printout = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_autoptr (GBytes) none = render (printout, QC_PAPER_A4, cancellable, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *text = print_text (printout, QC_PAPER_A4);
  assert_has (text, "发生人数5人");
}

static void
test_too_small (Stage *stage, gconstpointer data)
{
  const QcMonth months[] = {202609};
  g_autoptr (QcPrintout) printout = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_CHANGES);
  QcPaper paper = qc_paper_new (QC_PAPER_A5_LANDSCAPE);
  paper.left = paper.right = QC_PAPER_MARGIN_MAX;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_printout_render_async (printout, &paper, 0, 0, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_assert_null (qc_printout_render_finish (printout, result, &error));
  g_assert_cmpstr (qc_app_error_code (error), ==, "documents.too-small");
}

/* ---- words ---- */

/* What po/zh_CN.po has for @msgid. (transfer full) (nullable) */
static char *
translation_of (const char *po, const char *msgid)
{
  g_autofree char *head = g_strdup_printf ("\nmsgid \"%s\"\nmsgstr \"", msgid);
  const char *found = strstr (po, head);
  if (found == NULL)
    return NULL;
  found += strlen (head);
  return g_strndup (found, (gsize)(strchr (found, '"') - found));
}

static void
assert_word (const char *po, const char *msgid)
{
  g_autofree char *chinese = translation_of (po, msgid);
  g_assert_true (qc_printout_has_word (msgid));
  g_assert_cmpstr (qc_printout_word (msgid), ==, chinese);
}

static void
test_words (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "po", "zh_CN.po", NULL), *po = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &po, NULL, &error);
  g_assert_no_error (error);
  for (guint kind = 0; kind < QC_N_BUSINESSES; kind++) {
    const QcBusinessInfo *info = qc_business_info ((QcBusiness)kind);
    if (kind != QC_BUSINESS_INQUIRY)
      assert_word (po, info->msgid);
    for (guint i = 0; i < info->n_columns; i++)
      assert_word (po, qc_business_column_msgid (&info->columns[i]));
  }
  for (guint state = 0; state < QC_N_APPLICATION_STATES; state++)
    assert_word (po, qc_state_to_msgid ((QcApplicationState)state));
  for (guint kind = 0; kind < QC_N_CHANGE_KINDS; kind++)
    assert_word (po, qc_change_kind_to_msgid ((QcChangeKind)kind));
  for (guint klass = QC_RETIREMENT_UNKNOWN; klass <= QC_RETIREMENT_WOMEN_60; klass++)
    assert_word (po, qc_retirement_class_to_msgid ((QcRetirementClass)klass));
  static const QcPersonStatus statuses[]
      = {QC_PERSON_NORMAL,    QC_PERSON_SEALED, QC_PERSON_MERGED, QC_PERSON_MOVED_OUT,
         QC_PERSON_WITHDRAWN, QC_PERSON_FROZEN, QC_PERSON_OTHER,  QC_PERSON_TRANSFERRED};
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    assert_word (po, qc_person_status_to_msgid (statuses[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func, fill) g_test_add ("/printout/" name, Stage, GUINT_TO_POINTER (fill), set_up, func, tear_down)
  ADD ("table", test_table, 0);
  ADD ("remitted", test_remitted, 0);
  ADD ("left-since", test_left_since, QC_FILL_APPLICATIONS);
  ADD ("draft-months", test_draft_months, 0);
  ADD ("waits-for-money", test_waits_for_money, QC_FILL_OPEN);
  ADD ("draft", test_draft, 0);
  ADD ("people", test_people, 0);
  ADD ("records", test_records, QC_FILL_SEALING);
  ADD ("back-payment", test_back_payment, QC_FILL_BACK_PAYMENT);
  ADD ("notice", test_notice, QC_FILL_OPEN);
  ADD ("reprint", test_reprint, 0);
  ADD ("cancelled", test_cancelled, 0);
  ADD ("too-small", test_too_small, 0);
  g_test_add_func ("/printout/words", test_words);
  return g_test_run ();
}
