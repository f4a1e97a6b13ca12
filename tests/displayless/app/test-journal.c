/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal as a clerk reads it: what each act is about in words, found by what she would type, by kind, unit and
 * time; and that what she does stands in it.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "qc-app-fixture.h"
#include "qc-application-service.h"
#include "qc-draft-list.h"
#include "qc-journal-list.h"
#include "qc-keeper.h"
#include "qc-month.h"
#include "qc-outbox-list.h"
#include "qc-session-private.h"

static gboolean
is_read (gpointer list)
{
  return !qc_journal_list_is_reading (list);
}

/* (transfer full) */
static QcJournalList *
find (QcAppFixture *fixture, const QcJournalFilter *filter)
{
  qc_app_fixture_sql (fixture, "SELECT 1"); /* behind what nobody waits for */
  QcJournalList *list = qc_journal_list_new (fixture->session);
  qc_journal_list_set_filter (list, filter);
  qc_app_fixture_until (is_read, list);
  g_assert_no_error (qc_journal_list_get_error (list));
  return list;
}

static guint
count (QcAppFixture *fixture, QcJournalFilter filter)
{
  g_autoptr (QcJournalList) list = find (fixture, &filter);
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* The newest entry of this kind: what was done and what it is about. (transfer full) */
static char *
words_of (QcAppFixture *fixture, const char *code)
{
  g_autoptr (QcJournalList) list = find (fixture, &(QcJournalFilter) {.kind = code});
  g_autoptr (QcJournalRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  if (!row)
    return NULL;
  g_assert_cmpstr (qc_journal_row_get_code (row), ==, code);
  g_autofree char *action = qc_journal_row_dup_action (row);
  g_autofree char *subject = qc_journal_row_dup_subject (row);
  return g_strjoin (" | ", action, subject, NULL);
}

static void
assert_words (QcAppFixture *fixture, const char *code, const char *expected)
{
  g_autofree char *words = words_of (fixture, code);
  g_assert_cmpstr (words, ==, expected);
}

/* --- words --- */

/* As the rooms write them → as she reads them. */
static void
test_words (void)
{
  static const struct {
    const char *code, *subject, *details, *expected;
  } rows[] = {
      {"sign-in", "daizhang", NULL, "Signed in | daizhang"},
      {"profile-import", "heihe", "黑河市住房公积金管理中心", "Imported a center | 黑河市住房公积金管理中心"},
      {"draft.deleted", "sealing", "7/12/十一月退休", "Draft deleted | Sealing and unsealing · 十一月退休 · 12 lines"},
      {"draft.restored", "remittance", "1/0/", "Draft restored | Remittance"},
      {"import.adopted", "base-adjustment", "128/基数.xlsx",
       "Imported a workbook | Base adjustment · 128 lines · 基数.xlsx"},
      {"exported", "/home/a/人员清册.xlsx", "People · 3", "Exported | People · 3 lines · /home/a/人员清册.xlsx"},
      {"voucher.printed", "HJ202600000003", "HP-1020",
       "Voucher printed | Remittance · September 2026 · ￥3,500.00 · HJ202600000003 · HP-1020"},
      {"backup.restored", "2026-11-23T02-05-00-2", "1",
       "Went back to a backup | 2026-11-23 10:05 · 1 is asked about at the center first"},
      {"bundle.adopted", "搬家.qcdata", "0", "Took over data | 搬家.qcdata"},
      {"handed-over", NULL, "2", "Handed over | 2 units"},
      {"salvaged", NULL, "2/1/140", "Salvaged from a damaged database | drafts 2, waiting 1, journal entries 140"},
      {"voucher.saved", "HJ202600000009", NULL, "Voucher saved | HJ202600000009"}, /* not here any more */
      {"profile-import", "heihe", NULL, "Imported a center | heihe"},
      {"draft.deleted", "other", "1/1/", "Draft deleted | other · 1 line"},
      {"draft.deleted", "sealing", NULL, "Draft deleted | Sealing and unsealing"},
      {"import.adopted", "sealing", NULL, "Imported a workbook | Sealing and unsealing"},
      {"exported", "a.xlsx", NULL, "Exported | a.xlsx"},
      {"bundle.adopted", "a", "2", "Took over data | a · 2 are asked about at the center first"},
      {"backup.restored", NULL, NULL, "Went back to a backup | "},
      {"handed-over", NULL, NULL, "Handed over | 0 units"},
      {"salvaged", NULL, NULL, "Salvaged from a damaged database | "},
      {"future.act", "thing", "detail", "future.act | thing · detail"}, /* of a newer version */
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_session_journal (fixture->session, rows[i].code, rows[i].subject, rows[i].details);
    assert_words (fixture, rows[i].code, rows[i].expected);
  }
}

/* Details that are not as they are written are passed over, never read beyond. */
static void
test_odd_details (void)
{
  static const char *const odd[] = {"", "/", "1/2", "x/y/z", "9999999999999999999999/1/a", " · ", "T", "T-", "2026T1"};
  static const char *const codes[] = {"draft.deleted", "import.adopted", "exported",      "backup.restored",
                                      "handed-over",   "salvaged",       "outbox.queued", "outbox.accepted"};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (odd); k++) {
      qc_session_journal (fixture->session, codes[i], odd[k], odd[k]);
      g_autofree char *words = words_of (fixture, codes[i]);
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

/* --- what she does --- */

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

static gboolean
is_there (gpointer slot)
{
  return *(GAsyncResult **)slot != NULL;
}

static gboolean
is_outbox_read (gpointer list)
{
  return !qc_outbox_list_is_reading (list);
}

/* What was submitted, and taken back: the business, its months, people and amount. */
static void
test_submitted (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_HELD | QC_FILL_SEALING, 0);
  assert_words (fixture, "outbox.withdrawn", "Taken back | Remittance · November 2026 · 3 people · ￥3,500.00");
  assert_words (fixture, "outbox.queued", "Submitted: waits to be sent | Sealing and unsealing · 2 people");
  g_autoptr (QcOutboxList) outbox = qc_outbox_list_new (fixture->session);
  qc_app_fixture_until (is_outbox_read, outbox);
  g_autoptr (QcOutboxItem) item
      = g_list_model_get_item (G_LIST_MODEL (outbox), g_list_model_get_n_items (G_LIST_MODEL (outbox)) - 1);
  g_autoptr (QcApplicationService) service = qc_application_service_new (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  qc_app_fixture_sql (fixture, "UPDATE outbox SET kind = 'redraw', serial = 'HJ202600000005' WHERE state = 'queued'");
  assert_words (fixture, "outbox.queued",
                "Submitted: waits to be sent | Draw again · Sealing and unsealing · 2 people"
                " · HJ202600000005");
  qc_application_service_withdraw_async (service, item, NULL, answer_cb, &result);
  qc_app_fixture_until (is_there, &result);
  g_assert_true (qc_application_service_withdraw_finish (service, result, &error));
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.kind = "outbox.withdrawn"}), ==, 2);
}

