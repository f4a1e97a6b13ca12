/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of 汇缴 in the real window, driven by its actions over the worked example: which commands are enabled when,
 * and that the words on the screen are the service's figures.
 */
#include "play.h"
#include "qc-app-fixture.h"
#include "qc-remittance-steps.h"
#include "qc-session-private.h"

static gboolean
is_enabled (gpointer data)
{
  gpointer *both = data;
  return play_is_enabled (both[0], both[1]);
}

static void
wait_enabled (Play *play, const char *action)
{
  gpointer both[] = {play, (gpointer)action};
  play_wait (is_enabled, both, action);
}

static void
open_page (Play *play, QcFill fill)
{
  play_begin_in (play, qc_app_fixture_make_folder (fill, 0));
  wait_enabled (play, "go");
  qc_context_set_today (play->context, QC_FIXTURE_TODAY);
  play_do (play, "go", g_variant_new_string ("remittance"));
  play_wait_page (play, "Remittance");
}

static void
test_steps (void)
{
  Play play;
  open_page (&play, 0);
  wait_enabled (&play, "remittance-next");
  play_wait_words (&play, "7,772.00");
  g_assert_false (play_is_enabled (&play, "remittance-back"));
  g_assert_false (play_is_enabled (&play, "remittance-submit"));
  g_assert_false (play_is_enabled (&play, "remittance-undo"));
  play_do (&play, "remittance-step", g_variant_new_int32 (4)); /* nothing is reviewed: cannot be reached */
  g_assert_false (play_is_enabled (&play, "remittance-back"));
  play_do (&play, "remittance-next", NULL);
  play_do (&play, "remittance-next", NULL);
  g_assert_false (play_is_enabled (&play, "remittance-next"));
  play_wait_words (&play, "3,796.00"); /* 2026-10, and who made it so: */
  play_wait_words (&play, "丁𠮷䶮");
  play_do (&play, "remittance-review-all", NULL);
  wait_enabled (&play, "remittance-next");
  wait_enabled (&play, "remittance-undo");
  play_do (&play, "remittance-next", NULL);
  play_wait_words (&play, "人民币柒仟柒佰柒拾贰元整");
  /* this profile has no API: everything can be prepared, nothing submitted */
  g_assert_false (play_is_enabled (&play, "remittance-submit"));
  play_do (&play, "remittance-undo", NULL);
  wait_enabled (&play, "remittance-redo"); /* the ticks are gone, and with them the last step */
  wait_enabled (&play, "remittance-review-all");
  g_assert_false (play_is_enabled (&play, "remittance-next"));
  play_end (&play);
}

static void
test_end_month (void)
{
  Play play;
  open_page (&play, 0);
  wait_enabled (&play, "remittance-end");
  play_do (&play, "remittance-end", g_variant_new_int32 (202610));
  play_wait_words (&play, "1 month · 3 people");
  play_do (&play, "remittance-method", g_variant_new_string ("collection")); /* has no agreement: not taken */
  play_wait_words (&play, "must first sign a collection agreement");
  play_do (&play, "remittance-end", g_variant_new_int32 (202609));
  play_wait_words (&play, "finding");
  g_assert_false (play_is_enabled (&play, "remittance-submit"));
  play_end (&play);
}

static void
test_answer (void)
{
  Play play;
  open_page (&play, QC_FILL_ASK);
  wait_enabled (&play, "remittance-answer");
  g_assert_false (play_is_enabled (&play, "remittance-authorize"));
  play_do (&play, "remittance-step", g_variant_new_int32 (3));
  play_do (&play, "remittance-review-all", NULL);
  wait_enabled (&play, "remittance-undo");
  play_do (&play, "remittance-answer", g_variant_new_parsed ("([\'2311000005\'], %s)", "women-50"));
  wait_enabled (&play, "remittance-authorize"); /* left out now, so that it can be authorised */
  g_assert_false (play_is_enabled (&play, "remittance-answer"));
  play_wait_words (&play, "7,772.00");
  play_end (&play);
}

static char *
dup_label (GMenuModel *menu, int item)
{
  char *label = NULL;
  g_menu_model_get_item_attribute (menu, item, G_MENU_ATTRIBUTE_LABEL, "s", &label);
  return label;
}

static gboolean
is_answered (gpointer play)
{
  return !play_is_enabled (play, "remittance-answer");
}

static gboolean
is_closed (gpointer button)
{
  return !gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (button)));
}

