/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 查找可补缴人员: everybody of the unit is looked through, with progress and 停止; what is found is told by kind, and
 * the clerk says which of it comes onto the roster. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

/* @first: the first new line. */
typedef void (*QcBackFindFunc) (gint64 first, gpointer user_data);

/* One at a time for a service: another call while one runs does nothing. @added is called at most once. */
void qc_back_find (GtkWidget *parent, QcRosterService *service, QcBackFindFunc added, gpointer user_data,
                   GDestroyNotify user_data_free);

G_END_DECLS
