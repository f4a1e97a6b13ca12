/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The window: it opens at 首页 with the unit's figures, goes to every page, switches units, says who holds the data,
 * and every command is there.
 */
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "play.h"
#include "qc-pages.h"
#include "qc-session-private.h"
#include "qc-sidebar.h"
#include "qc-start-view.h"

static void
test_home (void)
{
  Play play;
  play_begin (&play, 40);
  play_wait_page (&play, "Start page");
  play_wait_words (&play, "爱辉某某公司");
  play_wait_words (&play, "remitted up to August 2026");
  /* 36 of 40 pay; bases 5,000 … 5,390 yuan, 12 % + 12 % of each. */
  gint64 expected = 0;
  for (int i = 0; i < 40; i++)
    if (i % 10 != 9)
      expected += 2 * (((500000 + i * 10000) * 12 / 100 + 50) / 100 * 100);
  g_autofree char *start = g_strdup ("36 people, ￥");
  play_wait_words (&play, start);
  GtkWidget *row = play_find_words (GTK_WIDGET (play.window), start);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, expected / 100);
  g_autoptr (GString) shown = g_string_new (NULL);
  for (const char *c = strchr (gtk_label_get_text (GTK_LABEL (row)), ','); *c && *c != '.'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (shown, *c);
  g_assert_cmpstr (shown->str, ==, digits);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (play.window)), ==, "Start page — 爱辉某某公司");
  play_end (&play);
}

static void
test_pages (void)
{
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  for (guint i = 0; qc_pages_get (i); i++) {
    const QcPageInfo *info = qc_pages_get (i);
    play_do (&play, "go", g_variant_new_string (info->name));
    QcPage *page = qc_window_get_page (play.window);
    g_assert_nonnull (page);
    g_assert_nonnull (qc_page_get_title (page));
  }
  /* A page is built once, and an unknown name changes nothing. */
  QcPage *people = qc_window_ensure_page (play.window, "people");
  play_do (&play, "go", g_variant_new_string ("people"));
  g_assert_true (qc_window_get_page (play.window) == people);
  play_do (&play, "go", g_variant_new_string ("nowhere"));
  g_assert_true (qc_window_get_page (play.window) == people);
  play_end (&play);
}

static gboolean
is_on (Play *play, const char *page)
{
  return qc_window_get_page (play->window) == qc_window_ensure_page (play->window, page);
}

/* Who was led to a page is led back; who chose one from the sidebar was led nowhere. */
/* With Tab to the row of the page that is there: nobody went anywhere. */
static void
pass_sidebar (Play *play)
{
  GtkWidget *sidebar = play_find (GTK_WIDGET (play->window), QC_TYPE_SIDEBAR);
  GtkWidget *list = play_find (sidebar, GTK_TYPE_LIST_BOX);
  gtk_window_set_focus (GTK_WINDOW (play->window), NULL);
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (play->window))
                 == GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list))));
}

static void
test_way_back (void)
{
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  g_assert_false (play_is_enabled (&play, "go-back"));
  play_do (&play, "go", g_variant_new_string ("applications"));
  play_do (&play, "go", g_variant_new_string ("vouchers"));
  play_do (&play, "go-back", NULL);
  g_assert_true (is_on (&play, "applications"));
  play_do (&play, "go", g_variant_new_string ("home"));
  play_do (&play, "go", g_variant_new_string ("people"));
  play_do (&play, "go-back", NULL);
  g_assert_true (is_on (&play, "home"));
  play_do (&play, "go-back", NULL);
  g_assert_true (is_on (&play, "applications"));
  play_do (&play, "choose-page", g_variant_new_string ("people"));
  g_assert_false (play_is_enabled (&play, "go-back"));
  play_do (&play, "go", g_variant_new_string ("people")); /* where one is */
  g_assert_false (play_is_enabled (&play, "go-back"));
  play_do (&play, "go", g_variant_new_string ("vouchers"));
  pass_sidebar (&play);
  g_assert_true (play_is_enabled (&play, "go-back"));
  play_do (&play, "go-nth", g_variant_new_uint32 (0));
  g_assert_false (play_is_enabled (&play, "go-back"));
  play_end (&play);
}

static void
test_units (void)
{
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  g_assert_cmpstr (qc_session_get_unit_account (play.session), ==, SEED_UNIT_1);
  play_do (&play, "switch-unit", g_variant_new_string (SEED_UNIT_2));
  play_wait_words (&play, "嫩江某某学校");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (play.window)), ==, "Start page — 嫩江某某学校");
  play_do (&play, "next-unit", NULL);
  g_assert_cmpstr (qc_session_get_unit_account (play.session), ==, SEED_UNIT_1);
  play_do (&play, "previous-unit", NULL);
  g_assert_cmpstr (qc_session_get_unit_account (play.session), ==, SEED_UNIT_2);
  play_do (&play, "switch-unit", g_variant_new_string ("999"));
  g_assert_cmpstr (qc_session_get_unit_account (play.session), ==, SEED_UNIT_2);
  play_end (&play);
}

