/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a screen reader is told of widgets. By itself GTK 4.8 gives it the names of types ("GtkImage"), icons that stand
 * beside their words, and the key of a button twice ("Next(_N) Next(N)"); and it has no way to tell it something that
 * happened elsewhere. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Mends what GTK says of its own widgets; before the first window is made. An image is decoration unless it is made
 * with a role of its own. */
void qc_spoken_set_up (void);

/* Words without the mark of their key, in any language: "下一步(_N)" and "_Next" → "下一步" and "Next". (transfer full)
 */
char *qc_spoken_dup_plain (const char *label);

/* @label is a heading, by which a reader goes about a page. Before it is shown. */
void qc_spoken_heading (GtkWidget *label);

/* @picture says nothing. Before it is shown. */
void qc_spoken_decoration (GtkWidget *picture);

/* @check is one of a group of which one holds. Before it is shown. */
void qc_spoken_radio (GtkWidget *check);

/* Other words for a button with a mnemonic, which may have the focus: by itself GTK has a reader say them with the mark
 * of the key, and once more without. */
void qc_spoken_set_button (GtkButton *button, const char *label);

/* A click anywhere on @row (an AdwActionRow) is one on @button, which has words of its own: by itself libadwaita has
 * the title of the row said before and behind them. */
void qc_spoken_set_row_button (GtkWidget *row, GtkWidget *button);

/* Has a screen reader say @words, wherever the focus is in the window of @widget. Until the window is left they stand
 * in its name, before its title: somebody who comes back hears where she is, and what was said while she was away. */
void qc_spoken_announce (GtkWidget *widget, const char *words);

G_END_DECLS
