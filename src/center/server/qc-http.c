/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Taking calls in, running their steps where they belong, sending answers out. All on the main thread but the steps.
 */
#include "qc-http-private.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- answers ---- */

QcHttpAnswer *
qc_http_answer_new (int status, const char *type, GBytes *body)
{
  QcHttpAnswer *answer = g_new0 (QcHttpAnswer, 1);
  answer->status = status;
  answer->type = type;
  answer->body = body;
  answer->headers = g_ptr_array_new_with_free_func (g_free);
  return answer;
}

void
qc_http_answer_free (QcHttpAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_ptr_array_unref (answer->headers);
  g_free (answer);
}

void
qc_http_answer_add_header (QcHttpAnswer *answer, const char *name, const char *value)
{
  g_ptr_array_add (answer->headers, g_strdup (name));
  g_ptr_array_add (answer->headers, g_strdup (value));
}

QcHttpAnswer *
qc_http_answer_redirect (const char *location)
{
  QcHttpAnswer *answer = qc_http_answer_new (303, NULL, NULL);
  qc_http_answer_add_header (answer, "Location", location);
  return answer;
}

static void
answer_free_unless_none (gpointer answer)
{
  if (answer != QC_DATABASE_DONE)
    qc_http_answer_free (answer);
}

/* ---- running the steps ---- */

static void run_step (QcHttpRun *run);

/* Sends @answer (taken) and ends the run. */
static void
finish (QcHttpRun *run, QcHttpAnswer *answer)
{
  QcHttpServer *server = run->server;
  if (!run->gone) {
    qc_http_send (run->message, answer);
    soup_server_message_unpause (run->message);
  }
  qc_http_answer_free (answer);
  server->n_calls--;
  if (run->wrote && server->center->changed != NULL)
    server->center->changed (server->center->server);
  qc_http_run_free (run);
}

static void
fail (QcHttpRun *run, const GError *error)
{
  int status = 500;
  if (g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_BUSY) || g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_FULL)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    status = 503;
  g_printerr ("%s: %s %s: %s\n", run->server->setup.name, run->call.method, run->route->path, error->message);
  finish (run, run->server->setup.fallback (&run->call, status));
}

/* @answer (taken): of a step; none = the next step's turn. */
static void
step_done (QcHttpRun *run, gpointer answer, const GError *error)
{
  if (error != NULL) {
    fail (run, error);
    return;
  }
  if (answer != QC_DATABASE_DONE) {
    finish (run, answer);
    return;
  }
  run->step++;
  run_step (run);
}

static gboolean
is_last (const QcHttpRun *run)
{
  return run->step + 1 >= G_N_ELEMENTS (run->route->steps) || run->route->steps[run->step + 1].func == NULL;
}

/* Who gives neither answer nor error passes on, where there is somebody to pass on to. Elsewhere it is a fault, and
 * like any fault of a step that writes it undoes what was written. */
static gpointer
do_step (QcHttpRun *run, QcConnection *connection, GError **error)
{
  GError *fault = NULL;
  QcHttpAnswer *answer = run->route->steps[run->step].func (&run->call, connection, &fault);
  if (fault == NULL && answer == NULL && is_last (run))
    fault = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "the last step gave neither answer nor error");
  if (fault == NULL)
    return answer != NULL ? (gpointer)answer : QC_DATABASE_DONE;
  qc_http_answer_free (answer);
  g_propagate_error (error, fault);
  return NULL;
}

static gpointer
database_step (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return do_step (data, connection, error);
}

static void
database_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gpointer answer = qc_database_finish (QC_DATABASE (source), result, &error);
  step_done (user_data, answer, error);
}

static void
pool_step (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gpointer answer = do_step (data, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, answer_free_unless_none);
}

static void next_in_pool (QcHttpServer *server);

static void
pool_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  QcHttpRun *run = user_data;
  QcHttpServer *server = run->server;
  g_autoptr (GError) error = NULL;
  gpointer answer = g_task_propagate_pointer (G_TASK (result), &error);
  server->n_in_pool--;
  step_done (run, answer, error);
  next_in_pool (server);
}

/* Passwords take memory on purpose: two at a time, the rest wait in line. */
static void
next_in_pool (QcHttpServer *server)
{
  while (server->n_in_pool < QC_HTTP_POOL_WIDTH && !g_queue_is_empty (&server->waiting)) {
    QcHttpRun *run = g_queue_pop_head (&server->waiting);
    g_autoptr (GTask) task = g_task_new (NULL, NULL, pool_done_cb, run);
    server->n_in_pool++;
    g_task_set_task_data (task, run, NULL);
    g_task_run_in_thread (task, pool_step);
  }
}

