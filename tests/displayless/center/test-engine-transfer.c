/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 同城转移 (guide 3.5): both units in one transaction. What each has before and after, held against the rows; from
 * which month people count at the receiver; what is refused; the next 汇缴 of both; a client that begins from scratch,
 * and one that goes on. The audit runs after every step.
 */
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER
#define R QC_PRACTICE_UNIT_RECEIVER

static gint64
count (Fx *fx, const char *unit, const char *what)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (%s, 0) FROM person AS p JOIN unit AS u ON u.id = p.unit WHERE u.account = '%s'", what, unit);
  return fx_int (fx, sql);
}

/* The first @n people of @unit with something paid in the last month are sealed. */
static GPtrArray *
seal (Fx *fx, const char *unit, guint n)
{
  g_autoptr (FxView) view = fx_view_new (fx, unit);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; accounts->len < n; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    if (person->status != QC_PERSON_NORMAL || person->paid_to != view->unit->paid_to)
      continue;
    fx_roster_add (view, roster, person->account)->reason = g_strdup ("01");
    g_ptr_array_add (accounts, g_strdup (person->account));
  }
  g_autoptr (QcOutcome) done = fx_submit_roster (fx, unit, roster);
  fx_assert_done (done);
  return accounts;
}

static QcRosterLine *
add_to (const FxView *view, QcSubmission *roster, const char *account, const char *target)
{
  const QcOtherUnit *to = g_hash_table_lookup (view->units, target);
  QcRosterLine *line = fx_roster_add (view, roster, account);
  line->target_unit = g_strdup (target);
  line->target_name = g_strdup (to != NULL ? to->name : NULL);
  fx_roster_complete (view, roster, line);
  return line;
}

/* One line from T. */
static QcOutcome *
transfer_one (Fx *fx, const char *from, const char *account, const char *target)
{
  g_autoptr (FxView) view = fx_view_new (fx, from);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_TRANSFER);
  add_to (view, roster, account, target);
  return fx_submit_roster (fx, from, roster);
}

/* ---- both units ---- */

static void
test_both_units (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 3);
  static const char *const units[] = {T, N, R};
  gint64 people[3], money[3], all = fx_int (&fx, "SELECT sum (balance) FROM unit");
  for (guint i = 0; i < 3; i++) {
    people[i] = count (&fx, units[i], "count (*)");
    money[i] = count (&fx, units[i], "sum (p.balance)");
  }
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_TRANSFER);
  QcMoney moved[3] = {0};
  for (guint i = 0; i < 3; i++) { /* two to R, one to N: several receiving units in one roster */
    const QcEmployee *person = g_hash_table_lookup (view->by_account, accounts->pdata[i]);
    add_to (view, roster, person->account, i < 2 ? R : N);
    moved[0] -= person->balance;
    moved[i < 2 ? 2 : 1] += person->balance;
  }
  g_assert_cmpint (moved[0], <, 0);
  g_autoptr (QcOutcome) done = fx_submit_roster (&fx, T, roster);
  fx_assert_done (done);
  fx_audit (&fx);
  g_assert_cmpint (done->application->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (done->application->effective, ==, qc_unit_due_month (view->unit));
  g_assert_cmpint (done->application->people, ==, 3);
  const gint64 came[] = {-3, 1, 2};
  for (guint i = 0; i < 3; i++) {
    g_autoptr (QcUnit) unit = fx_unit (&fx, units[i]);
    g_assert_cmpint (count (&fx, units[i], "count (*)"), ==, people[i] + came[i]);
    g_assert_cmpint (unit->headcount + unit->sealed_count, ==, people[i] + came[i]);
    g_assert_cmpint (unit->balance, ==, money[i] + moved[i]);
    g_assert_cmpint (unit->balance, ==, count (&fx, units[i], "sum (p.balance)"));
  }
  g_assert_cmpint (fx_int (&fx, "SELECT sum (balance) FROM unit"), ==, all);
  g_assert_cmpint (fx_int (&fx, "SELECT count (*) FROM log WHERE action = 'transfer-received'"), ==, 2);
  g_autoptr (FxView) there = fx_view_new (&fx, R);
  const QcEmployee *arrived = g_hash_table_lookup (there->by_account, accounts->pdata[0]);
  g_assert_cmpint (arrived->status, ==, QC_PERSON_NORMAL);
  g_assert_true (arrived->base_pending);
  g_assert_cmpint (arrived->opened, ==, qc_unit_due_month (there->unit));
  const GArray *bases = g_hash_table_lookup (there->bases, arrived->account);
  g_assert_cmpuint (bases->len, ==, 1);
  g_assert_cmpint (g_array_index (bases, QcBaseChange, 0).from, ==, arrived->opened);
  g_assert_cmpint (g_array_index (bases, QcBaseChange, 0).base, ==, arrived->base);
  fx_close (&fx);
}

