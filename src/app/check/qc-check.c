/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-check.h: the list, and what is looked at for it. Each look hands its verdict in by the item's id; one that
 * comes after it was given up is dropped. Main thread.
 */
#include "qc-check.h"

#include <glib/gi18n-lib.h>

#include "qc-check-judge.h"
#include "qc-check-local.h"
#include "qc-session-private.h"

struct _QcCheck {
  GObject parent_instance;
  QcSession *session;   /* (owned) */
  GPtrArray *items;     /* (owned) QcCheckItem */
  GCancellable *cancel; /* (owned) (nullable) of the run under way */
  guint running;        /* items not known yet */
};

G_DEFINE_FINAL_TYPE (QcCheck, qc_check, G_TYPE_OBJECT)

enum { CHANGED, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *id, *title;
} looks[] = {
    {"clock", N_ ("Clock")},
    {"center", N_ ("Center")},
    {"certificate", N_ ("Certificate of the center")},
    {"proxy", N_ ("Proxy")},
    {"disk", N_ ("Space on the disk")},
    {"folder", N_ ("Data folder")},
    {"database", N_ ("Database")},
    {"fonts", N_ ("Fonts for paper")},
    {"keyring", N_ ("Keyring")},
    {"reader", N_ ("Program that reads files")},
    {"practice", N_ ("Practice center")},
    {"language", N_ ("Language and characters")},
    {"browser", N_ ("Browser")},
};

static void
verdict_clear (QcCheckVerdict *verdict)
{
  g_clear_pointer (&verdict->reason, g_free);
  g_clear_pointer (&verdict->advice, g_free);
}

static void
item_free (gpointer data)
{
  QcCheckItem *item = data;
  verdict_clear (&item->verdict);
  g_free (item);
}

static void
qc_check_finalize (GObject *object)
{
  QcCheck *self = QC_CHECK (object);
  qc_check_cancel (self);
  g_ptr_array_unref (self->items);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_check_parent_class)->finalize (object);
}

static void
qc_check_class_init (QcCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_check_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", QC_TYPE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_check_init (QcCheck *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    qc_check_add (self, looks[i].id, _ (looks[i].title));
}

QcCheck *
qc_check_new (QcSession *session)
{
  QcCheck *self = g_object_new (QC_TYPE_CHECK, NULL);
  self->session = g_object_ref (session);
  return self;
}

void
qc_check_add (QcCheck *self, const char *id, const char *title)
{
  QcCheckItem *item = g_new0 (QcCheckItem, 1);
  *item = (QcCheckItem) {.id = id, .title = title, .verdict = {.state = QC_CHECK_SKIPPED}};
  g_ptr_array_add (self->items, item);
}

QcSession *
qc_check_get_session (QcCheck *self)
{
  return self->session;
}

const GPtrArray *
qc_check_get_items (QcCheck *self)
{
  return self->items;
}

gboolean
qc_check_is_running (QcCheck *self)
{
  return self->running > 0;
}

guint
qc_check_count (QcCheck *self, QcCheckState state)
{
  guint n = 0;
  for (guint i = 0; i < self->items->len; i++)
    n += ((QcCheckItem *)g_ptr_array_index (self->items, i))->verdict.state == state;
  return n;
}

void
qc_check_set (QcCheck *self, const char *id, QcCheckVerdict verdict)
{
  for (guint i = 0; i < self->items->len; i++) {
    QcCheckItem *item = g_ptr_array_index (self->items, i);
    if (!g_str_equal (item->id, id) || item->verdict.state != QC_CHECK_RUNNING)
      continue;
    item->verdict = verdict;
    self->running--;
    g_signal_emit (self, signals[CHANGED], 0, i);
    if (self->running == 0)
      g_signal_emit (self, signals[DONE], 0);
    return;
  }
  verdict_clear (&verdict);
}

/* --- a look --- */

typedef struct {
  QcCheck *check;         /* (owned) */
  GCancellable *cancel;   /* (owned) of the run it belongs to */
  QcTransport *transport; /* (owned) (nullable) */
} Look;

static Look *
look_new (QcCheck *self)
{
  Look *look = g_new0 (Look, 1);
  look->check = g_object_ref (self);
  look->cancel = g_object_ref (self->cancel);
  return look;
}

