/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A data folder of its own for each test of the store, and made-up people.
 */
#pragma once

#include "qc-store-cursors.h"
#include "qc-store-drafts.h"
#include "qc-store-people.h"
#include "qc-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define PROFILE "practice-1"
#define UNIT    "231100000042"
#define NOW     G_GINT64_CONSTANT (1795392000)

typedef struct {
  char *folder;
  char *path; /* of the database */
  QcStore *store;
  QcDatabase *database; /* borrowed */
} Fixture;

G_GNUC_UNUSED static void
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = qc_store_open (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->database = qc_store_get_database (fixture->store);
}

G_GNUC_UNUSED static void
fixture_close (Fixture *fixture)
{
  g_clear_pointer (&fixture->store, qc_store_close);
  fixture->database = NULL;
}

/* Opens a copy of what an earlier version wrote. */
G_GNUC_UNUSED static void
fixture_open_old (Fixture *fixture, const char *name)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "store", "fixtures", name, NULL);
  fixture_close (fixture);
  gsize length;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
  fixture_open (fixture);
  g_assert_null (qc_store_get_set_aside (fixture->store));
}

G_GNUC_UNUSED static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("qc-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "qingce.db", NULL);
  fixture_open (fixture);
}

static void
fixture_remove (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    fixture_remove (inside);
  }
  g_remove (path);
}

G_GNUC_UNUSED static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_close (fixture);
  fixture_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Runs a function on a database thread and expects it to work: WRITE (fixture, function, data). */
#define RUN(how, fixture, func, data)                                                                         \
  G_STMT_START                                                                                                \
  {                                                                                                           \
    g_autoptr (GError) run_error = NULL;                                                                      \
    gpointer run_result = qc_database_##how ((fixture)->database, #func, func, (gpointer)(data), &run_error); \
    g_assert_no_error (run_error);                                                                            \
    g_assert_true (run_result == QC_DATABASE_DONE);                                                           \
  }                                                                                                           \
  G_STMT_END
#define WRITE(fixture, func, data) RUN (write, fixture, func, data)
#define READ(fixture, func, data)  RUN (read, fixture, func, data)

/* Inside such a function. */
#define GOOD(call)               \
  G_STMT_START                   \
  {                              \
    gboolean good_call = (call); \
    g_assert_no_error (*error);  \
    g_assert_true (good_call);   \
  }                              \
  G_STMT_END
#define FAILS(call, domain, code)          \
  G_STMT_START                             \
  {                                        \
    g_assert_false (call);                 \
    g_assert_error (*error, domain, code); \
    g_clear_error (error);                 \
  }                                        \
  G_STMT_END

/* One change more of an edit; @person and @facts are copied. */
G_GNUC_UNUSED static void
add_change (GArray *changes, QcStoreChangeKind kind, gint64 line, gint64 before, const char *person, const char *facts)
{
  QcStoreChange change
      = {.kind = kind, .line = line, .before = before, .person = g_strdup (person), .facts = g_strdup (facts)};
  g_array_append_val (changes, change);
}

static GBytes *
one_line (gint64 line, const char *text)
{
  GString *lines = g_string_new (NULL);
  qc_store_changed_lines_append (lines, line, text);
  return g_string_free_to_bytes (lines);
}

/* The facts of @line, @was until now, become @now. */
G_GNUC_UNUSED static void
set_change (GArray *changes, gint64 line, const char *was, const char *now)
{
  QcStoreChange change = {.kind = QC_STORE_CHANGE_LINES, .was = one_line (line, was), .now = one_line (line, now)};
  g_array_append_val (changes, change);
}

/* A change of a line is all of its facts here; whose it is follows from "whose:…". */
G_GNUC_UNUSED static char *
take_change (const char *facts, const char *change, char **person, GError **error)
{
  if (g_str_has_prefix (change, "whose:"))
    *person = g_strdup (change + strlen ("whose:"));
  return g_strdup (change);
}

/* An edit of one change. */
G_GNUC_UNUSED static gboolean
edit_one (QcConnection *connection, gint64 draft, QcStoreChangeKind kind, gint64 line, const char *person,
          const char *facts, gint64 now, GError **error)
{
  g_autoptr (GArray) changes = qc_store_changes_new ();
  add_change (changes, kind, line, 0, person, facts);
  return qc_store_draft_edit (connection, draft, "edit", changes, take_change, now, error);
}
