/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-people-pages.h. Holds the ids of a query in order (8 bytes a person) and rows for the pages somebody looks at.
 * What is wanted is read in one go, the newest page first, with the two behind it; what scrolled by is not read at all.
 * Main thread; reading on the reader thread.
 */
#include "qc-people-pages.h"

#include "qc-person-row-private.h"
#include "qc-session-private.h"
#include "qc-store-people.h"

#define PAGE QC_PEOPLE_PAGE
/* Pages read with one that is asked for: a view binds about 205 rows at once, in order. */
#define AHEAD 2
/* Pages kept; about what five screens of scrolling touch. */
#define MAX_PAGES 64
/* Pages read in one go. */
#define BATCH (1 + AHEAD)
/* Pages asked for and not yet read: older ones were scrolled past. */
#define MAX_WANTED 6

typedef struct {
  QcPersonRow *rows[PAGE]; /* (owned) (nullable) */
  gboolean asked, loaded;
  guint64 used; /* age, for dropping */
} Page;

/* Pages on their way. Lives until its callback. */
typedef struct {
  QcPeoplePages *pages; /* (owned) */
  guint generation, n_pages;
  guint numbers[BATCH];
  GArray *ids[BATCH];       /* (owned) gint64 */
  GPtrArray *people[BATCH]; /* (owned) (nullable) the answer: QcEmployee, some NULL */
} Request;

struct _QcPeoplePages {
  GObject parent_instance;
  QcSession *session; /* (owned) */
  GArray *ids;        /* (owned) gint64 */
  GHashTable *pages;  /* (owned) page number → Page */
  GQueue wanted;      /* page numbers, newest at the head */
  gboolean reading;   /* some pages are on their way */
  guint64 clock;      /* counts uses */
  guint generation;   /* of @ids: pages read for older ones are dropped */
};

G_DEFINE_FINAL_TYPE (QcPeoplePages, qc_people_pages, G_TYPE_OBJECT)

enum { FAILED, FILLED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
page_free (gpointer data)
{
  Page *page = data;
  for (guint i = 0; i < PAGE; i++)
    g_clear_object (&page->rows[i]);
  g_free (page);
}

static void
qc_people_pages_finalize (GObject *object)
{
  QcPeoplePages *self = QC_PEOPLE_PAGES (object);
  g_queue_clear (&self->wanted);
  g_hash_table_unref (self->pages);
  g_array_unref (self->ids);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_people_pages_parent_class)->finalize (object);
}

