/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The built-in guide: every chapter is there with a title, its links lead to chapters and its pictures are there, in
 * the language of the program; F1's command opens the chapter of the page on screen, and search finds the one with the
 * words.
 */
#include <string.h>

#include "play.h"
#include "qc-guide-book.h"
#include "qc-guide-text.h"
#include "qc-guide-window.h"
#include "qc-pages.h"

static gboolean
is_chapter (const char *id)
{
  for (guint i = 0; qc_guide_chapter_get_id (i); i++)
    if (g_str_equal (qc_guide_chapter_get_id (i), id))
      return TRUE;
  return FALSE;
}

static void
test_chapters (void)
{
  for (guint i = 0; qc_guide_chapter_get_id (i); i++) {
    const char *id = qc_guide_chapter_get_id (i);
    g_autofree char *text = qc_guide_chapter_dup_text (id);
    g_autofree char *title = qc_guide_chapter_dup_title (id);
    g_assert_true (g_str_has_prefix (text, "# "));
    g_assert_cmpuint (strlen (title), >, 3);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line; line++) {
      g_autofree char *name = **line == '!' ? g_strndup (*line + 1, strcspn (*line + 1, " ")) : NULL;
      g_autofree char *path = name ? qc_guide_dup_picture_path (name) : NULL;
      g_test_message ("%s: %s", id, *line);
      if (path)
        g_assert_true (g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL));
      for (const char *p = strstr (*line, "]("); p; p = strstr (p + 1, "](")) {
        g_autofree char *chapter = g_strndup (p + 2, strcspn (p + 2, ")"));
        g_assert_true (is_chapter (chapter));
      }
    }
  }
}

/* Every page of the window has a chapter of its own but for the first. */
static void
test_pages (void)
{
  for (guint i = 0; qc_pages_get (i); i++)
    g_assert_cmpstr (qc_guide_chapter_of_page (qc_pages_get (i)->name), !=, "start");
  g_assert_cmpstr (qc_guide_chapter_of_page ("sealing"), ==, "sealing");
  g_assert_cmpstr (qc_guide_chapter_of_page ("people"), ==, "inquiry");
  g_assert_cmpstr (qc_guide_chapter_of_page (NULL), ==, "start");
}

static void
test_markup (void)
{
  static const struct {
    const char *line, *markup;
  } rows[] = {
      {"plain & <simple>", "plain &amp; &lt;simple&gt;"},
      {"a **b** c", "a <b>b</b> c"},
      {"see [there](units).", "see <a href=\"units\">there</a>."},
      {"half **open and [half](", "half **open and [half]("},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *markup = qc_guide_text_dup_markup (rows[i].line);
    g_assert_cmpstr (markup, ==, rows[i].markup);
  }
}

static QcGuideWindow *
find_guide (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l; l = l->next)
    if (QC_IS_GUIDE_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
test_window (void)
{
  Play play;
  play_begin (&play, 3);
  play_wait_page (&play, "Start page");
  play_do (&play, "show-guide", NULL);
  g_assert_cmpstr (qc_guide_window_get_chapter (find_guide ()), ==, "enter");
  play_do (&play, "go", g_variant_new_string ("sealing"));
  play_do (&play, "show-guide", NULL); /* the same window */
  QcGuideWindow *guide = find_guide ();
  g_assert_cmpstr (qc_guide_window_get_chapter (guide), ==, "sealing");
  g_assert_nonnull (play_find_words (GTK_WIDGET (guide), "Sealing and unsealing"));
  GtkWidget *search = play_find (GTK_WIDGET (guide), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "MILLIMETRES");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpstr (qc_guide_window_get_chapter (guide), ==, "vouchers");
  gtk_editable_set_text (GTK_EDITABLE (search), "no such words");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_nonnull (play_find_words (GTK_WIDGET (guide), "No chapter has these words."));
  g_signal_emit_by_name (search, "stop-search"); /* Esc: the words first, then the guide */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_assert_nonnull (find_guide ());
  g_signal_emit_by_name (search, "stop-search");
  g_assert_null (find_guide ());
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guide/chapters", test_chapters);
  g_test_add_func ("/guide/pages", test_pages);
  g_test_add_func ("/guide/markup", test_markup);
  g_test_add_func ("/guide/window", test_window);
  return g_test_run ();
}
