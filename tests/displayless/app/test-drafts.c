/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft as such: which steps of a sitting count, what a locked one refuses and what is no step, who gets the same
 * object, what is not saved, its facts as text, what is damaged, and the reasons with which it was returned.
 */
#include <string.h>

#include "qc-attachment.h"
#include "qc-database.h"
#include "qc-draft-io.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-wire-error.h"
#include "qc-wire-return.h"
#include "roster-play.h"

#define A "2311000001"
#define B "2311000002"

static QcRosterService *
open_two (QcAppFixture *fixture)
{
  QcRosterService *service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t01\n" B "\t01\n");
  g_assert_cmpuint (pasted->added, ==, 2);
  return service;
}

static void
test_steps (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
  QcDraft *draft = play_draft (service);
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, 0);
  g_assert_false (qc_draft_has_step (draft, 0));
  g_assert_true (qc_draft_is_empty (draft));
  g_assert_false (qc_draft_can_undo (draft));
  g_autoptr (QcPasteResult) pasted = play_paste (service, "account\treason\n" A "\t01\n");
  g_assert_nonnull (pasted);
  guint first = qc_draft_get_last_step (draft);
  g_assert_cmpuint (first, >, 0);
  play_enter (service, A, QC_LINE_REASON, "99");
  guint second = qc_draft_get_last_step (draft);
  g_assert_cmpuint (second, ==, first + 1);
  g_assert_true (qc_draft_has_step (draft, first));
  g_assert_true (qc_draft_has_step (draft, second));
  g_assert_false (qc_draft_has_step (draft, second + 1));
  g_assert_false (qc_draft_has_step (draft, 0));
  g_assert_false (qc_draft_can_redo (draft));
  qc_draft_undo (draft);
  g_assert_false (qc_draft_can_redo (draft)); /* it is under way */
  play_settle (service);
  g_assert_true (qc_draft_has_step (draft, first));
  g_assert_false (qc_draft_has_step (draft, second));
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, first);
  g_assert_true (qc_draft_can_redo (draft));
  g_assert_cmpstr (qc_draft_get_redo_label (draft), ==, "line.reason");
  g_assert_cmpstr (qc_draft_get_undo_label (draft), ==, "effective"); /* the month is noted with the first line */
  qc_draft_redo (draft);
  play_settle (service);
  g_assert_true (qc_draft_has_step (draft, second));
  /* one that is being made has its number already */
  qc_draft_begin_step (draft);
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, second);
  qc_draft_set (draft, "x", "1");
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, second + 1);
  g_assert_false (qc_draft_has_step (draft, second + 1));
  gint64 line = play_find (service, A)->id;
  qc_draft_remove_lines (draft, &line, 1, "lines.remove");
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, second + 1);
  qc_draft_end_step (draft);
  g_assert_true (qc_draft_has_step (draft, second + 1));
  play_settle (service);
  qc_draft_undo (draft); /* both at once */
  play_settle (service);
  g_assert_null (qc_draft_get (draft, "x"));
  g_assert_nonnull (play_find (service, A));
  /* what another sitting made can be undone, but is no step of this one */
  gint64 id = qc_draft_get_id (draft);
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = play_open (fixture, QC_BUSINESS_SEALING, id);
  g_assert_true (qc_draft_can_undo (play_draft (service)));
  g_assert_cmpuint (qc_draft_get_last_step (play_draft (service)), ==, 0);
  g_assert_false (qc_draft_has_step (play_draft (service), first));
}

static GPtrArray *
copies (QcRosterService *service)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  QcRosterLine *line = qc_roster_line_copy (play_find (service, A));
  qc_line_set_text (line, QC_LINE_REASON_TEXT, "另有说明");
  g_ptr_array_add (lines, line);
  return lines;
}

static GPtrArray *
new_attachments (guint n)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_attachment_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (attachments, qc_attachment_new ("other", 0, "a.jpg", "00", 1, NULL));
  return attachments;
}

