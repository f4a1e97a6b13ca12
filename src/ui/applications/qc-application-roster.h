/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who stands on the roster of an application: at the side of the list the first few and how many of each kind, and in a
 * window of its own all of them with every column. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application-lines.h"

G_BEGIN_DECLS

#define QC_TYPE_APPLICATION_ROSTER (qc_application_roster_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationRoster, qc_application_roster, QC, APPLICATION_ROSTER, GtkWidget)

GtkWidget *qc_application_roster_new (void);
/* @lines: (nullable) */
void qc_application_roster_set_lines (QcApplicationRoster *self, QcApplicationLines *lines);

/* All lines in a window over that of @parent, which is presented; what is not here is fetched. @title: of the business.
 */
GtkWidget *qc_roster_window_open (GtkWidget *parent, QcApplicationLines *lines, const char *title);

/* What is said of lines that are not all here, or when they came; "" where there is nothing to say. (transfer full) */
char *qc_application_roster_words (QcApplicationLines *lines);

G_END_DECLS
