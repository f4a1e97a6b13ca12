/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Values compared and let go of: what is sent must be what was confirmed, so that each member alone makes a submission
 * another one; nothing let go of is nothing done.
 */
#include "qc-application.h"
#include "qc-back-finder.h"
#include "qc-inquiry.h"
#include "qc-known-person.h"
#include "qc-movement.h"
#include "qc-other-unit.h"
#include "qc-return-reason.h"
#include "qc-submission.h"

static QcRemittanceClaim *
new_claim (void)
{
  QcRemittanceClaim *claim = qc_remittance_claim_new ();
  claim->method = QC_METHOD_COLLECTION;
  claim->start = 202610;
  claim->end = 202611;
  claim->terms = g_strdup ("sha256:1");
  for (guint i = 0; i < 2; i++) {
    QcMonthLine line = {.month = 202610 + (QcMonth)i, .people = 3, .unit_fen = 1200, .personal_fen = 1000};
    g_array_append_val (claim->months, line);
  }
  return claim;
}

static QcMonthLine *
last_month (QcRemittanceClaim *claim)
{
  return &g_array_index (claim->months, QcMonthLine, claim->months->len - 1);
}

static void
change_claim (QcRemittanceClaim *claim, guint what)
{
  switch (what) {
  case 0:
    claim->method = QC_METHOD_TRANSFER;
    break;
  case 1:
    claim->start = 202609;
    break;
  case 2:
    claim->end = 202612;
    break;
  case 3:
    g_free (claim->terms);
    claim->terms = g_strdup ("sha256:2");
    break;
  case 4:
    g_clear_pointer (&claim->terms, g_free);
    break;
  case 5:
    g_array_set_size (claim->months, 1);
    break;
  case 6:
    g_array_set_size (claim->months, 3);
    break;
  case 7:
    last_month (claim)->month = 202612;
    break;
  case 8:
    last_month (claim)->people++;
    break;
  case 9:
    last_month (claim)->unit_fen++;
    break;
  case 10:
    last_month (claim)->personal_fen++;
    break;
  default:
    g_array_index (claim->months, QcMonthLine, 0).people++;
  }
}

static void
test_claims (void)
{
  g_autoptr (QcRemittanceClaim) claim = new_claim ();
  g_autoptr (QcRemittanceClaim) copy = qc_remittance_claim_copy (claim);
  g_assert_true (qc_remittance_claim_equal (claim, copy));
  last_month (copy)->added_fen = 7; /* not what is claimed */
  g_assert_true (qc_remittance_claim_equal (claim, copy));
  for (guint what = 0; what < 12; what++) {
    g_autoptr (QcRemittanceClaim) other = qc_remittance_claim_copy (claim);
    change_claim (other, what);
    g_test_message ("%u", what);
    g_assert_false (qc_remittance_claim_equal (claim, other));
    g_assert_false (qc_remittance_claim_equal (other, claim));
  }
  g_array_set_size (claim->months, 0);
  g_array_set_size (copy->months, 0);
  g_assert_true (qc_remittance_claim_equal (claim, copy));
}

static QcSubmission *
new_submission (void)
{
  QcSubmission *submission = qc_submission_new (QC_BUSINESS_BACK_PAYMENT);
  submission->effective = 202610;
  submission->method = QC_METHOD_COLLECTION;
  submission->replaces = g_strdup ("20261001");
  submission->remittance = new_claim ();
  for (guint i = 0; i < 2; i++) {
    QcRosterLine *line = qc_roster_line_new ();
    qc_line_set_text (line, QC_LINE_NAME, "张三");
    qc_roster_take (submission->roster, -1, line);
    qc_fact_list_add (submission->facts, i == 0 ? "DWDZ" : "DWYB", "1", "2");
    g_ptr_array_add (submission->attachments, qc_attachment_new ("statement", i, "1.jpg", "d1", 10, "l1"));
  }
  return submission;
}

static void
change_fact (QcSubmission *s, const char *name, const char *before, const char *value)
{
  g_ptr_array_set_size (s->facts, 1);
  qc_fact_list_add (s->facts, name, before, value);
}

static void
change_attachment (QcSubmission *s, QcAttachment *attachment)
{
  g_ptr_array_set_size (s->attachments, 1);
  g_ptr_array_add (s->attachments, attachment);
}