/* Practice commands only in practice, sync only where there is an interface; what is not connected says so. */
static void
test_commands (void)
{
  static const char *const off[]
      = {"practice-advance", "practice-reset", "open-console", "sync-now", "sign-in", "sign-out"};
  static const char *const on[] = {"go", "search", "switch-unit", "show-start", "open-portal", "about"};
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  for (gsize i = 0; i < G_N_ELEMENTS (off); i++)
    g_assert_false (play_is_enabled (&play, off[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (on); i++)
    g_assert_true (play_is_enabled (&play, on[i]));
  g_assert_nonnull (play_find_words (GTK_WIDGET (play.window), "Not connected"));
  /* The status control opens even where there is nothing to press in it. */
  play_do (&play, "show-status", NULL);
  play_wait_words (&play, "This center has only a portal");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (play.window), "practice"));
  play_end (&play);
}

static GtkWidget *
find_bar (GtkWidget *widget)
{
  GtkWidget *found
      = gtk_widget_has_css_class (widget, "qc-bar") && GTK_IS_BOX (gtk_widget_get_parent (widget)) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_bar (child);
  return found;
}

static gboolean
has_focus_on_screen (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  return focus && gtk_widget_get_mapped (focus) && !gtk_widget_has_css_class (gtk_widget_get_parent (focus), "qc-bar");
}

/* The bar's button leads to signing in; when she comes back signed in, the bar is gone, and Enter presses nothing of
 * it. */
static void
test_focus_after_bar (void)
{
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  GtkWidget *bar = find_bar (GTK_WIDGET (play.window));
  g_assert_nonnull (bar);
  gtk_widget_set_visible (bar, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_last_child (bar));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (play.window)) == gtk_widget_get_last_child (bar));
  play_do (&play, "show-start", NULL);
  play_wait (has_focus_on_screen, play.window, "the focus on the first start's page");
  gtk_widget_set_visible (bar, FALSE);
  play_do (&play, "go", g_variant_new_string ("home"));
  play_wait (has_focus_on_screen, play.window, "the focus on the start page");
  play_end (&play);
}

/* The window of shortcuts is built when it is asked for: it costs a twentieth of the start, and a hidden last window
 * crashes GTK when a screen reader asks for a dialog that has just closed. */
static void
test_no_hidden_window (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  GListModel *windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    g_assert_true (gtk_widget_get_visible (window));
  }
  g_assert_true (play_is_enabled (&play, "show-help-overlay"));
  play_end (&play);
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

static GtkWidget *
find_mapped_words (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words))
    return widget;
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_mapped_words (child, words);
  return found;
}

static gboolean
is_painted (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 0;
}

static void
ask_tooltip (GtkWidget *widget, GtkTooltip *tooltip)
{
  gboolean shown = FALSE;
  g_signal_emit_by_name (widget, "query-tooltip", 1, 1, FALSE, tooltip, &shown);
}

static GtkWidget *
find_tooltip_label (GtkTooltip *tooltip)
{
  GtkWidget *probe = gtk_label_new (NULL);
  gtk_tooltip_set_custom (tooltip, probe);
  GtkWidget *label = gtk_widget_get_first_child (gtk_widget_get_parent (probe));
  while (label && (!GTK_IS_LABEL (label) || label == probe))
    label = gtk_widget_get_next_sibling (label);
  gtk_tooltip_set_custom (tooltip, NULL);
  return label;
}

/* Three words stand in one line, a paragraph in several; while a menu is open its button says nothing over it. */
static void
test_tooltips (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  GtkWidget *menu = play_find (GTK_WIDGET (play.window), GTK_TYPE_MENU_BUTTON);
  gtk_widget_set_tooltip_text (menu, "主菜单");
  GtkWidget *label = find_tooltip_label (tooltip);
  ask_tooltip (menu, tooltip);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "主菜单");
  int one, several, width;
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, NULL, &one, NULL, NULL);
  g_assert_cmpint (width, >, one * 3 / 2);
  gtk_widget_set_tooltip_text (
      menu, "按汇缴方式、与上月相同的人员和年月办理汇缴，并在提交之前逐月复核每一名职工的缴存额和缴存基数是否正确，"
            "有变动的一并列出。");
  ask_tooltip (menu, tooltip);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, width, NULL, &several, NULL, NULL);
  g_assert_cmpint (several, >, one * 3 / 2);
  g_assert_cmpint (width, >, several);
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  g_assert_false (gtk_widget_get_has_tooltip (menu));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
  g_assert_true (gtk_widget_get_has_tooltip (menu));
  play_end (&play);
}

