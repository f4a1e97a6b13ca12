/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Inside practice data: one unit with its people and history. Writer thread only.
 */
#pragma once

#include "qc-practice-data.h"
#include "qc-practice-names.h"

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

/* What making people goes by. */
typedef struct {
  const QcPracticeUnit *spec;
  QcPracticeRandom random;
  QcMonth first; /* of the unit's history */
  int n_months;
  GArray *policies; /* (owned by whoever made this) */
} QcPracticeMaker;

#define QC_PRACTICE_MAX_BASES 6
typedef struct {
  QcEmployee e; /* strings point to the arrays below, but for the name, which is owned */
  char account[24], document[32], mobile[16];
  QcBaseChange bases[QC_PRACTICE_MAX_BASES];
  guint n_bases;
  QcMonth gap_from, gap_to; /* not remitted in between; 0 = no gap */
  QcMoney paid;
} QcPracticePerson;

/* Fills the zeroed @person, number @index of the unit, @number of the center; a resident ID is left to the caller. */
void qc_practice_person_make (QcPracticeMaker *maker, gint64 index, gint64 number, QcPracticePerson *person);

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
