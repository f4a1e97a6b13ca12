/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The editor of a roster grid, which lies over the cursor's cell, and the keys it takes. It always has the focus: what
 * is typed begins an edit, and an input method goes before every key. Main thread.
 */
#include "qc-roster-grid-private.h"

#include "qc-cell-choices.h"

/* --- the editor --- */

static void
set_editor_text (QcRosterGrid *self, const char *text)
{
  self->leaving = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->editor), text);
  gtk_editable_set_position (GTK_EDITABLE (self->editor), -1);
  self->leaving = FALSE;
}

static void
show_editing (QcRosterGrid *self, gboolean editing)
{
  self->editing = editing;
  if (editing)
    gtk_widget_add_css_class (self->editor, "editing");
  else
    gtk_widget_remove_css_class (self->editor, "editing");
  gtk_widget_queue_allocate (self->overlay);
}

void
qc_roster_grid_close_choices (QcRosterGrid *self)
{
  if (self->choices)
    gtk_popover_popdown (GTK_POPOVER (self->choices));
  g_clear_pointer (&self->choices, gtk_widget_unparent);
}

static void
chosen_cb (QcRosterGrid *self, const char *label)
{
  set_editor_text (self, label);
  qc_roster_grid_commit (self);
}

/* The cell is being edited from now on; where the center has a list for it, the list opens below. */
static gboolean
begin (QcRosterGrid *self)
{
  const QcRosterLine *line = qc_roster_model_get_line (self->model, self->line);
  QcLineFieldId field = qc_roster_grid_field_of (&self->columns[self->column]);
  if (self->editing || !line || !qc_roster_service_takes (self->service, line, field))
    return self->editing;
  show_editing (self, TRUE);
  g_autoptr (GPtrArray) choices = qc_roster_service_dup_choices (self->service, line, field);
  if (choices->len > 0) {
    self->choices = qc_cell_choices_new (choices);
    gtk_widget_set_parent (self->choices, self->editor);
    g_signal_connect_swapped (self->choices, "chosen", G_CALLBACK (chosen_cb), self);
    gtk_popover_popup (GTK_POPOVER (self->choices));
  }
  return TRUE;
}

void
qc_roster_grid_edit (QcRosterGrid *self)
{
  const QcRosterLine *line = qc_roster_model_get_line (self->model, self->line);
  if (!line || !begin (self))
    return;
  g_autofree char *text
      = qc_roster_service_dup_text (self->service, line, qc_roster_grid_field_of (&self->columns[self->column]));
  set_editor_text (self, text);
  gtk_editable_select_region (GTK_EDITABLE (self->editor), 0, -1);
  if (self->choices)
    qc_cell_choices_select (QC_CELL_CHOICES (self->choices), text);
}

void
qc_roster_grid_end_edit (QcRosterGrid *self)
{
  qc_roster_grid_close_choices (self);
  set_editor_text (self, "");
  show_editing (self, FALSE);
}

/* What an input method is composing stands in this cell before it is left, as it would in an entry that loses the
 * focus: in the next cell nobody typed it. GtkText makes its input method begin anew in whatever moves the cursor; most
 * then drop what they had. */
static void
end_composing (QcRosterGrid *self)
{
  g_autofree char *preedit = g_steal_pointer (&self->preedit);
  if (!preedit)
    return;
  g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  int position = gtk_editable_get_position (GTK_EDITABLE (self->editor));
  g_signal_emit_by_name (self->editor, "move-cursor", GTK_MOVEMENT_LOGICAL_POSITIONS, 0, FALSE);
  if (g_str_equal (before, gtk_editable_get_text (GTK_EDITABLE (self->editor))))
    gtk_editable_insert_text (GTK_EDITABLE (self->editor), preedit, -1, &position);
}

void
qc_roster_grid_commit (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  end_composing (self);
  if (!self->editing)
    return;
  const char *label = self->choices ? qc_cell_choices_get_selected (QC_CELL_CHOICES (self->choices)) : NULL;
  g_autofree char *text = g_strdup (label ? label : gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  gint64 line = self->line;
  QcLineFieldId field = qc_roster_grid_field_of (&self->columns[self->column]);
  qc_roster_grid_end_edit (self);
  qc_roster_service_enter (self->service, line, field, text);
  qc_roster_grid_say_cell (self);
}

/* What is typed begins an edit; in a cell that takes nothing it is refused with a sound, not with silence. */
static void
typed_cb (QcRosterGrid *self)
{
  if (self->leaving)
    return;
  if (!begin (self)) {
    set_editor_text (self, "");
    gtk_widget_error_bell (self->editor);
    return;
  }
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->editor));
  if (self->choices)
    qc_cell_choices_filter (QC_CELL_CHOICES (self->choices), text);
  qc_roster_service_typing (self->service, qc_roster_grid_field_of (&self->columns[self->column]), text);
}

static void
preedit_cb (QcRosterGrid *self, const char *preedit)
{
  g_free (self->preedit);
  self->preedit = preedit && *preedit ? g_strdup (preedit) : NULL;
  if (self->preedit)
    begin (self);
}

/* --- keys --- */

