/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Movements of the unit's money, as pulled. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-movement.h"

G_BEGIN_DECLS

/* Newest first; @serial NULL = of all applications. GPtrArray of QcMovement. (transfer full) */
GPtrArray *qc_store_movements_list (QcConnection *connection, const char *profile, const char *unit, const char *serial,
                                    gint64 offset, gint64 limit, GError **error);

G_END_DECLS
