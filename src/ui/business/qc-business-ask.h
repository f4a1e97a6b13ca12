/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理, asked about: button and question name unit and month (X11), what is confirmed is what is sent, and what the
 * center would warn of is not sent by a key too many. Main thread.
 */
#pragma once

#include "qc-business-service.h"
#include "qc-confirm-box.h"
#include "qc-session.h"
#include "qc-unit.h"

G_BEGIN_DECLS

/* The label of 办理, with a mnemonic: @unit (nullable) and the months it is for (NONE = of none). (transfer full) */
char *qc_business_ask_dup_button (QcSession *session, QcBusiness business, const QcUnit *unit, QcMonth from,
                                  QcMonth to);
/* "办理" of @business for @unit and the months? (transfer full) */
char *qc_business_ask_dup_title (QcSession *session, QcBusiness business, const QcUnit *unit, QcMonth from, QcMonth to);
/* What is found and does not stand in the way. @findings: QcFinding. */
void qc_business_ask_add_warnings (QcConfirmBox *box, const GPtrArray *findings);
/*
 * Asks over @page; on yes what stands behind @token (taken) of @service is submitted, and an error is shown by the
 * window.
 * @box: what is shown. @dialog is @page's weak pointer to the question, cleared when it is gone; then @closed (@page).
 */
typedef void (*QcBusinessAskClosed) (gpointer page);
void qc_business_ask (GtkWidget *page, QcBusinessService *service, char *token, const char *title, GtkWidget *box,
                      GtkWidget **dialog, QcBusinessAskClosed closed);

G_END_DECLS
