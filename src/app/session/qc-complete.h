/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whether all of a unit is here: figures over its people are given only then. Inside app; reader thread.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* QC_APP_ERROR_INCOMPLETE until every feed of @unit was pulled once. */
gboolean qc_complete_check (QcConnection *connection, const char *profile, const char *unit, GError **error);

G_END_DECLS
