/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Application rows: read with months and timeline, created with a serial number, moved through core's table of allowed
 * moves, and touched so that clients see the change. The same for all businesses. Database threads only.
 */
#include "qc-engine-private.h"

#define APPLICATION_COLUMNS                                                                                       \
  "serial, key, business, state, draw, draw_number, draw_reason, return_reason, method, start_month, end_month, " \
  "effective_month, people, fen, arrived, created, finished, entered_by, reviewed_by, cashier, revision, id, "    \
  "received, processed, (SELECT r.serial FROM application AS r WHERE r.id = application.replaces), "              \
  "(SELECT r.serial FROM application AS r WHERE r.replaces = application.id ORDER BY r.id DESC LIMIT 1)"

gboolean
qc_engine_find_application (QcConnection *connection, gint64 unit, const char *serial, gint64 *out_id, GError **error)
{
  *out_id = 0;
  g_autoptr (QcStatement) statement = qc_connection_prepare (
      connection, "SELECT id FROM application WHERE serial = ?1 AND (?2 = 0 OR unit = ?2)", error);
  if (statement == NULL)
    return FALSE;
  qc_statement_bind_text (statement, 1, serial);
  qc_statement_bind_int (statement, 2, unit);
  gboolean has_row;
  if (!qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out_id = qc_statement_get_int (statement, 0);
  return TRUE;
}

static QcApplication *
read_application (QcStatement *s, GError **error)
{
  g_autoptr (QcApplication) a = qc_application_new ();
  a->serial = qc_statement_dup_text (s, 0);
  a->key = qc_statement_dup_text (s, 1);
  if (!qc_business_from_code (qc_statement_get_text (s, 2), &a->business)
      || !qc_state_from_code (qc_statement_get_text (s, 3), &a->state)
      || !qc_draw_from_code (qc_statement_get_text (s, 4), &a->draw)
      || !qc_method_from_code (qc_statement_get_text (s, 8), &a->method)) {
    g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED, "application %s is not readable", a->serial);
    return NULL;
  }
  a->draw_number = (int)qc_statement_get_int (s, 5);
  a->draw_reason = qc_statement_dup_text (s, 6);
  a->return_reason = qc_statement_dup_text (s, 7);
  a->start = (QcMonth)qc_statement_get_int (s, 9);
  a->end = (QcMonth)qc_statement_get_int (s, 10);
  a->effective = (QcMonth)qc_statement_get_int (s, 11);
  a->people = qc_statement_get_int (s, 12);
  a->fen = qc_statement_get_int (s, 13);
  a->arrived = qc_statement_get_int (s, 14);
  a->created = qc_statement_get_int (s, 15);
  a->finished = qc_statement_get_int (s, 16);
  a->entered_by = qc_statement_dup_text (s, 17);
  a->reviewed_by = qc_statement_dup_text (s, 18);
  a->cashier = qc_statement_dup_text (s, 19);
  a->revision = qc_statement_get_int (s, 20);
  a->received = qc_statement_get_int (s, 22);
  a->processed = qc_statement_get_int (s, 23);
  a->replaces = qc_statement_dup_text (s, 24);
  a->replaced_by = qc_statement_dup_text (s, 25);
  return g_steal_pointer (&a);
}

static gboolean
read_months (QcConnection *connection, gint64 id, GArray *months, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT month, previous_people, added_people, removed_people, people, previous_fen, "
                               "added_fen, removed_fen, unit_fen, personal_fen FROM application_month "
                               "WHERE application = ? ORDER BY month",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, id);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcMonthLine line = {0};
    line.month = (QcMonth)qc_statement_get_int (s, 0);
    line.previous_people = qc_statement_get_int (s, 1);
    line.added_people = qc_statement_get_int (s, 2);
    line.removed_people = qc_statement_get_int (s, 3);
    line.people = qc_statement_get_int (s, 4);
    line.previous_fen = qc_statement_get_int (s, 5);
    line.added_fen = qc_statement_get_int (s, 6);
    line.removed_fen = qc_statement_get_int (s, 7);
    line.unit_fen = qc_statement_get_int (s, 8);
    line.personal_fen = qc_statement_get_int (s, 9);
    g_array_append_val (months, line);
  }
  return FALSE;
}

static gboolean
read_timeline (QcConnection *connection, gint64 id, GPtrArray *timeline, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT time, actor, event, text, fen FROM application_event WHERE application = ? ORDER BY id",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, id);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
    entry->time = qc_statement_get_int (s, 0);
    entry->actor = qc_statement_dup_text (s, 1);
    entry->event = qc_statement_dup_text (s, 2);
    entry->text = qc_statement_dup_text (s, 3);
    entry->fen = qc_statement_get_int (s, 4);
    g_ptr_array_add (timeline, entry);
  }
  return FALSE;
}

QcApplication *
qc_engine_load_application_row (QcConnection *connection, gint64 id, gboolean whole, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "SELECT " APPLICATION_COLUMNS " FROM application WHERE id = ?", error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, id);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return NULL;
  if (!has_row) {
    qc_engine_missing (error, "application", "row");
    return NULL;
  }
  g_autoptr (QcApplication) application = read_application (s, error);
  if (application == NULL)
    return NULL;
  if (whole
      && (!read_months (connection, id, application->months, error)
          || !read_timeline (connection, id, application->timeline, error)))
    return NULL;
  return g_steal_pointer (&application);
}

