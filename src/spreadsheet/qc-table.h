/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A sheet as it was read: rows with their own numbers, each with the cells that hold something. Whatever program wrote
 * it and in whatever form, a cell is a text here, and what kind of text. A hundred thousand rows of ten columns take
 * some 20 MiB. Plain value, one thread at a time.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_CELL_NONE,
  QC_CELL_TEXT,
  QC_CELL_NUMBER, /* in plain decimal digits, "5500.5", "-3": never an exponent, at most 15 digits that count */
  QC_CELL_DATE,   /* 2026-10-08 */
  QC_CELL_FLAG,   /* TRUE or FALSE */
  QC_CELL_ERROR,  /* "#N/A" */
} QcCellType;

typedef struct {
  QcCellType type;
  const char *text; /* borrowed; "" where there is none */
} QcCell;

#define QC_TABLE_MAX_ROWS    250000 /* with content */
#define QC_TABLE_MAX_COLUMNS 256    /* that hold something */
#define QC_TABLE_MAX_CELLS   5000000
#define QC_TABLE_MAX_BYTES   (64 * 1024 * 1024) /* of texts */
/* Bytes of a cell. Of a longer one as much as fits is kept, with an ellipsis that nobody takes for the whole. */
#define QC_TABLE_MAX_CELL 4096

typedef struct _QcTable QcTable;

QcTable *qc_table_new (void);
void qc_table_free (QcTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcTable, qc_table_free)

/* ---- what is read ---- */

/* Rows that hold something, in the order of the sheet. */
guint qc_table_get_n_rows (const QcTable *table);
/* The number that the sheet gives row @index, from 1. */
guint qc_table_get_number (const QcTable *table, guint index);
/* Whether the sheet hides row @index. */
gboolean qc_table_is_hidden (const QcTable *table, guint index);
/* One more than the last column that holds something, from 0 (A). */
guint qc_table_get_width (const QcTable *table);
QcCell qc_table_get_cell (const QcTable *table, guint index, guint column);
/* A whole number of 16 digits or more that was kept as a number: its last digits are lost, whatever is shown. */
gboolean qc_cell_is_damaged (const QcCell *cell);

/* "A", "AB" … for a column from 0. (transfer full) */
char *qc_table_dup_column_name (guint column);

/* ---- who reads ---- */

/* Why a cell could not be taken. */
typedef enum {
  QC_TABLE_TAKEN,
  QC_TABLE_ROWS,
  QC_TABLE_COLUMNS,
  QC_TABLE_CELLS,
  QC_TABLE_BYTES,
} QcTableFull;

/* Keeps @text for many cells; *@out is its place. FALSE: no room. */
gboolean qc_table_keep (QcTable *table, const char *text, gsize length, guint32 *out);
/* What follows belongs to row @number, which is more than that of the row before. */
void qc_table_begin_row (QcTable *table, guint number, gboolean hidden);
/* Columns of a row may come in any order; of two for one place the last one counts. Texts without anything but white
 * space are no cells. */
QcTableFull qc_table_add (QcTable *table, guint column, QcCellType type, const char *text, gsize length);
/* A text that was kept before. */
QcTableFull qc_table_add_kept (QcTable *table, guint column, guint32 place);
/* All rows have come: what was only reserved is given back. */
void qc_table_end (QcTable *table);

G_END_DECLS
