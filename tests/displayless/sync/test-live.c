/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * After any failure the outbox empties by itself once its cause is gone: every fault of a network or of what stands in
 * it, at each kind of request, with nobody doing anything, within the longest wait. Time is the test's own: it passes
 * when all that goes on waits for it. In short every fault once and every kind some times; in long (make prove) all of
 * them, and for most of an hour.
 */
#include "sync-fake.h"

#include <string.h>

#include "../bare-jpeg.h"
#include "../prove.h"
#include "qc-digest.h"
#include "qc-store-attachments.h"
#include "qc-store-outbox.h"
#include "qc-store.h"
#include "sync-gate.h"
#include "sync-monitor.h"
#include "sync-trace.h"

#define UNIT         "231100000042"
#define BEGIN        1000000 /* unix seconds */
#define LONGEST      600     /* seconds that something waits for which nobody named a time */
#define GIVEN_UP     7200    /* longer than anything here may wait */
#define STANDSTILL   300000  /* microseconds */
#define PICTURE      200000  /* bytes: two parts */
#define ACTED_ON     "HJ9"
#define JSON_HEAD    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define ANSWER_HEAD  "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
#define SIGN_IN_PAGE "<html><body>Wi-Fi</body></html>"

/* ---- what goes wrong ---- */

typedef enum {
  CUT,    /* the connection ends, after @raw if that is not NULL */
  SAYS,   /* @status, @type, @body */
  SILENT, /* no answer */
  BABBLE, /* @raw, then @body again and again */
} Way;

typedef struct {
  const char *name;
  Way way;
  gboolean processed; /* the center does what it was asked for before */
  const char *raw, *type, *body;
  guint status, retry_after;
  GateMode gate; /* what becomes of the network behind the cut */
} Fault;

static const Fault faults[] = {
    {"cut-before", CUT, FALSE},
    {"cut-after", CUT, TRUE},
    {"cut-in-headers", CUT, TRUE, "HTTP/1.1 201 Crea"},
    {"cut-in-body", CUT, TRUE, ANSWER_HEAD "Content-Length: 500\r\n\r\n{\"appl"},
    {"garbled", CUT, TRUE, ANSWER_HEAD "Content-Length: 8\r\n\r\n{\"appl\":"},
    {"not-http", CUT, FALSE, "\x01\x02\x03\x04\r\n\r\n"},
    {"too-large", CUT, TRUE, JSON_HEAD "Content-Length: 99000000000\r\n\r\n{"},
    {"silent-before", SILENT, FALSE},
    {"silent-after", SILENT, TRUE},
    {"endless", BABBLE, TRUE, JSON_HEAD "Connection: close\r\n\r\n", NULL, "                "},
    {"continue", BABBLE, FALSE, "", NULL, "HTTP/1.1 100 Continue\r\n\r\n"},
    {"empty", SAYS, FALSE, NULL, "application/json", "", 200},
    {"something-else", SAYS, FALSE, NULL, "application/json", "{\"good\":1}", 200},
    {"as-text", SAYS, TRUE, NULL, "text/plain", "{}", 200},
    {"portal-200", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 200},
    {"portal-302", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 302},
    {"portal-511", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 511},
    {"proxy-401", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 401},
    {"proxy-403", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 403},
    {"proxy-403-json", SAYS, FALSE, NULL, "application/json", "{\"error\":\"blocked\"}", 403},
    {"proxy-404", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 404},
    {"proxy-407", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 407},
    {"proxy-408", SAYS, FALSE, NULL, NULL, "", 408},
    {"proxy-500", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 500},
    {"proxy-502", SAYS, TRUE, NULL, "text/html", SIGN_IN_PAGE, 502},
    {"proxy-503", SAYS, FALSE, NULL, "text/html", SIGN_IN_PAGE, 503},
    {"proxy-504", SAYS, TRUE, NULL, NULL, "", 504},
    {"center-401", SAYS, FALSE, NULL, QC_PROBLEM_CONTENT_TYPE, QC_PROBLEM_UNAUTHORIZED, 401},
    {"center-429", SAYS, FALSE, NULL, QC_PROBLEM_CONTENT_TYPE, QC_PROBLEM_TOO_MANY, 429},
    {"center-429-wait", SAYS, FALSE, NULL, QC_PROBLEM_CONTENT_TYPE, QC_PROBLEM_TOO_MANY, 429, 700},
    {"center-500", SAYS, TRUE, NULL, QC_PROBLEM_CONTENT_TYPE, QC_PROBLEM_UNAVAILABLE, 500},
    {"center-503-wait", SAYS, FALSE, NULL, QC_PROBLEM_CONTENT_TYPE, QC_PROBLEM_UNAVAILABLE, 503, 120},
    {"refused", CUT, FALSE, .gate = GATE_REFUSED},
    {"refused-after", CUT, TRUE, .gate = GATE_REFUSED},
    {"closed", CUT, FALSE, .gate = GATE_CLOSED},
    {"reset", CUT, TRUE, .gate = GATE_RESET},
    {"black-hole", CUT, TRUE, .gate = GATE_SILENT},
    {"cut-in-handshake", CUT, FALSE, .gate = GATE_HELLO},
    {"handshake-refused", CUT, TRUE, .gate = GATE_ALERT},
    {"portal-for-tls", CUT, FALSE, .gate = GATE_PORTAL},
    {"garbage-for-tls", CUT, TRUE, .gate = GATE_GARBAGE},
    {"other-certificate", CUT, TRUE, .gate = GATE_DIVERTED},
};

