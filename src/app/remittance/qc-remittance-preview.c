/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The preview of a 汇缴 as a snapshot, and the list models over its people. Immutable once made, any thread.
 */
#include "qc-remittance-preview.h"

#include "qc-month.h"
#include "qc-remittance-private.h"

G_DEFINE_FINAL_TYPE (QcRemittancePreview, qc_remittance_preview, G_TYPE_OBJECT)

/* --- the people of one list: lines are made when they are asked for ------------------------------------------- */

#define QC_TYPE_RECORD_LIST (qc_record_list_get_type ())
G_DECLARE_FINAL_TYPE (QcRecordList, qc_record_list, QC, RECORD_LIST, GObject)

struct _QcRecordList {
  GObject parent_instance;
  QcRemittancePreview *preview; /* (owned) keeps the strings */
  GPtrArray *parts;             /* (owned) GArray of QcPersonRecord */
};

static void list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcRecordList, qc_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
list_get_item_type (GListModel *model)
{
  return QC_TYPE_REMITTANCE_PERSON;
}

static guint
list_get_n_items (GListModel *model)
{
  QcRecordList *self = QC_RECORD_LIST (model);
  guint n = 0;
  for (guint i = 0; i < self->parts->len; i++)
    n += ((GArray *)g_ptr_array_index (self->parts, i))->len;
  return n;
}

static gpointer
list_get_item (GListModel *model, guint position)
{
  QcRecordList *self = QC_RECORD_LIST (model);
  for (guint i = 0; i < self->parts->len; i++) {
    GArray *part = g_ptr_array_index (self->parts, i);
    if (position < part->len)
      return qc_remittance_person_new (&g_array_index (part, QcPersonRecord, position));
    position -= part->len;
  }
  return NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
qc_record_list_finalize (GObject *object)
{
  QcRecordList *self = QC_RECORD_LIST (object);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_object (&self->preview);
  G_OBJECT_CLASS (qc_record_list_parent_class)->finalize (object);
}

static void
qc_record_list_class_init (QcRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_record_list_finalize;
}

static void
qc_record_list_init (QcRecordList *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
}

static QcRecordList *
record_list_new (QcRemittancePreview *preview)
{
  QcRecordList *self = g_object_new (QC_TYPE_RECORD_LIST, NULL);
  self->preview = g_object_ref (preview);
  return self;
}

/* --- the preview ------------------------------------------------------------------------------------------------ */

static void
answer_clear (gpointer data)
{
  QcRemittanceAnswer *answer = data;
  g_free (answer->account);
  g_free (answer->name);
}

void
qc_remittance_answer_add (GArray *answers, const QcEmployee *employee)
{
  QcRemittanceAnswer answer = {g_strdup (employee->account), g_strdup (employee->name), employee->retirement_class};
  g_array_append_val (answers, answer);
}

const GArray *
qc_remittance_preview_get_answers (QcRemittancePreview *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), NULL);
  return self->answers;
}

static void
qc_remittance_preview_finalize (GObject *object)
{
  QcRemittancePreview *self = QC_REMITTANCE_PREVIEW (object);
  g_clear_pointer (&self->unit, qc_unit_free);
  g_free (self->terms);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->left_out_people, g_array_unref);
  g_clear_pointer (&self->answered, g_hash_table_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_object (&self->sheet);
  g_clear_pointer (&self->chunk, g_string_chunk_free);
  G_OBJECT_CLASS (qc_remittance_preview_parent_class)->finalize (object);
}

static void
qc_remittance_preview_class_init (QcRemittancePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_remittance_preview_finalize;
}

static void
qc_remittance_preview_init (QcRemittancePreview *self)
{
  self->lines = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->left_out_people = g_array_new (FALSE, TRUE, sizeof (QcPersonRecord));
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->answers = g_array_new (FALSE, FALSE, sizeof (QcRemittanceAnswer));
  g_array_set_clear_func (self->answers, answer_clear);
  self->chunk = g_string_chunk_new (64 * 1024);
}

#define GETTER(type, name, field)                                   \
  type qc_remittance_preview_get_##name (QcRemittancePreview *self) \
  {                                                                 \
    g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), 0);      \
    return self->field;                                             \
  }

GETTER (const QcUnit *, unit, unit)
GETTER (QcMethod, method, method)
GETTER (QcMethod, allowed_method, allowed)
GETTER (QcMonth, start, start)
GETTER (QcMonth, end, end)
GETTER (QcMonth, last, last)
GETTER (int, months_ahead, months_ahead)
GETTER (QcMonth, current_month, current)
GETTER (const GArray *, lines, lines)
GETTER (QcMoney, total, total)
GETTER (gint64, people, people)
GETTER (gint64, left_out, left_out)
GETTER (gint64, unanswered, unanswered)
GETTER (const GPtrArray *, findings, findings)
GETTER (guint, queued, queued)
GETTER (QcMonthSheet *, sheet, sheet)

gboolean
qc_remittance_preview_is_first (QcRemittancePreview *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), FALSE);
  return self->unit->paid_to == QC_MONTH_NONE;
}

static int
line_index (QcRemittancePreview *self, QcMonth month)
{
  int index = self->lines->len > 0 ? qc_month_diff (self->start, month) : -1;
  return index >= 0 && index < (int)self->lines->len ? index : -1;
}

const QcMonthLine *
qc_remittance_preview_get_line (QcRemittancePreview *self, QcMonth month)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), NULL);
  int index = line_index (self, month);
  return index < 0 ? NULL : &g_array_index (self->lines, QcMonthLine, index);
}

GListModel *
qc_remittance_preview_dup_changes (QcRemittancePreview *self, QcMonth month)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), NULL);
  QcRecordList *list = record_list_new (self);
  for (guint i = 0; i < self->changes->len; i++)
    if (month == QC_MONTH_NONE || line_index (self, month) == (int)i)
      g_ptr_array_add (list->parts, g_array_ref (g_ptr_array_index (self->changes, i)));
  return G_LIST_MODEL (list);
}

GListModel *
qc_remittance_preview_dup_left_out (QcRemittancePreview *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), NULL);
  QcRecordList *list = record_list_new (self);
  g_ptr_array_add (list->parts, g_array_ref (self->left_out_people));
  return G_LIST_MODEL (list);
}

gboolean
qc_remittance_preview_is_blocked (QcRemittancePreview *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_PREVIEW (self), TRUE);
  return self->lines->len == 0 || qc_findings_block (self->findings);
}
