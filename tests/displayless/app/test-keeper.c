/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What keeps the clerk's work: a backup by itself, once a day and only where there is something; on demand; gone back
 * to over a restart.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "qc-app-fixture.h"
#include "qc-keeper.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-journal.h"

typedef struct {
  GAsyncResult *result;
} Answer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Answer *)user_data)->result = g_object_ref (result);
}

static gboolean
is_there (gpointer answer)
{
  return ((Answer *)answer)->result != NULL;
}

/* Waits for it. (transfer full) */
static GAsyncResult *
wait_for (Answer *answer)
{
  qc_app_fixture_until (is_there, answer);
  return g_steal_pointer (&answer->result);
}

static GPtrArray *
list (QcKeeper *keeper)
{
  Answer answer = {NULL};
  qc_keeper_list_async (keeper, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  return qc_keeper_list_finish (keeper, result, NULL);
}

static void
back_up (QcKeeper *keeper)
{
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_back_up_async (keeper, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_true (qc_keeper_back_up_finish (keeper, result, &error));
  g_assert_no_error (error);
}

static gpointer
make_draft (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 draft;
  return qc_store_draft_create (connection, "heihe", QC_FIXTURE_UNIT, QC_BUSINESS_SEALING, "{}", 1795392000, &draft,
                                error)
                 && qc_store_draft_rename (connection, draft, data, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
draft (QcAppFixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "draft", make_draft, (gpointer)name, &error);
  g_assert_no_error (error);
}

static gpointer
read_names (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) drafts = qc_store_draft_list (connection, "heihe", QC_FIXTURE_UNIT, error);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = drafts->len; i-- > 0;)
    g_string_append (names, ((QcStoreDraft *)g_ptr_array_index (drafts, i))->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_drafts (QcAppFixture *fixture, const char *expected)
{
  g_autofree char *names
      = qc_database_read (qc_session_get_database (fixture->session), "names", read_names, NULL, NULL);
  g_assert_cmpstr (names, ==, expected);
}

static void
count_cb (QcKeeper *keeper, guint *n)
{
  ++*n;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *)n == 1;
}

/* Nothing where nothing is; then one, and no second one on the same day. */
static void
test_by_itself (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  guint changed = 0;
  g_signal_connect (keeper, "changed", G_CALLBACK (count_cb), &changed);
  qc_app_fixture_sql (fixture, "DELETE FROM journal");
  qc_keeper_look (keeper);
  qc_app_fixture_until (is_one, &changed);
  g_autoptr (GPtrArray) none = list (keeper);
  g_assert_cmpuint (none->len, ==, 0);
  draft (fixture, "一");
  changed = 0;
  qc_session_data_changed (fixture->session, QC_DATA_DRAFTS); /* as whoever wrote it says */
  qc_app_fixture_until (is_one, &changed);
  g_assert_no_error (qc_keeper_get_fault (keeper));
  g_autoptr (GPtrArray) one = list (keeper);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (((QcKept *)g_ptr_array_index (one, 0))->drafts, ==, 1);
  /* the program starts again on the same day: the backup that is asked for afterwards is the only other one */
  g_autoptr (QcKeeper) later = qc_keeper_new (fixture->session);
  qc_keeper_look (later);
  g_autoptr (GPtrArray) same = list (later);
  g_assert_cmpuint (same->len, ==, 1);
  back_up (later);
  g_autoptr (GPtrArray) two = list (later);
  g_assert_cmpuint (two->len, ==, 2);
}

static void
test_restore (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  draft (fixture, "一");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  back_up (keeper);
  draft (fixture, "二");
  assert_drafts (fixture, "一二");
  g_autoptr (GPtrArray) backups = list (keeper);
  const QcKept *kept = g_ptr_array_index (backups, 0);
  Answer answer = {NULL};
  g_autoptr (GError) error = NULL;
  qc_keeper_restore_async (keeper, kept->name, NULL, answer_cb, &answer);
  g_autoptr (GAsyncResult) result = wait_for (&answer);
  g_assert_true (qc_keeper_restore_finish (keeper, result, &error));
  g_assert_no_error (error);
  assert_drafts (fixture, "一二"); /* nothing has happened yet */
  g_clear_object (&keeper);
  qc_app_fixture_restart (fixture);
  g_assert_nonnull (qc_context_get_replaced (fixture->context));
  assert_drafts (fixture, "一");
}

/* A name that leads elsewhere, one that is gone. */
static void
test_restore_nothing (void)
{
  static const char *const names[] = {"../../etc", "gone"};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  draft (fixture, "一");
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    Answer answer = {NULL};
    g_autoptr (GError) error = NULL;
    qc_keeper_restore_async (keeper, names[i], NULL, answer_cb, &answer);
    g_autoptr (GAsyncResult) result = wait_for (&answer);
    g_assert_false (qc_keeper_restore_finish (keeper, result, &error));
    g_assert_nonnull (error);
  }
  g_clear_object (&keeper);
  qc_app_fixture_restart (fixture);
  g_assert_null (qc_context_get_replaced (fixture->context));
  assert_drafts (fixture, "一");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keeper/by-itself", test_by_itself);
  g_test_add_func ("/keeper/restore", test_restore);
  g_test_add_func ("/keeper/restore-nothing", test_restore_nothing);
  return g_test_run ();
}