static gboolean
has_one (gpointer list)
{
  return g_list_model_get_n_items (list) == 1;
}

static gboolean
has_none (gpointer list)
{
  return g_list_model_get_n_items (list) == 0;
}

static void
test_drafts (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcDraftList) drafts = qc_draft_list_new (fixture->session, QC_BUSINESS_SEALING);
  g_autoptr (QcDraftList) trash = qc_draft_list_new_trash (fixture->session);
  g_autoptr (GAsyncResult) result = NULL;
  qc_draft_list_create_async (drafts, QC_BUSINESS_SEALING, NULL, answer_cb, &result);
  qc_app_fixture_until (is_there, &result);
  gint64 draft = qc_draft_list_create_finish (drafts, result, NULL);
  qc_draft_list_rename (drafts, draft, "月末");
  qc_draft_list_delete (drafts, draft);
  qc_app_fixture_until (has_one, trash);
  assert_words (fixture, "draft.deleted", "Draft deleted | Sealing and unsealing · 月末");
  qc_draft_list_undelete (trash, draft);
  qc_app_fixture_until (has_none, trash);
  assert_words (fixture, "draft.restored", "Draft restored | Sealing and unsealing · 月末");
  qc_draft_list_delete (drafts, draft);
  qc_app_fixture_until (has_one, trash);
  qc_draft_list_destroy (trash, draft);
  qc_app_fixture_until (has_none, trash);
  assert_words (fixture, "draft.destroyed", "Draft deleted for good | Sealing and unsealing · 月末");
}

