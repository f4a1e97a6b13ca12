/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The outbox's items: made, read, listed, counted. Their moves from state to state are in qc-store-outbox-moves.c.
 * Database threads only.
 */
#include "qc-store-outbox.h"

#include "qc-store-private.h"

static const char *const STATES[QC_N_STORE_OUTBOX_STATES] = {
    [QC_STORE_OUTBOX_QUEUED] = "queued",   [QC_STORE_OUTBOX_SENDING] = "sending",
    [QC_STORE_OUTBOX_UNKNOWN] = "unknown", [QC_STORE_OUTBOX_ACCEPTED] = "accepted",
    [QC_STORE_OUTBOX_REFUSED] = "refused", [QC_STORE_OUTBOX_WITHDRAWN] = "withdrawn",
    [QC_STORE_OUTBOX_HELD] = "held",
};

const char *
qc_store_outbox_state_to_code (QcStoreOutboxState state)
{
  g_return_val_if_fail ((guint)state < QC_N_STORE_OUTBOX_STATES, NULL);
  return STATES[state];
}

static QcStoreOutboxState
parse_state (const char *code)
{
  for (guint i = 0; i < QC_N_STORE_OUTBOX_STATES; i++)
    if (g_strcmp0 (STATES[i], code) == 0)
      return i;
  g_return_val_if_reached (QC_STORE_OUTBOX_UNKNOWN);
}

QcStoreOutboxItem *
qc_store_outbox_item_new (void)
{
  QcStoreOutboxItem *item = g_new0 (QcStoreOutboxItem, 1);
  item->depends = g_array_new (FALSE, FALSE, sizeof (gint64));
  item->findings = qc_findings_new ();
  return item;
}

void
qc_store_outbox_item_free (QcStoreOutboxItem *item)
{
  if (item == NULL)
    return;
  g_free (item->profile);
  g_free (item->unit);
  g_free (item->key);
  g_free (item->kind);
  g_free (item->method);
  g_free (item->path);
  g_free (item->if_match);
  g_clear_pointer (&item->body, g_bytes_unref);
  g_clear_pointer (&item->people, g_ptr_array_unref);
  g_clear_pointer (&item->attachments, g_ptr_array_unref);
  g_free (item->summary);
  g_free (item->actor);
  g_clear_pointer (&item->depends, g_array_unref);
  g_free (item->reason);
  g_clear_pointer (&item->answer, g_bytes_unref);
  g_free (item->serial);
  g_clear_pointer (&item->findings, g_ptr_array_unref);
  g_free (item);
}

#define COLUMNS                                                                                               \
  "o.id, s.profile, s.unit, o.key, o.kind, o.business, o.method, o.path, o.if_match, o.summary, o.actor,"     \
  " o.draft, o.state, o.created, o.next_try, o.sent, o.reason, o.status, o.answer, o.serial,"                 \
  " (SELECT count(*) FROM outbox_attempt WHERE item = o.id),"                                                 \
  " o.state = 'held' AND NOT EXISTS (SELECT 1 FROM outbox_dependency AS d JOIN outbox AS n ON n.id = d.needs" \
  " WHERE d.item = o.id AND n.state = 'held'),"                                                               \
  " (SELECT count(*) FROM outbox_attachment WHERE item = o.id AND done = 0),"                                 \
  " (SELECT max (started) FROM outbox_attempt WHERE item = o.id)"
#define FROM " FROM outbox AS o JOIN scope AS s ON s.id = o.scope"