/* 减少 at the one, 增加 at the other, as clients that begin from scratch compute both. */
static void
test_next_remittance (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, N, 2);
  fx_answer (&fx, N, 202612);
  fx_answer (&fx, R, 202612);
  g_autoptr (QcUnit) from = fx_unit (&fx, N);
  g_autoptr (QcUnit) to = fx_unit (&fx, R);
  g_autoptr (QcRemittanceClaim) from_before = fx_claim (&fx, N, qc_unit_due_month (from));
  g_autoptr (QcRemittanceClaim) to_before = fx_claim (&fx, R, qc_unit_due_month (to));
  for (guint i = 0; i < 2; i++) {
    g_autoptr (QcOutcome) done = transfer_one (&fx, N, accounts->pdata[i], R);
    fx_assert_done (done);
  }
  g_autoptr (FxView) left = fx_view_new (&fx, N);
  g_assert_cmpuint (left->departed->len, ==, 2);
  const QcEmployee *gone = g_ptr_array_index (left->departed, 0);
  g_assert_cmpint (gone->base, ==, 0); /* what the other unit has of them is not told */
  g_assert_cmpint (gone->balance, ==, 0);
  g_autoptr (QcRemittanceClaim) from_after = fx_claim (&fx, N, qc_unit_due_month (from));
  const QcMonthLine *a = &g_array_index (from_before->months, QcMonthLine, 0);
  const QcMonthLine *b = &g_array_index (from_after->months, QcMonthLine, 0);
  g_assert_cmpmem (a, sizeof *a, b, sizeof *b); /* sealed or gone: 上月 has them, and 减少 */
  g_assert_cmpint (b->removed_people, >=, 2);
  g_autoptr (QcRemittanceClaim) to_after = fx_claim (&fx, R, qc_unit_due_month (to));
  a = &g_array_index (to_before->months, QcMonthLine, 0);
  b = &g_array_index (to_after->months, QcMonthLine, 0);
  g_assert_cmpint (b->added_people, ==, a->added_people + 2);
  g_assert_cmpint (b->previous_people, ==, a->previous_people);
  g_autoptr (QcOutcome) one = fx_submit (&fx, N, qc_unit_due_month (from));
  fx_assert_done (one);
  g_autoptr (QcOutcome) other = fx_submit (&fx, R, qc_unit_due_month (to));
  fx_assert_done (other);
  g_assert_true (fx_has_finding (other, "remittance.base-pending"));
  fx_audit (&fx);
  g_autoptr (QcOutcome) paid = fx_arrive (&fx, N, NULL, one->application->fen);
  g_autoptr (QcOutcome) paid_too = fx_arrive (&fx, R, NULL, other->application->fen);
  fx_audit (&fx);
  g_autoptr (FxView) later = fx_view_new (&fx, N);
  g_assert_cmpuint (later->departed->len, ==, 0); /* nothing shows them any longer */
  fx_close (&fx);
}

/* A 汇缴 that is not finished at either unit blocks nothing; who arrives counts from the month behind it. */
static void
test_first_month (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, N, 2);
  g_autoptr (QcUnit) to = fx_unit (&fx, R);
  QcMonth due = qc_unit_due_month (to);
  g_autoptr (QcOutcome) open = fx_submit (&fx, R, qc_month_add (due, 1));
  fx_assert_done (open);
  g_assert_cmpint (open->application->state, ==, QC_STATE_REGISTERED);
  g_autoptr (QcOutcome) own = fx_submit (&fx, N, qc_unit_due_month (to));
  fx_assert_done (own);
  g_autoptr (QcOutcome) done = transfer_one (&fx, N, accounts->pdata[0], R);
  fx_assert_done (done);
  g_autoptr (FxView) view = fx_view_new (&fx, R);
  g_assert_cmpint (((QcEmployee *)g_hash_table_lookup (view->by_account, accounts->pdata[0]))->opened, ==,
                   qc_month_add (due, 2));
  fx_audit (&fx);
  /* what was confirmed counts: the 汇缴 is gone again, and the month is another one */
  g_autoptr (FxView) seen = fx_view_new (&fx, N);
  g_autoptr (QcSubmission) roster = fx_roster (seen, QC_BUSINESS_TRANSFER);
  add_to (seen, roster, accounts->pdata[1], R);
  g_autoptr (QcOutcome) deleted = fx_act (&fx, R, open->application->serial, QC_ACTION_DELETE);
  fx_assert_done (deleted);
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, N, roster);
  fx_assert_refused (refused, "roster.person-changed");
  fx_assert_finding_at (refused, "roster.person-changed", 1, "first_month");
  fx_close (&fx);
}

