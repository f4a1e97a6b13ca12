/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Findings: every code of the table makes a sentence and an advice, arguments are filled in and never read again.
 */
#include "qc-finding.h"

#include <string.h>

/* Every placeholder of @text, as a set. */
static void
fill_all (QcFinding *finding)
{
  static const char *const names[] = {
      "row",
      "after",
      "before",
      "percent",
      "account",
      "action",
      "actor",
      "amount",
      "balance",
      "bank",
      "base",
      "birth",
      "business",
      "cap",
      "center",
      "character",
      "computed",
      "confirmed",
      "confirmed_fen",
      "confirmed_people",
      "count",
      "document",
      "document_birth",
      "document_type",
      "draft",
      "due",
      "effective",
      "end",
      "fen",
      "field",
      "floor",
      "here",
      "last",
      "length",
      "limit",
      "max",
      "min",
      "mine",
      "missing",
      "mobile",
      "month",
      "monthly",
      "name",
      "now",
      "number",
      "opened",
      "other",
      "paid_to",
      "people",
      "person",
      "ratio",
      "reason",
      "reference",
      "seconds",
      "seen",
      "serial",
      "start",
      "state",
      "status",
      "statutory",
      "suspense",
      "text",
      "time",
      "total",
      "unit",
      "unit_status",
      "upgraded",
      "value",
      "was",
      "kind",
      "least",
      "most",
      "size",
      "then",
      "wanted",
      "first",
      "age",
      "paid",
      NULL,
  };
  for (guint i = 0; names[i] != NULL; i++)
    qc_finding_set_arg (finding, names[i], "×");
}

static void
test_table (void)
{
  const char *code;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; (code = qc_finding_table_code (i)) != NULL; i++) {
    g_autoptr (QcFinding) finding = qc_finding_new (code, NULL);
    fill_all (finding);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_autofree char *group = qc_finding_dup_group (finding);
    g_test_message ("%s", code);
    g_assert_true (g_hash_table_add (seen, (gpointer)code));
    g_assert_cmpuint (strlen (sentence), >, 10);
    g_assert_true (g_str_has_suffix (sentence, ".") || g_str_has_suffix (sentence, "×"));
    g_assert_null (strpbrk (sentence, "{}?"));
    g_assert_null (strpbrk (group, "{}?"));
    if (finding->severity != QC_SEVERITY_NOTE)
      g_assert_nonnull (advice);
    g_assert_true (advice == NULL || (strpbrk (advice, "{}?") == NULL && strlen (advice) > 10));
  }
  g_assert_cmpuint (g_hash_table_size (seen), >, 60);
}

/* The codes the wire contract names. */
static void
test_wire_codes (void)
{
  static const char *const codes[] = {
      "key-reused",         "revision-moved", "not-allowed-in-state",
      "not-found",          "cursor-expired", "unauthorized",
      "forbidden",          "too-many",       "bad-request",
      "too-large",          "unavailable",    "failed",
      "method-not-allowed", "refused",        "precondition-needed",
      "unsupported-type",   "clock-off",
  };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (QcFinding) finding = qc_finding_new (codes[i], NULL);
    g_autofree char *advice = qc_finding_dup_advice (finding);
    g_assert_nonnull (advice);
  }
}

static void
test_arguments (void)
{
  g_autoptr (QcFinding) finding = qc_finding_new ("remittance.start-moved", "start", "{due}", NULL);
  qc_finding_set_arg_month (finding, "due", 202610);
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  g_assert_cmpstr (sentence, ==, "The start month {due} is not the month that is due: due is 2026-10.");
  g_autoptr (QcFinding) bare = qc_finding_new ("remittance.start-moved", NULL);
  g_autofree char *unknown = qc_finding_dup_sentence (bare);
  g_assert_cmpstr (unknown, ==, "The start month ? is not the month that is due: due is ?.");
}

/* Two different months are a range, two equal ones are one month; what is no month is left alone. */
static void
test_range (void)
{
  g_autoptr (QcFinding) finding = qc_finding_new ("remittance.already-paid", NULL);
  qc_finding_set_arg_month (finding, "start", 202609);
  qc_finding_set_arg_month (finding, "paid_to", 202610);
  g_autofree char *two = qc_finding_dup_sentence (finding);
  g_assert_cmpstr (two, ==, "Already remitted: 2026-09 to 2026-10.");
  qc_finding_set_arg_month (finding, "paid_to", 202609);
  g_autofree char *one = qc_finding_dup_sentence (finding);
  g_assert_cmpstr (one, ==, "Already remitted: 2026-09.");
  qc_finding_set_arg (finding, "start", "%s");
  g_autofree char *odd = qc_finding_dup_sentence (finding);
  g_assert_cmpstr (odd, ==, "Already remitted: %s to 2026-09.");
}

