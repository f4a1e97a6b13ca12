/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A roster business without a screen: people come onto the roster, cells are entered, filled, pasted and undone, also
 * after a kill; faults are found where they are; 办理 puts exactly the lines into the outbox; and what waits is laid
 * over the people.
 */
#include "qc-remittance-service.h"
#include "roster-play.h"

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static gboolean
remittance_is_settled (gpointer data)
{
  QcDraft *draft = qc_business_service_get_draft (data);
  return qc_business_service_get_error (data)
         || (qc_draft_is_loaded (draft) && qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft)
             && !qc_business_service_is_loading (data));
}

static void
test_entering (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autofree char *nobody = play_why_not (service);
  g_assert_nonnull (nobody);
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202610);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000001\n2311000003\n2311000099\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_assert_cmpuint (pasted->unknown->len, ==, 1);
  const QcRosterLine *sealed = play_find (service, "2311000001");
  const QcRosterLine *unsealed = play_find (service, "2311000003");
  g_assert_cmpint (sealed->status_after, ==, QC_PERSON_SEALED);
  g_assert_cmpint (unsealed->status_after, ==, QC_PERSON_NORMAL);
  g_assert_cmpuint (qc_roster_model_get_n_faulty (qc_roster_service_get_model (service)), ==, 2); /* no reason */
  gint64 one = sealed->id;
  gint64 two = unsealed->id;
  QcLineFieldId field;
  g_assert_cmpint (qc_roster_service_next_fault (service, 0, QC_LINE_ACCOUNT, FALSE, &field), ==, one);
  g_assert_cmpint (field, ==, QC_LINE_REASON);
  g_assert_true (qc_roster_service_enter (service, one, QC_LINE_REASON, "解除劳动关系"));
  g_assert_true (qc_roster_service_enter (service, two, QC_LINE_REASON, "01"));
  play_settle (service);
  g_assert_cmpstr (play_find (service, "2311000001")->reason, ==, "01");
  g_autofree char *may = play_why_not (service);
  g_assert_cmpstr (may, ==, NULL);
  g_assert_false (qc_roster_service_enter (service, one, QC_LINE_REASON, "不存在的原因"));
  play_settle (service);
  g_autofree char *raw = qc_roster_service_dup_text (service, play_find (service, "2311000001"), QC_LINE_REASON);
  g_assert_cmpstr (raw, ==, "不存在的原因"); /* kept as typed, and marked */
  g_autofree char *faulty = play_why_not (service);
  g_assert_nonnull (faulty);
}

/* Every step is undone as one, in this process and in the next. */
static void
test_undo (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 40);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (GString) rows = g_string_new ("account\treason\n");
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (rows, "232%07u\t01\n", i);
  g_autoptr (QcPasteResult) pasted = play_paste (service, rows->str);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 30);
  gint64 first = ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id;
  gint64 third = ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 2))->id;
  const gint64 gone[] = {first, third};
  qc_roster_service_remove (service, gone, 2);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 28);
  gint64 draft = qc_draft_get_id (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, draft);
  QcDraft *again = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 28);
  g_assert_true (qc_draft_can_undo (again));
  qc_draft_undo (again);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 30);
  g_assert_cmpint (((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id, ==, first);
  g_assert_cmpint (((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 2))->id, ==, third);
  qc_draft_undo (again);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  qc_draft_redo (again);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 30);
  qc_roster_service_clear (service);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  qc_draft_undo (again);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 30);
}

/* ---- many lines ---- */

#define MANY 700

/* Every other line gets an explanation; the first piece of the work takes longer than a piece may. */
static gboolean
explain (QcRosterLine *line, gpointer calls)
{
  if (++*(guint *)calls == 200)
    g_usleep (20 * 1000);
  qc_line_set_text (line, QC_LINE_REASON_TEXT, line->id % 2 == 0 ? "一并说明" : NULL);
  return TRUE;
}

static void
travel (QcRosterService *service, void (*there) (QcDraft *), const char *expected)
{
  there (play_draft (service));
  g_assert_true (qc_draft_is_busy (play_draft (service)));
  play_settle (service);
  g_autofree char *picture = play_picture (service);
  g_assert_cmpstr (picture, ==, expected);
}

