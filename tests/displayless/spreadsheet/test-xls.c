/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Old workbooks (.xls), read by the real qingce-reader: records that programs write seldom, files that are cut or none,
 * and readers that babble. What programs write often is in test_writers.py.
 */
#include "made-up.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "qc-sheet-mark.h"

/* ---- records ---- */

/* "0908 00061000…": a record's id, and its bytes, in hexadecimal digits; blanks count for nothing. */
static void
put_record (GByteArray *out, const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  for (const char *p = hex; *p != '\0'; p++)
    if (*p != ' ') {
      guint8 byte = (guint8)(g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]));
      g_byte_array_append (bytes, &byte, 1);
      p++;
    }
  const guint8 length[] = {(guint8)(bytes->len - 2), (guint8)((bytes->len - 2) >> 8)};
  g_byte_array_append (out, bytes->data, 2);
  g_byte_array_append (out, length, 2);
  g_byte_array_append (out, bytes->data + 2, bytes->len - 2);
}

static void
put32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8)(value >> (8 * i));
}

/* A compound file with one stream, its sectors in order. */
static int
made_up_ole (const char *name, const GByteArray *stream)
{
  const guint n = MAX (8, (stream->len + 511) / 512); /* less would be a small one */
  g_autofree guint8 *file = g_malloc0 (512 * (3 + (gsize)n));
  memcpy (file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  memcpy (file + 0x18, "\x3e\0\x03\0\xfe\xff\x09\0\x06\0", 10);
  put32 (file + 0x2c, 1);
  put32 (file + 0x30, 1);
  put32 (file + 0x38, 4096);
  memset (file + 0x3c, 0xff, 512 - 0x3c);
  put32 (file + 0x4c, 0);
  guint8 *table = file + 512, *root = file + 1024, *entry = root + 128;
  memset (table, 0xff, 512);
  put32 (table, 0xfffffffd);
  put32 (table + 4, 0xfffffffe);
  for (guint i = 0; i < n; i++)
    put32 (table + 8 + i * 4, i + 1 < n ? i + 3 : 0xfffffffe);
  root[0x42] = 5;
  put32 (root + 0x4c, 1);
  put32 (root + 0x74, 0xfffffffe);
  for (guint i = 0; name[i] != '\0'; i++)
    entry[i * 2] = (guint8)name[i];
  entry[0x40] = (guint8)((strlen (name) + 1) * 2);
  entry[0x42] = 2;
  memset (entry + 0x44, 0xff, 12);
  put32 (entry + 0x74, 2);
  put32 (entry + 0x78, n * 512);
  memcpy (file + 1536, stream->data, stream->len);
  return made_up_bytes ((const char *)file, 512 * (3 + (gsize)n));
}

#define BEGIN_BOOK  "0908 0006 0500"
#define BEGIN_SHEET "0908 0006 1000"
#define END         "0a00"

/* One sheet "a" of these records, ended by NULL; @shared: the record of shared texts and what goes on with it. */
static int
made_up_xls (const char *const *shared, const char *const *records)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  put_record (stream, BEGIN_BOOK);
  put_record (stream, "e000 0000 0000"); /* styles: general, and a date */
  put_record (stream, "e000 0000 0e00");
  for (; shared != NULL && *shared != NULL; shared++)
    put_record (stream, *shared);
  const guint at = stream->len + 4;
  put_record (stream, "8500 00000000 0200 01 00 61");
  put_record (stream, END);
  put32 (stream->data + at, stream->len);
  put_record (stream, BEGIN_SHEET);
  for (; *records != NULL; records++)
    put_record (stream, *records);
  return made_up_ole ("Workbook", stream);
}

static void
assert_read (const char *const *shared, const char *const *records, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcTable) table = made_up_read (made_up_xls (shared, records), &error);
  g_assert_no_error (error);
  g_autofree char *dump = made_up_dump (table);
  g_assert_cmpstr (dump, ==, expected);
}

