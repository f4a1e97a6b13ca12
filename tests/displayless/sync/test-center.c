/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The client's sync against the real center: sign-in on its pages, pulling, 汇缴 submitted once whatever is killed.
 */
#include "sync-center.h"
#include "sync-fake.h"

#include <string.h>

#include "qc-receiver.h"
#include "qc-rules-roster.h"
#include "qc-sql.h"
#include "qc-store-applications.h"
#include "qc-store-bases.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-wire-submission.h"

#define COLLECTION "231100000042"
#define TRANSFER   "231100000059"
#define PEOPLE     1234

static Center *
start_center (guint people)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-center-XXXXXX", NULL);
  return center_start (folder, people);
}

static gpointer
count_people (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStorePeopleQuery query = {0};
  QcStorePeopleTotals *totals = g_new0 (QcStorePeopleTotals, 1);
  const char **keys = data;
  g_assert_true (qc_store_people_totals (connection, keys[0], keys[1], &query, totals, error));
  return totals;
}

static gint64
stored_people (Client *client, const char *unit)
{
  const char *keys[] = {qc_profile_get_id (client->profile), unit};
  g_autofree QcStorePeopleTotals *totals = qc_database_read (client->database, "count", count_people, keys, NULL);
  return totals->people;
}

static gpointer
list_applications (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const char **keys = data;
  QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  return qc_store_applications_list (connection, keys[0], keys[1], &query, 0, 1000, error);
}

/* 汇缴 of @unit as pulled that are not deleted. */
static GPtrArray *
open_applications (Client *client, const char *unit)
{
  const char *keys[] = {qc_profile_get_id (client->profile), unit};
  g_autoptr (GPtrArray) all = qc_database_read (client->database, "list", list_applications, keys, NULL);
  GPtrArray *open = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  for (guint i = 0; i < all->len; i++) {
    QcApplication *application = all->pdata[i];
    if (application->state == QC_STATE_REGISTERED) {
      g_ptr_array_add (open, application);
      all->pdata[i] = qc_application_new ();
    }
  }
  return open;
}

static void
pull_well (Client *client, const char *unit, QcPullResult *out)
{
  g_autoptr (GError) error = NULL;
  client_pull (client, unit, out, &error);
  g_assert_no_error (error);
}

static gpointer
get_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_get (connection, *(gint64 *)data, error);
}

static QcStoreOutboxItem *
item_of (Client *client, gint64 id)
{
  return qc_database_read (client->database, "get", get_item, &id, NULL);
}

/* ---- pulling ---- */

static void
test_pull (void)
{
  g_autoptr (Center) center = start_center (PEOPLE);
  g_autoptr (Client) client = client_new (center, "muye");
  QcPullResult first = {0};
  QcPullResult second = {0};
  pull_well (client, COLLECTION, &first);
  g_assert_cmpint (stored_people (client, COLLECTION), ==, PEOPLE);
  g_assert_cmpint (first.changed[0], ==, 1);      /* the unit */
  g_assert_cmpint (first.changed[5], >=, PEOPLE); /* bases */
  g_assert_cmpint (first.changed[6], >, 0);       /* paid */
  pull_well (client, COLLECTION, &second);
  g_assert_cmpint (second.rows, ==, 0);
  g_autoptr (GAsyncResult) result = NULL;
  qc_calls_session_async (client->tokens, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (QcWireSession) session = qc_calls_session_finish (client->tokens, result, NULL);
  g_assert_cmpstr (session->user, ==, "muye");
  g_assert_cmpuint (session->units->len, ==, 1);
}

/* A unit that the grant does not name. */
static void
test_foreign_unit (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "muye");
  g_autoptr (GError) error = NULL;
  g_assert_false (client_pull (client, TRANSFER, NULL, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
  g_assert_cmpint (qc_sync_error_get_problem (error)->status, ==, 403);
}

/* ---- submitting ---- */

static void
test_collection (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "muye");
  pull_well (client, COLLECTION, NULL);
  g_autoptr (GBytes) body = client_claim (client, COLLECTION);
  gint64 id = client_enqueue (client, COLLECTION, body);
  g_autoptr (GError) error = NULL;
  client_push (client, &error);
  g_assert_no_error (error);
  g_autoptr (QcStoreOutboxItem) item = item_of (client, id);
  g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, "accepted");
  g_assert_nonnull (item->serial);
  QcPullResult pulled = {0};
  pull_well (client, COLLECTION, &pulled);
  g_assert_cmpint (pulled.changed[7], >=, 1); /* the application came by the feed too */
  g_assert_cmpint (pulled.changed[4], <=, 50);
}

