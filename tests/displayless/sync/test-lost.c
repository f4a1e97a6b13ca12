/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The real center gone between 办理 and its answer, for each business that is done at once: before the body arrived,
 * after it was committed and before the answer left, and with the answer lost on its way. Nothing is done twice, what
 * was asked for is done, and both units' clients have it as the center has. In between stands a cable that sees in the
 * center's database whether it has committed, and cuts before a byte of the answer is through.
 */
#include <string.h>

#include "qc-engine.h"
#include "qc-practice-data.h"
#include "qc-receiver.h"
#include "qc-rules-roster.h"
#include "qc-sql.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-unit-field.h"
#include "qc-wire-submission.h"
#include "sync-center.h"
#include "sync-fake.h"

#define UNIT     QC_PRACTICE_UNIT_COLLECTION /* of muye */
#define RECEIVER QC_PRACTICE_UNIT_TRANSFER   /* of xuexiao */

/* ---- the cable ---- */

typedef enum { WHOLE, CUT, CUT_ONCE_COMMITTED, KILL_ONCE_COMMITTED } CableState;

typedef struct {
  GSocketService *service;
  guint16 port;
  Center *center;
  char *ledger;     /* path */
  gint center_port; /* atomic, as the next ones */
  gint state, hit;
  gint64 keys; /* answers that the center had when the cable was made to watch */
} Cable;

static gint64
count_in (const char *ledger, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = qc_connection_open (ledger, QC_CONNECTION_READ_ONLY, &error);
  gint64 n = 0;
  g_assert_no_error (error);
  qc_connection_get_int (connection, sql, 0, &n, &error);
  g_assert_no_error (error);
  return n;
}

#define KEYS "SELECT count(*) FROM answer_key"

/* Whether what comes next from the center must not arrive. */
static gboolean
is_cut (Cable *cable)
{
  int state = g_atomic_int_get (&cable->state);
  if (state == WHOLE || state == CUT)
    return state == CUT;
  if (count_in (cable->ledger, KEYS) <= cable->keys)
    return FALSE;
  if (state == KILL_ONCE_COMMITTED)
    g_subprocess_force_exit (cable->center->process);
  g_atomic_int_set (&cable->state, CUT);
  return TRUE;
}

typedef struct {
  Cable *cable;
  GIOStream *from, *to;
  gboolean answers; /* from the center */
} Half;

static gpointer
carry (gpointer data)
{
  Half *half = data;
  GInputStream *in = g_io_stream_get_input_stream (half->from);
  GOutputStream *out = g_io_stream_get_output_stream (half->to);
  char buffer[16 * 1024];
  gssize n;
  while ((n = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0) {
    if (half->answers ? is_cut (half->cable) : g_atomic_int_get (&half->cable->state) == CUT) {
      g_atomic_int_set (&half->cable->hit, TRUE);
      break;
    }
    if (!g_output_stream_write_all (out, buffer, (gsize)n, NULL, NULL, NULL))
      break;
  }
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (half->from)), TRUE, TRUE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (half->to)), TRUE, TRUE, NULL);
  return NULL;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *client, GObject *source, Cable *cable)
{
  g_autoptr (GSocketClient) dial = g_socket_client_new ();
  g_autoptr (GSocketConnection) center = g_socket_client_connect_to_host (
      dial, "127.0.0.1", (guint16)g_atomic_int_get (&cable->center_port), NULL, NULL);
  if (g_atomic_int_get (&cable->state) == CUT)
    g_atomic_int_set (&cable->hit, TRUE);
  else if (center != NULL) {
    Half there = {cable, G_IO_STREAM (client), G_IO_STREAM (center), FALSE};
    Half back = {cable, G_IO_STREAM (center), G_IO_STREAM (client), TRUE};
    GThread *thread = g_thread_new ("there", carry, &there);
    carry (&back);
    g_thread_join (thread);
  }
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
  return TRUE;
}

