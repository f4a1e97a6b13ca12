/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster businesses that end at once: 封存/启封 from the confirmation to the figures of the next 汇缴,
 * 授权退休年龄, what is refused and where it is said, a hundred thousand faulty lines, the lines as they are read
 * afterwards, and a ledger of before there were any. The audit runs after every step.
 */
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

/* 个人账号 of the @n-th person of T with @status. (transfer full) */
static char *
dup_account (Fx *fx, QcPersonStatus status, int n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CAST (account AS INTEGER) FROM person WHERE unit = 1 AND status = %d "
                                          "AND base BETWEEN 500000 AND 1500000 ORDER BY id LIMIT 1 OFFSET %d",
                                          (int)status, n);
  return g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
}

/* A line for that person, with a reason that needs no words. */
static QcRosterLine *
add (Fx *fx, const FxView *view, QcSubmission *roster, QcPersonStatus status, int n)
{
  g_autofree char *account = dup_account (fx, status, n);
  QcRosterLine *line = fx_roster_add (view, roster, account);
  if (roster->business == QC_BUSINESS_SEALING)
    line->reason = g_strdup ("01");
  return line;
}

static QcEmployee *
person_of (const FxView *view, const QcRosterLine *line)
{
  QcEmployee *person = g_hash_table_lookup (view->by_account, line->account);
  g_assert_nonnull (person);
  return person;
}

static gint64
base_from (const FxView *view, const QcRosterLine *line, QcMonth from)
{
  const GArray *bases = g_hash_table_lookup (view->bases, line->account);
  for (guint i = 0; i < bases->len; i++)
    if (g_array_index (bases, QcBaseChange, i).from == from)
      return g_array_index (bases, QcBaseChange, i).base;
  return 0;
}

