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

/* With thirteen more people. */
static void
set_up_many (Stage *stage, gconstpointer data)
{
  stage->app = qc_app_fixture_new (NULL, 0, 13);
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

/* It is not printed, for a reason that has @code. */
static void
assert_refused (QcPrintout *printout, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = render (printout, QC_PAPER_A4_LANDSCAPE, NULL, &error);
  g_assert_null (none);
  g_assert_cmpstr (qc_app_error_code (error), ==, code);
}

/* Nothing is printed as long as one of @tables cannot be read, and everything is afterwards. @printout: not yet. */
static void
assert_needs (Stage *stage, QcPrintout *printout, const char *const *tables)
{
  for (; *tables != NULL; tables++) {
    g_autofree char *away = g_strdup_printf ("ALTER TABLE %s RENAME TO elsewhere", *tables);
    g_autofree char *back = g_strdup_printf ("ALTER TABLE elsewhere RENAME TO %s", *tables);
    g_autoptr (GError) error = NULL;
    qc_app_fixture_sql (stage->app, away);
    g_test_message ("without %s", *tables);
    g_autoptr (GBytes) none = render (printout, QC_PAPER_A4_LANDSCAPE, NULL, &error);
    g_assert_null (none);
    g_assert_nonnull (error);
    qc_app_fixture_sql (stage->app, back);
  }
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "合计");
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

static QcPrintout *
table_new (Stage *stage, const QcExportColumn *columns, guint n_columns, const char *const *cells, guint n_cells)
{
  GPtrArray *owned = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_cells; i++)
    g_ptr_array_add (owned, g_strdup (cells[i]));
  return qc_printout_new_table (stage->app->session, "List", columns, n_columns, owned, NULL);
}

/* Added up is a column of figures in which nothing but amounts stands, however they are written. */
static void
test_sums (Stage *stage, gconstpointer data)
{
  static const QcExportColumn columns[]
      = {{"Text", 10, FALSE},      {"Signs", 10, TRUE}, {"Word", 10, TRUE}, {"None", 10, TRUE},
         {"Held", 10, TRUE, TRUE}, {"Whole", 10, TRUE}, {"Some", 10, TRUE}};
  static const char *const cells[] = {
      "7.01", "+1.00", "1.02", NULL,   "1.03",     "1",    "", "7.01", "-20.00", "x.02",  "",
      "1.03", "2",     "0.30", "7.01", "￥300.00", "1.02", "", "1.03", "3",      "−0.40",
  };
  g_autoptr (QcPrintout) printout = table_new (stage, columns, G_N_ELEMENTS (columns), cells, G_N_ELEMENTS (cells));
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "17.011.001.021.031");
  assert_has (text, "27.01-20.00x.021.0320.30");
  assert_has (text, "37.01300.001.021.033-0.40");
  assert_has (text, "合计3行281.00-0.10");
  g_assert_null (strstr (text, "-0.10."));
}

/* It lies across where its columns take more than a page that stands has: eleven of them with 94 letters have just
 * room, an ideograph takes two, and of a head half of it is enough. */
