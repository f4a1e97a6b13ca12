/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-xlsx.h. One pass of expat over each part; nothing is kept but texts and places. Any one thread.
 */
#include "qc-xlsx.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "qc-number.h"

#define DIGITS      15 /* that count in a double */
#define MAX_COLUMN  16384
#define MAX_ROW     1048576
#define MAX_FORMATS 65536

struct _QcXlsx {
  QcPackage *package; /* (owned) */
  GPtrArray *sheets;  /* (owned) QcSheetName */
  GPtrArray *parts;   /* (owned) char*, beside them */
  char *texts_part;   /* (owned) (nullable) shared strings */
  GByteArray *dates;  /* (owned) a cell's style → whether it shows a date */
  gboolean from_1904;
};

static void
nothing_end (gpointer user_data, const char *name)
{
}

/* ---- styles ---- */

typedef struct {
  QcXlsx *book;        /* borrowed */
  GHashTable *formats; /* (owned) id → whether it is a date */
  gboolean in_cells;
} Styles;

static void
style_start (gpointer user_data, const char *name, const char **attributes)
{
  Styles *styles = user_data;
  const char *id = qc_package_attribute (attributes, "numFmtId");
  guint number = id != NULL ? (guint)g_ascii_strtoull (id, NULL, 10) : 0;
  if (g_str_equal (name, "cellXfs")) {
    styles->in_cells = TRUE;
  } else if (g_str_equal (name, "numFmt")) {
    const char *code = qc_package_attribute (attributes, "formatCode");
    if (code != NULL && g_hash_table_size (styles->formats) < MAX_FORMATS)
      g_hash_table_insert (styles->formats, GUINT_TO_POINTER (number),
                           GINT_TO_POINTER (qc_number_format_is_date (code) + 1));
  } else if (styles->in_cells && g_str_equal (name, "xf") && styles->book->dates->len < MAX_FORMATS) {
    gpointer own = g_hash_table_lookup (styles->formats, GUINT_TO_POINTER (number));
    guint8 date = own != NULL ? GPOINTER_TO_INT (own) == 2 : qc_number_builtin_is_date (number);
    g_byte_array_append (styles->book->dates, &date, 1);
  }
}

static void
style_end (gpointer user_data, const char *name)
{
  if (g_str_equal (name, "cellXfs"))
    ((Styles *)user_data)->in_cells = FALSE;
}

static gboolean
read_styles (QcXlsx *book, const char *part, GCancellable *cancellable, GError **error)
{
  static const QcPackageHandlers handlers = {style_start, style_end, NULL};
  Styles styles = {book, g_hash_table_new (NULL, NULL), FALSE};
  gboolean ok = qc_package_parse (book->package, part, &handlers, &styles, NULL, cancellable, error);
  g_hash_table_unref (styles.formats);
  return ok;
}

/* ---- the workbook ---- */

typedef struct {
  QcXlsx *book;   /* borrowed */
  GPtrArray *ids; /* (owned) char*, of the relationship of each sheet */
} Book;

static void
book_start (gpointer user_data, const char *name, const char **attributes)
{
  Book *reading = user_data;
  if (g_str_equal (name, "workbookPr")) {
    const char *base = qc_package_attribute (attributes, "date1904");
    reading->book->from_1904 = base != NULL && (g_str_equal (base, "1") || g_str_equal (base, "true"));
  } else if (g_str_equal (name, "sheet") && reading->ids->len < QC_PACKAGE_MAX_ENTRIES) {
    const char *id = NULL;
    for (const char **a = attributes; *a != NULL; a += 2) /* r:id, beside which an id of its own may stand */
      if (g_str_has_suffix (a[0], ":id"))
        id = a[1];
    const char *state = qc_package_attribute (attributes, "state"), *title = qc_package_attribute (attributes, "name");
    QcSheetName *sheet = g_new0 (QcSheetName, 1);
    sheet->name = g_strdup (title != NULL ? title : "");
    sheet->hidden = state != NULL && !g_str_equal (state, "visible");
    g_ptr_array_add (reading->book->sheets, sheet);
    g_ptr_array_add (reading->ids, g_strdup (id != NULL ? id : ""));
  }
}

