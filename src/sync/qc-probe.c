/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-probe.h. A worker thread.
 */
#include "qc-probe.h"

#define SECONDS 10 /* for each connection */

typedef struct {
  char *address; /* (owned) */
  char *ca_pem;  /* (owned) (nullable) */
  gboolean direct;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_free (job->address);
  g_free (job->ca_pem);
  g_free (job);
}

void
qc_probe_free (QcProbe *probe)
{
  g_free (probe->host);
  g_free (probe->proxy);
  g_clear_error (&probe->proxy_error);
  g_clear_error (&probe->error);
  g_free (probe->subject);
  g_free (probe->issuer);
  g_free (probe);
}

/* --- the proxy --- */

static GSocketClient *
new_client (gboolean through_proxy)
{
  GSocketClient *client = g_socket_client_new ();
  g_socket_client_set_timeout (client, SECONDS);
  g_socket_client_set_enable_proxy (client, through_proxy);
  return client;
}

static void
look_at_proxy (QcProbe *probe, const char *address, GCancellable *cancellable)
{
  g_auto (GStrv) proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), address, cancellable, NULL);
  if (!proxies || !proxies[0] || g_str_has_prefix (proxies[0], "direct:"))
    return;
  probe->proxy = g_strdup (proxies[0]);
  g_autoptr (GUri) uri = g_uri_parse (proxies[0], G_URI_FLAGS_NONE, &probe->proxy_error);
  if (!uri)
    return;
  g_autoptr (GSocketClient) client = new_client (FALSE);
  guint16 port = g_uri_get_port (uri) > 0 ? (guint16)g_uri_get_port (uri) : 8080;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, g_uri_get_host (uri), port, cancellable, &probe->proxy_error);
}

/* --- the certificate --- */

static gint64
date_of (GDateTime *date)
{
  gint64 seconds = date ? g_date_time_to_unix (date) : 0;
  g_clear_pointer (&date, g_date_time_unref);
  return seconds;
}

void
qc_probe_walk (QcProbe *probe, GTlsCertificate *first)
{
  GTlsCertificate *certificate = first;
  probe->subject = g_tls_certificate_get_subject_name (first);
  probe->issuer = g_tls_certificate_get_issuer_name (first);
  for (; certificate && probe->n_certificates < QC_PROBE_MOST_CERTIFICATES; probe->n_certificates++) {
    gint64 from = date_of (g_tls_certificate_get_not_valid_before (certificate));
    gint64 until = date_of (g_tls_certificate_get_not_valid_after (certificate));
    probe->from = MAX (probe->from, from);
    if (until != 0)
      probe->until = probe->until != 0 ? MIN (probe->until, until) : until;
    certificate = g_tls_certificate_get_issuer (certificate);
  }
  probe->is_endless = certificate != NULL;
}

/* By the profile's own CA, else by those of the system. */
static GTlsCertificateFlags
judge (GTlsCertificate *certificate, GSocketConnectable *identity, const char *ca_pem, GCancellable *cancellable)
{
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_GENERIC_ERROR;
  if (ca_pem) {
    g_autoptr (GTlsCertificate) ca = g_tls_certificate_new_from_pem (ca_pem, -1, NULL);
    return ca ? g_tls_certificate_verify (certificate, identity, ca) : flags;
  }
  g_autoptr (GTlsDatabase) system = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  g_autoptr (GError) error = NULL;
  if (system)
    flags = g_tls_database_verify_chain (system, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity,
                                         NULL, G_TLS_DATABASE_VERIFY_NONE, cancellable, &error);
  return error ? G_TLS_CERTIFICATE_GENERIC_ERROR : flags;
}

/* Whatever is shown is looked at; nothing is ever said to who shows it. */
static gboolean
accept_cb (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer data)
{
  g_set_object ((GTlsCertificate **)data, certificate);
  return TRUE;
}

static void
look_at_certificate (QcProbe *probe, const Job *job, GCancellable *cancellable)
{
  g_autoptr (GSocketClient) client = new_client (!job->direct);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, probe->host, (guint16)probe->port, cancellable, &probe->error);
  if (!connection)
    return;
  g_autoptr (GSocketConnectable) identity = g_network_address_new (probe->host, (guint16)probe->port);
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity, &probe->error);
  if (!tls)
    return;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), NULL);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_cb), &certificate);
  gboolean shook = g_tls_connection_handshake (G_TLS_CONNECTION (tls), cancellable, &probe->error);
  if (certificate) {
    qc_probe_walk (probe, certificate);
    probe->flags = judge (certificate, identity, job->ca_pem, cancellable);
    g_clear_error (&probe->error);
  } else if (shook) {
    probe->flags = G_TLS_CERTIFICATE_GENERIC_ERROR;
  }
  g_io_stream_close (tls, NULL, NULL);
}

/* --- the thread --- */

static void
probe_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (job->address, G_URI_FLAGS_NONE, &error);
  if (!uri) {
    g_task_return_error (task, error);
    return;
  }
  QcProbe *probe = g_new0 (QcProbe, 1);
  probe->host = g_strdup (g_uri_get_host (uri));
  probe->port = g_uri_get_port (uri) > 0 ? (guint)g_uri_get_port (uri) : 443;
  if (!job->direct)
    look_at_proxy (probe, job->address, cancellable);
  look_at_certificate (probe, job, cancellable);
  g_task_return_pointer (task, probe, (GDestroyNotify)qc_probe_free);
}

void
qc_probe_async (const char *address, const char *ca_pem, gboolean direct, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (address);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  *job = (Job) {g_strdup (address), g_strdup (ca_pem), direct};
  g_task_set_source_tag (task, qc_probe_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, probe_thread);
}

QcProbe *
qc_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
