/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: the first byte says whether the rest is a file, or the parts of a workbook one after the other, each
 * behind a line "--- name". It is read and marked: refused with a reason, or marked so that every cell is what it was
 * and the sheet comes back byte for byte when the marks are taken out. An old workbook is read by what qingce-reader
 * reads it with, but in this process.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "fuzz.h"
#include "qc-package.h"
#include "qc-read-xls.h"
#include "qc-reader.h"
#include "qc-sheet-mark.h"
#include "qc-workbook.h"
#include "qc-xlsx.h"

#define TITLE     "检查结果"
#define MAX_MARKS 4
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum { WHOLE_FILE, PARTS };

static int
new_file (void)
{
  int fd = memfd_create ("fuzz-sheets", MFD_CLOEXEC);
  if (fd < 0)
    g_error ("no file");
  return fd;
}

/* ---- in place of a process for each old workbook ---- */

static gboolean
answer (int fd, int sheet, guint most, QcSheetsTake take, gpointer user_data, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  g_autoptr (GByteArray) said = g_byte_array_new ();
  g_auto (QcSheetsParser) parser = {.take = take, .user_data = user_data};
  const guint8 *data = (const guint8 *)g_mapped_file_get_contents (file);
  if (sheet < 0)
    qc_read_xls_book (said, data, g_mapped_file_get_length (file));
  else
    qc_read_xls_cells (said, data, g_mapped_file_get_length (file), (guint)sheet, most);
  qc_sheets_end (said);
  if (!qc_sheets_feed (&parser, said->data, said->len, error))
    return FALSE;
  return qc_sheets_finish (&parser, error);
}

gboolean
qc_reader_read_book (int fd, QcSheetsTake take, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return answer (fd, -1, 0, take, user_data, error);
}

gboolean
qc_reader_read_cells (int fd, guint sheet, guint most, QcSheetsTake take, gpointer user_data, GCancellable *cancellable,
                      GError **error)
{
  return answer (fd, (int)sheet, most, take, user_data, error);
}

/* ---- an archive of parts ---- */

static void
put (GByteArray *out, guint64 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++) {
    guint8 byte = (guint8)(value >> (8 * i));
    g_byte_array_append (out, &byte, 1);
  }
}

static void
put_part (GByteArray *out, GByteArray *directory, guint *n, const char *name, const char *bytes, gsize length)
{
  guint32 sum = (guint32)crc32 (0, (const guint8 *)bytes, (uInt)length);
  guint offset = out->len, named = (guint)strlen (name);
  for (guint central = 0; central < 2; central++) {
    GByteArray *to = central ? directory : out;
    put (to, central ? 0x02014b50 : 0x04034b50, 4);
    put (to, 20, central ? 4 : 2);
    put (to, 0, 8); /* flags, stored, time, date */
    put (to, sum, 4);
    put (to, length, 4);
    put (to, length, 4);
    put (to, named, 2);
    put (to, 0, central ? 8 : 2); /* nothing more is said of it */
    if (central) {
      put (to, 0, 4);
      put (to, offset, 4);
    }
    g_byte_array_append (to, (const guint8 *)name, named);
  }
  g_byte_array_append (out, (const guint8 *)bytes, (guint)length);
  (*n)++;
}

/* What every workbook has, unless the input has it. */
static const struct {
  const char *name, *text;
} given[] = {
    {"[Content_Types].xml",
     "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override "
     "PartName='/xl/workbook.xml' "
     "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"},
    {"_rels/.rels", "<Relationships><Relationship Id='rId1' Type='" OFFICE
                    "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
    {"xl/workbook.xml", "<workbook xmlns='urn:m' xmlns:r='" OFFICE
                        "'><sheets><sheet name='a' sheetId='1' r:id='rId1'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='rId1' Type='" OFFICE
                                   "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" OFFICE
                                   "/styles' Target='styles.xml'/><Relationship Id='rId3' Type='" OFFICE
                                   "/sharedStrings' Target='sharedStrings.xml'/></Relationships>"},
    {"xl/styles.xml",
     "<styleSheet xmlns='urn:m'><fills count='1'><fill/></fills><cellXfs count='2'><xf fillId='0'/><xf "
     "numFmtId='14'/></cellXfs></styleSheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>a</t></si><si><t>" TITLE "</t></si></sst>"},
};

static GByteArray *
make_archive (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "--- ", 64);
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;
  for (char **part = parts; *part != NULL; part++) {
    char *end = strchr (*part, '\n');
    if (end == NULL)
      continue;
    *end = '\0';
    g_hash_table_add (names, *part);
    put_part (out, directory, &n, *part, end + 1, strlen (end + 1));
  }
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (!g_hash_table_contains (names, given[i].name))
      put_part (out, directory, &n, given[i].name, given[i].text, strlen (given[i].text));
  guint offset = out->len;
  g_byte_array_append (out, directory->data, directory->len);
  put (out, 0x06054b50, 4);
  put (out, 0, 4);
  put (out, n, 2);
  put (out, n, 2);
  put (out, directory->len, 4);
  put (out, offset, 4);
  put (out, 0, 2);
  return out;
}

/* ---- what must hold ---- */

