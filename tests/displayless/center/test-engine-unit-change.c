/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更 at the center: done at once, in the unit's feed, and readable later; refused where a field is
 * locked, was changed meanwhile, or is another unit's; the same answer to the same key; and what the audit finds. The
 * audit runs after every step.
 */
#include "center-fixture.h"
#include "qc-unit-field.h"
#include "qc-wire-line.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER

static const char *
value_of (const QcUnit *unit, const char *name)
{
  return qc_unit_field_get (qc_unit_field_find (name), unit);
}

/* @name becomes @value, from what the unit has now. */
static void
change (QcSubmission *submission, const QcUnit *unit, const char *name, const char *value)
{
  qc_fact_list_add (submission->facts, name, value_of (unit, name), value);
}

static QcOutcome *
submit_one (Fx *fx, const char *account, const char *name, const char *value)
{
  g_autoptr (QcUnit) unit = fx_unit (fx, account);
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  change (submission, unit, name, value);
  return fx_submit_roster (fx, account, submission);
}

static void
test_accepted (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) before = fx_unit (&fx, T);
  gint64 seq = fx_int (&fx, "SELECT seq FROM unit WHERE id = 1");
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  change (submission, before, "DWDZ", "黑龙江省黑河市演练路99号");
  change (submission, before, "DWFXR", "15");
  change (submission, before, "DWCZ", "0456-8221235");
  change (submission, before, "DWLXDH", "");
  g_autoptr (QcOutcome) outcome = fx_submit_roster (&fx, T, submission);
  fx_assert_done (outcome);
  const QcApplication *a = outcome->application;
  g_assert_cmpint (a->business, ==, QC_BUSINESS_UNIT_CHANGE);
  g_assert_cmpint (a->state, ==, QC_STATE_FINISHED);
  g_assert_cmpint (a->created, ==, fx.now);
  g_assert_cmpint (a->finished, ==, fx.now);
  g_assert_cmpint (a->people, ==, 0);
  g_assert_cmpint (a->effective, ==, QC_MONTH_NONE);
  fx_audit (&fx);

  g_autoptr (QcUnit) after = fx_unit (&fx, T);
  g_assert_cmpstr (value_of (after, "DWDZ"), ==, "黑龙江省黑河市演练路99号");
  g_assert_cmpstr (value_of (after, "DWFXR"), ==, "15");
  g_assert_cmpstr (value_of (after, "DWCZ"), ==, "0456-8221235");
  g_assert_cmpstr (value_of (after, "DWLXDH"), ==, "");
  g_assert_cmpstr (value_of (after, "DWYB"), ==, value_of (before, "DWYB"));
  g_assert_cmpstr (after->name, ==, before->name);
  g_assert_cmpint (after->revision, ==, before->revision + 1);
  g_assert_cmpint (fx_int (&fx, "SELECT seq FROM unit WHERE id = 1"), >, seq);
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM log WHERE action = 'submit-unit-change' AND detail = 'DWDZ DWFXR "
                                "DWCZ DWLXDH'"),
                   ==, 1);
  /* nobody else's */
  g_autoptr (QcUnit) other = fx_unit (&fx, N);
  g_assert_cmpstr (value_of (other, "DWFXR"), ==, "10");

  /* as it was confirmed, for whoever looks later */
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = qc_engine_dup_lines_page (fx.connection, T, a->serial, 0, &error);
  g_assert_no_error (error);
  g_autoptr (QcWireLines) page = qc_wire_decode_lines (bytes, QC_BUSINESS_UNIT_CHANGE, &error);
  g_assert_no_error (error);
  g_assert_true (qc_fact_list_equal (page->facts, submission->facts));
  g_assert_cmpuint (page->lines->len, ==, 0);
  g_assert_null (page->cursor);
  fx_close (&fx);
}

