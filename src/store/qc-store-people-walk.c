/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * All people with their history, for the remittance preview: three scans in the order of accounts, merged as they go,
 * so that nothing is looked up and nothing is held. Database threads only.
 */
#include "qc-store-people.h"

#include "qc-store-private.h"

/* A scan whose column 0 is the account, read one row ahead. */
typedef struct {
  QcStatement *statement; /* (owned) */
  gboolean has_row;
} Scan;

static gboolean
advance (Scan *scan, GError **error)
{
  return qc_statement_step (scan->statement, &scan->has_row, error);
}

static gboolean
start (Scan *scan, QcStatement *statement, GError **error)
{
  scan->statement = statement;
  return statement != NULL && advance (scan, error);
}

/* Moves to the rows of @account; *@found says whether there are any. */
static gboolean
seek (Scan *scan, const char *account, gboolean *found, GError **error)
{
  int order = 1;
  while (scan->has_row && (order = g_strcmp0 (qc_statement_get_text (scan->statement, 0), account)) < 0)
    if (!advance (scan, error))
      return FALSE;
  *found = scan->has_row && order == 0;
  return TRUE;
}

typedef struct {
  Scan people, bases, spans;
  GArray *history; /* (owned) QcBaseChange of the present person */
} Walk;

static void
walk_clear (Walk *walk)
{
  qc_statement_release (walk->people.statement);
  qc_statement_release (walk->bases.statement);
  qc_statement_release (walk->spans.statement);
  g_clear_pointer (&walk->history, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static void
add_base (QcStatement *statement, GArray *bases)
{
  QcBaseChange change = {qc_statement_get_int (statement, 1), qc_statement_get_int (statement, 2),
                         qc_statement_get_int (statement, 3) != 0};
  g_array_append_val (bases, change);
}

static void
add_span (QcStatement *statement, GArray *spans)
{
  QcPaidSpan span = {
      .from = qc_statement_get_int (statement, 1),
      .to = qc_statement_get_int (statement, 2),
      .base = qc_statement_get_int (statement, 3),
      .unit = qc_statement_get_int (statement, 4),
      .personal = qc_statement_get_int (statement, 5),
      .kind = qc_statement_get_int (statement, 6) != 0 ? QC_SPAN_BACK_PAYMENT : QC_SPAN_REMITTANCE,
  };
  g_array_append_val (spans, span);
}

/* All rows of @account, by @add into @out. */
static gboolean
collect (Scan *scan, const char *account, void (*add) (QcStatement *, GArray *), GArray *out, GError **error)
{
  g_array_set_size (out, 0);
  gboolean found;
  if (!seek (scan, account, &found, error))
    return FALSE;
  while (found) {
    add (scan->statement, out);
    if (!advance (scan, error) || !seek (scan, account, &found, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_previous (Walk *walk, const char *account, QcPaidSpan *out, gboolean *found, GError **error)
{
  QcStatement *statement = walk->spans.statement;
  if (!seek (&walk->spans, account, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  *out = (QcPaidSpan) {.from = qc_statement_get_int (statement, 1),
                       .to = qc_statement_get_int (statement, 2),
                       .base = qc_statement_get_int (statement, 3),
                       .unit = qc_statement_get_int (statement, 4),
                       .personal = qc_statement_get_int (statement, 5),
                       .kind = QC_SPAN_REMITTANCE};
  return TRUE;
}

#define ALL_BASES                                                  \
  "SELECT person, from_month, base, retroactive FROM base_history" \
  " WHERE scope = ? ORDER BY scope, person, from_month, entered, key"
#define ALL_SPANS                                                                  \
  "SELECT person, from_month, to_month, base, unit, personal, kind FROM paid_span" \
  " WHERE scope = ? ORDER BY scope, person, from_month, key"

static gboolean
open_walk (Walk *walk, QcConnection *connection, gint64 scope, QcMonth previous, GError **error)
{
  walk->history = g_array_new (FALSE, FALSE, sizeof (QcBaseChange));
  return start (&walk->people,
                qc_sql_bind (connection, error,
                             "SELECT " QC_STORE_PERSON_COLUMNS ", p.gone FROM person AS p"
                             " WHERE scope = ? ORDER BY scope, account",
                             scope),
                error)
         && start (&walk->bases, qc_sql_bind (connection, error, ALL_BASES, scope), error)
         && start (&walk->spans,
                   qc_sql_bind (connection, error,
                                "SELECT person, from_month, to_month, base, unit, personal FROM paid_span"
                                " WHERE scope = ? AND from_month <= ? AND to_month >= ? AND kind = 0"
                                " ORDER BY scope, person, from_month, key",
                                scope, previous, previous),
                   error);
}

gboolean
qc_store_people_each (QcConnection *connection, const char *profile, const char *unit, QcMonth previous_month,
                      QcStorePersonFunc func, gpointer user_data, GError **error)
{
  g_auto (Walk) walk = {{NULL}, {NULL}, {NULL}, NULL};
  gint64 scope;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error)
      || !open_walk (&walk, connection, scope, previous_month, error))
    return FALSE;
  while (walk.people.has_row) {
    g_autoptr (QcEmployee) employee = qc_store_read_person (walk.people.statement, 0);
    QcPaidSpan previous;
    gboolean found;
    QcStorePersonFacts facts = {.employee = employee, .gone = qc_statement_get_int (walk.people.statement, 17) != 0};
    if (!collect (&walk.bases, employee->account, add_base, walk.history, error)
        || !find_previous (&walk, employee->account, &previous, &found, error))
      return FALSE;
    facts.bases = (const QcBaseChange *)walk.history->data;
    facts.n_bases = walk.history->len;
    facts.previous = found ? &previous : NULL;
    if (!func (&facts, user_data))
      return TRUE;
    if (!advance (&walk.people, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
qc_store_histories_each (QcConnection *connection, const char *profile, const char *unit, QcStoreHistoryFunc func,
                         gpointer user_data, GError **error)
{
  g_auto (Walk) walk = {{NULL}, {NULL}, {NULL}, NULL};
  g_autoptr (QcPersonHistory) history = qc_person_history_new ();
  gint64 scope;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error)
      || !start (&walk.people,
                 qc_sql_bind (connection, error,
                              "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p WHERE scope = ? AND gone = 0 ORDER "
                              "BY scope, account",
                              scope),
                 error)
      || !start (&walk.bases, qc_sql_bind (connection, error, ALL_BASES, scope), error)
      || !start (&walk.spans, qc_sql_bind (connection, error, ALL_SPANS, scope), error))
    return FALSE;
  while (walk.people.has_row) {
    g_autoptr (QcEmployee) employee = qc_store_read_person (walk.people.statement, 0);
    if (!collect (&walk.bases, employee->account, add_base, history->bases, error)
        || !collect (&walk.spans, employee->account, add_span, history->spans, error))
      return FALSE;
    if (!func (employee, history, user_data))
      return TRUE;
    if (!advance (&walk.people, error))
      return FALSE;
  }
  return TRUE;
}

/* The rows of one account after the other, by the same three statements. */
typedef struct {
  QcStatement *person, *bases, *spans; /* (owned) */
} Look;

static void
look_clear (Look *look)
{
  qc_statement_release (look->person);
  qc_statement_release (look->bases);
  qc_statement_release (look->spans);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
open_look (Look *look, QcConnection *connection, GError **error)
{
  return (look->person = qc_connection_prepare (connection,
                                                "SELECT " QC_STORE_PERSON_COLUMNS
                                                " FROM person AS p WHERE scope = ? AND account = ? AND gone = 0",
                                                error))
         && (look->bases = qc_connection_prepare (
                 connection,
                 "SELECT person, from_month, base, retroactive FROM base_history WHERE scope = ? AND person = ? "
                 "ORDER BY from_month, entered, key",
                 error))
         && (look->spans = qc_connection_prepare (
                 connection,
                 "SELECT person, from_month, to_month, base, unit, personal, kind FROM paid_span WHERE scope = ? AND "
                 "person = ? ORDER BY from_month, key",
                 error));
}

/* All rows of @account, by @add into @out. */
static gboolean
look_at (QcStatement *statement, gint64 scope, const char *account, void (*add) (QcStatement *, GArray *), GArray *out,
         GError **error)
{
  g_array_set_size (out, 0);
  qc_statement_reset (statement);
  qc_statement_bind_int (statement, 1, scope);
  qc_statement_bind_text (statement, 2, account);
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    add (statement, out);
  }
  return FALSE;
}

gboolean
qc_store_histories_of (QcConnection *connection, const char *profile, const char *unit, const GPtrArray *accounts,
                       QcStoreHistoryFunc func, gpointer user_data, GError **error)
{
  g_auto (Look) look = {NULL, NULL, NULL};
  g_autoptr (QcPersonHistory) history = qc_person_history_new ();
  gint64 scope;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error) || !open_look (&look, connection, error))
    return FALSE;
  for (guint i = 0; i < accounts->len; i++) {
    const char *account = g_ptr_array_index (accounts, i);
    gboolean has_row;
    qc_statement_reset (look.person);
    qc_statement_bind_int (look.person, 1, scope);
    qc_statement_bind_text (look.person, 2, account);
    if (!qc_statement_step (look.person, &has_row, error))
      return FALSE;
    if (!has_row)
      continue;
    g_autoptr (QcEmployee) employee = qc_store_read_person (look.person, 0);
    if (!look_at (look.bases, scope, account, add_base, history->bases, error)
        || !look_at (look.spans, scope, account, add_span, history->spans, error))
      return FALSE;
    if (!func (employee, history, user_data))
      return TRUE;
  }
  return TRUE;
}

static gboolean
scan_people (QcConnection *connection, const char *profile, const char *unit, const char *sql, QcStoreEmployeeFunc func,
             gpointer user_data, GError **error)
{
  gint64 scope;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error))
    return FALSE;
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error, sql, scope);
  gboolean has_row;
  while (s != NULL && qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_autoptr (QcEmployee) employee = qc_store_read_person (s, 0);
    if (!func (employee, user_data))
      return TRUE;
  }
  return FALSE;
}

#define ALL_PEOPLE "SELECT " QC_STORE_PERSON_COLUMNS " FROM person AS p WHERE scope = ? AND gone = 0"

gboolean
qc_store_people_scan (QcConnection *connection, const char *profile, const char *unit, QcStoreEmployeeFunc func,
                      gpointer user_data, GError **error)
{
  return scan_people (connection, profile, unit, ALL_PEOPLE, func, user_data, error);
}

gboolean
qc_store_people_scan_by_account (QcConnection *connection, const char *profile, const char *unit,
                                 QcStoreEmployeeFunc func, gpointer user_data, GError **error)
{
  return scan_people (connection, profile, unit, ALL_PEOPLE " ORDER BY scope, account", func, user_data, error);
}

gboolean
qc_store_people_count (QcConnection *connection, const char *profile, const char *unit, gint64 *out, GError **error)
{
  gint64 scope;
  if (!qc_store_scope_find (connection, profile, unit, &scope, error))
    return FALSE;
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error, "SELECT count(*) FROM person WHERE scope = ? AND gone = 0", scope);
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  *out = has_row ? qc_statement_get_int (s, 0) : 0;
  return TRUE;
}