static QcStoreOutboxItem *
read_columns (QcStatement *s)
{
  QcStoreOutboxItem *item = qc_store_outbox_item_new ();
  item->id = qc_statement_get_int (s, 0);
  item->profile = qc_statement_dup_text (s, 1);
  item->unit = qc_statement_dup_text (s, 2);
  item->key = qc_statement_dup_text (s, 3);
  item->kind = qc_statement_dup_text (s, 4);
  if (!qc_business_from_code (qc_statement_get_text (s, 5), &item->business))
    g_warning ("outbox item %" G_GINT64_FORMAT " is of an unknown business", item->id);
  item->method = qc_statement_dup_text (s, 6);
  item->path = qc_statement_dup_text (s, 7);
  item->if_match = qc_statement_dup_text (s, 8);
  item->summary = qc_statement_dup_text (s, 9);
  item->actor = qc_statement_dup_text (s, 10);
  item->draft = qc_statement_get_int (s, 11);
  item->state = parse_state (qc_statement_get_text (s, 12));
  item->created = qc_statement_get_int (s, 13);
  item->next_try = qc_statement_get_int (s, 14);
  item->withdrawable = (item->state == QC_STORE_OUTBOX_QUEUED || item->state == QC_STORE_OUTBOX_HELD)
                       && qc_statement_get_int (s, 15) == 0;
  item->reason = qc_statement_dup_text (s, 16);
  item->status = qc_statement_get_int (s, 17);
  item->answer = qc_store_dup_bytes (s, 18);
  item->serial = qc_statement_dup_text (s, 19);
  item->attempts = qc_statement_get_int (s, 20);
  item->releasable = qc_statement_get_int (s, 21) != 0;
  item->n_to_upload = (guint)qc_statement_get_int (s, 22);
  item->tried = qc_statement_get_int (s, 23);
  return item;
}

static gboolean
read_dependencies (QcConnection *connection, QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT needs FROM outbox_dependency WHERE item = ? ORDER BY needs", item->id);
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    gint64 needs = qc_statement_get_int (statement, 0);
    g_array_append_val (item->depends, needs);
  }
  return FALSE;
}

static gboolean
read_reasons (QcConnection *connection, QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (
      connection, error, "SELECT " QC_STORE_FINDING_COLUMNS " FROM outbox_reason WHERE item = ? ORDER BY position",
      item->id);
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_ptr_array_add (item->findings, qc_store_read_finding (statement, 0));
  }
  return FALSE;
}

static GPtrArray *
read_items (QcConnection *connection, QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_outbox_item_free);
  if (statement == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&items);
    QcStoreOutboxItem *item = read_columns (statement);
    g_ptr_array_add (items, item);
    if (!read_dependencies (connection, item, error) || !read_reasons (connection, item, error))
      return NULL;
  }
  return NULL;
}

gboolean
qc_store_outbox_load_body (QcConnection *connection, QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error, "SELECT body FROM outbox_body WHERE item = ?", item->id);
  gboolean has_row;
  if (statement == NULL || !qc_statement_step (statement, &has_row, error))
    return FALSE;
  g_clear_pointer (&item->body, g_bytes_unref);
  item->body = has_row ? qc_store_dup_bytes (statement, 0) : NULL;
  if (item->body != NULL)
    return TRUE;
  g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "item %" G_GINT64_FORMAT " has no body", item->id);
  return FALSE;
}

/* The one item of @statement with its body, or NOT_FOUND. */
static QcStoreOutboxItem *
read_one (QcConnection *connection, QcStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) items = read_items (connection, statement, error);
  if (items == NULL)
    return NULL;
  if (items->len == 1)
    return qc_store_outbox_load_body (connection, g_ptr_array_index (items, 0), error)
               ? g_ptr_array_steal_index (items, 0)
               : NULL;
  g_set_error_literal (error, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND, "there is no such item in the outbox");
  return NULL;
}

QcStoreOutboxItem *
qc_store_outbox_get (QcConnection *connection, gint64 item, GError **error)
{
  g_autoptr (QcStatement) statement = qc_sql_bind (connection, error, "SELECT " COLUMNS FROM " WHERE o.id = ?", item);
  return read_one (connection, statement, error);
}

