/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴: each rule sentence of guide 3.1 and each decision that rules can judge is a row: what is set, and exactly which
 * findings come of it.
 */
#include "qc-month.h"
#include "qc-rules-remittance.h"

#include <string.h>

#define TERMS "sha256:0"

/* A unit in order: paid up to 202609, 托收 with enough money, today in 202611, 202610-202611 to be remitted. */
typedef struct {
  QcUnit *unit;
  GArray *policies, *ratios, *months;
  GPtrArray *open;
  QcRemittanceFacts facts;
  QcRemittanceClaim *claim;
} Case;

static void
add_line (GArray *months, QcMonth month, gint64 people, QcMoney fen)
{
  QcMonthLine line = {.month = month,
                      .unit_fen = fen / 2,
                      .personal_fen = fen - fen / 2,
                      .people = people,
                      .added_people = people,
                      .added_fen = fen};
  g_array_append_val (months, line);
}

static void
set_up (Case *c, gconstpointer data)
{
  QcPolicy policy = {.from = 202001, .unit_rounding = QC_ROUNDING_HALF_UP_YUAN};
  QcRatios ratios = {.from = 202001, .unit = 1200, .personal = 1200};
  c->unit = qc_unit_new ();
  c->unit->first_month = 202001;
  c->unit->paid_to = 202609;
  c->unit->agreement_account = g_strdup ("08123456789");
  c->unit->agreement_balance = 1000000;
  c->unit->agreement_balance_time = G_GINT64_CONSTANT (1793548800);
  c->policies = g_array_new (FALSE, TRUE, sizeof (QcPolicy));
  c->ratios = g_array_new (FALSE, TRUE, sizeof (QcRatios));
  c->months = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  g_array_append_val (c->policies, policy);
  g_array_append_val (c->ratios, ratios);
  add_line (c->months, 202610, 3, 379600);
  add_line (c->months, 202611, 3, 397600);
  c->open = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_application_free);
  c->facts = (QcRemittanceFacts) {.unit = c->unit,
                                  .policies = c->policies,
                                  .ratios = c->ratios,
                                  .current_month = 202611,
                                  .open = c->open,
                                  .months = c->months,
                                  .balance_known = TRUE};
  c->claim = qc_remittance_claim_new ();
  c->claim->method = QC_METHOD_COLLECTION;
  c->claim->start = 202610;
  c->claim->end = 202611;
  c->claim->terms = g_strdup (TERMS);
  g_array_append_vals (c->claim->months, c->months->data, c->months->len);
}

static void
tear_down (Case *c, gconstpointer data)
{
  qc_unit_free (c->unit);
  g_array_unref (c->policies);
  g_array_unref (c->ratios);
  g_array_unref (c->months);
  g_ptr_array_unref (c->open);
  qc_remittance_claim_free (c->claim);
}

static QcPolicy *
policy (Case *c)
{
  return &g_array_index (c->policies, QcPolicy, 0);
}

static void
add_open (Case *c, QcBusiness business, QcApplicationState state)
{
  QcApplication *open = qc_application_new ();
  open->serial = g_strdup ("20261101000042");
  open->business = business;
  open->state = state;
  open->people = 2;
  g_ptr_array_add (c->open, open);
}

static void
no_agreement (Case *c)
{
  g_clear_pointer (&c->unit->agreement_account, g_free);
}

typedef struct {
  const char *what;
  void (*set) (Case *c);
  const char *codes; /* worst first, separated by blanks */
} Row;