static void
test_natural_paper (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *title, *last;
    QcPaperSize paper;
  } rows[] = {
      {"A", "123456789", QC_PAPER_A4},
      {"A", "1234567890", QC_PAPER_A4_LANDSCAPE},
      {"A", "一二三四5", QC_PAPER_A4},
      {"A", "一二三四五", QC_PAPER_A4_LANDSCAPE},
      {"A", "ééééééééé", QC_PAPER_A4},
      {"123456789 12345678", "A", QC_PAPER_A4},
      {"123456789 123456789", "A", QC_PAPER_A4_LANDSCAPE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcExportColumn columns[11];
    const char *cells[11];
    for (guint k = 0; k < 11; k++) {
      columns[k] = (QcExportColumn) {k == 10 ? rows[i].title : "A", 10, FALSE};
      cells[k] = k == 10 ? rows[i].last : k < 5 ? "12345678" : "123456789";
    }
    g_autoptr (QcPrintout) printout = table_new (stage, columns, 11, cells, 11);
    g_assert_cmpint (qc_printout_get_natural_paper (printout), ==, rows[i].paper);
  }
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

/* What one month of the unit's people made of another: who came, who left, and what it is called. */
static void
test_changes (Stage *stage, gconstpointer data)
{
  static const char *const before[] = {
      /* paid for both months: nothing is otherwise, only the base, only the amounts, more and less */
      "UPDATE paid_span SET from_month = 202608 WHERE person IN ('2311000001', '2320000008')",
      "INSERT INTO paid_span SELECT scope, person, 202608, key || 'm', pull, 202608, base - 100, unit, personal, kind,"
      " serial FROM paid_span WHERE person = '2311000002'",
      "INSERT INTO paid_span SELECT scope, person, 202608, key || 'm', pull, 202608, base, unit - 1000, personal, kind,"
      " serial FROM paid_span WHERE person = '2311000003'",
      "INSERT INTO paid_span SELECT scope, person, 202608, key || 'm', pull, 202608, base, unit, personal + 2000, kind,"
      " serial FROM paid_span WHERE person = '2320000007'",
      /* new in 202609: never here before; here before; from another unit, for a month before and for this one */
      "UPDATE person SET opened = 202609, paid_to = 0 WHERE account = '2320000000'",
      "UPDATE person SET opened = 202608, paid_to = 202609 WHERE account = '2320000001'",
      "UPDATE person SET opened = 202609, paid_to = 202608 WHERE account = '2320000002'",
      "UPDATE person SET opened = 202609, paid_to = 202609 WHERE account = '2320000003'",
      /* not any more */
      "UPDATE paid_span SET from_month = 202608, to_month = 202608 WHERE person IN ('2320000004', '2320000005',"
      " '2320000006', '2320000009', '2320000010', '2320000011', '2320000012')",
      "UPDATE person SET status = 3 WHERE account = '2320000004'",
      "UPDATE person SET status = 5 WHERE account = '2320000005'",
      "UPDATE person SET status = 4 WHERE account = '2320000006'",
      "UPDATE person SET status = 2 WHERE account = '2320000009'",
      "UPDATE person SET status = 2, gone = 1 WHERE account = '2320000010'",
      "UPDATE person SET status = 100 WHERE account = '2320000011'",
  };
  static const char *const more[] = {
      "1基数调整白小溪居民身份证2311021985021400291985-02-14女23110000020.006,250.50",
      "2比例调整蔡卓玛·次仁居民身份证2311241988051500541988-05-15男231100000310.003,333.00",
      "3新增开户张三居民身份证2311021990030700161990-03-07男23200000001,200.005,000.00",
      "4启封张三居民身份证2311021990030700161990-03-07男23200000011,200.005,000.00",
      "5转入张三居民身份证2311021990030700161990-03-07男23200000021,200.005,000.00",
      "6新增开户张三居民身份证2311021990030700161990-03-07男23200000031,200.005,000.00",
  };
  static const char *const less[]
      = {"2320000004张三销户1,200.00",  "2320000005张三销户1,200.00", "2320000006张三转出1,200.00",
         "2320000007张三比例调整20.00", "2320000009张三封存1,200.00", "2320000010张三转出1,200.00",
         "2320000011张三转出1,200.00",  "2320000012张三封存1,200.00"};
  const QcMonth months[] = {202609};
  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    qc_app_fixture_sql (stage->app, before[i]);
  g_autoptr (QcPrintout) printout = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_CHANGES);
  static const char *const tables[] = {"code", "ratio", "application", "paper_use", "paid_span", "unit", NULL};
  assert_needs (stage, printout, tables);
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    assert_has (text, more[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (less); i++)
    assert_has (text, less[i]);
  assert_has (text, "合计4人4,810.00合计7人8,420.00"); /* who stays is not counted */
  g_assert_null (strstr (text, "2311000001"));
  g_assert_null (strstr (text, "2320000008"));
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
  static const QcMonth others[] = {202609, 202612};
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (QcPrintout) other = qc_printout_new_draft_months (service, others[i], QC_MONTH_ROSTER);
    assert_refused (other, "app.paper");
  }
  static const char *const tables[] = {"person", "code", "ratio", NULL};
  g_autoptr (QcPrintout) again = qc_printout_new_draft_months (service, 202611, QC_MONTH_ROSTER);
  assert_needs (stage, again, tables);
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

/* What is typed and is no amount stays as it is; sums are of what the lines come to. */
static void
test_draft_sums (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRosterService) service = play_open (stage->app, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000001\n2311000002\n");
  play_enter (service, "2311000001", QC_LINE_NEW_BASE, "6000");
  play_enter (service, "2311000002", QC_LINE_NEW_BASE, "7000");
  g_autoptr (QcPrintout) printout = qc_printout_new_draft (service);
  g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "合计2人1,560.001,560.003,120.00");
  assert_has (text, "变更年月2026年10月");
  play_enter (service, "2311000002", QC_LINE_NEW_BASE, "many");
  g_autoptr (QcPrintout) later = qc_printout_new_draft (service), broken = qc_printout_new_draft (service);
  static const char *const tables[] = {"draft_line", "code", "unit", NULL};
  assert_needs (stage, later, tables);
  g_autofree char *raw = print_text (later, QC_PAPER_A4_LANDSCAPE);
  assert_has (raw, "many");
  qc_app_fixture_sql (stage->app, "UPDATE draft_line SET facts = '{' WHERE person = '2311000002'");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = render (broken, QC_PAPER_A4_LANDSCAPE, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
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
  static const char *const tables[] = {"person", "person_find", "unit", NULL};
  g_autoptr (QcPrintout) again = qc_printout_new_people (list);
  assert_needs (stage, again, tables);
}

/* Each condition of its own says that not everybody is there; the sum is of those who are 正常, and of nothing else. */
static void
test_people_part (Stage *stage, gconstpointer data)
{
  static const struct {
    QcPeopleFilter filter;
    QcMonth changed, unadjusted;
    const char *sum;
    gboolean is_part;
  } rows[] = {
      {QC_PEOPLE_EVERY, QC_MONTH_NONE, QC_MONTH_NONE, "合计6人25,818.39", FALSE},
      {QC_PEOPLE_SEALED, QC_MONTH_NONE, QC_MONTH_NONE, "合计1人0.00", TRUE},
      {QC_PEOPLE_NORMAL | QC_PEOPLE_SEALED, QC_MONTH_NONE, QC_MONTH_NONE, "合计6人25,818.39", TRUE},
      {QC_PEOPLE_EVERY, 202610, QC_MONTH_NONE, "合计", TRUE},
      {QC_PEOPLE_EVERY, QC_MONTH_NONE, 202612, "合计", TRUE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcPeopleList) list = qc_people_list_new (stage->app->session);
    gboolean loaded = FALSE;
    qc_people_list_set_filter (list, rows[i].filter);
    qc_people_list_set_changed_month (list, rows[i].changed);
    qc_people_list_set_unadjusted_since (list, rows[i].unadjusted);
    g_signal_connect (list, "reloaded", G_CALLBACK (loaded_cb), &loaded);
    qc_people_list_reload (list);
    qc_app_fixture_until (is_set, &loaded);
    g_autoptr (QcPrintout) printout = qc_printout_new_people (list);
    g_autofree char *text = print_text (printout, QC_PAPER_A4_LANDSCAPE);
    g_autofree char *more = g_strconcat (rows[i].sum, "0.00", NULL);
    g_test_message ("row %u", (guint)i);
    assert_has (text, rows[i].sum);
    g_assert_null (strstr (text, more));
    g_assert_cmpint (strstr (text, "只列出") != NULL, ==, rows[i].is_part);
  }
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

/* (transfer full) the first of @rows that is @what: 0 an application, 1 waits to be submitted, 2 a draft */
static GPtrArray *
row_of_kind (GPtrArray *rows, guint what)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len && found->len == 0; i++) {
    QcApplicationRow *row = g_ptr_array_index (rows, i);
    guint is = qc_application_row_get_application (row) != NULL ? 0 : qc_application_row_get_item (row) != NULL ? 1 : 2;
    if (is == what)
      g_ptr_array_add (found, g_object_ref (row));
  }
  return found;
}

