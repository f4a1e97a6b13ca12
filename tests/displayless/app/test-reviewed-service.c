/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The reviewed businesses as the clerk has them, without a window: what was paid for the people of a 补缴 is read as
 * they come onto the roster, and amounts follow from it; who is to be opened an account and has one is said.
 */
#include <string.h>

#include "qc-back-search.h"
#include "qc-draft.h"
#include "qc-stamped-papers.h"
#include "roster-play.h"

#define A "2311000001" /* 5,000.00, paid for 202609 alone */
#define B "2311000002"

static void
mean (QcRosterService *service, const char *account, const char *reason, const char *from, const char *to)
{
  play_enter (service, account, QC_LINE_REASON, reason);
  play_enter (service, account, QC_LINE_FROM, from);
  play_enter (service, account, QC_LINE_TO, to);
}

static void
assert_owed (QcRosterService *service, const char *account, gint32 months, QcMoney fen)
{
  const QcRosterLine *line = play_find (service, account);
  g_assert_cmpint (line->months, ==, months);
  g_assert_cmpint (line->unit_fen, ==, fen);
  g_assert_cmpint (line->personal_fen, ==, fen);
}

static void
test_back_payment (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A "\n" B);
  g_assert_nonnull (pasted);
  mean (service, A, "漏缴", "2026-07", "202608");
  assert_owed (service, A, 2, 120000);
  g_assert_null (play_finding (service, play_find (service, A)->id, "back-payment.paid-in-full"));
  g_assert_null (play_finding (service, play_find (service, A)->id, "back-payment.unknown-past"));
  mean (service, B, "01", "202608", "202609"); /* the second is paid in full */
  assert_owed (service, B, 1, 75000);
  g_assert_nonnull (play_finding (service, play_find (service, B)->id, "back-payment.paid-in-full"));
  /* a base for differences is not taken */
  const QcRosterLine *line = play_find (service, A);
  g_assert_true (qc_roster_service_takes (service, line, QC_LINE_NEW_BASE));
  play_enter (service, A, QC_LINE_REASON, "少缴");
  g_assert_false (qc_roster_service_takes (service, play_find (service, A), QC_LINE_NEW_BASE));
  g_assert_nonnull (play_finding (service, play_find (service, A)->id, "back-payment.nothing-paid"));
  play_enter (service, A, QC_LINE_REASON, "漏缴");
  play_enter (service, A, QC_LINE_NEW_BASE, "4,000");
  assert_owed (service, A, 2, 96000);

  /* after a restart it stands there as it was, and what was paid is known again */
  gint64 draft = qc_draft_get_id (play_draft (service));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, draft);
  assert_owed (service, A, 2, 96000);
  assert_owed (service, B, 1, 75000);
  play_enter (service, B, QC_LINE_TO, "202608");
  assert_owed (service, B, 1, 75000);
  g_assert_null (play_finding (service, play_find (service, B)->id, "back-payment.paid-in-full"));
}

/* Several lines of one person, but no month twice; a month that is corrected takes the fault away. */
static void
test_months_twice (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A);
  g_assert_nonnull (pasted);
  mean (service, A, "01", "202601", "202603");
  GPtrArray *more = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  QcRosterLine *line = qc_roster_line_copy (play_find (service, A));
  line->id = 0;
  g_ptr_array_add (more, line);
  qc_draft_add_lines (play_draft (service), more, 0, "lines.add");
  play_settle (service);
  const QcRosterLine *second = g_ptr_array_index (play_roster (service)->lines, 1);
  gint64 id = second->id;
  g_assert_nonnull (play_finding (service, id, "back-payment.overlap"));
  const QcRosterTotals *totals = qc_roster_model_get_totals (qc_roster_service_get_model (service));
  g_assert_cmpint (totals->lines, ==, 2);
  g_assert_cmpint (totals->people, ==, 1);
  qc_roster_service_enter (service, id, QC_LINE_FROM, "202604");
  play_settle (service);
  qc_roster_service_enter (service, id, QC_LINE_TO, "202605");
  play_settle (service);
  g_assert_null (play_finding (service, id, "back-payment.overlap"));
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

