/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry-list.h. Holds the keys of a query in order and rows where somebody looks; a page of rows is read when
 * the first of them is asked for. Main thread; reading on the reader thread.
 */
#include "qc-inquiry-list.h"

#include "qc-inquiry-words.h"
#include "qc-roster-names.h"
#include "qc-session-private.h"
#include "qc-store-inquiry.h"
#include "qc-store-policies.h"

#define PAGE 128 /* rows */

struct _QcInquiryList {
  GObject parent_instance;
  QcSession *session;    /* (owned) */
  QcStoreInquiry *query; /* (owned) */
  char *search;          /* (owned) */
  GPtrArray *keys;       /* (owned) char* */
  GPtrArray *codes;      /* (owned) (nullable) QcCode, where lines are read */
  GHashTable *rows;      /* (owned) position → QcInquiryRow */
  GHashTable *pages;     /* numbers of those that were asked for */
  guint length;          /* as those who listen know it */
  guint generation;      /* of the query: answers to older ones are dropped */
  GCancellable *cancel;  /* (owned) (nullable) of the query under way */
  gboolean loading;
  gint64 all, as_of, unread;
  QcInquirySum sums[QC_INQUIRY_MAX_COLUMNS];
};

static void model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (QcInquiryList, qc_inquiry_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

enum { RELOADED, FILLED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is asked on the reader thread, and where from. */
typedef struct {
  QcInquiryList *list;   /* (owned) */
  char *profile, *unit;  /* (owned) */
  QcStoreInquiry *query; /* (owned) */
  guint generation;
  guint first;      /* of a page: its first place */
  GPtrArray *keys;  /* (owned) (nullable) of a page: char* */
  GArray *columns;  /* (owned) (nullable) of everything: guint */
  GPtrArray *codes; /* (owned) (nullable) */
} Request;

static Request *
request_new (QcInquiryList *self)
{
  Request *request = g_new0 (Request, 1);
  request->list = g_object_ref (self);
  request->profile = g_strdup (qc_session_get_profile_id (self->session));
  request->unit = g_strdup (qc_session_get_unit_account (self->session));
  request->query = qc_store_inquiry_copy (self->query);
  request->generation = self->generation;
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;
  g_free (request->profile);
  g_free (request->unit);
  qc_store_inquiry_free (request->query);
  g_clear_pointer (&request->keys, g_ptr_array_unref);
  g_clear_pointer (&request->columns, g_array_unref);
  g_clear_pointer (&request->codes, g_ptr_array_unref);
  g_object_unref (request->list);
  g_free (request);
}

/* --- rows --- */

static QcInquiryRow *
ensure_row (QcInquiryList *self, guint position)
{
  QcInquiryRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (!row) {
    row = g_object_new (QC_TYPE_INQUIRY_ROW, NULL);
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
  }
  return row;
}

/* @records: the function keeps what it takes. */
static void
fill_rows (QcInquiryList *self, guint first, GPtrArray *records)
{
  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < records->len; i++)
    qc_inquiry_row_take (ensure_row (self, first + i), g_ptr_array_index (records, i));
}

static gpointer
read_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  return qc_store_inquiry_rows (connection, request->profile, request->unit, request->query,
                                (const char *const *)request->keys->pdata, request->keys->len, error);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  QcInquiryList *self = request->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = qc_database_finish (QC_DATABASE (source), result, &error);
  if (request->generation == self->generation && records) {
    fill_rows (self, request->first, records);
    g_signal_emit (self, signals[FILLED], 0);
  } else if (request->generation == self->generation) {
    g_signal_emit (self, signals[FAILED], 0, error);
  }
  request_free (request);
}

static void
ask_page (QcInquiryList *self, guint number)
{
  QcDatabase *database = qc_session_get_database (self->session);
  guint first = number * PAGE;
  if (!database || first >= self->keys->len || !g_hash_table_add (self->pages, GUINT_TO_POINTER (number)))
    return;
  Request *request = request_new (self);
  request->first = first;
  request->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = first; i < MIN (first + PAGE, self->keys->len); i++)
    g_ptr_array_add (request->keys, g_strdup (g_ptr_array_index (self->keys, i)));
  qc_database_read_async (database, "inquiry page", read_page, request, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                          page_cb, request);
}

