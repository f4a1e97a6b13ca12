/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands about centers and who is signed in: profiles, import-profile, sign-in, sign-out, units, pull. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-cli-out.h"
#include "qc-format.h"

/* --- profiles --- */

static void
show_profile (QcCli *cli, QcCliTable *table, const QcProfileInfo *info)
{
  if (!cli->json) {
    qc_cli_table_add (table, info->id, info->name, info->has_api ? _ ("connected") : _ ("portal only"),
                      info->portal ? info->portal : "");
    return;
  }
  QcLine *line = qc_line_new ("profile");
  qc_line_text (line, "id", info->id);
  qc_line_text (line, "name", info->name);
  qc_line_bool (line, "connected", info->has_api);
  qc_line_bool (line, "practice", info->is_practice);
  qc_line_text (line, "portal", info->portal);
  qc_line_print (line);
}

int
qc_cli_profiles (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_data (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (GPtrArray) profiles = qc_context_list_profiles (cli->context);
  QcCliTable *table = qc_cli_table_new ("llll", _ ("Profile"), _ ("Center"), _ ("Connection"), _ ("Portal"));
  for (guint i = 0; i < profiles->len; i++)
    show_profile (cli, table, g_ptr_array_index (profiles, i));
  qc_cli_table_print (table);
  return QC_EXIT_OK;
}

int
qc_cli_import_profile (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 1, 1, &status) || (status = qc_cli_need_data (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg ((*argv)[1]);
  g_autoptr (QcProfileInfo) info = qc_session_import_profile (cli->session, file, &error);
  if (!info)
    return qc_cli_fail (cli, error);
  QcCliTable *table = qc_cli_table_new ("llll", _ ("Profile"), _ ("Center"), _ ("Connection"), _ ("Portal"));
  show_profile (cli, table, info);
  qc_cli_table_print (table);
  return QC_EXIT_OK;
}

/* --- units --- */

static void
show_units (QcCli *cli)
{
  const GPtrArray *units = qc_session_get_units (cli->session);
  const char *current = qc_session_get_unit_account (cli->session);
  QcCliTable *table = qc_cli_table_new ("llll", _ ("Unit account"), _ ("Unit name"), _ ("Credit code"), "");
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    gboolean is_current = g_strcmp0 (unit->account, current) == 0;
    if (!cli->json) {
      qc_cli_table_add (table, unit->account, unit->name, unit->credit_code, is_current ? "*" : "");
      continue;
    }
    QcLine *line = qc_line_new ("unit");
    qc_line_text (line, "account", unit->account);
    qc_line_text (line, "name", unit->name);
    qc_line_text (line, "credit_code", unit->credit_code);
    qc_line_bool (line, "current", is_current);
    qc_line_print (line);
  }
  qc_cli_table_print (table);
}

int
qc_cli_units (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  show_units (cli);
  return QC_EXIT_OK;
}

/* --- sign-in --- */

static void
address_cb (const char *address, gpointer data)
{
  QcCli *cli = data;
  if (cli->json) {
    QcLine *line = qc_line_new ("address");
    qc_line_text (line, "address", address);
    qc_line_print (line);
    return;
  }
  qc_say ("%s", _ ("Open this address in a browser and sign in there:"));
  qc_say ("  %s", address);
}

static void
show_signed_in (QcCli *cli)
{
  const char *user = qc_session_get_user_name (cli->session);
  gboolean kept = qc_session_is_sign_in_kept (cli->session);
  if (cli->json) {
    QcLine *line = qc_line_new ("signed-in");
    qc_line_text (line, "user", user);
    qc_line_bool (line, "kept", kept);
    qc_line_print (line);
  } else {
    qc_say (_ ("Signed in: %s"), user ? user : "");
    if (!kept)
      qc_say ("%s", _ ("There is no keyring: the sign-in ends with this process."));
  }
  show_units (cli);
}

static int
sign_in (QcCli *cli, int token_fd)
{
  GAsyncResult *slot = NULL;
  if (token_fd >= 0) {
    char *token = qc_cli_read_secret (token_fd);
    if (!token || !g_str_is_ascii (token)) {
      qc_cli_wipe (token);
      return qc_cli_fail_with (cli, QC_EXIT_USAGE, "no-token", _ ("No refresh token came from the descriptor."));
    }
    qc_session_sign_in_with_token_async (cli->session, token, cli->cancellable, qc_cli_done_cb, &slot);
    qc_cli_wipe (token);
  } else {
    qc_session_sign_in_async (cli->session, address_cb, cli, cli->cancellable, qc_cli_done_cb, &slot);
  }
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_session_sign_in_finish (cli->session, result, &error))
    return cli->late ? qc_cli_fail_late (cli, QC_EXIT_SIGN_IN) : qc_cli_fail (cli, error);
  show_signed_in (cli);
  return qc_cli_need_unit (cli);
}

