/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Where on the paper this computer's printer puts a page: a button with two amounts of millimetres, kept in the
 * settings. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How far what is drawn is moved on the paper, in millimetres to the right and down. */
typedef struct {
  double left, top;
} QcPrintOffset;

/* NULL where the schema is not installed: then nothing is moved and nothing kept. */
GSettings *qc_print_position_new_settings (void);
GtkWidget *qc_print_position_button_new (GSettings *settings);
QcPrintOffset qc_print_position_get (GSettings *settings);

G_END_DECLS
