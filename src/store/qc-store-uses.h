/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The book of paper that was handed out, beside vouchers: how often each of it was. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* @subject: what it is, by a stable name: "remittance-roster 202610", "application-roster HJ…". */
gboolean qc_store_uses_get (QcConnection *connection, const char *profile, const char *unit, const char *subject,
                            gint64 *out, GError **error);
/* One more. */
gboolean qc_store_uses_add (QcConnection *connection, const char *profile, const char *unit, const char *subject,
                            GError **error);

G_END_DECLS
