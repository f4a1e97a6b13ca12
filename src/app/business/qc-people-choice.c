/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 选择人员 without a screen; see the header. Main context.
 */
#include "qc-people-choice.h"

#include <glib/gi18n-lib.h>

#include "qc-people-list-private.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"

#define WALK_MICROSECONDS 4000 /* of one piece */

struct _QcPeopleChoice {
  GObject parent_instance;
  QcRosterService *service; /* (owned) */
  QcPeopleList *list;       /* (owned) */
  GPtrArray *chosen;        /* (owned) QcEmployee */
  GHashTable *by_account;   /* (owned) 个人账号 → QcEmployee of @chosen */
  GHashTable *there;        /* (owned) 个人账号 of those who are on the roster */
};

G_DEFINE_FINAL_TYPE (QcPeopleChoice, qc_people_choice, G_TYPE_OBJECT)
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
note_roster (QcPeopleChoice *self)
{
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (self->service));
  const GPtrArray *lines = qc_draft_get_roster (draft)->lines;
  g_hash_table_remove_all (self->there);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (line->account != NULL)
      g_hash_table_add (self->there, g_strdup (line->account));
  }
}

/* The person as they will be once what waits is done. (transfer full) */
static QcEmployee *
dup_laid_over (QcPeopleChoice *self, const QcEmployee *person)
{
  QcEmployee *copy = qc_employee_copy (person);
  qc_overlay_apply (self->service->ground->overlay, copy, NULL);
  return copy;
}

char *
qc_people_choice_dup_why_not (QcPeopleChoice *self, const QcEmployee *person)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), NULL);
  if (self->service->ground == NULL)
    return g_strdup (_ ("The data of the unit is still being read."));
  if (g_hash_table_contains (self->there, person->account))
    return g_strdup (_ ("Is on the roster already."));
  g_autoptr (QcEmployee) laid_over = dup_laid_over (self, person);
  g_autoptr (QcFinding) refused
      = qc_roster_rules (self->service->business)->refuse (&self->service->ground->facts, laid_over);
  return refused != NULL ? qc_finding_dup_sentence (refused) : NULL;
}

gboolean
qc_people_choice_is_chosen (QcPeopleChoice *self, const QcEmployee *person)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), FALSE);
  return g_hash_table_contains (self->by_account, person->account);
}

/* Without a word to anybody. */
static gboolean
choose (QcPeopleChoice *self, const QcEmployee *person)
{
  g_autofree char *why_not = qc_people_choice_dup_why_not (self, person);
  if (why_not != NULL || qc_people_choice_is_chosen (self, person))
    return why_not == NULL;
  QcEmployee *copy = qc_employee_copy (person);
  g_ptr_array_add (self->chosen, copy);
  g_hash_table_insert (self->by_account, copy->account, copy);
  return TRUE;
}

gboolean
qc_people_choice_choose (QcPeopleChoice *self, const QcEmployee *person, gboolean chosen)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), FALSE);
  gboolean done = TRUE;
  QcEmployee *there = g_hash_table_lookup (self->by_account, person->account);
  if (chosen) {
    done = choose (self, person);
  } else if (there != NULL) {
    g_hash_table_remove (self->by_account, person->account);
    g_ptr_array_remove (self->chosen, there);
  }
  g_signal_emit (self, signals[CHANGED], 0);
  return done;
}

typedef struct {
  char *profile, *unit, *text; /* (owned) */
  QcStorePeopleQuery query;
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query->text);
  g_free (query);
}

static gpointer
read_all (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autoptr (QcStorePeopleList) list
      = qc_store_people_list (connection, query->profile, query->unit, &query->query, error);
  return list != NULL ? qc_store_people_by_ids (connection, (const gint64 *)list->ids->data, list->ids->len, error)
                      : NULL;
}

/* Those who were read, looked at in pieces. */
typedef struct {
  GPtrArray *people; /* (owned) QcEmployee, NULL for those gone */
  guint position, before;
} Walk;

static void
walk_free (Walk *walk)
{
  g_ptr_array_unref (walk->people);
  g_free (walk);
}

static gboolean
walk_cb (gpointer user_data)
{
  GTask *task = user_data;
  QcPeopleChoice *self = g_task_get_source_object (task);
  Walk *walk = g_task_get_task_data (task);
  gint64 until = g_get_monotonic_time () + WALK_MICROSECONDS;
  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  while (walk->position < walk->people->len) {
    const QcEmployee *person = g_ptr_array_index (walk->people, walk->position++);
    if (person != NULL)
      choose (self, person);
    if (walk->position % 16 == 0 && g_get_monotonic_time () > until)
      return G_SOURCE_CONTINUE;
  }
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_int (task, self->chosen->len - walk->before);
  return G_SOURCE_REMOVE;
}

