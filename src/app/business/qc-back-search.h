/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who of the unit could be back-paid (qc-back-finder.h): all people go by on a thread of its own, with progress, and it
 * can be cancelled; whom the clerk chooses of what is found comes onto the roster as one step. Main context.
 */
#pragma once

#include "qc-back-finder.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

typedef struct {
  QcEmployee *person; /* (owned) */
  QcBackFound found;
} QcBackCandidate;

/* Looks at the months since @since (NONE: since the unit's first). */
void qc_back_search_async (QcRosterService *service, QcMonth since, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
/* How far the one that was begun last has come: 0 … 1. */
double qc_back_search_get_progress (QcRosterService *service);
/* QcBackCandidate, by account and month. (transfer full) */
GPtrArray *qc_back_search_finish (QcRosterService *service, GAsyncResult *result, GError **error);

/* As one step; months of a person that the roster means already are passed over. How many lines came, and their ids in
 * @ids (nullable). */
guint qc_back_search_add (QcRosterService *service, const GPtrArray *candidates, GArray *ids);

G_END_DECLS
