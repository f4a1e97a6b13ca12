/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-table.h. Texts lie one after the other in one piece of memory, cells are places in it. What grows does so by
 * realloc(), which moves pages, not bytes, and what is reserved but not written takes none. Any one thread.
 */
#include "qc-table.h"

#include <string.h>

#define ELLIPSIS  "…"
#define DIGITS    15 /* that a double keeps */
#define MAX_INDEX 16384

typedef struct {
  guint32 place;
  guint16 column;
  guint8 type;
} Cell;

typedef struct {
  guint32 first; /* of its cells */
  guint32 number : 31;
  guint32 hidden : 1;
} Row;

struct _QcTable {
  char *bytes; /* (owned) */
  gsize used, room;
  Cell *cells; /* (owned) */
  gsize n_cells, cells_room;
  GArray *rows; /* (owned) Row */
  guint width;
  guint32 number; /* of the row that cells go to; it becomes one with its first cell */
  gboolean hidden, begun;
  guint8 columns[MAX_INDEX / 8]; /* which hold something */
  guint n_columns;
};

QcTable *
qc_table_new (void)
{
  QcTable *table = g_new0 (QcTable, 1);
  table->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  table->room = 4096;
  table->bytes = g_malloc (table->room);
  table->bytes[0] = '\0'; /* place 0 is the empty text */
  table->used = 1;
  return table;
}

void
qc_table_free (QcTable *table)
{
  if (table == NULL)
    return;
  g_free (table->bytes);
  g_free (table->cells);
  g_array_unref (table->rows);
  g_free (table);
}

/* ---- what is read ---- */

guint
qc_table_get_n_rows (const QcTable *table)
{
  return table->rows->len;
}

guint
qc_table_get_number (const QcTable *table, guint index)
{
  return g_array_index (table->rows, Row, index).number;
}

gboolean
qc_table_is_hidden (const QcTable *table, guint index)
{
  return g_array_index (table->rows, Row, index).hidden;
}

guint
qc_table_get_width (const QcTable *table)
{
  return table->width;
}

QcCell
qc_table_get_cell (const QcTable *table, guint index, guint column)
{
  g_return_val_if_fail (index < table->rows->len, ((QcCell) {QC_CELL_NONE, ""}));
  gsize first = g_array_index (table->rows, Row, index).first;
  gsize end = index + 1 < table->rows->len ? g_array_index (table->rows, Row, index + 1).first : table->n_cells;
  for (gsize i = end; i > first; i--) /* the last one counts */
    if (table->cells[i - 1].column == column)
      return (QcCell) {(QcCellType)table->cells[i - 1].type, table->bytes + table->cells[i - 1].place};
  return (QcCell) {QC_CELL_NONE, ""};
}

gboolean
qc_cell_is_damaged (const QcCell *cell)
{
  return cell->type == QC_CELL_NUMBER && strspn (cell->text + (*cell->text == '-'), "0123456789") > DIGITS;
}

char *
qc_table_dup_column_name (guint column)
{
  char name[8];
  char *p = name + sizeof name;
  *--p = '\0';
  for (gint64 rest = column; rest >= 0 && p > name; rest = rest / 26 - 1)
    *--p = (char)('A' + rest % 26);
  return g_strdup (p);
}

/* ---- who reads ---- */

static gboolean
make_room (QcTable *table, gsize more)
{
  if (table->used + more > QC_TABLE_MAX_BYTES)
    return FALSE;
  if (table->used + more > table->room) {
    table->room = MAX (table->room * 2, table->used + more);
    table->bytes = g_realloc (table->bytes, table->room);
  }
  return TRUE;
}

