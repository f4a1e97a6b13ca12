/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One field of a form of facts: its name, what is entered or chosen, and below it what there is to say: what it was
 * before, what waits to be sent, what is wrong, why it is locked, and both sides where it was changed elsewhere. All
 * of that is the description of the control, too. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-facts-service.h"

G_BEGIN_DECLS

#define QC_TYPE_FACT_ROW (qc_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (QcFactRow, qc_fact_row, QC, FACT_ROW, GtkWidget)

/* @names: the names of all rows are as wide as the widest. */
GtkWidget *qc_fact_row_new (const QcUnitField *field, GtkSizeGroup *names);
/* What is only shown and never changed here. */
GtkWidget *qc_fact_row_new_shown (const char *name, GtkSizeGroup *names);
void qc_fact_row_set_text (QcFactRow *self, const char *text);
/* As @service has it now; (nullable) nothing. What is being typed stays. */
void qc_fact_row_update (QcFactRow *self, QcFactsService *service);
const QcUnitField *qc_fact_row_get_field (QcFactRow *self); /* (nullable) */
/* What is typed and not taken over yet is. */
void qc_fact_row_commit (QcFactRow *self);
/* FALSE where it is locked. */
gboolean qc_fact_row_grab_focus (QcFactRow *self);

G_END_DECLS
