/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft of 封存/启封 with everybody of the unit on it, through the service that its page uses. Three runs over one
 * data folder, a process each, so that memory is that of the run:
 *
 * bench-roster fill FOLDER                    puts everybody on the roster, with a reason for each
 * bench-roster edit FOLDER                    opens it; cells, a paste of ten thousand rows, undo
 * bench-roster bases FOLDER                   缴存基数调整 of everybody by a percentage, undo, and the amounts of all
 * bench-roster submit-bases FOLDER ROBOT      submits that draft
 * bench-roster import FOLDER FILE             a clerk's workbook with everybody: read and judged, taken over, undone
 * bench-roster submit FOLDER ROBOT PROFILE    encodes it, submits it; what another unit's reads wait meanwhile
 * bench-roster transfer FOLDER ROBOT PROFILE  同城转移 of a thousand to a unit of some thousands, and what it takes a
 *                                             client of either unit to have it
 *
 * Beside a cell that is written: a bare commit of one row in the same folder, with the same pragmas, in turn. "busy" is
 * the longest time that the main loop was away from its poll.
 */
#include <string.h>
#include <time.h>

#include "bench-client.h"
#include "bench-draft.h"
#include "qc-connection.h"
#include "qc-outbox-list.h"
#include "qc-people-choice.h"
#include "qc-roster-import.h"
#include "qc-pull.h"
#include "qc-roster-service.h"
#include "qc-wire-submission.h"

#define EDITS      400
#define PASTE_ROWS 10000
#define RUNS       5
#define LIMIT      120 /* seconds */

/* Of all threads: what a busy machine does not add to. */
static double
cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000.0 + now.tv_nsec / 1e6;
}

/* --- the service --- */

static gboolean
is_loaded (gpointer service)
{
  bench_check_readable (service);
  return qc_draft_is_loaded (bench_draft_of (service));
}

/* Everybody who can be on it; the ids of their lines. (transfer full) */
static GArray *
add_everybody (QcRosterService *service)
{
  bench_run_until (bench_is_settled, service, "an empty roster");
  g_autoptr (QcPeopleChoice) choice = qc_people_choice_new (service);
  g_autoptr (GAsyncResult) slot = NULL;
  qc_people_choice_choose_all_async (choice, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) chosen = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (qc_people_choice_choose_all_finish (choice, chosen, &error) < 0)
    bench_die ("choosing all", error);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  qc_people_choice_add (choice, ids);
  bench_run_until (bench_is_settled, service, "everybody on the roster");
  return ids;
}

/* Those who cannot be submitted go. */
static void
remove_faulty (QcRosterService *service)
{
  g_autoptr (GArray) faulty = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint l = 0; l < bench_lines_of (service)->len; l++) {
    const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service), l);
    if (qc_roster_model_is_faulty (qc_roster_service_get_model (service), line->id))
      g_array_append_val (faulty, line->id);
  }
  qc_roster_service_remove (service, (const gint64 *)faulty->data, faulty->len);
  bench_run_until (bench_is_settled, service, "a roster without faults");
}

static void
fill (QcSession *session)
{
  g_autoptr (QcRosterService) service = qc_roster_service_new (session, QC_BUSINESS_SEALING, 0);
  bench_run_until (bench_is_settled, service, "an empty roster");
  g_autoptr (QcPeopleChoice) choice = qc_people_choice_new (service);
  bench_watch_loop ();
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) slot = NULL;
  qc_people_choice_choose_all_async (choice, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) chosen = bench_await (&slot);
  g_autoptr (GError) error = NULL;
  if (qc_people_choice_choose_all_finish (choice, chosen, &error) < 0)
    bench_die ("choosing all", error);
  bench_print_one ("choose-all", bench_since (begun));
  begun = g_get_monotonic_time ();
  qc_people_choice_add (choice, NULL);
  bench_run_until (bench_is_settled, service, "everybody on the roster");
  bench_print_one ("add-all", bench_since (begun));

  const GPtrArray *codes = qc_roster_service_get_facts (service)->codes;
  for (guint i = 0; i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    for (guint l = 0; l < bench_lines_of (service)->len && !code->needs_text; l++) {
      const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service), l);
      if (line->reason == NULL && g_strcmp0 (qc_rules_roster_reason_list (QC_BUSINESS_SEALING, line), code->list) == 0)
        g_array_append_val (ids, line->id);
    }
    if (ids->len == 0)
      continue;
    if (!qc_roster_service_enter_many (service, (const gint64 *)ids->data, ids->len, QC_LINE_REASON, code->code))
      bench_die ("the reasons are not taken", NULL);
    bench_run_until (bench_is_settled, service, "a reason for each"); /* many lines are changed in pieces */
  }
  remove_faulty (service); /* an opened one whose base is no longer allowed */
  bench_print_one ("lines", bench_lines_of (service)->len);
}

