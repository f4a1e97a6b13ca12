/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * From the command line to commands: global options, several commands by --then or from standard input, one after the
 * other in one process, and which of their exit statuses the program ends with. Main thread.
 */
#include "qc-cli.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "qc-cli-out.h"

static const QcCommand commands[] = {
    {"profiles", "", N_ ("List the centers that are known"), qc_cli_profiles},
    {"import-profile", "FILE", N_ ("Keep the profile file that a center handed out"), qc_cli_import_profile},
    {"sign-in", "[--refresh-token-fd N] [--token-out-fd N]",
     N_ ("Sign in on the portal's pages, or with a refresh token"), qc_cli_sign_in},
    {"sign-out", "", N_ ("Sign out; drafts and what waits are kept"), qc_cli_sign_out},
    {"units", "", N_ ("List the units one may do business for"), qc_cli_units},
    {"pull", "", N_ ("Send what waits, then fetch everything of the unit"), qc_cli_pull},
    {"people", "[--search TEXT] [--status STATUS] [--limit N]", N_ ("List people, as last fetched"), qc_cli_people},
    {"remit",
     "[--end YYYYMM] [--method METHOD] [--answer ACCOUNT=CLASS]… [--reviewed]\n"
     "        --dry-run | --submit --expect-fen N",
     N_ ("Remit: show months, findings and amount, or submit them"), qc_cli_remit},
    {"applications", "[--state STATE]… [--waiting] [--business BUSINESS]", N_ ("List applications, as last fetched"),
     qc_cli_applications},
    {"application", "SERIAL", N_ ("Show one application with its months, its roster, and what happened"),
     qc_cli_application},
    {"redraw", "SERIAL", N_ ("Have the bank draw again after a failed draw"), qc_cli_redraw},
    {"delete", "SERIAL", N_ ("Delete a registered application"), qc_cli_delete},
    {"cancel", "SERIAL", N_ ("Take an application back before the center has accepted it"), qc_cli_cancel},
    {"reopen", "SERIAL", N_ ("Make a draft again of an application that was returned"), qc_cli_reopen},
    {"do",
     "BUSINESS [--seal] [--unseal] [--draft DRAFT]\n"
     "        (--lines FILE | ACCOUNT[,FIELD=VALUE]… | FIELD=VALUE[,FIELD=VALUE]… | --fact NAME=VALUE…)\n"
     "        [--attach KIND[@LINE]=FILE]… (--dry-run | --submit [--expect-people N] [--expect-fen N])",
     N_ ("Check a roster or the facts of a business, and submit exactly that"), qc_cli_do},
    {"import", "BUSINESS FILE [--check | --good-only | --all] [--faults COPY]",
     N_ ("Make a draft of a workbook (.xlsx, .xls, CSV, TSV), or only judge it row by row"), qc_cli_import},
    {"drafts", "", N_ ("List what lies unfinished"), qc_cli_drafts},
    {"export",
     "BUSINESS|people|applications FILE [--shown] [--search TEXT] [--status STATUS]…\n"
     "        [--state STATE]… [--business BUSINESS]",
     N_ ("Write a roster to be filled in, people or applications as an Excel workbook"), qc_cli_export},
    {"outbox", "", N_ ("List what waits to be sent"), qc_cli_outbox},
    {"withdraw", "KEY", N_ ("Take back what was not sent yet"), qc_cli_withdraw},
    {"release", "KEY", N_ ("Send on what is held"), qc_cli_release},
    {"voucher", "SERIAL… --output FILE", N_ ("Write the remittance voucher as PDF; several into one file"),
     qc_cli_voucher},
    {"check", "FILE… | --text TEXT",
     N_ ("Tell which center signed a voucher’s facts: of PDFs, of pictures of the code, or of its text"), qc_cli_check},
    {"trash", "[list | restore DRAFT]", N_ ("List deleted drafts, which are kept for 30 days, or bring one back"),
     qc_cli_trash},
    {"backup", "[list | make | restore NAME]", N_ ("List backups, make one now, or go back to one"), qc_cli_backup},
    {"bundle", "pack|check|adopt FILE --passphrase-file FILE",
     N_ ("Everything in one file under a passphrase: write it, look into it, or take it over on this computer"),
     qc_cli_bundle},
    {"handover", "FILE [ACCOUNT…] --passphrase-file FILE",
     N_ ("The work of units for whoever goes on with it, and a list of what is open beside it"), qc_cli_handover},
    {"journal",
     "[list | export FILE | verify]\n"
     "        [--search TEXT] [--kind KIND] [--of ACCOUNT] [--from DAY] [--to DAY] [--limit N]",
     N_ ("Who did what, when: list it, write it as an Excel workbook, or check that nobody changed it"),
     qc_cli_journal},
    {"journal-verify", "", N_ ("Check that nobody changed the journal"), qc_cli_journal_verify},
    {NULL},
};

