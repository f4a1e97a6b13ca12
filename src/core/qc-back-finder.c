/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who could be back-paid; see the header. A hundred thousand people with ten years each pass by: what counts for
 * everybody in a month is looked up once, and amounts are computed where base or terms change.
 */
#include "qc-back-finder.h"
#include "qc-contribution.h"
#include "qc-month.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What counts in one month for everybody. */
typedef struct {
  QcMonth month;
  const QcPolicy *policy; /* NULL: nothing can be computed */
  const QcRatios *ratios;
} Terms;

/* One month of the present person. */
typedef struct {
  QcMoney paid_unit, paid_personal, base;
} Paid;

struct _QcBackFinder {
  guint n;
  Terms terms[QC_BACK_PAYMENT_MAX_MONTHS];
  Paid paid[QC_BACK_PAYMENT_MAX_MONTHS];
};

const char *
qc_back_found_kind_to_msgid (QcBackFoundKind kind)
{
  static const char *const words[QC_N_BACK_FOUND_KINDS] = {
      [QC_BACK_FOUND_MISSED] = N_ ("Missed"),
      [QC_BACK_FOUND_LATE_OPENED] = N_ ("Opened late"),
      [QC_BACK_FOUND_LATE_UNSEALED] = N_ ("Unsealed late"),
      [QC_BACK_FOUND_SHORT] = N_ ("Less paid than is due"),
  };
  g_return_val_if_fail ((guint)kind < QC_N_BACK_FOUND_KINDS, NULL);
  return words[kind];
}

QcBackFinder *
qc_back_finder_new (const QcRosterFacts *facts, QcMonth since)
{
  QcBackFinder *finder = g_new0 (QcBackFinder, 1);
  QcMonth last = facts->unit->paid_to, first = MAX (since, facts->unit->first_month);
  if (last == QC_MONTH_NONE || first == QC_MONTH_NONE || first > last)
    return finder;
  first = MAX (first, qc_month_add (last, 1 - QC_BACK_PAYMENT_MAX_MONTHS));
  for (QcMonth month = first; month <= last; month = qc_month_add (month, 1))
    finder->terms[finder->n++]
        = (Terms) {month, qc_policy_at (facts->policies, month), qc_ratios_at (facts->ratios, month)};
  return finder;
}

void
qc_back_finder_free (QcBackFinder *finder)
{
  g_free (finder);
}

/* What was paid and which base counts, for each month. */
static void
spread (QcBackFinder *finder, const QcPersonHistory *history)
{
  QcMonth first = finder->terms[0].month;
  memset (finder->paid, 0, finder->n * sizeof *finder->paid);
  for (guint i = 0; i < history->spans->len; i++) {
    const QcPaidSpan *span = &g_array_index (history->spans, QcPaidSpan, i);
    int from = MAX (qc_month_diff (first, span->from), 0);
    int to = MIN (qc_month_diff (first, span->to), (int)finder->n - 1);
    for (int at = from; at <= to; at++) {
      finder->paid[at].paid_unit += span->unit;
      finder->paid[at].paid_personal += span->personal;
    }
  }
  guint row = 0;
  QcMoney base = 0;
  for (guint i = 0; i < finder->n; i++) {
    while (row < history->bases->len
           && g_array_index (history->bases, QcBaseChange, row).from <= finder->terms[i].month)
      base = g_array_index (history->bases, QcBaseChange, row++).base;
    finder->paid[i].base = base;
  }
}

static gboolean
is_pending (const QcPersonHistory *history, QcMonth month)
{
  for (guint i = 0; i < history->pending->len; i++) {
    const QcPendingMonths *pending = g_ptr_array_index (history->pending, i);
    if (pending->from <= month && month <= pending->to)
      return TRUE;
  }
  return FALSE;
}

/* Whether nothing had to be paid for @person in @month, as far as the account tells. */
static gboolean
is_idle (const QcEmployee *person, QcMonth month)
{
  if (person->status == QC_PERSON_SEALED && month >= person->status_from)
    return TRUE;
  return qc_retirement_state (person->birth, person->sex, person->retirement_class, person->authorized_until, month,
                              NULL)
         == QC_RETIREMENT_STATE_RETIRED;
}

