/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 回收站 in the real window: a draft that was deleted lies there and comes back, or goes for good once that is
 * confirmed. 工作移交: chosen, under a passphrase, written, or stopped. 日志: narrowed by a period. The file of the
 * last center, edited by hand, is said.
 */
#include <glib/gstdio.h>

#include "play.h"
#include "qc-app-fixture.h"
#include "qc-journal-list.h"
#include "qc-keeper.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-prefs.h"

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

/* The first entry of the journal becomes one of long ago. */
static gpointer
make_old (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, "UPDATE journal SET time = time - 400 * 86400 WHERE seq = 1", error)
             ? QC_DATABASE_DONE
             : NULL;
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

/* --- handing over --- */

typedef struct {
  Play play;
  char *folder, *path; /* (owned) */
  GtkWidget *window;   /* borrowed: 备份与迁移 */
} Over;

static void
enter (GtkWidget *widget, gpointer text)
{
  if (GTK_IS_EDITABLE (widget) && gtk_widget_get_mapped (widget))
    gtk_editable_set_text (GTK_EDITABLE (widget), text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    enter (child, text);
}

/* Up to the passphrase, which is entered twice. */
static void
begin_over (Over *over)
{
  play_begin_in (&over->play, qc_app_fixture_make_folder (QC_FILL_SEALING, 0));
  play_wait (can_go, &over->play, "go");
  over->folder = g_dir_make_tmp ("qc-over-XXXXXX", NULL);
  over->path = g_build_filename (over->folder, "移交.qcdata", NULL);
  play_do (&over->play, "show-keep", NULL);
  play_wait (is_said, (gpointer) "Moving and handing over", "the window");
  over->window = find_window ("Moving and handing over");
  gtk_widget_activate_action (over->window, "keep.hand-over-to", "s", over->path);
  play_wait (is_said, (gpointer) "Which units are handed over?", "which units");
  GtkWidget *units = find_window ("Which units are handed over?");
  g_assert_nonnull (play_find_words (units, QC_FIXTURE_UNIT));
  g_assert_nonnull (play_find_words (units, "your journal, your settings and your sign-in do not"));
  gtk_widget_activate_action (units, "dialog.confirm", NULL);
  play_wait (is_said, (gpointer) "Passphrase for the Hand-Over", "the passphrase");
  GtkWidget *asked = find_window ("Passphrase for the Hand-Over");
  enter (asked, (gpointer) "K7#w-pQ9z!x2");
  gtk_widget_activate_action (asked, "dialog.confirm", NULL);
}

static void
end_over (Over *over)
{
  gtk_window_destroy (GTK_WINDOW (over->window));
  g_assert_cmpint (g_rmdir (over->folder), ==, 0);
  g_free (over->folder);
  g_free (over->path);
  play_end (&over->play);
}

static void
test_hand_over (void)
{
  Over over;
  begin_over (&over);
  play_wait (is_said, (gpointer) "the list of what is open beside it are written", "the end");
  g_autofree char *list = qc_keeper_dup_list_path (over.path);
  g_assert_cmpint (g_unlink (over.path), ==, 0);
  g_assert_cmpint (g_unlink (list), ==, 0);
  end_over (&over);
}

static gboolean
can_begin (gpointer window)
{
  return !play_find (window, GTK_TYPE_PROGRESS_BAR);
}

/* Stopped while it works: said, nothing is left, and it can be begun anew. */
static void
test_hand_over_stopped (void)
{
  Over over;
  begin_over (&over);
  g_assert_nonnull (play_find_words (over.window, "Packing everything…"));
  gtk_widget_activate_action (over.window, "keep.cancel", NULL);
  play_wait (is_said, (gpointer) "It was stopped; nothing was changed.", "that it was stopped");
  play_wait (can_begin, over.window, "the commands");
  end_over (&over); /* the folder is empty */
}

/* --- the journal --- */

static void
choose_period (GtkWidget *widget, gpointer period)
{
  if (GTK_IS_DROP_DOWN (widget)) {
    GListModel *names = gtk_drop_down_get_model (GTK_DROP_DOWN (widget));
    g_autoptr (GtkStringObject) first = g_list_model_get_item (names, 0);
    if (g_str_equal (gtk_string_object_get_string (first), "Any time"))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), GPOINTER_TO_UINT (period));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    choose_period (child, period);
}

static void
test_journal (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (0, 0));
  play_wait (can_go, &play, "go");
  for (guint i = 0; i < 3; i++)
    qc_session_journal (play.session, "check.copied", NULL, NULL);
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (play.session), "old", make_old, NULL, &error);
  g_assert_no_error (error);
  play_do (&play, "show-journal", NULL);
  play_wait (is_said, (gpointer) "3 entries", "all entries");
  GtkWidget *journal = find_window ("3 entries");
  choose_period (journal, GUINT_TO_POINTER (QC_JOURNAL_WEEK));
  play_wait (is_said, (gpointer) "2 entries", "those of seven days");
  choose_period (journal, GUINT_TO_POINTER (QC_JOURNAL_ALWAYS));
  play_wait (is_said, (gpointer) "3 entries", "all entries again");
  gtk_window_destroy (GTK_WINDOW (journal));
  play_end (&play);
}

/* --- the center's file --- */

/* (transfer full) a folder whose last center's file is no such file any more */
static char *
make_edited (void)
{
  char *folder = qc_app_fixture_make_folder (0, 0);
  g_autofree char *database = g_build_filename (folder, "qingce.db", NULL);
  g_autofree char *profiles = g_build_filename (folder, "profiles", NULL);
  g_autofree char *file = g_build_filename (profiles, "far-away.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = qc_connection_open (database, QC_CONNECTION_READ_WRITE, &error);
  g_assert_true (qc_store_prefs_set (connection, "", "profile", "far-away", &error));
  g_assert_cmpint (g_mkdir_with_parents (profiles, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "{ edited by hand", -1, &error));
  return folder;
}

/* Not as a first start: which file, that nothing is lost, and what to do; centers can be chosen behind it. */
static void
test_edited_by_hand (void)
{
  Play play;
  play_begin_in (&play, make_edited ());
  play_wait (is_said, (gpointer) "is not as the center handed it out", "what is wrong");
  GtkWidget *told = find_window ("is not as the center handed it out");
  g_assert_nonnull (play_find_words (told, "far-away.json"));
  g_assert_nonnull (play_find_words (told, "Nothing that was entered is lost: import the center's file once more."));
  gtk_window_close (GTK_WINDOW (told));
  g_assert_true (play_is_enabled (&play, "choose-center-file"));
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/keep/trash/restore", test_restore);
  g_test_add_func ("/keep/trash/destroy", test_destroy);
  g_test_add_func ("/keep/hand-over", test_hand_over);
  g_test_add_func ("/keep/hand-over-stopped", test_hand_over_stopped);
  g_test_add_func ("/keep/journal", test_journal);
  g_test_add_func ("/keep/edited-by-hand", test_edited_by_hand);
  return g_test_run ();
}
