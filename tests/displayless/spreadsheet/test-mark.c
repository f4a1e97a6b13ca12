/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Marks in workbooks and texts: what comes in, that nothing else changes, and that taking them out gives back what was
 * there, byte for byte.
 */
#include "made-up.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../prove.h"
#include "qc-package.h"
#include "qc-sheet-mark.h"

#define MAIN  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define HEAD  "<worksheet xmlns='" MAIN "'>"
#define TITLE "检查结果"
#define SHEET "xl/worksheets/sheet1.xml"
#define WHY(place, style, text) \
  "<c r=\"" place "\" s=\"" style "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" text "</t></is></c>"
#define COL(n) "<col min=\"" n "\" max=\"" n "\" width=\"60.7109375\" customWidth=\"1\"/>"

/* 0 as it comes, 1 text, 2 two digits on yellow; like 1 but for the fill: 3 */
static const char styles[]
    = "<styleSheet xmlns='" MAIN "'><fonts count='1'><font/></fonts><fills count='3'><fill><patternFill "
      "patternType='none'/></fill><fill><patternFill patternType='gray125'/></fill><fill><patternFill "
      "patternType='solid'><fgColor rgb='FFFFFF00'/></patternFill></fill></fills><borders count='1'><border/></borders>"
      "<cellStyleXfs><xf fillId='0'/></cellStyleXfs><cellXfs count='4'><xf numFmtId='0' fillId='0'/><xf numFmtId='49' "
      "fillId='0'><alignment horizontal='left'/></xf><xf numFmtId='4' fillId='2' applyFill='1'/><xf fillId='2' "
      "numFmtId='49'><alignment horizontal='left'/></xf></cellXfs></styleSheet>";

static const QcSheetMark both[] = {{2, 1, "基数低于下限。", "王芳"}, {3, -1, "已调出。", NULL}};

