/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is found on a roster: how often each thing, of which the first ones are told; why it cannot be submitted, in
 * words; how it is paid; lines of nobody; and what a pasted block means.
 */
#include <string.h>

#include "qc-database.h"
#include "qc-roster-past.h"
#include "qc-session-private.h"
#include "roster-play.h"

#define A    "2311000001"
#define B    "2311000002"
#define TOLD 200 /* of each code */

static guint
count_of (QcRosterService *service, const char *code)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (qc_roster_service_get_counts (service), code));
}

/* How many of @code are told; what each of them says of all is in *@out_total. */
static guint
told_of (QcRosterService *service, const char *code, guint *out_total)
{
  const GPtrArray *findings = qc_business_service_get_findings (QC_BUSINESS_SERVICE (service));
  guint n = 0;
  *out_total = 0;
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    if (g_str_equal (finding->code, code)) {
      *out_total = MAX (*out_total, (guint)finding->total);
      n++;
    }
  }
  return n;
}

/* Of one more than are told it is said how many there are; of as many not. */
static void
test_counts (void)
{
  static const char *const code = "roster.reason-missing";
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, TOLD + 1);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (GString) rows = g_string_new ("account\n");
  for (guint i = 0; i <= TOLD; i++)
    g_string_append_printf (rows, "232%07u\n", i);
  g_autoptr (QcPasteResult) pasted = play_paste (service, rows->str);
  g_assert_cmpuint (pasted->added, ==, TOLD + 1);
  guint total;
  g_assert_cmpuint (count_of (service, code), ==, TOLD + 1);
  g_assert_cmpuint (told_of (service, code, &total), ==, TOLD);
  g_assert_cmpuint (total, ==, TOLD + 1);
  g_autofree char *long_text = g_strnfill (400, 'x'); /* of the last line something else is told too */
  play_enter (service, "2320000200", QC_LINE_REASON_TEXT, long_text);
  g_assert_cmpuint (told_of (service, "roster.unreadable", &total), ==, 1);
  g_assert_cmpuint (told_of (service, code, &total), ==, TOLD);
  play_enter (service, "2320000200", QC_LINE_REASON_TEXT, "");
  gint64 first = play_find (service, "2320000000")->id, second = play_find (service, "2320000001")->id;
  g_assert_true (qc_roster_service_has_findings (service, first));
  play_enter (service, "2320000000", QC_LINE_REASON, "01");
  g_assert_false (qc_roster_service_has_findings (service, first));
  g_assert_cmpuint (count_of (service, code), ==, TOLD);
  g_assert_cmpuint (told_of (service, code, &total), ==, TOLD);
  g_assert_cmpuint (total, ==, 0);
  qc_roster_service_remove (service, &second, 1);
  play_settle (service);
  g_assert_false (qc_roster_service_has_findings (service, second));
  g_assert_cmpuint (count_of (service, code), ==, TOLD - 1);
  g_assert_cmpuint (qc_roster_model_get_n_faulty (qc_roster_service_get_model (service)), ==, TOLD - 1);
  g_assert_cmpuint (qc_roster_service_remove_found (service, code), ==, TOLD - 1);
  play_settle (service);
  g_assert_cmpuint (count_of (service, code), ==, 0);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 1);
  g_assert_nonnull (play_find (service, "2320000000"));
}

static void
assert_why_not (QcRosterService *service, const char *expected)
{
  g_autofree char *why_not = play_why_not (service);
  g_assert_cmpstr (why_not, ==, expected);
}

