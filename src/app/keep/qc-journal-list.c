/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-journal-list.h. Main thread; SQL on the reader thread.
 */
#include "qc-journal-list.h"

#include <glib/gi18n-lib.h>

#include "qc-format.h"
#include "qc-journal-words.h"
#include "qc-session-private.h"
#include "qc-store-journal.h"

#define PAGE 200

/* --- a row --- */

struct _QcJournalRow {
  GObject parent_instance;
  QcStoreJournalEntry *entry; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcJournalRow, qc_journal_row, G_TYPE_OBJECT)

static void
qc_journal_row_finalize (GObject *object)
{
  qc_store_journal_entry_free (QC_JOURNAL_ROW (object)->entry);
  G_OBJECT_CLASS (qc_journal_row_parent_class)->finalize (object);
}

static void
qc_journal_row_class_init (QcJournalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_journal_row_finalize;
}

static void
qc_journal_row_init (QcJournalRow *self)
{
}

gint64
qc_journal_row_get_number (QcJournalRow *self)
{
  return self->entry ? self->entry->seq : 0;
}

char *
qc_journal_row_dup_time (QcJournalRow *self)
{
  return self->entry ? qc_format_date_time (self->entry->time) : g_strdup ("");
}

char *
qc_journal_row_dup_actor (QcJournalRow *self)
{
  return g_strdup (self->entry && self->entry->actor ? self->entry->actor : "");
}

char *
qc_journal_row_dup_unit (QcJournalRow *self)
{
  const QcStoreJournalEntry *entry = self->entry;
  gboolean is_known = entry && entry->unit_name && *entry->unit_name;
  return g_strdup (is_known ? entry->unit_name : entry && entry->unit ? entry->unit : "");
}

char *
qc_journal_row_dup_action (QcJournalRow *self)
{
  return self->entry ? qc_journal_dup_act (self->entry) : g_strdup ("");
}

char *
qc_journal_row_dup_subject (QcJournalRow *self)
{
  return self->entry ? qc_journal_dup_subject (self->entry) : g_strdup ("");
}

#define GETTER(name, field)                                  \
  const char *qc_journal_row_get_##name (QcJournalRow *self) \
  {                                                          \
    return self->entry ? self->entry->field : NULL;          \
  }
GETTER (code, action)
GETTER (actor, actor)
GETTER (account, unit)
GETTER (raw_subject, subject)
GETTER (raw_detail, detail)
#undef GETTER

gint64
qc_journal_row_get_time (QcJournalRow *self)
{
  return self->entry ? self->entry->time : 0;
}

/* --- periods --- */

const char *
qc_journal_period_to_msgid (QcJournalPeriod period)
{
  static const char *const names[QC_N_JOURNAL_PERIODS] = {
      [QC_JOURNAL_ALWAYS] = N_ ("Any time"),       [QC_JOURNAL_TODAY] = N_ ("Today"),
      [QC_JOURNAL_WEEK] = N_ ("Last seven days"),  [QC_JOURNAL_MONTH] = N_ ("This month"),
      [QC_JOURNAL_LAST_MONTH] = N_ ("Last month"), [QC_JOURNAL_YEAR] = N_ ("This year"),
      [QC_JOURNAL_LAST_YEAR] = N_ ("Last year"),
  };
  g_return_val_if_fail (period < QC_N_JOURNAL_PERIODS, "");
  return names[period];
}

static gint64
begin_of_month (QcMonth month)
{
  return qc_date_to_unix (qc_date_new (month / 100, month % 100, 1));
}

void
qc_journal_period_get (QcJournalPeriod period, gint64 now, gint64 *from, gint64 *to)
{
  QcDate today = qc_date_from_unix (now);
  QcMonth month = qc_date_month (today), year = month - month % 100 + 1;
  *from = *to = 0;
  switch (period) {
  case QC_JOURNAL_TODAY:
    *from = qc_date_to_unix (today);
    break;
  case QC_JOURNAL_WEEK:
    *from = qc_date_to_unix (qc_date_add_days (today, -6));
    break;
  case QC_JOURNAL_MONTH:
    *from = begin_of_month (month);
    break;
  case QC_JOURNAL_LAST_MONTH:
    *from = begin_of_month (qc_month_add (month, -1));
    *to = begin_of_month (month);
    break;
  case QC_JOURNAL_YEAR:
    *from = begin_of_month (year);
    break;
  case QC_JOURNAL_LAST_YEAR:
    *from = begin_of_month (qc_month_add (year, -12));
    *to = begin_of_month (year);
    break;
  case QC_JOURNAL_ALWAYS:
  default:
    break;
  }
}

/* --- the list --- */

struct _QcJournalList {
  GObject parent_instance;
  QcSession *session;       /* (owned) */
  char *text, *kind, *unit; /* (owned) (nullable) */
  gint64 from, to;
  guint n;
  guint generation;
  guint reading;     /* pages that are on their way */
  GError *error;     /* (owned) (nullable) of the last one */
  GHashTable *rows;  /* (owned) position → QcJournalRow */
  GHashTable *asked; /* (owned) page numbers */
};

static void qc_journal_list_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcJournalList, qc_journal_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_journal_list_list_init))
enum { RELOADED, FILLED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  QcJournalList *self; /* (owned) */
  QcStoreJournalQuery query;
  char *text, *acts, *businesses, *kind, *unit; /* (owned) (nullable) */
  guint page, generation;
  gint64 n;
  GPtrArray *entries; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->self);
  g_free (reading->text);
  g_free (reading->acts);
  g_free (reading->businesses);
  g_free (reading->kind);
  g_free (reading->unit);
  g_clear_pointer (&reading->entries, g_ptr_array_unref);
  g_free (reading);
}

