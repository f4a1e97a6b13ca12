/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The first start: one question, centers as files, what a bad file is told, and level → city → department with what is
 * not connected said plainly.
 */
#include <locale.h>

#include "play.h"
#include "qc-business-card.h"
#include "qc-department-page.h"
#include "qc-sign-in-page.h"

static void
test_welcome (void)
{
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  g_assert_nonnull (play_find_words (GTK_WIDGET (play.window), "Connect to a Center"));
  g_assert_false (play_is_enabled (&play, "sign-in"));
  g_assert_null (qc_window_get_page (play.window));
  play_end (&play);
}

static void
test_heihe (void)
{
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  play_do (&play, "start-centers", NULL);
  play_wait_words (&play, "黑河市住房公积金管理中心");
  g_assert_nonnull (play_find_words (GTK_WIDGET (play.window), "Only the portal: not connected to Qingce yet"));
  play_do (&play, "choose-profile", g_variant_new_string ("heihe"));
  play_wait_words (&play, "Administrative level");
  play_wait_words (&play, "This center is not connected to Qingce yet");
  GtkWidget *page = play_find (GTK_WIDGET (play.window), QC_TYPE_DEPARTMENT_PAGE);
  g_assert_nonnull (page);
  g_assert_cmpint (qc_department_page_get_entry (QC_DEPARTMENT_PAGE (page)), >=, 0);
  g_assert_false (qc_department_page_is_connected (QC_DEPARTMENT_PAGE (page)));
  /* 在线办理 opens the portal; it does not pretend to enter. */
  play_do (&play, "enter-remittance", NULL);
  g_assert_null (qc_window_get_page (play.window));
  play_do (&play, "start-back", NULL);
  play_wait_words (&play, "What would you like to do?");
  play_end (&play);
}

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static const char *
chosen (AdwComboRow *row)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (row);
  return name ? gtk_string_object_get_string (name) : "";
}

static gboolean
is_at_heihe (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *list = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  graphene_rect_t bounds;
  return list && play_find_words (focus, "黑河市") && gtk_widget_compute_bounds (focus, list, &bounds)
         && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (list);
}

/* What is chosen decides what can be chosen below it; there the one that leads on is chosen by itself. */
static void
test_levels (void)
{
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  play_do (&play, "choose-profile", g_variant_new_string ("heihe"));
  play_wait_words (&play, "Administrative level");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  collect (GTK_WIDGET (play.window), ADW_TYPE_COMBO_ROW, rows);
  g_assert_cmpuint (rows->len, ==, 3);
  AdwComboRow *level = rows->pdata[0], *city = rows->pdata[1], *department = rows->pdata[2];
  QcDepartmentPage *page = QC_DEPARTMENT_PAGE (play_find (GTK_WIDGET (play.window), QC_TYPE_DEPARTMENT_PAGE));
  g_assert_cmpstr (chosen (level), ==, "市级");
  g_assert_cmpstr (chosen (city), ==, "黑河市");
  g_assert_cmpstr (chosen (department), ==, "黑河市住房公积金管理中心");
  int heihe = qc_department_page_get_entry (page);
  adw_action_row_activate (ADW_ACTION_ROW (city)); /* the list opens where the choice is */
  play_wait (is_at_heihe, play.window, "the city that is chosen");
  adw_combo_row_set_selected (city, 0);
  g_assert_cmpstr (chosen (city), ==, "哈尔滨市");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (department)));
  g_assert_cmpint (qc_department_page_get_entry (page), !=, heihe);
  adw_combo_row_set_selected (level, 0);
  g_assert_cmpstr (chosen (level), ==, "省级");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (city)));
  adw_combo_row_set_selected (level, 1);
  g_assert_cmpstr (chosen (city), ==, "黑河市");
  g_assert_cmpstr (chosen (department), ==, "黑河市住房公积金管理中心");
  g_assert_cmpint (qc_department_page_get_entry (page), ==, heihe);
  play_end (&play);
}

static gboolean
is_placed (gpointer card)
{
  return gtk_widget_get_width (card) > 0;
}

static gboolean
is_higher (gpointer card)
{
  return gtk_widget_get_height (card) > 100;
}

static int
left_of (GtkWidget *card)
{
  double x, y;
  g_assert_true (gtk_widget_translate_coordinates (card, GTK_WIDGET (gtk_widget_get_root (card)), 0, 0, &x, &y));
  return (int)x;
}

/* ▲ opens one card: the others stay in their columns, and only its own row becomes higher. */
static void
test_cards (void)
{
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  play_do (&play, "choose-profile", g_variant_new_string ("heihe"));
  play_wait_words (&play, "Administrative level");
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  collect (GTK_WIDGET (play.window), QC_TYPE_BUSINESS_CARD, cards);
  g_assert_cmpuint (cards->len, ==, 8);
  play_wait (is_placed, cards->pdata[7], "the cards");
  int left[8], height = gtk_widget_get_height (cards->pdata[7]);
  for (guint i = 0; i < 8; i++)
    left[i] = left_of (cards->pdata[i]);
  qc_business_card_set_open (cards->pdata[0], TRUE);
  play_wait (is_higher, cards->pdata[0], "the open card");
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (left_of (cards->pdata[i]), ==, left[i]);
  g_assert_cmpint (gtk_widget_get_height (cards->pdata[7]), ==, height);
  play_end (&play);
}

static void
test_bad_file (void)
{
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  g_autofree char *path = g_build_filename (play.folder, "bad.json", NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, "<html>no</html>", -1, &error);
  g_assert_no_error (error);
  play_do (&play, "import-profile", g_variant_new_string (path));
  play_wait_words (&play, "This center file cannot be used");
  play_end (&play);
}

/* Without the program there is no practice, and it says what to do. */
static void
test_no_center (void)
{
  g_setenv ("QINGCE_CENTER", "/nonexistent/qingce-center", TRUE);
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  play_do (&play, "start-practice", NULL);
  play_wait_words (&play, "The practice center is missing");
  play_end (&play);
}

/* A program that ends at once is tried again, then given up in words. */
static void
test_dying_center (void)
{
  g_setenv ("QINGCE_CENTER", "/bin/false", TRUE);
  Play play;
  play_begin (&play, -1);
  play_wait_words (&play, "What would you like to do?");
  play_do (&play, "start-practice", NULL);
  play_wait_words (&play, "The practice center stopped");
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/start/welcome", test_welcome);
  g_test_add_func ("/start/heihe", test_heihe);
  g_test_add_func ("/start/levels", test_levels);
  g_test_add_func ("/start/cards", test_cards);
  g_test_add_func ("/start/bad-file", test_bad_file);
  g_test_add_func ("/start/no-center", test_no_center);
  g_test_add_func ("/start/dying-center", test_dying_center);
  return g_test_run ();
}
