/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Commands about what must not get lost: trash, backup, bundle, handover. They need no network. A passphrase comes from
 * a file or standard input, never from the command line, which everybody on the computer can read. Main thread.
 */
#include "qc-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "qc-cli-out.h"
#include "qc-draft-list.h"
#include "qc-format.h"
#include "qc-keeper.h"

/* --- the trash --- */

static void
show_trash (QcCli *cli, QcDraftList *trash)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (trash));
  QcCliTable *table = qc_cli_table_new ("rllrr", _ ("Draft"), _ ("Name"), _ ("Deleted"), _ ("Lines"), _ ("Days left"));
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (trash), i);
    g_autofree char *name = qc_draft_entry_dup_name (entry);
    if (cli->json) {
      QcLine *line = qc_line_new ("deleted-draft");
      qc_line_int (line, "draft", qc_draft_entry_get_id (entry));
      qc_line_text (line, "name", name);
      qc_line_text (line, "business", qc_business_info (qc_draft_entry_get_business (entry))->code);
      qc_line_int (line, "lines", qc_draft_entry_get_count (entry));
      qc_line_int (line, "deleted", qc_draft_entry_get_deleted (entry));
      qc_line_int (line, "days_left", qc_draft_entry_get_days_left (entry));
      qc_line_print (line);
      continue;
    }
    g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, qc_draft_entry_get_id (entry));
    g_autofree char *deleted = qc_format_date_time (qc_draft_entry_get_deleted (entry));
    g_autofree char *lines = qc_format_count (qc_draft_entry_get_count (entry));
    g_autofree char *left = g_strdup_printf ("%d", qc_draft_entry_get_days_left (entry));
    qc_cli_table_add (table, number, name, deleted, lines, left);
  }
  qc_cli_table_print (table);
  if (n == 0 && !cli->json)
    qc_say ("%s", _ ("The trash is empty."));
}

static gboolean
has_draft (QcDraftList *list, gint64 draft)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (QcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);
    if (qc_draft_entry_get_id (entry) == draft)
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  QcDraftList *trash; /* borrowed */
  gint64 draft;
  GError *error; /* (owned) (nullable) */
} Restoring;

static void
failed_cb (QcDraftList *trash, const GError *error, Restoring *restoring)
{
  if (!restoring->error)
    restoring->error = g_error_copy (error);
}

static gboolean
is_restored (gpointer data)
{
  const Restoring *restoring = data;
  return restoring->error || !has_draft (restoring->trash, restoring->draft);
}

static int
restore_draft (QcCli *cli, QcDraftList *trash, gint64 draft)
{
  if (!has_draft (trash, draft))
    return qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-draft",
                             _ ("No such draft is in the trash; “trash” lists them."));
  Restoring restoring = {.trash = trash, .draft = draft};
  gulong handler = g_signal_connect (trash, "failed", G_CALLBACK (failed_cb), &restoring);
  qc_draft_list_undelete (trash, draft);
  gboolean done = qc_cli_wait_here (cli, is_restored, &restoring);
  g_signal_handler_disconnect (trash, handler);
  g_autoptr (GError) error = restoring.error;
  if (!done || error)
    return error ? qc_cli_fail (cli, error) : qc_cli_fail_late (cli, QC_EXIT_FAILED);
  if (!cli->json)
    qc_say ("%s", _ ("The draft is back; “drafts” lists it."));
  return QC_EXIT_OK;
}