const QcCommand *
qc_cli_commands (void)
{
  return commands;
}

/* --- one command --- */

static const QcCommand *
find_command (const char *name)
{
  for (const QcCommand *command = commands; command->name; command++)
    if (g_strcmp0 (command->name, name) == 0)
      return command;
  return NULL;
}

static int
usage (QcCli *cli, const char *code, const char *sentence)
{
  qc_cli_fail_with (cli, QC_EXIT_USAGE, code, sentence);
  return QC_EXIT_USAGE;
}

/* Takes what GOption left: "--" may stand before words that begin with a dash. */
static void
drop_dashes (char **argv)
{
  for (guint i = 1; argv[i]; i++)
    if (g_str_equal (argv[i], "--")) {
      g_free (argv[i]);
      memmove (&argv[i], &argv[i + 1], (g_strv_length (&argv[i + 1]) + 1) * sizeof *argv);
      return;
    }
}

static char *
dup_usage (const QcCommand *command)
{
  g_autofree char *line = g_strdup_printf ("qingce-cli %s %s", command->name, command->args);
  return g_strdup_printf (_ ("Usage: %s"), g_strchomp (line));
}

static void
print_command_help (const char *name)
{
  const QcCommand *command = find_command (name);
  g_autofree char *line = dup_usage (command);
  qc_say ("%s\n", line);
  qc_say ("%s", _ (command->summary));
  qc_say ("%s", _ ("See “qingce-cli --help” for what options and statuses mean."));
}

gboolean
qc_cli_parse (QcCli *cli, char ***argv, const GOptionEntry *entries, guint min, guint max, int *out_exit)
{
  gboolean help = FALSE;
  g_autofree char *unit = NULL;
  const GOptionEntry own[] = {{"help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL},
                              {"unit", 0, 0, G_OPTION_ARG_STRING, &unit, NULL, NULL}, /* from here on */
                              {NULL}};
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  if (entries)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse_strv (context, argv, &error)) {
    *out_exit = usage (cli, "options", error->message);
    return FALSE;
  }
  if (help) {
    print_command_help (**argv);
    *out_exit = QC_EXIT_OK;
    return FALSE;
  }
  if (unit) {
    g_free (cli->unit);
    cli->unit = g_steal_pointer (&unit);
  }
  drop_dashes (*argv);
  guint n = g_strv_length (*argv) - 1;
  if (n < min || n > max) {
    *out_exit = qc_cli_fail_usage (cli, **argv);
    return FALSE;
  }
  return TRUE;
}

int
qc_cli_fail_usage (QcCli *cli, const char *command)
{
  g_autofree char *line = dup_usage (find_command (command));
  return usage (cli, "arguments", line);
}

