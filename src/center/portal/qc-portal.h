/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The portal's pages: a stand-in for the province's own (P2). They work without script. Steps on database threads.
 */
#pragma once

#include "qc-oauth.h"
#include "qc-portal-sign-in.h"

G_BEGIN_DECLS

extern const QcHttpRoute qc_portal_routes[];
extern const QcHttpRoute qc_portal_consent_routes[];
extern const QcHttpRoute qc_portal_register_routes[];

/* "/portal/consent?request=…" or just the page, when @request is empty. (transfer full) */
char *qc_portal_dup_address (const char *page, const char *request);
/* @fault: NULL when there is none. (transfer full) */
QcHttpAnswer *qc_portal_sign_in_page (QcHttpCall *call, int status, const char *kind, const char *fault);
/* What a client asked for is unknown, used or over: says so. (transfer full) */
QcHttpAnswer *qc_portal_request_is_over (const QcHttpCall *call);

G_END_DECLS
