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
/* Replaces what is shown. At most two hundred rows of a kind are made; how many there are is told. */
void qc_import_groups_fill (GtkWidget *groups, QcRosterImport *import, const QcImportResult *result);

G_END_DECLS
