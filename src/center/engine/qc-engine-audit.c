/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The audit: every invariant of the ledger as one query that finds what breaks it (domain notes 13), amounts recomputed
 * from the rows, and the chain of the log. Any database thread, inside its transaction; nothing is written.
 */
#include "qc-engine-private.h"

#define MONTHS_OF(t) \
  "((" t "to_month / 100 - " t "from_month / 100) * 12 + " t "to_month % 100 - " t "from_month % 100 + 1)"
#define NEXT_MONTH(m) "(CASE " m " % 100 WHEN 12 THEN " m " + 89 ELSE " m " + 1 END)"

/* What a business has is checked of it, and that it has nothing else. */
#define HAS_MONTHS "('remittance', 'back-payment')"
#define REVIEWED   "('back-payment', 'account-opening')"
#define HAS_LINES  "('back-payment', 'account-opening', 'transfer', 'sealing', 'base-adjustment', 'retirement')"

/* Lines of the log that a glance looks at. */
#define QUICK_LINES 1000

/* @sql finds offenders; column 0 names one. @deep: goes through whatever was ever booked, which a glance does not. */
typedef struct {
  const char *what;
  const char *sql;
  gboolean deep;
} Check;

static const Check people_checks[] = {
    {"the headcount of the unit is not that of its people",
     "SELECT u.account FROM unit AS u LEFT JOIN (SELECT unit, sum (status = 1) AS normal, sum (status = 2) AS sealed "
     "FROM person GROUP BY unit) AS p ON p.unit = u.id "
     "WHERE u.headcount <> coalesce (p.normal, 0) OR u.sealed_count <> coalesce (p.sealed, 0)"},
    {"the person's balance is not the sum of what was booked",
     "SELECT p.account FROM person AS p LEFT JOIN (SELECT person, sum ((unit_fen + personal_fen) * " MONTHS_OF (
         "") ") AS fen FROM span WHERE booked = 1 GROUP BY person) AS s ON s.person = p.id "
             "WHERE p.balance <> coalesce (s.fen, 0)",
     TRUE},
    {"the person's paid-to month is not the last one booked",
     "SELECT p.account FROM person AS p LEFT JOIN (SELECT person, max (to_month) AS last FROM span WHERE booked = 1 "
     "GROUP BY person) AS s ON s.person = p.id WHERE p.paid_to <> coalesce (s.last, 0)",
     TRUE},
    {"the person is remitted twice for a month",
     "SELECT p.account FROM (SELECT person, from_month, lag (to_month) OVER (PARTITION BY person ORDER BY from_month) "
     "AS "
     "before FROM span WHERE kind = 0) AS s JOIN person AS p ON p.id = s.person WHERE s.before >= s.from_month",
     TRUE},
    {"the person's base is not in the history",
     "SELECT account FROM person AS p WHERE NOT EXISTS (SELECT 1 FROM base_row AS b WHERE b.person = p.id AND b.base = "
     "p.base)",
     TRUE},
    {"a change has a number that was not taken yet",
     "SELECT c.value FROM counter AS c WHERE c.name = 'change' AND c.value < (SELECT max (seq) FROM (SELECT max (seq) "
     "AS seq FROM person UNION ALL SELECT max (seq) FROM unit UNION ALL SELECT max (seq) FROM base_row UNION ALL "
     "SELECT max (seq) FROM span UNION ALL SELECT max (seq) FROM application UNION ALL SELECT max (seq) FROM movement "
     "UNION ALL SELECT max (seq) FROM departure UNION ALL SELECT max (seq) FROM tombstone))",
     TRUE},
};

