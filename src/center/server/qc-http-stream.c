/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A GIOStream over a descriptor and, where there is one, a GnuTLS session. Main thread.
 */
#include "qc-http-stream.h"

#include <errno.h>
#include <glib-unix.h>
#include <gnutls/gnutls.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "qc-center-server.h"

#define VERSIONS "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

/* ---- the certificate ---- */

struct _QcHttpTls {
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t priorities;
};

static void
tls_clear (gpointer data)
{
  QcHttpTls *tls = data;
  if (tls->credentials != NULL)
    gnutls_certificate_free_credentials (tls->credentials);
  if (tls->priorities != NULL)
    gnutls_priority_deinit (tls->priorities);
}

QcHttpTls *
qc_http_tls_new (const char *certificate_path, const char *key_path, GError **error)
{
  g_autoptr (QcHttpTls) tls = g_rc_box_new0 (QcHttpTls);
  int code = gnutls_priority_init (&tls->priorities, VERSIONS, NULL);
  if (code >= 0)
    code = gnutls_certificate_allocate_credentials (&tls->credentials);
  if (code >= 0)
    code = gnutls_certificate_set_x509_key_file (tls->credentials, certificate_path, key_path, GNUTLS_X509_FMT_PEM);
  if (code >= 0)
    return g_steal_pointer (&tls);
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_TLS, "%s, %s: %s", certificate_path, key_path,
               gnutls_strerror (code));
  return NULL;
}

QcHttpTls *
qc_http_tls_ref (QcHttpTls *tls)
{
  return g_rc_box_acquire (tls);
}

void
qc_http_tls_unref (QcHttpTls *tls)
{
  g_rc_box_release_full (tls, tls_clear);
}

/* ---- reading and writing ---- */

/* What the stream and its two halves share. */
typedef struct {
  int fd;                   /* −1 = closed */
  QcHttpTls *tls;           /* (owned) (nullable) */
  gnutls_session_t session; /* (nullable) */
  gboolean unsent;          /* a record was begun: GnuTLS has its bytes and wants to be called until it is sent */
  void (*closed) (gpointer data);
  gpointer data;
} Line;

static void
line_close (Line *line)
{
  int fd = line->fd;
  if (fd < 0)
    return;
  line->fd = -1;
  if (line->session != NULL)
    gnutls_bye (line->session, GNUTLS_SHUT_WR); /* if it can be said at once; nobody waits for it */
  close (fd);
  line->closed (line->data);
}

static void
line_clear (gpointer data)
{
  Line *line = data;
  line_close (line);
  if (line->session != NULL)
    gnutls_deinit (line->session);
  g_clear_pointer (&line->tls, qc_http_tls_unref);
}

static void
line_unref (Line *line)
{
  g_rc_box_release_full (line, line_clear);
}

static gboolean
line_has_bytes (const Line *line)
{
  return line->session != NULL && gnutls_record_check_pending (line->session) > 0;
}

static gboolean
is_ready (const Line *line, short events)
{
  struct pollfd one = {line->fd, events, 0};
  return line->fd < 0 || ((events & POLLIN) != 0 && line_has_bytes (line)) || poll (&one, 1, 0) > 0;
}

/* What @count of a GnuTLS call means to GIO; @count itself when it is no error. */
static gssize
judge_tls (gssize count, GError **error)
{
  if (count >= 0)
    return count;
  if (count == GNUTLS_E_AGAIN || count == GNUTLS_E_INTERRUPTED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "not yet");
  else if (count == GNUTLS_E_PREMATURE_TERMINATION)
    return 0; /* HTTP says itself where a message ends */
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, gnutls_strerror ((int)count));
  return -1;
}

static gssize
judge_socket (gssize count, GError **error)
{
  if (count < 0)
    g_set_error_literal (error, G_IO_ERROR,
                         errno == EINTR ? G_IO_ERROR_WOULD_BLOCK : (gint)g_io_error_from_errno (errno),
                         g_strerror (errno));
  return count;
}