static GType
get_item_type (GListModel *model)
{
  return QC_TYPE_INQUIRY_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return QC_INQUIRY_LIST (model)->length;
}

static gpointer
get_item (GListModel *model, guint position)
{
  QcInquiryList *self = QC_INQUIRY_LIST (model);
  if (position >= self->length)
    return NULL;
  QcInquiryRow *row = ensure_row (self, position);
  if (!qc_inquiry_row_get_record (row))
    ask_page (self, position / PAGE);
  return g_object_ref (row);
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- object --- */

static void
qc_inquiry_list_finalize (GObject *object)
{
  QcInquiryList *self = QC_INQUIRY_LIST (object);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  qc_store_inquiry_free (self->query);
  g_ptr_array_unref (self->keys);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->pages);
  g_free (self->search);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_inquiry_list_parent_class)->finalize (object);
}

static void
qc_inquiry_list_class_init (QcInquiryListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_inquiry_list_finalize;
  signals[RELOADED]
      = g_signal_new ("reloaded", QC_TYPE_INQUIRY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED]
      = g_signal_new ("filled", QC_TYPE_INQUIRY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_INQUIRY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
}

static void
qc_inquiry_list_init (QcInquiryList *self)
{
  self->search = g_strdup ("");
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->pages = g_hash_table_new (NULL, NULL);
}

QcInquiryList *
qc_inquiry_list_new (QcSession *session, QcInquiry inquiry)
{
  QcInquiryList *self = g_object_new (QC_TYPE_INQUIRY_LIST, NULL);
  self->session = g_object_ref (session);
  self->query = qc_store_inquiry_new (inquiry);
  return self;
}

/* --- asking --- */

typedef struct {
  QcStoreInquiryList *list; /* (owned) */
  GPtrArray *first;         /* (owned) (nullable) QcInquiryRecord of the first page */
  GPtrArray *codes;         /* (owned) (nullable) */
  gint64 unread;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;
  qc_store_inquiry_list_free (answer->list);
  g_clear_pointer (&answer->first, g_ptr_array_unref);
  g_clear_pointer (&answer->codes, g_ptr_array_unref);
  g_free (answer);
}

/* Names stand on rosters: which ones, is asked once for each word. */
static gboolean
find_names (QcConnection *connection, const Request *request, GError **error)
{
  const QcInquiryInfo *info = qc_inquiry_info (request->query->inquiry);
  if (info->of_person)
    return TRUE;
  for (guint i = 0; i < request->query->words->len; i++) {
    QcStoreInquiryWord *word = &g_array_index (request->query->words, QcStoreInquiryWord, i);
    g_autoptr (QcRosterNames) names
        = qc_roster_names_find (connection, request->profile, request->unit, word->text, error);
    if (!names)
      return FALSE;
    word->serials = names->serials->len > 0 ? g_strdup (names->serials->str) : NULL;
  }
  return TRUE;
}

static gboolean
read_codes (QcConnection *connection, const Request *request, Answer *answer, GError **error)
{
  if (qc_inquiry_find_type (request->query->inquiry, QC_INQUIRY_LINE) < 0)
    return TRUE;
  answer->codes = qc_store_codes_get (connection, request->profile, request->unit, NULL, error);
  return answer->codes && qc_store_inquiry_unread (connection, request->profile, request->unit, &answer->unread, error);
}

static gpointer
read_answer (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  Answer *answer = g_new0 (Answer, 1);
  if (find_names (connection, request, error))
    answer->list = qc_store_inquiry_list (connection, request->profile, request->unit, request->query, error);
  if (answer->list)
    answer->first = qc_store_inquiry_rows (connection, request->profile, request->unit, request->query,
                                           (const char *const *)answer->list->keys->pdata,
                                           MIN (answer->list->keys->len, PAGE), error);
  if (answer->first && read_codes (connection, request, answer, error))
    return answer;
  answer_free (answer);
  return NULL;
}

static gboolean
is_beyond (gpointer position, gpointer row, gpointer length)
{
  return GPOINTER_TO_UINT (position) >= GPOINTER_TO_UINT (length);
}

/* Every place is as if nothing stood there. */
static void
clear_rows (QcInquiryList *self, guint length)
{
  g_hash_table_remove_all (self->pages);
  g_hash_table_foreach_remove (self->rows, is_beyond, GUINT_TO_POINTER (length));
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->rows);
  gpointer row;
  while (g_hash_table_iter_next (&iter, NULL, &row))
    qc_inquiry_row_take (row, NULL);
}

