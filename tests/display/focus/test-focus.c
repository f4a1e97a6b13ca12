/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What becomes of the focus when its widget goes: hidden, insensitive, on a page that is left and come back to, in a
 * row that is taken out. Never is it left on what cannot be seen, and never does it go by itself to what undoes.
 */
#include <adwaita.h>

#include "play.h"
#include "qc-focus.h"
#include "qc-stack.h"

/* A window with a bar of [undo, next, delete] above a check button: beside what goes stands what undoes. */
typedef struct {
  GtkWidget *window, *box, *undo, *next, *remove, *check;
} Desk;

static void
desk_init (Desk *desk)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  desk->window = gtk_window_new ();
  desk->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  desk->undo = gtk_button_new_with_label ("undo");
  desk->next = gtk_button_new_with_label ("next");
  desk->remove = gtk_button_new_with_label ("delete");
  desk->check = gtk_check_button_new_with_label ("check");
  gtk_widget_add_css_class (desk->remove, "destructive-action");
  gtk_box_append (GTK_BOX (bar), desk->undo);
  gtk_box_append (GTK_BOX (bar), desk->next);
  gtk_box_append (GTK_BOX (bar), desk->remove);
  gtk_box_append (GTK_BOX (desk->box), bar);
  gtk_box_append (GTK_BOX (desk->box), desk->check);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->box);
  qc_focus_guard (desk->undo);
  qc_focus_set_home (desk->box, qc_focus_enter);
  qc_focus_keep (GTK_WINDOW (desk->window));
  gtk_window_present (GTK_WINDOW (desk->window));
}

static gboolean
has_painted (gpointer data)
{
  int *frames = data;
  return *frames >= 3;
}

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(int *)data;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* Longer than GTK takes to move the focus itself. */
static GtkWidget *
get_focus (GtkWidget *window)
{
  int frames = 0;
  guint tick = gtk_widget_add_tick_callback (window, count_cb, &frames, NULL);
  play_wait (has_painted, &frames, "frames");
  gtk_widget_remove_tick_callback (window, tick);
  return gtk_window_get_focus (GTK_WINDOW (window));
}

static void
begin_at_next (Desk *desk)
{
  desk_init (desk);
  gtk_widget_grab_focus (desk->next);
  g_assert_true (get_focus (desk->window) == desk->next);
}

