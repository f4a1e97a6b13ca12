/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one status control of the header bar: signed out, offline, syncing, as of, waiting n. Opens what waits, with what
 * can be done about it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_STATUS_BUTTON (qc_status_button_get_type ())
G_DECLARE_FINAL_TYPE (QcStatusButton, qc_status_button, QC, STATUS_BUTTON, AdwBin)

GtkWidget *qc_status_button_new (QcSession *session);
void qc_status_button_popup (QcStatusButton *self);

G_END_DECLS