/* Why nothing was paid in @month; FALSE: no wonder. */
static gboolean
explain (const QcEmployee *person, const QcPersonHistory *history, QcMonth month, QcBackFoundKind *out)
{
  if (month < person->opened) { /* how long before nobody knows: one month is said, the clerk says the rest */
    *out = QC_BACK_FOUND_LATE_OPENED;
    return !history->elsewhere && month == qc_month_add (person->opened, -1);
  }
  if (is_idle (person, month))
    return FALSE;
  *out = person->status == QC_PERSON_NORMAL && month < person->status_from ? QC_BACK_FOUND_LATE_UNSEALED
                                                                           : QC_BACK_FOUND_MISSED;
  return TRUE;
}

static void
add (GArray *out, guint before, const QcBackFound *month)
{
  QcBackFound *last = out->len > before ? &g_array_index (out, QcBackFound, out->len - 1) : NULL;
  if (last == NULL || last->kind != month->kind || last->base != month->base
      || qc_month_add (last->to, 1) != month->from) {
    g_array_append_vals (out, month, 1);
    return;
  }
  last->to = month->to;
  last->unit += month->unit;
  last->personal += month->personal;
}

void
qc_back_finder_look (QcBackFinder *finder, const QcEmployee *person, const QcPersonHistory *history, GArray *out)
{
  if (finder->n == 0 || (person->status != QC_PERSON_NORMAL && person->status != QC_PERSON_SEALED)
      || history->bases->len == 0)
    return;
  spread (finder, history);
  QcMoney first_base = g_array_index (history->bases, QcBaseChange, 0).base, base = 0;
  const Terms *before = NULL;
  QcContribution due = {0, 0};
  guint begin = out->len;
  for (guint i = 0; i < finder->n; i++) {
    const Terms *terms = &finder->terms[i];
    const Paid *paid = &finder->paid[i];
    QcMoney meant = paid->base > 0 ? 0 : first_base;
    if (terms->policy == NULL || terms->ratios == NULL || paid->base + meant <= 0)
      continue;
    if (before == NULL || before->policy != terms->policy || before->ratios != terms->ratios
        || base != paid->base + meant)
      due = qc_contribution_compute (base = paid->base + meant, terms->ratios, terms->policy);
    before = terms;
    QcBackFound month = {
        .kind = QC_BACK_FOUND_SHORT,
        .from = terms->month,
        .to = terms->month,
        .base = meant,
        .unit = MAX (0, due.unit - paid->paid_unit),
        .personal = MAX (0, due.personal - paid->paid_personal),
    };
    if (month.unit + month.personal == 0 || is_pending (history, month.from))
      continue;
    if (paid->paid_unit + paid->paid_personal > 0 || explain (person, history, month.from, &month.kind))
      add (out, begin, &month);
  }
}

static const char *
find_reason (const GPtrArray *codes, gboolean difference)
{
  for (guint i = 0; codes != NULL && i < codes->len; i++) {
    const QcCode *code = g_ptr_array_index (codes, i);
    if (g_str_equal (code->list, "back-payment-reason") && !code->needs_text
        && (code->difference != FALSE) == (difference != FALSE))
      return code->code;
  }
  return NULL;
}

QcRosterLine *
qc_back_found_new_line (const QcRosterFacts *facts, const QcEmployee *person, const QcBackFound *found)
{
  QcRosterLine *line = qc_roster_line_new ();
  qc_roster_line_see (line, person);
  qc_line_set_text (line, QC_LINE_REASON, find_reason (facts->codes, found->kind == QC_BACK_FOUND_SHORT));
  line->from = found->from;
  line->to = found->to;
  line->new_base = found->base;
  qc_roster_line_pack (line);
  qc_rules_roster_complete (QC_BUSINESS_BACK_PAYMENT, facts, line);
  return line;
}
