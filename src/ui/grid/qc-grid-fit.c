/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which columns there is room for. A column of codes or numbers is as wide as the widest of them so far; where the
 * columns are wider than the grid, they give way in their order, and when none is left that may, the grid is pushed
 * sideways, with a bar that is seen. A code or number that stands half outside then says "…" instead: half a number
 * reads like another one. Nothing may come or go while sizes are given out: it is done before the next picture. Main
 * thread.
 */
#include "qc-grid-private.h"

#define PLENTY        24 /* characters to spare: in one column they would be a gap that nobody reads across */
#define LONGEST_SHAPE 64 /* bytes; longer texts are measured each time */

static void fit_soon (QcGrid *grid);

/* --- how wide texts are --- */

/* Figures are of one width, so that what differs in figures only is measured once. FALSE: too long to tell. */
static gboolean
get_shape (const char *text, char *shape)
{
  gsize i = 0;
  for (; text[i] && i < LONGEST_SHAPE; i++)
    shape[i] = g_ascii_isdigit (text[i]) ? '0' : text[i];
  shape[MIN (i, LONGEST_SHAPE - 1)] = '\0';
  return i < LONGEST_SHAPE;
}

static void
make_layout (QcGrid *grid)
{
  g_autoptr (PangoAttrList) figures = pango_attr_list_new ();
  pango_attr_list_insert (figures, pango_attr_font_features_new ("tnum"));
  grid->layout = gtk_widget_create_pango_layout (GTK_WIDGET (grid->view), NULL);
  pango_layout_set_attributes (grid->layout, figures);
  PangoFontMetrics *metrics = pango_context_get_metrics (pango_layout_get_context (grid->layout), NULL, NULL);
  grid->char_width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);
  pango_layout_set_text (grid->layout, "国g", -1);
  pango_layout_get_pixel_size (grid->layout, NULL, &grid->line_height);
}

static void
ensure_layout (QcGrid *grid)
{
  if (!grid->layout)
    make_layout (grid);
}

static int
measure_text (QcGrid *grid, const char *text)
{
  ensure_layout (grid);
  pango_layout_set_text (grid->layout, text, -1);
  int width;
  pango_layout_get_pixel_size (grid->layout, &width, NULL);
  return width + 1;
}

/* A line has room for the font of the locale and for the higher one of Han. */
void
qc_grid_size_text (GtkWidget *text, QcGridCell *cell)
{
  int lines = cell->grid->stacked ? 2 : 1;
  ensure_layout (cell->grid);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), (guint)lines);
  gtk_widget_set_size_request (text, cell->shapes ? cell->width : -1, lines * cell->grid->line_height);
}

void
qc_grid_fit_text (QcGridCell *cell, const char *text)
{
  char shape[LONGEST_SHAPE];
  gboolean known = get_shape (text, shape);
  if (known && g_hash_table_contains (cell->shapes, shape))
    return;
  if (known)
    g_hash_table_add (cell->shapes, g_strdup (shape));
  int width = measure_text (cell->grid, text);
  if (cell->info->kind == QC_GRID_TEXT)
    width = MIN (width, (int)cell->info->chars * cell->grid->char_width);
  if (width <= cell->width)
    return;
  cell->width = width;
  qc_grid_foreach_text (cell, qc_grid_size_text);
}

/* Every text as if for the first time. */
static void
begin_anew (QcGrid *grid)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    cell->need = 0;
    gtk_column_view_column_set_visible (cell->column, cell->wanted);
    cell->width = 0;
    qc_grid_foreach_text (cell, qc_grid_size_text);
    if (!cell->shapes)
      continue;
    g_hash_table_remove_all (cell->shapes);
    qc_grid_foreach_text (cell, qc_grid_refill);
  }
  fit_soon (grid);
}

/* Another font, or text of another size. */
static void
font_changed_cb (GtkColumnView *view)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  g_clear_object (&grid->layout);
  begin_anew (grid);
}

static void
set_stacked (QcGrid *grid, gboolean stacked)
{
  grid->stacked = stacked;
  begin_anew (grid);
}

/* --- who gives way --- */

