/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A list on paper: a head with labelled fields, a table whose heads stand on every page, 本页小计 and 合计, 大写,
 * notes, and where the unit signs. Two tables may stand side by side (本月增加, 本月减少). It is filled row by row;
 * rows wait in a spool, so that 200,000 of them need no memory, and can be drawn any number of times, on any paper:
 * columns share its width, letters become smaller or cells take several lines, and what then has no room is an error,
 * never cut off. Forms of the trade: their own words are Chinese in every language. One thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "qc-sheet.h"
#include "qc-types.h"

G_BEGIN_DECLS

#define QC_LIST_SIDES 2

typedef struct {
  const char *title;
  double width;    /* mm at full size; columns share what there is in this proportion */
  QcAlign align;   /* RIGHT: a figure, never broken */
  gboolean is_sum; /* its amounts are added up */
} QcListColumn;

/* What stands around the table; copied. */
typedef struct {
  const char *center; /* (nullable) above the title */
  const char *title;
  const char *running; /* (nullable) below the title, where no fields are: of whom and when */
  const char *counted; /* (nullable) what a row is: "人", "行"; NULL = not counted */
  const char *handler; /* (nullable) */
  const char *foot;    /* (nullable) left in the footer */
  QcDate date;         /* 填制日期 */
  int reprint;         /* 0 = the first */
  gboolean practice;
  gboolean in_words;  /* 合计 of the last column that is added up, in 大写 */
  gboolean is_signed; /* with a place for signature and seal */
} QcListHead;

typedef struct _QcListForm QcListForm;

/* @charset: borrowed: every character goes in. @folder: (nullable): where to put rows aside. */
QcListForm *qc_list_form_new (const QcListHead *head, QcCharset *charset, const char *folder);
void qc_list_form_free (QcListForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcListForm, qc_list_form_free)

/* @share: of a line of the head, 0 … 1; what does not fit beside the one before begins another line. May come after
 * the rows. */
void qc_list_form_add_field (QcListForm *form, const char *label, const char *value, double share);
/* Below the table. */
void qc_list_form_add_note (QcListForm *form, const char *text);
/* Before the first row. */
void qc_list_form_add_column (QcListForm *form, guint side, const QcListColumn *column);
/* Above the table of @side: "本月增加汇缴". */
void qc_list_form_set_side_title (QcListForm *form, guint side, const char *title);

/* A row is begun, filled from left to right, and ended. */
void qc_list_form_begin_row (QcListForm *form, guint side);
/* NULL and "" leave a cell empty. */
void qc_list_form_text (QcListForm *form, const char *text);
void qc_list_form_number (QcListForm *form, gint64 number);
/* "12,345.67" */
void qc_list_form_amount (QcListForm *form, QcMoney fen);
/* QC_DOCUMENTS_ERROR_NO_SPACE, QC_DOCUMENTS_ERROR_WRITE. */
gboolean qc_list_form_end_row (QcListForm *form, GError **error);
/* The row that is filled is not counted: 基数调整 changes amounts, and nobody comes. */
void qc_list_form_uncount (QcListForm *form);

gboolean qc_list_form_is_practice (const QcListForm *form);
gint64 qc_list_form_get_counted (const QcListForm *form, guint side);
/* Of the @column'th column of @side. */
QcMoney qc_list_form_get_sum (const QcListForm *form, guint side, guint column);

typedef struct {
  void (*func) (double fraction, gpointer user_data); /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
} QcListProgress;

/* All characters but those of the rows, which came in with them. */
void qc_list_form_gather (QcListForm *form);
/* All pages on @sheet; how many, 0 with QC_DOCUMENTS_ERROR_TOO_SMALL, the cancellable's error or one of reading. */
guint qc_list_form_draw (QcListForm *form, QcSheet *sheet, const QcListProgress *progress, GError **error);

G_END_DECLS
