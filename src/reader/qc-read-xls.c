/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The workbook is read first, for what all sheets share; then the records of one sheet. One thread.
 */
#include "qc-read-xls.h"

#include <math.h>
#include <string.h>

#include "qc-biff.h"
#include "qc-ole.h"
#include "qc-sheets.h"

#define MAGIC      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#define MAX_SHEETS 256
#define MAX_STYLES 65536

/* Records. */
enum {
  FORMULA = 0x0006,
  FORMULA_3 = 0x0206,
  FORMULA_4 = 0x0406,
  EOF_RECORD = 0x000a,
  BASE_1904 = 0x0022,
  LOCKED = 0x002f,
  CODE_PAGE = 0x0042,
  SHEET = 0x0085,
  MANY_RK = 0x00bd,
  RICH_TEXT = 0x00d6,
  STYLE = 0x00e0,
  SHARED_TEXTS = 0x00fc,
  SHARED = 0x00fd,
  NUMBER = 0x0203,
  TEXT = 0x0204,
  FLAG_OR_ERROR = 0x0205,
  FORMULA_TEXT = 0x0207,
  ROW = 0x0208,
  RK = 0x027e,
  BEGIN = 0x0809,
  FORMAT = 0x041e,
};

#define BIFF_5     0x0500
#define BIFF_8     0x0600
#define CELLS      0 /* kind of a sheet */
#define NOT_SHOWN  0x20
#define OF_FORMULA 0xffff
#define CP_GBK     936
#define CP_WIDE    1200
#define CP_ASCII   367
#define CP_MAC     10000
#define CP_MAC_OLD 32768
#define CP_DEFAULT 1252

typedef struct {
  guint32 offset;
  gboolean hidden;
  char *name; /* (owned) */
} Sheet;

typedef struct {
  GByteArray *stream; /* (owned) */
  gboolean wide;      /* texts as BIFF 8 has them */
  char charset[16];   /*  else in this */
  gboolean from_1904;
  GArray *sheets;      /* (owned) Sheet, those with cells */
  GHashTable *formats; /* (owned) number → its code */
  GArray *styles;      /* (owned) guint16 formats */
  QcBiffRecord texts;  /* shared ones; id 0: there are none */
  const char *fault;   /* static: why it cannot be read */
} Book;