static void
adopt (QcInquiryList *self, Answer *answer)
{
  guint before = self->length, now = answer->list->keys->len, kept = MIN (before, now);
  g_ptr_array_unref (self->keys);
  self->keys = g_ptr_array_ref (answer->list->keys);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  self->codes = g_steal_pointer (&answer->codes);
  clear_rows (self, now);
  g_hash_table_add (self->pages, GUINT_TO_POINTER (0));
  fill_rows (self, 0, answer->first);
  self->length = now;
  self->all = answer->list->all;
  self->as_of = answer->list->as_of;
  self->unread = answer->unread;
  for (guint i = 0; i < QC_INQUIRY_MAX_COLUMNS; i++)
    self->sums[i] = (QcInquirySum) {answer->list->sums[i].plus, answer->list->sums[i].minus};
  if (before != now)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, now - kept);
  g_signal_emit (self, signals[RELOADED], 0);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  QcInquiryList *self = request->list;
  g_autoptr (GError) error = NULL;
  Answer *answer = qc_database_finish (QC_DATABASE (source), result, &error);
  if (request->generation == self->generation) {
    self->loading = FALSE;
    if (answer)
      adopt (self, answer);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, error);
  }
  g_clear_pointer (&answer, answer_free);
  request_free (request);
}

void
qc_inquiry_list_reload (QcInquiryList *self)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  QcDatabase *database = qc_session_get_database (self->session);
  self->generation++;
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  self->loading = database && qc_session_get_unit_account (self->session);
  if (!self->loading)
    return;
  Request *request = request_new (self);
  self->cancel = g_cancellable_new ();
  qc_database_read_async (database, "inquiry", read_answer, request, NULL, answer_free, self->cancel, answer_cb,
                          request);
}

QcInquiry
qc_inquiry_list_get_inquiry (QcInquiryList *self)
{
  return self->query->inquiry;
}

void
qc_inquiry_list_set_search (QcInquiryList *self, const char *text)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  if (g_strcmp0 (self->search, text ? text : "") == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text ? text : "");
  g_array_unref (self->query->words);
  self->query->words = qc_inquiry_words_parse (self->query->inquiry, self->search);
  qc_inquiry_list_reload (self);
}

static void
set_text (QcInquiryList *self, char **field, const char *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  qc_inquiry_list_reload (self);
}

void
qc_inquiry_list_set_choice (QcInquiryList *self, guint column, const char *code)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self) && column < QC_INQUIRY_MAX_COLUMNS);
  set_text (self, &self->query->choices[column], code);
}

void
qc_inquiry_list_set_since (QcInquiryList *self, QcMonth since)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  if (self->query->since == since)
    return;
  self->query->since = since;
  qc_inquiry_list_reload (self);
}

void
qc_inquiry_list_set_sort (QcInquiryList *self, int column, gboolean descending)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  if (self->query->sort == column && self->query->descending == descending)
    return;
  self->query->sort = column;
  self->query->descending = descending;
  qc_inquiry_list_reload (self);
}

void
qc_inquiry_list_set_person (QcInquiryList *self, const char *account)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  set_text (self, &self->query->person, account);
}

