/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What pages and the API look at: lists of units, applications, log and movements, the payee notice, and what became
 * of a key. Any database thread, inside its transaction; nothing is written.
 */
#include "qc-center-db.h"
#include "qc-engine-private.h"

#define DEFAULT_LIMIT 100

GPtrArray *
qc_engine_list_units (QcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_unit_free);
  g_autoptr (QcStatement) s = qc_connection_prepare (connection, "SELECT id FROM unit ORDER BY account", error);
  if (s == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&units);
    QcUnit *unit = qc_engine_load_unit_row (connection, qc_statement_get_int (s, 0), error);
    if (unit == NULL)
      return NULL;
    g_ptr_array_add (units, unit);
  }
  return NULL;
}

static void
listed_application_free (gpointer data)
{
  QcListedApplication *listed = data;
  g_free (listed->unit);
  g_free (listed->unit_name);
  qc_application_free (listed->application);
  g_free (listed);
}

GPtrArray *
qc_engine_list_applications (QcConnection *connection, const QcApplicationQuery *query, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (listed_application_free);

  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT a.id, u.account, u.name FROM application AS a JOIN unit AS u ON u.id = a.unit "
                               "WHERE (?1 IS NULL OR u.account = ?1) AND (?2 = 0 OR a.state IN ('registered', "
                               "'in-review', 'accepted')) AND (?5 IS NULL OR a.state = ?5) AND (?6 IS NULL OR "
                               "a.business = ?6) AND (?7 = 0 OR a.business IN ('back-payment', 'account-opening')) "
                               "ORDER BY iif (?7, 1, -1) * a.created, iif (?7, 1, -1) * a.id LIMIT ?3 OFFSET ?4",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_text (s, 1, query->unit);
  qc_statement_bind_int (s, 2, query->open_only);
  qc_statement_bind_int (s, 3, query->limit > 0 ? query->limit : DEFAULT_LIMIT);
  qc_statement_bind_int (s, 4, MAX (query->offset, 0));
  qc_statement_bind_text (s, 5, query->state);
  qc_statement_bind_text (s, 6, query->business);
  qc_statement_bind_int (s, 7, query->reviewed);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcListedApplication *listed = g_new0 (QcListedApplication, 1);
    g_ptr_array_add (list, listed);
    listed->unit = qc_statement_dup_text (s, 1);
    listed->unit_name = qc_statement_dup_text (s, 2);
    listed->application = qc_engine_load_application_row (connection, qc_statement_get_int (s, 0), FALSE, error);
    if (listed->application == NULL)
      return NULL;
  }
  return NULL;
}

static void
log_entry_free (gpointer data)
{
  QcLogEntry *entry = data;
  g_free (entry->actor);
  g_free (entry->action);
  g_free (entry->unit);
  g_free (entry->serial);
  g_free (entry->detail);
  g_free (entry->hash);
  g_free (entry);
}

GPtrArray *
qc_engine_list_log (QcConnection *connection, const char *unit, gint64 limit, gint64 offset, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (log_entry_free);

  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection,
                               "SELECT id, time, actor, action, unit, serial, detail, hash FROM log "
                               "WHERE ?1 IS NULL OR unit = ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_text (s, 1, unit);
  qc_statement_bind_int (s, 2, limit > 0 ? limit : DEFAULT_LIMIT);
  qc_statement_bind_int (s, 3, MAX (offset, 0));
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcLogEntry *entry = g_new0 (QcLogEntry, 1);
    entry->id = qc_statement_get_int (s, 0);
    entry->time = qc_statement_get_int (s, 1);
    entry->actor = qc_statement_dup_text (s, 2);
    entry->action = qc_statement_dup_text (s, 3);
    entry->unit = qc_statement_dup_text (s, 4);
    entry->serial = qc_statement_dup_text (s, 5);
    entry->detail = qc_statement_dup_text (s, 6);
    entry->hash = qc_statement_dup_text (s, 7);
    g_ptr_array_add (list, entry);
  }
  return NULL;
}

void
qc_engine_read_movement (QcStatement *s, int first, gboolean borrow, QcMovement *out)
{
  out->key = qc_engine_take_text (s, first, borrow);
  out->time = qc_statement_get_int (s, first + 1);
  out->kind = qc_engine_take_text (s, first + 2, borrow);
  out->fen = qc_statement_get_int (s, first + 3);
  out->serial = qc_engine_take_text (s, first + 4, borrow);
  out->balance_after = qc_statement_get_int (s, first + 5);
  out->text = qc_engine_take_text (s, first + 6, borrow);
}