QcApplication *
qc_engine_load_application (QcConnection *connection, const char *unit, const char *serial, GError **error)
{
  gint64 unit_id = 0;
  if (unit != NULL) {
    if (!qc_engine_find_unit (connection, unit, &unit_id, error))
      return NULL;
    if (unit_id == 0) {
      qc_engine_missing (error, "unit", unit);
      return NULL;
    }
  }
  gint64 id;
  if (!qc_engine_find_application (connection, unit_id, serial, &id, error))
    return NULL;
  if (id == 0) {
    qc_engine_missing (error, "application", serial);
    return NULL;
  }
  return qc_engine_load_application_row (connection, id, TRUE, error);
}

GPtrArray *
qc_engine_load_open (QcConnection *connection, gint64 unit, GError **error)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);

  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT " APPLICATION_COLUMNS " FROM application WHERE unit = ? AND "
                               "state IN ('registered', 'in-review', 'accepted') ORDER BY id",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, unit);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&open);
    QcApplication *application = read_application (s, error);
    if (application == NULL)
      return NULL;
    g_ptr_array_add (open, application);
  }
  return NULL;
}

/* "2311" + day + a number of the center's own. */
static char *
make_serial (QcConnection *connection, gint64 now, GError **error)
{
  gint64 number;
  if (!qc_engine_take (connection, "serial", 1, &number, error))
    return NULL;
  return g_strdup_printf ("2311%08d%08" G_GINT64_FORMAT, qc_date_from_unix (now), number);
}

static gboolean
insert_months (QcConnection *connection, gint64 id, const GArray *months, GError **error)
{
  for (guint i = 0; i < months->len; i++) {
    const QcMonthLine *l = &g_array_index (months, QcMonthLine, i);
    if (!qc_sql_run (connection, error, "INSERT INTO application_month VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id,
                     l->month, l->previous_people, l->added_people, l->removed_people, l->people, l->previous_fen,
                     l->added_fen, l->removed_fen, l->unit_fen, l->personal_fen))
      return FALSE;
  }
  return TRUE;
}

gint64
qc_engine_create_application (QcWork *work, QcApplication *draft, GError **error)
{
  QcConnection *connection = work->connection;
  g_autofree char *serial = make_serial (connection, work->call->now, error);
  QcApplicationState state = qc_application_first_state (draft->business);
  gint64 now = work->call->now;
  gint64 finished = state == QC_STATE_FINISHED ? now : 0;
  gint64 processed = state == QC_STATE_IN_REVIEW ? 0 : now; /* what nobody has to look at */
  gint64 change;
  if (serial == NULL || !qc_engine_take_change (connection, &change, error))
    return 0;
  if (!qc_sql_run (connection, error,
                   "INSERT INTO application (serial, unit, key, business, state, method, start_month, end_month, "
                   "effective_month, people, fen, created, finished, entered_by, seq, received, processed) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   serial, work->unit_id, work->call->key, qc_business_info (draft->business)->code,
                   qc_state_to_code (state), qc_method_to_code (draft->method), draft->start, draft->end,
                   draft->effective, draft->people, draft->fen, now, finished, work->call->actor, change, now,
                   processed))
    return 0;
  gint64 id = qc_connection_last_rowid (connection);
  if (!insert_months (connection, id, draft->months, error)
      || !qc_engine_add_event (connection, id, work->call->now, work->call->actor, "submitted", NULL, draft->fen, error)
      || (finished != 0 && !qc_engine_add_event (connection, id, finished, "center", "finished", NULL, 0, error)))
    return 0;
  g_free (work->serial);
  work->serial = g_steal_pointer (&serial);
  return id;
}

gboolean
qc_engine_add_event (QcConnection *connection, gint64 application, gint64 time, const char *actor, const char *event,
                     const char *text, QcMoney fen, GError **error)
{
  return qc_sql_run (connection, error,
                     "INSERT INTO application_event (application, time, actor, event, text, fen) "
                     "VALUES (?, ?, ?, ?, ?, ?)",
                     application, time, actor ? actor : "center", event, text, fen);
}

gboolean
qc_engine_move (QcWork *work, gint64 application, QcApplicationEvent event, GError **error)
{
  g_autoptr (QcApplication) now = qc_engine_load_application_row (work->connection, application, FALSE, error);
  if (now == NULL)
    return FALSE;
  QcApplicationState next;
  if (!qc_application_move (now->business, now->state, event, &next)) {
    g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED, "application %s cannot go on from %s", now->serial,
                 qc_state_to_code (now->state));
    return FALSE;
  }
  gint64 finished = next == QC_STATE_FINISHED ? work->call->now : 0;
  return qc_sql_run (work->connection, error, "UPDATE application SET state = ?, finished = ? WHERE id = ?",
                     qc_state_to_code (next), finished, application)
         && qc_engine_touch_application (work->connection, application, error);
}

gboolean
qc_engine_touch_application (QcConnection *connection, gint64 application, GError **error)
{
  gint64 change;
  return qc_engine_take_change (connection, &change, error)
         && qc_sql_run (connection, error, "UPDATE application SET revision = revision + 1, seq = ? WHERE id = ?",
                        change, application);
}

gboolean
qc_engine_touch_unit (QcConnection *connection, gint64 unit, gboolean revision, GError **error)
{
  gint64 change;
  return qc_engine_take_change (connection, &change, error)
         && qc_sql_run (connection, error, "UPDATE unit SET revision = revision + ?, seq = ? WHERE id = ?",
                        revision != FALSE, change, unit);
}

gboolean
qc_engine_touch_person (QcConnection *connection, gint64 person, GError **error)
{
  gint64 change;
  return qc_engine_take_change (connection, &change, error)
         && qc_sql_run (connection, error, "UPDATE person SET revision = revision + 1, seq = ? WHERE id = ?", change,
                        person);
}
