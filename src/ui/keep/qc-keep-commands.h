/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The window's commands about what is kept, and their part of the main menu: win.show-trash, show-keep. Main
 * thread.
 */
#pragma once

#include "qc-window.h"

G_BEGIN_DECLS

void qc_keep_add_commands (QcWindow *window, QcSession *session);
/* From here on there is a backup for each day. */
void qc_keep_begin (QcWindow *window);
/* They need open data, some of them a unit. */
void qc_keep_update_commands (QcWindow *window, QcSession *session);
/* (transfer full) */
GMenuModel *qc_keep_build_menu (void);

G_END_DECLS
