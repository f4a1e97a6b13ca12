/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster grid; see the header. The rows are drawn by a QcGrid that never has the focus; this widget holds cursor,
 * selection and editor. Main thread.
 */
#include "qc-roster-grid-private.h"

#include <glib/gi18n.h>

#include "qc-focus.h"
#include "qc-gtk-4-8.h"

/* Marks of a cell, as the grid turns them into style classes. */
static const char *const mark_classes[] = {"cursor", "fault", "caution", "closed", NULL};
enum { MARK_CURSOR = 1 << 0, MARK_FAULT = 1 << 1, MARK_CAUTION = 1 << 2, MARK_CLOSED = 1 << 3 };

G_DEFINE_FINAL_TYPE (QcRosterGrid, qc_roster_grid, GTK_TYPE_WIDGET)
guint qc_roster_grid_signals[QC_N_ROSTER_GRID_SIGNALS];

/* --- cells --- */

QcLineFieldId
qc_roster_grid_field_of (const QcGridColumn *column)
{
  return (QcLineFieldId)column->tag;
}

static char *
cell_text (gpointer row, const QcGridColumn *column, gpointer user_data)
{
  QcRosterGrid *self = user_data;
  const QcRosterLine *line = qc_roster_model_get_line (self->model, qc_roster_row_get_id (row));
  return line ? qc_roster_service_dup_shown (self->service, line, qc_roster_grid_field_of (column)) : g_strdup ("");
}

/* The worst that is said of a cell; NULL where nothing is. */
static QcFinding *
dup_worst (QcRosterGrid *self, gint64 line, QcLineFieldId field)
{
  g_autoptr (GPtrArray) findings = qc_roster_service_dup_line_findings (self->service, line);
  const QcFinding *worst = NULL;
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    if (g_strcmp0 (finding->field, qc_line_field (field)->name) == 0 && (!worst || finding->severity > worst->severity))
      worst = finding;
  }
  return worst ? qc_finding_copy (worst) : NULL;
}

static guint
cell_marks (gpointer row, const QcGridColumn *column, gpointer user_data)
{
  QcRosterGrid *self = user_data;
  gint64 id = qc_roster_row_get_id (row);
  const QcRosterLine *line = qc_roster_model_get_line (self->model, id);
  if (!line)
    return 0;
  guint marks = 0;
  if (id == self->line && column == &self->columns[self->column])
    marks |= MARK_CURSOR;
  if (qc_roster_service_has_findings (self->service, id)) {
    g_autoptr (QcFinding) worst = dup_worst (self, id, qc_roster_grid_field_of (column));
    if (worst)
      marks |= worst->severity >= QC_SEVERITY_ASK ? MARK_FAULT : MARK_CAUTION;
  }
  if (!qc_roster_service_takes (self->service, line, qc_roster_grid_field_of (column)))
    marks |= MARK_CLOSED;
  return marks;
}

/* What a screen reader says of a row: who it is. */
static char *
row_name (gpointer row, gpointer user_data)
{
  QcRosterGrid *self = user_data;
  const QcRosterLine *line = qc_roster_model_get_line (self->model, qc_roster_row_get_id (row));
  return line ? g_strdup_printf ("%s %s", line->name ? line->name : "", line->account ? line->account : "")
              : g_strdup ("");
}

/* The cursor's cell in words: column, what stands there, whose it is, and what is wrong with it. The editor bears it as
 * its name, so that a reader hears it as the cursor goes. */
