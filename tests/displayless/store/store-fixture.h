/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A data folder of its own for each test of the store, and made-up people.
 */
#pragma once

#include "qc-store-people.h"
#include "qc-store-cursors.h"
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

G_GNUC_UNUSED static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("qc-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "qingce.db", NULL);
  fixture_open (fixture);
}

G_GNUC_UNUSED static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  fixture_close (fixture);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
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
