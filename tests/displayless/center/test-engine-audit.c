/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The audit itself: each way in which a ledger or its log can be falsified is found.
 */
#include "center-fixture.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

/* The one who was transferred, from T to N, where the months before the first one there are in an open 汇缴. */
#define MOVED   "(SELECT id FROM person WHERE base_pending = 1)"
#define STAYED  "(SELECT max (id) FROM person WHERE unit = 1)"
#define UNIT(a) "(SELECT id FROM unit WHERE account = '" a "')"

static const struct {
  const char *sql, *found;
  gboolean quick; /* seen at a glance too */
} falsified[] = {
    {"UPDATE unit SET headcount = headcount + 1 WHERE id = 1", "headcount", TRUE},
    {"UPDATE person SET balance = balance + 1 WHERE id = 3", "person's balance"},
    {"UPDATE person SET paid_to = 202601 WHERE id = 3", "paid-to month is not the last one booked"},
    {"INSERT INTO span SELECT NULL, application, person, unit, from_month, to_month, base, 0, 0, 0, 1, 0 FROM span "
     "LIMIT 1",
     "twice"},
    {"DELETE FROM base_row WHERE person = 3", "base is not in the history"},
    {"UPDATE base_row SET base = base + 1 WHERE person = " MOVED, "base is not in the history"},
    {"UPDATE counter SET value = value - 1 WHERE name = 'change'", "a number that was not taken"},
    {"UPDATE unit SET balance = balance - 1 WHERE id = 1", "unit's balance", TRUE},
    {"UPDATE unit SET balance = balance + CASE account WHEN '" T "' THEN 1 ELSE -1 END WHERE account IN ('" T "', '" N
     "')",
     "unit's balance", TRUE},
    {"UPDATE unit SET suspense = suspense + 1 WHERE id = 2", "suspense is not the sum", TRUE},
    {"UPDATE movement SET balance_after = balance_after + 1 WHERE id = 1", "running sum", TRUE},
    {"UPDATE movement SET fen = fen - 1 WHERE unit = 2 AND kind <> 'booking' AND id = (SELECT max (id) - 1 FROM "
     "movement "
     "WHERE unit = 2)",
     "", TRUE},
    {"DELETE FROM movement WHERE kind = 'booking' AND id = 2", "", TRUE},
    {"UPDATE application SET people = people + 1 WHERE id = 1", "sum of its people"},
    {"UPDATE application_month SET unit_fen = unit_fen + 1, added_fen = added_fen + 1 WHERE application = 1 AND month "
     "= "
     "202409",
     "sum of its months", TRUE},
    {"UPDATE application_month SET unit_fen = unit_fen + 1, personal_fen = personal_fen - 1 WHERE application = 1 AND "
     "month = 202409",
     "not that of its people"},
    {"UPDATE application_month SET added_people = added_people + 1 WHERE application = 1 AND month = 202409",
     "last month plus added", TRUE},
    {"UPDATE unit SET first_month = 202406 WHERE id = 1", "gap or an overlap", TRUE},
    {"UPDATE unit SET paid_to = 202612 WHERE id = 1", "unit's paid-to month", TRUE},
    {"UPDATE application SET arrived = 1 WHERE state = 'registered' AND method = 'transfer'",
     "suspense is not allotted", TRUE},
    {"UPDATE application SET arrived = arrived - 1 WHERE id = 1", "more or less than it may have", TRUE},
    {"UPDATE application SET start_month = 202610 WHERE business = 'sealing'", "without money or months has some"},
    {"UPDATE application SET method = 'transfer' WHERE business = 'sealing'", "without money or months has some"},
    {"UPDATE application SET people = people + 1 WHERE business = 'sealing'", "not that of its lines"},
    {"DELETE FROM application_line WHERE line = 2", "not that of its lines"},
    {"INSERT INTO application_line VALUES (1, 1, 1, '{}', NULL)", "without a roster has lines"},
    {"UPDATE application SET finished = finished + 1 WHERE business = 'sealing'", "not finished at once"},
    {"UPDATE person SET status_from = 202609 WHERE id = (SELECT person FROM application_line AS l JOIN application AS "
     "a "
     "ON a.id = l.application WHERE a.business = 'sealing' AND line = 1)",
     "not that of the last roster"},
    {"UPDATE application_line SET fields = json_set (fields, '$.account', '0') WHERE person = " MOVED,
     "another account than its person's"},
    {"UPDATE application_line SET fields = json_set (fields, '$.target_unit', '" T "') WHERE json_extract (fields, "
     "'$.target_unit') NOT NULL",
     "not where the last transfer says"},
    {"UPDATE application_line SET fields = json_set (fields, '$.target_unit', '0') WHERE json_extract (fields, "
     "'$.target_unit') NOT NULL",
     "not where the last transfer says"},
    {"UPDATE person SET opened = opened + 1 WHERE base_pending = 1", "counts from another month"},
    {"UPDATE person SET status_from = status_from + 1 WHERE base_pending = 1", "another status"},
    {"UPDATE span SET unit = " UNIT (N) " WHERE id = (SELECT max (id) FROM span WHERE person = " MOVED ")",
     "remitted is of a unit where it was not"},
    {"UPDATE span SET unit = " UNIT (N) " WHERE person = " STAYED, "remitted is of a unit where it was not"},
    {"UPDATE span SET person = " MOVED ", unit = " UNIT (T) " WHERE id = (SELECT max (id) FROM span WHERE booked = 0 "
                                                            "AND unit = " UNIT (N) ")",
     "after the month of leaving"},
    {"UPDATE base_row SET unit = " UNIT (N) " WHERE person = " MOVED, "base history is of a unit"},
    {"UPDATE base_row SET unit = " UNIT (T) " WHERE person = " MOVED, "base history is of a unit"},
    {"UPDATE base_row SET unit = " UNIT (N) " WHERE person = " STAYED, "base history is of a unit"},
    {"DELETE FROM base_row WHERE person = " MOVED " AND unit = " UNIT (N), "no base from the first month"},
    {"UPDATE person SET base_pending = 0", "waits for a base"},
    {"UPDATE person SET base_pending = 1 WHERE id = " STAYED, "waits for a base"},
    {"UPDATE departure SET from_month = 202601", "left no departure"},
    {"DELETE FROM departure", "left no departure"},
    {"INSERT INTO departure SELECT 1, " STAYED ", 202609, 'transferred-out', 0", "departure is of no transfer"},
    {"DELETE FROM tombstone", "not told who is gone"},
    {"UPDATE tombstone SET unit = " UNIT (N), "not told who is gone"},
    {"UPDATE tombstone SET key = '0'", "not told who is gone"},
    {"UPDATE person SET seq = 1 WHERE base_pending = 1", "older than the leaving"},
    {"UPDATE unit SET seq = 1 WHERE account = '" T "'", "older than the leaving"},
    {"UPDATE unit SET seq = 1 WHERE account = '" N "'", "older than the leaving"},
    {"DELETE FROM log WHERE action = 'transfer-received'", "log of the receiving unit"},
    {"UPDATE log SET detail = replace (detail, ' fen', '0 fen') WHERE action = 'transfer-received'",
     "log of the receiving unit"},
    {"UPDATE log SET detail = replace (detail, '1 people', '2 people') WHERE action = 'transfer-received'",
     "log of the receiving unit"},
    {"UPDATE application SET draw = 'none' WHERE id = 1", "draw's result", TRUE},
    {"UPDATE ratio_row SET unit_ratio = 1100, personal_ratio = 1100 WHERE unit = 1", "follow from base and ratio"},
    {"UPDATE span SET base = base + 100000 WHERE id = 5", "follow from base and ratio"},
    {"UPDATE bank_entry SET done = 0", "bank's books", TRUE},
    {"INSERT INTO answer_key VALUES ('k', '" T "', 'd', 'accepted', '0', 201, NULL, 0)", "accepted answer", TRUE},
};

