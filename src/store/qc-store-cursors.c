/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Feeds: applying a page with its cursor, and what a pull from scratch takes away at its end. Database threads only.
 */
#include "qc-store-cursors.h"

#include "qc-store-private.h"

/* One line a feed: its code on the wire, how a row is applied, and how the rows a full pull did not see are removed. */
static const struct {
  const char *code;
  QcStoreApplyFunc apply;
  const char *sweep; /* NULL: people */
} FEEDS[QC_N_FEEDS] = {
    [QC_FEED_UNIT] = {"unit", qc_store_apply_unit, "DELETE FROM unit WHERE scope = ? AND pull <> ?"},
    [QC_FEED_RATIOS] = {"ratios", qc_store_apply_ratios, "DELETE FROM ratio WHERE scope = ? AND pull <> ?"},
    [QC_FEED_POLICY] = {"policy", qc_store_apply_policy, "DELETE FROM policy WHERE scope = ? AND pull <> ?"},
    [QC_FEED_CODES] = {"codes", qc_store_apply_code, "DELETE FROM code WHERE scope = ? AND pull <> ?"},
    [QC_FEED_PEOPLE] = {"people", qc_store_apply_person, NULL},
    [QC_FEED_BASES] = {"bases", qc_store_apply_base, "DELETE FROM base_history WHERE scope = ? AND pull <> ?"},
    [QC_FEED_PAID] = {"paid", qc_store_apply_span, "DELETE FROM paid_span WHERE scope = ? AND pull <> ?"},
    [QC_FEED_APPLICATIONS]
    = {"applications", qc_store_apply_application, "DELETE FROM application WHERE scope = ? AND pull <> ?"},
    [QC_FEED_MOVEMENTS] = {"movements", qc_store_apply_movement, "DELETE FROM movement WHERE scope = ? AND pull <> ?"},
};

void
qc_store_cursor_clear (QcStoreCursor *cursor)
{
  g_clear_pointer (&cursor->cursor, g_free);
}

gboolean
qc_store_cursor_get (QcConnection *connection, const char *profile, const char *unit, QcFeed feed, QcStoreCursor *out,
                     GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT cursor, full, complete, as_of FROM cursor"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?) AND feed = ?",
                     profile, unit, FEEDS[feed].code);
  *out = (QcStoreCursor) {.full = TRUE};
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  out->cursor = qc_statement_dup_text (statement, 0);
  out->full = qc_statement_get_int (statement, 1) != 0;
  out->complete = qc_statement_get_int (statement, 2) != 0;
  out->as_of = qc_statement_get_int (statement, 3);
  return TRUE;
}

gboolean
qc_store_cursor_begin_full (QcConnection *connection, const char *profile, const char *unit, QcFeed feed,
                            GError **error)
{
  gint64 scope;
  return qc_store_scope_ensure (connection, profile, unit, &scope, error)
         && qc_sql_run (connection, error,
                        "INSERT INTO cursor (scope, feed) VALUES (?, ?) ON CONFLICT (scope, feed)"
                        " DO UPDATE SET cursor = NULL, pull = pull + 1, full = 1",
                        scope, FEEDS[feed].code);
}

static gboolean
has_content (QcFeed feed, const QcFeedRow *row)
{
  if (row->key == NULL)
    return FALSE;
  if (row->deleted)
    return TRUE;
  switch (feed) {
  case QC_FEED_UNIT:
    return row->unit != NULL;
  case QC_FEED_RATIOS:
    return row->ratios != NULL;
  case QC_FEED_POLICY:
    return row->policy != NULL;
  case QC_FEED_CODES:
    return row->code != NULL && row->code->list != NULL && row->code->code != NULL;
  case QC_FEED_PEOPLE:
    return row->employee != NULL && row->employee->name != NULL;
  case QC_FEED_BASES:
    return row->base != NULL && row->person != NULL;
  case QC_FEED_PAID:
    return row->span != NULL && row->person != NULL && row->span->from <= row->span->to;
  case QC_FEED_APPLICATIONS:
    return row->application != NULL && row->application->serial != NULL;
  case QC_FEED_MOVEMENTS:
    return row->movement != NULL && row->movement->kind != NULL;
  }
  return FALSE;
}

/* The end of a page: where to go on, and at the end of a pull from scratch the removal of what it did not see. */
static gboolean
set_cursor (const QcStorePage *page, QcFeed feed, const char *cursor, gboolean more, gboolean full, gint64 now,
            GError **error)
{
  if (!more && full
      && !(FEEDS[feed].sweep == NULL
               ? qc_store_sweep_people (page, error)
               : qc_sql_run (page->connection, error, FEEDS[feed].sweep, page->scope, page->pull)))
    return FALSE;
  return more ? qc_sql_run (page->connection, error, "UPDATE cursor SET cursor = ? WHERE scope = ? AND feed = ?",
                            cursor, page->scope, FEEDS[feed].code)
              : qc_sql_run (page->connection, error,
                            "UPDATE cursor SET cursor = ?, full = 0, complete = 1, as_of = ?"
                            " WHERE scope = ? AND feed = ?",
                            cursor, now, page->scope, FEEDS[feed].code);
}

static gboolean
begin_page (QcStorePage *page, QcFeed feed, gboolean *out_full, GError **error)
{
  if (!qc_sql_run (page->connection, error, "INSERT OR IGNORE INTO cursor (scope, feed) VALUES (?, ?)", page->scope,
                   FEEDS[feed].code))
    return FALSE;
  g_autoptr (QcStatement) statement
      = qc_sql_bind (page->connection, error, "SELECT pull, full FROM cursor WHERE scope = ? AND feed = ?", page->scope,
                     FEEDS[feed].code);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  page->pull = qc_statement_get_int (statement, 0);
  *out_full = qc_statement_get_int (statement, 1) != 0;
  return TRUE;
}

gboolean
qc_store_apply_page (QcConnection *connection, const char *profile, const char *unit, QcFeed feed,
                     const QcFeedRow *rows, gsize n_rows, const char *cursor, gboolean more, gint64 now, GError **error)
{
  QcStorePage page = {.connection = connection};
  g_return_val_if_fail ((guint)feed < QC_N_FEEDS, FALSE);
  gboolean full;
  if (!qc_store_scope_ensure (connection, profile, unit, &page.scope, error) || !begin_page (&page, feed, &full, error))
    return FALSE;
  for (gsize i = 0; i < n_rows; i++) {
    if (!has_content (feed, &rows[i])) {
      g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_INVALID, "row %" G_GSIZE_FORMAT " of feed %s has no content",
                   i, FEEDS[feed].code);
      return FALSE;
    }
    if (!FEEDS[feed].apply (&page, &rows[i], error))
      return FALSE;
  }
  return set_cursor (&page, feed, cursor, more, full, now, error);
}

gboolean
qc_store_cursor_as_of (QcConnection *connection, const char *profile, const char *unit, gint64 *out, GError **error)
{
  return qc_sql_int (connection, 0, out, error,
                     "SELECT CASE WHEN sum (complete) = ? THEN min (as_of) ELSE 0 END FROM cursor"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)",
                     QC_N_FEEDS, profile, unit);
}