static const Check money_checks[] = {
    {"the unit's balance is not that of its people",
     "SELECT u.account FROM unit AS u LEFT JOIN (SELECT unit, sum (balance) AS fen FROM person GROUP BY unit) AS p "
     "ON p.unit = u.id WHERE u.balance <> coalesce (p.fen, 0)"},
    {"suspense is not the sum of the movements", "SELECT u.account FROM unit AS u WHERE u.suspense <> (SELECT coalesce "
                                                 "(sum (CASE m.kind WHEN 'booking' THEN -m.fen "
                                                 "ELSE m.fen END), 0) FROM movement AS m WHERE m.unit = u.id)"},
    {"the balance after a movement is not the running sum",
     "SELECT m.id FROM (SELECT id, balance_after, sum (CASE kind WHEN 'booking' THEN -fen ELSE fen END) OVER "
     "(PARTITION BY unit ORDER BY id) AS running FROM movement) AS m WHERE m.balance_after <> m.running"},
    {"a finished application is not booked once and in full",
     "SELECT a.serial FROM application AS a LEFT JOIN (SELECT application, sum (fen) AS fen FROM movement "
     "WHERE kind = 'booking' GROUP BY application) AS m ON m.application = a.id "
     "WHERE coalesce (m.fen, 0) <> (CASE a.state WHEN 'finished' THEN a.fen ELSE 0 END)"},
    {"an application's amount is not the sum of its people",
     "SELECT a.serial FROM application AS a LEFT JOIN (SELECT application, sum ((unit_fen + personal_fen) "
     "* " MONTHS_OF ("") ") AS fen, count (DISTINCT person) AS people, min (booked) AS least, max (booked) AS most "
                         "FROM span GROUP BY "
                         "application) AS s ON s.application = a.id WHERE a.business IN " HAS_MONTHS
                         " AND CASE WHEN a.state IN ('deleted', "
                         "'cancelled', 'returned', 'in-review') "
                         "THEN s.application IS NOT NULL ELSE a.fen <> coalesce (s.fen, 0) OR a.people <> coalesce "
                         "(s.people, 0) OR "
                         "coalesce (s.least, 0) <> coalesce (s.most, 0) OR (s.most IS NOT NULL AND s.most <> (a.state "
                         "= 'finished')) "
                         "END",
     TRUE},
    {"an application's amount is not the sum of its months",
     "SELECT a.serial FROM application AS a LEFT JOIN (SELECT application, sum (unit_fen + personal_fen) AS fen, "
     "count (*) AS n, min (month) AS first, max (month) AS last FROM application_month GROUP BY application) AS m ON "
     "m.application = a.id WHERE a.business IN " HAS_MONTHS
     " AND (a.fen <> coalesce (m.fen, 0) OR a.start_month IS NOT "
     "m.first OR a.end_month IS NOT m.last OR (a.business = 'remittance' AND m.n <> "
     "(a.end_month / 100 - a.start_month / 100) * 12 + a.end_month % 100 - a.start_month % 100 + 1))"},
    {"a month is not that of its people",
     "SELECT a.serial FROM application_month AS m JOIN application AS a ON a.id = m.application WHERE a.state IN "
     "('registered', 'accepted', 'finished') AND (m.people, m.unit_fen, m.personal_fen) <> (SELECT count (*), coalesce "
     "(sum "
     "(s.unit_fen), 0), coalesce (sum (s.personal_fen), 0) FROM span AS s WHERE s.application = a.id AND s.from_month "
     "<= "
     "m.month AND s.to_month >= m.month)",
     TRUE},
    {"last month plus added minus removed is not this month",
     "SELECT a.serial FROM application_month AS m JOIN application AS a ON a.id = m.application WHERE "
     "m.previous_people + m.added_people - m.removed_people <> m.people OR "
     "m.previous_fen + m.added_fen - m.removed_fen <> m.unit_fen + m.personal_fen"},
    {"the months remitted have a gap or an overlap",
     "SELECT x.serial FROM (SELECT a.serial, a.start_month, coalesce (lag (" NEXT_MONTH (
         "a.end_month") ") OVER (PARTITION BY a.unit ORDER BY a.start_month), u.first_month) AS due FROM application "
                        "AS a "
                        "JOIN unit AS u ON u.id = a.unit WHERE a.business = 'remittance' AND a.state IN ('registered', "
                        "'finished')) AS x WHERE x.start_month <> x.due"},
    {"the unit's paid-to month is not the last one finished",
     "SELECT u.account FROM unit AS u WHERE u.paid_to <> (SELECT coalesce (max (end_month), 0) FROM application AS a "
     "WHERE "
     "a.unit = u.id AND a.business = 'remittance' AND a.state = 'finished')"},
    {"an application has more or less than it may have of what arrived",
     "SELECT a.serial FROM application AS a WHERE a.arrived < 0 OR a.arrived > a.fen OR CASE WHEN a.state = 'finished' "
     "THEN a.arrived <> a.fen WHEN " QC_ENGINE_WAITS ("a.") " THEN a.arrived = a.fen ELSE a.arrived <> 0 END"},
    {"the suspense is not allotted to those who wait for it",
     "SELECT u.account FROM unit AS u JOIN (SELECT unit, sum (arrived) AS given, sum (fen - arrived) AS missing FROM "
     "application WHERE " QC_ENGINE_WAITS ("") " GROUP BY unit) AS a ON a.unit = u.id WHERE a.given > u.suspense OR "
                                               "(a.given < u.suspense AND a.missing > 0)"},
    {"a draw's result is not the application's, or it was drawn after success",
     "SELECT a.serial FROM application AS a LEFT JOIN draw AS d ON d.application = a.id AND d.number = a.draw_number "
     "WHERE a.method = 'collection' AND a.draw <> coalesce (d.outcome, 'none') UNION ALL "
     "SELECT a.serial FROM application AS a JOIN draw AS d ON d.application = a.id WHERE d.outcome <> 'failed' AND "
     "d.number < a.draw_number"},
    {"the bank's books and the center's draws differ",
     "SELECT a.serial FROM draw AS d JOIN application AS a ON a.id = d.application LEFT JOIN bank_entry AS e ON "
     "e.reference = a.serial || '-' || d.number WHERE (d.outcome = 'done') <> (coalesce (e.done, 0) = 1) AND "
     "d.outcome <> 'unknown'"},
    {"a finished collection was not drawn once and in full",
     "SELECT a.serial FROM application AS a WHERE a.method = 'collection' AND coalesce ((SELECT sum (fen) FROM "
     "movement "
     "AS m WHERE m.application = a.id AND m.kind = 'draw'), 0) <> CASE a.state WHEN 'finished' THEN a.fen ELSE 0 END"},
    {"an accepted answer names no application of the unit",
     "SELECT k.key FROM answer_key AS k WHERE k.serial IS NOT NULL AND NOT EXISTS (SELECT 1 FROM application AS a JOIN "
     "unit AS u ON u.id = a.unit WHERE a.serial = k.serial AND u.account = k.unit)"},
};