static void
assert_reason (const GError *error)
{
  if (error == NULL || error->domain != QC_SHEET_ERROR)
    g_error ("refused without a reason: %s", error != NULL ? error->message : "");
}

static gboolean
append_piece (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  g_string_append_len (user_data, bytes, (gssize)length);
  return TRUE;
}

/* The part of the first sheet. (transfer full) */
static GString *
sheet_of (int fd)
{
  g_autoptr (GError) error = NULL;
  GString *all = g_string_new (NULL);
  QcPackage *package = qc_package_open (fd, &error);
  g_autoptr (QcXlsx) book = package != NULL ? qc_xlsx_open (package, NULL, &error) : NULL;
  if (book == NULL || !qc_package_read (package, qc_xlsx_get_part (book, 0), append_piece, all, NULL, &error))
    g_error ("what was written cannot be read: %s", error->message);
  return all;
}

/* @copied: of an old workbook, whose errors are texts in the copy. */
static void
assert_same_cells (const QcTable *before, int marked, gboolean copied)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (marked, NULL, &error);
  g_autoptr (QcTable) after = workbook != NULL ? qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, &error) : NULL;
  if (after == NULL) {
    if (error->code == QC_SHEET_ERROR_LIMIT)
      return; /* a column more than is read */
    g_error ("what was marked cannot be read: %s", error->message);
  }
  for (guint i = 0, j = 0; i < qc_table_get_n_rows (before); i++) {
    while (j < qc_table_get_n_rows (after) && qc_table_get_number (after, j) < qc_table_get_number (before, i))
      j++;
    if (j == qc_table_get_n_rows (after) || qc_table_get_number (after, j) != qc_table_get_number (before, i))
      g_error ("row %u is gone", qc_table_get_number (before, i));
    for (guint column = 0; column < qc_table_get_width (before); column++) {
      QcCell old = qc_table_get_cell (before, i, column), new = qc_table_get_cell (after, j, column);
      gboolean same = old.type == new.type || (copied && old.type == QC_CELL_ERROR && new.type == QC_CELL_TEXT);
      if (!same || !g_str_equal (old.text, new.text))
        g_error ("row %u, column %u: %s is %s", qc_table_get_number (before, i), column, old.text, new.text);
    }
  }
}

static void
assert_comes_back (int fd, int marked)
{
  g_autoptr (GError) error = NULL;
  gboolean found;
  int clean = new_file ();
  if (!qc_sheet_unmark (marked, 0, 1, TITLE, clean, &found, NULL, &error))
    g_error ("marks cannot be taken out: %s", error->message);
  GString *before = sheet_of (fd), *after = sheet_of (clean);
  if (!g_string_equal (before, after))
    g_error ("the sheet does not come back:\n%s\n%s", before->str, after->str);
  g_string_free (before, TRUE);
  g_string_free (after, TRUE);
  close (clean);
}

static void
mark (int fd, const QcTable *table, QcWorkbookKind kind)
{
  g_autoptr (GError) error = NULL;
  QcSheetMark marks[MAX_MARKS];
  guint n = 0;
  for (guint i = 1; i < qc_table_get_n_rows (table) && n < MAX_MARKS; i++)
    marks[n++] = (QcSheetMark) {qc_table_get_number (table, i), (int)(i * 7 % 5) - 1, "基数 < 下限。", NULL};
  int marked = new_file (), clean = new_file ();
  QcSheetMarkHow how;
  gboolean found = FALSE, ok = qc_sheet_mark (fd, 0, 1, TITLE, marks, n, marked, &how, NULL, &error);
  if (!ok) {
    assert_reason (error);
  } else if (n > 0 && kind == QC_WORKBOOK_XLS) {
    assert_same_cells (table, marked, TRUE);
  } else if (n > 0 && kind == QC_WORKBOOK_XLSX) {
    if (!qc_sheet_unmark (fd, 0, 1, TITLE, clean, &found, NULL, &error))
      assert_reason (error);
    else if (!found) { /* of marks of an earlier time that were changed meanwhile only so much is known */
      assert_same_cells (table, marked, FALSE);
      assert_comes_back (fd, marked);
    }
  }
  close (marked);
  close (clean);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  g_autofree char *text = g_strndup ((const char *)data + 1, size - 1);
  g_autoptr (GByteArray) archive = data[0] % 2 == PARTS ? make_archive (text) : NULL;
  const guint8 *bytes = archive != NULL ? archive->data : data + 1;
  gsize length = archive != NULL ? archive->len : size - 1;
  g_autoptr (GError) error = NULL;
  int fd = new_file ();
  if (write (fd, bytes, length) != (gssize)length)
    g_error ("no room");
  QcWorkbook *workbook = qc_workbook_open (fd, NULL, &error);
  if (workbook == NULL)
    assert_reason (error);
  if (workbook != NULL && qc_workbook_get_sheets (workbook)->len > 0) {
    g_autoptr (QcTable) table = qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, &error);
    if (table == NULL)
      assert_reason (error);
    else
      mark (fd, table, qc_workbook_get_kind (workbook));
  }
  qc_workbook_close (workbook);
  close (fd);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  *out = g_str_has_suffix (name, ".parts") ? PARTS : WHOLE_FILE;
  return NULL;
}
