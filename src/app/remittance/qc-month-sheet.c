/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-month-sheet.h. What it is made of and its lists; its form in the database is in qc-month-sheet-text.c. Any
 * thread.
 */
#include "qc-month-sheet-fields.h"

#include "qc-database.h"
#include "qc-session-private.h"
#include "qc-store-sheets.h"

G_DEFINE_FINAL_TYPE (QcMonthSheet, qc_month_sheet, G_TYPE_OBJECT)

/* --- the people of one part: lines are made when they are asked for --- */

#define QC_TYPE_SHEET_LIST (qc_sheet_list_get_type ())
G_DECLARE_FINAL_TYPE (QcSheetList, qc_sheet_list, QC, SHEET_LIST, GObject)

struct _QcSheetList {
  GObject parent_instance;
  QcMonthSheet *sheet; /* (owned) keeps the records */
  GArray *places;      /* (owned) guint: which of its records */
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcSheetList, qc_sheet_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
list_get_item_type (GListModel *model)
{
  return QC_TYPE_REMITTANCE_PERSON;
}

static guint
list_get_n_items (GListModel *model)
{
  return QC_SHEET_LIST (model)->places->len;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  QcSheetList *self = QC_SHEET_LIST (model);
  if (position >= self->places->len)
    return NULL;
  return qc_remittance_person_new (
      &g_array_index (self->sheet->people, QcPersonRecord, g_array_index (self->places, guint, position)));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
qc_sheet_list_finalize (GObject *object)
{
  QcSheetList *self = QC_SHEET_LIST (object);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_object (&self->sheet);
  G_OBJECT_CLASS (qc_sheet_list_parent_class)->finalize (object);
}

static void
qc_sheet_list_class_init (QcSheetListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_sheet_list_finalize;
}

static void
qc_sheet_list_init (QcSheetList *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
}

/* --- the sheet --- */

/* Exact in integers: a fifth of @before is not rounded. */
gboolean
qc_month_sheet_is_jump (QcMoney before, QcMoney after)
{
  return before > 0 && after > 0 && ABS (after - before) * 5 > before;
}

static gboolean
is_in (const QcPersonRecord *record, QcSheetPart part)
{
  switch (part) {
  case QC_SHEET_JOINED:
    return record->before == 0 && record->after > 0;
  case QC_SHEET_LEFT:
    return record->before > 0 && record->after == 0;
  case QC_SHEET_CHANGED:
    return record->before > 0 && record->after > 0;
  case QC_SHEET_JUMPED:
  default:
    return is_in (record, QC_SHEET_CHANGED) && qc_month_sheet_is_jump (record->base_before, record->base_after);
  }
}

void
qc_month_sheet_take (QcMonthSheet *self, const QcPersonRecord *record)
{
  if (self->people->len >= QC_MONTH_SHEET_MOST)
    return;
  QcPersonRecord kept = *record;
  kept.account = g_string_chunk_insert (self->chunk, record->account);
  kept.name = g_string_chunk_insert (self->chunk, record->name);
  g_array_append_val (self->people, kept);
}

QcMonthSheet *
qc_month_sheet_new (const GArray *months, const GPtrArray *changes)
{
  QcMonthSheet *self = g_object_new (QC_TYPE_MONTH_SHEET, NULL);
  g_array_append_vals (self->months, months->data, months->len);
  for (guint i = 0; i < changes->len; i++) {
    const GArray *records = g_ptr_array_index (changes, i);
    for (guint k = 0; k < records->len; k++) {
      const QcPersonRecord *record = &g_array_index (records, QcPersonRecord, k);
      for (guint part = 0; part < QC_N_SHEET_PARTS; part++)
        self->counts[part] += is_in (record, part);
      qc_month_sheet_take (self, record);
    }
  }
  return self;
}

const GArray *
qc_month_sheet_get_months (QcMonthSheet *self)
{
  g_return_val_if_fail (QC_IS_MONTH_SHEET (self), NULL);
  return self->months;
}

gint64
qc_month_sheet_get_count (QcMonthSheet *self, QcSheetPart part)
{
  g_return_val_if_fail (QC_IS_MONTH_SHEET (self) && part < QC_N_SHEET_PARTS, 0);
  return self->counts[part];
}

gboolean
qc_month_sheet_is_same (QcMonthSheet *self)
{
  g_return_val_if_fail (QC_IS_MONTH_SHEET (self), FALSE);
  for (guint i = 0; i < self->months->len; i++) {
    const QcMonthLine *line = &g_array_index (self->months, QcMonthLine, i);
    if (line->added_people != 0 || line->removed_people != 0 || line->added_fen != 0 || line->removed_fen != 0
        || line->previous_people != line->people || line->previous_fen != qc_month_line_fen (line))
      return FALSE;
  }
  return self->months->len > 0 && self->counts[QC_SHEET_JOINED] == 0 && self->counts[QC_SHEET_LEFT] == 0
         && self->counts[QC_SHEET_CHANGED] == 0;
}

GListModel *
qc_month_sheet_dup_people (QcMonthSheet *self, QcSheetPart part)
{
  g_return_val_if_fail (QC_IS_MONTH_SHEET (self) && part < QC_N_SHEET_PARTS, NULL);
  QcSheetList *list = g_object_new (QC_TYPE_SHEET_LIST, NULL);
  list->sheet = g_object_ref (self);
  for (guint i = 0; i < self->people->len; i++)
    if (is_in (&g_array_index (self->people, QcPersonRecord, i), part))
      g_array_append_val (list->places, i);
  return G_LIST_MODEL (list);
}

/* --- the one that was kept --- */

typedef struct {
  char *profile, *unit, *name; /* (owned) */
  QcMoney fen;
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->name);
  g_free (request);
}

static QcMoney
total_of (QcMonthSheet *self)
{
  QcMoney total = 0;
  for (guint i = 0; i < self->months->len; i++)
    total += qc_month_line_fen (&g_array_index (self->months, QcMonthLine, i));
  return total;
}

/* An empty pointer is no answer of the database: an empty sheet stands for none. */
static gpointer
read_sheet (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autofree char *text = NULL;
  if (!qc_store_sheet_get (connection, request->profile, request->unit, request->name, &text, error))
    return NULL;
  g_autoptr (QcMonthSheet) sheet = text ? qc_month_sheet_from_text (text, error) : NULL;
  if (text && !sheet)
    return NULL;
  if (!sheet || total_of (sheet) != request->fen)
    return g_object_new (QC_TYPE_MONTH_SHEET, NULL);
  return g_steal_pointer (&sheet);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  QcMonthSheet *sheet = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!sheet)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sheet, g_object_unref);
}

