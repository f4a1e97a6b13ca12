/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The thread of a transport. It is never waited for: who closes it goes on at once, also when a center keeps it busy.
 */
#include "qc-courier.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _QcCourier {
  GMainContext *context;  /* (owned) of the thread */
  GCancellable *life;     /* (owned) */
  GTlsDatabase *database; /* (owned) (nullable) */
  int ca_fd;              /* memory file with the CA, which the database reads more than once; -1 = none */
  gboolean direct;
  /* on the thread: */
  SoupSession *session; /* (owned) (nullable) until the thread ends */
  guint errands;        /* begun and not over */
  gboolean closed;
};

static void
courier_clear (gpointer data)
{
  QcCourier *courier = data;
  g_main_context_unref (courier->context);
  g_object_unref (courier->life);
  g_clear_object (&courier->database);
  if (courier->ca_fd >= 0)
    close (courier->ca_fd);
}

QcCourier *
qc_courier_ref (QcCourier *courier)
{
  return g_atomic_rc_box_acquire (courier);
}

void
qc_courier_unref (QcCourier *courier)
{
  g_atomic_rc_box_release_full (courier, courier_clear);
}

/* Pictures on a slow line stand on up to eight for minutes (qc-outbox-uploads); nothing else waits for one of these. */
#define CONNECTIONS 12

static SoupSession *
session_new (QcCourier *courier)
{
  SoupSession *session = soup_session_new_with_options ("timeout", 0, "idle-timeout", 30, "user-agent",
                                                        "Qingce/" QC_VERSION, "accept-language-auto", TRUE, "max-conns",
                                                        CONNECTIONS, "max-conns-per-host", CONNECTIONS, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CACHE);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (courier->direct)
    soup_session_set_proxy_resolver (session, NULL);
  if (courier->database)
    soup_session_set_tls_database (session, courier->database);
  return session;
}

static gpointer
courier_thread (gpointer data)
{
  g_autoptr (QcCourier) courier = data;
  g_main_context_push_thread_default (courier->context);
  courier->session = session_new (courier);
  while (!courier->closed || courier->errands > 0)
    g_main_context_iteration (courier->context, TRUE);
  soup_session_abort (courier->session);
  g_clear_object (&courier->session);
  while (g_main_context_iteration (courier->context, FALSE))
    ;
  g_main_context_pop_thread_default (courier->context);
  return NULL;
}

/* GIO takes CAs from files only: the profile's becomes a file in memory that nobody else can change. */
static gboolean
make_database (QcCourier *courier, const char *pem, GError **error)
{
  gsize size = strlen (pem);
  courier->ca_fd = memfd_create ("qingce-ca", MFD_CLOEXEC);
  if (courier->ca_fd < 0 || write (courier->ca_fd, pem, size) != (gssize)size) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
    return FALSE;
  }
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", courier->ca_fd);
  courier->database = g_tls_file_database_new (path, error);
  return courier->database != NULL;
}

QcCourier *
qc_courier_new (const char *ca_pem, gboolean direct, GError **error)
{
  g_autoptr (QcCourier) courier = g_atomic_rc_box_new0 (QcCourier);
  courier->context = g_main_context_new ();
  courier->life = g_cancellable_new ();
  courier->ca_fd = -1;
  courier->direct = direct;
  if (ca_pem != NULL && !make_database (courier, ca_pem, error))
    return NULL;
  g_thread_unref (g_thread_new ("qc-courier", courier_thread, qc_courier_ref (courier)));
  return g_steal_pointer (&courier);
}

/* Always later and always there, whoever owns which context at the moment. */
static void
attach (QcCourier *courier, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, courier->context);
}

typedef struct {
  QcCourier *courier; /* (owned) */
  void (*func) (gpointer data);
  gpointer data;
} Errand;

static gboolean
begin_cb (gpointer user_data)
{
  g_autofree Errand *errand = user_data;
  g_autoptr (QcCourier) courier = errand->courier;
  courier->errands++;
  errand->func (errand->data);
  return G_SOURCE_REMOVE;
}

void
qc_courier_run (QcCourier *courier, void (*func) (gpointer data), gpointer data)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->courier = qc_courier_ref (courier);
  errand->func = func;
  errand->data = data;
  attach (courier, begin_cb, errand);
}

void
qc_courier_done (QcCourier *courier)
{
  courier->errands--;
}

SoupSession *
qc_courier_get_session (QcCourier *courier)
{
  return courier->session;
}

GCancellable *
qc_courier_get_life (QcCourier *courier)
{
  return courier->life;
}

static gboolean
close_cb (gpointer user_data)
{
  QcCourier *courier = user_data;
  courier->closed = TRUE;
  return G_SOURCE_REMOVE;
}

void
qc_courier_close (QcCourier *courier)
{
  g_cancellable_cancel (courier->life);
  attach (courier, close_cb, courier);
}
