/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A look around is offered once and may be declined or left; preferences hold at once.
 */
#include "play.h"

/* (nullable) the window over the main one */
static GtkWidget *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_said (gpointer play)
{
  return play_find_words (GTK_WIDGET (((Play *)play)->window), "New here?") != NULL;
}

static gboolean
is_not_said (gpointer play)
{
  return !is_said (play);
}

static void
begin (Play *play)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.qingce.Qingce");
  g_settings_reset (settings, "tour-seen");
  play_begin (play, 3);
  play_wait_page (play, "Start page");
  play_wait (is_said, play, "the tour to be offered");
}

static void
test_declined (void)
{
  Play play;
  begin (&play);
  play_do (&play, "skip-tour", NULL);
  play_wait (is_not_said, &play, "it to be offered no more");
  g_assert_null (find_window ());
  play_end (&play);
  play_begin (&play, 3); /* the next start */
  play_wait_page (&play, "Start page");
  play_wait_words (&play, "This month");
  g_assert_true (is_not_said (&play));
  play_end (&play);
}

static gboolean
is_closed (gpointer data)
{
  return find_window () == NULL;
}

static void
test_tour (void)
{
  Play play;
  begin (&play);
  play_do (&play, "show-tour", NULL);
  GtkWidget *tour = find_window ();
  g_assert_nonnull (play_find_words (tour, "What this month needs"));
  for (guint i = 0; i < 4; i++)
    gtk_widget_activate_action (tour, "tour.next", NULL);
  g_assert_nonnull (play_find_words (tour, "Found at once"));
  g_assert_nonnull (play_find_words (tour, "5 of 5"));
  gtk_widget_activate_action (tour, "tour.back", NULL);
  g_assert_nonnull (play_find_words (tour, "Followed to the end"));
  gtk_widget_activate_action (tour, "tour.next", NULL);
  gtk_widget_activate_action (tour, "tour.next", NULL);
  play_wait (is_closed, NULL, "the tour to end");
  play_wait (is_not_said, &play, "it to be offered no more");
  play_end (&play);
}

static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.qingce.Qingce");
  g_settings_reset (settings, "notify-decisions");
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  play_do (&play, "preferences", NULL);
  GtkWidget *window = find_window ();
  GtkWidget *toggle = play_find (window, GTK_TYPE_SWITCH);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "notify-decisions"));
  GtkWidget *choice = play_find (window, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 2);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 0);
  gtk_window_destroy (GTK_WINDOW (window));
  g_settings_reset (settings, "notify-decisions");
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/habits/declined", test_declined);
  g_test_add_func ("/habits/tour", test_tour);
  g_test_add_func ("/habits/preferences", test_preferences);
  return g_test_run ();
}
