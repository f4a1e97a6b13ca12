/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands about what this computer keeps: outbox, withdraw, release, journal-verify. They need no network. Main
 * thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>

#include "qc-application-service.h"
#include "qc-cli-out.h"
#include "qc-format.h"

static const char *
state_code (QcOutboxItemState state)
{
  static const char *const codes[] = {
      [QC_OUTBOX_ITEM_QUEUED] = "queued",       [QC_OUTBOX_ITEM_SENDING] = "sending",
      [QC_OUTBOX_ITEM_UNKNOWN] = "unknown",     [QC_OUTBOX_ITEM_ACCEPTED] = "accepted",
      [QC_OUTBOX_ITEM_REFUSED] = "refused",     [QC_OUTBOX_ITEM_HELD] = "held",
      [QC_OUTBOX_ITEM_WITHDRAWN] = "withdrawn",
  };
  return codes[state];
}

static void
print_item (QcOutboxItem *item)
{
  QcLine *line = qc_line_new ("item");
  qc_line_text (line, "key", qc_outbox_item_get_key (item));
  qc_line_text (line, "business", qc_business_info (qc_outbox_item_get_business (item))->code);
  qc_line_bool (line, "submission", qc_outbox_item_is_submission (item));
  qc_line_text (line, "state", state_code (qc_outbox_item_get_state (item)));
  qc_line_int (line, "attempts", qc_outbox_item_get_attempts (item));
  qc_line_int (line, "created", qc_outbox_item_get_created (item));
  qc_line_text (line, "serial", qc_outbox_item_get_serial (item));
  qc_line_text (line, "detail", qc_outbox_item_get_detail (item));
  qc_line_month (line, "start", qc_outbox_item_get_start (item));
  qc_line_month (line, "end", qc_outbox_item_get_end (item));
  qc_line_int (line, "people", qc_outbox_item_get_people (item));
  qc_line_int (line, "fen", qc_outbox_item_get_fen (item));
  qc_line_bool (line, "can_withdraw", qc_outbox_item_can_withdraw (item));
  qc_line_bool (line, "can_release", qc_outbox_item_can_release (item));
  qc_line_print (line);
}

static QcCliTable *
item_table (void)
{
  return qc_cli_table_new ("llrll", _ ("Key"), _ ("Months"), _ ("Amount"), _ ("State"), _ ("Serial number"));
}

static void
add_item (QcCliTable *table, QcOutboxItem *item)
{
  g_autofree char *months = qc_format_months (qc_outbox_item_get_start (item), qc_outbox_item_get_end (item));
  gboolean is_paid = qc_business_info (qc_outbox_item_get_business (item))->has_money;
  g_autofree char *fen = is_paid ? qc_format_money (qc_outbox_item_get_fen (item)) : NULL;
  qc_cli_table_add (table, qc_outbox_item_get_key (item), months, fen, _ (qc_outbox_item_get_state_msgid (item)),
                    qc_outbox_item_get_serial (item));
}

void
qc_cli_show_item (QcCli *cli, QcOutboxItem *item)
{
  if (cli->json) {
    print_item (item);
    return;
  }
  QcCliTable *table = item_table ();
  add_item (table, item);
  qc_cli_table_print (table);
}

int
qc_cli_outbox (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcOutboxList) list = qc_cli_read_outbox (cli);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  QcCliTable *table = item_table ();
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
    if (cli->json)
      print_item (item);
    else
      add_item (table, item);
  }
  qc_cli_table_print (table);
  if (n == 0 && !cli->json)
    qc_say ("%s", _ ("Nothing waits."));
  return QC_EXIT_OK;
}

/* (transfer full) (nullable) */
static QcOutboxItem *
find_item (QcOutboxList *list, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (QcOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
    if (g_strcmp0 (qc_outbox_item_get_key (item), key) == 0)
      return g_steal_pointer (&item);
  }
  return NULL;
}

/* The item with the key that was given, or NULL with *@status. (transfer full) (nullable) */
static QcOutboxItem *
get_item (QcCli *cli, char ***argv, int *status)
{
  if (!qc_cli_parse (cli, argv, NULL, 1, 1, status) || (*status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return NULL;
  g_autoptr (QcOutboxList) list = qc_cli_read_outbox (cli);
  QcOutboxItem *item = find_item (list, (*argv)[1]);
  if (!item)
    *status
        = qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-item", _ ("Nothing with this key waits; “outbox” lists it."));
  return item;
}

int
qc_cli_withdraw (QcCli *cli, char ***argv)
{
  int status;
  g_autoptr (QcOutboxItem) item = get_item (cli, argv, &status);
  if (!item)
    return status;
  if (!qc_outbox_item_can_withdraw (item))
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "state", _ ("It has been sent and cannot be taken back."));
  g_autoptr (QcApplicationService) service = qc_application_service_new (cli->session);
  GAsyncResult *slot = NULL;
  qc_application_service_withdraw_async (service, item, NULL, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_application_service_withdraw_finish (service, result, &error))
    return qc_cli_fail (cli, error);
  if (!cli->json)
    qc_say ("%s", _ ("Taken back; the draft is open again."));
  return QC_EXIT_OK;
}

int
qc_cli_release (QcCli *cli, char ***argv)
{
  int status;
  g_autoptr (QcOutboxItem) item = get_item (cli, argv, &status);
  if (!item)
    return status;
  if (!qc_outbox_item_can_release (item))
    return qc_cli_fail_with (cli, QC_EXIT_STATE, "state",
                             _ ("It is not held, or something before it is held too: settle that first."));
  g_autoptr (QcApplicationService) service = qc_application_service_new (cli->session);
  GAsyncResult *slot = NULL;
  qc_application_service_release_async (service, qc_outbox_item_get_id (item), NULL, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_application_service_release_finish (service, result, &error))
    return qc_cli_fail (cli, error);
  if (!cli->json)
    qc_say ("%s", _ ("It waits again and is sent by the next “pull”, or by the window."));
  return QC_EXIT_OK;
}

int
qc_cli_verify_journal (QcCli *cli)
{
  GAsyncResult *slot = NULL;
  qc_session_verify_journal_async (cli->session, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;
  gboolean whole = qc_session_verify_journal_finish (cli->session, result, &entry, &error);
  if (cli->json) {
    QcLine *line = qc_line_new ("journal");
    qc_line_bool (line, "whole", whole);
    if (entry > 0)
      qc_line_int (line, "entry", entry);
    qc_line_print (line);
  } else if (whole) {
    qc_say ("%s", _ ("The journal holds: nothing was changed, removed or cut off."));
  }
  return whole ? QC_EXIT_OK : qc_cli_fail (cli, error);
}

int
qc_cli_journal_verify (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_data (cli)) != QC_EXIT_OK)
    return status;
  return qc_cli_verify_journal (cli);
}
