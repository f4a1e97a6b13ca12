/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 备份与迁移: the backups there are, one more, going back to one; moving to another computer and handing over. Its
 * commands: keep.back-up, keep.restore (string: name of a backup), keep.pack, keep.receive, keep.hand-over,
 * keep.pack-to, keep.hand-over-to (string: a path), keep.cancel. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-keeper.h"

G_BEGIN_DECLS

GtkWidget *qc_keep_window_open (GtkWidget *parent, QcKeeper *keeper);

G_END_DECLS