static gboolean
is_open (const Line *line, GError **error)
{
  if (line->fd < 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "closed");
  return line->fd >= 0;
}

static gssize
line_read (Line *line, void *buffer, gsize count, GError **error)
{
  if (!is_open (line, error))
    return -1;
  if (line->session == NULL)
    return judge_socket (recv (line->fd, buffer, count, 0), error);
  return judge_tls (gnutls_record_recv (line->session, buffer, count), error);
}

static gssize
line_write (Line *line, const void *buffer, gsize count, GError **error)
{
  if (!is_open (line, error))
    return -1;
  if (line->session == NULL)
    return judge_socket (send (line->fd, buffer, count, MSG_NOSIGNAL), error);
  gssize sent = gnutls_record_send (line->session, line->unsent ? NULL : buffer, line->unsent ? 0 : count);
  line->unsent = sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED;
  return judge_tls (sent, error);
}

static GSource *
line_source (Line *line, gpointer stream, GIOCondition condition, GCancellable *cancellable)
{
  gboolean now = line->fd < 0 || (condition == G_IO_IN && line_has_bytes (line));
  g_autoptr (GSource) waiting = now ? g_timeout_source_new (0) : g_unix_fd_source_new (line->fd, condition);
  return g_pollable_source_new_full (stream, waiting, cancellable);
}

/* ---- the half that is read ---- */

#define QC_TYPE_HTTP_INPUT (qc_http_input_get_type ())
G_DECLARE_FINAL_TYPE (QcHttpInput, qc_http_input, QC, HTTP_INPUT, GInputStream)

struct _QcHttpInput {
  GInputStream parent_instance;
  Line *line; /* (owned) */
};

static void qc_http_input_pollable_init (GPollableInputStreamInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcHttpInput, qc_http_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, qc_http_input_pollable_init))

static gssize
input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return line_read (QC_HTTP_INPUT (stream)->line, buffer, count, error);
}

static gssize
input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return line_read (QC_HTTP_INPUT (stream)->line, buffer, count, error);
}

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  return is_ready (QC_HTTP_INPUT (stream)->line, POLLIN);
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  return line_source (QC_HTTP_INPUT (stream)->line, stream, G_IO_IN, cancellable);
}

static void
qc_http_input_finalize (GObject *object)
{
  line_unref (QC_HTTP_INPUT (object)->line);
  G_OBJECT_CLASS (qc_http_input_parent_class)->finalize (object);
}

static void
qc_http_input_class_init (QcHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_http_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = input_read;
}

static void
qc_http_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

static void
qc_http_input_init (QcHttpInput *self)
{
}

/* ---- the half that is written ---- */

#define QC_TYPE_HTTP_OUTPUT (qc_http_output_get_type ())
G_DECLARE_FINAL_TYPE (QcHttpOutput, qc_http_output, QC, HTTP_OUTPUT, GOutputStream)

struct _QcHttpOutput {
  GOutputStream parent_instance;
  Line *line; /* (owned) */
};

static void qc_http_output_pollable_init (GPollableOutputStreamInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcHttpOutput, qc_http_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, qc_http_output_pollable_init))

static gssize
output_write (GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return line_write (QC_HTTP_OUTPUT (stream)->line, buffer, count, error);
}

static gssize
output_write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  return line_write (QC_HTTP_OUTPUT (stream)->line, buffer, count, error);
}

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  return is_ready (QC_HTTP_OUTPUT (stream)->line, POLLOUT);
}

static GSource *
output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  return line_source (QC_HTTP_OUTPUT (stream)->line, stream, G_IO_OUT, cancellable);
}

static void
qc_http_output_finalize (GObject *object)
{
  line_unref (QC_HTTP_OUTPUT (object)->line);
  G_OBJECT_CLASS (qc_http_output_parent_class)->finalize (object);
}

static void
qc_http_output_class_init (QcHttpOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_http_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = output_write;
}