/* clang-format off */
static void nothing (Case *c) { }
/* item 1 */
static void method_none (Case *c) { c->claim->method = QC_METHOD_NONE; }
static void collection_without (Case *c) { no_agreement (c); }
static void transfer_without (Case *c) { no_agreement (c); c->claim->method = QC_METHOD_TRANSFER; }
static void transfer_with (Case *c) { c->claim->method = QC_METHOD_TRANSFER; }
/* unit status */
static void unit_opened (Case *c) { c->unit->status = QC_UNIT_OPENED; }
static void unit_deferred (Case *c) { c->unit->status = QC_UNIT_DEFERRED; }
static void unit_closed (Case *c) { c->unit->status = QC_UNIT_CLOSED; }
static void unit_sealed (Case *c) { c->unit->status = QC_UNIT_SEALED; }
static void unit_other (Case *c) { c->unit->status = QC_UNIT_OTHER; }
/* item 2 */
static void start_later (Case *c) { c->claim->start = c->claim->end = 202611; }
static void start_paid (Case *c) { c->claim->start = 202609; }
static void all_paid (Case *c) { c->unit->paid_to = 202611; }
static void never_paid (Case *c) { c->unit->paid_to = QC_MONTH_NONE; c->unit->first_month = 202610; }
static void no_first_month (Case *c) { c->unit->paid_to = c->unit->first_month = QC_MONTH_NONE; }
static void end_before (Case *c) { c->claim->end = 202609; }
static void end_after (Case *c) { c->claim->end = 202612; }
static void end_ahead (Case *c) { policy (c)->months_ahead = 1; c->claim->end = 202612; }
static void end_too_far_ahead (Case *c) { policy (c)->months_ahead = 1; c->claim->end = 202701; }
static void not_yet (Case *c) { c->unit->paid_to = 202611; c->claim->start = c->claim->end = 202612; }
static void bad_month (Case *c) { c->claim->end = 202613; }
static void many_months (Case *c) { c->unit->paid_to = 201001; c->claim->start = 201002; }
/* blocking */
static void unfinished (Case *c) { add_open (c, QC_BUSINESS_REMITTANCE, QC_STATE_REGISTERED); }
static void finished (Case *c) { add_open (c, QC_BUSINESS_REMITTANCE, QC_STATE_FINISHED); }
static void deleted (Case *c) { add_open (c, QC_BUSINESS_REMITTANCE, QC_STATE_DELETED); }
static void opening (Case *c) { add_open (c, QC_BUSINESS_ACCOUNT_OPENING, QC_STATE_IN_REVIEW); }
static void opening_blocks (Case *c) { opening (c); policy (c)->in_flight_blocks = TRUE; }
static void back_payment (Case *c) { add_open (c, QC_BUSINESS_BACK_PAYMENT, QC_STATE_ACCEPTED); }
static void returned (Case *c) { add_open (c, QC_BUSINESS_BACK_PAYMENT, QC_STATE_RETURNED); }
/* item 3 */
static void nobody (Case *c) { g_array_index (c->months, QcMonthLine, 1) = (QcMonthLine){ .month = 202611 }; }
static void zero (Case *c) { g_array_index (c->months, QcMonthLine, 1) = (QcMonthLine){ .month = 202611, .people = 1, .added_people = 1 }; }
static void unbalanced (Case *c) { g_array_index (c->months, QcMonthLine, 1).added_fen++; }
static void no_policy (Case *c) { policy (c)->from = 202611; }
static void no_policy_at_all (Case *c) { g_array_set_size (c->policies, 0); }
static void no_ratio (Case *c) { g_array_index (c->ratios, QcRatios, 0).from = 202611; }
static void no_base (Case *c) { c->facts.missing = 2; }
static void overflow (Case *c) { g_array_index (c->months, QcMonthLine, 1).unit_fen = G_MAXINT64 - 1; }
static void overflowed (Case *c) { c->facts.overflowed = TRUE; }
/* item 6 */
static void balance_low (Case *c) { c->unit->agreement_balance = 777199; }
static void balance_equal (Case *c) { c->unit->agreement_balance = 777200; }
static void balance_unknown (Case *c) { c->unit->agreement_balance = -1; }
static void balance_not_known (Case *c) { c->facts.balance_known = FALSE; }
static void balance_not_looked_at (Case *c) { transfer_without (c); c->unit->agreement_balance = 0; c->unit->balance = 0; }
static void suspense (Case *c) { c->unit->suspense = 100; }
/* item 7 */
static void left_out (Case *c) { c->facts.left_out = 2; }
static void unanswered (Case *c) { c->facts.unanswered = 1; }
static void base_pending (Case *c) { c->facts.base_pending = 1; }
static void queued (Case *c) { c->facts.queued = 3; }
static void everything (Case *c) { unanswered (c); left_out (c); balance_low (c); unit_sealed (c); }
static void before_computed (Case *c) { c->facts.months = NULL; }

