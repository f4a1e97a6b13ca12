/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 同城转移 in the ledger; see the header. Writer thread only, but for looking a unit up.
 */
#include "qc-engine-transfer.h"

/* ---- the other unit ---- */

static gboolean
read_receiver (QcStatement *s, const char *account, QcOtherUnit **out, GError **error)
{
  g_autoptr (QcOtherUnit) unit = qc_other_unit_new (account);
  qc_statement_reset (s);
  qc_statement_bind_text (s, 1, account);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (has_row) {
    QcMonth paid_to = (QcMonth)qc_statement_get_int (s, 2);
    QcMonth unfinished = (QcMonth)qc_statement_get_int (s, 4);
    unit->name = qc_statement_dup_text (s, 0);
    unit->status = (QcUnitStatus)qc_statement_get_int (s, 1);
    unit->due = paid_to != QC_MONTH_NONE ? qc_month_add (paid_to, 1) : (QcMonth)qc_statement_get_int (s, 3);
    unit->first_month = unfinished != QC_MONTH_NONE ? qc_month_add (unfinished, 1) : unit->due;
  }
  *out = g_steal_pointer (&unit);
  return TRUE;
}

static QcStatement *
prepare_receiver (QcConnection *connection, GError **error)
{
  return qc_connection_prepare (connection,
                                "SELECT name, status, paid_to, first_month, coalesce ((SELECT max (end_month) FROM "
                                "application AS a WHERE a.unit = u.id AND a.business = 'remittance' AND a.state = "
                                "'registered'), 0) FROM unit AS u WHERE account = ?",
                                error);
}

gboolean
qc_engine_find_receiver (QcConnection *connection, const char *account, QcOtherUnit **out, GError **error)
{
  g_autoptr (QcStatement) s = prepare_receiver (connection, error);
  return s != NULL && read_receiver (s, account, out, error);
}

GHashTable *
qc_engine_load_receivers (QcConnection *connection, const QcRoster *roster, GError **error)
{
  g_autoptr (GHashTable) units
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_other_unit_free);
  g_autoptr (QcStatement) s = prepare_receiver (connection, error);
  if (s == NULL)
    return NULL;
  for (guint i = 0; i < roster->lines->len; i++) {
    const char *account = ((const QcRosterLine *)g_ptr_array_index (roster->lines, i))->target_unit;
    QcOtherUnit *unit;
    if (account == NULL || g_hash_table_contains (units, account))
      continue;
    if (!read_receiver (s, account, &unit, error))
      return NULL;
    g_hash_table_insert (units, unit->account, unit);
  }
  return g_steal_pointer (&units);
}

/* ---- moving ---- */

/* What one receiving unit gets. */
typedef struct {
  gint64 id, people;
  QcMoney fen;
} Receiver;

struct _QcTransfer {
  QcWork *work;          /* borrowed */
  GHashTable *receivers; /* (owned) account → Receiver */
  /* (owned), prepared once */
  QcStatement *person, *departure, *tombstone, *later_bases, *base;
};

