/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The application: command line, the one window, shortcuts. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-context.h"

G_BEGIN_DECLS

#define QC_TYPE_DESKTOP (qc_desktop_get_type ())
G_DECLARE_FINAL_TYPE (QcDesktop, qc_desktop, QC, DESKTOP, AdwApplication)

/* @context: passed on to the session. */
QcDesktop *qc_desktop_new (QcContext *context);
/* It ended to begin anew: other data were made ready to take the place of these. */
gboolean qc_desktop_goes_on (QcDesktop *self);

G_END_DECLS
