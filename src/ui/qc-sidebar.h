/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The sidebar: unit switcher on top, the pages in their sections with the counts of what waits for her, the practice
 * mark with its menu at the bottom. "entered": a page was chosen with a click or Enter. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_SIDEBAR (qc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (QcSidebar, qc_sidebar, QC, SIDEBAR, AdwBin)

GtkWidget *qc_sidebar_new (QcSession *session);
/* Marks the row of @page. */
void qc_sidebar_select (QcSidebar *self, const char *page);
void qc_sidebar_set_badge (QcSidebar *self, const char *page, guint count);
/* Opens the list of units. */
void qc_sidebar_choose_unit (QcSidebar *self);

G_END_DECLS