/* Sheets of charts and macros hold no cells: they are not among the sheets. */
static gboolean
find_sheets (QcXlsx *book, const char *part, const GPtrArray *ids, GError **error)
{
  for (guint i = 0, kept = 0; i < ids->len; i++) {
    GError *fault = NULL;
    char *its = qc_package_dup_related (book->package, part, "/worksheet", g_ptr_array_index (ids, i), &fault);
    if (fault != NULL) {
      g_propagate_error (error, fault);
      return FALSE;
    }
    if (its == NULL) {
      g_ptr_array_remove_index (book->sheets, kept);
      continue;
    }
    g_ptr_array_add (book->parts, its);
    kept++;
  }
  return TRUE;
}

static gboolean
read_book (QcXlsx *book, const char *part, GCancellable *cancellable, GError **error)
{
  static const QcPackageHandlers handlers = {book_start, nothing_end, NULL};
  Book reading = {book, g_ptr_array_new_with_free_func (g_free)};
  GError *fault = NULL;
  gboolean ok = qc_package_parse (book->package, part, &handlers, &reading, NULL, cancellable, &fault)
                && find_sheets (book, part, reading.ids, &fault);
  g_ptr_array_unref (reading.ids);
  g_autofree char *styles = ok ? qc_package_dup_related (book->package, part, "/styles", NULL, &fault) : NULL;
  book->texts_part
      = fault == NULL ? qc_package_dup_related (book->package, part, "/sharedStrings", NULL, &fault) : NULL;
  if (fault == NULL && book->texts_part == NULL)
    book->texts_part = qc_package_dup_typed (book->package, "sharedStrings+xml", &fault);
  if (fault == NULL && styles != NULL)
    read_styles (book, styles, cancellable, &fault);
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, fault);
  return FALSE;
}

QcXlsx *
qc_xlsx_open (QcPackage *package, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcXlsx) book = g_new0 (QcXlsx, 1);
  book->package = package;
  book->sheets = g_ptr_array_new_with_free_func (qc_sheet_name_free);
  book->parts = g_ptr_array_new_with_free_func (g_free);
  book->dates = g_byte_array_new ();
  GError *fault = NULL;
  g_autofree char *part = qc_package_dup_related (package, "", "/officeDocument", NULL, &fault);
  if (part == NULL && fault == NULL)
    part = qc_package_dup_typed (package, "sheet.main+xml", &fault);
  if (fault != NULL) {
    g_propagate_error (error, fault);
    return NULL;
  }
  if (part == NULL || !g_str_has_suffix (part, "l")) { /* .xlsb has its parts in another form */
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_KIND,
                         _ ("This is no workbook that can be read. Save it as an Excel workbook (.xlsx)."));
    return NULL;
  }
  return read_book (book, part, cancellable, error) ? g_steal_pointer (&book) : NULL;
}

void
qc_xlsx_close (QcXlsx *book)
{
  if (book == NULL)
    return;
  qc_package_close (book->package);
  g_ptr_array_unref (book->sheets);
  g_ptr_array_unref (book->parts);
  g_byte_array_unref (book->dates);
  g_free (book->texts_part);
  g_free (book);
}

const GPtrArray *
qc_xlsx_get_sheets (const QcXlsx *book)
{
  return book->sheets;
}

const char *
qc_xlsx_get_part (const QcXlsx *book, guint sheet)
{
  return g_ptr_array_index (book->parts, sheet);
}

/* ---- cells ---- */

/* A text as it comes in pieces; beyond what a cell keeps only its length counts. */
typedef struct {
  char bytes[QC_TABLE_MAX_CELL + 1];
  gsize length;
} Text;

static void
text_append (Text *text, const char *piece, gsize length)
{
  gsize room = sizeof text->bytes - text->length;
  memcpy (text->bytes + text->length, piece, MIN (room, length));
  text->length += MIN (room, length);
}

