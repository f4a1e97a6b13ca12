/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is asked of the engine, with each call of SQLite failing once, as on a full disk: that is an error every time,
 * never an answer. After that it is done as if nothing had happened, and the ledger is sound.
 */
#include "../full-disk.h"
#include "center-fixture.h"
#include "qc-engine-phone.h"
#include "qc-engine-upload.h"
#include "qc-unit-field.h"

#define T QC_PRACTICE_UNIT_COLLECTION
#define N QC_PRACTICE_UNIT_TRANSFER
#define R QC_PRACTICE_UNIT_RECEIVER

#define PEOPLE 8

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcUploadFiles, qc_upload_files_free)

/* What an act is made of, and what came of it. */
typedef struct {
  Fx fx;
  const char *unit;
  QcSubmission *submission; /* (owned) (nullable) */
  char *serial;             /* (owned) (nullable) of the application that is acted on */
  char *person;             /* (owned) (nullable) */
  QcMoney fen;
  gint64 if_match;
  QcOutcome *outcome; /* (owned) (nullable) */
  guint seen;
} Act;

static void
act_begin (Act *act, const char *unit)
{
  act->unit = unit;
  act->if_match = -1;
  g_clear_pointer (&act->submission, qc_submission_free);
}

/* The application of the act before is acted on. */
static void
act_on_last (Act *act)
{
  g_autoptr (QcApplication) now = fx_application (&act->fx, act->serial);
  act_begin (act, act->unit);
  act->if_match = now->revision;
  act->fen = now->fen;
}

static QcEngineCall
call_of (Act *act)
{
  QcEngineCall call = fx_call (&act->fx, act->unit);
  call.if_match = act->if_match;
  return call;
}

static gboolean
take (Act *act, QcOutcome *outcome)
{
  g_clear_pointer (&act->outcome, qc_outcome_free);
  act->outcome = outcome;
  return outcome != NULL;
}

/* ---- what is handed in ---- */

static gboolean
submit (QcConnection *connection, Act *act, GError **error)
{
  g_autofree char *key = g_strdup_printf ("key-%u", act->fx.keys);
  QcEngineCall call = call_of (act);
  call.key = call.digest = key;
  return take (act, qc_engine_submit (connection, &call, act->submission, error));
}

static void
claim (Act *act, const char *unit, int months)
{
  act_begin (act, unit);
  g_autoptr (QcUnit) now = fx_unit (&act->fx, unit);
  QcMonth end = qc_month_add (qc_unit_due_month (now), months - 1);
  fx_answer (&act->fx, unit, end);
  act->submission = qc_submission_new (QC_BUSINESS_REMITTANCE);
  act->submission->remittance = fx_claim (&act->fx, unit, end);
  act->fx.keys++;
}

static void
collected (Act *act)
{
  fx_set_balance (&act->fx, T, G_GINT64_CONSTANT (100000000));
  claim (act, T, 1);
}

static void
short_of_money (Act *act)
{
  fx_set_balance (&act->fx, T, 1);
  claim (act, T, 1);
}

static void
bank_silent (Act *act)
{
  fx_set_answers (&act->fx, T, FALSE);
  claim (act, T, 1);
}

static void
transferred (Act *act)
{
  claim (act, N, 1);
}

static QcRosterLine *
one_line (Act *act, const char *unit, QcBusiness business, QcPersonStatus status)
{
  act_begin (act, unit);
  g_autoptr (FxView) view = fx_view_new (&act->fx, unit);
  act->submission = fx_roster (view, business);
  act->fx.keys++;
  guint i = 0;
  while (((const QcEmployee *)g_ptr_array_index (view->people, i))->status != status)
    i++;
  g_free (act->person);
  act->person = g_strdup (((const QcEmployee *)g_ptr_array_index (view->people, i))->account);
  return fx_roster_add (view, act->submission, act->person);
}

static void
complete (Act *act, QcRosterLine *line)
{
  g_autoptr (FxView) view = fx_view_new (&act->fx, act->unit);
  fx_roster_complete (view, act->submission, line);
}

static void
sealing (Act *act)
{
  QcRosterLine *line = one_line (act, T, QC_BUSINESS_SEALING, QC_PERSON_NORMAL);
  line->reason = g_strdup ("01");
  complete (act, line);
}

static void
base_adjustment (Act *act)
{
  QcRosterLine *line = one_line (act, T, QC_BUSINESS_BASE_ADJUSTMENT, QC_PERSON_NORMAL);
  line->new_base = line->base + 10000;
  complete (act, line);
}

