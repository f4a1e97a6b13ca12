/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters of applications: kept page by page, gone on from where they end, and dropped when nobody looks.
 */
#include "store-fixture.h"

#include "qc-store-lines.h"

#define SERIAL  "FQ2026112300000001"
#define CREATED G_GINT64_CONSTANT (1795320000)
#define DAY     86400

static gboolean
put (QcConnection *connection, gint64 first, guint n, const char *after, const char *cursor, gint64 now, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_array_set_clear_func (lines, (GDestroyNotify)qc_store_line_clear);
  for (guint i = 0; i < n; i++) {
    QcStoreLine line = {first + i, g_strdup_printf ("name\x1f%" G_GINT64_FORMAT, first + i)};
    g_array_append_val (lines, line);
  }
  return qc_store_lines_put (connection, PROFILE, UNIT, SERIAL, CREATED, lines, after, cursor, now, error);
}

typedef struct {
  guint n;
  gint64 last;
} Seen;

static gboolean
see (gint64 line, const char *facts, gpointer user_data)
{
  Seen *seen = user_data;
  g_autofree char *wanted = g_strdup_printf ("name\x1f%" G_GINT64_FORMAT, line);
  g_assert_cmpstr (facts, ==, wanted);
  g_assert_cmpint (line, >, seen->last);
  seen->last = line;
  seen->n++;
  return TRUE;
}

static void
expect (QcConnection *connection, guint n, gint64 fetched, const char *cursor, GError **error)
{
  g_auto (QcStoreRoster) roster = {0};
  GOOD (qc_store_lines_get (connection, PROFILE, UNIT, SERIAL, CREATED, &roster, error));
  g_assert_cmpint (roster.fetched, ==, fetched);
  g_assert_cmpstr (roster.cursor, ==, cursor);
  g_assert_cmpint (qc_store_roster_is_whole (&roster), ==, fetched != 0 && cursor == NULL);
  Seen seen = {0};
  GOOD (qc_store_lines_each (connection, PROFILE, UNIT, SERIAL, see, &seen, error));
  g_assert_cmpuint (seen.n, ==, n);
}

static gpointer
pages (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  expect (connection, 0, 0, NULL, error);
  GOOD (put (connection, 1, 1000, NULL, "1000", NOW, error));
  expect (connection, 1000, NOW, "1000", error);
  FAILS (put (connection, 2001, 10, "2000", NULL, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (put (connection, 1001, 500, "1000", NULL, NOW + 5, error));
  expect (connection, 1500, NOW + 5, NULL, error);
  FAILS (put (connection, 1501, 1, "1000", NULL, NOW, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  GOOD (put (connection, 7, 3, NULL, NULL, NOW + 9, error)); /* from the start: what was there goes */
  expect (connection, 3, NOW + 9, NULL, error);
  return QC_DATABASE_DONE;
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, pages, NULL);
}

/* Practice begins anew and gives serials out again. */
static gpointer
another (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (put (connection, 1, 3, NULL, "3", NOW, error));
  g_auto (QcStoreRoster) roster = {0};
  GOOD (qc_store_lines_get (connection, PROFILE, UNIT, SERIAL, CREATED + 1, &roster, error));
  g_assert_cmpint (roster.fetched, ==, 0);
  GOOD (qc_store_lines_get (connection, PROFILE, "231100000059", SERIAL, CREATED, &roster, error));
  g_assert_cmpint (roster.fetched, ==, 0);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  FAILS (qc_store_lines_put (connection, PROFILE, UNIT, SERIAL, CREATED + 1, none, "3", NULL, NOW, error),
         QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  return QC_DATABASE_DONE;
}

static void
test_another (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, another, NULL);
}

static gpointer
age (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (put (connection, 1, 3, NULL, NULL, NOW, error));
  GOOD (qc_store_lines_purge (connection, NOW + 60 * DAY, error));
  expect (connection, 3, NOW, NULL, error);
  GOOD (qc_store_lines_look (connection, PROFILE, UNIT, SERIAL, NOW + 60 * DAY, error));
  GOOD (qc_store_lines_purge (connection, NOW + 120 * DAY, error));
  expect (connection, 3, NOW, NULL, error); /* somebody looked since */
  GOOD (qc_store_lines_purge (connection, NOW + 120 * DAY + 1, error));
  expect (connection, 0, 0, NULL, error);
  return QC_DATABASE_DONE;
}

static void
test_age (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, age, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/lines/pages", Fixture, NULL, fixture_set_up, test_pages, fixture_tear_down);
  g_test_add ("/store/lines/another", Fixture, NULL, fixture_set_up, test_another, fixture_tear_down);
  g_test_add ("/store/lines/age", Fixture, NULL, fixture_set_up, test_age, fixture_tear_down);
  return g_test_run ();
}
