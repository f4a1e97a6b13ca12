/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The drafts of the unit; see the header. Main context.
 */
#include "qc-draft-list.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-draft-io.h"
#include "qc-draft.h"
#include "qc-format.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"

/* ---- an entry ---- */

struct _QcDraftEntry {
  GObject parent_instance;
  QcStoreDraft *draft; /* (owned) */
  gint64 count;
  QcMethod method;
  char *reopened; /* (owned) (nullable) 业务流水号 */
  gint64 now;     /* when it was read */
};

G_DEFINE_FINAL_TYPE (QcDraftEntry, qc_draft_entry, G_TYPE_OBJECT)

static void
qc_draft_entry_finalize (GObject *object)
{
  qc_store_draft_free (QC_DRAFT_ENTRY (object)->draft);
  g_free (QC_DRAFT_ENTRY (object)->reopened);
  G_OBJECT_CLASS (qc_draft_entry_parent_class)->finalize (object);
}

static void
qc_draft_entry_class_init (QcDraftEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_draft_entry_finalize;
}

static void
qc_draft_entry_init (QcDraftEntry *self)
{
}

gint64
qc_draft_entry_get_id (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  return self->draft->id;
}

QcBusiness
qc_draft_entry_get_business (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), QC_BUSINESS_OTHER);
  return self->draft->business;
}

static char *
dup_count (QcBusiness business, gint64 count)
{
  if (qc_business_info (business)->of_months) /* somebody may stand there more than once */
    return qc_format_lines (count);
  return qc_business_is_of_people (business) ? qc_format_people (count) : qc_format_fields (count);
}

char *
qc_draft_list_dup_title (QcBusiness business, const char *name, gint64 count)
{
  const char *word = _ (qc_business_info (business)->msgid);
  if (name != NULL)
    return g_strdup (name);
  if (count == 0)
    return g_strdup (word);
  g_autofree char *words = dup_count (business, count);
  /* Translators: name of a draft: business, headcount. */
  return g_strdup_printf (_ ("%s, %s"), word, words);
}

char *
qc_draft_entry_dup_name (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), NULL);
  return qc_draft_list_dup_title (self->draft->business, self->draft->name, self->count);
}

gint64
qc_draft_entry_get_count (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  return self->count;
}

char *
qc_draft_entry_dup_count (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), NULL);
  return dup_count (self->draft->business, self->count);
}

gint64
qc_draft_entry_get_faults (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  return self->draft->n_faults;
}

gint64
qc_draft_entry_get_changed (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  return self->draft->changed;
}

gint64
qc_draft_entry_get_deleted (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  return self->draft->deleted;
}

#define DAY (24 * 60 * 60)

int
qc_draft_entry_get_days_left (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), 0);
  gint64 seconds = self->draft->deleted + QC_STORE_TRASH_KEEPS - self->now;
  return (int)CLAMP ((seconds + DAY - 1) / DAY, 1, QC_STORE_TRASH_KEEPS / DAY);
}

gboolean
qc_draft_entry_is_locked (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), FALSE);
  return self->draft->state == QC_STORE_DRAFT_LOCKED;
}

gboolean
qc_draft_entry_is_empty (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), TRUE);
  return qc_store_draft_is_empty (self->draft);
}

QcMethod
qc_draft_entry_get_method (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), QC_METHOD_NONE);
  return self->method;
}

const char *
qc_draft_entry_get_reopened (QcDraftEntry *self)
{
  g_return_val_if_fail (QC_IS_DRAFT_ENTRY (self), NULL);
  return self->reopened;
}

static QcDraftEntry *
entry_new (QcStoreDraft *draft, gint64 now)
{
  QcDraftEntry *self = g_object_new (QC_TYPE_DRAFT_ENTRY, NULL);
  g_autoptr (GHashTable) facts = qc_draft_facts_from_json (draft->facts, NULL);
  const char *method = facts ? g_hash_table_lookup (facts, QC_FACT_METHOD) : NULL;
  self->draft = draft;
  self->now = now;
  self->count = qc_draft_count (draft);
  if (method)
    qc_method_from_code (method, &self->method);
  self->reopened = facts ? g_strdup (g_hash_table_lookup (facts, QC_FACT_REPLACES)) : NULL;
  return self;
}

/* ---- the list ---- */

struct _QcDraftList {
  GObject parent_instance;
  QcSession *session;    /* (owned) */
  QcBusiness business;   /* OTHER = all */
  gboolean trash;        /* what was deleted */
  GPtrArray *entries;    /* (owned) QcDraftEntry */
  GCancellable *reading; /* (owned) (nullable) */
};

