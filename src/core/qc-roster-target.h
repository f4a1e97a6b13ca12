/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What each receiving unit gets by a roster (同城转移): of how many people, and from which month on they count there.
 * Plain values, one thread at a time.
 */
#pragma once

#include "qc-roster.h"

G_BEGIN_DECLS

typedef struct {
  char *account, *name; /* (owned) name (nullable) */
  gint64 people;
  QcMonth first, last; /* the earliest and the latest month */
} QcRosterTarget;

/* Takes QcRosterTarget. (transfer full) */
GArray *qc_roster_targets_new (void);
/* In the order in which they stand on the roster; empty where its lines name no units. (transfer full) */
GArray *qc_roster_dup_targets (const QcRoster *roster);

G_END_DECLS