/* ---- what is refused ---- */

static void
test_refused (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 2);
  const char *account = accounts->pdata[0];
  g_autoptr (QcOutcome) own = transfer_one (&fx, T, account, T);
  fx_assert_refused (own, "transfer.own-unit");
  g_autoptr (QcOutcome) unknown = transfer_one (&fx, T, account, "231100000000");
  fx_assert_refused (unknown, "transfer.unit-unknown");
  g_autoptr (QcOutcome) partial = transfer_one (&fx, T, account, "2311000000");
  fx_assert_refused (partial, "transfer.unit-number");
  g_autoptr (FxView) seen = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (seen, QC_BUSINESS_TRANSFER);
  add_to (seen, roster, account, R);
  fx_sql (&fx, "UPDATE unit SET name = '改名的单位' WHERE account = '" R "'");
  g_autoptr (QcOutcome) renamed = fx_submit_roster (&fx, T, roster);
  fx_assert_finding_at (renamed, "transfer.unit-renamed", 1, "target_unit");
  fx_sql (&fx, "UPDATE unit SET status = 4 WHERE account = '" R "'");
  g_autoptr (QcOutcome) closed = fx_submit_roster (&fx, T, roster);
  fx_assert_refused (closed, "transfer.unit-closed");
  g_autoptr (QcOutcome) done = transfer_one (&fx, T, account, N);
  fx_assert_done (done);
  g_autoptr (QcOutcome) again = fx_submit_roster (&fx, T, roster); /* the other clerk was faster */
  fx_assert_refused (again, "roster.unknown-person");
  fx_audit (&fx);
  const QcEmployee *normal = NULL;
  for (guint i = 0; normal == NULL; i++)
    if (((QcEmployee *)seen->people->pdata[i])->status == QC_PERSON_NORMAL)
      normal = seen->people->pdata[i];
  g_autoptr (QcOutcome) not_sealed = transfer_one (&fx, T, normal->account, N);
  fx_assert_refused (not_sealed, "transfer.status");
  fx_close (&fx);
}

/* There and back again in one month, with a base of the unit in between. */
static void
test_back (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 1);
  const char *account = accounts->pdata[0];
  g_autoptr (QcOutcome) there = transfer_one (&fx, T, account, R);
  fx_assert_done (there);
  g_autoptr (FxView) view = fx_view_new (&fx, R);
  g_autoptr (QcSubmission) bases = fx_roster (view, QC_BUSINESS_BASE_ADJUSTMENT);
  QcRosterLine *line = fx_roster_add (view, bases, account);
  line->new_base = 654300;
  fx_roster_complete (view, bases, line);
  g_autoptr (QcOutcome) adjusted = fx_submit_roster (&fx, R, bases);
  fx_assert_done (adjusted);
  g_autoptr (FxView) now = fx_view_new (&fx, R);
  g_autoptr (QcSubmission) sealing = fx_roster (now, QC_BUSINESS_SEALING);
  g_assert_false (((QcEmployee *)g_hash_table_lookup (now->by_account, account))->base_pending);
  fx_roster_add (now, sealing, account)->reason = g_strdup ("01");
  g_autoptr (QcOutcome) sealed = fx_submit_roster (&fx, R, sealing);
  fx_assert_done (sealed);
  g_autoptr (QcOutcome) back = transfer_one (&fx, R, account, T);
  fx_assert_done (back);
  fx_audit (&fx);
  g_autoptr (FxView) home = fx_view_new (&fx, T);
  const QcEmployee *person = g_hash_table_lookup (home->by_account, account);
  g_assert_cmpint (person->base, ==, 654300);
  g_assert_true (person->base_pending);
  g_assert_cmpuint (home->departed->len, ==, 0);
  g_autoptr (QcOutcome) remitted = fx_submit (&fx, T, qc_unit_due_month (home->unit));
  fx_assert_done (remitted);
  fx_audit (&fx);
  fx_close (&fx);
}

