/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The client's main: language, context, application. What it makes is passed on; there are no globals.
 */
#include <glib/gi18n.h>
#include <locale.h>
#include <unistd.h>

#include "qc-desktop.h"

int
main (int argc, char *argv[])
{
  const char *localedir = g_getenv ("QINGCE_LOCALEDIR");
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir && *localedir ? localedir : QC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  QcContext *context = qc_context_new (NULL);
  QcDesktop *desktop = qc_desktop_new (context);
  int status = g_application_run (G_APPLICATION (desktop), argc, argv);
  gboolean again = qc_desktop_goes_on (desktop);
  g_object_unref (desktop);
  g_object_unref (context);
  if (again)
    execv ("/proc/self/exe", argv);
  return status;
}