void
qc_roster_grid_say_cell (QcRosterGrid *self)
{
  const QcRosterLine *line = qc_roster_model_get_line (self->model, self->line);
  if (!line) {
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Roster, nobody on it yet"), -1);
    return;
  }
  const QcGridColumn *column = &self->columns[self->column];
  g_autofree char *text = qc_roster_service_dup_shown (self->service, line, qc_roster_grid_field_of (column));
  g_autoptr (QcFinding) worst = dup_worst (self, self->line, qc_roster_grid_field_of (column));
  g_autofree char *fault = worst ? qc_finding_dup_sentence (worst) : NULL;
  g_autofree char *name
      /* Translators: what a screen reader says of a cell: column, content, person. */
      = g_strdup_printf (_ ("%1$s: %2$s, %3$s"), _ (column->msgid), *text ? text : _ ("empty"),
                         line->name ? line->name : "");
  g_autofree char *whole = fault ? g_strdup_printf ("%s. %s", name, fault) : g_strdup (name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

static void
refresh_line (QcRosterGrid *self, gint64 id)
{
  guint position = id ? qc_roster_model_find (self->model, id) : G_MAXUINT;
  g_autoptr (GObject) row = position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
  if (row)
    qc_grid_refresh_item (self->view, row);
}

/* --- the cursor --- */

guint
qc_roster_grid_get_position (QcRosterGrid *self)
{
  return self->line ? qc_roster_model_find (self->model, self->line) : G_MAXUINT;
}

/* Down is the list's business; the column of the cursor may be out of sight on either side. */
static gboolean
across_cb (gpointer user_data)
{
  QcRosterGrid *self = user_data;
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));
  guint position = qc_roster_grid_get_position (self);
  g_autoptr (GObject) row = position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
  GtkWidget *cell = row ? qc_grid_get_cell (self->view, row, &self->columns[self->column]) : NULL;
  self->across = 0;
  graphene_rect_t bounds;
  if (!cell || !gtk_widget_compute_bounds (cell, GTK_WIDGET (self->view), &bounds))
    return G_SOURCE_REMOVE;
  double start = bounds.origin.x, over = start + bounds.size.width - gtk_widget_get_width (GTK_WIDGET (self->view));
  if (start < 0)
    gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + start);
  else if (over > 0)
    gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + MIN (over, start));
  return G_SOURCE_REMOVE;
}

void
qc_roster_grid_put_cursor (QcRosterGrid *self, gint64 line, guint column)
{
  gint64 before = self->line;
  self->line = line;
  self->column = MIN (column, self->n_columns - 1);
  if (before != line)
    refresh_line (self, before);
  refresh_line (self, line);
  gtk_widget_queue_allocate (self->overlay);
  if (self->across == 0)
    self->across = g_idle_add (across_cb, self);
  qc_roster_grid_say_cell (self);
}

static void
select_range (QcRosterGrid *self, guint from, guint to)
{
  guint first = MIN (from, to), last = MAX (from, to);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->selection), first, last - first + 1, TRUE);
}

void
qc_roster_grid_move_to (QcRosterGrid *self, guint position, guint column, gboolean extend)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (n == 0)
    return;
  position = MIN (position, n - 1);
  const QcRosterLine *line = qc_roster_model_get_line_at (self->model, position);
  if (!extend)
    self->anchor = position;
  select_range (self, MIN (self->anchor, n - 1), position);
  qc_grid_scroll_to (self->view, position, FALSE);
  qc_roster_grid_put_cursor (self, line ? line->id : 0, column);
}

/* @columns further, over those there is no room for; the last one there is where there are not so many. */
static guint
step_across (QcRosterGrid *self, int columns)
{
  int step = columns < 0 ? -1 : 1, left = ABS (columns);
  guint column = self->column;
  for (int next = (int)column + step; left > 0 && next >= 0 && next < (int)self->n_columns; next += step)
    if (qc_grid_shows (self->view, &self->columns[next])) {
      column = (guint)next;
      left--;
    }
  return column;
}

void
qc_roster_grid_move_by (QcRosterGrid *self, int rows, int columns, gboolean extend)
{
  guint position = qc_roster_grid_get_position (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  int to = position == G_MAXUINT ? 0 : (int)position + rows;
  qc_roster_grid_move_to (self, (guint)CLAMP (to, 0, (int)MAX (n, 1) - 1), step_across (self, columns), extend);
}

static guint
column_of (QcRosterGrid *self, QcLineFieldId field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (qc_roster_grid_field_of (&self->columns[i]) == field)
      return i;
  return 0;
}

void
qc_roster_grid_move_to_entry (QcRosterGrid *self, gboolean backwards)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model)), position = qc_roster_grid_get_position (self);
  int column = (int)self->column;
  for (guint step = 0; position != G_MAXUINT && step < 2 * self->n_columns; step++) {
    column += backwards ? -1 : 1;
    if (column < 0 || column >= (int)self->n_columns) {
      if (backwards ? position == 0 : position + 1 >= n)
        break;
      position += backwards ? -1 : 1;
      column = backwards ? (int)self->n_columns - 1 : 0;
    }
    const QcRosterLine *line = qc_roster_model_get_line_at (self->model, position);
    if (line && qc_roster_service_takes (self->service, line, qc_roster_grid_field_of (&self->columns[column]))) {
      qc_roster_grid_move_to (self, position, (guint)column, FALSE);
      return;
    }
  }
  /* nothing more to enter: on to what stands after the grid */
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                          backwards ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
}

