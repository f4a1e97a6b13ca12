/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A 补缴 of thousands of lines, and who could be back-paid among everybody, through the service that the page uses:
 *
 * bench-reviewed find FOLDER                         everybody with their history looked through, and cancelled
 * bench-reviewed fill FOLDER LINES                   puts so many of those found on the roster
 * bench-reviewed edit FOLDER                         opens it: all checks; a line more, and a cell, until it is written
 * bench-reviewed submit FOLDER ROBOT LIST STATEMENT  submits it with two pictures
 *
 * "busy" is the longest time that the main loop was away from its poll.
 */
#include "bench-draft.h"
#include "qc-attachments.h"
#include "qc-back-search.h"

#include <stdlib.h>

#define RUNS  9
#define EDITS 30

static void
note (GArray *samples, double value)
{
  g_array_append_val (samples, value);
}

static GArray *
new_samples (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
print_samples (const char *name, GArray *samples)
{
  bench_print (name, samples);
  g_array_unref (samples);
}

static QcRosterService *
open_back_payment (QcSession *session)
{
  QcRosterService *service = qc_roster_service_new (session, QC_BUSINESS_BACK_PAYMENT, 0);
  bench_run_until (bench_is_settled, service, "the roster");
  return service;
}

/* --- the finder --- */

/* Asks as the page does for what it shows. */
typedef struct {
  QcRosterService *service;  /* borrowed */
  GCancellable *cancellable; /* (nullable) borrowed: cancelled when a third is done */
  double last;
  int steps;        /* how often there was more than before */
  gint64 cancelled; /* when it was; 0 = was not */
} Watch;

static gboolean
watch_cb (gpointer data)
{
  Watch *watch = data;
  double now = qc_back_search_get_progress (watch->service);
  watch->steps += now > watch->last;
  watch->last = now;
  if (watch->cancellable != NULL && watch->cancelled == 0 && now > 1.0 / 3) {
    watch->cancelled = g_get_monotonic_time ();
    g_cancellable_cancel (watch->cancellable);
  }
  return G_SOURCE_CONTINUE;
}

/* (transfer full) (nullable) NULL: it was cancelled */
static GPtrArray *
search (QcRosterService *service, Watch *watch)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  qc_back_search_async (service, QC_MONTH_NONE, watch->cancellable, bench_result_cb, &slot);
  guint asking = g_timeout_add (20, watch_cb, watch);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_source_remove (asking);
  GPtrArray *found = qc_back_search_finish (service, done, &error);
  if (found == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bench_die ("looking for who could be back-paid", error);
  return found;
}

static void
measure_finder (QcRosterService *service)
{
  GArray *took = new_samples (), *busy = new_samples (), *steps = new_samples (), *cancel = new_samples ();
  for (int run = 0; run < RUNS; run++) {
    Watch watch = {.service = service};
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    g_autoptr (GPtrArray) found = search (service, &watch);
    note (took, bench_since (begun));
    note (busy, bench_busy_ms ());
    note (steps, watch.steps);
    if (run == 0)
      bench_print_one ("find-candidates", found->len);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Watch ended = {.service = service, .cancellable = cancellable};
    g_autoptr (GPtrArray) none = search (service, &ended);
    if (none != NULL)
      bench_die ("cancelling the search", NULL);
    note (cancel, bench_since (ended.cancelled));
  }
  print_samples ("find", took);
  print_samples ("find-busy", busy);
  print_samples ("find-steps", steps);
  print_samples ("find-cancel", cancel);
}

/* --- a roster of so many --- */

/* From @at on, as many as @n; those whose lines have faults go, and others come. */
static void
fill (QcRosterService *service, guint n)
{
  Watch watch = {.service = service};
  g_autoptr (GPtrArray) found = search (service, &watch);
  guint at = 0;
  while (bench_lines_of (service)->len < n) {
    g_autoptr (GPtrArray) some = g_ptr_array_new ();
    for (guint missing = n - bench_lines_of (service)->len; missing > 0 && at < found->len; missing--)
      g_ptr_array_add (some, g_ptr_array_index (found, at++));
    if (some->len == 0)
      bench_die ("too few could be back-paid", NULL);
    qc_back_search_add (service, some, NULL);
    bench_run_until (bench_is_settled, service, "those found on the roster");
    g_autoptr (GArray) faulty = g_array_new (FALSE, FALSE, sizeof (gint64));
    for (guint i = 0; i < bench_lines_of (service)->len; i++) {
      const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service), i);
      if (qc_roster_model_is_faulty (qc_roster_service_get_model (service), line->id))
        g_array_append_val (faulty, line->id);
    }
    qc_roster_service_remove (service, (const gint64 *)faulty->data, faulty->len);
    bench_run_until (bench_is_settled, service, "a roster without faults");
  }
}

