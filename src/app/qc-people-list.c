/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-people-list.h. The list holds the ids of a query in order (8 bytes a person) and rows for the pages somebody
 * looks at. A row is given out as a placeholder and its page asked for; pages asked for in one go are read in one go,
 * the newest first, and what scrolled by is not read at all. Main thread; reading on the reader thread.
 */
#include "qc-people-list.h"

#include "qc-person-row-private.h"
#include "qc-session-private.h"
#include "qc-store-people.h"

#define PAGE 128
/* Pages kept; about what five screens of scrolling touch. */
#define MAX_PAGES 64
/* Pages asked for and not yet read: older ones were scrolled past. */
#define MAX_WANTED 4

typedef struct {
  QcPersonRow *rows[PAGE]; /* (owned) (nullable) */
  gboolean asked, loaded;
  guint64 used; /* age, for dropping */
} Page;

struct _QcPeopleList {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  char *text;         /* (owned) folded later, in SQL */
  QcPeopleFilter filter;
  QcPeopleSort sort;
  gboolean descending;
  GArray *ids;          /* (owned) gint64 */
  GHashTable *pages;    /* (owned) page number → Page */
  GQueue wanted;        /* page numbers, newest at the head */
  guint load_source;    /* idle that begins to read what is wanted */
  gboolean reading;     /* a page is being read */
  guint64 clock;        /* counts uses */
  guint generation;     /* of the query: answers to older ones are dropped */
  guint ids_generation; /* of @ids: pages read for older ones are dropped */
  GCancellable *cancel; /* (owned) (nullable) of the query under way */
  gboolean loading;
  QcPeopleTotals totals;
  GError *error; /* (owned) (nullable) */
};

static void qc_people_list_model_init (GListModelInterface *iface);
static void ask_page (QcPeopleList *self, guint number);

G_DEFINE_FINAL_TYPE_WITH_CODE (QcPeopleList, qc_people_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_people_list_model_init))

enum { RELOADED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
page_free (gpointer data)
{
  Page *page = data;
  for (guint i = 0; i < PAGE; i++)
    g_clear_object (&page->rows[i]);
  g_free (page);
}

/* --- list model --- */

static GType
get_item_type (GListModel *model)
{
  return QC_TYPE_PERSON_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return QC_PEOPLE_LIST (model)->ids->len;
}

/* Lets go of the pages longest unused. Rows that somebody holds live on as they are. */
static void
drop_old_pages (QcPeopleList *self)
{
  while (g_hash_table_size (self->pages) > MAX_PAGES) {
    GHashTableIter iter;
    gpointer key, value, oldest = NULL;
    guint64 used = G_MAXUINT64;
    g_hash_table_iter_init (&iter, self->pages);
    while (g_hash_table_iter_next (&iter, &key, &value))
      if (((Page *)value)->used < used) {
        used = ((Page *)value)->used;
        oldest = key;
      }
    g_hash_table_remove (self->pages, oldest);
  }
}

static Page *
touch_page (QcPeopleList *self, guint number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
  if (!page) {
    page = g_new0 (Page, 1);
    g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
  }
  page->used = ++self->clock;
  drop_old_pages (self);
  return page;
}

static gpointer
get_item (GListModel *model, guint position)
{
  QcPeopleList *self = QC_PEOPLE_LIST (model);
  if (position >= self->ids->len)
    return NULL;
  Page *page = touch_page (self, position / PAGE);
  QcPersonRow **row = &page->rows[position % PAGE];
  if (!*row)
    *row = g_object_new (QC_TYPE_PERSON_ROW, NULL);
  if (!page->asked)
    ask_page (self, position / PAGE);
  return g_object_ref (*row);
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
  g_clear_handle_id (&self->load_source, g_source_remove);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_queue_clear (&self->wanted);
  g_hash_table_unref (self->pages);
  g_array_unref (self->ids);
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
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
qc_people_list_init (QcPeopleList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  self->text = g_strdup ("");
  self->filter = QC_PEOPLE_EVERY;
  g_queue_init (&self->wanted);
}

QcPeopleList *
qc_people_list_new (QcSession *session)
{
  QcPeopleList *self = g_object_new (QC_TYPE_PEOPLE_LIST, NULL);
  self->session = g_object_ref (session);
  return self;
}

/* --- pages --- */

typedef struct {
  guint number, generation;
  gint64 ids[PAGE];
  guint n_ids;
  QcPeopleList *list; /* (owned) */
} PageRequest;

static void
page_request_free (gpointer data)
{
  PageRequest *request = data;
  g_object_unref (request->list);
  g_free (request);
}

static gpointer
read_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const PageRequest *request = data;
  return qc_store_people_by_ids (connection, request->ids, request->n_ids, error);
}

static void
fill_page (QcPeopleList *self, guint number, GPtrArray *people)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
  if (!page) /* scrolled past and dropped meanwhile */
    return;
  page->loaded = TRUE;
  g_ptr_array_set_free_func (people, NULL);
  for (guint i = 0; i < people->len; i++) {
    QcEmployee *employee = g_ptr_array_index (people, i);
    if (!page->rows[i])
      page->rows[i] = g_object_new (QC_TYPE_PERSON_ROW, NULL);
    /* Someone who is gone since the query stays an empty line until the next reload. */
    if (employee)
      qc_person_row_take (page->rows[i], employee);
  }
}

