/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Showing a child of a stack so that screen readers hear only that one: GtkStack leaves the others in their tree. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void qc_stack_show (GtkWidget *stack, GtkWidget *child);
void qc_stack_show_named (GtkWidget *stack, const char *name);

G_END_DECLS
