/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The preview of whatever is printed: sizes, a text that is looked for forwards, backwards, round and in vain, the
 * paper and its margins that are remembered, and a window that is closed while its pages are made.
 */
#include <cairo-pdf.h>
#include <string.h>

#include "play.h"
#include "qc-paper-setup.h"
#include "qc-paper-window.h"
#include "qc-pdf-search.h"
#include "qc-printout-kinds.h"

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Five pages; "twice" stands two times on the second, "once" on the fourth. */
static GBytes *
make_pdf (void)
{
  static const char *const words[] = {"first", "twice", "third", "once", "last"};
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, array, 595.28, 841.89);
  cairo_t *cr = cairo_create (surface);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    cairo_move_to (cr, 100, 100);
    cairo_show_text (cr, words[i]);
    if (i == 1) {
      cairo_move_to (cr, 100, 700);
      cairo_show_text (cr, words[i]);
    }
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}

/* ---- the view and what looks for text ---- */

typedef struct {
  GtkWidget *window;
  QcPdfView *view;
  QcPdfSearch *search;
} Sight;

static void
changed_cb (gpointer user_data)
{
}

static gboolean
has_looked (gpointer data)
{
  return qc_pdf_search_get_state (((Sight *)data)->search) != QC_PDF_SEARCH_RUNNING;
}

static void
assert_looked (Sight *sight, QcPdfSearchState state, int page)
{
  play_wait (has_looked, sight, "the pages to be looked through");
  g_assert_cmpint (qc_pdf_search_get_state (sight->search), ==, state);
  g_assert_cmpint (qc_pdf_view_get_page (sight->view), ==, page);
}

static void
open_sight (Sight *sight)
{
  g_autoptr (GBytes) pdf = make_pdf ();
  sight->window = gtk_window_new ();
  sight->view = QC_PDF_VIEW (qc_pdf_view_new ());
  gtk_window_set_default_size (GTK_WINDOW (sight->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (sight->window), GTK_WIDGET (sight->view));
  gtk_window_present (GTK_WINDOW (sight->window));
  g_assert_true (qc_pdf_view_set_pdf (sight->view, pdf, NULL));
  sight->search = qc_pdf_search_new (sight->view, changed_cb, NULL);
}

static void
close_sight (Sight *sight)
{
  qc_pdf_search_free (sight->search);
  gtk_window_destroy (GTK_WINDOW (sight->window));
}

static void
test_search (void)
{
  Sight sight;
  open_sight (&sight);
  qc_pdf_search_set_text (sight.search, "twice");
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 1);
  qc_pdf_search_go (sight.search, TRUE); /* the other one on the page */
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 1);
  qc_pdf_search_go (sight.search, TRUE); /* round */
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 1);
  qc_pdf_search_set_text (sight.search, "once");
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 3);
  qc_pdf_view_set_page (sight.view, 0);
  qc_pdf_search_go (sight.search, FALSE); /* round from where she has turned to */
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 3);
  qc_pdf_search_set_text (sight.search, "ONCE");
  assert_looked (&sight, QC_PDF_SEARCH_FOUND, 3);
  qc_pdf_search_set_text (sight.search, "never");
  assert_looked (&sight, QC_PDF_SEARCH_ABSENT, 3);
  qc_pdf_search_set_text (sight.search, "");
  g_assert_cmpint (qc_pdf_search_get_state (sight.search), ==, QC_PDF_SEARCH_NONE);
  qc_pdf_search_set_text (sight.search, "once"); /* freed while it looks */
  close_sight (&sight);
}

static gboolean
has_room (gpointer data)
{
  return gtk_widget_get_width (data) > 0 && gtk_widget_get_height (data) > 0;
}

