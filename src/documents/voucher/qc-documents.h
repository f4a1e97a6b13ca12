/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The error domain of this room, and the time its papers say.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_DOCUMENTS_ERROR (qc_documents_error_quark ())
GQuark qc_documents_error_quark (void);

typedef enum {
  QC_DOCUMENTS_ERROR_NO_FONT,   /* the font for paper is not installed */
  QC_DOCUMENTS_ERROR_NO_GLYPH,  /* a character no installed font has; the message names it and its text */
  QC_DOCUMENTS_ERROR_UNPROVEN,  /* the facts are not signed as they must be: nothing is drawn */
  QC_DOCUMENTS_ERROR_PDF,       /* the PDF could not be made */
  QC_DOCUMENTS_ERROR_WRITE,     /* it could not be written; the message says why */
  QC_DOCUMENTS_ERROR_NO_SPACE,  /* the disk is full */
  QC_DOCUMENTS_ERROR_TOO_RARE,  /* more different rare characters than fit into one file */
  QC_DOCUMENTS_ERROR_NO_CODE,   /* a picture without a QR code, a PDF without a voucher */
  QC_DOCUMENTS_ERROR_TOO_SMALL, /* the paper: the message says what has no room */
} QcDocumentsError;

/* Unix seconds in UTC+8; NULL if no calendar reaches so far. (nullable) (transfer full) */
GDateTime *qc_documents_china_time (gint64 time);

G_END_DECLS
