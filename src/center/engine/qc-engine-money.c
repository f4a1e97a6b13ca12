/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Money of an application: draws on the bank (托收), 暂存款 (非托收), and the booking to the people when all of it is
 * there. draw and arrival put into 暂存款, booking takes out: the sum of movements is 暂存款 at any time. The same for
 * all businesses with money. Writer thread only.
 */
#include "qc-bank.h"
#include "qc-engine-private.h"

/* The seq-numbered rows of an application as one statement each: @1 application, @2 first number. */
#define BOOK_SPANS                                       \
  "UPDATE span SET booked = 1, seq = ?2 - 1 + x.n FROM " \
  "(SELECT id, row_number () OVER (ORDER BY id) AS n FROM span WHERE application = ?1) AS x WHERE span.id = x.id"
#define MONTHS_OF_SPAN "((to_month / 100 - from_month / 100) * 12 + to_month % 100 - from_month % 100 + 1)"
#define BOOK_PEOPLE                                                                                         \
  "UPDATE person SET balance = balance + x.fen, paid_to = max (paid_to, x.last), revision = revision + 1, " \
  "seq = ?2 - 1 + x.n FROM (SELECT person, sum ((unit_fen + personal_fen) * " MONTHS_OF_SPAN                \
  ") AS fen, max (to_month) AS last, row_number () OVER (ORDER BY person) AS n "                            \
  "FROM span WHERE application = ?1 GROUP BY person) AS x WHERE person.id = x.person"

