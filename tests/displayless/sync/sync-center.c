/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The real center as a process. The browser is libsoup with a cookie jar: the pages work without script, so that
 * filling in their forms is all there is to do.
 */
#include "sync-center.h"

#include <libsoup/soup.h>
#include <string.h>

#include "qc-month.h"
#include "qc-remittance.h"
#include "qc-rules-roster.h"
#include "qc-store-outbox.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-terms.h"
#include "qc-wire-submission.h"
#include "sync-fake.h"

/* ---- the center ---- */

static void
launch (Center *center, guint people)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "src", "center", "qingce-center", NULL);
  g_autofree char *number = g_strdup_printf ("%u", people);
  center->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                      "--practice", "--data", center->folder, "--port", "0", "--today", "2026-11-23",
                                      people ? "--people" : NULL, number, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (center->process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line, "\"ready\":true"));
  g_free (center->profile_path);
  center->profile_path = g_build_filename (center->folder, "profile.json", NULL);
}

Center *
center_start (const char *folder, guint people)
{
  Center *center = g_new0 (Center, 1);
  center->folder = g_strdup (folder);
  launch (center, people);
  return center;
}

void
center_kill (Center *center)
{
  if (center->process == NULL)
    return;
  g_subprocess_force_exit (center->process);
  g_subprocess_wait (center->process, NULL, NULL);
  g_clear_object (&center->process);
}

void
center_restart (Center *center, gboolean kill)
{
  if (kill)
    center_kill (center);
  launch (center, 0);
}

void
center_free (Center *center)
{
  center_kill (center);
  remove_tree (center->folder);
  g_free (center->folder);
  g_free (center->profile_path);
  g_free (center);
}

/* ---- the browser ---- */

typedef struct {
  SoupSession *session;
  char *user;
  SoupMessage *message;
} Visit;

static void fetch_page (Visit *visit, SoupMessage *message);

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->message);
  g_object_unref (visit->session);
  g_free (visit->user);
  g_free (visit);
}

/* The value of the hidden field @name in @page, from @from on. (transfer full) */
static char *
hidden_value (const char *from, const char *name)
{
  g_autofree char *start = g_strdup_printf ("name=\"%s\" value=\"", name);
  const char *found = strstr (from, start);
  g_assert_nonnull (found);
  found += strlen (start);
  return g_strndup (found, strcspn (found, "\""));
}

/* Answers the page that is there: the form of signing in, or that of consent. */
static void
fill_in (Visit *visit, const char *page)
{
  const char *action = strstr (page, "action=\"");
  g_assert_nonnull (action);
  action += strlen ("action=\"");
  g_autofree char *path = g_strndup (action, strcspn (action, "\""));
  gboolean consent = g_str_has_prefix (path, "/portal/consent");
  GUri *here = soup_message_get_uri (visit->message);
  g_autoptr (GUri) target = g_uri_parse_relative (here, path, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *address = g_uri_to_string (target);
  g_autofree char *origin = g_strdup_printf ("http://%s:%d", g_uri_get_host (here), g_uri_get_port (here));
  g_autofree char *csrf = consent ? hidden_value (page, "csrf") : NULL;
  char *form = consent ? soup_form_encode ("csrf", csrf, "decision", "allow", NULL)
                       : soup_form_encode ("kind", "legal", "user", visit->user, "password", "yanlian-2026", NULL);
  SoupMessage *message = soup_message_new_from_encoded_form ("POST", address, form);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Origin", origin);
  fetch_page (visit, message);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (visit->session, result, &error);
  g_assert_no_error (error);
  g_autofree char *page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (strstr (page, "请回到清册窗口"))
    visit_free (visit);
  else
    fill_in (visit, page);
}

/* Takes @message; follows redirects, to the client's own listener too. */
static void
fetch_page (Visit *visit, SoupMessage *message)
{
  g_clear_object (&visit->message);
  visit->message = message;
  soup_session_send_and_read_async (visit->session, message, G_PRIORITY_DEFAULT, NULL, page_cb, visit);
}

void
center_browse_cb (const char *address, gpointer user_data)
{
  Visit *visit = g_new0 (Visit, 1);
  visit->user = g_strdup (user_data);
  visit->session = soup_session_new ();
  soup_session_set_proxy_resolver (visit->session, NULL);
  soup_session_add_feature_by_type (visit->session, SOUP_TYPE_COOKIE_JAR);
  fetch_page (visit, soup_message_new ("GET", address));
}

/* ---- the client ---- */

void
client_follow (Client *client, Center *center)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcProfile) profile = qc_profile_new_practice (center->profile_path, &error);
  g_assert_no_error (error);
  g_set_object (&client->profile, profile);
  if (client->transport)
    qc_transport_set_profile (client->transport, profile, &error);
  else
    client->transport = qc_transport_new (profile, NULL, &error);
  g_assert_no_error (error);
}