static const Row rows[] = {
  { "in order", nothing, "" },
  { "选择缴存方式: none chosen", method_none, "remittance.no-method" },
  { "托收方式需单位经办人到本中心柜台签订托收协议", collection_without, "remittance.agreement-missing" },
  { "非托收方式由单位负责自主划款", transfer_without, "" },
  { "托收单位只能进行托收方式缴存", transfer_with, "remittance.agreement-exists" },
  { "开户 may remit", unit_opened, "" },
  { "缓缴 may remit", unit_deferred, "" },
  { "销户 may not", unit_closed, "remittance.unit-status" },
  { "封存 may not", unit_sealed, "remittance.unit-status" },
  { "其他 may not", unit_other, "remittance.unit-status" },
  { "确认汇缴开始年月是否正确: too late", start_later, "remittance.start-moved" },
  { "start already remitted", start_paid, "remittance.start-moved remittance.already-paid" },
  { "all remitted meanwhile", all_paid, "remittance.start-moved remittance.already-paid" },
  { "首次汇缴年月", never_paid, "" },
  { "no month to begin at", no_first_month, "remittance.no-due-month" },
  { "选择汇缴结束年月: before the start", end_before, "remittance.end-before-start" },
  { "after the current month", end_after, "remittance.end-too-late" },
  { "the policy lets one month ahead", end_ahead, "" },
  { "two months ahead", end_too_far_ahead, "remittance.end-too-late" },
  { "all remitted, next not yet due", not_yet, "remittance.not-yet-due" },
  { "no month", bad_month, "remittance.month-invalid" },
  { "too many at once", many_months, "remittance.too-many-months" },
  { "an unfinished 汇缴 blocks", unfinished, "remittance.unfinished" },
  { "a finished one does not", finished, "" },
  { "a deleted one does not", deleted, "" },
  { "reviewed business in flight warns", opening, "remittance.in-flight" },
  { "unless the policy is stricter", opening_blocks, "remittance.in-flight-blocks" },
  { "补缴 in flight warns", back_payment, "remittance.in-flight" },
  { "已退回 is over", returned, "" },
  { "复核缴存人数: nobody", nobody, "remittance.nobody" },
  { "复核缴存金额: 0", zero, "remittance.amount-zero" },
  { "上月 + 增加 − 减少 ≠ 本月", unbalanced, "remittance.unbalanced" },
  { "no policy for a month", no_policy, "remittance.no-policy" },
  { "no policy at all", no_policy_at_all, "remittance.no-policy remittance.no-policy" },
  { "no ratio for a month", no_ratio, "remittance.no-ratio" },
  { "nobody guessed at", no_base, "remittance.no-base" },
  { "beyond int64", overflow, "remittance.overflow" },
  { "beyond while summing", overflowed, "remittance.overflow" },
  { "须确保账户余额充足", balance_low, "remittance.balance-low" },
  { "just enough", balance_equal, "" },
  { "未知", balance_unknown, "remittance.balance-unknown" },
  { "not known here", balance_not_known, "remittance.balance-unknown" },
  { "非托收 has no balance to look at", balance_not_looked_at, "" },
  { "暂存款 is said", suspense, "remittance.suspense" },
  { "past retirement: left out", left_out, "remittance.left-out" },
  { "授权退休年龄: class to be answered", unanswered, "remittance.class-unanswered" },
  { "待调整基数 warns", base_pending, "remittance.base-pending" },
  { "queued changes are said", queued, "remittance.queued" },
  { "worst first", everything, "remittance.unit-status remittance.class-unanswered remittance.balance-low remittance.left-out" },
  { "before the months are computed", before_computed, "" },
};
/* clang-format on */

static char *
codes_of (const GPtrArray *findings)
{
  GString *codes = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", ((QcFinding *)g_ptr_array_index (findings, i))->code);
  return g_string_free (codes, FALSE);
}