/* ---- what is asked ---- */

typedef enum { GREETING, TOKEN, SUBMISSION, QUESTION, CREATE, PART, HEAD, ACTION, PULL, N_KINDS } Kind;
static const char *const kinds[N_KINDS]
    = {"greeting", "token", "submission", "question", "create", "part", "head", "action", "pull"};

static Kind
kind_of (SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);
  return g_str_equal (path, "/oauth/token")                ? TOKEN
         : g_str_has_prefix (path, "/api/v1/submissions/") ? QUESTION
         : strstr (path, "/feeds/")                        ? PULL
         : strstr (path, "/uploads") && *method == 'P'     ? (method[1] == 'O' ? CREATE : PART)
         : strstr (path, "/uploads")                       ? HEAD
         : strstr (path, "/actions")                       ? ACTION
         : g_str_has_suffix (path, "/submissions")         ? SUBMISSION
                                                           : GREETING;
}

/* ---- the play ---- */

typedef struct {
  GSource *source; /* (owned) */
  gint64 due;
} Wait;

typedef struct {
  const Fault *fault;
  Kind kind, also;   /* what it strikes */
  gboolean over;     /* the fault's cause is gone */
  gboolean begun;    /* what has to go wrong before, so that there is a request of this kind, went wrong */
  gint64 now, clear; /* seconds; when the cause went, or is to go */
  gint64 skew;       /* of this computer's clock */
  gint64 ready;      /* when all was well again, 0 = not yet */
  GArray *waits;     /* Wait */
  guint under_way;   /* requests, when somebody last looked … */
  gint64 since;      /* … and since when (monotonic) as many */
  guint ticker;
  GSource *fired; /* (owned) (nullable) */
  Fake *fake, *other;
  Gate *gate;
  TestMonitor *monitor;
  char *folder;
  QcStore *store;
  QcSync *sync;
  gboolean acts; /* the clerk's 删除 … */
  GAsyncResult *acted;
  guint queued; /* submissions */
  GPtrArray *trace;
} Play;

/* Time passes only when somebody says so. */
static gboolean
wait_dispatch (GSource *source, GSourceFunc func, gpointer data)
{
  return func (data);
}

