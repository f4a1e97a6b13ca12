/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What was found in a clerk's file: by kind, each kind with its rows and cells; and what was read otherwise than it
 * stands there. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-roster-import.h"

G_BEGIN_DECLS

GtkWidget *qc_import_groups_new (void);
/* What is shown goes; it is of a result that will. */
void qc_import_groups_clear (GtkWidget *groups);
/* Replaces what is shown: what was found by kind, each with what can be done to all of its rows, then what was done,
 * and what was read otherwise than it stands. The commands are import.correct (group, remedy, value), import.enter
 * (group) and import.put-back (correction). At most two hundred rows of a kind are made; how many there are is told. */
void qc_import_groups_fill (GtkWidget *groups, QcRosterImport *import, const QcImportResult *result);

G_END_DECLS
