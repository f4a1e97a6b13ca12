/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Bad days of a roster: the month, the people and the lists move under it; what is pasted is no roster; the disk takes
 * nothing; drafts are put away, sent, refused and accepted while they are looked at. Nothing that was typed is lost,
 * and nothing is done that was not confirmed.
 */
#include <string.h>

#include "qc-draft-list.h"
#include "qc-paste-block.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "roster-play.h"

static void
assert_why_not (QcRosterService *service, const char *part)
{
  g_autofree char *why_not = play_why_not (service);
  if (part == NULL)
    g_assert_cmpstr (why_not, ==, NULL);
  else if (why_not == NULL || strstr (why_not, part) == NULL)
    g_error ("“%s” is not in “%s”", part, why_not);
}

static void
told_cb (gboolean *told)
{
  *told = TRUE;
}

static gboolean
is_told (gpointer told)
{
  return *(gboolean *)told;
}

/* Everybody hears of it, as after a pull, and has read anew. */
static void
tell (QcAppFixture *fixture, QcRosterService *service, QcDataKind what)
{
  gboolean told = FALSE;
  gulong handler = g_signal_connect_swapped (fixture->session, "data-changed", G_CALLBACK (told_cb), &told);
  qc_session_data_changed (fixture->session, what);
  qc_app_fixture_until (is_told, &told);
  g_signal_handler_disconnect (fixture->session, handler);
  play_settle (service);
}

/* What the roster stands on is otherwise. */
static void
change (QcAppFixture *fixture, QcRosterService *service, QcDataKind what, const char *sql)
{
  qc_app_fixture_sql (fixture, sql);
  tell (fixture, service, what);
}

static void
assert_nothing_sent (QcAppFixture *fixture)
{
  g_autoptr (QcOutboxList) outbox = qc_outbox_list_new (fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (outbox)), ==, 0);
}

/* ---- what the roster stands on moves ---- */

/* Both months are named and nothing is done, until the clerk takes the new one: one step, with its amounts. */
static void
test_month_moved (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_app_fixture_sql (fixture, "INSERT INTO ratio SELECT scope, '202611', pull, 202611, 1000, 1000, 0 FROM ratio");
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000003\t01\n2311000001\t01\n");
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_assert_cmpint (play_find (service, "2311000003")->unit_fen, ==, 40000);
  g_assert_nonnull (token);
  qc_app_fixture_move_unit (fixture, 202610);
  g_autoptr (GError) error = NULL;
  g_assert_null (play_submit (service, token, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_clear_error (&error);
  assert_nothing_sent (fixture);
  tell (fixture, service, QC_DATA_UNIT);
  assert_why_not (service, "2026-10");
  assert_why_not (service, "2026-11");
  g_assert_nonnull (play_finding (service, 0, "roster.month-moved"));
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202610);

  qc_roster_service_accept_month (service);
  play_settle (service);
  assert_why_not (service, NULL);
  g_assert_cmpint (qc_roster_service_get_effective (service), ==, 202611);
  g_assert_cmpint (play_find (service, "2311000003")->unit_fen, ==, 33300);
  g_assert_cmpstr (play_find (service, "2311000003")->reason, ==, "01");
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpint (play_find (service, "2311000003")->unit_fen, ==, 40000);
  assert_why_not (service, "2026-10");
  qc_draft_redo (play_draft (service));
  play_settle (service);
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (QcSubmission) sent = play_outbox_body (fixture, qc_outbox_item_get_id (item));
  g_assert_cmpint (sent->effective, ==, 202611);
}

/* A person sealed elsewhere: the line says both states; brought up to date it goes the other way, and the reason, which
 * was of the other list, is asked for anew. */
static void
test_sealed_elsewhere (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\treason_text\n2311000001\t99\t外派\n2311000002\t01\t\n");
  gint64 line = play_find (service, "2311000001")->id;
  assert_why_not (service, NULL);
  change (fixture, service, QC_DATA_PEOPLE, "UPDATE person SET status = 2 WHERE account = '2311000001'");
  const QcFinding *moved = play_finding (service, line, "roster.person-changed");
  g_assert_nonnull (moved);
  g_assert_cmpstr (qc_finding_get_arg (moved, "confirmed", NULL), ==, "1");
  g_assert_cmpstr (qc_finding_get_arg (moved, "now", NULL), ==, "2");
  assert_why_not (service, "安大海");
  g_assert_cmpint (play_find (service, "2311000001")->status, ==, QC_PERSON_NORMAL); /* never silently */

  qc_roster_service_update_lines (service, &line, 1);
  play_settle (service);
  const QcRosterLine *now = play_find (service, "2311000001");
  g_assert_cmpint (now->status_after, ==, QC_PERSON_NORMAL);
  g_assert_cmpstr (now->reason, ==, NULL);
  g_assert_cmpstr (now->reason_text, ==, NULL);
  g_assert_nonnull (play_finding (service, line, "roster.reason-missing"));
  g_assert_cmpstr (play_find (service, "2311000002")->reason, ==, "01");
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpstr (play_find (service, "2311000001")->reason, ==, "99");
  g_assert_cmpstr (play_find (service, "2311000001")->reason_text, ==, "外派");
}

/* A person who left: the line stays and says so, cannot be brought up to date, and can be taken off. */
static void
test_gone (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  gint64 line = play_find (service, "2311000001")->id;
  change (fixture, service, QC_DATA_PEOPLE, "UPDATE person SET gone = 1 WHERE account = '2311000001'");
  g_assert_nonnull (play_finding (service, line, "roster.unknown-person"));
  assert_why_not (service, "2311000001");
  qc_roster_service_update_lines (service, &line, 1);
  play_settle (service);
  g_assert_nonnull (play_finding (service, line, "roster.unknown-person"));
  g_assert_cmpstr (play_find (service, "2311000001")->reason, ==, "01");
  qc_roster_service_remove (service, &line, 1);
  play_settle (service);
  assert_why_not (service, NULL);
}

/* Nobody comes onto a roster twice by any way of adding people; where it happens all the same it is found. */
static void
test_twice (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) first
      = play_paste (service, "account\treason\n2311000001\t01\n2311000001\t01\n231102199003070016\t01\n");
  g_assert_cmpuint (first->added, ==, 1);
  g_autoptr (QcPasteResult) again = play_paste (service, "account\treason\n2311000001\t99\n");
  g_assert_cmpuint (again->added, ==, 0);
  g_assert_cmpuint (again->changed, ==, 1);
  play_enter (service, "2311000001", QC_LINE_REASON, "01");
  assert_why_not (service, NULL);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_ptr_array_add (copy, qc_roster_line_copy (play_find (service, "2311000001")));
  g_assert_true (qc_draft_add_lines (play_draft (service), copy, 0, "test"));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
  gint64 line = ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 1))->id;
  g_assert_nonnull (play_finding (service, 0, "roster.duplicate"));
  g_assert_nonnull (play_finding (service, line, "roster.duplicate"));
  assert_why_not (service, "安大海");
  QcLineFieldId field;
  g_assert_cmpint (qc_roster_service_next_fault (service, 0, QC_LINE_NAME, FALSE, &field), ==, line);
  g_assert_cmpint (field, ==, QC_LINE_ACCOUNT);
  qc_roster_service_remove (service, &line, 1);
  play_settle (service);
  assert_why_not (service, NULL);
  qc_draft_undo (play_draft (service));
  play_settle (service);
  line = ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, 0))->id;
  qc_roster_service_remove (service, &line, 1); /* the other one: what is left is all right */
  play_settle (service);
  assert_why_not (service, NULL);
}