static void
look_free (Look *look)
{
  g_object_unref (look->check);
  g_object_unref (look->cancel);
  g_clear_object (&look->transport);
  g_free (look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gboolean
is_over (const Look *look)
{
  return g_cancellable_is_cancelled (look->cancel);
}

/* --- the network --- */

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  g_autoptr (QcProbe) probe = qc_probe_finish (result, NULL);
  if (is_over (look) || !probe)
    return;
  /* by this computer's own clock, as TLS judges: practice moves only its own day */
  qc_check_set (look->check, "certificate", qc_judge_certificate (probe, g_get_real_time () / G_USEC_PER_SEC));
  qc_check_set (look->check, "proxy", qc_judge_proxy (probe));
}

static int
minutes_ahead_of_utc (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  return (int)(g_date_time_get_utc_offset (now) / G_TIME_SPAN_MINUTE);
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  g_autoptr (GError) error = NULL;
  QcTransport *transport = QC_TRANSPORT (source);
  gboolean good = qc_transport_greet_finish (transport, result, &error);
  if (is_over (look))
    return;
  g_autoptr (GUri) uri
      = g_uri_parse (qc_profile_get_api (qc_transport_get_profile (transport)), G_URI_FLAGS_NONE, NULL);
  /* practice has its own day, and moves it */
  gint64 offset = qc_session_is_practice (look->check->session) ? 0 : qc_transport_get_clock_offset (transport);
  gboolean known = good || qc_transport_is_clock_off (transport);
  qc_check_set (look->check, "center", qc_judge_center (error, uri ? g_uri_get_host (uri) : "?"));
  qc_check_set (look->check, "clock", qc_judge_clock (known, offset, minutes_ahead_of_utc ()));
}

static void
skip_center (QcCheck *self, const char *why)
{
  qc_check_set (self, "center", qc_check_verdict (QC_CHECK_SKIPPED, why, NULL));
  qc_check_set (self, "clock", qc_judge_clock (FALSE, 0, minutes_ahead_of_utc ()));
}

/* A transport of its own: what the session's knows is not disturbed. */
static void
greet (QcCheck *self, QcProfile *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTransport) transport = qc_transport_new (profile, NULL, &error);
  if (!transport) {
    qc_check_set (self, "center", qc_judge_center (error, ""));
    qc_check_set (self, "clock", qc_judge_clock (FALSE, 0, minutes_ahead_of_utc ()));
    return;
  }
  Look *look = look_new (self);
  look->transport = g_object_ref (transport);
  qc_transport_greet_async (transport, self->cancel, greeted_cb, look);
}

static void
look_at_network (QcCheck *self)
{
  QcSync *sync = qc_session_get_sync (self->session);
  QcProfile *profile = sync ? qc_sync_get_profile (sync) : NULL;
  const char *address = profile ? qc_profile_get_api (profile) : NULL;
  gboolean practice = profile && qc_profile_is_practice (profile);
  if (address)
    greet (self, profile);
  else
    skip_center (self, profile ? _ ("This center is not connected to Qingce.") : _ ("No center is chosen."));
  if (!address && profile)
    address = qc_profile_get_portal (profile);
  if (!address) {
    qc_check_set (self, "certificate", qc_check_verdict (QC_CHECK_SKIPPED, _ ("No center is chosen."), NULL));
    qc_check_set (self, "proxy", qc_check_verdict (QC_CHECK_SKIPPED, _ ("No center is chosen."), NULL));
    return;
  }
  qc_probe_async (address, qc_profile_get_api (profile) ? qc_profile_get_ca_pem (profile) : NULL, practice,
                  self->cancel, probed_cb, look_new (self));
}

/* --- this computer --- */

static void
local_cb (const char *id, QcCheckVerdict verdict, gpointer data)
{
  Look *look = data;
  if (is_over (look))
    verdict_clear (&verdict);
  else
    qc_check_set (look->check, id, verdict);
}

static void
checked_database_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  g_autoptr (GError) error = NULL;
  qc_database_finish (QC_DATABASE (source), result, &error);
  if (!is_over (look))
    qc_check_set (look->check, "database", qc_check_local_judge_database (error));
}

static gpointer
check_database (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_check (connection, error) ? QC_DATABASE_DONE : NULL;
}

/* Through the whole file, on a thread and connection of its own. */
static void
look_at_database (QcCheck *self)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (database)
    qc_database_walk_async (database, "check", check_database, NULL, NULL, NULL, self->cancel, checked_database_cb,
                            look_new (self));
  else
    qc_check_set (self, "database", qc_check_verdict (QC_CHECK_SKIPPED, _ ("The data are not open."), NULL));
}

void
qc_check_run (QcCheck *self)
{
  g_return_if_fail (QC_IS_CHECK (self));
  qc_check_cancel (self);
  self->cancel = g_cancellable_new ();
  self->running = self->items->len;
  for (guint i = 0; i < self->items->len; i++) {
    QcCheckItem *item = g_ptr_array_index (self->items, i);
    verdict_clear (&item->verdict);
    item->verdict.state = QC_CHECK_RUNNING;
    g_signal_emit (self, signals[CHANGED], 0, i);
  }
  look_at_network (self);
  look_at_database (self);
  qc_check_local_run (qc_context_get_data_dir (qc_session_get_context (self->session)), self->cancel, local_cb,
                      look_new (self), (GDestroyNotify)look_free);
}

void
qc_check_cancel (QcCheck *self)
{
  g_return_if_fail (QC_IS_CHECK (self));
  if (!self->cancel)
    return;
  g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->running = 0;
  for (guint i = 0; i < self->items->len; i++) {
    QcCheckItem *item = g_ptr_array_index (self->items, i);
    if (item->verdict.state == QC_CHECK_RUNNING)
      item->verdict = qc_check_verdict (QC_CHECK_SKIPPED, _ ("Looking was given up."), NULL);
  }
}
