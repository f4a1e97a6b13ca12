/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Why a workbook cannot be read or written: what is wrong, where, and what to do, in the reader's language.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_SHEET_ERROR (qc_sheet_error_quark ())
GQuark qc_sheet_error_quark (void);

typedef enum {
  QC_SHEET_ERROR_KIND,      /* no workbook, or of a kind that is not read */
  QC_SHEET_ERROR_ENCRYPTED, /* it has a password */
  QC_SHEET_ERROR_DAMAGED,   /* truncated, or not what it says it is */
  QC_SHEET_ERROR_LIMIT,     /* larger than what is read */
  QC_SHEET_ERROR_HOSTILE,   /* it holds what no workbook holds */
  QC_SHEET_ERROR_FILE,      /* the file itself: gone, changed meanwhile, not readable */
  QC_SHEET_ERROR_WRITE,     /* what is written cannot be, with the reason */
  QC_SHEET_ERROR_NO_SPACE,  /* the same: the disk is full */
} QcSheetError;

G_END_DECLS
