/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 检查这台电脑 in the real window: everything is looked at, each with a word beside its colour, and the whole can be
 * copied without the unit's name in it.
 */
#include <string.h>

#include "play.h"
#include "qc-session-private.h"
#include "qc-store-journal.h"
#include "qc-check-here.h"

static GtkWidget *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

/* "Look Again" can be pressed: nothing is being looked at any more. */
static gboolean
is_done (gpointer data)
{
  GtkWidget *window = find_window (), *again = window ? play_find_words (window, "Look Again") : NULL;
  return again && gtk_widget_is_sensitive (again);
}

typedef struct {
  char *text; /* (owned) (nullable) */
} Copied;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Copied *)data)->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_read (gpointer data)
{
  return ((Copied *)data)->text != NULL;
}

/* That it was copied stands in the journal, behind which this is done. */
static gpointer
find_copied (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, NULL, NULL, 0, 1, error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((QcStoreJournalEntry *)g_ptr_array_index (entries, 0))->action, ==, "check.copied");
  return QC_DATABASE_DONE;
}

static void
test_window (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  play_do (&play, "check-computer", NULL);
  play_wait (is_done, NULL, "everything to be looked at");
  GtkWidget *window = find_window ();
  static const char *const titles[]
      = {"Clock", "Center", "Certificate of the center", "Proxy", "Database", "Printer", "Space on the disk", "Screen"};
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_nonnull (play_find_words (window, titles[i]));
  g_assert_nonnull (play_find_words (window, "not looked at")); /* 黑河 has no interface */
  gtk_widget_activate_action (window, "check.copy", NULL);
  Copied copied = {0};
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, read_cb, &copied);
  play_wait (is_read, &copied, "the report");
  g_assert_nonnull (strstr (copied.text, "SQLite"));
  g_assert_null (strstr (copied.text, "爱辉某某公司"));
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_write (qc_session_get_database (play.session), "journal", find_copied, NULL, &error));
  g_assert_no_error (error);
  g_free (copied.text);
  gtk_window_destroy (GTK_WINDOW (window));
  play_end (&play);
}

/* Rows on either side of the least size. */
static void
test_screen (void)
{
  static const struct {
    int width, height;
    QcCheckState state;
  } rows[] = {{1024, 700, QC_CHECK_GOOD}, {1023, 700, QC_CHECK_NOTICE}, {1024, 699, QC_CHECK_NOTICE}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcCheckVerdict verdict = qc_check_here_judge_screen (rows[i].width, rows[i].height);
    g_assert_cmpint (verdict.state, ==, rows[i].state);
    g_free (verdict.reason);
    g_free (verdict.advice);
  }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/computer/window", test_window);
  g_test_add_func ("/computer/screen", test_screen);
  return g_test_run ();
}
