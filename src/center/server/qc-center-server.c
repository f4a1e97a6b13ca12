/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A running center: see qc-center-server.h. Two servers, one database, and a timer for what happens by itself. Main
 * thread.
 */
#include "qc-center-server.h"

#include <string.h>
#include <unistd.h>

#include "qc-api.h"
#include "qc-center-key.h"
#include "qc-center-setup.h"
#include "qc-console.h"
#include "qc-engine-phone.h"
#include "qc-engine-upload.h"
#include "qc-json-writer.h"
#include "qc-phone-page.h"
#include "qc-portal.h"
#include "qc-practice-clock.h"

#define STOP_PATIENCE (5 * G_TIME_SPAN_SECOND)

/* Uploads that nobody needs are looked for so often. */
#define SWEEP_SECONDS 3600

/* Names of other units, of each clerk. */
#define RECEIVERS_PER_MINUTE 30

/* Addresses for telephones, of each clerk. */
#define PHONES_PER_MINUTE 30

struct _QcCenterServer {
  QcCenter center;
  int lock;            /* descriptor, −1 = none */
  QcHttpServer *api;   /* (owned) */
  QcHttpServer *pages; /* (owned) */
  char *ca_path;       /* (owned) */
  char *profile_path;  /* (owned) */
  guint timer;
  gint64 swept;            /* when uploads were last swept; the writer's alone */
  gboolean ticking, again; /* a tick is under way; another is wanted after it */
  gboolean stopping;
};

static const QcHttpRoute *const api_tables[]
    = {qc_oauth_routes,      qc_api_center_routes, qc_api_business_routes, qc_api_receiver_routes,
       qc_api_upload_routes, qc_api_phone_routes,  qc_api_practice_routes, NULL};
static const QcHttpRoute *const pages_tables[] = {qc_portal_asset_routes,
                                                  qc_portal_routes,
                                                  qc_portal_consent_routes,
                                                  qc_portal_register_routes,
                                                  qc_console_routes,
                                                  qc_console_application_routes,
                                                  qc_console_review_routes,
                                                  qc_console_unit_routes,
                                                  qc_console_account_routes,
                                                  qc_phone_page_routes,
                                                  NULL};

/* ---- what happens by itself ---- */

static void tick (QcCenterServer *self);

typedef struct {
  QcCenterServer *self;
  gint64 wait;
} Tick;

/* By the machine's clock: in practice a month goes by at once, and what is on its way must not. *@next: when something
 * is over before the next sweep; 0 = nothing. */
static gboolean
sweep (QcCenterServer *self, QcConnection *connection, gint64 now, gint64 *next, GError **error)
{
  if (!qc_engine_phone_sweep (connection, self->center.uploads, now, next, error))
    return FALSE;
  if (now < self->swept + SWEEP_SECONDS)
    return TRUE;
  self->swept = now;
  return qc_engine_upload_sweep (connection, self->center.uploads, now, error);
}

static gpointer
tick_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Tick *job = data;
  gint64 machine = g_get_real_time () / G_USEC_PER_SEC;
  gint64 now;
  gint64 next;
  gint64 over;
  if (!sweep (job->self, connection, machine, &over, error) || !qc_practice_clock_now (connection, machine, &now, error)
      || qc_engine_tick (connection, now, &next, error) < 0)
    return NULL;
  job->wait = next > 0 ? CLAMP (next - now, 1, SWEEP_SECONDS) : SWEEP_SECONDS;
  if (over > 0)
    job->wait = CLAMP (over - machine, 1, job->wait);
  return QC_DATABASE_DONE;
}

static gboolean
timer_cb (gpointer user_data)
{
  QcCenterServer *self = user_data;
  self->timer = 0;
  tick (self);
  return G_SOURCE_REMOVE;
}

static void
ticked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Tick *job = user_data;
  QcCenterServer *self = job->self;
  self->ticking = FALSE;
  g_autoptr (GError) error = NULL;
  if (qc_database_finish (self->center.database, result, &error) == NULL) {
    g_printerr ("tick: %s\n", error->message);
    job->wait = 30;
  }
  if (self->stopping)
    return;
  if (self->again)
    tick (self);
  else if (self->timer == 0)
    self->timer = g_timeout_add_seconds ((guint)job->wait, timer_cb, self);
}

static void
tick (QcCenterServer *self)
{
  self->again = self->ticking;
  if (self->ticking || self->stopping)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->ticking = TRUE;
  Tick *job = g_new0 (Tick, 1);
  job->self = self;
  qc_database_write_async (self->center.database, "tick", tick_cb, job, NULL, NULL, NULL, ticked_cb, job);
}

