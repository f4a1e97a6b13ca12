/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The rosters of a unit's applications that are not on this computer, fetched one after the other because somebody
 * asked, so that what was done for a person can be looked up. Ends at the first that cannot be fetched; what came
 * stays. Main context.
 */
#pragma once

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_ROSTER_FETCH (qc_roster_fetch_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterFetch, qc_roster_fetch, QC, ROSTER_FETCH, GObject)

/* Of the unit that is chosen; begins at once. Signal "changed". */
QcRosterFetch *qc_roster_fetch_new (QcSession *session);
gboolean qc_roster_fetch_is_running (QcRosterFetch *self);
/* How many were looked through, of how many; 0 of 0 before that is known. */
guint qc_roster_fetch_get_done (QcRosterFetch *self);
guint qc_roster_fetch_get_all (QcRosterFetch *self);
const GError *qc_roster_fetch_get_error (QcRosterFetch *self); /* (nullable) */

G_END_DECLS
