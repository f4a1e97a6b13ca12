/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One person beside the roster: who, the bases over time, and what was paid. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-people-list.h"

G_BEGIN_DECLS

#define QC_TYPE_PERSON_PANEL (qc_person_panel_get_type ())
G_DECLARE_FINAL_TYPE (QcPersonPanel, qc_person_panel, QC, PERSON_PANEL, AdwBin)

GtkWidget *qc_person_panel_new (QcSession *session);
/* Loads and shows @account; NULL shows nothing. */
void qc_person_panel_set_account (QcPersonPanel *self, const char *account);

G_END_DECLS