static void
assert_at_once (Fx *fx, const QcOutcome *outcome, QcBusiness business, QcMonth effective, gint64 people)
{
  const QcApplication *a = outcome->application;
  fx_assert_done (outcome);
  g_assert_cmpint (a->business, ==, business);
  g_assert_cmpint (a->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (a->created, ==, fx->now);
  g_assert_cmpint (a->finished, ==, fx->now);
  g_assert_cmpint (a->effective, ==, effective);
  g_assert_cmpint (a->people, ==, people);
  g_assert_cmpint (a->fen, ==, 0);
  g_assert_cmpint (a->method, ==, QC_METHOD_NONE);
  g_assert_cmpuint (a->months->len, ==, 0);
  g_assert_cmpuint (a->timeline->len, ==, 2);
  g_assert_cmpstr (((QcTimelineEntry *)g_ptr_array_index (a->timeline, 0))->event, ==, "submitted");
  g_assert_cmpstr (((QcTimelineEntry *)g_ptr_array_index (a->timeline, 1))->event, ==, "finished");
  fx_audit (fx);
}

/* ---- 封存/启封 ---- */

static void
test_sealing (void)
{
  Fx fx;
  fx_open (&fx, 0);
  fx_answer (&fx, T, 202612);
  g_autoptr (FxView) before = fx_view_new (&fx, T);
  QcMonth due = qc_unit_due_month (before->unit);
  g_autoptr (QcRemittanceClaim) claim_before = fx_claim (&fx, T, due);
  g_autoptr (QcSubmission) roster = fx_roster (before, QC_BUSINESS_SEALING);
  const QcRosterLine *lines[3];
  for (int i = 0; i < 3; i++)
    lines[i] = add (&fx, before, roster, QC_PERSON_NORMAL, i);
  qc_line_set_text ((QcRosterLine *)lines[2], QC_LINE_REASON, "99");
  qc_line_set_text ((QcRosterLine *)lines[2], QC_LINE_REASON_TEXT, "公派出国一年");
  g_autoptr (QcOutcome) done = fx_submit_roster (&fx, T, roster);
  assert_at_once (&fx, done, QC_BUSINESS_SEALING, due, 3);

  g_autoptr (FxView) after = fx_view_new (&fx, T);
  g_assert_cmpint (after->unit->headcount, ==, before->unit->headcount - 3);
  g_assert_cmpint (after->unit->sealed_count, ==, before->unit->sealed_count + 3);
  g_assert_cmpint (after->unit->revision, >, before->unit->revision);
  for (int i = 0; i < 3; i++) {
    const QcEmployee *person = person_of (after, lines[i]);
    g_assert_cmpint (person->status, ==, QC_PERSON_SEALED);
    g_assert_cmpint (person->status_from, ==, due);
    g_assert_cmpint (person->base, ==, lines[i]->base);
    g_assert_cmpint (person->revision, ==, person_of (before, lines[i])->revision + 1);
  }
  g_autoptr (QcRemittanceClaim) claim_after = fx_claim (&fx, T, due);
  const QcMonthLine *month_before = &g_array_index (claim_before->months, QcMonthLine, 0);
  const QcMonthLine *month = &g_array_index (claim_after->months, QcMonthLine, 0);
  g_assert_cmpint (month->people, ==, month_before->people - 3);
  g_assert_cmpint (month->removed_people, ==, month_before->removed_people + 3);
  g_autoptr (QcOutcome) remitted = fx_submit (&fx, T, due);
  fx_assert_done (remitted);
  fx_audit (&fx);

  /* back again, one with a new base, one with the old one; and another sealed in the same roster (decision 24) */
  g_clear_pointer (&after, fx_view_free);
  after = fx_view_new (&fx, T);
  QcMonth next = qc_unit_due_month (after->unit);
  g_assert_cmpint (next, ==, qc_month_add (due, 1));
  g_autoptr (QcSubmission) back = fx_roster (after, QC_BUSINESS_SEALING);
  QcRosterLine *with = fx_roster_add (after, back, lines[0]->account);
  QcRosterLine *without = fx_roster_add (after, back, lines[1]->account);
  with->reason = g_strdup ("02");
  without->reason = g_strdup ("01");
  with->new_base = 612345;
  fx_roster_complete (after, back, with);
  g_assert_cmpint (with->status_after, ==, QC_PERSON_NORMAL);
  g_assert_cmpint (with->unit_fen, >, 0);
  add (&fx, after, back, QC_PERSON_NORMAL, 5);
  g_autoptr (QcOutcome) unsealed = fx_submit_roster (&fx, T, back);
  assert_at_once (&fx, unsealed, QC_BUSINESS_SEALING, next, 3);
  g_autoptr (FxView) last = fx_view_new (&fx, T);
  g_assert_cmpint (last->unit->headcount, ==, after->unit->headcount + 1);
  g_assert_cmpint (last->unit->sealed_count, ==, after->unit->sealed_count - 1);
  g_assert_cmpint (person_of (last, with)->status, ==, QC_PERSON_NORMAL);
  g_assert_cmpint (person_of (last, with)->status_from, ==, next);
  g_assert_cmpint (person_of (last, with)->base, ==, 612345);
  g_assert_false (person_of (last, with)->base_pending);
  g_assert_cmpint (base_from (last, with, next), ==, 612345);
  g_assert_cmpint (person_of (last, without)->base, ==, without->base);
  g_assert_cmpint (base_from (last, without, next), ==, 0);
  g_autoptr (QcRemittanceClaim) claim_last = fx_claim (&fx, T, next);
  month = &g_array_index (claim_last->months, QcMonthLine, 0);
  g_assert_cmpint (month->added_people, >=, 2);
  g_assert_cmpint (month->removed_people, >=, 1);
  fx_close (&fx);
}

/* ---- what is refused ---- */

typedef enum {
  MONTH_MOVED,
  NOBODY,
  OF_ANOTHER_UNIT,
  WITHOUT_ACCOUNT,
  BASE_CHANGED,
  SEALED_MEANWHILE,
  AMOUNT_CHANGED,
  TWICE,
  NO_REASON,
  REASON_OF_THE_OTHER,
  REASON_GONE,
  REASON_WITHOUT_WORDS,
  BASE_NOT_HERE,
  BASE_TOO_LOW,
  NO_LINES,
  REMITTANCE_OPEN,
  FROZEN,
  N_CASES,
} Case;

static const struct {
  const char *code, *field;
} expected[N_CASES] = {
    [MONTH_MOVED] = {"roster.month-moved", NULL},
    [NOBODY] = {"roster.unknown-person", "account"},
    [OF_ANOTHER_UNIT] = {"roster.unknown-person", "account"},
    [WITHOUT_ACCOUNT] = {"roster.unknown-person", "account"},
    [BASE_CHANGED] = {"roster.person-changed", "base"},
    [SEALED_MEANWHILE] = {"roster.person-changed", "status"},
    [AMOUNT_CHANGED] = {"roster.person-changed", "unit_fen"},
    [TWICE] = {"roster.duplicate", "account"},
    [NO_REASON] = {"roster.reason-missing", "reason"},
    [REASON_OF_THE_OTHER] = {"roster.reason-unknown", "reason"},
    [REASON_GONE] = {"roster.reason-unknown", "reason"},
    [REASON_WITHOUT_WORDS] = {"roster.reason-text-missing", "reason_text"},
    [BASE_NOT_HERE] = {"roster.not-here", "new_base"},
    [BASE_TOO_LOW] = {"base.below-floor", "new_base"},
    [NO_LINES] = {"roster.empty", NULL},
    [REMITTANCE_OPEN] = {"unit.remittance-unfinished", NULL},
    [FROZEN] = {"sealing.status", "status"},
};

/* Makes the case: what was confirmed, or what is so at the center since. The line it is about. */
static QcRosterLine *
spoil (Fx *fx, const FxView *view, QcSubmission *roster, Case which)
{
  g_autofree char *account = NULL, *sql = NULL;
  QcRosterLine *line;
  switch (which) {
  case BASE_TOO_LOW:
  case AMOUNT_CHANGED:
    line = add (fx, view, roster, QC_PERSON_SEALED, 0);
    line->new_base = which == BASE_TOO_LOW ? 100 : 600000;
    fx_roster_complete (view, roster, line);
    line->unit_fen += which == AMOUNT_CHANGED;
    return line;
  case FROZEN:
    account = dup_account (fx, QC_PERSON_NORMAL, 0);
    person_of (view, &(QcRosterLine) {.account = account})->status = QC_PERSON_FROZEN;
    line = add (fx, view, roster, QC_PERSON_NORMAL, 0);
    sql = g_strdup_printf (
        "UPDATE person SET status = 6 WHERE account = '%s'; UPDATE unit SET headcount = headcount - 1 "
        "WHERE id = 1",
        account);
    fx_sql (fx, sql);
    return line;
  case NO_LINES:
    return NULL;
  default:
    break;
  }
  line = add (fx, view, roster, QC_PERSON_NORMAL, 0);
  add (fx, view, roster, QC_PERSON_NORMAL, 1); /* one that is right */
  switch (which) {
  case MONTH_MOVED:
    roster->effective = qc_month_add (roster->effective, -1);
    return NULL;
  case NOBODY:
    qc_line_set_text (line, QC_LINE_ACCOUNT, "1");
    return line;
  case OF_ANOTHER_UNIT:
    account = g_strdup_printf ("%" G_GINT64_FORMAT,
                               fx_int (fx, "SELECT CAST (account AS INTEGER) FROM person WHERE unit = 2 LIMIT 1"));
    qc_line_set_text (line, QC_LINE_ACCOUNT, account);
    return line;
  case WITHOUT_ACCOUNT:
    qc_line_set_text (line, QC_LINE_ACCOUNT, NULL);
    return line;
  case BASE_CHANGED:
  case SEALED_MEANWHILE:
    sql = g_strdup_printf (which == BASE_CHANGED ? "UPDATE person SET base = base + 100 WHERE account = '%s'"
                                                 : "UPDATE person SET status = 2 WHERE account = '%s'; UPDATE unit SET "
                                                   "headcount = headcount - 1, sealed_count = sealed_count + 1 "
                                                   "WHERE id = 1",
                           line->account);
    fx_sql (fx, sql);
    return line;
  case TWICE:
    return add (fx, view, roster, QC_PERSON_NORMAL, 0);
  case NO_REASON:
    qc_line_set_text (line, QC_LINE_REASON, NULL);
    return line;
  case REASON_OF_THE_OTHER:
    qc_line_set_text (line, QC_LINE_REASON, "06");
    fx_sql (fx,
            "DELETE FROM code_row WHERE list = 'seal-reason' AND code = '06'; "
            "INSERT INTO code_row (list, code, label, position, seq) VALUES ('unseal-reason', '06', 'x', 9, 1000000)");
    return line;
  case REASON_GONE:
    fx_sql (fx, "DELETE FROM code_row WHERE list = 'seal-reason' AND code = '01'");
    return line;
  case REASON_WITHOUT_WORDS:
    qc_line_set_text (line, QC_LINE_REASON, "99");
    return line;
  case BASE_NOT_HERE:
    line->new_base = 600000;
    return line;
  case REMITTANCE_OPEN:
    fx_sql (fx, "UPDATE bank_account SET balance = 0");
    g_clear_pointer (&account, g_free);
    {
      g_autoptr (QcOutcome) open = fx_submit (fx, T, roster->effective);
      fx_assert_done (open);
      g_assert_cmpint (open->application->state, ==, QC_STATE_REGISTERED);
    }
    return NULL;
  case BASE_TOO_LOW:
  case AMOUNT_CHANGED:
  case FROZEN:
  case NO_LINES:
  case N_CASES:
  default:
    g_assert_not_reached ();
  }
}

static void
test_refused (gconstpointer data)
{
  Case which = (Case)GPOINTER_TO_INT (data);
  Fx fx;
  fx_open (&fx, 0);
  fx_answer (&fx, T, 202610);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  const QcRosterLine *line = spoil (&fx, view, roster, which);
  gint64 change = fx_int (&fx, "SELECT value FROM counter WHERE name = 'change'");
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (refused, expected[which].code);
  g_assert_null (refused->application);
  fx_assert_finding_at (refused, expected[which].code, line != NULL ? line->id : 0, expected[which].field);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application_line AS l JOIN application AS a ON a.id = "
                                "l.application WHERE a.business = 'sealing'"),
                   ==, 0);
  g_assert_cmpint (fx_int (&fx, "SELECT value FROM counter WHERE name = 'change'"), ==, change);
  if (which != BASE_CHANGED) /* that one is made behind the ledger's back */
    fx_audit (&fx);
  fx_close (&fx);
}