static void
changed_cb (gpointer server)
{
  tick (server);
}

/* ---- start ---- */

/*
 * Where nobody says it, the pages stay where they were the last time: what is open in a browser goes on, and bookmarks
 * and kept passwords hold.
 */
static guint16
listen_pages (QcCenterServer *self, guint16 wanted, gboolean loopback, GError **error)
{
  gint64 known = qc_center_setup_get_pages_port (&self->center);
  guint16 port = 0;
  if (wanted == 0 && known != 0)
    port = qc_http_server_listen (self->pages, (guint16)known, loopback, NULL);
  if (port == 0)
    port = qc_http_server_listen (self->pages, wanted, loopback, error);
  if (port == 0 || (port != known && !qc_center_setup_keep_pages_port (&self->center, port, error)))
    return 0;
  return port;
}

static gboolean
listen_both (QcCenterServer *self, const QcCenterOptions *options, QcHttpTls *tls, GError **error)
{
  QcCenter *center = &self->center;
  QcHttpSetup api = {"api", api_tables, qc_api_fallback, NULL};
  QcHttpSetup pages = {"pages", pages_tables, qc_portal_page_fallback, ""};
  const char *host = center->practice || options->host == NULL ? "127.0.0.1" : options->host;
  gboolean loopback = g_str_equal (host, "127.0.0.1");
  const char *scheme = center->pages_tls ? "https" : "http";
  QcHttpLimits limits = options->limits != NULL ? *options->limits : qc_http_limits_usual;
  qc_http_limits_fit (&limits, 2);
  self->api = qc_http_server_new (center, &api, tls, &limits);
  self->pages = qc_http_server_new (center, &pages, center->pages_tls ? tls : NULL, &limits);
  guint16 port = qc_http_server_listen (self->api, options->port, loopback, error);
  if (port == 0)
    return FALSE;
  guint16 pages_port = listen_pages (self, options->pages_port, loopback, error);
  if (pages_port == 0)
    return FALSE;
  center->api = g_strdup_printf ("https://%s:%d", host, port);
  center->portal = g_strdup_printf ("%s://%s:%d/portal/", scheme, host, pages_port);
  center->console = g_strdup_printf ("%s://%s:%d/console/", scheme, host, pages_port);
  center->pages_host = g_strdup_printf ("%s:%d", host, pages_port);
  qc_http_server_set_host (self->pages, center->pages_host);
  return TRUE;
}

static gboolean
start (QcCenterServer *self, const QcCenterOptions *options, GError **error)
{
  QcCenter *center = &self->center;
  self->lock = qc_center_setup_lock (options->data_dir, options->patience, error);
  if (self->lock < 0)
    return FALSE;
  center->nobody = qc_password_hash ("", center->cost, error);
  if (center->nobody == NULL || !qc_center_setup_data (center, options, error))
    return FALSE;
  g_autoptr (QcHttpTls) tls = qc_center_setup_tls (center, options, &self->ca_path, error);
  if (tls == NULL || !listen_both (self, options, tls, error))
    return FALSE;
  self->profile_path = qc_center_setup_profile (center, self->ca_path, error);
  if (self->profile_path == NULL)
    return FALSE;
  tick (self);
  return TRUE;
}

