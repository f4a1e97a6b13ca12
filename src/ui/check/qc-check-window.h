/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 检查这台电脑: a list of what was looked at, with what is wrong and what to do, and the whole of it to be copied. Its
 * actions: check.again, check.copy. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_CHECK_WINDOW (qc_check_window_get_type ())
G_DECLARE_FINAL_TYPE (QcCheckWindow, qc_check_window, QC, CHECK_WINDOW, AdwWindow)

/* Over @parent's window; begins to look. */
GtkWidget *qc_check_window_open (GtkWidget *parent, QcSession *session);

G_END_DECLS
