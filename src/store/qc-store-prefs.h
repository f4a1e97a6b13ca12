/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Remembered choices per profile (level, city, department, last unit …) and answers the clerk gave once. Small texts by
 * name. Database threads only.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

#define QC_STORE_PREF_LEVEL      "level"
#define QC_STORE_PREF_CITY       "city"
#define QC_STORE_PREF_DEPARTMENT "department"
#define QC_STORE_PREF_LAST_UNIT  "last-unit"

/* @profile "" = of the program itself. *@out NULL when never set. (transfer full) */
gboolean qc_store_prefs_get (QcConnection *connection, const char *profile, const char *name, char **out,
                             GError **error);
/* NULL @value forgets it. */
gboolean qc_store_prefs_set (QcConnection *connection, const char *profile, const char *name, const char *value,
                             GError **error);

G_END_DECLS
