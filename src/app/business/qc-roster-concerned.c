/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Those of the unit who have to be seen to by a business (授权退休年龄: who is left out, or must be asked about), put
 * on its roster as one step. Reader thread inside the database's functions, main context outside.
 */
#include "qc-month.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-people.h"
#include "qc-store-units.h"

typedef struct {
  char *profile, *unit; /* (owned) */
  const QcRosterRules *rules;
  QcMonth month;
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query);
}

typedef struct {
  const Query *query;
  const QcOverlay *overlay;
  GCancellable *cancellable;
  GPtrArray *found; /* QcEmployee */
} Walk;

static gboolean
look_at (const QcStorePersonFacts *facts, gpointer user_data)
{
  Walk *walk = user_data;
  if (g_cancellable_is_cancelled (walk->cancellable))
    return FALSE;
  if (facts->gone)
    return TRUE;
  g_autoptr (QcEmployee) person = qc_employee_copy (facts->employee);
  qc_overlay_apply (walk->overlay, person, NULL);
  if (walk->query->rules->concerns (person, walk->query->month))
    g_ptr_array_add (walk->found, g_steal_pointer (&person));
  return TRUE;
}

static gpointer
read_concerned (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autoptr (QcUnit) unit = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  if (!qc_store_unit_get (connection, query->profile, query->unit, &unit, error))
    return NULL;
  if (!unit)
    return g_steal_pointer (&found);
  g_autoptr (QcOverlay) overlay = qc_overlay_load (connection, query->profile, unit, error);
  Walk walk = {query, overlay, cancellable, found};
  if (!overlay || !qc_store_people_each (connection, query->profile, query->unit, QC_MONTH_NONE, look_at, &walk, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&found);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) found = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!found) {
    g_task_return_error (task, error);
    return;
  }
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  qc_roster_service_add_people (g_task_get_source_object (task), found, ids);
  g_task_return_pointer (task, g_steal_pointer (&ids), (GDestroyNotify)g_array_unref);
}

void
qc_roster_service_look_ahead (QcRosterService *self, int months)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self) && months >= 0);
  self->ahead = months;
}

gboolean
qc_roster_service_can_concern (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  return qc_roster_rules (self->business)->concerns != NULL;
}

void
qc_roster_service_add_concerned_async (QcRosterService *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (qc_roster_service_can_concern (self) && self->ground != NULL);
  QcBusinessService *base = QC_BUSINESS_SERVICE (self);
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_business_service_get_profile (base));
  query->unit = g_strdup (qc_business_service_get_unit (base));
  query->rules = qc_roster_rules (self->business);
  query->month = qc_month_add (MAX (qc_unit_due_month (self->ground->unit), qc_date_month (self->ground->facts.today)),
                               self->ahead);
  self->ahead = 0;
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (base)), "concerned", read_concerned,
                          query, (GDestroyNotify)query_free, (GDestroyNotify)g_ptr_array_unref, cancellable, read_cb,
                          g_task_new (self, cancellable, callback, user_data));
}

GArray *
qc_roster_service_add_concerned_finish (QcRosterService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
