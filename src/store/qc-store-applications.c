/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Applications as pulled or answered: rows with their months and timeline. Database threads only.
 */
#include "qc-store-applications.h"

#include "qc-store-private.h"

static gboolean
write_months (const QcStorePage *page, const QcApplication *a, GError **error)
{
  for (guint i = 0; a->months != NULL && i < a->months->len; i++) {
    const QcMonthLine *m = &g_array_index (a->months, QcMonthLine, i);
    if (!qc_sql_run (page->connection, error,
                     "INSERT INTO application_month (scope, serial, month, previous_people, added_people,"
                     " removed_people, people, previous_fen, added_fen, removed_fen, unit_fen, personal_fen)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, a->serial, m->month, m->previous_people, m->added_people, m->removed_people,
                     m->people, m->previous_fen, m->added_fen, m->removed_fen, m->unit_fen, m->personal_fen))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_timeline (const QcStorePage *page, const QcApplication *a, GError **error)
{
  for (guint i = 0; a->timeline != NULL && i < a->timeline->len; i++) {
    const QcTimelineEntry *entry = g_ptr_array_index (a->timeline, i);
    if (!qc_sql_run (page->connection, error,
                     "INSERT INTO application_event (scope, serial, position, time, actor, event, text, fen)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     page->scope, a->serial, (int)i, entry->time, entry->actor != NULL ? entry->actor : "",
                     entry->event != NULL ? entry->event : "", entry->text, entry->fen))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_application (const QcStorePage *page, const QcApplication *a, GError **error)
{
  return qc_sql_run (
             page->connection, error,
             "INSERT INTO application (scope, serial, pull, key, business, state, draw, draw_number, draw_reason,"
             " return_reason, method, start_month, end_month, effective, people, fen, arrived, created, finished,"
             " entered_by, reviewed_by, cashier, revision, received, processed, replaces, replaced_by)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             page->scope, a->serial, page->pull, a->key, qc_business_info (a->business)->code,
             qc_state_to_code (a->state), qc_draw_to_code (a->draw), a->draw_number, a->draw_reason, a->return_reason,
             qc_method_to_code (a->method), a->start, a->end, a->effective, a->people, a->fen, a->arrived, a->created,
             a->finished, a->entered_by, a->reviewed_by, a->cashier, a->revision, a->received, a->processed,
             a->replaces, a->replaced_by)
         && write_months (page, a, error) && write_timeline (page, a, error);
}

gboolean
qc_store_apply_application (const QcStorePage *page, const QcFeedRow *row, GError **error)
{
  /* months and timeline go with it */
  return qc_sql_run (page->connection, error, "DELETE FROM application WHERE scope = ? AND serial = ?", page->scope,
                     row->deleted ? row->key : row->application->serial)
         && (row->deleted || write_application (page, row->application, error));
}

gboolean
qc_store_applications_put (QcConnection *connection, const char *profile, const char *unit,
                           const QcApplication *application, GError **error)
{
  QcStorePage page = {.connection = connection};
  QcFeedRow row = {.key = application->serial, .application = application};
  gint64 newer;
  if (!qc_store_scope_ensure (connection, profile, unit, &page.scope, error)
      || !qc_sql_int (connection, 1, &page.pull, error,
                      "SELECT pull FROM cursor WHERE scope = ? AND feed = 'applications'", page.scope)
      || !qc_sql_int (connection, 0, &newer, error,
                      "SELECT EXISTS (SELECT 1 FROM application WHERE scope = ? AND serial = ? AND revision > ?)",
                      page.scope, application->serial, application->revision))
    return FALSE;
  /* an answer that comes late does not undo what the feed brought meanwhile */
  return newer || qc_store_apply_application (&page, &row, error);
}

static QcApplication *
read_application (QcStatement *s)
{
  QcApplication *a = qc_application_new ();
  const char *business = qc_statement_get_text (s, 2);
  a->serial = qc_statement_dup_text (s, 0);
  a->key = qc_statement_dup_text (s, 1);
  if (!qc_business_from_code (business, &a->business) || !qc_state_from_code (qc_statement_get_text (s, 3), &a->state)
      || !qc_draw_from_code (qc_statement_get_text (s, 4), &a->draw)
      || !qc_method_from_code (qc_statement_get_text (s, 8), &a->method))
    g_warning ("application %s has a code this version does not know", a->serial);
  a->draw_number = qc_statement_get_int (s, 5);
  a->draw_reason = qc_statement_dup_text (s, 6);
  a->return_reason = qc_statement_dup_text (s, 7);
  a->start = qc_statement_get_int (s, 9);
  a->end = qc_statement_get_int (s, 10);
  a->effective = qc_statement_get_int (s, 11);
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
  return a;
}

static gboolean
read_months (QcConnection *connection, gint64 scope, QcApplication *a, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT month, previous_people, added_people, removed_people, people, previous_fen, added_fen,"
                     " removed_fen, unit_fen, personal_fen FROM application_month"
                     " WHERE scope = ? AND serial = ? ORDER BY month",
                     scope, a->serial);
  if (s == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return TRUE;
    QcMonthLine line = (QcMonthLine) {
        .month = qc_statement_get_int (s, 0),
        .previous_people = qc_statement_get_int (s, 1),
        .added_people = qc_statement_get_int (s, 2),
        .removed_people = qc_statement_get_int (s, 3),
        .people = qc_statement_get_int (s, 4),
        .previous_fen = qc_statement_get_int (s, 5),
        .added_fen = qc_statement_get_int (s, 6),
        .removed_fen = qc_statement_get_int (s, 7),
        .unit_fen = qc_statement_get_int (s, 8),
        .personal_fen = qc_statement_get_int (s, 9),
    };
    g_array_append_val (a->months, line);
  }
  return FALSE;
}

static gboolean
read_timeline (QcConnection *connection, gint64 scope, QcApplication *a, GError **error)
{
  g_autoptr (QcStatement) s = qc_sql_bind (connection, error,
                                           "SELECT time, actor, event, text, fen FROM application_event"
                                           " WHERE scope = ? AND serial = ? ORDER BY position",
                                           scope, a->serial);
  if (s == NULL)
    return FALSE;
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
    g_ptr_array_add (a->timeline, entry);
  }
  return FALSE;
}

GPtrArray *
qc_store_read_applications (QcConnection *connection, QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcApplication *application = read_application (statement);
    gint64 scope = qc_statement_get_int (statement, 21);
    g_ptr_array_add (list, application);
    if (!read_months (connection, scope, application, error) || !read_timeline (connection, scope, application, error))
      return NULL;
  }
  return NULL;
}