static void
transfer (Act *act)
{
  QcRosterLine *line = one_line (act, T, QC_BUSINESS_TRANSFER, QC_PERSON_SEALED);
  g_autoptr (FxView) view = fx_view_new (&act->fx, T);
  const QcOtherUnit *to = g_hash_table_lookup (view->units, R);
  line->target_unit = g_strdup (R);
  line->target_name = g_strdup (to->name);
  fx_roster_complete (view, act->submission, line);
}

static void
unit_change (Act *act)
{
  act_begin (act, T);
  g_autoptr (QcUnit) now = fx_unit (&act->fx, T);
  act->submission = qc_submission_new (QC_BUSINESS_UNIT_CHANGE);
  qc_fact_list_add (act->submission->facts, "DWYB", qc_unit_field_get (qc_unit_field_find ("DWYB"), now), "164301");
  act->fx.keys++;
}

static void
back_payment (Act *act)
{
  act_begin (act, N);
  g_autoptr (FxView) view = fx_view_new (&act->fx, N);
  QcMonth month = qc_month_add (view->unit->paid_to, -3); /* one was remitted above */
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST (p.account AS INTEGER) FROM person AS p JOIN unit AS u ON u.id = p.unit WHERE u.account = '" N
      "' AND p.status = 1 AND p.opened <= %d AND NOT EXISTS (SELECT 1 FROM span AS s WHERE s.person = p.id AND"
      " s.from_month <= %d AND s.to_month >= %d)",
      month, month, month);
  g_autofree char *missed = g_strdup_printf ("%" G_GINT64_FORMAT, fx_int (&act->fx, sql));
  act->submission = fx_roster (view, QC_BUSINESS_BACK_PAYMENT);
  fx_back_payment_add (view, act->submission, missed, "01", month, month);
  fx_complete_reviewed (&act->fx, view, act->submission);
  act->fx.keys++;
}

static void
opening (Act *act)
{
  act_begin (act, N);
  g_autoptr (FxView) view = fx_view_new (&act->fx, N);
  act->submission = fx_roster (view, QC_BUSINESS_ACCOUNT_OPENING);
  fx_opening_add (view, act->submission, 700 + act->fx.keys);
  fx_complete_reviewed (&act->fx, view, act->submission);
  act->fx.keys++;
}

/* ---- what is done about it ---- */

static gboolean
redraw (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_act (connection, &call, act->serial, QC_ACTION_REDRAW, error));
}

static void
money_there (Act *act)
{
  fx_set_balance (&act->fx, T, G_GINT64_CONSTANT (100000000));
  act_on_last (act);
}

/* What was told of once is only done this time. */
static void
do_again (Act *act, void (*prepare) (Act *act))
{
  prepare (act);
  g_autoptr (QcOutcome) done = fx_submit_roster (&act->fx, act->unit, act->submission);
  fx_assert_done (done);
  g_free (act->serial);
  act->serial = g_strdup (done->application->serial);
  act_on_last (act);
}

static void
transferred_again (Act *act)
{
  do_again (act, transferred);
}

static void
opening_again (Act *act)
{
  do_again (act, opening);
}

static void
both_wait (Act *act)
{
  opening_again (act);
  transferred_again (act);
}

static gboolean
take_away (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_act (connection, &call, act->serial, QC_ACTION_DELETE, error));
}

static void
bank_answers (Act *act)
{
  fx_set_answers (&act->fx, T, TRUE);
  act_on_last (act);
}

static gboolean
ask_bank (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_ask_bank (connection, &call, act->serial, error));
}

static gboolean
arrive (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  g_autofree char *reference = g_strdup_printf ("TEST-%u", act->fx.keys);
  return take (act, qc_engine_confirm_arrival (connection, &call, act->serial, act->fen, reference, error));
}

/* More than was asked for. */
static gboolean
arrive_more (QcConnection *connection, Act *act, GError **error)
{
  act->fen += 100;
  gboolean good = arrive (connection, act, error);
  act->fen -= 100;
  return good;
}

static QcEngineCall
review_of (Act *act)
{
  QcEngineCall call = call_of (act);
  call.actor = FX_REVIEWER;
  call.actors = QC_ACTOR_REVIEWER;
  return call;
}

static gboolean
take_claim (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = review_of (act);
  return take (act, qc_engine_claim (connection, &call, act->serial, FALSE, error));
}

static gboolean
release (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = review_of (act);
  return take (act, qc_engine_release (connection, &call, act->serial, error));
}

