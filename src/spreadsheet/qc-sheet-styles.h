/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The formats of a workbook, to which those of marks are appended: a copy of a cell's own with a fill. What the fill
 * does not show, its second colour, says where the format comes from, so that a mark can be taken back. Any one thread.
 */
#pragma once

#include "qc-archive-copy.h"

G_BEGIN_DECLS

typedef enum {
  QC_STYLE_CLERKS, /* none of ours */
  QC_STYLE_FAULT,  /* of a faulty cell */
  QC_STYLE_REASON, /* of a cell that says why */
} QcStyleKind;

/* Of QC_STYLE_FAULT: how the cell was before. */
typedef enum {
  QC_FAULT_NAMED,   /* it named its format */
  QC_FAULT_UNNAMED, /* it had none */
  QC_FAULT_CREATED, /* there was no cell */
} QcFaultBefore;

typedef struct _QcSheetStyles QcSheetStyles;

/* NULL without an error: the part is in a form to which nothing can be appended. (transfer full) (nullable) */
QcSheetStyles *qc_sheet_styles_new (QcPackage *package, const char *part, GCancellable *cancellable, GError **error);
void qc_sheet_styles_free (QcSheetStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSheetStyles, qc_sheet_styles_free)

/* Whether there is such a format. */
gboolean qc_sheet_styles_has (const QcSheetStyles *styles, guint format);
QcStyleKind qc_sheet_styles_get_kind (const QcSheetStyles *styles, guint format);
/* What qc_sheet_styles_reason() was given; 0 if that is not known any more. */
guint qc_sheet_styles_get_note (const QcSheetStyles *styles, guint format);

#define QC_SHEET_STYLES_MAX_NOTE 0x1ffff
/* The format of a faulty cell whose own is @format. */
guint qc_sheet_styles_fault (QcSheetStyles *styles, guint format, QcFaultBefore before);
/* The format of a cell that says why: as @format, with a note of up to QC_SHEET_STYLES_MAX_NOTE. */
guint qc_sheet_styles_reason (QcSheetStyles *styles, guint format, guint note);
/* The format that a faulty cell had. After another program has saved the workbook, the one that differs from it in
 * nothing but the fill. */
guint qc_sheet_styles_before (QcSheetStyles *styles, guint format, QcFaultBefore *out_before);

/* Whether another format could not be told from these. */
gboolean qc_sheet_styles_is_full (const QcSheetStyles *styles);
/* What was appended is not needed. */
void qc_sheet_styles_forget (QcSheetStyles *styles);
/* What was appended goes into the copy. */
void qc_sheet_styles_store (QcSheetStyles *styles, QcArchiveCopy *copy);

G_END_DECLS
