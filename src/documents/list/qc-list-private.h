/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between the rows of a list (qc-list-form.c), how texts fit into cells (qc-list-fit.c) and its pages (qc-list-draw.c).
 * One thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "qc-list-form.h"
#include "qc-spool.h"

G_BEGIN_DECLS

#define QC_LIST_SIZE     9.0  /* points, where columns have the width they ask for */
#define QC_LIST_LEAST    5.5  /* columns are not made narrower than this size asks for */
#define QC_LIST_TINIEST  4.2  /* nothing is set smaller */
#define QC_LIST_LEADING  1.18 /* of the em */
#define QC_LIST_PADDING  1.0  /* mm left and right in a cell */
#define QC_LIST_VERTICAL 1.1  /* mm above and below */

typedef struct {
  char *title; /* (owned) */
  double width;
  QcAlign align;
  gboolean is_sum;
} QcListColumnData;

typedef struct {
  char *title;     /* (owned) (nullable) */
  GArray *columns; /* (owned) QcListColumnData */
  QcSpool *rows;   /* (owned) see qc_list_cursor_next() */
  guint n_rows;
  gint64 counted;
  QcMoney *sums; /* (owned) of each column; 0 where it is none */
} QcListSide;

typedef struct {
  char *label, *value; /* (owned) */
  double share;
} QcListField;

struct _QcListForm {
  QcListHead head;    /* its texts are owned */
  QcCharset *charset; /* borrowed */
  QcListSide sides[QC_LIST_SIDES];
  GArray *fields;   /* (owned) QcListField */
  GPtrArray *notes; /* (owned) char* */
  /* the row that is being filled */
  guint side, cell;
  GByteArray *row; /* (owned) its texts */
  GArray *amounts; /* (owned) QcMoney of each column */
  gboolean counts;
};

/* Rows of a side, from the first on. */
typedef struct {
  const QcListSide *side;
  gsize offset;       /* of what is read next */
  GByteArray *window; /* (owned) */
  gsize window_at;
  /* the row that was read; borrowed from the window */
  gboolean counts;
  QcMoney *amounts;   /* (owned) of each column */
  const char **cells; /* (owned) container */
} QcListCursor;
void qc_list_cursor_init (QcListCursor *cursor, const QcListSide *side);
void qc_list_cursor_clear (QcListCursor *cursor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcListCursor, qc_list_cursor_clear)
/* Not to be called more often than there are rows. */
gboolean qc_list_cursor_next (QcListCursor *cursor, GError **error);

/* ---- qc-list-fit.c ---- */

/* Widths in ems, those of ASCII known at once. */
typedef struct {
  QcFont *font; /* borrowed (nullable) */
  double ascii[128];
} QcListMeasure;
void qc_list_measure_init (QcListMeasure *measure, QcFont *font);
double qc_list_measure (const QcListMeasure *measure, const char *text);
/* How much of @text fits into @room ems: bytes, at least one character. */
gsize qc_list_measure_part (const QcListMeasure *measure, const char *text, double room);

typedef struct {
  double size; /* points; 0 = it has no room, however small */
  guint lines;
} QcListFit;
/* @room: mm; @size: points, the largest. */
QcListFit qc_list_fit (const QcListMeasure *measure, const char *text, double room, double size, QcAlign align);
/* mm */
double qc_list_fit_height (const QcListFit *fit);

G_END_DECLS