static void
test_records (void)
{
  /* many numbers in one: 1, 1.5 in hundredths, a double's upper half, a date */
  assert_read (
      NULL,
      (const char *const[]) {"bd00 0000 0100 0000 06000000 0000 5b020000 0000 0000f03f 0100 7ed30200 0400", END, NULL},
      "1: B=number:1 C=number:1.5 D=number:1 E=date:2026-10-08\n");
  /* errors and flags, and what formulas came to: a text behind another record, an error, nothing */
  assert_read (NULL,
               (const char *const[]) {"0502 0000 0000 0000 2a01", "0502 0000 0100 0000 0100",
                                      "0600 0000 0200 0000 0000000000 00ffff 0000", "bc04 0000", "0702 0100 00 62",
                                      "0600 0000 0300 0000 0200070000 00ffff 0000",
                                      "0600 0000 0400 0000 0300000000 00ffff", END, NULL},
               "1: A=error:#N/A B=flag:TRUE C=text:b D=error:#DIV/0!\n");
  /* rows in no order, the last cell of a place counts, a hidden row, a chart with cells of its own */
  assert_read (NULL,
               (const char *const[]) {"0802 0100 0000 0100 ff00 0000 0000 2000 0000", "0402 0100 0000 0000 0100 00 62",
                                      "0402 0000 0000 0000 0100 00 61", "0402 0100 0000 0000 0100 00 63",
                                      "0908 0006 2000", "0402 0000 0100 0000 0100 00 78", END, END, NULL},
               "1: A=text:a\n2h: A=text:c\n");
  /* texts that go on in another record, there in two bytes a character; fonts and how they are read aloud behind them
   */
  assert_read ((const char *const[]) {"fc00 02000000 02000000 0300 00 6162", "3c00 01 8b73",
                                      "3c00 0200 0d 0100 02000000 b382 3dd8", "3c00 01 42d8", NULL},
               (const char *const[]) {"fd00 0000 0000 0000 00000000", END, NULL}, "1: A=text:ab王\n");
}