/* The same key again: the same answer, byte for byte, and one application; another body under it is refused. */
static void
test_same_key (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "xuexiao");
  pull_well (client, TRANSFER, NULL);
  g_autoptr (GBytes) body = client_claim (client, TRANSFER);
  QcRequest request = {.method = "POST",
                       .path = "/api/v1/units/" TRANSFER "/submissions",
                       .body = body,
                       .content_type = QC_SUBMISSION_CONTENT_TYPE,
                       .key = "6f1c2a3e-5b1d-4c63-9f0e-1f2a3b4c5d6e",
                       .changes = TRUE};
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 3; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    qc_tokens_send_async (client->tokens, &request, NULL, keep_result_cb, &result);
    wait_result (&result);
    g_autoptr (QcAnswer) answer = qc_tokens_send_finish (client->tokens, result, &error);
    g_assert_no_error (error);
    if (first == NULL)
      first = g_bytes_ref (answer->body);
    g_assert_true (g_bytes_equal (first, answer->body));
    if (i == 1) {
      center_restart (center, TRUE);
      client_follow (client, center);
    }
  }
  pull_well (client, TRANSFER, NULL);
  g_autoptr (GPtrArray) open = open_applications (client, TRANSFER);
  g_assert_cmpuint (open->len, ==, 1);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autofree char *later = g_strconcat ("{\"later\":1,", text + 1, NULL);
  g_autoptr (GBytes) other = g_bytes_new (later, strlen (later));
  request.body = other;
  g_autoptr (GAsyncResult) result = NULL;
  qc_tokens_send_async (client->tokens, &request, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_null (qc_tokens_send_finish (client->tokens, result, &error));
  g_assert_cmpstr (qc_sync_error_get_problem (error)->code, ==, QC_PROBLEM_KEY_REUSED);
}

/* ---- the center killed between confirm and answer ---- */

typedef struct {
  Center *center;
  guint delay; /* ms after the attempt was committed */
  gboolean killed;
} Killer;

static gboolean
kill_cb (gpointer user_data)
{
  Killer *killer = user_data;
  center_kill (killer->center);
  killer->killed = TRUE;
  return G_SOURCE_REMOVE;
}

static void
step_cb (const char *step, gint64 item, gpointer user_data)
{
  Killer *killer = user_data;
  if (g_str_equal (step, "begun") && !killer->killed)
    g_timeout_add (killer->delay, kill_cb, killer);
}

static gboolean
was_killed (gpointer data)
{
  return ((Killer *)data)->killed;
}

static void
delete_application (Client *client, const QcApplication *application)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_act_async (client->outbox, TRANSFER, application->serial, application->business, QC_ACTION_DELETE,
                       application->revision, NULL, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcApplication) deleted = qc_outbox_act_finish (client->outbox, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (deleted->state, ==, QC_STATE_DELETED);
}

/* kill -9 of the center 0, 1, 2 … ms after the attempt: before, while, and after it did the work. */
static void
test_center_killed (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "xuexiao");
  static const guint delays[] = {0, 1, 2, 3, 4, 5, 6, 8, 12, 20};
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++) {
    Killer killer = {.center = center, .delay = delays[i]};
    pull_well (client, TRANSFER, NULL);
    g_autoptr (GBytes) body = client_claim (client, TRANSFER);
    gint64 id = client_enqueue (client, TRANSFER, body);
    qc_outbox_set_step_func (client->outbox, step_cb, &killer);
    client_push (client, NULL); /* whatever comes of it */
    wait_until (was_killed, &killer);
    qc_outbox_set_step_func (client->outbox, NULL, NULL);
    center_restart (center, FALSE);
    client_follow (client, center);
    g_autoptr (GError) error = NULL;
    client_push (client, &error);
    g_assert_no_error (error);
    g_autoptr (QcStoreOutboxItem) item = item_of (client, id);
    g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, "accepted");
    pull_well (client, TRANSFER, NULL);
    g_autoptr (GPtrArray) open = open_applications (client, TRANSFER);
    g_assert_cmpuint (open->len, ==, 1);
    g_assert_cmpstr (((QcApplication *)open->pdata[0])->serial, ==, item->serial);
    delete_application (client, open->pdata[0]);
  }
}

