/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster page as it is, in a window of 1366 × 768, scrolled and thrown about by its adjustment, against the same
 * grid over a GListStore of the same row objects, all filled beforehand. A frame is what the main thread works for it:
 * the time from before-paint to after-paint, and the processor time since the frame before (pages that arrive). Of a
 * jump counts the sum over its frames until every row that the view binds is filled and painted, as its cells tell.
 *
 * bench-grid FOLDER
 */
#include <adwaita.h>
#include <time.h>

#include "bench.h"
#include "qc-people-list.h"
#include "qc-people-page.h"

#define ROUNDS        5   /* one grid after the other, so that a busy minute of the machine is shared */
#define SCROLL_FRAMES 100 /* a round, at each speed */
#define JUMPS         50

typedef enum { SETTLE, SLOW, FAST, JUMP, OVER } Phase;

/* What one model gave in all rounds. */
typedef struct {
  GtkSelectionModel *model;        /* borrowed */
  GArray *scrolls, *jumps;         /* (owned) milliseconds */
  GArray *scroll_cpus, *jump_cpus; /* (owned) of them the main thread's processor time */
  GRand *rand;                     /* (owned) the same places for each model */
} Figures;

typedef struct {
  GtkWidget *rows;         /* borrowed: the list within the column view */
  GtkAdjustment *position; /* borrowed */
  GListModel *model;       /* borrowed */
  Phase phase;
  int left;            /* frames or jumps of this phase */
  gboolean jumping;    /* rows of the last jump are not all filled and painted */
  gboolean all_filled; /* when this frame began */
  gint64 begun, begun_cpu;
  gint64 over, before;   /* processor time of the main thread: when the last frame was over, between it and this one */
  double jump, jump_cpu; /* of the jump under way: sum over its frames */
  Figures *figures;      /* borrowed */
  gboolean done;
} Run;

