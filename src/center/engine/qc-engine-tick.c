/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What happens by itself when time passes: transfers of units arrive after the delay that is set, and a bank that did
 * not answer is asked again. Writer thread only.
 */
#include "qc-center-db.h"
#include "qc-engine-private.h"
#include "qc-engine-review.h"

#define DELAY_SETTING "arrival_delay"
#define ASK_AGAIN     30 /* seconds between two questions to a silent bank */

gboolean
qc_engine_set_arrival_delay (QcConnection *connection, const QcEngineCall *call, gint64 seconds, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  return qc_center_db_set_setting (connection, DELAY_SETTING, seconds < 0 ? NULL : text, error)
         && qc_engine_log (connection, call->now, call->actor, "set-arrival-delay", NULL, NULL, text, error);
}

gboolean
qc_engine_get_arrival_delay (QcConnection *connection, gint64 *out, GError **error)
{
  return qc_center_db_get_setting_int (connection, DELAY_SETTING, -1, out, error);
}

typedef struct {
  char *unit, *serial;
  gint64 since;    /* when it began to wait */
  QcMoney missing; /* 0: a draw of unknown outcome */
} Waiting;

static void
waiting_clear (Waiting *waiting)
{
  g_free (waiting->unit);
  g_free (waiting->serial);
}

static GArray *
list_waiting (QcConnection *connection, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Waiting));
  g_array_set_clear_func (list, (GDestroyNotify)waiting_clear);
  g_autoptr (QcStatement) s = qc_connection_prepare (
      connection,
      "SELECT u.account, a.serial, max (a.created, a.processed), CASE a.draw WHEN 'unknown' THEN 0 ELSE "
      "a.fen - a.arrived END FROM application AS a JOIN unit AS u ON u.id = a.unit "
      "WHERE (a.draw = 'unknown' AND a.state IN ('registered', 'accepted')) OR "
      "(a.arrived < a.fen AND " QC_ENGINE_WAITS ("a.") ") ORDER BY a.id",
      error);
  if (s == NULL)
    return NULL;
  gboolean has_row;
  while (qc_statement_step (s, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    Waiting waiting;
    waiting.unit = qc_statement_dup_text (s, 0);
    waiting.serial = qc_statement_dup_text (s, 1);
    waiting.since = qc_statement_get_int (s, 2);
    waiting.missing = qc_statement_get_int (s, 3);
    g_array_append_val (list, waiting);
  }
  return NULL;
}

static void
wait_until (gint64 time, gint64 *next)
{
  if (*next == 0 || time < *next)
    *next = time;
}

/* TRUE with *@happened; FALSE on error. */
static gboolean
tick_one (QcConnection *connection, const Waiting *waiting, gint64 delay, gint64 now, gint64 *next, int *happened,
          GError **error)
{
  QcEngineCall call = {.unit = waiting->unit, .actor = "bank", .now = now, .if_match = -1};
  g_autoptr (QcOutcome) outcome = NULL;
  if (waiting->missing == 0) {
    outcome = qc_engine_ask_bank (connection, &call, waiting->serial, error);
    if (outcome == NULL)
      return FALSE;
    if (outcome->application != NULL && outcome->application->draw == QC_DRAW_UNKNOWN)
      wait_until (now + ASK_AGAIN, next);
    else
      (*happened)++;
    return TRUE;
  }
  if (delay < 0)
    return TRUE;
  if (waiting->since + delay > now) {
    wait_until (waiting->since + delay, next);
    return TRUE;
  }
  g_autofree char *reference = qc_engine_dup_next_reference (connection, waiting->unit, error);
  if (reference != NULL)
    outcome = qc_engine_confirm_arrival (connection, &call, waiting->serial, waiting->missing, reference, error);
  (*happened)++;
  return outcome != NULL;
}

int
qc_engine_tick (QcConnection *connection, gint64 now, gint64 *out_next, GError **error)
{
  *out_next = 0;
  int happened = qc_engine_review_tick (connection, now, out_next, error);
  if (happened < 0)
    return -1;
  g_autoptr (GArray) list = list_waiting (connection, error);
  gint64 delay;
  if (list == NULL || !qc_engine_get_arrival_delay (connection, &delay, error))
    return -1;
  for (guint i = 0; i < list->len; i++)
    if (!tick_one (connection, &g_array_index (list, Waiting, i), delay, now, out_next, &happened, error))
      return -1;
  return happened;
}