static gboolean
has_draft (gpointer list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (QcApplicationRow) row = g_list_model_get_item (list, i);
    if (qc_application_row_get_draft (row) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A roster that waits is that of the very bytes, a draft's that of its lines, and what came beside the lines of an
 * application is no line. */
static void
test_rosters (Stage *stage, gconstpointer data)
{
  g_autoptr (QcRosterService) service = play_open (stage->app, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000002\n");
  g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
  const QcApplicationConditions with_drafts = {.any_business = TRUE, .drafts = TRUE};
  qc_application_list_query (list, &with_drafts);
  qc_app_fixture_until (has_draft, list);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), i));
  g_autoptr (GPtrArray) waiting = row_of_kind (rows, 1), drafts = row_of_kind (rows, 2);
  g_autoptr (QcPrintout) waits = qc_printout_new_rosters (stage->app->session, waiting);
  static const char *const tables[] = {"outbox_body", "code", "unit", NULL};
  assert_needs (stage, waits, tables);
  g_autofree char *text = print_text (waits, QC_PAPER_A4_LANDSCAPE);
  assert_has (text, "个人账户封存或启封清册");
  assert_has (text, "待联网提交，以办理结果为准");
  assert_has (text, "1安大海2311000001231102199003070016正常封存解除劳动关系5,000.00");
  assert_has (text, "2蔡卓玛·次仁2311000003231124198805150054封存正常恢复缴存3,333.003,456.00");
  assert_has (text, "合计2人");

  g_autoptr (QcPrintout) draft = qc_printout_new_rosters (stage->app->session, drafts);
  g_autofree char *drafted = print_text (draft, QC_PAPER_A4_LANDSCAPE);
  assert_has (drafted, "办理前打印");
  assert_has (drafted, "1白小溪2311000002");
  assert_has (drafted, "合计1行");

  qc_app_fixture_sql (stage->app, "INSERT INTO application_line SELECT scope, serial, 0, '{}' FROM application_roster");
  g_autoptr (GPtrArray) kept = rows_of (list, QC_FIXTURE_SEALING);
  g_autoptr (QcPrintout) printout = qc_printout_new_rosters (stage->app->session, kept);
  static const char *const of_lines[] = {"application_line", "paper_use", "code", NULL};
  assert_needs (stage, printout, of_lines);
  g_autofree char *whole = print_text (printout, QC_PAPER_A4_LANDSCAPE);
  assert_has (whole, "合计2人");
  assert_has (whole, "2蔡卓玛·次仁2311000003");
  g_autofree char *name = qc_printout_dup_file_name (printout);
  g_assert_true (g_str_has_prefix (name, "个人账户封存或启封清册"));
  g_assert_nonnull (strstr (name, QC_FIXTURE_SEALING));

  /* several are one file, named by neither */
  g_ptr_array_insert (kept, 0, g_object_ref (drafts->pdata[0]));
  g_autoptr (QcPrintout) both = qc_printout_new_rosters (stage->app->session, kept);
  g_autofree char *two = print_text (both, QC_PAPER_A4_LANDSCAPE), *names = qc_printout_dup_file_name (both);
  g_assert_cmpuint (count (two, "第1页共1页"), ==, 2);
  g_assert_true (g_str_has_prefix (names, "业务清册"));
  g_assert_null (strstr (names, QC_FIXTURE_SEALING));

  qc_app_fixture_sql (stage->app, "UPDATE outbox_body SET body = '{'");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPrintout) broken = qc_printout_new_rosters (stage->app->session, waiting);
  g_autoptr (GBytes) none = render (broken, QC_PAPER_A4_LANDSCAPE, NULL, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* Of a 汇缴 each of its months; of one that was taken back or waits for the network none. */
static void
test_remittances (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *serial;
    gboolean has;
  } rows[] = {{"HJ202600000001", TRUE}, {"HJ202600000002", FALSE}, {"HJ202600000003", TRUE}, {"HJ202600000004", TRUE}};
  qc_app_fixture_sql (stage->app, "UPDATE application SET start_month = 202607 WHERE serial = 'HJ202600000001'");
  g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) found = rows_of (list, rows[i].serial);
    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (qc_printout_has_roster (found->pdata[0]), ==, rows[i].has);
    g_autoptr (QcPrintout) printout = qc_printout_new_rosters (stage->app->session, found);
    g_assert_cmpint (printout != NULL, ==, rows[i].has);
  }
  g_autoptr (GPtrArray) all = rows_of (list, NULL), waiting = row_of_kind (all, 1);
  g_assert_false (qc_printout_has_roster (waiting->pdata[0]));
  g_autoptr (GPtrArray) two = rows_of (list, "HJ202600000001");
  g_autoptr (QcPrintout) printout = qc_printout_new_rosters (stage->app->session, two);
  g_autofree char *text = print_text (printout, QC_PAPER_A4);
  assert_has (text, "清册年月2026年07月");
  assert_has (text, "清册年月2026年08月");
  g_assert_cmpuint (count (text, "第1页共1页"), ==, 2);
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
  qc_app_fixture_sql (stage->app, "UPDATE unit SET payee_account = NULL");
  g_autoptr (QcPrintout) nowhere = qc_printout_new_notices (stage->app->session, rows);
  assert_refused (nowhere, "app.paper");
  qc_app_fixture_sql (stage->app, "ALTER TABLE paper_use RENAME TO elsewhere");
  g_autoptr (QcPrintout) unread = qc_printout_new_notices (stage->app->session, rows);
  assert_refused (unread, "app.paper");
  qc_app_fixture_sql (stage->app, "UPDATE unit SET payee_account = '231100778899001122'");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) none = render (unread, QC_PAPER_A4, NULL, &error);
  g_assert_null (none);
  g_assert_cmpstr (qc_app_error_code (error), ==, "db.failed");
}

