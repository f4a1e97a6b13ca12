/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Search and 汇缴 preview over a filled data folder, through the same objects the pages use, so that a key's time goes
 * from what was typed to rows and totals on the main thread.
 *
 * bench-lists FOLDER
 */
#include "bench.h"

#include "qc-people-list.h"
#include "qc-remittance-service.h"

#define RUNS 7

/* Typed letter by letter: names, pinyin, initials, the end of a document number, an account. */
static const char *const typed[] = {"王伟", "zhangwei", "lxy", "0016", "欧阳", "1002310", "zhao m", "不在这里"};

static void
reloaded_cb (QcPeopleList *list, gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

/* Every beginning of @text, as the keys make them. */
static void
type_text (QcPeopleList *list, const char *text, gboolean *reloaded, GArray *samples)
{
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end)) {
    g_autofree char *so_far = g_strndup (text, end - text);
    *reloaded = FALSE;
    gint64 begun = g_get_monotonic_time ();
    qc_people_list_set_search (list, so_far);
    bench_await_flag (reloaded, 20, "a search");
    double took = bench_since (begun);
    g_array_append_val (samples, took);
    if (*end == '\0')
      return;
  }
}

static void
measure_search (QcSession *session)
{
  g_autoptr (QcPeopleList) list = qc_people_list_new (session);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean reloaded = FALSE;
  g_signal_connect (list, "reloaded", G_CALLBACK (reloaded_cb), &reloaded);
  qc_people_list_reload (list);
  bench_await_flag (&reloaded, 20, "the roster");
  bench_print_one ("people", (double)qc_people_list_get_totals (list)->people);
  for (int run = 0; run < RUNS; run++)
    for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
      type_text (list, typed[i], &reloaded, samples);
  bench_print ("search", samples);
}

static QcRemittancePreview *
preview (QcRemittanceService *service)
{
  g_autoptr (GAsyncResult) slot = NULL;
  qc_remittance_service_preview_async (service, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  QcRemittancePreview *made = qc_remittance_service_preview_finish (service, done, &error);
  if (made == NULL)
    bench_die ("the preview", error);
  return made;
}

static void
measure_preview (QcSession *session)
{
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (session);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  for (int run = 0; run < RUNS; run++) {
    gint64 begun = g_get_monotonic_time ();
    qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
    QcRemittancePreview *made = preview (service);
    double took = bench_since (begun);
    g_array_append_val (samples, took);
    if (run == 0) {
      bench_print_one ("preview-people", (double)qc_remittance_preview_get_people (made));
      bench_print_one ("preview-months", (double)qc_remittance_preview_get_lines (made)->len);
    }
    g_object_unref (made);
  }
  bench_print ("preview", samples);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-lists FOLDER", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  measure_search (session);
  measure_preview (session);
  bench_session_close (session, context);
  return 0;
}