/* A reason that the center no longer has is named; a new word for one that it has changes nothing. */
static void
test_reasons_changed (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  change (fixture, service, QC_DATA_POLICY, "UPDATE code SET label = '解聘' WHERE key = 'seal-reason/01'");
  assert_why_not (service, NULL);
  g_autofree char *word = qc_roster_service_dup_text (service, play_find (service, "2311000001"), QC_LINE_REASON);
  g_assert_cmpstr (word, ==, "解聘");
  change (fixture, service, QC_DATA_POLICY, "UPDATE code SET needs_text = 1 WHERE key = 'seal-reason/01'");
  assert_why_not (service, "解聘");
  change (fixture, service, QC_DATA_POLICY, "DELETE FROM code WHERE key = 'seal-reason/01'");
  g_assert_nonnull (play_finding (service, play_find (service, "2311000001")->id, "roster.reason-unknown"));
  assert_why_not (service, "“01”");
  g_autoptr (GPtrArray) choices
      = qc_roster_service_dup_choices (service, play_find (service, "2311000001"), QC_LINE_REASON);
  g_assert_cmpuint (choices->len, ==, 1);
  play_enter (service, "2311000001", QC_LINE_REASON, "99");
  play_enter (service, "2311000001", QC_LINE_REASON_TEXT, "外派");
  assert_why_not (service, NULL);
}

/* An unfinished 汇缴 blocks, by its serial number; one that waits to be sent too, but none that is held. */
static void
test_blocked (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_OPEN, 0);
  g_autoptr (QcAppFixture) waiting = qc_app_fixture_new (NULL, QC_FILL_HELD, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcRosterService) behind = play_open (waiting, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) one = play_paste (service, "account\treason\n2311000001\t01\n");
  g_autoptr (QcPasteResult) two = play_paste (behind, "account\treason\n2311000001\t01\n");
  assert_why_not (service, "HJ202600000004");
  g_assert_null (qc_business_service_dup_token (QC_BUSINESS_SERVICE (service)));
  assert_why_not (behind, NULL);
  change (waiting, behind, QC_DATA_QUEUE, "UPDATE outbox SET state = 'queued' WHERE state = 'held'");
  g_assert_nonnull (play_finding (behind, 0, "roster.remittance-queued"));
  g_assert_null (qc_business_service_dup_token (QC_BUSINESS_SERVICE (behind)));
  change (fixture, service, QC_DATA_APPLICATIONS, "UPDATE application SET state = 'finished'");
  assert_why_not (service, NULL);
}

/* A status and a rounding that only a newer center knows: who has it cannot be on the roster, what would be computed by
 * it cannot be submitted, and the rest goes on. */
static void
test_newer_center (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  change (fixture, service, QC_DATA_PEOPLE | QC_DATA_POLICY,
          "UPDATE person SET status = 99 WHERE account = '2311000004'; UPDATE policy SET unit_rounding = 'other'");
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\n2311000004\t01\n2311000001\t01\n2311000003\t01\n");
  g_assert_cmpuint (pasted->refused->len, ==, 1);
  g_assert_cmpuint (pasted->added, ==, 2);
  gint64 unseal = play_find (service, "2311000003")->id;
  g_assert_cmpint (play_find (service, "2311000003")->unit_fen, ==, 0);
  g_assert_nonnull (play_finding (service, unseal, "base.month-invalid"));
  assert_why_not (service, "蔡卓玛·次仁");
  qc_roster_service_remove (service, &unseal, 1);
  play_settle (service);
  assert_why_not (service, NULL);
}

