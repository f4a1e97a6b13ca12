/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-application-row.h. Main context.
 */
#include "qc-application-row.h"

struct _QcApplicationRow {
  GObject parent_instance;
  QcApplication *application; /* (owned) (nullable) */
  QcOutboxItem *item;         /* (owned) (nullable) */
  QcDraftEntry *draft;        /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcApplicationRow, qc_application_row, G_TYPE_OBJECT)

static void
qc_application_row_finalize (GObject *object)
{
  QcApplicationRow *self = QC_APPLICATION_ROW (object);
  g_clear_pointer (&self->application, qc_application_free);
  g_clear_object (&self->item);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (qc_application_row_parent_class)->finalize (object);
}

static void
qc_application_row_class_init (QcApplicationRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_application_row_finalize;
}

static void
qc_application_row_init (QcApplicationRow *self)
{
}

QcApplicationRow *
qc_application_row_new (QcApplication *application)
{
  QcApplicationRow *self = g_object_new (QC_TYPE_APPLICATION_ROW, NULL);
  self->application = application;
  return self;
}

QcApplicationRow *
qc_application_row_new_item (QcOutboxItem *item)
{
  QcApplicationRow *self = g_object_new (QC_TYPE_APPLICATION_ROW, NULL);
  self->item = g_object_ref (item);
  return self;
}

QcApplicationRow *
qc_application_row_new_draft (QcDraftEntry *draft)
{
  QcApplicationRow *self = g_object_new (QC_TYPE_APPLICATION_ROW, NULL);
  self->draft = g_object_ref (draft);
  return self;
}

const QcApplication *
qc_application_row_get_application (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), NULL);
  return self->application;
}

QcOutboxItem *
qc_application_row_get_item (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), NULL);
  return self->item;
}

QcDraftEntry *
qc_application_row_get_draft (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), NULL);
  return self->draft;
}

char *
qc_application_row_dup_key (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), NULL);
  if (self->draft)
    return g_strdup_printf ("draft:%" G_GINT64_FORMAT, qc_draft_entry_get_id (self->draft));
  return g_strdup (self->application ? self->application->serial : qc_outbox_item_get_key (self->item));
}

QcBusiness
qc_application_row_get_business (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), QC_BUSINESS_OTHER);
  return self->application ? self->application->business
         : self->item      ? qc_outbox_item_get_business (self->item)
                           : qc_draft_entry_get_business (self->draft);
}

gboolean
qc_application_row_get_state (QcApplicationRow *self, QcApplicationState *out)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), FALSE);
  *out = self->application ? self->application->state : self->item ? QC_STATE_REGISTERED : QC_STATE_DRAFT;
  return !self->item || qc_business_info (qc_outbox_item_get_business (self->item))->run == QC_RUN_REVIEWED;
}

gboolean
qc_application_row_is_registered (QcApplicationRow *self)
{
  QcApplicationState state;
  return qc_application_row_get_state (self, &state) && self->item
         && qc_outbox_item_get_state (self->item) == QC_OUTBOX_ITEM_QUEUED && !qc_outbox_item_get_upload (self->item);
}

QcMethod
qc_application_row_get_method (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), QC_METHOD_NONE);
  return self->application ? self->application->method
         : self->item      ? qc_outbox_item_get_method (self->item)
                           : qc_draft_entry_get_method (self->draft);
}

QcMonth
qc_application_row_get_start (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), QC_MONTH_NONE);
  return self->application ? self->application->start
         : self->item      ? qc_outbox_item_get_start (self->item)
                           : QC_MONTH_NONE;
}

QcMonth
qc_application_row_get_end (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), QC_MONTH_NONE);
  return self->application ? self->application->end : self->item ? qc_outbox_item_get_end (self->item) : QC_MONTH_NONE;
}

gint64
qc_application_row_get_people (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), 0);
  if (self->draft)
    return qc_business_info (qc_draft_entry_get_business (self->draft))->of_months
               ? -1
               : qc_draft_entry_get_count (self->draft);
  return self->application ? self->application->people : qc_outbox_item_get_people (self->item);
}

gint64
qc_application_row_get_time (QcApplicationRow *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), 0);
  return self->application ? self->application->created
         : self->item      ? qc_outbox_item_get_created (self->item)
                           : qc_draft_entry_get_changed (self->draft);
}

gboolean
qc_application_row_get_fen (QcApplicationRow *self, QcMoney *out)
{
  g_return_val_if_fail (QC_IS_APPLICATION_ROW (self), FALSE);
  *out = self->application ? self->application->fen : self->item ? qc_outbox_item_get_fen (self->item) : 0;
  if (self->draft)
    return FALSE;
  /* one that this version does not know may move money too */
  return qc_business_info (qc_application_row_get_business (self))->has_money || *out != 0;
}
