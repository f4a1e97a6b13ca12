/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-http.c (running calls) and qc-http-call.c (reading requests, sending answers). Main thread.
 */
#pragma once

#include "qc-http.h"

G_BEGIN_DECLS

#define QC_HTTP_POOL_WIDTH 2
#define QC_HTTP_TOO_LARGE  "qc-http-too-large"

struct _QcHttpServer {
  const QcCenter *center;
  QcHttpSetup setup;
  char *host;       /* (owned) (nullable) */
  SoupServer *soup; /* (owned) */
  guint n_calls;
  guint n_in_pool;
  GQueue waiting; /* QcHttpRun, borrowed */
  gboolean closed;
};

/* A call on its way. */
typedef struct {
  QcHttpServer *server;
  SoupServerMessage *message; /* (owned) */
  const QcHttpRoute *route;
  QcHttpCall call;
  guint step;
  gboolean wrote;
  gboolean gone; /* the other side hung up */
  gulong gone_id;
} QcHttpRun;

QcHttpRun *qc_http_run_new (QcHttpServer *server, SoupServerMessage *message, GHashTable *query);
void qc_http_run_free (QcHttpRun *run);
/* 0, or 404 / 405. */
int qc_http_find_route (const QcHttpRoute *const *tables, QcHttpCall *call, const QcHttpRoute **out);
void qc_http_add_allow (const QcHttpRoute *const *tables, const char *path, QcHttpAnswer *answer);
/* 0, or 400 / 415. */
int qc_http_take_body (SoupServerMessage *message, QcHttpBody wanted, QcHttpCall *call);
void qc_http_send (SoupServerMessage *message, const QcHttpAnswer *answer);
void qc_http_watch_size_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data);

G_END_DECLS