static int
run_command (QcCli *cli, char **words)
{
  const QcCommand *command = words[0] ? find_command (words[0]) : NULL;
  g_auto (GStrv) argv = g_strdupv (words);
  if (words[0] && g_str_equal (words[0], "help")) {
    qc_cli_print_help ();
    return QC_EXIT_OK;
  }
  if (!command) {
    g_autofree char *sentence
        = g_strdup_printf (_ ("There is no command “%s”; --help lists them."), words[0] ? words[0] : "");
    return usage (cli, "command", sentence);
  }
  qc_cli_begin (cli);
  int status = command->run (cli, &argv);
  qc_cli_end (cli);
  qc_cli_tell_token (cli);
  if (cli->json) {
    QcLine *line = qc_line_new ("end");
    qc_line_text (line, "command", command->name);
    qc_line_int (line, "exit", status);
    qc_line_text (line, "meaning", qc_exit_to_code (status));
    qc_line_print (line);
  }
  return status;
}

/* --- several --- */

static gboolean
goes_on (const QcCli *cli, int status)
{
  return (status == QC_EXIT_OK || cli->keep_going) && !cli->interrupted;
}

/* The first that failed is what the program ends with. */
static int
run_all (QcCli *cli, char **words)
{
  int first = QC_EXIT_OK;
  while (*words) {
    g_autoptr (GPtrArray) part = g_ptr_array_new ();
    while (*words && !g_str_equal (*words, "--then"))
      g_ptr_array_add (part, *words++);
    gboolean more = *words != NULL;
    g_ptr_array_add (part, NULL);
    int status = run_command (cli, (char **)part->pdata);
    first = first != QC_EXIT_OK ? first : status;
    if (!goes_on (cli, status))
      break;
    words += more;
  }
  return first;
}

/* A line as a shell would split it; empty ones and comments do nothing. */
static int
run_line (QcCli *cli, const char *line)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  if (g_shell_parse_argv (line, NULL, &words, &error))
    return run_all (cli, words);
  if (g_error_matches (error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
    return QC_EXIT_OK;
  return usage (cli, "quoting", error->message);
}

static int
run_batch (QcCli *cli)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  int first = QC_EXIT_OK;
  cli->batch = TRUE;
  for (;;) {
    GAsyncResult *slot = NULL;
    g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cli->cancellable, qc_cli_done_cb, &slot);
    g_autoptr (GAsyncResult) result = qc_cli_await (&slot);
    g_autoptr (GError) error = NULL;
    g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (lines, result, NULL, &error);
    if (error)
      return first != QC_EXIT_OK ? first : qc_cli_fail (cli, error);
    if (!line)
      return first;
    int status = run_line (cli, line);
    first = first != QC_EXIT_OK ? first : status;
    if (!goes_on (cli, status))
      return first;
  }
}

/* --- the program --- */

static gboolean
parse_global (QcCli *cli, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &cli->data, NULL, NULL},
      {"profile", 0, 0, G_OPTION_ARG_STRING, &cli->profile, NULL, NULL},
      {"practice", 0, 0, G_OPTION_ARG_NONE, &cli->practice, NULL, NULL},
      {"unit", 0, 0, G_OPTION_ARG_STRING, &cli->unit, NULL, NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL},
      {"wait", 0, 0, G_OPTION_ARG_INT, &cli->wait, NULL, NULL},
      {"keep-going", 'k', 0, G_OPTION_ARG_NONE, &cli->keep_going, NULL, NULL},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &cli->help, NULL, NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &cli->version, NULL, NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE); /* options behind the command are the command's */
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse_strv (context, argv, error);
}

int
qc_cli_main (QcCli *cli, char **arguments)
{
  g_auto (GStrv) argv = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;
  if (!parse_global (cli, &argv, &error))
    return usage (cli, "options", error->message);
  if ((cli->wait < 0 && cli->wait != G_MININT) || cli->wait > 24 * 60 * 60)
    return usage (cli, "options", _ ("--wait takes seconds, up to a day."));
  if (cli->help || cli->version) {
    if (cli->version)
      qc_say ("qingce-cli %s", QC_VERSION);
    else
      qc_cli_print_help ();
    return QC_EXIT_OK;
  }
  if (!argv[0] || !argv[1])
    return usage (cli, "command", _ ("A command is missing; --help lists them."));
  if (g_str_equal (argv[1], "batch") && !argv[2])
    return run_batch (cli);
  return run_all (cli, argv + 1);
}