/* Nothing that changes nothing is a step; each of what does is one. */
static void
test_no_step (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = open_two (fixture);
  QcDraft *draft = play_draft (service);
  guint step = qc_draft_get_last_step (draft);
  const gint64 nobody = 987654, twice[] = {play_find (service, A)->id, play_find (service, A)->id};
  g_assert_false (qc_draft_add_lines (draft, g_ptr_array_new (), 0, "lines.add"));
  g_assert_true (qc_draft_remove_lines (draft, &nobody, 1, "lines.remove"));
  g_assert_true (qc_draft_set_lines (draft, g_ptr_array_new (), "line.reason"));
  g_assert_true (qc_draft_amend_lines (draft, g_ptr_array_new ()));
  g_assert_true (qc_draft_attach (draft, new_attachments (0), &nobody, 1, "attach"));
  qc_draft_set (draft, "y", NULL);
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, step);

  g_assert_true (qc_draft_attach (draft, new_attachments (2), NULL, 0, "attach"));
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, step + 1);
  g_assert_cmpuint (qc_draft_get_attachments (draft)->len, ==, 2);
  gint64 first = ((const QcStoreAttachment *)g_ptr_array_index (qc_draft_get_attachments (draft), 0))->id;
  gint64 second = ((const QcStoreAttachment *)g_ptr_array_index (qc_draft_get_attachments (draft), 1))->id;
  g_assert_cmpint (second, ==, first + 1);
  g_assert_true (qc_draft_attach (draft, new_attachments (1), &first, 1, "attach"));
  play_settle (service);
  g_assert_cmpuint (qc_draft_get_attachments (draft)->len, ==, 2);
  g_assert_cmpint (((const QcStoreAttachment *)g_ptr_array_index (qc_draft_get_attachments (draft), 0))->id, ==,
                   second);
  g_assert_cmpint (((const QcStoreAttachment *)g_ptr_array_index (qc_draft_get_attachments (draft), 1))->id, ==,
                   second + 1);
  g_assert_true (qc_draft_remove_lines (draft, twice, 2, "lines.remove"));
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 1);
  qc_draft_undo (draft);
  play_settle (service);
  g_assert_cmpuint (play_roster (service)->lines->len, ==, 2);
  /* what follows from a step is no step of its own, and not within one that is being made */
  step = qc_draft_get_last_step (draft);
  g_assert_true (qc_draft_amend_lines (draft, copies (service)));
  play_settle (service);
  g_assert_cmpstr (play_find (service, A)->reason_text, ==, "另有说明");
  g_assert_cmpuint (qc_draft_get_last_step (draft), ==, step);
  qc_draft_begin_step (draft);
  g_assert_false (qc_draft_amend_lines (draft, copies (service)));
  qc_draft_end_step (draft);
}

static gboolean
is_locked (gpointer draft)
{
  return qc_draft_get_outbox (draft) != 0;
}

static void
test_locked (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = open_two (fixture);
  QcDraft *draft = play_draft (service);
  g_autofree char *before = play_picture (service);
  gint64 line = play_find (service, A)->id;
  g_assert_true (qc_roster_service_takes (service, play_find (service, A), QC_LINE_REASON));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = play_submit (service, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_until (is_locked, draft);
  g_assert_false (qc_roster_service_takes (service, play_find (service, A), QC_LINE_REASON));
  g_assert_false (qc_draft_can_undo (draft));
  g_assert_false (qc_draft_add_lines (draft, copies (service), 0, "lines.add"));
  g_assert_false (qc_draft_put_lines (draft, copies (service), "lines.put"));
  g_assert_false (qc_draft_set_lines (draft, copies (service), "line.reason"));
  g_assert_false (qc_draft_amend_lines (draft, copies (service)));
  g_assert_false (qc_draft_remove_lines (draft, &line, 1, "lines.remove"));
  g_assert_false (qc_draft_attach (draft, new_attachments (1), NULL, 0, "attach"));
  g_assert_false (qc_roster_service_enter (service, line, QC_LINE_REASON, "99"));
  g_autofree char *after = play_picture (service);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (qc_draft_get_attachments (draft)->len, ==, 0);
  /* the next one of the business is another one */
  g_autoptr (QcDraft) next = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, 0);
  g_assert_true (next != draft);
}

/* Whatever is in it, it is not empty. */
static void
test_empty (void)
{
  static const char *const fills[] = {"fact", "line", "attachment"};
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (fills); i++) {
    g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_SEALING, 0);
    QcDraft *draft = play_draft (service);
    g_assert_true (qc_draft_is_empty (draft));
    GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
    g_ptr_array_add (lines, qc_roster_line_new ());
    if (i == 1)
      qc_draft_add_lines (draft, g_ptr_array_ref (lines), 0, "lines.add");
    g_ptr_array_unref (lines);
    if (i == 0)
      qc_draft_set (draft, "x", "1");
    if (i == 2)
      qc_draft_attach (draft, new_attachments (1), NULL, 0, "attach");
    g_assert_false (qc_draft_is_empty (draft));
    play_settle (service);
    qc_draft_discard (draft);
    play_settle (service);
    g_assert_true (qc_draft_is_empty (draft));
  }
}

