/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A center that means harm, as a process of its own: hostile-center PROFILE-FILE. It writes its profile, then reads
 * from standard input how to answer for people ("good", "endless", "drip", "continue", "refuse"), a word a line, and
 * says "ok" to each. It says "asked" whenever it is asked for people. Each word takes the refresh token "first" again.
 */
#include "sync-fake.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
say (const char *word)
{
  puts (word);
  fflush (stdout);
}

/* A person more, and always another one behind. */
static void
answer_endless (Fake *fake, SoupServerMessage *message)
{
  guint n = fake->pages++;
  g_autofree char *json = g_strdup_printf ("{\"feed\":\"people\",\"rows\":[{\"key\":\"%u\",\"deleted\":true}],"
                                           "\"cursor\":\"c%u\",\"more\":true}",
                                           n, n);
  fake_json (message, 200, json);
}

static gboolean
hook (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *mode = fake->data;
  if (g_str_equal (path, "/api/v1/session")) {
    fake_json (message, 200,
               "{\"user\":\"u\",\"units\":[{\"account\":\"231100000042\",\"name\":\"单位\","
               "\"credit_code\":\"91231100MA18888888\"}],\"roles\":[]}");
    return TRUE;
  }
  if (!g_str_has_suffix (path, "/feeds/people"))
    return FALSE;
  say ("asked");
  if (g_str_equal (mode, "good"))
    return FALSE;
  if (g_str_equal (mode, "endless"))
    answer_endless (fake, message);
  else if (g_str_equal (mode, "drip"))
    fake_babble (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{", " ",
                 20000);
  else if (g_str_equal (mode, "continue"))
    fake_babble (message, "", "HTTP/1.1 100 Continue\r\n\r\n", 0);
  else
    fake_problem (message, 403, "forbidden");
  return TRUE;
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fake *fake = user_data;
  GDataInputStream *lines = G_DATA_INPUT_STREAM (source);
  g_free (fake->data);
  fake->data = g_data_input_stream_read_line_finish (lines, result, NULL, NULL);
  if (fake->data == NULL)
    return;
  g_free (fake->refresh);
  fake->refresh = g_strdup ("first");
  say ("ok");
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, fake);
}

int
main (int argc, char **argv)
{
  g_autoptr (Fake) fake = fake_new ();
  g_autoptr (QcWireProfile) profile = qc_wire_profile_new ();
  g_return_val_if_fail (argc == 2, 2);
  g_free (profile->id);
  g_free (profile->name);
  profile->id = g_strdup ("hostile");
  profile->name = g_strdup ("测试中心");
  profile->api = g_strdup (fake->address);
  profile->ca_pem = g_strdup (fake->authority->pem);
  g_autoptr (GBytes) bytes = qc_wire_encode_profile (profile);
  g_assert_true (g_file_set_contents (argv[1], g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  fake->hook = hook;
  fake->data = g_strdup ("good");
  say ("ok");
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, fake);
  while (fake->data != NULL)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
