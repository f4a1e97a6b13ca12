/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of 封存/启封 in a window of 1366 × 768 over a draft with everybody of the unit on it. Its roster grid is
 * scrolled and thrown about (bench-scroll.h), in turn with a bare GtkColumnView of GtkInscription: as many rows, the
 * same columns with the same texts and widths, all of them in memory, on the same place of the window. Then new bases
 * are entered in lines from everywhere by the grid's own editor: from the moment the editor is left until the frame is
 * painted in which all cells of the line and the totals below say what follows.
 *
 * bench-window FOLDER
 */
#include <adwaita.h>

#include "bench-scroll.h"
#include "bench.h"
#include "qc-business-page-private.h"
#include "qc-prose.h"
#include "qc-roster-grid-private.h"
#include "qc-roster-words.h"

#define ROUNDS 5 /* one grid after the other, so that a busy minute of the machine is shared */
#define EDITS  200
#define LIMIT  120 /* seconds */

/* --- the page --- */

static QcBusinessPage *
show_page (QcSession *session, GtkStack *stack)
{
  QcBusinessPage *page = g_object_new (QC_TYPE_BUSINESS_PAGE, "session", session, NULL);
  GtkWidget *window = gtk_window_new ();
  bench_load_style ();
  qc_business_page_set_business (page, QC_BUSINESS_SEALING);
  gtk_stack_add_child (stack, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (stack));
  QC_PAGE_GET_CLASS (page)->unit_changed (QC_PAGE (page));
  QC_PAGE_GET_CLASS (page)->shown (QC_PAGE (page), NULL);
  gtk_window_present (GTK_WINDOW (window));
  while (!page->service || !qc_roster_service_is_settled (page->service))
    g_main_context_iteration (NULL, TRUE);
  bench_rest (1000);
  return page;
}

/* --- the bare view --- */

#define BENCH_TYPE_ROW (bench_row_get_type ())
G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)
struct _BenchRow {
  GObject parent_instance;
  char **texts; /* (owned) one a column */
};
G_DEFINE_FINAL_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

static void
bench_row_finalize (GObject *object)
{
  g_strfreev (BENCH_ROW (object)->texts);
  G_OBJECT_CLASS (bench_row_parent_class)->finalize (object);
}

static void
bench_row_class_init (BenchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bench_row_finalize;
}

static void
bench_row_init (BenchRow *self)
{
}

static char *
dup_shown (QcRosterGrid *grid, const QcRosterLine *line, guint column)
{
  return qc_roster_service_dup_shown (grid->service, line, qc_roster_grid_field_of (&grid->columns[column]));
}

/* Every line of the roster. (transfer full) */
static GListStore *
hold_everybody (QcRosterGrid *grid)
{
  GListStore *store = g_list_store_new (BENCH_TYPE_ROW);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (grid->model)); i++) {
    const QcRosterLine *line = qc_roster_model_get_line_at (grid->model, i);
    BenchRow *row = g_object_new (BENCH_TYPE_ROW, NULL);
    row->texts = g_new0 (char *, grid->n_columns + 1);
    for (guint column = 0; column < grid->n_columns; column++)
      row->texts[column] = dup_shown (grid, line, column);
    g_ptr_array_add (rows, row);
  }
  g_list_store_splice (store, 0, 0, rows->pdata, rows->len);
  return store;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  BenchRow *row = gtk_list_item_get_item (item);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), row->texts[GPOINTER_TO_UINT (column)]);
}

static int
width_of (QcRosterGrid *grid, guint column)
{
  g_autoptr (GObject) first = g_list_model_get_item (G_LIST_MODEL (grid->model), 0);
  GtkWidget *cell = qc_grid_get_cell (grid->view, first, &grid->columns[column]);
  if (cell == NULL)
    bench_die ("the grid does not show its first row", NULL);
  return gtk_widget_get_width (cell);
}

/* A scrolled window of the size that the grid's has; its child is the view. */
static GtkColumnView *
build_bare (QcRosterGrid *grid, GtkStack *stack)
{
  GListStore *everybody = hold_everybody (grid);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (everybody))));
  GtkWidget *scroller = gtk_scrolled_window_new (), *like = gtk_widget_get_first_child (grid->overlay);
  for (guint i = 0; i < grid->n_columns; i++) {
    if (!qc_grid_shows (grid->view, &grid->columns[i]))
      continue;
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
    g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (grid->columns[i].id, factory);
    gtk_column_view_column_set_fixed_width (column, width_of (grid, i));
    gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  }
  gtk_widget_add_css_class (view, "data-table");
  gtk_widget_add_css_class (view, "qc-grid"); /* rows of the same height */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_size_request (scroller, gtk_widget_get_width (like), gtk_widget_get_height (like));
  gtk_widget_set_halign (scroller, GTK_ALIGN_START);
  gtk_widget_set_valign (scroller, GTK_ALIGN_START);
  gtk_stack_add_child (stack, scroller);
  return GTK_COLUMN_VIEW (view);
}

static void
measure_scrolling (QcBusinessPage *page, QcRosterGrid *grid, GtkStack *stack)
{
  GtkColumnView *bare = build_bare (grid, stack);
  GtkWidget *scroller = gtk_widget_get_parent (GTK_WIDGET (bare));
  BenchScroll mine, peer;
  bench_scroll_init (&mine);
  bench_scroll_init (&peer);
  for (int round = 0; round < ROUNDS; round++) {
    gtk_stack_set_visible_child (stack, scroller);
    bench_rest (500);
    bench_scroll_measure (&peer, bare);
    gtk_stack_set_visible_child (stack, GTK_WIDGET (page));
    bench_rest (500);
    bench_scroll_measure (&mine, grid->view);
  }
  bench_scroll_print (&mine, "roster");
  bench_scroll_print (&peer, "bare");
  gtk_stack_remove (stack, scroller);
}