/* --- opening --- */

static QcRosterService *
open_draft (QcSession *session)
{
  bench_watch_loop ();
  double cpu = cpu_ms ();
  gint64 begun = g_get_monotonic_time ();
  QcRosterService *service = qc_roster_service_new (session, QC_BUSINESS_SEALING, 0);
  bench_run_until (is_loaded, service, "opening the draft");
  bench_print_one ("open", bench_since (begun));
  bench_print_one ("open-cpu", cpu_ms () - cpu);
  bench_run_until (bench_is_settled, service, "what it stands on");
  bench_print_one ("open-checked", bench_since (begun));
  bench_print_one ("open-busy", bench_busy_ms ());
  return service;
}

static void
measure_checks (QcRosterService *service)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (double));
  for (int run = 0; run < RUNS; run++) {
    bench_watch_loop ();
    double cpu = cpu_ms ();
    gint64 begun = g_get_monotonic_time ();
    qc_business_service_refresh (QC_BUSINESS_SERVICE (service)); /* reads everybody anew and looks at every line */
    bench_run_until (bench_is_settled, service, "all checks");
    double took = bench_since (begun);
    double most = bench_busy_ms ();
    g_array_append_val (samples, took);
    g_array_append_val (busy, most);
    cpu = cpu_ms () - cpu;
    g_array_append_val (cpus, cpu);
  }
  bench_print ("checks", samples);
  bench_print ("checks-cpu", cpus);
  bench_print ("checks-busy", busy);
}

/* --- cells --- */

static QcConnection *
open_bare (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  QcConnection *connection = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
  if (connection == NULL
      || !qc_connection_exec (connection,
                              "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, facts TEXT);"
                              "INSERT OR REPLACE INTO bare VALUES (1, '')",
                              &error))
    bench_die ("the bare database", error);
  return connection;
}

static double
commit_bare (QcConnection *connection, int number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql
      = g_strdup_printf ("BEGIN IMMEDIATE; UPDATE bare SET facts = 'x%d' WHERE id = 1; COMMIT", number);
  gint64 begun = g_get_monotonic_time ();
  if (!qc_connection_exec (connection, sql, &error))
    bench_die ("a bare commit", error);
  return bench_since (begun);
}

static void
measure_cells (QcRosterService *service, const char *folder)
{
  g_autoptr (QcConnection) bare = open_bare (folder);
  g_autoptr (GRand) random = g_rand_new_with_seed (20221012);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bares = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (double));
  for (int i = 0; i < EDITS; i++) {
    const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service),
                                                  g_rand_int_range (random, 0, (gint32)bench_lines_of (service)->len));
    /* never what is there already, from a run before */
    g_autofree char *text = g_strdup_printf ("因故 %" G_GINT64_FORMAT, g_get_real_time ());
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    if (!qc_roster_service_enter (service, line->id, QC_LINE_REASON_TEXT, text))
      bench_die ("a cell takes nothing", NULL);
    double took = bench_since (begun);
    g_array_append_val (shown, took);
    bench_run_until (bench_is_written, bench_draft_of (service), "writing a cell");
    took = bench_since (begun);
    g_array_append_val (written, took);
    bench_run_until (bench_is_settled, service, "checking a cell");
    took = bench_busy_ms ();
    g_array_append_val (busy, took);
    took = commit_bare (bare, i);
    g_array_append_val (bares, took);
  }
  bench_print ("cell-entered", shown);
  bench_print ("cell-written", written);
  bench_print ("cell-busy", busy);
  bench_print ("bare-commit", bares);
}

/* --- blocks --- */

/* Half of the rows name lines that are there, half people who are not on the roster. (transfer full) */
static char *
prepare_block (QcRosterService *service)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  GString *text = g_string_new ("account\treason_text\n");
  guint n = bench_lines_of (service)->len, wanted = MIN (PASTE_ROWS, n);
  for (guint i = n - wanted; i < n; i++) {
    const QcRosterLine *line = g_ptr_array_index (bench_lines_of (service), i);
    g_string_append_printf (text, "%s\t贴 %u\n", line->account, i);
    if (i % 2 == 0)
      g_array_append_val (gone, line->id);
  }
  qc_roster_service_remove (service, (const gint64 *)gone->data, gone->len);
  bench_run_until (bench_is_settled, service, "removing lines");
  return g_string_free (text, FALSE);
}

