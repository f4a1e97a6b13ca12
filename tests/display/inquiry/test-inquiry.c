/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 查询 in the window: icons by keys, lists with search, filter, sort, totals, columns that are remembered; a row leads
 * to its application, a person to the account; charts and their tables; what an empty unit says; another unit.
 */
#include <locale.h>

#include "play.h"
#include "qc-app-fixture.h"
#include "qc-bar-chart.h"
#include "qc-bar-plot.h"
#include "qc-grid.h"
#include "qc-inquiry-list.h"
#include "qc-inquiry-pane.h"
#include "qc-list-memory.h"
#include "qc-person-account.h"
#include "qc-tabs.h"

/* Two 汇缴 that ended (202608 by transfer, 202609 by collection), one that was deleted, one that is open. */
static void
begin (Play *play)
{
  play_begin_in (play, qc_app_fixture_make_folder (QC_FILL_APPLICATIONS | QC_FILL_OPEN | QC_FILL_SEALING, 20));
  play_wait_page (play, "Start page");
  play_do (play, "go", g_variant_new_string ("inquiry"));
  play_wait_page (play, "Unit inquiry");
}

static void
show (Play *play, const char *what)
{
  play_do (play, "inquiry-show", g_variant_new_string (what));
}

static GtkWidget *
page_of (Play *play)
{
  return GTK_WIDGET (qc_window_get_page (play->window));
}

static QcInquiryPane *
pane_of (Play *play)
{
  return QC_INQUIRY_PANE (play_find (page_of (play), QC_TYPE_INQUIRY_PANE));
}

static GtkColumnView *
grid_of (Play *play)
{
  return GTK_COLUMN_VIEW (play_find (page_of (play), GTK_TYPE_COLUMN_VIEW));
}

typedef struct {
  Play *play;
  guint n;
} Wanted;

static gboolean
has_n_rows (gpointer data)
{
  const Wanted *wanted = data;
  QcInquiryPane *pane = pane_of (wanted->play);
  return pane && !qc_inquiry_list_is_loading (qc_inquiry_pane_get_list (pane))
         && g_list_model_get_n_items (G_LIST_MODEL (qc_inquiry_pane_get_list (pane))) == wanted->n;
}

static void
wait_rows (Play *play, guint n)
{
  Wanted wanted = {play, n};
  play_wait (has_n_rows, &wanted, "the number of rows");
}

static char *
text_at (Play *play, guint position, const char *column)
{
  QcInquiryList *list = qc_inquiry_pane_get_list (pane_of (play));
  g_autoptr (QcInquiryRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  return qc_inquiry_list_dup_text (list, row,
                                   (guint)qc_inquiry_find_column (qc_inquiry_list_get_inquiry (list), column));
}

static void
assert_at (Play *play, guint position, const char *column, const char *expected)
{
  g_autofree char *text = text_at (play, position, column);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_unit (void)
{
  Play play;
  begin (&play);
  play_wait_words (&play, "Contribution account");
  g_assert_nonnull (play_find_words (page_of (&play), "231100778899001122"));
  g_assert_nonnull (play_find_words (page_of (&play), "Data as of"));
  play_end (&play);
}

static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean handled = FALSE;
    if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
      continue;
    g_signal_emit_by_name (controller, "key-pressed", key, 0u, 0, &handled);
    if (handled)
      return TRUE;
  }
  return FALSE;
}

static void
test_tabs (void)
{
  Play play;
  begin (&play);
  QcTabs *tabs = QC_TABS (play_find (page_of (&play), QC_TYPE_TABS));
  GtkWidget *first = play_find (GTK_WIDGET (tabs), GTK_TYPE_TOGGLE_BUTTON);
  GtkWidget *box = gtk_widget_get_parent (first);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_ROLE_TAB_LIST);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_ROLE_TAB);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL, "Unit's account");
  g_assert_cmpstr (qc_tabs_get_chosen (tabs), ==, "unit");
  g_assert_true (press (box, GDK_KEY_Left));
  g_assert_cmpstr (qc_tabs_get_chosen (tabs), ==, "charts");
  g_assert_true (press (box, GDK_KEY_Right));
  g_assert_cmpstr (qc_tabs_get_chosen (tabs), ==, "unit");
  g_assert_true (press (box, GDK_KEY_End));
  for (GtkWidget *tab = gtk_widget_get_first_child (box); tab; tab = gtk_widget_get_next_sibling (tab))
    g_assert_cmpint (gtk_widget_get_focusable (tab), ==, tab == gtk_widget_get_last_child (box));
  g_assert_true (press (box, GDK_KEY_Home));
  g_assert_cmpstr (qc_tabs_get_chosen (tabs), ==, "unit");
  g_assert_false (press (box, GDK_KEY_Down));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (play.window)) == first);
  play_end (&play);
}

