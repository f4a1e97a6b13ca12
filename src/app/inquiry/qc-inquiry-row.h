/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A place in a list of an inquiry: a placeholder until its page has been read, and again when another row is to stand
 * there. Main thread.
 */
#pragma once

#include <glib-object.h>

#include "qc-inquiry.h"

G_BEGIN_DECLS

#define QC_TYPE_INQUIRY_ROW (qc_inquiry_row_get_type ())
G_DECLARE_FINAL_TYPE (QcInquiryRow, qc_inquiry_row, QC, INQUIRY_ROW, GObject)

/* NULL while it is a placeholder. Borrowed. */
const QcInquiryRecord *qc_inquiry_row_get_record (QcInquiryRow *self);
/* For the list only. Takes @record, (nullable). */
void qc_inquiry_row_take (QcInquiryRow *self, QcInquiryRecord *record);

G_END_DECLS
