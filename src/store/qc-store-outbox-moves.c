/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outbox's moves: each checks the state it starts from, does everything that belongs to it, and writes the journal.
 * What came to the center stays so: only an item of which no byte can have left is ever taken back. Database threads
 * only, inside a write function.
 */
#include "qc-store-outbox.h"

#include "qc-store-journal.h"
#include "qc-store-drafts.h"
#include "qc-store-private.h"

/* An entry about the item, with @detail. */
static gboolean
note (QcConnection *connection, const QcStoreOutboxItem *item, gint64 now, const char *action, const char *detail,
      GError **error)
{
  return qc_store_journal_append (connection, now, item->profile, item->unit, item->actor, action, item->key, detail,
                                  error);
}

static gboolean
wrong_state (const QcStoreOutboxItem *item, const char *what, GError **error)
{
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_STATE, "%s: item %" G_GINT64_FORMAT " is %s", what, item->id,
               qc_store_outbox_state_to_code (item->state));
  return FALSE;
}

/* The item, if it is in one of @states (bits); else an error that says @what was meant. (transfer full) */
static QcStoreOutboxItem *
get_in_state (QcConnection *connection, gint64 id, guint32 states, const char *what, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, id, error);
  if (item == NULL)
    return NULL;
  if (states & (1u << item->state))
    return g_steal_pointer (&item);
  wrong_state (item, what, error);
  return NULL;
}

#define QUEUED  (1u << QC_STORE_OUTBOX_QUEUED)
#define SENDING (1u << QC_STORE_OUTBOX_SENDING)
#define UNKNOWN (1u << QC_STORE_OUTBOX_UNKNOWN)
#define HELD    (1u << QC_STORE_OUTBOX_HELD)

static gboolean
lock_draft (QcConnection *connection, const QcStoreOutboxItem *item, GError **error)
{
  return item->draft == 0
         || (qc_store_draft_check_open (connection, item->draft, error)
             && qc_sql_run (connection, error, "UPDATE draft SET state = 'locked', outbox = ? WHERE id = ?", item->id,
                            item->draft));
}

static gboolean
open_draft (QcConnection *connection, const QcStoreOutboxItem *item, gint64 now, GError **error)
{
  return item->draft == 0
         || qc_sql_run (connection, error,
                        "UPDATE draft SET state = 'open', outbox = 0, changed = ?, revision = revision + 1"
                        " WHERE id = ? AND state = 'locked'",
                        now, item->draft);
}