QcTransfer *
qc_transfer_new (QcWork *work, GError **error)
{
  g_autoptr (QcTransfer) self = g_new0 (QcTransfer, 1);
  self->work = work;
  self->receivers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const struct {
    QcStatement **statement;
    const char *sql;
  } all[] = {
      {&self->person, "UPDATE person SET unit = ?, status = ?, status_from = ?, opened = ?, base_pending = ?, "
                      "revision = revision + 1, seq = ? WHERE id = ?"},
      {&self->departure,
       "INSERT OR REPLACE INTO departure (unit, person, from_month, kind, seq) VALUES (?, ?, ?, ?, ?)"},
      {&self->tombstone, "INSERT INTO tombstone (unit, feed, seq, key) VALUES (?, ?, ?, ?)"},
      {&self->later_bases, "DELETE FROM base_row WHERE person = ? AND from_month >= ? RETURNING unit, from_month"},
      {&self->base, "INSERT INTO base_row (person, from_month, base, time, unit, seq) VALUES (?, ?, ?, ?, ?, ?)"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if ((*all[i].statement = qc_connection_prepare (work->connection, all[i].sql, error)) == NULL)
      return NULL;
  return g_steal_pointer (&self);
}

void
qc_transfer_free (QcTransfer *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->receivers);
  g_clear_pointer (&self->person, qc_statement_release);
  g_clear_pointer (&self->departure, qc_statement_release);
  g_clear_pointer (&self->tombstone, qc_statement_release);
  g_clear_pointer (&self->later_bases, qc_statement_release);
  g_clear_pointer (&self->base, qc_statement_release);
  g_free (self);
}

static Receiver *
receiver_of (QcTransfer *self, const char *account, GError **error)
{
  Receiver *receiver = g_hash_table_lookup (self->receivers, account);
  if (receiver != NULL)
    return receiver;
  gint64 id;
  if (!qc_engine_find_unit (self->work->connection, account, &id, error))
    return NULL;
  if (id == 0) {
    qc_engine_missing (error, "unit", account);
    return NULL;
  }
  receiver = g_new0 (Receiver, 1);
  receiver->id = id;
  g_hash_table_insert (self->receivers, g_strdup (account), receiver);
  return receiver;
}

static gboolean
bury (QcTransfer *self, gint64 unit, QcFeed feed, gint64 change, const char *key, GError **error)
{
  qc_statement_bind_int (self->tombstone, 1, unit);
  qc_statement_bind_text (self->tombstone, 2, qc_feed_to_code (feed));
  qc_statement_bind_int (self->tombstone, 3, change);
  qc_statement_bind_text (self->tombstone, 4, key);
  return qc_statement_run (self->tombstone, error);
}

/* Rows of the history that would count at the receiver give way to the one the person arrives with. */
static gboolean
drop_later_bases (QcTransfer *self, gint64 person, const char *account, QcMonth from, GError **error)
{
  qc_statement_reset (self->later_bases);
  qc_statement_bind_int (self->later_bases, 1, person);
  qc_statement_bind_int (self->later_bases, 2, from);
  gboolean has_row = TRUE;
  while (has_row) {
    gint64 change;
    if (!qc_statement_step (self->later_bases, &has_row, error))
      return FALSE;
    if (!has_row)
      break;
    g_autofree char *key = g_strdup_printf ("%s/%d", account, (int)qc_statement_get_int (self->later_bases, 1));
    if (!qc_engine_take_change (self->work->connection, &change, error)
        || !bury (self, qc_statement_get_int (self->later_bases, 0), QC_FEED_BASES, change, key, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
run_with (QcStatement *s, const gint64 *values, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    qc_statement_bind_int (s, (int)i + 1, values[i]);
  return qc_statement_run (s, error);
}

/* Who leaves is gone from the sender's people and shows in its next 减少. */
static gboolean
leave (QcTransfer *self, const QcRosterLine *line, gint64 person, gint64 change, GError **error)
{
  QcWork *work = self->work;
  qc_statement_bind_int (self->departure, 1, work->unit_id);
  qc_statement_bind_int (self->departure, 2, person);
  qc_statement_bind_int (self->departure, 3, qc_unit_due_month (work->unit));
  qc_statement_bind_text (self->departure, 4, qc_change_kind_to_code (QC_CHANGE_TRANSFERRED_OUT));
  qc_statement_bind_int (self->departure, 5, change + 1);
  return bury (self, work->unit_id, QC_FEED_PEOPLE, change, line->account, error)
         && qc_statement_run (self->departure, error);
}

gboolean
qc_transfer_move (QcTransfer *self, const QcRosterLine *line, gint64 person, const QcEmployee *arrived,
                  const QcBaseChange *base, GError **error)
{
  QcWork *work = self->work;
  Receiver *receiver = receiver_of (self, line->target_unit, error);
  gint64 change;
  if (receiver == NULL || !qc_engine_take (work->connection, "change", 4, &change, error)
      || !leave (self, line, person, change, error)
      || !drop_later_bases (self, person, line->account, base->from, error))
    return FALSE;
  const gint64 row[]
      = {receiver->id, arrived->status, arrived->status_from, arrived->opened, arrived->base_pending != FALSE,
         change + 2,   person};
  const gint64 history[] = {person, base->from, base->base, work->call->now, receiver->id, change + 3};
  receiver->people++;
  receiver->fen += arrived->balance;
  return run_with (self->person, row, G_N_ELEMENTS (row), error)
         && run_with (self->base, history, G_N_ELEMENTS (history), error);
}

gboolean
qc_transfer_finish (QcTransfer *self, GError **error)
{
  QcWork *work = self->work;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->receivers);
  gpointer account, value;
  while (g_hash_table_iter_next (&iter, &account, &value)) {
    const Receiver *receiver = value;
    g_autofree char *detail = g_strdup_printf ("from %s: %" G_GINT64_FORMAT " people, %" G_GINT64_FORMAT " fen",
                                               work->unit->account, receiver->people, receiver->fen);
    if (!qc_sql_run (work->connection, error, "UPDATE unit SET balance = balance + ? WHERE id = ?", receiver->fen,
                     receiver->id)
        || !qc_sql_run (work->connection, error, "UPDATE unit SET balance = balance - ? WHERE id = ?", receiver->fen,
                        work->unit_id)
        || !qc_engine_count_people (work->connection, receiver->id, error)
        || !qc_engine_log (work->connection, work->call->now, work->call->actor, "transfer-received", account,
                           work->serial, detail, error))
      return FALSE;
  }
  return TRUE;
}