static const Check roster_checks[] = {
    {"an application without money or months has some",
     "SELECT a.serial FROM application AS a WHERE a.business NOT IN " HAS_MONTHS
     " AND (a.fen <> 0 OR a.start_month <> 0 "
     "OR a.end_month <> 0 OR a.method <> 'none' OR EXISTS (SELECT 1 FROM application_month WHERE application = a.id) "
     "OR "
     "EXISTS (SELECT 1 FROM span WHERE application = a.id) OR EXISTS (SELECT 1 FROM movement WHERE application = "
     "a.id))"},
    {"an application without a roster has lines",
     "SELECT a.serial FROM application AS a WHERE a.business NOT IN " HAS_LINES
     " AND EXISTS (SELECT 1 FROM application_line WHERE application = a.id)"},
    {"an application's headcount is not that of its lines",
     "SELECT a.serial FROM application AS a LEFT JOIN (SELECT application, count (DISTINCT coalesce (nullif (person, "
     "0), "
     "-line)) AS people FROM application_line GROUP BY application) AS l ON l.application = a.id WHERE a.business "
     "IN " HAS_LINES " AND a.people <> coalesce (l.people, 0)"},
    {"a line is of nobody, or of somebody who is not there yet",
     "SELECT a.serial FROM application_line AS l JOIN application AS a ON a.id = l.application WHERE (l.person = 0) <> "
     "(a.business = 'account-opening' AND a.state <> 'finished')"},
    {"an account that was opened is not that of its line",
     "SELECT a.serial FROM application_line AS l JOIN application AS a ON a.id = l.application JOIN person AS p ON "
     "p.id = l.person WHERE a.business = 'account-opening' AND (json_extract (l.fields, '$.document') IS NOT "
     "p.document OR json_extract (l.fields, '$.opened') IS NOT a.effective_month)"},
    {"what is paid is paid by the wrong kind of business",
     "SELECT a.serial FROM span AS s JOIN application AS a ON a.id = s.application WHERE s.kind <> (a.business = "
     "'back-payment') OR a.business NOT IN " HAS_MONTHS},
    {"a reviewed business was not decided as its state says",
     "SELECT serial FROM application AS a WHERE a.business IN " REVIEWED " AND ((a.state IN ('returned', 'accepted', "
     "'finished')) <> (a.reviewed_by IS NOT NULL) OR (a.state IN ('returned', 'accepted', 'finished')) <> (a.processed "
     "<> 0) OR a.received = 0 OR (a.state = 'returned') <> EXISTS (SELECT 1 FROM application_reason AS r WHERE "
     "r.application = a.id) OR (a.state = 'returned') <> (a.return_reason IS NOT NULL))"},
    {"somebody decided on what was submitted in the own name",
     "SELECT serial FROM application WHERE reviewed_by = entered_by"},
    {"a business that is not reviewed has attachments or reasons",
     "SELECT a.serial FROM application AS a WHERE a.business NOT IN " REVIEWED " AND (EXISTS (SELECT 1 FROM "
     "application_attachment AS t WHERE t.application = a.id) OR EXISTS (SELECT 1 FROM application_reason AS r WHERE "
     "r.application = a.id))"},
    {"somebody looks at what is not to be reviewed",
     "SELECT a.serial FROM review_claim AS c JOIN application AS a ON a.id = c.application WHERE a.state <> "
     "'in-review'"},
    {"a returned application was submitted again twice, or what was not returned was",
     "SELECT a.serial FROM application AS a JOIN application AS b ON b.replaces = a.id AND b.state <> 'cancelled' "
     "GROUP BY a.id HAVING count (*) > 1 OR a.state <> 'returned' OR min (b.business) <> a.business OR min (b.unit) <> "
     "a.unit OR min (b.id) < a.id"},
    {"an immediate business is not finished at once",
     "SELECT serial FROM application WHERE business IN ('sealing', 'retirement', 'transfer', 'base-adjustment', "
     "'unit-change') AND (state <> 'finished' OR finished <> created)"},
    {"facts belong to no change of a unit, or one has none",
     "SELECT a.serial FROM application AS a WHERE (a.business = 'unit-change') <> EXISTS (SELECT 1 FROM "
     "application_fact WHERE application = a.id)"},
    {"what the unit registered last is not what it has",
     "SELECT u.account FROM (SELECT a.unit, f.name, f.value, row_number () OVER (PARTITION BY a.unit, f.name ORDER BY "
     "a.id DESC) AS n FROM application_fact AS f JOIN application AS a ON a.id = f.application WHERE a.business = "
     "'unit-change') AS s JOIN unit AS u ON u.id = s.unit LEFT JOIN unit_field AS v ON v.unit = u.id AND v.name = "
     "s.name WHERE s.n = 1 AND (v.value IS NOT s.value OR (s.name = 'DWMC' AND u.name <> s.value) OR (s.name = "
     "'ZZJGDM' "
     "AND u.credit_code <> s.value))"},
    {"a person's status is not that of the last roster",
     "SELECT p.account FROM person AS p JOIN (SELECT l.person, json_extract (l.fields, '$.status_after') AS status, "
     "a.effective_month AS month, a.business, row_number () OVER (PARTITION BY l.person ORDER BY a.id DESC) AS n FROM "
     "application_line AS l JOIN application AS a ON a.id = l.application WHERE a.business IN ('sealing', 'transfer') "
     "AND a.state = 'finished') AS s ON s.person = p.id AND s.n = 1 AND s.business = 'sealing' WHERE p.status IN "
     "(1, 2) AND (p.status <> s.status OR p.status_from <> s.month)"},
    {"a line names another account than its person's",
     "SELECT a.serial FROM application_line AS l JOIN application AS a ON a.id = l.application JOIN person AS p ON "
     "p.id = l.person WHERE a.business <> 'account-opening' AND json_extract (l.fields, '$.account') IS NOT "
     "p.account"},
};

