/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Retirement: every row of domain notes 6.5, and how a person stands in a month (decision 10, R10).
 */
#include "qc-month.h"
#include "qc-retirement.h"

static void
test_vectors (void)
{
  static const struct {
    QcMonth birth;
    QcRetirementClass klass;
    int delay, age_months;
    QcMonth month;
  } rows[] = {
      {196412, QC_RETIREMENT_MEN_60, 0, 720, 202412},    {196501, QC_RETIREMENT_MEN_60, 1, 721, 202502},
      {196504, QC_RETIREMENT_MEN_60, 1, 721, 202505},    {196505, QC_RETIREMENT_MEN_60, 2, 722, 202507},
      {196608, QC_RETIREMENT_MEN_60, 5, 725, 202701},    {197001, QC_RETIREMENT_MEN_60, 16, 736, 203105},
      {197608, QC_RETIREMENT_MEN_60, 35, 755, 203907},   {197609, QC_RETIREMENT_MEN_60, 36, 756, 203909},
      {199001, QC_RETIREMENT_MEN_60, 36, 756, 205301},   {196912, QC_RETIREMENT_WOMEN_55, 0, 660, 202412},
      {197001, QC_RETIREMENT_WOMEN_55, 1, 661, 202502},  {197005, QC_RETIREMENT_WOMEN_55, 2, 662, 202507},
      {198108, QC_RETIREMENT_WOMEN_55, 35, 695, 203907}, {198109, QC_RETIREMENT_WOMEN_55, 36, 696, 203909},
      {197412, QC_RETIREMENT_WOMEN_50, 0, 600, 202412},  {197501, QC_RETIREMENT_WOMEN_50, 1, 601, 202502},
      {197502, QC_RETIREMENT_WOMEN_50, 1, 601, 202503},  {197503, QC_RETIREMENT_WOMEN_50, 2, 602, 202505},
      {198012, QC_RETIREMENT_WOMEN_50, 36, 636, 203312}, {198410, QC_RETIREMENT_WOMEN_50, 59, 659, 203909},
      {198411, QC_RETIREMENT_WOMEN_50, 60, 660, 203911}, {196501, QC_RETIREMENT_WOMEN_60, 1, 721, 202502},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcRetirement r = qc_retirement_compute (rows[i].birth, rows[i].klass);
    g_test_message ("%d %s", rows[i].birth, qc_retirement_class_to_code (rows[i].klass));
    g_assert_cmpint (r.delay, ==, rows[i].delay);
    g_assert_cmpint (r.age_months, ==, rows[i].age_months);
    g_assert_cmpint (r.month, ==, rows[i].month);
  }
}

#define MAN     QC_SEX_MALE
#define WOMAN   QC_SEX_FEMALE
#define NOBODY  QC_SEX_UNKNOWN
#define UNKNOWN QC_RETIREMENT_UNKNOWN