int
qc_cli_sign_in (QcCli *cli, char ***argv)
{
  int status, token_in = -1, token_out = -1;
  const GOptionEntry entries[] = {
      {"refresh-token-fd", 0, 0, G_OPTION_ARG_INT, &token_in, NULL, NULL},
      {"token-out-fd", 0, 0, G_OPTION_ARG_INT, &token_out, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 0, 0, &status) || (status = qc_cli_need_profile (cli)) != QC_EXIT_OK)
    return status;
  if (token_out >= 0)
    cli->token_out = token_out;
  return sign_in (cli, token_in);
}

int
qc_cli_sign_out (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_profile (cli)) != QC_EXIT_OK)
    return status;
  GAsyncResult *slot = NULL;
  qc_session_sign_out_async (cli->session, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_session_sign_out_finish (cli->session, result, &error))
    return qc_cli_fail (cli, error);
  if (!cli->json)
    qc_say ("%s", _ ("Signed out; drafts and what waits are kept."));
  return QC_EXIT_OK;
}

/* --- pull --- */

static void
show_home (QcCli *cli, const QcHomeFigures *figures)
{
  g_autofree char *due = qc_format_month (figures->due);
  g_autofree char *fen = qc_format_yuan (figures->due_fen);
  g_autofree char *people = qc_format_people (figures->due_people);
  g_autofree char *at = qc_format_date_time (qc_session_get_synced_at (cli->session));
  if (!cli->json) {
    qc_say (_ ("As of %s"), at);
    qc_say (_ ("Next to remit: %s, %s, about %s"), due, people, fen);
    return;
  }
  QcLine *line = qc_line_new ("pulled");
  qc_line_text (line, "unit", qc_session_get_unit_account (cli->session));
  qc_line_int (line, "time", qc_session_get_synced_at (cli->session));
  qc_line_int (line, "today", qc_session_get_today (cli->session));
  qc_line_month (line, "current", figures->current);
  qc_line_month (line, "due", figures->due);
  qc_line_int (line, "due_people", figures->due_people);
  qc_line_int (line, "due_fen", figures->due_fen);
  qc_line_int (line, "unanswered", figures->unanswered);
  qc_line_int (line, "queued", figures->queued + figures->held + figures->unknown);
  qc_line_int (line, "unfinished", (gint64)figures->under_way->len + figures->draw_failed);
  qc_line_int (line, "draw_failed", figures->draw_failed);
  qc_line_print (line);
}

int
qc_cli_pull (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 0, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK
      || (status = qc_cli_sync (cli)) != QC_EXIT_OK)
    return status;
  GAsyncResult *slot = NULL;
  qc_session_load_home_async (cli->session, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcHomeFigures) figures = qc_session_load_home_finish (cli->session, result, &error);
  if (!figures)
    return qc_cli_fail (cli, error);
  show_home (cli, figures);
  return QC_EXIT_OK;
}