int
qc_cli_trash (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 2, &status))
    return status;
  char **words = *argv + 1;
  gboolean restores = g_strcmp0 (words[0], "restore") == 0 && words[1];
  if (words[0] && !restores && !(g_str_equal (words[0], "list") && !words[1]))
    return qc_cli_fail_usage (cli, **argv);
  if ((status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (QcDraftList) trash = qc_draft_list_new_trash (cli->session);
  qc_cli_read_drafts (cli, trash);
  if (restores)
    return restore_draft (cli, trash, g_ascii_strtoll (words[1], NULL, 10));
  show_trash (cli, trash);
  return QC_EXIT_OK;
}

/* --- backups --- */

/* (transfer full) (nullable): then *@status */
static GPtrArray *
list_backups (QcCli *cli, QcKeeper *keeper, int *status)
{
  GAsyncResult *slot = NULL;
  qc_keeper_list_async (keeper, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  GPtrArray *list = qc_keeper_list_finish (keeper, result, &error);
  *status = list ? QC_EXIT_OK : qc_cli_fail (cli, error);
  return list;
}

static QcCliTable *
backup_table (void)
{
  return qc_cli_table_new ("lll", _ ("Backup"), _ ("Made"), _ ("Contents"));
}

static void
show_kept (QcCli *cli, QcCliTable *table, const char *type, const char *name, const QcKept *kept)
{
  if (cli->json) {
    QcLine *line = qc_line_new (type);
    qc_line_text (line, "name", name);
    qc_line_int (line, "made", kept->made);
    qc_line_int (line, "size", kept->size);
    qc_line_int (line, "drafts", kept->drafts);
    qc_line_int (line, "waiting", kept->waiting);
    qc_line_int (line, "journal", kept->entries);
    qc_line_text (line, "units", kept->units);
    qc_line_print (line);
    return;
  }
  g_autofree char *made = qc_format_date_time (kept->made);
  g_autofree char *words = qc_kept_dup_words (kept);
  qc_cli_table_add (table, name, made, words);
}

static int
show_backups (QcCli *cli, QcKeeper *keeper, guint most)
{
  int status;
  g_autoptr (GPtrArray) list = list_backups (cli, keeper, &status);
  if (!list)
    return status;
  QcCliTable *table = backup_table ();
  for (guint i = 0; i < MIN (list->len, most); i++) {
    const QcKept *kept = g_ptr_array_index (list, i);
    show_kept (cli, table, "backup", kept->name, kept);
  }
  qc_cli_table_print (table);
  if (list->len == 0 && !cli->json)
    qc_say ("%s", _ ("There is no backup yet."));
  return QC_EXIT_OK;
}

static int
make_backup (QcCli *cli, QcKeeper *keeper)
{
  GAsyncResult *slot = NULL;
  qc_keeper_back_up_async (keeper, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  return qc_keeper_back_up_finish (keeper, result, &error) ? show_backups (cli, keeper, 1) : qc_cli_fail (cli, error);
}

/* What was made ready takes its place now, so that no later command works on what is set aside. */
static int
open_anew (QcCli *cli)
{
  int status = qc_cli_open_anew (cli);
  const char *path = status == QC_EXIT_OK ? qc_context_get_replaced (cli->context) : NULL;
  if (!path)
    return status;
  if (cli->json) {
    QcLine *line = qc_line_new ("replaced");
    qc_line_text (line, "set_aside", path);
    qc_line_print (line);
    return QC_EXIT_OK;
  }
  qc_say (_ ("The data that were here before are whole in %s."), path);
  qc_say ("%s", _ ("What waits to be submitted is asked about at the center first: sign in and “pull” before anything "
                   "else."));
  return QC_EXIT_OK;
}

static int
restore_backup (QcCli *cli, const char *name)
{
  int status;
  g_autoptr (QcKeeper) keeper = qc_keeper_new (cli->session);
  g_autoptr (GPtrArray) list = list_backups (cli, keeper, &status);
  gboolean known = FALSE;
  for (guint i = 0; list && i < list->len; i++)
    known = known || g_str_equal (((QcKept *)g_ptr_array_index (list, i))->name, name);
  if (!known)
    return list ? qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-backup",
                                    _ ("There is no such backup; “backup” lists them."))
                : status;
  GAsyncResult *slot = NULL;
  qc_keeper_restore_async (keeper, name, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  return qc_keeper_restore_finish (keeper, result, &error) ? QC_EXIT_OK : qc_cli_fail (cli, error);
}

int
qc_cli_backup (QcCli *cli, char ***argv)
{
  int status;
  if (!qc_cli_parse (cli, argv, NULL, 0, 2, &status))
    return status;
  const char *word = (*argv)[1] ? (*argv)[1] : "list", *name = (*argv)[1] ? (*argv)[2] : NULL;
  gboolean restores = g_str_equal (word, "restore"), makes = g_str_equal (word, "make");
  if (restores != (name != NULL) || !(restores || makes || g_str_equal (word, "list")))
    return qc_cli_fail_usage (cli, **argv);
  if ((status = qc_cli_need_data (cli)) != QC_EXIT_OK)
    return status;
  qc_cli_recall (cli);
  if (restores) {
    status = restore_backup (cli, name);
    return status == QC_EXIT_OK ? open_anew (cli) : status;
  }
  g_autoptr (QcKeeper) keeper = qc_keeper_new (cli->session);
  return makes ? make_backup (cli, keeper) : show_backups (cli, keeper, G_MAXUINT);
}

/* --- passphrases --- */

/* The first line of @path, "-" is standard input; to be wiped. (nullable): then *@status (transfer full) */
static char *
read_passphrase (QcCli *cli, const char *path, gboolean made, int *status)
{
  gboolean is_input = g_strcmp0 (path, "-") == 0;
  if (!path || (is_input && cli->batch)) {
    *status = qc_cli_fail_with (cli, QC_EXIT_USAGE, "passphrase",
                                _ ("--passphrase-file names the file whose first line is the passphrase; - is standard "
                                   "input, which “batch” reads its commands from."));
    return NULL;
  }
  int fd = is_input ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    g_autoptr (GError) error
        = g_error_new (G_IO_ERROR, (int)g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
    *status = qc_cli_fail (cli, error);
    return NULL;
  }
  char *passphrase = qc_cli_read_secret (fd);
  if (!is_input)
    close (fd);
  if (passphrase && (!made || qc_passphrase_judge (passphrase) != QC_PASSPHRASE_SHORT))
    return passphrase;
  qc_cli_wipe (passphrase);
  *status = qc_cli_fail_with (cli, QC_EXIT_USAGE, "passphrase",
                              made ? _ ("At least eight characters.") : _ ("There is no passphrase in it."));
  return NULL;
}

/* --- bundles --- */

static int
pack (QcCli *cli, QcKeeper *keeper, const char *path, const char *passphrase)
{
  GAsyncResult *slot = NULL;
  qc_keeper_pack_async (keeper, path, passphrase, NULL, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_keeper_pack_finish (keeper, result, &error))
    return qc_cli_fail (cli, error);
  if (cli->json) {
    QcLine *line = qc_line_new ("packed");
    qc_line_text (line, "path", path);
    qc_line_print (line);
    return QC_EXIT_OK;
  }
  qc_say (_ ("%s is written. Take it to the other computer and receive it there; go on with the work on "
             "that one only."),
          path);
  return QC_EXIT_OK;
}

/* What is in it is shown; @adopts: and made ready to take the place of what is here. */
static int
receive (QcCli *cli, const char *path, const char *passphrase, gboolean adopts)
{
  g_autoptr (QcKeeper) keeper = qc_keeper_new (cli->session);
  GAsyncResult *slot = NULL;
  (adopts ? qc_keeper_unpack_async : qc_keeper_look_into_async) (keeper, path, passphrase, cli->cancellable,
                                                                 qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) unpacked = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcKept) kept = qc_keeper_unpack_finish (keeper, unpacked, &error);
  if (!kept)
    return qc_cli_fail (cli, error);
  QcCliTable *table = qc_cli_table_new ("lll", _ ("File"), _ ("Made"), _ ("Contents"));
  show_kept (cli, table, "bundle", path, kept);
  qc_cli_table_print (table);
  if (!adopts)
    return QC_EXIT_OK;
  qc_keeper_adopt_async (keeper, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) adopted = qc_cli_await (&slot);
  return qc_keeper_adopt_finish (keeper, adopted, &error) ? QC_EXIT_OK : qc_cli_fail (cli, error);
}

int
qc_cli_bundle (QcCli *cli, char ***argv)
{
  int status;
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {{"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL}, {NULL}};
  if (!qc_cli_parse (cli, argv, entries, 2, 2, &status))
    return status;
  const char *word = (*argv)[1], *path = (*argv)[2];
  gboolean packs = g_str_equal (word, "pack"), adopts = g_str_equal (word, "adopt");
  if (!packs && !adopts && !g_str_equal (word, "check"))
    return qc_cli_fail_usage (cli, **argv);
  char *passphrase = read_passphrase (cli, file, packs, &status);
  if (!passphrase)
    return status;
  status = qc_cli_need_data (cli);
  if (status == QC_EXIT_OK)
    qc_cli_recall (cli);
  if (status == QC_EXIT_OK && packs) {
    g_autoptr (QcKeeper) keeper = qc_keeper_new (cli->session);
    status = pack (cli, keeper, path, passphrase);
  } else if (status == QC_EXIT_OK) {
    status = receive (cli, path, passphrase, adopts);
  }
  qc_cli_wipe (passphrase);
  return status == QC_EXIT_OK && adopts ? open_anew (cli) : status;
}

/* --- handing over --- */

/* @accounts: those of this sign-in, none = the present one. (transfer full) (nullable): then *@status */
static GPtrArray *
read_units (QcCli *cli, char **accounts, int *status)
{
  const GPtrArray *known = qc_session_get_units (cli->session);
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < known->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (known, i);
    gboolean is_current = g_strcmp0 (unit->account, qc_session_get_unit_account (cli->session)) == 0;
    if (accounts[0] ? g_strv_contains ((const char *const *)accounts, unit->account) : is_current)
      g_ptr_array_add (units, g_strdup (unit->account));
  }
  if (units->len > 0 && units->len >= g_strv_length (accounts))
    return g_steal_pointer (&units);
  *status
      = qc_cli_fail_with (cli, QC_EXIT_NOT_FOUND, "no-unit", _ ("This sign-in has no such unit; “units” lists them."));
  return NULL;
}

static int
hand_over (QcCli *cli, const char *path, const char *passphrase, const GPtrArray *units)
{
  g_autoptr (QcKeeper) keeper = qc_keeper_new (cli->session);
  GAsyncResult *slot = NULL;
  qc_keeper_hand_over_async (keeper, path, passphrase, units, cli->cancellable, qc_cli_done_cb, &slot);
  g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
  g_autoptr (GError) error = NULL;
  if (!qc_keeper_hand_over_finish (keeper, result, &error))
    return qc_cli_fail (cli, error);
  if (cli->json) {
    g_autofree char *list = qc_keeper_dup_list_path (path);
    QcLine *line = qc_line_new ("handed-over");
    qc_line_text (line, "path", path);
    qc_line_text (line, "list", list);
    qc_line_int (line, "units", units->len);
    qc_line_print (line);
    return QC_EXIT_OK;
  }
  qc_say (
      _ ("%s and the list of what is open beside it are written. Give both, and tell the passphrase by another way."),
      path);
  return QC_EXIT_OK;
}

int
qc_cli_handover (QcCli *cli, char ***argv)
{
  int status;
  g_autofree char *file = NULL;
  const GOptionEntry entries[] = {{"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL}, {NULL}};
  if (!qc_cli_parse (cli, argv, entries, 1, G_MAXUINT, &status) || (status = qc_cli_need_unit (cli)) != QC_EXIT_OK)
    return status;
  g_autoptr (GPtrArray) units = read_units (cli, *argv + 2, &status);
  char *passphrase = units ? read_passphrase (cli, file, TRUE, &status) : NULL;
  if (!passphrase)
    return status;
  status = hand_over (cli, (*argv)[1], passphrase, units);
  qc_cli_wipe (passphrase);
  return status;
}
