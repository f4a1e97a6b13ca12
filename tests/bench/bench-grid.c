/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of all people (人员清册) as it is, in a window of 1366 × 768, scrolled and thrown about (bench-scroll.h),
 * against the same grid over a GListStore of the same row objects, all filled beforehand.
 *
 * bench-grid FOLDER
 */
#include <adwaita.h>

#include "bench-scroll.h"
#include "bench.h"
#include "qc-people-list.h"
#include "qc-people-page.h"

#define ROUNDS 5 /* one grid after the other, so that a busy minute of the machine is shared */

static void
filled_cb (QcPersonRow *row, gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

/* The same rows, all held and all filled. (transfer full) */
static GListStore *
hold_everybody (GListModel *people)
{
  GListStore *store = g_list_store_new (QC_TYPE_PERSON_ROW);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    QcPersonRow *row = g_list_model_get_item (people, i);
    gboolean filled = qc_person_row_is_loaded (row);
    gulong handler = g_signal_connect (row, "loaded", G_CALLBACK (filled_cb), &filled);
    bench_await_flag (&filled, 20, "filling a row");
    g_signal_handler_disconnect (row, handler);
    g_ptr_array_add (rows, row);
  }
  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  return store;
}

static gboolean
rested_cb (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* The page's list grows in steps. */
static void
await_everybody (GListModel *people)
{
  guint before;
  do {
    gboolean rested = FALSE;
    before = g_list_model_get_n_items (people);
    g_timeout_add (500, rested_cb, &rested);
    bench_await_flag (&rested, 20, "the roster");
  } while (before == 0 || g_list_model_get_n_items (people) != before);
}

static GListModel *
get_people (GtkColumnView *view)
{
  return gtk_single_selection_get_model (GTK_SINGLE_SELECTION (gtk_column_view_get_model (view)));
}

static GtkWidget *
show_page (QcSession *session, GtkWidget **out_page)
{
  GtkWidget *window = gtk_window_new ();
  QcPage *page = g_object_new (QC_TYPE_PEOPLE_PAGE, "session", session, NULL);
  bench_load_style ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  QC_PAGE_GET_CLASS (page)->unit_changed (page);
  QC_PAGE_GET_CLASS (page)->shown (page, NULL);
  gtk_window_present (GTK_WINDOW (window));
  *out_page = GTK_WIDGET (page);
  return window;
}

static void
measure_both (GtkColumnView *view, GListModel *people)
{
  g_autoptr (GListStore) everybody = hold_everybody (people);
  g_autoptr (GtkSingleSelection) held = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (everybody)));
  g_autoptr (GtkSelectionModel) real = g_object_ref (gtk_column_view_get_model (view));
  BenchScroll list, memory;
  bench_scroll_init (&list);
  bench_scroll_init (&memory);
  for (int round = 0; round < ROUNDS; round++) {
    gtk_column_view_set_model (view, real);
    bench_scroll_measure (&list, view);
    gtk_column_view_set_model (view, GTK_SELECTION_MODEL (held));
    bench_scroll_measure (&memory, view);
  }
  bench_scroll_print (&list, "list");
  bench_scroll_print (&memory, "memory");
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-grid FOLDER", NULL);
  adw_init ();
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  GtkWidget *page;
  GtkWidget *window = show_page (session, &page);
  GtkColumnView *view = bench_find_view (page);
  if (view == NULL)
    bench_die ("the page has no grid", NULL);
  g_autoptr (GListModel) people = g_object_ref (get_people (view));
  await_everybody (people);
  bench_print_one ("grid-people", g_list_model_get_n_items (people));
  measure_both (view, people);
  gtk_window_destroy (GTK_WINDOW (window));
  bench_session_close (session, context);
  return 0;
}
