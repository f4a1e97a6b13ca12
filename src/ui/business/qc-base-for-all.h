/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One new base for many lines in one step: the same amount, or the present base by a percentage, with the rounding
 * said. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

/* The lines it is for, as they are chosen when it opens. GArray of gint64 (transfer full) */
typedef GArray *(*QcChosenLinesFunc) (gpointer user_data);

/* A menu button. @user_data must outlive it. (transfer floating) */
GtkWidget *qc_base_for_all_new (QcChosenLinesFunc chosen, gpointer user_data);
/* (nullable) */
void qc_base_for_all_set_service (GtkWidget *button, QcRosterService *service);

G_END_DECLS