static void
book_clear (Book *book)
{
  for (guint i = 0; book->sheets != NULL && i < book->sheets->len; i++)
    g_free (g_array_index (book->sheets, Sheet, i).name);
  g_clear_pointer (&book->sheets, g_array_unref);
  g_clear_pointer (&book->styles, g_array_unref);
  g_clear_pointer (&book->formats, g_hash_table_unref);
  g_clear_pointer (&book->stream, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

gboolean
qc_is_xls (const guint8 *data, gsize size)
{
  return size >= strlen (MAGIC) && memcmp (data, MAGIC, strlen (MAGIC)) == 0;
}

/* ---- the workbook ---- */

static const char *
charset_of (const Book *book)
{
  return book->wide ? NULL : book->charset;
}

static void
set_code_page (Book *book, guint page)
{
  if (page == CP_GBK || page == CP_WIDE)
    g_strlcpy (book->charset, "GB18030", sizeof book->charset);
  else if (page == CP_ASCII || page == CP_MAC || page == CP_MAC_OLD)
    g_strlcpy (book->charset, page == CP_ASCII ? "ASCII" : "MACINTOSH", sizeof book->charset);
  else
    g_snprintf (book->charset, sizeof book->charset, "CP%u", page);
}

static void
take_sheet (Book *book, QcBiffRecord *record)
{
  Sheet sheet = {.offset = qc_biff_get32 (record)};
  guint8 state = qc_biff_get8 (record), kind = qc_biff_get8 (record);
  if (kind != CELLS)
    return;
  if (book->sheets->len == MAX_SHEETS) {
    book->fault = "too-large";
    return;
  }
  sheet.hidden = (state & 3) != 0;
  guint n = qc_biff_get8 (record);
  sheet.name = qc_biff_dup_text (record, n, charset_of (book));
  g_array_append_val (book->sheets, sheet);
}

static void
take_format (Book *book, QcBiffRecord *record)
{
  guint id = qc_biff_get16 (record);
  guint n = book->wide ? qc_biff_get16 (record) : qc_biff_get8 (record);
  g_hash_table_insert (book->formats, GUINT_TO_POINTER (id), qc_biff_dup_text (record, n, charset_of (book)));
}

static void
take_style (Book *book, QcBiffRecord *record)
{
  qc_biff_skip (record, 2);
  guint16 format = qc_biff_get16 (record);
  if (book->styles->len < MAX_STYLES)
    g_array_append_val (book->styles, format);
}

static void
take_of_book (Book *book, QcBiffRecord *record)
{
  switch (record->id) {
  case LOCKED:
    book->fault = "locked";
    return;
  case CODE_PAGE:
    set_code_page (book, qc_biff_get16 (record));
    return;
  case BASE_1904:
    book->from_1904 = qc_biff_get16 (record) == 1;
    return;
  case SHEET:
    take_sheet (book, record);
    return;
  case FORMAT:
    take_format (book, record);
    return;
  case STYLE:
    take_style (book, record);
    return;
  case SHARED_TEXTS:
    book->texts = *record;
    return;
  default:
    return;
  }
}

/* What @record begins: its version, and whether it is one that is read. */
static gboolean
begins (Book *book, QcBiffRecord *record)
{
  guint version = record->id == BEGIN ? qc_biff_get16 (record) : 0;
  book->wide = version == BIFF_8;
  return version == BIFF_8 || version == BIFF_5;
}

static gboolean
read_book (Book *book)
{
  const guint8 *p = book->stream->data, *limit = p + book->stream->len;
  QcBiffRecord record;
  if (!qc_biff_take (p, limit, &record) || !begins (book, &record)) {
    book->fault = "kind";
    return FALSE;
  }
  for (p = record.next; book->fault == NULL && qc_biff_take (p, limit, &record); p = record.next) {
    const guint8 *next = record.next;
    if (record.id == EOF_RECORD)
      return TRUE;
    take_of_book (book, &record);
    record.next = next; /* what goes on with it is passed over, whoever has read it */
  }
  if (book->fault == NULL)
    book->fault = "unreadable"; /* no end */
  return FALSE;
}

/* FALSE: an answer says why not. */
static gboolean
open_book (Book *book, GByteArray *answer, const guint8 *data, gsize size)
{
  g_autoptr (QcOle) ole = qc_ole_open (data, size);
  book->sheets = g_array_new (FALSE, FALSE, sizeof (Sheet));
  book->styles = g_array_new (FALSE, FALSE, sizeof (guint16));
  book->formats = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  set_code_page (book, CP_DEFAULT);
  const char *name = ole == NULL ? NULL : qc_ole_has (ole, "Workbook") ? "Workbook" : "Book";
  if (ole == NULL)
    book->fault = "unreadable";
  else if (qc_ole_has (ole, "EncryptedPackage"))
    book->fault = "locked";
  else if (!qc_ole_has (ole, name))
    book->fault = "kind";
  else if ((book->stream = qc_ole_read (ole, name)) == NULL)
    book->fault = "unreadable";
  if (book->fault == NULL && read_book (book))
    return TRUE;
  qc_sheets_fail (answer, book->fault);
  return FALSE;
}

void
qc_read_xls_book (GByteArray *answer, const guint8 *data, gsize size)
{
  g_auto (Book) book = {0};
  qc_sheets_begin (answer);
  if (!open_book (&book, answer, data, size))
    return;
  if (book.from_1904)
    qc_sheets_add (answer, "base", 1904, "", 0);
  for (guint i = 0; i < book.styles->len; i++) {
    guint id = g_array_index (book.styles, guint16, i);
    const char *code = g_hash_table_lookup (book.formats, GUINT_TO_POINTER (id));
    qc_sheets_add (answer, "style", id, code != NULL ? code : "", -1);
  }
  for (guint i = 0; i < book.sheets->len; i++) {
    const Sheet *sheet = &g_array_index (book.sheets, Sheet, i);
    qc_sheets_add (answer, "sheet", sheet->hidden, sheet->name, -1);
  }
}

/* ---- cells ---- */

typedef enum { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_FLAG, CELL_ERROR } Kind;

typedef struct {
  guint16 row, style;
  guint8 column, kind;
  guint32 order; /* the last one of a place counts */
  union {
    double number;
    guint32 value; /* of a shared text, a flag, an error; a place among the texts */
  };
} Cell;

typedef struct {
  const Book *book;
  GArray *cells;      /* (owned) Cell */
  GPtrArray *texts;   /* (owned) char*, that are not shared */
  GByteArray *hidden; /* (owned) a byte a row */
  guint awaited;      /* one more than the cell that a formula's text goes to; 0: none does */
  gboolean sorted;
  gboolean broken; /* a cell stands where none can */
} Cells;

static void
cells_clear (Cells *cells)
{
  g_clear_pointer (&cells->cells, g_array_unref);
  g_clear_pointer (&cells->texts, g_ptr_array_unref);
  g_clear_pointer (&cells->hidden, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static void
add_cell (Cells *cells, Cell cell, guint column)
{
  cells->broken = cells->broken || column > G_MAXUINT8;
  if (cells->broken || cells->cells->len >= QC_SHEETS_MAX_CELLS)
    return;
  cell.column = (guint8)column;
  cell.order = cells->cells->len;
  if (cell.order > 0 && g_array_index (cells->cells, Cell, cell.order - 1).row > cell.row)
    cells->sorted = FALSE;
  g_array_append_val (cells->cells, cell);
}

static void
add_text (Cells *cells, Cell cell, guint column, char *text)
{
  cell.kind = CELL_TEXT;
  cell.value = cells->texts->len;
  g_ptr_array_add (cells->texts, text);
  add_cell (cells, cell, column);
}

static void
add_flag_or_error (Cells *cells, Cell cell, guint column, guint8 value, gboolean error)
{
  cell.kind = error ? CELL_ERROR : CELL_FLAG;
  cell.value = value;
  add_cell (cells, cell, column);
}

/* What it came to when it was saved last. */
static void
add_formula (Cells *cells, Cell cell, guint column, QcBiffRecord *record)
{
  QcBiffRecord value = *record;
  guint8 kind = qc_biff_get8 (record);
  qc_biff_skip (record, 1);
  guint8 code = qc_biff_get8 (record);
  qc_biff_skip (record, 3);
  if (qc_biff_get16 (record) != OF_FORMULA) {
    cell.number = qc_biff_get_double (&value);
    add_cell (cells, cell, column);
  } else if (kind == 1 || kind == 2) {
    add_flag_or_error (cells, cell, column, code, kind == 2);
  } else if (kind == 0) { /* a text, in a record of its own */
    add_text (cells, cell, column, g_strdup (""));
    cells->awaited = cells->texts->len;
  }
}

static void
add_many (Cells *cells, Cell cell, guint column, QcBiffRecord *record)
{
  for (; qc_biff_left (record) >= 6 + 2; column++) {
    cell.style = qc_biff_get16 (record);
    cell.number = qc_biff_decode_rk (qc_biff_get32 (record));
    add_cell (cells, cell, column);
  }
}

static char *
dup_own_text (const Book *book, QcBiffRecord *record)
{
  guint n = qc_biff_get16 (record);
  return qc_biff_dup_text (record, n, charset_of (book));
}

static void
take_row (Cells *cells, QcBiffRecord *record)
{
  guint row = qc_biff_get16 (record);
  qc_biff_skip (record, 10);
  if (qc_biff_get16 (record) & NOT_SHOWN)
    cells->hidden->data[row] = 1;
}

static void
take_cell (Cells *cells, QcBiffRecord *record)
{
  Cell cell = {.row = qc_biff_get16 (record)};
  guint column = qc_biff_get16 (record);
  if (record->id == MANY_RK) {
    add_many (cells, cell, column, record);
    return;
  }
  cell.style = qc_biff_get16 (record);
  switch (record->id) {
  case NUMBER:
    cell.number = qc_biff_get_double (record);
    add_cell (cells, cell, column);
    return;
  case RK:
    cell.number = qc_biff_decode_rk (qc_biff_get32 (record));
    add_cell (cells, cell, column);
    return;
  case SHARED:
    cell.kind = CELL_SHARED;
    cell.value = qc_biff_get32 (record);
    add_cell (cells, cell, column);
    return;
  case FLAG_OR_ERROR:
    cell.value = qc_biff_get8 (record);
    add_flag_or_error (cells, cell, column, (guint8)cell.value, qc_biff_get8 (record) != 0);
    return;
  case TEXT:
  case RICH_TEXT:
    add_text (cells, cell, column, dup_own_text (cells->book, record));
    return;
  default:
    add_formula (cells, cell, column, record);
  }
}

static gboolean
is_cell (guint16 id)
{
  static const guint16 ids[]
      = {NUMBER, RK, MANY_RK, SHARED, FLAG_OR_ERROR, TEXT, RICH_TEXT, FORMULA, FORMULA_3, FORMULA_4};
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

static gboolean
take_of_sheet (Cells *cells, QcBiffRecord *record)
{
  if (is_cell (record->id)) {
    cells->awaited = 0;
    take_cell (cells, record);
  } else if (record->id == FORMULA_TEXT && cells->awaited > 0) {
    gpointer *text = &g_ptr_array_index (cells->texts, cells->awaited - 1);
    g_free (*text);
    *text = dup_own_text (cells->book, record);
    cells->awaited = 0;
  } else if (record->id == ROW) {
    take_row (cells, record);
  }
  return !record->is_short && !cells->broken;
}

/* A sheet may hold charts, which are sheets themselves. */
static gboolean
read_cells (Cells *cells, guint32 offset)
{
  const GByteArray *stream = cells->book->stream;
  const guint8 *limit = stream->data + stream->len;
  QcBiffRecord record;
  if (offset >= stream->len || !qc_biff_take (stream->data + offset, limit, &record) || record.id != BEGIN)
    return FALSE;
  guint depth = 1;
  for (const guint8 *p = record.next; qc_biff_take (p, limit, &record);) {
    p = record.next;
    if (record.id == BEGIN)
      depth++;
    else if (record.id == EOF_RECORD && --depth == 0)
      return TRUE;
    else if (depth == 1 && !take_of_sheet (cells, &record))
      return FALSE;
  }
  return FALSE;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *one = a, *other = b;
  if (one->row != other->row)
    return one->row < other->row ? -1 : 1;
  return one->order < other->order ? -1 : one->order > other->order;
}

/* ---- the answer ---- */

static gboolean
answer_texts (GByteArray *answer, const Book *book)
{
  QcBiffRecord record = book->texts;
  if (record.id == 0)
    return TRUE;
  qc_biff_skip (&record, 4);
  guint32 n = qc_biff_get32 (&record);
  for (guint32 i = 0; i < n && !record.is_short; i++) {
    guint length = qc_biff_get16 (&record);
    g_autofree char *text = qc_biff_dup_text (&record, length, NULL);
    if (!record.is_short && !qc_sheets_add (answer, "shared", 0, text, -1))
      return FALSE;
  }
  return TRUE; /* where some are missing, who uses one of them is missing it */
}

static gboolean
answer_cell (GByteArray *answer, const Cells *cells, const Cell *cell)
{
  char value[G_ASCII_DTOSTR_BUF_SIZE + 16];
  switch ((Kind)cell->kind) {
  case CELL_NUMBER: {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    if (!isfinite (cell->number))
      return TRUE;
    g_snprintf (value, sizeof value, "%u %s", cell->style, g_ascii_dtostr (number, sizeof number, cell->number));
    return qc_sheets_add (answer, "number", cell->column, value, -1);
  }
  case CELL_SHARED:
    g_snprintf (value, sizeof value, "%u", cell->value);
    return qc_sheets_add (answer, "string", cell->column, value, -1);
  case CELL_FLAG:
    return qc_sheets_add (answer, "flag", cell->column, cell->value != 0 ? "1" : "0", 1);
  case CELL_ERROR:
    return qc_sheets_add (answer, "error", cell->column, qc_biff_error_name ((guint8)cell->value), -1);
  case CELL_TEXT:
  default:
    return qc_sheets_add (answer, "text", cell->column, g_ptr_array_index (cells->texts, cell->value), -1);
  }
}

static gboolean
answer_rows (GByteArray *answer, const Cells *cells, guint most)
{
  guint rows = 0;
  for (guint i = 0; i < cells->cells->len; i++) {
    const Cell *cell = &g_array_index (cells->cells, Cell, i);
    if (i == 0 || cell->row != (cell - 1)->row) {
      if (rows++ == most && most > 0)
        return TRUE;
      if (!qc_sheets_add (answer, cells->hidden->data[cell->row] ? "hidden" : "row", cell->row + 1u, "", 0))
        return FALSE;
    }
    if (!answer_cell (answer, cells, cell))
      return FALSE;
  }
  return TRUE;
}

void
qc_read_xls_cells (GByteArray *answer, const guint8 *data, gsize size, guint sheet, guint most)
{
  g_auto (Book) book = {0};
  qc_sheets_begin (answer);
  if (!open_book (&book, answer, data, size))
    return;
  g_auto (Cells) cells = {
      .book = &book,
      .cells = g_array_new (FALSE, FALSE, sizeof (Cell)),
      .texts = g_ptr_array_new_with_free_func (g_free),
      .hidden = g_byte_array_new (),
      .sorted = TRUE,
  };
  g_byte_array_set_size (cells.hidden, G_MAXUINT16 + 1);
  memset (cells.hidden->data, 0, cells.hidden->len);
  if (sheet >= book.sheets->len || !read_cells (&cells, g_array_index (book.sheets, Sheet, sheet).offset)) {
    qc_sheets_fail (answer, "unreadable");
    return;
  }
  if (!cells.sorted)
    g_array_sort (cells.cells, compare_cells);
  if (!answer_texts (answer, &book) || !answer_rows (answer, &cells, most))
    qc_sheets_fail (answer, "too-large");
}
