/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One pass over the part of a sheet, from which the edits come that put marks into it, or take those of an earlier time
 * back. Any one thread.
 */
#pragma once

#include "qc-sheet-mark.h"
#include "qc-sheet-styles.h"

G_BEGIN_DECLS

/* What marks lie in the sheet already, and what is in the way of new ones. */
typedef struct {
  gboolean marked;  /* there are marks of an earlier time: nothing else was found out */
  gboolean blocked; /* no marks can be put into this sheet */
  gboolean crowded; /* something is in the way of the column of reasons, not of the fills */
  guint column;     /* of the reasons, from 0 */
  GArray *edits;    /* (owned) QcPartEdit, in order */
  QcPartForm form;  /* (owned) */
} QcSheetScan;

void qc_sheet_scan_clear (QcSheetScan *scan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcSheetScan, qc_sheet_scan_clear)

typedef struct {
  QcPackage *package;
  const char *part, *texts_part; /* texts_part nullable */
  QcSheetStyles *styles;
  guint header_row; /* 0 = none */
  const char *title;
  gboolean only_fills; /* no column of reasons */
  gboolean fresh;      /* marks of an earlier time are gone, whatever it looks like */
  guint least;         /* column of the reasons, if nothing lies there */
} QcSheetScanRequest;

/* The edits that put @marks in. */
gboolean qc_sheet_scan_mark (const QcSheetScanRequest *request, const QcSheetMark *marks, guint n, QcSheetScan *out,
                             GCancellable *cancellable, GError **error);
/* The edits that take marks out; @out->marked: whether there are any; @out->column: that of the reasons. */
gboolean qc_sheet_scan_unmark (const QcSheetScanRequest *request, QcSheetScan *out, GCancellable *cancellable,
                               GError **error);

/* "A1:J20", "$A$1:$J$20", "C5", "A:C", "2:3": columns from 0, rows from 1. */
typedef struct {
  guint left, right, top, bottom;
} QcSheetRange;
gboolean qc_sheet_range_parse (const char *text, QcSheetRange *out);

G_END_DECLS