static int
new_file (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("qingce-mark-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_unlink (path);
  return fd;
}

/* A workbook of this sheet; @book (nullable) instead of what a workbook says. */
static int
new_book (const char *sheet, const char *book, const char *shared)
{
  return made_up_parts ((const MadeUpPart[]) {{"[Content_Types].xml", made_up_types},
                                              {"_rels/.rels", made_up_rels},
                                              {"docProps/app.xml", "<Properties/>"},
                                              {"xl/workbook.xml", book != NULL ? book : made_up_book},
                                              {"xl/_rels/workbook.xml.rels", made_up_book_rels},
                                              {SHEET, sheet},
                                              {"xl/styles.xml", styles},
                                              {"xl/sharedStrings.xml", shared != NULL ? shared : "<sst/>"},
                                              {NULL, NULL}});
}

static gboolean
append_piece (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  g_string_append_len (user_data, bytes, (gssize)length);
  return TRUE;
}

static char *
part_of (int fd, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPackage) package = qc_package_open (fd, &error);
  GString *all = g_string_new (NULL);
  g_assert_no_error (error);
  qc_package_read (package, part, append_piece, all, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (all, FALSE);
}

static char *
dump_of (int fd, guint sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcTable) table = qc_workbook_read (workbook, sheet, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return made_up_dump (table);
}

static int
mark (int fd, guint header, const QcSheetMark *marks, guint n, QcSheetMarkHow how)
{
  g_autoptr (GError) error = NULL;
  QcSheetMarkHow done;
  int out = new_file ();
  qc_sheet_mark (fd, 0, header, TITLE, marks, n, out, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, how);
  return out;
}

static int
unmark (int fd, guint header, gboolean found)
{
  g_autoptr (GError) error = NULL;
  gboolean done;
  int out = new_file ();
  qc_sheet_unmark (fd, 0, header, TITLE, out, &done, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, found);
  return out;
}

static void
assert_same_part (int fd, int other, const char *part)
{
  g_autofree char *one = part_of (fd, part), *two = part_of (other, part);
  g_assert_cmpstr (one, ==, two);
}

static void
assert_others_same (int fd, int other)
{
  static const char *const parts[]
      = {"[content_types].xml",        "_rels/.rels",         "docprops/app.xml", "xl/workbook.xml",
         "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"};
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_same_part (fd, other, parts[i]);
}

/* ---- in the sheet ---- */

static void
test_in_sheet (void)
{
  static const struct {
    const char *before, *after;
  } rows[] = {
      /* an own format, named or not; a row of one tag; what the row says of its cells; the dimension */
      {HEAD "<dimension ref=\"A1:B3\"/><sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" "
            "s=\"1\"/></row>\n<row r=\"2\" spans=\"1:2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" "
            "s=\"2\"><v>3</v></c></row><row r=\"3\" spans=\"1:1\" /></sheetData></worksheet>",
       HEAD "<dimension ref=\"A1:C3\"/><cols>" COL (
           "3") "</cols><sheetData><row r=\"1\" spans=\"1:2 3:3\"><c "
                "r=\"A1\" s=\"1\"/><c r=\"B1\" s=\"1\"/>" WHY (
                    "C1", "4",
                    TITLE) "</row>\n<row r=\"2\" spans=\"1:2 "
                           "3:3\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"5\"><v>3</v></c>" WHY (
                               "C2", "6",
                               "基数低于下限。") "</row><row r=\"3\" spans=\"1:1 3:3\" >" WHY ("C3", "7",
                                                                                               "已调出。") "</row></"
                                                                                                           "sheetData><"
                                                                                                           "/worksheet"
                                                                                                           ">"},
      /* a cell that was not there, in the format of its column; without a place of its own; a wider row below */
      {HEAD "<cols><col min='1' max='1' width='9'/><col min='2' max='3' style='1' width='9'/><col min='9' max='9' "
            "width='5'/></cols><sheetData><row><c t='str'><v>x</v></c></row><row><c><v>1</v></c><c "
            "r='C2'><v>2</v></c></row><row r='3'><c r='A3'/></row><row><c "
            "r='D4'/></row></sheetData></worksheet>",
       HEAD "<cols><col min='1' max='1' width='9'/><col min='2' max='3' style='1' width='9'/>" COL (
           "5") "<col min='9' "
                "max='9' "
                "width='5'/></"
                "cols><sheetData><"
                "row><c "
                "t='str'><v>x</v></"
                "c>" WHY ("E1", "4", TITLE) "</row><row><c><v>1</v></c><c r=\"B2\" s=\"5\"/><c "
                                            "r='C2'><v>2</v></c>" WHY (
                                                "E2", "4",
                                                "基数低于下限"
                                                "。") "</"
                                                      "row><"
                                                      "row "
                                                      "r='3'><"
                                                      "c "
                                                      "r='A3'/"
                                                      ">" WHY ("E3", "4",
                                                               "已调出。") "</row><row><c "
                                                                           "r='D4'/></row></sheetData></worksheet>"},
      /* prefixes; columns that have a width together; blanks where XML allows them; a cell without a format */
      {"<x:worksheet xmlns:x='" MAIN "' xmlns:y='urn:y'><x:cols><x:col min='1' max='16384' width='9'/></x:cols>"
       "<x:sheetData><x:row r='1' ><x:c r = 'A1' ><x:v>7</x:v></x:c ></x:row><x:row r='2'><x:c\nr='B2' "
       "y:s='9'/></x:row>"
       "<x:row r='3'></x:row></x:sheetData></x:worksheet>",
       "<x:worksheet xmlns:x='" MAIN "' xmlns:y='urn:y'><x:cols><x:col min='1' max='16384' width='9'/></x:cols>"
       "<x:sheetData><x:row r='1' ><x:c r = 'A1' ><x:v>7</x:v></x:c ><x:c r=\"C1\" s=\"4\" "
       "t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">" TITLE "</x:t></x:is></x:c></x:row><x:row r='2'><x:c "
       "s=\"5\"\nr='B2' y:s='9'/><x:c r=\"C2\" s=\"4\" t=\"inlineStr\"><x:is><x:t "
       "xml:space=\"preserve\">基数低于下限。</x:t></x:is></x:c></x:row><x:row r='3'><x:c r=\"C3\" s=\"4\" "
       "t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">已调出。</x:t></x:is></x:c></x:row></x:sheetData>"
       "</x:worksheet>"},
      /* a dimension in small letters is left as it is: it would come back in capitals */
      {HEAD "<dimension ref='A1:b3'/><sheetData><row r='1'><c r='A1'/><c r='B1'/></row><row r='2'><c r='A2'/><c "
            "r='B2'/></row><row r='3'><c r='A3'/></row></sheetData></worksheet>",
       HEAD "<dimension ref='A1:b3'/><cols>" COL ("3") "</cols><sheetData><row r='1'><c r='A1'/><c r='B1'/>" WHY (
           "C1", "4",
           TITLE) "</row><row r='2'><c r='A2'/><c s=\"5\" r='B2'/>" WHY ("C2", "4",
                                                                         "基数低于下限。") "</row><row r='3'><c "
                                                                                           "r='A3'/>" WHY (
                                                                                               "C3", "4",
                                                                                               "已调出"
                                                                                               "。") "</row></"
                                                                                                     "sheetData></"
                                                                                                     "worksheet>"},
      /* a dimension and spans that say nothing */
      {HEAD "<dimension ref='A1:XFD3'/><sheetData><row r='1' spans='1:16384'><c r='A1'/></row><row r='2' "
            "spans='1:1 3:9'/><row r='3' spans='1:2'><c r='B3'/></row></sheetData></worksheet>",
       HEAD
       "<dimension ref='A1:XFD3'/><cols>" COL ("3") "</cols><sheetData><row r='1' spans='1:16384'><c r='A1'/>" WHY (
           "C1", "4",
           TITLE) "</row><row r='2' spans='1:1 3:9 2:2'><c r=\"B2\" s=\"5\"/>" WHY ("C2", "6",
                                                                                    "基数低于下限。") "</row><row "
                                                                                                      "r='3' "
                                                                                                      "spans='1:2 "
                                                                                                      "3:3'><c "
                                                                                                      "r='B3'/"
                                                                                                      ">" WHY (
                                                                                                          "C3", "4",
                                                                                                          "已调"
                                                                                                          "出"
                                                                                                          "。") "</"
                                                                                                                "row></"
                                                                                                                "sheetD"
                                                                                                                "ata></"
                                                                                                                "worksh"
                                                                                                                "eet>"},
      /* another encoding: what it has no bytes for is written as a reference; a filter that holds the column */
      {"<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "<sheetData><row r='1'><c r='A1'/></row><row r='2'><c "
       "r='B2'/></row><row r='3'/></sheetData><autoFilter ref='A1:C3'/><mergeCells><mergeCell "
       "ref='C7:D9'/></mergeCells></worksheet>",
       "<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "<cols>" COL (
           "3") "</cols><sheetData><row r='1'><c "
                "r='A1'/>" WHY (
                    "C1", "4",
                    "&#26816;&#26597;&#32467;&#26524;") "</row><row r='2'><c s=\"5\" "
                                                        "r='B2'/>" WHY (
                                                            "C2", "4",
                                                            "&#22522;&#25968;&#"
                                                            "20302;&#20110;&#"
                                                            "19979;&#38480;&#"
                                                            "12290;") "</row><row "
                                                                      "r='3'"
                                                                      ">" WHY (
                                                                          "C"
                                                                          "3",
                                                                          "6",
                                                                          "&#"
                                                                          "24"
                                                                          "05"
                                                                          "0;"
                                                                          "&#"
                                                                          "35"
                                                                          "84"
                                                                          "3;"
                                                                          "&#"
                                                                          "20"
                                                                          "98"
                                                                          "6;"
                                                                          "&#"
                                                                          "12"
                                                                          "29"
                                                                          "0"
                                                                          ";") "</row></sheetData><autoFilter "
                                                                               "ref='A1:C3'/><mergeCells><mergeCell "
                                                                               "ref='C7:D9'/></mergeCells></"
                                                                               "worksheet>"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    int fd = new_book (rows[i].before, NULL, NULL);
    int marked = mark (fd, 1, both, 2, QC_SHEET_MARK_IN_SHEET);
    g_autofree char *after = part_of (marked, SHEET);
    g_assert_cmpstr (after, ==, rows[i].after);
    assert_others_same (fd, marked);
    int clean = unmark (marked, 1, TRUE), again = mark (marked, 1, both, 2, QC_SHEET_MARK_IN_SHEET);
    g_autofree char *back = part_of (clean, SHEET);
    g_assert_cmpstr (back, ==, rows[i].before);
    assert_same_part (again, marked, SHEET);
    assert_same_part (again, marked, "xl/styles.xml"); /* its formats are used again, none is added */
    int one = mark (marked, 1, both + 1, 1, QC_SHEET_MARK_IN_SHEET);
    int none = mark (one, 1, NULL, 0, QC_SHEET_MARK_IN_SHEET);
    assert_same_part (none, fd, SHEET);
    const int all[] = {fd, marked, clean, again, one, none};
    for (guint f = 0; f < G_N_ELEMENTS (all); f++)
      close (all[f]);
  }
}

/* What a mark adds to the formats: a copy of each with the fill, behind those that are there. */
static void
test_styles (void)
{
  int fd = new_book (HEAD "<sheetData><row r='1'><c r='A1' s='3'/></row></sheetData></worksheet>", NULL, NULL);
  const QcSheetMark one = {1, 0, "&<\"\x01>", NULL};
  int marked = mark (fd, 0, &one, 1, QC_SHEET_MARK_IN_SHEET);
  g_autofree char *after = part_of (marked, "xl/styles.xml"), *sheet = part_of (marked, SHEET);
  g_assert_nonnull (strstr (sheet, "<c r='A1' s='4'/>"));
  g_assert_nonnull (strstr (sheet, "&amp;&lt;&quot; &gt;</t>"));
  g_assert_nonnull (strstr (after, "<fills count='5'>"));
  g_assert_nonnull (strstr (after, "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC8D1\"/><bgColor "
                                   "rgb=\"FF00000C\"/></patternFill></fill>"));
  g_assert_nonnull (strstr (after, "<cellXfs count='6'>"));
  g_assert_nonnull (strstr (after, "<xf applyFill=\"1\" fillId='3' numFmtId='49'><alignment horizontal='left'/></xf>"
                                   "<xf applyFill=\"1\" numFmtId='0' fillId='4'/></cellXfs>"));
  close (fd);
  close (marked);
}

/* Another program has saved the marked workbook: its own numbers, shared texts, no note of what was before. */
static void
test_saved_again (void)
{
  g_autoptr (GString) text = g_string_new (styles);
  g_string_replace (text, "</fills>",
                    "<fill><patternFill patternType='solid'><fgColor rgb='ffffc8d1'/><bgColor "
                    "indexed='64'/></patternFill></fill></fills>",
                    1);
  g_string_replace (text, "</cellXfs>", "<xf numFmtId='4' fillId='3'/><xf numFmtId='9' fillId='3'/></cellXfs>", 1);
  int fd = made_up_parts ((const MadeUpPart[]) {
      {"[Content_Types].xml", made_up_types},
      {"_rels/.rels", made_up_rels},
      {"xl/workbook.xml", made_up_book},
      {"xl/_rels/workbook.xml.rels", made_up_book_rels},
      {SHEET, HEAD "<dimension ref='A1:B2'/><sheetData><row r='1' spans='1:2'><c r='A1' s='4'><v>1</v></c><c r='B1' "
                   "t='s'><v>1</v></c></row><row r='2' spans='1:2'><c r='A2' s='5'/><c r='B2' "
                   "t='s'><v>2</v></c></row></sheetData></worksheet>"},
      {"xl/styles.xml", text->str},
      {"xl/sharedStrings.xml",
       "<sst><si><t>a</t></si><si><r><t>检查</t></r><r><t>结果</t></r></si><si><t>" TITLE "</t></si></sst>"},
      {NULL, NULL}});
  int clean = unmark (fd, 1, TRUE);
  g_autofree char *sheet = part_of (clean, SHEET), *formats = part_of (clean, "xl/styles.xml");
  g_assert_cmpstr (sheet, ==,
                   HEAD "<dimension ref='A1:A2'/><sheetData><row r='1' spans='1:2'><c r='A1' s='2'><v>1</v></c></row>"
                        "<row r='2' spans='1:2'><c r='A2' s='6'/></row></sheetData></worksheet>");
  g_assert_nonnull (strstr (formats, "<xf applyFill=\"0\" numFmtId='9' fillId='0'/></cellXfs>"));
  const QcSheetMark one = {2, -1, "why", NULL};
  int again = mark (fd, 1, &one, 1, QC_SHEET_MARK_IN_SHEET); /* where the reasons stood */
  g_autofree char *dump = dump_of (again, 0);
  g_assert_cmpstr (dump, ==, "1: A=number:1 B=text:" TITLE "\n2: B=text:why\n");
  close (fd);
  close (clean);
  close (again);
}

/* ---- beside it ---- */

#define ROWS \
  "<sheetData><row r='1'><c r='A1'/></row><row r='2'><c r='B2'/></row><row r='3'><c r='A3'/></row></sheetData>"
#define FILLED                                                                                \
  "<sheetData><row r='1'><c r='A1'/></row><row r='2'><c s=\"4\" r='B2'/></row><row r='3'><c " \
  "r='A3'/></row></sheetData>"
#define AREA(area)                                                                                                    \
  "<workbook xmlns='" MAIN "' xmlns:k='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>" \
  "<sheet name='清册' sheetId='4' k:id='rId1'/></sheets><definedNames><definedName name='_xlnm.Print_Area' "        \
  "localSheetId='0'>" area "</definedName></definedNames></workbook>"

static void
test_beside (void)
{
  static const struct {
    const char *sheet, *book;
    QcSheetMarkHow how;
    const char *after; /* (nullable) of the sheet, without a column; NULL: as it was */
  } rows[] = {
      {HEAD ROWS "<sheetProtection sheet='1'/></worksheet>", NULL, QC_SHEET_MARK_APPENDED,
       HEAD FILLED "<sheetProtection sheet='1'/></worksheet>"},
      {HEAD ROWS "<autoFilter ref='A1:B3'/></worksheet>", NULL, QC_SHEET_MARK_APPENDED,
       HEAD FILLED "<autoFilter ref='A1:B3'/></worksheet>"},
      {HEAD ROWS "<tableParts count='1'><tablePart/></tableParts></worksheet>", NULL, QC_SHEET_MARK_APPENDED,
       HEAD FILLED "<tableParts count='1'><tablePart/></tableParts></worksheet>"},
      {HEAD ROWS "<mergeCells><mergeCell ref='A1:C1'/></mergeCells></worksheet>", NULL, QC_SHEET_MARK_APPENDED,
       HEAD FILLED "<mergeCells><mergeCell ref='A1:C1'/></mergeCells></worksheet>"},
      {HEAD ROWS "<mergeCells><mergeCell ref='C3:D8'/></mergeCells></worksheet>", NULL, QC_SHEET_MARK_APPENDED,
       HEAD FILLED "<mergeCells><mergeCell ref='C3:D8'/></mergeCells></worksheet>"},
      {HEAD ROWS "<sheetProtection sort='0'/></worksheet>", NULL, QC_SHEET_MARK_IN_SHEET, NULL},
      {HEAD ROWS "<mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>", NULL, QC_SHEET_MARK_IN_SHEET, NULL},
      {HEAD ROWS "</worksheet>", AREA ("清册!$A$1:$B$3"), QC_SHEET_MARK_APPENDED, HEAD FILLED "</worksheet>"},
      {HEAD ROWS "</worksheet>", AREA ("#REF!"), QC_SHEET_MARK_IN_SHEET, NULL},
      {HEAD ROWS "</worksheet>", AREA ("'清册'!$A:$F"), QC_SHEET_MARK_IN_SHEET, NULL},
      /* a cell of a format that is not there */
      {HEAD "<sheetData><row r='1'><c r='A1' s='5'/></row><row r='2'/><row r='3'/></sheetData></worksheet>", NULL,
       QC_SHEET_MARK_APPENDED, NULL},
      {HEAD "<sheetData><row r='1'/><row r='2'><c r='B2' s=''/></row><row r='3'/></sheetData></worksheet>", NULL,
       QC_SHEET_MARK_APPENDED, NULL},
      {HEAD "<cols/>" ROWS "</worksheet>", NULL, QC_SHEET_MARK_APPENDED, NULL},
      /* a row that is not there, the title's own too; no column left; cells in no order */
      {HEAD "<sheetData><row r='1'/><row r='2'/></sheetData></worksheet>", NULL, QC_SHEET_MARK_APPENDED, NULL},
      {HEAD "<sheetData><row r='2'/><row r='3'/></sheetData></worksheet>", NULL, QC_SHEET_MARK_APPENDED, NULL},
      {HEAD "<sheetData/></worksheet>", NULL, QC_SHEET_MARK_APPENDED, NULL},
      {HEAD "<sheetData><row r='1'/><row r='2' spans='3:3'><c r='C2'/></row><row r='3'><c "
            "r='XFD3'/></row></sheetData></worksheet>",
       NULL, QC_SHEET_MARK_APPENDED,
       HEAD "<sheetData><row r='1'/><row r='2' spans='3:3 2:2'><c r=\"B2\" s=\"4\"/><c r='C2'/></row><row r='3'><c "
            "r='XFD3'/></row></sheetData></worksheet>"},
      {HEAD "<sheetData><row r='1'/><row r='2'><c r='C2'/><c r='A2'/></row><row r='3'/></sheetData></worksheet>", NULL,
       QC_SHEET_MARK_APPENDED, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    int fd = new_book (rows[i].sheet, rows[i].book, NULL);
    int marked = mark (fd, 1, both, 2, rows[i].how);
    if (rows[i].how == QC_SHEET_MARK_APPENDED) {
      static const QcSheetMark later[] = {{2, 1, "另一个。", NULL}, {3, 0, "再查。", NULL}};
      int again = mark (marked, 1, later, 2, QC_SHEET_MARK_APPENDED);
      g_autofree char *dump = dump_of (marked, 1), *once_more = dump_of (again, 1);
      g_autofree char *sheet = part_of (marked, SHEET);
      g_assert_cmpstr (sheet, ==, rows[i].after != NULL ? rows[i].after : rows[i].sheet);
      int clean = unmark (again, 1, rows[i].after != NULL);
      assert_same_part (fd, clean, SHEET);
      close (clean);
      g_assert_cmpstr (dump, ==,
                       "1: A=text:Row B=text:Cell C=text:Who D=text:What is wrong\n2: A=number:2 B=text:B2 C=text:王芳 "
                       "D=text:基数低于下限。\n3: A=number:3 D=text:已调出。\n");
      g_assert_cmpstr (once_more, ==,
                       "1: A=text:Row B=text:Cell C=text:What is wrong\n2: A=number:2 B=text:B2 C=text:另一个。\n3: "
                       "A=number:3 B=text:A3 C=text:再查。\n"); /* in its place, not one more */
      assert_same_part (marked, again, "xl/workbook.xml");
      g_autoptr (QcWorkbook) workbook = qc_workbook_open (marked, NULL, NULL);
      const QcSheetName *name = g_ptr_array_index (qc_workbook_get_sheets (workbook), 1);
      g_assert_cmpstr (name->name, ==, TITLE);
      close (again);
    }
    close (fd);
    close (marked);
  }
}

/* A sheet in UTF-16 is none to put marks into, and a workbook without formats has none to copy. What lists the parts
 * may be written in any way. */
static void
test_forms (void)
{
  gsize sheet_length, book_length;
  g_autofree char *sheet
      = g_convert ("\xef\xbb\xbf" HEAD ROWS "</worksheet>", -1, "UTF-16LE", "UTF-8", NULL, &sheet_length, NULL);
  g_autofree char *marked_book = g_strconcat ("\xef\xbb\xbf", made_up_book, NULL);
  g_autofree char *book = g_convert (marked_book, -1, "UTF-16BE", "UTF-8", NULL, &book_length, NULL);
  for (guint i = 0; i < 2; i++) {
    int fd = made_up_parts (
        (const MadeUpPart[]) {{"[Content_Types].xml", made_up_types, 0},
                              {"_rels/.rels", made_up_rels, 0},
                              {"xl/workbook.xml", book, book_length},
                              {"xl/_rels/workbook.xml.rels", made_up_book_rels, 0},
                              {SHEET, i == 0 ? sheet : HEAD ROWS "</worksheet>", i == 0 ? sheet_length : 0},
                              {i == 0 ? "xl/styles.xml" : NULL, styles, 0},
                              {NULL, NULL, 0}});
    int marked = mark (fd, 1, both, 2, QC_SHEET_MARK_APPENDED),
        again = mark (marked, 1, both, 2, QC_SHEET_MARK_APPENDED);
    g_autofree char *dump = dump_of (again, 1);
    assert_same_part (fd, again, SHEET);
    g_assert_true (g_str_has_suffix (dump, "3: A=number:3 D=text:已调出。\n"));
    close (fd);
    close (marked);
    close (again);
  }
}

/* ---- texts ---- */

static void
test_texts (void)
{
  static const char *const encodings[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
  static const struct {
    const char *before, *after, *fewer;
  } rows[] = {
      {"账号,姓名\r\n1,\"王,\"\"芳\"\r\n2,李娜\r\n3,䶮\r\n",
       "账号,姓名,检查结果\r\n1,\"王,\"\"芳\",基数低于下限。\r\n2,李娜,已调出。\r\n3,䶮\r\n",
       "账号,姓名,检查结果\r\n1,\"王,\"\"芳\"\r\n2,李娜,已调出。\r\n3,䶮\r\n"},
      {"账\t姓\t\n1\t\"一\n二\"\t\n2", "账\t姓\t\t检查结果\n1\t\"一\n二\"\t\t基数低于下限。\n2\t\t\t已调出。",
       "账\t姓\t\t检查结果\n1\t\"一\n二\"\t\n2\t\t\t已调出。"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (encodings) * 2; i++) {
    const char *encoding = encodings[i / 2 % G_N_ELEMENTS (encodings)];
    guint row = i / 2 / G_N_ELEMENTS (encodings);
    gboolean is_marked = i % 2 == 0 && !g_str_equal (encoding, "GB18030");
    if (!is_marked && g_str_has_prefix (encoding, "UTF-16"))
      continue; /* programs write one */
    const char *texts[] = {rows[row].before, rows[row].after, rows[row].fewer};
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
    gsize lengths[3];
    for (guint t = 0; t < 3; t++) {
      g_autofree char *text = g_strconcat (is_marked ? "\xef\xbb\xbf" : "", texts[t], NULL);
      g_ptr_array_add (files, g_convert (text, -1, encoding, "UTF-8", NULL, &lengths[t], NULL));
    }
    int fd = made_up_bytes (g_ptr_array_index (files, 0), lengths[0]);
    int marked = mark (fd, 1, both, 2, QC_SHEET_MARK_IN_COLUMN),
        fewer = mark (marked, 1, both + 1, 1, QC_SHEET_MARK_IN_COLUMN);
    const int outs[] = {marked, fewer};
    for (guint t = 0; t < 2; t++) {
      g_autofree char *bytes = g_malloc0 (lengths[t + 1] + 64);
      g_assert_cmpint (pread (outs[t], bytes, lengths[t + 1] + 64, 0), ==, (int)lengths[t + 1]);
      g_assert_cmpmem (bytes, lengths[t + 1], g_ptr_array_index (files, t + 1), lengths[t + 1]);
    }
    close (fd);
    close (marked);
    close (fewer);
  }
}

/* ---- at random ---- */

static void
append_random_cell (GString *xml, GRand *rand, guint row, guint *column, gboolean *named)
{
  guint step = g_rand_int_range (rand, 0, 4) == 0 ? (guint)g_rand_int_range (rand, 1, 4) : 0;
  *column += step;
  g_string_append (xml, g_rand_boolean (rand) ? "<c" : "<c ");
  if (*named || step > 0 || g_rand_boolean (rand)) {
    g_string_append_printf (xml, " r=\"%c%u\"", 'A' + (int)*column, row);
    *named = g_rand_boolean (rand);
  }
  if (g_rand_boolean (rand))
    g_string_append_printf (xml, " s='%d'", g_rand_int_range (rand, 0, 4));
  switch (g_rand_int_range (rand, 0, 4)) {
  case 0:
    g_string_append (xml, "/>");
    break;
  case 1:
    g_string_append_printf (xml, "><v>%d</v></c>", g_rand_int_range (rand, 0, 1000));
    break;
  case 2:
    g_string_append_printf (xml, " t='inlineStr'><is><t>文&lt;%d</t></is></c >", g_rand_int_range (rand, 0, 1000));
    break;
  default:
    g_string_append_printf (xml, " t=\"str\"\n><f>A1&amp;\"&gt;\"</f><v>%d</v></c>", g_rand_int_range (rand, 0, 1000));
  }
  *column += 1;
}

/* Rows with their numbers in @rows. */
static char *
random_sheet (GRand *rand, GArray *rows)
{
  GString *xml = g_string_new (HEAD);
  if (g_rand_boolean (rand))
    g_string_append_printf (xml, "<dimension ref='A1%s'/>", g_rand_boolean (rand) ? ":C9" : "");
  if (g_rand_boolean (rand))
    g_string_append_printf (xml, "<cols><col min='2' max='%d' width='4' style='%d'/></cols>",
                            g_rand_int_range (rand, 2, 40), g_rand_int_range (rand, 0, 4));
  g_string_append (xml, "<sheetData>");
  for (guint row = 1, n = (guint)g_rand_int_range (rand, 1, 40); row <= n; row++) {
    if (row > 1 && g_rand_int_range (rand, 0, 5) == 0)
      continue;
    g_array_append_val (rows, row);
    g_string_append_printf (xml, "<row r='%u'", row);
    if (g_rand_boolean (rand))
      g_string_append_printf (xml, " spans=\"1:%d\"", g_rand_int_range (rand, 1, 9));
    guint cells = (guint)g_rand_int_range (rand, 0, 9), column = 0;
    gboolean named = g_rand_boolean (rand);
    if (cells == 0 && g_rand_boolean (rand)) {
      g_string_append (xml, " />");
      continue;
    }
    g_string_append_c (xml, '>');
    for (guint i = 0; i < cells && column < 20; i++)
      append_random_cell (xml, rand, row, &column, &named);
    g_string_append (xml, g_rand_boolean (rand) ? "</row>" : "</row >\n");
  }
  g_string_append (xml, "</sheetData></worksheet>");
  return g_string_free (xml, FALSE);
}

static GArray *
random_marks (GRand *rand, const GArray *rows)
{
  static const char *const reasons[] = {"基数低于下限。", "unknown", "a & b < c", "姓名与账号不符。"};
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (QcSheetMark));
  for (guint i = 1; i < rows->len; i++)
    for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--) {
      QcSheetMark one = {g_array_index (rows, guint, i), g_rand_int_range (rand, -1, 12),
                         reasons[g_rand_int_range (rand, 0, G_N_ELEMENTS (reasons))], NULL};
      g_array_append_val (marks, one);
    }
  if (rows->len > 1) { /* the same for all, so that the reasons always stand in one column */
    QcSheetMark last = {g_array_index (rows, guint, rows->len - 1), 12, "last", NULL};
    g_array_append_val (marks, last);
  }
  return marks;
}

/* What the rows hold is the same, but for the column of the reasons behind them. */
static void
assert_same_cells (const char *before, const char *after)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1), new = g_strsplit (after, "\n", -1);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (char **line = new; *line != NULL; line++)
    g_hash_table_insert (rows, g_strndup (*line, strcspn (*line, ":")), *line);
  for (char **line = old; *line != NULL; line++) {
    g_autofree char *number = g_strndup (*line, strcspn (*line, ":"));
    g_assert_true (g_str_has_prefix (g_hash_table_lookup (rows, number), *line));
  }
}