static int
least_width (GtkWidget *widget)
{
  int least = 0;
  if (widget)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Cells that came back stand behind the others among their siblings: what is in them tells whose they are. */
static int
measure_row (QcGridCell *cell, GtkWidget *row)
{
  int need = 0;
  for (GtkWidget *content = qc_gtk_first_content (row); content; content = qc_gtk_next_content (content))
    if (qc_grid_get_cell_of (content) == (cell->info ? cell : NULL))
      need = MAX (need, least_width (qc_gtk_get_cell (content)));
  return need;
}

/* Of title and cells. Cells of texts are all alike. */
static int
measure_column (QcGridCell *cell)
{
  int fixed = gtk_column_view_column_get_fixed_width (cell->column);
  int need = least_width (qc_gtk_find_title (cell->grid->view, cell->column));
  for (GtkWidget *row = qc_gtk_first_row (cell->grid->view); row; row = cell->info ? NULL : qc_gtk_next_row (row))
    need = MAX (need, measure_row (cell, row));
  return fixed >= 0 ? fixed : need;
}

static int
measure_columns (QcGrid *grid)
{
  int total = 0;
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    if (gtk_column_view_column_get_visible (cell->column))
      cell->need = measure_column (cell);
    total += cell->wanted ? cell->need : 0;
  }
  return total;
}

/* The last number whose columns have to go; 0: there is room for all. */
static guint
find_yielding (QcGrid *grid, int total, int room)
{
  guint last = 0;
  for (guint i = 0; i < grid->cells->len; i++)
    last = MAX (last, ((QcGridCell *)g_ptr_array_index (grid->cells, i))->yields);
  guint gone = 0;
  while (total > room && gone < last) {
    gone++;
    for (guint i = 0; i < grid->cells->len; i++) {
      const QcGridCell *cell = g_ptr_array_index (grid->cells, i);
      if (cell->wanted && cell->yields == gone)
        total -= cell->need;
    }
  }
  return gone;
}

/* The first column of its own. */
static const QcGridCell *
find_first (QcGrid *grid)
{
  const QcGridCell *cell = g_ptr_array_index (grid->cells, 0);
  for (guint i = 1; !cell->info; i++)
    cell = g_ptr_array_index (grid->cells, i);
  return cell;
}

/* Who takes what is left over. GTK gives the columns their new widths, but none to rows and titles that stay as wide.
 */
static void
share_rest (QcGrid *grid, gboolean plenty, gboolean filled)
{
  const QcGridCell *first = find_first (grid);
  gboolean changed = FALSE;
  for (guint i = 0; i < grid->cells->len; i++) {
    const QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    gboolean fills = cell == first && !filled; /* a row is as wide as the grid */
    gboolean expand = cell->info && (plenty || fills || cell->info->expand);
    changed |= cell->info && expand != gtk_column_view_column_get_expand (cell->column);
    if (cell->info)
      gtk_column_view_column_set_expand (cell->column, expand);
  }
  if (!changed)
    return;
  gtk_widget_queue_allocate (qc_gtk_get_header (grid->view));
  for (GtkWidget *row = qc_gtk_first_row (grid->view); row; row = qc_gtk_next_row (row))
    gtk_widget_queue_allocate (row);
}

/* Whether anything came or went. */
static gboolean
choose_columns (QcGrid *grid)
{
  int total = measure_columns (grid), room = (int)gtk_adjustment_get_page_size (grid->across);
  if (grid->stacks && !grid->stacked && total > room) {
    grid->unstacked = total;
    set_stacked (grid, TRUE);
    return TRUE;
  }
  if (grid->stacked && room >= grid->unstacked) {
    set_stacked (grid, FALSE);
    return TRUE;
  }
  guint gone = find_yielding (grid, total, room);
  gboolean filled = FALSE;
  gboolean changed = FALSE;
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    gboolean shown = cell->wanted && (cell->yields == 0 || cell->yields > gone);
    changed |= shown != gtk_column_view_column_get_visible (cell->column);
    filled |= shown && cell->info && cell->info->expand;
    gtk_column_view_column_set_visible (cell->column, shown);
  }
  share_rest (grid, gone == 0 && room - total > PLENTY * grid->char_width, filled);
  return changed;
}

/* --- what stands half outside --- */