/* --- what it says --- */

gboolean
qc_inquiry_list_is_loading (QcInquiryList *self)
{
  return self->loading;
}

gboolean
qc_inquiry_list_is_narrowed (QcInquiryList *self)
{
  gboolean narrowed = self->query->words->len > 0 || self->query->since != QC_MONTH_NONE;
  for (guint i = 0; i < QC_INQUIRY_MAX_COLUMNS; i++)
    narrowed |= self->query->choices[i] != NULL;
  return narrowed;
}

gint64
qc_inquiry_list_get_all (QcInquiryList *self)
{
  return self->all;
}

gint64
qc_inquiry_list_get_as_of (QcInquiryList *self)
{
  return self->as_of;
}

gint64
qc_inquiry_list_get_unread (QcInquiryList *self)
{
  return self->unread;
}

QcInquirySum
qc_inquiry_list_get_sum (QcInquiryList *self, guint column)
{
  g_return_val_if_fail (column < QC_INQUIRY_MAX_COLUMNS, (QcInquirySum) {0});
  return self->sums[column];
}

const char *
qc_inquiry_list_get_key (QcInquiryList *self, guint position)
{
  return position < self->keys->len ? g_ptr_array_index (self->keys, position) : NULL;
}

guint
qc_inquiry_list_find (QcInquiryList *self, const char *key)
{
  for (guint i = 0; key && i < self->keys->len; i++)
    if (g_str_equal (g_ptr_array_index (self->keys, i), key))
      return i;
  return G_MAXUINT;
}

guint
qc_inquiry_list_find_month (QcInquiryList *self, QcMonth month)
{
  int column = qc_inquiry_find_type (self->query->inquiry, QC_INQUIRY_MONTH);
  for (guint i = 0; i < self->length; i++) {
    QcInquiryRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (i));
    const QcInquiryRecord *record = row ? qc_inquiry_row_get_record (row) : NULL;
    if (record && record->values[column].number == month)
      return i;
  }
  return G_MAXUINT;
}

char *
qc_inquiry_list_dup_text (QcInquiryList *self, QcInquiryRow *row, guint column)
{
  const QcInquiryRecord *record = qc_inquiry_row_get_record (row);
  return record ? qc_inquiry_dup_text (self->query->inquiry, column, record, self->codes) : g_strdup ("");
}

/* --- everything --- */

static gpointer
read_all (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  if (!find_names (connection, request, error))
    return NULL;
  g_autoptr (QcStoreInquiryList) list
      = qc_store_inquiry_list (connection, request->profile, request->unit, request->query, error);
  g_autoptr (GPtrArray) rows
      = list ? qc_store_inquiry_rows (connection, request->profile, request->unit, request->query,
                                      (const char *const *)list->keys->pdata, list->keys->len, error)
             : NULL;
  if (!rows)
    return NULL;
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    for (guint k = 0; rows->pdata[i] && k < request->columns->len; k++)
      g_ptr_array_add (texts, qc_inquiry_dup_text (request->query->inquiry, g_array_index (request->columns, guint, k),
                                                   rows->pdata[i], request->codes));
  return texts;
}

static void
all_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *texts = qc_database_finish (QC_DATABASE (source), result, &error);
  if (texts)
    g_task_return_pointer (task, texts, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
qc_inquiry_list_read_async (QcInquiryList *self, const guint *columns, guint n_columns, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_INQUIRY_LIST (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self);
  g_task_set_source_tag (task, qc_inquiry_list_read_async);
  request->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (request->columns, columns, n_columns);
  request->codes = self->codes ? g_ptr_array_ref (self->codes) : NULL;
  qc_database_walk_async (qc_session_get_database (self->session), "inquiry all", read_all, request, request_free,
                          (GDestroyNotify)g_ptr_array_unref, cancellable, all_cb, g_object_ref (task));
}

GPtrArray *
qc_inquiry_list_read_finish (QcInquiryList *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