static gboolean
insert_people (QcConnection *connection, const QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "INSERT OR IGNORE INTO outbox_person (item, person) VALUES (?, ?)", error);
  if (s == NULL)
    return FALSE;
  for (guint i = 0; item->people != NULL && i < item->people->len; i++) {
    qc_statement_bind_int (s, 1, item->id);
    qc_statement_bind_text (s, 2, g_ptr_array_index (item->people, i));
    if (!qc_statement_run (s, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_item (QcConnection *connection, QcStoreOutboxItem *item, gint64 now, GError **error)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  gint64 scope;
  if (!qc_store_scope_ensure (connection, item->profile, item->unit, &scope, error)
      || !qc_sql_run (
          connection, error,
          "INSERT INTO outbox (scope, key, kind, business, method, path, if_match, summary, actor,"
          " draft, state, created, changed, serial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)",
          scope, item->key, item->kind, qc_business_info (item->business)->code, item->method, item->path,
          item->if_match, item->summary, item->actor, item->draft, now, now, item->serial))
    return FALSE;
  item->id = qc_connection_last_rowid (connection);
  item->created = now;
  item->state = QC_STORE_OUTBOX_QUEUED;
  item->withdrawable = TRUE;
  if (!qc_sql_run (connection, error, "INSERT INTO outbox_body (item, body) VALUES (?, ?)", item->id,
                   item->body != NULL ? item->body : empty)
      || !insert_people (connection, item, error)
      || !qc_store_uploads_insert (connection, item->id, item->attachments, error))
    return FALSE;
  for (guint i = 0; item->depends != NULL && i < item->depends->len; i++)
    if (!qc_sql_run (connection, error, "INSERT OR IGNORE INTO outbox_dependency (item, needs) VALUES (?, ?)", item->id,
                     g_array_index (item->depends, gint64, i)))
      return FALSE;
  return TRUE;
}

/* An item behind one that will not be done does not go by itself. */
static gboolean
hold_if_needed (QcConnection *connection, QcStoreOutboxItem *item, GError **error)
{
  if (!qc_sql_run (connection, error,
                   "UPDATE outbox SET state = 'held' WHERE id = ?1 AND EXISTS (SELECT 1 FROM outbox_dependency AS d"
                   " JOIN outbox AS n ON n.id = d.needs WHERE d.item = ?1"
                   " AND n.state IN ('refused', 'withdrawn', 'held'))",
                   item->id))
    return FALSE;
  if (qc_connection_changes (connection) > 0)
    item->state = QC_STORE_OUTBOX_HELD;
  return TRUE;
}

/* All that waits for @item, directly or through others. */
static gboolean
hold_dependents (QcConnection *connection, const QcStoreOutboxItem *item, gint64 now, GError **error)
{
  if (!qc_sql_run (connection, error,
                   "WITH RECURSIVE behind (id) AS (SELECT item FROM outbox_dependency WHERE needs = ?1"
                   " UNION SELECT d.item FROM outbox_dependency AS d JOIN behind AS b ON d.needs = b.id)"
                   " UPDATE outbox SET state = 'held', changed = ?2"
                   " WHERE state = 'queued' AND id IN (SELECT id FROM behind)",
                   item->id, now))
    return FALSE;
  if (qc_connection_changes (connection) == 0)
    return TRUE;
  g_autofree char *detail = g_strdup_printf ("%d behind it", qc_connection_changes (connection));
  return note (connection, item, now, "outbox.held", detail, error);
}

gboolean
qc_store_outbox_enqueue (QcConnection *connection, QcStoreOutboxItem *item, gint64 now, GError **error)
{
  g_return_val_if_fail (item->kind != NULL && item->method != NULL && item->path != NULL, FALSE);
  if (item->key == NULL)
    item->key = g_uuid_string_random ();
  if (!insert_item (connection, item, now, error) || !lock_draft (connection, item, error)
      || !hold_if_needed (connection, item, error))
    return FALSE;
  g_autofree char *hash = item->body != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, item->body) : NULL;
  g_autofree char *detail
      = g_strdup_printf ("%s %s %s sha256:%s", item->kind, item->method, item->path, hash != NULL ? hash : "-");
  return note (connection, item, now, "outbox.queued", detail, error);
}

gboolean
qc_store_outbox_begin_attempt (QcConnection *connection, gint64 id, gint64 now, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, QUEUED, "sending", error);
  gint64 waits;
  if (item == NULL
      || !qc_sql_int (connection, 0, &waits, error,
                      "SELECT EXISTS (SELECT 1 FROM outbox_dependency AS d JOIN outbox AS n ON n.id = d.needs"
                      " WHERE d.item = ? AND n.state <> 'accepted')",
                      id))
    return FALSE;
  if (waits)
    return wrong_state (item, "sending before what it depends on", error);
  return qc_sql_run (connection, error,
                     "INSERT INTO outbox_attempt (item, number, started, sent_before)"
                     " SELECT id, ?2, ?3, sent FROM outbox WHERE id = ?1",
                     id, item->attempts + 1, now)
         && qc_sql_run (connection, error, "UPDATE outbox SET state = 'sending', sent = 1, changed = ? WHERE id = ?",
                        now, id)
         && note (connection, item, now, "outbox.sending", NULL, error);
}

/* How the last attempt ended. */
static gboolean
end_attempt (QcConnection *connection, const QcStoreOutboxItem *item, const char *outcome, const char *reason,
             gint64 now, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE outbox_attempt SET ended = ?, outcome = ?, reason = ? WHERE item = ? AND number = ?", now,
                     outcome, reason, item->id, item->attempts);
}