static gint64
thread_cpu (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static double
row_height (Run *run)
{
  return gtk_adjustment_get_upper (run->position) / MAX (1, g_list_model_get_n_items (run->model));
}

/* Asks the cells and not the model, which would begin to read when asked. The first cell is the name. */
static gboolean
is_filled (Run *run)
{
  for (GtkWidget *row = gtk_widget_get_first_child (run->rows); row; row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *cell = gtk_widget_get_first_child (row);
    GtkWidget *name = cell ? gtk_widget_get_first_child (cell) : NULL;
    if (!GTK_IS_INSCRIPTION (name) || !*gtk_inscription_get_text (GTK_INSCRIPTION (name)))
      return FALSE;
  }
  return TRUE;
}

static void
next_phase (Run *run)
{
  static const int lengths[] = {[SLOW] = SCROLL_FRAMES, [FAST] = SCROLL_FRAMES, [JUMP] = JUMPS, [OVER] = 0};
  run->phase++;
  run->left = lengths[run->phase];
  run->done = run->phase == OVER;
}

/* In the frame clock's update phase, so that what moving costs belongs to the frame. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Run *run = data;
  double value = gtk_adjustment_get_value (run->position);
  double end = gtk_adjustment_get_upper (run->position) - gtk_adjustment_get_page_size (run->position);
  if (run->phase == SLOW)
    gtk_adjustment_set_value (run->position, value + 3 * row_height (run));
  else if (run->phase == FAST)
    gtk_adjustment_set_value (run->position, value + 17 * row_height (run));
  else if (run->phase == JUMP && !run->jumping) {
    run->jumping = TRUE;
    run->jump = run->jump_cpu = 0;
    gtk_adjustment_set_value (run->position, g_rand_double_range (run->figures->rand, 0, end));
  }
  return G_SOURCE_CONTINUE;
}

static void
before_paint_cb (GdkFrameClock *clock, Run *run)
{
  run->before = thread_cpu () - run->over;
  run->all_filled = is_filled (run);
  run->begun = g_get_monotonic_time ();
  run->begun_cpu = thread_cpu ();
}

/* Whether the jump under way is over with this frame. */
static gboolean
add_to_jump (Run *run, double frame, double cpu)
{
  gboolean first = run->jump == 0;
  run->jump += frame;
  run->jump_cpu += cpu;
  run->jumping = first ? !is_filled (run) : !run->all_filled;
  return !run->jumping;
}

static void
after_paint_cb (GdkFrameClock *clock, Run *run)
{
  Figures *figures = run->figures;
  double cpu = (thread_cpu () - run->begun_cpu + run->before) / 1000.0;
  double frame = bench_since (run->begun) + run->before / 1000.0;
  if (run->phase == SLOW || run->phase == FAST) {
    g_array_append_val (figures->scrolls, frame);
    g_array_append_val (figures->scroll_cpus, cpu);
    run->left--;
  } else if (run->phase == JUMP && run->jumping && add_to_jump (run, frame, cpu)) {
    g_array_append_val (figures->jumps, run->jump);
    g_array_append_val (figures->jump_cpus, run->jump_cpu);
    run->left--;
  }
  if (run->left == 0 && run->phase != SETTLE)
    next_phase (run);
  run->over = thread_cpu (); /* what measuring costs is nobody's */
}

static gboolean
settled_cb (gpointer data)
{
  gtk_adjustment_set_value (((Run *)data)->position, 0);
  next_phase (data);
  return G_SOURCE_REMOVE;
}

static void
figures_init (Figures *figures, GtkSelectionModel *model)
{
  GArray **all[] = {&figures->scrolls, &figures->jumps, &figures->scroll_cpus, &figures->jump_cpus};
  figures->model = model;
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    *all[i] = g_array_new (FALSE, FALSE, sizeof (double));
  figures->rand = g_rand_new_with_seed (20221012);
}

static void
figures_print (Figures *figures, const char *name)
{
  static const char *const kinds[] = {"scroll-", "jump-", "scroll-cpu-", "jump-cpu-"};
  GArray *all[] = {figures->scrolls, figures->jumps, figures->scroll_cpus, figures->jump_cpus};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *label = g_strconcat (kinds[i], name, NULL);
    bench_print (label, all[i]);
    g_array_unref (all[i]);
  }
  g_rand_free (figures->rand);
}

static GtkWidget *
find_rows (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
  while (child && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
measure (GtkColumnView *view, Figures *figures)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (scroller);
  Run run = {.rows = find_rows (view), .model = G_LIST_MODEL (figures->model), .figures = figures};
  gtk_column_view_set_model (view, figures->model);
  run.position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  run.over = thread_cpu ();
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &run);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &run);
  guint tick = gtk_widget_add_tick_callback (scroller, tick_cb, &run, NULL);
  g_timeout_add (500, settled_cb, &run);
  bench_await_flag (&run.done, 120, "scrolling");
  gtk_widget_remove_tick_callback (scroller, tick);
  g_signal_handlers_disconnect_by_data (clock, &run);
}

/* --- the page --- */

static GtkColumnView *
find_view (GtkWidget *widget)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    return GTK_COLUMN_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    GtkColumnView *found = find_view (child);
    if (found)
      return found;
  }
  return NULL;
}

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
    before = g_list_model_get_n_items (people);
    gboolean rested = FALSE;
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
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GtkWidget *window = gtk_window_new ();
  QcPage *page = g_object_new (QC_TYPE_PEOPLE_PAGE, "session", session, NULL);
  gtk_css_provider_load_from_resource (style, "/org/qingce/Qingce/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
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
  Figures list;
  figures_init (&list, real);
  Figures memory;
  figures_init (&memory, GTK_SELECTION_MODEL (held));
  for (int round = 0; round < ROUNDS; round++) {
    measure (view, &list);
    measure (view, &memory);
  }
  figures_print (&list, "list");
  figures_print (&memory, "memory");
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
  GtkColumnView *view = find_view (page);
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
