/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster: everybody of 10,000 is there, search, filter and sort go to SQL and the totals follow, far rows fill in,
 * the person beside it, a row to the clipboard; and 选择人员 over as many.
 */
#include <locale.h>

#include "play.h"
#include "qc-choose-people.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-people-list.h"

#define N 10000

static GListModel *
get_model (Play *play)
{
  GtkWidget *view = play_find (GTK_WIDGET (qc_window_get_page (play->window)), GTK_TYPE_COLUMN_VIEW);
  g_assert_nonnull (view);
  return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
}

typedef struct {
  Play *play;
  guint n;
  guint position;
  const char *text;
} Wanted;

static gboolean
has_n_rows (gpointer data)
{
  Wanted *wanted = data;
  return g_list_model_get_n_items (get_model (wanted->play)) == wanted->n;
}

static void
wait_rows (Play *play, guint n)
{
  Wanted wanted = {play, n, 0, NULL};
  play_wait (has_n_rows, &wanted, "the number of rows");
}

static gboolean
row_is (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (QcPersonRow) row = g_list_model_get_item (get_model (wanted->play), wanted->position);
  const QcEmployee *person = qc_person_row_get_employee (row);
  return person && (!wanted->text || g_str_equal (person->account, wanted->text));
}

static void
wait_row (Play *play, guint position, const char *account)
{
  Wanted wanted = {play, 0, position, account};
  play_wait (row_is, &wanted, "the row to be filled");
}

static void
begin (Play *play, int n)
{
  play_begin (play, n);
  play_wait_page (play, "Start page");
  play_do (play, "go", g_variant_new_string ("people"));
  play_wait_page (play, "People");
}

static void
test_all (void)
{
  Play play;
  begin (&play, N);
  wait_rows (&play, N);
  play_wait_words (&play, "Everybody: 10,000 people · normal 9,000 · sealed 1,000");
  play_do (&play, "people-sort", g_variant_new_string ("account"));
  wait_row (&play, 0, "231100000000");
  /* A row far down is a placeholder first, and is filled when it comes into view. */
  play_do (&play, "people-scroll-to", g_variant_new_uint32 (7777));
  wait_row (&play, 7777, "231100007777");
  play_wait_words (&play, "李7776号");
  play_do (&play, "people-sort", g_variant_new_string ("-account"));
  wait_row (&play, 0, "231100009999");
  play_end (&play);
}

static gboolean
is_far_down (gpointer down)
{
  return gtk_adjustment_get_value (down) > 100;
}

/* The rows of a page that nobody sees are let go of; back on it, place and selection are what they were. */
static void
test_rest (void)
{
  Play play;
  begin (&play, N);
  wait_rows (&play, N);
  play_do (&play, "people-sort", g_variant_new_string ("account"));
  play_do (&play, "people-scroll-to", g_variant_new_uint32 (7777));
  wait_row (&play, 7777, "231100007777");
  GtkColumnView *view
      = GTK_COLUMN_VIEW (play_find (GTK_WIDGET (qc_window_get_page (play.window)), GTK_TYPE_COLUMN_VIEW));
  GtkSelectionModel *model = qc_grid_get_model (view);
  gtk_selection_model_select_item (model, 7770, TRUE);
  GtkAdjustment *down = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  play_wait (is_far_down, down, "the row to come into sight");
  double place = gtk_adjustment_get_value (down);
  qc_grid_rest (view);
  g_assert_true (gtk_column_view_get_model (view) == model); /* in sight */
  play_do (&play, "go", g_variant_new_string ("home"));
  play_wait_page (&play, "Start page");
  qc_grid_rest (view);
  g_assert_null (gtk_column_view_get_model (view));
  play_do (&play, "go", g_variant_new_string ("people"));
  play_wait_page (&play, "People");
  play_wait_words (&play, "李7776号");
  g_assert_cmpfloat (ABS (gtk_adjustment_get_value (down) - place), <, 2);
  g_assert_true (gtk_column_view_get_model (view) == model);
  g_assert_true (gtk_selection_model_is_selected (model, 7770));
  play_end (&play);
}

static void
test_search (void)
{
  Play play;
  begin (&play, N);
  wait_rows (&play, N);
  play_do (&play, "set-search", g_variant_new_string ("王4990"));
  wait_rows (&play, 1);
  play_wait_words (&play, "Only those shown: 1 person");
  wait_row (&play, 0, "231100004990");
  /* By the end of the account. */
  play_do (&play, "set-search", g_variant_new_string ("00001234"));
  wait_rows (&play, 1);
  /* Nobody: said, and the totals are nought. */
  play_do (&play, "set-search", g_variant_new_string ("没有这个人"));
  wait_rows (&play, 0);
  play_wait_words (&play, "Nobody fits the search and filter.");
  play_do (&play, "set-search", g_variant_new_string (""));
  wait_rows (&play, N);
  play_end (&play);
}