static gboolean read_wanted_cb (gpointer data);

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PageRequest *request = data;
  QcPeopleList *self = request->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = qc_database_finish (QC_DATABASE (source), result, &error);
  self->reading = FALSE;
  if (request->generation == self->ids_generation) {
    if (people)
      fill_page (self, request->number, people);
    else
      g_signal_emit (self, signals[FAILED], 0, error);
  }
  read_wanted_cb (self);
  page_request_free (request);
}

static gboolean
read_wanted_cb (gpointer data)
{
  QcPeopleList *self = data;
  g_clear_handle_id (&self->load_source, g_source_remove);
  QcDatabase *database = qc_session_get_database (self->session);
  if (self->reading || g_queue_is_empty (&self->wanted) || !database)
    return G_SOURCE_REMOVE;
  PageRequest *request = g_new0 (PageRequest, 1);
  request->list = g_object_ref (self);
  request->generation = self->ids_generation;
  request->number = GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted));
  guint first = request->number * PAGE;
  request->n_ids = MIN (PAGE, self->ids->len - first);
  for (guint i = 0; i < request->n_ids; i++)
    request->ids[i] = g_array_index (self->ids, gint64, first + i);
  self->reading = TRUE;
  qc_database_read_async (database, "people page", read_page, request, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                          page_cb, request);
  return G_SOURCE_REMOVE;
}

static void
ask_page (QcPeopleList *self, guint number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
  page->asked = TRUE;
  g_queue_push_head (&self->wanted, GUINT_TO_POINTER (number));
  while (self->wanted.length > MAX_WANTED) {
    guint old = GPOINTER_TO_UINT (g_queue_pop_tail (&self->wanted));
    Page *passed = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (old));
    if (passed)
      passed->asked = FALSE;
  }
  if (!self->load_source && !self->reading)
    self->load_source = g_idle_add_full (G_PRIORITY_DEFAULT, read_wanted_cb, self, NULL);
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
  guint32 bits = 0;
  if ((filter & QC_PEOPLE_EVERY) == QC_PEOPLE_EVERY)
    return QC_STORE_STATUS_ANY;
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

static gpointer
read_ids (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  return qc_store_people_list (connection, query->profile, query->unit, &query->query, error);
}

static void
adopt_ids (QcPeopleList *self, QcStorePeopleList *list)
{
  guint before = self->ids->len;
  g_array_unref (self->ids);
  self->ids = g_array_ref (list->ids);
  self->ids_generation++;
  self->totals.people = list->totals.people;
  self->totals.normal = list->totals.normal;
  self->totals.sealed = list->totals.sealed;
  self->totals.base = list->totals.base;
  g_queue_clear (&self->wanted);
  g_hash_table_remove_all (self->pages);
  g_clear_error (&self->error);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->ids->len);
  g_signal_emit (self, signals[RELOADED], 0);
}

static void
ids_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Query *query = data;
  QcPeopleList *self = query->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcStorePeopleList) list = qc_database_finish (QC_DATABASE (source), result, &error);
  if (query->generation == self->generation) {
    self->loading = FALSE;
    if (list) {
      adopt_ids (self, list);
    } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
      g_signal_emit (self, signals[FAILED], 0, error);
    }
  }
  query_free (query);
}

void
qc_people_list_reload (QcPeopleList *self)
{
  static const QcStorePeopleSort sorts[] = {
      [QC_PEOPLE_BY_NAME] = QC_STORE_PEOPLE_BY_NAME,       [QC_PEOPLE_BY_ACCOUNT] = QC_STORE_PEOPLE_BY_ACCOUNT,
      [QC_PEOPLE_BY_STATUS] = QC_STORE_PEOPLE_BY_STATUS,   [QC_PEOPLE_BY_BASE] = QC_STORE_PEOPLE_BY_BASE,
      [QC_PEOPLE_BY_PAID_TO] = QC_STORE_PEOPLE_BY_PAID_TO, [QC_PEOPLE_BY_OPENED] = QC_STORE_PEOPLE_BY_OPENED,
  };
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  const char *unit = qc_session_get_unit_account (self->session);
  QcDatabase *database = qc_session_get_database (self->session);
  self->generation++;
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (!unit || !database)
    return;
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (qc_session_get_profile_id (self->session));
  query->unit = g_strdup (unit);
  query->text = g_strdup (self->text);
  query->query.text = query->text;
  query->query.statuses = statuses_of (self->filter);
  query->query.sort = sorts[self->sort];
  query->query.descending = self->descending;
  query->generation = self->generation;
  query->list = g_object_ref (self);
  self->loading = TRUE;
  self->cancel = g_cancellable_new ();
  qc_database_read_async (database, "people", read_ids, query, NULL, (GDestroyNotify)qc_store_people_list_free,
                          self->cancel, ids_cb, query);
}

void
qc_people_list_set_search (QcPeopleList *self, const char *text)
{
  g_return_if_fail (QC_IS_PEOPLE_LIST (self));
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text ? text : "");
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
qc_people_list_is_loading (QcPeopleList *self)
{
  return self->loading;
}

const GError *
qc_people_list_get_error (QcPeopleList *self)
{
  return self->error;
}
