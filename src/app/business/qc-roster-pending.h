/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Which months of whom stand in 补缴 of the unit that is not finished, as far as their rosters are kept here
 * (qc-lines-ahead.h); the center knows all of them. Reader thread.
 */
#pragma once

#include "qc-connection.h"
#include "qc-store-people.h"

G_BEGIN_DECLS

/* account → QcPersonHistory with nothing but what is pending. (transfer full) */
GHashTable *qc_roster_pending_read (QcConnection *connection, const char *profile, const char *unit, GError **error);
/* @func with @employee and @history, in which stands what is pending too. */
gboolean qc_roster_pending_call (GHashTable *pending, const QcEmployee *employee, const QcPersonHistory *history,
                                 QcStoreHistoryFunc func, gpointer user_data);

G_END_DECLS