static gboolean
read_suspense (QcWork *work, QcMoney *out, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (work->connection, "SELECT suspense FROM unit WHERE id = ?", error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return qc_engine_missing (error, "unit", work->call->unit);
  *out = qc_statement_get_int (s, 0);
  return TRUE;
}

gboolean
qc_engine_add_movement (QcWork *work, const char *kind, QcMoney fen, gint64 application, const char *reference,
                        const char *text, GError **error)
{
  gboolean out = g_str_equal (kind, "booking");
  QcMoney suspense = 0;
  gint64 change;
  if (!read_suspense (work, &suspense, error) || !qc_engine_take_change (work->connection, &change, error))
    return FALSE;
  suspense += out ? -fen : fen;
  g_autoptr (QcStatement) s = qc_connection_prepare (
      work->connection,
      "INSERT INTO movement (unit, time, kind, fen, application, balance_after, text, actor, seq, reference) "
      "VALUES (?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?)",
      error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  qc_statement_bind_int (s, 2, work->call->now);
  qc_statement_bind_text (s, 3, kind);
  qc_statement_bind_int (s, 4, fen);
  qc_statement_bind_int (s, 5, application);
  qc_statement_bind_int (s, 6, suspense);
  qc_statement_bind_text (s, 7, text);
  qc_statement_bind_text (s, 8, work->call->actor ? work->call->actor : "center");
  qc_statement_bind_int (s, 9, change);
  qc_statement_bind_text (s, 10, reference);
  return qc_statement_run (s, error)
         && qc_sql_run (work->connection, error, "UPDATE unit SET suspense = ? WHERE id = ?", suspense, work->unit_id)
         && qc_engine_touch_unit (work->connection, work->unit_id, FALSE, error);
}

/* Runs one of the statements above with as many numbers as @count_sql says. */
static gboolean
book_rows (QcWork *work, gint64 application, const char *count_sql, const char *sql, GError **error)
{
  g_autoptr (QcStatement) s = qc_connection_prepare (work->connection, count_sql, error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, application);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  gint64 n = has_row ? qc_statement_get_int (s, 0) : 0;
  if (n == 0)
    return TRUE;
  gint64 first;
  return qc_engine_take (work->connection, "change", n, &first, error)
         && qc_sql_run (work->connection, error, sql, application, first);
}

/* 入账: the money leaves 暂存款 for the people's accounts, and the application is 已办结. */
static gboolean
book (QcWork *work, const QcApplication *a, gint64 id, GError **error)
{
  const QcBusinessHandler *handler = qc_engine_handler (a->business);
  QcConnection *connection = work->connection;
  if (a->fen > 0 && !qc_engine_add_movement (work, "booking", a->fen, id, NULL, "入账到职工个人账户", error))
    return FALSE;
  return book_rows (work, id, "SELECT count (*) FROM span WHERE application = ?", BOOK_SPANS, error)
         && book_rows (work, id, "SELECT count (DISTINCT person) FROM span WHERE application = ?", BOOK_PEOPLE, error)
         && qc_sql_run (connection, error, "UPDATE unit SET balance = balance + ? WHERE id = ?", a->fen, work->unit_id)
         && qc_sql_run (connection, error, "UPDATE application SET arrived = fen, cashier = ? WHERE id = ?",
                        a->method == QC_METHOD_COLLECTION ? "bank" : work->call->actor, id)
         && qc_engine_add_event (connection, id, work->call->now, "center", "finished", NULL, a->fen, error)
         && qc_engine_move (work, id, QC_EVENT_FINISH, error)
         && (handler == NULL || handler->finished == NULL || handler->finished (work, id, error))
         && qc_engine_touch_unit (connection, work->unit_id, TRUE, error);
}

/* ---- 托收 ---- */

/* The center learns the balance when it deals with the bank (decision 14). */
static gboolean
learn_balance (QcWork *work, const char *account, GError **error)
{
  QcMoney balance;
  if (!qc_bank_ask_balance (work->connection, account, &balance, error))
    return FALSE;
  if (balance < 0)
    return TRUE;
  return qc_sql_run (work->connection, error,
                     "UPDATE agreement SET known_balance = ?, known_time = ? WHERE unit = ? AND ended = 0", balance,
                     work->call->now, work->unit_id)
         && qc_engine_touch_unit (work->connection, work->unit_id, FALSE, error);
}

static gboolean
write_draw (QcWork *work, gint64 id, int number, QcDrawResult result, const char *reason, GError **error)
{
  return qc_sql_run (work->connection, error,
                     "UPDATE draw SET outcome = ?, reason = ?, answered = ? WHERE application = ? AND number = ?",
                     qc_draw_to_code (result), reason, result == QC_DRAW_UNKNOWN ? 0 : work->call->now, id, number)
         && qc_sql_run (work->connection, error,
                        "UPDATE application SET draw = ?, draw_number = ?, draw_reason = ? WHERE id = ?",
                        qc_draw_to_code (result), number, reason, id);
}

/* What the bank answered to draw @number of @a becomes the draw's result, and on success the booking. */
static gboolean
take_answer (QcWork *work, const QcApplication *a, gint64 id, int number, QcBankAnswer answer, const char *reason,
             GError **error)
{
  QcDrawResult result = answer == QC_BANK_DONE     ? QC_DRAW_DONE
                        : answer == QC_BANK_SILENT ? QC_DRAW_UNKNOWN
                                                   : QC_DRAW_FAILED;
  const char *event = answer == QC_BANK_DONE ? "drawn" : answer == QC_BANK_SILENT ? "draw-unknown" : "draw-failed";
  if (answer == QC_BANK_UNHEARD)
    reason = "银行未收到划款指令";
  if (!write_draw (work, id, number, result, reason, error)
      || !qc_engine_add_event (work->connection, id, work->call->now, "bank", event, reason, a->fen, error))
    return FALSE;
  if (result != QC_DRAW_DONE)
    return qc_engine_touch_application (work->connection, id, error);
  return qc_engine_add_movement (work, "draw", a->fen, id, NULL, "托收划款到账", error) && book (work, a, id, error);
}

gboolean
qc_engine_draw (QcWork *work, gint64 id, GError **error)
{
  g_autoptr (QcApplication) a = qc_engine_load_application_row (work->connection, id, FALSE, error);
  const char *account = work->unit->agreement_account;
  if (a == NULL)
    return FALSE;
  if (account == NULL || (a->draw != QC_DRAW_NONE && a->draw != QC_DRAW_FAILED)) {
    g_set_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED, "no draw of %s is possible", a->serial);
    return FALSE;
  }
  int number = a->draw_number + 1;
  g_autofree char *reference = g_strdup_printf ("%s-%d", a->serial, number);
  QcBankAnswer answer;
  g_autofree char *reason = NULL;
  return qc_sql_run (work->connection, error,
                     "INSERT INTO draw (application, number, bank, bank_account, fen, outcome, time) "
                     "VALUES (?, ?, ?, ?, ?, 'unknown', ?)",
                     id, number, work->unit->agreement_bank, account, a->fen, work->call->now)
         && qc_bank_draw (work->connection, account, reference, a->fen, work->call->now, &answer, &reason, error)
         && take_answer (work, a, id, number, answer, reason, error) && learn_balance (work, account, error);
}

static char *
dup_draw_account (QcConnection *connection, gint64 id, int number, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (connection, "SELECT bank_account FROM draw WHERE application = ? AND number = ?", error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, id);
  qc_statement_bind_int (s, 2, number);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return NULL;
  if (!has_row) {
    qc_engine_missing (error, "draw", "of that number");
    return NULL;
  }
  return qc_statement_dup_text (s, 0);
}

gboolean
qc_engine_ask_draw (QcWork *work, gint64 id, gboolean *out_answered, GError **error)
{
  g_autoptr (QcApplication) a = qc_engine_load_application_row (work->connection, id, FALSE, error);
  *out_answered = FALSE;
  if (a == NULL)
    return FALSE;
  if (a->draw != QC_DRAW_UNKNOWN)
    return TRUE;
  g_autofree char *account = dup_draw_account (work->connection, id, a->draw_number, error);
  if (account == NULL)
    return FALSE;
  g_autofree char *reference = g_strdup_printf ("%s-%d", a->serial, a->draw_number);
  QcBankAnswer answer;
  g_autofree char *reason = NULL;
  if (!qc_bank_ask (work->connection, account, reference, &answer, &reason, error))
    return FALSE;
  if (answer == QC_BANK_SILENT)
    return TRUE;
  *out_answered = TRUE;
  return take_answer (work, a, id, a->draw_number, answer, reason, error) && learn_balance (work, account, error);
}

/* ---- 非托收 ---- */

gboolean
qc_engine_read_unallotted (QcWork *work, QcMoney *out, GError **error)
{
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT suspense - (SELECT coalesce (sum (arrived), 0) FROM application AS a WHERE "
                               "a.unit = u.id AND " QC_ENGINE_WAITS ("a.") ") FROM unit AS u WHERE id = ?",
                               error);
  if (s == NULL)
    return FALSE;
  qc_statement_bind_int (s, 1, work->unit_id);
  gboolean has_row;
  if (!qc_statement_step (s, &has_row, error))
    return FALSE;
  if (!has_row)
    return qc_engine_missing (error, "unit", work->call->unit);
  *out = qc_statement_get_int (s, 0);
  return TRUE;
}

/* Rows of the applications that miss something, in the order in which they are served. */
static GArray *
list_missing (QcWork *work, gint64 preferred, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QcStatement) s
      = qc_connection_prepare (work->connection,
                               "SELECT id FROM application WHERE unit = ? AND arrived < fen AND " QC_ENGINE_WAITS (
                                   "") " ORDER BY id = ? DESC, id",
                               error);
  if (s == NULL)
    return NULL;
  qc_statement_bind_int (s, 1, work->unit_id);
  qc_statement_bind_int (s, 2, preferred);
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&ids);
    gint64 id = qc_statement_get_int (s, 0);
    g_array_append_val (ids, id);
  }
  return NULL;
}

