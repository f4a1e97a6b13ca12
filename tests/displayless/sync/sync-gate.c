/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A broken network; see the header.
 */
#include "sync-gate.h"

#include <string.h>
#include <sys/socket.h>

/* ---- what gets no answer ---- */

typedef struct {
  Gate *gate; /* (nullable) NULL = it has been let go of */
  GIOStream *stream;
  GCancellable *cancellable;
  gboolean heard;
  char said[4096];
} Held;

static void
held_free (Held *held)
{
  g_io_stream_close (held->stream, NULL, NULL);
  g_object_unref (held->stream);
  g_object_unref (held->cancellable);
  g_free (held);
}

static void listen_on (Held *held);

static void
heard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Held *held = user_data;
  Gate *gate = held->gate;
  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) > 0) {
    if (gate != NULL && !held->heard)
      gate->waiting++;
    held->heard = TRUE;
    listen_on (held);
    return;
  }
  if (gate != NULL) {
    gate->waiting -= held->heard;
    g_ptr_array_remove (gate->held, held);
  }
  held_free (held);
}

static void
listen_on (Held *held)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (held->stream), held->said, sizeof held->said,
                             G_PRIORITY_DEFAULT, held->cancellable, heard_cb, held);
}

void
gate_hold (Gate *gate, GIOStream *stream, gboolean heard)
{
  Held *held = g_new0 (Held, 1);
  held->gate = gate;
  held->stream = stream;
  held->heard = heard;
  gate->waiting += heard;
  held->cancellable = g_cancellable_new ();
  g_ptr_array_add (gate->held, held);
  listen_on (held);
}

void
gate_let_go (Gate *gate)
{
  for (guint i = 0; i < gate->held->len; i++) {
    Held *held = g_ptr_array_index (gate->held, i);
    held->gate = NULL;
    g_cancellable_cancel (held->cancellable);
  }
  g_ptr_array_set_size (gate->held, 0);
  gate->waiting = 0;
}

/* ---- what goes through ---- */

typedef struct {
  GSocketConnection *client, *center;
  guint ways; /* that are open */
} Pipe;

static void
carried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pipe *pipe = user_data;
  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (pipe->client), TRUE, TRUE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (pipe->center), TRUE, TRUE, NULL);
  if (--pipe->ways > 0)
    return;
  g_object_unref (pipe->client);
  g_object_unref (pipe->center);
  g_free (pipe);
}

static void
carry (Pipe *pipe, GSocketConnection *from, GSocketConnection *to)
{
  pipe->ways++;
  g_output_stream_splice_async (g_io_stream_get_output_stream (G_IO_STREAM (to)),
                                g_io_stream_get_input_stream (G_IO_STREAM (from)), G_OUTPUT_STREAM_SPLICE_NONE,
                                G_PRIORITY_DEFAULT, NULL, carried_cb, pipe);
}

static void
pass (GSocketConnection *client, guint16 port)
{
  g_autoptr (GSocketClient) dial = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_socket_client_set_enable_proxy (dial, FALSE);
  GSocketConnection *center = g_socket_client_connect_to_host (dial, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  Pipe *pipe = g_new0 (Pipe, 1);
  pipe->client = g_object_ref (client);
  pipe->center = center;
  carry (pipe, client, center);
  carry (pipe, center, client);
}

/* ---- what is answered by something else ---- */

typedef struct {
  GSocketConnection *client;
  const char *words; /* (nullable) */
  gsize size;
  char heard[4096];
} Talk;

static void
talk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Talk *talk = user_data;
  g_autoptr (GSocketConnection) client = talk->client;
  g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  if (talk->words != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)), talk->words, talk->size, NULL,
                               NULL, NULL);
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
}

/* Says @words when it has heard something, and leaves. */
static void
talk (GSocketConnection *client, const char *words, gsize size)
{
  Talk *talk = g_new0 (Talk, 1);
  talk->client = g_object_ref (client);
  talk->words = words;
  talk->size = size;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (client)), talk->heard, sizeof talk->heard,
                             G_PRIORITY_DEFAULT, NULL, talk_cb, talk);
}

static void
reset (GSocketConnection *client)
{
  struct linger now = {1, 0};
  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (client)), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *client, GObject *source, Gate *gate)
{
  static const char portal[] = "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/sign-in\r\nContent-Length: 0\r\n\r\n";
  static const char alert[] = "\x15\x03\x03\x00\x02\x02\x28"; /* fatal, handshake_failure */
  static const char garbage[] = "220 mail.example ESMTP\r\n\x01\x02\x03\x04\x05\x06\x07";
  switch (gate->mode) {
  case GATE_OPEN:
    pass (client, gate->to);
    break;
  case GATE_DIVERTED:
    pass (client, gate->elsewhere);
    break;
  case GATE_SILENT:
    gate_hold (gate, g_object_ref (G_IO_STREAM (client)), FALSE);
    break;
  case GATE_RESET:
    reset (client);
    break;
  case GATE_HELLO:
    talk (client, NULL, 0);
    break;
  case GATE_ALERT:
    talk (client, alert, sizeof alert - 1);
    break;
  case GATE_PORTAL:
    talk (client, portal, sizeof portal - 1);
    break;
  case GATE_GARBAGE:
    talk (client, garbage, sizeof garbage - 1);
    break;
  case GATE_REFUSED:
  case GATE_CLOSED:
    g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
    break;
  }
  return TRUE;
}

/* ---- the port ---- */

static void
open_port (Gate *gate)
{
  gate->service = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, gate->port);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;
  g_socket_listener_add_address (G_SOCKET_LISTENER (gate->service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &got, &error);
  g_assert_no_error (error);
  gate->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  g_signal_connect (gate->service, "incoming", G_CALLBACK (incoming_cb), gate);
}

static void
close_port (Gate *gate)
{
  g_signal_handlers_disconnect_by_data (gate->service, gate);
  g_socket_service_stop (gate->service);
  g_socket_listener_close (G_SOCKET_LISTENER (gate->service));
  g_clear_object (&gate->service);
}

void
gate_set (Gate *gate, GateMode mode)
{
  gate->mode = mode;
  if (mode == GATE_REFUSED && gate->service != NULL)
    close_port (gate);
  else if (mode != GATE_REFUSED && gate->service == NULL)
    open_port (gate);
}

Gate *
gate_new (guint16 to)
{
  Gate *gate = g_new0 (Gate, 1);
  gate->to = to;
  gate->held = g_ptr_array_new ();
  open_port (gate);
  return gate;
}

void
gate_free (Gate *gate)
{
  gate_let_go (gate);
  gate_set (gate, GATE_REFUSED);
  g_ptr_array_unref (gate->held);
  g_free (gate);
}