/* Both months, both values: whoever reads the refusal knows what moved. */
static void
test_refusal_names_both (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  const QcRosterLine *line = add (&fx, view, roster, QC_PERSON_NORMAL, 0);
  roster->effective = 202609;
  g_autoptr (QcOutcome) moved = fx_submit_roster (&fx, T, roster);
  const QcFinding *finding = g_ptr_array_index (moved->findings, 0);
  QcArgKind kind;
  g_assert_cmpstr (qc_finding_get_arg (finding, "confirmed", &kind), ==, "2026-09");
  g_assert_cmpint (kind, ==, QC_ARG_MONTH);
  g_assert_cmpstr (qc_finding_get_arg (finding, "due", NULL), ==, "2026-10");

  roster->effective = 202610;
  g_autofree char *sql = g_strdup_printf ("UPDATE person SET base = base + 100 WHERE account = '%s'", line->account);
  fx_sql (&fx, sql);
  g_autoptr (QcOutcome) changed = fx_submit_roster (&fx, T, roster);
  finding = g_ptr_array_index (changed->findings, 0);
  g_assert_cmpstr (finding->code, ==, "roster.person-changed");
  g_autofree char *was = g_strdup_printf ("%" G_GINT64_FORMAT, line->base);
  g_autofree char *is = g_strdup_printf ("%" G_GINT64_FORMAT, line->base + 100);
  g_assert_cmpstr (qc_finding_get_arg (finding, "confirmed", &kind), ==, was);
  g_assert_cmpint (kind, ==, QC_ARG_MONEY);
  g_assert_cmpstr (qc_finding_get_arg (finding, "now", NULL), ==, is);
  fx_close (&fx);
}

