/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-xls.h. Every record of the answer is held against what a workbook can be. Any one thread.
 */
#include "qc-xls.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qc-number.h"
#include "qc-reader.h"

#define MAGIC       "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#define MAX_SHEETS  256
#define MAX_STYLES  65536
#define MAX_ROW     65536
#define MAX_COLUMN  256
#define MAX_DECIMAL 48 /* bytes of a style and a number */

struct _QcXls {
  int fd;            /* borrowed */
  GPtrArray *sheets; /* (owned) QcSheetName */
  GByteArray *dates; /* (owned) a cell's style → whether it shows a date */
  gboolean from_1904;
};

gboolean
qc_xls_is (int fd)
{
  char first[8];
  return pread (fd, first, sizeof first, 0) == sizeof first && memcmp (first, MAGIC, sizeof first) == 0;
}

/* ---- what was not read ---- */

/* What the reader says of the file. */
static gboolean
set_failed (const QcAnswerRecord *record, GError **error)
{
  if (qc_answer_is_said (record, "locked"))
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_ENCRYPTED,
                         _ ("The file has a password. Open it in Excel or WPS, save it without one, and try again."));
  else if (qc_answer_is_said (record, "kind"))
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_KIND,
                         _ ("This is no workbook that can be read. Save it as an Excel workbook (.xlsx)."));
  else if (qc_answer_is_said (record, "too-large"))
    qc_workbook_set_full (error, QC_TABLE_BYTES);
  else
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
                         _ ("The file is damaged, or was not saved to its end. Open it in the program that made it and "
                            "save it again."));
  return FALSE;
}

/* What became of the reader itself. */
static void
set_unread (GError *fault, GError **error)
{
  if (fault->domain != QC_READER_ERROR) {
    g_propagate_error (error, fault);
    return;
  }
  QcSheetError code = fault->code == QC_READER_ERROR_LIMIT    ? QC_SHEET_ERROR_LIMIT
                      : fault->code == QC_READER_ERROR_BROKEN ? QC_SHEET_ERROR_DAMAGED
                                                              : QC_SHEET_ERROR_FILE;
  g_set_error_literal (error, QC_SHEET_ERROR, (int)code, fault->message);
  g_error_free (fault);
}

static gboolean
set_senseless (GError **error)
{
  g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                       _ ("The program that reads files gave an answer that makes no sense."));
  return FALSE;
}

static gboolean
is_text (const QcAnswerRecord *record)
{
  return memchr (record->data, '\0', record->length) == NULL
         && g_utf8_validate_len ((const char *)record->data, record->length, NULL);
}

/* ---- the workbook ---- */

static gboolean
take_of_book (const QcAnswerRecord *record, gpointer user_data, GError **error)
{
  QcXls *book = user_data;
  if (g_str_equal (record->name, "fail"))
    return set_failed (record, error);
  if (!is_text (record))
    return set_senseless (error);
  g_autofree char *text = g_strndup ((const char *)record->data, record->length);
  if (g_str_equal (record->name, "base")) {
    book->from_1904 = record->number == 1904;
  } else if (g_str_equal (record->name, "style") && book->dates->len < MAX_STYLES) {
    guint8 date = *text != '\0' ? qc_number_format_is_date (text) : qc_number_builtin_is_date (record->number);
    g_byte_array_append (book->dates, &date, 1);
  } else if (g_str_equal (record->name, "sheet") && book->sheets->len < MAX_SHEETS) {
    QcSheetName *sheet = g_new0 (QcSheetName, 1);
    sheet->name = g_steal_pointer (&text);
    sheet->hidden = record->number != 0;
    g_ptr_array_add (book->sheets, sheet);
  } else {
    return set_senseless (error);
  }
  return TRUE;
}

QcXls *
qc_xls_open (int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcXls) book = g_new0 (QcXls, 1);
  book->fd = fd;
  book->sheets = g_ptr_array_new_with_free_func (qc_sheet_name_free);
  book->dates = g_byte_array_new ();
  GError *fault = NULL;
  if (qc_reader_read_book (fd, take_of_book, book, cancellable, &fault))
    return g_steal_pointer (&book);
  set_unread (fault, error);
  return NULL;
}

void
qc_xls_close (QcXls *book)
{
  if (book == NULL)
    return;
  g_ptr_array_unref (book->sheets);
  g_byte_array_unref (book->dates);
  g_free (book);
}

const GPtrArray *
qc_xls_get_sheets (const QcXls *book)
{
  return book->sheets;
}

/* ---- cells ---- */

typedef struct {
  const QcXls *book; /* borrowed */
  QcTable *table;    /* borrowed */
  GArray *shared;    /* (owned) guint32 places */
  guint row;
} Reading;