/* --- cells --- */

/* One edit, until it is seen. */
typedef struct {
  QcBusinessPage *page; /* borrowed */
  QcRosterGrid *grid;   /* borrowed */
  gint64 line, begun, begun_cpu;
  double took, cpu; /* milliseconds; of them the main thread's processor time */
  gboolean painted;
} Edit;

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (QC_IS_PROSE (widget) && gtk_widget_get_mapped (widget)
      && g_str_equal (qc_prose_get_text (QC_PROSE (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_COLUMN_VIEW (child) && says (child, text))
      return TRUE;
  return FALSE;
}

/* The cells of the line and the totals say what the service says. */
static gboolean
is_right (const Edit *edit)
{
  QcRosterGrid *grid = edit->grid;
  guint position = qc_roster_model_find (grid->model, edit->line);
  g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (grid->model), position);
  for (guint i = 0; i < grid->n_columns; i++) {
    if (!qc_grid_shows (grid->view, &grid->columns[i]))
      continue;
    GtkWidget *cell = qc_grid_get_cell (grid->view, row, &grid->columns[i]);
    g_autofree char *text = dup_shown (grid, qc_roster_model_get_line (grid->model, edit->line), i);
    GtkWidget *content = cell ? gtk_widget_get_first_child (cell) : NULL;
    const char *shown = content ? gtk_inscription_get_text (GTK_INSCRIPTION (content)) : "";
    if (!g_str_equal (shown, text) && !g_str_equal (shown, "…")) /* the other side of a wide roster is out of sight */
      return FALSE;
  }
  g_autofree char *totals = qc_roster_words_totals (QC_BUSINESS_SEALING, grid->model);
  return says (GTK_WIDGET (edit->page), totals);
}

static void
after_paint_cb (GdkFrameClock *clock, Edit *edit)
{
  double took = bench_since (edit->begun), cpu = (double)(bench_thread_cpu () - edit->begun_cpu) / 1000.0;
  if (edit->begun == 0 || edit->painted || !is_right (edit))
    return;
  edit->took = took;
  edit->cpu = cpu;
  edit->painted = TRUE;
}

/* A line that is opened, so that amounts follow from its base. */
static const QcRosterLine *
draw_line (QcRosterGrid *grid, GRand *rand)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (grid->model));
  for (guint tries = 0; tries < 100 * n; tries++) {
    const QcRosterLine *line = qc_roster_model_get_line_at (grid->model, (guint)g_rand_int_range (rand, 0, (gint32)n));
    if (qc_roster_service_takes (grid->service, line, QC_LINE_NEW_BASE))
      return line;
  }
  bench_die ("nobody on the roster is opened", NULL);
  return NULL;
}

static void
look_aside (QcRosterGrid *grid, gboolean end)
{
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (grid->view));
  gtk_adjustment_set_value (across, end ? gtk_adjustment_get_upper (across) : 0);
}

static void
measure_cells (QcBusinessPage *page, QcRosterGrid *grid)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (page));
  g_autoptr (GRand) rand = g_rand_new_with_seed (20221012);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (double));
  Edit edit = {page, grid};
  look_aside (grid, TRUE); /* where the base stands beside the amounts that follow from it */
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &edit);
  for (int i = 0; i < EDITS; i++) {
    /* every third one is no base that anybody may have: the totals count a faulty line */
    g_autofree char *text = i % 3 == 2 ? g_strdup ("1") : g_strdup_printf ("%d.00", 4000 + 10 * i);
    edit.begun = 0;
    edit.painted = FALSE;
    edit.line = draw_line (grid, rand)->id;
    qc_roster_grid_go_to (grid, edit.line, QC_LINE_NEW_BASE);
    bench_rest (250); /* scrolled there, rows named */
    qc_roster_grid_edit (grid);
    gtk_editable_set_text (GTK_EDITABLE (grid->editor), text);
    bench_rest (60);
    edit.begun = g_get_monotonic_time ();
    edit.begun_cpu = bench_thread_cpu ();
    qc_roster_grid_commit (grid); /* what Enter does */
    qc_roster_grid_move_by (grid, 1, 0, FALSE);
    bench_await_flag (&edit.painted, LIMIT, "the picture of a cell");
    g_array_append_val (samples, edit.took);
    g_array_append_val (cpus, edit.cpu);
  }
  g_signal_handlers_disconnect_by_data (clock, &edit);
  look_aside (grid, FALSE);
  bench_print ("cell-painted", samples);
  bench_print ("cell-painted-cpu", cpus);
}

int
main (int argc, char *argv[])
{
  if (argc != 2)
    bench_die ("bench-window FOLDER", NULL);
  adw_init ();
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  GtkStack *stack = GTK_STACK (gtk_stack_new ());
  QcBusinessPage *page = show_page (session, stack);
  QcRosterGrid *grid = qc_roster_step_get_grid (page->step);
  bench_print_one ("lines", g_list_model_get_n_items (G_LIST_MODEL (grid->model)));
  measure_scrolling (page, grid, stack);
  measure_cells (page, grid);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (stack))));
  bench_session_close (session, context);
  return 0;
}