static void
measure_blocks (QcRosterService *service)
{
  static const char *const names[]
      = {"paste", "paste-written", "undo", "redo", "paste-busy", "undo-busy", "remove-undo", "remove-undo-busy"};
  GArray *samples[G_N_ELEMENTS (names)];
  g_autofree char *text = prepare_block (service);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    samples[i] = g_array_new (FALSE, FALSE, sizeof (double));
#define NOTE(i, value)                      \
  {                                         \
    double noted = (value);                 \
    g_array_append_val (samples[i], noted); \
  }
  for (int run = 0; run < RUNS; run++) {
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    g_autoptr (GAsyncResult) slot = NULL;
    qc_roster_service_paste_async (service, 0, QC_LINE_NAME, text, NULL, bench_result_cb, &slot);
    g_autoptr (GAsyncResult) done = bench_await (&slot);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcPasteResult) pasted = qc_roster_service_paste_finish (service, done, &error);
    if (pasted == NULL || pasted->added + pasted->changed != PASTE_ROWS)
      bench_die ("pasting", error);
    bench_run_until (bench_is_checked, service, "checking what was pasted");
    NOTE (0, bench_since (begun))
    bench_run_until (bench_is_settled, service, "writing what was pasted");
    NOTE (1, bench_since (begun))
    NOTE (4, bench_busy_ms ())

    bench_watch_loop ();
    begun = g_get_monotonic_time ();
    qc_draft_undo (bench_draft_of (service));
    bench_run_until (bench_is_settled, service, "undoing");
    NOTE (2, bench_since (begun))
    NOTE (5, bench_busy_ms ())

    begun = g_get_monotonic_time ();
    qc_draft_redo (bench_draft_of (service));
    bench_run_until (bench_is_settled, service, "redoing");
    NOTE (3, bench_since (begun))
    qc_draft_undo (bench_draft_of (service));
    bench_run_until (bench_is_settled, service, "undoing again");

    /* taken from the middle one by one in the log, and brought back */
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    for (guint i = 0; i < bench_lines_of (service)->len && ids->len < PASTE_ROWS; i += 2)
      g_array_append_val (ids, ((QcRosterLine *)g_ptr_array_index (bench_lines_of (service), i))->id);
    qc_roster_service_remove (service, (const gint64 *)ids->data, ids->len);
    bench_run_until (bench_is_settled, service, "removing");
    bench_watch_loop ();
    begun = g_get_monotonic_time ();
    qc_draft_undo (bench_draft_of (service));
    bench_run_until (bench_is_settled, service, "bringing lines back");
    NOTE (6, bench_since (begun))
    NOTE (7, bench_busy_ms ())
  }
#undef NOTE
  /* all lines are there again for the next run */
  qc_draft_undo (bench_draft_of (service));
  bench_run_until (bench_is_settled, service, "bringing back what was not on the roster");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    bench_print (names[i], samples[i]);
    g_array_unref (samples[i]);
  }
}

static void
reloaded_cb (QcPeopleList *list, gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

/* What the program has done before a clerk gets to a roster: the database's caches are as full as they get. */
static void
show_people (QcSession *session)
{
  static const char *const searches[] = {"", "王", "zhang", ""};
  g_autoptr (QcPeopleList) list = qc_people_list_new (session);
  gboolean reloaded = FALSE;
  g_signal_connect (list, "reloaded", G_CALLBACK (reloaded_cb), &reloaded);
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++) {
    reloaded = FALSE;
    if (i == 0)
      qc_people_list_reload (list);
    else
      qc_people_list_set_search (list, searches[i]);
    bench_await_flag (&reloaded, LIMIT, "the people");
  }
}

static void
edit (QcSession *session, const char *folder)
{
  show_people (session);
  double before = bench_memory ("VmRSS:");
  g_autoptr (QcRosterService) service = open_draft (session);
  measure_checks (service);
  bench_print_one ("lines", bench_lines_of (service)->len);
  bench_print_one ("memory", bench_memory ("VmRSS:") - before);
  measure_cells (service, folder);
  measure_blocks (service);
}

/* --- bases --- */

