/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The check of vouchers in the window: several files at once, each by its name; a reader that hangs does not hold the
 * window up and can be stopped; what an earlier check found is gone before the next one can fail. Vouchers that are
 * genuine are checked by the journeys.
 */
#include <glib/gstdio.h>

#include "play.h"

static char *
save (Play *play, const char *name, const char *text)
{
  char *path = g_build_filename (play->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static gboolean
can_stop (gpointer data)
{
  return play_is_enabled (data, "voucher-stop");
}

static gboolean
is_over (gpointer data)
{
  return !play_is_enabled (data, "voucher-stop");
}

static gboolean
can_go (gpointer data)
{
  return play_is_enabled (data, "go");
}

static void
open_page (Play *play)
{
  play_begin (play, 3);
  play_wait (can_go, play, "go");
  play_do (play, "go", g_variant_new_string ("vouchers"));
  play_wait_page (play, "Vouchers");
  play_wait_words (play, "No voucher is open");
}

static void
test_several (void)
{
  Play play;
  open_page (&play);
  g_autofree char *text = save (&play, "scanned.txt", "QC1.nothing"),
                  *broken = save (&play, "broken.pdf", "%PDF-1.4 x");
  const char *paths[] = {text, broken, text};

  play_wait_words (&play, "No voucher is open");
  for (int n = 2; n <= 3; n++) { /* few are shown whole, many in a list that scrolls */
    play_do (&play, "voucher-check-paths", g_variant_new_strv (paths, n));
    play_wait_words (&play, "scanned.txt: No voucher");
    play_wait_words (&play, "broken.pdf: The file cannot be read");
    play_wait (is_over, &play, "the check");
  }
  play_do (&play, "voucher-check-path", g_variant_new_string (text));
  play_wait_words (&play, "No voucher");
  play_end (&play);
}

/* What takes files that are dropped on @widget, or on something within it. (nullable) */
static GtkDropTarget *
find_drop (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_DROP_TARGET (controller)
        && gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)),
                                              GDK_TYPE_FILE_LIST))
      return GTK_DROP_TARGET (controller); /* the widget has it */
  }
  GtkDropTarget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      found = find_drop (child);
  return found;
}

/* Files from a file manager are checked where they are dropped. */
static void
test_drop (void)
{
  Play play;
  open_page (&play);
  g_autofree char *text = save (&play, "scanned.txt", "QC1.nothing"),
                  *broken = save (&play, "broken.pdf", "%PDF-1.4 x");
  g_autoptr (GFile) first = g_file_new_for_path (text), second = g_file_new_for_path (broken);
  GFile *files[] = {first, second};
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;
  GtkDropTarget *drop = find_drop (GTK_WIDGET (play.window));
  g_assert_nonnull (drop);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, G_N_ELEMENTS (files)));
  g_signal_emit_by_name (drop, "drop", &value, 1.0, 1.0, &taken);
  g_assert_true (taken);
  play_wait_words (&play, "scanned.txt: No voucher");
  play_wait_words (&play, "broken.pdf: The file cannot be read");
  play_wait (is_over, &play, "the check");
  play_end (&play);
}

static void
test_stop (void)
{
  g_autofree char *reader = g_strdup (g_getenv ("QINGCE_READER"));
  Play play;
  open_page (&play);
  g_autofree char *text = save (&play, "scanned.txt", "QC1.nothing");
  g_autofree char *slow = save (&play, "slow", "#!/bin/sh\nexec sleep 600\n");

  g_assert_cmpint (g_chmod (slow, 0700), ==, 0);
  play_wait_words (&play, "No voucher is open");
  play_do (&play, "voucher-check-path", g_variant_new_string (text));
  play_wait_words (&play, "No voucher");
  play_wait_words (&play, "What the check found");
  g_setenv ("QINGCE_READER", slow, TRUE);
  play_do (&play, "voucher-check-path", g_variant_new_string (text));
  play_wait (can_stop, &play, "a check that can be stopped");
  play_wait_words (&play, "No voucher is open");
  play_wait_words (&play, "Stop Checking");
  play_do (&play, "voucher-stop", NULL);
  play_wait (is_over, &play, "its end");
  play_wait_words (&play, "Checking was stopped");
  g_assert_null (play_find_words (GTK_WIDGET (play.window), "What the check found"));
  g_setenv ("QINGCE_READER", reader, TRUE);
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/check/several", test_several);
  g_test_add_func ("/check/drop", test_drop);
  g_test_add_func ("/check/stop", test_stop);
  return g_test_run ();
}
