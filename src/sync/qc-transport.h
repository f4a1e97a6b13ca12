/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * HTTPS to one center: TLS 1.2 or later, verified always (against the profile's CA where it names one), no redirects,
 * no cookies, no cache, answers bounded while they are read, content type checked, failures told apart. Before the
 * first question to the API it makes sure that the center is of the profile's kind (practice or real). A practice
 * profile's transport connects to loopback addresses only. It holds no tokens. Requests run on a thread of their own,
 * so that no center can keep the caller's context from running; cancelling and time limits work whatever that thread
 * does. Lives on the main context it was made in.
 */
#pragma once

#include <gio/gio.h>
#include "qc-clock.h"
#include "qc-profile.h"
#include "qc-wire-center.h"

G_BEGIN_DECLS

#define QC_TYPE_TRANSPORT (qc_transport_get_type ())
G_DECLARE_FINAL_TYPE (QcTransport, qc_transport, QC, TRANSPORT, GObject)

#define QC_TRANSPORT_MAX_ANSWER   (8 * 1024 * 1024)
#define QC_TRANSPORT_SMALL_ANSWER (2 * 1024 * 1024) /* for what is decoded on the main context */

/* What is asked. Strings are copied by the call. */
typedef struct {
  const char *method;         /* "GET", "POST" */
  const char *path;           /* beginning with "/", already escaped */
  const char *token;          /* (nullable) bearer token */
  const char *key;            /* (nullable) Idempotency-Key */
  const char *if_match;       /* (nullable) revision, without quotes */
  const char *content_type;   /* (nullable) of @body; NULL = application/json */
  const char *const *headers; /* (nullable) others: name, value …, NULL-ended */
  GBytes *body;               /* (nullable) */
  gsize max_answer;           /* bytes; 0 = QC_TRANSPORT_MAX_ANSWER */
  guint timeout;              /* seconds for the whole exchange; 0 = 30 */
  gboolean changes;           /* it changes something: a lost answer is QC_SYNC_ERROR_UNKNOWN_OUTCOME */
  gboolean any_center;        /* only for the greeting itself: do not greet first */
  const char *answer_type;    /* (static) (nullable) of a good answer, which is bytes then; NULL = JSON */
  gboolean raw_errors;        /* JSON answers of 4xx are handed out as they are (the token endpoint speaks so) */
} QcRequest;

/* A good (2xx) answer of JSON, or of bytes where they were asked for. Others become errors. */
typedef struct {
  guint status;
  GBytes *body;             /* (owned) */
  char *location;           /* (owned) (nullable) where it was made */
  gint64 upload_offset;     /* of an upload; −1 = it does not say */
  gboolean upload_complete; /* likewise */
} QcAnswer;
void qc_answer_free (QcAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAnswer, qc_answer_free)

/*
 * @clock: (nullable): the local clock; NULL = the system's. Copied.
 * Errors: QC_SYNC_ERROR_NO_API, QC_SYNC_ERROR_PROFILE (CA unreadable), QC_SYNC_ERROR_PRACTICE (not loopback).
 */
QcTransport *qc_transport_new (QcProfile *profile, const QcClock *clock, GError **error);

/*
 * For tests, in which time does not pass by itself: makes the sources that are waited with, for requests and for the
 * rounds of a QcSync, instead of g_timeout_source_new_seconds().
 */
typedef GSource *(*QcWaitFunc) (guint seconds, gpointer user_data);
void qc_transport_set_wait_func (QcTransport *self, QcWaitFunc func, gpointer user_data);
/* Ready after @seconds, once. (transfer full) */
GSource *qc_transport_wait_source_new (QcTransport *self, guint seconds);

void qc_transport_send_async (QcTransport *self, const QcRequest *request, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
QcAnswer *qc_transport_send_finish (QcTransport *self, GAsyncResult *result, GError **error);

/* Asks who the center is, unless known. The answer is kept: qc_transport_get_center(). */
void qc_transport_greet_async (QcTransport *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean qc_transport_greet_finish (QcTransport *self, GAsyncResult *result, GError **error);
/* (nullable) borrowed; NULL before the first greeting. */
const QcWireCenter *qc_transport_get_center (QcTransport *self);
/* Forget the greeting, for example after practice moved its date. */
void qc_transport_forget_center (QcTransport *self);

/* Seconds by which the center's clock is ahead of ours, by its last Date header. Property "clock-offset". */
gint64 qc_transport_get_clock_offset (QcTransport *self);
/* Whether that is more than five minutes. */
gboolean qc_transport_is_clock_off (QcTransport *self);
QcProfile *qc_transport_get_profile (QcTransport *self);
/* The same center under another address (practice after a restart); what is under way is ended. Errors as with new. */
gboolean qc_transport_set_profile (QcTransport *self, QcProfile *profile, GError **error);

G_END_DECLS