void
qc_month_sheet_load_async (QcSession *session, const char *name, QcMoney fen, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_session_get_profile_id (session));
  request->unit = g_strdup (qc_session_get_unit_account (session));
  request->name = g_strdup (name);
  request->fen = fen;
  qc_database_read_async (qc_session_get_database (session), "month-sheet", read_sheet, request,
                          (GDestroyNotify)request_free, g_object_unref, cancellable, read_cb, g_object_ref (task));
}

QcMonthSheet *
qc_month_sheet_load_finish (QcSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  g_autoptr (QcMonthSheet) sheet = g_task_propagate_pointer (G_TASK (result), error);
  return sheet && sheet->months->len > 0 ? g_steal_pointer (&sheet) : NULL;
}

/* --- object --- */

static void
qc_month_sheet_finalize (GObject *object)
{
  QcMonthSheet *self = QC_MONTH_SHEET (object);
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_pointer (&self->chunk, g_string_chunk_free);
  G_OBJECT_CLASS (qc_month_sheet_parent_class)->finalize (object);
}

static void
qc_month_sheet_class_init (QcMonthSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_month_sheet_finalize;
}

static void
qc_month_sheet_init (QcMonthSheet *self)
{
  self->months = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  self->people = g_array_new (FALSE, TRUE, sizeof (QcPersonRecord));
  self->chunk = g_string_chunk_new (4096);
}