/* Many lines are changed in pieces between which the main loop goes on: it is one step, nobody edits or takes an older
 * state for it meanwhile, it is not said to be saved before all of it is, and it is undone as one, in the next process
 * too. */
static void
test_many (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, MANY + 10);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (GString) rows = g_string_new ("account\treason\n");
  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (rows, "232%07u\t01\n", i);
  g_autoptr (QcPasteResult) pasted = play_paste (service, rows->str);
  g_assert_cmpuint (pasted->added, ==, MANY);
  g_autofree char *before = play_picture (service);
  QcDraft *draft = play_draft (service);
  gint64 revision = qc_draft_get_revision (draft), id = qc_draft_get_id (draft);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < MANY; i++)
    g_array_append_val (ids, ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, i))->id);
  const gint64 *all = (const gint64 *)ids->data;
  guint *calls = g_new0 (guint, 1);
  g_assert_true (qc_draft_change_lines (draft, all, MANY, "line.reason_text", explain, calls, g_free));

  g_assert_cmpuint (*calls, <, MANY);
  g_assert_true (qc_draft_is_busy (draft));
  g_assert_cmpuint (qc_draft_get_unsaved (draft), ==, 1);
  g_assert_false (qc_draft_can_undo (draft));
  g_assert_false (qc_roster_service_enter (service, all[0], QC_LINE_REASON_TEXT, "其间"));
  g_assert_false (qc_roster_service_enter_many (service, all, 2, QC_LINE_REASON_TEXT, "其间"));
  g_autofree char *why = play_why_not (service);
  g_assert_nonnull (why);
  g_autoptr (QcDraft) opened = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, id);
  g_assert_true (opened == draft);
  qc_draft_load_async (draft, NULL, NULL, NULL);
  play_settle (service);
  g_assert_cmpint (qc_draft_get_revision (draft), ==, revision + 1);
  g_autofree char *after = play_picture (service);
  for (guint i = 0; i < MANY; i++)
    g_assert_cmpstr (qc_roster_find (play_roster (service), all[i])->reason_text, ==,
                     all[i] % 2 == 0 ? "一并说明" : NULL);

  travel (service, qc_draft_undo, before);
  travel (service, qc_draft_redo, after);
  g_clear_object (&opened);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *again = play_picture (service);
  g_assert_cmpstr (again, ==, after);
  travel (service, qc_draft_undo, before);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *undone = play_picture (service);
  g_assert_cmpstr (undone, ==, before);
  travel (service, qc_draft_redo, after);
}

/* So many that they would come in pieces at the end, which is not where they are to stand. */
static void
test_many_before (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  g_autofree char *before = play_picture (service);
  gint64 last = play_find (service, "2311000001")->id;
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < 1001; i++) {
    QcRosterLine *line = qc_roster_line_new ();
    line->account = g_strdup_printf ("232%07u", i);
    g_ptr_array_add (lines, line);
  }
  g_assert_true (qc_draft_add_lines (play_draft (service), lines, last, "lines.add"));
  play_settle (service);
  const GPtrArray *all = play_roster (service)->lines;
  g_assert_cmpuint (all->len, ==, 1002);
  g_assert_cmpstr (((const QcRosterLine *)g_ptr_array_index (all, 0))->account, ==, "2320000000");
  g_assert_cmpstr (((const QcRosterLine *)g_ptr_array_index (all, 1000))->account, ==, "2320001000");
  g_assert_cmpint (((const QcRosterLine *)g_ptr_array_index (all, 1001))->id, ==, last);
  travel (service, qc_draft_undo, before);
}

/* ---- 同城转移 without the center: what was asked for before ---- */

#define OTHER "231100000067"

static void
keep_other (QcAppFixture *fixture, QcRosterService *service, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("INSERT OR REPLACE INTO other_unit SELECT profile, '" OTHER "', '%s', 1, "
                                          "202610, 202611, 1795000000 FROM scope",
                                          name);
  qc_app_fixture_sql (fixture, sql);
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  play_settle (service);
}

