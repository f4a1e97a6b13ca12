/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The list of 业务申请记录: one query at a time on the reader thread, the newest wins; what is not with the center yet
 * is put on top where it fits the same conditions. Main context.
 */
#include "qc-application-list.h"

#include <string.h>

#include "qc-month.h"
#include "qc-roster-names.h"
#include "qc-session-private.h"
#include "qc-store-applications.h"
#include "qc-text-field.h"

#define MAX_ROWS 2000

/* --- the list ----------------------------------------------------------------------------------------------------- */

struct _QcApplicationList {
  GObject parent_instance;
  QcSession *session;           /* (owned) */
  char *profile, *unit;         /* (owned) (nullable) */
  QcOutboxList *outbox;         /* (owned) */
  QcDraftList *drafts;          /* (owned) (nullable) where the conditions want them */
  GPtrArray *own;               /* (owned) QcApplicationRow, as the query gave them */
  GPtrArray *rows;              /* (owned) the same in the order that was asked for */
  QcApplicationCompare compare; /* (nullable) */
  char *by;                     /* (owned) (nullable) */
  gboolean descending;
  guint total; /* of all that fit, listed or not */
  QcMoney total_fen;
  QcApplicationConditions conditions; /* text (owned) */
  GCancellable *reading;              /* (owned) (nullable) */
  GError *error;                      /* (owned) (nullable) */
  gboolean loaded;
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcApplicationList, qc_application_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { PROP_0, PROP_LOADING, PROP_LOADED, PROP_ERROR, N_PROPS };
static GParamSpec *props[N_PROPS];

typedef struct {
  char *profile, *unit;               /* (owned) */
  QcApplicationConditions conditions; /* text (owned) */
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_free (query->conditions.text);
  g_free (query);
}

/* What fits, and what it comes to in all. */
typedef struct {
  GPtrArray *applications; /* (owned) the newest MAX_ROWS */
  QcRosterNames *names;    /* (owned) (nullable) where somebody of that name stands */
  gint64 count;
  QcMoney fen;
} Found;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->applications, g_ptr_array_unref);
  g_clear_pointer (&found->names, qc_roster_names_free);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static Found *
run_query (QcConnection *connection, const Query *query, const QcStoreApplicationQuery *conditions, GError **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);
  found->applications
      = qc_store_applications_list (connection, query->profile, query->unit, conditions, 0, MAX_ROWS, error);
  if (!found->applications
      || !qc_store_applications_count (connection, query->profile, query->unit, conditions, &found->count, &found->fen,
                                       error))
    return NULL;
  return g_steal_pointer (&found);
}

static QcStoreApplicationQuery
store_query (const QcApplicationConditions *wanted)
{
  QcStoreApplicationQuery conditions = QC_STORE_APPLICATION_QUERY_ALL;
  if (!wanted->any_business)
    conditions.business = wanted->business;
  conditions.states = wanted->states;
  conditions.has_money = wanted->with_money;
  conditions.method = wanted->method;
  conditions.from = wanted->from;
  conditions.to = wanted->to;
  if (wanted->created_from != QC_DATE_NONE)
    conditions.since = qc_date_to_unix (wanted->created_from);
  if (wanted->created_to != QC_DATE_NONE)
    conditions.before = qc_date_to_unix (qc_date_add_days (wanted->created_to, 1));
  conditions.serial = wanted->text;
  return conditions;
}

/* The text is part of the 业务流水号 or of a name; where none has it and it reads as an amount, that. */
static gpointer
read_rows (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  const char *text = query->conditions.text;
  QcStoreApplicationQuery conditions = store_query (&query->conditions);
  if (!text || !*text)
    return run_query (connection, query, &conditions, error);
  g_autoptr (QcRosterNames) names = qc_roster_names_find (connection, query->profile, query->unit, text, error);
  if (!names)
    return NULL;
  conditions.serials = names->serials->str;
  g_autoptr (Found) found = run_query (connection, query, &conditions, error);
  if (found && found->count == 0 && qc_money_parse (text, &conditions.fen)) {
    conditions.serial = NULL;
    conditions.has_fen = TRUE;
    g_clear_pointer (&found, found_free);
    found = run_query (connection, query, &conditions, error);
  }
  if (found)
    found->names = g_steal_pointer (&names);
  return g_steal_pointer (&found);
}

gboolean
qc_application_list_is_filtered (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), FALSE);
  const QcApplicationConditions *conditions = &self->conditions;
  return conditions->states != 0 || conditions->method != QC_METHOD_NONE || conditions->from != QC_MONTH_NONE
         || conditions->to != QC_MONTH_NONE || conditions->created_from != QC_DATE_NONE
         || conditions->created_to != QC_DATE_NONE || (conditions->text && *conditions->text);
}

/* --- what is not with the center yet --- */