/* The center's policy may let them arrive 封存. */
static void
test_arrives_sealed (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 1);
  fx_sql (&fx, "UPDATE policy_row SET transfer_arrival = 'sealed'");
  g_autoptr (QcOutcome) done = transfer_one (&fx, T, accounts->pdata[0], R);
  fx_assert_done (done);
  fx_audit (&fx);
  g_autoptr (FxView) view = fx_view_new (&fx, R);
  const QcEmployee *person = g_hash_table_lookup (view->by_account, accounts->pdata[0]);
  g_assert_cmpint (person->status, ==, QC_PERSON_SEALED);
  g_assert_true (person->base_pending);
  fx_close (&fx);
}

/* ---- feeds ---- */

typedef struct {
  GPtrArray *gone, *named; /* keys; those of them that say who it was */
} Seen;

static gboolean
seen_cb (const QcFeedRow *row, gpointer user_data)
{
  Seen *seen = user_data;
  if (row->deleted)
    g_ptr_array_add (row->employee != NULL ? seen->named : seen->gone, g_strdup (row->key));
  return TRUE;
}

static char *
pull_people (Fx *fx, const char *unit, const char *cursor, Seen *seen)
{
  g_autofree char *at = g_strdup (cursor);
  gboolean more = TRUE;
  while (more) {
    QcFeedPageStatus status;
    char *next = NULL;
    g_autoptr (GError) error = NULL;
    qc_feeds_page (fx->connection, unit, QC_FEED_PEOPLE, at, 7, seen_cb, seen, &status, &next, &more, &error);
    g_assert_no_error (error);
    g_free (at);
    at = next;
  }
  return g_steal_pointer (&at);
}

/* A client that goes on is told who is gone even where nothing shows them any longer; pages may be small. */
static void
test_feed (void)
{
  Fx fx;
  fx_open (&fx, 0);
  Seen seen = {g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free)};
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 20);
  g_autofree char *before = pull_people (&fx, T, NULL, &seen);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_TRANSFER);
  for (guint i = 0; i < accounts->len; i++)
    add_to (view, roster, accounts->pdata[i], R);
  g_autoptr (QcOutcome) done = fx_submit_roster (&fx, T, roster);
  fx_assert_done (done);
  g_assert_cmpuint (seen.gone->len + seen.named->len, ==, 0);
  g_autofree char *after = pull_people (&fx, T, before, &seen);
  g_assert_cmpuint (seen.gone->len, ==, 20);
  g_assert_cmpuint (seen.named->len, ==, 20);
  g_autofree char *still = pull_people (&fx, T, after, &seen);
  g_assert_cmpuint (seen.gone->len, ==, 20);
  fx_sql (&fx, "UPDATE unit SET paid_to = 203001 WHERE account = '" T "'");
  g_autofree char *later = pull_people (&fx, T, before, &seen);
  g_assert_cmpuint (seen.gone->len, ==, 40);
  g_assert_cmpuint (seen.named->len, ==, 20);
  g_ptr_array_unref (seen.gone);
  g_ptr_array_unref (seen.named);
  fx_close (&fx);
}

/* fixtures/v7.db was written before anybody could leave: it takes transfers. */
static void
test_from_v7 (void)
{
  Fx fx;
  fx_open_old (&fx, "v7.db");
  g_assert_cmpint (fx_int (&fx, "PRAGMA user_version"), >=, 8);
  fx_audit (&fx);
  g_autoptr (GPtrArray) accounts = seal (&fx, T, 1);
  g_autoptr (QcOutcome) done = transfer_one (&fx, T, accounts->pdata[0], R);
  fx_assert_done (done);
  g_autoptr (FxView) view = fx_view_new (&fx, T);
  g_assert_cmpuint (view->departed->len, ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/transfer/both-units", test_both_units);
  g_test_add_func ("/center/transfer/next-remittance", test_next_remittance);
  g_test_add_func ("/center/transfer/first-month", test_first_month);
  g_test_add_func ("/center/transfer/refused", test_refused);
  g_test_add_func ("/center/transfer/back", test_back);
  g_test_add_func ("/center/transfer/arrives-sealed", test_arrives_sealed);
  g_test_add_func ("/center/transfer/feed", test_feed);
  g_test_add_func ("/center/transfer/from-v7", test_from_v7);
  return g_test_run ();
}