static void
test_transfer (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\n2311000003\n2311000001\n");
  g_assert_cmpuint (pasted->added, ==, 1);
  g_assert_cmpuint (pasted->refused->len, ==, 1); /* only 封存 accounts can go, and it says why */
  g_assert_cmpstr (((QcFinding *)pasted->refused->pdata[0])->code, ==, "transfer.status");
  gint64 line = play_find (service, "2311000003")->id;
  play_enter (service, "2311000003", QC_LINE_TARGET_UNIT, " ２３１１ ００００ ００６７");
  g_assert_cmpstr (play_find (service, "2311000003")->target_unit, ==, OTHER);
  g_assert_nonnull (play_finding (service, line, "transfer.unit-unasked")); /* never accepted unseen */
  g_autofree char *unseen = play_why_not (service);
  g_assert_nonnull (unseen);
  qc_draft_undo (play_draft (service));
  play_settle (service);
  keep_other (fixture, service, "旧名有限公司");
  play_enter (service, "2311000003", QC_LINE_TARGET_UNIT, OTHER);
  g_assert_cmpstr (play_find (service, "2311000003")->target_name, ==, "旧名有限公司");
  g_assert_cmpint (play_find (service, "2311000003")->first_month, ==, 202611);
  g_assert_nonnull (play_finding (service, line, "transfer.unit-earlier"));
  g_autofree char *may = play_why_not (service);
  g_assert_null (may);
  qc_draft_undo (play_draft (service)); /* number and name are one step */
  play_settle (service);
  g_assert_null (play_find (service, "2311000003")->target_unit);
  g_assert_null (play_find (service, "2311000003")->target_name);
  qc_draft_redo (play_draft (service));
  play_settle (service);
  g_assert_cmpstr (play_find (service, "2311000003")->target_name, ==, "旧名有限公司");
  /* another name than the one that was seen is said, both of them, until the clerk takes it */
  keep_other (fixture, service, "新名有限公司");
  const QcFinding *renamed = play_finding (service, line, "transfer.unit-renamed");
  g_assert_nonnull (renamed);
  g_assert_cmpstr (qc_finding_get_arg (renamed, "seen", NULL), ==, "旧名有限公司");
  g_assert_cmpstr (qc_finding_get_arg (renamed, "now", NULL), ==, "新名有限公司");
  qc_roster_service_update_lines (service, &line, 1);
  play_settle (service);
  g_assert_cmpstr (play_find (service, "2311000003")->target_name, ==, "新名有限公司");
  g_assert_null (play_finding (service, line, "transfer.unit-renamed"));
  static const struct {
    const char *text, *code;
  } rows[] = {{"231100000042", "transfer.own-unit"},
              {"23110000006", "transfer.unit-number"},
              {"2311000000670", "transfer.unit-number"},
              {"23110000006甲", "transfer.unit-number"},
              {"231100000067231100000067", "roster.unreadable"},
              {"231100000075", "transfer.unit-unasked"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    play_enter (service, "2311000003", QC_LINE_TARGET_UNIT, rows[i].text);
    g_assert_nonnull (play_finding (service, line, rows[i].code));
    g_assert_null (play_find (service, "2311000003")->target_name);
  }
  g_assert_true (qc_roster_service_enter_many (service, &line, 1, QC_LINE_TARGET_UNIT, OTHER));
  play_settle (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcSubmission) body = play_outbox_body (fixture, qc_outbox_item_get_id (item));
  const QcRosterLine *sent = g_ptr_array_index (body->roster->lines, 0);
  g_assert_cmpstr (sent->target_unit, ==, OTHER);
  g_assert_cmpstr (sent->target_name, ==, "新名有限公司");
  g_assert_cmpint (sent->first_month, ==, 202611);
}

static void
assert_totals (QcRosterService *service)
{
  const QcRosterTotals *totals = qc_roster_model_get_totals (qc_roster_service_get_model (service));
  QcRosterTotals sum = {0};
  g_assert_true (qc_roster_sum (play_roster (service), &sum));
  g_assert_cmpmem (totals, sizeof *totals, &sum, sizeof sum);
}

/* 缴存基数调整: set and scaled in one step each, unchanged ones dropped on request, each taken back by one undo. */
static void
test_bases (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 40);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BASE_ADJUSTMENT, 0);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  g_autoptr (GString) rows = g_string_new ("account\n");
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (rows, "232%07u\n", i);
  g_autoptr (QcPasteResult) pasted = play_paste (service, rows->str);
  g_assert_cmpuint (pasted->added, ==, 30);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < 30; i++)
    g_array_append_val (ids, ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, i))->id);
  const gint64 *all = (const gint64 *)ids->data;
  g_assert_true (qc_roster_service_scale_base (service, all, 30, 333, QC_ROUNDING_HALF_UP_YUAN));
  play_settle (service);
  for (guint i = 0; i < 30; i++) {
    const QcRosterLine *line = g_ptr_array_index (play_roster (service)->lines, i);
    g_assert_cmpint (line->new_base, ==, qc_money_portion (line->base, 10333, QC_ROUNDING_HALF_UP_YUAN));
    g_assert_cmpint (line->new_base % 100, ==, 0);
    g_assert_cmpint (line->difference, ==, line->new_base - line->base);
    g_assert_cmpint (line->unit_fen, >=, line->old_unit_fen);
  }
  const QcRosterTotals *totals = qc_roster_model_get_totals (qc_roster_service_get_model (service));
  g_assert_cmpint (totals->unit_fen, >, totals->old_unit_fen);
  g_assert_cmpint (totals->old_unit_fen, >, 0);
  qc_draft_undo (draft);
  play_settle (service);
  for (guint i = 0; i < 30; i++)
    g_assert_cmpint (((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, i))->new_base, ==, 0);
  /* cell after cell, up and down again: as if all had been added up each time */
  for (guint i = 0; i < 60; i++) {
    g_autofree char *base = g_strdup_printf ("%d", i % 20 == 7 ? 1 : 4000 + (int)i);
    g_assert_true (qc_roster_service_enter (service, all[i * 7 % 30], QC_LINE_NEW_BASE, i % 13 == 5 ? "" : base));
    assert_totals (service);
  }
  for (guint i = 0; i < 60; i++)
    qc_draft_undo (draft);
  play_settle (service);
  assert_totals (service);
  /* the first keeps its base: it is refused by name, and goes on request */
  const QcRosterLine *first = g_ptr_array_index (play_roster (service)->lines, 0);
  g_autofree char *same = qc_money_to_plain (first->base);
  g_assert_true (qc_roster_service_enter_many (service, all + 1, 29, QC_LINE_NEW_BASE, "6,000元"));
  g_assert_true (qc_roster_service_enter (service, all[0], QC_LINE_NEW_BASE, same));
  play_settle (service);
  GHashTable *counts = qc_roster_service_get_counts (service);
  guint unchanged = GPOINTER_TO_UINT (g_hash_table_lookup (counts, "base.unchanged"));
  g_assert_cmpuint (unchanged, >=, 1);
  g_autofree char *why = play_why_not (service);
  g_assert_nonnull (why);
  g_assert_cmpuint (qc_roster_service_remove_found (service, "base.unchanged"), ==, unchanged);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 30 - unchanged);
  g_assert_null (qc_roster_find (play_roster (service), all[0]));
  g_autofree char *may = play_why_not (service);
  g_assert_cmpstr (may, ==, NULL);
  qc_draft_undo (draft);
  play_settle (service);
  g_assert_nonnull (qc_roster_find (play_roster (service), all[0]));
}