Client *
client_new (Center *center, const char *user)
{
  Client *client = g_new0 (Client, 1);
  client->folder = g_dir_make_tmp ("qc-client-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  client->store = qc_store_open (client->folder, &error);
  g_assert_no_error (error);
  client->database = qc_store_get_database (client->store);
  client_follow (client, center);
  g_autoptr (QcSecret) secret = qc_secret_new (qc_profile_get_id (client->profile));
  qc_secret_set_memory_only (secret, TRUE);
  client->tokens = qc_tokens_new (client->transport, secret);
  client->outbox = qc_outbox_new (client->tokens, client->database, qc_profile_get_id (client->profile), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  qc_sign_in_async (client->tokens, 0, center_browse_cb, (gpointer)user, NULL, keep_result_cb, &result);
  wait_result (&result);
  qc_sign_in_finish (client->tokens, result, &error);
  g_assert_no_error (error);
  return client;
}

void
client_free (Client *client)
{
  g_object_unref (client->outbox);
  g_object_unref (client->tokens);
  g_object_unref (client->transport);
  g_object_unref (client->profile);
  qc_store_close (client->store);
  remove_tree (client->folder);
  g_free (client->folder);
  g_free (client);
}

gboolean
client_pull (Client *client, const char *unit, QcPullResult *out, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_pull_async (client->tokens, client->database, qc_profile_get_id (client->profile), unit, NULL, NULL, NULL, NULL,
                 NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_pull_finish (client->tokens, result, out, error);
}

static gboolean
push (Client *client, gboolean wake, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_outbox_push_async (client->outbox, wake, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_outbox_push_finish (client->outbox, result, NULL, error);
}

/* A push ends while pictures go; when they have, what they were for is to be pushed. */
gboolean
client_push (Client *client, GError **error)
{
  gboolean good = push (client, TRUE, error);
  while (good && qc_outbox_is_uploading (client->outbox)) {
    while (qc_outbox_is_uploading (client->outbox))
      g_main_context_iteration (NULL, TRUE);
    good = push (client, FALSE, error);
  }
  return good;
}

/* ---- what the clerk would confirm ---- */

typedef struct {
  const char *profile, *unit;
  QcRemittanceCalc *calc;
  QcSubmission *submission, *answers; /* 汇缴, and the 授权退休年龄 that it must rest on */
} Claim;

static void
left_out_cb (const QcLeftOut *left_out, gpointer user_data)
{
  Claim *claim = user_data;
  if (left_out->state != QC_RETIREMENT_STATE_ASK)
    return;
  QcRosterFacts facts = {0};
  QcRosterLine *line = qc_rules_roster_new_line (QC_BUSINESS_RETIREMENT, &facts, left_out->employee);
  line->klass = QC_RETIREMENT_WOMEN_55;
  qc_rules_roster_complete (QC_BUSINESS_RETIREMENT, &facts, line);
  qc_roster_take (claim->answers->roster, -1, line);
}

static gboolean
person_cb (const QcStorePersonFacts *facts, gpointer user_data)
{
  Claim *claim = user_data;
  QcContribution previous = {0};
  if (facts->previous)
    previous = (QcContribution) {facts->previous->unit, facts->previous->personal};
  qc_remittance_calc_add (claim->calc, facts->employee, facts->bases, facts->n_bases,
                          facts->previous ? &previous : NULL, facts->previous ? facts->previous->base : 0, facts->gone,
                          QC_CHANGE_TRANSFERRED_OUT);
  return TRUE;
}

static gpointer
make_claim (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Claim *claim = data;
  g_autoptr (QcUnit) unit = NULL;
  g_autoptr (GArray) policies = qc_store_policies_get (connection, claim->profile, claim->unit, error);
  g_autoptr (GArray) ratios = qc_store_ratios_get (connection, claim->profile, claim->unit, error);
  g_assert_true (qc_store_unit_get (connection, claim->profile, claim->unit, &unit, error));
  g_assert_nonnull (unit);
  QcMonth month = qc_unit_due_month (unit);
  QcRemittanceClaim *remittance = claim->submission->remittance = qc_remittance_claim_new ();
  remittance->method = qc_unit_method (unit);
  remittance->start = remittance->end = month;
  remittance->terms = qc_terms_digest (policies, ratios, unit);
  QcRemittanceSink sink = {.left_out = left_out_cb, .user_data = claim};
  claim->calc = qc_remittance_calc_new (month, month, policies, ratios, &sink);
  g_assert_true (qc_store_people_each (connection, claim->profile, claim->unit, qc_month_add (month, -1), person_cb,
                                       claim, error));
  g_array_append_vals (remittance->months, qc_remittance_calc_get_lines (claim->calc)->data, 1);
  g_clear_pointer (&claim->calc, qc_remittance_calc_free);
  return QC_DATABASE_DONE;
}

/* What would be sent now; FALSE when somebody must be answered first. */
static gboolean
read_claim (Client *client, const char *unit, GBytes **out_claim, GBytes **out_answers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_REMITTANCE);
  g_autoptr (QcSubmission) answers = qc_submission_new (QC_BUSINESS_RETIREMENT);
  Claim claim = {qc_profile_get_id (client->profile), unit, NULL, submission, answers};
  g_assert_nonnull (qc_database_read (client->database, "claim", make_claim, &claim, &error));
  g_assert_no_error (error);
  *out_claim = qc_wire_encode_submission (submission);
  *out_answers = qc_wire_encode_submission (answers);
  return answers->roster->lines->len == 0;
}

GBytes *
client_claim (Client *client, const char *unit)
{
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answers = NULL;
  if (read_claim (client, unit, &asked, &answers))
    return g_steal_pointer (&asked);
  client_enqueue (client, unit, answers);
  g_autoptr (GError) error = NULL;
  client_push (client, &error);
  g_assert_no_error (error);
  QcPullResult pulled = {0};
  client_pull (client, unit, &pulled, &error);
  g_assert_no_error (error);
  GBytes *claim;
  g_autoptr (GBytes) none = NULL;
  g_assert_true (read_claim (client, unit, &claim, &none));
  return claim;
}

static gpointer
put_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_outbox_enqueue (connection, data, 1, error) ? QC_DATABASE_DONE : NULL;
}

gint64
client_enqueue (Client *client, const char *unit, GBytes *body)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (qc_profile_get_id (client->profile));
  item->unit = g_strdup (unit);
  item->kind = g_strdup ("submission");
  guint lines;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubmission) head = qc_wire_decode_submission_head (body, &lines, &error);
  g_assert_no_error (error);
  item->business = head->business;
  item->method = g_strdup ("POST");
  item->path = g_strdup_printf ("/api/v1/units/%s/submissions", unit);
  item->body = g_bytes_ref (body);
  g_autoptr (QcSubmission) whole = qc_wire_decode_submission (body, NULL);
  if (whole != NULL)
    item->attachments = g_ptr_array_ref (whole->attachments);
  g_assert_nonnull (qc_database_write (client->database, "put", put_item, item, &error));
  g_assert_no_error (error);
  return item->id;
}
