/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The waiting items of one unit as a list. It reads again whenever the session says that the queue changed; an item
 * keeps its object as long as the list lives, so that whoever watches one sees it end. Main context; SQL on the reader
 * thread.
 */
#include "qc-outbox-list.h"

#include "qc-outbox-item.h"
#include "qc-session-private.h"

struct _QcOutboxList {
  GObject parent_instance;
  QcSession *session;        /* (owned) */
  char *profile, *unit;      /* (owned) (nullable) */
  gboolean all_units;        /* of the profile */
  GPtrArray *shown;          /* (owned) QcOutboxItem */
  GHashTable *known;         /* (owned) id → QcOutboxItem */
  GCancellable *cancellable; /* (owned) */
  gboolean reading, again;
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcOutboxList, qc_outbox_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What one read asks for, and answers. */
typedef struct {
  char *profile, *unit; /* (owned) */
  GArray *ids;          /* (owned) gint64: also these, whatever became of them */
} Query;

static void
query_free (Query *query)
{
  g_free (query->profile);
  g_free (query->unit);
  g_array_unref (query->ids);
  g_free (query);
}

static gboolean
has_row (GPtrArray *rows, gint64 id)
{
  for (guint i = 0; i < rows->len; i++)
    if (((QcStoreOutboxItem *)g_ptr_array_index (rows, i))->id == id)
      return TRUE;
  return FALSE;
}

/* Waiting ones, and refused or ended ones that somebody still looks at. */
static gpointer
read_items (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autoptr (GPtrArray) rows = qc_store_outbox_list (connection, query->profile, query->unit, 0, error);
  if (!rows)
    return NULL;
  for (guint i = 0; i < query->ids->len; i++) {
    gint64 id = g_array_index (query->ids, gint64, i);
    if (has_row (rows, id))
      continue;
    g_autoptr (GError) gone = NULL;
    QcStoreOutboxItem *row = qc_store_outbox_get (connection, id, &gone);
    if (row)
      g_ptr_array_add (rows, row);
  }
  return g_steal_pointer (&rows);
}

static gboolean
waits (QcOutboxItem *item)
{
  switch (qc_outbox_item_get_state (item)) {
  case QC_OUTBOX_ITEM_QUEUED:
  case QC_OUTBOX_ITEM_SENDING:
  case QC_OUTBOX_ITEM_UNKNOWN:
  case QC_OUTBOX_ITEM_HELD:
    return TRUE;
  case QC_OUTBOX_ITEM_ACCEPTED:
  case QC_OUTBOX_ITEM_REFUSED:
  case QC_OUTBOX_ITEM_WITHDRAWN:
  default:
    return FALSE;
  }
}

static gboolean
same_items (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

/* A new object for @row; the list owns it. */
static QcOutboxItem *
know (QcOutboxList *self, const QcStoreOutboxItem *row, const QcStoreOutboxItem *before)
{
  QcOutboxItem *item = qc_outbox_item_new (row, before);
  const QcUploadProgress upload = qc_session_get_upload (self->session, row->id);
  qc_outbox_item_set_missing (item, qc_session_waits_for (self->session, row->unit));
  qc_outbox_item_set_upload (item, &upload);
  g_hash_table_insert (self->known, g_memdup2 (&row->id, sizeof row->id), item);
  return item;
}

/* The first of @rows that @row depends on and that the center has not settled; NULL = none. */
static const QcStoreOutboxItem *
find_before (GPtrArray *rows, const QcStoreOutboxItem *row)
{
  for (guint i = 0; i < rows->len; i++) {
    const QcStoreOutboxItem *other = g_ptr_array_index (rows, i);
    if (other->state != QC_STORE_OUTBOX_QUEUED && other->state != QC_STORE_OUTBOX_UNKNOWN)
      continue;
    for (guint j = 0; j < row->depends->len; j++)
      if (g_array_index (row->depends, gint64, j) == other->id)
        return other;
  }
  return NULL;
}

static void
take_rows (QcOutboxList *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->shown);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean changed = FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const QcStoreOutboxItem *row = g_ptr_array_index (rows, i);
    const QcStoreOutboxItem *before = find_before (rows, row);
    QcOutboxItem *item = g_hash_table_lookup (self->known, &row->id);
    if (item)
      changed = qc_outbox_item_update (item, row, before) || changed;
    else
      item = know (self, row, before);
    if (waits (item))
      g_ptr_array_add (self->shown, g_object_ref (item));
  }
  if (!same_items (old, self->shown))
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, self->shown->len);
  if (changed || !same_items (old, self->shown))
    g_signal_emit (self, signals[UPDATED], 0);
}