/* The text is in the name of somebody on the roster, or is the amount. */
static gboolean
has_text (QcApplicationRow *row, const char *text, const QcRosterNames *names)
{
  QcOutboxItem *item = qc_application_row_get_item (row);
  gint64 draft = item ? qc_outbox_item_get_draft (item) : qc_draft_entry_get_id (qc_application_row_get_draft (row));
  QcMoney wanted, fen;
  return (names && g_hash_table_contains (names->drafts, &draft))
         || (qc_money_parse (text, &wanted) && qc_application_row_get_fen (row, &fen) && fen == wanted);
}

/* By what the store's query asks of an application. Of a draft the months are not known before it is submitted. */
static gboolean
fits (QcApplicationRow *row, const QcApplicationConditions *conditions, const QcRosterNames *names)
{
  QcBusiness business = qc_application_row_get_business (row);
  QcApplicationState state;
  QcMonth start = qc_application_row_get_start (row);
  gint64 time = qc_application_row_get_time (row);
  if ((!conditions->any_business && business != conditions->business)
      || (conditions->with_money && !qc_business_info (business)->has_money))
    return FALSE;
  if (conditions->states != 0 && (!qc_application_row_get_state (row, &state) || !(conditions->states & (1u << state))))
    return FALSE;
  if (conditions->method != QC_METHOD_NONE && qc_application_row_get_method (row) != conditions->method)
    return FALSE;
  if ((conditions->from != QC_MONTH_NONE
       && (start == QC_MONTH_NONE || qc_application_row_get_end (row) < conditions->from))
      || (conditions->to != QC_MONTH_NONE && (start == QC_MONTH_NONE || start > conditions->to)))
    return FALSE;
  if ((conditions->created_from != QC_DATE_NONE && time < qc_date_to_unix (conditions->created_from))
      || (conditions->created_to != QC_DATE_NONE
          && time >= qc_date_to_unix (qc_date_add_days (conditions->created_to, 1))))
    return FALSE;
  return !conditions->text || !*conditions->text || has_text (row, conditions->text, names);
}

/* Takes @row. Counted, too. */
static void
append_fitting (QcApplicationList *self, GPtrArray *rows, QcApplicationRow *row, const QcRosterNames *names)
{
  if (!fits (row, &self->conditions, names)) {
    g_object_unref (row);
    return;
  }
  g_ptr_array_add (rows, row);
  self->total++;
}

/* Those in which there is something, last changed first; what is locked is in the outbox. */
static void
append_drafts (QcApplicationList *self, GPtrArray *rows, const QcRosterNames *names)
{
  guint n = self->conditions.drafts ? g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) : 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcDraftEntry) draft = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);
    if (qc_business_info (qc_draft_entry_get_business (draft))->run == QC_RUN_REVIEWED
        && !qc_draft_entry_is_locked (draft) && !qc_draft_entry_is_empty (draft))
      append_fitting (self, rows, qc_application_row_new_draft (draft), names);
  }
}

static void
append_waiting (QcApplicationList *self, GPtrArray *rows, const QcRosterNames *names)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->outbox)); i > 0; i--) {
    g_autoptr (QcOutboxItem) item = g_list_model_get_item (G_LIST_MODEL (self->outbox), i - 1);
    if (qc_outbox_item_is_submission (item))
      append_fitting (self, rows, qc_application_row_new_item (item), names);
  }
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const QcApplicationList *self = data;
  QcApplicationRow *const *first = a, *const *second = b;
  int order = self->compare (*first, *second, self->by);
  return self->descending ? -order : order;
}

static void
order_rows (QcApplicationList *self)
{
  guint old = self->rows->len;
  g_ptr_array_unref (self->rows);
  self->rows = g_ptr_array_copy (self->own, (GCopyFunc)(GCallback)g_object_ref, NULL);
  g_ptr_array_set_free_func (self->rows, g_object_unref);
  if (self->compare)
    g_ptr_array_sort_with_data (self->rows, compare_cb, self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->rows->len);
}

static void
replace_rows (QcApplicationList *self, GPtrArray *rows)
{
  g_ptr_array_unref (self->own);
  self->own = rows;
  order_rows (self);
}

