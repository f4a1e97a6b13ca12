/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures from a telephone at the real center: asked for, sent by a form, fetched, dropped, ended; and what a center
 * may not answer.
 */
#include <string.h>

#include "qc-phone.h"
#include "qc-sync-error.h"
#include "sync-center.h"
#include "sync-fake.h"

#define UNIT "231100000042"

static QcWirePhone *
told (QcTokens *tokens, GAsyncResult **result, GError **error)
{
  wait_result (result);
  g_autoptr (GAsyncResult) owned = *result;
  return qc_phone_ask_finish (tokens, owned, error);
}

static QcWirePhone *
look (Client *client, const char *id, GError **error)
{
  GAsyncResult *result = NULL;
  qc_phone_look_async (client->tokens, UNIT, id, NULL, keep_result_cb, &result);
  return told (client->tokens, &result, error);
}

static GBytes *
fetch (QcTokens *tokens, const char *id, QcWirePhonePicture picture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_phone_fetch_async (tokens, UNIT, id, &picture, NULL, keep_result_cb, &result);
  wait_result (&result);
  return qc_phone_fetch_finish (tokens, result, error);
}

static void
drop (Client *client, const char *id, guint number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_phone_drop_async (client->tokens, UNIT, id, number, NULL, keep_result_cb, &result);
  wait_result (&result);
  qc_phone_drop_finish (client->tokens, result, &error);
  g_assert_no_error (error);
}

/* A picture of @size bytes @seed, as a telephone sends it. */
static guint
send_picture (const char *address, gsize size, char seed)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", address);
  GString *form = g_string_new ("--x\r\nContent-Disposition: form-data; name=\"p\"; filename=\"a.jpg\"\r\n\r\n");
  gsize at = form->len;
  g_string_set_size (form, at + size);
  memset (form->str + at, seed, size);
  g_string_append (form, "\r\n--x--\r\n");
  g_autoptr (GBytes) body = g_string_free_to_bytes (form);
  soup_message_set_request_body_from_bytes (message, "multipart/form-data; boundary=x", body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  return soup_message_get_status (message);
}

static void
assert_gone (const GError *error)
{
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
  g_assert_cmpint (qc_sync_error_get_problem (error)->status, ==, 404);
}

static void
test_real (void)
{
  g_autofree char *folder = g_dir_make_tmp ("qc-center-XXXXXX", NULL);
  g_autoptr (Center) center = center_start (folder, 40);
  g_autoptr (Client) client = client_new (center, "muye");
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  qc_phone_ask_async (client->tokens, UNIT, "授权书 尾号 1234", 2, NULL, keep_result_cb, &result);
  g_autoptr (QcWirePhone) phone = told (client->tokens, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (phone->seconds, ==, 600);
  g_assert_cmpuint (send_picture (phone->address, 9 << 20, 'a'), ==, 200); /* larger than an answer usually is */
  g_assert_cmpuint (send_picture (phone->address, 10, 'b'), ==, 200);
  g_assert_cmpuint (send_picture (phone->address, 10, 'c'), ==, 410);

  g_autoptr (QcWirePhone) arrived = look (client, phone->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arrived->arrived->len, ==, 2);
  g_assert_null (arrived->address);
  for (guint i = 0; i < 2; i++) {
    QcWirePhonePicture picture = g_array_index (arrived->arrived, QcWirePhonePicture, i);
    g_autoptr (GBytes) bytes = fetch (client->tokens, phone->id, picture, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (bytes), ==, i == 0 ? 9 << 20 : 10);
    g_assert_cmpint (((const char *)g_bytes_get_data (bytes, NULL))[9], ==, 'a' + (int)i);
  }
  drop (client, phone->id, 1);
  g_autoptr (GBytes) dropped = fetch (client->tokens, phone->id, (QcWirePhonePicture) {1, 9 << 20}, &error);
  g_assert_null (dropped);
  assert_gone (error);
  g_clear_error (&error);
  drop (client, phone->id, 0);
  g_autoptr (QcWirePhone) ended = look (client, phone->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ended->seconds, ==, 0);
  g_assert_cmpuint (ended->arrived->len, ==, 0);
  g_autoptr (QcWirePhone) nobody = look (client, "none", &error);
  g_assert_null (nobody);
  assert_gone (error);
}

/* ---- what no center may answer ---- */

typedef struct {
  const char *what, *body;
  int error; /* −1 = none */
} Row;

#define REST "\"expires\":1,\"seconds\":600,\"pictures\":1,\"taken\":0,\"arrived\":[]}"

static const Row rows[] = {
    {"https", "{\"id\":\"a\",\"address\":\"https://center.example/p/x\"," REST, -1},
    {"practice", "{\"id\":\"a\",\"address\":\"http://127.0.0.1:80/p/x\"," REST, -1},
    {"plain", "{\"id\":\"a\",\"address\":\"http://center.example/p/x\"," REST, QC_SYNC_ERROR_BAD_ANSWER},
    {"other-scheme", "{\"id\":\"a\",\"address\":\"javascript:1\"," REST, QC_SYNC_ERROR_BAD_ANSWER},
    {"no-address", "{\"id\":\"a\"," REST, QC_SYNC_ERROR_BAD_ANSWER},
    {"no-json", "{", QC_SYNC_ERROR_BAD_ANSWER},
    {"falling",
     "{\"id\":\"a\",\"address\":\"https://center.example/p/x\",\"expires\":1,\"seconds\":6,\"pictures\":2,\"taken\":2,"
     "\"arrived\":[{\"number\":2,\"size\":1},{\"number\":1,\"size\":1}]}",
     QC_SYNC_ERROR_BAD_ANSWER},
};

static gboolean
answer (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (!g_str_has_suffix (path, "/phone"))
    return FALSE;
  fake_json (message, 201, ((const Row *)fake->data)->body);
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
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  qc_phone_ask_async (tokens, UNIT, "清册", 1, NULL, keep_result_cb, &result);
  g_autoptr (QcWirePhone) phone = told (tokens, &result, &error);
  if (row->error >= 0)
    g_assert_error (error, QC_SYNC_ERROR, row->error);
  else
    g_assert_no_error (error);
}

/* Bytes: of the size that was said, and nothing that says to be something else. */
static gboolean
answer_bytes (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (strstr (path, "/phone/a/") == NULL)
    return FALSE;
  gboolean json = g_str_has_suffix (path, "/3");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, json ? "application/json" : "application/octet-stream", SOUP_MEMORY_STATIC,
                                    "\"23\"", 4);
  return TRUE;
}

static void
test_bytes (void)
{
  static const struct {
    QcWirePhonePicture picture;
    int error;
  } cases[] = {{{1, 4}, -1},
               {{1, 3}, QC_SYNC_ERROR_TOO_LARGE},
               {{1, 5}, QC_SYNC_ERROR_BAD_ANSWER},
               {{3, 4}, QC_SYNC_ERROR_NOT_CENTER}};
  g_autoptr (Fake) fake = fake_new ();
  fake->hook = answer_bytes;
  g_autoptr (QcTokens) tokens = fake_tokens (fake, "first");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = fetch (tokens, "a", cases[i].picture, &error);
    if (cases[i].error >= 0)
      g_assert_error (error, QC_SYNC_ERROR, cases[i].error);
    else
      g_assert_no_error (error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/phone/real", test_real);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = g_strdup_printf ("/sync/phone/%s", rows[i].what);
    g_test_add_data_func (name, &rows[i], test_row);
  }
  g_test_add_func ("/sync/phone/bytes", test_bytes);
  return g_test_run ();
}
