/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 图表 in a window of 1366 × 768 over a data folder of ten years: the work of the main thread for each frame while the
 * focus goes along the bars, while tables and charts are exchanged, and while all is scrolled.
 *
 * bench-trends FOLDER
 */
#include <adwaita.h>

#include "bench-scroll.h"
#include "bench.h"
#include "qc-bar-chart.h"
#include "qc-bar.h"
#include "qc-trends-view.h"

#define ROUNDS 5
#define WAIT   20  /* seconds */
#define STEPS  120 /* of scrolling, a round */

typedef struct {
  GtkWidget *window;
  gint64 begun; /* of the frame under way */
  GArray *samples;
  guint painted;
} Stage;

static void
before_paint_cb (GdkFrameClock *clock, Stage *stage)
{
  stage->begun = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Stage *stage)
{
  if (stage->samples) {
    double took = bench_since (stage->begun);
    g_array_append_val (stage->samples, took);
  }
  stage->painted++;
}

/* Two frames: the one that is laid out by now, and the one that shows what came of it. */
static void
paint (Stage *stage)
{
  guint until = stage->painted + 2;
  gint64 begun = g_get_monotonic_time ();
  gtk_widget_queue_draw (stage->window);
  while (stage->painted < until) {
    g_main_context_iteration (NULL, TRUE);
    if (stage->painted < until)
      gtk_widget_queue_draw (stage->window);
    if (bench_since (begun) > WAIT * 1000)
      bench_die ("no frame is painted", NULL);
  }
}

/* Every widget of @type, depth first. */
static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static void
walk_bars (Stage *stage, GtkWidget *view)
{
  g_autoptr (GPtrArray) bars = g_ptr_array_new ();
  collect (view, QC_TYPE_BAR, bars);
  if (bars->len == 0)
    bench_die ("there are no bars", NULL);
  for (guint i = 0; i < bars->len; i++) {
    gtk_widget_grab_focus (g_ptr_array_index (bars, i));
    paint (stage);
  }
}

static void
exchange (Stage *stage, GtkWidget *view)
{
  g_autoptr (GPtrArray) charts = g_ptr_array_new ();
  collect (view, QC_TYPE_BAR_CHART, charts);
  for (int table = 1; table >= 0; table--)
    for (guint i = 0; i < charts->len; i++) {
      qc_bar_chart_set_table (g_ptr_array_index (charts, i), table);
      paint (stage);
    }
}

static void
scroll (Stage *stage, GtkWidget *view)
{
  g_autoptr (GPtrArray) scrollers = g_ptr_array_new ();
  collect (view, GTK_TYPE_SCROLLED_WINDOW, scrollers);
  if (scrollers->len == 0)
    bench_die ("nothing scrolls", NULL);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (g_ptr_array_index (scrollers, 0));
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  for (int step = 0; step <= STEPS; step++) {
    gtk_adjustment_set_value (adjustment, end * step / STEPS);
    paint (stage);
  }
  gtk_adjustment_set_value (adjustment, 0);
}

static void
measure (Stage *stage, GtkWidget *view, const char *name, void (*act) (Stage *, GtkWidget *))
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  stage->samples = samples;
  for (int round = 0; round < ROUNDS; round++)
    act (stage, view);
  stage->samples = NULL;
  bench_print (name, samples);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-trends FOLDER", NULL);
  adw_init ();
  bench_load_style ();
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  Stage stage = {.window = gtk_window_new ()};
  GtkWidget *view = qc_trends_view_new (session);
  gtk_window_set_default_size (GTK_WINDOW (stage.window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (stage.window), view);
  gtk_window_present (GTK_WINDOW (stage.window));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (stage.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &stage);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &stage);
  qc_trends_view_reload (QC_TRENDS_VIEW (view));
  bench_rest (2000);
  measure (&stage, view, "bars", walk_bars);
  measure (&stage, view, "exchange", exchange);
  measure (&stage, view, "scroll", scroll);
  g_signal_handlers_disconnect_by_data (clock, &stage);
  gtk_window_destroy (GTK_WINDOW (stage.window));
  bench_session_close (session, context);
  return 0;
}
