/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What holds of every list, on whatever page: Tab comes to its rows once and goes on, the titles that sort are reached
 * and pressed by keyboard, Down leads from the search to what it found, Ctrl+C copies the row, and the row that is
 * selected stays so when it is sorted. A page that was left takes the focus when it is gone to by its key.
 */
#include <string.h>

#include "play.h"
#include "qc-app-fixture.h"
#include "qc-focus.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-application-row.h"
#include "qc-pages.h"
#include "qc-session-private.h"

#define ALL_FILLS                                                                                                   \
  (QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED | QC_FILL_APPLICATIONS | QC_FILL_FAILED_DRAW | QC_FILL_SEALING \
   | QC_FILL_BACK_PAYMENT)

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

static gboolean
is_ready (gpointer data)
{
  QcPage *page = qc_window_get_page (data);
  return page && qc_page_get_state (page) != QC_PAGE_LOADING;
}

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(int *)data;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
has_painted (gpointer data)
{
  return *(int *)data >= 3;
}

static void
settle (Play *play)
{
  int frames = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (play->window), count_cb, &frames, NULL);
  play_wait (has_painted, &frames, "frames");
  gtk_widget_remove_tick_callback (GTK_WIDGET (play->window), tick);
}

static void
begin (Play *play)
{
  play_begin_in (play, qc_app_fixture_make_folder (ALL_FILLS, 20));
  play_wait (can_go, play, "a unit");
  qc_context_set_today (play->context, QC_FIXTURE_TODAY);
}

/* --- lists --- */

static gboolean
is_list (GtkWidget *widget)
{
  return GTK_IS_COLUMN_VIEW (widget)
         || (GTK_IS_LIST_VIEW (widget) && !GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (widget)));
}

/* Those on the screen, in the order of the page. */
static void
find_lists (GtkWidget *widget, GPtrArray *lists)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;
  if (is_list (widget))
    g_ptr_array_add (lists, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    find_lists (child, lists);
}

static guint
count_rows (GtkWidget *list)
{
  GtkSelectionModel *model = GTK_IS_COLUMN_VIEW (list) ? qc_grid_get_model (GTK_COLUMN_VIEW (list))
                                                       : gtk_list_view_get_model (GTK_LIST_VIEW (list));
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

/* No list on the screen is empty: what is read behind a page that is there already has come. */
static gboolean
is_filled (gpointer root)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  find_lists (root, lists);
  for (guint i = 0; i < lists->len; i++)
    if (count_rows (lists->pdata[i]) == 0)
      return FALSE;
  return TRUE;
}

static void
open_page (Play *play, const char *page)
{
  play_do (play, "go", g_variant_new_string (page));
  play_wait (is_ready, play->window, page);
  settle (play);
}

/* One whose lists have rows. */
static void
open_filled (Play *play, const char *page)
{
  open_page (play, page);
  play_wait (is_filled, play->window, page);
  settle (play);
}

static gboolean
is_within (Play *play, GtkWidget *part)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (play->window));
  return focus && (focus == part || gtk_widget_is_ancestor (focus, part));
}

static GtkWidget *
rows_of (GtkWidget *list)
{
  return GTK_IS_COLUMN_VIEW (list) ? qc_gtk_get_list (GTK_COLUMN_VIEW (list)) : list;
}

static void
enter (Play *play, GtkWidget *list, const char *where)
{
  if (!gtk_widget_grab_focus (rows_of (list)))
    g_error ("%s: the rows do not take the focus", where);
  g_assert_true (is_within (play, list));
}

/* Out of twenty rows by one step, whichever way. */
static void
check_tab (Play *play, GtkWidget *list, const char *where)
{
  enter (play, list, where);
  play_press (GTK_WIDGET (play->window), "Tab");
  if (is_within (play, list))
    g_error ("%s: Tab goes from the rows to a %s in them", where,
             G_OBJECT_TYPE_NAME (gtk_window_get_focus (GTK_WINDOW (play->window))));
  enter (play, list, where);
  play_press (GTK_WIDGET (play->window), "<Shift>Tab");
  if (is_within (play, rows_of (list)))
    g_error ("%s: Shift+Tab goes from row to row", where);
}

static gboolean
has_sorter (GtkColumnView *grid)
{
  GListModel *columns = gtk_column_view_get_columns (grid);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    if (gtk_column_view_column_get_sorter (column) && gtk_column_view_column_get_visible (column))
      return TRUE;
  }
  return FALSE;
}