/* Acted on an older revision: 412 with the application as it is now. */
static void
test_revision_moved (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "xuexiao");
  pull_well (client, TRANSFER, NULL);
  g_autoptr (GBytes) body = client_claim (client, TRANSFER);
  client_enqueue (client, TRANSFER, body);
  g_autoptr (GError) error = NULL;
  g_assert_true (client_push (client, &error));
  g_autoptr (GPtrArray) open = open_applications (client, TRANSFER);
  const QcApplication *application = open->pdata[0];
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_act_async (client->outbox, TRANSFER, application->serial, application->business, QC_ACTION_DELETE,
                       application->revision + 7, NULL, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_assert_null (qc_outbox_act_finish (client->outbox, result, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
  g_assert_cmpint (qc_sync_error_get_problem (error)->status, ==, 412);
  g_assert_cmpstr (qc_sync_error_get_problem (error)->application->serial, ==, application->serial);
}

/* ---- rosters: two clients of one unit, and a refusal of very many lines ---- */

/* A 封存 of people of the unit as a client knows them, by their places in the order of accounts. */
typedef struct {
  const char *profile, *unit;
  const guint *places;
  guint n, n_unknown; /* so many more lines name nobody */
  QcSubmission *submission;
  GPtrArray *people; /* QcEmployee that may be on it */
} Sealing;

static gboolean
employee_cb (const QcEmployee *employee, gpointer user_data)
{
  Sealing *sealing = user_data;
  if (employee->base > 500000 && employee->opened < 202601)
    g_ptr_array_add (sealing->people, qc_employee_copy (employee));
  return TRUE;
}

static int
compare_accounts (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const QcEmployee *const *)a)->account, (*(const QcEmployee *const *)b)->account);
}

static gpointer
make_sealing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Sealing *sealing = data;
  g_autoptr (GArray) policies = qc_store_policies_get (connection, sealing->profile, sealing->unit, error);
  g_autoptr (GArray) ratios = qc_store_ratios_get (connection, sealing->profile, sealing->unit, error);
  g_autoptr (QcUnit) unit = NULL;
  g_assert_true (qc_store_unit_get (connection, sealing->profile, sealing->unit, &unit, error));
  g_assert_true (qc_store_people_scan (connection, sealing->profile, sealing->unit, employee_cb, sealing, error));
  g_ptr_array_sort (sealing->people, compare_accounts);
  const QcRosterFacts facts = {.unit = unit, .policies = policies, .ratios = ratios};
  QcSubmission *submission = sealing->submission = qc_submission_new (QC_BUSINESS_SEALING);
  submission->effective = qc_unit_due_month (unit);
  for (guint i = 0; i < sealing->n + sealing->n_unknown; i++) {
    guint place = i < sealing->n ? sealing->places[i] : 0;
    QcRosterLine *line
        = qc_rules_roster_new_line (QC_BUSINESS_SEALING, &facts, g_ptr_array_index (sealing->people, place));
    g_autofree char *nobody = g_strdup_printf ("9%08u", i);
    if (i >= sealing->n)
      qc_line_set_text (line, QC_LINE_ACCOUNT, nobody);
    qc_line_set_text (line, QC_LINE_REASON, "01");
    qc_roster_take (submission->roster, -1, line);
  }
  return QC_DATABASE_DONE;
}

/* (transfer full) */
static QcSubmission *
new_sealing (Client *client, const guint *places, guint n, guint n_unknown)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  g_autoptr (GError) error = NULL;
  Sealing sealing = {qc_profile_get_id (client->profile), COLLECTION, places, n, n_unknown, NULL, people};
  g_assert_nonnull (qc_database_read (client->database, "sealing", make_sealing, &sealing, &error));
  g_assert_no_error (error);
  return sealing.submission;
}

/* Queues it; returns the item. */
static gint64
queue_sealing (Client *client, const guint *places, guint n, guint n_unknown)
{
  g_autoptr (QcSubmission) submission = new_sealing (client, places, n, n_unknown);
  g_autoptr (GBytes) body = qc_wire_encode_submission (submission);
  return client_enqueue (client, COLLECTION, body);
}

