/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 回收站: the drafts of the unit that were deleted, for thirty days, brought back or let go of. Its commands:
 * trash.restore, trash.destroy, both of the row that is selected. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

GtkWidget *qc_trash_window_open (GtkWidget *parent, QcSession *session);

G_END_DECLS