static gboolean
is_locked (gpointer draft)
{
  return qc_draft_get_outbox (draft) != 0;
}

/* 办理 sends what was confirmed, and 汇缴 reckons with it at once. */
static void
test_submitting (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  g_autofree char *stale = qc_business_service_dup_token (base);
  g_assert_nonnull (stale);
  qc_roster_service_enter (service, play_find (service, "2311000001")->id, QC_LINE_REASON, "99");
  qc_roster_service_enter (service, play_find (service, "2311000001")->id, QC_LINE_REASON_TEXT, "外派");
  play_settle (service);
  g_autoptr (GError) error = NULL;
  g_assert_null (play_submit (service, stale, &error));
  g_assert_nonnull (error); /* something else was confirmed */
  g_clear_error (&error);
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcSubmission) sent = play_outbox_body (fixture, qc_outbox_item_get_id (item));
  g_assert_cmpint (sent->business, ==, QC_BUSINESS_SEALING);
  g_assert_cmpint (sent->effective, ==, 202610);
  g_assert_cmpuint (sent->roster->lines->len, ==, 1);
  const QcRosterLine *line = g_ptr_array_index (sent->roster->lines, 0);
  g_assert_cmpstr (line->account, ==, "2311000001");
  g_assert_cmpstr (line->reason, ==, "99");
  g_assert_cmpstr (line->reason_text, ==, "外派");
  g_assert_cmpint (line->status_after, ==, QC_PERSON_SEALED);
  play_settle (service);
  g_autofree char *again = play_why_not (service);
  g_assert_nonnull (again);
  /* 删除 and 全部删除 are for before 办理 */
  qc_app_fixture_until (is_locked, qc_business_service_get_draft (base));
  gint64 sealed = play_find (service, "2311000001")->id;
  qc_roster_service_remove (service, &sealed, 1);
  qc_roster_service_clear (service);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 1);
}