static void
push_well (Client *client)
{
  g_autoptr (GError) error = NULL;
  client_push (client, &error);
  g_assert_no_error (error);
}

static guint
count_findings (const QcStoreOutboxItem *item, const char *code, gint64 line)
{
  guint n = 0;
  for (guint i = 0; i < item->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (item->findings, i);
    n += g_str_equal (finding->code, code) && (line == 0 || finding->line == line);
  }
  return n;
}

/* What one has done the other hears at its line, and nothing of the rest of that roster is done; after a pull both know
 * the same. Then both at the same moment: one of them, once. */
static void
test_two_clients (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) one = client_new (center, "muye");
  g_autoptr (Client) two = client_new (center, "muye");
  static const guint first[] = {0}, both[] = {0, 1}, second[] = {1}, third[] = {2};
  pull_well (one, COLLECTION, NULL);
  pull_well (two, COLLECTION, NULL);
  gint64 done = queue_sealing (one, first, 1, 0);
  gint64 late = queue_sealing (two, both, 2, 0);
  push_well (one);
  push_well (two);
  g_autoptr (QcStoreOutboxItem) accepted = item_of (one, done);
  g_autoptr (QcStoreOutboxItem) refused = item_of (two, late);
  g_assert_cmpstr (qc_store_outbox_state_to_code (accepted->state), ==, "accepted");
  g_assert_cmpstr (qc_store_outbox_state_to_code (refused->state), ==, "refused");
  g_assert_cmpuint (count_findings (refused, "roster.person-changed", 1), ==, 1);
  g_assert_cmpuint (count_findings (refused, "roster.person-changed", 2), ==, 0);
  pull_well (two, COLLECTION, NULL);
  gint64 rest = queue_sealing (two, second, 1, 0);
  push_well (two);
  g_autoptr (QcStoreOutboxItem) other = item_of (two, rest);
  g_assert_cmpstr (qc_store_outbox_state_to_code (other->state), ==, "accepted");

  pull_well (one, COLLECTION, NULL);
  pull_well (two, COLLECTION, NULL);
  gint64 items[] = {queue_sealing (one, third, 1, 0), queue_sealing (two, third, 1, 0)};
  g_autoptr (GAsyncResult) here = NULL;
  qc_outbox_push_async (one->outbox, TRUE, NULL, keep_result_cb, &here);
  g_autoptr (GAsyncResult) there = NULL;
  qc_outbox_push_async (two->outbox, TRUE, NULL, keep_result_cb, &there);
  wait_result (&here);
  wait_result (&there);
  g_assert_true (qc_outbox_push_finish (one->outbox, here, NULL, NULL));
  g_assert_true (qc_outbox_push_finish (two->outbox, there, NULL, NULL));
  g_autoptr (QcStoreOutboxItem) his = item_of (one, items[0]), hers = item_of (two, items[1]);
  g_assert_cmpuint ((his->state == QC_STORE_OUTBOX_ACCEPTED) + (hers->state == QC_STORE_OUTBOX_ACCEPTED), ==, 1);
  g_assert_cmpuint ((his->state == QC_STORE_OUTBOX_REFUSED) + (hers->state == QC_STORE_OUTBOX_REFUSED), ==, 1);
}

/* ---- 同城转移: two clients of two units ---- */

static QcOtherUnit *
ask_receiver (Client *client, const char *unit, const char *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_receiver_ask_async (client->tokens, unit, account, NULL, keep_result_cb, &result);
  wait_result (&result);
  QcOtherUnit *other = qc_receiver_ask_finish (client->tokens, result, &error);
  g_assert_no_error (error);
  return other;
}

typedef struct {
  const char *profile, *unit, *account;
  const QcOtherUnit *to; /* make_transfer() */
  QcSubmission *submission;
  QcEmployee *person; /* find_person(): (nullable) */
  gint64 gone, bases;
} Transfer;

