/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A state as a pill: icon and word, colour never alone. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-application.h"
#include "qc-employee.h"
#include "qc-outbox-list.h"

G_BEGIN_DECLS

#define QC_TYPE_PILL (qc_pill_get_type ())
G_DECLARE_FINAL_TYPE (QcPill, qc_pill, QC, PILL, GtkWidget)

typedef enum { QC_PILL_NEUTRAL, QC_PILL_ACCENT, QC_PILL_SUCCESS, QC_PILL_WARNING, QC_PILL_ERROR } QcPillTone;

GtkWidget *qc_pill_new (void);
void qc_pill_set (QcPill *self, QcPillTone tone, const char *icon, const char *text);
void qc_pill_set_application_state (QcPill *self, QcApplicationState state);
void qc_pill_set_waiting (QcPill *self, QcOutboxItem *item);
const char *qc_pill_waiting_icon (QcOutboxItem *item);   /* the one of its state, wherever it is shown */
void qc_pill_set_draw (QcPill *self, QcDrawResult draw); /* hidden for NONE */
void qc_pill_set_person_status (QcPill *self, QcPersonStatus status);

G_END_DECLS