/* The unit that "_x000D_" at @p stands for; 0: none. */
static gunichar
escaped_unit (const char *p, const char *end)
{
  gunichar unit = 0;
  if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
    return 0;
  for (guint i = 2; i < 6; i++) {
    if (!g_ascii_isxdigit (p[i]))
      return 0;
    unit = unit * 16 + (gunichar)g_ascii_xdigit_value (p[i]);
  }
  return unit;
}

/* Undoes how characters are written that XML cannot hold, or that would look like one of these: _x000D_, _x005F_. */
static void
text_unescape (Text *text)
{
  const char *p = text->bytes, *end = p + MIN (text->length, sizeof text->bytes);
  if (memmem (p, (gsize)(end - p), "_x", 2) == NULL)
    return;
  char *out = text->bytes;
  while (p < end) {
    gunichar c = escaped_unit (p, end), low = c >= 0xd800 && c < 0xdc00 ? escaped_unit (p + 7, end) : 0;
    gboolean pair = low >= 0xdc00 && low < 0xe000;
    if (c == 0 || (c >= 0xd800 && c < 0xe000 && !pair)) {
      *out++ = *p++;
      continue;
    }
    out += g_unichar_to_utf8 (pair ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : c, out);
    p += pair ? 14 : 7;
  }
  text->length = (gsize)(out - text->bytes);
}

typedef enum {
  CELL_NUMBER,
  CELL_SHARED,
  CELL_TEXT, /* in its place, or of a formula */
  CELL_FLAG,
  CELL_ERROR,
  CELL_DATE,
} Kind;

typedef struct {
  QcXlsx *book;     /* borrowed */
  QcTable *table;   /* borrowed */
  GArray *shared;   /* (owned) guint32 places */
  Text text;        /* of the element that is read */
  gboolean listens; /* characters belong to it */
  guint phonetic;   /* inside so many rPh: how a text is read aloud is no part of it */
  guint32 row, column;
  gboolean hidden, in_cell;
  Kind kind;
  guint style;
  guint most;
  gboolean enough;
  GError *fault;
  QcWorkbookProgress progress;
  gpointer user_data;
} Reading;

static void
fail_full (Reading *reading, QcTableFull full)
{
  if (full != QC_TABLE_TAKEN && reading->fault == NULL)
    qc_workbook_set_full (&reading->fault, full);
}

static void
characters (gpointer user_data, const char *text, int length)
{
  Reading *reading = user_data;
  if (reading->listens && reading->phonetic == 0)
    text_append (&reading->text, text, (gsize)length);
}

static void
shared_start (gpointer user_data, const char *name, const char **attributes)
{
  Reading *reading = user_data;
  if (g_str_equal (name, "si"))
    reading->text.length = 0;
  else if (g_str_equal (name, "rPh"))
    reading->phonetic++;
  else if (g_str_equal (name, "t"))
    reading->listens = TRUE;
}

static void
shared_end (gpointer user_data, const char *name)
{
  Reading *reading = user_data;
  if (g_str_equal (name, "t")) {
    reading->listens = FALSE;
  } else if (g_str_equal (name, "rPh")) {
    reading->phonetic -= reading->phonetic > 0;
  } else if (g_str_equal (name, "si")) {
    guint32 place;
    text_unescape (&reading->text);
    if (reading->shared->len >= QC_TABLE_MAX_CELLS)
      fail_full (reading, QC_TABLE_CELLS);
    else if (!qc_table_keep (reading->table, reading->text.bytes, reading->text.length, &place))
      fail_full (reading, QC_TABLE_BYTES);
    else
      g_array_append_val (reading->shared, place);
  }
}

/* "AB12" → column 27; G_MAXUINT32 for what is no such place. The row in it is not looked at: the row's element says it.
 */
static guint32
column_of (const char *place)
{
  guint32 column = 0;
  const char *p = place;
  for (; g_ascii_isalpha (*p) && column <= MAX_COLUMN; p++)
    column = column * 26 + (guint32)(g_ascii_toupper (*p) - 'A' + 1);
  return p > place && column <= MAX_COLUMN ? column - 1 : G_MAXUINT32;
}

