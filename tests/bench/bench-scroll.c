/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See bench-scroll.h.
 */
#include "bench-scroll.h"

#include <time.h>

#include "bench.h"

#define SCROLL_FRAMES 100 /* a round, at each speed */
#define JUMPS         50

typedef enum { SETTLE, SLOW, FAST, JUMP, OVER } Phase;

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
  BenchScroll *figures;  /* borrowed */
  gboolean done;
} Run;

gint64
bench_thread_cpu (void)
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
  run->before = bench_thread_cpu () - run->over;
  run->all_filled = is_filled (run);
  run->begun = g_get_monotonic_time ();
  run->begun_cpu = bench_thread_cpu ();
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
  BenchScroll *figures = run->figures;
  double cpu = (bench_thread_cpu () - run->begun_cpu + run->before) / 1000.0;
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
  run->over = bench_thread_cpu (); /* what measuring costs is nobody's */
}

static gboolean
settled_cb (gpointer data)
{
  gtk_adjustment_set_value (((Run *)data)->position, 0);
  next_phase (data);
  return G_SOURCE_REMOVE;
}

void
bench_scroll_init (BenchScroll *self)
{
  GArray **all[] = {&self->scrolls, &self->jumps, &self->scroll_cpus, &self->jump_cpus};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    *all[i] = g_array_new (FALSE, FALSE, sizeof (double));
  self->rand = g_rand_new_with_seed (20221012);
}

void
bench_scroll_print (BenchScroll *self, const char *name)
{
  static const char *const kinds[] = {"scroll-", "jump-", "scroll-cpu-", "jump-cpu-"};
  GArray *all[] = {self->scrolls, self->jumps, self->scroll_cpus, self->jump_cpus};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *label = g_strconcat (kinds[i], name, NULL);
    bench_print (label, all[i]);
    g_array_unref (all[i]);
  }
  g_rand_free (self->rand);
}

static GtkWidget *
find_rows (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
  while (child && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
bench_scroll_measure (BenchScroll *self, GtkColumnView *view)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (scroller);
  Run run = {.rows = find_rows (view), .model = G_LIST_MODEL (gtk_column_view_get_model (view)), .figures = self};
  run.position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  run.over = bench_thread_cpu ();
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &run);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &run);
  guint tick = gtk_widget_add_tick_callback (scroller, tick_cb, &run, NULL);
  g_timeout_add (500, settled_cb, &run);
  bench_await_flag (&run.done, 120, "scrolling");
  gtk_widget_remove_tick_callback (scroller, tick);
  g_signal_handlers_disconnect_by_data (clock, &run);
}

/* --- the page around it --- */

void
bench_load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/org/qingce/Qingce/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

GtkColumnView *
bench_find_view (GtkWidget *widget)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    return GTK_COLUMN_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    GtkColumnView *found = bench_find_view (child);
    if (found)
      return found;
  }
  return NULL;
}