static GSource *
wait_cb (guint seconds, gpointer user_data)
{
  static GSourceFuncs funcs = {.dispatch = wait_dispatch};
  Play *play = user_data;
  Wait wait = {.source = g_source_new (&funcs, sizeof (GSource)), .due = play->now + seconds};
  g_source_ref (wait.source);
  g_array_append_val (play->waits, wait);
  return wait.source;
}

static void
wait_clear (gpointer data)
{
  g_source_unref (((Wait *)data)->source);
}

/* How many requests are under way; forgets what is not waited for any more. */
static guint
count_requests (Play *play)
{
  guint n = 0;
  for (guint i = play->waits->len; i-- > 0;) {
    GSource *source = g_array_index (play->waits, Wait, i).source;
    if (g_source_is_destroyed (source))
      g_array_remove_index_fast (play->waits, i);
    else
      n += g_strcmp0 (g_source_get_name (source), "qc-exchange limit") == 0;
  }
  return n;
}

/* All requests wait for what gets no answer. One may stand behind another's handshake, which only libsoup knows: when
 * nothing has happened for a while, it does. That is about how long a play takes, not about what it shows. */
static gboolean
is_stuck (Play *play)
{
  guint requests = count_requests (play);
  if (requests != play->under_way)
    play->since = g_get_monotonic_time ();
  play->under_way = requests;
  return play->gate->waiting > 0
         && (requests == play->gate->waiting || g_get_monotonic_time () - play->since > STANDSTILL);
}

/* All that goes on waits for time to pass. */
static gboolean
is_quiet (gpointer data)
{
  Play *play = data;
  if (play->fired != NULL && !g_source_is_destroyed (play->fired))
    return FALSE;
  if (is_stuck (play))
    return TRUE;
  return play->under_way == 0 && qc_sync_get_state (play->sync) != QC_SYNC_STATE_SYNCING
         && !qc_outbox_is_uploading (qc_sync_get_outbox (play->sync)) && play->acts == (play->acted != NULL);
}

static void
clear_fault (Play *play)
{
  play->over = TRUE;
  play->clear = play->now;
  trace_add (play->trace, TRACE_CLEAR, play->now, 0, NULL, NULL);
  gate_set (play->gate, GATE_OPEN);
  gate_let_go (play->gate);
}

/* To whatever is due next. */
static void
pass_time (Play *play)
{
  const Wait *next = NULL;
  for (guint i = 0; i < play->waits->len; i++) {
    const Wait *wait = &g_array_index (play->waits, Wait, i);
    if (!g_source_is_destroyed (wait->source) && (next == NULL || wait->due < next->due))
      next = wait;
  }
  if (!play->over && (next == NULL || next->due >= play->clear)) {
    play->now = play->clear;
    clear_fault (play);
    return;
  }
  g_assert_nonnull (next); /* else nothing would ever happen again */
  play->now = MAX (play->now, next->due);
  g_clear_pointer (&play->fired, g_source_unref);
  play->fired = g_source_ref (next->source);
  g_source_set_ready_time (next->source, 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gint64
now_cb (gpointer user_data)
{
  const Play *play = user_data;
  return play->now + play->skew;
}

/* ---- what the center sees ---- */

static void
note_sent (Play *play, SoupServerMessage *message)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Idempotency-Key");
  trace_add (play->trace, TRACE_SENT, play->now, 0, key, digest);
}

static void
say (const Fault *fault, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  if (fault->type != NULL && g_str_equal (fault->type, QC_PROBLEM_CONTENT_TYPE)) {
    fake_problem (message, fault->status, fault->body);
  } else {
    soup_server_message_set_status (message, fault->status, NULL);
    soup_server_message_set_response (message, fault->type, SOUP_MEMORY_STATIC, fault->body, strlen (fault->body));
  }
  if (fault->status == 302)
    soup_message_headers_replace (headers, "Location", "https://192.0.2.1/sign-in");
  if (fault->retry_after > 0) {
    g_autofree char *seconds = g_strdup_printf ("%u", fault->retry_after);
    soup_message_headers_replace (headers, "Retry-After", seconds);
  }
}

static void
strike (Play *play, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const Fault *fault = play->fault;
  if (fault->processed)
    fake_answer (play->fake, message, path, query);
  if (fault->gate != GATE_OPEN)
    gate_set (play->gate, fault->gate);
  switch (fault->way) {
  case CUT:
    fake_cut (message, fault->raw);
    break;
  case SAYS:
    say (fault, message);
    break;
  case SILENT:
    gate_hold (play->gate, soup_server_message_steal_connection (message), TRUE);
    break;
  case BABBLE:
    fake_babble (message, fault->raw, fault->body, 0);
    break;
  }
}

/* A question is asked of what was cut, an upload asked about that was. */
static gboolean
strike_first (Play *play, Kind kind, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (play->begun || !((play->kind == QUESTION && kind == SUBMISSION) || (play->kind == HEAD && kind == PART)))
    return FALSE;
  play->begun = TRUE;
  if (play->fault->processed)
    fake_answer (play->fake, message, path, query);
  fake_cut (message, NULL);
  return TRUE;
}

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Play *play = fake->data;
  Kind kind = kind_of (message, path);
  if (kind == SUBMISSION || kind == ACTION)
    note_sent (play, message);
  if (play->over || play->fault == NULL)
    return FALSE;
  if (strike_first (play, kind, message, path, query))
    return TRUE;
  if (kind != play->kind && kind != play->also)
    return FALSE;
  strike (play, message, path, query);
  return TRUE;
}

