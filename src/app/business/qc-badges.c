/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-badges.h.
 */
#include "qc-badges.h"

#include "qc-session-private.h"
#include "qc-store-applications.h"

struct _QcBadges {
  GObject parent_instance;
  QcSession *session;    /* borrowed: outlives this */
  GCancellable *reading; /* (owned) (nullable) */
  guint counts[QC_N_BUSINESSES];
};

G_DEFINE_FINAL_TYPE (QcBadges, qc_badges, G_TYPE_OBJECT)
enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *profile, *unit; /* (owned) */
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query);
}

static gpointer
read_badges (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autofree QcStoreBadges *badges = g_new0 (QcStoreBadges, 1);
  return qc_store_badges (connection, query->profile, query->unit, badges, error) ? g_steal_pointer (&badges) : NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcBadges) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree QcStoreBadges *badges = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (!badges) {
    g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  for (guint i = 0; i < QC_N_BUSINESSES; i++)
    self->counts[i] = (guint)(badges->drafts[i] + badges->returned[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reload (QcBadges *self)
{
  const char *unit = qc_session_get_unit_account (self->session);
  QcDatabase *database = qc_session_get_database (self->session);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (!unit || !database) {
    memset (self->counts, 0, sizeof self->counts);
    g_signal_emit (self, signals[CHANGED], 0);
    return;
  }
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_session_get_profile_id (self->session));
  query->unit = g_strdup (unit);
  self->reading = g_cancellable_new ();
  qc_database_read_async (database, "badges", read_badges, query, (GDestroyNotify)query_free, g_free, self->reading,
                          read_cb, g_object_ref (self));
}

static void
data_changed_cb (QcSession *session, guint what, QcBadges *self)
{
  if (what & (QC_DATA_DRAFTS | QC_DATA_QUEUE | QC_DATA_APPLICATIONS))
    reload (self);
}

guint
qc_badges_get (QcBadges *self, QcBusiness business)
{
  g_return_val_if_fail (QC_IS_BADGES (self) && business < QC_N_BUSINESSES, 0);
  return self->counts[business];
}

static void
qc_badges_dispose (GObject *object)
{
  QcBadges *self = QC_BADGES (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (qc_badges_parent_class)->dispose (object);
}

static void
qc_badges_class_init (QcBadgesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_badges_dispose;
  signals[CHANGED] = g_signal_new ("changed", QC_TYPE_BADGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", QC_TYPE_BADGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
qc_badges_init (QcBadges *self)
{
}

QcBadges *
qc_badges_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcBadges *self = g_object_new (QC_TYPE_BADGES, NULL);
  self->session = session;
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  g_signal_connect_object (session, "unit-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}