/* Those who are selected are answered for at once; the menu says what each answer does; it is one step. */
static void
test_answer_selected (void)
{
  Play play;
  open_page (&play, QC_FILL_ASK | QC_FILL_ASK_ANOTHER);
  wait_enabled (&play, "remittance-answer");
  play_do (&play, "remittance-step", g_variant_new_int32 (3));
  GtkWidget *lists = play_find (play_find (GTK_WIDGET (play.window), QC_TYPE_REVIEW_STEP), GTK_TYPE_STACK);
  gtk_stack_set_visible_child_name (GTK_STACK (lists), "left-out");
  play_wait_words (&play, "are answered for at once");
  play_wait_words (&play, "Answer");
  GtkMenuButton *button = GTK_MENU_BUTTON (play_find (lists, GTK_TYPE_MENU_BUTTON));
  gtk_menu_button_popup (button);
  g_autofree char *one = dup_label (gtk_menu_button_get_menu_model (button), 0);
  g_assert_cmpstr (one, ==, "方秀兰"); /* nobody is selected: for whom the button is */
  gtk_menu_button_popdown (button);
  play_wait (is_closed, button, "the menu to close");
  GtkWidget *grid = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_COLUMN_VIEW);
  gtk_selection_model_select_all (gtk_column_view_get_model (GTK_COLUMN_VIEW (grid)));
  gtk_menu_button_popup (button);
  GMenuModel *menu = gtk_menu_button_get_menu_model (button);
  g_autoptr (GMenuModel) answers = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_autofree char *who = dup_label (menu, 0), *women_50 = dup_label (answers, 0), *women_55 = dup_label (answers, 1);
  g_assert_cmpstr (who, ==, "The 2 people selected");
  g_assert_cmpstr (women_50, ==, "Women 50 (workers): 2 of 2 have reached the age");
  g_assert_cmpstr (women_55, ==, "Women 55 (managers and specialists): 1 of 2 have reached the age");
  g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (answers, 1, G_MENU_ATTRIBUTE_TARGET, NULL);
  gtk_menu_button_popdown (button);
  play_do (&play, "remittance-answer", target);
  play_wait (is_answered, &play, "both to be answered for");
  play_do (&play, "remittance-undo", NULL);
  wait_enabled (&play, "remittance-answer");
  g_assert_false (play_is_enabled (&play, "remittance-undo"));
  play_end (&play);
}

/* A month that was never on the screen is not ticked: the key leads to what is to be reviewed. */
static void
test_seen (void)
{
  Play play;
  open_page (&play, 0);
  wait_enabled (&play, "remittance-review-all");
  play_do (&play, "remittance-review-all", NULL);
  play_wait_words (&play, "丁𠮷䶮"); /* the review, with who changed */
  g_assert_false (play_is_enabled (&play, "remittance-undo"));
  g_assert_false (play_is_enabled (&play, "remittance-next"));
  play_do (&play, "remittance-review-all", NULL);
  wait_enabled (&play, "remittance-next");
  play_end (&play);
}

static gboolean
is_gone (gpointer lists)
{
  return !play_find (lists, GTK_TYPE_MENU_BUTTON);
}

static gboolean
has_focus_within (gpointer data)
{
  gpointer *both = data;
  GtkWidget *focus = gtk_window_get_focus (both[0]);
  return focus && gtk_widget_is_ancestor (focus, both[1]);
}

/* The last answer given takes its button away: work goes on in the review, and Enter does not take the answer back. */
static void
test_after_last_answer (void)
{
  Play play;
  open_page (&play, QC_FILL_ASK);
  wait_enabled (&play, "remittance-answer");
  play_do (&play, "remittance-step", g_variant_new_int32 (3));
  GtkWidget *review = play_find (GTK_WIDGET (play.window), QC_TYPE_REVIEW_STEP);
  GtkWidget *lists = play_find (review, GTK_TYPE_STACK);
  gtk_stack_set_visible_child_name (GTK_STACK (lists), "left-out");
  play_wait_words (&play, "Answer");
  GtkWidget *button = play_find (lists, GTK_TYPE_MENU_BUTTON);
  g_assert_nonnull (button);
  gtk_widget_grab_focus (button);
  play_do (&play, "remittance-answer", g_variant_new_parsed ("([\'2311000005\'], %s)", "women-55"));
  wait_enabled (&play, "remittance-undo");
  play_wait (is_gone, lists, "the button to go");
  play_wait (has_focus_within, (gpointer[]) {play.window, review}, "the focus to stay in the review");
  play_end (&play);
}

/* An unfinished one that nobody has submitted here just now, as after a restart: what to pay stands there instead of
 * the steps, and on the start page. */
static void
test_unfinished (void)
{
  Play play;
  play_begin_in (&play, qc_app_fixture_make_folder (QC_FILL_OPEN, 0));
  wait_enabled (&play, "go");
  play_wait_words (&play, "To be transferred: ￥3,500.00");
  play_wait_words (&play, "account 231100778899001122");
  g_assert_null (play_find_words (GTK_WIDGET (play.window), "under way at the center"));
  qc_context_set_today (play.context, QC_FIXTURE_TODAY);
  play_do (&play, "go", g_variant_new_string ("remittance"));
  play_wait_page (&play, "Remittance");
  play_wait_words (&play, "Registered: now transfer the amount");
  play_wait_words (&play, "231100778899001122");
  wait_enabled (&play, "remittance-new");
  g_assert_false (play_is_enabled (&play, "remittance-end"));
  play_do (&play, "remittance-new", NULL);
  wait_enabled (&play, "remittance-end");
  g_assert_null (play_find_words (GTK_WIDGET (play.window), "Registered: now transfer the amount"));
  play_do (&play, "go", g_variant_new_string ("remittance/HJ202600000004")); /* by the start page: it is wanted again */
  play_wait_words (&play, "Registered: now transfer the amount");
  play_do (&play, "remittance-new", NULL);
  wait_enabled (&play, "remittance-end");
  play_do (&play, "remittance-end", g_variant_new_int32 (202611)); /* a draft that was begun goes first */
  wait_enabled (&play, "remittance-undo");
  play_do (&play, "go", g_variant_new_string ("remittance/HJ202600000004"));
  g_assert_true (play_is_enabled (&play, "remittance-end"));
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/remittance/steps", test_steps);
  g_test_add_func ("/remittance/end-month", test_end_month);
  g_test_add_func ("/remittance/answer", test_answer);
  g_test_add_func ("/remittance/answer-selected", test_answer_selected);
  g_test_add_func ("/remittance/unfinished", test_unfinished);
  g_test_add_func ("/remittance/seen", test_seen);
  g_test_add_func ("/remittance/after-last-answer", test_after_last_answer);
  return g_test_run ();
}
