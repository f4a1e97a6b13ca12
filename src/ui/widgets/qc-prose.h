/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A text that changes while somebody types, and takes as many lines as it needs. A GtkLabel has the whole window laid
 * out again at each change, and one that wraps makes all that it stands in ask for heights at widths and widths at
 * heights, a hundred times for one key. This one asks for one line, once it knows how wide it is for the height that
 * its text has there, and does so anew only when its text no longer has the room that it was given. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_PROSE (qc_prose_get_type ())
G_DECLARE_FINAL_TYPE (QcProse, qc_prose, QC, PROSE, GtkWidget)

/* @text: (nullable) */
GtkWidget *qc_prose_new (const char *text);
/* Stays in one line however little room there is: an amount. */
GtkWidget *qc_prose_new_unbroken (const char *text);
void qc_prose_set_text (QcProse *self, const char *text);
const char *qc_prose_get_text (QcProse *self);
/* More about it, as its tooltip and as a screen reader says it; (nullable) */
void qc_prose_explain (QcProse *self, const char *words);
/* From now on it asks for the room that @text would take, if its own takes less: texts that come in turn. */
void qc_prose_set_room_for (QcProse *self, const char *text);

G_END_DECLS