/* The same key gives the same answer and is done once. */
static void
test_key (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) unit = fx_unit (&fx, T);
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  change (submission, unit, "DWYB", "164301");
  QcEngineCall call = fx_call (&fx, T);
  call.key = "7f6b2f34-1111-4c4c-8aaa-0123456789ab";
  call.digest = "d";
  for (int i = 0; i < 2; i++) {
    g_autoptr (QcTransaction) t = fx_begin (&fx, QC_TRANSACTION_WRITE);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcOutcome) outcome = qc_engine_submit (fx.connection, &call, submission, &error);
    g_assert_no_error (error);
    fx_commit (g_steal_pointer (&t));
    g_assert_cmpint (outcome->status, ==, QC_OUTCOME_DONE);
    g_assert_cmpint (outcome->repeated, ==, i == 1);
  }
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE business = 'unit-change'"), ==, 1);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Two who began from the same form: the second is told all three values, field by field, and nothing is done. */
static void
test_stale (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) seen = fx_unit (&fx, T);
  g_autoptr (QcOutcome) first = submit_one (&fx, T, "DWYB", "164301");
  fx_assert_done (first);
  g_autoptr (QcOutcome) also = submit_one (&fx, T, "DWLSGX", "20");
  fx_assert_done (also);
  g_autoptr (QcSubmission) second = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  change (second, seen, "DWYB", "164302");
  change (second, seen, "DWLSGX", "50");
  change (second, seen, "DWFXR", "20");
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, T, second);
  fx_assert_refused (refused, "unit-change.stale");
  g_assert_cmpuint (refused->findings->len, ==, 2);
  fx_assert_finding_at (refused, "unit-change.stale", 0, "DWYB");
  fx_assert_finding_at (refused, "unit-change.stale", 0, "DWLSGX");
  const QcFinding *finding = g_ptr_array_index (refused->findings, 1);
  g_assert_cmpstr (qc_finding_get_arg (finding, "was", NULL), ==, "其他");
  g_assert_cmpstr (qc_finding_get_arg (finding, "mine", NULL), ==, "县（区）");
  g_assert_cmpstr (qc_finding_get_arg (finding, "now", NULL), ==, "省（自治区、直辖市）");
  g_autoptr (QcUnit) after = fx_unit (&fx, T);
  g_assert_cmpstr (value_of (after, "DWYB"), ==, "164301");
  g_assert_cmpstr (value_of (after, "DWFXR"), ==, "10");
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_locked (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcOutcome) name = submit_one (&fx, T, "DWMC", "黑河新名有限公司");
  fx_assert_refused (name, "unit-change.locked");
  g_assert_nonnull (qc_finding_get_arg (g_ptr_array_index (name->findings, 0), "reason", NULL));
  g_autoptr (QcOutcome) bank = submit_one (&fx, T, "STYHMC", "别的银行");
  fx_assert_refused (bank, "unit-change.locked");
  g_autoptr (QcUnit) unit = fx_unit (&fx, T);
  g_autoptr (QcSubmission) unknown = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  qc_fact_list_add (unknown->facts, "DWZHZT", "", "1");
  g_autoptr (QcOutcome) refused = fx_submit_roster (&fx, T, unknown);
  fx_assert_refused (refused, "unit-change.unknown");
  g_autoptr (QcSubmission) nothing = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  g_autoptr (QcOutcome) empty = fx_submit_roster (&fx, T, nothing);
  fx_assert_refused (empty, "unit-change.empty");
  g_assert_cmpint (fx_int (&fx, "SELECT count(*) FROM application WHERE business = 'unit-change'"), ==, 0);
  fx_audit (&fx);
  fx_close (&fx);
}

/* Where the center lets go of the lock the name is changed in the unit itself. */
static void
test_unlocked_name (void)
{
  Fx fx;
  fx_open (&fx, 0);
  fx_sql (&fx, "DELETE FROM code_row WHERE list = 'unit-field-locked' AND code IN ('DWMC', 'ZZJGDM')");
  g_autoptr (QcOutcome) done = submit_one (&fx, T, "DWMC", "黑河新名有限公司");
  fx_assert_done (done);
  g_autoptr (QcUnit) unit = fx_unit (&fx, T);
  g_assert_cmpstr (unit->name, ==, "黑河新名有限公司");
  g_assert_cmpstr (g_hash_table_lookup (unit->fields, "DWMC"), ==, "黑河新名有限公司");
  fx_audit (&fx);
  g_autoptr (QcUnit) other = fx_unit (&fx, N);
  g_autoptr (QcOutcome) taken = submit_one (&fx, T, "DWMC", other->name);
  fx_assert_refused (taken, "unit-change.taken");
  g_autoptr (QcOutcome) code = submit_one (&fx, T, "ZZJGDM", other->credit_code);
  fx_assert_refused (code, "unit-change.taken");
  fx_audit (&fx);
  fx_close (&fx);
}

