/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A running center: its data folder (locked), database, certificate, signing key, the HTTPS server of the API and the
 * server of the browser pages. It answers on the main context in which it was started and never blocks it: SQL runs on
 * the database's threads, passwords are hashed in a pool.
 */
#pragma once

#include <gio/gio.h>
#include "qc-http-door.h"
#include "qc-password.h"
#include "qc-types.h"

G_BEGIN_DECLS

#define QC_CENTER_SERVER_ERROR (qc_center_server_error_quark ())
GQuark qc_center_server_error_quark (void);
typedef enum {
  QC_CENTER_SERVER_ERROR_OPTIONS, /* they do not go together */
  QC_CENTER_SERVER_ERROR_IN_USE,  /* another center works on this data folder */
  QC_CENTER_SERVER_ERROR_DATA,    /* the folder holds data of the other kind (practice or not) */
  QC_CENTER_SERVER_ERROR_TLS,     /* certificate or key cannot be used or made */
  QC_CENTER_SERVER_ERROR_LISTEN,
} QcCenterServerError;

/* All borrowed; zero is the usual value of each. */
typedef struct {
  const char *data_dir; /* needed */
  gboolean practice;
  gint64 patience;          /* microseconds that another center on the folder, which is just ending, is waited for */
  guint16 port, pages_port; /* 0 = any free */
  const char *host;         /* name clients know the center by; NULL = 127.0.0.1. Practice: always 127.0.0.1 */
  gint64 people;            /* practice, only when the data is made */
  QcDate today;             /* practice; QC_DATE_NONE = as kept, or the machine's day for fresh data */
  gboolean has_arrival_delay;
  gint64 arrival_delay;                /* seconds, −1 = never */
  const char *tls_cert, *tls_key, *ca; /* PEM files; needed unless practice */
  const char *department;              /* its name, for a center that is not for practice */
  const QcPasswordCost *password_cost; /* NULL = usual */
  const QcHttpLimits *limits;          /* NULL = usual */
} QcCenterOptions;

typedef struct _QcCenterServer QcCenterServer;

/* Blocks until it listens. (transfer full) */
QcCenterServer *qc_center_server_start (const QcCenterOptions *options, GError **error);
/* Lets running calls end (bounded), closes everything, frees. Blocks. */
void qc_center_server_stop (QcCenterServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcCenterServer, qc_center_server_stop)

/* Borrowed. */
const char *qc_center_server_get_api (QcCenterServer *self);    /* "https://127.0.0.1:PORT" */
const char *qc_center_server_get_portal (QcCenterServer *self); /* "http://127.0.0.1:PORT/portal/" */
const char *qc_center_server_get_ca_path (QcCenterServer *self);
const char *qc_center_server_get_profile_id (QcCenterServer *self);
/* The JSON line that says it is ready, without a line end. (transfer full) */
char *qc_center_server_dup_ready_line (QcCenterServer *self);

/* Adds an account of center staff to the database in @data_dir, while no center runs on it. @roles: "review cashier".
 */
gboolean qc_center_server_add_staff (const char *data_dir, const char *user, const char *name, const char *roles,
                                     const char *password, GError **error);
/* What is signed from now on is signed by a new key, while no center runs on @data_dir. */
gboolean qc_center_server_renew_key (const char *data_dir, GError **error);

G_END_DECLS
