/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 查找可补缴人员 in the real window: who was found is told and taken over, and the clerk goes on where something must
 * be filled in; that there is nobody is said.
 */
#include "play.h"
#include "qc-app-fixture.h"
#include "qc-roster-grid.h"
#include "qc-session-private.h"

static gboolean
is_enabled (gpointer play)
{
  return play_is_enabled (play, "back-payment-find");
}

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

static void
open_page (Play *play, const char *sql)
{
  play_begin_in (play, qc_app_fixture_make_folder (0, 0));
  play_wait (can_go, play, "go");
  qc_context_set_today (play->context, QC_FIXTURE_TODAY);
  QcAppFixture fixture = {play->folder, play->context, play->session};
  if (sql)
    qc_app_fixture_sql (&fixture, sql);
  play_do (play, "go", g_variant_new_string ("back-payment"));
  play_wait (is_enabled, play, "back-payment-find");
}

/* The dialog that says @words. (nullable) */
static GtkWidget *
find_dialog (const char *words)
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
  return find_dialog (words) != NULL;
}

static void
test_nobody (void)
{
  Play play;
  open_page (&play, "UPDATE person SET gone = 1");
  play_do (&play, "back-payment-find", NULL);
  play_wait (is_said, (gpointer) "Nobody can be back-paid", "that there is nobody");
  g_assert_true (play_is_enabled (&play, "back-payment-find"));
  gtk_window_destroy (GTK_WINDOW (find_dialog ("Nobody can be back-paid")));
  play_end (&play);
}

static gboolean
has_cursor (gpointer play)
{
  GtkWidget *grid = play_find (GTK_WIDGET (((Play *)play)->window), QC_TYPE_ROSTER_GRID);
  return grid && qc_roster_grid_get_line (QC_ROSTER_GRID (grid)) != 0;
}

/* Everything that must stand on a line that was found does: the cursor is at its beginning, not at 说明. */
static void
test_cursor (void)
{
  Play play;
  open_page (&play, NULL);
  play_do (&play, "back-payment-find", NULL);
  play_wait (is_said, (gpointer) "Put them on the roster?", "what was found");
  gtk_widget_activate_action (find_dialog ("Put them on the roster?"), "dialog.confirm", NULL);
  play_wait (has_cursor, &play, "the lines that were added");
  QcRosterGrid *grid = QC_ROSTER_GRID (play_find (GTK_WIDGET (play.window), QC_TYPE_ROSTER_GRID));
  g_assert_cmpint (qc_roster_grid_get_line (grid), ==, 1);
  g_assert_cmpint (qc_roster_grid_get_field (grid), ==, QC_LINE_NAME);
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/back-find/nobody", test_nobody);
  g_test_add_func ("/back-find/cursor", test_cursor);
  return g_test_run ();
}