/* ---- what the clerk sees ---- */

static gpointer
get_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_get (connection, *(gint64 *)data, error);
}

static QcStoreOutboxItem *
read_item (Play *play, gint64 id)
{
  g_autoptr (GError) error = NULL;
  QcStoreOutboxItem *item = qc_database_read (qc_store_get_database (play->store), "get", get_item, &id, &error);
  g_assert_no_error (error);
  return item;
}

/* Actions are queued by the outbox itself. */
static void
step_cb (const char *step, gint64 id, gpointer user_data)
{
  Play *play = user_data;
  g_autoptr (QcStoreOutboxItem) item = read_item (play, id);
  if (g_str_equal (step, "begun") && !g_str_equal (item->kind, "submission"))
    trace_add (play->trace, TRACE_QUEUED, play->now, id, item->key, NULL)->action = TRUE;
}

static void
told_cb (QcOutbox *outbox, gint64 id, Play *play)
{
  g_autoptr (QcStoreOutboxItem) item = read_item (play, id);
  const char *state = qc_store_outbox_state_to_code (item->state);
  gboolean over = item->state == QC_STORE_OUTBOX_ACCEPTED || item->state == QC_STORE_OUTBOX_REFUSED
                  || item->state == QC_STORE_OUTBOX_WITHDRAWN;
  g_autofree char *what = over ? g_strdup (state)
                               : g_strdup_printf ("%s attempt %" G_GINT64_FORMAT " due %" G_GINT64_FORMAT " %s", state,
                                                  item->attempts, item->next_try, item->reason ? item->reason : "");
  trace_add (play->trace, over ? TRACE_OVER : TRACE_TOLD, play->now, id, item->key, what);
}

static gpointer
count_waiting (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *counts = data;
  return qc_store_outbox_counts (connection, "test", NULL, counts, error) ? QC_DATABASE_DONE : NULL;
}

static gboolean
is_empty (Play *play)
{
  gint64 counts[QC_N_STORE_OUTBOX_STATES] = {0};
  g_autoptr (GError) error = NULL;
  qc_database_read (qc_store_get_database (play->store), "counts", count_waiting, counts, &error);
  g_assert_no_error (error);
  return counts[QC_STORE_OUTBOX_QUEUED] + counts[QC_STORE_OUTBOX_SENDING] + counts[QC_STORE_OUTBOX_UNKNOWN]
             + counts[QC_STORE_OUTBOX_HELD]
         == 0;
}