static void
note (GArray *samples, double value)
{
  g_array_append_val (samples, value);
}

/* The base of everybody on it in one step and back; and what follows from all bases, by itself. */
static void
measure_scaling (QcRosterService *service, const gint64 *ids, guint n)
{
  static const char *const names[] = {"bases-set",  "bases-set-written",  "bases-set-busy", "bases-amounts",
                                      "bases-undo", "bases-undo-written", "bases-undo-busy"};
  GArray *samples[G_N_ELEMENTS (names)];
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    samples[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (int run = 0; run < RUNS; run++) {
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    if (!qc_roster_service_scale_base (service, ids, n, 300 + run, QC_ROUNDING_HALF_UP_YUAN))
      bench_die ("the base of everybody", NULL);
    bench_run_until (bench_is_checked, service, "the base of everybody");
    note (samples[0], bench_since (begun));
    bench_run_until (bench_is_settled, service, "writing the bases");
    note (samples[1], bench_since (begun));
    note (samples[2], bench_busy_ms ());
    begun = g_get_monotonic_time ();
    for (guint i = 0; i < n; i++)
      qc_rules_roster_complete (QC_BUSINESS_BASE_ADJUSTMENT, qc_roster_service_get_facts (service),
                                g_ptr_array_index (bench_lines_of (service), i));
    note (samples[3], bench_since (begun));
    bench_watch_loop ();
    begun = g_get_monotonic_time ();
    qc_draft_undo (bench_draft_of (service));
    bench_run_until (bench_is_checked, service, "undoing the bases");
    note (samples[4], bench_since (begun));
    bench_run_until (bench_is_settled, service, "writing what was undone");
    note (samples[5], bench_since (begun));
    note (samples[6], bench_busy_ms ());
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    bench_print (names[i], samples[i]);
    g_array_unref (samples[i]);
  }
}

static void
bases (QcSession *session)
{
  g_autoptr (QcRosterService) service = qc_roster_service_new (session, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  g_autoptr (GArray) ids = add_everybody (service);
  bench_print_one ("bases-lines", ids->len);
  measure_scaling (service, (const gint64 *)ids->data, ids->len);
  qc_roster_service_scale_base (service, (const gint64 *)ids->data, ids->len, 300, QC_ROUNDING_HALF_UP_YUAN);
  bench_run_until (bench_is_settled, service, "the bases that are submitted");
  remove_faulty (service);
}

static void
submit_bases (QcSession *session, char *robot)
{
  bench_sign_in (session, robot);
  g_autoptr (QcRosterService) service = qc_roster_service_new (session, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  bench_run_until (bench_is_settled, service, "the draft of the bases");
  bench_print_one ("bases-sent-lines", bench_lines_of (service)->len);
  bench_watch_loop ();
  bench_print_one ("bases-answer", bench_send_roster (service).answered);
  bench_print_one ("bases-answer-busy", bench_busy_ms ());
}

/* --- submitting --- */

static void
encode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, qc_wire_encode_submission (data), (GDestroyNotify)g_bytes_unref);
}

static void
measure_encode (QcRosterService *service)
{
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_SEALING);
  for (guint i = 0; i < bench_lines_of (service)->len; i++)
    qc_roster_take (submission->roster, -1, qc_roster_line_copy (g_ptr_array_index (bench_lines_of (service), i)));
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  for (int run = 0; run < RUNS; run++) {
    g_autoptr (GAsyncResult) slot = NULL;
    g_autoptr (GTask) task = g_task_new (NULL, NULL, bench_result_cb, &slot);
    g_task_set_task_data (task, submission, NULL);
    gint64 begun = g_get_monotonic_time ();
    g_task_run_in_thread (task, encode_thread);
    g_autoptr (GAsyncResult) done = bench_await (&slot);
    double took = bench_since (begun);
    g_autoptr (GBytes) body = g_task_propagate_pointer (G_TASK (done), NULL);
    g_array_append_val (samples, took);
    if (run == 0)
      bench_print_one ("body-mib", g_bytes_get_size (body) / 1048576.0);
  }
  bench_print ("encode", samples);
}

/* Another unit's reads, one after the other, as fast as they are answered. */
typedef struct {
  const BenchClient *client; /* borrowed */
  SoupSession *soup;         /* (owned) */
  GArray *waits;             /* (owned) */
  gint stop;
} Reader;