/* Who and what, and how many more there are; each before what comes behind it. */
static void
test_why_not (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  QcDraft *draft = play_draft (service);
  assert_why_not (service, "Nobody is on the roster yet.");
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t\n" B "\t01\n");
  g_assert_nonnull (pasted);
  static const struct {
    const char *reason, *of_one, *of_two;
  } faults[] = {{"", "The reason is missing for 安大海.",
                 "The reason is missing for 安大海. 2 lines cannot be submitted as they are."},
                {"胡写", "安大海: Reason for the change: “胡写” cannot be read.",
                 "安大海: Reason for the change: “胡写” cannot be read. 2 lines cannot be submitted as they are."}};
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    play_enter (service, A, QC_LINE_REASON, faults[i].reason);
    assert_why_not (service, faults[i].of_one);
    play_enter (service, B, QC_LINE_REASON, faults[i].reason);
    assert_why_not (service, faults[i].of_two);
    play_enter (service, B, QC_LINE_REASON, "01");
  }
  play_enter (service, A, QC_LINE_REASON, "01");
  qc_roster_service_enter (service, play_find (service, B)->id, QC_LINE_REASON_TEXT, "甲");
  assert_why_not (service, "It is being saved.");
  play_settle (service);
  assert_why_not (service, NULL);

  /* a refusal blocks until something is changed, a hint does not; and what is of all is said as it is */
  static const struct {
    int severity;
    const char *line, *code, *why_not;
  } rows[] = {{QC_SEVERITY_ERROR, "1", "sealing.status", "The center has refused it; correct it first."},
              {QC_SEVERITY_WARNING, "1", "sealing.status", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sql = g_strdup_printf (
        "DELETE FROM draft_reason; INSERT INTO draft_reason (draft, line, position, code, severity, "
        "month, person, field, args) SELECT id, %s, 0, '%s', %d, 0, '" A "', 'status', '{}' FROM draft",
        rows[i].line, rows[i].code, rows[i].severity);
    qc_app_fixture_sql (fixture, sql);
    gint64 id = qc_draft_get_id (draft);
    g_clear_object (&service);
    qc_app_fixture_restart (fixture);
    service = play_open (fixture, QC_BUSINESS_SEALING, id);
    assert_why_not (service, rows[i].why_not);
    draft = play_draft (service);
  }
}

/* Of the whole roster it is said before any line. */
static void
test_month_moved (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t\n");
  g_assert_nonnull (pasted);
  qc_app_fixture_move_unit (fixture, 202610);
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  play_settle (service);
  const QcFinding *moved = play_finding (service, 0, "roster.month-moved");
  g_assert_nonnull (moved);
  g_autofree char *sentence = qc_finding_dup_sentence (moved);
  assert_why_not (service, sentence);
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202610);
  qc_roster_service_accept_month (service);
  play_settle (service);
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202611);
  g_assert_null (play_finding (service, 0, "roster.month-moved"));
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202610);
}

static void
test_method (void)
{
  for (int agreement = FALSE; agreement <= TRUE; agreement++) {
    g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, agreement ? QC_FILL_AGREEMENT : 0, 0);
    g_autoptr (QcRosterService) service = qc_roster_service_new (fixture->session, QC_BUSINESS_BACK_PAYMENT, 0);
    g_assert_cmpint (qc_roster_service_get_method (service), ==, QC_METHOD_NONE); /* nothing is known yet */
    play_settle (service);
    QcMethod only = agreement ? QC_METHOD_COLLECTION : QC_METHOD_TRANSFER;
    QcMethod other = agreement ? QC_METHOD_TRANSFER : QC_METHOD_COLLECTION;
    g_assert_cmpint (qc_roster_service_get_method (service), ==, only);
    qc_roster_service_set_method (service, other);
    g_assert_cmpint (qc_roster_service_get_method (service), ==, other);
    qc_roster_service_set_method (service, QC_METHOD_NONE);
    g_assert_cmpint (qc_roster_service_get_method (service), ==, only);
    play_settle (service);
    g_autoptr (QcRosterService) without_money = play_open (fixture, QC_BUSINESS_SEALING, 0);
    g_assert_cmpint (qc_roster_service_get_method (without_money), ==, QC_METHOD_NONE);
  }
}

/* A line without an account is compared with nobody; one whose person is gone is said to be. */
static void
test_nobody (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t01\n");
  g_assert_nonnull (pasted);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_ptr_array_add (lines, qc_roster_line_new ());
  g_assert_true (qc_draft_add_lines (play_draft (service), lines, 0, "lines.add"));
  play_settle (service);
  gint64 one = play_find (service, A)->id,
         nobody = ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 1))->id;
  g_assert_null (play_finding (service, one, "roster.unknown-person"));
  g_assert_null (play_finding (service, nobody, "roster.unknown-person"));
  g_assert_true (qc_roster_service_has_findings (service, nobody));
  qc_app_fixture_sql (fixture, "DELETE FROM person_find; DELETE FROM person");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  play_settle (service);
  g_assert_nonnull (play_finding (service, one, "roster.unknown-person"));
  g_assert_null (play_finding (service, nobody, "roster.unknown-person"));
  gint64 revision = qc_draft_get_revision (play_draft (service));
  const gint64 both[] = {one, nobody};
  qc_roster_service_update_lines (service, both, 2); /* as nobody is now: as they were */
  play_settle (service);
  g_assert_cmpint (qc_draft_get_revision (play_draft (service)), ==, revision);
}