/* --- edits --- */

static void
measure_checks (QcRosterService *service)
{
  GArray *took = new_samples (), *busy = new_samples ();
  for (int run = 0; run < RUNS; run++) {
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    qc_business_service_refresh (QC_BUSINESS_SERVICE (service)); /* reads everybody anew and looks at every line */
    bench_run_until (bench_is_settled, service, "all checks");
    note (took, bench_since (begun));
    note (busy, bench_busy_ms ());
  }
  print_samples ("checks", took);
  print_samples ("checks-busy", busy);
}

static gboolean
is_on_roster (QcRosterService *service, const char *account)
{
  for (guint i = 0; i < bench_lines_of (service)->len; i++)
    if (g_strcmp0 (((const QcRosterLine *)g_ptr_array_index (bench_lines_of (service), i))->account, account) == 0)
      return TRUE;
  return FALSE;
}

/* 添加 of one who is not on it yet, as 选择人员 does; each goes again. */
static void
measure_lines (QcRosterService *service, const GPtrArray *candidates)
{
  GArray *took = new_samples (), *busy = new_samples ();
  for (guint i = candidates->len; i > 0 && took->len < EDITS; i--) {
    const QcBackCandidate *candidate = g_ptr_array_index (candidates, i - 1);
    if (is_on_roster (service, candidate->person->account))
      continue;
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_ptr_array_add (one, candidate->person);
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    if (qc_roster_service_add_people (service, one, ids) != 1)
      bench_die ("adding a line", NULL);
    bench_run_until (bench_is_settled, service, "a line more");
    note (took, bench_since (begun));
    note (busy, bench_busy_ms ());
    qc_roster_service_remove (service, (const gint64 *)ids->data, ids->len);
    bench_run_until (bench_is_settled, service, "a line less");
  }
  print_samples ("add", took);
  print_samples ("add-busy", busy);
}

/* The months of one line, which changes what it costs. */
static void
measure_cells (QcRosterService *service)
{
  GArray *took = new_samples (), *busy = new_samples ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20221012);
  while (took->len < 2 * EDITS) {
    guint at = (guint)g_rand_int_range (random, 0, (gint32)bench_lines_of (service)->len);
    const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service), at);
    gint64 id = line->id;
    g_autofree char *was = g_strdup_printf ("%d", line->from);
    const char *texts[] = {"202001", was};
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
      bench_watch_loop ();
      gint64 begun = g_get_monotonic_time ();
      if (!qc_roster_service_enter (service, id, QC_LINE_FROM, texts[i]))
        bench_die ("a month is not taken", NULL);
      bench_run_until (bench_is_settled, service, "a month entered");
      note (took, bench_since (begun));
      note (busy, bench_busy_ms ());
    }
  }
  print_samples ("cell", took);
  print_samples ("cell-busy", busy);
}

static void
edit (QcRosterService *service)
{
  Watch watch = {.service = service};
  g_autoptr (GPtrArray) candidates = search (service, &watch);
  measure_checks (service);
  measure_lines (service, candidates);
  measure_cells (service);
}

/* --- 办理 --- */

static void
attach (QcAttachments *attachments, const char *kind, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  qc_attachments_add_async (attachments, kind, 0, &file, 1, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  g_autoptr (QcAttachmentResult) result = qc_attachments_add_finish (attachments, done, &error);
  if (result == NULL || result->added != 1)
    bench_die ("attaching a picture", error);
}

static void
submit (QcSession *session, char *robot, const char *list, const char *statement)
{
  bench_sign_in (session, robot);
  g_autoptr (QcRosterService) service = open_back_payment (session);
  g_autoptr (QcAttachments) attachments = qc_attachments_new (service);
  attach (attachments, "roster", list);
  attach (attachments, "statement", statement);
  bench_print_one ("submit-answer", bench_send_roster (service).answered);
}

int
main (int argc, char *argv[])
{
  if (argc < 3)
    bench_die ("bench-reviewed find|fill|edit|submit FOLDER …", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[2], &context);
  if (g_str_equal (argv[1], "submit") && argc == 6) {
    submit (session, argv[3], argv[4], argv[5]);
  } else {
    g_autoptr (QcRosterService) service = open_back_payment (session);
    if (g_str_equal (argv[1], "find"))
      measure_finder (service);
    else if (g_str_equal (argv[1], "fill") && argc == 4)
      fill (service, (guint)atoi (argv[3]));
    else if (g_str_equal (argv[1], "edit"))
      edit (service);
    bench_print_one ("lines", bench_lines_of (service)->len);
  }
  bench_session_close (session, context);
  return 0;
}
