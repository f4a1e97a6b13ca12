/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What can be read of a damaged database comes into a new one: the clerk's own, that is drafts, outbox, journal,
 * preferences and vouchers; what the center said is pulled anew. Any thread but the main one.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  gint64 drafts, waiting, entries, vouchers; /* that came over */
  GPtrArray *incomplete;                     /* (owned) char*: names of drafts of which lines are missing */
} QcStoreSalvage;
void qc_store_salvage_free (QcStoreSalvage *salvage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreSalvage, qc_store_salvage_free)

/*
 * @path: the new database, made if need be and not open elsewhere. @damaged stays as it is. What waits is asked about
 * before it is sent: its state may be an older one. NULL when nothing could be read at all, and then nothing was
 * written. (transfer full) (nullable)
 */
QcStoreSalvage *qc_store_salvage (const char *path, const char *damaged, gint64 now, GError **error);

G_END_DECLS
