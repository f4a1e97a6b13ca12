/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-http.c (running calls) and qc-http-call.c (reading requests, sending answers). Main thread.
 */
#pragma once

#include "qc-http.h"

G_BEGIN_DECLS

#define QC_HTTP_POOL_WIDTH 2

struct _QcHttpServer {
  const QcCenter *center;
  QcHttpSetup setup;
  char *host;       /* (owned) (nullable) */
  QcHttpDoor *door; /* (owned) */
  SoupServer *soup; /* (owned) */
  int silence;      /* descriptor: the other end of what the soup server listens on */
  guint n_calls;
  guint n_in_pool;
  gsize *spooled; /* (owned) counted box: bytes of forms with files that are on the disk */
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
  gboolean bad_query; /* too much, or not text */
  gboolean gone;      /* the other side hung up */
  gulong gone_id;
} QcHttpRun;

QcHttpRun *qc_http_run_new (QcHttpServer *server, SoupServerMessage *message, GHashTable *query);
void qc_http_run_free (QcHttpRun *run);
/* 0, or 404 / 405. @params: (nullable): QC_HTTP_MAX_PARAMS of them get what stood for each "*". */
int qc_http_find_route (const QcHttpRoute *const *tables, const char *method, const char *path, char **params,
                        const QcHttpRoute **out);
void qc_http_add_allow (const QcHttpRoute *const *tables, const char *path, QcHttpAnswer *answer);
/* 0, or 400 / 415. */
int qc_http_take_body (SoupServerMessage *message, QcHttpBody wanted, QcHttpCall *call);
void qc_http_send (SoupServerMessage *message, const QcHttpAnswer *answer);
/* A request begins: tells the door how far it is, and bounds its body. @user_data: the server. */
void qc_http_watch_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data);
/* Tells the door where the connection of @message stands now. */
void qc_http_move_peer (SoupServerMessage *message, QcHttpStage stage);
/* Why the body of @message was not kept, as a status; 0 = it was. */
int qc_http_get_refusal (SoupServerMessage *message);

G_END_DECLS
