/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * CSV and TSV in every encoding that spreadsheets save.
 */
#include "made-up.h"

#include <string.h>
#include <unistd.h>

static void
test_forms (void)
{
  static const struct {
    const char *text, *dump;
  } rows[] = {
      {"姓名,基数\n王芳,5000\n", "1: A=text:姓名 B=text:基数\n2: A=text:王芳 B=text:5000\n"},
      {"姓名\t基数\r\n王芳\t\"5,000\"\r\n", "1: A=text:姓名 B=text:基数\n2: A=text:王芳 B=text:5,000\n"},
      {"姓名;基数\r王芳;5000", "1: A=text:姓名 B=text:基数\n2: A=text:王芳 B=text:5000\n"},
      {"a,b\n\"x\"\"y\",\"1\n2\"\n", "1: A=text:a B=text:b\n2: A=text:x\"y B=text:1\n2\n"},
      {"a,b\n\n , \n\"c\"d,\n", "1: A=text:a B=text:b\n4: A=text:cd\n"},
      {"\"never closed,b\nc", "1: A=text:never closed,b\nc\n"},
      {"only", "1: A=text:only\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcTable) table = made_up_read (made_up_bytes (rows[i].text, strlen (rows[i].text)), &error);
    g_assert_no_error (error);
    g_autofree char *dump = made_up_dump (table);
    g_assert_cmpstr (dump, ==, rows[i].dump);
  }
}

static void
test_encodings (void)
{
  static const char text[] = "姓名,基数\n王芳,5000\n";
  static const struct {
    const char *mark, *encoding;
    gsize mark_length;
  } rows[]
      = {{"", "UTF-8", 0},    {"\xef\xbb\xbf", "UTF-8", 3}, {"\xff\xfe", "UTF-16LE", 2}, {"\xfe\xff", "UTF-16BE", 2},
         {"", "UTF-16LE", 0}, {"", "UTF-16BE", 0},          {"", "GB18030", 0}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length;
    g_autofree char *own = g_convert (text, -1, rows[i].encoding, "UTF-8", NULL, &length, NULL);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, (const guint8 *)rows[i].mark, (guint)rows[i].mark_length);
    g_byte_array_append (bytes, (const guint8 *)own, (guint)length);
    int fd = made_up_bytes ((const char *)bytes->data, bytes->len);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (qc_workbook_get_kind (workbook), ==, QC_WORKBOOK_DELIMITED);
    g_assert_cmpstr (qc_workbook_get_encoding (workbook), ==, rows[i].encoding);
    g_assert_cmpint (qc_workbook_get_separator (workbook), ==, ',');
    g_autoptr (QcTable) table = qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_autofree char *dump = made_up_dump (table);
    g_assert_cmpstr (dump, ==, "1: A=text:姓名 B=text:基数\n2: A=text:王芳 B=text:5000\n");
    close (fd);
  }
}

/* UTF-16 without a mark, of which hardly a byte is 0, or one of a character that is not ASCII. */
static void
test_unmarked (void)
{
  static const char *const texts[] = {
      "姓名\t单位\n王芳\t黑龙江省黑河市爱辉区公积金缴存单位信息登记管理服务中心有限责任公司北方分公司财务部综合管理科室"
      "\n",
      "一，一\n一,一\n一,一\n",
      "一\n",
      "姓名,基数\n王芳,5000\n欧阳𠮷,6000\n",
  };
  static const char *const encodings[] = {"UTF-16LE", "UTF-16BE"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (QcTable) wanted = made_up_read (made_up_bytes (texts[i], strlen (texts[i])), NULL);
    g_autofree char *expected = made_up_dump (wanted);
    for (guint k = 0; k < G_N_ELEMENTS (encodings); k++) {
      gsize length;
      g_autofree char *own = g_convert (texts[i], -1, encodings[k], "UTF-8", NULL, &length, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (QcTable) table = made_up_read (made_up_bytes (own, length), &error);
      g_assert_no_error (error);
      g_autofree char *dump = made_up_dump (table);
      g_assert_cmpstr (dump, ==, expected);
    }
  }
}

/* What is no text, and what is empty. */
static void
test_refused (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    int code;
  } rows[] = {{"", 0, QC_SHEET_ERROR_DAMAGED},
              {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, QC_SHEET_ERROR_KIND},
              {"\xff\xff\xff\xff", 4, QC_SHEET_ERROR_KIND},
              {"name,base\nWang,50\0 0\nLi,6000\nZhao,7000\n", 39, QC_SHEET_ERROR_KIND},
              {"name,base\nWang,50\0 00\nLi,6000\nZhao,7000\n", 40, QC_SHEET_ERROR_KIND},
              {"\xef\xbb\xbf\r\n<HTML xmlns:x='urn:x'><table><tr><td>1", 43, QC_SHEET_ERROR_KIND},
              {"<?xml version='1.0'?><Workbook/>", 32, QC_SHEET_ERROR_KIND}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcTable) table = made_up_read (made_up_bytes (rows[i].bytes, rows[i].length), &error);
    g_assert_null (table);
    g_assert_error (error, QC_SHEET_ERROR, rows[i].code);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spreadsheet/delimited/forms", test_forms);
  g_test_add_func ("/spreadsheet/delimited/encodings", test_encodings);
  g_test_add_func ("/spreadsheet/delimited/unmarked", test_unmarked);
  g_test_add_func ("/spreadsheet/delimited/refused", test_refused);
  return g_test_run ();
}
