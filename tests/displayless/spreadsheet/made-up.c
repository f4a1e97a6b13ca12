/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See made-up.h.
 */
#include "made-up.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define MAIN   "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELS   "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

const char made_up_types[]
    = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
      "<Default Extension='xml' ContentType='application/xml'/>"
      "<Override PartName='/xl/workbook.xml' "
      "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";
const char made_up_rels[] = "<Relationships xmlns='" RELS "'><Relationship Id='rId1' Type='" OFFICE
                            "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
const char made_up_book[] = "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='清册' sheetId='1' "
                            "r:id='rId1'/></sheets></workbook>";
const char made_up_book_rels[]
    = "<Relationships xmlns='" RELS "'><Relationship Id='rId1' Type='" OFFICE "/worksheet' "
      "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" OFFICE "/styles' Target='styles.xml'/>"
      "<Relationship Id='rId3' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/></Relationships>";
/* 0 general, 1 a date of Excel's own, 2 yyyy年m月, 3 hours, 4 #,##0.00 */
const char made_up_styles[]
    = "<styleSheet xmlns='" MAIN
      "'><numFmts count='2'><numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/>"
      "<numFmt numFmtId='165' formatCode='[h]'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
      "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='4'/></cellXfs>"
      "</styleSheet>";

/* Opened again, so that it is only read; its name is gone. */
static int
reopen (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_unlink (path);
  return fd;
}

static char *
new_path (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("qingce-sheet-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  return g_steal_pointer (&path);
}

int
made_up_bytes (const char *bytes, gsize length)
{
  g_autofree char *path = new_path ();
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  return reopen (path);
}

int
made_up_parts (const MadeUpPart *parts)
{
  g_autofree char *path = new_path ();
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  g_assert_nonnull (zip);
  for (; parts->name != NULL; parts++) {
    zip_source_t *source
        = zip_source_buffer (zip, parts->bytes, parts->length > 0 ? parts->length : strlen (parts->bytes), 0);
    g_assert_cmpint (zip_file_add (zip, parts->name, source, ZIP_FL_ENC_UTF_8), >=, 0);
  }
  g_assert_cmpint (zip_close (zip), ==, 0);
  return reopen (path);
}

int
made_up_sheet (const char *rows, const char *shared)
{
  g_autofree char *sheet = g_strdup_printf (MADE_UP_SHEET ("%s"), rows);
  g_autofree char *texts = g_strdup_printf ("<sst xmlns='" MAIN "'>%s</sst>", shared != NULL ? shared : "");
  return made_up_parts ((const MadeUpPart[]) {{"[Content_Types].xml", made_up_types},
                                              {"_rels/.rels", made_up_rels},
                                              {"xl/workbook.xml", made_up_book},
                                              {"xl/_rels/workbook.xml.rels", made_up_book_rels},
                                              {"xl/styles.xml", made_up_styles},
                                              {"xl/worksheets/sheet1.xml", sheet},
                                              {shared != NULL ? "xl/sharedStrings.xml" : NULL, texts},
                                              {NULL, NULL}});
}

QcTable *
made_up_read (int fd, GError **error)
{
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, error);
  QcTable *table = NULL;
  if (workbook != NULL && qc_workbook_get_sheets (workbook)->len > 0)
    table = qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, error);
  g_clear_pointer (&workbook, qc_workbook_close);
  close (fd);
  return table;
}

char *
made_up_dump (const QcTable *table)
{
  static const char *const types[] = {"none", "text", "number", "date", "flag", "error"};
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < qc_table_get_n_rows (table); i++) {
    g_string_append_printf (out, "%u%s:", qc_table_get_number (table, i), qc_table_is_hidden (table, i) ? "h" : "");
    for (guint column = 0; column < qc_table_get_width (table); column++) {
      QcCell cell = qc_table_get_cell (table, i, column);
      g_autofree char *name = qc_table_dup_column_name (column);
      if (cell.type != QC_CELL_NONE)
        g_string_append_printf (out, " %s=%s:%s", name, types[cell.type], cell.text);
    }
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

void
made_up_assert_refused (int fd, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (made_up_read (fd, &error));
  g_assert_error (error, QC_SHEET_ERROR, code);
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), >, 10);
}