static void
run_step (QcHttpRun *run)
{
  QcDatabase *database = run->server->center->database;
  switch (run->route->steps[run->step].place) {
  case QC_HTTP_READ:
    qc_database_read_async (database, run->route->path, database_step, run, NULL, answer_free_unless_none, NULL,
                            database_done_cb, run);
    break;
  case QC_HTTP_WRITE:
    run->wrote = TRUE;
    qc_database_write_async (database, run->route->path, database_step, run, NULL, answer_free_unless_none, NULL,
                             database_done_cb, run);
    break;
  case QC_HTTP_POOL:
    g_queue_push_tail (&run->server->waiting, run);
    next_in_pool (run->server);
    break;
  }
}

/* ---- taking calls in ---- */

static void
gone_cb (SoupServerMessage *message, gpointer user_data)
{
  QcHttpRun *run = user_data;
  run->gone = TRUE;
}

/* Why the call cannot be run, as a status; 0 = it can. Finds the route. @refusal: of its body, 0 = none. */
static int
judge (QcHttpRun *run, int refusal)
{
  const QcHttpServer *server = run->server;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (run->message);
  const char *host = soup_message_headers_get_one (headers, "Host");
  if (server->host != NULL && g_strcmp0 (host, server->host) != 0)
    return 421;
  int status
      = qc_http_find_route (server->setup.tables, run->call.method, run->call.path, run->call.params, &run->route);
  if (status == 0)
    status = refusal;
  if (status == 0 && run->bad_query)
    status = 400;
  if (status != 0)
    return status;
  if (server->n_calls >= QC_HTTP_MAX_CALLS || server->closed)
    return 503;
  return qc_http_take_body (run->message, run->route->body, &run->call);
}

static void
call_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  QcHttpServer *server = user_data;
  QcHttpRun *run = qc_http_run_new (server, message, query);
  int status = judge (run, qc_http_get_refusal (message));
  if (status != 0) {
    g_autoptr (QcHttpAnswer) answer = server->setup.fallback (&run->call, status);
    if (status == 405)
      qc_http_add_allow (server->setup.tables, run->call.path, answer);
    if (status == 413)
      qc_http_answer_add_header (answer, "Connection", "close");
    qc_http_send (message, answer);
    qc_http_run_free (run);
    return;
  }
  server->n_calls++;
  run->gone_id = g_signal_connect (message, "finished", G_CALLBACK (gone_cb), run);
  soup_server_message_pause (message);
  qc_http_move_peer (message, QC_HTTP_WORK);
  run_step (run);
}

/* ---- the server ---- */

static void
come_in_cb (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  QcHttpServer *self = user_data;
  soup_server_accept_iostream (self->soup, stream, local, remote, NULL);
}

/* SoupServer ends a connection after one answer unless it listens somewhere itself: here on a line at whose other end
 * nobody ever speaks. */
static gboolean
pretend_to_listen (QcHttpServer *self, GError **error)
{
  if (self->silence >= 0)
    return TRUE;
  int pair[2];
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0) {
    g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (errno), "%s", g_strerror (errno));
    return FALSE;
  }
  self->silence = pair[1];
  g_autoptr (GSocket) socket = g_socket_new_from_fd (pair[0], error);
  if (socket == NULL)
    close (pair[0]);
  return socket != NULL && soup_server_listen_socket (self->soup, socket, 0, error);
}

QcHttpServer *
qc_http_server_new (const QcCenter *center, const QcHttpSetup *setup, QcHttpTls *tls, const QcHttpLimits *limits)
{
  QcHttpServer *self = g_new0 (QcHttpServer, 1);
  self->center = center;
  self->setup = *setup;
  self->host = g_strdup (setup->host);
  self->silence = -1;
  self->spooled = g_rc_box_new0 (gsize);
  g_queue_init (&self->waiting);
  self->door = qc_http_door_new (setup->name, limits, tls, come_in_cb, self);
  self->soup = soup_server_new ("server-header", "qingce-center", "raw-paths", TRUE, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (qc_http_watch_cb), self);
  soup_server_add_handler (self->soup, NULL, call_cb, self, NULL);
  return self;
}

guint16
qc_http_server_listen (QcHttpServer *self, guint16 port, gboolean loopback_only, GError **error)
{
  return pretend_to_listen (self, error) ? qc_http_door_listen (self->door, port, loopback_only, error) : 0;
}

void
qc_http_server_set_host (QcHttpServer *self, const char *host)
{
  g_free (self->host);
  self->host = g_strdup (host);
}

guint
qc_http_server_get_n_calls (QcHttpServer *self)
{
  return self->n_calls;
}

void
qc_http_server_close (QcHttpServer *self)
{
  self->closed = TRUE;
  qc_http_door_shut (self->door);
}

void
qc_http_server_free (QcHttpServer *self)
{
  if (self == NULL)
    return;
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  qc_http_door_free (self->door);
  if (self->silence >= 0)
    close (self->silence);
  g_rc_box_release (self->spooled);
  g_free (self->host);
  g_free (self);
}