static gboolean
move_key (QcRosterGrid *self, guint key, gboolean shift, gboolean control)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    qc_roster_grid_move_by (self, control ? -(int)n : -1, 0, shift);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    qc_roster_grid_move_by (self, control ? (int)n : 1, 0, shift);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    qc_roster_grid_move_by (self, 0, control ? -(int)self->n_columns : -1, shift);
    return TRUE;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    qc_roster_grid_move_by (self, 0, control ? (int)self->n_columns : 1, shift);
    return TRUE;
  case GDK_KEY_Page_Up:
    qc_roster_grid_move_by (self, -20, 0, shift);
    return TRUE;
  case GDK_KEY_Page_Down:
    qc_roster_grid_move_by (self, 20, 0, shift);
    return TRUE;
  case GDK_KEY_Home:
    if (control)
      qc_roster_grid_move_to (self, 0, 0, shift);
    else
      qc_roster_grid_move_by (self, 0, -(int)self->n_columns, shift);
    return TRUE;
  case GDK_KEY_End:
    if (control)
      qc_roster_grid_move_to (self, n, self->n_columns - 1, shift);
    else
      qc_roster_grid_move_by (self, 0, (int)self->n_columns, shift);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
idle_key (QcRosterGrid *self, guint key, gboolean shift, gboolean control)
{
  if (move_key (self, key, shift, control))
    return TRUE;
  switch (key) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_F2:
    if (control)
      return FALSE; /* 办理 */
    qc_roster_grid_edit (self);
    return TRUE;
  case GDK_KEY_Tab:
  case GDK_KEY_ISO_Left_Tab:
    if (control)
      return FALSE;
    qc_roster_grid_move_to_entry (self, shift);
    return TRUE;
  case GDK_KEY_BackSpace:
    if (begin (self))
      set_editor_text (self, "");
    return TRUE;
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    if (control) {
      qc_roster_grid_delete (self);
    } else {
      g_autoptr (GArray) lines = qc_roster_grid_dup_selected (self);
      qc_roster_service_enter_many (self->service, (const gint64 *)lines->data, lines->len,
                                    qc_roster_grid_field_of (&self->columns[self->column]), "");
    }
    return TRUE;
  case GDK_KEY_F8:
    qc_roster_grid_next_fault (self, shift);
    return TRUE;
  default:
    break;
  }
  if (!control)
    return FALSE;
  switch (key) {
  case GDK_KEY_c:
    qc_roster_grid_copy (self);
    return TRUE;
  case GDK_KEY_v:
    qc_roster_grid_paste (self);
    return TRUE;
  case GDK_KEY_a:
    qc_roster_grid_select_all (self);
    return TRUE;
  case GDK_KEY_d:
    qc_roster_grid_fill_down (self);
    return TRUE;
  case GDK_KEY_z: /* the draft's, not the editor's */
    gtk_widget_activate_action (GTK_WIDGET (self), shift ? "grid.redo" : "grid.undo", NULL);
    return TRUE;
  case GDK_KEY_y:
    gtk_widget_activate_action (GTK_WIDGET (self), "grid.redo", NULL);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
editing_key (QcRosterGrid *self, guint key, gboolean shift)
{
  if (self->choices && qc_cell_choices_key (QC_CELL_CHOICES (self->choices), key))
    return TRUE;
  switch (key) {
  case GDK_KEY_Escape:
    qc_roster_grid_end_edit (self);
    qc_roster_grid_say_cell (self);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    qc_roster_grid_commit (self);
    qc_roster_grid_move_by (self, shift ? -1 : 1, 0, FALSE);
    return TRUE;
  case GDK_KEY_Tab:
  case GDK_KEY_ISO_Left_Tab:
    qc_roster_grid_commit (self);
    qc_roster_grid_move_to_entry (self, shift || key == GDK_KEY_ISO_Left_Tab);
    return TRUE;
  case GDK_KEY_Up:
  case GDK_KEY_Down:
    qc_roster_grid_commit (self);
    qc_roster_grid_move_by (self, key == GDK_KEY_Up ? -1 : 1, 0, FALSE);
    return TRUE;
  default:
    return FALSE;
  }
}

/* Behind the input method, which may tell later that a key was its own, and before what the editor would do with it. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, QcRosterGrid *self)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  if (self->preedit || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  return self->editing ? editing_key (self, key, shift) : idle_key (self, gdk_keyval_to_lower (key), shift, control);
}

/* --- where it is --- */

/* The editor lies over the cursor's cell, also while that is scrolled. */
static gboolean
place_editor_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, QcRosterGrid *self)
{
  guint position = qc_roster_grid_get_position (self);
  g_autoptr (GObject) row = position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
  GtkWidget *cell = row ? qc_grid_get_cell (self->view, row, &self->columns[self->column]) : NULL;
  int least, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  *place = (GdkRectangle) {-10000, 0, MAX (least, 40), 30};
  graphene_rect_t bounds;
  if (!cell || !gtk_widget_compute_bounds (cell, GTK_WIDGET (overlay), &bounds))
    return TRUE;
  *place = (GdkRectangle) {(int)bounds.origin.x, (int)bounds.origin.y, MAX ((int)bounds.size.width, least),
                           (int)bounds.size.height};
  return TRUE;
}
void
qc_roster_grid_build_editor (QcRosterGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  /* by itself a GtkText says nothing to a reader: it counts on the entry around it */
  self->editor = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_widget_add_css_class (self->editor, "cell-editor");
  gtk_widget_set_halign (self->editor, GTK_ALIGN_FILL);
  gtk_widget_set_can_target (self->editor, TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->editor, keys);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->editor, "preedit-changed", G_CALLBACK (preedit_cb), self);
  g_signal_connect (self->overlay, "get-child-position", G_CALLBACK (place_editor_cb), self);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->editor);
  gtk_overlay_set_clip_overlay (GTK_OVERLAY (self->overlay), self->editor, TRUE);
}