static void
sorted_cb (GtkSorter *sorter, GtkSorterChange change, guint *times)
{
  ++*times;
}

static char *
dup_clipboard (GtkWidget *list)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (list));
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_assert_nonnull (content);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

/* (nullable) what stands in the row that is selected */
static char *
dup_selected (GtkColumnView *grid)
{
  GtkSelectionModel *model = qc_grid_get_model (grid);
  guint position
      = GTK_IS_SINGLE_SELECTION (model) ? gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model)) : 0;
  g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (model), position);
  return row ? qc_grid_dup_row_text (grid, row) : NULL;
}

static void
check_copy (Play *play, GtkWidget *list, const char *where)
{
  enter (play, list, where);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (list), "before");
  if (!play_press (GTK_WIDGET (play->window), "<Control>c"))
    g_error ("%s: nobody hears Ctrl+C", where);
  g_autofree char *text = dup_clipboard (list);
  if (!*text || g_str_equal (text, "before"))
    g_error ("%s: Ctrl+C copies nothing", where);
}

typedef struct {
  GtkColumnView *grid;
  const char *text;
} Expected;

static gboolean
is_selected (gpointer data)
{
  Expected *expected = data;
  g_autofree char *text = dup_selected (expected->grid);
  return g_strcmp0 (text, expected->text) == 0;
}

/* A reader hears of the title that has the focus that the rows are sorted by it. */
static void
check_said (GtkColumnView *grid, GtkWidget *title, const char *where)
{
  GListModel *columns = gtk_column_view_get_columns (grid);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    if (qc_gtk_find_title (grid, column) != title)
      continue;
    g_autofree char *said = g_strdup_printf ("%s, ascending", gtk_column_view_column_get_title (column));
    g_autofree char *other
        = gtk_test_accessible_check_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, said);
    if (other)
      g_error ("%s: a reader hears “%s” of the title “%s”", where, other, said);
    return;
  }
  g_error ("%s: the focus is in no title", where);
}

/* The first title sorts, then the other way; then the next one. What was selected is selected. */
static void
check_titles (Play *play, GtkColumnView *grid, const char *where)
{
  GtkWidget *window = GTK_WIDGET (play->window), *header = qc_gtk_get_header (grid);
  g_autofree char *before = dup_selected (grid);
  guint times = 0;
  gulong handler = g_signal_connect (gtk_column_view_get_sorter (grid), "changed", G_CALLBACK (sorted_cb), &times);
  enter (play, GTK_WIDGET (grid), where);
  play_press (window, "<Shift>Tab");
  if (!is_within (play, header))
    g_error ("%s: the titles are not reached by keyboard", where);
  g_assert_true (play_press (window, "Return"));
  g_assert_true (play_press (window, "Return"));
  g_assert_true (play_press (window, "Right"));
  g_assert_true (play_press (window, "space"));
  g_assert_cmpuint (times, ==, 3);
  check_said (grid, gtk_window_get_focus (GTK_WINDOW (window)), where);
  g_signal_handler_disconnect (gtk_column_view_get_sorter (grid), handler);
  g_assert_true (play_press (window, "Tab"));
  if (!is_within (play, rows_of (GTK_WIDGET (grid))))
    g_error ("%s: Tab leads from the titles to another place than the rows", where);
  play_wait (is_selected, &(Expected) {grid, before}, where);
}

static guint
check_list (Play *play, GtkWidget *list, const char *where)
{
  if (count_rows (list) == 0
      || !gtk_widget_get_can_focus (rows_of (list))) /* the roster's cells have keys of their own */
    return 0;
  if (GTK_IS_COLUMN_VIEW (list))
    qc_grid_scroll_to (GTK_COLUMN_VIEW (list), MIN (1, count_rows (list) - 1), TRUE);
  settle (play);
  check_tab (play, list, where);
  check_copy (play, list, where);
  if (GTK_IS_COLUMN_VIEW (list) && has_sorter (GTK_COLUMN_VIEW (list)))
    check_titles (play, GTK_COLUMN_VIEW (list), where);
  return 1;
}

typedef struct {
  Play *play;
  guint least;
} Filled;