static gpointer
read_thread (gpointer data)
{
  Reader *reader = data;
  g_autofree char *path = bench_client_next_page (reader->client, "people", NULL);
  while (!g_atomic_int_get (&reader->stop)) {
    gint64 begun = g_get_monotonic_time ();
    g_autoptr (GBytes) page = bench_client_get (reader->soup, reader->client, path);
    double took = bench_since (begun);
    g_array_append_val (reader->waits, took);
    g_usleep (5000);
  }
  return NULL;
}

static void
submit (QcSession *session, const char *folder, char *robot, const char *profile)
{
  bench_sign_in (session, robot);
  BenchClient other = {0};
  g_autofree char *beside = g_build_filename (folder, "other-client", NULL);
  bench_client_open (&other, profile, beside, robot, "xuexiao");
  Reader reader = {&other, bench_client_soup (&other), g_array_new (FALSE, FALSE, sizeof (double)), 0};

  g_autoptr (QcRosterService) service = open_draft (session);
  measure_encode (service);
  bench_run_until (bench_can_submit, service, "what can be submitted");
  GThread *thread = g_thread_new ("other unit", read_thread, &reader);
  bench_watch_loop ();
  BenchSent sent = bench_send_roster (service);
  bench_print_one ("queued", sent.queued);
  bench_print_one ("answer", sent.answered);
  bench_print_one ("submit-busy", bench_busy_ms ());
  g_atomic_int_set (&reader.stop, 1);
  g_thread_join (thread);
  bench_print ("other-reads", reader.waits);
  g_array_unref (reader.waits);
  g_object_unref (reader.soup);
  bench_client_close (&other);
}

/* --- 同城转移 --- */

#define RECEIVER       "231100000059" /* of xuexiao */
#define MOVED          1000
#define MOVED_AT_FIRST 3000 /* so that it is no small unit */