/* Who moved by which application, from which unit to which. The last one of a person has back = 1, the first forth = 1;
 * of those out of one unit in one month only the last, again = 1, still has its departure. A transfer takes four change
 * numbers in a row: tombstone, departure, person, base. */
#define MOVES                                                                                                        \
  "WITH move AS (SELECT a.id, a.serial, a.unit AS sender, a.effective_month AS leaves, l.person, u.id AS receiver, " \
  "u.account AS target, json_extract (l.fields, '$.first_month') AS first, "                                         \
  "row_number () OVER (PARTITION BY l.person ORDER BY a.id DESC) AS back, "                                          \
  "row_number () OVER (PARTITION BY l.person ORDER BY a.id) AS forth, "                                              \
  "row_number () OVER (PARTITION BY l.person, a.unit, a.effective_month ORDER BY a.id DESC) AS again "               \
  "FROM application AS a JOIN application_line AS l ON l.application = a.id LEFT JOIN unit AS u ON u.account = "     \
  "json_extract (l.fields, '$.target_unit') WHERE a.business = 'transfer' AND a.state = 'finished')"
/* The last of each person beside its departure. */
#define LAST_MOVES                                                                                                \
  MOVES                                                                                                           \
  ", last AS (SELECT m.*, d.seq FROM move AS m JOIN departure AS d ON d.unit = m.sender AND d.person = m.person " \
  "AND d.from_month = m.leaves WHERE m.back = 1)"
