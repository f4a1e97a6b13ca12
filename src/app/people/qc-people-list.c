/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-people-list.h. The queries and their totals; the rows are in qc-people-pages.h. Main thread; reading on the
 * reader thread.
 */
#include "qc-people-list.h"

#include "qc-people-list-private.h"
#include "qc-people-pages.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-policies.h"
#include "qc-store-units.h"
#include "qc-text-field.h"

struct _QcPeopleList {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  char *text;         /* (owned) folded later, in SQL */
  QcPeopleFilter filter;
  QcMonth changed, unadjusted;
  QcPeopleSort sort;
  gboolean descending;
  QcPeoplePages *pages; /* (owned) */
  guint length;         /* as those who listen know it */
  guint generation;     /* of the query: answers to older ones are dropped */
  GCancellable *cancel; /* (owned) (nullable) of the query under way */
  gboolean loading;
  QcPeopleTotals totals;
  QcMonth due;               /* for which monthly amounts are computed */
  GArray *policies, *ratios; /* (owned) (nullable) before the first answer */
  gint64 as_of;
  GError *error; /* (owned) (nullable) */
};

static void qc_people_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (QcPeopleList, qc_people_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_people_list_model_init))

enum { RELOADED, FILLED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- list model --- */

static GType
get_item_type (GListModel *model)
{
  return QC_TYPE_PERSON_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return QC_PEOPLE_LIST (model)->length;
}

static gpointer
get_item (GListModel *model, guint position)
{
  QcPeopleList *self = QC_PEOPLE_LIST (model);
  if (position >= self->length)
    return NULL;
  return qc_people_pages_get_row (self->pages, position);
}

static void
qc_people_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- object --- */

static void
qc_people_list_finalize (GObject *object)
{
  QcPeopleList *self = QC_PEOPLE_LIST (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->pages);
  g_clear_pointer (&self->policies, g_array_unref);
  g_clear_pointer (&self->ratios, g_array_unref);
  g_free (self->text);
  g_clear_error (&self->error);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_people_list_parent_class)->finalize (object);
}

