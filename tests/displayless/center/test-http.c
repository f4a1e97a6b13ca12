/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How the steps of a route are run: who passes on, who may not, and what becomes of what was written then. A server of
 * the test's own, with a database of the center's.
 */
#include <glib/gstdio.h>

#include "center-fixture.h"
#include "qc-http.h"
#include "web-client.h"

static QcHttpAnswer *
note (QcConnection *connection, const char *name, QcHttpAnswer *answer)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO setting VALUES ('%s', '1')", name);
  g_assert_true (qc_connection_exec (connection, sql, NULL));
  return answer;
}

static QcHttpAnswer *
say_nothing (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return note (connection, call->path, NULL);
}

static QcHttpAnswer *
fail (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "on purpose");
  return note (connection, call->path, NULL);
}

static QcHttpAnswer *
answer (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return qc_http_answer_new (200, "text/plain", g_bytes_new_static ("done", 4));
}

static QcHttpAnswer *
say_nothing_in_pool (QcHttpCall *call, QcConnection *connection, GError **error)
{
  return NULL;
}

static const QcHttpRoute routes[] = {
    {"POST", "/silent", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, say_nothing}}},
    {"POST", "/failed", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, fail}}},
    {"POST", "/passed", QC_HTTP_BODY_NONE, {{QC_HTTP_WRITE, say_nothing}, {QC_HTTP_READ, answer}}},
    {"POST", "/pool", QC_HTTP_BODY_NONE, {{QC_HTTP_POOL, say_nothing_in_pool}}},
    {"POST",
     "/third",
     QC_HTTP_BODY_NONE,
     {{QC_HTTP_POOL, say_nothing_in_pool}, {QC_HTTP_READ, say_nothing_in_pool}, {QC_HTTP_WRITE, say_nothing}}},
    {NULL},
};
static const QcHttpRoute *const tables[] = {routes, NULL};

static QcHttpAnswer *
fallback (const QcHttpCall *call, int status)
{
  return qc_http_answer_new (status, "text/plain", g_bytes_new_static ("no", 2));
}

/* A step that writes and gives neither answer nor error is undone like one that fails, unless another one follows. */
static void
test_neither_answer_nor_error (void)
{
  static const struct {
    const char *path;
    guint status;
    gint64 written;
  } rows[] = {{"/silent", 500, 0}, {"/failed", 500, 0}, {"/passed", 200, 1}, {"/pool", 500, 0}, {"/third", 500, 0}};
  g_autofree char *dir = g_dir_make_tmp ("qc-http-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "center.db", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;
  QcCenter center = {.database = qc_center_db_open (path, &error)};
  QcHttpSetup setup = {"test", tables, fallback, NULL};
  QcHttpServer *server = qc_http_server_new (&center, &setup, NULL, &qc_http_limits_usual);
  guint16 port = qc_http_server_listen (server, 0, TRUE, &error);
  g_assert_no_error (error);
  soup_session_set_proxy_resolver (session, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%d%s", port, rows[i].path);
    g_autoptr (WebAnswer) got = web_send (NULL, session, "POST", address, NULL, NULL, NULL);
    web_assert_status (got, rows[i].status);
  }
  qc_http_server_free (server);
  qc_database_shutdown (center.database);
  g_object_unref (center.database);
  Fx fx = {0};
  fx.connection = qc_connection_open (path, QC_CONNECTION_READ_ONLY, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM setting WHERE name = '%s'", rows[i].path);
    g_assert_cmpint (fx_int (&fx, sql), ==, rows[i].written);
  }
  qc_connection_close (fx.connection);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/http/neither-answer-nor-error", test_neither_answer_nor_error);
  return g_test_run ();
}
