/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The console of center staff: plain pages under /console/. Every page needs a session of a staff account, every form
 * its CSRF token, the role for what it does, and a key of its own, so that a form sent twice is done once. Database
 * threads.
 */
#pragma once

#include "qc-engine.h"
#include "qc-portal-sign-in.h"

G_BEGIN_DECLS

extern const QcHttpRoute qc_console_routes[];
extern const QcHttpRoute qc_console_application_routes[];
extern const QcHttpRoute qc_console_review_routes[];
extern const QcHttpRoute qc_console_unit_routes[];
extern const QcHttpRoute qc_console_account_routes[];

/* Who is signed in. FALSE with *@out (a redirect to the sign-in page) or @error. */
gboolean qc_console_open (QcHttpCall *call, QcConnection *connection, QcAccount **out_account, QcHttpAnswer **out,
                          GError **error);
/* The same for a form: CSRF, and @role (NULL = any staff). */
gboolean qc_console_open_form (QcHttpCall *call, QcConnection *connection, const char *role, QcAccount **out_account,
                               QcHttpAnswer **out, GError **error);
/* Fills @engine for @unit, under the form's own key; @digest is kept by the caller. */
gboolean qc_console_fill_call (QcHttpCall *call, QcConnection *connection, const QcAccount *account, const char *unit,
                               QcEngineCall *engine, char **digest, GError **error);
/* 303 to @location with "done" when done; otherwise NULL and *@out_sentence says why not. @outcome is taken. */
QcHttpAnswer *qc_console_answer (QcOutcome *outcome, const char *location, char **out_sentence);
/* @name: of the template; @tab: "at_list" … */
QcHttpAnswer *qc_console_page (QcHttpCall *call, int status, const QcAccount *account, const char *name,
                               const char *title, const char *tab, QcHtml *values);

/* Sets "reference" to what was entered, or in practice to the number the made-up bank gives to the next transfer. */
gboolean qc_console_add_reference (QcHtml *values, const QcHttpCall *call, QcConnection *connection, const char *unit,
                                   GError **error);

/* "timeline": what happened, by whom and when. */
void qc_console_add_timeline (QcHtml *values, const QcApplication *application);

/* Chinese words of the trade. Borrowed. */
const char *qc_console_state_word (QcApplicationState state);
const char *qc_console_draw_word (QcDrawResult draw);
const char *qc_console_method_word (QcMethod method);
const char *qc_console_business_word (QcBusiness business);
const char *qc_console_event_word (const char *event);
/* "2026年11月". (transfer full) */
char *qc_console_dup_month (QcMonth month);
char *qc_console_dup_months (QcMonth start, QcMonth end);

G_END_DECLS
