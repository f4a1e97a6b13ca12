/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 回收站 in the real window: a draft that was deleted lies there and comes back, or goes for good once that is
 * confirmed.
 */
#include "play.h"
#include "qc-app-fixture.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"

/* The window over the main one that says @words. (nullable) */
static GtkWidget *
find_window (const char *words)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) && gtk_widget_get_visible (l->data) && play_find_words (l->data, words))
      return l->data;
  return NULL;
}

static gboolean
is_said (gpointer words)
{
  return find_window (words) != NULL;
}

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

/* A draft of one line, deleted. @data: its id (gint64) afterwards. */
static gpointer
make_deleted (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  return qc_store_draft_create (connection, "heihe", QC_FIXTURE_UNIT, QC_BUSINESS_SEALING, "{}", now, data, error)
                 && qc_store_draft_rename (connection, *(gint64 *)data, "十一月退休", error)
                 && qc_store_draft_delete (connection, *(gint64 *)data, now, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gpointer
count_drafts (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = qc_store_draft_list (connection, "heihe", QC_FIXTURE_UNIT, error);
  *(gint64 *)data = list->len;
  return QC_DATABASE_DONE;
}

static gint64
get_n_drafts (Play *play)
{
  gint64 n = -1;
  qc_database_read (qc_session_get_database (play->session), "count", count_drafts, &n, NULL);
  return n;
}

static GtkWidget *
open_trash (Play *play)
{
  play_begin_in (play, qc_app_fixture_make_folder (0, 0));
  play_wait (can_go, play, "go");
  gint64 draft = 0;
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (play->session), "draft", make_deleted, &draft, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_n_drafts (play), ==, 0);
  play_do (play, "show-trash", NULL);
  play_wait (is_said, (gpointer) "十一月退休", "the deleted draft");
  return find_window ("十一月退休");
}

static void
test_restore (void)
{
  Play play;
  GtkWidget *trash = open_trash (&play);
  g_assert_nonnull (play_find_words (trash, "30 days"));
  gtk_widget_activate_action (trash, "trash.restore", NULL);
  play_wait (is_said, (gpointer) "The trash is empty", "the empty trash");
  g_assert_cmpint (get_n_drafts (&play), ==, 1);
  g_assert_nonnull (play_find_words (trash, "“十一月退休” is back"));
  gtk_window_destroy (GTK_WINDOW (trash));
  play_end (&play);
}

static void
test_destroy (void)
{
  Play play;
  GtkWidget *trash = open_trash (&play);
  gtk_widget_activate_action (trash, "trash.destroy", NULL);
  play_wait (is_said, (gpointer) "cannot be had back", "the question");
  g_assert_null (find_window ("The trash is empty"));
  gtk_widget_activate_action (find_window ("cannot be had back"), "dialog.confirm", NULL);
  play_wait (is_said, (gpointer) "The trash is empty", "the empty trash");
  g_assert_cmpint (get_n_drafts (&play), ==, 0);
  gtk_window_destroy (GTK_WINDOW (find_window ("The trash is empty")));
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/keep/trash/restore", test_restore);
  g_test_add_func ("/keep/trash/destroy", test_destroy);
  return g_test_run ();
}
