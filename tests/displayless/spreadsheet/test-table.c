/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Tables of cells: what is kept, and where it ends.
 */
#include "made-up.h"

#include <string.h>

static void
add (QcTable *table, guint column, const char *text)
{
  g_assert_cmpint (qc_table_add (table, column, QC_CELL_TEXT, text, strlen (text)), ==, QC_TABLE_TAKEN);
}

/* Rows and cells of white space alone are none; of two for one place the last one counts. */
static void
test_rows (void)
{
  g_autoptr (QcTable) table = qc_table_new ();
  qc_table_begin_row (table, 2, FALSE);
  add (table, 1, "王芳");
  add (table, 0, "1");
  add (table, 1, "李娜");
  qc_table_begin_row (table, 3, FALSE);
  add (table, 0, " \t\xc2\xa0\xe2\x80\x87\xe2\x80\x8b\xe2\x80\xaf\xe2\x81\xa0\xe3\x80\x80\xef\xbb\xbf");
  qc_table_begin_row (table, 1048576, TRUE);
  add (table, 16383, "x");
  qc_table_end (table);
  g_assert_cmpuint (qc_table_get_width (table), ==, 16384);
  g_autofree char *dump = made_up_dump (table);
  g_assert_cmpstr (dump, ==, "2: A=text:1 B=text:李娜\n1048576h: XFD=text:x\n");
}

static void
test_column_names (void)
{
  static const struct {
    guint column;
    const char *name;
  } rows[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = qc_table_dup_column_name (rows[i].column);
    g_assert_cmpstr (name, ==, rows[i].name);
  }
}

/* A cell that is too long ends in an ellipsis, never inside a character. */
static void
test_long (void)
{
  g_autoptr (QcTable) table = qc_table_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < QC_TABLE_MAX_CELL / 3; i++)
    g_string_append (text, "名");
  qc_table_begin_row (table, 1, FALSE);
  add (table, 0, text->str); /* 4095 bytes: just whole */
  g_assert_cmpstr (qc_table_get_cell (table, 0, 0).text, ==, text->str);
  g_string_append (text, "名");
  add (table, 1, text->str);
  const char *kept = qc_table_get_cell (table, 0, 1).text;
  g_assert_cmpuint (strlen (kept), <=, QC_TABLE_MAX_CELL);
  g_assert_true (g_str_has_suffix (kept, "名…"));
  g_assert_true (g_utf8_validate (kept, -1, NULL));
}

static void
test_full (void)
{
  g_autoptr (QcTable) table = qc_table_new ();
  qc_table_begin_row (table, 1, FALSE);
  for (guint column = 0; column < QC_TABLE_MAX_COLUMNS; column++)
    add (table, column * 2, "x");
  g_assert_cmpint (qc_table_add (table, 1, QC_CELL_TEXT, "x", 1), ==, QC_TABLE_COLUMNS);
  add (table, 2, "y"); /* one that is used already */
  for (guint row = 2; row <= QC_TABLE_MAX_ROWS; row++) {
    qc_table_begin_row (table, row, FALSE);
    add (table, 0, "x");
  }
  qc_table_begin_row (table, QC_TABLE_MAX_ROWS + 1, FALSE);
  g_assert_cmpint (qc_table_add (table, 0, QC_CELL_TEXT, "x", 1), ==, QC_TABLE_ROWS);
  g_assert_cmpint (qc_table_add (table, 0, QC_CELL_TEXT, " ", 1), ==, QC_TABLE_TAKEN); /* a blank row is none */
}

static void
test_damaged (void)
{
  static const struct {
    QcCell cell;
    gboolean damaged;
  } rows[] = {
      {{QC_CELL_NUMBER, "230102199003070000"}, TRUE}, {{QC_CELL_NUMBER, "-230102199003070000"}, TRUE},
      {{QC_CELL_NUMBER, "23110000000001"}, FALSE},    {{QC_CELL_NUMBER, "999999999999999"}, FALSE},
      {{QC_CELL_TEXT, "230102199003078239"}, FALSE},  {{QC_CELL_NUMBER, "5500.1234567890123456"}, FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_cell_is_damaged (&rows[i].cell), ==, rows[i].damaged);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spreadsheet/table/rows", test_rows);
  g_test_add_func ("/spreadsheet/table/column-names", test_column_names);
  g_test_add_func ("/spreadsheet/table/long", test_long);
  g_test_add_func ("/spreadsheet/table/full", test_full);
  g_test_add_func ("/spreadsheet/table/damaged", test_damaged);
  return g_test_run ();
}
