/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Values bound by their types: what goes in comes out, whatever its width, in its place, and their number is held.
 */
#include "qc-sql.h"

#include <glib/gstdio.h>

#define TABLE                                                                                                  \
  "CREATE TABLE t (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, a1, b1, c1, " \
  "d1, e1, f1)"

typedef struct {
  char *folder, *path;      /* (owned) */
  QcConnection *connection; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("qc-sql-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
  g_autoptr (GError) error = NULL;
  fixture->connection = qc_connection_open (fixture->path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (qc_connection_exec (fixture->connection, TABLE, &error));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  qc_connection_close (fixture->connection); /* takes its files beside the database along */
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  QcConnection *connection = fixture->connection;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);
  GBytes *none = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  const char *text = "汇缴", *no_text = NULL;
  char writable[] = "封存";
  gint8 small = -8;
  guint32 wide = G_MAXUINT32;
  gboolean yes = TRUE;
  qc_sql_run (connection, &error,
              "INSERT INTO t (a, b, c, d, e, f, g, h, i, j, k, l) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", 7,
              small, wide, G_MININT64, yes, text, writable, no_text, "literal", bytes, none, empty);
  g_assert_no_error (error);
  g_autoptr (QcStatement) row = qc_sql_bind (connection, &error, "SELECT * FROM t WHERE f = ? AND a = ?", text, 10 - 3);
  g_assert_no_error (error);
  gboolean has_row;
  g_assert_true (qc_statement_step (row, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (qc_statement_get_int (row, 0), ==, 7);
  g_assert_cmpint (qc_statement_get_int (row, 1), ==, -8);
  g_assert_cmpint (qc_statement_get_int (row, 2), ==, G_MAXUINT32);
  g_assert_cmpint (qc_statement_get_int (row, 3), ==, G_MININT64);
  g_assert_cmpint (qc_statement_get_int (row, 4), ==, 1);
  g_assert_cmpstr (qc_statement_get_text (row, 5), ==, "汇缴");
  g_assert_cmpstr (qc_statement_get_text (row, 6), ==, "封存");
  g_assert_true (qc_statement_is_null (row, 7));
  g_assert_cmpstr (qc_statement_get_text (row, 8), ==, "literal");
  gsize size;
  gconstpointer blob = qc_statement_get_blob (row, 9, &size);
  g_assert_cmpmem (blob, size, "\0\1\2", 3);
  g_assert_true (qc_statement_is_null (row, 10));
  g_assert_false (qc_statement_is_null (row, 11)); /* no bytes are not NULL */
  qc_statement_get_blob (row, 11, &size);
  g_assert_cmpuint (size, ==, 0);
}

/* More values than any statement of the program has. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  QcConnection *connection = fixture->connection;
  g_autoptr (GError) error = NULL;
  qc_sql_run (
      connection, &error,
      "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
      " ?, ?, ?, ?)",
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
      "32");
  g_assert_no_error (error);
  g_autoptr (QcStatement) row = qc_sql_bind (connection, &error, "SELECT * FROM t");
  gboolean has_row;
  g_assert_true (qc_statement_step (row, &has_row, &error));
  for (int i = 0; i < 32; i++)
    g_assert_cmpint (qc_statement_get_int (row, i), ==, i + 1);
}

static void
test_count (Fixture *fixture, gconstpointer data)
{
  QcConnection *connection = fixture->connection;
  g_autoptr (GError) fewer = NULL;
  g_assert_false (qc_sql_run (connection, &fewer, "INSERT INTO t (a, b) VALUES (?, ?)", 1));
  g_assert_error (fewer, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  g_autoptr (GError) more = NULL;
  g_assert_false (qc_sql_run (connection, &more, "INSERT INTO t (a, b) VALUES (?, ?)", 1, 2, 3));
  g_assert_error (more, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  gint64 n = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_sql_int (connection, -1, &n, &error, "SELECT count(*) FROM t"));
  g_assert_cmpint (n, ==, 0);
  /* a parameter that stands twice is one; what was bound for a statement that failed is forgotten */
  g_assert_true (qc_sql_run (connection, &error, "INSERT INTO t (a, b, c) VALUES (?1, ?2, ?1)", 1, 2));
  g_assert_true (qc_sql_run (connection, &error, "INSERT INTO t (a, b) VALUES (?, ?)", 3, (char *)NULL));
  g_assert_no_error (error);
  g_assert_true (qc_sql_int (connection, -1, &n, &error, "SELECT c FROM t WHERE a = ?", 1));
  g_assert_cmpint (n, ==, 1);
}

static void
test_int (Fixture *fixture, gconstpointer data)
{
  QcConnection *connection = fixture->connection;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  g_assert_true (qc_sql_int (connection, -5, &n, &error, "SELECT a FROM t WHERE a = ?", 1));
  g_assert_cmpint (n, ==, -5);
  g_assert_true (qc_sql_int (connection, -6, &n, &error, "SELECT max (a) FROM t"));
  g_assert_cmpint (n, ==, -6);
  g_assert_false (qc_sql_int (connection, -7, &n, &error, "SELECT nothing FROM t"));
  g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FAILED);
  g_assert_cmpint (n, ==, -6);
}

#define ADD(name, func) g_test_add ("/sqlite/sql/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("types", test_types);
  ADD ("many", test_many);
  ADD ("count", test_count);
  ADD ("int", test_int);
  return g_test_run ();
}