static Kind
kind_of (const char *type)
{
  static const struct {
    const char *type;
    Kind kind;
  } kinds[] = {{"s", CELL_SHARED}, {"inlineStr", CELL_TEXT}, {"str", CELL_TEXT},
               {"b", CELL_FLAG},   {"e", CELL_ERROR},        {"d", CELL_DATE}};
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (type, kinds[i].type))
      return kinds[i].kind;
  return CELL_NUMBER;
}

static void
begin_row (Reading *reading, const char **attributes)
{
  const char *number = NULL, *hidden = NULL;
  for (const char **a = attributes; *a != NULL; a += 2)
    if (g_str_equal (a[0], "r"))
      number = a[1];
    else if (g_str_equal (a[0], "hidden"))
      hidden = a[1];
  guint64 row = number != NULL ? g_ascii_strtoull (number, NULL, 10) : (guint64)reading->row + 1;
  if (row <= reading->row || row > MAX_ROW) { /* rows come in order, each once */
    g_set_error_literal (&reading->fault, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
                         _ ("The rows of the sheet are not in order: the file is damaged. Save it again with Excel or "
                            "WPS."));
    return;
  }
  if (reading->most > 0 && qc_table_get_n_rows (reading->table) >= reading->most)
    reading->enough = TRUE;
  reading->row = (guint32)row;
  reading->column = G_MAXUINT32; /* the next one is A */
  qc_table_begin_row (reading->table, reading->row,
                      hidden != NULL && (g_str_equal (hidden, "1") || g_str_equal (hidden, "true")));
}

static void
begin_cell (Reading *reading, const char **attributes)
{
  const char *place = NULL, *type = NULL, *style = NULL;
  for (const char **a = attributes; *a != NULL; a += 2)
    if (a[0][1] == '\0') {
      if (a[0][0] == 'r')
        place = a[1];
      else if (a[0][0] == 't')
        type = a[1];
      else if (a[0][0] == 's')
        style = a[1];
    }
  guint32 column = place != NULL ? column_of (place) : reading->column + 1;
  if (column >= MAX_COLUMN) {
    fail_full (reading, QC_TABLE_COLUMNS);
    return;
  }
  reading->column = column;
  reading->kind = kind_of (type);
  reading->style = style != NULL ? (guint)strtoul (style, NULL, 10) : 0;
  reading->text.length = 0;
  reading->in_cell = TRUE;
}

static void
sheet_start (gpointer user_data, const char *name, const char **attributes)
{
  Reading *reading = user_data;
  if (reading->enough)
    return;
  if (name[0] == 'c' && name[1] == '\0') {
    begin_cell (reading, attributes);
  } else if (reading->in_cell && (name[0] == 'v' || name[0] == 't') && name[1] == '\0') {
    reading->listens = TRUE;
  } else if (g_str_equal (name, "row")) {
    begin_row (reading, attributes);
  } else if (g_str_equal (name, "rPh")) {
    reading->phonetic++;
  }
}

/* What is short and plain is taken as it stands. */
static void
add_number (Reading *reading)
{
  Text *text = &reading->text;
  gboolean plain = text->length <= DIGITS + 1;
  for (gsize i = 0; plain && i < text->length; i++)
    plain = g_ascii_isdigit (text->bytes[i]) || text->bytes[i] == '.' || (i == 0 && text->bytes[i] == '-');
  gboolean date = reading->style < reading->book->dates->len && reading->book->dates->data[reading->style];
  if (plain && !date) {
    fail_full (reading, qc_table_add (reading->table, reading->column, QC_CELL_NUMBER, text->bytes, text->length));
    return;
  }
  text->bytes[MIN (text->length, sizeof text->bytes - 1)] = '\0';
  char *end;
  double value = g_ascii_strtod (text->bytes, &end);
  if (end == text->bytes || *end != '\0' || !isfinite (value)) {
    fail_full (reading, qc_table_add (reading->table, reading->column, QC_CELL_TEXT, text->bytes, text->length));
    return;
  }
  fail_full (reading, qc_number_add (reading->table, reading->column, value, date, reading->book->from_1904));
}

