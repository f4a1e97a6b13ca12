/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The feeds in which a center tells what it holds of a unit, and a row of one: what the center reads from its tables,
 * what travels, and what the client writes into its own. Any thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-employee.h"
#include "qc-movement.h"
#include "qc-policy.h"
#include "qc-unit.h"

G_BEGIN_DECLS

/* In the order in which they are best pulled. */
typedef enum {
  QC_FEED_UNIT,
  QC_FEED_RATIOS,
  QC_FEED_POLICY,
  QC_FEED_CODES,
  QC_FEED_PEOPLE,
  QC_FEED_BASES,
  QC_FEED_PAID,
  QC_FEED_APPLICATIONS,
  QC_FEED_MOVEMENTS,
} QcFeed;
#define QC_N_FEEDS (QC_FEED_MOVEMENTS + 1)

const char *qc_feed_to_code (QcFeed feed); /* "unit" "ratios" "policy" … as in the path */
gboolean qc_feed_from_code (const char *code, QcFeed *out);

/* Only the members of its feed are set, and none but the key when deleted. Who makes a row says whose they are. */
typedef struct {
  QcFeed feed;
  const char *key; /* unique in the feed of the unit */
  gboolean deleted;
  const QcUnit *unit;
  const QcRatios *ratios;
  const QcPolicy *policy;
  const QcCode *code;
  const QcEmployee *employee;
  const char *person; /* bases, paid: 个人账号 */
  const QcBaseChange *base;
  gint64 time; /* bases: when it was entered, unix seconds, 0 = not told */
  const QcPaidSpan *span;
  const char *serial; /* paid: the application, (nullable): before the center kept them */
  const QcApplication *application;
  const QcMovement *movement;
} QcFeedRow;

/* Frees what @row points at, for one that owns it. */
void qc_feed_row_clear (QcFeedRow *row);

G_END_DECLS
