/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bytes of one connection of a server: a socket, under TLS 1.2 or later where the server has a certificate. Nothing
 * here blocks or needs a thread, the handshake neither, so that any number of slow ones costs nothing but a descriptor
 * each (GIO's TLS takes a thread for each handshake). Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The server's certificate with its key: shared by all its connections, counted. */
typedef struct _QcHttpTls QcHttpTls;
/* From PEM files, which may be one and the same. QC_CENTER_SERVER_ERROR_TLS when they are no use. (transfer full) */
QcHttpTls *qc_http_tls_new (const char *certificate_path, const char *key_path, GError **error);
QcHttpTls *qc_http_tls_ref (QcHttpTls *tls);
void qc_http_tls_unref (QcHttpTls *tls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcHttpTls, qc_http_tls_unref)

#define QC_TYPE_HTTP_STREAM (qc_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (QcHttpStream, qc_http_stream, QC, HTTP_STREAM, GIOStream)

typedef enum {
  QC_HTTP_SHAKE_READ,  /* goes on once there is something to read */
  QC_HTTP_SHAKE_WRITE, /* goes on once there is room to write */
  QC_HTTP_SHAKE_DONE,
  QC_HTTP_SHAKE_FAILED,
} QcHttpShake;

/* @fd: non-blocking, taken. @tls: (nullable): plain. @closed: called once, when it is closed, whoever does it; also
 * where TLS cannot be had for it, and NULL is returned. (transfer full) (nullable) */
QcHttpStream *qc_http_stream_new (int fd, QcHttpTls *tls, void (*closed) (gpointer data), gpointer data);
/* Goes on with the handshake; done at once without TLS. */
QcHttpShake qc_http_stream_shake (QcHttpStream *self);
/* Whether bytes were decrypted already that nobody has read: waiting for the socket would miss them. */
gboolean qc_http_stream_has_bytes (QcHttpStream *self);

G_END_DECLS