/* Two people of T, the first two that are 正常. */
static void
seal_two (Fx *fx)
{
  g_autoptr (FxView) view = fx_view_new (fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (view, QC_BUSINESS_SEALING);
  for (guint i = 0; roster->roster->lines->len < 2; i++) {
    const QcEmployee *person = g_ptr_array_index (view->people, i);
    if (person->status == QC_PERSON_NORMAL && person->opened <= roster->effective)
      fx_roster_add (view, roster, person->account)->reason = g_strdup ("01");
  }
  g_autoptr (QcOutcome) done = fx_submit_roster (fx, T, roster);
  fx_assert_done (done);
}

/* The one of T who was remitted last month and is sealed, after being sealed, to N. */
static void
transfer_one (Fx *fx)
{
  g_autoptr (FxView) view = fx_view_new (fx, T);
  g_autoptr (QcSubmission) sealing = fx_roster (view, QC_BUSINESS_SEALING);
  const QcEmployee *person = NULL;
  for (guint i = 0; person == NULL || person->status != QC_PERSON_NORMAL || person->paid_to != view->unit->paid_to; i++)
    person = g_ptr_array_index (view->people, i);
  fx_roster_add (view, sealing, person->account)->reason = g_strdup ("01");
  g_autoptr (QcOutcome) sealed = fx_submit_roster (fx, T, sealing);
  fx_assert_done (sealed);
  g_autoptr (FxView) now = fx_view_new (fx, T);
  g_autoptr (QcSubmission) roster = fx_roster (now, QC_BUSINESS_TRANSFER);
  const QcOtherUnit *to = g_hash_table_lookup (now->units, N);
  QcRosterLine *line = fx_roster_add (now, roster, person->account);
  line->target_unit = g_strdup (N);
  line->target_name = g_strdup (to->name);
  fx_roster_complete (now, roster, line);
  g_autoptr (QcOutcome) done = fx_submit_roster (fx, T, roster);
  fx_assert_done (done);
}

/* A quick look finds the same in what it looks at, and looks at no more. */
static void
assert_quick (Fx *fx, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = qc_engine_audit_list (fx->connection, TRUE, &error);
  g_assert_no_error (error);
  gboolean found = faults->len > 0 && strstr (faults->pdata[0], falsified[i].found) != NULL;
  g_assert_cmpint (found, ==, falsified[i].quick);
}

static void
test_each_is_found (void)
{
  Fx fx;
  fx_open (&fx, 0);
  seal_two (&fx);
  g_autoptr (QcOutcome) open = fx_submit (&fx, N, 202610);
  fx_assert_done (open);
  transfer_one (&fx);
  fx_audit (&fx);
  for (guint i = 0; i < G_N_ELEMENTS (falsified); i++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    fx_sql (&fx, falsified[i].sql);
    g_assert_cmpint (qc_connection_changes (fx.connection), >, 0);
    g_autoptr (GError) error = NULL;
    g_assert_false (qc_engine_audit (fx.connection, &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED);
    g_assert_nonnull (strstr (error->message, falsified[i].found));
    assert_quick (&fx, i);
  }
  fx_audit (&fx);
  fx_close (&fx);
}

/* Rewrites line 1 together with its own hash, as one would who knows how it is made. */
static void
forge_first_line (Fx *fx)
{
  g_autoptr (GError) error = NULL;

  g_autoptr (QcStatement) s = qc_connection_prepare (
      fx->connection, "SELECT time, actor, action, unit, serial FROM log WHERE id = 1", &error);
  gboolean has_row;
  g_assert_true (qc_statement_step (s, &has_row, &error) && has_row);
  QcLogEntry entry = {0};
  entry.id = 1;
  entry.time = qc_statement_get_int (s, 0);
  entry.actor = (char *)qc_statement_get_text (s, 1);
  entry.action = (char *)qc_statement_get_text (s, 2);
  entry.unit = (char *)qc_statement_get_text (s, 3);
  entry.serial = (char *)qc_statement_get_text (s, 4);
  entry.detail = (char *)"forged";
  g_autofree char *hash = qc_engine_log_hash ("", &entry);
  qc_statement_reset (s);
  g_assert_true (qc_sql_run (fx->connection, &error, "UPDATE log SET detail = 'forged', hash = ? WHERE id = 1", hash));
}

static void
test_log (void)
{
  static const char *const tampers[] = {
      "UPDATE log SET detail = detail || '.' WHERE id = 2",
      "UPDATE log SET actor = 'somebody' WHERE id = 2",
      "UPDATE log SET time = time + 1 WHERE id = 2",
      "DELETE FROM log WHERE id = 2",
      NULL, /* forged with its own hash */
  };
  Fx fx;
  fx_open (&fx, 0);
  for (int i = 0; i < 3; i++) {
    g_autoptr (QcOutcome) outcome = fx_set_balance (&fx, T, 1000 * i);
    fx_assert_done (outcome);
  }
  for (guint i = 0; i < G_N_ELEMENTS (tampers); i++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    if (tampers[i] != NULL)
      fx_sql (&fx, tampers[i]);
    else
      forge_first_line (&fx);
    g_autoptr (GError) error = NULL;
    g_assert_false (qc_engine_audit (fx.connection, &error));
    g_assert_nonnull (strstr (error->message, "the log is broken"));
  }
  fx_audit (&fx);
  fx_close (&fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/audit/each-is-found", test_each_is_found);
  g_test_add_func ("/center/audit/log", test_log);
  return g_test_run ();
}