static void
test_hidden (void)
{
  Desk desk;
  begin_at_next (&desk);
  gtk_widget_set_visible (desk.next, FALSE);
  g_assert_true (get_focus (desk.window) == desk.check);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

static void
test_insensitive (void)
{
  Desk desk;
  begin_at_next (&desk);
  gtk_widget_set_sensitive (desk.next, FALSE);
  g_assert_true (get_focus (desk.window) == desk.check);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

/* Nothing is left but what must not be pressed by itself. */
static void
test_guarded (void)
{
  Desk desk;
  begin_at_next (&desk);
  gtk_widget_set_visible (desk.check, FALSE);
  gtk_widget_set_visible (desk.next, FALSE);
  g_assert_null (get_focus (desk.window));
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

/* Once it had no place to go to, it is kept as before. */
static void
test_from_nowhere (void)
{
  Desk desk;
  begin_at_next (&desk);
  gtk_widget_set_sensitive (desk.box, FALSE);
  g_assert_null (get_focus (desk.window));
  gtk_widget_set_sensitive (desk.box, TRUE);
  g_assert_null (get_focus (desk.window));
  gtk_widget_grab_focus (desk.next);
  g_assert_true (get_focus (desk.window) == desk.next);
  gtk_widget_set_sensitive (desk.next, FALSE);
  g_assert_true (get_focus (desk.window) == desk.check);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

static gboolean
take_last (GtkWidget *part)
{
  return gtk_widget_grab_focus (gtk_widget_get_last_child (part));
}

/* A part within it that has a place of its own decides; asked from there once more, it is looked through. */
static void
test_own_home (void)
{
  Desk desk;
  begin_at_next (&desk);
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_button_new_with_label ("first"), *last = gtk_button_new_with_label ("last");
  gtk_box_append (GTK_BOX (part), first);
  gtk_box_append (GTK_BOX (part), last);
  gtk_box_prepend (GTK_BOX (desk.box), part);
  qc_focus_set_home (part, take_last);
  qc_focus_set_default_home (part);
  gtk_widget_set_visible (desk.next, FALSE);
  g_assert_true (get_focus (desk.window) == last);
  qc_focus_set_home (part, qc_focus_enter);
  g_assert_true (qc_focus_enter (part));
  g_assert_true (get_focus (desk.window) == first);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

/* What the program or the clerk focuses herself stays. */
static void
test_deliberate (void)
{
  Desk desk;
  begin_at_next (&desk);
  gtk_widget_set_visible (desk.next, FALSE);
  gtk_widget_grab_focus (desk.undo);
  g_assert_true (get_focus (desk.window) == desk.undo);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

/* GtkStack remembers what had the focus on a page, and gives it back even if that was hidden meanwhile. */
static void
test_come_back (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *other = gtk_button_new_with_label ("other");
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = gtk_button_new_with_label ("bar");
  GtkWidget *entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (page), bar);
  gtk_box_append (GTK_BOX (page), entry);
  gtk_stack_add_named (GTK_STACK (stack), page, "page");
  gtk_stack_add_named (GTK_STACK (stack), other, "other");
  gtk_window_set_child (GTK_WINDOW (window), stack);
  qc_focus_set_home (page, qc_focus_enter);
  qc_focus_set_home (window, qc_focus_enter);
  qc_focus_keep (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (bar);
  g_assert_true (get_focus (window) == bar);
  qc_stack_show (stack, other);
  g_assert_true (get_focus (window) == other);
  gtk_widget_set_visible (bar, FALSE);
  qc_stack_show (stack, page);
  g_assert_true (gtk_widget_is_ancestor (get_focus (window), entry));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A row that is answered and taken out leaves the focus to the list. */
static void
test_row (void)
{
  Desk desk;
  GtkWidget *list = gtk_list_box_new ();
  desk_init (&desk);
  gtk_box_append (GTK_BOX (desk.box), list);
  GtkWidget *rows[3];
  for (int i = 0; i < 3; i++) {
    rows[i] = gtk_list_box_row_new ();
    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (rows[i]), gtk_button_new_with_label ("answer"));
    gtk_list_box_append (GTK_LIST_BOX (list), rows[i]);
  }
  gtk_widget_grab_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (rows[1])));
  gtk_list_box_remove (GTK_LIST_BOX (list), rows[1]);
  g_assert_true (gtk_widget_is_ancestor (get_focus (desk.window), list));
  gtk_list_box_remove (GTK_LIST_BOX (list), rows[0]);
  gtk_list_box_remove (GTK_LIST_BOX (list), rows[2]);
  g_assert_true (get_focus (desk.window) == desk.check);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

/* What went leaves nothing behind that Tab would begin at: all of what was around it is reached again. */
static void
test_tab_after (void)
{
  Desk desk;
  begin_at_next (&desk);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *going = gtk_button_new_with_label ("going"), *before = gtk_button_new_with_label ("before");
  gtk_box_append (GTK_BOX (inner), going);
  gtk_box_append (GTK_BOX (outer), before);
  gtk_box_append (GTK_BOX (outer), inner);
  gtk_box_append (GTK_BOX (desk.box), outer);
  gtk_widget_grab_focus (going);
  g_assert_true (get_focus (desk.window) == going);
  gtk_box_remove (GTK_BOX (inner), going);
  g_assert_true (get_focus (desk.window) == desk.check);
  g_assert_true (gtk_widget_child_focus (desk.window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk.window)) == before);
  gtk_window_destroy (GTK_WINDOW (desk.window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/focus/hidden", test_hidden);
  g_test_add_func ("/focus/insensitive", test_insensitive);
  g_test_add_func ("/focus/guarded", test_guarded);
  g_test_add_func ("/focus/from-nowhere", test_from_nowhere);
  g_test_add_func ("/focus/own-home", test_own_home);
  g_test_add_func ("/focus/deliberate", test_deliberate);
  g_test_add_func ("/focus/come-back", test_come_back);
  g_test_add_func ("/focus/row", test_row);
  g_test_add_func ("/focus/tab-after", test_tab_after);
  return g_test_run ();
}
