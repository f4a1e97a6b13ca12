/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Calls over HTTP: a table of routes, and for each the steps that answer it. A step runs on the database's reader or
 * writer thread (then inside one transaction, and its error undoes it) or in the pool for slow computing; the main loop
 * only takes calls in and sends answers out. A step that returns NULL without an error leaves the call to the next; the
 * last one may not.
 */
#pragma once

#include <libsoup/soup.h>
#include "qc-center-private.h"
#include "qc-connection.h"
#include "qc-http-door.h"

G_BEGIN_DECLS

#define QC_HTTP_MAX_BODY   (1024 * 1024)
#define QC_HTTP_MAX_LINES  (64 * 1024 * 1024)
#define QC_HTTP_MAX_FORM   (64 * 1024)
#define QC_HTTP_MAX_FILES  (672 * 1024 * 1024) /* of a form with files; on the disk, not in memory */
#define QC_HTTP_MAX_SPOOL  ((gsize)2 << 30)    /* of all such forms at a time */
#define QC_HTTP_MAX_CALLS  256                 /* at the same time; more are told to come back */
#define QC_HTTP_MAX_PARAMS 3

typedef struct {
  int status;
  const char *type;   /* static; NULL = no body */
  GBytes *body;       /* (owned) (nullable) */
  GPtrArray *headers; /* (owned) char*: name, value, name, value … */
} QcHttpAnswer;
/* @body is taken. (transfer full) */
QcHttpAnswer *qc_http_answer_new (int status, const char *type, GBytes *body);
void qc_http_answer_free (QcHttpAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcHttpAnswer, qc_http_answer_free)
void qc_http_answer_add_header (QcHttpAnswer *answer, const char *name, const char *value);
/* 303 to @location. (transfer full) */
QcHttpAnswer *qc_http_answer_redirect (const char *location);

typedef struct _QcHttpServer QcHttpServer;

/* One request. Belongs to one thread at a time. */
typedef struct {
  const QcCenter *center;
  const char *method;               /* borrowed */
  char *path;                       /* (owned) decoded once */
  char *params[QC_HTTP_MAX_PARAMS]; /* (owned) what stood for each "*" of the route */
  GHashTable *query, *form;         /* (owned) char* → char*, never NULL; the first of a name counts */
  GBytes *body;                     /* (owned) never NULL */
  char *boundary;                   /* (owned) (nullable) of a form with files */
  char *address;                    /* (owned) of the other side, without port */
  char *cookie, *origin, *authorization, *if_match, *idempotency_key;            /* (owned) (nullable) headers */
  char *upload_offset, *upload_length, *upload_complete, *representation_digest; /* (owned) (nullable) headers too */
  gint64 now;                                                                    /* unix seconds, the machine's clock */
  gpointer state; /* (owned) what a step hands to the next */
  GDestroyNotify state_free;
} QcHttpCall;
void qc_http_call_set_state (QcHttpCall *call, gpointer state, GDestroyNotify state_free);
/* A member of the form or the query; "" when it is not there. Borrowed. */
const char *qc_http_call_field (const QcHttpCall *call, const char *name);
const char *qc_http_call_query (const QcHttpCall *call, const char *name);

typedef enum { QC_HTTP_READ, QC_HTTP_WRITE, QC_HTTP_POOL } QcHttpPlace;
/* @connection: NULL in the pool. (transfer full) (nullable) */
typedef QcHttpAnswer *(*QcHttpStep) (QcHttpCall *call, QcConnection *connection, GError **error);

typedef enum {
  QC_HTTP_BODY_NONE,
  QC_HTTP_BODY_JSON,
  QC_HTTP_BODY_JSON_OR_NONE,
  QC_HTTP_BODY_FORM,
  QC_HTTP_BODY_LINES, /* a JSON object per line */
  QC_HTTP_BODY_PART,  /* of an upload: bytes */
  QC_HTTP_BODY_FILES, /* a form with files: a body that is mapped from the disk */
} QcHttpBody;

typedef struct {
  const char *method;
  const char *path; /* "/api/v1/units/STAR/feeds/STAR" with * for STAR: one segment each */
  QcHttpBody body;
  struct {
    QcHttpPlace place;
    QcHttpStep func;
  } steps[3];
} QcHttpRoute;

/* What a server answers when no step does: no route (404), method (405), 413, 415, error (500), busy (503). */
typedef QcHttpAnswer *(*QcHttpFallback) (const QcHttpCall *call, int status);

typedef struct {
  const char *name;                 /* for messages */
  const QcHttpRoute *const *tables; /* NULL-ended; each ends with a route without method */
  QcHttpFallback fallback;
  const char *host; /* (nullable) what the Host header must say */
} QcHttpSetup;

/* @setup is copied, what it points to borrowed. */
QcHttpServer *qc_http_server_new (const QcCenter *center, const QcHttpSetup *setup, QcHttpTls *tls,
                                  const QcHttpLimits *limits);
/* Returns the port, 0 on error; then it may be tried with another one. */
guint16 qc_http_server_listen (QcHttpServer *self, guint16 port, gboolean loopback_only, GError **error);
void qc_http_server_set_host (QcHttpServer *self, const char *host);
guint qc_http_server_get_n_calls (QcHttpServer *self);
/* No new calls. */
void qc_http_server_close (QcHttpServer *self);
void qc_http_server_free (QcHttpServer *self);

G_END_DECLS