/* A page that is ready may still read its rows. */
static gboolean
are_filled (gpointer user_data)
{
  Filled *filled = user_data;
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint n = 0;
  find_lists (GTK_WIDGET (filled->play->window), lists);
  for (guint i = 0; i < lists->len; i++)
    n += count_rows (g_ptr_array_index (lists, i)) > 0;
  return n >= filled->least;
}

static void
check_lists (Play *play, const char *where, guint least)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint n = 0;
  g_test_message ("%s", where);
  play_wait (are_filled, &(Filled) {play, least}, where);
  settle (play);
  find_lists (GTK_WIDGET (play->window), lists);
  for (guint i = 0; i < lists->len; i++)
    n += check_list (play, g_ptr_array_index (lists, i), where);
  g_test_message ("%s: %u lists", where, n);
  g_assert_cmpuint (n, >=, least);
}

static void
test_contract (void)
{
  static const struct {
    const char *page;
    guint lists;
  } pages[] = {{"people", 1},
               {"applications", 1},
               {"vouchers", 1},
               {"inquiry/people", 1},
               {"inquiry/months", 1},
               {"inquiry/back-payments", 1},
               {"inquiry/applications", 1},
               {"inquiry/movements", 0}};
  Play play;
  begin (&play);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    open_page (&play, pages[i].page);
    check_lists (&play, pages[i].page, pages[i].lists);
  }
  play_end (&play);
}

static gboolean
has_next (gpointer play)
{
  return play_is_enabled (play, "remittance-next");
}

static void
test_review (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_AGREEMENT | QC_FILL_ASK | QC_FILL_RETIRED, 20));
  play_wait (can_go, &play, "a unit");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  open_page (&play, "remittance");
  play_wait (has_next, &play, "the steps");
  play_do (&play, "remittance-step", g_variant_new_int32 (3));
  settle (&play);
  check_lists (&play, "review", 2);
  play_end (&play);
}

/* --- from the search --- */

static gboolean
has_list_focus (gpointer data)
{
  Play *play = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (play->window));
  return focus && gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW);
}

static void
test_search (void)
{
  static const char *const pages[] = {"people", "inquiry/people", "inquiry/months", "units", "vouchers"};
  Play play;
  begin (&play);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    open_page (&play, pages[i]);
    play_do (&play, "search", NULL);
    g_assert_false (has_list_focus (&play));
    g_assert_true (play_press (GTK_WIDGET (play.window), "Down"));
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (play.window));
    if (!gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) && !gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX))
      g_error ("%s: Down leads from the search to a %s", pages[i], G_OBJECT_TYPE_NAME (focus));
  }
  open_filled (&play, "applications");
  GtkWidget *page = GTK_WIDGET (qc_window_get_page (play.window));
  gtk_widget_grab_focus (play_find (page, GTK_TYPE_SEARCH_ENTRY));
  g_assert_true (play_press (GTK_WIDGET (play.window), "Down"));
  g_assert_true (has_list_focus (&play));
  play_end (&play);
}

typedef struct {
  GtkWidget *list;
  guint rows;
} Rows;

static gboolean
has_rows (gpointer data)
{
  const Rows *rows = data;
  return count_rows (rows->list) == rows->rows;
}

/* The vouchers are searched like the records; what is found by nothing is said. */
static void
test_vouchers (void)
{
  Play play;
  begin (&play);
  open_filled (&play, "vouchers");
  GtkWidget *list = play_find (GTK_WIDGET (qc_window_get_page (play.window)), GTK_TYPE_LIST_VIEW);
  guint all = count_rows (list);
  g_assert_cmpuint (all, >, 1);
  g_autoptr (QcApplicationRow) row
      = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 1);
  play_do (&play, "set-search", g_variant_new_string (qc_application_row_get_application (row)->serial));
  play_wait (has_rows, &(Rows) {list, 1}, "the one of this number");
  play_do (&play, "set-search", g_variant_new_string ("nothing-of-this"));
  play_wait_words (&play, "No voucher fits the search.");
  play_do (&play, "set-search", g_variant_new_string (""));
  play_wait (has_rows, &(Rows) {list, all}, "all again");
  play_end (&play);
}

/* --- once around --- */

static void
fail (GtkWidget *focus, const char *where, const char *key)
{
  g_autoptr (GString) around = g_string_new (NULL);
  for (GtkWidget *each = focus; each; each = gtk_widget_get_parent (each))
    g_string_append_printf (around, "%s%s", each == focus ? "" : " in ", G_OBJECT_TYPE_NAME (each));
  g_test_message ("%s: %s does not get out of %s", where, key, around->str);
  g_test_fail ();
}