static gboolean
approve (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = review_of (act);
  return take (act, qc_engine_approve (connection, &call, act->serial, error));
}

static gboolean
give_back (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = review_of (act);
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  g_ptr_array_add (reasons, qc_return_reason_new ("01", QC_RETURN_APPLICATION, "看不清"));
  return take (act, qc_engine_return (connection, &call, act->serial, reasons, error));
}

static gboolean
issue_voucher (QcConnection *connection, Act *act, GError **error)
{
  static const char secret[32] = "the seed of a key of these tests";
  g_autoptr (GBytes) seed = g_bytes_new_static (secret, sizeof secret);
  g_autoptr (QcSigningKey) key = qc_signing_key_new_from_seed ("yanlian-test", seed, 0, 0, NULL);
  QcEngineCall call = call_of (act);
  call.actor = FX_ACTOR;
  return take (act, qc_engine_issue_voucher (connection, &call, key, act->serial, error));
}

static void
with_key (Act *act)
{
  g_autoptr (QcSigningKey) key = fx_load_key (&act->fx);
  act_on_last (act);
}

/* ---- what staff change, and what time brings ---- */

static void
at_counter (Act *act)
{
  g_autoptr (FxView) view = fx_view_new (&act->fx, R);
  const QcEmployee *first = g_ptr_array_index (view->people, 0);
  act_begin (act, R);
  g_free (act->person);
  act->person = g_strdup (first->account);
  act->fen = first->base + 10000;
}

static gboolean
change_base (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_change_base (connection, &call, act->person, 202611, act->fen, error));
}

static gboolean
change_ratios (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_change_ratios (connection, &call, 202612, 1000, 1000, error));
}

static gboolean
sign_agreement (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_sign_agreement (connection, &call, "演练银行", "0809" R, error));
}

static gboolean
end_agreement (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_end_agreement (connection, &call, error));
}

static gboolean
set_bank (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  return take (act, qc_engine_set_bank_balance (connection, &call, 500, error))
         && take (act, qc_engine_set_bank_answers (connection, &call, FALSE, error))
         && take (act, qc_engine_set_bank_answers (connection, &call, TRUE, error));
}

static gboolean
set_practice (QcConnection *connection, Act *act, GError **error)
{
  QcEngineCall call = call_of (act);
  const QcReviewPractice practice = {.delay = 60, .returned = 0};
  QcReviewPractice got;
  gint64 delay;
  return qc_engine_set_arrival_delay (connection, &call, 60, error)
         && qc_engine_get_arrival_delay (connection, &delay, error)
         && qc_engine_set_review_practice (connection, &call, &practice, error)
         && qc_engine_get_review_practice (connection, &got, error);
}

/* What is registered gets its money, what is in review its verdict. */
static gboolean
tick (QcConnection *connection, Act *act, GError **error)
{
  gint64 next;
  return qc_engine_tick (connection, act->fx.now + 3600, &next, error) >= 0
         && qc_engine_review_tick (connection, act->fx.now + 3600, &next, error) >= 0;
}

/* ---- what is read ---- */

static gboolean
read_units (QcConnection *connection, Act *act, GError **error)
{
  g_autoptr (QcUnit) unit = qc_engine_load_unit (connection, T, error);
  g_autoptr (QcOtherUnit) other = NULL;
  if (unit == NULL || !qc_engine_find_receiver (connection, R, &other, error))
    return FALSE;
  g_autoptr (GPtrArray) codes = qc_engine_load_codes (connection, error);
  g_autoptr (GPtrArray) units = codes != NULL ? qc_engine_list_units (connection, error) : NULL;
  g_autofree char *department = units != NULL ? qc_engine_dup_department (connection, error) : NULL;
  g_autofree char *reference = department != NULL ? qc_engine_dup_next_reference (connection, T, error) : NULL;
  return reference != NULL;
}

static gboolean
read_applications (QcConnection *connection, Act *act, GError **error)
{
  const QcApplicationQuery query = {.unit = N};
  g_autoptr (QcApplication) one = qc_engine_load_application (connection, N, act->serial, error);
  g_autoptr (GPtrArray) list = one != NULL ? qc_engine_list_applications (connection, &query, error) : NULL;
  g_autoptr (GPtrArray) log = list != NULL ? qc_engine_list_log (connection, N, 9, 0, error) : NULL;
  g_autoptr (GPtrArray) moved = log != NULL ? qc_engine_list_movements (connection, N, 9, 0, error) : NULL;
  g_autoptr (GPtrArray) facts = moved != NULL ? qc_engine_load_facts_of (connection, act->serial, error) : NULL;
  g_autoptr (GBytes) lines = facts != NULL ? qc_engine_dup_lines_page (connection, N, act->serial, 0, error) : NULL;
  g_autoptr (QcSubmission) sent = lines != NULL ? qc_engine_load_submission (connection, N, act->serial, error) : NULL;
  return sent != NULL;
}