static void
test_refused_records (void)
{
  static const struct {
    const char *record;
    int code;
  } rows[] = {
      {"fd00 0000 0000 0000 07000000", QC_SHEET_ERROR_DAMAGED},   /* a shared text that is not there */
      {"0402 0000 0001 0000 0100 00 62", QC_SHEET_ERROR_DAMAGED}, /* column 256 */
      {"0302 0000 0000 0000 0000", QC_SHEET_ERROR_DAMAGED},       /* half a number */
      {"0402 0000 0000 0000 ff00 00 62", QC_SHEET_ERROR_DAMAGED}, /* a text longer than its record */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    made_up_assert_refused (made_up_xls (NULL, (const char *const[]) {rows[i].record, END, NULL}), rows[i].code);
  made_up_assert_refused (made_up_xls (NULL, (const char *const[]) {"0402 0000 0000 0000 0100 00 62", NULL}),
                          QC_SHEET_ERROR_DAMAGED); /* no end */
  made_up_assert_refused (made_up_xls ((const char *const[]) {"2f00 0000", NULL}, (const char *const[]) {END, NULL}),
                          QC_SHEET_ERROR_ENCRYPTED);
  g_autoptr (GPtrArray) sheets = g_ptr_array_new (); /* each one is looked at for its headers */
  for (guint i = 0; i < 256; i++)
    g_ptr_array_add (sheets, (gpointer) "8500 00000000 0000 01 00 62");
  g_ptr_array_add (sheets, NULL);
  made_up_assert_refused (made_up_xls ((const char *const *)sheets->pdata, (const char *const[]) {END, NULL}),
                          QC_SHEET_ERROR_LIMIT);
  g_autoptr (GByteArray) old = g_byte_array_new ();
  put_record (old, "0904 0000 1000");
  made_up_assert_refused (made_up_ole ("Workbook", old), QC_SHEET_ERROR_KIND);
  made_up_assert_refused (made_up_ole ("Contents", old), QC_SHEET_ERROR_KIND);
}

/* A stream that is said to be longer than its sectors, one whose sectors end too soon, and one with a sector that the
 * file does not have. */
static void
test_refused_chains (void)
{
  static const struct {
    gsize place;
    guint32 value;
  } rows[] = {{1024 + 128 + 0x78, 8 * 512 + 1}, {512 + 8, 9}, {512 + 20, 1000}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 file[512 * 11];
    int fd = made_up_xls (NULL, (const char *const[]) {"0402 0000 0000 0000 0100 00 62", END, NULL});
    g_assert_cmpint (read (fd, file, sizeof file), ==, sizeof file);
    close (fd);
    put32 (file + rows[i].place, rows[i].value);
    made_up_assert_refused (made_up_bytes ((const char *)file, sizeof file), QC_SHEET_ERROR_DAMAGED);
  }
}

/* ---- files ---- */

static char *
load (const char *name, gsize *length)
{
  char *bytes;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests/displayless/spreadsheet/fixtures", name, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* Cut at every kilobyte it is refused, or all of it was there already. */
static void
test_truncated (void)
{
  static const char *const names[] = {"writers/xlwt-texts.xls", "writers/gnumeric-placed.xls"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize length;
    g_autofree char *bytes = load (names[i], &length);
    g_autoptr (QcTable) whole = made_up_read (made_up_bytes (bytes, length), NULL);
    g_autofree char *expected = made_up_dump (whole);
    guint refused = 0;
    for (gsize cut = 1024; cut < length; cut += 1024) {
      g_autoptr (GError) error = NULL;
      g_autoptr (QcTable) table = made_up_read (made_up_bytes (bytes, cut), &error);
      if (table == NULL) {
        g_assert_error (error, QC_SHEET_ERROR, QC_SHEET_ERROR_DAMAGED);
        refused++;
        continue;
      }
      g_autofree char *dump = made_up_dump (table);
      g_assert_cmpstr (dump, ==, expected);
    }
    g_assert_cmpuint (refused, >=, length / 1024 / 2);
  }
}

/* Locked ones old and new, and a document in which a workbook is embedded. */
static void
test_wrapped (void)
{
  static const struct {
    const char *name;
    int code;
  } rows[] = {{"refused/locked.xls", QC_SHEET_ERROR_ENCRYPTED},
              {"refused/locked.xlsx", QC_SHEET_ERROR_ENCRYPTED},
              {"refused/embedded.doc", QC_SHEET_ERROR_KIND}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length;
    g_autofree char *bytes = load (rows[i].name, &length);
    made_up_assert_refused (made_up_bytes (bytes, length), rows[i].code);
  }
  made_up_assert_refused (made_up_bytes ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8), QC_SHEET_ERROR_DAMAGED);
}

/* The first rows alone, for headers. */
static void
test_most (void)
{
  gsize length;
  g_autofree char *bytes = load ("writers/poi-texts.xls", &length);
  int fd = made_up_bytes (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_workbook_get_kind (workbook), ==, QC_WORKBOOK_XLS);
  g_autoptr (QcTable) table = qc_workbook_read (workbook, 0, 3, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qc_table_get_n_rows (table), ==, 3);
  close (fd);
}

/* ---- readers that babble ---- */

typedef struct {
  char *folder, *usual;
} Replaced;

static void
replace_reader (Replaced *replaced, const char *script)
{
  if (replaced->folder == NULL) {
    replaced->folder = g_dir_make_tmp ("qingce-xls-XXXXXX", NULL);
    replaced->usual = g_strdup (g_getenv ("QINGCE_READER"));
  }
  g_autofree char *path = g_build_filename (replaced->folder, "reader", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("QINGCE_READER", path, TRUE);
}

static void
restore_reader (Replaced *replaced)
{
  g_autofree char *path = g_build_filename (replaced->folder, "reader", NULL);
  g_setenv ("QINGCE_READER", replaced->usual, TRUE);
  g_unlink (path);
  g_rmdir (replaced->folder);
  g_free (replaced->folder);
  g_free (replaced->usual);
}

#define HEAD  "printf 'qingce-sheets 1\\n"
#define SHEET "[ $1 = sheets ] && " HEAD "sheet 0 1\\na\\nend 0 0\\n\\n' && exit 0\n"

static void
test_bad_readers (void)
{
  static const struct {
    const char *script;
    int code;
  } rows[] = {
      {"kill -9 $$", QC_SHEET_ERROR_DAMAGED},
      {"kill -XCPU $$", QC_SHEET_ERROR_LIMIT},
      {"exec yes", QC_SHEET_ERROR_DAMAGED},
      {":", QC_SHEET_ERROR_DAMAGED},
      {"exit 1", QC_SHEET_ERROR_DAMAGED},
      {HEAD "sheet 0 1\\na\\n'", QC_SHEET_ERROR_DAMAGED},                              /* no end */
      {HEAD "sheet 0 1\\na\\nend 0 0\\n\\nsheet 0 1\\na\\n'", QC_SHEET_ERROR_DAMAGED}, /* something behind it */
      {HEAD "sheet 0 2\\n\\377\\376\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "text 0 1\\na\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED}, /* in no row */
      {SHEET HEAD "row 2 0\\n\\nrow 1 0\\n\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 65537 0\\n\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\ntext 256 1\\na\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\nstring 0 1\\n0\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\nnumber 0 5\\n0 nan\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\ntext 0 3\\na\\0b\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\nwhat 0 1\\na\\nend 0 0\\n\\n'", QC_SHEET_ERROR_DAMAGED},
      {SHEET HEAD "row 1 0\\n\\ntext 0 900000\\n'; head -c 900000 /dev/zero | tr '\\0' x", QC_SHEET_ERROR_DAMAGED},
  };
  Replaced replaced = {0};
  gsize length;
  g_autofree char *bytes = load ("writers/xlwt-plain.xls", &length);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].script);
    replace_reader (&replaced, rows[i].script);
    made_up_assert_refused (made_up_bytes (bytes, length), rows[i].code);
  }
  g_setenv ("QINGCE_READER", "/nonexistent/qingce-reader", TRUE);
  made_up_assert_refused (made_up_bytes (bytes, length), QC_SHEET_ERROR_FILE);
  restore_reader (&replaced);
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (300000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (void)
{
  Replaced replaced = {0};
  gsize length;
  g_autofree char *bytes = load ("writers/xlwt-plain.xls", &length);
  int fd = made_up_bytes (bytes, length);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  replace_reader (&replaced, "exec sleep 100");
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (qc_workbook_open (fd, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  restore_reader (&replaced);
  close (fd);
}

/* ---- its faults ---- */

/* They come back as an .xlsx: all sheets and cells at their places, the marks in it; marked again it is marked anew. */
static void
test_marked (void)
{
  static const QcSheetMark marks[] = {{5, 3, "姓名与账号不符。", "王芳"}, {300, -1, "查无此人。", "赵敏"}};
  gsize length;
  g_autofree char *bytes = load ("writers/libreoffice-placed.xls", &length), *path = NULL;
  int fd = made_up_bytes (bytes, length), out = g_file_open_tmp ("qingce-marked-XXXXXX", &path, NULL);
  g_unlink (path);
  g_autoptr (GError) error = NULL;
  QcSheetMarkHow how;
  g_assert_true (qc_sheet_mark (fd, 1, 4, "检查结果", marks, G_N_ELEMENTS (marks), out, &how, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (how, ==, QC_SHEET_MARK_IN_SHEET);
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_workbook_get_kind (workbook), ==, QC_WORKBOOK_XLSX);
  static const char *const expected[]
      = {"1: A=text:不看 B=number:1\n",
         "1: C=text:缴存基数调整清册（2026年度）\n"
         "4: C=text:个人账号 D=text:姓名 E=text:证件号码 F=text:缴存基数 G=text:检查结果\n"
         "5: C=text:0023110000000001 D=text:王芳 F=number:5500 G=text:姓名与账号不符。\n"
         "6h: C=text:0023110000000002 D=text:李娜 F=number:5600\n"
         "300: C=text:0023110000000003 D=text:赵敏 F=number:5700 G=text:查无此人。\n",
         "2: A=text:填写说明\n"};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const QcSheetName *name = g_ptr_array_index (qc_workbook_get_sheets (workbook), i);
    g_assert_cmpint (name->hidden, ==, i == 0);
    g_autoptr (QcTable) table = qc_workbook_read (workbook, i, 0, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_autofree char *dump = made_up_dump (table);
    g_assert_cmpstr (dump, ==, expected[i]);
  }
  close (fd);
  close (out);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spreadsheet/xls/records", test_records);
  g_test_add_func ("/spreadsheet/xls/refused-records", test_refused_records);
  g_test_add_func ("/spreadsheet/xls/refused-chains", test_refused_chains);
  g_test_add_func ("/spreadsheet/xls/truncated", test_truncated);
  g_test_add_func ("/spreadsheet/xls/wrapped", test_wrapped);
  g_test_add_func ("/spreadsheet/xls/most", test_most);
  g_test_add_func ("/spreadsheet/xls/bad-readers", test_bad_readers);
  g_test_add_func ("/spreadsheet/xls/cancelled", test_cancelled);
  g_test_add_func ("/spreadsheet/xls/marked", test_marked);
  return g_test_run ();
}