/* Who has no base keeps what was entered, and who takes no new base is passed over. */
static void
test_scaling (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t01\n2311000003\t01\n");
  g_assert_nonnull (pasted);
  const gint64 both[] = {play_find (service, A)->id, play_find (service, "2311000003")->id};
  static const struct {
    gint32 change;
    QcMoney base;
  } rows[] = {{0, 333300}, {1000, 366630}, {-5000, 166650}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (qc_roster_service_scale_base (service, both, 2, rows[i].change, QC_ROUNDING_HALF_UP_FEN));
    play_settle (service);
    g_assert_cmpint (play_find (service, "2311000003")->new_base, ==, rows[i].base);
    g_assert_cmpint (play_find (service, A)->new_base, ==, 0); /* is sealed: takes none */
  }
  qc_app_fixture_sql (fixture, "UPDATE person SET base = 0 WHERE account = '2311000003'");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  play_settle (service);
  qc_roster_service_update_lines (service, both, 2);
  play_settle (service);
  play_enter (service, "2311000003", QC_LINE_NEW_BASE, "5000");
  qc_roster_service_scale_base (service, both, 2, 1000, QC_ROUNDING_HALF_UP_FEN);
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000003")->new_base, ==, 500000);
}

/* ---- what was paid for those on it ---- */

static gpointer
read_histories (QcConnection *connection, gpointer n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) accounts = g_string_new (NULL); /* packed, one of them twice and one of nobody */
  for (guint i = 0; i < GPOINTER_TO_UINT (n); i++) {
    g_string_append_printf (accounts, "232%07u", i);
    g_string_append_c (accounts, '\0');
  }
  if (accounts->len > 0)
    g_string_append_len (accounts,
                         "2320000000\0"
                         "2399999999",
                         22);
  return qc_roster_histories_read (connection, "heihe", QC_FIXTURE_UNIT, accounts->str, cancellable, error);
}

/* Few are looked up and of many all people are gone through: whoever was asked for is found, and nobody else. */
static void
test_histories (void)
{
  static const guint rows[] = {0, 1, 1998, 1999, 2000, 2005};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 2010);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GHashTable) histories = qc_database_read (qc_session_get_database (fixture->session), "histories",
                                                         read_histories, GUINT_TO_POINTER (rows[i]), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_hash_table_size (histories), ==, rows[i]);
    g_assert_true (g_hash_table_contains (histories, "2320000000") == (rows[i] > 0));
    g_assert_false (g_hash_table_contains (histories, "2320002009"));
  }
}

/* Of many lines one has gone meanwhile: the others are changed. */
static void
test_gone_meanwhile (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t01\n" B "\t01\n");
  g_assert_nonnull (pasted);
  const gint64 ids[] = {play_find (service, A)->id, 987654, play_find (service, B)->id};
  g_assert_true (qc_roster_service_enter_many (service, ids, 3, QC_LINE_REASON, "99"));
  play_settle (service);
  g_assert_cmpstr (play_find (service, A)->reason, ==, "99");
  g_assert_cmpstr (play_find (service, B)->reason, ==, "99");
}

/* ---- what a pasted block means ---- */

