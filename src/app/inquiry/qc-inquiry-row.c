/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry-row.h. Main thread.
 */
#include "qc-inquiry-row.h"

struct _QcInquiryRow {
  GObject parent_instance;
  QcInquiryRecord *record; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (QcInquiryRow, qc_inquiry_row, G_TYPE_OBJECT)

static void
qc_inquiry_row_finalize (GObject *object)
{
  qc_inquiry_record_free (QC_INQUIRY_ROW (object)->record);
  G_OBJECT_CLASS (qc_inquiry_row_parent_class)->finalize (object);
}

static void
qc_inquiry_row_class_init (QcInquiryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_inquiry_row_finalize;
}

static void
qc_inquiry_row_init (QcInquiryRow *self)
{
}

const QcInquiryRecord *
qc_inquiry_row_get_record (QcInquiryRow *self)
{
  return self->record;
}

void
qc_inquiry_row_take (QcInquiryRow *self, QcInquiryRecord *record)
{
  qc_inquiry_record_free (self->record);
  self->record = record;
}
