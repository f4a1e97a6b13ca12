/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Scrolling a column view and throwing it about by its adjustment. A frame is what the main thread works for it: the
 * time from before-paint to after-paint, and the processor time since the frame before (pages that arrive). Of a jump
 * counts the sum over its frames until every row that the view binds is filled and painted, as its cells tell. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What one view gave in all rounds. */
typedef struct {
  GArray *scrolls, *jumps;         /* (owned) milliseconds */
  GArray *scroll_cpus, *jump_cpus; /* (owned) of them the main thread's processor time */
  GRand *rand;                     /* (owned) the same places for everybody */
} BenchScroll;

void bench_scroll_init (BenchScroll *self);
/* One round with the view as it is; its rows begin with a GtkInscription. */
void bench_scroll_measure (BenchScroll *self, GtkColumnView *view);
/* Prints what was measured as scroll-@name, jump-@name and their -cpu-, and lets go of it. */
void bench_scroll_print (BenchScroll *self, const char *name);

/* Microseconds of processor time of this thread. */
gint64 bench_thread_cpu (void);
/* The program's own style for this display. */
void bench_load_style (void);
/* The first column view in @widget, depth first. (nullable) */
GtkColumnView *bench_find_view (GtkWidget *widget);

G_END_DECLS
