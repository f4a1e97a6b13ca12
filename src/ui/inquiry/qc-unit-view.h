/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位账户: everything the center says of the unit, in groups, any value to be copied. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_UNIT_VIEW (qc_unit_view_get_type ())
G_DECLARE_FINAL_TYPE (QcUnitView, qc_unit_view, QC, UNIT_VIEW, GtkWidget)

/* Signal "failed" (GError). */
GtkWidget *qc_unit_view_new (QcSession *session);
/* At once if it is on the screen, else when it comes there. */
void qc_unit_view_reload (QcUnitView *self);

G_END_DECLS