static void
qc_people_pages_class_init (QcPeoplePagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_people_pages_finalize;
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_PEOPLE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
  signals[FILLED]
      = g_signal_new ("filled", QC_TYPE_PEOPLE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_people_pages_init (QcPeoplePages *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  g_queue_init (&self->wanted);
}

QcPeoplePages *
qc_people_pages_new (QcSession *session)
{
  QcPeoplePages *self = g_object_new (QC_TYPE_PEOPLE_PAGES, NULL);
  self->session = g_object_ref (session);
  return self;
}

gint64
qc_people_pages_get_id (QcPeoplePages *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/* --- pages kept --- */

/* Lets go of the pages longest unused. Rows that somebody holds live on as they are. */
static void
drop_old_pages (QcPeoplePages *self)
{
  while (g_hash_table_size (self->pages) > MAX_PAGES) {
    GHashTableIter iter;
    g_hash_table_iter_init (&iter, self->pages);
    guint64 used = G_MAXUINT64;
    gpointer oldest = NULL;
    gpointer value;
    gpointer key;
    while (g_hash_table_iter_next (&iter, &key, &value))
      if (((Page *)value)->used < used) {
        used = ((Page *)value)->used;
        oldest = key;
      }
    g_hash_table_remove (self->pages, oldest);
  }
}

static Page *
find_page (QcPeoplePages *self, guint number)
{
  return g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
}

static Page *
touch_page (QcPeoplePages *self, guint number)
{
  Page *page = find_page (self, number);
  if (!page) {
    page = g_new0 (Page, 1);
    page->used = ++self->clock;
    g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
    drop_old_pages (self);
  }
  page->used = ++self->clock;
  return page;
}

static void
fill_page (Page *page, GPtrArray *people)
{
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

/* Nobody stands there any more, or not yet. */
static void
clear_page (Page *page)
{
  page->asked = page->loaded = FALSE;
  for (guint i = 0; i < PAGE; i++)
    if (page->rows[i])
      qc_person_row_clear (page->rows[i]);
}

void
qc_people_pages_set_ids (QcPeoplePages *self, GArray *ids, GPtrArray *first)
{
  g_array_ref (ids);
  g_array_unref (self->ids);
  self->ids = ids;
  self->generation++;
  g_queue_clear (&self->wanted);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->pages);
  gpointer page;
  while (g_hash_table_iter_next (&iter, NULL, &page))
    clear_page (page);
  if (first->len > 0) {
    Page *beginning = touch_page (self, 0);
    beginning->asked = TRUE;
    fill_page (beginning, first);
  }
  g_ptr_array_unref (first);
}

/* --- reading --- */

static gpointer
read_pages (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  for (guint i = 0; i < request->n_pages; i++) {
    const GArray *ids = request->ids[i];
    request->people[i] = qc_store_people_by_ids (connection, (const gint64 *)ids->data, ids->len, error);
    if (!request->people[i])
      return NULL;
  }
  return QC_DATABASE_DONE;
}

static void
request_free (Request *request)
{
  for (guint i = 0; i < request->n_pages; i++) {
    g_array_unref (request->ids[i]);
    g_clear_pointer (&request->people[i], g_ptr_array_unref);
  }
  g_object_unref (request->pages);
  g_free (request);
}

/* Puts the pages that were read where they belong. */
static void
take_answer (QcPeoplePages *self, Request *request)
{
  gboolean filled = FALSE;
  for (guint i = 0; i < request->n_pages && request->people[i]; i++) {
    g_autoptr (GPtrArray) people = g_steal_pointer (&request->people[i]);
    Page *page = find_page (self, request->numbers[i]);
    if (!page || page->loaded) /* scrolled past and dropped meanwhile */
      continue;
    fill_page (page, people);
    filled = TRUE;
  }
  if (filled)
    g_signal_emit (self, signals[FILLED], 0);
}

static void read_next (QcPeoplePages *self);

static void
pages_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  QcPeoplePages *self = request->pages;
  g_autoptr (GError) error = NULL;
  gboolean fine = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  self->reading = FALSE;
  if (request->generation == self->generation) {
    take_answer (self, request);
    if (!fine)
      g_signal_emit (self, signals[FAILED], 0, error);
  }
  read_next (self);
  request_free (request);
}

static void
read_next (QcPeoplePages *self)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (self->reading || g_queue_is_empty (&self->wanted) || !database)
    return;
  Request *request = g_new0 (Request, 1);
  request->pages = g_object_ref (self);
  request->generation = self->generation;
  while (request->n_pages < BATCH && !g_queue_is_empty (&self->wanted)) {
    guint number = GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted));
    guint first = number * PAGE, length = MIN (PAGE, self->ids->len - first);
    GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);
    g_array_append_vals (ids, &g_array_index (self->ids, gint64, first), length);
    request->numbers[request->n_pages] = number;
    request->ids[request->n_pages++] = ids;
  }
  self->reading = TRUE;
  qc_database_read_async (database, "people pages", read_pages, request, NULL, NULL, NULL, pages_cb, request);
}

/* The page with those behind it, so that they are read while the rows of this one are looked at. */
static void
ask_page (QcPeoplePages *self, guint number)
{
  guint last = MIN (number + AHEAD, (self->ids->len - 1) / PAGE);
  for (guint i = last + 1; i-- > number;) {
    Page *page = touch_page (self, i);
    if (page->asked)
      continue;
    page->asked = TRUE;
    g_queue_push_head (&self->wanted, GUINT_TO_POINTER (i));
  }
  while (self->wanted.length > MAX_WANTED) {
    Page *passed = find_page (self, GPOINTER_TO_UINT (g_queue_pop_tail (&self->wanted)));
    if (passed)
      passed->asked = FALSE;
  }
  read_next (self);
}

QcPersonRow *
qc_people_pages_get_row (QcPeoplePages *self, guint position)
{
  guint number = position / PAGE;
  Page *page = touch_page (self, number);
  if (position < self->ids->len && !page->asked)
    ask_page (self, number);
  QcPersonRow **row = &touch_page (self, number)->rows[position % PAGE];
  if (!*row)
    *row = g_object_new (QC_TYPE_PERSON_ROW, NULL);
  return g_object_ref (*row);
}