static gpointer
find_person (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Transfer *transfer = data;
  g_autoptr (GArray) bases
      = qc_store_bases_get (connection, transfer->profile, transfer->unit, transfer->account, error);
  transfer->bases = bases->len;
  return qc_store_people_get (connection, transfer->profile, transfer->unit, transfer->account, &transfer->person,
                              error)
                 && qc_sql_int (connection, -1, &transfer->gone, error,
                                "SELECT gone FROM person AS p JOIN scope AS s ON s.id = p.scope WHERE s.unit = ? AND "
                                "p.account = ?",
                                transfer->unit, transfer->account)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
make_transfer (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Transfer *transfer = data;
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (QcUnit) unit = NULL;
  g_autoptr (QcEmployee) person = NULL;
  g_assert_true (qc_store_unit_get (connection, transfer->profile, transfer->unit, &unit, error));
  g_assert_true (
      qc_store_people_get (connection, transfer->profile, transfer->unit, transfer->account, &person, error));
  g_hash_table_insert (units, transfer->to->account, (gpointer)transfer->to);
  const QcRosterFacts facts = {.unit = unit, .units = units};
  transfer->submission = qc_submission_new (QC_BUSINESS_TRANSFER);
  transfer->submission->effective = qc_unit_due_month (unit);
  QcRosterLine *line = qc_rules_roster_new_line (QC_BUSINESS_TRANSFER, &facts, person);
  qc_line_set_text (line, QC_LINE_TARGET_UNIT, transfer->to->account);
  qc_line_set_text (line, QC_LINE_TARGET_NAME, transfer->to->name);
  qc_rules_roster_complete (QC_BUSINESS_TRANSFER, &facts, line);
  qc_roster_take (transfer->submission->roster, -1, line);
  return QC_DATABASE_DONE;
}

/* What @client has of that person of @unit. */
static Transfer
look (Client *client, const char *unit, const char *account)
{
  g_autoptr (GError) error = NULL;
  Transfer found = {.profile = qc_profile_get_id (client->profile), .unit = unit, .account = account};
  g_assert_nonnull (qc_database_read (client->database, "look", find_person, &found, &error));
  g_assert_no_error (error);
  return found;
}

/* Gone at the one, there at the other with 待调整基数; a client that begins from scratch knows by name who left. */
static void
test_two_units (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) from = client_new (center, "muye");
  g_autoptr (Client) to = client_new (center, "xuexiao");
  static const guint first[] = {0};
  pull_well (from, COLLECTION, NULL);
  pull_well (to, TRANSFER, NULL);
  g_autoptr (QcOtherUnit) nobody = ask_receiver (from, COLLECTION, "231100000000");
  g_assert_null (nobody->name);
  g_autoptr (QcOtherUnit) other = ask_receiver (from, COLLECTION, TRANSFER);
  g_assert_cmpstr (other->name, ==, "黑河演练第一中学");
  g_autoptr (QcSubmission) sealing = new_sealing (from, first, 1, 0);
  g_autoptr (GBytes) sealing_body = qc_wire_encode_submission (sealing);
  gint64 sealed = client_enqueue (from, COLLECTION, sealing_body);
  push_well (from);
  g_autoptr (QcStoreOutboxItem) item = item_of (from, sealed);
  g_assert_cmpint (item->state, ==, QC_STORE_OUTBOX_ACCEPTED);
  g_autofree char *account = g_strdup (((QcRosterLine *)g_ptr_array_index (sealing->roster->lines, 0))->account);
  pull_well (from, COLLECTION, NULL);
  g_autoptr (GError) error = NULL;
  Transfer transfer = {qc_profile_get_id (from->profile), COLLECTION, account, other, NULL, NULL, 0, 0};
  g_assert_nonnull (qc_database_read (from->database, "transfer", make_transfer, &transfer, &error));
  g_assert_no_error (error);
  g_autoptr (QcSubmission) submission = transfer.submission;
  g_autoptr (GBytes) body = qc_wire_encode_submission (submission);
  gint64 moved = client_enqueue (from, COLLECTION, body);
  push_well (from);
  g_autoptr (QcStoreOutboxItem) done = item_of (from, moved);
  g_assert_cmpint (done->state, ==, QC_STORE_OUTBOX_ACCEPTED);
  pull_well (from, COLLECTION, NULL);
  pull_well (to, TRANSFER, NULL);
  Transfer left = look (from, COLLECTION, account);
  g_assert_null (left.person);
  g_assert_cmpint (left.gone, ==, 1);
  Transfer there = look (to, TRANSFER, account);
  g_assert_nonnull (there.person);
  g_assert_cmpint (there.person->status, ==, QC_PERSON_NORMAL);
  g_assert_true (there.person->base_pending);
  g_assert_cmpint (there.person->opened, ==, submission->effective);
  g_assert_cmpint (there.bases, ==, 1);
  qc_employee_free (there.person);
  g_autoptr (Client) fresh = client_new (center, "muye");
  pull_well (fresh, COLLECTION, NULL);
  g_assert_cmpint (look (fresh, COLLECTION, account).gone, ==, 1);
}