/* There is one as long as money is missing that the unit sends itself. */
static void
test_has_notice (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *sql;
    gboolean has;
  } rows[] = {
      {"UPDATE application SET arrived = fen - 1 WHERE serial = 'HJ202600000004'", TRUE},
      {"UPDATE application SET arrived = fen WHERE serial = 'HJ202600000004'", FALSE},
      {"UPDATE application SET arrived = 0, method = 'collection' WHERE serial = 'HJ202600000004'", FALSE},
      {"UPDATE application SET method = 'transfer' WHERE serial = 'HJ202600000004'", TRUE},
      {"UPDATE application SET state = 'deleted' WHERE serial = 'HJ202600000004'", FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (stage->app, rows[i].sql);
    g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
    g_autoptr (GPtrArray) found = rows_of (list, "HJ202600000004");
    g_autoptr (QcPrintout) printout = qc_printout_new_notices (stage->app->session, found);
    g_test_message ("row %u", (guint)i);
    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (qc_printout_has_notice (found->pdata[0]), ==, rows[i].has);
    g_assert_cmpint (printout != NULL, ==, rows[i].has);
    g_autofree char *text = i == 0 ? print_text (printout, QC_PAPER_A4) : NULL;
    if (text != NULL)
      assert_has (text, "3,499.99"); /* has arrived */
  }
}