/* Each step of Tab leads to another place, and after some the first one comes again. */
static void
go_around (Play *play, const char *where, const char *key)
{
  GtkWindow *window = GTK_WINDOW (play->window);
  qc_focus_enter (GTK_WIDGET (qc_window_get_page (play->window)));
  g_autoptr (GPtrArray) met = g_ptr_array_new ();
  for (guint i = 0; i < 150; i++) {
    GtkWidget *focus = gtk_window_get_focus (window);
    if (focus && g_ptr_array_find (met, focus, NULL)) {
      g_test_message ("%s: %u steps of %s", where, met->len, key);
      if (met->len < 5 || (i > 0 && g_ptr_array_index (met, met->len - 1) == focus))
        fail (focus, where, key);
      return;
    }
    g_ptr_array_add (met, focus);
    play_press (GTK_WIDGET (window), key);
  }
  g_error ("%s: %s has more than 150 steps", where, key);
}

static void
test_around (void)
{
  static const char *const pages[] = {"home", "people", "applications", "inquiry/months", "vouchers", "remittance"};
  Play play;
  begin (&play);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    open_page (&play, pages[i]);
    g_autoptr (GPtrArray) lists = g_ptr_array_new ();
    find_lists (GTK_WIDGET (play.window), lists);
    if (lists->len > 0 && GTK_IS_COLUMN_VIEW (lists->pdata[0]))
      qc_grid_scroll_to (lists->pdata[0], 0, TRUE);
    settle (&play);
    go_around (&play, pages[i], "Tab");
    go_around (&play, pages[i], "<Shift>Tab");
  }
  play_end (&play);
}

/* --- as she left it --- */

#define WIDTH 187 /* no list's own */

/* (nullable) the first whose edge can be drawn */
static GtkColumnViewColumn *
dup_elastic (GtkWidget *list)
{
  GListModel *columns = GTK_IS_COLUMN_VIEW (list) ? gtk_column_view_get_columns (GTK_COLUMN_VIEW (list)) : NULL;
  for (guint i = 0; columns && i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    if (gtk_column_view_column_get_resizable (column))
      return g_steal_pointer (&column);
  }
  return NULL;
}

/* One column of every grid on the screen; how many there are. */
static guint
widen (GtkWidget *root)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint n = 0;
  find_lists (root, lists);
  for (guint i = 0; i < lists->len; i++) {
    g_autoptr (GtkColumnViewColumn) column = dup_elastic (lists->pdata[i]);
    if (column)
      gtk_column_view_column_set_fixed_width (column, WIDTH + (int)n++);
  }
  return n;
}

static gboolean
is_wide (gpointer root)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint n = 0;
  find_lists (root, lists);
  for (guint i = 0; i < lists->len; i++) {
    g_autoptr (GtkColumnViewColumn) column = dup_elastic (lists->pdata[i]);
    if (column && gtk_column_view_column_get_fixed_width (column) != WIDTH + (int)n++)
      return FALSE;
  }
  return n > 0;
}

static const char *const remembered[] = {"people", "inquiry/people", "applications", "remittance"};

/* Of 汇缴 the step with lists. */
static void
open_remembered (Play *play, const char *page)
{
  open_page (play, page);
  if (!g_str_equal (page, "remittance"))
    return;
  play_wait (has_next, play, "the steps");
  play_do (play, "remittance-step", g_variant_new_int32 (3));
  settle (play);
}

static GtkWidget *
find_over (Play *play)
{
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (gtk_window_get_transient_for (window) == GTK_WINDOW (play->window))
      return GTK_WIDGET (window);
  }
  return NULL;
}

static gboolean
has_over (gpointer play)
{
  return find_over (play) && gtk_widget_get_mapped (find_over (play));
}

static gboolean
can_choose (gpointer play)
{
  return play_is_enabled (play, "sealing-choose");
}

static GtkWidget *
open_choice (Play *play)
{
  open_page (play, "sealing");
  play_wait (can_choose, play, "the command to choose");
  play_do (play, "sealing-choose", NULL);
  play_wait (has_over, play, "the people to choose from");
  settle (play);
  return find_over (play);
}

