/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A stack, and showing a child of it so that screen readers hear only that one: GtkStack leaves the others in their
 * tree. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A stack that is as large as what is shown: what is hidden has no say in how large a window must be. */
GtkWidget *qc_stack_new (void);
void qc_stack_show (GtkWidget *stack, GtkWidget *child);
void qc_stack_show_named (GtkWidget *stack, const char *name);

G_END_DECLS
