/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导出 on the screen: where to, how far it is and how to stop it once it takes longer than a moment, and then what was
 * written, to be opened. It goes on when its page or window is left. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-export.h"

G_BEGIN_DECLS

/* Asks for the file first, in the folder of last time. @parent: any widget of the window. (transfer full) */
void qc_export_flow_ask (GtkWidget *parent, QcExport *export);
void qc_export_flow_write (GtkWidget *parent, QcExport *export, const char *path);
void qc_export_flow_open (GtkWidget *parent, const char *path);
/* The folder of @path with it selected, where a file manager can do that. */
void qc_export_flow_open_folder (GtkWidget *parent, const char *path);

G_END_DECLS