static void
test_states (void)
{
  static const struct {
    QcDate birth;
    QcSex sex;
    QcRetirementClass klass;
    QcMonth until, month;
    QcRetirementState state;
    QcMonth statutory;
  } rows[] = {
      /* a man born 1966-08 retires 2027-01: that month is still remitted */
      {19660815, MAN, UNKNOWN, 0, 202701, QC_RETIREMENT_STATE_WORKING, 202701},
      {19660815, MAN, UNKNOWN, 0, 202702, QC_RETIREMENT_STATE_RETIRED, 202701},
      {19660815, MAN, UNKNOWN, 202712, 202712, QC_RETIREMENT_STATE_AUTHORIZED, 202701},
      {19660815, MAN, UNKNOWN, 202712, 202801, QC_RETIREMENT_STATE_RETIRED, 202701},
      /* never more than 36 months, whatever is stored */
      {19660815, MAN, UNKNOWN, 209912, 203001, QC_RETIREMENT_STATE_AUTHORIZED, 202701},
      {19660815, MAN, UNKNOWN, 209912, 203002, QC_RETIREMENT_STATE_RETIRED, 202701},
      /* a class does not make a man retire earlier */
      {19660815, MAN, QC_RETIREMENT_WOMEN_50, 0, 202701, QC_RETIREMENT_STATE_WORKING, 202701},
      /* a woman born 1975-03: 50 → 2025-05, 55 → 2031-07 */
      {19750301, WOMAN, QC_RETIREMENT_WOMEN_50, 0, 202505, QC_RETIREMENT_STATE_WORKING, 202505},
      {19750301, WOMAN, QC_RETIREMENT_WOMEN_50, 0, 202506, QC_RETIREMENT_STATE_RETIRED, 202505},
      {19750301, WOMAN, QC_RETIREMENT_WOMEN_55, 0, 202506, QC_RETIREMENT_STATE_WORKING, 203107},
      {19750301, WOMAN, UNKNOWN, 0, 202505, QC_RETIREMENT_STATE_WORKING, 0},
      {19750301, WOMAN, UNKNOWN, 0, 202506, QC_RETIREMENT_STATE_ASK, 0},
      {19750301, WOMAN, UNKNOWN, 202512, 202506, QC_RETIREMENT_STATE_AUTHORIZED, 0},
      {19750301, WOMAN, UNKNOWN, 202512, 202512, QC_RETIREMENT_STATE_AUTHORIZED, 0},
      {19750301, WOMAN, UNKNOWN, 202512, 202601, QC_RETIREMENT_STATE_ASK, 0},
      {19750301, WOMAN, UNKNOWN, 209912, 202805, QC_RETIREMENT_STATE_AUTHORIZED, 0},
      {19750301, WOMAN, UNKNOWN, 209912, 202806, QC_RETIREMENT_STATE_ASK, 0},
      {19750301, WOMAN, UNKNOWN, 0, 203710, QC_RETIREMENT_STATE_ASK, 0},
      {19750301, WOMAN, UNKNOWN, 0, 203711, QC_RETIREMENT_STATE_RETIRED, 203710},
      {19750301, WOMAN, UNKNOWN, 203712, 203712, QC_RETIREMENT_STATE_AUTHORIZED, 203710},
      {19750301, WOMAN, UNKNOWN, 203712, 203801, QC_RETIREMENT_STATE_RETIRED, 203710},
      {19750301, NOBODY, UNKNOWN, 0, 202506, QC_RETIREMENT_STATE_ASK, 0},
      /* past every class it no longer matters */
      {19550301, WOMAN, UNKNOWN, 0, 202506, QC_RETIREMENT_STATE_RETIRED, 201503},
      /* nothing to judge by */
      {0, WOMAN, UNKNOWN, 0, 202506, QC_RETIREMENT_STATE_WORKING, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    QcMonth statutory = -1;
    g_assert_cmpint (
        qc_retirement_state (rows[i].birth, rows[i].sex, rows[i].klass, rows[i].until, rows[i].month, &statutory), ==,
        rows[i].state);
    g_assert_cmpint (statutory, ==, rows[i].statutory);
  }
}

/* Later births never retire earlier, and once retired one stays so. */
static void
test_monotone (void)
{
  for (int klass = QC_RETIREMENT_MEN_60; klass <= QC_RETIREMENT_WOMEN_60; klass++) {
    QcMonth before = 0;
    for (QcMonth birth = 195001; birth < 200001; birth = qc_month_add (birth, 1)) {
      QcMonth month = qc_retirement_compute (birth, (QcRetirementClass)klass).month;
      g_assert_cmpint (month, >, before);
      before = month;
    }
  }
}

static void
test_codes (void)
{
  for (int klass = QC_RETIREMENT_UNKNOWN; klass <= QC_RETIREMENT_WOMEN_60; klass++) {
    QcRetirementClass back;
    g_assert_true (qc_retirement_class_from_code (qc_retirement_class_to_code ((QcRetirementClass)klass), &back));
    g_assert_cmpint (back, ==, klass);
  }
  QcRetirementClass unused;
  g_assert_false (qc_retirement_class_from_code ("women-45", &unused));
  g_assert_false (qc_retirement_class_from_code ("", &unused));
  g_assert_false (qc_retirement_class_from_code (NULL, &unused));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/retirement/vectors", test_vectors);
  g_test_add_func ("/core/retirement/states", test_states);
  g_test_add_func ("/core/retirement/monotone", test_monotone);
  g_test_add_func ("/core/retirement/codes", test_codes);
  return g_test_run ();
}
