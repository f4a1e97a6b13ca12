/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the center said of the unit itself, as pulled. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-unit.h"

G_BEGIN_DECLS

/* *@out NULL when nothing was pulled yet. (transfer full) */
gboolean qc_store_unit_get (QcConnection *connection, const char *profile, const char *unit, QcUnit **out,
                            GError **error);

G_END_DECLS
