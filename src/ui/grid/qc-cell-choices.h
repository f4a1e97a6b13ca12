/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The choices of a cell below its editor: the center's list, narrowed by what is typed (code, word, part of it). It
 * never has the focus: the editor hands it its keys. Signal "chosen" (label). Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_CELL_CHOICES (qc_cell_choices_get_type ())
G_DECLARE_FINAL_TYPE (QcCellChoices, qc_cell_choices, QC, CELL_CHOICES, GtkPopover)

/* @codes: QcCode, copied. */
GtkWidget *qc_cell_choices_new (const GPtrArray *codes);
/* Shows only what @text is part of, or the code of; the first one is chosen. */
void qc_cell_choices_filter (QcCellChoices *self, const char *text);
/* The one whose label is @label, if there is one. */
void qc_cell_choices_select (QcCellChoices *self, const char *label);
/* Up and Down. Whether the key was one of them. */
gboolean qc_cell_choices_key (QcCellChoices *self, guint key);
/* The label of the chosen one; NULL = none. Borrowed. */
const char *qc_cell_choices_get_selected (QcCellChoices *self);

G_END_DECLS
