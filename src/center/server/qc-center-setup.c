/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Making a center ready: see qc-center-setup.h.
 */
#include "qc-center-setup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "qc-center-audit.h"
#include "qc-center-db.h"
#include "qc-center-key.h"
#include "qc-center-tls.h"
#include "qc-data-folder.h"
#include "qc-digest.h"
#include "qc-practice-accounts.h"
#include "qc-practice-clock.h"
#include "qc-random.h"
#include "qc-wire-profile.h"

#define LOCK_PAUSE 50000 /* microseconds between two tries */

G_DEFINE_QUARK (qc - center - server - error - quark, qc_center_server_error)

/* ---- lock ---- */

int
qc_center_setup_lock (const char *data_dir, gint64 patience, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "lock", NULL);
  if (!qc_data_folder_prepare (data_dir, "center.db", error)) {
    if (!g_error_matches (*error, QC_DB_ERROR, QC_DB_ERROR_EXPOSED))
      g_prefix_error (error, "The data folder cannot be made: ");
    return -1;
  }
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA, "The data folder %s cannot be used: %s",
                 data_dir, g_strerror (errno));
    return -1;
  }
  gint64 limit = g_get_monotonic_time () + patience;
  while (flock (fd, LOCK_EX | LOCK_NB) < 0) {
    if (g_get_monotonic_time () < limit) {
      g_usleep (LOCK_PAUSE);
      continue;
    }
    g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_IN_USE,
                 "Another qingce-center is already running on %s. End it first, or choose another folder with --data.",
                 data_dir);
    close (fd);
    return -1;
  }
  return fd;
}

/* ---- data ---- */

typedef struct {
  QcCenter *center;
  const QcCenterOptions *options;
  gint64 now;
} Setup;

static gboolean
make_practice (QcConnection *connection, const Setup *setup, GError **error)
{
  const QcCenterOptions *options = setup->options;
  QcPracticeOptions data = {.people = options->people, .today = options->today};
  gboolean exists;
  if (!qc_practice_data_exists (connection, &exists, error))
    return FALSE;
  if (data.today == QC_DATE_NONE)
    data.today = qc_date_from_unix (setup->now);
  if (!exists && !qc_practice_data_create (connection, &data, error))
    return FALSE;
  if (exists && options->today != QC_DATE_NONE && !qc_practice_clock_set (connection, options->today, error))
    return FALSE;
  return qc_practice_accounts_create (connection, setup->now, error);
}

static gboolean
set_delay (QcConnection *connection, const Setup *setup, GError **error)
{
  QcEngineCall call = {.unit = "", .actor = "qingce-center", .if_match = -1};
  if (!setup->options->has_arrival_delay)
    return TRUE;
  gint64 delay;
  return qc_engine_get_arrival_delay (connection, &delay, error)
         && (delay == setup->options->arrival_delay
             || (qc_practice_clock_now (connection, setup->now, &call.now, error)
                 && qc_engine_set_arrival_delay (connection, &call, setup->options->arrival_delay, error)));
}

/* A folder is for practice or not, for ever. */
static gboolean
check_kind (QcConnection *connection, gboolean practice, GError **error)
{
  const char *kind = practice ? "practice" : "real";
  g_autofree char *known = NULL;
  if (!qc_center_db_get_setting (connection, "kind", &known, error))
    return FALSE;
  if (known == NULL)
    return qc_center_db_set_setting (connection, "kind", kind, error);
  if (g_str_equal (known, kind))
    return TRUE;
  g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_DATA,
               practice ? "This data folder belongs to a real center and cannot be used for practice."
                        : "This data folder is for practice and cannot become a real center.");
  return FALSE;
}

static gboolean
ensure_id (QcConnection *connection, QcCenter *center, GError **error)
{
  if (!qc_center_db_get_setting (connection, "profile_id", &center->profile_id, error))
    return FALSE;
  if (center->profile_id != NULL)
    return TRUE;
  g_autofree char *uuid = qc_random_uuid ();
  center->profile_id = g_strconcat (center->practice ? "practice-" : "center-", uuid, NULL);
  return qc_center_db_set_setting (connection, "profile_id", center->profile_id, error);
}

/* In practice a request is over when the center is: its client has gone with it. */
static gboolean
ensure_request_key (QcConnection *connection, QcCenter *center, GError **error)
{
  if (!center->practice && !qc_center_db_get_setting (connection, "request_key", &center->request_key, error))
    return FALSE;
  if (center->request_key != NULL)
    return TRUE;
  center->request_key = qc_random_token (32);
  return center->practice || qc_center_db_set_setting (connection, "request_key", center->request_key, error);
}

static gboolean
ensure_department (QcConnection *connection, QcCenter *center, const char *given, GError **error)
{
  if (!center->practice && given != NULL && !qc_center_db_set_setting (connection, "department", given, error))
    return FALSE;
  center->department = qc_engine_dup_department (connection, error);
  return center->department != NULL;
}