static QcMoney
total_of (QcAppFixture *fixture)
{
  g_autoptr (QcRemittanceService) remittance = qc_remittance_service_new (fixture->session);
  for (int i = 0; i < 3; i++) {
    qc_app_fixture_until (remittance_is_settled, remittance);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  return qc_remittance_preview_get_total (qc_remittance_service_get_preview (remittance));
}

/* Whom it concerns is listed, with what happens without it; once it is authorised, offline, the month follows. */
static void
test_concerned (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_RETIRED | QC_FILL_ASK, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_RETIREMENT, 0);
  g_autoptr (GAsyncResult) listed = NULL;
  QcMoney before = total_of (fixture);
  qc_roster_service_add_concerned_async (service, NULL, result_cb, &listed);
  qc_app_fixture_until (result_there, &listed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = qc_roster_service_add_concerned_finish (service, listed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  play_settle (service);
  g_autoptr (GAsyncResult) again = NULL;
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  guint step = qc_draft_get_last_step (draft);
  qc_roster_service_add_concerned_async (service, NULL, result_cb, &again);
  qc_app_fixture_until (result_there, &again);
  g_autoptr (GArray) more = qc_roster_service_add_concerned_finish (service, again, &error);
  g_assert_cmpuint (more->len, ==, 0); /* nobody twice, which is no step */
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, step);
  const QcRosterLine *man = NULL, *woman = NULL;
  for (guint i = 0; i < 2; i++) {
    const QcRosterLine *line = g_ptr_array_index (play_roster (service)->lines, i);
    *(line->sex == QC_SEX_MALE ? &man : &woman) = line;
  }
  g_assert_cmpint (man->statutory, ==, 202502);
  g_assert_cmpint (man->last_month, ==, 202502);
  g_assert_cmpint (woman->last_month, ==, QC_MONTH_NONE); /* depends on what is answered */
  g_autofree char *unanswered = play_why_not (service);
  g_assert_nonnull (unanswered);
  gint64 gone = woman->id;
  g_assert_true (qc_roster_service_enter (service, man->id, QC_LINE_AUTHORIZED, "2026年12月"));
  qc_roster_service_remove (service, &gone, 1);
  play_settle (service);
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (item);
  g_assert_cmpint (total_of (fixture), >, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster-service/transfer", test_transfer);
  g_test_add_func ("/roster-service/bases", test_bases);
  g_test_add_func ("/roster-service/entering", test_entering);
  g_test_add_func ("/roster-service/undo", test_undo);
  g_test_add_func ("/roster-service/many", test_many);
  g_test_add_func ("/roster-service/many-before", test_many_before);
  g_test_add_func ("/roster-service/submitting", test_submitting);
  g_test_add_func ("/roster-service/concerned", test_concerned);
  return g_test_run ();
}
