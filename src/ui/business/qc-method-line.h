/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 缴存方式 of a roster business with money, in one line: both ways, and why the other one cannot be (guide 3.2 item 1).
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_TYPE_METHOD_LINE (qc_method_line_get_type ())
G_DECLARE_FINAL_TYPE (QcMethodLine, qc_method_line, QC, METHOD_LINE, GtkWidget)

GtkWidget *qc_method_line_new (void);
/* @service: (nullable) */
void qc_method_line_set_service (QcMethodLine *self, QcRosterService *service);
void qc_method_line_update (QcMethodLine *self);
/* Why @method cannot be chosen where @allowed is the unit's; NULL where it can. */
const char *qc_method_why_not (QcMethod method, QcMethod allowed);

G_END_DECLS