/* @n sealed people to the other unit. */
static void
transfer_some (QcSession *session, guint n)
{
  g_autoptr (QcRosterService) service = qc_roster_service_new (session, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (GArray) ids = add_everybody (service);
  if (ids->len < n)
    bench_die ("too few people are sealed", NULL);
  const gint64 *all = (const gint64 *)ids->data;
  qc_roster_service_remove (service, all + n, ids->len - n);
  qc_roster_service_enter_many (service, all, n, QC_LINE_TARGET_UNIT, RECEIVER);
  bench_send_roster (service);
}

/* Milliseconds from the beginning of a pull of all feeds to its end. */
static double
pull_all (BenchClient *client)
{
  g_autoptr (GAsyncResult) slot = NULL;
  gint64 begun = g_get_monotonic_time ();
  qc_pull_async (client->tokens, qc_store_get_database (client->store), qc_profile_get_id (client->profile),
                 client->unit, NULL, NULL, NULL, NULL, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  double took = bench_since (begun);
  QcPullResult result;
  g_autoptr (GError) error = NULL;
  if (!qc_pull_finish (client->tokens, done, &result, &error))
    bench_die ("a pull", error);
  return took;
}

static gpointer
count_people (QcConnection *connection, gpointer count, GCancellable *cancellable, GError **error)
{
  return qc_connection_get_int (connection, "SELECT count(*) FROM person WHERE gone = 0", 0, count, error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* The people of the unit, as this client has them. */
static gint64
people_of (BenchClient *client)
{
  gint64 count;
  g_autoptr (GError) error = NULL;
  if (!qc_database_read (qc_store_get_database (client->store), "count", count_people, &count, &error))
    bench_die ("counting the people", error);
  return count;
}

static void
transfer (QcSession *session, const char *folder, char *robot, const char *profile)
{
  static const struct {
    const char *name, *user;
    int gets;
  } sides[] = {{"transfer-sender", "muye", -MOVED}, {"transfer-receiver", "xuexiao", MOVED}};
  BenchClient clients[G_N_ELEMENTS (sides)] = {0};
  GArray *samples[G_N_ELEMENTS (sides)];
  gint64 people[G_N_ELEMENTS (sides)];
  bench_sign_in (session, robot);
  transfer_some (session, MOVED_AT_FIRST);
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
    g_autofree char *beside = g_build_filename (folder, sides[i].name, NULL);
    bench_client_open (&clients[i], profile, beside, robot, sides[i].user);
    samples[i] = g_array_new (FALSE, FALSE, sizeof (double));
    pull_all (&clients[i]);
    people[i] = people_of (&clients[i]);
  }
  for (int run = 0; run < RUNS; run++) {
    transfer_some (session, MOVED);
    for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
      note (samples[i], pull_all (&clients[i]));
      people[i] += sides[i].gets;
      if (people_of (&clients[i]) != people[i])
        bench_die ("a pull that is not complete", NULL);
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++) {
    g_autofree char *name = g_strconcat (sides[i].name, "-people", NULL);
    bench_print (sides[i].name, samples[i]);
    bench_print_one (name, (double)people[i]);
    g_array_unref (samples[i]);
    bench_client_close (&clients[i]);
  }
}

/* --- a clerk's file --- */

/* From the file to the roster and back: read and every row judged, taken over, undone. */
static void
measure_import (QcRosterService *service, const char *path)
{
  static const char *const names[]
      = {"import-checked", "import-busy", "import-adopted", "import-adopt-busy", "import-undo", "import-undo-busy"};
  GArray *samples[G_N_ELEMENTS (names)];
  g_autoptr (GFile) file = g_file_new_for_path (path);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    samples[i] = g_array_new (FALSE, FALSE, sizeof (double));
#define NOTE(i, value)                      \
  {                                         \
    double noted = (value);                 \
    g_array_append_val (samples[i], noted); \
  }
  for (int run = 0; run < RUNS; run++) {
    g_autoptr (QcRosterImport) import = qc_roster_import_new (service);
    g_autoptr (GError) error = NULL;
    bench_watch_loop ();
    gint64 begun = g_get_monotonic_time ();
    g_autoptr (GAsyncResult) slot = NULL;
    qc_roster_import_open_async (import, file, NULL, bench_result_cb, &slot);
    g_autoptr (GAsyncResult) opened = bench_await (&slot);
    if (!qc_roster_import_open_finish (import, opened, &error))
      bench_die ("reading the workbook", error);
    qc_roster_import_check_async (import, NULL, bench_result_cb, &slot);
    g_autoptr (GAsyncResult) checked = bench_await (&slot);
    const QcImportResult *result = qc_roster_import_check_finish (import, checked, &error);
    if (result == NULL || result->counts[QC_IMPORT_ADDED] == 0)
      bench_die ("judging the workbook", error);
    NOTE (0, bench_since (begun))
    NOTE (1, bench_busy_ms ())
    bench_watch_loop ();
    begun = g_get_monotonic_time ();
    guint added, changed;
    if (!qc_roster_import_adopt (import, FALSE, &added, &changed, &error))
      bench_die ("taking over the workbook", error);
    bench_run_until (bench_is_checked, service, "what was taken over");
    NOTE (2, bench_since (begun))
    NOTE (3, bench_busy_ms ())
    bench_run_until (bench_is_settled, service, "writing what was taken over");
    if (run == 0)
      bench_print_one ("import-lines", added + changed);
    bench_watch_loop ();
    begun = g_get_monotonic_time ();
    qc_draft_undo (bench_draft_of (service));
    bench_run_until (bench_is_checked, service, "undoing it");
    NOTE (4, bench_since (begun))
    NOTE (5, bench_busy_ms ())
    bench_run_until (bench_is_settled, service, "writing the undo");
  }
#undef NOTE
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    bench_print (names[i], samples[i]);
    g_array_unref (samples[i]);
  }
}

static void
import_file (QcSession *session, const char *path)
{
  g_autoptr (QcRosterService) service = qc_roster_service_new (session, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  bench_run_until (bench_is_settled, service, "an empty roster");
  measure_import (service, path);
}

int
main (int argc, char *argv[])
{
  if (argc < 3)
    bench_die ("bench-roster fill|edit|bases|import|submit-bases|submit|transfer FOLDER …", NULL);
  QcContext *context;
  QcSession *session = bench_session_open (argv[2], &context);
  if (g_str_equal (argv[1], "fill"))
    fill (session);
  else if (g_str_equal (argv[1], "edit"))
    edit (session, argv[2]);
  else if (g_str_equal (argv[1], "bases"))
    bases (session);
  else if (g_str_equal (argv[1], "import") && argc == 4)
    import_file (session, argv[3]);
  else if (g_str_equal (argv[1], "submit-bases") && argc == 4)
    submit_bases (session, argv[3]);
  else if (g_str_equal (argv[1], "transfer") && argc == 5)
    transfer (session, argv[2], argv[3], argv[4]);
  else if (argc == 5)
    submit (session, argv[2], argv[3], argv[4]);
  bench_session_close (session, context);
  return 0;
}