static GPtrArray *
search (QcRosterService *service, QcMonth since, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_back_search_async (service, since, cancellable, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_back_search_finish (service, result, error);
}

/* Whoever could be paid for is found, comes onto the roster with the amounts that were said, and only once. */
static void
test_search (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 2500);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = search (service, 202608, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (qc_back_search_get_progress (service), ==, 1.0);
  g_assert_cmpuint (found->len, >, 2);
  const QcBackCandidate *first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->person->account, ==, A);
  g_assert_cmpint (first->found.kind, ==, QC_BACK_FOUND_MISSED);
  g_assert_cmpint (first->found.from, ==, 202608);
  g_assert_cmpint (first->found.to, ==, 202608);
  g_assert_cmpint (first->found.unit, ==, 60000);
  guint n = qc_back_search_add (service, found, NULL);
  g_assert_cmpuint (n, ==, found->len);
  play_settle (service);
  for (guint i = 0; i < found->len; i += 97) {
    const QcBackCandidate *candidate = g_ptr_array_index (found, i);
    const QcRosterLine *line = play_find (service, candidate->person->account);
    g_assert_cmpint (line->unit_fen, ==, candidate->found.unit);
    g_assert_cmpstr (line->reason, ==, "01");
  }
  g_assert_cmpuint (qc_back_search_add (service, found, NULL), ==, 0);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_autoptr (GPtrArray) none = search (service, 202608, cancelled, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Who stands on the roster with months before or after those that were found gets these too, and once. */
static void
test_search_beside (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A "\n" B);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (pasted);
  mean (service, A, "01", "202606", "202607");
  mean (service, B, "01", "202609", "202609");
  g_autoptr (GPtrArray) found = search (service, 202608, NULL, &error);
  g_assert_no_error (error);
  guint before = play_roster (service)->lines->len, of_both = 0;
  for (guint i = 0; i < found->len; i++) {
    const QcBackCandidate *candidate = g_ptr_array_index (found, i);
    of_both += candidate->found.to == 202608
               && (g_str_equal (candidate->person->account, A) || g_str_equal (candidate->person->account, B));
  }
  g_assert_cmpuint (of_both, ==, 2);
  g_assert_cmpuint (qc_back_search_add (service, found, NULL), ==, found->len);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, before + found->len);
  g_assert_cmpuint (qc_back_search_add (service, found, NULL), ==, 0);
}

static gboolean
is_found (const GPtrArray *found, const char *account, QcMonth month)
{
  for (guint i = 0; i < found->len; i++) {
    const QcBackCandidate *candidate = g_ptr_array_index (found, i);
    if (g_str_equal (candidate->person->account, account) && candidate->found.from <= month
        && month <= candidate->found.to)
      return TRUE;
  }
  return FALSE;
}

/* Months that stand in another 补缴 which the center has not decided on are said before anything is submitted, with its
 * number, and are not looked for again. */
static void
test_in_flight (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_BACK_PAYMENT, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A "\n" B);
  g_assert_nonnull (pasted);
  mean (service, A, "01", "202608", "202608");
  mean (service, B, "01", "202608", "202608");
  const QcFinding *finding = play_finding (service, play_find (service, A)->id, "back-payment.in-flight");
  g_assert_nonnull (finding);
  g_assert_cmpstr (qc_finding_get_arg (finding, "serial", NULL), ==, QC_FIXTURE_BACK_PAYMENT);
  g_assert_null (play_finding (service, play_find (service, B)->id, "back-payment.in-flight"));
  play_enter (service, A, QC_LINE_FROM, "202606");
  play_enter (service, A, QC_LINE_TO, "202606");
  g_assert_null (play_finding (service, play_find (service, A)->id, "back-payment.in-flight"));

  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = search (service, 202606, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_found (found, A, 202606));
  g_assert_false (is_found (found, A, 202607));
  g_assert_false (is_found (found, A, 202608));
  g_assert_true (is_found (found, B, 202608));

  qc_app_fixture_sql (fixture,
                      "INSERT INTO application_line (scope, serial, line, facts) SELECT scope, serial, line + 1,"
                      " replace (facts, '" A "', '" B "') FROM application_line WHERE line > 0");
  g_autoptr (GPtrArray) both = search (service, 202606, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_found (both, A, 202608));
  g_assert_false (is_found (both, B, 202608)); /* the second line of it */

  qc_app_fixture_sql (fixture,
                      "UPDATE application SET state = 'returned' WHERE serial = '" QC_FIXTURE_BACK_PAYMENT "'");
  g_autoptr (GPtrArray) again = search (service, 202606, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_found (again, A, 202608));
}

