/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which months' 汇缴清册 and 变更清册 are printed. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

/* Asks for months from @first to @last, the newest chosen, and shows their papers. The dialog is returned for tests. */
GtkWidget *qc_paper_months_ask (GtkWidget *parent, QcSession *session, QcMonth first, QcMonth last);

G_END_DECLS
