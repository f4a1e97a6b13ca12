/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Policy rows, the unit's ratios by month, and code lists, as pulled. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-policy.h"

G_BEGIN_DECLS

/* GArray of QcPolicy ordered by month; empty before the first pull. (transfer full) */
GArray *qc_store_policies_get (QcConnection *connection, const char *profile, const char *unit, GError **error);
/* GArray of QcRatios ordered by month. (transfer full) */
GArray *qc_store_ratios_get (QcConnection *connection, const char *profile, const char *unit, GError **error);
/* Codes of @list ("seal-reason" …) in their order; NULL = all lists. GPtrArray of QcCode. (transfer full) */
GPtrArray *qc_store_codes_get (QcConnection *connection, const char *profile, const char *unit, const char *list,
                               GError **error);

G_END_DECLS
