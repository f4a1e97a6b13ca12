/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The way into a server: it listens, lets connections in, shakes hands, and hands on whoever has begun to speak HTTP.
 * Nobody can keep others out: connections are limited in all and per address, each stage of one has its time, bodies
 * have a common room; who is over time goes, and where there is no room for the next one, the longest waiting goes of
 * the address that has most. A listener that dies comes back. Main thread.
 */
#pragma once

#include "qc-http-stream.h"

G_BEGIN_DECLS

/* Where a connection stands. In all but the last the center waits for the other side. */
typedef enum {
  QC_HTTP_SILENT,    /* nothing was heard of it yet */
  QC_HTTP_HANDSHAKE, /* TLS */
  QC_HTTP_HEADERS,   /* of a request, or its first byte after the handshake */
  QC_HTTP_BODY,
  QC_HTTP_ANSWER, /* is being sent */
  QC_HTTP_IDLE,   /* between two requests */
  QC_HTTP_N_WAITING,
  QC_HTTP_WORK = QC_HTTP_N_WAITING, /* the center's own time: never cut off */
  QC_HTTP_ENDING,                   /* shut down, not closed yet */
  QC_HTTP_N_STAGES,
} QcHttpStage;

typedef struct {
  guint connections, per_address;   /* per server; an IPv6 address is its first 64 bits */
  guint seconds[QC_HTTP_N_WAITING]; /* for each stage */
  guint grace;                      /* milliseconds in a stage before one may have to make room for others */
  gsize bodies;                     /* bytes of all bodies that are held at a time */
} QcHttpLimits;
extern const QcHttpLimits qc_http_limits_usual;

/* Sees that the process may open as many descriptors as @n servers of @limits need, or lowers @limits to what may be
 * had. */
void qc_http_limits_fit (QcHttpLimits *limits, guint n);

typedef struct _QcHttpDoor QcHttpDoor;
typedef struct _QcHttpPeer QcHttpPeer;

/* Takes a stream on which a request begins. */
typedef void (*QcHttpDoorFunc) (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data);

/* @name: (static) for messages. */
QcHttpDoor *qc_http_door_new (const char *name, const QcHttpLimits *limits, QcHttpTls *tls, QcHttpDoorFunc func,
                              gpointer user_data);
/* Returns the port, 0 on error; then it may be tried with another one. */
guint16 qc_http_door_listen (QcHttpDoor *self, guint16 port, gboolean loopback_only, GError **error);
/* Nobody comes in any more. */
void qc_http_door_shut (QcHttpDoor *self);
/* After whoever took its streams has closed them. */
void qc_http_door_free (QcHttpDoor *self);

/* The connection behind the @remote that was handed on; NULL once it is closed. */
QcHttpPeer *qc_http_door_find (GSocketAddress *remote);
void qc_http_peer_move (QcHttpPeer *peer, QcHttpStage stage);
/* @n more bytes of its body are held. FALSE: there is no room for them, even after others had to go. */
gboolean qc_http_peer_hold (QcHttpPeer *peer, gsize n);
/* Its body is held no more. */
void qc_http_peer_release (QcHttpPeer *peer);
/* Ends it: whoever reads its stream comes to the end. */
void qc_http_peer_end (QcHttpPeer *peer);

G_END_DECLS