gboolean
qc_table_keep (QcTable *table, const char *text, gsize length, guint32 *out)
{
  *out = 0;
  if (length == 0)
    return TRUE;
  gboolean cut = length > QC_TABLE_MAX_CELL;
  if (cut) {
    length = QC_TABLE_MAX_CELL - strlen (ELLIPSIS);
    while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80) /* not inside a character */
      length--;
  }
  if (!make_room (table, length + sizeof ELLIPSIS))
    return FALSE;
  *out = (guint32)table->used;
  memcpy (table->bytes + table->used, text, length);
  table->used += length;
  if (cut) {
    memcpy (table->bytes + table->used, ELLIPSIS, strlen (ELLIPSIS));
    table->used += strlen (ELLIPSIS);
  }
  table->bytes[table->used++] = '\0';
  return TRUE;
}

void
qc_table_begin_row (QcTable *table, guint number, gboolean hidden)
{
  table->number = number;
  table->hidden = hidden;
  table->begun = FALSE;
}

static QcTableFull
note_column (QcTable *table, guint column)
{
  if (column >= MAX_INDEX)
    return QC_TABLE_COLUMNS;
  guint8 bit = (guint8)(1 << column % 8);
  if (!(table->columns[column / 8] & bit)) {
    if (++table->n_columns > QC_TABLE_MAX_COLUMNS)
      return QC_TABLE_COLUMNS;
    table->columns[column / 8] |= bit;
    table->width = MAX (table->width, column + 1);
  }
  return QC_TABLE_TAKEN;
}

static QcTableFull
put (QcTable *table, guint column, QcCellType type, guint32 place)
{
  QcTableFull full = note_column (table, column);
  if (full != QC_TABLE_TAKEN)
    return full;
  if (table->n_cells == QC_TABLE_MAX_CELLS)
    return QC_TABLE_CELLS;
  if (!table->begun) {
    if (table->rows->len == QC_TABLE_MAX_ROWS)
      return QC_TABLE_ROWS;
    Row row = {(guint32)table->n_cells, table->number, table->hidden ? 1 : 0};
    g_array_append_val (table->rows, row);
    table->begun = TRUE;
  }
  if (table->n_cells == table->cells_room) {
    table->cells_room = MAX (1024, table->cells_room * 2);
    table->cells = g_realloc_n (table->cells, table->cells_room, sizeof (Cell));
  }
  table->cells[table->n_cells++] = (Cell) {place, (guint16)column, (guint8)type};
  return QC_TABLE_TAKEN;
}

/* White space of every kind that programs put around or instead of a text. */
static gboolean
is_blank (const char *text, gsize length)
{
  static const char *const wide[]
      = {"\xc2\xa0", "\xe2\x80\x87", "\xe2\x80\x8b", "\xe2\x80\xaf", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf"};
  for (gsize i = 0; i < length;) {
    gsize step = strchr (" \t\r\n", text[i]) != NULL && text[i] != '\0' ? 1 : 0;
    for (guint k = 0; step == 0 && k < G_N_ELEMENTS (wide); k++)
      if (strlen (wide[k]) <= length - i && memcmp (text + i, wide[k], strlen (wide[k])) == 0)
        step = strlen (wide[k]);
    if (step == 0)
      return FALSE;
    i += step;
  }
  return TRUE;
}

QcTableFull
qc_table_add (QcTable *table, guint column, QcCellType type, const char *text, gsize length)
{
  guint32 place;
  if (is_blank (text, length))
    return QC_TABLE_TAKEN;
  if (!qc_table_keep (table, text, length, &place))
    return QC_TABLE_BYTES;
  return put (table, column, type, place);
}

QcTableFull
qc_table_add_kept (QcTable *table, guint column, guint32 place)
{
  g_return_val_if_fail (place < table->used, QC_TABLE_TAKEN);
  const char *text = table->bytes + place;
  return is_blank (text, strlen (text)) ? QC_TABLE_TAKEN : put (table, column, QC_CELL_TEXT, place);
}

void
qc_table_end (QcTable *table)
{
  table->room = table->used;
  table->bytes = g_realloc (table->bytes, table->room);
  table->cells_room = MAX (1, table->n_cells);
  table->cells = g_realloc_n (table->cells, table->cells_room, sizeof (Cell));
}
