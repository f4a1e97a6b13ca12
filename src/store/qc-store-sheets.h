/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 本月与上月 of each 汇缴 as it was confirmed here, by the key it was submitted under; a text that this room does not
 * look into. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* In the transaction that puts the submission into the outbox. Those of submissions that came to nothing go. */
gboolean qc_store_sheet_put (QcConnection *connection, const char *profile, const char *unit, const char *key,
                             const char *sheet, gint64 now, GError **error);
/* @name: the key, or the 业务流水号 of what came of it. *@out NULL when none is kept. (transfer full) */
gboolean qc_store_sheet_get (QcConnection *connection, const char *profile, const char *unit, const char *name,
                             char **out, GError **error);

G_END_DECLS