/* --- the mouse --- */

static gboolean
find_cell (QcRosterGrid *self, double x, double y, guint *position, guint *column)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  gpointer item;
  const QcGridColumn *info;
  if (!picked || !qc_grid_find_cell (self->view, picked, &item, &info))
    return FALSE;
  *position = qc_roster_model_find (self->model, qc_roster_row_get_id (item));
  *column = (guint)(info - self->columns);
  return *position != G_MAXUINT;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, QcRosterGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position, column;
  if (!find_cell (self, x, y, &position, &column))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  qc_roster_grid_commit (self);
  if (state & GDK_CONTROL_MASK) {
    const QcRosterLine *line = qc_roster_model_get_line_at (self->model, position);
    GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
    if (gtk_selection_model_is_selected (model, position))
      gtk_selection_model_unselect_item (model, position);
    else
      gtk_selection_model_select_item (model, position, FALSE);
    self->anchor = position;
    qc_roster_grid_put_cursor (self, line ? line->id : 0, column);
  } else {
    qc_roster_grid_move_to (self, position, column, (state & GDK_SHIFT_MASK) != 0);
  }
  gtk_widget_grab_focus (self->editor);
  if (n_press == 2)
    qc_roster_grid_edit (self);
}

static gboolean
tooltip_cb (GtkWidget *view, int x, int y, gboolean keyboard, GtkTooltip *tooltip, QcRosterGrid *self)
{
  guint position, column;
  if (keyboard || !find_cell (self, x, y, &position, &column))
    return FALSE;
  const QcRosterLine *line = qc_roster_model_get_line_at (self->model, position);
  g_autoptr (QcFinding) worst
      = line ? dup_worst (self, line->id, qc_roster_grid_field_of (&self->columns[column])) : NULL;
  if (!worst)
    return FALSE;
  g_autofree char *sentence = qc_finding_dup_sentence (worst);
  g_autofree char *advice = qc_finding_dup_advice (worst);
  g_autofree char *text = advice ? g_strdup_printf ("%s\n%s", sentence, advice) : g_strdup (sentence);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- what others ask for --- */

GtkColumnView *
qc_roster_grid_get_view (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), NULL);
  return self->view;
}

void
qc_roster_grid_go_to (QcRosterGrid *self, gint64 line, QcLineFieldId field)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  guint position = qc_roster_model_find (self->model, line);
  qc_roster_grid_commit (self);
  if (position == G_MAXUINT) { /* hidden by a search or filter */
    qc_roster_model_set_search (self->model, "");
    qc_roster_model_set_only_faulty (self->model, FALSE);
    position = qc_roster_model_find (self->model, line);
  }
  if (position != G_MAXUINT)
    qc_roster_grid_move_to (self, position, column_of (self, field), FALSE);
  gtk_widget_grab_focus (self->editor);
}

/* Whether lines have cells that must be filled; where none must, all that can be are looked at. */
static gboolean
has_required (QcBusiness business)
{
  const QcBusinessInfo *info = qc_business_info (business);
  for (guint i = 0; i < info->n_columns; i++)
    if (info->columns[i].flags & QC_COLUMN_REQUIRED)
      return TRUE;
  return FALSE;
}

void
qc_roster_grid_go_to_empty (QcRosterGrid *self, gint64 id)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  QcBusiness business = qc_business_service_get_business (QC_BUSINESS_SERVICE (self->service));
  QcColumnFlags wanted = has_required (business) ? QC_COLUMN_REQUIRED : QC_COLUMN_EDITABLE;
  const QcRosterLine *line = qc_roster_model_get_line (self->model, id);
  QcLineFieldId field = qc_roster_grid_field_of (&self->columns[0]);
  for (guint i = self->n_columns; line && i > 0; i--) {
    QcLineFieldId candidate = qc_roster_grid_field_of (&self->columns[i - 1]);
    if ((qc_business_find_column (business, candidate)->flags & wanted) && !qc_line_is_set (line, candidate)
        && qc_roster_service_takes (self->service, line, candidate))
      field = candidate;
  }
  qc_roster_grid_go_to (self, id, field);
}

