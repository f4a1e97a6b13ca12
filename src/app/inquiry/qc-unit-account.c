/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-account.h. The registration data come from core's table of them. Main thread; reading on the reader
 * thread.
 */
#include "qc-unit-account.h"

#include <glib/gi18n-lib.h>

#include "qc-format.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-unit-field.h"

typedef struct {
  char *profile, *unit; /* (owned) */
} Request;

typedef struct {
  QcUnit *unit;     /* (owned) (nullable) */
  GArray *ratios;   /* (owned) (nullable) QcRatios */
  GPtrArray *codes; /* (owned) (nullable) QcCode */
  gint64 as_of;
} Account;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

static void
account_free (gpointer data)
{
  Account *account = data;
  g_clear_pointer (&account->unit, qc_unit_free);
  g_clear_pointer (&account->ratios, g_array_unref);
  g_clear_pointer (&account->codes, g_ptr_array_unref);
  g_free (account);
}

static void
line_free (gpointer data)
{
  QcUnitAccountLine *line = data;
  g_free (line->name);
  g_free (line->value);
  g_free (line);
}

static void
group_free (gpointer data)
{
  QcUnitAccountGroup *group = data;
  g_ptr_array_unref (group->lines);
  g_free (group->title);
  g_free (group);
}

static gpointer
read_account (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  Account *account = g_new0 (Account, 1);
  if (qc_store_unit_get (connection, request->profile, request->unit, &account->unit, error)
      && qc_store_cursor_as_of (connection, request->profile, request->unit, &account->as_of, error)
      && (account->ratios = qc_store_ratios_get (connection, request->profile, request->unit, error))
      && (account->codes = qc_store_codes_get (connection, request->profile, request->unit, NULL, error)))
    return account;
  account_free (account);
  return NULL;
}

/* --- in words --- */

static QcUnitAccountGroup *
add_group (GPtrArray *groups, const char *title)
{
  QcUnitAccountGroup *group = g_new0 (QcUnitAccountGroup, 1);
  group->title = g_strdup (title);
  group->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (groups, group);
  return group;
}

static void
add_line (QcUnitAccountGroup *group, const char *name, char *take_value)
{
  QcUnitAccountLine *line = g_new0 (QcUnitAccountLine, 1);
  line->name = g_strdup (name);
  line->value = take_value ? take_value : g_strdup ("");
  g_ptr_array_add (group->lines, line);
}

static void
add_ratios (QcUnitAccountGroup *group, const Account *account)
{
  const QcRatios *ratios = qc_ratios_at (account->ratios, qc_unit_due_month (account->unit));
  if (!ratios)
    return;
  add_line (group, _ ("Unit's ratio"), qc_ratio_to_string (ratios->unit));
  add_line (group, _ ("Personal ratio"), qc_ratio_to_string (ratios->personal));
}

static void
add_contribution (GPtrArray *groups, const Account *account)
{
  const QcUnit *unit = account->unit;
  QcUnitAccountGroup *group = add_group (groups, _ ("Contribution account"));
  add_line (group, _ ("Unit account"), g_strdup (unit->account));
  add_line (group, _ ("Account status"), g_strdup (_ (qc_unit_status_to_msgid (unit->status))));
  add_line (group, _ ("Paid up to"), qc_format_month (unit->paid_to));
  add_line (group, _ ("Month due"), qc_format_month (qc_unit_due_month (unit)));
  add_line (group, _ ("First remittance month"), qc_format_month (unit->first_month));
  add_ratios (group, account);
  add_line (group, _ ("People contributing"), qc_format_people (unit->headcount));
  add_line (group, _ ("People sealed"), qc_format_people (unit->sealed_count));
  add_line (group, _ ("Balance of the unit's account"), qc_format_money (unit->balance));
  add_line (group, _ ("Suspense money"), qc_format_money (unit->suspense));
}

static char *
dup_agreement_balance (const QcUnit *unit)
{
  if (unit->agreement_balance < 0)
    return g_strdup (_ ("not known"));
  g_autofree char *money = qc_format_money (unit->agreement_balance);
  g_autofree char *time = qc_format_date_time (unit->agreement_balance_time);
  /* Translators: an amount, and when it was known. */
  return unit->agreement_balance_time ? g_strdup_printf (_ ("%s (%s)"), money, time) : g_steal_pointer (&money);
}

/* Where money comes from, or where it goes to. */
static void
add_payment (GPtrArray *groups, const QcUnit *unit)
{
  QcUnitAccountGroup *group = add_group (groups, _ ("How the unit pays"));
  add_line (group, _ ("Method"), g_strdup (_ (qc_method_to_msgid (qc_unit_method (unit)))));
  if (unit->agreement_account) {
    add_line (group, _ ("Bank of the collection agreement"), g_strdup (unit->agreement_bank));
    add_line (group, _ ("Account of the collection agreement"), g_strdup (unit->agreement_account));
    add_line (group, _ ("Balance at the bank"), dup_agreement_balance (unit));
  }
  if (unit->payee_account) {
    add_line (group, _ ("Payee"), g_strdup (unit->payee_name));
    add_line (group, _ ("Payee's account"), g_strdup (unit->payee_account));
    add_line (group, _ ("Payee's bank"), g_strdup (unit->payee_bank));
  }
}

static void
add_registration (GPtrArray *groups, const Account *account)
{
  for (guint kind = 0; kind < QC_N_UNIT_GROUPS; kind++) {
    QcUnitAccountGroup *group = add_group (groups, _ (qc_unit_group_to_msgid ((QcUnitGroup)kind)));
    for (guint i = 0; i < qc_unit_fields_count (); i++) {
      const QcUnitField *field = qc_unit_field (i);
      if (field->group == kind)
        add_line (group, _ (field->msgid),
                  qc_unit_field_dup_shown (field, qc_unit_field_get (field, account->unit), account->codes));
    }
  }
}

/* --- asking --- */

static void
account_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Account *account = qc_database_finish (QC_DATABASE (source), result, &error);
  if (account)
    g_task_return_pointer (task, account, account_free);
  else
    g_task_return_error (task, error);
}

void
qc_unit_account_load_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  g_task_set_source_tag (task, qc_unit_account_load_async);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->unit = g_strdup (qc_session_get_unit_account (session));
  qc_database_read_async (qc_session_get_database (session), "unit account", read_account, request, request_free,
                          account_free, cancellable, account_cb, g_object_ref (task));
}

GPtrArray *
qc_unit_account_load_finish (QcSession *session, GAsyncResult *result, gint64 *out_as_of, GError **error)
{
  Account *account = g_task_propagate_pointer (G_TASK (result), error);
  if (!account)
    return NULL;
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  if (account->unit) {
    add_contribution (groups, account);
    add_payment (groups, account->unit);
    add_registration (groups, account);
  }
  *out_as_of = account->as_of;
  account_free (account);
  return groups;
}
