/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * On which rosters somebody of a name stands: of the drafts, which what waits still has, and of the applications whose
 * lines are kept here. Inside app; database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  GHashTable *drafts; /* (owned) gint64 */
  GString *serials;   /* (owned) a blank before and behind each */
} QcRosterNames;

/* @text: a part of the name, folded. NULL on error. (transfer full) */
QcRosterNames *qc_roster_names_find (QcConnection *connection, const char *profile, const char *unit, const char *text,
                                     GError **error);
void qc_roster_names_free (QcRosterNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterNames, qc_roster_names_free)

G_END_DECLS
