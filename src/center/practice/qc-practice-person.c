/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One made-up person: age, sex and class, bases over the years, and what happened to the account (opened late, sealed,
 * sealed for a while). Deterministic, no database. Any thread.
 */
#include "qc-month.h"
#include "qc-practice-private.h"

static int
below (QcPracticeMaker *m, int n)
{
  return qc_practice_random_below (&m->random, n);
}

static gboolean
percent (QcPracticeMaker *m, int p)
{
  return qc_practice_random_percent (&m->random, p);
}

/* Most are between 22 and 58; some stand around the ages at which people retire. */
static QcDate
make_birth (QcPracticeMaker *m, gint64 index, QcSex sex)
{
  QcMonth due = qc_month_add (m->spec->paid_to, 1);
  int months = 22 * 12 + below (m, 27 * 12);
  int day = 1 + below (m, 28);
  gboolean near = index == 0 || index == 1 || percent (m, 5);
  if (near && sex == QC_SEX_MALE)
    months = 60 * 12 - 6 + below (m, 14);
  else if (near)
    months = (percent (m, 50) ? 50 : 55) * 12 - 6 + below (m, 14);
  return qc_month_add (due, -months) * 100 + day;
}

static QcRetirementClass
make_class (QcPracticeMaker *m, QcSex sex)
{
  int roll = below (m, 100);
  if (sex == QC_SEX_MALE)
    return QC_RETIREMENT_MEN_60;
  if (roll < 40)
    return QC_RETIREMENT_UNKNOWN;
  return roll < 70 ? QC_RETIREMENT_WOMEN_50 : roll < 98 ? QC_RETIREMENT_WOMEN_55 : QC_RETIREMENT_WOMEN_60;
}

static QcMoney
clamp_base (QcPracticeMaker *m, QcMoney base, QcMonth month)
{
  const QcPolicy *policy = qc_policy_at (m->policies, month);
  return CLAMP (base, policy->base_floor, policy->base_cap);
}

static QcMoney
make_base (QcPracticeMaker *m, QcMonth month)
{
  QcMoney yuan
      = 2000 + below (m, 4000) + (percent (m, 30) ? below (m, 6000) : 0) + (percent (m, 6) ? below (m, 14000) : 0);
  return clamp_base (m, yuan * 100 + (percent (m, 20) ? below (m, 100) : 0), month);
}

static void
add_base (QcPracticePerson *p, QcMonth from, QcMoney base, gboolean retroactive)
{
  QcBaseChange row = {from, base, retroactive};
  if (p->n_bases > 0 && p->bases[p->n_bases - 1].from == from)
    p->n_bases--;
  g_assert (p->n_bases < QC_PRACTICE_MAX_BASES);
  p->bases[p->n_bases++] = row;
}

/* The base of the opening month, a new one each fund year, and sometimes a change in the month that is due. */
static void
make_bases (QcPracticeMaker *m, QcPracticePerson *p, gint64 index)
{
  QcMonth due = qc_month_add (m->spec->paid_to, 1);
  QcMonth late = qc_month_add (m->spec->paid_to, -1);
  QcMoney base = make_base (m, p->e.opened);
  add_base (p, p->e.opened, base, FALSE);
  for (QcMonth year = qc_month_add (m->first, 12); year <= m->spec->paid_to; year = qc_month_add (year, 12)) {
    base = clamp_base (m, base + base * below (m, 8) / 100 / 100 * 100, year);
    if (year > p->e.opened)
      add_base (p, year, base, FALSE);
  }
  if (m->spec->retroactive_base && (index == 10 || index == 11) && p->e.opened < late)
    add_base (p, late, clamp_base (m, base + 60000, late), TRUE);
  else if (percent (m, 2))
    add_base (p, due, clamp_base (m, base + 35000, due), FALSE);
  p->e.base = qc_base_at (p->bases, p->n_bases, due);
}

/* 正常 all along, opened late, opened just now, sealed, sealed just now, or sealed for a while in between. */
static void
make_status (QcPracticeMaker *m, QcPracticePerson *p, gint64 index)
{
  QcMonth due = qc_month_add (m->spec->paid_to, 1);
  int roll = index < 10 ? 50 : below (m, 100);
  int n = MAX (m->n_months - 1, 1);
  p->e.status = QC_PERSON_NORMAL;
  p->e.opened = roll < 20 ? qc_month_add (m->first, below (m, n)) : m->first;
  p->e.status_from = p->e.opened;
  if (index == 12 || roll == 98) {
    p->e.opened = p->e.status_from = due;
  } else if (index == 13 || roll == 97) {
    p->e.status = QC_PERSON_SEALED;
    p->e.status_from = due;
  } else if (roll >= 90 && roll < 97) {
    p->e.status = QC_PERSON_SEALED;
    p->e.status_from = qc_month_add (p->e.opened, 1 + below (m, n));
    p->e.status_from = MIN (p->e.status_from, due);
  } else if (index == 16) { /* 漏缴: was left out of two months, though 正常 */
    p->gap_from = qc_month_add (m->spec->paid_to, -3);
    p->gap_to = qc_month_add (m->spec->paid_to, -2);
  } else if (index == 14 || roll >= 86) {
    p->gap_from = qc_month_add (m->first, 1 + below (m, n));
    p->gap_to = qc_month_add (p->gap_from, below (m, 5));
    p->gap_from = MAX (p->gap_from, p->e.opened);
    p->gap_to = MIN (p->gap_to, m->spec->paid_to);
    if (p->gap_from <= p->gap_to)
      p->e.status_from = qc_month_add (p->gap_to, 1);
  }
}

static void
make_authorized (QcPracticeMaker *m, QcPracticePerson *p)
{
  if (p->e.retirement_class == QC_RETIREMENT_UNKNOWN)
    return;
  QcMonth statutory = qc_retirement_compute (qc_date_month (p->e.birth), p->e.retirement_class).month;
  if (statutory <= qc_month_add (m->spec->paid_to, 2) && percent (m, 25))
    p->e.authorized_until = qc_month_add (statutory, 12 + below (m, QC_RETIREMENT_MAX_AUTHORIZED - 12));
}

void
qc_practice_person_make (QcPracticeMaker *m, gint64 index, gint64 number, QcPracticePerson *p)
{
  p->e.sex = index == 0 ? QC_SEX_MALE : index == 1 || percent (m, 46) ? QC_SEX_FEMALE : QC_SEX_MALE;
  p->e.birth = make_birth (m, index, p->e.sex);
  p->e.retirement_class = index == 1 ? QC_RETIREMENT_UNKNOWN : make_class (m, p->e.sex);
  p->e.name = qc_practice_name (&m->random, index, p->e.sex);
  make_status (m, p, index);
  make_bases (m, p, index);
  make_authorized (m, p);
  g_snprintf (p->account, sizeof p->account, "2311%010" G_GINT64_FORMAT, number);
  p->e.account = p->account;
  p->e.document_type = (char *)(index == 15 ? "03" : "01"); /* one comes with a passport */
  if (index == 15)
    g_snprintf (p->document, sizeof p->document, "P%08" G_GINT64_FORMAT, number);
  p->e.document = p->document;
  if (percent (m, 85)) {
    g_snprintf (p->mobile, sizeof p->mobile, "13%09d", below (m, 1000000000));
    p->e.mobile = p->mobile;
  }
}
