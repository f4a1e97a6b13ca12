/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of papers. Constant, any thread.
 */
#include "qc-paper-size.h"

#include <glib/gi18n-lib.h>

static const QcPaperInfo papers[QC_N_PAPER_SIZES] = {
    {"a4", N_ ("A4, upright"), N_ ("A4"), 210, 297, 15, 12},
    {"a4-landscape", N_ ("A4, across"), N_ ("A4"), 297, 210, 12, 12},
    {"a5-landscape", N_ ("A5, across"), N_ ("A5"), 210, 148, 10, 8},
    {"form-241", N_ ("Continuous form 241 × 140 mm"), N_ ("241 × 140 mm"), 241, 140, 16, 7},
};

const QcPaperInfo *
qc_paper_info (QcPaperSize size)
{
  g_return_val_if_fail ((guint)size < QC_N_PAPER_SIZES, &papers[0]);
  return &papers[size];
}

gboolean
qc_paper_size_from_code (const char *code, QcPaperSize *out)
{
  for (guint i = 0; i < QC_N_PAPER_SIZES; i++)
    if (g_strcmp0 (code, papers[i].code) == 0) {
      *out = (QcPaperSize)i;
      return TRUE;
    }
  return FALSE;
}

QcPaper
qc_paper_new (QcPaperSize size)
{
  const QcPaperInfo *info = qc_paper_info (size);
  return (QcPaper) {size, info->side, info->edge, info->side, info->edge};
}