/* ---- begin and end ---- */

static gpointer
enqueue_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_enqueue (connection, data, 1, error) ? QC_DATABASE_DONE : NULL;
}

static gint64
enqueue (Play *play, QcBusiness business, const char *body, gint64 needs, GBytes *picture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup ("test");
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = business;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = g_bytes_new_static (body, strlen (body));
  if (needs != 0)
    g_array_append_val (item->depends, needs);
  if (picture != NULL) {
    g_autofree char *digest = qc_digest_hex_bytes (picture);
    qc_store_attachment_keep (play->folder, digest, picture, &error);
    g_assert_no_error (error);
    item->attachments = qc_attachment_list_new ();
    g_ptr_array_add (item->attachments,
                     qc_attachment_new ("letter", 0, "1.jpg", digest, (gint64)g_bytes_get_size (picture), NULL));
  }
  qc_database_write (qc_store_get_database (play->store), "enqueue", enqueue_item, item, &error);
  g_assert_no_error (error);
  trace_add (play->trace, TRACE_QUEUED, play->now, item->id, item->key, NULL)->needs = needs;
  play->queued++;
  return item->id;
}

static guint16
port_of (Fake *fake)
{
  return (guint16)g_ascii_strtoull (strrchr (fake->address, ':') + 1, NULL, 10);
}

static void
open_play (Play *play, const Fault *fault, Kind kind)
{
  g_autoptr (GError) error = NULL;
  *play = (Play) {.fault = fault, .kind = kind, .also = kind, .now = BEGIN, .fake = fake_new ()};
  play->waits = g_array_new (FALSE, FALSE, sizeof (Wait));
  g_array_set_clear_func (play->waits, wait_clear);
  play->trace = trace_new ();
  play->ticker = g_timeout_add (100, tick_cb, NULL);
  play->fake->n_people = 2;
  play->fake->data = play;
  play->fake->hook = hook;
  play->gate = gate_new (port_of (play->fake));
  if (fault != NULL && fault->gate == GATE_DIVERTED) {
    play->other = fake_new ();
    play->gate->elsewhere = port_of (play->other);
  }
  play->monitor = test_monitor_new ();
  play->folder = g_dir_make_tmp ("qc-live-XXXXXX", NULL);
  play->store = qc_store_open (play->folder, &error);
  g_assert_no_error (error);
  g_autofree char *api = g_strdup_printf ("https://127.0.0.1:%u", play->gate->port);
  g_autoptr (QcProfile) profile = profile_from ("test", FALSE, api, play->fake->authority->pem);
  QcClock clock = {.now = now_cb, .user_data = play};
  play->sync = qc_sync_new (profile, qc_store_get_database (play->store), G_NETWORK_MONITOR (play->monitor), &clock);
  QcTokens *tokens = qc_sync_get_tokens (play->sync);
  qc_transport_set_wait_func (qc_tokens_get_transport (tokens), wait_cb, play);
  qc_secret_set_memory_only (qc_tokens_get_secret (tokens), TRUE);
  qc_secret_store_async (qc_tokens_get_secret (tokens), "first", NULL, NULL, NULL);
  play->fake->refresh = g_strdup ("first");
  qc_outbox_set_step_func (qc_sync_get_outbox (play->sync), step_cb, play);
  g_signal_connect (qc_sync_get_outbox (play->sync), "changed", G_CALLBACK (told_cb), play);
  qc_sync_set_unit (play->sync, UNIT);
}

static void
close_play (Play *play)
{
  g_source_remove (play->ticker);
  qc_sync_stop (play->sync);
  g_object_unref (play->sync);
  qc_store_close (play->store);
  g_object_unref (play->monitor);
  gate_free (play->gate);
  fake_free (play->fake);
  g_clear_pointer (&play->other, fake_free);
  g_clear_object (&play->acted);
  g_clear_pointer (&play->fired, g_source_unref);
  g_array_unref (play->waits);
  g_ptr_array_unref (play->trace);
  remove_tree (play->folder);
  g_free (play->folder);
}