gboolean
qc_roster_grid_next_fault (QcRosterGrid *self, gboolean backwards)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), FALSE);
  QcLineFieldId field = qc_roster_grid_field_of (&self->columns[self->column]);
  gint64 line = qc_roster_service_next_fault (self->service, self->line, field, backwards, &field);
  if (line == 0) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return FALSE;
  }
  qc_roster_grid_go_to (self, line, field);
  return TRUE;
}

void
qc_roster_grid_first_fault (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  QcLineFieldId field = QC_LINE_ACCOUNT;
  gint64 line = qc_roster_service_next_fault (self->service, 0, field, FALSE, &field);
  if (line != 0)
    qc_roster_grid_go_to (self, line, field);
}

gint64
qc_roster_grid_get_line (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), 0);
  return self->line;
}

QcLineFieldId
qc_roster_grid_get_field (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), QC_LINE_ACCOUNT);
  return qc_roster_grid_field_of (&self->columns[self->column]);
}

gboolean
qc_roster_grid_is_editing (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), FALSE);
  return self->editing;
}

/* --- what changes under it --- */

static void
row_changed (QcRosterGrid *self, gint64 id)
{
  refresh_line (self, id);
  if (id == self->line)
    qc_roster_grid_say_cell (self);
}

static void
lines_changed_cb (QcDraft *draft, GArray *ids, gboolean structure, QcRosterGrid *self)
{
  if (self->line && !qc_roster_model_get_line (self->model, self->line)) {
    self->line = 0;
    if (self->editing)
      qc_roster_grid_end_edit (self);
  }
  for (guint i = 0; ids && i < MIN (ids->len, 500u); i++)
    row_changed (self, g_array_index (ids, gint64, i));
  if (!ids || ids->len > 500 || structure)
    qc_grid_refresh (self->view);
  const QcRosterLine *first = self->line ? NULL : qc_roster_model_get_line_at (self->model, 0);
  if (first) /* there is a cell to go from as soon as there are any */
    qc_roster_grid_put_cursor (self, first->id, self->column);
}

/* What was found of lines that nobody touched: the cells in sight say it. */
static void
updated_cb (QcRosterGrid *self)
{
  qc_grid_refresh (self->view);
  qc_roster_grid_say_cell (self);
  gtk_widget_queue_allocate (self->overlay);
}

static void
selection_cb (QcRosterGrid *self)
{
  g_signal_emit (self, qc_roster_grid_signals[QC_ROSTER_GRID_SELECTION_CHANGED], 0);
}

static void
sort_cb (const char *id, gboolean descending, gpointer user_data)
{
  QcRosterGrid *self = user_data;
  QcLineFieldId field;
  qc_roster_model_set_sort (self->model, id && qc_line_field_from_name (id, &field) ? (int)field : -1, descending);
}

/* --- the widget --- */

static QcGridKind
kind_of (const QcLineField *field, QcLineFieldId id)
{
  switch (field->type) {
  case QC_FIELD_MONEY:
  case QC_FIELD_DIFFERENCE:
  case QC_FIELD_CHANGE:
  case QC_FIELD_NUMBER:
    return QC_GRID_NUMBER;
  case QC_FIELD_MONTH:
  case QC_FIELD_DATE:
    return QC_GRID_CODE;
  case QC_FIELD_TEXT:
    return id == QC_LINE_ACCOUNT || id == QC_LINE_DOCUMENT || id == QC_LINE_MOBILE || id == QC_LINE_TARGET_UNIT
               ? QC_GRID_CODE
               : QC_GRID_NAME;
  case QC_FIELD_CODE:
  case QC_FIELD_STATUS:
  case QC_FIELD_SEX:
  case QC_FIELD_FLAG:
  case QC_FIELD_CLASS:
  default:
    return QC_GRID_TEXT;
  }
}

/* Which columns go first where there is no room for all; 0 = stays. The base before stays where a new one stands
 * beside it: the two are what is compared. */
static guint
gives_way (QcBusiness business, QcLineFieldId id)
{
  gboolean compares = qc_business_find_column (business, QC_LINE_DIFFERENCE) != NULL;
  if (id == QC_LINE_DOCUMENT)
    return 1;
  if (id == QC_LINE_OLD_UNIT_FEN || id == QC_LINE_OLD_PERSONAL_FEN || (id == QC_LINE_BASE && !compares))
    return 2;
  return 0;
}