static void
test_random (void)
{
  gint64 begun = g_get_monotonic_time ();
  guint round = 0;
  for (; prove_goes_on (begun, round, 200); round++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (round);
    g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
    g_autofree char *sheet = random_sheet (rand, rows);
    g_autoptr (GArray) first = random_marks (rand, rows), second = random_marks (rand, rows);
    if (first->len == 0 || second->len == 0)
      continue;
    int fd = new_book (sheet, NULL, NULL);
    int marked = mark (fd, 1, (const QcSheetMark *)first->data, first->len, QC_SHEET_MARK_IN_SHEET);
    int again = mark (marked, 1, (const QcSheetMark *)second->data, second->len, QC_SHEET_MARK_IN_SHEET);
    int straight = mark (fd, 1, (const QcSheetMark *)second->data, second->len, QC_SHEET_MARK_IN_SHEET);
    int clean = unmark (again, 1, TRUE);
    g_autofree char *before = dump_of (fd, 0), *after = dump_of (marked, 0);
    g_autofree char *twice = dump_of (again, 0), *once = dump_of (straight, 0), *back = part_of (clean, SHEET);
    g_assert_cmpstr (back, ==, sheet);
    g_assert_cmpstr (twice, ==, once);
    assert_same_cells (before, after);
    assert_others_same (fd, again);
    const int all[] = {fd, marked, again, straight, clean};
    for (guint f = 0; f < G_N_ELEMENTS (all); f++)
      close (all[f]);
  }
  g_test_message ("%u rounds", round);
}