/* Of which months it is: of one, of several, of one as long as the last is not known. */
static void
test_notice_months (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *sql, *months;
  } rows[] = {
      {"UPDATE application SET end_month = 202612 WHERE serial = 'HJ202600000004'", "2026年10月至2026年12月"},
      {"UPDATE application SET end_month = 202610 WHERE serial = 'HJ202600000004'", "2026年10月"},
      {"UPDATE application SET end_month = 0 WHERE serial = 'HJ202600000004'", "2026年10月"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (stage->app, rows[i].sql);
    g_autoptr (QcApplicationList) list = qc_application_list_new (stage->app->session);
    g_autoptr (GPtrArray) found = rows_of (list, "HJ202600000004");
    g_autoptr (QcPrintout) printout = qc_printout_new_notices (stage->app->session, found);
    g_autofree char *text = print_text (printout, QC_PAPER_A4);
    assert_has (text, rows[i].months);
    g_assert_cmpint (strstr (text, "2026年10月至") != NULL, ==, i == 0);
  }
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

/* Who handles it is whom the center has registered, else who is signed in, and what is filled is three tenths of it. */
static void
test_handler (Stage *stage, gconstpointer data)
{
  static const struct {
    const char *sql, *handler;
  } rows[] = {
      {"SELECT 1", "王经办"},
      {"INSERT INTO unit_field (scope, name, value) SELECT id, 'JBRXM', '' FROM scope", "王经办"},
      {"UPDATE unit_field SET value = '李登记' WHERE name = 'JBRXM'", "李登记"},
  };
  const QcMonth months[] = {202609};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (stage->app, rows[i].sql);
    g_autoptr (QcPrintout) printout = qc_printout_new_months (stage->app->session, months, 1, QC_MONTH_ROSTER);
    g_assert_cmpfloat (qc_printout_get_progress (printout), ==, 0);
    g_autofree char *text = print_text (printout, QC_PAPER_A4);
    assert_has (text, rows[i].handler);
    g_assert_cmpfloat (qc_printout_get_progress (printout), ==, 0.3); /* one page is drawn at once */
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

/* What stands in a cell: of months, states, classes and sexes the words of paper; of what could not be read, that. */
static void
test_cells (void)
{
  static const struct {
    QcLineFieldId field;
    gint64 value;
    const char *text;
  } rows[] = {
      {QC_LINE_OPENED, 202610, "2026年10月"},     {QC_LINE_OPENED, QC_MONTH_NONE, ""},
      {QC_LINE_STATUS, QC_PERSON_SEALED, "封存"}, {QC_LINE_SEX, QC_SEX_MALE, "男"},
      {QC_LINE_SEX, QC_SEX_FEMALE, "女"},         {QC_LINE_CLASS, QC_RETIREMENT_WOMEN_55, "女55"},
      {QC_LINE_BASE_PENDING, TRUE, "是"},         {QC_LINE_BASE_PENDING, FALSE, ""},
      {QC_LINE_DIFFERENCE, 100, "+1.00"},         {QC_LINE_BIRTH, 19900307, "1990-03-07"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcRosterLine) line = qc_roster_line_new ();
    qc_line_set_int (line, rows[i].field, rows[i].value);
    g_autofree char *text = qc_printout_dup_cell (line, rows[i].field, NULL, NULL);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
  g_autoptr (QcRosterLine) line = qc_roster_line_new ();
  qc_line_set_int (line, QC_LINE_OPENED, 202610);
  qc_line_set_raw (line, QC_LINE_OPENED, "long ago");
  g_autofree char *raw = qc_printout_dup_cell (line, QC_LINE_OPENED, NULL, NULL);
  g_assert_cmpstr (raw, ==, "long ago");
  g_assert_cmpstr (qc_printout_sex (QC_SEX_UNKNOWN), ==, "");
  g_assert_cmpstr (qc_printout_word ("Not a word of the trade"), ==, "Not a word of the trade");
  g_assert_cmpstr (qc_printout_word (NULL), ==, "");
  g_assert_false (qc_printout_has_word ("Not a word of the trade"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func, fill) g_test_add ("/printout/" name, Stage, GUINT_TO_POINTER (fill), set_up, func, tear_down)
  ADD ("table", test_table, 0);
  ADD ("sums", test_sums, 0);
  ADD ("natural-paper", test_natural_paper, 0);
  ADD ("remitted", test_remitted, 0);
  ADD ("left-since", test_left_since, QC_FILL_APPLICATIONS);
  ADD ("draft-months", test_draft_months, 0);
  ADD ("waits-for-money", test_waits_for_money, QC_FILL_OPEN);
  ADD ("draft", test_draft, 0);
  ADD ("draft-sums", test_draft_sums, 0);
  ADD ("people", test_people, 0);
  ADD ("people-part", test_people_part, 0);
  ADD ("records", test_records, QC_FILL_SEALING);
  ADD ("rosters", test_rosters, QC_FILL_SEALING);
  ADD ("remittances", test_remittances, QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_HELD);
  ADD ("back-payment", test_back_payment, QC_FILL_BACK_PAYMENT);
  ADD ("notice", test_notice, QC_FILL_OPEN);
  ADD ("has-notice", test_has_notice, QC_FILL_OPEN);
  ADD ("notice-months", test_notice_months, QC_FILL_OPEN);
  ADD ("reprint", test_reprint, 0);
  ADD ("handler", test_handler, 0);
  ADD ("cancelled", test_cancelled, 0);
  ADD ("too-small", test_too_small, 0);
  g_test_add ("/printout/changes", Stage, NULL, set_up_many, test_changes, tear_down);
  g_test_add_func ("/printout/words", test_words);
  g_test_add_func ("/printout/cells", test_cells);
  return g_test_run ();
}
