/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Asking for the name of another unit: what a center may answer, and what no center may. Nothing that is not about the
 * number that was asked for is taken.
 */
#include "qc-receiver.h"
#include "qc-sync-error.h"
#include "sync-fake.h"

#define UNIT    "231100000042"
#define ACCOUNT "231100000067"
#define PATH    "/api/v1/units/" UNIT "/receivers/" ACCOUNT

typedef struct {
  const char *what;
  guint status;
  const char *body; /* of 200; else the code of a problem; NULL = cut off */
  const char *name; /* NULL = no such unit */
  int error;        /* −1 = none */
} Row;

#define GOOD                                                                         \
  "{\"account\":\"" ACCOUNT "\",\"name\":\"乙单位\",\"status\":1,\"due\":202610," \
  "\"first_month\":202612}"

static const Row rows[] = {
    {"good", 200, GOOD, "乙单位", -1},
    {"unknown", 404, QC_PROBLEM_NOT_FOUND, NULL, -1},
    {"busy", 429, QC_PROBLEM_TOO_MANY, NULL, QC_SYNC_ERROR_RETRY_LATER},
    {"forbidden", 403, QC_PROBLEM_FORBIDDEN, NULL, QC_SYNC_ERROR_PROBLEM},
    {"another-number", 200,
     "{\"account\":\"231100000075\",\"name\":\"乙单位\",\"status\":1,\"due\":202610,\"first_month\":202610}", NULL,
     QC_SYNC_ERROR_BAD_ANSWER},
    {"no-name", 200, "{\"account\":\"" ACCOUNT "\",\"name\":\"\",\"status\":1,\"due\":202610,\"first_month\":202610}",
     NULL, QC_SYNC_ERROR_BAD_ANSWER},
    {"no-month", 200, "{\"account\":\"" ACCOUNT "\",\"name\":\"乙单位\",\"status\":1,\"due\":202613}", NULL,
     QC_SYNC_ERROR_BAD_ANSWER},
    {"month-before-due", 200,
     "{\"account\":\"" ACCOUNT "\",\"name\":\"乙单位\",\"status\":1,\"due\":202610,\"first_month\":202609}", NULL,
     QC_SYNC_ERROR_BAD_ANSWER},
    {"no-object", 200, "[]", NULL, QC_SYNC_ERROR_BAD_ANSWER},
    {"no-json", 200, "{", NULL, QC_SYNC_ERROR_BAD_ANSWER},
};

static gboolean
answer (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const Row *row = fake->data;
  if (!g_str_equal (path, PATH))
    return FALSE;
  if (row->status == 200)
    fake_json (message, 200, row->body);
  else
    fake_problem (message, row->status, row->body);
  if (row->status == 429)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "7");
  return TRUE;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fake) fake = fake_new ();
  fake->hook = answer;
  fake->data = (gpointer)row;
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_receiver_ask_async (tokens, UNIT, ACCOUNT, NULL, keep_result_cb, &result);
  wait_result (&result);
  g_autoptr (QcOtherUnit) unit = qc_receiver_ask_finish (tokens, result, &error);
  if (row->error >= 0) {
    g_assert_null (unit);
    g_assert_error (error, QC_SYNC_ERROR, row->error);
    if (row->status == 429)
      g_assert_cmpuint (qc_sync_error_get_retry_after (error), ==, 7);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpstr (unit->account, ==, ACCOUNT);
  g_assert_cmpstr (unit->name, ==, row->name);
  if (row->name != NULL) {
    g_assert_cmpint (unit->due, ==, 202610);
    g_assert_cmpint (unit->first_month, ==, 202612);
  }
}

/* Nobody waits any longer: it ends at once, with nothing. */
static void
test_cancelled (void)
{
  g_autoptr (Fake) fake = fake_new ();
  fake->hook = answer;
  fake->data = (gpointer)rows;
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_receiver_ask_async (tokens, UNIT, ACCOUNT, cancellable, keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_result (&result);
  g_assert_null (qc_receiver_ask_finish (tokens, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/sync/receiver/", rows[i].what, NULL);
    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/sync/receiver/cancelled", test_cancelled);
  return g_test_run ();
}