static void
change_submission (QcSubmission *s, guint what)
{
  QcRosterLine *last = g_ptr_array_index (s->roster->lines, 1);
  switch (what) {
  case 0:
    s->business = QC_BUSINESS_SEALING;
    break;
  case 1:
    s->effective = 202611;
    break;
  case 2:
    s->method = QC_METHOD_TRANSFER;
    break;
  case 3:
    g_clear_pointer (&s->remittance, qc_remittance_claim_free);
    break;
  case 4:
    s->remittance->end++;
    break;
  case 5:
    g_clear_pointer (&s->replaces, g_free);
    break;
  case 6:
    qc_roster_take (s->roster, -1, qc_roster_line_new ());
    break;
  case 7:
    last->id = 9;
    break;
  case 8:
    last->new_base = 1;
    break;
  case 9:
    qc_line_set_text (g_ptr_array_index (s->roster->lines, 0), QC_LINE_NAME, "李四");
    break;
  case 10:
    g_ptr_array_set_size (s->facts, 1);
    break;
  case 11:
    change_fact (s, "DWMC", "1", "2");
    break;
  case 12:
    change_fact (s, "DWYB", NULL, "2");
    break;
  case 13:
    change_fact (s, "DWYB", "1", "3");
    break;
  case 14:
    g_ptr_array_set_size (s->attachments, 1);
    break;
  case 15:
    change_attachment (s, qc_attachment_new ("list", 1, "1.jpg", "d1", 10, "l1"));
    break;
  case 16:
    change_attachment (s, qc_attachment_new ("statement", 2, "1.jpg", "d1", 10, "l1"));
    break;
  case 17:
    change_attachment (s, qc_attachment_new ("statement", 1, "2.jpg", "d1", 10, "l1"));
    break;
  case 18:
    change_attachment (s, qc_attachment_new ("statement", 1, "1.jpg", "d2", 10, "l1"));
    break;
  case 19:
    change_attachment (s, qc_attachment_new ("statement", 1, "1.jpg", "d1", 11, "l1"));
    break;
  default:
    change_attachment (s, qc_attachment_new ("statement", 1, "1.jpg", "d1", 10, NULL));
  }
}

static void
test_submissions (void)
{
  g_autoptr (QcSubmission) a = new_submission ();
  for (guint what = 0; what <= 20; what++) {
    g_autoptr (QcSubmission) b = new_submission ();
    g_assert_true (qc_submission_equal (a, b));
    change_submission (b, what);
    g_test_message ("%u", what);
    g_assert_false (qc_submission_equal (a, b));
    g_assert_false (qc_submission_equal (b, a));
  }
  g_autoptr (QcSubmission) empty = qc_submission_new (QC_BUSINESS_SEALING);
  g_autoptr (QcSubmission) other = qc_submission_new (QC_BUSINESS_SEALING);
  g_assert_true (qc_submission_equal (empty, other));
}

static void
test_facts (void)
{
  g_autoptr (GPtrArray) facts = qc_fact_list_new ();
  g_assert_null (qc_fact_list_find (facts, "DWDZ"));
  qc_fact_list_add (facts, "DWDZ", "1", "2");
  qc_fact_list_add (facts, "DWYB", NULL, "3");
  g_assert_true (qc_fact_list_find (facts, "DWDZ") == facts->pdata[0]);
  g_assert_true (qc_fact_list_find (facts, "DWYB") == facts->pdata[1]);
  g_assert_null (qc_fact_list_find (facts, "DWMC"));
}

/* As many digits as the own account has, nothing else. */
static void
test_other_account (void)
{
  static const struct {
    const char *text;
    gboolean is;
  } rows[] = {{"1001", TRUE},  {"0000", TRUE},  {"100", FALSE}, {"10011", FALSE}, {"100a", FALSE},
              {"a001", FALSE}, {"10 1", FALSE}, {"", FALSE},    {NULL, FALSE}};
  g_autoptr (QcUnit) own = qc_unit_new ();
  own->account = g_strdup ("2002");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (qc_other_unit_is_account (own, rows[i].text), ==, rows[i].is);
  own->account[0] = '\0';
  g_assert_false (qc_other_unit_is_account (own, ""));
}

static void
test_nothing (void)
{
  qc_timeline_entry_free (NULL);
  qc_application_free (NULL);
  qc_attachment_free (NULL);
  qc_back_finder_free (NULL);
  qc_person_history_free (NULL);
  qc_employee_free (NULL);
  qc_fact_free (NULL);
  qc_finding_free (NULL);
  qc_inquiry_record_free (NULL);
  qc_known_person_free (NULL);
  qc_roster_line_free (NULL);
  qc_movement_free (NULL);
  qc_other_unit_free (NULL);
  qc_code_free (NULL);
  qc_remittance_calc_free (NULL);
  qc_remittance_claim_free (NULL);
  qc_return_reason_free (NULL);
  qc_roster_free (NULL);
  qc_submission_free (NULL);
  qc_unit_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/values/claims", test_claims);
  g_test_add_func ("/core/values/submissions", test_submissions);
  g_test_add_func ("/core/values/facts", test_facts);
  g_test_add_func ("/core/values/other-account", test_other_account);
  g_test_add_func ("/core/values/nothing", test_nothing);
  return g_test_run ();
}