static void
test_lists (void)
{
  Play play;
  begin (&play);
  show (&play, "months");
  wait_rows (&play, 2);
  assert_at (&play, 0, "month", "September 2026");
  play_wait_words (&play, "All: 2 rows");
  /* what is searched for is found with either sign, and the totals say what they count */
  play_do (&play, "set-search", g_variant_new_string ("-3,500.00"));
  play_wait_words (&play, "Only what is shown: 2 rows");
  play_do (&play, "set-search", g_variant_new_string ("2026-08"));
  wait_rows (&play, 1);
  play_wait_words (&play, "Only what is shown: 1 row ");
  play_do (&play, "set-search", g_variant_new_string ("nothing like this"));
  wait_rows (&play, 0);
  play_wait_words (&play, "Nothing fits the search and filter.");
  /* another view begins without it */
  show (&play, "applications");
  wait_rows (&play, 6);
  show (&play, "back-payments");
  wait_rows (&play, 0);
  play_wait_words (&play, "There is nothing of this kind yet.");
  play_end (&play);
}

static void
test_sort (void)
{
  Play play;
  begin (&play);
  show (&play, "months");
  wait_rows (&play, 2);
  play_do (&play, "inquiry-sort", g_variant_new_string ("month"));
  wait_rows (&play, 2);
  assert_at (&play, 0, "month", "August 2026");
  play_do (&play, "inquiry-sort", g_variant_new_string ("-serial"));
  wait_rows (&play, 2);
  assert_at (&play, 0, "serial", "HJ202600000003");
  play_end (&play);
}

static void
choose_column (Play *play, const char *id, gboolean shown)
{
  GtkWidget *menu = play_find (page_of (play), GTK_TYPE_MENU_BUTTON);
  g_autofree char *action = g_strconcat ("columns.", id, NULL);
  g_assert_cmpint (qc_grid_is_wanted (grid_of (play), id), !=, shown);
  gtk_widget_activate_action (menu, action, NULL);
  g_assert_cmpint (qc_grid_is_wanted (grid_of (play), id), ==, shown);
}

static gboolean
is_remembered (gpointer pane)
{
  GtkColumnView *grid = GTK_COLUMN_VIEW (play_find (pane, GTK_TYPE_COLUMN_VIEW));
  QcInquiryList *list = qc_inquiry_pane_get_list (pane);
  g_autoptr (QcInquiryRow) row = grid ? g_list_model_get_item (G_LIST_MODEL (list), 0) : NULL;
  g_autofree char *first = row ? qc_inquiry_list_dup_text (list, row, 0) : NULL;
  return row && !qc_grid_is_wanted (grid, "joined") && qc_grid_is_wanted (grid, "entered-by")
         && g_strcmp0 (first, "August 2026") == 0;
}

static void
memory_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcListMemory) memory = qc_list_memory_load_finish (QC_SESSION (source), result, NULL);
  *(char **)data = qc_list_memory_to_text (memory);
}

static gboolean
is_there (gpointer text)
{
  return *(char **)text != NULL;
}

/* It is written behind what goes on. */
static gboolean
is_kept (gpointer session)
{
  g_autofree char *text = NULL;
  qc_list_memory_load_async (session, "months", NULL, memory_cb, &text);
  play_wait (is_there, &text, "what is remembered");
  return g_str_equal (text, "sort:month show:entered-by hide:joined");
}

/* Columns and order are as they were chosen, wherever the list is made anew. */
static void
test_remembered (void)
{
  Play play;
  begin (&play);
  show (&play, "months");
  wait_rows (&play, 2);
  choose_column (&play, "joined", FALSE);
  choose_column (&play, "entered-by", TRUE);
  play_do (&play, "inquiry-sort", g_variant_new_string ("month"));
  wait_rows (&play, 2);
  play_wait (is_kept, play.session, "the choice to be kept");
  GtkWidget *other = gtk_window_new (), *pane = qc_inquiry_pane_new (play.session, QC_INQUIRY_MONTHS);
  gtk_window_set_child (GTK_WINDOW (other), pane);
  gtk_window_present (GTK_WINDOW (other));
  play_wait (is_remembered, pane, "the list as it was");
  gtk_window_destroy (GTK_WINDOW (other));
  play_end (&play);
}

static gboolean
is_selected (gpointer play)
{
  GtkSelectionModel *model = gtk_column_view_get_model (grid_of (play));
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model)) == 1
         && play_is_enabled (play, "inquiry-open");
}