static gboolean
take_keys (QcConnection *connection, QcCenter *center, gint64 now, GError **error)
{
  center->key = qc_center_key_take (connection, center->data_dir, center->practice, now, error);
  if (center->key != NULL)
    center->keys = qc_center_key_list (connection, error);
  return center->keys != NULL;
}

static gpointer
setup_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Setup *setup = data;
  if (!check_kind (connection, setup->center->practice, error)
      || (setup->center->practice && !make_practice (connection, setup, error)) || !set_delay (connection, setup, error)
      || !ensure_id (connection, setup->center, error) || !ensure_request_key (connection, setup->center, error)
      || !ensure_department (connection, setup->center, setup->options->department, error)
      || !take_keys (connection, setup->center, setup->now, error))
    return NULL;
  return QC_DATABASE_DONE;
}

QcDatabase *
qc_center_setup_open (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, "center.db", NULL);
  QcDatabase *database = NULL;
  if (qc_center_key_move_out (data_dir, g_get_real_time () / G_USEC_PER_SEC, error))
    database = qc_center_db_open (path, error);
  if (database == NULL)
    qc_center_audit_explain (data_dir, error);
  return database;
}

gboolean
qc_center_setup_data (QcCenter *center, const QcCenterOptions *options, GError **error)
{
  Setup setup = {center, options, g_get_real_time () / G_USEC_PER_SEC};
  center->database = qc_center_setup_open (options->data_dir, error);
  if (center->database == NULL || !qc_center_audit_glance (center->database, options->data_dir, error)
      || qc_database_write (center->database, "setup", setup_cb, &setup, error) == NULL)
    return FALSE;
  g_autofree char *digest = qc_digest_hex ((const guint8 *)center->profile_id, strlen (center->profile_id));
  center->mark = g_strndup (digest, 8);
  return TRUE;
}

/* ---- address ---- */

static gpointer
get_port_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_center_db_get_setting_int (connection, "pages_port", 0, data, error) ? QC_DATABASE_DONE : NULL;
}

gint64
qc_center_setup_get_pages_port (QcCenter *center)
{
  gint64 port = 0;
  qc_database_read (center->database, "pages-port", get_port_cb, &port, NULL);
  return port > 0 && port <= G_MAXUINT16 ? port : 0;
}

static gpointer
set_port_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_center_db_set_setting_int (connection, "pages_port", *(gint64 *)data, error) ? QC_DATABASE_DONE : NULL;
}

gboolean
qc_center_setup_keep_pages_port (QcCenter *center, gint64 port, GError **error)
{
  return qc_database_write (center->database, "pages-port", set_port_cb, &port, error) != NULL;
}

/* ---- certificate ---- */

QcHttpTls *
qc_center_setup_tls (QcCenter *center, const QcCenterOptions *options, char **out_ca_path, GError **error)
{
  if (!center->practice) {
    if (options->tls_cert == NULL || options->tls_key == NULL || options->ca == NULL) {
      g_set_error (error, QC_CENTER_SERVER_ERROR, QC_CENTER_SERVER_ERROR_OPTIONS,
                   "A center that is not for practice needs --tls-cert, --tls-key and --ca.");
      return NULL;
    }
    *out_ca_path = g_canonicalize_filename (options->ca, NULL);
    return qc_http_tls_new (options->tls_cert, options->tls_key, error);
  }
  if (!qc_center_tls_ensure (options->data_dir, "演练", g_get_real_time () / G_USEC_PER_SEC, error))
    return NULL;
  g_autofree char *path = g_build_filename (options->data_dir, QC_CENTER_TLS_SERVER, NULL);
  *out_ca_path = g_build_filename (options->data_dir, QC_CENTER_TLS_CA, NULL);
  return qc_http_tls_new (path, path, error);
}

/* ---- profile ---- */

static void
fill_directory (QcWireProfile *profile, const QcCenter *center)
{
  qc_wire_profile_add_department (profile, "province", "省级", NULL, NULL, FALSE);
  qc_wire_profile_add_department (profile, "city", "市级", "黑河市", center->department, TRUE);
  qc_wire_profile_add_department (profile, "county", "县级", NULL, NULL, FALSE);
}

char *
qc_center_setup_profile (QcCenter *center, const char *ca_path, GError **error)
{
  g_autofree char *path = g_build_filename (center->data_dir, "profile.json", NULL);
  g_autoptr (QcWireProfile) profile = qc_wire_profile_new ();
  profile->id = g_strdup (center->profile_id);
  profile->name = g_strdup (center->department);
  profile->practice = center->practice;
  profile->portal = g_strdup (center->portal);
  profile->api = g_strdup (center->api);
  if (!g_file_get_contents (ca_path, &profile->ca_pem, NULL, error))
    return NULL;
  g_free (profile->client_id);
  profile->client_id = g_strdup ("qingce");
  g_ptr_array_unref (profile->keys);
  profile->keys = g_ptr_array_ref (center->keys);
  fill_directory (profile, center);
  g_autoptr (GBytes) bytes = qc_wire_encode_profile (profile);
  if (!qc_center_tls_write_file (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error))
    return NULL;
  return g_steal_pointer (&path);
}
