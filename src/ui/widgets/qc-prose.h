/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A text that takes as many lines as it needs, for where it changes while somebody types. A GtkLabel that wraps makes
 * all that it stands in ask for heights at widths and widths at heights, a hundred times for one key. This one asks for
 * one line, and once it knows how wide it is, for the height that its text has there. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_PROSE (qc_prose_get_type ())
G_DECLARE_FINAL_TYPE (QcProse, qc_prose, QC, PROSE, GtkWidget)

/* @text: (nullable) */
GtkWidget *qc_prose_new (const char *text);
void qc_prose_set_text (QcProse *self, const char *text);

G_END_DECLS