static void read_again (QcOutboxList *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcOutboxList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = qc_database_finish (QC_DATABASE (source), result, &error);
  self->reading = FALSE;
  if (rows) {
    qc_session_set_fault (self->session, QC_SESSION_FAULT_QUEUE, NULL);
    take_rows (self, rows);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED)) {
    qc_session_set_fault (self->session, QC_SESSION_FAULT_QUEUE, error);
  }
  if (self->again)
    read_again (self);
}

static void
read_again (QcOutboxList *self)
{
  QcDatabase *database = qc_session_get_database (self->session);
  self->again = self->reading;
  if (self->reading || !database || !self->profile || (!self->unit && !self->all_units))
    return;
  Query *query = g_new0 (Query, 1);
  query->profile = g_strdup (self->profile);
  query->unit = g_strdup (self->unit);
  query->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->known);
  gpointer id;
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (query->ids, id, 1);
  self->reading = TRUE;
  qc_database_read_async (database, "outbox-list", read_items, query, (GDestroyNotify)query_free,
                          (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

static void
data_changed_cb (QcSession *session, guint what, QcOutboxList *self)
{
  if (what & QC_DATA_QUEUE)
    read_again (self);
}

/* Signed in or out, or with another account. */
static void
sync_changed_cb (QcOutboxList *self)
{
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->known);
  gboolean changed = FALSE;
  gpointer item;
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    QcWaitsFor missing = qc_session_waits_for (self->session, qc_outbox_item_get_unit (item));
    changed = qc_outbox_item_set_missing (item, missing) || changed;
  }
  if (changed)
    g_signal_emit (self, signals[UPDATED], 0);
}

/* Nothing is read for that, and nothing comes or goes. */
static void
uploading_cb (QcOutboxList *self)
{
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->known);
  gpointer item;
  while (g_hash_table_iter_next (&iter, NULL, &item)) {
    const QcUploadProgress upload = qc_session_get_upload (self->session, qc_outbox_item_get_id (item));
    qc_outbox_item_set_upload (item, &upload);
  }
}

QcOutboxItem *
qc_outbox_list_dup_item (QcOutboxList *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_OUTBOX_LIST (self), NULL);
  QcOutboxItem *item = g_hash_table_lookup (self->known, &id);
  return item ? g_object_ref (item) : NULL;
}

QcOutboxItem *
qc_outbox_list_adopt (QcOutboxList *self, const QcStoreOutboxItem *row)
{
  g_return_val_if_fail (QC_IS_OUTBOX_LIST (self), NULL);
  QcOutboxItem *item = g_hash_table_lookup (self->known, &row->id);
  if (!item)
    item = know (self, row, NULL);
  read_again (self);
  return item;
}

gboolean
qc_outbox_list_is_reading (QcOutboxList *self)
{
  g_return_val_if_fail (QC_IS_OUTBOX_LIST (self), FALSE);
  return self->reading;
}

static GType
list_get_item_type (GListModel *model)
{
  return QC_TYPE_OUTBOX_ITEM;
}

static guint
list_get_n_items (GListModel *model)
{
  return QC_OUTBOX_LIST (model)->shown->len;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  GPtrArray *shown = QC_OUTBOX_LIST (model)->shown;
  return position < shown->len ? g_object_ref (g_ptr_array_index (shown, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
qc_outbox_list_finalize (GObject *object)
{
  QcOutboxList *self = QC_OUTBOX_LIST (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self->profile);
  g_free (self->unit);
  G_OBJECT_CLASS (qc_outbox_list_parent_class)->finalize (object);
}

static void
qc_outbox_list_class_init (QcOutboxListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_outbox_list_finalize;
  signals[UPDATED]
      = g_signal_new ("updated", QC_TYPE_OUTBOX_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_outbox_list_init (QcOutboxList *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->cancellable = g_cancellable_new ();
}

static QcOutboxList *
list_new (QcSession *session, gboolean all_units)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  QcOutboxList *self = g_object_new (QC_TYPE_OUTBOX_LIST, NULL);
  self->session = g_object_ref (session);
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->all_units = all_units;
  self->unit = all_units ? NULL : g_strdup (qc_session_get_unit_account (session));
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "uploading", G_CALLBACK (uploading_cb), self, G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}

QcOutboxList *
qc_outbox_list_new (QcSession *session)
{
  return list_new (session, FALSE);
}

QcOutboxList *
qc_outbox_list_new_for_profile (QcSession *session)
{
  return list_new (session, TRUE);
}