static gpointer
read_page (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  reading->entries
      = qc_store_journal_find (connection, &reading->query, (gint64)reading->page * PAGE, PAGE, &reading->n, error);
  return reading->entries ? QC_DATABASE_DONE : NULL;
}

static void
take (QcJournalList *self, Reading *reading)
{
  for (guint i = 0; i < reading->entries->len; i++) {
    guint position = reading->page * PAGE + i;
    QcJournalRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
    if (!row) {
      row = g_object_new (QC_TYPE_JOURNAL_ROW, NULL);
      g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
    }
    g_clear_pointer (&row->entry, qc_store_journal_entry_free);
    row->entry = g_steal_pointer (&g_ptr_array_index (reading->entries, i));
  }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  QcJournalList *self = reading->self;
  g_autoptr (GError) error = NULL;
  gboolean good = qc_database_finish (QC_DATABASE (source), result, &error) != NULL;
  self->reading--;
  if (reading->generation != self->generation) {
    reading_free (reading);
    return;
  }
  g_clear_error (&self->error);
  if (!good) {
    self->error = g_error_copy (error);
    g_signal_emit (self, signals[FAILED], 0, error);
  } else if (reading->page == 0) {
    guint before = self->n;
    g_hash_table_remove_all (self->rows);
    self->n = (guint)MIN (reading->n, G_MAXUINT - 1);
    take (self, reading);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
    g_signal_emit (self, signals[RELOADED], 0);
  } else {
    take (self, reading);
    g_signal_emit (self, signals[FILLED], 0);
  }
  reading_free (reading);
}

static void
ask (QcJournalList *self, guint page)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (!database || !g_hash_table_add (self->asked, GUINT_TO_POINTER (page)))
    return;
  Reading *reading = g_new0 (Reading, 1);
  reading->self = g_object_ref (self);
  reading->text = g_strdup (self->text);
  reading->kind = g_strdup (self->kind);
  reading->unit = g_strdup (self->unit);
  reading->acts = self->text ? qc_journal_dup_meant_acts (self->text) : NULL;
  reading->businesses = self->text ? qc_journal_dup_meant_businesses (self->text) : NULL;
  reading->query = (QcStoreJournalQuery) {.text = reading->text,
                                          .actions = reading->acts,
                                          .businesses = reading->businesses,
                                          .kind = reading->kind,
                                          .unit = reading->unit,
                                          .from = self->from,
                                          .to = self->to};
  reading->page = page;
  reading->generation = self->generation;
  self->reading++;
  qc_database_read_async (database, "journal", read_page, reading, NULL, NULL, NULL, read_cb, reading);
}

void
qc_journal_list_reload (QcJournalList *self)
{
  g_return_if_fail (QC_IS_JOURNAL_LIST (self));
  self->generation++;
  g_hash_table_remove_all (self->asked);
  ask (self, 0);
}

void
qc_journal_list_set_filter (QcJournalList *self, const QcJournalFilter *filter)
{
  g_return_if_fail (QC_IS_JOURNAL_LIST (self) && filter);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->unit);
  self->text = g_strdup (filter->text && *filter->text ? filter->text : NULL);
  self->kind = g_strdup (filter->kind);
  self->unit = g_strdup (filter->unit);
  self->from = filter->from;
  self->to = filter->to;
  qc_journal_list_reload (self);
}

gboolean
qc_journal_list_is_reading (QcJournalList *self)
{
  g_return_val_if_fail (QC_IS_JOURNAL_LIST (self), FALSE);
  return self->reading > 0;
}

const GError *
qc_journal_list_get_error (QcJournalList *self)
{
  g_return_val_if_fail (QC_IS_JOURNAL_LIST (self), NULL);
  return self->error;
}

static GType
get_item_type (GListModel *list)
{
  return QC_TYPE_JOURNAL_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return QC_JOURNAL_LIST (list)->n;
}

static gpointer
get_item (GListModel *list, guint position)
{
  QcJournalList *self = QC_JOURNAL_LIST (list);
  if (position >= self->n)
    return NULL;
  QcJournalRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (!row) {
    row = g_object_new (QC_TYPE_JOURNAL_ROW, NULL);
    g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
    ask (self, position / PAGE);
  }
  return g_object_ref (row);
}

static void
qc_journal_list_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
qc_journal_list_finalize (GObject *object)
{
  QcJournalList *self = QC_JOURNAL_LIST (object);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->asked);
  g_free (self->text);
  g_free (self->kind);
  g_free (self->unit);
  g_clear_error (&self->error);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (qc_journal_list_parent_class)->finalize (object);
}

static void
qc_journal_list_class_init (QcJournalListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_journal_list_finalize;
  signals[RELOADED]
      = g_signal_new ("reloaded", QC_TYPE_JOURNAL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED]
      = g_signal_new ("filled", QC_TYPE_JOURNAL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", QC_TYPE_JOURNAL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
}

static void
qc_journal_list_init (QcJournalList *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->asked = g_hash_table_new (NULL, NULL);
}

QcJournalList *
qc_journal_list_new (QcSession *session)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcJournalList *self = g_object_new (QC_TYPE_JOURNAL_LIST, NULL);
  self->session = g_object_ref (session);
  qc_journal_list_reload (self);
  return self;
}