GPtrArray *
qc_engine_list_movements (QcConnection *connection, const char *unit, gint64 limit, gint64 offset, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_movement_free);

  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT m.id, m.time, m.kind, m.fen, a.serial, m.balance_after, m.text FROM movement AS m "
      "JOIN unit AS u ON u.id = m.unit LEFT JOIN application AS a ON a.id = m.application "
      "WHERE u.account = ?1 ORDER BY m.id DESC LIMIT ?2 OFFSET ?3",
      error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_text (s, 1, unit);
  qc_statement_bind_int (s, 2, limit > 0 ? limit : DEFAULT_LIMIT);
  qc_statement_bind_int (s, 3, MAX (offset, 0));
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    QcMovement *movement = qc_movement_new ();
    qc_engine_read_movement (s, 0, FALSE, movement);
    g_ptr_array_add (list, movement);
  }
  return NULL;
}

void
qc_payee_notice_free (QcPayeeNotice *notice)
{
  if (notice == NULL)
    return;
  g_free (notice->payee_name);
  g_free (notice->payee_account);
  g_free (notice->payee_bank);
  g_free (notice->remark);
  g_free (notice);
}

QcPayeeNotice *
qc_engine_load_notice (QcConnection *connection, const char *unit, const char *serial, GError **error)
{
  g_autoptr (QcApplication) application = qc_engine_load_application (connection, unit, serial, error);
  if (application == NULL)
    return NULL;
  if (qc_application_missing (application) == 0) {
    qc_engine_missing (error, "money due for", serial);
    return NULL;
  }
  g_autoptr (QcUnit) row = qc_engine_load_unit (connection, unit, error);
  if (row == NULL)
    return NULL;
  QcPayeeNotice *notice = g_new0 (QcPayeeNotice, 1);
  notice->payee_name = g_strdup (row->payee_name);
  notice->payee_account = g_strdup (row->payee_account);
  notice->payee_bank = g_strdup (row->payee_bank);
  notice->remark = g_strdup (application->serial);
  notice->fen = qc_application_missing (application);
  return notice;
}

gboolean
qc_engine_find_key (QcConnection *connection, const char *key, char **out_unit, QcKeyState *out_state,
                    char **out_serial, int *out_status, GBytes **out_answer, GError **error)
{
  *out_unit = *out_serial = NULL;
  *out_answer = NULL;
  *out_status = 0;
  *out_state = QC_KEY_UNKNOWN;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "SELECT unit, state, serial, status, answer FROM answer_key WHERE key = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_text (s, 1, key);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *out_unit = qc_statement_dup_text (s, 0);
  *out_state = g_str_equal (qc_statement_get_text (s, 1), "accepted") ? QC_KEY_ACCEPTED : QC_KEY_REFUSED;
  *out_serial = qc_statement_dup_text (s, 2);
  *out_status = (int)qc_statement_get_int (s, 3);
  gsize size;
  gconstpointer data = qc_statement_get_blob (s, 4, &size);
  if (data != NULL)
    *out_answer = g_bytes_new (data, size);
  return TRUE;
}

gboolean
qc_engine_lookup_key (QcConnection *connection, const char *unit, const char *key, QcKeyState *out_state,
                      char **out_serial, int *out_status, GBytes **out_answer, GError **error)
{
  g_autofree char *whose = NULL;
  if (!qc_engine_find_key (connection, key, &whose, out_state, out_serial, out_status, out_answer, error))
    return FALSE;
  if (whose == NULL || g_str_equal (whose, unit))
    return TRUE;
  g_clear_pointer (out_serial, g_free);
  g_clear_pointer (out_answer, g_bytes_unref);
  *out_state = QC_KEY_UNKNOWN;
  *out_status = 0;
  return TRUE;
}

char *
qc_engine_dup_department (QcConnection *connection, GError **error)
{
  char *department;
  if (!qc_center_db_get_setting (connection, "department", &department, error))
    return NULL;
  if (department == NULL)
    qc_engine_missing (error, "setting", "department");
  return department;
}