/* ---- what is pasted ---- */

static void
assert_block (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = qc_paste_block_parse (text, strlen (text), &error);
  g_autoptr (GString) told = g_string_new (NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    const GPtrArray *row = g_ptr_array_index (rows, i);
    for (guint j = 0; j < row->len; j++)
      g_string_append_printf (told, "%s[%s]", j == 0 && i > 0 ? "/" : "", (char *)g_ptr_array_index (row, j));
  }
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_block (void)
{
  assert_block ("", "");
  assert_block ("\n\t\n \t \r\n", "");
  assert_block ("a\tb\nc\td\n", "[a][b]/[c][d]");
  assert_block ("a\tb\r\nc\td\r\n", "[a][b]/[c][d]");
  assert_block ("a\tb\rc\td\r", "[a][b]/[c][d]");
  assert_block ("a\n\r\nb\r\rc", "[a]/[b]/[c]");
  assert_block ("a\t\t\nb\t", "[a][][]/[b][]");
  assert_block ("\xef\xbb\xbf"
                "a\tb",
                "[a][b]");
  assert_block ("\"a\nb\"\t\"c\r\nd\te\"\n\"f\"\"g\"", "[a b][c  d e]/[f\"g]");
  assert_block ("\"\"\t\"\"\"\"", "[][\"]");
  assert_block ("\"a\nb\tc\nd", "[\"a]/[b][c]/[d]");           /* no quote ends it: it begins none */
  assert_block ("\"a\" b\tc\n\"d\te\"", "[\"a\" b][c]/[d e]"); /* nor does one with more behind it */
  assert_block ("a\"b\tc\"\nd", "[a\"b][c\"]/[d]");
  g_autoptr (GError) error = NULL;
  g_assert_null (qc_paste_block_parse ("a\xff", 2, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_clear_error (&error);
  g_autofree char *rows = g_malloc (2 * QC_PASTE_MAX_ROWS + 3);
  for (gsize i = 0; i <= QC_PASTE_MAX_ROWS; i++)
    memcpy (rows + 2 * i, "a\n", 3);
  g_assert_null (qc_paste_block_parse (rows, strlen (rows), &error)); /* one too many: none is left off silently */
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_autoptr (GPtrArray) all = qc_paste_block_parse (rows, strlen (rows) - 2, NULL);
  g_assert_cmpuint (all->len, ==, QC_PASTE_MAX_ROWS);
}

/* What takes long does not take longer with the square of the length. */
static void
test_block_hostile (void)
{
  static const char *const parts[] = {"\"a\t", "\"\"\t", "\"a\"\"", "\"\n\"\"\t\"", "\"\"\"\""};
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 1024 * 1024)
      g_string_append (text, parts[i]);
    g_autoptr (GPtrArray) rows = qc_paste_block_parse (text->str, text->len, NULL);
    g_assert_nonnull (rows);
  }
}

/* However it comes, each row goes to its person. */
static void
test_paste_forms (void)
{
  static const char *const forms[] = {
      "2311000001\t01\n2311000003\t01\n",
      "2311000001\t01\r\n2311000003\t01",
      "2311000001\t01\r2311000003\t01\r",
      "\xef\xbb\xbf"
      "2311000001\t01\t\t\t\n2311000003\t01\t\t\t\n",
      "２３１１０００００１\t０１\n２３１１０００００３\t０１\n",
      "\"2311000001\"\t\"01\"\n\"2311000003\"\t\"01\"\n",
      "Individual account\tReason for the change\n2311000001\t01\n2311000003\t01\n",
      "\xef\xbb\xbf"
      "account\treason\n231102199003070016\t解除劳动关系\n231124198805150054\t恢复缴存\n",
      "2311 0000 01\t 01 \n2311 0000 03\t01\n",
      "安大海\t2311000001\t\t\t\t01\n蔡卓玛·次仁\t2311000003\t\t\t\t01\n", /* as the columns are shown */
  };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
    g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
    g_autoptr (QcPasteResult) pasted = play_paste (service, forms[i]);
    g_test_message ("form %u", i);
    g_assert_cmpuint (pasted->added, ==, 2);
    g_assert_cmpuint (pasted->unknown->len, ==, 0);
    g_assert_cmpuint (pasted->unreadable, ==, 0);
    g_assert_cmpstr (play_find (service, "2311000001")->reason, ==, "01");
    g_assert_cmpstr (play_find (service, "2311000003")->reason, ==, "01");
    assert_why_not (service, NULL);
  }
}

/* A first row that is shorter than the others takes nothing away from them. */
static void
test_paste_ragged (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "2311000001\n2311000002\t99\t外派\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  g_assert_cmpstr (play_find (service, "2311000002")->reason, ==, "99");
  g_assert_cmpstr (play_find (service, "2311000002")->reason_text, ==, "外派");
}