/* Codes become words; what is no code stays as it is. */
static void
test_words (void)
{
  g_autoptr (QcFinding) finding = qc_finding_new ("remittance.in-flight", "serial", "42", NULL);
  qc_finding_set_arg_code (finding, QC_ARG_BUSINESS, "business", "account-opening");
  qc_finding_set_arg_code (finding, QC_ARG_STATE, "state", "in-review");
  qc_finding_set_arg_int (finding, "people", 2);
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  g_assert_cmpstr (sentence, ==,
                   "“Opening of individual accounts” 42 (people: 2) is still in the state “In review” and is not "
                   "contained in this remittance.");
  qc_finding_set_arg_int (finding, "people", 1234567);
  g_autofree char *many = qc_finding_dup_sentence (finding);
  g_assert_nonnull (strstr (many, "(people: 1,234,567)"));
  qc_finding_set_arg_code (finding, QC_ARG_STATE, "state", "待审核");
  g_autofree char *as_is = qc_finding_dup_sentence (finding);
  g_assert_nonnull (strstr (as_is, "“待审核”"));
}

static void
test_received (void)
{
  g_autoptr (QcFinding) unknown = qc_finding_new_received ("brand-new", QC_SEVERITY_WARNING);
  qc_finding_set_arg (unknown, "detail", "prose of a center");
  g_autofree char *sentence = qc_finding_dup_sentence (unknown);
  g_assert_cmpstr (sentence, ==,
                   "The center names something that this version of Qingce has no words for (code “brand-new”).");
  g_autofree char *advice = qc_finding_dup_advice (unknown);
  g_assert_nonnull (strstr (advice, "Update Qingce"));
  g_autoptr (QcFinding) nothing = qc_finding_new_received (NULL, QC_SEVERITY_ERROR);
  g_assert_cmpstr (nothing->code, ==, "");
  g_autoptr (QcFinding) known = qc_finding_new_received ("forbidden", QC_SEVERITY_ERROR);
  g_autofree char *own = qc_finding_dup_sentence (known);
  g_assert_cmpstr (own, ==, "The account that is signed in may not act for this unit.");
}

static void
test_copy (void)
{
  g_autoptr (QcFinding) finding = qc_finding_new ("base.below-floor", NULL);
  qc_finding_set_arg_money (finding, "base", 123456);
  qc_finding_at (finding, 4, "2311000001", "base");
  finding->month = 202611;
  g_autoptr (QcFinding) copy = qc_finding_copy (finding);
  qc_finding_at (copy, copy->line, copy->person, copy->field); /* from itself */
  g_assert_cmpint (copy->line, ==, 4);
  g_assert_cmpint (copy->month, ==, 202611);
  g_assert_cmpstr (copy->person, ==, "2311000001");
  g_assert_cmpstr (copy->field, ==, "base");
  g_assert_cmpint (copy->severity, ==, QC_SEVERITY_ERROR);
  QcArgKind kind;
  g_assert_cmpstr (qc_finding_get_arg (copy, "base", &kind), ==, "123456");
  g_assert_cmpint (kind, ==, QC_ARG_MONEY);
  g_assert_cmpstr (g_hash_table_lookup (copy->args, "base"), ==, "money:123456");
}

