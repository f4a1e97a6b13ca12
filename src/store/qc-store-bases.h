/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The base history of one person. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-employee.h"

G_BEGIN_DECLS

/* GArray of QcBaseChange ordered by month. (transfer full) */
GArray *qc_store_bases_get (QcConnection *connection, const char *profile, const char *unit, const char *account,
                            GError **error);

G_END_DECLS
