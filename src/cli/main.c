/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * qingce-cli's main: language, then the command line.
 */
#include <glib/gi18n.h>
#include <locale.h>

#include "qc-cli.h"

int
main (int argc, char *argv[])
{
  const char *localedir = g_getenv ("QINGCE_LOCALEDIR");
  g_log_writer_default_set_use_stderr (
      TRUE); /* also what is asked for by G_MESSAGES_DEBUG: stdout is the program's own */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir && *localedir ? localedir : QC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_autoptr (QcCli) cli = qc_cli_new ();
  return qc_cli_main (cli, argv);
}