/* At which unit a person's months are from where on: of those that begin not after a month the last one has it. */
#define STAYS                                                                                                        \
  MOVES ", stay AS (SELECT id, person, receiver AS unit, first AS from_month FROM move UNION ALL SELECT 0, person, " \
        "sender, 0 FROM move WHERE forth = 1)"
#define STAY_OF(x, month)                                                                        \
  "(SELECT s.unit FROM stay AS s WHERE s.person = " x ".person AND s.from_month <= " x "." month \
  " ORDER BY s.id DESC LIMIT 1)"

static const Check transfer_checks[] = {
    {"a person is not where the last transfer says, or counts from another month there",
     MOVES " SELECT p.account FROM move AS m JOIN person AS p ON p.id = m.person WHERE m.back = 1 AND (p.unit IS NOT "
           "m.receiver OR p.opened IS NOT m.first)"},
    {"a transfer left no departure",
     MOVES " SELECT m.serial FROM move AS m WHERE NOT EXISTS (SELECT 1 FROM departure AS d WHERE d.unit = m.sender AND "
           "d.person = m.person AND d.from_month = m.leaves)"},
    {"a departure is of no transfer",
     MOVES " SELECT p.account FROM departure AS d JOIN person AS p ON p.id = d.person WHERE NOT EXISTS (SELECT 1 FROM "
           "move AS m WHERE m.sender = d.unit AND m.person = d.person AND m.leaves = d.from_month)"},
    {"who arrived has another status, though no roster gave it", MOVES
     " SELECT p.account FROM move AS m JOIN person AS p ON p.id = m.person WHERE m.back = 1 AND (p.status NOT IN "
     "(1, 2) OR p.status_from <> m.first) AND NOT EXISTS (SELECT 1 FROM application_line AS l JOIN application "
     "AS a ON a.id = l.application WHERE l.person = p.id AND a.id > m.id AND a.business = 'sealing' AND a.state = "
     "'finished')"},
    {"what a person was remitted is of a unit where it was not",
     STAYS " SELECT p.account FROM span AS x JOIN person AS p ON p.id = x.person WHERE x.unit <> coalesce (" STAY_OF (
         "x", "from_month") ", p.unit) OR x.unit <> coalesce (" STAY_OF ("x", "to_month") ", p.unit)"},
    {"a unit remits for a person after the month of leaving it", MOVES
     " SELECT p.account FROM move AS m JOIN span AS x ON x.person = m.person AND x.unit = m.sender AND x.to_month "
     ">= m.leaves JOIN person AS p ON p.id = m.person WHERE NOT EXISTS (SELECT 1 FROM move AS b WHERE b.person = "
     "m.person AND b.id > m.id AND b.receiver = m.sender AND b.first <= x.from_month)"},
    {"a row of the base history is of a unit where the person was not", STAYS
     " SELECT p.account FROM base_row AS x JOIN person AS p ON p.id = x.person WHERE x.unit <> coalesce (" STAY_OF (
         "x", "from_month") ", p.unit)"},
    {"who arrived has no base from the first month",
     LAST_MOVES " SELECT p.account FROM last AS m JOIN person AS p ON p.id = m.person WHERE NOT EXISTS (SELECT 1 FROM "
                "base_row AS b WHERE b.person = p.id AND b.from_month = m.first AND b.unit = m.receiver AND b.seq >= "
                "m.seq + 2)"},
    {"who waits for a base did not arrive, or was given one since",
     LAST_MOVES " SELECT p.account FROM person AS p LEFT JOIN last AS m ON m.person = p.id WHERE p.base_pending <> "
                "(m.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM base_row AS b WHERE b.person = p.id AND "
                "b.from_month >= m.first AND b.seq > m.seq + 2))"},
    {"the unit that was left is not told who is gone",
     "SELECT p.account FROM departure AS d JOIN person AS p ON p.id = d.person WHERE d.seq > coalesce ((SELECT "
     "CAST (value AS INTEGER) FROM setting WHERE name = 'pruned'), 0) + 1 AND NOT EXISTS (SELECT 1 FROM tombstone AS t "
     "WHERE t.unit = d.unit AND t.feed = 'people' AND t.seq = d.seq - 1 AND t.key = p.account)"},
    {"who arrived, or what became of both units, is older than the leaving",
     LAST_MOVES " SELECT p.account FROM last AS m JOIN person AS p ON p.id = m.person JOIN unit AS u ON u.id IN "
                "(m.sender, m.receiver) WHERE p.seq <= m.seq OR u.seq <= m.seq"},
    {"the log of the receiving unit does not say who and how much arrived", MOVES
     ", sum AS (SELECT m.serial, m.sender, m.target, count (DISTINCT m.person) AS people, max (m.again) AS again, "
     "coalesce (sum ((SELECT sum ((x.unit_fen + x.personal_fen) * " MONTHS_OF (
         "x.") ") FROM span AS x WHERE x.person = m.person AND x.booked = 1 AND x.seq < d.seq)), 0) AS fen FROM move "
               "AS "
               "m LEFT JOIN departure AS d ON d.unit = m.sender AND d.person = m.person AND d.from_month = m.leaves "
               "GROUP BY m.id, m.target) SELECT s.serial FROM sum AS s JOIN unit AS u ON u.id = s.sender WHERE s.again "
               "= 1 AND (SELECT count (*) FROM log AS g WHERE g.action = 'transfer-received' AND g.unit = s.target AND "
               "g.serial = s.serial AND g.detail = 'from ' || u.account || ': ' || s.people || ' people, ' || s.fen || "
               "' fen') <> 1"},
};

