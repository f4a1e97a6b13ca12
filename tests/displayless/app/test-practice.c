/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The practice center as a process: its ready line, its end with our pipe, started again when it dies, given up when it
 * keeps dying, not found. The programs are made up for the test.
 */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-practice.h"
#include "seed.h"

#define READY                                                                                         \
  "{\"ready\":true,\"api\":\"https://127.0.0.1:1\",\"portal\":\"http://127.0.0.1:2/portal/\","        \
  "\"console\":\"http://127.0.0.1:2/console/\",\"ca\":\"/x/ca.pem\",\"profile\":\"/x/profile.json\"," \
  "\"practice\":true,\"today\":20261123,\"pid\":"

typedef struct {
  char *folder;
  char *program;
  gboolean done;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = seed_make_folder (-1);
  fixture->program = g_build_filename (fixture->folder, "center", NULL);
  g_setenv ("QINGCE_CENTER", fixture->program, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  seed_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
}

static void
write_program (Fixture *fixture, const char *script)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents (fixture->program, script, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (fixture->program, 0700), ==, 0);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  qc_practice_start_finish (QC_PRACTICE (source), result, &fixture->error);
  fixture->done = TRUE;
}

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long for the practice center");
  return G_SOURCE_REMOVE;
}

static void
wait_for (const gboolean *done)
{
  guint late = g_timeout_add_seconds (20, late_cb, NULL);
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static QcPractice *
start (Fixture *fixture)
{
  QcPractice *practice = qc_practice_new (fixture->folder);
  fixture->done = FALSE;
  qc_practice_start_async (practice, NULL, started_cb, fixture);
  wait_for (&fixture->done);
  return practice;
}

static void
test_ready (Fixture *fixture, gconstpointer data)
{
  write_program (fixture, "#!/bin/sh\necho '" READY "'$$'}'\necho \"$@\" > \"$3/arguments\"\ncat >/dev/null\n"
                          "echo ended > \"$3/ended\"\n");
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (qc_practice_get_state (practice), ==, QC_PRACTICE_READY);
  g_assert_cmpint (qc_practice_get_today (practice), ==, 20261123);
  g_assert_cmpstr (qc_practice_get_console_address (practice), ==, "http://127.0.0.1:2/console/");
  g_assert_cmpstr (qc_practice_get_profile_path (practice), ==, "/x/profile.json");
  g_assert_cmpint (qc_practice_get_pid (practice), >, 1);
  /* A second start answers at once; the end of the pipe ends it in good order. */
  fixture->done = FALSE;
  qc_practice_start_async (practice, NULL, started_cb, fixture);
  wait_for (&fixture->done);
  g_assert_no_error (fixture->error);
  qc_practice_stop (practice);
  g_autofree char *ended = g_build_filename (fixture->folder, "ended", NULL);
  gboolean is_there = FALSE;
  for (int i = 0; i < 2000 && !is_there; i++) {
    g_usleep (5000);
    is_there = g_file_test (ended, G_FILE_TEST_EXISTS);
  }
  g_assert_true (is_there);
  g_autofree char *path = g_build_filename (fixture->folder, "arguments", NULL);
  g_autofree char *arguments = NULL;
  g_assert_true (g_file_get_contents (path, &arguments, NULL, NULL));
  g_assert_nonnull (strstr (arguments, "--practice --data "));
  g_assert_nonnull (strstr (arguments, "--port 0"));
}

static void
ready_cb (QcPractice *practice, gboolean *again)
{
  *again = TRUE;
}

/* kill -9 of the center: another one is started by itself. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  write_program (fixture, "#!/bin/sh\necho '" READY "'$$'}'\nexec cat >/dev/null\n");
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_no_error (fixture->error);
  int first = qc_practice_get_pid (practice);
  gboolean again = FALSE;
  g_signal_connect (practice, "ready", G_CALLBACK (ready_cb), &again);
  g_assert_cmpint (kill (first, SIGKILL), ==, 0);
  wait_for (&again);
  g_assert_cmpint (qc_practice_get_pid (practice), !=, first);
  g_assert_cmpint (qc_practice_get_state (practice), ==, QC_PRACTICE_READY);
  qc_practice_stop (practice);
}

static void
test_dying (Fixture *fixture, gconstpointer data)
{
  write_program (fixture, "#!/bin/sh\nexit 1\n");
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_error (fixture->error, QC_APP_ERROR, QC_APP_ERROR_CENTER_DIED);
  g_assert_cmpint (qc_practice_get_state (practice), ==, QC_PRACTICE_FAILED);
}

/* Data that do not hold are no reason to try again: it is said at once, and where they are. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  write_program (fixture, "#!/bin/sh\necho once >> \"$3/starts\"\necho 'no ledger' >&2\nexit 2\n");
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_error (fixture->error, QC_APP_ERROR, QC_APP_ERROR_CENTER_DIED);
  g_assert_nonnull (strstr (fixture->error->message, fixture->folder));
  g_assert_null (strstr (fixture->error->message, "no ledger")); /* words for who runs a center */
  g_autofree char *path = g_build_filename (fixture->folder, "starts", NULL);
  g_autofree char *starts = NULL;
  g_assert_true (g_file_get_contents (path, &starts, NULL, NULL));
  g_assert_cmpstr (starts, ==, "once\n");
}

/* Something that answers, but is no practice center. */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  write_program (fixture, "#!/bin/sh\necho '{\"ready\":true,\"practice\":false}'\nexec cat >/dev/null\n");
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_error (fixture->error, QC_APP_ERROR, QC_APP_ERROR_CENTER_DIED);
  g_assert_cmpint (qc_practice_get_pid (practice), ==, 0);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QcPractice) practice = start (fixture);
  g_assert_error (fixture->error, QC_APP_ERROR, QC_APP_ERROR_NO_CENTER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/practice/ready", Fixture, NULL, set_up, test_ready, tear_down);
  g_test_add ("/practice/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/practice/dying", Fixture, NULL, set_up, test_dying, tear_down);
  g_test_add ("/practice/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/practice/stranger", Fixture, NULL, set_up, test_stranger, tear_down);
  g_test_add ("/practice/missing", Fixture, NULL, set_up, test_missing, tear_down);
  return g_test_run ();
}
