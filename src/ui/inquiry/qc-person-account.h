/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 职工个人账户: one person with what is known of the account, what was paid a month, the bases over time and what the
 * unit changed; and finding the person by whatever is typed. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_PERSON_ACCOUNT (qc_person_account_get_type ())
G_DECLARE_FINAL_TYPE (QcPersonAccount, qc_person_account, QC, PERSON_ACCOUNT, GtkWidget)

/* Signals: "open" (string): where a row leads, for win.go; "failed" (GError); "found" (string): the account of a person
 * who was chosen among those that were found. */
GtkWidget *qc_person_account_new (QcSession *session);
/* @account (nullable): nobody. */
void qc_person_account_set_account (QcPersonAccount *self, const char *account);
/* "" = the person that was chosen is shown again. */
void qc_person_account_set_search (QcPersonAccount *self, const char *text);
void qc_person_account_reload (QcPersonAccount *self);

G_END_DECLS