static void
test_open (void)
{
  Play play;
  begin (&play);
  play_do (&play, "go", g_variant_new_string ("inquiry/months:2026-08"));
  play_wait (is_selected, &play, "the month");
  play_do (&play, "inquiry-open", NULL);
  play_wait_page (&play, "Application records");
  play_wait_words (&play, "HJ202600000001");
  /* the command was that of the pane */
  g_assert_false (g_action_group_has_action (G_ACTION_GROUP (play.window), "inquiry-open"));
  play_end (&play);
}

static gboolean
can_fetch (gpointer play)
{
  return play_is_enabled (play, "inquiry-fetch-rosters");
}

static void
test_person (void)
{
  Play play;
  begin (&play);
  show (&play, "person");
  play_wait_words (&play, "Whose account?");
  play_do (&play, "set-search", g_variant_new_string ("安大海"));
  play_wait_words (&play, "2311000001");
  GtkWidget *found = play_find (page_of (&play), GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (found, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (found), 0));
  play_wait_words (&play, "Account balance");
  g_assert_nonnull (play_find_words (page_of (&play), "Monthly amount"));
  GtkWidget *tabs = play_find (play_find (page_of (&play), QC_TYPE_PERSON_ACCOUNT), QC_TYPE_TABS);
  qc_tabs_choose (QC_TABS (tabs), "changes");
  play_wait_words (&play, "The roster of 1 application is not on this computer");
  /* without a center it says why, and can be asked again */
  play_do (&play, "inquiry-fetch-rosters", NULL);
  g_assert_false (play_is_enabled (&play, "inquiry-fetch-rosters"));
  play_wait (can_fetch, &play, "the end of it");
  g_assert_null (play_find_words (page_of (&play), "The roster of 1 application"));
  play_end (&play);
}

static gboolean
has_paper (gpointer data)
{
  GtkWidget **paper = data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *window = windows; window; window = window->next)
    if (g_strcmp0 (gtk_window_get_title (window->data), "Remitted months") == 0)
      *paper = window->data;
  return *paper != NULL;
}

static gboolean
is_drawn (gpointer paper)
{
  return play_find_words (paper, "/ 1") != NULL;
}

static void
test_paper (void)
{
  Play play;
  GtkWidget *paper = NULL;
  begin (&play);
  show (&play, "months");
  wait_rows (&play, 2);
  play_do (&play, "inquiry-print", NULL);
  play_wait (has_paper, &paper, "the preview");
  play_wait (is_drawn, paper, "its page");
  gtk_window_destroy (GTK_WINDOW (paper));
  play_end (&play);
}

static gboolean
has_bars (gpointer data)
{
  GtkWidget *plot = play_find (page_of (data), QC_TYPE_BAR_PLOT);
  return plot && gtk_widget_get_first_child (plot) != gtk_widget_get_last_child (plot);
}

static void
test_charts (void)
{
  Play play;
  begin (&play);
  show (&play, "charts");
  play_wait (has_bars, &play, "the bars");
  GtkWidget *chart = play_find (page_of (&play), QC_TYPE_BAR_CHART);
  qc_bar_chart_set_table (QC_BAR_CHART (chart), TRUE);
  play_wait_words (&play, "3,500.00");
  g_assert_nonnull (play_find_words (page_of (&play), "People by contribution base"));
  play_end (&play);
}

static void
test_nothing (void)
{
  static const char *const views[] = {"unit", "people", "months", "applications", "movements", "charts", "person"};
  Play play;
  play_begin (&play, 0);
  play_wait_page (&play, "Start page");
  play_do (&play, "go", g_variant_new_string ("inquiry"));
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    show (&play, views[i]);
  show (&play, "movements");
  play_wait_words (&play, "There is nothing of this kind yet.");
  show (&play, "charts");
  play_wait_words (&play, "There is nothing to draw yet.");
  play_do (&play, "next-unit", NULL);
  play_wait_words (&play, "There is nothing to draw yet.");
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/inquiry/unit", test_unit);
  g_test_add_func ("/inquiry/tabs", test_tabs);
  g_test_add_func ("/inquiry/lists", test_lists);
  g_test_add_func ("/inquiry/sort", test_sort);
  g_test_add_func ("/inquiry/remembered", test_remembered);
  g_test_add_func ("/inquiry/open", test_open);
  g_test_add_func ("/inquiry/person", test_person);
  g_test_add_func ("/inquiry/paper", test_paper);
  g_test_add_func ("/inquiry/charts", test_charts);
  g_test_add_func ("/inquiry/nothing", test_nothing);
  return g_test_run ();
}