/* One that is being written is the same object, for who asks for it. */
static void
test_same_object (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = open_two (fixture);
  QcDraft *draft = play_draft (service);
  gint64 id = qc_draft_get_id (draft);
  const GError *error = NULL;
  g_assert_true (qc_drafts_are_saved (fixture->session, &error));
  g_autoptr (QcDraft) written = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, id);
  g_assert_true (written != draft);
  qc_draft_set (draft, "x", "1");
  g_assert_false (qc_drafts_are_saved (fixture->session, &error));
  g_assert_null (error);
  g_autoptr (QcDraft) by_id = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, id);
  g_autoptr (QcDraft) newest = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, 0);
  g_autoptr (QcDraft) other_business = qc_draft_new (fixture->session, QC_BUSINESS_TRANSFER, 0);
  g_autoptr (QcDraft) other_id = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, id + 1);
  g_assert_true (by_id == draft);
  g_assert_true (newest == draft);
  g_assert_true (other_business != draft);
  g_assert_true (other_id != draft);
  play_settle (service);
  g_assert_true (qc_drafts_are_saved (fixture->session, &error));
  qc_draft_discard (draft);
  g_autoptr (QcDraft) after = qc_draft_new (fixture->session, QC_BUSINESS_SEALING, id);
  g_assert_true (after != draft);
  play_settle (service);
}

static gboolean
is_unwritten (gpointer draft)
{
  return qc_draft_is_unwritten (draft);
}

static gboolean
is_written (gpointer draft)
{
  return !qc_draft_is_unwritten (draft) && qc_draft_get_unsaved (draft) == 0;
}

/* What cannot be written says so, and cannot be undone; what was entered stays. */
static void
test_unwritten (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = open_two (fixture);
  QcDraft *draft = play_draft (service);
  play_enter (service, A, QC_LINE_REASON_TEXT, "甲");
  qc_draft_undo (draft);
  play_settle (service);
  g_assert_true (qc_draft_can_undo (draft) && qc_draft_can_redo (draft));
  qc_app_fixture_sql (fixture, "CREATE TRIGGER stop BEFORE UPDATE ON draft BEGIN SELECT RAISE (ABORT, 'no'); END");
  qc_roster_service_enter (service, play_find (service, A)->id, QC_LINE_REASON_TEXT, "乙");
  qc_app_fixture_until (is_unwritten, draft);
  const GError *error = NULL;
  g_assert_false (qc_drafts_are_saved (fixture->session, &error));
  g_assert_nonnull (error);
  g_assert_false (qc_draft_can_undo (draft));
  g_assert_false (qc_draft_can_redo (draft));
  g_assert_cmpuint (qc_draft_get_unsaved (draft), ==, 1);
  g_assert_cmpstr (play_find (service, A)->reason_text, ==, "乙");
  qc_app_fixture_sql (fixture, "DROP TRIGGER stop");
  qc_draft_load_async (draft, NULL, NULL, NULL); /* which begins with what waits */
  qc_app_fixture_until (is_written, draft);
  g_assert_true (qc_drafts_are_saved (fixture->session, &error));
  g_assert_null (error);
}

static void
test_facts (void)
{
  static const struct {
    const char *json;
    int n; /* -1: is refused */
  } rows[] = {{"{\"facts\":[]}", 0},
              {"{\"facts\":[\"a\"]}", 0}, /* without a value */
              {"{\"facts\":[\"a\",\"1\"]}", 1},
              {"{\"facts\":[\"a\",\"1\",\"b\"]}", 1},
              {"{\"facts\":[\"a\",\"1\",\"b\",\"2\"]}", 2},
              {"{\"facts\":[\"a\",\"1\",\"a\",\"2\"]}", 1},
              {"{}", 0},
              {"{\"facts\":[1]}", -1},
              {"{\"facts\":[\"a\",\"1\"]", -1},
              {"", -1}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GHashTable) facts = qc_draft_facts_from_json (rows[i].json, &error);
    g_assert_true ((facts != NULL) == (error == NULL));
    g_assert_cmpint (facts != NULL ? (int)g_hash_table_size (facts) : -1, ==, rows[i].n);
  }
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (facts, (gpointer) "b", (gpointer) "2");
  g_hash_table_insert (facts, (gpointer) "a", (gpointer) "1");
  g_autofree char *json = qc_draft_facts_to_json (facts);
  g_assert_cmpstr (json, ==, "{\"facts\":[\"a\",\"1\",\"b\",\"2\"]}");
  QcStoreDraft draft
      = {.business = QC_BUSINESS_SEALING, .n_lines = 3, .facts = (char *)"{\"facts\":[\"value:a\",\"1\"]}"};
  g_assert_cmpint (qc_draft_count (&draft), ==, 3);
  draft.business = QC_BUSINESS_UNIT_CHANGE;
  g_assert_cmpint (qc_draft_count (&draft), ==, 1);
  draft.facts = (char *)"{\"facts\":[\"value:a\",\"1\",\"before:a\",\"0\",\"value:b\",\"\"]}";
  g_assert_cmpint (qc_draft_count (&draft), ==, 2);
  draft.facts = (char *)"damaged";
  g_assert_cmpint (qc_draft_count (&draft), ==, 3);
}