static void
test_opening (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_ptr_array_add (lines, qc_roster_line_new ());
  qc_draft_add_lines (play_draft (service), lines, 0, "lines.add");
  play_settle (service);
  gint64 id = ((const QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id;
  static const struct {
    QcLineFieldId field;
    const char *text;
  } cells[] = {{QC_LINE_NAME, "新来人"},
               {QC_LINE_DOCUMENT_TYPE, "居民身份证"},
               {QC_LINE_DOCUMENT, "231102199003070016"},
               {QC_LINE_NEW_BASE, "5000"}};
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_assert_true (qc_roster_service_enter (service, id, cells[i].field, cells[i].text));
    play_settle (service);
  }
  g_assert_nonnull (play_finding (service, id, "opening.here")); /* is A's */
  qc_roster_service_enter (service, id, QC_LINE_DOCUMENT, "231102196501100018");
  play_settle (service);
  g_assert_null (play_finding (service, id, "opening.here"));
  const QcRosterLine *line = qc_roster_find (play_roster (service), id);
  g_assert_cmpstr (line->document_type, ==, "01");
  g_assert_cmpint (line->opened, ==, 202610);
  g_assert_cmpint (line->unit_fen, ==, 60000);
}

static const QcRosterLine *
line_at (QcRosterService *service, guint i)
{
  g_assert_cmpuint (i, <, play_roster (service)->lines->len);
  return g_ptr_array_index (play_roster (service)->lines, i);
}

/* Rows come in, under headings or as the grid has its columns; who is on the roster by document is changed, and what
 * cannot be read stays. One step. */
static void
test_paste_newcomers (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_ACCOUNT_OPENING, 0);
  g_autoptr (QcPasteResult) first
      = play_paste (service, "姓名\t身份证号\t手机号\t缴存基数（元）\n"
                             "新 一\t２３１１０２１９６５０１１０００１８\t138 0013 8000\t5,000元\n"
                             "新二\tE1234567\t\t很多\n");
  g_assert_cmpuint (first->added, ==, 2);
  g_assert_cmpuint (first->unreadable, ==, 1);
  const QcRosterLine *one = line_at (service, 0), *two = line_at (service, 1);
  g_assert_cmpstr (one->name, ==, "新一");
  g_assert_cmpstr (one->document_type, ==, "01"); /* the number says it */
  g_assert_cmpstr (one->document, ==, "231102196501100018");
  g_assert_cmpstr (one->mobile, ==, "13800138000");
  g_assert_cmpint (one->birth, ==, 19650110);
  g_assert_cmpint (one->unit_fen, ==, 60000);
  g_assert_null (two->document_type);
  g_assert_cmpstr (qc_line_get_raw (two, QC_LINE_NEW_BASE), ==, "很多");
  g_assert_nonnull (play_finding (service, two->id, "roster.unreadable"));
  gint64 id = one->id;

  /* as the grid shows them, in lower case; the same document twice is said, and not put together */
  g_autoptr (QcPasteResult) second
      = play_paste (service, "新一\t居民身份证\t231102196501100018\t男\t1965-01-10\t\t6000\n"
                             "新三\t居民身份证\t23110219650110131x\t\t\t\t6000\n"
                             "新四\t居民身份证\t23110219650110131X\t\t\t\t7000\n");
  g_assert_cmpuint (second->added, ==, 2);
  g_assert_cmpuint (second->changed, ==, 1);
  g_assert_cmpint (qc_roster_find (play_roster (service), id)->new_base, ==, 600000);
  g_assert_cmpstr (line_at (service, 2)->document, ==, "23110219650110131X");
  g_assert_nonnull (play_finding (service, line_at (service, 3)->id, "roster.duplicate"));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
  g_assert_cmpint (qc_roster_find (play_roster (service), id)->new_base, ==, 500000);

  /* what stands beside a resident ID and contradicts it is not passed over */
  g_autoptr (QcPasteResult) third
      = play_paste (service, "姓名\t证件号码\t性别\t出生日期\n新五\t231102198502140045\t男\t1985年2月15日\n");
  g_assert_cmpuint (third->added, ==, 0);
  g_assert_cmpuint (third->refused->len, ==, 2);
  /* a block that names nobody goes where the cursor is */
  g_autoptr (QcPasteResult) cells = play_paste_at (service, id, QC_LINE_NEW_BASE, "7000\n8000\n", NULL);
  g_assert_cmpuint (cells->added, ==, 0);
  g_assert_cmpuint (cells->changed, ==, 2);
  g_assert_cmpint (line_at (service, 1)->new_base, ==, 800000);
}