static void
qc_http_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write_nonblocking;
}

static void
qc_http_output_init (QcHttpOutput *self)
{
}

/* ---- both ---- */

struct _QcHttpStream {
  GIOStream parent_instance;
  Line *line;           /* (owned) */
  QcHttpInput *input;   /* (owned) */
  QcHttpOutput *output; /* (owned) */
};

G_DEFINE_FINAL_TYPE (QcHttpStream, qc_http_stream, G_TYPE_IO_STREAM)

static GInputStream *
stream_get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (QC_HTTP_STREAM (stream)->input);
}

static GOutputStream *
stream_get_output (GIOStream *stream)
{
  return G_OUTPUT_STREAM (QC_HTTP_STREAM (stream)->output);
}

static gboolean
stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  line_close (QC_HTTP_STREAM (stream)->line);
  return TRUE;
}

static void
qc_http_stream_finalize (GObject *object)
{
  QcHttpStream *self = QC_HTTP_STREAM (object);
  g_object_unref (self->input);
  g_object_unref (self->output);
  line_unref (self->line);
  G_OBJECT_CLASS (qc_http_stream_parent_class)->finalize (object);
}

static void
qc_http_stream_class_init (QcHttpStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_http_stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = stream_get_input;
  G_IO_STREAM_CLASS (klass)->get_output_stream = stream_get_output;
  G_IO_STREAM_CLASS (klass)->close_fn = stream_close;
}

static void
qc_http_stream_init (QcHttpStream *self)
{
  self->line = g_rc_box_new0 (Line);
  self->input = g_object_new (QC_TYPE_HTTP_INPUT, NULL);
  self->input->line = g_rc_box_acquire (self->line);
  self->output = g_object_new (QC_TYPE_HTTP_OUTPUT, NULL);
  self->output->line = g_rc_box_acquire (self->line);
}

static gboolean
begin_tls (Line *line)
{
  gnutls_datum_t protocol = {(unsigned char *)"http/1.1", strlen ("http/1.1")};
  if (gnutls_init (&line->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) < 0)
    return FALSE;
  gnutls_transport_set_int (line->session, line->fd);
  gnutls_alpn_set_protocols (line->session, &protocol, 1, 0);
  return gnutls_priority_set (line->session, line->tls->priorities) >= 0
         && gnutls_credentials_set (line->session, GNUTLS_CRD_CERTIFICATE, line->tls->credentials) >= 0;
}

QcHttpStream *
qc_http_stream_new (int fd, QcHttpTls *tls, void (*closed) (gpointer data), gpointer data)
{
  g_autoptr (QcHttpStream) self = g_object_new (QC_TYPE_HTTP_STREAM, NULL);
  self->line->fd = fd;
  self->line->closed = closed;
  self->line->data = data;
  if (tls == NULL)
    return g_steal_pointer (&self);
  self->line->tls = qc_http_tls_ref (tls);
  return begin_tls (self->line) ? g_steal_pointer (&self) : NULL;
}

QcHttpShake
qc_http_stream_shake (QcHttpStream *self)
{
  gnutls_session_t session = self->line->session;
  if (session == NULL)
    return QC_HTTP_SHAKE_DONE;
  int code = gnutls_handshake (session);
  if (code == GNUTLS_E_SUCCESS)
    return QC_HTTP_SHAKE_DONE;
  if (code == GNUTLS_E_AGAIN || code == GNUTLS_E_INTERRUPTED)
    return gnutls_record_get_direction (session) == 0 ? QC_HTTP_SHAKE_READ : QC_HTTP_SHAKE_WRITE;
  if (code == GNUTLS_E_WARNING_ALERT_RECEIVED)
    return QC_HTTP_SHAKE_READ;
  gnutls_alert_send_appropriate (session, code);
  return QC_HTTP_SHAKE_FAILED;
}

gboolean
qc_http_stream_has_bytes (QcHttpStream *self)
{
  return line_has_bytes (self->line);
}