/* A 汇缴 and a roster behind it, one with a picture, and 删除 of an application, these where it is about them or in
 * long; nobody does anything afterwards. */
static void
begin (Play *play)
{
  gboolean pictures = play->kind == CREATE || play->kind == PART || play->kind == HEAD;
  gint64 first = enqueue (play, QC_BUSINESS_REMITTANCE, FAKE_SUBMISSION, 0, NULL);
  enqueue (play, QC_BUSINESS_SEALING, FAKE_ROSTER, first, NULL);
  if (pictures || prove_is_long ()) {
    g_autoptr (GBytes) picture = bare_jpeg (PICTURE, 7);
    enqueue (play, QC_BUSINESS_REMITTANCE, FAKE_SUBMISSION, 0, picture);
  }
  qc_sync_start (play->sync);
  play->acts = play->kind == ACTION || prove_is_long ();
  if (play->acts)
    qc_outbox_act_async (qc_sync_get_outbox (play->sync), UNIT, ACTED_ON, QC_BUSINESS_REMITTANCE, QC_ACTION_DELETE, 3,
                         NULL, NULL, keep_result_cb, &play->acted);
  wait_until (is_quiet, play);
}

static void
look (Play *play)
{
  wait_until (is_quiet, play);
  if (play->over && play->ready == 0 && qc_sync_get_state (play->sync) == QC_SYNC_STATE_READY && is_empty (play))
    play->ready = play->now;
}

/* Until all is well, or has not become so for long. */
static void
go_on (Play *play)
{
  while (play->ready == 0 && (!play->over || play->now < play->clear + GIVEN_UP)) {
    pass_time (play);
    look (play);
  }
}

/* Until the cause of the failure is gone. */
static void
sit_out (Play *play)
{
  while (!play->over) {
    pass_time (play);
    wait_until (is_quiet, play);
  }
}

static void
judge (Play *play, gint64 longest)
{
  const char *fault = trace_judge (play->trace, longest);
  g_autofree char *trace = trace_print (play->trace);
  if (fault != NULL)
    g_error ("%s, %s\n%s", fault, play->fault ? play->fault->name : "-", trace);
  if (play->ready == 0 || play->ready > play->clear + longest + 1)
    g_error ("not ready within %" G_GINT64_FORMAT " s after %" G_GINT64_FORMAT "\n%s", longest, play->clear, trace);
  g_assert_cmpuint (play->fake->applications, ==, play->queued);
}

/* ---- every fault, every kind ---- */

typedef struct {
  const Fault *fault;
  Kind kind;
} Cell;

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;
  Play play;
  g_random_set_seed (20261130);
  open_play (&play, cell->fault, cell->kind);
  play.clear = play.now + (prove_is_long () ? 45 * 60 : 60);
  begin (&play);
  go_on (&play);
  judge (&play, MAX (LONGEST, cell->fault->retry_after));
  /* a machine that waits sleeps: fewer than one round a minute, but for the first ones */
  g_assert_cmpint (fake_count (play.fake, "GET /api/v1/center"), <=, 20 + (play.now - BEGIN) / 60);
  close_play (&play);
}

static void
add_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (Kind kind = 0; kind < N_KINDS; kind++) {
      if (!prove_is_long () && kind != i % N_KINDS)
        continue;
      g_autofree char *path = g_strdup_printf ("/sync/live/%s/%s", faults[i].name, kinds[kind]);
      Cell *cell = g_new0 (Cell, 1);
      *cell = (Cell) {&faults[i], kind};
      g_test_add_data_func_full (path, cell, test_cell, g_free);
    }
}

static const Fault *
fault_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name))
      return &faults[i];
  g_assert_not_reached ();
}

/* Sent again and again and cut each time, then not even asked about: what it had waited counts when it can be asked
 * about again. */