/* ---- bad days ---- */

static void
test_bad_days (void)
{
  int fd = new_book (HEAD ROWS "</worksheet>", NULL, NULL), out = new_file ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  QcSheetMarkHow how;
  g_cancellable_cancel (cancelled);
  g_assert_false (qc_sheet_mark (fd, 0, 1, TITLE, both, 2, out, &how, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_assert_false (qc_sheet_mark (fd, 0, 1, TITLE, both, 2, full, &how, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (qc_sheet_mark (fd, 7, 1, TITLE, both, 2, out, &how, NULL, &error));
  g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_FILE);
  g_clear_error (&error);
  /* cut anywhere: refused, or whole */
  struct stat stat;
  g_assert_cmpint (fstat (fd, &stat), ==, 0);
  g_autofree char *bytes = g_malloc ((gsize)stat.st_size);
  g_assert_cmpint (pread (fd, bytes, (gsize)stat.st_size, 0), ==, stat.st_size);
  for (gsize length = 1; length < (gsize)stat.st_size; length += 7) {
    int cut = made_up_bytes (bytes, length);
    g_assert_false (qc_sheet_mark (cut, 0, 1, TITLE, both, 2, out, &how, NULL, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    close (cut);
  }
  close (fd);
  close (full);
  close (out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mark/in-sheet", test_in_sheet);
  g_test_add_func ("/mark/styles", test_styles);
  g_test_add_func ("/mark/saved-again", test_saved_again);
  g_test_add_func ("/mark/beside", test_beside);
  g_test_add_func ("/mark/forms", test_forms);
  g_test_add_func ("/mark/texts", test_texts);
  g_test_add_func ("/mark/random", test_random);
  g_test_add_func ("/mark/bad-days", test_bad_days);
  return g_test_run ();
}
