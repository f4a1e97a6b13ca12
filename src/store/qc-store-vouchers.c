/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers kept. Database threads only.
 */
#include "qc-store-vouchers.h"

#include "qc-store-private.h"

void
qc_store_voucher_free (QcStoreVoucher *voucher)
{
  if (voucher == NULL)
    return;
  g_free (voucher->serial);
  g_free (voucher->text);
  g_free (voucher);
}

gboolean
qc_store_vouchers_put (QcConnection *connection, const char *profile, const char *unit, const QcStoreVoucher *voucher,
                       GError **error)
{
  gint64 scope;
  return qc_store_scope_ensure (connection, profile, unit, &scope, error)
         && qc_sql_run (connection, error,
                        "INSERT OR REPLACE INTO voucher (scope, serial, created, fen, revision, state, reprint,"
                        " issued, fetched, printed, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                        scope, voucher->serial, voucher->created, voucher->fen, voucher->revision,
                        qc_state_to_code (voucher->state), voucher->reprint, voucher->issued, voucher->fetched,
                        voucher->text);
}

gboolean
qc_store_vouchers_get (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                       QcStoreVoucher **out, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_sql_bind (connection, error,
                     "SELECT serial, created, fen, revision, state, reprint, issued, fetched, printed, text"
                     " FROM voucher WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)"
                     " AND serial = ?",
                     profile, unit, serial);
  *out = NULL;
  gboolean has_row;
  if (s == NULL || !qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  g_autoptr (QcStoreVoucher) voucher = g_new0 (QcStoreVoucher, 1);
  voucher->serial = qc_statement_dup_text (s, 0);
  voucher->created = qc_statement_get_int (s, 1);
  voucher->fen = qc_statement_get_int (s, 2);
  voucher->revision = qc_statement_get_int (s, 3);
  voucher->reprint = (int)qc_statement_get_int (s, 5);
  voucher->issued = qc_statement_get_int (s, 6);
  voucher->fetched = qc_statement_get_int (s, 7);
  voucher->printed = (int)qc_statement_get_int (s, 8);
  voucher->text = qc_statement_dup_text (s, 9);
  /* a state this version does not know: as if none were kept */
  if (qc_state_from_code (qc_statement_get_text (s, 4), &voucher->state))
    *out = g_steal_pointer (&voucher);
  return TRUE;
}

gboolean
qc_store_vouchers_add_print (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                             gint64 issued, int reprint, GError **error)
{
  return qc_sql_run (connection, error,
                     "UPDATE voucher SET printed = printed + 1"
                     " WHERE scope = (SELECT id FROM scope WHERE profile = ? AND unit = ?)"
                     " AND serial = ? AND issued = ? AND reprint = ?",
                     profile, unit, serial, issued, reprint);
}