static void
qc_people_list_class_init (QcPeopleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_people_list_finalize;
  signals[RELOADED]
      = g_signal_new ("reloaded", QC_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED]
      = g_signal_new ("filled", QC_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
qc_people_list_init (QcPeopleList *self)
{
  self->text = g_strdup ("");
  self->filter = QC_PEOPLE_EVERY;
}

static void
page_failed_cb (QcPeoplePages *pages, const GError *error, QcPeopleList *self)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
page_filled_cb (QcPeoplePages *pages, QcPeopleList *self)
{
  g_signal_emit (self, signals[FILLED], 0);
}

QcPeopleList *
qc_people_list_new (QcSession *session)
{
  QcPeopleList *self = g_object_new (QC_TYPE_PEOPLE_LIST, NULL);
  self->session = g_object_ref (session);
  self->pages = qc_people_pages_new (session);
  g_signal_connect_object (self->pages, "failed", G_CALLBACK (page_failed_cb), self, 0);
  g_signal_connect_object (self->pages, "filled", G_CALLBACK (page_filled_cb), self, 0);
  return self;
}

/* --- queries --- */

typedef struct {
  char *profile, *unit, *text; /* (owned) */
  QcStorePeopleQuery query;
  guint generation;
  QcPeopleList *list; /* (owned) */
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;
  g_free (query->profile);
  g_free (query->unit);
  g_free (query->text);
  g_object_unref (query->list);
  g_free (query);
}

static guint32
statuses_of (QcPeopleFilter filter)
{
  if ((filter & QC_PEOPLE_EVERY) == QC_PEOPLE_EVERY)
    return QC_STORE_STATUS_ANY;
  guint32 bits = 0;
  if (filter & QC_PEOPLE_NORMAL)
    bits |= QC_STORE_STATUS_BIT (QC_PERSON_NORMAL);
  if (filter & QC_PEOPLE_SEALED)
    bits |= QC_STORE_STATUS_BIT (QC_PERSON_SEALED);
  if (filter & QC_PEOPLE_CLOSED)
    bits |= QC_STORE_STATUS_BIT (QC_PERSON_MERGED) | QC_STORE_STATUS_BIT (QC_PERSON_MOVED_OUT)
            | QC_STORE_STATUS_BIT (QC_PERSON_WITHDRAWN);
  if (filter & QC_PEOPLE_OTHER)
    bits |= QC_STORE_STATUS_BIT (QC_PERSON_FROZEN) | QC_STORE_STATUS_BIT (QC_PERSON_OTHER);
  return bits;
}

/* What a query gives: whom, and the first of them, who are mostly looked at. */
typedef struct {
  QcStorePeopleList *list; /* (owned) */
  GPtrArray *first;        /* (owned) (nullable) QcEmployee, some NULL */
  QcMonth due;
  GArray *policies, *ratios; /* (owned) (nullable) */
  gint64 as_of;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;
  qc_store_people_list_free (answer->list);
  g_clear_pointer (&answer->first, g_ptr_array_unref);
  g_clear_pointer (&answer->policies, g_array_unref);
  g_clear_pointer (&answer->ratios, g_array_unref);
  g_free (answer);
}

/* What monthly amounts are computed with. */
static gboolean
read_terms (QcConnection *connection, const Query *query, Answer *answer, GError **error)
{
  g_autoptr (QcUnit) unit = NULL;
  if (!qc_store_unit_get (connection, query->profile, query->unit, &unit, error)
      || !qc_store_cursor_as_of (connection, query->profile, query->unit, &answer->as_of, error))
    return FALSE;
  answer->due = unit ? qc_unit_due_month (unit) : QC_MONTH_NONE;
  answer->policies = qc_store_policies_get (connection, query->profile, query->unit, error);
  answer->ratios = answer->policies ? qc_store_ratios_get (connection, query->profile, query->unit, error) : NULL;
  return answer->ratios != NULL;
}

static gpointer
read_answer (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Query *query = data;
  Answer *answer = g_new0 (Answer, 1);
  if (read_terms (connection, query, answer, error)) {
    query->query.month = answer->due;
    answer->list = qc_store_people_list (connection, query->profile, query->unit, &query->query, error);
  }
  if (answer->list)
    answer->first = qc_store_people_by_ids (connection, (const gint64 *)answer->list->ids->data,
                                            MIN (answer->list->ids->len, QC_PEOPLE_PAGE), error);
  if (answer->first)
    return answer;
  answer_free (answer);
  return NULL;
}

static void
adopt_terms (QcPeopleList *self, Answer *answer)
{
  g_clear_pointer (&self->policies, g_array_unref);
  g_clear_pointer (&self->ratios, g_array_unref);
  self->policies = g_steal_pointer (&answer->policies);
  self->ratios = g_steal_pointer (&answer->ratios);
  self->due = answer->due;
  self->as_of = answer->as_of;
}

static void
adopt_answer (QcPeopleList *self, Answer *answer)
{
  const QcStorePeopleTotals *totals = &answer->list->totals;
  guint before = self->length;
  guint now = answer->list->ids->len;
  guint kept = MIN (before, now);
  qc_people_pages_set_ids (self->pages, answer->list->ids, g_steal_pointer (&answer->first));
  self->length = now;
  self->totals.people = totals->people;
  self->totals.normal = totals->normal;
  self->totals.sealed = totals->sealed;
  self->totals.base = totals->base;
  self->totals.unit = totals->unit;
  self->totals.personal = totals->personal;
  adopt_terms (self, answer);
  g_clear_error (&self->error);
  if (before != now)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, now - kept);
  g_signal_emit (self, signals[RELOADED], 0);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Query *query = data;
  QcPeopleList *self = query->list;
  g_autoptr (GError) error = NULL;
  Answer *answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (query->generation == self->generation) {
    self->loading = FALSE;
    if (answer) {
      adopt_answer (self, answer);
    } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
      g_signal_emit (self, signals[FAILED], 0, error);
    }
  }
  g_clear_pointer (&answer, answer_free);
  query_free (query);
}

