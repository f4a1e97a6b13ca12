/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The made-up bank of a center without a real one (decision 17): accounts of units with a balance, draws with a
 * reference that the bank carries out at most once, whether or not its answer gets through, and numbers of transfers.
 * Writer thread only.
 */
#pragma once

#include "qc-engine.h"

G_BEGIN_DECLS

typedef enum {
  QC_BANK_DONE,
  QC_BANK_FAILED,  /* with a reason in the bank's words */
  QC_BANK_SILENT,  /* no answer: the draw may or may not have been carried out */
  QC_BANK_UNHEARD, /* only when asked: the bank never got this reference */
} QcBankAnswer;

/* Opens an account of the unit with row @unit, or changes its balance. */
gboolean qc_bank_open_account (QcConnection *connection, gint64 unit, const char *bank, const char *account,
                               const char *holder, QcMoney balance, GError **error);
/* Draws @fen under @reference; the same reference again only repeats its answer. (transfer full) @out_reason */
gboolean qc_bank_draw (QcConnection *connection, const char *account, const char *reference, QcMoney fen, gint64 now,
                       QcBankAnswer *out, char **out_reason, GError **error);
/* What became of @reference. */
gboolean qc_bank_ask (QcConnection *connection, const char *account, const char *reference, QcBankAnswer *out,
                      char **out_reason, GError **error);
/* The balance, −1 when the bank does not answer or has no such account. */
gboolean qc_bank_ask_balance (QcConnection *connection, const char *account, QcMoney *out, GError **error);
gboolean qc_bank_set_balance (QcConnection *connection, const char *account, QcMoney fen, GError **error);
gboolean qc_bank_set_answers (QcConnection *connection, const char *account, gboolean answers, GError **error);
/* The number of a transfer by the unit with account @unit: its @n-th. (transfer full) */
char *qc_bank_dup_reference (const char *unit, gint64 n);
/* The number of the next transfer of the unit with row @id and account @unit: it stays the same until that has been
 * confirmed, as on a bank's statement. (transfer full) */
char *qc_bank_dup_next_reference (QcConnection *connection, gint64 id, const char *unit, GError **error);
/* The account of unit row @unit; *@out NULL when it has none. */
gboolean qc_bank_find (QcConnection *connection, gint64 unit, QcBankAccount **out, GError **error);

G_END_DECLS