static GtkWidget *
find_divider (Play *play)
{
  return play_find (GTK_WIDGET (qc_window_get_page (play->window)), GTK_TYPE_PANED);
}

static int
height_below (Play *play)
{
  GtkWidget *paned = find_divider (play);
  return gtk_widget_get_height (paned) - gtk_paned_get_position (GTK_PANED (paned));
}

static gboolean
shows_details (gpointer play)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (G_ACTION_GROUP (((Play *)play)->window), "people-details");
  return g_variant_get_boolean (state);
}

static gboolean
has_title (Play *play, const char *title)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  find_lists (GTK_WIDGET (play->window), lists);
  for (guint i = 0; i < lists->len; i++) {
    GListModel *columns = GTK_IS_COLUMN_VIEW (lists->pdata[i]) ? gtk_column_view_get_columns (lists->pdata[i]) : NULL;
    for (guint k = 0; columns && k < g_list_model_get_n_items (columns); k++) {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, k);
      if (gtk_column_view_column_get_visible (column)
          && g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* Widths, the details beside people and the height of the records below a 汇缴, after the program was begun anew. */
static void
test_remembered (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_AGREEMENT | QC_FILL_APPLICATIONS, 20));
  play_wait (can_go, &play, "a unit");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  guint grids = 0;
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++) {
    open_remembered (&play, remembered[i]);
    grids += widen (GTK_WIDGET (play.window));
  }
  g_assert_cmpuint (grids, ==, G_N_ELEMENTS (remembered) + 1); /* who changed has the records below it */
  int least = height_below (&play);
  gtk_paned_set_position (GTK_PANED (find_divider (&play)),
                          gtk_paned_get_position (GTK_PANED (find_divider (&play))) - 31);
  settle (&play);
  g_assert_cmpint (height_below (&play), ==, least + 31);
  open_page (&play, "people");
  play_do (&play, "people-details", NULL);
  GtkWidget *choice = open_choice (&play);
  g_assert_cmpuint (widen (choice), ==, 1);
  gtk_window_destroy (GTK_WINDOW (choice));
  play_again (&play);
  play_wait (can_go, &play, "a unit");
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++) {
    open_remembered (&play, remembered[i]);
    play_wait (is_wide, play.window, remembered[i]);
  }
  g_assert_cmpint (height_below (&play), ==, least + 31);
  g_assert_false (has_title (&play, "Business")); /* which columns there are is not this list's to choose */
  open_page (&play, "people");
  play_wait (shows_details, &play, "the details");
  choice = open_choice (&play);
  play_wait (is_wide, choice, "the people to choose from");
  gtk_window_destroy (GTK_WINDOW (choice));
  play_end (&play);
}

/* --- by Alt and a figure --- */

static gboolean
has_page_focus (gpointer data)
{
  Play *play = data;
  return is_within (play, GTK_WIDGET (qc_window_get_page (play->window)));
}

/* Never on what makes another draft, which Enter would press. */
static void
test_go (void)
{
  Play play;
  begin (&play);
  open_page (&play, "home");
  for (guint i = 0; i < 10; i++) {
    GtkWidget *menu = play_find (GTK_WIDGET (play.window), GTK_TYPE_MENU_BUTTON);
    gtk_widget_child_focus (menu, GTK_DIR_TAB_FORWARD);
    g_assert_false (has_page_focus (&play));
    play_do (&play, "go-nth", g_variant_new_uint32 (i));
    play_wait (has_page_focus, &play, qc_pages_get (i)->name);
    settle (&play);
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (play.window));
    const char *words = GTK_IS_BUTTON (focus) ? gtk_button_get_label (GTK_BUTTON (focus)) : NULL;
    g_test_message ("%s: %s %s", qc_pages_get (i)->name, G_OBJECT_TYPE_NAME (focus), words ? words : "");
    g_assert_cmpstr (words, !=, "_New draft");
  }
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE); /* what a reader is told can be asked for */
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/lists/contract", test_contract);
  g_test_add_func ("/lists/review", test_review);
  g_test_add_func ("/lists/search", test_search);
  g_test_add_func ("/lists/vouchers", test_vouchers);
  g_test_add_func ("/lists/around", test_around);
  g_test_add_func ("/lists/remembered", test_remembered);
  g_test_add_func ("/lists/go", test_go);
  return g_test_run ();
}