/* What the grid copies it takes back: the center's words as the center writes them, and as people do. */
static void
test_paste_words (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  qc_app_fixture_sql (fixture, "UPDATE code SET label = '调动（待转移） A' WHERE key = 'seal-reason/01'");
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) one = play_paste (service, "account\treason\n2311000001\t调动（待转移） A\n");
  g_autoptr (QcPasteResult) two = play_paste (service, "account\treason\n2311000002\t调动(待转移)a\n");
  g_assert_cmpuint (one->unreadable + two->unreadable, ==, 0);
  g_assert_cmpstr (play_find (service, "2311000002")->reason, ==, "01");
  gint64 from = play_find (service, "2311000001")->id;
  gint64 to = play_find (service, "2311000002")->id;
  const QcLineFieldId field = QC_LINE_REASON;
  g_autofree char *block = qc_roster_service_dup_block (service, &from, 1, &field, 1);
  play_enter (service, "2311000002", QC_LINE_REASON, "");
  g_autoptr (QcPasteResult) back = play_paste_at (service, to, QC_LINE_REASON, block, NULL);
  g_assert_cmpuint (back->changed, ==, 1);
  g_assert_cmpstr (play_find (service, "2311000002")->reason, ==, "01");
  play_enter (service, "2311000002", QC_LINE_REASON, "No Such  Reason");
  g_autofree char *kept = qc_roster_service_dup_text (service, play_find (service, "2311000002"), QC_LINE_REASON);
  g_assert_cmpstr (kept, ==, "No Such  Reason");
}

/* Ten thousand rows of which three hundred name nobody: these are given back as they came, the others are one step. */
static void
test_paste_many (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 9700);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (GString) text = g_string_new ("account\treason\n");
  for (guint i = 0, known = 0; i < 10000; i++)
    if (i % 33 == 0 && i / 33 < 300)
      g_string_append_printf (text, "777%07u\t01\n", i);
    else
      g_string_append_printf (text, "232%07u\t01\n", known++);
  g_autoptr (QcPasteResult) pasted = play_paste (service, text->str);
  g_assert_cmpuint (pasted->added, ==, 9700);
  g_assert_cmpuint (pasted->unknown->len, ==, 300);
  g_assert_cmpstr (g_ptr_array_index (pasted->unknown, 1), ==, "7770000033\t01");
  assert_why_not (service, NULL);
  qc_draft_undo (play_draft (service));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  g_assert_false (qc_draft_can_undo (play_draft (service)));
}

/* Markup and one cell of a megabyte: nothing comes onto the roster; in a cell it is marked, cut with an ellipsis, and
 * the draft can be opened again. */
static void
test_paste_no_roster (void)
{
  static const char html[] = "<html><body><table><tr><td>2311000001</td><td>01</td></tr></table></body></html>";
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autofree char *big = g_strnfill (1024 * 1024, '9');
  g_autofree char *padded = g_strdup_printf ("5000%*s9", 1024 * 1024, "");
  g_autoptr (QcPasteResult) nothing = play_paste (service, html);
  g_autoptr (QcPasteResult) nobody = play_paste (service, big);
  g_assert_cmpuint (nothing->added + nobody->added, ==, 0);
  g_assert_cmpuint (nothing->unknown->len, ==, 1);
  g_assert_cmpuint (nobody->unknown->len, ==, 1);
  g_autoptr (QcPasteResult) people = play_paste (service, "account\treason\n2311000003\t01\n");
  gint64 line = play_find (service, "2311000003")->id;
  g_autoptr (QcPasteResult) cell = play_paste_at (service, line, QC_LINE_NEW_BASE, padded, NULL);
  g_assert_cmpuint (cell->unreadable, ==, 1);
  g_assert_cmpint (play_find (service, "2311000003")->new_base, ==, 0); /* not 5,000 */
  g_autoptr (QcPasteResult) text = play_paste_at (service, line, QC_LINE_REASON_TEXT, html, NULL);
  g_assert_cmpstr (play_find (service, "2311000003")->reason_text, ==, html);
  play_enter (service, "2311000003", QC_LINE_REASON_TEXT, big);
  const QcFinding *finding = play_finding (service, line, "roster.unreadable");
  g_assert_nonnull (finding);
  g_autofree char *sentence = qc_finding_dup_sentence (finding);
  g_assert_cmpuint (strlen (sentence), <, 300);
  gint64 draft = qc_draft_get_id (play_draft (service));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, draft);
  const char *raw = qc_line_get_raw (play_find (service, "2311000003"), QC_LINE_REASON_TEXT);
  g_assert_cmpuint (strlen (raw), ==, QC_PASTE_MAX_CELL);
  g_assert_true (g_str_has_suffix (raw, "…"));
}

/* ---- the disk takes nothing ---- */

typedef struct {
  const char *name;
  const char *begin, *end; /* SQL that makes it so, and that ends it; NULL: another process holds the database */
} Trouble;

