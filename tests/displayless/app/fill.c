/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fills a data folder with the known people, to look at the windows with them: fill DIR FLAGS EXTRA, then
 * QINGCE_DATA=DIR qingce.
 */
#include <stdlib.h>

#include "qc-app-fixture.h"

int
main (int argc, char *argv[])
{
  QcAppFixture *fixture;

  if (argc < 3) {
    g_printerr ("%s DIR FLAGS [EXTRA]\n", argv[0]);
    return 2;
  }
  fixture = qc_app_fixture_new (argv[1], (QcFill)atoi (argv[2]), argc > 3 ? (guint)atoi (argv[3]) : 0);
  g_clear_object (&fixture->session);
  qc_context_shutdown (fixture->context);
  g_clear_object (&fixture->context);
  return 0;
}