static const QcEmployee *
get_selected (Play *play)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (get_model (play));
  QcPersonRow *row = gtk_single_selection_get_selected_item (selection);
  return row ? qc_person_row_get_employee (row) : NULL;
}

static gboolean
is_answered (gpointer data)
{
  Wanted *wanted = data;
  return play_find_words (GTK_WIDGET (wanted->play->window), wanted->text)
         && g_list_model_get_n_items (get_model (wanted->play)) == wanted->n;
}

static void
search (Play *play, const char *text, const char *totals, guint n)
{
  Wanted wanted = {play, n, 0, totals};
  play_do (play, "set-search", g_variant_new_string (text));
  play_wait (is_answered, &wanted, totals);
}

static const char *
get_name (GtkWidget *row)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);
  return gtk_inscription_get_text (GTK_INSCRIPTION (gtk_widget_get_first_child (cell)));
}

/* A search puts others into the rows that are there: GTK would take a quarter of a second for each key to make them
 * anew. Who was selected stays so, wherever she stands now. */
static void
test_places (void)
{
  Play play;
  begin (&play, N);
  wait_rows (&play, N);
  play_do (&play, "people-sort", g_variant_new_string ("account"));
  wait_row (&play, 0, "231100000000");
  play_do (&play, "people-select", g_variant_new_uint32 (30));
  wait_row (&play, 30, "231100000030");
  g_assert_cmpstr (get_selected (&play)->account, ==, "231100000030");
  GtkWidget *list = play_find (GTK_WIDGET (qc_window_get_page (play.window)), GTK_TYPE_LIST_VIEW);
  GtkWidget *first = gtk_widget_get_first_child (list);
  search (&play, "王", "Only those shown: 2,000 people", 2000);
  g_assert_true (gtk_widget_get_first_child (list) == first);
  g_assert_cmpstr (get_name (first), ==, "王0号");
  g_assert_cmpstr (get_selected (&play)->account, ==, "231100000030");
  search (&play, "王30", "Only those shown: 23 people", 23);
  g_assert_true (gtk_widget_get_first_child (list) == first);
  g_assert_cmpstr (get_name (first), ==, "王30号");
  g_assert_cmpstr (get_selected (&play)->account, ==, "231100000030");
  /* She is not among them, and is chosen again when everybody is there. */
  search (&play, "李", "Only those shown: 2,000 people", 2000);
  g_assert_null (get_selected (&play));
  g_assert_cmpstr (get_name (first), ==, "李1号");
  search (&play, "", "Everybody: 10,000 people", N);
  g_assert_cmpstr (get_selected (&play)->account, ==, "231100000030");
  g_assert_true (gtk_widget_get_first_child (list) == first);
  play_end (&play);
}

static void
test_filter (void)
{
  Play play;
  begin (&play, N);
  wait_rows (&play, N);
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-filter-sealed",
                                      g_variant_new_boolean (TRUE));
  wait_rows (&play, 1000);
  play_wait_words (&play, "Only those shown: 1,000 people · normal 0 · sealed 1,000");
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-filter-normal",
                                      g_variant_new_boolean (TRUE));
  wait_rows (&play, N);
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-filter-normal",
                                      g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-filter-sealed",
                                      g_variant_new_boolean (FALSE));
  wait_rows (&play, N);
  play_end (&play);
}

typedef struct {
  gboolean done;
  char *text;
} Clip;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Clip *clip = data;
  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return *(gboolean *)data;
}

static void
test_person (void)
{
  Play play;
  begin (&play, 20);
  wait_rows (&play, 20);
  g_assert_false (play_is_enabled (&play, "people-copy-row"));
  play_do (&play, "people-sort", g_variant_new_string ("account"));
  wait_row (&play, 3, "231100000003");
  play_do (&play, "people-select", g_variant_new_uint32 (3));
  g_assert_true (play_is_enabled (&play, "people-copy-row"));
  g_action_group_change_action_state (G_ACTION_GROUP (play.window), "people-details", g_variant_new_boolean (TRUE));
  play_wait_words (&play, "Bases over time");
  g_assert_nonnull (play_find_words (GTK_WIDGET (play.window), "231102199003070003"));
  g_assert_nonnull (play_find_words (GTK_WIDGET (play.window), "Nothing was paid yet."));
  play_do (&play, "people-copy-row", NULL);
  Clip clip = {FALSE, NULL};
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (play.window)), NULL, read_cb, &clip);
  play_wait (is_done, &clip.done, "the clipboard");
  g_assert_cmpstr (clip.text, ==,
                   "单3号\t231100000003\t231102********0003\tNormal\t5,300.00\t636.00\t636.00\t1,272.00\tJanuary "
                   "2020\tAugust 2026\t0.00");
  g_free (clip.text);
  play_end (&play);
}