/* A second period of somebody is a second line; the same period once more changes its line, and who has none yet gets
 * the first one. */
static void
test_paste_months (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) chosen = play_paste (service, A);
  gint64 id = line_at (service, 0)->id;
  static const char rows[] = "个人账号\t补缴原因\t自年月\t至年月\n"
                             "2311000001\t漏缴\t2026-03\t2026-04\n"
                             "231102199003070016\t漏缴\t2026年7月\t202608\n"
                             "2311000002\t漏缴\t从前\t202608\n";
  g_autoptr (QcPasteResult) first = play_paste (service, rows);
  g_assert_cmpuint (chosen->added, ==, 1);
  g_assert_cmpuint (first->changed, ==, 1);
  g_assert_cmpuint (first->added, ==, 2);
  g_assert_cmpint (qc_roster_find (play_roster (service), id)->from, ==, 202603);
  g_assert_cmpint (line_at (service, 1)->from, ==, 202607);
  g_assert_cmpint (line_at (service, 1)->unit_fen, ==, 120000);
  g_autoptr (QcPasteResult) again = play_paste (service, rows);
  g_assert_cmpuint (again->added, ==, 0);
  g_assert_cmpuint (again->changed, ==, 3);
  g_autoptr (QcPasteResult) longer
      = play_paste (service, "account\tfrom\tto\n2311000001\t202607\t202607\n2311000001\t202605\t202605\n");
  g_assert_cmpuint (longer->added, ==, 1);
  g_assert_cmpint (line_at (service, 1)->to, ==, 202607);
  g_assert_cmpint (line_at (service, 1)->unit_fen, ==, 60000);
}

/* ---- the papers to be stamped ---- */

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer result)
{
  return *(GAsyncResult **)result != NULL;
}

static gboolean
save (QcRosterService *service, GBytes *pdf, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_stamped_papers_save_async (service, pdf, path, keep_result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  return qc_stamped_papers_save_finish (service, result, error);
}

/* What is too long is refused and takes nothing of what was kept; the paper is saved whole, or what was there stays. */
static void
test_papers (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A);
  mean (service, A, "漏缴", "2026-07", "202608");
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < QC_STAMPED_STATEMENT_MAX; i++)
    g_string_append (text, i % 40 == 39 ? "\n" : "补");
  g_assert_true (qc_stamped_papers_set_statement (service, text->str));
  g_autofree char *kept = qc_stamped_papers_dup_statement (service);
  g_assert_cmpstr (kept, ==, text->str);
  g_string_append (text, "缴");
  g_assert_false (qc_stamped_papers_set_statement (service, text->str));
  g_autofree char *still = qc_stamped_papers_dup_statement (service);
  g_assert_cmpstr (still, ==, kept);

  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = NULL;
  qc_stamped_papers_render_async (service, QC_STAMPED_PAPER_LIST, NULL, keep_result_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_autoptr (GBytes) pdf = qc_stamped_papers_render_finish (service, result, &name, &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_assert_true (save (service, pdf, path, &error));
  g_assert_no_error (error);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) saved = g_mapped_file_get_bytes (file);
  g_assert_true (g_bytes_equal (saved, pdf));
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nowhere", name, NULL);
  g_assert_false (save (service, pdf, nowhere, &error));
  g_assert_nonnull (strstr (error->message, nowhere));
}

/* A piece of it ends in the middle of a text, or behind its last character. */
static void
test_statement (void)
{
  static const guint lengths[] = {0, 1, 999, 1000, 1001, 2000, 3999};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autofree char *nothing = qc_stamped_papers_dup_statement (service);
  g_assert_cmpstr (nothing, ==, "");
  for (guint i = G_N_ELEMENTS (lengths); i-- > 0;) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (g_utf8_strlen (text->str, -1) < lengths[i])
      g_string_append_unichar (text, 0x4e00 + (gunichar)text->len);
    g_assert_true (qc_stamped_papers_set_statement (service, text->str));
    g_autofree char *kept = qc_stamped_papers_dup_statement (service);
    g_assert_cmpstr (kept, ==, text->str);
  }
}