/* The answer stays small, and says how many there are. */
static void
test_many_faults (void)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  Fx fx;
  fx_open (&fx, 500);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  for (guint i = 0; i < 100000; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i % view->people->len);
    QcRosterLine *line = fx_roster_add (view, roster, person->account); /* without a reason */
    if (i >= view->people->len) {
      g_autofree char *account = g_strdup_printf ("9%u", i);
      qc_line_set_text (line, QC_LINE_ACCOUNT, account);
    }
  }
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, T, roster);
  g_test_message ("100000 lines refused in %.2f s", (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  fx_assert_refused (refused, "roster.unknown-person");
  fx_assert_refused (refused, "roster.reason-missing");
  g_assert_cmpuint (refused->findings->len, <=, 2000);
  gint64 unknown = 0;
  for (guint i = 0; i < refused->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (refused->findings, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, finding->code)) + 1;
    g_hash_table_insert (counts, finding->code, GUINT_TO_POINTER (n));
    g_assert_cmpuint (n, <=, 200);
    if (g_str_equal (finding->code, "roster.unknown-person"))
      unknown = finding->total;
  }
  g_assert_cmpint (unknown, ==, 100000 - (gint64)view->people->len);

  g_autoptr (QcSubmission) endless = fx_roster (view, QC_BUSINESS_SEALING);
  for (guint i = 0; i <= QC_ROSTER_MAX_LINES; i++)
    qc_roster_take (endless->roster, -1, qc_roster_line_new ());
  g_autoptr (QcOutcome) too_many = fx_submit_roster (&fx, T, endless);
  fx_assert_refused (too_many, "roster.too-many");
  g_assert_cmpuint (too_many->findings->len, ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- reading ---- */

static GBytes *
page (Fx *fx, const char *unit, const char *serial, gint64 after)
{
  g_autoptr (QcTransaction) t = fx_begin (fx, QC_TRANSACTION_READ);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = qc_engine_dup_lines_page (fx->connection, unit, serial, after, &error);
  if (bytes == NULL)
    g_assert_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING);
  return bytes;
}

static guint
count_in (GBytes *bytes, const char *what)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, what, -1);
  return g_strv_length (parts) - 1;
}