static void
test_zoom (void)
{
  Sight sight;
  open_sight (&sight);
  play_wait (has_room, sight.view, "the view to have room");
  qc_pdf_view_set_zoom (sight.view, QC_PDF_VIEW_WIDTH);
  double width = qc_pdf_view_get_zoom (sight.view);
  qc_pdf_view_set_zoom (sight.view, QC_PDF_VIEW_WHOLE);
  double whole = qc_pdf_view_get_zoom (sight.view);
  g_assert_cmpfloat (whole, <, width); /* an upright page in a low window */
  g_assert_cmpfloat (whole, >=, 0.25);
  qc_pdf_view_set_zoom (sight.view, 1.5);
  g_assert_cmpfloat (qc_pdf_view_get_zoom (sight.view), ==, 1.5);
  close_sight (&sight);
}

/* ---- paper and margins ---- */

static void
count_cb (guint *changes)
{
  ++*changes;
}

static void
test_setup (void)
{
  guint changes = 0;
  GtkWidget *first = g_object_ref_sink (qc_paper_setup_new (QC_PAPER_A4));
  g_signal_connect_swapped (first, "changed", G_CALLBACK (count_cb), &changes);
  g_assert_cmpint (qc_paper_setup_get (QC_PAPER_SETUP (first)).size, ==, QC_PAPER_A4);
  qc_paper_setup_choose (QC_PAPER_SETUP (first), QC_PAPER_FORM_241);
  qc_paper_setup_choose (QC_PAPER_SETUP (first), QC_PAPER_FORM_241);
  g_assert_cmpuint (changes, ==, 1);
  QcPaper paper = qc_paper_setup_get (QC_PAPER_SETUP (first));
  g_assert_cmpfloat (paper.left, ==, qc_paper_info (QC_PAPER_FORM_241)->side);
  g_object_unref (first);
  GtkWidget *again = g_object_ref_sink (qc_paper_setup_new (QC_PAPER_A4));
  g_assert_cmpint (qc_paper_setup_get (QC_PAPER_SETUP (again)).size, ==, QC_PAPER_FORM_241);
  qc_paper_setup_choose (QC_PAPER_SETUP (again), QC_PAPER_A4);
  g_object_unref (again);
  GtkWidget *other = g_object_ref_sink (qc_paper_setup_new (QC_PAPER_A4_LANDSCAPE)); /* by itself */
  g_assert_cmpint (qc_paper_setup_get (QC_PAPER_SETUP (other)).size, ==, QC_PAPER_A4_LANDSCAPE);
  g_object_unref (other);
}

/* ---- the window ---- */

static gboolean
is_shown (gpointer data)
{
  return play_find_words (data, "/ 3") != NULL;
}

static gboolean
is_on_more (gpointer data)
{
  return play_find_words (data, "/ 5") != NULL || play_find_words (data, "/ 6") != NULL;
}

static QcPeopleList *
people_of (Play *play)
{
  QcPeopleList *list = qc_people_list_new (play->session);
  qc_people_list_reload (list);
  return list;
}

static void
test_window (void)
{
  Play play;
  play_begin (&play, 60);
  play_wait_words (&play, "爱辉某某公司");
  g_autoptr (QcPeopleList) list = people_of (&play);
  GtkWidget *window = qc_paper_window_open (GTK_WIDGET (play.window), qc_printout_new_people (list));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  play_wait (is_shown, window, "the pages");
  g_assert_true (gtk_widget_activate_action (window, "paper.next-page", NULL));
  g_assert_true (gtk_widget_activate_action (window, "paper.zoom-in", NULL));
  g_assert_true (gtk_widget_activate_action (window, "paper.zoom-page", NULL));
  gtk_widget_activate_action (window, "paper.choose", "s", "a5-landscape");
  play_wait (is_on_more, window, "the same on A5");
  gtk_window_close (GTK_WINDOW (window));
  while (window)
    g_main_context_iteration (NULL, TRUE);
  /* closed before anything is there */
  window = qc_paper_window_open (GTK_WIDGET (play.window), qc_printout_new_people (list));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  play_end (&play);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/paper/search", test_search);
  g_test_add_func ("/paper/zoom", test_zoom);
  g_test_add_func ("/paper/setup", test_setup);
  g_test_add_func ("/paper/window", test_window);
  return g_test_run ();
}
