/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * qingce-center: the reference center as a program. It says in one line of JSON when it is ready, and ends on SIGTERM,
 * SIGINT, or when the pipe that is its standard input closes: a client that is gone leaves no center behind.
 */
#include <glib/gi18n.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "qc-center-audit.h"
#include "qc-center-server.h"
#include "qc-month.h"
#include "qc-text-field.h"

/* Longer than a center that ends waits for its calls. */
#define PIPE_PATIENCE (8 * G_TIME_SPAN_SECOND)

/* Something does not hold: of --audit, and of a start that therefore serves nothing. */
#define EXIT_FAULTS 2

typedef struct {
  gboolean practice, stdin_pipe, version, audit, new_key;
  char *data, *host, *cert, *key, *ca, *department, *today, *staff, *staff_name, *roles;
  int port, pages_port;
  gint64 people, delay;
  QcHttpLimits limits;
  int connections, per_address;
} Arguments;

static gboolean
end_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Whatever comes through the pipe is thrown away; its end is ours. */
static gboolean
pipe_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char buffer[512];
  gssize got = read (fd, buffer, sizeof buffer);
  if (got > 0 || (got < 0 && (condition & G_IO_IN) != 0))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
stdin_is_pipe (void)
{
  struct stat facts;
  return fstat (STDIN_FILENO, &facts) == 0 && (S_ISFIFO (facts.st_mode) || S_ISSOCK (facts.st_mode));
}