static void
test_lines (void)
{
  Fx fx;
  fx_open (&fx, 3500);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  roster->roster->next_id = 7; /* lines went before these */
  for (guint i = 0; roster->roster->lines->len < 2500; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    if (person->status == QC_PERSON_NORMAL && person->opened <= roster->effective)
      fx_roster_add (view, roster, person->account)->reason = g_strdup ("03");
  }
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (QcOutcome) done = fx_submit_roster (&fx, T, roster);
  g_test_message ("2500 lines in %.2f s", (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  assert_at_once (&fx, done, QC_BUSINESS_SEALING, roster->effective, 2500);
  g_autoptr (GBytes) first = page (&fx, T, done->application->serial, 0);
  g_autoptr (GBytes) second = page (&fx, T, done->application->serial, 1006);
  g_autoptr (GBytes) third = page (&fx, T, done->application->serial, 2006);
  g_assert_cmpuint (count_in (first, "\"line\":"), ==, 1000);
  g_assert_cmpuint (count_in (first, "\"line\":7,"), ==, 1);
  g_assert_cmpuint (count_in (first, "\"cursor\":\"1006\""), ==, 1);
  g_assert_cmpuint (count_in (second, "\"line\":1007,"), ==, 1);
  g_assert_cmpuint (count_in (second, "\"cursor\":\"2006\""), ==, 1);
  g_assert_cmpuint (count_in (third, "\"line\":"), ==, 500);
  g_assert_cmpuint (count_in (third, "\"cursor\""), ==, 0);
  g_assert_cmpuint (count_in (third, "\"status_after\":2"), ==, 500);
  g_autoptr (GBytes) stranger = page (&fx, N, done->application->serial, 0);
  g_autoptr (GBytes) nobody = page (&fx, T, "1", 0);
  g_assert_true (stranger == NULL && nobody == NULL);
  g_autoptr (QcOutcome) other = fx_submit (&fx, N, 202610);
  g_autoptr (GBytes) none = page (&fx, N, other->application->serial, 0);
  g_assert_cmpuint (count_in (none, "\"line\":"), ==, 0);
  fx_close (&fx);
}

/* ---- 授权退休年龄 (R10, decision 20) ---- */

/* 授权退休年龄 of one person as a client makes it now. */
static QcOutcome *
authorize (Fx *fx, const char *account, QcRetirementClass klass, QcMonth until)
{
  g_autoptr (FxView) view = fx_view_new (fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_RETIREMENT);
  QcRosterLine *line = fx_roster_add (view, roster, account);
  line->klass = klass;
  line->authorized = until;
  fx_roster_complete (view, roster, line);
  return fx_submit_roster (fx, T, roster);
}

static char *
account_of_row (Fx *fx, int row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT CAST (account AS INTEGER) FROM person WHERE id = %d", row);
  return g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (fx, sql));
}

static void
test_retirement (void)
{
  Fx fx;
  fx_open (&fx, 0);
  fx_sql (&fx,
          "UPDATE person SET birth = 19660801, sex = 1, class = 1, authorized = 0 WHERE id = 1; " /* retires 2027-01 */
          "UPDATE person SET birth = 19750301, sex = 2, class = 0, authorized = 0 WHERE id = 2"); /* 50: 2025-05 */
  g_autofree char *he = account_of_row (&fx, 1);
  g_autofree char *she = account_of_row (&fx, 2);
  gint64 revision = fx_int (&fx, "SELECT revision FROM person WHERE id = 1");
  g_autoptr (QcOutcome) early = authorize (&fx, he, QC_RETIREMENT_UNKNOWN, 202701);
  fx_assert_refused (early, "retirement.too-early");
  g_autoptr (QcOutcome) late = authorize (&fx, he, QC_RETIREMENT_UNKNOWN, 203002); /* 37 months after */
  fx_assert_refused (late, "retirement.too-late");
  g_autoptr (QcOutcome) man = authorize (&fx, he, QC_RETIREMENT_WOMEN_50, 0);
  fx_assert_refused (man, "roster.not-here");
  g_autoptr (QcOutcome) nothing = authorize (&fx, he, QC_RETIREMENT_UNKNOWN, 0);
  fx_assert_refused (nothing, "retirement.nothing-said");
  g_autoptr (QcOutcome) missing = authorize (&fx, she, QC_RETIREMENT_UNKNOWN, 202701);
  fx_assert_refused (missing, "retirement.class-missing");
  g_assert_cmpint (fx_int (&fx, "SELECT revision FROM person WHERE id = 1"), ==, revision);
  g_autoptr (QcOutcome) done = authorize (&fx, he, QC_RETIREMENT_UNKNOWN, 203001);
  assert_at_once (&fx, done, QC_BUSINESS_RETIREMENT, QC_MONTH_NONE, 1);
  g_assert_cmpint (fx_int (&fx, "SELECT authorized FROM person WHERE id = 1"), ==, 203001);
  g_assert_cmpint (fx_int (&fx, "SELECT class FROM person WHERE id = 1"), ==, QC_RETIREMENT_MEN_60);
  g_assert_cmpint (fx_int (&fx, "SELECT revision FROM person WHERE id = 1"), ==, revision + 1);

  /* under an unfinished 汇缴 too: it holds for months not yet in one */
  fx_sql (&fx,
          "UPDATE bank_account SET balance = 0; UPDATE person SET class = 2 WHERE sex = 2 AND class = 0 AND id > 2");
  g_autoptr (QcOutcome) both = authorize (&fx, she, QC_RETIREMENT_WOMEN_50, 202701);
  assert_at_once (&fx, both, QC_BUSINESS_RETIREMENT, QC_MONTH_NONE, 1);
  g_assert_cmpint (fx_int (&fx, "SELECT class FROM person WHERE id = 2"), ==, QC_RETIREMENT_WOMEN_50);
  g_assert_cmpint (fx_int (&fx, "SELECT authorized FROM person WHERE id = 2"), ==, 202701);
  g_autoptr (QcOutcome) open = fx_submit (&fx, T, 202610);
  g_assert_cmpint (open->application->state, ==, QC_STATE_REGISTERED);
  g_clear_pointer (&both, qc_outcome_free);
  both = authorize (&fx, she, QC_RETIREMENT_UNKNOWN, 202702);
  assert_at_once (&fx, both, QC_BUSINESS_RETIREMENT, QC_MONTH_NONE, 1);

  /* decided on what was so before somebody else authorized */
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcOutcome) meanwhile = NULL;
  {
    g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_RETIREMENT);
    QcRosterLine *line = fx_roster_add (view, roster, she);
    line->authorized = 202703;
    fx_sql (&fx, "UPDATE person SET authorized = 202704 WHERE id = 2");
    meanwhile = fx_submit_roster (&fx, T, roster);
    fx_assert_refused (meanwhile, "roster.person-changed");
    fx_assert_finding_at (meanwhile, "roster.person-changed", line->id, "authorized_before");
  }
  /* nobody who does not contribute */
  fx_sql (&fx, "UPDATE person SET status = 2 WHERE id = 1; UPDATE unit SET headcount = headcount - 1, sealed_count = "
               "sealed_count + 1 WHERE id = 1");
  g_autoptr (QcOutcome) sealed = authorize (&fx, he, QC_RETIREMENT_UNKNOWN, 202912);
  fx_assert_refused (sealed, "retirement.not-on-roster");
  fx_audit (&fx);
  fx_close (&fx);
}

