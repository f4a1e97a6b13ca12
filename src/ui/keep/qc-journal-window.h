/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 日志: who did what, when, for which unit; searched, narrowed, exported, and its chain verified. Its commands:
 * journal.verify, journal.export, journal.export-to (string: a path). Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

GtkWidget *qc_journal_window_open (GtkWidget *parent, QcSession *session);

G_END_DECLS