static gboolean
finish (QcConnection *connection, const QcStoreOutboxItem *item, const char *state, int status, GBytes *answer,
        const char *serial, const char *reason, gint64 now, GError **error)
{
  return end_attempt (connection, item, state, reason, now, error)
         && qc_sql_run (connection, error,
                        "UPDATE outbox SET state = ?, status = ?, answer = ?, serial = coalesce (?, serial),"
                        " reason = ?, changed = ? WHERE id = ?",
                        state, status, answer, serial, reason, now, item->id);
}

gboolean
qc_store_outbox_accept (QcConnection *connection, gint64 id, int status, GBytes *answer, const char *serial, gint64 now,
                        GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, SENDING | UNKNOWN, "accepting", error);
  return item != NULL && finish (connection, item, "accepted", status, answer, serial, NULL, now, error)
         && (item->draft == 0
             || qc_sql_run (connection, error,
                            "UPDATE draft SET state = 'done', serial = coalesce (?, serial), changed = ? WHERE id = ?",
                            serial, now, item->draft))
         && note (connection, item, now, "outbox.accepted", serial, error);
}

static gboolean
store_findings (QcConnection *connection, gint64 id, const GPtrArray *findings, GError **error)
{
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *args = qc_store_finding_args (finding);
    if (!qc_sql_run (connection, error,
                     "INSERT INTO outbox_reason (item, position, line, code, severity, month, person, field, args,"
                     " total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     id, (int)i, finding->line, finding->code, (int)finding->severity, finding->month, finding->person,
                     finding->field, args, finding->total))
      return FALSE;
  }
  return TRUE;
}

gboolean
qc_store_outbox_refuse (QcConnection *connection, gint64 id, int status, GBytes *answer, const GPtrArray *findings,
                        const char *reason, gint64 now, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, QUEUED | SENDING | UNKNOWN, "refusing", error);
  return item != NULL && finish (connection, item, "refused", status, answer, NULL, reason, now, error)
         && store_findings (connection, id, findings, error) && open_draft (connection, item, now, error)
         && (item->draft == 0 || findings == NULL
             || qc_store_draft_set_findings (connection, item->draft, findings, error))
         && hold_dependents (connection, item, now, error)
         && note (connection, item, now, "outbox.refused", reason, error);
}

gboolean
qc_store_outbox_retry (QcConnection *connection, gint64 id, const char *reason, gboolean not_received, gint64 next_try,
                       gint64 now, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, SENDING | UNKNOWN, "trying again", error);
  if (item == NULL || !end_attempt (connection, item, not_received ? "not-received" : "failed", reason, now, error))
    return FALSE;
  /* no connection this time says nothing of the times before; the center's word that it knows no such key does */
  if (not_received
      && !qc_sql_run (connection, error,
                      item->state == QC_STORE_OUTBOX_UNKNOWN
                          ? "UPDATE outbox SET sent = 0 WHERE id = ?1"
                          : "UPDATE outbox SET sent = (SELECT sent_before FROM outbox_attempt"
                            " WHERE item = ?1 ORDER BY number DESC LIMIT 1) WHERE id = ?1",
                      id))
    return FALSE;
  return qc_sql_run (connection, error,
                     "UPDATE outbox SET state = 'queued', reason = ?, next_try = ?, changed = ? WHERE id = ?", reason,
                     next_try, now, id)
         && hold_if_needed (connection, item, error) && note (connection, item, now, "outbox.retry", reason, error);
}

gboolean
qc_store_outbox_put_off (QcConnection *connection, gint64 id, const char *reason, gint64 next_try, gint64 now,
                         GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, QUEUED, "waiting", error);
  return item != NULL
         && qc_sql_run (connection, error,
                        "INSERT INTO outbox_attempt (item, number, started, ended, sent_before, outcome, reason)"
                        " SELECT id, ?2, ?3, ?3, sent, 'not-begun', ?4 FROM outbox WHERE id = ?1",
                        id, item->attempts + 1, now, reason)
         && qc_sql_run (connection, error, "UPDATE outbox SET reason = ?, next_try = ?, changed = ? WHERE id = ?",
                        reason, next_try, now, id)
         && note (connection, item, now, "outbox.put-off", reason, error);
}