/* Of whom and of which months the sentences are: at most three by name, everybody once, the first month to the last. */
static void
test_sentences (void)
{
  typedef struct {
    const char *account, *name;
    QcMonth from, to;
  } Line;
  static const struct {
    const char *name;
    Line lines[5];
    const char *of;
  } rows[] = {
      {"one, no months yet", {{A, "甲", 0, 0}}, "甲"},
      {"no end yet", {{A, "甲", 202607, 0}}, "甲"},
      {"no beginning yet", {{A, "甲", 0, 202607}}, "甲"},
      {"one month", {{A, "甲", 202607, 202607}}, "甲2026年7月"},
      {"two months", {{A, "甲", 202607, 202608}}, "甲2026年7月至2026年8月"},
      {"the end is before", {{A, "甲", 202608, 202607}}, "甲"},
      {"the same person twice", {{A, "甲", 202607, 202607}, {A, "甲", 202512, 202601}}, "甲2025年12月至2026年7月"},
      {"the first has the most", {{A, "甲", 202601, 202612}, {B, "乙", 202603, 202604}}, "甲、乙2026年1月至2026年12月"},
      {"one without months",
       {{A, "甲", 202602, 202602}, {B, "乙", 0, 0}, {"2311000003", "丙", 202601, 202601}},
       "甲、乙、丙2026年1月至2026年2月"},
      {"four",
       {{A, "甲", 202607, 202607}, {B, "乙", 0, 0}, {"2311000003", "丙", 0, 0}, {"2311000004", "丁", 0, 0}},
       "甲、乙、丙等4人2026年7月"},
      {"five lines of four",
       {{A, "甲", 0, 0}, {B, "乙", 0, 0}, {"2311000003", "丙", 0, 0}, {"2311000004", "丁", 0, 0}, {A, "甲", 0, 0}},
       "甲、乙、丙等4人"},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (GPtrArray) nobody = qc_stamped_papers_dup_sentences (service);
  g_assert_cmpstr (nobody->pdata[0], ==, "我单位职工的住房公积金因经办疏漏未按时缴存，现申请补缴。");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
    for (const Line *one = rows[i].lines; one < rows[i].lines + 5 && one->account; one++) {
      QcRosterLine *line = qc_roster_line_new ();
      line->account = g_strdup (one->account);
      line->name = g_strdup (one->name);
      line->from = one->from;
      line->to = one->to;
      g_ptr_array_add (lines, line);
    }
    qc_draft_add_lines (play_draft (service), lines, 0, "lines.add");
    play_settle (service);
    g_autoptr (GPtrArray) sentences = qc_stamped_papers_dup_sentences (service);
    g_autofree char *expected
        = g_strdup_printf ("我单位职工%s的住房公积金因经办疏漏未按时缴存，现申请补缴。", rows[i].of);
    g_test_message ("%s", rows[i].name);
    g_assert_cmpuint (sentences->len, ==, 5);
    g_assert_cmpstr (sentences->pdata[0], ==, expected);
    qc_draft_undo (play_draft (service));
    play_settle (service);
    g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  }
}

/* And of what: each side, and both. */
static void
test_amounts (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, A);
  mean (service, A, "漏缴", "2026-07", "202608");
  g_autoptr (GPtrArray) sentences = qc_stamped_papers_dup_sentences (service);
  g_assert_cmpstr (sentences->pdata[3], ==,
                   "本次补缴单位部分1,200.00元，个人部分1,200.00元，合计2,400.00元，明细见补缴清册。");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reviewed-service/back-payment", test_back_payment);
  g_test_add_func ("/reviewed-service/months-twice", test_months_twice);
  g_test_add_func ("/reviewed-service/search", test_search);
  g_test_add_func ("/reviewed-service/search-beside", test_search_beside);
  g_test_add_func ("/reviewed-service/in-flight", test_in_flight);
  g_test_add_func ("/reviewed-service/opening", test_opening);
  g_test_add_func ("/reviewed-service/paste-newcomers", test_paste_newcomers);
  g_test_add_func ("/reviewed-service/paste-months", test_paste_months);
  g_test_add_func ("/reviewed-service/papers", test_papers);
  g_test_add_func ("/reviewed-service/statement", test_statement);
  g_test_add_func ("/reviewed-service/sentences", test_sentences);
  g_test_add_func ("/reviewed-service/amounts", test_amounts);
  return g_test_run ();
}
