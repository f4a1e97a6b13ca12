/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 行政级别 → city → department as one page, filled where there is one choice, then the businesses as cards (P3). What a
 * profile does not connect is shown as such. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_DEPARTMENT_PAGE (qc_department_page_get_type ())
G_DECLARE_FINAL_TYPE (QcDepartmentPage, qc_department_page, QC, DEPARTMENT_PAGE, AdwBin)

GtkWidget *qc_department_page_new (QcSession *session);
/* Index into the profile's directory of what is chosen, -1 = nothing. */
int qc_department_page_get_entry (QcDepartmentPage *self);
gboolean qc_department_page_is_connected (QcDepartmentPage *self);
/* Gives the focus to what goes on: mostly there is nothing to choose. */
gboolean qc_department_page_take_focus (QcDepartmentPage *self);

G_END_DECLS