void
qc_people_list_get_query (QcPeopleList *self, QcStorePeopleQuery *out)
{
  static const QcStorePeopleSort sorts[] = {
      [QC_PEOPLE_BY_NAME] = QC_STORE_PEOPLE_BY_NAME,         [QC_PEOPLE_BY_ACCOUNT] = QC_STORE_PEOPLE_BY_ACCOUNT,
      [QC_PEOPLE_BY_STATUS] = QC_STORE_PEOPLE_BY_STATUS,     [QC_PEOPLE_BY_BASE] = QC_STORE_PEOPLE_BY_BASE,
      [QC_PEOPLE_BY_PAID_TO] = QC_STORE_PEOPLE_BY_PAID_TO,   [QC_PEOPLE_BY_OPENED] = QC_STORE_PEOPLE_BY_OPENED,
      [QC_PEOPLE_BY_DOCUMENT] = QC_STORE_PEOPLE_BY_DOCUMENT, [QC_PEOPLE_BY_BALANCE] = QC_STORE_PEOPLE_BY_BALANCE,
  };
  *out = (QcStorePeopleQuery) {
      .text = self->text,
      .statuses = statuses_of (self->filter),
      .changed = self->changed,
      .unadjusted = self->unadjusted,
      .sort = sorts[self->sort],
      .descending = self->descending,
  };
}

QcPeopleFilter
qc_people_list_get_filter (QcPeopleList *self)
{
  return self->filter;
}

QcSession *
qc_people_list_get_session (QcPeopleList *self)
{
  return self->session;
}

void
qc_people_list_reload (QcPeopleList *self)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  const char *unit = qc_session_get_unit_account (self->session);
  QcDatabase *database = qc_session_get_database (self->session);
  self->generation++;
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->loading = unit && database;
  if (!self->loading)
    return;
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_session_get_profile_id (self->session));
  query->unit = g_strdup (unit);
  query->text = g_strdup (self->text);
  qc_people_list_get_query (self, &query->query);
  query->query.text = query->text;
  query->generation = self->generation;
  query->list = g_object_ref (self);
  self->cancel = g_cancellable_new ();
  qc_database_read_async (database, "people", read_answer, query, NULL, answer_free, self->cancel, answer_cb, query);
}

void
qc_people_list_set_search (QcPeopleList *self, const char *text)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  g_autofree char *plain
      = qc_text_field_dup_plain (QC_TEXT_SEARCH, text ? text : "", qc_text_field_limits (QC_TEXT_SEARCH)->most);
  if (g_strcmp0 (self->text, plain) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&plain);
  qc_people_list_reload (self);
}

void
qc_people_list_set_filter (QcPeopleList *self, QcPeopleFilter filter)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  if (self->filter == filter)
    return;
  self->filter = filter;
  qc_people_list_reload (self);
}

void
qc_people_list_set_unadjusted_since (QcPeopleList *self, QcMonth month)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  if (self->unadjusted == month)
    return;
  self->unadjusted = month;
  qc_people_list_reload (self);
}

void
qc_people_list_set_changed_month (QcPeopleList *self, QcMonth month)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  if (self->changed == month)
    return;
  self->changed = month;
  qc_people_list_reload (self);
}

void
qc_people_list_set_sort (QcPeopleList *self, QcPeopleSort sort, gboolean descending)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  if (self->sort == sort && self->descending == descending)
    return;
  self->sort = sort;
  self->descending = descending;
  qc_people_list_reload (self);
}

const QcPeopleTotals *
qc_people_list_get_totals (QcPeopleList *self)
{
  return &self->totals;
}

gboolean
qc_people_list_get_contribution (QcPeopleList *self, const QcEmployee *person, QcContribution *out)
{
  g_return_val_if_fail (QC_IS_PEOPLE_LIST (self), FALSE);
  const QcPolicy *policy = self->policies ? qc_policy_at (self->policies, self->due) : NULL;
  const QcRatios *ratios = self->ratios ? qc_ratios_at (self->ratios, self->due) : NULL;
  if (!policy || !ratios)
    return FALSE;
  *out = qc_contribution_compute (person->base, ratios, policy);
  return TRUE;
}

gint64
qc_people_list_get_as_of (QcPeopleList *self)
{
  return self->as_of;
}

gint64
qc_people_list_get_id (QcPeopleList *self, guint position)
{
  g_return_val_if_fail (QC_IS_PEOPLE_LIST (self), 0);
  return qc_people_pages_get_id (self->pages, position);
}

guint
qc_people_list_find (QcPeopleList *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_PEOPLE_LIST (self), G_MAXUINT);
  for (guint i = 0; id != 0 && i < self->length; i++)
    if (qc_people_pages_get_id (self->pages, i) == id)
      return i;
  return G_MAXUINT;
}

gboolean
qc_people_list_is_loading (QcPeopleList *self)
{
  return self->loading;
}

const GError *
qc_people_list_get_error (QcPeopleList *self)
{
  return self->error;
}
