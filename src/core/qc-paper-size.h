/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The papers that lists and notices are printed on, and how much of each is kept free. Millimetres. Plain values, any
 * thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  QC_PAPER_A4,
  QC_PAPER_A4_LANDSCAPE,
  QC_PAPER_A5_LANDSCAPE,
  QC_PAPER_FORM_241, /* continuous form for dot-matrix printers: 241 × 140 mm, the strips with holes included */
} QcPaperSize;
#define QC_N_PAPER_SIZES (QC_PAPER_FORM_241 + 1)

typedef struct {
  const char *code;  /* stable, in settings: "a4" "a4-landscape" "a5-landscape" "form-241" */
  const char *msgid; /* N_() */
  const char *sheet; /* N_() what lies in the printer, whichever way */
  double width, height;
  double side, edge; /* free by default: left and right; above and below */
} QcPaperInfo;

const QcPaperInfo *qc_paper_info (QcPaperSize size);
gboolean qc_paper_size_from_code (const char *code, QcPaperSize *out);

/* What a form is laid out for: a paper and what of it is kept free on each side, at most QC_PAPER_MARGIN_MAX. */
typedef struct {
  QcPaperSize size;
  double left, top, right, bottom;
} QcPaper;
#define QC_PAPER_MARGIN_MAX 50.0

/* With the margins that go with it. */
QcPaper qc_paper_new (QcPaperSize size);

G_END_DECLS