static void
test_unique (void)
{
  Fx fx;
  fx_open (&fx, 0);
  g_autoptr (QcUnit) other = fx_unit (&fx, N);
  g_autoptr (QcUnit) own = fx_unit (&fx, T);
  g_assert_cmpstr (value_of (own, "DWDZ"), !=, value_of (other, "DWDZ"));
  g_autoptr (QcOutcome) taken = submit_one (&fx, T, "DWDZ", value_of (other, "DWDZ"));
  fx_assert_refused (taken, "unit-change.taken");
  fx_assert_finding_at (taken, "unit-change.taken", 0, "DWDZ");
  /* what it left is free for others */
  g_autoptr (QcOutcome) moved = submit_one (&fx, N, "DWDZ", "黑河市新址1号");
  fx_assert_done (moved);
  g_autoptr (QcOutcome) free = submit_one (&fx, T, "DWDZ", value_of (other, "DWDZ"));
  fx_assert_done (free);
  /* what need not be one of its kind need not */
  g_autoptr (QcOutcome) phone = submit_one (&fx, T, "DWLXDH", "0456-8221234");
  g_autoptr (QcOutcome) same = submit_one (&fx, N, "DWLXDH", "0456-8221234");
  fx_assert_done (phone);
  fx_assert_done (same);
  fx_audit (&fx);
  fx_close (&fx);
}

/* 汇缴 under way does not stand in the way, and what was computed with the unit's terms still holds afterwards. */
static void
test_beside_remittance (void)
{
  Fx fx;
  fx_open (&fx, 0);
  fx_answer (&fx, N, 202612);
  g_autoptr (QcUnit) unit = fx_unit (&fx, N);
  g_autoptr (QcRemittanceClaim) claim = fx_claim (&fx, N, qc_unit_due_month (unit));
  g_autoptr (QcOutcome) before = submit_one (&fx, N, "DWYB", "164301");
  fx_assert_done (before);
  QcEngineCall call = fx_call (&fx, N);
  g_autoptr (QcOutcome) remitted = fx_submit_claim (&fx, &call, claim);
  fx_assert_done (remitted);
  g_autoptr (QcOutcome) after = submit_one (&fx, N, "DWYB", "164302");
  fx_assert_done (after);
  fx_audit (&fx);
  fx_close (&fx);
}

/* The practice units have all that is required, so that nothing else stands in the way of a change. */
static void
test_practice_complete (void)
{
  static const char *const units[] = {T, N, QC_PRACTICE_UNIT_RECEIVER, QC_PRACTICE_UNIT_ARREARS};
  Fx fx;
  fx_open (&fx, 0);
  for (guint u = 0; u < G_N_ELEMENTS (units); u++) {
    g_autoptr (FxView) view = fx_view_new (&fx, units[u]);
    for (guint i = 0; i < qc_unit_fields_count (); i++) {
      const QcUnitField *field = qc_unit_field (i);
      g_autoptr (GPtrArray) found = qc_findings_new ();
      const char *type = field->type != NULL ? value_of (view->unit, field->type) : NULL;
      qc_unit_field_check (field, qc_unit_field_get (field, view->unit), type, view->codes, FX_TODAY, found);
      for (guint k = 0; k < found->len; k++)
        g_test_message ("%s: %s", field->name, ((QcFinding *)g_ptr_array_index (found, k))->code);
      g_assert_cmpuint (found->len, ==, 0);
    }
  }
  fx_close (&fx);
}

static void
test_audit_finds (void)
{
  static const char *const harm[] = {
      "UPDATE unit_field SET value = 'x' WHERE unit = 1 AND name = 'DWYB'",
      "DELETE FROM unit_field WHERE unit = 1 AND name = 'DWYB'",
      "DELETE FROM application_fact",
      "UPDATE application_fact SET value = 'x'",
  };
  for (guint i = 0; i < G_N_ELEMENTS (harm); i++) {
    Fx fx;
    fx_open (&fx, 0);
    g_autoptr (QcOutcome) done = submit_one (&fx, T, "DWYB", "164301");
    fx_assert_done (done);
    fx_audit (&fx);
    fx_sql (&fx, harm[i]);
    g_autoptr (GError) error = NULL;
    g_assert_false (qc_engine_audit (fx.connection, &error));
    g_assert_error (error, QC_ENGINE_ERROR, QC_ENGINE_ERROR_FAILED);
    fx_close (&fx);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/center/unit-change/accepted", test_accepted);
  g_test_add_func ("/center/unit-change/key", test_key);
  g_test_add_func ("/center/unit-change/stale", test_stale);
  g_test_add_func ("/center/unit-change/locked", test_locked);
  g_test_add_func ("/center/unit-change/unlocked-name", test_unlocked_name);
  g_test_add_func ("/center/unit-change/unique", test_unique);
  g_test_add_func ("/center/unit-change/beside-remittance", test_beside_remittance);
  g_test_add_func ("/center/unit-change/practice-complete", test_practice_complete);
  g_test_add_func ("/center/unit-change/audit-finds", test_audit_finds);
  return g_test_run ();
}