/* It begins with what holds everywhere. */
static void
test_shortcuts (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  play_do (&play, "show-help-overlay", NULL);
  GtkWidget *over = find_over (&play);
  g_assert_nonnull (over);
  play_wait (is_painted, over, "the window of shortcuts");
  g_assert_nonnull (find_mapped_words (over, "Going about"));
  g_assert_null (find_mapped_words (over, "Application records"));
  gtk_window_destroy (GTK_WINDOW (over));
  play_end (&play);
}

/* Who signs in from the midst of her work comes back to it; until then nothing beside signing in can be done. */
static void
test_back (void)
{
  static const char *const off[] = {"search", "choose-unit", "next-unit", "previous-unit", "find", "show-status"};
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  play_do (&play, "go", g_variant_new_string ("people"));
  play_do (&play, "show-start", NULL);
  play_wait (has_focus_on_screen, play.window, "the focus on the first start's page");
  for (gsize i = 0; i < G_N_ELEMENTS (off); i++)
    g_assert_false (play_is_enabled (&play, off[i]));
  g_assert_true (play_press (GTK_WIDGET (play.window), "Escape"));
  g_assert_true (play_is_enabled (&play, "choose-unit"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (play.window)), ==, "People — 爱辉某某公司");
  play_wait (has_focus_on_screen, play.window, "the focus on the page");
  play_do (&play, "show-start", NULL);
  play_wait (has_focus_on_screen, play.window, "the focus on the first start's page");
  g_assert_true (play_press (GTK_WIDGET (play.window), "<Alt>Left"));
  GtkWidget *start = play_find (GTK_WIDGET (play.window), QC_TYPE_START_VIEW);
  g_assert_null (start);
  play_do (&play, "show-start", NULL);
  start = play_find (GTK_WIDGET (play.window), QC_TYPE_START_VIEW);
  g_signal_emit_by_name (qc_start_view_get_sign_in (QC_START_VIEW (start)), "signed-in");
  g_assert_cmpstr (qc_page_get_title (qc_window_get_page (play.window)), ==, "People");
  g_assert_null (play_find (GTK_WIDGET (play.window), QC_TYPE_START_VIEW));
  play_end (&play);
}

static gboolean
has_failed (gpointer data)
{
  return play_find_words (data, "Qingce is already open") != NULL;
}

/* A second window over the same folder says who holds it, and opens when that one is gone. */
static void
test_locked (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  QcContext *context = qc_context_new (play.folder);
  QcSession *session = qc_session_new (context);
  QcWindow *second = qc_window_new (play.application, session);
  qc_window_begin (second, FALSE);
  gtk_window_present (GTK_WINDOW (second));
  play_wait (has_failed, second, "the second window to refuse");
  g_autofree char *pid = g_strdup_printf ("process %d", (int)getpid ());
  g_assert_nonnull (play_find_words (GTK_WIDGET (second), pid));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (second), "go"));
  gtk_window_destroy (GTK_WINDOW (second));
  g_object_unref (session);
  g_object_unref (context);
  play_end (&play);
}

static gboolean
can_go (gpointer play)
{
  return play_is_enabled (play, "go");
}

static gboolean
can_choose (gpointer play)
{
  return play_is_enabled (play, "choose-profile");
}

/* Closed while it opens, while a center is chosen, while any page comes: what is answered to nobody is let go of. */
static void
test_cut (void)
{
  static const guint turns[] = {0, 2, 10, 40};
  Play play;
  play_begin (&play, 5);
  for (guint i = 0; i < 60; i += 3)
    play_cut (&play, i);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    play_wait (can_choose, &play, "choose-profile");
    play_do (&play, "show-start", NULL);
    play_do (&play, "choose-profile", g_variant_new_string (qc_session_get_profile_id (play.session)));
    play_cut (&play, turns[i]);
    play_wait (can_go, &play, "go");
    play_do (&play, "sign-out", NULL);
    play_cut (&play, turns[i]);
  }
  for (guint i = 0; qc_pages_get (i / 2); i++) {
    play_wait (can_go, &play, "go");
    play_do (&play, "go", g_variant_new_string (qc_pages_get (i / 2)->name));
    play_cut (&play, i % 2 * 10);
  }
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/window/home", test_home);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/way-back", test_way_back);
  g_test_add_func ("/window/units", test_units);
  g_test_add_func ("/window/commands", test_commands);
  g_test_add_func ("/window/focus-after-bar", test_focus_after_bar);
  g_test_add_func ("/window/no-hidden-window", test_no_hidden_window);
  g_test_add_func ("/window/tooltips", test_tooltips);
  g_test_add_func ("/window/shortcuts", test_shortcuts);
  g_test_add_func ("/window/back", test_back);
  g_test_add_func ("/window/locked", test_locked);
  g_test_add_func ("/window/cut", test_cut);
  return g_test_run ();
}