/* The states of @bits as " queued held ". */
static char *
state_words (guint32 bits)
{
  g_autoptr (GString) words = g_string_new (" ");
  if (bits == 0)
    bits = 1u << QC_STORE_OUTBOX_QUEUED | 1u << QC_STORE_OUTBOX_SENDING | 1u << QC_STORE_OUTBOX_UNKNOWN
           | 1u << QC_STORE_OUTBOX_HELD;
  for (guint i = 0; i < QC_N_STORE_OUTBOX_STATES; i++)
    if (bits & (1u << i))
      g_string_append_printf (words, "%s ", STATES[i]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

GPtrArray *
qc_store_outbox_list (QcConnection *connection, const char *profile, const char *unit, guint32 states, GError **error)
{
  g_autofree char *words = state_words (states);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS FROM " WHERE s.profile = ?1 AND (?2 IS NULL OR s.unit = ?2)"
                     " AND instr (?3, ' ' || o.state || ' ') ORDER BY o.id",
                     profile, unit, words);
  return read_items (connection, statement, error);
}

gboolean
qc_store_outbox_counts (QcConnection *connection, const char *profile, const char *unit,
                        gint64 out[QC_N_STORE_OUTBOX_STATES], GError **error)
{
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT o.state, count(*)" FROM " WHERE s.profile = ?1 AND (?2 IS NULL OR s.unit = ?2)"
                     " GROUP BY o.state",
                     profile, unit);
  for (guint i = 0; i < QC_N_STORE_OUTBOX_STATES; i++)
    out[i] = 0;
  if (statement == NULL)
    return FALSE;
  gboolean has_row;
  while (qc_statement_step (statement, &has_row, error)) {
    if (!has_row)
      return TRUE;
    out[parse_state (qc_statement_get_text (statement, 0))] = qc_statement_get_int (statement, 1);
  }
  return FALSE;
}

/* Waiting items of units the account may act for, but for those named in ?2. What is only asked about may always go;
 * what is sent, once its dependencies are all accepted, and unless ?3 once its pictures are there. */
#define MAY_GO                                                                                                        \
  " WHERE o.state IN ('queued', 'unknown') AND s.profile = ?1 AND s.granted IS NOT 0"                                 \
  " AND NOT instr (?2, ' ' || o.id || ' ')"                                                                           \
  " AND (o.state = 'unknown' OR (NOT EXISTS (SELECT 1 FROM outbox_dependency AS d JOIN outbox AS n ON n.id = d.needs" \
  " WHERE d.item = o.id AND n.state <> 'accepted')"                                                                   \
  " AND (?3 OR NOT EXISTS (SELECT 1 FROM outbox_attachment AS t WHERE t.item = o.id AND t.done = 0))))"

/* " 3 7 " (transfer full) */
static char *
dup_ids (const GArray *ids)
{
  GString *words = g_string_new (" ");
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    g_string_append_printf (words, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));
  return g_string_free (words, FALSE);
}

gboolean
qc_store_outbox_next (QcConnection *connection, const char *profile, gint64 now, const GArray *except, gboolean uploads,
                      QcStoreOutboxItem **out, gint64 *out_next_due, GError **error)
{
  g_autofree char *without = dup_ids (except);
  g_autoptr (QcStatement) statement
      = qc_sql_bind (connection, error,
                     "SELECT " COLUMNS FROM MAY_GO " AND (o.next_try <= ?4 OR o.changed > ?4) ORDER BY o.id LIMIT 1",
                     profile, without, uploads, now);
  g_autoptr (GPtrArray) items = read_items (connection, statement, error);
  *out = NULL;
  if (out_next_due != NULL)
    *out_next_due = 0;
  if (items == NULL)
    return FALSE;
  if (items->len > 0) {
    if (!qc_store_outbox_load_body (connection, g_ptr_array_index (items, 0), error))
      return FALSE;
    *out = g_ptr_array_steal_index (items, 0);
    return TRUE;
  }
  return out_next_due == NULL
         || qc_sql_int (connection, 0, out_next_due, error, "SELECT min (o.next_try)" FROM MAY_GO, profile, without,
                        uploads);
}

gboolean
qc_store_outbox_names (QcConnection *connection, gint64 item, const GPtrArray *people, gboolean *out, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "SELECT 1 FROM outbox_person WHERE item = ? AND person = ?", error);
  *out = FALSE;
  if (s == NULL)
    return FALSE;
  for (guint i = 0; i < people->len && !*out; i++) {
    qc_statement_reset (s);
    qc_statement_bind_int (s, 1, item);
    qc_statement_bind_text (s, 2, g_ptr_array_index (people, i));
    if (!qc_statement_step (s, out, error))
      return FALSE;
  }
  return TRUE;
}