static void
read_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcPeopleChoice *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) people = qc_database_finish (QC_DATABASE (source), result, &error);
  if (people == NULL) {
    g_task_return_error (task, error);
    return;
  }
  Walk *walk = g_new0 (Walk, 1);
  walk->people = g_steal_pointer (&people);
  walk->before = self->chosen->len;
  g_task_set_task_data (task, walk, (GDestroyNotify)walk_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, walk_cb, g_steal_pointer (&task), g_object_unref);
}

void
qc_people_choice_choose_all_async (QcPeopleChoice *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (QC_IS_PEOPLE_CHOICE (self));
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_business_service_get_profile (service));
  query->unit = g_strdup (qc_business_service_get_unit (service));
  qc_people_list_get_query (self->list, &query->query);
  query->text = g_strdup (query->query.text);
  query->query.text = query->text;
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (service)), "choose-all", read_all,
                          query, (GDestroyNotify)query_free, (GDestroyNotify)g_ptr_array_unref, cancellable,
                          read_all_cb, g_task_new (self, cancellable, callback, user_data));
}

int
qc_people_choice_choose_all_finish (QcPeopleChoice *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return (int)g_task_propagate_int (G_TASK (result), error);
}

void
qc_people_choice_clear (QcPeopleChoice *self)
{
  g_return_if_fail (QC_IS_PEOPLE_CHOICE (self));
  g_hash_table_remove_all (self->by_account);
  g_ptr_array_set_size (self->chosen, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
qc_people_choice_add (QcPeopleChoice *self, GArray *ids)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), 0);
  guint n = qc_roster_service_add_people (self->service, self->chosen, ids);
  note_roster (self);
  qc_people_choice_clear (self);
  return n;
}

QcPeopleList *
qc_people_choice_get_list (QcPeopleChoice *self)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), NULL);
  return self->list;
}

void
qc_people_choice_set_changed_only (QcPeopleChoice *self, gboolean changed_only)
{
  g_return_if_fail (QC_IS_PEOPLE_CHOICE (self));
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  qc_people_list_set_changed_month (self->list,
                                    changed_only && facts != NULL ? qc_unit_due_month (facts->unit) : QC_MONTH_NONE);
}

gint64
qc_people_choice_get_headcount (QcPeopleChoice *self)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), 0);
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  return facts != NULL ? facts->unit->headcount : 0;
}

QcMonth
qc_people_choice_get_fund_year (QcPeopleChoice *self)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), QC_MONTH_NONE);
  const QcRosterFacts *facts = qc_roster_service_get_facts (self->service);
  gboolean adjusts = qc_business_find_column (self->service->business, QC_LINE_DIFFERENCE) != NULL;
  QcMonth due = adjusts && facts != NULL ? qc_unit_due_month (facts->unit) : QC_MONTH_NONE;
  return due != QC_MONTH_NONE ? qc_policy_fund_year (qc_policy_at (facts->policies, due), due) : QC_MONTH_NONE;
}

void
qc_people_choice_set_unadjusted_only (QcPeopleChoice *self, gboolean unadjusted_only)
{
  g_return_if_fail (QC_IS_PEOPLE_CHOICE (self));
  qc_people_list_set_unadjusted_since (self->list,
                                       unadjusted_only ? qc_people_choice_get_fund_year (self) : QC_MONTH_NONE);
}

const GPtrArray *
qc_people_choice_get_chosen (QcPeopleChoice *self)
{
  g_return_val_if_fail (QC_IS_PEOPLE_CHOICE (self), NULL);
  return self->chosen;
}

static void
qc_people_choice_finalize (GObject *object)
{
  QcPeopleChoice *self = QC_PEOPLE_CHOICE (object);
  g_clear_object (&self->service);
  g_clear_object (&self->list);
  g_hash_table_unref (self->by_account);
  g_ptr_array_unref (self->chosen);
  g_hash_table_unref (self->there);
  G_OBJECT_CLASS (qc_people_choice_parent_class)->finalize (object);
}

static void
qc_people_choice_class_init (QcPeopleChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_people_choice_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_PEOPLE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_people_choice_init (QcPeopleChoice *self)
{
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_employee_free);
  self->by_account = g_hash_table_new (g_str_hash, g_str_equal);
  self->there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

QcPeopleChoice *
qc_people_choice_new (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcPeopleChoice *self = g_object_new (QC_TYPE_PEOPLE_CHOICE, NULL);
  self->service = g_object_ref (service);
  self->list = qc_people_list_new (qc_business_service_get_session (QC_BUSINESS_SERVICE (service)));
  note_roster (self);
  return self;
}
