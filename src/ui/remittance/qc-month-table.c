/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The months of a 汇缴 as a grid with a tick before each. Rows are made anew only when figures change. Main thread.
 */
#include "qc-month-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-format.h"
#include "qc-grid.h"
#include "qc-gtk-4-8.h"
#include "qc-text-size.h"

#define MAX_HEIGHT 440 /* twelve months and the sum */

/* --- a month --- */

#define QC_TYPE_MONTH_ROW (qc_month_row_get_type ())
G_DECLARE_FINAL_TYPE (QcMonthRow, qc_month_row, QC, MONTH_ROW, GObject)

struct _QcMonthRow {
  GObject parent_instance;
  QcMonthLine line;
  gboolean reviewed;
};

G_DEFINE_FINAL_TYPE (QcMonthRow, qc_month_row, G_TYPE_OBJECT)

enum { PROP_REVIEWED = 1 };

static void
qc_month_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, QC_MONTH_ROW (object)->reviewed);
}

static void
qc_month_row_class_init (QcMonthRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = qc_month_row_get_property;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_REVIEWED,
      g_param_spec_boolean ("reviewed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
qc_month_row_init (QcMonthRow *self)
{
}

/* --- the table --- */

struct _QcMonthTable {
  GtkWidget parent_instance;
  GListStore *rows;              /* (owned) QcMonthRow */
  GtkSingleSelection *selection; /* (owned) */
  gboolean updating;
  GtkWidget *child;    /* borrowed */
  GtkColumnView *grid; /* borrowed */
};

G_DEFINE_FINAL_TYPE (QcMonthTable, qc_month_table, GTK_TYPE_WIDGET)

enum { SELECTED, REVIEWED, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
dup_pair (gint64 people, QcMoney fen)
{
  g_autofree char *count = qc_format_count (people);
  g_autofree char *money = qc_format_money (fen);
  /* Translators: a headcount and the yuan paid for it, in a narrow column. */
  return g_strdup_printf (_ ("%s p. · %s"), count, money);
}

#define CELL(name, people, fen)                           \
  static char *name (gpointer item, gpointer user_data)   \
  {                                                       \
    const QcMonthLine *line = &QC_MONTH_ROW (item)->line; \
    return dup_pair (people, fen);                        \
  }
CELL (cell_previous, line->previous_people, line->previous_fen)
CELL (cell_added, line->added_people, line->added_fen)
CELL (cell_removed, line->removed_people, line->removed_fen)
CELL (cell_now, line->people, qc_month_line_fen (line))
#undef CELL

static char *
cell_month (gpointer item, gpointer user_data)
{
  return qc_format_month (QC_MONTH_ROW (item)->line.month);
}

static char *
row_name (gpointer item, gpointer user_data)
{
  g_autofree char *month = cell_month (item, user_data), *previous = cell_previous (item, user_data);
  g_autofree char *added = cell_added (item, user_data), *removed = cell_removed (item, user_data);
  g_autofree char *now = cell_now (item, user_data);
  return g_strdup_printf (_ ("%s: previous month %s, added %s, removed %s, this month %s"), month, previous, added,
                          removed, now);
}

/* What was there before and who went can be seen from what follows; what is paid stays. */
static const QcGridColumn columns[] = {
    {"month", N_ ("Month"), cell_month, QC_GRID_CODE, .expand = TRUE},
    {"previous", N_ ("Previous month"), cell_previous, QC_GRID_NUMBER, .yields = 1},
    {"added", N_ ("Added"), cell_added, QC_GRID_NUMBER, .yields = 3},
    {"removed", N_ ("Removed"), cell_removed, QC_GRID_NUMBER, .yields = 2},
    {"now", N_ ("This month"), cell_now, QC_GRID_NUMBER},
};

/* --- the ticks --- */

static void
toggled_cb (GtkCheckButton *tick, GtkListItem *item)
{
  QcMonthRow *row = gtk_list_item_get_item (item);
  QcMonthTable *self = g_object_get_data (G_OBJECT (tick), "table");
  if (row && gtk_check_button_get_active (tick) != row->reviewed)
    g_signal_emit (self, signals[REVIEWED], 0, row->line.month, !row->reviewed);
}

static void
tick_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcMonthTable *self)
{
  GtkWidget *tick = gtk_check_button_new ();
  g_object_set_data (G_OBJECT (tick), "table", self);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (toggled_cb), item, 0);
  gtk_list_item_set_child (item, tick);
  qc_gtk_name_cell (tick);
}

static void
tick_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, QcMonthTable *self)
{
  QcMonthRow *row = gtk_list_item_get_item (item);
  GtkWidget *tick = gtk_list_item_get_child (item);
  g_autofree char *month = qc_format_month (row->line.month);
  g_autofree char *label = g_strdup_printf (_ ("%s is reviewed"), month);
  gtk_widget_set_tooltip_text (tick, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (tick), "binding",
                     g_object_bind_property (row, "reviewed", tick, "active", G_BINDING_SYNC_CREATE));
}