/* "2026-10-08T00:00:00" */
static void
add_iso_date (Reading *reading)
{
  const Text *text = &reading->text;
  const char *time = memchr (text->bytes, 'T', text->length);
  gsize length = time != NULL ? (gsize)(time - text->bytes) : text->length;
  fail_full (reading, qc_table_add (reading->table, reading->column, QC_CELL_DATE, text->bytes, length));
}

static void
add_shared (Reading *reading)
{
  Text *text = &reading->text;
  text->bytes[MIN (text->length, sizeof text->bytes - 1)] = '\0';
  char *end;
  guint64 index = g_ascii_strtoull (text->bytes, &end, 10);
  if (text->length == 0)
    return;
  if (end == text->bytes || index >= reading->shared->len) {
    if (reading->fault == NULL)
      g_set_error_literal (&reading->fault, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
                           _ ("Texts of the sheet are missing: the file is damaged. Save it again with Excel or WPS."));
    return;
  }
  fail_full (reading,
             qc_table_add_kept (reading->table, reading->column, g_array_index (reading->shared, guint32, index)));
}

static void
end_cell (Reading *reading)
{
  const Text *text = &reading->text;
  reading->in_cell = FALSE;
  if (reading->kind == CELL_TEXT)
    text_unescape (&reading->text);
  if (text->length == 0)
    return;
  switch (reading->kind) {
  case CELL_SHARED:
    add_shared (reading);
    break;
  case CELL_FLAG:
    fail_full (reading, qc_table_add (reading->table, reading->column, QC_CELL_FLAG,
                                      text->bytes[0] == '1' || text->bytes[0] == 't' ? "TRUE" : "FALSE",
                                      text->bytes[0] == '1' || text->bytes[0] == 't' ? 4 : 5));
    break;
  case CELL_DATE:
    add_iso_date (reading);
    break;
  case CELL_NUMBER:
    add_number (reading);
    break;
  case CELL_TEXT:
  case CELL_ERROR:
  default:
    fail_full (reading,
               qc_table_add (reading->table, reading->column,
                             reading->kind == CELL_ERROR ? QC_CELL_ERROR : QC_CELL_TEXT, text->bytes, text->length));
  }
}

static void
sheet_end (gpointer user_data, const char *name)
{
  Reading *reading = user_data;
  if (reading->enough)
    return;
  if (name[1] == '\0' && (name[0] == 'v' || name[0] == 't'))
    reading->listens = FALSE;
  else if (name[0] == 'c' && name[1] == '\0' && reading->in_cell)
    end_cell (reading);
  else if (g_str_equal (name, "rPh"))
    reading->phonetic -= reading->phonetic > 0;
  else if (g_str_equal (name, "row") && reading->progress != NULL && reading->row % 256 == 0)
    reading->progress (qc_package_get_progress (reading->book->package), reading->user_data);
}

QcTable *
qc_xlsx_read (QcXlsx *book, guint sheet, guint most, QcWorkbookProgress progress, gpointer user_data,
              GCancellable *cancellable, GError **error)
{
  static const QcPackageHandlers shared = {shared_start, shared_end, characters};
  static const QcPackageHandlers cells = {sheet_start, sheet_end, characters};
  g_autoptr (QcTable) table = qc_table_new ();
  Reading *reading = g_new0 (Reading, 1);
  reading->book = book;
  reading->table = table;
  reading->shared = g_array_new (FALSE, FALSE, sizeof (guint32));
  reading->most = most;
  reading->progress = progress;
  reading->user_data = user_data;
  gboolean ok
      = (book->texts_part == NULL
         || qc_package_parse (book->package, book->texts_part, &shared, reading, &reading->fault, cancellable, error))
        && qc_package_parse (book->package, qc_xlsx_get_part (book, sheet), &cells, reading, &reading->fault,
                             cancellable, error);
  g_array_unref (reading->shared);
  g_clear_error (&reading->fault);
  g_free (reading);
  if (!ok)
    return NULL;
  qc_table_end (table);
  return g_steal_pointer (&table);
}