/* ---- what was found ---- */

/* One of @what; the first that breaks it is named, the others are counted. */
typedef struct {
  const char *what;
  char *first; /* (owned) (nullable) */
  guint n;
} Found;

static void
found_add (Found *found, const char *which)
{
  if (found->n++ == 0)
    found->first = g_strdup (which != NULL ? which : "?");
}

static void
found_end (Found *found, GPtrArray *faults)
{
  if (found->n == 1)
    g_ptr_array_add (faults, g_strdup_printf ("%s: %s", found->what, found->first));
  else if (found->n > 1)
    g_ptr_array_add (faults, g_strdup_printf ("%s: %s (%u of them)", found->what, found->first, found->n));
  g_free (found->first);
}

/* A row that SQL itself cannot make sense of is a fault of the ledger; what the disk says is not. */
static gboolean
forgive (GPtrArray *faults, const char *what, GError *fault, GError **error)
{
  if (!g_error_matches (fault, QC_DB_ERROR, QC_DB_ERROR_FAILED)
      && !g_error_matches (fault, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED)) {
    g_propagate_error (error, fault);
    return FALSE;
  }
  g_ptr_array_add (faults, g_strdup_printf ("%s: %s", what, fault->message));
  g_error_free (fault);
  return TRUE;
}

static gboolean
run_check (QcConnection *connection, const Check *check, Found *found, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, check->sql, error);
  gboolean has_row = s != NULL;
  while (has_row) {
    if (!qc_statement_step (s, &has_row, error))
      return FALSE;
    if (has_row)
      found_add (found, qc_statement_get_text (s, 0));
  }
  return s != NULL;
}

