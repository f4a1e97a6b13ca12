/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 修改后重新提交 on the screen: how far it is and how to stop it where pictures have to be fetched first, then the page
 * of the business with the new draft, and what of it could not be had any more. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application-lines.h"

G_BEGIN_DECLS

/* @parent: any widget of the window. @lines: of a returned application, and whole. */
void qc_reopen_flow_run (GtkWidget *parent, QcSession *session, QcApplicationLines *lines);

G_END_DECLS
