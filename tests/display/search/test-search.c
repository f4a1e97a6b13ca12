/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The palette of the search everywhere: what was typed is found in groups of eight with how many more there are, what
 * is chosen lands where it is, and Enter waits for its answer. (What a screen reader hears: the journey find.)
 */
#include <locale.h>

#include "play.h"
#include "qc-people-list.h"
#include "qc-search-palette.h"
#include "qc-search-row.h"
#include "qc-session-private.h"

static GtkWidget *
get_palette (Play *play)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (play->application)); at; at = at->next)
    if (QC_IS_SEARCH_PALETTE (at->data))
      return at->data;
  g_autoptr (GListModel) all = gtk_window_get_toplevels ();
  g_object_ref (all);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);
    if (QC_IS_SEARCH_PALETTE (window))
      return window;
  }
  return NULL;
}

static gboolean
has_palette (gpointer play)
{
  return get_palette (play) != NULL;
}

static gboolean
has_no_palette (gpointer play)
{
  return get_palette (play) == NULL;
}

static GtkWidget *
open_palette (Play *play)
{
  play_do (play, "find", NULL);
  play_wait (has_palette, play, "the palette");
  return get_palette (play);
}

typedef struct {
  GtkWidget *palette;
  const char *words;
} Wanted;

static gboolean
has_words (gpointer data)
{
  Wanted *wanted = data;
  return play_find_words (wanted->palette, wanted->words) != NULL;
}

static void
type (GtkWidget *palette, const char *text, const char *words)
{
  Wanted wanted = {palette, words};
  gtk_editable_set_text (GTK_EDITABLE (play_find (palette, GTK_TYPE_SEARCH_ENTRY)), text);
  play_wait (has_words, &wanted, words);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = QC_IS_SEARCH_ROW (widget) && gtk_widget_get_visible (widget)
            && qc_search_row_get_target (QC_SEARCH_ROW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static void
test_groups (void)
{
  Play play;
  play_begin (&play, 400);
  play_wait_page (&play, "Start page");
  gtk_application_set_accels_for_action (GTK_APPLICATION (play.application), "win.choose-unit",
                                         (const char *const[]) {"<Control>u", NULL});
  GtkWidget *palette = open_palette (&play);
  type (palette, "王", "found");
  g_assert_cmpuint (count_rows (palette), ==, 9); /* eight, and where all of them are */
  g_assert_nonnull (play_find_words (palette, " more"));
  type (palette, "danwei", "Choose the unit");
  g_assert_nonnull (play_find_words (palette, "Ctrl+U"));
  type (palette, "tongbu", "Nothing was found."); /* without a center there is nothing to sync with */
  type (palette, "没有这个人", "Nothing was found.");
  g_assert_cmpuint (count_rows (palette), ==, 0);
  gtk_window_close (GTK_WINDOW (palette));
  play_end (&play);
}

static gboolean
shows_person (gpointer data)
{
  Play *play = data;
  GtkWidget *page = GTK_WIDGET (qc_window_get_page (play->window));
  GtkWidget *view = play_find (page, GTK_TYPE_COLUMN_VIEW);
  if (!view)
    return FALSE;
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  QcPersonRow *row = gtk_single_selection_get_selected_item (selection);
  const QcEmployee *person = row ? qc_person_row_get_employee (row) : NULL;
  return person && g_str_equal (person->account, "231100000317") && play_find_words (page, "Bases over time");
}

/* What stands in the menu is found by its Chinese, its pinyin, its initials and in English; what cannot be done now is
 * not. */
static void
test_commands (void)
{
  static const struct {
    const char *text, *label;
  } rows[] = {
      {"回收站", "Trash: deleted drafts"},
      {"hsz", "Trash: deleted drafts"},
      {"beifen", "Backup and moving"},
      {"设置", "Preferences"},
      {"zhinan", "Guide"},
      {"shortcuts", "Keyboard shortcuts"},
      {"jiancha", "Check this computer"},
      {"shense", "Appearance: dark"},
      {"ysyxt", "Remit the same as last month"},
      {"qbdw", "All units"},
      {"缴存基数", "Base adjustment"},
      {"txnl", "Authorization of later retirement"},
  };
  Play play;
  play_begin (&play, 5);
  play_wait_page (&play, "Start page");
  GtkWidget *palette = open_palette (&play);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    type (palette, rows[i].text, rows[i].label);
  type (palette, "yanlian", "Nothing was found."); /* of practice alone */
  gtk_window_close (GTK_WINDOW (palette));
  play_end (&play);
}

/* The roster is gone to with somebody: she is selected among all the others, whatever was looked for before. */
static void
test_people (void)
{
  Play play;
  play_begin (&play, 400);
  play_wait_page (&play, "Start page");
  play_do (&play, "go", g_variant_new_string ("people"));
  play_wait_page (&play, "People");
  play_do (&play, "set-search", g_variant_new_string ("没有这个人"));
  play_wait_words (&play, "Nobody fits");
  play_do (&play, "go", g_variant_new_string ("people/231100000317"));
  play_wait (shows_person, &play, "the person");
  play_end (&play);
}

static gpointer
leave (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection,
                             "DELETE FROM person_find WHERE account = '231100000007';"
                             "UPDATE person SET gone = 1 WHERE account = '231100000007'",
                             error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* Who left is found too, and what is known of her is shown, though no list has her. */
static void
test_gone (void)
{
  Play play;
  play_begin (&play, 20);
  play_wait_page (&play, "Start page");
  qc_database_write (qc_session_get_database (play.session), "leave", leave, NULL, NULL);
  GtkWidget *palette = open_palette (&play);
  type (palette, "231100000007", "Left the unit");
  g_signal_emit_by_name (play_find (palette, GTK_TYPE_SEARCH_ENTRY), "activate");
  play_wait (has_no_palette, &play, "the palette to close");
  play_wait_page (&play, "People");
  play_wait_words (&play, "Left the unit");
  play_wait_words (&play, "Bases over time");
  play_end (&play);
}

static gboolean
shows_account (gpointer data)
{
  Play *play = data;
  return play_find_words (GTK_WIDGET (qc_window_get_page (play->window)), "231100000317") != NULL;
}

/* Enter comes with the last letter: what it opens is what that letter finds. */
static void
test_landing (void)
{
  Play play;
  play_begin (&play, 400);
  play_wait_page (&play, "Start page");
  GtkWidget *palette = open_palette (&play);
  type (palette, "王", "found");
  GtkWidget *entry = play_find (palette, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "231100000317");
  g_signal_emit_by_name (entry, "activate");
  play_wait (has_no_palette, &play, "the palette to close");
  play_wait (shows_account, &play, "the account of the person");
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/search/groups", test_groups);
  g_test_add_func ("/search/commands", test_commands);
  g_test_add_func ("/search/people", test_people);
  g_test_add_func ("/search/gone", test_gone);
  g_test_add_func ("/search/landing", test_landing);
  return g_test_run ();
}