static gboolean
read_keys (QcConnection *connection, Act *act, GError **error)
{
  QcKeyState state;
  g_autofree char *serial = NULL, *again = NULL, *unit = NULL;
  g_autoptr (GBytes) answer = NULL, same = NULL;
  int status;
  return qc_engine_lookup_key (connection, T, "key-1", &state, &serial, &status, &answer, error)
         && qc_engine_find_key (connection, "key-1", &unit, &state, &again, &status, &same, error);
}

static gboolean
read_feeds (QcConnection *connection, Act *act, GError **error)
{
  for (int feed = 0; feed < QC_N_FEEDS; feed++) {
    QcFeedPageStatus status;
    g_autoptr (GBytes) page = NULL;
    if (!qc_feeds_dup_page (connection, R, feed, NULL, 3, &status, &page, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
bury (QcConnection *connection, Act *act, GError **error)
{
  return qc_feeds_bury (connection, N, QC_FEED_PEOPLE, "nobody", error) && qc_feeds_prune (connection, 1, error);
}

static gboolean
audit (QcConnection *connection, Act *act, GError **error)
{
  return qc_engine_audit (connection, error);
}

/* ---- pictures ---- */

#define DIGEST "0000000000000000000000000000000000000000000000000000000000000000"
#define EMPTY  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* Begun, begun again, moved on, whole, asked for when it is there, ended; and what is in the way of a submission. */
static gboolean
upload (QcConnection *connection, Act *act, GError **error)
{
  g_autoptr (QcUploadFiles) files = qc_upload_files_new (act->fx.dir);
  g_autoptr (QcUpload) begun = NULL, again = NULL, found = NULL;
  gboolean named;
  if (!qc_engine_upload_begin (connection, files, N, DIGEST, 20, act->fx.now, &begun, error)
      || !qc_engine_upload_move (connection, begun, 10, act->fx.now, error)
      || !qc_engine_upload_begin (connection, files, N, DIGEST, 20, act->fx.now, &again, error)
      || !qc_engine_upload_find (connection, N, begun->id, &found, error)
      || !qc_engine_upload_move (connection, begun, 20, act->fx.now, error)
      || !qc_engine_upload_end (connection, begun, error)
      || !qc_engine_find_attachment (connection, N, act->serial, DIGEST, &named, error))
    return FALSE;
  g_assert_cmpint (again->have, ==, 10);
  g_assert_cmpint (found->have, ==, 10);
  g_autoptr (QcSubmission) submission = qc_submission_new (QC_BUSINESS_BACK_PAYMENT);
  g_ptr_array_add (submission->attachments, qc_attachment_new ("statement", 0, "a.jpg", EMPTY, 1, NULL));
  g_autoptr (GPtrArray) findings = qc_engine_check_attachments (connection, 2, submission, error);
  return findings != NULL && qc_engine_upload_sweep (connection, files, act->fx.now, error);
}

/* An address that takes two pictures; one is fetched, the rest goes with it. */
static gboolean
phone (QcConnection *connection, Act *act, GError **error)
{
  g_autoptr (QcUploadFiles) files = qc_upload_files_new (act->fx.dir);
  g_autoptr (QcPhone) issued = NULL, same = NULL;
  g_autofree char *token = NULL, *file = NULL;
  gint64 wait, next;
  guint taken;
  gboolean full;
  g_autoptr (GArray) pictures = qc_phone_pictures_new ();
  for (int i = 0; i < 2; i++) {
    QcPhonePicture picture = {0, 5, g_strdup_printf ("file-%d", i)};
    g_array_append_val (pictures, picture);
  }
  if (!qc_engine_phone_issue (connection, N, "张三", 3, act->fx.now, &issued, &token, &wait, error)
      || !qc_engine_phone_find_token (connection, token, &same, error)
      || !qc_engine_phone_take (connection, same, pictures, act->fx.now, &taken, &full, error)
      || !qc_engine_phone_drop (connection, files, same, 1, error)
      || !qc_engine_phone_end (connection, files, same, error)
      || !qc_engine_phone_sweep (connection, files, act->fx.now, &next, error))
    return FALSE;
  g_assert_cmpuint (taken, ==, 2);
  g_assert_cmpint (next, ==, issued->expires + QC_PHONE_KEPT);
  return qc_engine_phone_sweep (connection, files, next, &next, error) && next == 0;
}

/* ---- how it is told ---- */

static const struct {
  const char *name;
  void (*prepare) (Act *act); /* (nullable) */
  gboolean (*tell) (QcConnection *connection, Act *act, GError **error);
  int expected; /* QcApplicationState afterwards; -1: nothing of that kind */
  int every;    /* call that fails; 0: each */
} chapters[] = {
    {"collected", collected, submit, QC_STATE_FINISHED},
    {"short of money", short_of_money, submit, -1},
    {"drawn again", money_there, redraw, QC_STATE_FINISHED},
    {"bank silent", bank_silent, submit, -1},
    {"bank asked", bank_answers, ask_bank, -1},
    {"registered", transferred, submit, QC_STATE_REGISTERED},
    {"deleted", act_on_last, take_away, QC_STATE_DELETED},
    {"arrived", transferred_again, arrive_more, QC_STATE_FINISHED},
    {"voucher", with_key, issue_voucher, -1},
    {"sealing", sealing, submit, QC_STATE_FINISHED},
    {"base adjustment", base_adjustment, submit, QC_STATE_FINISHED},
    {"transfer", transfer, submit, QC_STATE_FINISHED},
    {"unit change", unit_change, submit, QC_STATE_FINISHED},
    {"back payment", back_payment, submit, QC_STATE_IN_REVIEW},
    {"claimed", act_on_last, take_claim, -1},
    {"released", act_on_last, release, -1},
    {"approved", act_on_last, approve, QC_STATE_ACCEPTED},
    {"money came", act_on_last, arrive, QC_STATE_FINISHED},
    {"opening", opening, submit, QC_STATE_IN_REVIEW},
    {"returned", act_on_last, give_back, QC_STATE_RETURNED},
    {"opening approved", opening_again, approve, QC_STATE_FINISHED},
    {"units read", NULL, read_units, -1},
    {"applications read", NULL, read_applications, -1},
    {"keys read", NULL, read_keys, -1},
    {"feeds read", NULL, read_feeds, -1},
    {"base", at_counter, change_base, -1},
    {"ratios", at_counter, change_ratios, -1},
    {"agreement", at_counter, sign_agreement, -1},
    {"bank", at_counter, set_bank, -1},
    {"agreement ended", at_counter, end_agreement, -1},
    {"practice", at_counter, set_practice, -1},
    {"time", both_wait, tick, -1},
    {"buried", NULL, bury, -1},
    {"audited", NULL, audit, -1, .every = 2}, /* of hundreds of calls, of all checks all the same */
    {"uploaded", NULL, upload, -1},
    {"telephone", NULL, phone, -1},
};

/* On a connection that keeps no statement from before. */
static gboolean
tell (Act *act, guint chapter, int nth)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcConnection) connection = qc_connection_open (act->fx.path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  g_autoptr (QcTransaction) transaction = qc_transaction_begin (connection, QC_TRANSACTION_WRITE, "story", &error);
  g_assert_no_error (error);
  full_disk_begin (nth);
  gboolean good = chapters[chapter].tell (connection, act, &error);
  if (!full_disk_end (chapters[chapter].name, nth, good, error))
    return FALSE;
  g_assert_true (qc_transaction_commit (transaction, &error));
  return TRUE;
}

static void
test_story (void)
{
  Act act = {0};
  fx_open (&act.fx, PEOPLE);
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++) {
    if (chapters[i].prepare != NULL)
      chapters[i].prepare (&act);
    for (int nth = 1; !tell (&act, i, nth); nth += MAX (chapters[i].every, 1))
      ;
    if (act.outcome == NULL)
      continue;
    fx_assert_done (act.outcome);
    if (act.outcome->application == NULL)
      continue;
    if (chapters[i].expected >= 0)
      g_assert_cmpint (act.outcome->application->state, ==, chapters[i].expected);
    g_free (act.serial);
    act.serial = g_strdup (act.outcome->application->serial);
    g_clear_pointer (&act.outcome, qc_outcome_free);
  }
  fx_audit (&act.fx);
  g_clear_pointer (&act.submission, qc_submission_free);
  g_clear_pointer (&act.outcome, qc_outcome_free);
  g_free (act.serial);
  g_free (act.person);
  fx_close (&act.fx);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/center/engine-failing/story", test_story);
  return g_test_run ();
}
