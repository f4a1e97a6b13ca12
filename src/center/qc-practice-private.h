/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Inside practice data: one unit with its people and history. Writer thread only.
 */
#pragma once

#include "qc-practice-data.h"

G_BEGIN_DECLS

/* What a unit is to be like. All borrowed. */
typedef struct {
  const char *account, *name, *credit_code;
  gint64 people;
  guint64 seed;
  QcMonth paid_to;     /* where history ends */
  gboolean collection; /* with an agreement */
  gboolean retroactive_base, retroactive_ratio;
  QcRatio ratio; /* both sides */
} QcPracticeUnit;

/* Row of the new unit, 0 on error. The bank account is made with 1.5 times the last month on it. */
gint64 qc_practice_unit_create (QcConnection *connection, const QcPracticeUnit *spec, GError **error);
/* People with bases, and everything that was remitted for them. */
gboolean qc_practice_people_create (QcConnection *connection, gint64 unit, const QcPracticeUnit *spec, GError **error);
/* Policies and code lists (the same for all units). */
gboolean qc_practice_policy_create (QcConnection *connection, QcMonth month, GError **error);
/* First month of the fund year @month lies in. */
QcMonth qc_practice_fund_year (QcMonth month);
/* First month of history of a unit paid to @spec->paid_to. */
QcMonth qc_practice_first_month (const QcPracticeUnit *spec);

G_END_DECLS