static const Trouble troubles[] = {
    {"full", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000000"},
    {"error", "CREATE TRIGGER bad BEFORE INSERT ON draft_operation BEGIN SELECT raise (ABORT, 'bad'); END",
     "DROP TRIGGER bad"},
    {"locked", NULL, NULL},
};

/* @holder: what holds the database. */
static void
begin_trouble (QcAppFixture *fixture, const Trouble *trouble, QcConnection **holder)
{
  if (trouble->begin != NULL) {
    qc_app_fixture_sql (fixture, trouble->begin);
    return;
  }
  g_autofree char *path = g_build_filename (fixture->dir, "qingce.db", NULL);
  g_autoptr (GError) error = NULL;
  *holder = qc_connection_open (path, QC_CONNECTION_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (qc_connection_exec (*holder, "BEGIN IMMEDIATE", &error));
  g_assert_no_error (error);
}

static void
end_trouble (QcAppFixture *fixture, const Trouble *trouble, QcConnection **holder)
{
  if (*holder != NULL) {
    g_assert_true (qc_connection_exec (*holder, "ROLLBACK", NULL));
    g_clear_pointer (holder, qc_connection_close);
  } else {
    qc_app_fixture_sql (fixture, trouble->end);
  }
}

static gboolean
is_unwritten (gpointer draft)
{
  return qc_draft_is_unwritten (draft);
}

static gboolean
is_written (gpointer draft)
{
  return qc_draft_get_unsaved (draft) == 0 && !qc_draft_is_busy (draft);
}

/* Every kind of edit, each so large that a full disk cannot take it. */
static void
edit_all (QcRosterService *service)
{
  g_autofree char *words = g_strnfill (4000, 'w');
  const gint64 gone = play_find (service, "2311000002")->id;
  g_autoptr (GString) rows = g_string_new ("account\treason\treason_text\n");
  qc_roster_service_enter (service, play_find (service, "2311000001")->id, QC_LINE_REASON_TEXT, words);
  qc_roster_service_remove (service, &gone, 1);
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (rows, "232%07u\t99\t%s\n", i, words);
  g_autoptr (QcPasteResult) pasted = play_paste (service, rows->str);
  g_assert_cmpuint (pasted->added, ==, 30);
  const gint64 filled[] = {play_find (service, "2320000001")->id, play_find (service, "2320000002")->id};
  g_assert_true (qc_roster_service_enter_many (service, filled, 2, QC_LINE_REASON, "01"));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < play_roster (service)->lines->len; i++)
    g_array_append_val (all, ((QcRosterLine *)g_ptr_array_index (play_roster (service)->lines, i))->id);
  g_assert_true (
      qc_roster_service_enter_many (service, (const gint64 *)all->data, all->len, QC_LINE_REASON_TEXT, words + 1));
}

/* Nothing that was typed is lost or built on, whatever is read meanwhile; once there is room it is written, in order,
 * and each step can be undone, in the next process too. */
static void
test_not_written (gconstpointer data)
{
  const Trouble *trouble = data;
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 40);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  g_autofree char *before = play_picture (service);
  QcDraft *draft = play_draft (service);
  QcConnection *holder = NULL;
  begin_trouble (fixture, trouble, &holder);
  edit_all (service);
  g_autofree char *typed = play_picture (service);
  qc_app_fixture_until (is_unwritten, draft);
  g_autoptr (GError) error = NULL;
  g_object_get (draft, "error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_false (qc_draft_can_undo (draft));
  assert_why_not (service, "could not be saved");
  tell (fixture, service, QC_DATA_DRAFTS | QC_DATA_QUEUE | QC_DATA_PEOPLE);
  g_autofree char *kept = play_picture (service);
  g_assert_cmpstr (kept, ==, typed);

  end_trouble (fixture, trouble, &holder);
  qc_app_fixture_until (is_written, draft);
  play_settle (service);
  g_autofree char *written = play_picture (service);
  g_assert_cmpstr (written, ==, typed);
  g_clear_error (&error);
  g_object_get (draft, "error", &error, NULL);
  g_assert_no_error (error);
  gint64 id = qc_draft_get_id (draft);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *again = play_picture (service);
  g_assert_cmpstr (again, ==, typed);
  for (guint i = 0; i < 5; i++) {
    g_assert_true (qc_draft_can_undo (play_draft (service)));
    qc_draft_undo (play_draft (service));
    play_settle (service);
  }
  g_autofree char *undone = play_picture (service);
  g_assert_cmpstr (undone, ==, before);
}

/* 撤销 that cannot be written is on the screen like an edit, not said to be saved, and written once it can be. */
static void
test_undone_unwritten (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  QcDraft *draft = play_draft (service);
  g_autofree char *before = play_picture (service);
  play_enter (service, "2311000001", QC_LINE_REASON, "99");
  qc_app_fixture_sql (fixture, "CREATE TRIGGER bad BEFORE UPDATE ON draft BEGIN SELECT raise (ABORT, 'bad'); END");
  qc_draft_undo (draft);
  qc_app_fixture_until (is_unwritten, draft);
  g_autoptr (GError) error = NULL;
  g_object_get (draft, "error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_cmpuint (qc_draft_get_unsaved (draft), ==, 1);
  g_assert_false (qc_draft_can_undo (draft));
  g_assert_false (qc_draft_can_redo (draft));
  g_autofree char *undone = play_picture (service);
  g_assert_cmpstr (undone, ==, before);
  qc_app_fixture_sql (fixture, "DROP TRIGGER bad");
  play_enter (service, "2311000001", QC_LINE_REASON_TEXT, "再试"); /* tries what is first in line, too */
  qc_app_fixture_until (is_written, draft);
  g_clear_error (&error);
  g_object_get (draft, "error", &error, NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) { /* the entry; the pasting */
    g_assert_true (qc_draft_can_undo (draft));
    qc_draft_undo (draft);
    play_settle (service);
    if (i == 0) {
      g_autofree char *again = play_picture (service);
      g_assert_cmpstr (again, ==, before);
    }
  }
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
}

static gboolean
is_said (gpointer service)
{
  return qc_business_service_get_error (service) != NULL;
}

/* What cannot be read is said, and nobody waits for it; once it can be, it is there. */
static void
test_not_read (gconstpointer column)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  gint64 id = qc_draft_get_id (play_draft (service));
  const char *table = column, *name = strchr (table, '.') + 1;
  g_autofree char *begin
      = g_strdup_printf ("ALTER TABLE %.*s RENAME COLUMN %s TO renamed", (int)(name - table - 1), table, name);
  g_autofree char *end
      = g_strdup_printf ("ALTER TABLE %.*s RENAME COLUMN renamed TO %s", (int)(name - table - 1), table, name);
  g_clear_object (&service);
  qc_app_fixture_sql (fixture, begin);
  service = qc_roster_service_new (fixture->session, QC_BUSINESS_SEALING, id);
  qc_app_fixture_until (is_said, service);
  g_assert_false (qc_business_service_is_loading (QC_BUSINESS_SERVICE (service)));
  assert_why_not (service, "could not be read");
  qc_app_fixture_sql (fixture, end);
  g_clear_object (&service);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_assert_nonnull (play_find (service, "2311000001"));
  assert_why_not (service, NULL);
}

static gpointer
wait_for_gate (QcConnection *connection, gpointer gate, GCancellable *cancellable, GError **error)
{
  g_async_queue_pop (gate);
  return QC_DATABASE_DONE;
}

static gboolean
is_there (gpointer service)
{
  return qc_draft_is_loaded (play_draft (service)) && play_roster (service)->lines->len == 2;
}

/* A page that is closed and opened again, by name or as the newest, while what was typed waits for the database (a pull
 * is being written) shows it, and writes it. */
static void
test_opened_while_written (gconstpointer newest)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  gint64 id = qc_draft_get_id (play_draft (service));
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  qc_database_write_async (qc_session_get_database (fixture->session), "gate", wait_for_gate, gate, NULL, NULL, NULL,
                           NULL, NULL);
  qc_roster_service_enter (service, play_find (service, "2311000001")->id, QC_LINE_REASON_TEXT, "first");
  qc_roster_service_enter (service, play_find (service, "2311000002")->id, QC_LINE_REASON_TEXT, "second");
  g_autofree char *typed = play_picture (service);
  g_clear_object (&service);
  service = qc_roster_service_new (fixture->session, QC_BUSINESS_SEALING, newest ? 0 : id);
  qc_app_fixture_until (is_there, service);
  g_autofree char *shown = play_picture (service);
  g_assert_cmpstr (shown, ==, typed);
  g_async_queue_push (gate, gate);
  play_settle (service);
  g_autofree char *written = play_picture (service);
  g_assert_cmpstr (written, ==, typed);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *again = play_picture (service);
  g_assert_cmpstr (again, ==, typed);
}

