/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What commands run on: opened when the first one needs it, and kept for those that follow. Waiting runs the main
 * context, so that sync and the practice center live on meanwhile. Main thread.
 */
#include "qc-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "qc-cli-out.h"

#define PATIENCE 60 /* seconds for an outcome, where --wait does not say */
#define HERE     2  /* seconds for the database, when the time is up */

#define MAX_SECRET 4096

/* Once: the second signal finds the system's own handler, and ends the process whatever it does. */
static gboolean
interrupted (QcCli *cli, guint *source)
{
  *source = 0;
  cli->interrupted = TRUE;
  g_cancellable_cancel (cli->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
sigint_cb (gpointer data)
{
  QcCli *cli = data;
  return interrupted (cli, &cli->signals[0]);
}

static gboolean
sigterm_cb (gpointer data)
{
  QcCli *cli = data;
  return interrupted (cli, &cli->signals[1]);
}

QcCli *
qc_cli_new (void)
{
  QcCli *cli = g_new0 (QcCli, 1);
  cli->wait = G_MININT;
  cli->token_out = -1;
  cli->cancellable = g_cancellable_new ();
  cli->signals[0] = g_unix_signal_add_full (G_PRIORITY_HIGH, SIGINT, sigint_cb, cli, NULL);
  cli->signals[1] = g_unix_signal_add_full (G_PRIORITY_HIGH, SIGTERM, sigterm_cb, cli, NULL);
  return cli;
}

void
qc_cli_wipe (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

char *
qc_cli_read_secret (int fd)
{
  char buffer[MAX_SECRET + 1];
  gsize length = 0;
  gssize got;
  while (length < MAX_SECRET && !memchr (buffer, '\n', length)
         && (got = read (fd, buffer + length, MAX_SECRET - length)) > 0)
    length += (gsize)got;
  buffer[length] = '\0';
  buffer[strcspn (buffer, "\r\n")] = '\0';
  char *secret = *buffer && g_utf8_validate (buffer, -1, NULL) ? g_strdup (buffer) : NULL;
  explicit_bzero (buffer, sizeof buffer);
  return secret;
}

/* Whatever runs on the data ends first. */
static void
close_data (QcCli *cli)
{
  if (cli->session)
    qc_session_stop (cli->session);
  g_clear_object (&cli->session);
  if (cli->context)
    qc_context_shutdown (cli->context);
  g_clear_object (&cli->context);
}

void
qc_cli_free (QcCli *cli)
{
  close_data (cli);
  qc_cli_end (cli);
  for (guint i = 0; i < G_N_ELEMENTS (cli->signals); i++)
    g_clear_handle_id (&cli->signals[i], g_source_remove);
  g_object_unref (cli->cancellable);
  qc_cli_wipe (cli->token_told);
  g_free (cli->data);
  g_free (cli->profile);
  g_free (cli->unit);
  g_free (cli);
}

/* --- the time --- */

static gboolean
time_is_up_cb (gpointer data)
{
  QcCli *cli = data;
  cli->timer = 0;
  cli->late = TRUE;
  g_cancellable_cancel (cli->cancellable);
  return G_SOURCE_REMOVE;
}

void
qc_cli_begin (QcCli *cli)
{
  if (cli->wait < 0)
    return;
  cli->until = g_get_monotonic_time () + cli->wait * (gint64)G_USEC_PER_SEC;
  /* without any patience there still is a moment for what needs no center */
  cli->timer = g_timeout_add_full (G_PRIORITY_HIGH, (guint)MAX (cli->wait, 1) * 1000, time_is_up_cb, cli, NULL);
}

void
qc_cli_end (QcCli *cli)
{
  g_clear_handle_id (&cli->timer, g_source_remove);
  if (!cli->late || cli->interrupted)
    return;
  cli->late = FALSE;
  g_object_unref (cli->cancellable);
  cli->cancellable = g_cancellable_new ();
}

gint64
qc_cli_patience (const QcCli *cli)
{
  return cli->wait < 0 ? g_get_monotonic_time () + PATIENCE * (gint64)G_USEC_PER_SEC : cli->until;
}

/* --- waiting --- */

void
qc_cli_done_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

GAsyncResult *
qc_cli_await (GAsyncResult **slot)
{
  while (!*slot)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (slot);
}

static gboolean
late_cb (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

gboolean
qc_cli_wait_until (QcCli *cli, QcCliCondition condition, gpointer data, double seconds)
{
  gboolean late = FALSE;
  guint limit = g_timeout_add ((guint)(seconds * 1000), late_cb, &late);
  gboolean good;
  while (!(good = condition (data)) && !late && !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  return good;
}

gboolean
qc_cli_wait_here (QcCli *cli, QcCliCondition condition, gpointer data)
{
  gboolean late = FALSE;
  gint64 left = (qc_cli_patience (cli) - g_get_monotonic_time ()) / 1000;
  guint limit = g_timeout_add ((guint)MAX (left, HERE * 1000), late_cb, &late);
  gboolean good;
  while (!(good = condition (data)) && !late && !cli->interrupted)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  return good;
}

/* --- the data folder --- */

/* What was asked for is not done with data that are not what they were: a script decides, and the next one goes on. */
static int
tell_damaged (QcCli *cli)
{
  const char *path = qc_context_get_set_aside (cli->context);
  g_autoptr (QcSalvaged) salvaged = qc_context_dup_salvaged (cli->context);
  g_autofree char *came = qc_salvaged_dup_words (salvaged);
  qc_say_fault (_ ("The database was damaged; it was moved to %s, and what could be read of it is in a new one."),
                path);
  qc_say_fault ("%s", came);
  if (!cli->json)
    return QC_EXIT_DAMAGED;
  QcLine *line = qc_line_new ("damaged");
  qc_line_text (line, "moved-to", path);
  qc_line_bool (line, "readable", salvaged != NULL);
  qc_line_int (line, "drafts", salvaged ? salvaged->drafts : 0);
  qc_line_int (line, "waiting", salvaged ? salvaged->waiting : 0);
  qc_line_int (line, "journal", salvaged ? salvaged->entries : 0);
  qc_line_int (line, "vouchers", salvaged ? salvaged->vouchers : 0);
  qc_line_print (line);
  for (guint i = 0; salvaged && i < salvaged->incomplete->len; i++) {
    QcLine *draft = qc_line_new ("damaged-draft");
    qc_line_text (draft, "name", g_ptr_array_index (salvaged->incomplete, i));
    qc_line_print (draft);
  }
  return QC_EXIT_DAMAGED;
}

int
qc_cli_need_data (QcCli *cli)
{
  if (cli->session)
    return QC_EXIT_OK;
  GAsyncResult *slot = NULL;
  g_autoptr (QcContext) context = qc_context_new (cli->data);
  qc_context_open_async (context, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_context_open_finish (context, result, &error))
    return qc_cli_fail (cli, error);
  cli->context = g_steal_pointer (&context);
  cli->session = qc_session_new (cli->context);
  return qc_context_get_set_aside (cli->context) ? tell_damaged (cli) : QC_EXIT_OK;
}

int
qc_cli_open_anew (QcCli *cli)
{
  close_data (cli);
  return qc_cli_need_data (cli);
}

/* --- the profile --- */

static int
choose (QcCli *cli, const char *id)
{
  GAsyncResult *slot = NULL;
  qc_session_choose_profile_async (cli->session, id, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (qc_session_choose_profile_finish (cli->session, result, &error))
    return QC_EXIT_OK;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && !g_str_equal (id, QC_SESSION_PRACTICE))
    return qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-profile",
                             _ ("There is no such profile; “profiles” lists them."));
  return qc_cli_fail (cli, error);
}

static gboolean
wants_practice (const QcCli *cli)
{
  return cli->practice || g_strcmp0 (cli->profile, QC_SESSION_PRACTICE) == 0;
}

static gboolean
restore_last (QcCli *cli, GError **error)
{
  GAsyncResult *slot = NULL;
  qc_session_restore_async (cli->session, wants_practice (cli), cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  gboolean entered;
  return qc_session_restore_finish (cli->session, result, &entered, error);
}

/* The file of the last center may be damaged, and another one be asked for. */
static int
restore (QcCli *cli)
{
  g_autoptr (GError) error = NULL;
  if (restore_last (cli, &error) || (cli->profile && g_str_equal (qc_app_error_code (error), "sync.profile")))
    return QC_EXIT_OK;
  return qc_cli_fail (cli, error);
}

void
qc_cli_recall (QcCli *cli)
{
  if (!qc_session_get_profile (cli->session) && (!cli->profile || wants_practice (cli)))
    restore_last (cli, NULL);
}

int
qc_cli_need_profile (QcCli *cli)
{
  int status = qc_cli_need_data (cli);
  if (status != QC_EXIT_OK || qc_session_get_profile (cli->session))
    return status;
  status = restore (cli);
  if (status != QC_EXIT_OK)
    return status;
  const QcProfileInfo *info = qc_session_get_profile (cli->session);
  if (wants_practice (cli))
    return info && info->is_practice ? QC_EXIT_OK : choose (cli, QC_SESSION_PRACTICE);
  if (cli->profile && !(info && g_str_equal (info->id, cli->profile)))
    return choose (cli, cli->profile);
  if (!info)
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "no-profile",
                             _ ("No profile was chosen yet: say --profile ID or --practice."));
  return QC_EXIT_OK;
}

/* --- the unit --- */

static gboolean
knows_unit (QcCli *cli, const char *account)
{
  const GPtrArray *units = qc_session_get_units (cli->session);
  for (guint i = 0; i < units->len; i++)
    if (g_str_equal (((QcUnitChoice *)g_ptr_array_index (units, i))->account, account))
      return TRUE;
  return FALSE;
}

int
qc_cli_need_unit (QcCli *cli)
{
  int status = qc_cli_need_profile (cli);
  if (status != QC_EXIT_OK)
    return status;
  if (qc_session_get_units (cli->session)->len == 0)
    return qc_cli_fail_with (cli, QC_EXIT_SIGNED_OUT, "no-unit",
                             _ ("No unit is known yet: sign in with “sign-in” first."));
  if (!cli->unit)
    return QC_EXIT_OK;
  if (!knows_unit (cli, cli->unit))
    return qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-unit",
                             _ ("This sign-in has no such unit; “units” lists them."));
  qc_session_set_unit (cli->session, cli->unit);
  return QC_EXIT_OK;
}

/* --- the center --- */

/* Pictures go beside the rounds, and what they are for goes in the next one. */
static gboolean
round_ended (gpointer session)
{
  return qc_session_get_sync_status (session) != QC_SYNC_RUNNING && !qc_session_is_uploading (session);
}

void
qc_cli_round (QcCli *cli)
{
  qc_session_start (cli->session);
  qc_session_sync_now (cli->session);
  while (!round_ended (cli->session) && !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  qc_cli_tell_token (cli);
}

int
qc_cli_start_practice (QcCli *cli)
{
  QcPractice *practice = qc_context_get_practice (cli->context);
  if (!qc_session_is_practice (cli->session) || qc_practice_get_state (practice) == QC_PRACTICE_READY)
    return QC_EXIT_OK;
  GAsyncResult *slot = NULL;
  qc_practice_start_async (practice, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  return qc_practice_start_finish (practice, result, &error) ? QC_EXIT_OK : qc_cli_fail (cli, error);
}

int
qc_cli_sync (QcCli *cli)
{
  int status = qc_cli_start_practice (cli);
  if (status != QC_EXIT_OK)
    return status;
  qc_cli_round (cli);
  if (cli->interrupted)
    return qc_cli_fail_with (cli, QC_EXIT_INTERRUPTED, "cancelled", _ ("Interrupted"));
  if (!round_ended (cli->session))
    return qc_cli_fail_late (cli, QC_EXIT_OFFLINE);
  switch (qc_session_get_sync_status (cli->session)) {
  case QC_SYNC_IDLE:
    return QC_EXIT_OK;
  case QC_SYNC_SIGNED_OUT:
    return qc_cli_fail_with (cli, QC_EXIT_SIGNED_OUT, "signed-out",
                             _ ("Nobody is signed in: use “sign-in” (in the same run where there is no keyring)."));
  case QC_SYNC_NO_API:
    return qc_cli_fail_with (cli, QC_EXIT_FAILED, "sync.no-api",
                             _ ("This center is not connected; it cannot be asked."));
  case QC_SYNC_RUNNING:
  case QC_SYNC_OFFLINE:
  case QC_SYNC_FAILED:
  default:
    break;
  }
  const GError *error = qc_session_get_sync_error (cli->session);
  return error ? qc_cli_fail (cli, error)
               : qc_cli_fail_with (cli, QC_EXIT_OFFLINE, "sync.offline", _ ("The center cannot be reached."));
}

/* Each line replaces the one before. A descriptor nobody reads any more costs the token, not the work. */
void
qc_cli_tell_token (QcCli *cli)
{
  if (cli->token_out < 0 || !cli->session)
    return;
  char *token = qc_session_dup_refresh_token (cli->session);
  if (!token || g_strcmp0 (token, cli->token_told) == 0) {
    qc_cli_wipe (token);
    return;
  }
  qc_cli_wipe (cli->token_told);
  cli->token_told = token;
  char *line = g_strconcat (token, "\n", NULL);
  if (write (cli->token_out, line, strlen (line)) < 0)
    g_message ("%s", _ ("The refresh token could not be handed on."));
  qc_cli_wipe (line);
}

/* --- lists --- */

static gboolean
list_read (gpointer list)
{
  return !qc_application_list_is_loading (list);
}

QcApplicationList *
qc_cli_read_applications (QcCli *cli, const QcApplicationConditions *conditions, int *out_exit)
{
  g_autoptr (QcApplicationList) list = qc_application_list_new (cli->session);
  qc_application_list_query (list, conditions);
  if (!qc_cli_wait_here (cli, list_read, list)) {
    *out_exit = qc_cli_fail_with (cli, QC_EXIT_FAILED, "late", _ ("The database did not answer in time."));
    return NULL;
  }
  if (qc_application_list_get_error (list)) {
    *out_exit = qc_cli_fail (cli, qc_application_list_get_error (list));
    return NULL;
  }
  return g_steal_pointer (&list);
}

static gboolean
outbox_read (gpointer list)
{
  return !qc_outbox_list_is_reading (list);
}

QcOutboxList *
qc_cli_read_outbox (QcCli *cli)
{
  QcOutboxList *list = qc_outbox_list_new (cli->session);
  qc_cli_wait_here (cli, outbox_read, list);
  return list;
}