static void
test_row (Case *c, gconstpointer data)
{
  const Row *row = data;
  row->set (c);
  g_autoptr (GPtrArray) findings = qc_rules_remittance_check (&c->facts, c->claim);
  g_autofree char *codes = codes_of (findings);
  g_assert_cmpstr (codes, ==, row->codes);
  for (guint i = 0; i < findings->len; i++) {
    g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (findings, i));
    g_autofree char *advice = qc_finding_dup_advice (g_ptr_array_index (findings, i));
    g_test_message ("%s %s", sentence, advice);
    g_assert_null (strpbrk (sentence, "{}?"));
    g_assert_true (advice == NULL || strpbrk (advice, "{}?") == NULL);
  }
}

static void
assert_sentence (GPtrArray *findings, guint i, const char *expected)
{
  g_autofree char *sentence = qc_finding_dup_sentence (g_ptr_array_index (findings, i));
  g_assert_cmpstr (sentence, ==, expected);
}

/* The finding names both months (decision 6), the serial number and state, both balances. */
static void
test_sentences (Case *c, gconstpointer data)
{
  start_paid (c);
  unfinished (c);
  balance_low (c);
  g_autoptr (GPtrArray) findings = qc_rules_remittance_check (&c->facts, c->claim);
  g_assert_cmpuint (findings->len, ==, 4);
  assert_sentence (findings, 0, "The start month 2026-09 is not the month that is due: due is 2026-10.");
  assert_sentence (findings, 1, "Already remitted: 2026-09.");
  assert_sentence (
      findings, 2,
      "A remittance of the unit is unfinished: business serial number 20261101000042, state “Registered”.");
  assert_sentence (
      findings, 3,
      "The bank account of the collection agreement held 7,771.99 yuan at 2026-11-02 00:00, 0.01 yuan less "
      "than the 7,772.00 yuan due.");
}

static void
test_last_month (Case *c, gconstpointer data)
{
  g_assert_cmpint (qc_rules_remittance_last_month (&c->facts), ==, 202611);
  policy (c)->months_ahead = 2;
  g_assert_cmpint (qc_rules_remittance_last_month (&c->facts), ==, 202701);
  g_array_set_size (c->policies, 0);
  g_assert_cmpint (qc_rules_remittance_last_month (&c->facts), ==, QC_MONTH_NONE);
}

/* Decision 12: a difference is refused, both sides shown. */
static void
test_compare (Case *c, gconstpointer data)
{
  g_autoptr (GPtrArray) same = qc_rules_remittance_compare (c->claim, TERMS, c->months);
  g_assert_cmpuint (same->len, ==, 0);
  g_array_index (c->months, QcMonthLine, 1).people = 4;
  g_array_index (c->months, QcMonthLine, 1).unit_fen += 100;
  g_autoptr (GPtrArray) findings = qc_rules_remittance_compare (c->claim, "sha256:1", c->months);
  g_assert_cmpuint (findings->len, ==, 2);
  assert_sentence (findings, 0,
                   "2026-11 has changed since you confirmed it: 3 people and 3,976.00 yuan then, 4 people and 3,977.00 "
                   "yuan now.");
  assert_sentence (
      findings, 1,
      "The center's rules, the unit's ratios or its collection agreement have changed since you confirmed.");
  g_assert_cmpint (((QcFinding *)findings->pdata[0])->month, ==, 202611);
  g_assert_true (qc_findings_block (findings));
  g_array_set_size (c->months, 1);
  g_autoptr (GPtrArray) fewer = qc_rules_remittance_compare (c->claim, TERMS, c->months);
  g_autofree char *codes = codes_of (fewer);
  g_assert_cmpstr (codes, ==, "remittance.months-differ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules-remittance/%s", rows[i].what);
    g_test_add (path, Case, &rows[i], set_up, test_row, tear_down);
  }
  g_test_add ("/core/rules-remittance/sentences", Case, NULL, set_up, test_sentences, tear_down);
  g_test_add ("/core/rules-remittance/last-month", Case, NULL, set_up, test_last_month, tear_down);
  g_test_add ("/core/rules-remittance/compare", Case, NULL, set_up, test_compare, tear_down);
  return g_test_run ();
}
