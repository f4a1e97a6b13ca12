/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A paper that may be a voucher, in the program qingce-reader: a PDF, a picture or a text. It is a module that the
 * program loads when it is asked for one. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_PAPER_MODULE   "libqc-reader-paper.so"
#define QC_PAPER_FUNCTION "qc_paper_answer"
#define QC_PAPER_MISSING  4 /* the program ends with it where there is no module */

/* @page 0: what may be a voucher; else a picture of that page. The file is our standard input as well. */
typedef void (*QcPaperAnswer) (GByteArray *answer, GMappedFile *file, guint page);
void qc_paper_answer (GByteArray *answer, GMappedFile *file, guint page);

G_END_DECLS