void
qc_application_list_set_order (QcApplicationList *self, QcApplicationCompare compare, const char *by,
                               gboolean descending)
{
  g_return_if_fail (QC_IS_APPLICATION_LIST (self));
  self->compare = compare;
  g_free (self->by);
  self->by = g_strdup (by);
  self->descending = descending;
  order_rows (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  g_clear_error (&self->error);
  if (found) {
    GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
    self->total = (guint)found->count;
    self->total_fen = found->fen;
    append_drafts (self, rows, found->names);
    append_waiting (self, rows, found->names);
    for (guint i = 0; i < found->applications->len; i++)
      g_ptr_array_add (rows, qc_application_row_new (g_ptr_array_index (found->applications, i)));
    g_ptr_array_set_free_func (found->applications, NULL); /* the rows have them now */
    self->loaded = TRUE;
    replace_rows (self, rows);
  } else {
    self->error = g_steal_pointer (&error);
  }
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

void
qc_application_list_reload (QcApplicationList *self)
{
  g_return_if_fail (QC_IS_APPLICATION_LIST (self));
  QcDatabase *database = qc_session_get_database (self->session);
  if (!database || !self->profile || !self->unit)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (self->profile);
  query->unit = g_strdup (self->unit);
  query->conditions = self->conditions;
  query->conditions.text = g_strdup (self->conditions.text);
  qc_database_read_async (database, "applications", read_rows, query, (GDestroyNotify)query_free,
                          (GDestroyNotify)found_free, self->reading, read_cb, g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
qc_application_list_query (QcApplicationList *self, const QcApplicationConditions *conditions)
{
  g_return_if_fail (QC_IS_APPLICATION_LIST (self));
  char *text = NULL;
  if (conditions->text) {
    g_autofree char *folded = qc_text_field_fold (QC_TEXT_SEARCH, conditions->text);
    text = qc_text_field_dup_plain (QC_TEXT_SEARCH, folded, qc_text_field_limits (QC_TEXT_SEARCH)->most);
  }
  g_free (self->conditions.text);
  self->conditions = *conditions;
  self->conditions.text = text;
  if (conditions->drafts && !self->drafts) {
    self->drafts = qc_draft_list_new (self->session, QC_BUSINESS_OTHER);
    g_signal_connect_object (self->drafts, "loaded", G_CALLBACK (qc_application_list_reload), self, G_CONNECT_SWAPPED);
  }
  qc_application_list_reload (self);
}

static void
data_changed_cb (QcSession *session, guint what, QcApplicationList *self)
{
  if (what & QC_DATA_APPLICATIONS)
    qc_application_list_reload (self);
}

gboolean
qc_application_list_is_loading (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), FALSE);
  return self->reading != NULL;
}

gboolean
qc_application_list_is_loaded (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), FALSE);
  return self->loaded;
}

const QcApplicationConditions *
qc_application_list_get_conditions (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), NULL);
  return &self->conditions;
}

QcSession *
qc_application_list_get_session (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), NULL);
  return self->session;
}

const GError *
qc_application_list_get_error (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), NULL);
  return self->error;
}

guint
qc_application_list_get_total (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), 0);
  return self->total;
}

gint64
qc_application_list_get_total_fen (QcApplicationList *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), 0);
  return self->total_fen;
}

guint
qc_application_list_find (QcApplicationList *self, const char *serial)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), G_MAXUINT);
  for (guint i = 0; serial && i < self->rows->len; i++) {
    g_autofree char *key = qc_application_row_dup_key (g_ptr_array_index (self->rows, i));
    if (g_strcmp0 (key, serial) == 0)
      return i;
  }
  return G_MAXUINT;
}

guint
qc_application_list_find_item (QcApplicationList *self, gint64 item)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (self), G_MAXUINT);
  for (guint i = 0; i < self->rows->len; i++) {
    QcOutboxItem *waiting = qc_application_row_get_item (g_ptr_array_index (self->rows, i));
    if (waiting && qc_outbox_item_get_id (waiting) == item)
      return i;
  }
  return G_MAXUINT;
}

static GType
list_get_item_type (GListModel *model)
{
  return QC_TYPE_APPLICATION_ROW;
}

static guint
list_get_n_items (GListModel *model)
{
  return QC_APPLICATION_LIST (model)->rows->len;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  GPtrArray *rows = QC_APPLICATION_LIST (model)->rows;
  return position < rows->len ? g_object_ref (g_ptr_array_index (rows, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
qc_application_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  QcApplicationList *self = QC_APPLICATION_LIST (object);
  switch (id) {
  case PROP_LOADING:
    g_value_set_boolean (value, self->reading != NULL);
    break;
  case PROP_LOADED:
    g_value_set_boolean (value, self->loaded);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
qc_application_list_dispose (GObject *object)
{
  QcApplicationList *self = QC_APPLICATION_LIST (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->outbox);
  g_clear_object (&self->drafts);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_application_list_parent_class)->dispose (object);
}

static void
qc_application_list_finalize (GObject *object)
{
  QcApplicationList *self = QC_APPLICATION_LIST (object);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_free (self->by);
  g_clear_error (&self->error);
  g_free (self->conditions.text);
  g_free (self->profile);
  g_free (self->unit);
  G_OBJECT_CLASS (qc_application_list_parent_class)->finalize (object);
}

static void
qc_application_list_class_init (QcApplicationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = qc_application_list_get_property;
  object_class->dispose = qc_application_list_dispose;
  object_class->finalize = qc_application_list_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_application_list_init (QcApplicationList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->own = g_ptr_array_new_with_free_func (g_object_unref);
  self->conditions.any_business = TRUE;
}

QcApplicationList *
qc_application_list_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcApplicationList *self = g_object_new (QC_TYPE_APPLICATION_LIST, NULL);
  self->session = g_object_ref (session);
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  self->outbox = qc_outbox_list_new (session);
  g_signal_connect_object (self->outbox, "updated", G_CALLBACK (qc_application_list_reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  return self;
}