/* What could not be written outlives its page. */
static void
test_closed_unwritten (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  gint64 id = qc_draft_get_id (play_draft (service));
  qc_app_fixture_sql (fixture, troubles[1].begin);
  qc_roster_service_enter (service, play_find (service, "2311000001")->id, QC_LINE_REASON_TEXT, "kept");
  g_autofree char *typed = play_picture (service);
  qc_app_fixture_until (is_unwritten, play_draft (service));
  g_clear_object (&service);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *kept = play_picture (service);
  g_assert_cmpstr (kept, ==, typed);
  assert_why_not (service, "could not be saved");
  qc_app_fixture_sql (fixture, troubles[1].end);
  g_clear_object (&service);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  qc_app_fixture_until (is_written, play_draft (service));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_autofree char *again = play_picture (service);
  g_assert_cmpstr (again, ==, typed);
}

/* ---- drafts ---- */

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  *(gint64 *)user_data = qc_draft_list_create_finish (QC_DRAFT_LIST (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_not_zero (gpointer number)
{
  return *(gint64 *)number != 0;
}

static gint64
new_draft (QcDraftList *list)
{
  gint64 draft = 0;
  qc_draft_list_create_async (list, QC_BUSINESS_SEALING, NULL, created_cb, &draft);
  qc_app_fixture_until (is_not_zero, &draft);
  return draft;
}

static gboolean
is_told_of_other (gpointer service)
{
  return play_finding (service, 0, "roster.other-draft") != NULL;
}

static gboolean
is_told_of_no_other (gpointer service)
{
  return !is_told_of_other (service);
}

static gboolean
is_unsaved (gpointer service)
{
  return qc_draft_get_unsaved (play_draft (service)) > 0;
}

/* A draft that is written for the first time is no other one, though it was not known by a number when others were
 * asked for. */
static void
test_own_draft (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  gboolean told = FALSE;
  g_signal_connect_swapped (fixture->session, "data-changed", G_CALLBACK (told_cb), &told);
  qc_roster_service_paste_async (service, 0, QC_LINE_ACCOUNT, "account\treason\n2311000001\t01\n", NULL, NULL, NULL);
  qc_app_fixture_until (is_unsaved, service);
  qc_app_fixture_sql (fixture, "SELECT 1"); /* behind the draft, of which nobody was told yet */
  g_assert_cmpint (qc_draft_get_id (play_draft (service)), ==, 0);
  qc_roster_service_read_elsewhere (service);
  while (!qc_roster_service_is_settled (service) || !told) {
    g_main_context_iteration (NULL, TRUE);
    g_assert_null (play_finding (service, 0, "roster.other-draft"));
  }
  g_assert_cmpint (qc_draft_get_id (play_draft (service)), !=, 0);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 1);
}

/* Decision 19: who is in another draft too is said, with its name; once that one is submitted, the people are as it
 * makes them, and this one cannot be submitted as it is. */
static void
test_second_draft (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcDraftList) list = qc_draft_list_new (fixture->session, QC_BUSINESS_SEALING);
  g_autoptr (QcRosterService) first = play_open (fixture, QC_BUSINESS_SEALING, new_draft (list));
  g_autoptr (QcPasteResult) one = play_paste (first, "account\treason\n2311000001\t01\n");
  qc_draft_rename (play_draft (first), "十月离职");
  tell (fixture, first, QC_DATA_DRAFTS);
  g_autoptr (QcRosterService) second = play_open (fixture, QC_BUSINESS_SEALING, new_draft (list));
  g_autoptr (QcPasteResult) two = play_paste (second, "account\treason\n2311000001\t01\n2311000002\t01\n");
  gint64 line = play_find (second, "2311000001")->id;
  qc_app_fixture_until (is_told_of_other, second);
  const QcFinding *finding = play_finding (second, line, "roster.other-draft");
  g_assert_nonnull (finding);
  g_assert_cmpstr (qc_finding_get_arg (finding, "draft", NULL), ==, "十月离职");
  g_assert_cmpint (finding->severity, ==, QC_SEVERITY_WARNING);
  g_assert_null (play_finding (second, play_find (second, "2311000002")->id, "roster.other-draft"));
  assert_why_not (second, NULL);
  tell (fixture, first, QC_DATA_DRAFTS);
  qc_app_fixture_until (is_told_of_other, first);

  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (first, NULL, &error);
  g_assert_no_error (error);
  tell (fixture, second, QC_DATA_QUEUE | QC_DATA_DRAFTS);
  qc_app_fixture_until (is_told_of_no_other, second);
  g_assert_nonnull (play_finding (second, line, "roster.person-changed"));
  assert_why_not (second, "安大海");
  g_assert_null (play_submit (second, "", &error));
}