static void
test_worn_out (void)
{
  for (guint32 seed = 1; seed <= (prove_is_long () ? 9 : 1); seed++) {
    Play play;
    g_random_set_seed (seed);
    open_play (&play, fault_named ("cut-before"), SUBMISSION);
    play.clear = play.now + 80 * 60;
    begin (&play);
    while (play.now < play.clear - 20 * 60) {
      pass_time (&play);
      wait_until (is_quiet, &play);
    }
    play.also = QUESTION;
    go_on (&play);
    judge (&play, LONGEST);
    close_play (&play);
  }
}

/* This computer's clock is set back while something waits for its time. */
static void
test_clock_set_back (void)
{
  static const gint64 skews[] = {-3600, -86400 * 400};
  for (guint i = 0; i < G_N_ELEMENTS (skews); i++) {
    Play play;
    g_random_set_seed (i);
    open_play (&play, fault_named ("cut-before"), SUBMISSION);
    play.clear = play.now + 20 * 60;
    begin (&play);
    sit_out (&play);
    play.skew = skews[i];
    go_on (&play);
    judge (&play, LONGEST);
    close_play (&play);
  }
}

/* ---- what the monitor says ---- */

#define FULL   G_NETWORK_CONNECTIVITY_FULL
#define LOCAL  G_NETWORK_CONNECTIVITY_LOCAL
#define PORTAL G_NETWORK_CONNECTIVITY_PORTAL

/* No network, or one that wants a sign-in first, is sat out; when the monitor says that it is over, all goes at once.
 */
static void
test_monitor (gconstpointer data)
{
  gboolean captive = g_str_equal (data, "captive");
  Play play;
  open_play (&play, NULL, ACTION);
  play.clear = play.now + 20 * 60;
  gate_set (play.gate, captive ? GATE_PORTAL : GATE_REFUSED);
  test_monitor_set (play.monitor, captive, FALSE, captive ? PORTAL : LOCAL);
  begin (&play);
  sit_out (&play);
  g_assert_cmpuint (play.fake->log->len, ==, 0);
  test_monitor_set (play.monitor, TRUE, FALSE, FULL);
  look (&play);
  judge (&play, 0);
  g_assert_cmpint (play.now, ==, play.clear);
  close_play (&play);
}

/* What is paid for by the byte carries what the clerk asked for all the same. */
static void
test_metered (void)
{
  Play play;
  open_play (&play, NULL, CREATE);
  test_monitor_set (play.monitor, TRUE, TRUE, FULL);
  begin (&play);
  clear_fault (&play);
  look (&play);
  judge (&play, 0);
  g_assert_cmpint (play.now, ==, play.clear);
  close_play (&play);
}

/* The network comes and goes every second, and each request that was begun is lost: nothing is sent in a circle, and
 * all goes when it has settled. */
static void
test_flapping (void)
{
  Play play;
  g_random_set_seed (7);
  open_play (&play, fault_named ("cut-after"), SUBMISSION);
  play.clear = G_MAXINT64;
  begin (&play);
  for (guint i = 0; i < 60; i++) {
    play.now++;
    gate_set (play.gate, i % 2 ? GATE_OPEN : GATE_REFUSED);
    test_monitor_set (play.monitor, i % 2, FALSE, i % 2 ? FULL : LOCAL);
    if (i % 3 == 0)
      wait_until (is_quiet, &play);
  }
  clear_fault (&play);
  test_monitor_set (play.monitor, TRUE, FALSE, FULL);
  look (&play);
  go_on (&play);
  judge (&play, LONGEST);
  g_assert_cmpuint (fake_count (play.fake, "POST /api/v1/units/" UNIT "/submissions"), ==, play.queued);
  close_play (&play);
}

/* ---- the checker sees what is wrong ---- */