/* Which column names people, whether the first row has headings, and where the other cells go. */
static void
test_blocks (void)
{
  static const struct {
    const char *text;
    guint added, unknown, unreadable;
    const char *reason, *reason_text; /* of A, where she came */
  } rows[] = {
      {"", 0, 0, 0, NULL, NULL},
      {A, 1, 0, 0, NULL, NULL},
      {A "\n" A, 1, 0, 0, NULL, NULL},
      {A "\n" B "\n2311000099", 2, 1, 0, NULL, NULL},
      /* at least half of the rows: eight digits and more, two other characters and fewer */
      {A "\n12345678", 1, 1, 0, NULL, NULL},
      {A "\n12345678\nx", 1, 2, 0, NULL, NULL},
      {A "\n1234567\nx", 0, 3, 0, NULL, NULL},
      {A "\nab12345678\nx", 1, 2, 0, NULL, NULL},
      {A "\nabc12345678\nx", 0, 3, 0, NULL, NULL},
      {A "\n1 2 3 4 5 6 7 8\nx", 1, 2, 0, NULL, NULL},
      {"2311000098\n2311000099", 0, 2, 0, NULL, NULL}, /* long numbers of nobody are no people */
      /* headings: one alone, or two */
      {"account\n" A, 1, 0, 0, NULL, NULL},
      {"account\tx\n" A "\t01", 1, 1, 0, "01", NULL},
      {"account\treason\n" A "\t01", 1, 0, 0, "01", NULL},
      {"reason\taccount\n99\t" A, 1, 0, 0, "99", NULL},
      {"account\treason\n" A "\t胡写", 1, 0, 1, NULL, NULL},
      /* without: what is entered, in order, behind the key; whole rows as they lie there */
      {A "\t99\t说明", 1, 0, 0, "99", "说明"},
      {A "\t99\t说明\t\t\t", 1, 0, 0, "99", "说明"},
      {"x\ty\tz\t" A "\t99\t说明", 1, 0, 0, "99", "说明"},
      {"x\ty\t" A "\t99\t说明", 1, 0, 0, NULL, NULL}, /* the number lies where the document is */
      {"安大海\t" A "\t231102199003070016\t正常\t封存\t99\t说明", 1, 0, 0, "99", "说明"},
      {"安大海\t" A "\t99", 1, 0, 0, NULL, NULL}, /* that lies where the document is */
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_autoptr (QcPasteResult) pasted = play_paste (service, rows[i].text);
    g_assert_cmpuint (pasted->added, ==, rows[i].added);
    g_assert_cmpuint (pasted->changed, ==, 0);
    g_assert_cmpuint (pasted->unknown->len, ==, rows[i].unknown);
    g_assert_cmpuint (pasted->unreadable, ==, rows[i].unreadable);
    g_assert_cmpuint (play_roster (service)->lines->len, ==, rows[i].added);
    if (rows[i].added > 0) {
      g_assert_cmpstr (play_find (service, A)->reason, ==, rows[i].reason);
      g_assert_cmpstr (play_find (service, A)->reason_text, ==, rows[i].reason_text);
    }
    qc_roster_service_clear (service);
    play_settle (service);
  }
}

/* From a cell on, downwards and to the right; what has no line is told, what a cell does not take is passed over. */
static void
test_from_a_cell (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) people = play_paste (service, A "\n" B);
  g_assert_cmpuint (people->added, ==, 2);
  const struct {
    gint64 line;
    QcLineFieldId field;
    const char *text;
    guint changed, unknown;
    const char *a, *a_text, *b;
  } rows[] = {{play_find (service, A)->id, QC_LINE_REASON, "01\n99", 2, 0, "01", NULL, "99"},
              {play_find (service, A)->id, QC_LINE_REASON, "01\n99\n01", 2, 1, "01", NULL, "99"},
              {play_find (service, B)->id, QC_LINE_REASON, "99\n01", 1, 1, NULL, NULL, "99"},
              {play_find (service, A)->id, QC_LINE_REASON, "99\t说明", 1, 0, "99", "说明", NULL},
              {play_find (service, A)->id, QC_LINE_STATUS_AFTER, "x\t99\t说明", 1, 0, "99", "说明", NULL},
              {play_find (service, A)->id, QC_LINE_REASON_TEXT, "说明\tx\ty\tz\tu\tv\tw", 1, 0, NULL, "说明", NULL},
              {0, QC_LINE_REASON, "01\n99", 0, 2, NULL, NULL, NULL},
              {987654, QC_LINE_REASON, "01", 0, 1, NULL, NULL, NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    guint step = qc_draft_get_last_step (play_draft (service));
    g_autoptr (QcPasteResult) pasted = play_paste_at (service, rows[i].line, rows[i].field, rows[i].text, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (pasted->changed, ==, rows[i].changed);
    g_assert_cmpuint (pasted->added, ==, 0);
    g_assert_cmpuint (pasted->unknown->len, ==, rows[i].unknown);
    g_assert_cmpstr (play_find (service, A)->reason, ==, rows[i].a);
    g_assert_cmpstr (play_find (service, A)->reason_text, ==, rows[i].a_text);
    g_assert_cmpstr (play_find (service, B)->reason, ==, rows[i].b);
    g_assert_true ((qc_draft_get_last_step (play_draft (service)) != step) == (rows[i].changed > 0));
    if (rows[i].changed > 0)
      qc_draft_undo (play_draft (service));
    play_settle (service);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/found/counts", test_counts);
  g_test_add_func ("/found/why-not", test_why_not);
  g_test_add_func ("/found/month-moved", test_month_moved);
  g_test_add_func ("/found/method", test_method);
  g_test_add_func ("/found/nobody", test_nobody);
  g_test_add_func ("/found/scaling", test_scaling);
  g_test_add_func ("/found/histories", test_histories);
  g_test_add_func ("/found/gone-meanwhile", test_gone_meanwhile);
  g_test_add_func ("/found/blocks", test_blocks);
  g_test_add_func ("/found/from-a-cell", test_from_a_cell);
  return g_test_run ();
}