static gboolean
run_checks (QcConnection *connection, const Check *checks, gsize n, gboolean quick, GPtrArray *faults, GError **error)
{
  for (gsize i = 0; i < n; i++) {
    if (quick && checks[i].deep)
      continue;
    Found found = {checks[i].what, NULL, 0};
    GError *fault = NULL;
    gboolean good = run_check (connection, &checks[i], &found, &fault);
    found_end (&found, faults);
    if (!good && !forgive (faults, checks[i].what, fault, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- amounts again, from base, ratio and rounding (invariant 12) ---- */

typedef struct {
  gint64 unit;
  QcRatios ratios;
} UnitRatios;

/* Every row there ever was, replaced ones too. */
static GArray *
load_all_ratios (QcConnection *connection, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (UnitRatios));

  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT unit, from_month, unit_ratio, personal_ratio FROM ratio_row UNION ALL "
                               "SELECT unit, from_month, unit_ratio, personal_ratio FROM ratio_past",
                               error);
  if (s == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&rows);
    UnitRatios row = {0};
    row.unit = qc_statement_get_int (s, 0);
    row.ratios.from = (QcMonth)qc_statement_get_int (s, 1);
    row.ratios.unit = (QcRatio)qc_statement_get_int (s, 2);
    row.ratios.personal = (QcRatio)qc_statement_get_int (s, 3);
    g_array_append_val (rows, row);
  }
  return NULL;
}

/* Whether @paid, on top of @before, is what is due by @base and any of the ratios there ever were. */
static gboolean
is_computed (const GArray *ratios, const GArray *policies, gint64 unit, QcMonth month, QcMoney base,
             QcContribution before, QcContribution paid)
{
  const QcPolicy *policy = qc_policy_at (policies, month);
  for (guint i = 0; policy != NULL && i < ratios->len; i++) {
    const UnitRatios *row = &g_array_index (ratios, UnitRatios, i);
    if (row->unit != unit || row->ratios.from > month)
      continue;
    QcContribution due = qc_contribution_compute (base, &row->ratios, policy);
    if (MAX (0, due.unit - before.unit) == paid.unit && MAX (0, due.personal - before.personal) == paid.personal)
      return TRUE;
  }
  return FALSE;
}

/* What had been paid for the month before the span in the row, in one sum by all that came earlier. */
static gboolean
read_before (QcStatement *paid, QcStatement *s, QcMonth month, QcContribution *out, GError **error)
{
  qc_statement_reset (paid);
  qc_statement_bind_int (paid, 1, qc_statement_get_int (s, 7));
  qc_statement_bind_int (paid, 2, month);
  qc_statement_bind_int (paid, 3, qc_statement_get_int (s, 6));
  gboolean has_row;
  if (!qc_statement_step (paid, &has_row, error))
    return FALSE;
  *out = (QcContribution) {qc_statement_get_int (paid, 0), qc_statement_get_int (paid, 1)};
  return TRUE;
}

/* The first and the last month of the span in the row: 汇缴 pays what is due, 补缴 what is missing of it. */
static gboolean
check_span (QcStatement *s, QcStatement *paid, const GArray *ratios, const GArray *policies, Found *found,
            GError **error)
{
  gboolean back = qc_statement_get_int (s, 8) == QC_SPAN_BACK_PAYMENT;
  for (int column = 1; column <= 2; column++) {
    QcMonth month = (QcMonth)qc_statement_get_int (s, column);
    QcContribution now = {qc_statement_get_int (s, 4), qc_statement_get_int (s, 5)};
    QcContribution before = {0, 0};
    if (back && !read_before (paid, s, month, &before, error))
      return FALSE;
    if (is_computed (ratios, policies, qc_statement_get_int (s, 0), month, qc_statement_get_int (s, 3), before, now))
      continue;
    found_add (found, qc_statement_get_text (s, 6));
    return TRUE;
  }
  return TRUE;
}

static gboolean
run_amounts (QcConnection *connection, Found *found, GError **error)
{
  g_autoptr (GArray) policies = qc_engine_load_policies (connection, error);
  g_autoptr (GArray) ratios = policies != NULL ? load_all_ratios (connection, error) : NULL;
  if (ratios == NULL)
    return FALSE;
  g_autoptr (QcStatement) paid = qc_connection_prepare (
      connection,
      "SELECT coalesce (sum (unit_fen), 0), coalesce (sum (personal_fen), 0) FROM span WHERE person = ?1 AND "
      "from_month <= ?2 AND to_month >= ?2 AND id < ?3",
      error);
  g_autoptr (QcStatement) s
      = paid == NULL ? NULL
                     : qc_connection_prepare (connection,
                                              "SELECT unit, from_month, to_month, base, unit_fen, personal_fen, id, "
                                              "person, kind FROM span",
                                              error);
  if (s == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!check_span (s, paid, ratios, policies, found, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
check_amounts (QcConnection *connection, GPtrArray *faults, GError **error)
{
  Found found = {"an amount does not follow from base and ratio", NULL, 0};
  GError *fault = NULL;
  gboolean good = run_amounts (connection, &found, &fault);
  found_end (&found, faults);
  return good || forgive (faults, found.what, fault, error);
}

/* ---- the log ---- */

static char *
dup_hash_of (QcStatement *s, const char *previous)
{
  QcLogEntry entry;
  entry.id = qc_statement_get_int (s, 0);
  entry.time = qc_statement_get_int (s, 1);
  entry.actor = (char *)qc_statement_get_text (s, 2);
  entry.action = (char *)qc_statement_get_text (s, 3);
  entry.unit = (char *)qc_statement_get_text (s, 4);
  entry.serial = (char *)qc_statement_get_text (s, 5);
  entry.detail = (char *)qc_statement_get_text (s, 6);
  return qc_engine_log_hash (previous, &entry);
}

/* The first line that does not fit; those behind it hang on it. @last: so many lines from the end, 0 = all. */
static gboolean
check_log (QcConnection *connection, gint64 last, GPtrArray *faults, GError **error)
{
  gint64 n;
  g_autoptr (QcStatement) s = NULL;
  if (!qc_connection_get_int (connection, "SELECT max (id) FROM log", 0, &n, error)
      || (s = qc_connection_prepare (connection,
                                     "SELECT id, time, actor, action, unit, serial, detail, hash FROM log WHERE id >= "
                                     "? ORDER BY id",
                                     error))
             == NULL)
    return FALSE;
  gint64 expected = last > 0 ? MAX (1, n - last) : 1;
  gboolean begun = expected == 1; /* else the first line is what the next one hangs on */
  qc_statement_bind_int (s, 1, expected);
  g_autofree char *previous = g_strdup ("");
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    gint64 id = qc_statement_get_int (s, 0);
    g_autofree char *hash = begun ? dup_hash_of (s, previous) : qc_statement_dup_text (s, 7);
    if (id != expected++ || g_strcmp0 (hash, qc_statement_get_text (s, 7)) != 0) {
      g_ptr_array_add (faults, g_strdup_printf ("the log is broken at line %" G_GINT64_FORMAT, id));
      return TRUE;
    }
    begun = TRUE;
    g_free (previous);
    previous = g_steal_pointer (&hash);
  }
  return FALSE;
}

static gboolean
run_deep (QcConnection *connection, GPtrArray *faults, GError **error)
{
  return run_checks (connection, roster_checks, G_N_ELEMENTS (roster_checks), FALSE, faults, error)
         && run_checks (connection, transfer_checks, G_N_ELEMENTS (transfer_checks), FALSE, faults, error)
         && check_amounts (connection, faults, error);
}

GPtrArray *
qc_engine_audit_list (QcConnection *connection, gboolean quick, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  gboolean good = run_checks (connection, people_checks, G_N_ELEMENTS (people_checks), quick, faults, error)
                  && run_checks (connection, money_checks, G_N_ELEMENTS (money_checks), quick, faults, error)
                  && (quick || run_deep (connection, faults, error))
                  && check_log (connection, quick ? QUICK_LINES : 0, faults, error);
  return good ? g_steal_pointer (&faults) : NULL;
}

gboolean
qc_engine_audit (QcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) faults = qc_engine_audit_list (connection, FALSE, error);
  if (faults == NULL)
    return FALSE;
  if (faults->len > 0)
    g_set_error_literal (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED, g_ptr_array_index (faults, 0));
  return faults->len == 0;
}