gboolean
qc_store_outbox_set_unknown (QcConnection *connection, gint64 id, const char *reason, gint64 next_try, gint64 now,
                             GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, SENDING | UNKNOWN, "asking", error);
  return item != NULL && end_attempt (connection, item, "unknown", reason, now, error)
         && qc_sql_run (connection, error,
                        "UPDATE outbox SET state = 'unknown', reason = ?, next_try = ?, changed = ? WHERE id = ?",
                        reason, next_try, now, id)
         && (item->state == QC_STORE_OUTBOX_UNKNOWN || note (connection, item, now, "outbox.unknown", reason, error));
}

gboolean
qc_store_outbox_withdraw (QcConnection *connection, gint64 id, gint64 now, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, QUEUED | HELD, "taking back", error);
  if (item == NULL)
    return FALSE;
  if (!item->withdrawable)
    return wrong_state (item, "taking back what may have reached the center", error);
  return qc_sql_run (connection, error, "UPDATE outbox SET state = 'withdrawn', changed = ? WHERE id = ?", now, id)
         && open_draft (connection, item, now, error) && hold_dependents (connection, item, now, error)
         && note (connection, item, now, "outbox.withdrawn", NULL, error);
}

/* What it waited for was often corrected and is on its way once more, as a later item: that goes first again. Not what
 * itself waits for this one. */
static gboolean
follow_later (QcConnection *connection, gint64 id, GError **error)
{
  return qc_sql_run (connection, error,
                     "WITH RECURSIVE behind (id) AS (SELECT ?1"
                     " UNION SELECT d.item FROM outbox_dependency AS d JOIN behind AS b ON d.needs = b.id)"
                     " INSERT OR IGNORE INTO outbox_dependency (item, needs)"
                     " SELECT ?1, o.id FROM outbox AS o JOIN outbox AS me ON me.id = ?1 AND o.scope = me.scope"
                     " WHERE o.id > ?1 AND o.kind = 'submission' AND o.state IN ('queued', 'sending', 'unknown')"
                     " AND o.id NOT IN (SELECT id FROM behind)",
                     id);
}

gboolean
qc_store_outbox_release (QcConnection *connection, gint64 id, gint64 now, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = get_in_state (connection, id, HELD, "releasing", error);
  if (item == NULL)
    return FALSE;
  item->state = QC_STORE_OUTBOX_QUEUED;
  if (!qc_sql_run (connection, error,
                   "DELETE FROM outbox_dependency WHERE item = ?"
                   " AND needs IN (SELECT id FROM outbox WHERE state IN ('refused', 'withdrawn'))",
                   id)
      || !follow_later (connection, id, error)
      || !qc_sql_run (connection, error, "UPDATE outbox SET state = 'queued', next_try = 0, changed = ? WHERE id = ?",
                      now, id)
      || !hold_if_needed (connection, item, error))
    return FALSE;
  if (item->state == QC_STORE_OUTBOX_HELD)
    return wrong_state (item, "releasing before what it depends on", error);
  return note (connection, item, now, "outbox.released", NULL, error);
}

gboolean
qc_store_outbox_recover (QcConnection *connection, const char *profile, gint64 now, gint64 *out_n, GError **error)
{
  g_autoptr (GPtrArray) items = qc_store_outbox_list (connection, profile, NULL, SENDING, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    const QcStoreOutboxItem *item = g_ptr_array_index (items, i);
    if (!qc_store_outbox_set_unknown (connection, item->id, "interrupted", 0, now, error))
      return FALSE;
  }
  if (out_n != NULL)
    *out_n = items->len;
  return TRUE;
}

gboolean
qc_store_outbox_wake (QcConnection *connection, const char *profile, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE outbox SET next_try = 0 WHERE state IN ('queued', 'unknown') AND reason IS NOT 'busy'"
                     " AND scope IN (SELECT id FROM scope WHERE profile = ?)",
                     profile);
}
