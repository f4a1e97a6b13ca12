/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The two lists below the months of 复核, over models of QcRemittancePerson: who changed in a month, and who is left
 * out or must be answered for, with the button that does it. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @model: borrowed. Floating, as widgets are. */
GtkColumnView *qc_review_changes_new (GtkSelectionModel *model);
GtkColumnView *qc_review_left_out_new (GtkSelectionModel *model);

G_END_DECLS
