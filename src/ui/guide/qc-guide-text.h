/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A chapter of the guide as widgets. A line of its text begins with what it is: "# " the title, "## " a heading, "1. "
 * a step, "- " a point, "> " something to mind, "!picture words" a picture with what it shows; else it is a paragraph.
 * Within a line **words** stand out, and [words](chapter) lead to another chapter. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*QcGuideLinkFunc) (const char *chapter, gpointer user_data);

/* @follow is called for a link. (transfer floating) */
GtkWidget *qc_guide_text_new (const char *text, QcGuideLinkFunc follow, gpointer user_data);
/* One line as Pango markup. (transfer full) */
char *qc_guide_text_dup_markup (const char *line);

G_END_DECLS
