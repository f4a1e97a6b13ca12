/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Short name and colour of a unit, the clerk's own (X11). Main thread.
 */
#pragma once

#include "qc-window.h"

G_BEGIN_DECLS

/* Nothing where the profile has no such unit. */
void qc_unit_dialog_show (QcWindow *window, QcSession *session, const char *account);

G_END_DECLS
