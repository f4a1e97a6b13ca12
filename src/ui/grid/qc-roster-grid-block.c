/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is done with blocks of cells of a roster grid: choosing lines, copying, pasting, filling down, deleting. Main
 * thread.
 */
#include "qc-roster-grid-private.h"

#include <string.h>

GArray *
qc_roster_grid_dup_selected (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), NULL);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    const QcRosterLine *line = qc_roster_model_get_line_at (self->model, position);
    if (line)
      g_array_append_val (ids, line->id);
  }
  return ids;
}

guint
qc_roster_grid_get_n_selected (QcRosterGrid *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_GRID (self), 0);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint)gtk_bitset_get_size (chosen);
}

void
qc_roster_grid_select_all (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

/* One line: the cell; several: all the columns shown. */
void
qc_roster_grid_copy (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  g_autoptr (GArray) lines = qc_roster_grid_dup_selected (self);
  g_autofree QcLineFieldId *fields = g_new (QcLineFieldId, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    fields[i] = qc_roster_grid_field_of (&self->columns[i]);
  if (lines->len == 0)
    return;
  gboolean one = lines->len == 1;
  g_autofree char *text = qc_roster_service_dup_block (self->service, (const gint64 *)lines->data, lines->len,
                                                       one ? &fields[self->column] : fields, one ? 1 : self->n_columns);
  if (one && *text)
    text[strlen (text) - 1] = '\0'; /* a cell, not a row */
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterGrid) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPasteResult) pasted = qc_roster_service_paste_finish (QC_ROSTER_SERVICE (source), result, &error);
  if (pasted)
    g_signal_emit (self, qc_roster_grid_signals[QC_ROSTER_GRID_PASTED], 0, pasted);
  else
    g_signal_emit (self, qc_roster_grid_signals[QC_ROSTER_GRID_FAILED], 0, error);
}

static void
clipboard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterGrid) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  if (text && self->service)
    qc_roster_service_paste_async (self->service, self->line, qc_roster_grid_field_of (&self->columns[self->column]),
                                   text, NULL, pasted_cb, g_object_ref (self));
  else if (error)
    g_signal_emit (self, qc_roster_grid_signals[QC_ROSTER_GRID_FAILED], 0, error);
}

void
qc_roster_grid_paste (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  qc_roster_grid_commit (self);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_cb, g_object_ref (self));
}

void
qc_roster_grid_fill_down (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  qc_roster_grid_commit (self);
  g_autoptr (GArray) lines = qc_roster_grid_dup_selected (self);
  QcLineFieldId field = qc_roster_grid_field_of (&self->columns[self->column]);
  const QcRosterLine *first
      = lines->len > 1 ? qc_roster_model_get_line (self->model, g_array_index (lines, gint64, 0)) : NULL;
  if (!first) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  g_autofree char *text = qc_roster_service_dup_text (self->service, first, field);
  qc_roster_service_enter_many (self->service, &g_array_index (lines, gint64, 1), lines->len - 1, field, text);
}

void
qc_roster_grid_delete (QcRosterGrid *self)
{
  g_return_if_fail (QC_IS_ROSTER_GRID (self));
  g_autoptr (GArray) lines = qc_roster_grid_dup_selected (self);
  guint position = qc_roster_grid_get_position (self);
  qc_roster_service_remove (self->service, (const gint64 *)lines->data, lines->len);
  qc_roster_grid_move_to (self, position == G_MAXUINT ? 0 : position, self->column, FALSE);
}