/* A name for a unit, a center, a backup. */
static void
test_others (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcKeeper) keeper = qc_keeper_new (fixture->session);
  g_autoptr (GAsyncResult) marked = NULL, made = NULL;
  g_autoptr (GError) error = NULL;
  qc_session_mark_unit_async (fixture->session, QC_FIXTURE_UNIT, "甲", 5, answer_cb, &marked);
  qc_app_fixture_until (is_there, &marked);
  g_assert_true (qc_session_mark_unit_finish (fixture->session, marked, &error));
  assert_words (fixture, "unit.marked", "Unit given a name or colour | 甲");
  qc_keeper_back_up_async (keeper, NULL, answer_cb, &made);
  qc_app_fixture_until (is_there, &made);
  g_assert_true (qc_keeper_back_up_finish (keeper, made, &error));
  assert_words (fixture, "backup.made", "Backup made | ");
  g_autofree char *path = g_build_filename (fixture->dir, "handed-out.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_assert_true (g_file_set_contents (path,
                                      "{\"format\": 1, \"id\": \"far-away\", \"name\": \"远方\", \"practice\": false,"
                                      " \"portal\": \"https://portal.example\", \"client_id\": \"qingce\","
                                      " \"keys\": [], \"directory\": []}",
                                      -1, NULL));
  g_autoptr (QcProfileInfo) info = qc_session_import_profile (fixture->session, file, &error);
  g_assert_no_error (error);
  assert_words (fixture, "profile-import", "Imported a center | 远方");
}

/* --- finding --- */

static void
test_found (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_APPLICATIONS | QC_FILL_SEALING, 0);
  qc_app_fixture_sql (fixture, "UPDATE outbox SET serial = 'FQ202600000777'");
  qc_session_journal (fixture->session, "voucher.printed", "HJ202600000003", "HP-1020");
  qc_session_journal (fixture->session, "draft.deleted", "sealing", "7/12/十一月退休");
  qc_session_journal (fixture->session, "sign-out", NULL, NULL);
  static const struct {
    const char *text;
    guint n;
  } rows[] = {
      {"signed OUT", 1},     /* what was done, in words */
      {"sign-out", 1},       /* or its code */
      {"unsealing", 2},      /* a business: of a draft, and of what waits */
      {"FQ202600000777", 1}, /* a number that stands beside the journal */
      {"HJ2026", 1},         {"hp-1020", 1}, {"十一月", 1}, {"100%", 0}, {"_", 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (count (fixture, (QcJournalFilter) {.text = rows[i].text}), ==, rows[i].n);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.kind = "voucher."}), ==, 1);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.unit = "231100009999"}), ==, 0);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.unit = QC_FIXTURE_UNIT, .text = "sealing"}), ==, 2);
  g_autoptr (QcJournalList) list = find (fixture, &(QcJournalFilter) {.kind = "voucher."});
  g_autoptr (QcJournalRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *unit = qc_journal_row_dup_unit (row);
  g_assert_cmpstr (unit, ==, qc_session_get_unit (fixture->session)->name); /* not its number */
}

static guint
n_of (QcJournalList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static gboolean
is_filled (gpointer row)
{
  return qc_journal_row_get_number (row) > 0;
}

static void
count_cb (QcJournalList *list, guint *n)
{
  ++*n;
}

static void
failed_cb (QcJournalList *list, const GError *error, guint *n)
{
  ++*n;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *)n == 1;
}

/* Pages beyond the first come when somebody looks: empty until then. What cannot be read is said, and what was there
 * stays. */
static void
test_pages (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_session_journal (fixture->session, "sign-in", NULL, NULL);
  qc_app_fixture_sql (fixture,
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 449)"
                      " INSERT INTO journal SELECT seq + i, time, profile, unit, actor, action, subject, detail, hash"
                      " FROM journal, n WHERE action = 'sign-in'");
  g_autoptr (QcJournalList) list = find (fixture, &(QcJournalFilter) {.text = ""});
  guint reloads = 0, failures = 0;
  g_signal_connect (list, "reloaded", G_CALLBACK (count_cb), &reloads);
  g_signal_connect (list, "failed", G_CALLBACK (failed_cb), &failures);
  g_assert_cmpuint (n_of (list), ==, 450);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 450));
  g_autoptr (QcJournalRow) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autoptr (QcJournalRow) last = g_list_model_get_item (G_LIST_MODEL (list), 449);
  g_assert_cmpint (qc_journal_row_get_number (first), >, 449);
  g_assert_cmpint (qc_journal_row_get_number (last), ==, 0);
  g_autofree char *unit = qc_journal_row_dup_unit (last), *actor = qc_journal_row_dup_actor (last);
  g_autofree char *action = qc_journal_row_dup_action (last), *time = qc_journal_row_dup_time (last);
  g_autofree char *words = g_strconcat (unit, actor, action, time, NULL);
  g_assert_cmpstr (words, ==, "");
  qc_app_fixture_until (is_filled, last);
  g_assert_cmpint (qc_journal_row_get_number (first) - qc_journal_row_get_number (last), ==, 449);
  g_assert_cmpuint (reloads, ==, 0);
  qc_app_fixture_sql (fixture, "ALTER TABLE journal RENAME TO elsewhere");
  qc_journal_list_reload (list);
  qc_app_fixture_until (is_one, &failures);
  g_assert_nonnull (qc_journal_list_get_error (list));
  g_assert_cmpuint (n_of (list), ==, 450);
  qc_app_fixture_sql (fixture, "ALTER TABLE elsewhere RENAME TO journal");
  qc_journal_list_reload (list);
  qc_app_fixture_until (is_one, &reloads);
  g_assert_no_error (qc_journal_list_get_error (list));
}