static void qc_draft_list_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcDraftList, qc_draft_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_draft_list_list_init))
enum { LOADED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef enum { LIST, LIST_TRASH, RENAME, DELETE, UNDELETE, DESTROY, CREATE } Verb;

typedef struct {
  Verb verb;
  char *profile, *unit, *name; /* (owned) (nullable) */
  QcBusiness business;
  gint64 draft, now;
} Job;

static void
job_free (Job *job)
{
  g_free (job->profile);
  g_free (job->unit);
  g_free (job->name);
  g_free (job);
}

/* (nullable) without a unit */
static Job *
job_new (QcDraftList *self, Verb verb, gint64 draft)
{
  if (qc_session_get_database (self->session) == NULL || qc_session_get_unit_account (self->session) == NULL)
    return NULL;
  Job *job = g_new0 (Job, 1);
  job->verb = verb;
  job->draft = draft;
  job->business = self->business;
  job->profile = g_strdup (qc_session_get_profile_id (self->session));
  job->unit = g_strdup (qc_session_get_unit_account (self->session));
  job->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  return job;
}

static gpointer
read_list (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  return job->verb == LIST_TRASH ? qc_store_draft_list_deleted (connection, job->profile, job->unit, error)
                                 : qc_store_draft_list (connection, job->profile, job->unit, error);
}

static gpointer
write_job (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  gboolean done = FALSE;
  switch (job->verb) {
  case RENAME:
    done = qc_store_draft_rename (connection, job->draft, job->name, error);
    break;
  case DELETE:
    done = qc_store_draft_delete (connection, job->draft, job->now, error);
    break;
  case UNDELETE:
    done = qc_store_draft_undelete (connection, job->draft, job->now, error);
    break;
  case DESTROY:
    done = qc_store_draft_destroy (connection, job->draft, job->now, error);
    break;
  case CREATE:
    done = qc_store_draft_create (connection, job->profile, job->unit, job->business, NULL, job->now, &job->draft,
                                  error);
    break;
  case LIST:
  case LIST_TRASH:
  default:
    break;
  }
  return done ? g_memdup2 (&job->draft, sizeof job->draft) : NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraftList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = qc_database_finish (QC_DATABASE (source), result, &error);
  guint before = self->entries->len;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (drafts == NULL) {
    g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  g_ptr_array_set_size (self->entries, 0);
  gint64 now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  for (guint i = 0; i < drafts->len; i++) {
    QcStoreDraft *draft = g_ptr_array_index (drafts, i);
    if (self->business != QC_BUSINESS_OTHER && draft->business != self->business)
      continue;
    g_ptr_array_add (self->entries, entry_new (g_steal_pointer (&g_ptr_array_index (drafts, i)), now));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->entries->len);
  g_signal_emit (self, signals[LOADED], 0);
}

void
qc_draft_list_reload (QcDraftList *self)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  Job *job = job_new (self, self->trash ? LIST_TRASH : LIST, 0);
  if (job == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  qc_database_read_async (qc_session_get_database (self->session), "draft-list", read_list, job,
                          (GDestroyNotify)job_free, (GDestroyNotify)g_ptr_array_unref, self->reading, listed_cb,
                          g_object_ref (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcDraftList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *draft = qc_database_finish (QC_DATABASE (source), result, &error);
  if (draft != NULL)
    qc_session_data_changed (self->session, QC_DATA_DRAFTS);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

/* Takes @name. */
static void
write_verb (QcDraftList *self, Verb verb, gint64 draft, char *name)
{
  Job *job = job_new (self, verb, draft);
  if (job == NULL) {
    g_free (name);
    return;
  }
  job->name = name;
  qc_database_write_async (qc_session_get_database (self->session), "draft-list", write_job, job,
                           (GDestroyNotify)job_free, g_free, NULL, written_cb, g_object_ref (self));
}

void
qc_draft_list_rename (QcDraftList *self, gint64 draft, const char *name)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  write_verb (self, RENAME, draft, g_strdup (name != NULL ? name : ""));
}

void
qc_draft_list_delete (QcDraftList *self, gint64 draft)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  write_verb (self, DELETE, draft, NULL);
}

void
qc_draft_list_undelete (QcDraftList *self, gint64 draft)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  write_verb (self, UNDELETE, draft, NULL);
}

void
qc_draft_list_destroy (QcDraftList *self, gint64 draft)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  write_verb (self, DESTROY, draft, NULL);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcDraftList *self = g_task_get_source_object (task);
  GError *error = NULL;
  gint64 *draft = qc_database_finish (QC_DATABASE (source), result, &error);
  if (draft == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_task_return_pointer (task, draft, g_free);
  qc_session_data_changed (self->session, QC_DATA_DRAFTS);
}

void
qc_draft_list_create_async (QcDraftList *self, QcBusiness business, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_DRAFT_LIST (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = job_new (self, CREATE, 0);
  if (job == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT, _ ("No unit is open"));
    g_object_unref (task);
    return;
  }
  job->business = business;
  qc_database_write_async (qc_session_get_database (self->session), "draft-new", write_job, job,
                           (GDestroyNotify)job_free, g_free, cancellable, created_cb, task);
}

gint64
qc_draft_list_create_finish (QcDraftList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_autofree gint64 *draft = g_task_propagate_pointer (G_TASK (result), error);
  return draft != NULL ? *draft : 0;
}

static void
data_changed_cb (QcSession *session, guint what, QcDraftList *self)
{
  if (what & (QC_DATA_DRAFTS | QC_DATA_QUEUE))
    qc_draft_list_reload (self);
}

static GType
get_item_type (GListModel *list)
{
  return QC_TYPE_DRAFT_ENTRY;
}

static guint
get_n_items (GListModel *list)
{
  return QC_DRAFT_LIST (list)->entries->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  QcDraftList *self = QC_DRAFT_LIST (list);
  return position < self->entries->len ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
qc_draft_list_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
qc_draft_list_dispose (GObject *object)
{
  QcDraftList *self = QC_DRAFT_LIST (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (qc_draft_list_parent_class)->dispose (object);
}

static void
qc_draft_list_class_init (QcDraftListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_draft_list_dispose;
  signals[LOADED] = g_signal_new ("loaded", QC_TYPE_DRAFT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_DRAFT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
qc_draft_list_init (QcDraftList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

static QcDraftList *
new_list (QcSession *session, QcBusiness business, gboolean trash)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcDraftList *self = g_object_new (QC_TYPE_DRAFT_LIST, NULL);
  self->session = g_object_ref (session);
  self->business = business;
  self->trash = trash;
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  qc_draft_list_reload (self);
  return self;
}

QcDraftList *
qc_draft_list_new (QcSession *session, QcBusiness business)
{
  return new_list (session, business, FALSE);
}

QcDraftList *
qc_draft_list_new_trash (QcSession *session)
{
  return new_list (session, QC_BUSINESS_OTHER, TRUE);
}