static void
tick_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_binding_unbind (g_object_steal_data (G_OBJECT (gtk_list_item_get_child (item)), "binding"));
}

static void
add_ticks (QcMonthTable *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ ("Reviewed"), factory);
  g_signal_connect (factory, "setup", G_CALLBACK (tick_setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (tick_bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (tick_unbind_cb), NULL);
  qc_grid_insert_column (self->grid, 0, column, 0);
}

/* --- what is shown --- */

static QcMonth
selected_month (QcMonthTable *self)
{
  QcMonthRow *row = gtk_single_selection_get_selected_item (self->selection);
  return row ? row->line.month : QC_MONTH_NONE;
}

void
qc_month_table_select (QcMonthTable *self, QcMonth month)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_return_if_fail (QC_IS_MONTH_TABLE (self));
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcMonthRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    if (row->line.month == month)
      gtk_single_selection_set_selected (self->selection, i);
  }
}

static void
make_rows (QcMonthTable *self, const QcMonthLine *lines, guint n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++) {
    QcMonthRow *row = g_object_new (QC_TYPE_MONTH_ROW, NULL);
    row->line = lines[i];
    g_ptr_array_add (rows, row);
  }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), rows->pdata, n);
}

static gboolean
shows (QcMonthTable *self, const QcMonthLine *lines, guint n)
{
  gboolean same = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == n;
  for (guint i = 0; i < n && same; i++) {
    g_autoptr (QcMonthRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    same = memcmp (&row->line, &lines[i], sizeof row->line) == 0;
  }
  return same;
}

static void
emit_selected (QcMonthTable *self)
{
  QcMonth month = selected_month (self);
  if (!self->updating && month != QC_MONTH_NONE)
    g_signal_emit (self, signals[SELECTED], 0, month);
}

void
qc_month_table_update (QcMonthTable *self, QcRemittanceService *service)
{
  QcRemittancePreview *preview = service ? qc_remittance_service_get_preview (service) : NULL;
  const GArray *lines = preview ? qc_remittance_preview_get_lines (preview) : NULL;
  const QcMonthLine *first = lines ? (const QcMonthLine *)lines->data : NULL;
  guint n = lines ? lines->len : 0;
  g_return_if_fail (QC_IS_MONTH_TABLE (self));
  if (!shows (self, first, n)) {
    QcMonth month = selected_month (self);
    self->updating = TRUE;
    make_rows (self, first, n);
    qc_month_table_select (self, month);
    self->updating = FALSE;
    emit_selected (self);
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcMonthRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    row->reviewed = qc_remittance_service_is_reviewed (service, row->line.month);
    g_object_notify (G_OBJECT (row), "reviewed"); /* also where a tick was not taken */
  }
}

static void
qc_month_table_dispose (GObject *object)
{
  QcMonthTable *self = QC_MONTH_TABLE (object);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (qc_month_table_parent_class)->dispose (object);
}

static void
qc_month_table_class_init (QcMonthTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_month_table_dispose;
  signals[SELECTED] = g_signal_new ("selected", QC_TYPE_MONTH_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REVIEWED] = g_signal_new ("reviewed", QC_TYPE_MONTH_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
qc_month_table_init (QcMonthTable *self)
{
  self->rows = g_list_store_new (QC_TYPE_MONTH_ROW);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  self->grid = qc_grid_new (GTK_SELECTION_MODEL (self->selection), columns, G_N_ELEMENTS (columns), _ ("Months"),
                            row_name, NULL);
  qc_grid_set_stacks (self->grid);
  add_ticks (self);
  self->child = qc_grid_scroll (self->grid);
  gtk_widget_set_vexpand (self->child, FALSE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->child), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->child),
                                              qc_text_size_scale (self->child, MAX_HEIGHT));
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (emit_selected), self);
}

GtkWidget *
qc_month_table_new (void)
{
  return g_object_new (QC_TYPE_MONTH_TABLE, NULL);
}