/* Of three thousand faulty lines the answer has the first two hundred, and says how many there are; the client keeps
 * both. */
static void
test_many_refused (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "muye");
  pull_well (client, COLLECTION, NULL);
  gint64 id = queue_sealing (client, NULL, 0, 3000);
  push_well (client);
  g_autoptr (QcStoreOutboxItem) item = item_of (client, id);
  g_assert_cmpstr (qc_store_outbox_state_to_code (item->state), ==, "refused");
  g_assert_cmpuint (count_findings (item, "roster.unknown-person", 0), ==, 200);
  g_assert_cmpuint (item->findings->len, ==, 200);
  for (guint i = 0; i < item->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (item->findings, i);
    g_assert_cmpint (finding->line, ==, i + 1);
    g_assert_cmpint (finding->total, ==, 3000);
  }
}

/* ---- practice ---- */

static void
test_practice_calls (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "xuexiao");
  g_autoptr (GError) error = NULL;
  static const struct {
    QcPracticeCall call;
    gint64 value;
    int returned;
    QcDate today;
    gint64 arrival, review; /* as they are then */
    int share;
  } rows[] = {
      {QC_PRACTICE_GET, 0, 0, 20261123, -1, -1, 0},
      {QC_PRACTICE_ADVANCE, 1, 0, 20261223, -1, -1, 0},
      {QC_PRACTICE_SET_DELAY, 5, 0, 20261223, 5, -1, 0},
      {QC_PRACTICE_SET_REVIEW, 10, 33, 20261223, 5, 10, 33}, /* the other one stays */
      {QC_PRACTICE_SET_REVIEW, -1, 0, 20261223, 5, -1, 0},
      {QC_PRACTICE_RESET, 0, 0, 20261123, 5, -1, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    qc_calls_practice_async (client->tokens, rows[i].call, rows[i].value, rows[i].returned, NULL, keep_result_cb,
                             &result);
    wait_result (&result);
    QcWirePractice practice = {0};
    qc_calls_practice_finish (client->tokens, result, &practice, &error);
    g_assert_no_error (error);
    g_assert_cmpint (practice.today, ==, rows[i].today);
    g_assert_cmpint (practice.arrival_delay, ==, rows[i].arrival);
    g_assert_cmpint (practice.review_delay, ==, rows[i].review);
    g_assert_cmpint (practice.review_returned, ==, rows[i].share);
  }
  pull_well (client, TRANSFER, NULL); /* cursors of before the reset have expired or were never there */
}

/* 重新开始 makes a new generation: a client that had pulled gets everything anew. */
static void
test_reset (void)
{
  g_autoptr (Center) center = start_center (42);
  g_autoptr (Client) client = client_new (center, "muye");
  pull_well (client, COLLECTION, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  qc_calls_practice_async (client->tokens, QC_PRACTICE_RESET, 0, 0, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_calls_practice_finish (client->tokens, result, NULL, &error));
  QcPullResult again = {0};
  pull_well (client, COLLECTION, &again);
  g_assert_cmpint (again.changed[4], >=, 42);
  g_assert_cmpint (stored_people (client, COLLECTION), ==, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/center/pull", test_pull);
  g_test_add_func ("/sync/center/foreign-unit", test_foreign_unit);
  g_test_add_func ("/sync/center/collection", test_collection);
  g_test_add_func ("/sync/center/same-key", test_same_key);
  g_test_add_func ("/sync/center/killed", test_center_killed);
  g_test_add_func ("/sync/center/revision-moved", test_revision_moved);
  g_test_add_func ("/sync/center/two-clients", test_two_clients);
  g_test_add_func ("/sync/center/two-units", test_two_units);
  g_test_add_func ("/sync/center/many-refused", test_many_refused);
  g_test_add_func ("/sync/center/practice", test_practice_calls);
  g_test_add_func ("/sync/center/reset", test_reset);
  return g_test_run ();
}
