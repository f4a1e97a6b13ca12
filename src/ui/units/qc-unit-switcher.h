/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The unit on screen, on top of the sidebar, and the list of all others behind it: those she was at last come first, so
 * that Ctrl+U and Enter go back to the one before. What each needs stands beside it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_UNIT_SWITCHER (qc_unit_switcher_get_type ())
G_DECLARE_FINAL_TYPE (QcUnitSwitcher, qc_unit_switcher, QC, UNIT_SWITCHER, AdwBin)

GtkWidget *qc_unit_switcher_new (QcSession *session);
void qc_unit_switcher_popup (QcUnitSwitcher *self);

G_END_DECLS