static gpointer
run_sql (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

/* From its first failure on an outbox has a fault of its own: by the database it leans on, or by telling too early. */
typedef struct {
  const char *name, *fault, *sql, *verdict;
} Planted;

static const Planted planted[] = {
    {"sound", "cut-before", "SELECT 1", NULL},
    {"without-key", "cut-before",
     "CREATE TRIGGER planted AFTER INSERT ON outbox_attempt WHEN NEW.number = 1"
     " BEGIN UPDATE outbox SET key = 'planted-' || id WHERE id = NEW.item; END",
     "no-key"},
    {"dropped", "proxy-403",
     "CREATE TRIGGER planted AFTER UPDATE OF state ON outbox WHEN NEW.state = 'queued'"
     " BEGIN UPDATE outbox SET state = 'refused', status = 403 WHERE id = NEW.id; END",
     "dropped"},
    {"woken-by-a-write", "cut-before",
     "CREATE TRIGGER planted AFTER UPDATE OF next_try ON outbox WHEN NEW.state = 'queued' AND NEW.next_try > 0"
     " BEGIN UPDATE outbox SET next_try = 1000000000 WHERE id = NEW.id; END;"
     "CREATE TRIGGER planted_too AFTER INSERT ON outbox BEGIN UPDATE outbox SET next_try = 0; END",
     "woken"},
    {"never", "cut-before",
     "CREATE TRIGGER planted AFTER UPDATE OF next_try ON outbox WHEN NEW.state = 'queued' AND NEW.next_try > 0"
     " BEGIN UPDATE outbox SET next_try = 1000000000 WHERE id = NEW.id; END",
     "late"},
    {"told-early", "cut-before", NULL, "early"},
    {"reordered", "cut-before",
     "CREATE TRIGGER planted AFTER INSERT ON outbox_dependency BEGIN DELETE FROM outbox_dependency; END", "order"},
};

static void
tell_early_cb (const char *step, gint64 id, gpointer user_data)
{
  Play *play = user_data;
  step_cb (step, id, play);
  if (g_str_equal (step, "answered"))
    g_signal_emit_by_name (qc_sync_get_outbox (play->sync), "changed", id);
}

static void
plant (Play *play, const Planted *row)
{
  g_autoptr (GError) error = NULL;
  if (row->sql == NULL)
    qc_outbox_set_step_func (qc_sync_get_outbox (play->sync), tell_early_cb, play);
  else
    qc_database_write (qc_store_get_database (play->store), "plant", run_sql, (gpointer)row->sql, &error);
  g_assert_no_error (error);
}

static void
test_planted (gconstpointer data)
{
  const Planted *row = data;
  Play play;
  g_random_set_seed (3);
  open_play (&play, fault_named (row->fault), SUBMISSION);
  play.clear = play.now + 20 * 60;
  plant (&play, row);
  begin (&play);
  sit_out (&play);
  if (g_strcmp0 (row->verdict, "woken") == 0) {
    while (play.now < play.clear + LONGEST + 60) {
      pass_time (&play);
      wait_until (is_quiet, &play);
    }
    enqueue (&play, QC_BUSINESS_REMITTANCE, FAKE_SUBMISSION, 0, NULL);
  }
  go_on (&play);
  g_assert_cmpstr (trace_judge (play.trace, LONGEST), ==, row->verdict);
  close_play (&play);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_cells ();
  g_test_add_func ("/sync/live/worn-out", test_worn_out);
  g_test_add_func ("/sync/live/clock-set-back", test_clock_set_back);
  g_test_add_data_func ("/sync/live/monitor/offline", "offline", test_monitor);
  g_test_add_data_func ("/sync/live/monitor/captive", "captive", test_monitor);
  g_test_add_func ("/sync/live/monitor/metered", test_metered);
  g_test_add_func ("/sync/live/monitor/flapping", test_flapping);
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++) {
    g_autofree char *path = g_strconcat ("/sync/live/planted/", planted[i].name, NULL);
    g_test_add_data_func (path, &planted[i], test_planted);
  }
  return g_test_run ();
}
