/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who of the unit could be back-paid; see the header. Walking: a thread of the database.
 */
#include "qc-back-search.h"

#include "qc-roster-pending.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-people.h"

#define STEPS 1000 /* of the progress */

/* Shared by the thread that walks and whoever asks how far it is. */
typedef struct {
  gatomicrefcount refs;
  gint done; /* atomic, of STEPS */
} Progress;

static void
progress_unref (Progress *progress)
{
  if (g_atomic_ref_count_dec (&progress->refs))
    g_free (progress);
}

typedef struct {
  QcRosterGroundRequest *ground; /* (owned) */
  QcMonth since;
  Progress *progress; /* (owned) */
} Query;

static void
query_free (Query *query)
{
  qc_roster_ground_request_free (query->ground);
  progress_unref (query->progress);
  g_free (query);
}

static void
candidate_free (QcBackCandidate *candidate)
{
  qc_employee_free (candidate->person);
  g_free (candidate);
}

typedef struct {
  const Query *query;
  QcBackFinder *finder;
  GHashTable *pending; /* of qc_roster_pending_read() */
  GCancellable *cancellable;
  GArray *found;         /* QcBackFound of the present person */
  GPtrArray *candidates; /* QcBackCandidate */
  gint64 n, all;
} Walk;

static gboolean
take_found (const QcEmployee *person, const QcPersonHistory *history, gpointer user_data)
{
  Walk *walk = user_data;
  g_array_set_size (walk->found, 0);
  qc_back_finder_look (walk->finder, person, history, walk->found);
  for (guint i = 0; i < walk->found->len; i++) {
    QcBackCandidate *candidate = g_new (QcBackCandidate, 1);
    *candidate = (QcBackCandidate) {qc_employee_copy (person), g_array_index (walk->found, QcBackFound, i)};
    g_ptr_array_add (walk->candidates, candidate);
  }
  return TRUE;
}

static gboolean
look_at (const QcEmployee *person, const QcPersonHistory *history, gpointer user_data)
{
  Walk *walk = user_data;
  if (++walk->n % 256 == 0) {
    g_atomic_int_set (&walk->query->progress->done, (gint)(MIN (walk->n, walk->all) * STEPS / MAX (walk->all, 1)));
    if (g_cancellable_is_cancelled (walk->cancellable))
      return FALSE;
  }
  return qc_roster_pending_call (walk->pending, person, history, take_found, walk);
}

static gpointer
read_candidates (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autoptr (QcRosterGround) ground = qc_roster_ground_read (connection, query->ground, cancellable, error);
  if (ground == NULL)
    return NULL;
  g_autoptr (QcBackFinder) finder = qc_back_finder_new (&ground->facts, query->since);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (QcBackFound));
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify)candidate_free);
  const char *profile = query->ground->profile, *unit = query->ground->unit;
  g_autoptr (GHashTable) pending = qc_roster_pending_read (connection, profile, unit, error);
  Walk walk = {query, finder, pending, cancellable, found, candidates, 0, 0};
  if (pending == NULL || !qc_store_people_count (connection, profile, unit, &walk.all, error)
      || !qc_store_histories_each (connection, profile, unit, look_at, &walk, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_atomic_int_set (&query->progress->done, STEPS);
  return g_steal_pointer (&candidates);
}

static GQuark
progress_quark (void)
{
  return g_quark_from_static_string ("qc-back-search-progress");
}

static void
walked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *candidates = qc_database_finish (QC_DATABASE (source), result, &error);
  if (candidates != NULL)
    g_task_return_pointer (task, candidates, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
qc_back_search_async (QcRosterService *service, QcMonth since, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (service) && service->business == QC_BUSINESS_BACK_PAYMENT);
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  QcSession *session = qc_business_service_get_session (base);
  Progress *progress = g_new0 (Progress, 1);
  g_atomic_ref_count_init (&progress->refs);
  g_atomic_ref_count_inc (&progress->refs);
  g_object_set_qdata_full (G_OBJECT (service), progress_quark (), progress, (GDestroyNotify)progress_unref);
  Query *query = g_new0 (Query, 1);
  query->ground = g_new0 (QcRosterGroundRequest, 1);
  query->ground->business = QC_BUSINESS_BACK_PAYMENT;
  query->ground->profile = g_strdup (qc_business_service_get_profile (base));
  query->ground->unit = g_strdup (qc_business_service_get_unit (base));
  query->ground->accounts = g_strdup ("");
  query->ground->today = qc_session_get_today (session);
  query->since = since;
  query->progress = progress;
  qc_database_walk_async (qc_session_get_database (session), "back-search", read_candidates, query,
                          (GDestroyNotify)query_free, (GDestroyNotify)g_ptr_array_unref, cancellable, walked_cb,
                          g_task_new (service, cancellable, callback, user_data));
}

double
qc_back_search_get_progress (QcRosterService *service)
{
  Progress *progress = g_object_get_qdata (G_OBJECT (service), progress_quark ());
  return progress != NULL ? (double)g_atomic_int_get (&progress->done) / STEPS : 0;
}

GPtrArray *
qc_back_search_finish (QcRosterService *service, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* account → GPtrArray of the lines that mean months of that person, borrowed. */
static GHashTable *
index_lines (const GPtrArray *lines)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < lines->len; i++) {
    QcRosterLine *line = g_ptr_array_index (lines, i);
    GPtrArray *of_person = line->account != NULL ? g_hash_table_lookup (index, line->account) : NULL;
    if (line->account != NULL && of_person == NULL)
      g_hash_table_insert (index, line->account, of_person = g_ptr_array_new ());
    if (of_person != NULL)
      g_ptr_array_add (of_person, line);
  }
  return index;
}

static gboolean
is_meant (GHashTable *index, const QcBackCandidate *candidate)
{
  const GPtrArray *lines = g_hash_table_lookup (index, candidate->person->account);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (line->from <= candidate->found.to && candidate->found.from <= line->to)
      return TRUE;
  }
  return FALSE;
}

guint
qc_back_search_add (QcRosterService *service, const GPtrArray *candidates, GArray *ids)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), 0);
  if (service->ground == NULL)
    return 0;
  g_autoptr (GHashTable) index = index_lines (qc_draft_get_roster (service->draft)->lines);
  GPtrArray *added = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < candidates->len; i++) {
    const QcBackCandidate *candidate = g_ptr_array_index (candidates, i);
    if (is_meant (index, candidate))
      continue;
    g_ptr_array_add (added, qc_back_found_new_line (&service->ground->facts, candidate->person, &candidate->found));
  }
  guint n = added->len;
  gint64 first = qc_draft_get_roster (service->draft)->next_id;
  qc_draft_begin_step (service->draft);
  qc_roster_service_note_month (service);
  gboolean done = qc_draft_add_lines (service->draft, added, 0, "lines.add");
  qc_draft_end_step (service->draft);
  for (gint64 id = first; done && ids != NULL && id < first + n; id++)
    g_array_append_val (ids, id);
  return done ? n : 0;
}
