/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导入: a clerk's workbook on its way into the roster, in four steps over the page: it is read, its columns are shown
 * with what they go to, every row is told, and what is good or all of it is taken over. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_IMPORT_DIALOG (qc_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QcImportDialog, qc_import_dialog, QC, IMPORT_DIALOG, AdwWindow)

/*
 * Begins to read @file at once. Signal "adopted" (uint added, uint changed, uint left: rows that were not taken over,
 * QcImportReceipt): the roster has them, as one step; the dialog closes itself.
 */
GtkWidget *qc_import_dialog_new (GtkWidget *parent, QcRosterService *service, GFile *file);

G_END_DECLS
