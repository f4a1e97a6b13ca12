/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fills a data folder with the known people, to look at the windows with them, and says how long a 汇缴 preview of them
 * takes: fill-store DIR FLAGS EXTRA, then QINGCE_DATA=DIR qingce.
 */
#include <stdlib.h>

#include "qc-app-fixture.h"
#include "qc-remittance-service.h"

static gboolean
is_settled (gpointer data)
{
  return qc_remittance_service_get_preview (data) && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (data));
}

static void
time_preview (QcSession *session)
{
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (session);
  qc_app_fixture_until (is_settled, service);
  for (guint i = 0; i < 5; i++) {
    gint64 begin = g_get_monotonic_time ();
    qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
    qc_app_fixture_until (is_settled, service);
    g_print ("preview: %.0f ms\n", (double)(g_get_monotonic_time () - begin) / 1000);
  }
}

int
main (int argc, char *argv[])
{
  if (argc < 3) {
    g_printerr ("%s DIR FLAGS [EXTRA]\n", argv[0]);
    return 2;
  }
  QcAppFixture *fixture = qc_app_fixture_new (argv[1], (QcFill)atoi (argv[2]), argc > 3 ? (guint)atoi (argv[3]) : 0);
  time_preview (fixture->session);
  g_clear_object (&fixture->session);
  qc_context_shutdown (fixture->context);
  g_clear_object (&fixture->context);
  return 0;
}
