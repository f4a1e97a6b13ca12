/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the handlers of the API share: problems, who calls, and which unit. The API is data/openapi.yaml. Database
 * threads.
 */
#pragma once

#include "qc-http.h"
#include "qc-oauth.h"
#include "qc-problem.h"

G_BEGIN_DECLS

/* Ended by a route without method. */
extern const QcHttpRoute qc_oauth_routes[];
extern const QcHttpRoute qc_api_center_routes[];
extern const QcHttpRoute qc_api_business_routes[];
extern const QcHttpRoute qc_api_receiver_routes[];
extern const QcHttpRoute qc_api_upload_routes[];
extern const QcHttpRoute qc_api_phone_routes[];
extern const QcHttpRoute qc_api_practice_routes[];

/* @detail (nullable): English, for developers. (transfer full) */
QcHttpAnswer *qc_api_problem (int status, const char *code, const char *detail);
QcHttpAnswer *qc_api_problem_wait (int status, gint64 seconds);
/* What a server answers when no step does. */
QcHttpAnswer *qc_api_fallback (const QcHttpCall *call, int status);
const char *qc_api_problem_title (const char *code);

/*
 * Who calls; with @unit, only for a unit of the grant. On FALSE either @error is set or *@out is the answer (401, 403).
 */
gboolean qc_api_authorize (QcHttpCall *call, QcConnection *connection, const char *unit, QcOAuthIdentity **out_identity,
                           QcHttpAnswer **out, GError **error);

G_END_DECLS
