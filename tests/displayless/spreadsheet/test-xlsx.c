/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Workbooks as programs write them, and as nobody should: each is read right, or refused for what it is.
 */
#include "made-up.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "qc-number.h"

/* ---- cells ---- */

static void
test_cells (void)
{
  static const struct {
    const char *rows, *shared, *dump;
  } rows[] = {
      /* shared texts, rich ones joined, how they are read aloud left out */
      {"<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>",
       "<si><t>王芳</t></si><si><r><t>李</t></r><r><t xml:space='preserve'>娜 </t></r><rPh sb='0' "
       "eb='1'><t>lǐ</t></rPh></si>",
       "1: A=text:王芳 B=text:李娜 \n"},
      {"<row r='1'><c r='A1' t='inlineStr'><is><t>甲</t><rPh><t>jiǎ</t></rPh></is></c><c "
       "t='str'><f>B2</f><v>乙</v></c></row>",
       NULL, "1: A=text:甲 B=text:乙\n"},
      /* what XML cannot hold; what only looks like it, and what is half of it, stays */
      {"<row r='1'><c t='inlineStr'><is><t>王_x000D_芳_xD842__xDFB7_</t></is></c><c "
       "t='str'><v>_x005F_x000D_</v></c><c t='s'><v>0</v></c></row>",
       "<si><t>_x12_ _xD842_ _x00e9_</t></si>", "1: A=text:王\r芳𠮷 B=text:_x000D_ C=text:_x12_ _xD842_ é\n"},
      /* numbers in as few digits as they need, never an exponent */
      {"<row r='1'><c r='A1'><v>5500.1000000000004</v></c><c r='B1'><v>1.2E4</v></c><c r='C1'><v>-3</v></c>"
       "<c r='D1'><v>2.3010219900307E+17</v></c><c r='E1'><v>0.00001</v></c><c r='F1'><v>1E-3</v></c><c "
       "r='G1'><v>1E-5</v></c><c r='H1'><v>-1E-300</v></c></row>",
       NULL,
       "1: A=number:5500.1 B=number:12000 C=number:-3 D=number:230102199003070000 E=number:0.00001 F=number:0.001 "
       "G=number:0.00001 H=number:-0\n"},
      /* dates by their format; one with hours only is none, and neither is 1900-02-29 */
      {"<row r='1'><c r='A1' s='1'><v>46303</v></c><c r='B1' s='2'><v>46296.5</v></c><c r='C1' s='3'><v>46303</v></c>"
       "<c r='D1' s='4'><v>46303</v></c><c r='E1' s='1'><v>60</v></c><c r='F1' s='1'><v>59</v></c><c r='G1' "
       "s='1'><v>61</v></c>"
       "<c r='H1' t='d'><v>2026-10-08T00:00:00</v></c></row>",
       NULL,
       "1: A=date:2026-10-08 B=date:2026-10-01 C=number:46303 D=number:46303 E=number:60 F=date:1900-02-28 "
       "G=date:1900-03-01 H=date:2026-10-08\n"},
      {"<row r='1'><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c><c t='s'/><c s='4'/></row>", NULL,
       "1: A=flag:TRUE B=flag:FALSE C=error:#N/A\n"},
      /* rows and cells without their place; a blank row is none; hidden ones are told */
      {"<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row/><row r='7' "
       "hidden='1'><c><v>4</v></c></row>",
       NULL, "1: A=number:1 D=number:2 E=number:3\n7h: A=number:4\n"},
      {"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", NULL, "1048576: XFD=number:1\n"},
      {"<row r='1'><c r='A1'><v>abc</v></c><c r='B1'><v>1e999</v></c><c r='C1'><f>1/0</f></c></row>", NULL,
       "1: A=text:abc B=text:1e999\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcTable) table = made_up_read (made_up_sheet (rows[i].rows, rows[i].shared), &error);
    g_assert_no_error (error);
    g_autofree char *dump = made_up_dump (table);
    g_assert_cmpstr (dump, ==, rows[i].dump);
  }
}

static void
test_formats (void)
{
  static const struct {
    const char *format;
    gboolean date;
  } rows[] = {{"yyyy-mm-dd", TRUE},   {"yyyy\"年\"m\"月\"", TRUE},
              {"m/d/yy", TRUE},       {"[$-804]aaaa;yyyy", FALSE},
              {"General", FALSE},     {"#,##0.00", FALSE},
              {"0.00E+00", FALSE},    {"\"yyyy\"0", FALSE},
              {"[Red]0.00", FALSE},   {"[h]:ss", FALSE},
              {"\\y0", FALSE},        {"0;yyyy", FALSE},
              {"[$-F800]dddd", TRUE}, {"_d0", FALSE},
              {"\"open", FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_number_format_is_date (rows[i].format), ==, rows[i].date);
}

static void
test_dates (void)
{
  static const struct {
    double serial;
    gboolean from_1904;
    const char *date;
  } rows[] = {{1, FALSE, "1900-01-01"},
              {59, FALSE, "1900-02-28"},
              {60, FALSE, NULL},
              {61, FALSE, "1900-03-01"},
              {0, TRUE, "1904-01-01"},
              {44841, TRUE, "2026-10-08"},
              {46303.99, FALSE, "2026-10-08"},
              {2958465, FALSE, "9999-12-31"},
              {2958466, FALSE, NULL},
              {0, FALSE, NULL},
              {-1, FALSE, NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *date = qc_number_dup_date (rows[i].serial, rows[i].from_1904);
    g_assert_cmpstr (date, ==, rows[i].date);
  }
}

/* ---- parts ---- */

#define SHEET  MADE_UP_SHEET ("<row r='1'><c r='A1'><v>7</v></c></row>")
#define SEVEN  "1: A=number:7\n"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"

/* Names, relationships, prefixes and encodings in every form that is allowed or met. */
static void
test_parts (void)
{
  g_autofree char *absolute = g_strdup (made_up_book_rels);
  g_autoptr (GString) rels = g_string_new (made_up_book_rels);
  g_string_replace (rels, "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", 0);
  g_autoptr (GString) strict_rels = g_string_new (made_up_book_rels);
  g_string_replace (strict_rels, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", STRICT, 0);
  g_autoptr (GString) strict_root = g_string_new (made_up_rels);
  g_string_replace (strict_root, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", STRICT, 0);
  const MadeUpPart books[][8] = {
      {{"_rels/.rels", made_up_rels},
       {"xl/workbook.xml", made_up_book},
       {"xl/_rels/workbook.xml.rels", rels->str},
       {"xl/worksheets/sheet1.xml", SHEET}},
      {{"_rels/.rels", strict_root->str},
       {"xl/workbook.xml", made_up_book},
       {"xl/_rels/workbook.xml.rels", strict_rels->str},
       {"xl/worksheets/sheet1.xml", SHEET}},
      {{"_rels\\.rels", made_up_rels},
       {"XL\\Workbook.xml", made_up_book},
       {"XL\\_rels\\Workbook.xml.rels", made_up_book_rels},
       {"XL\\Worksheets\\Sheet1.xml", SHEET}},
      {{"[Content_Types].xml", made_up_types},
       {"xl/workbook.xml", made_up_book},
       {"xl/_rels/workbook.xml.rels", made_up_book_rels},
       {"xl/worksheets/sheet1.xml", SHEET}},
      {{"_rels/.rels", made_up_rels},
       {"xl/workbook.xml", made_up_book},
       {"xl/_rels/workbook.xml.rels", made_up_book_rels},
       {"xl/worksheets/sheet1.xml",
        "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:y='urn:other'><y:c "
        "r='B1'/>"
        "<x:sheetData><x:row r='1'><x:c r='A1'><x:v>7</x:v><y:v>8</y:v></x:c></x:row></x:sheetData></x:worksheet>"}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (books); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcTable) table = made_up_read (made_up_parts (books[i]), &error);
    g_assert_no_error (error);
    g_assert_nonnull (table);
    g_autofree char *dump = made_up_dump (table);
    g_assert_cmpstr (dump, ==, SEVEN);
  }
}

static void
test_sheets (void)
{
  int fd = made_up_parts ((const MadeUpPart[]) {
      {"_rels/.rels", made_up_rels},
      {"xl/workbook.xml",
       "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
       "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><workbookPr "
       "date1904='true'/><sheets>"
       "<sheet name='图' sheetId='1' r:id='c'/><sheet name='说明' sheetId='2' state='hidden' r:id='a'/>"
       "<sheet name='清册' sheetId='3' r:id='b'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
       "<Relationship Id='c' Type='http://x/chartsheet' Target='c.xml'/>"
       "<Relationship Id='b' Type='http://x/worksheet' Target='b.xml'/>"
       "<Relationship Id='a' Type='http://x/worksheet' Target='a.xml'/></Relationships>"},
      {"xl/a.xml", MADE_UP_SHEET ("")},
      {"xl/b.xml", SHEET},
      {NULL, NULL}});
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_assert_no_error (error);
  const GPtrArray *sheets = qc_workbook_get_sheets (workbook);
  g_assert_cmpuint (sheets->len, ==, 2);
  const QcSheetName *first = g_ptr_array_index (sheets, 0), *second = g_ptr_array_index (sheets, 1);
  g_assert_cmpstr (first->name, ==, "说明");
  g_assert_true (first->hidden);
  g_assert_cmpstr (second->name, ==, "清册");
  g_assert_false (second->hidden);
  g_autoptr (QcTable) table = qc_workbook_read (workbook, 1, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *dump = made_up_dump (table);
  g_assert_cmpstr (dump, ==, SEVEN);
  close (fd);
}

/* ---- what is refused ---- */

static void
test_refused_cells (void)
{
  static const struct {
    const char *rows, *shared;
    int code;
  } rows[] = {
      {"<row r='2'><c><v>1</v></c></row><row r='1'><c><v>1</v></c></row>", NULL, QC_SHEET_ERROR_DAMAGED},
      {"<row r='2'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>", NULL, QC_SHEET_ERROR_DAMAGED},
      {"<row r='1048577'><c><v>1</v></c></row>", NULL, QC_SHEET_ERROR_DAMAGED},
      {"<row r='1'><c r='XFE1'><v>1</v></c></row>", NULL, QC_SHEET_ERROR_LIMIT},
      {"<row r='1'><c r='A1' t='s'><v>1</v></c></row>", "<si><t>a</t></si>", QC_SHEET_ERROR_DAMAGED},
      {"<row r='1'><c r='A1' t='s'><v>0</v></c></row>", NULL, QC_SHEET_ERROR_DAMAGED},
      {"<row r='1'><c r='A1'><v>1</row>", NULL, QC_SHEET_ERROR_DAMAGED},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    made_up_assert_refused (made_up_sheet (rows[i].rows, rows[i].shared), rows[i].code);
}

static void
test_refused_parts (void)
{
  static const char entity[] = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>" SHEET;
  const struct {
    MadeUpPart parts[6];
    int code;
  } rows[] = {
      {{{"_rels/.rels", made_up_rels},
        {"xl/workbook.xml", made_up_book},
        {"xl/_rels/workbook.xml.rels", made_up_book_rels},
        {"xl/worksheets/sheet1.xml", entity}},
       QC_SHEET_ERROR_HOSTILE},
      {{{"_rels/.rels", made_up_rels}, {"../workbook.xml", made_up_book}}, QC_SHEET_ERROR_HOSTILE},
      {{{"xl/a.xml", "<a/>"}, {"XL\\A.XML", "<a/>"}}, QC_SHEET_ERROR_HOSTILE},
      {{{"word/document.xml", "<a/>"}}, QC_SHEET_ERROR_KIND},
      {{{"_rels/.rels", made_up_rels}, {"xl/workbook.xml", "<workbook"}}, QC_SHEET_ERROR_DAMAGED},
      {{{"_rels/.rels", made_up_rels}, {"xl/workbook.xml", ""}}, QC_SHEET_ERROR_DAMAGED},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    made_up_assert_refused (made_up_parts (rows[i].parts), rows[i].code);
}

/* Every prefix of a workbook is refused, without anything taken. */
static void
test_truncated (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  for (int i = 1; i <= 400; i++)
    g_string_append_printf (many, "<row r='%d'><c><v>%d</v></c><c t='inlineStr'><is><t>%x</t></is></c></row>", i,
                            i * 7919, g_str_hash (many->str));
  int fd = made_up_sheet (many->str, NULL);
  char bytes[65536];
  gssize length = read (fd, bytes, sizeof bytes);
  g_assert_cmpint (length, >, 4096);
  g_assert_cmpint (length, <, (gssize)sizeof bytes);
  close (fd);
  for (gssize cut = 64; cut < length; cut += 64) {
    g_autoptr (GError) error = NULL;
    g_assert_null (made_up_read (made_up_bytes (bytes, (gsize)cut), &error));
    g_assert_nonnull (error);
  }
}

static void
test_head_only (void)
{
  made_up_assert_refused (made_up_bytes ("PK\3\4 and nothing more", 20), QC_SHEET_ERROR_DAMAGED);
}

/* A part of more than is inflated, from a small file: refused long before it is all there. */
static void
test_bomb (void)
{
  gsize length = 600 * 1024 * 1024;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("qingce-bomb-XXXXXX", &path, NULL);
  close (fd);
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  const MadeUpPart parts[] = {{"_rels/.rels", made_up_rels},
                              {"xl/workbook.xml", made_up_book},
                              {"xl/_rels/workbook.xml.rels", made_up_book_rels}};
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    zip_file_add (zip, parts[i].name, zip_source_buffer (zip, parts[i].bytes, strlen (parts[i].bytes), 0), 0);
  g_autofree char *sheet = g_malloc (length);
  memset (sheet, ' ', length);
  memcpy (sheet, "<a>", 3);
  memcpy (sheet + length - 4, "</a>", 4);
  zip_file_add (zip, "xl/worksheets/sheet1.xml", zip_source_buffer (zip, sheet, length, 0), 0);
  g_assert_cmpint (zip_close (zip), ==, 0);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  g_unlink (path);
  g_clear_pointer (&sheet, g_free);
  made_up_assert_refused (fd, QC_SHEET_ERROR_LIMIT);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = made_up_sheet ("<row><c><v>1</v></c></row>", NULL);
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (qc_workbook_read (workbook, 0, 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spreadsheet/xlsx/cells", test_cells);
  g_test_add_func ("/spreadsheet/xlsx/formats", test_formats);
  g_test_add_func ("/spreadsheet/xlsx/dates", test_dates);
  g_test_add_func ("/spreadsheet/xlsx/parts", test_parts);
  g_test_add_func ("/spreadsheet/xlsx/sheets", test_sheets);
  g_test_add_func ("/spreadsheet/xlsx/refused-cells", test_refused_cells);
  g_test_add_func ("/spreadsheet/xlsx/refused-parts", test_refused_parts);
  g_test_add_func ("/spreadsheet/xlsx/truncated", test_truncated);
  g_test_add_func ("/spreadsheet/xlsx/head-only", test_head_only);
  g_test_add_func ("/spreadsheet/xlsx/bomb", test_bomb);
  g_test_add_func ("/spreadsheet/xlsx/cancelled", test_cancelled);
  return g_test_run ();
}