/* Where the center listens, by its profile; the client's says where the cable does. */
static void
plug (Cable *cable, Client *client)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (cable->center->profile_path, &text, NULL, &error);
  g_assert_no_error (error);
  const char *api = strstr (text, "https://127.0.0.1:");
  g_assert_nonnull (api);
  const char *port = api + strlen ("https://127.0.0.1:");
  char *rest;
  g_atomic_int_set (&cable->center_port, (gint)g_ascii_strtoull (port, &rest, 10));
  g_autofree char *changed = g_strdup_printf ("%.*s%u%s", (int)(port - text), text, cable->port, rest);
  g_autofree char *path = g_build_filename (client->folder, "cable.json", NULL);
  g_file_set_contents (path, changed, -1, &error);
  g_autoptr (QcProfile) profile = qc_profile_new_practice (path, &error);
  g_assert_no_error (error);
  qc_transport_set_profile (client->transport, profile, &error);
  g_assert_no_error (error);
}

static Cable *
cable_new (Center *center)
{
  Cable *cable = g_new0 (Cable, 1);
  g_autoptr (GError) error = NULL;
  cable->center = center;
  cable->ledger = g_build_filename (center->folder, "center.db", NULL);
  cable->service = g_threaded_socket_service_new (16);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_socket_listener_add_address (G_SOCKET_LISTENER (cable->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  cable->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  g_signal_connect (cable->service, "run", G_CALLBACK (run_cb), cable);
  return cable;
}

static void
cable_free (Cable *cable)
{
  g_socket_service_stop (cable->service);
  g_socket_listener_close (G_SOCKET_LISTENER (cable->service));
  g_object_unref (cable->service);
  g_free (cable->ledger);
  g_free (cable);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cable, cable_free)

/* ---- what is asked for ---- */

typedef struct {
  QcBusiness business;
  const char *profile;
  const QcOtherUnit *to;
  QcSubmission *submission;
} Make;

static void
change_unit (const QcUnit *unit, QcSubmission *submission)
{
  static const char *const facts[][2] = {{"DWDZ", "黑河市爱辉区迎宾路九号"}, {"DWLXDH", "0456-8229876"}};
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    qc_fact_list_add (submission->facts, facts[i][0], qc_unit_field_get (qc_unit_field_find (facts[i][0]), unit),
                      facts[i][1]);
}

typedef struct {
  const Make *make;
  const QcRosterFacts *facts;
} Enter;

/* Everybody whom the rules let onto it as it is entered here, three at most. */
static gboolean
enter_cb (const QcEmployee *employee, gpointer user_data)
{
  const Enter *enter = user_data;
  QcBusiness business = enter->make->business;
  QcRoster *roster = enter->make->submission->roster;
  g_autoptr (QcFinding) refused = qc_roster_rules (business)->refuse (enter->facts, employee);
  if (refused != NULL || roster->lines->len == 3)
    return TRUE;
  QcRosterLine *line = qc_rules_roster_new_line (business, enter->facts, employee);
  if (business == QC_BUSINESS_TRANSFER) {
    qc_line_set_text (line, QC_LINE_TARGET_UNIT, enter->make->to->account);
    qc_line_set_text (line, QC_LINE_TARGET_NAME, enter->make->to->name);
  } else {
    qc_line_set_int (line, QC_LINE_NEW_BASE, employee->base + 10000);
  }
  qc_rules_roster_complete (business, enter->facts, line);
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  qc_rules_roster_check_line (business, enter->facts, line, findings);
  if (qc_findings_block (findings))
    qc_roster_line_free (line);
  else
    qc_roster_take (roster, -1, line);
  return TRUE;
}

static gpointer
make_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Make *make = data;
  g_autoptr (QcUnit) unit = NULL;
  g_autoptr (GArray) policies = qc_store_policies_get (connection, make->profile, UNIT, error);
  g_autoptr (GArray) ratios = qc_store_ratios_get (connection, make->profile, UNIT, error);
  g_autoptr (GPtrArray) codes = qc_store_codes_get (connection, make->profile, UNIT, NULL, error);
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_true (qc_store_unit_get (connection, make->profile, UNIT, &unit, error));
  g_hash_table_insert (units, make->to->account, (gpointer)make->to);
  QcRosterFacts facts
      = {.unit = unit, .policies = policies, .ratios = ratios, .codes = codes, .units = units, .today = 20261123};
  Enter enter = {make, &facts};
  make->submission = qc_submission_new (make->business);
  make->submission->effective = qc_rules_roster_effective (make->business, unit);
  if (make->business == QC_BUSINESS_UNIT_CHANGE)
    change_unit (unit, make->submission);
  else
    g_assert_true (qc_store_people_scan (connection, make->profile, UNIT, enter_cb, &enter, error));
  return QC_DATABASE_DONE;
}

/* (transfer full) */
static QcSubmission *
make_submission (Client *client, QcBusiness business)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_receiver_ask_async (client->tokens, UNIT, RECEIVER, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (QcOtherUnit) to = qc_receiver_ask_finish (client->tokens, result, &error);
  g_assert_no_error (error);
  Make make = {business, qc_profile_get_id (client->profile), to, NULL};
  qc_database_read (client->database, "make", make_cb, &make, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (make.submission->roster->lines->len + make.submission->facts->len, >, 0);
  return make.submission;
}

/* ---- what came of it ---- */

static void
pull_well (Client *client, const char *unit)
{
  g_autoptr (GError) error = NULL;
  client_pull (client, unit, NULL, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char *profile, *unit, *account;
  QcEmployee *person; /* (nullable) */
  QcUnit *registered;
} Look;

static gpointer
look_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  return qc_store_unit_get (connection, look->profile, look->unit, &look->registered, error)
                 && (look->account == NULL
                     || qc_store_people_get (connection, look->profile, look->unit, look->account, &look->person,
                                             error))
             ? QC_DATABASE_DONE
             : NULL;
}

static Look
look_at (Client *client, const char *unit, const char *account)
{
  Look look = {qc_profile_get_id (client->profile), unit, account, NULL, NULL};
  g_autoptr (GError) error = NULL;
  qc_database_read (client->database, "look", look_cb, &look, &error);
  g_assert_no_error (error);
  return look;
}

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->person, qc_employee_free);
  g_clear_pointer (&look->registered, qc_unit_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
assert_person (Client *client, Client *other, QcBusiness business, const QcRosterLine *line)
{
  g_auto (Look) here = look_at (client, UNIT, line->account);
  g_auto (Look) there = look_at (other, RECEIVER, line->account);
  if (business == QC_BUSINESS_BASE_ADJUSTMENT) {
    g_assert_cmpint (here.person->base, ==, line->new_base);
    g_assert_null (there.person);
    return;
  }
  g_assert_null (here.person);
  g_assert_cmpint (there.person->status, ==, QC_PERSON_NORMAL);
  g_assert_cmpint (there.person->opened, ==, line->first_month);
  g_assert_true (there.person->base_pending);
}

/* Both clients have what @sent asked for. */
static void
assert_done (Client *client, Client *other, const QcSubmission *sent)
{
  pull_well (client, UNIT);
  pull_well (other, RECEIVER);
  for (guint i = 0; i < sent->roster->lines->len; i++)
    assert_person (client, other, sent->business, g_ptr_array_index (sent->roster->lines, i));
  g_auto (Look) unit = look_at (client, UNIT, NULL);
  for (guint i = 0; i < sent->facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (sent->facts, i);
    g_assert_cmpstr (qc_unit_field_get (qc_unit_field_find (fact->name), unit.registered), ==, fact->value);
  }
}

static gint64
count_applications (Cable *cable, QcBusiness business)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count(*) FROM application WHERE business = '%s'", qc_business_info (business)->code);
  return count_in (cable->ledger, sql);
}

static void
audit (Cable *cable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = qc_connection_open (cable->ledger, QC_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_true (qc_engine_audit (connection, &error));
  g_assert_no_error (error);
}

/* ---- the rows ---- */

typedef struct {
  const char *what;
  CableState state;
  QcStoreOutboxState after; /* the first attempt */
  gboolean again;           /* the body is sent once more under its key, as by somebody who did not ask */
} Row;

static const Row rows[] = {
    {"not-arrived", CUT, QC_STORE_OUTBOX_QUEUED, FALSE},
    {"answer-lost", CUT_ONCE_COMMITTED, QC_STORE_OUTBOX_UNKNOWN, FALSE},
    {"killed", KILL_ONCE_COMMITTED, QC_STORE_OUTBOX_UNKNOWN, FALSE},
    {"sent-again", CUT_ONCE_COMMITTED, QC_STORE_OUTBOX_UNKNOWN, TRUE},
};
static const QcBusiness businesses[] = {QC_BUSINESS_TRANSFER, QC_BUSINESS_BASE_ADJUSTMENT, QC_BUSINESS_UNIT_CHANGE};

static gpointer
get_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreOutboxItem *item = qc_store_outbox_get (connection, *(gint64 *)data, error);
  return item != NULL && qc_store_outbox_load_body (connection, item, error) ? item : NULL;
}

static QcStoreOutboxItem *
item_of (Client *client, gint64 id)
{
  return qc_database_read (client->database, "get", get_item, &id, NULL);
}

/* The center's answer names the application that is there. */
static void
send_again (Client *client, const QcStoreOutboxItem *item)
{
  QcRequest request = {.method = item->method,
                       .path = item->path,
                       .body = item->body,
                       .content_type = QC_SUBMISSION_CONTENT_TYPE,
                       .key = item->key,
                       .changes = TRUE};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_tokens_send_async (client->tokens, &request, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (QcAnswer) answer = qc_tokens_send_finish (client->tokens, result, &error);
  g_assert_no_error (error);
  g_autoptr (QcWireAnswer) wire = qc_wire_decode_answer (answer->body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wire->application->key, ==, item->key);
}

static gboolean
was_hit (gpointer cable)
{
  return g_atomic_int_get (&((Cable *)cable)->hit);
}

static void
play (Cable *cable, Client *client, Client *other, const Row *row, QcBusiness business)
{
  g_autoptr (QcSubmission) submission = make_submission (client, business);
  g_autoptr (GBytes) body = qc_wire_encode_submission (submission);
  gint64 id = client_enqueue (client, UNIT, body);
  gint64 before = count_applications (cable, business);
  cable->keys = count_in (cable->ledger, KEYS);
  g_atomic_int_set (&cable->hit, FALSE);
  g_atomic_int_set (&cable->state, row->state);
  client_push (client, NULL); /* whatever comes of it */
  wait_until (was_hit, cable);
  g_autoptr (QcStoreOutboxItem) lost = item_of (client, id);
  g_assert_cmpstr (qc_store_outbox_state_to_code (lost->state), ==, qc_store_outbox_state_to_code (row->after));
  g_assert_cmpint (count_in (cable->ledger, KEYS), ==, cable->keys + (row->state != CUT));
  if (row->state == KILL_ONCE_COMMITTED)
    center_restart (cable->center, TRUE);
  plug (cable, client);
  plug (cable, other);
  g_atomic_int_set (&cable->state, WHOLE);
  if (row->again)
    send_again (client, lost);
  g_autoptr (GError) error = NULL;
  client_push (client, &error);
  g_assert_no_error (error);
  g_autoptr (QcStoreOutboxItem) item = item_of (client, id);
  g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, "accepted");
  g_assert_cmpint (count_in (cable->ledger, KEYS), ==, cable->keys + 1);
  assert_done (client, other, submission);
  g_assert_cmpint (count_applications (cable, business), ==, before + 1);
  audit (cable);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *folder = g_dir_make_tmp ("qc-center-XXXXXX", NULL);
  g_autoptr (Center) center = center_start (folder, 42);
  g_autoptr (Client) client = client_new (center, "muye");
  g_autoptr (Client) other = client_new (center, "xuexiao");
  g_autoptr (Cable) cable = cable_new (center);
  plug (cable, client);
  plug (cable, other);
  pull_well (client, UNIT);
  pull_well (other, RECEIVER);
  for (guint i = 0; i < G_N_ELEMENTS (businesses); i++)
    play (cable, client, other, row, businesses[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/sync/lost/", rows[i].what, NULL);
    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