static gboolean
take_full (QcTableFull full, GError **error)
{
  if (full != QC_TABLE_TAKEN)
    qc_workbook_set_full (error, full);
  return full == QC_TABLE_TAKEN;
}

static gboolean
take_shared (Reading *reading, const QcAnswerRecord *record, GError **error)
{
  guint32 place;
  if (reading->row > 0 || !is_text (record))
    return set_senseless (error);
  if (reading->shared->len >= QC_TABLE_MAX_CELLS)
    return take_full (QC_TABLE_CELLS, error);
  if (!qc_table_keep (reading->table, (const char *)record->data, record->length, &place))
    return take_full (QC_TABLE_BYTES, error);
  g_array_append_val (reading->shared, place);
  return TRUE;
}

static gboolean
take_row (Reading *reading, const QcAnswerRecord *record, GError **error)
{
  if (record->number <= reading->row || record->number > MAX_ROW || record->length > 0)
    return set_senseless (error);
  reading->row = record->number;
  qc_table_begin_row (reading->table, reading->row, g_str_equal (record->name, "hidden"));
  return TRUE;
}

/* A short text as a string. */
static gboolean
copy_text (const QcAnswerRecord *record, char *out)
{
  if (record->length >= MAX_DECIMAL)
    return FALSE;
  memcpy (out, record->data, record->length);
  out[record->length] = '\0';
  return TRUE;
}

/* "17 46303.5" */
static gboolean
take_number (Reading *reading, const QcAnswerRecord *record, GError **error)
{
  char text[MAX_DECIMAL], *number, *end;
  if (!copy_text (record, text))
    return set_senseless (error);
  guint64 style = g_ascii_strtoull (text, &number, 10);
  if (number == text || *number != ' ')
    return set_senseless (error);
  double value = g_ascii_strtod (number + 1, &end);
  if (end == number + 1 || *end != '\0' || !isfinite (value))
    return set_senseless (error);
  gboolean date = style < reading->book->dates->len && reading->book->dates->data[style];
  return take_full (qc_number_add (reading->table, record->number, value, date, reading->book->from_1904), error);
}

static gboolean
take_string (Reading *reading, const QcAnswerRecord *record, GError **error)
{
  char text[MAX_DECIMAL], *end;
  if (record->length == 0 || !copy_text (record, text))
    return set_senseless (error);
  guint64 index = g_ascii_strtoull (text, &end, 10);
  if (*end != '\0')
    return set_senseless (error);
  if (index >= reading->shared->len) {
    g_set_error_literal (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED,
                         _ ("Texts of the sheet are missing: the file is damaged. Save it again with Excel or WPS."));
    return FALSE;
  }
  return take_full (qc_table_add_kept (reading->table, record->number, g_array_index (reading->shared, guint32, index)),
                    error);
}

static gboolean
take_text (Reading *reading, const QcAnswerRecord *record, QcCellType type, GError **error)
{
  if (!is_text (record))
    return set_senseless (error);
  return take_full (qc_table_add (reading->table, record->number, type, (const char *)record->data, record->length),
                    error);
}

static gboolean
take_flag (Reading *reading, const QcAnswerRecord *record, GError **error)
{
  const char *flag = qc_answer_is_said (record, "1") ? "TRUE" : "FALSE";
  return take_full (qc_table_add (reading->table, record->number, QC_CELL_FLAG, flag, strlen (flag)), error);
}

static gboolean
take_of_sheet (const QcAnswerRecord *record, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  if (g_str_equal (record->name, "shared"))
    return take_shared (reading, record, error);
  if (g_str_equal (record->name, "row") || g_str_equal (record->name, "hidden"))
    return take_row (reading, record, error);
  if (g_str_equal (record->name, "fail"))
    return set_failed (record, error);
  if (reading->row == 0 || record->number >= MAX_COLUMN)
    return set_senseless (error);
  if (g_str_equal (record->name, "number"))
    return take_number (reading, record, error);
  if (g_str_equal (record->name, "string"))
    return take_string (reading, record, error);
  if (g_str_equal (record->name, "text"))
    return take_text (reading, record, QC_CELL_TEXT, error);
  if (g_str_equal (record->name, "error"))
    return take_text (reading, record, QC_CELL_ERROR, error);
  return g_str_equal (record->name, "flag") ? take_flag (reading, record, error) : set_senseless (error);
}

QcTable *
qc_xls_read (QcXls *book, guint sheet, guint most, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcTable) table = qc_table_new ();
  g_autoptr (GArray) shared = g_array_new (FALSE, FALSE, sizeof (guint32));
  Reading reading = {book, table, shared, 0};
  GError *fault = NULL;
  if (!qc_reader_read_cells (book->fd, sheet, most, take_of_sheet, &reading, cancellable, &fault)) {
    set_unread (fault, error);
    return NULL;
  }
  qc_table_end (table);
  return g_steal_pointer (&table);
}