static void
test_empty (void)
{
  Play play;
  begin (&play, 0);
  play_wait_words (&play, "Nobody is in the roster yet");
  play_end (&play);
}

static gboolean
can_choose (gpointer play)
{
  return play_is_enabled (play, "sealing-choose");
}

static GtkWidget *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *window = windows; window; window = window->next)
    if (QC_IS_CHOOSE_PEOPLE (window->data))
      return window->data;
  return NULL;
}

/* Whoever stands in the far row is known, and their name is read in the dialog. */
static gboolean
far_row_is_seen (gpointer chooser)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (play_find (chooser, GTK_TYPE_COLUMN_VIEW));
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (view));
  g_autoptr (QcPersonRow) row = g_list_model_get_item (rows, 7777);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  qc_grid_scroll_to (view, 7777, FALSE);
  return person && play_find_words (chooser, person->name) != NULL;
}

/* Tab leads on from the titles to the people, whose ticks do not hold it. */
static void
check_tab (GtkWidget *chooser)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (play_find (chooser, GTK_TYPE_COLUMN_VIEW));
  for (GtkWidget *title = gtk_widget_get_first_child (qc_gtk_get_header (view)); title;
       title = gtk_widget_get_next_sibling (title))
    if (gtk_widget_grab_focus (title))
      break;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (chooser));
  g_assert_true (focus && gtk_widget_is_ancestor (focus, qc_gtk_get_header (view)));
  play_press (chooser, "Tab");
  focus = gtk_window_get_focus (GTK_WINDOW (chooser));
  g_assert_true (focus && gtk_widget_is_ancestor (focus, qc_gtk_get_list (view)));
}

typedef struct {
  GtkWidget *chooser;
  char account[32];
  gboolean is_first;
} First;

static GtkColumnView *
find_view (GtkWidget *chooser)
{
  return GTK_COLUMN_VIEW (play_find (chooser, GTK_TYPE_COLUMN_VIEW));
}

/* Whether that account stands first, or another one does. */
static gboolean
stands_so (gpointer data)
{
  First *first = data;
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (find_view (first->chooser)));
  g_autoptr (QcPersonRow) row = rows ? g_list_model_get_item (rows, 0) : NULL;
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  if (!person || g_str_equal (person->account, first->account) != first->is_first)
    return FALSE;
  g_strlcpy (first->account, person->account, sizeof first->account);
  return TRUE;
}

/* Who was put into another order is found in it the next time. */
static void
check_order (Play *play, GtkWidget *chooser)
{
  First first = {chooser, "", FALSE};
  play_wait (stands_so, &first, "somebody in the first row");
  qc_grid_set_sort (find_view (chooser), "base", TRUE);
  play_wait (stands_so, &first, "another first row");
  gtk_window_destroy (GTK_WINDOW (chooser));
  play_do (play, "sealing-choose", NULL);
  first.chooser = find_chooser ();
  first.is_first = TRUE;
  play_wait (stands_so, &first, "the same first row");
  gtk_window_destroy (GTK_WINDOW (first.chooser));
}

static void
test_chooser (void)
{
  Play play;
  play_begin (&play, N);
  play_wait_page (&play, "Start page");
  play_do (&play, "go", g_variant_new_string ("sealing"));
  play_wait (can_choose, &play, "whom one may choose from");
  play_do (&play, "sealing-choose", NULL);
  GtkWidget *chooser = find_chooser ();
  g_assert_nonnull (chooser);
  play_wait (far_row_is_seen, chooser, "a row far down");
  check_tab (chooser);
  check_order (&play, chooser);
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/people/all", test_all);
  g_test_add_func ("/people/rest", test_rest);
  g_test_add_func ("/people/search", test_search);
  g_test_add_func ("/people/places", test_places);
  g_test_add_func ("/people/filter", test_filter);
  g_test_add_func ("/people/person", test_person);
  g_test_add_func ("/people/empty", test_empty);
  g_test_add_func ("/people/chooser", test_chooser);
  return g_test_run ();
}