static gboolean
is_empty (gpointer service)
{
  return play_roster (service)->lines->len == 0;
}

/* A draft put away in the list while it is shown: the page is empty, takes a new roster, and the old one comes back. */
static void
test_deleted_elsewhere (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcDraftList) list = qc_draft_list_new (fixture->session, QC_BUSINESS_SEALING);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  gint64 draft = qc_draft_get_id (play_draft (service));
  qc_draft_list_delete (list, draft);
  tell (fixture, service, QC_DATA_DRAFTS);
  qc_app_fixture_until (is_empty, service);
  g_assert_cmpint (qc_draft_get_id (play_draft (service)), ==, 0);
  assert_why_not (service, "Nobody");
  g_autoptr (QcPasteResult) other = play_paste (service, "account\treason\n2311000002\t01\n");
  g_assert_cmpint (qc_draft_get_id (play_draft (service)), !=, draft);
  assert_why_not (service, NULL);
  qc_draft_list_undelete (list, draft);
  tell (fixture, service, QC_DATA_DRAFTS);
  g_autoptr (QcRosterService) back = play_open (fixture, QC_BUSINESS_SEALING, draft);
  g_assert_cmpuint (play_roster (back)->lines->len, ==, 1);
  g_assert_nonnull (play_find (back, "2311000001"));
  g_assert_nonnull (play_find (service, "2311000002"));
}

typedef struct {
  gint64 item;
  GPtrArray *findings; /* NULL: accepted */
} Answer;

static gpointer
answer_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Answer *answer = data;
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  return qc_store_outbox_begin_attempt (connection, answer->item, 1, error)
                 && (answer->findings == NULL
                         ? qc_store_outbox_accept (connection, answer->item, 201, body, "FC1", 2, error)
                         : qc_store_outbox_refuse (connection, answer->item, 422, body, answer->findings, "refused", 2,
                                                   error))
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
is_locked (gpointer service)
{
  return qc_draft_get_outbox (play_draft (service)) != 0;
}

static gboolean
is_open (gpointer service)
{
  return !is_locked (service);
}

/* The center's answer to the item comes. */
static void
answer (QcAppFixture *fixture, QcRosterService *service, QcOutboxItem *item, GPtrArray *findings)
{
  Answer what = {qc_outbox_item_get_id (item), findings};
  qc_app_fixture_until (is_locked, service);
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "answer", answer_cb, &what, &error);
  g_assert_no_error (error);
  tell (fixture, service, QC_DATA_QUEUE | QC_DATA_DRAFTS);
  qc_app_fixture_until (is_open, service);
  play_settle (service);
}

static void
assert_locked (QcRosterService *service)
{
  g_autofree char *before = play_picture (service);
  const QcRosterLine *line = g_ptr_array_index (play_roster (service)->lines, 0);
  gint64 id = line->id;
  g_assert_false (qc_roster_service_takes (service, line, QC_LINE_REASON));
  g_assert_false (qc_roster_service_enter (service, id, QC_LINE_REASON, "99"));
  qc_roster_service_remove (service, &id, 1);
  qc_roster_service_clear (service);
  qc_roster_service_update_lines (service, &id, 1);
  qc_roster_service_accept_month (service);
  qc_draft_undo (play_draft (service));
  g_autoptr (GError) error = NULL;
  g_assert_null (play_paste_at (service, 0, QC_LINE_ACCOUNT, "account\treason\n2311000003\t01\n", &error));
  g_assert_nonnull (error);
  g_autofree char *after = play_picture (service);
  g_assert_cmpstr (after, ==, before);
}

/* What waits cannot be edited, by any way; accepted, it is over, and what is opened next is a new roster. */
static void
test_accepted (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n");
  gint64 draft = qc_draft_get_id (play_draft (service));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_locked, service);
  assert_locked (service);
  answer (fixture, service, item, NULL);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 0);
  g_assert_nonnull (qc_business_service_get_item (QC_BUSINESS_SERVICE (service))); /* the result stays */
  qc_business_service_dismiss (QC_BUSINESS_SERVICE (service));
  g_autoptr (QcRosterService) again = play_open (fixture, QC_BUSINESS_SEALING, draft);
  g_assert_cmpuint (play_roster (again)->lines->len, ==, 0);
  g_autoptr (QcPasteResult) next = play_paste (again, "account\treason\n2311000002\t01\n");
  g_assert_cmpint (qc_draft_get_id (play_draft (again)), !=, draft);
  assert_why_not (again, NULL);
}