/* Gives @id what it misses, as far as *@unallotted goes. */
static gboolean
allot_one (QcWork *work, gint64 id, QcMoney *unallotted, GError **error)
{
  g_autoptr (QcApplication) a = qc_engine_load_application_row (work->connection, id, FALSE, error);
  if (a == NULL)
    return FALSE;
  QcMoney given = MIN (*unallotted, a->fen - a->arrived);
  *unallotted -= given;
  if (a->arrived + given == a->fen)
    return book (work, a, id, error);
  return qc_sql_run (work->connection, error, "UPDATE application SET arrived = arrived + ? WHERE id = ?", given, id)
         && qc_engine_touch_application (work->connection, id, error);
}

gboolean
qc_engine_allot (QcWork *work, gint64 preferred, GError **error)
{
  g_autoptr (GArray) ids = list_missing (work, preferred, error);
  QcMoney unallotted;
  if (ids == NULL || !qc_engine_read_unallotted (work, &unallotted, error))
    return FALSE;
  for (guint i = 0; i < ids->len && unallotted > 0; i++)
    if (!allot_one (work, g_array_index (ids, gint64, i), &unallotted, error))
      return FALSE;
  return TRUE;
}

/* What lies in 暂存款 already is used first, and it is said so. */
static gboolean
note_suspense (QcWork *work, const QcApplication *a, gint64 id, GError **error)
{
  QcMoney unallotted;
  if (!qc_engine_read_unallotted (work, &unallotted, error))
    return FALSE;
  return unallotted == 0
         || qc_engine_add_event (work->connection, id, work->call->now, "center", "suspense-used", NULL,
                                 MIN (unallotted, a->fen), error);
}

gboolean
qc_engine_settle (QcWork *work, gint64 id, GError **error)
{
  g_autoptr (QcApplication) a = qc_engine_load_application_row (work->connection, id, FALSE, error);
  if (a == NULL)
    return FALSE;
  if (a->fen == 0)
    return book (work, a, id, error);
  if (a->method == QC_METHOD_COLLECTION)
    return qc_engine_draw (work, id, error);
  return note_suspense (work, a, id, error) && qc_engine_allot (work, 0, error);
}
