/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-copy.h. One sheet is in memory at a time. Any one thread.
 */
#include "qc-sheet-copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "qc-lxw.h"
#include "qc-number.h"

#define MOST_WIDTH  48
#define LEAST_WIDTH 9
#define MEASURED    200 /* rows, for the widths */

typedef struct {
  lxw_workbook *book; /* (owned) */
  lxw_format *text, *date, *whole;
  GArray *counts; /* (owned) Written */
  gboolean failed;
} Copy;

typedef struct {
  guint64 rows, cells;
} Written;

/* Wide enough for its texts and numbers, so that no digit is hidden. */
static void
set_widths (lxw_worksheet *sheet, const QcTable *table)
{
  for (guint column = 0; column < qc_table_get_width (table); column++) {
    guint width = LEAST_WIDTH;
    for (guint i = 0; i < MIN (qc_table_get_n_rows (table), MEASURED); i++) {
      guint cells = 2;
      for (const char *p = qc_table_get_cell (table, i, column).text; *p != '\0'; p = g_utf8_next_char (p))
        cells += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
      width = MAX (width, cells);
    }
    worksheet_set_column (sheet, (lxw_col_t)column, (lxw_col_t)column, MIN (width, MOST_WIDTH), NULL);
  }
}

static lxw_error
write_cell (const Copy *copy, lxw_worksheet *sheet, guint row, guint column, const QcCell *cell)
{
  lxw_row_t y = row - 1;
  lxw_col_t x = (lxw_col_t)column;
  switch (cell->type) {
  case QC_CELL_NUMBER:
    return worksheet_write_number (sheet, y, x, g_ascii_strtod (cell->text, NULL),
                                   strchr (cell->text, '.') == NULL ? copy->whole : NULL);
  case QC_CELL_DATE: {
    lxw_datetime day = {.year = atoi (cell->text), .month = atoi (cell->text + 5), .day = atoi (cell->text + 8)};
    return worksheet_write_datetime (sheet, y, x, &day, copy->date);
  }
  case QC_CELL_FLAG:
    return worksheet_write_boolean (sheet, y, x, *cell->text == 'T', NULL);
  case QC_CELL_TEXT:
  case QC_CELL_ERROR:
  case QC_CELL_NONE:
  default:
    return worksheet_write_string (sheet, y, x, cell->text, copy->text);
  }
}

static gboolean
copy_rows (Copy *copy, lxw_worksheet *sheet, const QcTable *table, GCancellable *cancellable, GError **error)
{
  Written written = {qc_table_get_n_rows (table), 0};
  for (guint i = 0; i < qc_table_get_n_rows (table); i++) {
    guint row = qc_table_get_number (table, i);
    if (qc_table_is_hidden (table, i)) {
      lxw_row_col_options options = {.hidden = LXW_TRUE};
      worksheet_set_row_opt (sheet, row - 1, LXW_DEF_ROW_HEIGHT, NULL, &options);
    }
    for (guint column = 0; column < qc_table_get_width (table); column++) {
      QcCell cell = qc_table_get_cell (table, i, column);
      if (cell.type == QC_CELL_NONE)
        continue;
      copy->failed = write_cell (copy, sheet, row, column, &cell) != LXW_NO_ERROR || copy->failed;
      written.cells++;
    }
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
  g_array_append_val (copy->counts, written);
  return TRUE;
}

static gboolean
copy_sheet (Copy *copy, QcWorkbook *workbook, guint i, GCancellable *cancellable, GError **error)
{
  const QcSheetName *name = g_ptr_array_index (qc_workbook_get_sheets (workbook), i);
  g_autoptr (QcTable) table = qc_workbook_read (workbook, i, 0, NULL, NULL, cancellable, error);
  if (table == NULL)
    return FALSE;
  lxw_worksheet *sheet = workbook_add_worksheet (copy->book, *name->name != '\0' ? name->name : NULL);
  if (sheet == NULL) /* a name that no .xlsx can have */
    sheet = workbook_add_worksheet (copy->book, NULL);
  copy->failed = copy->failed || sheet == NULL;
  if (sheet == NULL)
    return TRUE;
  if (name->hidden)
    worksheet_hide (sheet);
  set_widths (sheet, table);
  return copy_rows (copy, sheet, table, cancellable, error);
}

static gboolean
copy_sheets (Copy *copy, QcWorkbook *workbook, GCancellable *cancellable, GError **error)
{
  guint shown = 0;
  for (guint i = 0; i < qc_workbook_get_sheets (workbook)->len; i++)
    if (!copy_sheet (copy, workbook, i, cancellable, error))
      return FALSE;
  lxw_sheet *sheet;
  STAILQ_FOREACH (sheet, copy->book->sheets, list_pointers)
  {
    if (!sheet->u.worksheet->hidden && shown++ == 0)
      worksheet_activate (sheet->u.worksheet);
  }
  return TRUE;
}

/* Whether everything reached the file. */
static gboolean
is_whole (const Copy *copy, int fd, GCancellable *cancellable)
{
  g_autoptr (QcPackage) package = qc_package_open (fd, NULL);
  for (guint i = 0; package != NULL && i < copy->counts->len; i++) {
    const Written *written = &g_array_index (copy->counts, Written, i);
    guint64 rows, cells;
    if (!qc_lxw_count (package, i + 1, &rows, &cells, cancellable) || rows != written->rows || cells != written->cells)
      return FALSE;
  }
  return package != NULL;
}

static void
add_formats (Copy *copy)
{
  copy->text = workbook_add_format (copy->book);
  format_set_num_format (copy->text, "@"); /* a number that is typed there is a text too: all its digits stay */
  copy->date = workbook_add_format (copy->book);
  format_set_num_format (copy->date, "yyyy-mm-dd");
  copy->whole = workbook_add_format (copy->book);
  format_set_num_format (copy->whole, "0"); /* accounts have more digits than are shown else */
}

gboolean
qc_sheet_copy (QcWorkbook *workbook, int out_fd, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", out_fd);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Written));
  lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)qc_lxw_get_scratch_folder ()};
  Copy copy = {.book = workbook_new_opt (name, &options), .counts = counts};
  add_formats (&copy);
  if (!copy_sheets (&copy, workbook, cancellable, error)) {
    qc_lxw_drop (copy.book);
    return FALSE;
  }
  if (copy.failed)
    qc_lxw_drop (copy.book);
  else if (workbook_close (copy.book) == LXW_NO_ERROR && is_whole (&copy, out_fd, cancellable))
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_NO_SPACE, /* the only thing that nobody says */
                         _ ("There is no room for the copy on the disk. Nothing was written."));
  return FALSE;
}
