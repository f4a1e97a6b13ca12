/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 选择人员: the dialog in which people of the unit are put on a roster. Search on top with the focus, filters, the
 * list; who cannot be chosen says why; the chosen ones are counted and named below and outlive every search. Space
 * chooses, Enter adds, Ctrl+Enter adds and closes. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_CHOOSE_PEOPLE (qc_choose_people_get_type ())
G_DECLARE_FINAL_TYPE (QcChoosePeople, qc_choose_people, QC, CHOOSE_PEOPLE, AdwWindow)

/* Signals: "added" (int64: the first line that was added), after each 添加; "failed" (GError, as pointer). */
GtkWidget *qc_choose_people_new (GtkWidget *parent, QcRosterService *service);

G_END_DECLS
