/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The papers of a 补缴 that are stamped: 补缴清册 as it is to be printed, and 补缴说明, which is written here, from
 * sentences to start from, and kept with the draft. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-stamped-papers.h"

G_BEGIN_DECLS

/* Over the window of @parent. */
GtkWidget *qc_stamped_flow_open (GtkWidget *parent, QcRosterService *service, QcStampedPaperKind kind);

G_END_DECLS
