/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Other units as the center named them when somebody asked (同城转移), with the time. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-other-unit.h"

G_BEGIN_DECLS

/* All of @profile: account → QcOtherUnit. (transfer full) */
GHashTable *qc_store_receivers_get (QcConnection *connection, const char *profile, GError **error);
/* In the place of what was kept of it; one without a name is forgotten. (write) */
gboolean qc_store_receiver_put (QcConnection *connection, const char *profile, const QcOtherUnit *unit, GError **error);

G_END_DECLS