static void
run_damaged (QcAppFixture *fixture, gint64 id, QcDraftVerb verb)
{
  QcDraftJob *job = qc_draft_job_new (verb, "heihe", QC_FIXTURE_UNIT, QC_BUSINESS_SEALING);
  g_autoptr (GError) error = NULL;
  job->id = id;
  g_assert_null (
      qc_database_read (qc_session_get_database (fixture->session), "damaged", qc_draft_job_run, job, &error));
  g_assert_error (error, QC_WIRE_ERROR, error->code);
  qc_draft_job_free (job);
}

/* What cannot be read is said, and never left out. */
static void
test_damaged (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = open_two (fixture);
  gint64 id = qc_draft_get_id (play_draft (service)), gone = play_find (service, A)->id;
  qc_roster_service_remove (service, &gone, 1);
  play_settle (service);
  g_clear_object (&service);
  qc_app_fixture_sql (fixture, "CREATE TABLE kept AS SELECT draft, line, facts FROM draft_line");
  qc_app_fixture_sql (fixture, "UPDATE draft_line SET facts = 'x' WHERE removed <> 0");
  run_damaged (fixture, id, QC_DRAFT_FIND_UNDO);
  qc_app_fixture_sql (fixture, "UPDATE draft_line SET facts = 'x' WHERE removed = 0");
  run_damaged (fixture, id, QC_DRAFT_LOAD);
  qc_app_fixture_sql (fixture,
                      "UPDATE draft_line SET facts = (SELECT facts FROM kept WHERE kept.draft = draft_line.draft"
                      " AND kept.line = draft_line.line); UPDATE draft SET facts = 'x'");
  run_damaged (fixture, id, QC_DRAFT_LOAD);
}

static void
test_returned (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRosterService) service = play_open (fixture, QC_BUSINESS_BACK_PAYMENT, 0);
  g_autoptr (QcPasteResult) pasted
      = play_paste (service, "account\treason\tfrom\tto\n" A "\t01\t202607\t202607\n" B "\t01\t202607\t202607\n");
  g_assert_nonnull (pasted);
  gint64 one = play_find (service, A)->id, two = play_find (service, B)->id;
  const struct {
    QcReturnTarget target;
    gint64 line;
    const char *field, *where;
  } rows[] = {{QC_RETURN_APPLICATION, 0, NULL, "name"},
              {QC_RETURN_LINE, one, NULL, "name"},
              {QC_RETURN_FIELD, one, "from", "from"}};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
    QcReturnReason *reason = qc_return_reason_new ("01", rows[i].target, "看不清。");
    reason->line = rows[i].line;
    reason->field = g_strdup (rows[i].field);
    g_ptr_array_add (reasons, reason);
    g_autofree char *text = qc_wire_reasons_to_text (reasons);
    qc_draft_set (play_draft (service), QC_FACT_RETURNED "0", text);
    play_settle (service);
    const QcFinding *finding = play_finding (service, rows[i].line, "roster.returned");
    g_assert_nonnull (finding);
    g_assert_cmpint (finding->line, ==, rows[i].line);
    g_assert_cmpstr (finding->field, ==, rows[i].where);
    g_assert_cmpstr (finding->person, ==, rows[i].line != 0 ? A : NULL);
    g_assert_cmpstr (qc_finding_get_arg (finding, "text", NULL), ==, "看不清。");
    g_assert_null (play_finding (service, two, "roster.returned"));
    g_assert_true ((play_finding (service, one, "roster.returned") != NULL) == (rows[i].line != 0));
    qc_draft_set (play_draft (service), QC_FACT_RETURNED "0", NULL);
    play_settle (service);
    g_assert_null (play_finding (service, rows[i].line, "roster.returned"));
  }
  qc_draft_set (play_draft (service), QC_FACT_RETURNED "0", "damaged");
  play_settle (service);
  g_assert_null (play_finding (service, 0, "roster.returned"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drafts/steps", test_steps);
  g_test_add_func ("/drafts/no-step", test_no_step);
  g_test_add_func ("/drafts/locked", test_locked);
  g_test_add_func ("/drafts/empty", test_empty);
  g_test_add_func ("/drafts/same-object", test_same_object);
  g_test_add_func ("/drafts/unwritten", test_unwritten);
  g_test_add_func ("/drafts/facts", test_facts);
  g_test_add_func ("/drafts/damaged", test_damaged);
  g_test_add_func ("/drafts/returned", test_returned);
  return g_test_run ();
}
