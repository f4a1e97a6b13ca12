/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-overview.h. One read of the database for all units. Main thread, but for the database's functions.
 */
#include "qc-unit-overview.h"

#include "qc-month-due.h"
#include "qc-month.h"
#include "qc-session-private.h"
#include "qc-store-applications.h"
#include "qc-store-cursors.h"
#include "qc-store-profiles.h"
#include "qc-store-units.h"
#include "qc-unit-mark.h"

typedef struct {
  char *profile;                     /* (owned) (nullable) the current one */
  QcMonth current, practice, system; /* this month there, in practice, by this computer */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request);
}

void
qc_unit_standing_free (QcUnitStanding *standing)
{
  g_free (standing->profile);
  g_free (standing->center);
  g_clear_pointer (&standing->unit, qc_unit_choice_free);
  g_free (standing);
}

gboolean
qc_unit_standing_needs_her (const QcUnitStanding *standing)
{
  return standing->is_known
         && (standing->due_is_open || standing->returned > 0 || standing->failed > 0 || standing->drafts > 0
             || standing->waiting > 0);
}

static gboolean
read_counts (QcConnection *connection, QcUnitStanding *standing, const QcUnit *unit, QcMonth current, GError **error)
{
  QcStoreBadges badges;
  if (!qc_store_badges (connection, standing->profile, standing->unit->account, &badges, error))
    return FALSE;
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    standing->returned += badges.returned[i] + badges.refused[i];
    standing->drafts += badges.drafts[i] - badges.refused[i];
    standing->waiting += badges.queued[i];
    standing->open += badges.open[i];
  }
  standing->waiting += badges.unknown_actions;
  standing->failed = badges.draw_failed;
  standing->due_is_open = qc_month_is_due (unit, current, &badges);
  standing->behind = standing->due_is_open ? (guint)qc_month_diff (standing->due, current) : 0;
  return TRUE;
}

/* As of when: the older of what was asked about the unit itself and about its applications. */
static gboolean
read_as_of (QcConnection *connection, QcUnitStanding *standing, GError **error)
{
  static const QcFeed feeds[] = {QC_FEED_UNIT, QC_FEED_APPLICATIONS};
  standing->as_of = G_MAXINT64;
  for (gsize i = 0; i < G_N_ELEMENTS (feeds); i++) {
    g_auto (QcStoreCursor) cursor = {0};
    if (!qc_store_cursor_get (connection, standing->profile, standing->unit->account, feeds[i], &cursor, error))
      return FALSE;
    standing->as_of = MIN (standing->as_of, cursor.as_of);
  }
  return TRUE;
}

static gboolean
read_unit (QcConnection *connection, QcUnitStanding *standing, QcMonth current, GError **error)
{
  g_autoptr (QcUnit) unit = NULL;
  if (!qc_store_unit_get (connection, standing->profile, standing->unit->account, &unit, error)
      || !read_as_of (connection, standing, error))
    return FALSE;
  standing->is_known = unit != NULL && standing->as_of > 0;
  if (unit) {
    standing->status = unit->status;
    standing->due = qc_unit_due_month (unit);
    standing->people = unit->headcount;
  }
  return read_counts (connection, standing, unit, current, error);
}

static QcUnitStanding *
new_standing (const QcStoreProfile *profile, const QcStoreGrant *grant)
{
  QcUnitStanding *standing = g_new0 (QcUnitStanding, 1);
  standing->profile = g_strdup (profile->id);
  standing->center = g_strdup (profile->department);
  standing->practice = profile->practice;
  standing->unit = qc_unit_choice_new (grant);
  return standing;
}

static gboolean
read_profile (QcConnection *connection, const Request *request, const QcStoreProfile *profile, GPtrArray *standings,
              GError **error)
{
  QcMonth current = g_strcmp0 (profile->id, request->profile) == 0 ? request->current
                    : profile->practice                            ? request->practice
                                                                   : request->system;
  g_autoptr (GPtrArray) grants = qc_store_grants_list (connection, profile->id, error);
  for (guint i = 0; grants && i < grants->len; i++) {
    QcUnitStanding *standing = new_standing (profile, g_ptr_array_index (grants, i));
    g_ptr_array_add (standings, standing);
    if (!read_unit (connection, standing, current, error))
      return FALSE;
  }
  return grants != NULL;
}

/* The center on screen first; in each those that need her, then as the lists of units have them. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const QcUnitStanding *one = *(QcUnitStanding *const *)a, *two = *(QcUnitStanding *const *)b;
  const Request *request = data;
  gboolean one_here = g_strcmp0 (one->profile, request->profile) == 0;
  gboolean two_here = g_strcmp0 (two->profile, request->profile) == 0;
  if (one_here != two_here)
    return two_here - one_here;
  int order = g_strcmp0 (one->profile, two->profile);
  if (order == 0)
    order = qc_unit_standing_needs_her (two) - qc_unit_standing_needs_her (one);
  return order != 0 ? order : g_strcmp0 (one->unit->name, two->unit->name);
}

static gpointer
read_overview (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) standings = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_unit_standing_free);
  g_autoptr (GPtrArray) profiles = qc_store_profile_list (connection, error);
  if (!profiles)
    return NULL;
  for (guint i = 0; i < profiles->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !read_profile (connection, request, g_ptr_array_index (profiles, i), standings, error))
      return NULL;
  g_ptr_array_sort_with_data (standings, compare, request);
  return g_steal_pointer (&standings);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *standings = qc_database_finish (QC_DATABASE (source), result, &error);
  if (standings)
    g_task_return_pointer (task, standings, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
qc_unit_overview_load_async (QcSession *session, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (session) && qc_session_get_database (session));
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  QcDate practice = qc_practice_get_today (qc_context_get_practice (qc_session_get_context (session)));
  QcMonth system = qc_date_month (qc_date_from_unix (g_get_real_time () / G_USEC_PER_SEC));
  Request *request = g_new0 (Request, 1);
  *request = (Request) {g_strdup (qc_session_get_profile_id (session)), qc_date_month (qc_session_get_today (session)),
                        practice == QC_DATE_NONE ? system : qc_date_month (practice), system};
  g_task_set_source_tag (task, qc_unit_overview_load_async);
  qc_database_read_async (qc_session_get_database (session), "units", read_overview, request, request_free,
                          (GDestroyNotify)g_ptr_array_unref, cancellable, loaded_cb, g_object_ref (task));
}

GPtrArray *
qc_unit_overview_load_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
