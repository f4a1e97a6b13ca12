/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Practice accounts. Their passwords stand on the sign-in page, so that a cheap hash does. Writer thread.
 */
#include "qc-practice-accounts.h"

#include "qc-portal-accounts.h"

static const QcPracticeAccount persons[] = {
    {.user = "geren", .password = "lianxi-geren", .name = "孙晓梅"},
    {.user = NULL},
};

const QcPracticeAccount *
qc_practice_accounts_persons (void)
{
  return persons;
}

static gboolean
add_account (QcConnection *connection, const char *kind, const QcPracticeAccount *given, gint64 now, GError **error)
{
  g_autoptr (QcAccount) there = NULL;
  if (!qc_account_find (connection, kind, given->user, &there, error))
    return FALSE;
  if (there != NULL)
    return TRUE;
  g_autofree char *hash = qc_password_hash (given->password, &qc_password_cost_test, error);
  if (hash == NULL)
    return FALSE;
  QcAccount account = {0};
  account.kind = (char *)kind;
  account.user = (char *)given->user;
  account.name = (char *)given->name;
  account.password = hash;
  account.credit_code = (char *)given->credit_code;
  account.verified = TRUE;
  if (g_str_equal (kind, QC_ACCOUNT_STAFF))
    account.roles
        = (char *)(given->roles != NULL ? given->roles : QC_ROLE_COUNTER " " QC_ROLE_REVIEW " " QC_ROLE_CASHIER);
  gint64 id = qc_account_add (connection, &account, now, error);
  for (guint i = 0; id != 0 && i < G_N_ELEMENTS (given->units) && given->units[i] != NULL; i++)
    if (!qc_account_add_unit (connection, id, given->units[i], error))
      return FALSE;
  return id != 0;
}

static gboolean
add_accounts (QcConnection *connection, const char *kind, const QcPracticeAccount *list, gint64 now, GError **error)
{
  for (; list->user != NULL; list++)
    if (!add_account (connection, kind, list, now, error))
      return FALSE;
  return TRUE;
}

gboolean
qc_practice_accounts_create (QcConnection *connection, gint64 now, GError **error)
{
  return add_accounts (connection, QC_ACCOUNT_STAFF, qc_practice_data_staff (), now, error)
         && add_accounts (connection, QC_ACCOUNT_LEGAL, qc_practice_data_legal_persons (), now, error)
         && add_accounts (connection, QC_ACCOUNT_PERSON, persons, now, error);
}

/* ---- after 重新开始 ---- */

typedef struct {
  gint64 account;
  char *credit_code, *unit_name; /* (owned) */
} Registered;

static void
registered_clear (Registered *registered)
{
  g_free (registered->credit_code);
  g_free (registered->unit_name);
}

/* Legal persons with a credit code that no unit has now. */
static GArray *
list_orphans (QcConnection *connection, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (Registered));
  g_array_set_clear_func (list, (GDestroyNotify)registered_clear);
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT id, credit_code, unit_name FROM portal_account WHERE kind = 'legal' AND unit_name "
      "IS NOT NULL AND credit_code NOT IN (SELECT credit_code FROM unit) ORDER BY id",
      error);
  if (s == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    Registered row;
    row.account = qc_statement_get_int (s, 0);
    row.credit_code = qc_statement_dup_text (s, 1);
    row.unit_name = qc_statement_dup_text (s, 2);
    g_array_append_val (list, row);
  }
  return NULL;
}

/* The grants of the account name the new unit too. */
static gboolean
extend_grants (QcConnection *connection, gint64 account, const char *unit, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection, "INSERT OR IGNORE INTO portal_grant_unit SELECT id, ?2 FROM portal_grant WHERE account = ?1", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, account);
  qc_statement_bind_text (s, 2, unit);
  return qc_statement_run (s, error);
}

gboolean
qc_practice_accounts_renew_units (QcConnection *connection, gint64 now, GError **error)
{
  g_autoptr (GArray) orphans = list_orphans (connection, error);
  for (guint i = 0; orphans != NULL && i < orphans->len; i++) {
    const Registered *row = &g_array_index (orphans, Registered, i);
    g_autofree char *unit = qc_practice_data_create_unit (connection, row->credit_code, row->unit_name, now, error);
    if (unit == NULL || !extend_grants (connection, row->account, unit, error))
      return FALSE;
  }
  return orphans != NULL;
}