static QcGridCut
find_cut (QcGridCell *cell)
{
  GtkWidget *title = qc_gtk_find_title (cell->grid->view, cell->column);
  double room = gtk_adjustment_get_page_size (cell->grid->across);
  graphene_rect_t bounds;
  if (!title || !gtk_widget_compute_bounds (title, GTK_WIDGET (cell->grid->view), &bounds))
    return QC_GRID_UNCUT;
  double start = bounds.origin.x, end = bounds.origin.x + bounds.size.width;
  if (start < room && end > room)
    return QC_GRID_CUT_END;
  return start < 0 && end > 0 ? QC_GRID_CUT_START : QC_GRID_UNCUT;
}

static void
mark_cut (QcGrid *grid)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    gboolean whole = cell->info && cell->info->kind >= QC_GRID_CODE;
    QcGridCut cut = whole && gtk_column_view_column_get_visible (cell->column) ? find_cut (cell) : QC_GRID_UNCUT;
    if (cut == cell->cut)
      continue;
    cell->cut = cut;
    qc_grid_foreach_text (cell, qc_grid_refill);
  }
}

/* --- when --- */

static void
laid_out_cb (GtkColumnView *view, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, laid_out_cb, view);
  fit_soon (g_object_get_data (G_OBJECT (view), "qc-grid"));
}

/* Where columns came or went it is seen in the next picture only who stands outside, whether or not the grid is as wide
 * as before. */
static void
fit_once_laid_out (QcGrid *grid)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (grid->view));
  if (clock)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (laid_out_cb), grid->view, G_CONNECT_SWAPPED);
}

static gboolean
fit_cb (gpointer data)
{
  QcGrid *grid = data;
  grid->fitting = 0;
  if (!grid->across || gtk_widget_get_width (GTK_WIDGET (grid->view)) <= 0)
    return G_SOURCE_REMOVE;
  if (choose_columns (grid))
    fit_once_laid_out (grid);
  else
    mark_cut (grid);
  return G_SOURCE_REMOVE;
}

static void
fit_soon (QcGrid *grid)
{
  if (grid->fitting == 0)
    grid->fitting = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, grid, NULL);
}

static void
forget_across (QcGrid *grid)
{
  if (grid->across)
    g_signal_handlers_disconnect_by_data (grid->across, grid);
  g_clear_object (&grid->across);
}

static void
adjustment_cb (GtkColumnView *view, GParamSpec *pspec, QcGrid *grid)
{
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  forget_across (grid);
  if (!across)
    return;
  grid->across = g_object_ref (across);
  g_signal_connect_swapped (across, "changed", G_CALLBACK (fit_soon), grid);
  g_signal_connect_swapped (across, "value-changed", G_CALLBACK (fit_soon), grid);
}

void
qc_grid_fit_init (QcGrid *grid)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (grid->view));
  g_signal_connect (grid->view, "notify::hadjustment", G_CALLBACK (adjustment_cb), grid);
  g_signal_connect (grid->view, "realize", G_CALLBACK (font_changed_cb), NULL);
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (font_changed_cb), grid->view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::gtk-font-name", G_CALLBACK (font_changed_cb), grid->view,
                           G_CONNECT_SWAPPED);
  adjustment_cb (grid->view, NULL, grid);
}

void
qc_grid_fit_clear (QcGrid *grid)
{
  g_clear_handle_id (&grid->fitting, g_source_remove);
  forget_across (grid);
  g_clear_object (&grid->layout);
}

void
qc_grid_set_stacks (GtkColumnView *view)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  grid->stacks = TRUE;
}

QcGridCell *
qc_grid_find_id (QcGrid *grid, const char *id)
{
  for (guint i = 0; i < grid->cells->len; i++) {
    QcGridCell *cell = g_ptr_array_index (grid->cells, i);
    const QcGridColumn *info = cell->info ? cell->info : cell->sorts;
    if (info && g_strcmp0 (info->id, id) == 0)
      return cell;
  }
  return NULL;
}

void
qc_grid_set_wanted (GtkColumnView *view, const char *id, gboolean wanted)
{
  QcGrid *grid = g_object_get_data (G_OBJECT (view), "qc-grid");
  QcGridCell *cell = qc_grid_find_id (grid, id);
  if (!cell || cell->wanted == wanted)
    return;
  cell->wanted = wanted;
  gtk_column_view_column_set_visible (cell->column, wanted);
  fit_soon (grid);
}

gboolean
qc_grid_is_wanted (GtkColumnView *view, const char *id)
{
  const QcGridCell *cell = qc_grid_find_id (g_object_get_data (G_OBJECT (view), "qc-grid"), id);
  return cell && cell->wanted;
}