QcCenterServer *
qc_center_server_start (const QcCenterOptions *options, GError **error)
{
  g_autoptr (QcCenterServer) self = g_new0 (QcCenterServer, 1);
  g_return_val_if_fail (options->data_dir != NULL, NULL);
  self->lock = -1;
  self->center.practice = options->practice;
  self->center.pages_tls = !options->practice;
  self->center.receivers = qc_brake_new (RECEIVERS_PER_MINUTE);
  self->center.phones = qc_brake_new (PHONES_PER_MINUTE);
  self->center.cost = options->password_cost != NULL ? options->password_cost : &qc_password_cost_usual;
  self->center.data_dir = g_canonicalize_filename (options->data_dir, NULL);
  self->center.uploads = qc_upload_files_new (self->center.data_dir);
  self->center.changed = changed_cb;
  self->center.server = self;
  if (!start (self, options, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- end ---- */

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Calls under way end by themselves; the main context runs for them. */
static void
let_end (QcCenterServer *self)
{
  gint64 limit = g_get_monotonic_time () + STOP_PATIENCE;
  guint wake = g_timeout_add (200, wake_cb, NULL);
  while (g_get_monotonic_time () < limit
         && (self->ticking || (self->api != NULL && qc_http_server_get_n_calls (self->api) > 0)
             || (self->pages != NULL && qc_http_server_get_n_calls (self->pages) > 0)))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

void
qc_center_server_stop (QcCenterServer *self)
{
  if (self == NULL)
    return;
  QcCenter *center = &self->center;
  self->stopping = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->api != NULL)
    qc_http_server_close (self->api);
  if (self->pages != NULL)
    qc_http_server_close (self->pages);
  let_end (self);
  g_clear_pointer (&self->api, qc_http_server_free);
  g_clear_pointer (&self->pages, qc_http_server_free);
  if (center->database != NULL)
    qc_database_shutdown (center->database);
  g_clear_object (&center->database);
  g_clear_pointer (&center->key, qc_signing_key_free);
  g_clear_pointer (&center->keys, g_ptr_array_unref);
  g_free (center->data_dir);
  g_free (center->department);
  g_free (center->profile_id);
  g_free (center->mark);
  g_free (center->request_key);
  g_clear_pointer (&center->receivers, qc_brake_free);
  g_clear_pointer (&center->phones, qc_brake_free);
  g_clear_pointer (&center->uploads, qc_upload_files_free);
  g_free (center->api);
  g_free (center->portal);
  g_free (center->console);
  g_free (center->pages_host);
  g_free (center->nobody);
  g_free (self->ca_path);
  g_free (self->profile_path);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}

/* ---- looking ---- */

const char *
qc_center_server_get_api (QcCenterServer *self)
{
  return self->center.api;
}

const char *
qc_center_server_get_portal (QcCenterServer *self)
{
  return self->center.portal;
}

const char *
qc_center_server_get_ca_path (QcCenterServer *self)
{
  return self->ca_path;
}

const char *
qc_center_server_get_profile_id (QcCenterServer *self)
{
  return self->center.profile_id;
}

static gpointer
today_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_practice_clock_today (connection, g_get_real_time () / G_USEC_PER_SEC, data, error) ? QC_DATABASE_DONE
                                                                                                : NULL;
}

char *
qc_center_server_dup_ready_line (QcCenterServer *self)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (512);
  QcDate today = QC_DATE_NONE;
  qc_database_read (self->center.database, "today", today_cb, &today, NULL);
  qc_json_writer_begin_object (writer);
  qc_json_writer_add_bool (writer, "ready", TRUE);
  qc_json_writer_add_string (writer, "api", self->center.api);
  qc_json_writer_add_string (writer, "portal", self->center.portal);
  qc_json_writer_add_string (writer, "console", self->center.console);
  qc_json_writer_add_string (writer, "ca", self->ca_path);
  qc_json_writer_add_string (writer, "profile", self->profile_path);
  qc_json_writer_add_bool (writer, "practice", self->center.practice);
  qc_json_writer_add_int (writer, "today", today);
  qc_json_writer_add_int (writer, "pid", getpid ());
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* ---- while no center runs ---- */

static gboolean
write_to (const char *data_dir, QcDatabaseFunc func, gpointer data, GError **error)
{
  g_autoptr (QcDatabase) database = qc_center_setup_open (data_dir, error);
  if (database == NULL)
    return FALSE;
  gboolean done = qc_database_write (database, "alone", func, data, error) != NULL;
  qc_database_shutdown (database);
  return done;
}

/* ---- accounts of staff ---- */

static gpointer
add_staff_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_account_add (connection, data, g_get_real_time () / G_USEC_PER_SEC, error) != 0 ? QC_DATABASE_DONE : NULL;
}

gboolean
qc_center_server_add_staff (const char *data_dir, const char *user, const char *name, const char *roles,
                            const char *password, GError **error)
{
  g_autofree char *folded = qc_account_fold_user (user);
  int lock = qc_center_setup_lock (data_dir, 0, error);
  if (lock < 0)
    return FALSE;
  g_autofree char *hash = qc_password_hash (password, &qc_password_cost_usual, error);
  QcAccount account = {0};
  account.kind = (char *)QC_ACCOUNT_STAFF;
  account.user = folded;
  account.name = (char *)name;
  account.roles = (char *)roles;
  account.password = hash;
  account.verified = TRUE;
  gboolean done = hash != NULL && write_to (data_dir, add_staff_cb, &account, error);
  close (lock);
  return done;
}

/* ---- the signing key ---- */

static gpointer
renew_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_center_key_renew (connection, data, g_get_real_time () / G_USEC_PER_SEC, error) ? QC_DATABASE_DONE : NULL;
}

gboolean
qc_center_server_renew_key (const char *data_dir, GError **error)
{
  int lock = qc_center_setup_lock (data_dir, 0, error);
  if (lock < 0)
    return FALSE;
  gboolean done = write_to (data_dir, renew_cb, (gpointer)data_dir, error);
  close (lock);
  return done;
}