/* ---- a ledger of before ---- */

/* fixtures/v5.db: 汇缴 of N waits, with a third of its money; the class of a woman came with it, as it did then. */
static void
test_from_v5 (void)
{
  const char *serial = "23112026112300000028";
  const char *key = "3e30bd78-027b-4e1f-884c-b7ce8207f094";
  Fx fx;
  fx_open_old (&fx, "v5.db");
  g_assert_cmpint (fx_int (&fx, "PRAGMA user_version"), >=, 7);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM person"), ==, 87);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application"), ==, 28);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application_line"), ==, 0);
  g_assert_cmpint (fx_int (&fx, "SELECT class FROM person WHERE account = '23110000000026'"), ==,
                   QC_RETIREMENT_WOMEN_55);
  fx_audit (&fx);
  int status;
  QcKeyState state;
  g_autoptr (GError) error = NULL;
  g_autofree char *answered = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_assert_true (qc_engine_lookup_key (fx.connection, N, key, &state, &answered, &status, &answer, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, QC_KEY_ACCEPTED);
  g_assert_cmpstr (answered, ==, serial);
  g_autoptr (QcApplication) waits = fx_application (&fx, serial);
  g_assert_cmpint (waits->state, ==, QC_STATE_REGISTERED);
  g_assert_cmpint (waits->arrived, ==, 1000000);

  /* it takes rosters and facts, and what waited ends as it would have */
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  add (&fx, view, roster, QC_PERSON_NORMAL, 0);
  g_autoptr (QcOutcome) sealed = fx_submit_roster (&fx, T, roster);
  assert_at_once (&fx, sealed, QC_BUSINESS_SEALING, qc_unit_due_month (view->unit), 1);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application_line"), ==, 1);
  g_autoptr (QcSubmission) change = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  qc_fact_list_add (change->facts, "DWYB", "164300", "164301");
  g_autoptr (QcOutcome) changed = fx_submit_roster (&fx, N, change);
  fx_assert_done (changed);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM application_fact"), ==, 1);
  g_autoptr (QcOutcome) arrived = fx_arrive (&fx, N, serial, waits->fen - waits->arrived);
  fx_assert_done (arrived);
  g_autoptr (QcApplication) finished = fx_application (&fx, serial);
  g_assert_cmpint (finished->state, ==, QC_STATE_FINISHED);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/roster/sealing", test_sealing);
  for (int which = 0; which < N_CASES; which++) {
    g_autofree char *path = g_strdup_printf ("/center/roster/refused/%02d-%s", which, expected[which].code);
    g_test_add_data_func (path, GINT_TO_POINTER (which), test_refused);
  }
  g_test_add_func ("/center/roster/refusal-names-both", test_refusal_names_both);
  g_test_add_func ("/center/roster/many-faults", test_many_faults);
  g_test_add_func ("/center/roster/lines", test_lines);
  g_test_add_func ("/center/roster/retirement", test_retirement);
  g_test_add_func ("/center/roster/from-v5", test_from_v5);
  return g_test_run ();
}