QcGridColumn *
qc_roster_grid_new_columns (QcBusiness business, QcGridCellFunc text, QcGridMarksFunc marks, guint *n_columns)
{
  const QcBusinessInfo *info = qc_business_info (business);
  QcGridColumn *columns = g_new0 (QcGridColumn, info->n_columns);
  guint n = 0;
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId id = info->columns[i].field;
    const QcLineField *field = qc_line_field (id);
    if (info->columns[i].flags & QC_COLUMN_HIDDEN)
      continue;
    columns[n++] = (QcGridColumn) {
        .id = field->name,
        .msgid = qc_business_column_msgid (&info->columns[i]),
        .cell = text,
        .marks = marks,
        .tag = (int)id,
        .kind = kind_of (field, id),
        .chars = field->chars,
        .yields = info->columns[i].flags & QC_COLUMN_EDITABLE ? 0 : gives_way (business, id),
        .expand = id == QC_LINE_NAME || id == QC_LINE_REASON,
        .sortable = marks != NULL,
    };
  }
  *n_columns = n;
  return columns;
}

static void
build (QcRosterGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  self->columns = qc_roster_grid_new_columns (qc_business_service_get_business (QC_BUSINESS_SERVICE (self->service)),
                                              cell_text, cell_marks, &self->n_columns);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  self->view = qc_grid_new (GTK_SELECTION_MODEL (self->selection), self->columns, self->n_columns, _ ("Roster"),
                            row_name, self);
  qc_grid_set_marks (self->view, mark_classes);
  qc_grid_set_sort_func (self->view, sort_cb, self);
  gtk_widget_set_can_focus (qc_gtk_get_list (self->view), FALSE); /* its titles can */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect (self->view, "query-tooltip", G_CALLBACK (tooltip_cb), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  self->overlay = gtk_overlay_new ();
  GtkWidget *scrolled = qc_grid_scroll (self->view);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), scrolled);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_allocate), self->overlay, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)), "value-changed",
                           G_CALLBACK (gtk_widget_queue_allocate), self->overlay, G_CONNECT_SWAPPED);
  qc_roster_grid_build_editor (self);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

static gboolean
qc_roster_grid_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QC_ROSTER_GRID (widget)->editor);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (QC_ROSTER_GRID (widget)->service));
  if (g_str_equal (name, "grid.undo"))
    qc_draft_undo (draft);
  else
    qc_draft_redo (draft);
}

static void
qc_roster_grid_dispose (GObject *object)
{
  QcRosterGrid *self = QC_ROSTER_GRID (object);
  g_clear_handle_id (&self->across, g_source_remove);
  qc_roster_grid_close_choices (self);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_roster_grid_parent_class)->dispose (object);
}

static void
qc_roster_grid_finalize (GObject *object)
{
  g_free (QC_ROSTER_GRID (object)->columns);
  g_free (QC_ROSTER_GRID (object)->preedit);
  G_OBJECT_CLASS (qc_roster_grid_parent_class)->finalize (object);
}

static void
qc_roster_grid_class_init (QcRosterGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_roster_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_roster_grid_finalize;
  widget_class->grab_focus = qc_roster_grid_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rostergrid");
  gtk_widget_class_install_action (widget_class, "grid.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "grid.redo", NULL, undo_cb);
  qc_roster_grid_signals[QC_ROSTER_GRID_PASTED] = g_signal_new ("pasted", QC_TYPE_ROSTER_GRID, G_SIGNAL_RUN_LAST, 0,
                                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  qc_roster_grid_signals[QC_ROSTER_GRID_FAILED] = g_signal_new ("failed", QC_TYPE_ROSTER_GRID, G_SIGNAL_RUN_LAST, 0,
                                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  qc_roster_grid_signals[QC_ROSTER_GRID_SELECTION_CHANGED]
      = g_signal_new ("selection-changed", QC_TYPE_ROSTER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_roster_grid_init (QcRosterGrid *self)
{
}

GtkWidget *
qc_roster_grid_new (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcRosterGrid *self = g_object_new (QC_TYPE_ROSTER_GRID, NULL);
  self->service = g_object_ref (service);
  self->model = qc_roster_service_get_model (service);
  build (self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)), "lines-changed",
                           G_CALLBACK (lines_changed_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (service, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  qc_roster_grid_say_cell (self);
  qc_focus_set_list (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