/* By whom and for whom: the unit's number where its name is not known, and nothing where it is of none. */
static void
test_who (void)
{
  static const struct {
    const char *sql, *unit, *actor;
  } rows[] = {
      {"UPDATE journal SET actor = '王经办'", "爱辉某某商贸有限公司", "王经办"},
      {"UPDATE journal SET actor = NULL, unit = '231100009999'", "231100009999", ""},
      {"UPDATE journal SET unit = NULL", "", ""},
  };
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_session_journal (fixture->session, "sign-in", NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    qc_app_fixture_sql (fixture, rows[i].sql);
    g_autoptr (QcJournalList) list = find (fixture, &(QcJournalFilter) {0});
    g_autoptr (QcJournalRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);
    g_autofree char *unit = qc_journal_row_dup_unit (row), *actor = qc_journal_row_dup_actor (row);
    g_assert_cmpstr (unit, ==, rows[i].unit);
    g_assert_cmpstr (actor, ==, rows[i].actor);
  }
}

/* From a moment on, and up to another one. */
static void
test_between (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  for (guint i = 0; i < 3; i++)
    qc_session_journal (fixture->session, "sign-out", NULL, NULL);
  qc_app_fixture_sql (fixture, "UPDATE journal SET time = 1795392000 + seq");
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {0}), ==, 3);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.from = 1795392002}), ==, 2);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.to = 1795392002}), ==, 1);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.from = 1795392002, .to = 1795392003}), ==, 1);
  g_assert_cmpuint (count (fixture, (QcJournalFilter) {.from = 1795392004}), ==, 0);
}

#define AT(date, seconds) (qc_date_to_unix (date) + (seconds))

/* By the days of China, on each side of their borders. */
static void
test_periods (void)
{
  static const struct {
    QcJournalPeriod period;
    QcDate today, from, to;
  } rows[] = {
      {QC_JOURNAL_TODAY, 20261123, 20261123, 0},
      {QC_JOURNAL_WEEK, 20260303, 20260225, 0},
      {QC_JOURNAL_MONTH, 20261101, 20261101, 0},
      {QC_JOURNAL_MONTH, 20261130, 20261101, 0},
      {QC_JOURNAL_LAST_MONTH, 20260101, 20251201, 20260101},
      {QC_JOURNAL_LAST_MONTH, 20260331, 20260201, 20260301},
      {QC_JOURNAL_YEAR, 20261231, 20260101, 0},
      {QC_JOURNAL_LAST_YEAR, 20260101, 20250101, 20260101},
  };
  gint64 from, to;
  qc_journal_period_get (QC_JOURNAL_ALWAYS, AT (20261123, 0), &from, &to);
  g_assert_true (from == 0 && to == 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint k = 0; k < 2; k++) { /* the first second of the day and its last one */
      qc_journal_period_get (rows[i].period, AT (rows[i].today, k * 86399), &from, &to);
      g_assert_cmpint (from, ==, AT (rows[i].from, 0));
      g_assert_cmpint (to, ==, rows[i].to ? AT (rows[i].to, 0) : 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/words", test_words);
  g_test_add_func ("/journal/odd-details", test_odd_details);
  g_test_add_func ("/journal/submitted", test_submitted);
  g_test_add_func ("/journal/drafts", test_drafts);
  g_test_add_func ("/journal/others", test_others);
  g_test_add_func ("/journal/found", test_found);
  g_test_add_func ("/journal/pages", test_pages);
  g_test_add_func ("/journal/who", test_who);
  g_test_add_func ("/journal/between", test_between);
  g_test_add_func ("/journal/periods", test_periods);
  return g_test_run ();
}