static void
test_block_and_sort (void)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  g_assert_false (qc_findings_block (findings));
  g_assert_false (qc_findings_block (NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.left-out", NULL));
  g_ptr_array_add (findings, qc_finding_new ("remittance.balance-low", NULL));
  g_assert_false (qc_findings_block (findings));
  g_ptr_array_add (findings, qc_finding_new ("remittance.class-unanswered", NULL));
  g_assert_true (qc_findings_block (findings));
  for (int line = 2; line > 0; line--) {
    QcFinding *finding = qc_finding_new ("base.missing", NULL);
    qc_finding_at (finding, line, NULL, NULL);
    g_ptr_array_add (findings, finding);
  }
  qc_findings_sort (findings);
  static const char *const order[] = {"base.missing", "base.missing", "remittance.class-unanswered",
                                      "remittance.balance-low", "remittance.left-out"};
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (((QcFinding *)findings->pdata[i])->code, ==, order[i]);
  g_assert_cmpint (((QcFinding *)findings->pdata[0])->line, ==, 1);
}

/* Each kind becomes words or digits of its own; what it cannot read it shows as it is; a text is never taken for more.
 */
static void
test_kinds (void)
{
  static const struct {
    QcArgKind kind;
    const char *value, *shown;
  } rows[] = {
      {QC_ARG_TEXT, "2026-10", "2026-10"},
      {QC_ARG_TEXT, "month:2026-10", "month:2026-10"},
      {QC_ARG_TEXT, "1234567", "1234567"},
      {QC_ARG_COUNT, "1234567", "1,234,567"},
      {QC_ARG_COUNT, "-1000", "-1,000"},
      {QC_ARG_COUNT, "many", "many"},
      {QC_ARG_MONEY, "123456", "1,234.56"},
      {QC_ARG_MONEY, "12.5", "12.5"},
      {QC_ARG_MONTH, "2026-01", "2026-01"},
      {QC_ARG_MONTH, "soon", "soon"},
      {QC_ARG_STATE, "in-review", "In review"},
      {QC_ARG_BUSINESS, "sealing", "Sealing and unsealing"},
      {QC_ARG_ACTION, "delete", "Delete"},
      {QC_ARG_UNIT_STATUS, "sealed", "Sealed"},
      {QC_ARG_PERSON_STATUS, "6", "Frozen"},
      {QC_ARG_CLASS, "women-50", "Women 50"},
      {QC_ARG_FIELD, "new_base", "New contribution base"},
      {QC_ARG_FIELD, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_UNIT_FIELD, "BZ", "Remarks"},
      {QC_ARG_UNIT_FIELD, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_TEXT_FIELD, "bank", "Name of the bank"},
      {QC_ARG_TEXT_FIELD, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_STATE, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_BUSINESS, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_ACTION, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_UNIT_STATUS, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_CLASS, "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_COUNT, "", ""},
      {QC_ARG_COUNT, "-", "-"},
      {QC_ARG_COUNT, "0", "0"},
      {QC_ARG_COUNT, "999", "999"},
      {QC_ARG_COUNT, "1000", "1,000"},
      {QC_ARG_COUNT, "-999", "-999"},
      {QC_ARG_COUNT, "1.5", "1.5"},
      {QC_ARG_TEXT, NULL, ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcFinding) finding = qc_finding_new ("roster.unknown-person", NULL);
    qc_finding_set_arg_code (finding, rows[i].kind, "account", rows[i].value);
    g_autoptr (QcFinding) there = qc_finding_new ("roster.unknown-person", NULL);
    qc_finding_set_arg_tagged (there, "account", g_hash_table_lookup (finding->args, "account"));
    g_autofree char *sentence = qc_finding_dup_sentence (there);
    g_autofree char *expected = g_strdup_printf ("No person of the unit has the account number “%s”.", rows[i].shown);
    g_assert_cmpstr (sentence, ==, expected);
  }
  g_autoptr (QcFinding) old = qc_finding_new ("roster.unknown-person", NULL);
  qc_finding_set_arg_tagged (old, "account", "http://2311"); /* no kind we know: a text */
  g_autofree char *plain = qc_finding_dup_sentence (old);
  g_assert_cmpstr (plain, ==, "No person of the unit has the account number “http://2311”.");
}

/* A field is called as its column is in the business that the finding names, if that is a business. */
static void
test_titles (void)
{
  static const struct {
    QcArgKind kind;
    const char *business, *field, *shown;
  } rows[] = {
      {QC_ARG_BUSINESS, "back-payment", "reason", "Reason for back payment"},
      {QC_ARG_BUSINESS, "sealing", "reason", "Reason for the change"},
      {QC_ARG_BUSINESS, "remittance", "reason", "Reason for the change"}, /* no column of it */
      {QC_ARG_TEXT, "back-payment", "reason", "Reason for the change"},
      {QC_ARG_BUSINESS, "of-a-newer-center", "reason", "Reason for the change"},
      {QC_ARG_BUSINESS, NULL, "reason", "Reason for the change"},
      {QC_ARG_BUSINESS, "back-payment", "of-a-newer-center", "of-a-newer-center"},
      {QC_ARG_BUSINESS, "account-opening", "new_base", "Contribution base"},
      {QC_ARG_BUSINESS, "base-adjustment", "new_base", "New contribution base"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (QcFinding) finding = qc_finding_new ("roster.unknown-person", NULL);
    qc_finding_set_arg_code (finding, QC_ARG_FIELD, "account", rows[i].field);
    if (rows[i].business != NULL)
      qc_finding_set_arg_code (finding, rows[i].kind, "business", rows[i].business);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    g_autofree char *expected = g_strdup_printf ("No person of the unit has the account number “%s”.", rows[i].shown);
    g_test_message ("%u", i);
    g_assert_cmpstr (sentence, ==, expected);
  }
}

/* Times are those of China; what is no time of the calendar is none. An argument of nothing is an empty one. */
static void
test_times (void)
{
  static const struct {
    gint64 time;
    const char *shown;
  } rows[] = {{0, "1970-01-01 08:00"}, {1796083199, "2026-12-01 07:59"}, {G_MAXINT64, "?"}};
  g_autoptr (QcFinding) finding = qc_finding_new ("roster.unknown-person", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_finding_set_arg_time (finding, "account", rows[i].time);
    g_assert_cmpstr (qc_finding_get_arg (finding, "account", NULL), ==, rows[i].shown);
  }
  qc_finding_set_arg_tagged (finding, "account", NULL);
  g_assert_cmpstr (g_hash_table_lookup (finding->args, "account"), ==, "");
  g_assert_null (qc_finding_get_arg (finding, "not there", NULL));
}

/* A headline of its own, or the sentence. */
static void
test_groups (void)
{
  guint own = 0;
  const char *code;
  for (guint i = 0; (code = qc_finding_table_code (i)) != NULL; i++) {
    g_autoptr (QcFinding) finding = qc_finding_new (code, NULL);
    fill_all (finding);
    g_autofree char *group = qc_finding_dup_group (finding);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    own += !g_str_equal (group, sentence);
  }
  g_assert_cmpuint (own, >, 10);
  g_autoptr (QcFinding) floor = qc_finding_new ("base.below-floor", NULL);
  fill_all (floor);
  g_autofree char *group = qc_finding_dup_group (floor);
  g_autofree char *sentence = qc_finding_dup_sentence (floor);
  g_assert_cmpstr (group, !=, sentence);
  g_autoptr (QcFinding) newer = qc_finding_new_received ("brand-new", QC_SEVERITY_WARNING);
  g_autofree char *as_sentence = qc_finding_dup_group (newer);
  g_assert_nonnull (strstr (as_sentence, "brand-new"));
}

/* Of one code by line, then month, then person; a code that is not known comes after those that are. */
static void
test_order (void)
{
  static const struct {
    const char *code;
    gint64 line;
    QcMonth month;
    const char *person;
  } rows[] = {
      {"base.missing", 1, 202609, "a"}, {"base.missing", 1, 202610, NULL}, {"base.missing", 1, 202610, "a"},
      {"base.missing", 1, 202610, "b"}, {"base.missing", 2, 202601, "a"},  {"brand-new", 0, 0, NULL},
  };
  guint n = G_N_ELEMENTS (rows);
  for (guint first = 0; first < n; first++) {
    g_autoptr (GPtrArray) findings = qc_findings_new ();
    for (guint i = 0; i < n; i++) { /* each order they may come in, forwards and backwards */
      guint k = first % 2 == 0 ? (first + i) % n : (first + n - i) % n;
      QcFinding *finding = qc_finding_new_received (rows[k].code, QC_SEVERITY_ERROR);
      qc_finding_at (finding, rows[k].line, rows[k].person, NULL);
      finding->month = rows[k].month;
      g_ptr_array_add (findings, finding);
    }
    qc_findings_sort (findings);
    for (guint i = 0; i < n; i++) {
      const QcFinding *finding = findings->pdata[i];
      g_assert_cmpstr (finding->code, ==, rows[i].code);
      g_assert_cmpint (finding->line, ==, rows[i].line);
      g_assert_cmpint (finding->month, ==, rows[i].month);
      g_assert_cmpstr (finding->person, ==, rows[i].person);
    }
  }
}

/* Of very many the first stay and say how many there are; no code is left out. */
static void
test_cap (void)
{
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  for (int i = 1; i <= 500; i++) {
    QcFinding *finding = qc_finding_new ("base.missing", NULL);
    qc_finding_at (finding, i, NULL, NULL);
    g_ptr_array_add (findings, finding);
  }
  g_ptr_array_add (findings, qc_finding_new ("roster.empty", NULL));
  qc_findings_cap (findings, 200, 100);
  g_assert_cmpuint (findings->len, ==, 101);
  g_assert_cmpint (((QcFinding *)findings->pdata[0])->total, ==, 500);
  g_assert_cmpint (((QcFinding *)findings->pdata[99])->line, ==, 100);
  g_assert_cmpstr (((QcFinding *)findings->pdata[100])->code, ==, "roster.empty");
  g_assert_cmpint (((QcFinding *)findings->pdata[100])->total, ==, 0);
  qc_findings_cap (findings, 200, 2000); /* nothing more goes, and the total is not forgotten */
  g_assert_cmpuint (findings->len, ==, 101);
  g_assert_cmpint (((QcFinding *)findings->pdata[0])->total, ==, 500);
}

/* What the center found and what is found here: the same of the same is said once, whatever little differs stays. */
static void
test_say_once (void)
{
  static const struct {
    gint64 line;
    QcMonth month;
    const char *person, *field, *account;
    gboolean stays;
  } rows[] = {
      {1, 202610, "p", "f", "a", TRUE},  {1, 202610, "p", "f", "a", FALSE},  {2, 202610, "p", "f", "a", TRUE},
      {1, 202611, "p", "f", "a", TRUE},  {1, 202610, "q", "f", "a", TRUE},   {1, 202610, NULL, "f", "a", TRUE},
      {1, 202610, "p", NULL, "a", TRUE}, {1, 202610, "p", "f", "b", TRUE},   {1, 202610, "p", "f", NULL, TRUE},
      {1, 202610, "q", "f", "a", FALSE}, {1, 202610, "p", "f", NULL, FALSE},
  };
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  guint stay = 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcFinding *finding
        = qc_finding_new ("roster.unknown-person", rows[i].account ? "account" : NULL, rows[i].account, NULL);
    qc_finding_at (finding, rows[i].line, rows[i].person, rows[i].field);
    finding->month = rows[i].month;
    g_ptr_array_add (findings, finding);
    stay += rows[i].stays;
  }
  g_ptr_array_add (findings, qc_finding_new ("roster.empty", NULL));
  qc_findings_say_once (findings);
  g_assert_cmpuint (findings->len, ==, stay + 1);
  guint at = 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (!rows[i].stays)
      continue;
    const QcFinding *finding = findings->pdata[at++]; /* in their order */
    g_assert_cmpint (finding->line, ==, rows[i].line);
    g_assert_cmpint (finding->month, ==, rows[i].month);
    g_assert_cmpstr (finding->person, ==, rows[i].person);
    g_assert_cmpstr (finding->field, ==, rows[i].field);
  }
  qc_findings_say_once (findings);
  g_assert_cmpuint (findings->len, ==, stay + 1);
}

static void
test_severities (void)
{
  for (int i = QC_SEVERITY_NOTE; i <= QC_SEVERITY_ERROR; i++) {
    QcSeverity back;
    g_assert_true (qc_severity_from_code (qc_severity_to_code ((QcSeverity)i), &back));
    g_assert_cmpint (back, ==, i);
  }
  QcSeverity unused;
  g_assert_false (qc_severity_from_code ("fatal", &unused));
}

/* Whom it concerns is said where the sentence does not. */
static void
test_whom (void)
{
  g_autoptr (QcFinding) base = qc_finding_new ("base.below-floor", "person", "王芳", NULL);
  qc_finding_at (base, 7, "23110000000007", "base");
  g_autofree char *whom = qc_finding_dup_whom (base);
  g_assert_cmpstr (whom, ==, "王芳 23110000000007");
  g_autoptr (QcFinding) jump = qc_finding_new ("base.jump", "person", "王芳", NULL);
  qc_finding_at (jump, 7, "23110000000007", "base");
  g_assert_null (qc_finding_dup_whom (jump));
  g_autoptr (QcFinding) unit = qc_finding_new ("roster.empty", NULL);
  g_assert_null (qc_finding_dup_whom (unit));
  g_autoptr (QcFinding) unknown = qc_finding_new_received ("base.of-tomorrow", QC_SEVERITY_ERROR);
  qc_finding_at (unknown, 7, "23110000000007", "base");
  g_autofree char *account = qc_finding_dup_whom (unknown);
  g_assert_cmpstr (account, ==, "23110000000007");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/finding/table", test_table);
  g_test_add_func ("/core/finding/wire-codes", test_wire_codes);
  g_test_add_func ("/core/finding/arguments", test_arguments);
  g_test_add_func ("/core/finding/range", test_range);
  g_test_add_func ("/core/finding/words", test_words);
  g_test_add_func ("/core/finding/whom", test_whom);
  g_test_add_func ("/core/finding/received", test_received);
  g_test_add_func ("/core/finding/copy", test_copy);
  g_test_add_func ("/core/finding/block-and-sort", test_block_and_sort);
  g_test_add_func ("/core/finding/kinds", test_kinds);
  g_test_add_func ("/core/finding/titles", test_titles);
  g_test_add_func ("/core/finding/times", test_times);
  g_test_add_func ("/core/finding/groups", test_groups);
  g_test_add_func ("/core/finding/order", test_order);
  g_test_add_func ("/core/finding/cap", test_cap);
  g_test_add_func ("/core/finding/say-once", test_say_once);
  g_test_add_func ("/core/finding/severities", test_severities);
  return g_test_run ();
}