/* Refused, it is open again with what the center said at its lines, how many there are of a kind, until it is edited.
 */
static void
test_refused (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n2311000001\t01\n2311000002\t01\n");
  gint64 line = play_find (service, "2311000002")->id;
  g_autoptr (GPtrArray) findings = qc_findings_new ();
  QcFinding *changed = qc_finding_new ("roster.person-changed", "person", "白小溪", NULL);
  qc_finding_at (changed, line, "2311000002", "base");
  changed->total = 4310;
  g_ptr_array_add (findings, changed);
  g_ptr_array_add (findings, qc_finding_new ("business.unavailable", NULL));
  qc_finding_set_arg_code (g_ptr_array_index (findings, 1), QC_ARG_BUSINESS, "business", "sealing");
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  answer (fixture, service, item, findings);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
  const QcFinding *said = play_finding (service, line, "roster.person-changed");
  g_assert_nonnull (said);
  g_assert_cmpint (said->total, ==, 4310);
  g_assert_cmpint (play_finding (service, 0, "roster.person-changed")->total, ==, 4310);
  g_autofree char *sentence = qc_finding_dup_sentence (play_finding (service, 0, "business.unavailable"));
  g_assert_cmpstr (sentence, ==, "The center does not offer “Sealing and unsealing”.");
  assert_why_not (service, "does not offer");
  play_enter (service, "2311000002", QC_LINE_REASON, "99");
  play_enter (service, "2311000002", QC_LINE_REASON_TEXT, "外派");
  g_assert_null (play_finding (service, line, "roster.person-changed"));
  g_assert_null (play_finding (service, 0, "business.unavailable"));
  assert_why_not (service, NULL);
  g_autoptr (QcOutboxItem) again = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_outbox_item_get_id (again), !=, qc_outbox_item_get_id (item));
}

/* Two views of one draft: what one edits the other may not submit as it saw it, and what one has submitted the other
 * cannot edit any more; nothing goes out twice. */
static void
test_edited_in_two_places (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) one = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (one, "account\treason\n2311000001\t01\n2311000002\t01\n");
  g_autoptr (QcRosterService) two = play_open (fixture, QC_BUSINESS_SEALING, qc_draft_get_id (play_draft (one)));
  play_enter (one, "2311000002", QC_LINE_REASON_TEXT, "外派");
  g_autoptr (GError) error = NULL;
  g_assert_null (play_submit (two, NULL, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_clear_error (&error);
  assert_nothing_sent (fixture);
  g_autoptr (QcOutboxItem) item = play_submit (one, NULL, &error);
  g_assert_no_error (error);
  qc_roster_service_enter (two, play_find (two, "2311000001")->id, QC_LINE_REASON_TEXT, "晚了");
  qc_app_fixture_until (is_locked, two);
  play_settle (two);
  g_assert_cmpstr (play_find (two, "2311000001")->reason_text, ==, NULL);
  g_assert_cmpstr (play_find (two, "2311000002")->reason_text, ==, "外派");
  assert_why_not (two, "submitted already");
  g_object_get (play_draft (two), "error", &error, NULL);
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT); /* and it is said that it is not in it */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster-bad-days/month-moved", test_month_moved);
  g_test_add_func ("/roster-bad-days/sealed-elsewhere", test_sealed_elsewhere);
  g_test_add_func ("/roster-bad-days/gone", test_gone);
  g_test_add_func ("/roster-bad-days/twice", test_twice);
  g_test_add_func ("/roster-bad-days/reasons-changed", test_reasons_changed);
  g_test_add_func ("/roster-bad-days/blocked", test_blocked);
  g_test_add_func ("/roster-bad-days/newer-center", test_newer_center);
  g_test_add_func ("/roster-bad-days/block", test_block);
  g_test_add_func ("/roster-bad-days/block-hostile", test_block_hostile);
  g_test_add_func ("/roster-bad-days/paste-forms", test_paste_forms);
  g_test_add_func ("/roster-bad-days/paste-ragged", test_paste_ragged);
  g_test_add_func ("/roster-bad-days/paste-words", test_paste_words);
  g_test_add_func ("/roster-bad-days/paste-many", test_paste_many);
  g_test_add_func ("/roster-bad-days/paste-no-roster", test_paste_no_roster);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autofree char *path = g_strconcat ("/roster-bad-days/not-written/", troubles[i].name, NULL);
    g_test_add_data_func (path, &troubles[i], test_not_written);
  }
  g_test_add_func ("/roster-bad-days/undone-unwritten", test_undone_unwritten);
  g_test_add_data_func ("/roster-bad-days/draft-not-read", "draft_line.position", test_not_read);
  g_test_add_data_func ("/roster-bad-days/people-not-read", "person.base", test_not_read);
  g_test_add_data_func ("/roster-bad-days/opened-while-written", NULL, test_opened_while_written);
  g_test_add_data_func ("/roster-bad-days/opened-while-written-newest", troubles, test_opened_while_written);
  g_test_add_func ("/roster-bad-days/closed-unwritten", test_closed_unwritten);
  g_test_add_func ("/roster-bad-days/own-draft", test_own_draft);
  g_test_add_func ("/roster-bad-days/second-draft", test_second_draft);
  g_test_add_func ("/roster-bad-days/deleted-elsewhere", test_deleted_elsewhere);
  g_test_add_func ("/roster-bad-days/accepted", test_accepted);
  g_test_add_func ("/roster-bad-days/refused", test_refused);
  g_test_add_func ("/roster-bad-days/edited-in-two-places", test_edited_in_two_places);
  return g_test_run ();
}