/* Sentences of the pages are Chinese, whatever the machine speaks. */
static void
set_language (void)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  if (setlocale (LC_ALL, "zh_CN.UTF-8") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("QINGCE_LOCALEDIR") ? g_getenv ("QINGCE_LOCALEDIR") : QC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static gboolean
parse (int *argc, char ***argv, Arguments *a, GError **error)
{
  const GOptionEntry entries[] = {
      {"practice", 0, 0, G_OPTION_ARG_NONE, &a->practice, "Made-up units and people, on this computer only", NULL},
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &a->data, "Data folder (needed)", "DIR"},
      {"port", 0, 0, G_OPTION_ARG_INT, &a->port, "Port of the API (0: any)", "N"},
      {"pages-port", 0, 0, G_OPTION_ARG_INT, &a->pages_port, "Port of the browser pages (0: any)", "N"},
      {"people", 0, 0, G_OPTION_ARG_INT64, &a->people, "Practice: people of the first unit, up to 200000", "N"},
      {"today", 0, 0, G_OPTION_ARG_STRING, &a->today, "Practice: the day it is there (2026-11-23)", "DATE"},
      {"arrival-delay", 0, 0, G_OPTION_ARG_INT64, &a->delay, "Arrivals confirm themselves after so long", "SECONDS"},
      {"stdin-pipe", 0, 0, G_OPTION_ARG_NONE, &a->stdin_pipe, "End when standard input closes (as for any pipe)", NULL},
      {"host", 0, 0, G_OPTION_ARG_STRING, &a->host, "Name clients know this center by", "NAME"},
      {"department", 0, 0, G_OPTION_ARG_STRING, &a->department, "Name of the department", "NAME"},
      {"tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &a->cert, "Certificate with its chain (PEM)", "FILE"},
      {"tls-key", 0, 0, G_OPTION_ARG_FILENAME, &a->key, "Key of the certificate (PEM)", "FILE"},
      {"ca", 0, 0, G_OPTION_ARG_FILENAME, &a->ca, "Authority that clients are to trust (PEM)", "FILE"},
      {"max-connections", 0, 0, G_OPTION_ARG_INT, &a->connections, "Of API and pages each (4096)", "N"},
      {"max-connections-per-address", 0, 0, G_OPTION_ARG_INT, &a->per_address,
       "More where many clients share one address (512)", "N"},
      {"add-staff", 0, 0, G_OPTION_ARG_STRING, &a->staff, "Add an account of center staff; password on stdin", "USER"},
      {"staff-name", 0, 0, G_OPTION_ARG_STRING, &a->staff_name, "The person's name, with --add-staff", "NAME"},
      {"roles", 0, 0, G_OPTION_ARG_STRING, &a->roles, "With --add-staff: \"counter review cashier\"", "ROLES"},
      {"audit", 0, 0, G_OPTION_ARG_NONE, &a->audit, "Look through database, ledger and pictures; 2: something is wrong",
       NULL},
      {"new-signing-key", 0, 0, G_OPTION_ARG_NONE, &a->new_key, "Sign with a new key from now on (the old one is lost)",
       NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &a->version, "Show the version", NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the reference center of Qingce");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
fail_option (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
check_limits (Arguments *a)
{
  a->limits = qc_http_limits_usual;
  if (a->connections != 0)
    a->limits.connections = (guint)a->connections;
  if (a->per_address != 0)
    a->limits.per_address = (guint)a->per_address;
  return (a->connections == 0 || (a->connections >= 16 && a->connections <= 1000000)) && a->per_address >= 0
         && a->per_address <= 1000000;
}

/* *@text becomes what is kept of it. */
static gboolean
check_text (QcTextField kind, char **text, GError **error)
{
  char *folded;
  g_autoptr (QcFinding) finding = qc_text_field_take (kind, *text, &folded);
  g_autofree char *sentence = finding != NULL ? qc_finding_dup_sentence (finding) : NULL;
  g_free (*text);
  *text = folded;
  return sentence == NULL || fail_option (error, sentence);
}

static gboolean
check (Arguments *a, QcCenterOptions *options, GError **error)
{
  if (a->data == NULL)
    return fail_option (error, "--data DIR is needed.");
  if (a->port < 0 || a->port > 65535 || a->pages_port < 0 || a->pages_port > 65535)
    return fail_option (error, "A port is a number from 0 to 65535.");
  if (a->people < 0 || a->people > 200000)
    return fail_option (error, "--people takes a number up to 200000.");
  if (a->department != NULL && !check_text (QC_TEXT_CENTER, &a->department, error))
    return FALSE;
  if (a->department != NULL && !a->practice && g_str_has_suffix (a->department, "（演练）"))
    return fail_option (error, "--department must not say that a real center is for practice.");
  if (!a->practice && (a->people != 0 || a->today != NULL || a->delay != G_MININT64))
    return fail_option (error, "--people, --today and --arrival-delay are for --practice only.");
  if (!check_limits (a))
    return fail_option (error, "--max-connections takes 16 to 1000000, --max-connections-per-address 1 to 1000000.");
  options->limits = &a->limits;
  options->data_dir = a->data;
  options->practice = a->practice;
  options->port = (guint16)a->port;
  options->pages_port = (guint16)a->pages_port;
  options->people = a->people;
  options->host = a->host;
  options->department = a->department;
  options->tls_cert = a->cert;
  options->tls_key = a->key;
  options->ca = a->ca;
  options->has_arrival_delay = a->delay != G_MININT64;
  options->arrival_delay = a->delay;
  if (a->today == NULL)
    return TRUE;
  int y, m, d;
  if (sscanf (a->today, "%4d-%2d-%2d", &y, &m, &d) != 3 && sscanf (a->today, "%4d%2d%2d", &y, &m, &d) != 3)
    return fail_option (error, "--today takes a day such as 2026-11-23.");
  options->today = qc_date_new (y, m, d);
  return qc_date_is_valid (options->today) || fail_option (error, "--today takes a day such as 2026-11-23.");
}

static gboolean
add_staff (Arguments *a, GError **error)
{
  const char *roles = a->roles != NULL ? a->roles : "counter review cashier";
  if (a->data == NULL)
    return fail_option (error, "--data DIR is needed.");
  if (!check_text (QC_TEXT_USER, &a->staff, error)
      || (a->staff_name != NULL && !check_text (QC_TEXT_PERSON_NAME, &a->staff_name, error)))
    return FALSE;
  char password[1024];
  if (fgets (password, sizeof password, stdin) == NULL)
    password[0] = '\0';
  g_strchomp (password);
  if (g_utf8_strlen (password, -1) < 8)
    return fail_option (error, "The password on standard input needs at least 8 characters.");
  return qc_center_server_add_staff (a->data, a->staff, a->staff_name != NULL ? a->staff_name : a->staff, roles,
                                     password, error);
}

/* One line each for what does not hold, and what to do at the end. */
static int
audit (Arguments *a, GError **error)
{
  g_autoptr (GPtrArray) faults = NULL;
  if (a->data == NULL)
    fail_option (error, "--data DIR is needed.");
  else
    faults = qc_center_audit (a->data, error);
  if (faults == NULL)
    return EXIT_FAILURE;
  for (guint i = 0; i < faults->len; i++)
    printf ("%s\n", (char *)g_ptr_array_index (faults, i));
  if (faults->len == 0) {
    printf ("Database, ledger, log, pictures and signing key hold.\n");
    return EXIT_SUCCESS;
  }
  printf ("%u faults. Serve nothing from this: put back a copy that holds, or have it mended, and look again.\n",
          faults->len);
  return EXIT_FAULTS;
}

static gboolean
renew_key (Arguments *a, GError **error)
{
  if (a->data == NULL)
    return fail_option (error, "--data DIR is needed.");
  if (!qc_center_server_renew_key (a->data, error))
    return FALSE;
  printf ("A new key signs from now on. Keep a copy of %s/signing-key apart from copies of the database, and hand out "
          "the profile.json of the next start.\n",
          a->data);
  return TRUE;
}

static gboolean
run (Arguments *a, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  QcCenterOptions options = {0};
  if (!check (a, &options, error))
    return FALSE;
  /* a client starts the next one as soon as it is done with the last, which may still be writing */
  gboolean piped = a->stdin_pipe || stdin_is_pipe ();
  options.patience = piped ? PIPE_PATIENCE : 0;
  g_autoptr (QcCenterServer) server = qc_center_server_start (&options, error);
  if (server == NULL)
    return FALSE;
  g_unix_signal_add (SIGTERM, end_cb, loop);
  g_unix_signal_add (SIGINT, end_cb, loop);
  if (piped)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, pipe_cb, loop);
  g_autofree char *line = qc_center_server_dup_ready_line (server);
  printf ("%s\n", line);
  fflush (stdout);
  g_main_loop_run (loop);
  return TRUE;
}

static void
clear (Arguments *a)
{
  char *all[] = {a->data, a->host, a->cert, a->key, a->ca, a->department, a->today, a->staff, a->staff_name, a->roles};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

int
main (int argc, char **argv)
{
  Arguments arguments = {.delay = G_MININT64};
  g_log_writer_default_set_use_stderr (TRUE);
  set_language ();
  signal (SIGPIPE, SIG_IGN);
  g_autoptr (GError) error = NULL;
  gboolean good = parse (&argc, &argv, &arguments, &error);
  int status = EXIT_SUCCESS;
  if (good && arguments.version)
    printf ("qingce-center %s\n", QC_VERSION);
  else if (good && arguments.audit)
    status = audit (&arguments, &error);
  else if (good && arguments.new_key)
    good = renew_key (&arguments, &error);
  else if (good)
    good = arguments.staff != NULL ? add_staff (&arguments, &error) : run (&arguments, &error);
  if (error != NULL)
    fprintf (stderr, "qingce-center: %s\n", error->message);
  if (g_error_matches (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA)) {
    good = TRUE;
    status = EXIT_FAULTS;
  }
  clear (&arguments);
  return good ? status : EXIT_FAILURE;
}
