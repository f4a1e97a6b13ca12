/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What this month needs, as rows of 首页: each says what and why, and its one button leads there with the item chosen.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

/* In the place of what was in @list. @waits_for: what submissions of the unit wait for. */
void qc_home_rows_fill (GtkListBox *list, const QcHomeFigures *figures, QcWaitsFor waits_for);
/* Behind them: a look around is offered, and may be declined. */
void qc_home_rows_add_tour (GtkListBox *list);

G_END_DECLS
