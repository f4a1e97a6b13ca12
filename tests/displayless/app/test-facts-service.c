/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更 without a screen: only what is changed is in the draft, each change is one step, also after a
 * kill; faults are found where they are; 办理 puts exactly the facts into the outbox; what waits is laid over the unit;
 * and what was changed elsewhere is decided field by field.
 */
#include "qc-app-fixture.h"
#include "qc-database.h"
#include "qc-draft-list.h"
#include "qc-facts-service.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "qc-wire-submission.h"

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

static QcDraft *
draft_of (QcFactsService *service)
{
  return qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
}

static gboolean
is_settled (gpointer service)
{
  return qc_business_service_get_error (service) != NULL
         || (qc_draft_is_loaded (draft_of (service)) && qc_facts_service_is_settled (service));
}

static void
settle (QcFactsService *service)
{
  for (int i = 0; i < 3; i++) {
    qc_app_fixture_until (is_settled, service);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  g_assert_no_error (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
}

static QcFactsService *
open_draft (QcAppFixture *fixture, gint64 draft)
{
  QcFactsService *service = qc_facts_service_new (fixture->session, QC_BUSINESS_UNIT_CHANGE, draft);
  settle (service);
  return service;
}

/* The center's row as a pull would leave it. */
static void
register_value (QcAppFixture *fixture, const char *name, const char *value)
{
  g_autofree char *sql
      = g_strdup_printf ("DELETE FROM unit_field WHERE name = '%s';"
                         "INSERT INTO unit_field (scope, name, value) SELECT id, '%s', '%s' FROM scope",
                         name, name, value);
  qc_app_fixture_sql (fixture, sql);
}

static QcAppFixture *
fixture_new (void)
{
  QcAppFixture *fixture = qc_app_fixture_new (NULL, 0, 0);
  register_value (fixture, "DWYB", "164300");
  register_value (fixture, "DWDZ", "黑河市某街1号");
  return fixture;
}

static const QcUnitField *
field (const char *name)
{
  const QcUnitField *found = qc_unit_field_find (name);
  g_assert_nonnull (found);
  return found;
}

static void
enter (QcFactsService *service, const char *name, const char *text)
{
  g_assert_true (qc_facts_service_enter (service, field (name), text));
  settle (service);
}

static guint
count (QcFactsService *service)
{
  g_autoptr (GPtrArray) facts = qc_facts_service_dup_facts (service);
  return facts->len;
}

static char *
why_not (QcFactsService *service)
{
  return qc_business_service_dup_why_not (QC_BUSINESS_SERVICE (service));
}

static void
assert_code (QcFactsService *service, const char *name, const char *code)
{
  g_autoptr (GPtrArray) found = qc_facts_service_dup_field_findings (service, field (name));
  g_assert_cmpuint (found->len, ==, code != NULL);
  if (code != NULL)
    g_assert_cmpstr (((QcFinding *)g_ptr_array_index (found, 0))->code, ==, code);
}

static QcOutboxItem *
submit (QcFactsService *service, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *now = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token != NULL ? token : now, NULL, result_cb,
                                    &result);
  qc_app_fixture_until (result_there, &result);
  return qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), result, error);
}

static QcOutboxItem *
submit_well (QcFactsService *service)
{
  g_autoptr (GError) error = NULL;
  QcOutboxItem *item = submit (service, NULL, &error);
  g_assert_no_error (error);
  return item;
}

static gpointer
load_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, *(gint64 *)data, error);
  return item != NULL && qc_store_outbox_load_body (connection, item, error) ? g_steal_pointer (&item) : NULL;
}

static QcStoreOutboxItem *
outbox_item (QcAppFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  QcStoreOutboxItem *item
      = qc_database_write (qc_session_get_database (fixture->session), "item", load_item, &id, &error);
  g_assert_no_error (error);
  return item;
}

/* ---- ---- */

static void
test_entering (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  g_autofree char *nothing = why_not (service);
  g_assert_nonnull (nothing);
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164300");
  enter (service, "DWYB", " １６４301 ");
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164301");
  g_assert_cmpstr (qc_facts_service_get_before (service, field ("DWYB")), ==, "164300");
  g_assert_true (qc_facts_service_is_changed (service, field ("DWYB")));
  g_assert_false (qc_facts_service_is_changed (service, field ("DWDZ")));
  g_assert_cmpuint (count (service), ==, 1);
  g_autofree char *may = why_not (service);
  g_assert_cmpstr (may, ==, NULL);
  /* what it was before takes the change back */
  enter (service, "DWYB", "164300");
  g_assert_cmpuint (count (service), ==, 0);
  /* the name is not to be changed where the center says nothing of it; as it is it may be left */
  g_assert_false (qc_facts_service_enter (service, field ("DWMC"), "新名"));
  g_assert_true (qc_facts_service_enter (service, field ("DWMC"), qc_facts_service_get_unit (service)->name));
  g_assert_cmpuint (count (service), ==, 0);
  /* a field can be emptied, and what is far too long is bounded and said */
  enter (service, "DWDZ", "");
  assert_code (service, "DWDZ", "unit-change.missing");
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 10000; i++)
    g_string_append (text, "鑫");
  enter (service, "DWDZ", text->str);
  assert_code (service, "DWDZ", "text.long");
  g_assert_cmpint (g_utf8_strlen (qc_facts_service_get_value (service, field ("DWDZ")), -1), <=, 501);
}

static void
test_faults (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "16430");
  enter (service, "DWFXR", "15");
  assert_code (service, "DWYB", "unit-change.postcode");
  assert_code (service, "DWFXR", NULL);
  g_autofree char *faulty = why_not (service);
  g_assert_nonnull (faulty);
  g_assert_null (qc_business_service_dup_token (QC_BUSINESS_SERVICE (service)));
  enter (service, "DWYB", "164302");
  g_autofree char *may = why_not (service);
  g_assert_cmpstr (may, ==, NULL);
}

/* Every change is one step, in this process and in the next; several drafts stand side by side. */
static void
test_undo (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "164301");
  enter (service, "DWYB", "164302");
  enter (service, "DWFXR", "15");
  gint64 draft = qc_draft_get_id (draft_of (service));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = open_draft (fixture, draft);
  g_assert_cmpuint (count (service), ==, 2);
  g_assert_cmpstr (qc_facts_service_get_before (service, field ("DWYB")), ==, "164300");
  qc_draft_undo (draft_of (service));
  settle (service);
  g_assert_cmpuint (count (service), ==, 1);
  qc_draft_undo (draft_of (service));
  settle (service);
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164301");
  qc_draft_undo (draft_of (service));
  settle (service);
  g_assert_cmpuint (count (service), ==, 0);
  g_assert_false (qc_draft_can_undo (draft_of (service)));
  qc_draft_redo (draft_of (service));
  qc_app_fixture_until (is_settled, service);
  settle (service);
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164301");
}

static gboolean
listed_one (gpointer list)
{
  return g_list_model_get_n_items (list) == 1;
}

static void
test_listed (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "164301");
  enter (service, "DWFXR", "15");
  g_autoptr (QcDraftList) list = qc_draft_list_new (fixture->session, QC_BUSINESS_UNIT_CHANGE);
  qc_app_fixture_until (listed_one, list);
  g_autoptr (QcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpint (qc_draft_entry_get_count (entry), ==, 2);
}

/* 办理 sends what was confirmed, only what is changed, and the next draft begins from what will be. */
static void
test_submitting (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWDZ", "黑河市某街2号");
  g_autofree char *stale = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  enter (service, "DWYB", "164301");
  g_autoptr (GError) error = NULL;
  g_assert_null (submit (service, stale, &error));
  g_assert_nonnull (error); /* something else was confirmed */
  g_autoptr (QcOutboxItem) item = submit_well (service);
  g_autoptr (QcStoreOutboxItem) row = outbox_item (fixture, qc_outbox_item_get_id (item));
  g_autoptr (QcSubmission) body = qc_wire_decode_submission (row->body, NULL);
  g_assert_cmpint (body->business, ==, QC_BUSINESS_UNIT_CHANGE);
  g_assert_cmpuint (body->roster->lines->len, ==, 0);
  g_assert_cmpuint (body->facts->len, ==, 2);
  const QcFact *fact = qc_fact_list_find (body->facts, "DWYB");
  g_assert_cmpstr (fact->before, ==, "164300");
  g_assert_cmpstr (fact->value, ==, "164301");
  g_autofree char *locked = why_not (service);
  g_assert_nonnull (locked);
  g_assert_false (qc_facts_service_enter (service, field ("DWYB"), "164309"));

  g_autoptr (QcDraftList) drafts = qc_draft_list_new (fixture->session, QC_BUSINESS_UNIT_CHANGE);
  g_autoptr (GAsyncResult) result = NULL;
  qc_draft_list_create_async (drafts, QC_BUSINESS_UNIT_CHANGE, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  gint64 second = qc_draft_list_create_finish (drafts, result, NULL);
  g_autoptr (QcFactsService) next = open_draft (fixture, second);
  g_assert_cmpstr (qc_facts_service_get_value (next, field ("DWYB")), ==, "164301");
  g_assert_cmpstr (qc_facts_service_get_waiting (next, field ("DWYB")), ==, "164301");
  g_assert_null (qc_facts_service_get_waiting (next, field ("DWFXR")));
  g_assert_cmpuint (qc_facts_service_get_n_waiting (next), ==, 2);
  enter (next, "DWYB", "164302");
  g_assert_cmpstr (qc_facts_service_get_before (next, field ("DWYB")), ==, "164301");
  g_autofree char *may = why_not (next);
  g_assert_cmpstr (may, ==, NULL);
  g_autoptr (QcOutboxItem) behind = submit_well (next);
  g_autoptr (QcStoreOutboxItem) second_row = outbox_item (fixture, qc_outbox_item_get_id (behind));
  g_assert_cmpuint (second_row->depends->len, ==, 1);
  g_assert_cmpint (g_array_index (second_row->depends, gint64, 0), ==, qc_outbox_item_get_id (item));
}

/* ---- changed elsewhere ---- */

static void
test_elsewhere (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "164301");
  enter (service, "DWDZ", "黑河市某街2号");
  enter (service, "DWFXR", "15");
  register_value (fixture, "DWYB", "164399");
  register_value (fixture, "DWDZ", "黑河市别处9号");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  settle (service);
  assert_code (service, "DWYB", "unit-change.stale");
  assert_code (service, "DWDZ", "unit-change.stale");
  assert_code (service, "DWFXR", NULL);
  g_assert_cmpstr (qc_facts_service_get_elsewhere (service, field ("DWYB")), ==, "164399");
  g_assert_cmpstr (qc_facts_service_get_before (service, field ("DWYB")), ==, "164300");
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164301");
  g_autofree char *undecided = why_not (service);
  g_assert_nonnull (undecided);

  qc_facts_service_keep_mine (service, field ("DWYB"));
  settle (service);
  assert_code (service, "DWYB", NULL);
  g_assert_cmpstr (qc_facts_service_get_before (service, field ("DWYB")), ==, "164399");
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, "164301");
  qc_facts_service_take_theirs (service, field ("DWDZ"));
  settle (service);
  g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWDZ")), ==, "黑河市别处9号");
  g_assert_cmpuint (count (service), ==, 2);
  g_autofree char *may = why_not (service);
  g_assert_cmpstr (may, ==, NULL);
  /* deciding is a step as any other */
  qc_draft_undo (draft_of (service));
  settle (service);
  assert_code (service, "DWDZ", "unit-change.stale");
}

/* Both want the same: nothing is left to be sent of it. */
static void
test_elsewhere_alike (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "164301");
  register_value (fixture, "DWYB", "164301");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  settle (service);
  assert_code (service, "DWYB", "unit-change.stale");
  qc_facts_service_keep_mine (service, field ("DWYB"));
  settle (service);
  g_assert_cmpuint (count (service), ==, 0);
}

/* ---- what is not known yet, and what the center said ---- */

static void
test_unread (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = qc_facts_service_new (fixture->session, QC_BUSINESS_UNIT_CHANGE, 0);
  for (int read = FALSE; read <= TRUE; read++) {
    g_assert_true ((qc_facts_service_get_unit (service) != NULL) == read);
    g_assert_true ((qc_facts_service_get_codes (service) != NULL) == read);
    g_assert_true ((qc_facts_service_get_ratios (service) != NULL) == read);
    g_assert_cmpstr (qc_facts_service_get_value (service, field ("DWYB")), ==, read ? "164300" : "");
    g_assert_cmpstr (qc_facts_service_get_before (service, field ("DWYB")), ==, read ? "164300" : "");
    g_assert_null (qc_facts_service_get_waiting (service, field ("DWYB")));
    g_assert_null (qc_facts_service_get_elsewhere (service, field ("DWYB")));
    g_assert_cmpuint (qc_facts_service_get_n_waiting (service), ==, 0);
    g_assert_cmpint (qc_facts_service_is_settled (service), ==, read);
    g_assert_cmpint (qc_facts_service_enter (service, field ("DWYB"), "164301"), ==, read);
    settle (service);
  }
  g_assert_cmpuint (qc_facts_service_get_ratios (service)->len, ==, 1);
}

/* The refusal is said of what is changed, and of all of it; that something was changed elsewhere only where what is
 * known now does not say it. */
static void
test_refused (void)
{
  static const struct {
    const char *code, *field;
    gboolean elsewhere;
    guint of_field, of_all;
  } rows[] = {{"unit-change.postcode", "DWYB", FALSE, 1, 1}, {"unit-change.postcode", "DWFXR", FALSE, 0, 0},
              {"unit-change.postcode", NULL, FALSE, 0, 1},   {"unit-change.stale", "DWYB", FALSE, 1, 1},
              {"unit-change.stale", "DWYB", TRUE, 1, 1},     {"unit-change.stale", NULL, FALSE, 0, 1}};
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  enter (service, "DWYB", "164301");
  gint64 draft = qc_draft_get_id (draft_of (service));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = rows[i].field != NULL ? g_strdup_printf ("'%s'", rows[i].field) : g_strdup ("NULL");
    g_autofree char *sql = g_strdup_printf ("DELETE FROM draft_reason; INSERT INTO draft_reason (draft, line, position,"
                                            " code, severity, month, person, field, args) SELECT id, 0, 0, '%s', %d, 0,"
                                            " NULL, %s, '{}' FROM draft",
                                            rows[i].code, QC_SEVERITY_ERROR, text);
    register_value (fixture, "DWYB", rows[i].elsewhere ? "164399" : "164300");
    qc_app_fixture_sql (fixture, sql);
    g_clear_object (&service);
    service = open_draft (fixture, draft);
    assert_code (service, "DWYB", rows[i].of_field ? rows[i].code : NULL);
    assert_code (service, "DWFXR", NULL);
    g_assert_cmpuint (qc_business_service_get_findings (QC_BUSINESS_SERVICE (service))->len, ==, rows[i].of_all);
    g_autofree char *why = why_not (service);
    g_assert_true ((why != NULL) == (rows[i].of_all > 0));
  }
}

static gboolean
listed_faults (gpointer list)
{
  g_autoptr (QcDraftEntry) entry = g_list_model_get_item (list, 0);
  return entry != NULL && qc_draft_entry_get_faults (entry) == 1;
}

static gboolean
listed_no_faults (gpointer list)
{
  g_autoptr (QcDraftEntry) entry = g_list_model_get_item (list, 0);
  return entry != NULL && qc_draft_entry_get_faults (entry) == 0;
}

/* The list of drafts says how many fields cannot be sent as they are. */
static void
test_faults_listed (void)
{
  g_autoptr (QcAppFixture) fixture = fixture_new ();
  g_autoptr (QcFactsService) service = open_draft (fixture, 0);
  g_autoptr (QcDraftList) list = qc_draft_list_new (fixture->session, QC_BUSINESS_UNIT_CHANGE);
  enter (service, "DWYB", "16430");
  enter (service, "DWFXR", "15");
  qc_app_fixture_until (listed_faults, list);
  g_assert_true (qc_facts_service_enter (service, field ("DWYB"), "164305"));
  g_autofree char *saving = why_not (service);
  g_assert_cmpstr (saving, ==, "It is being saved.");
  settle (service);
  qc_app_fixture_until (listed_no_faults, list);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/app/facts/entering", test_entering);
  g_test_add_func ("/app/facts/faults", test_faults);
  g_test_add_func ("/app/facts/undo", test_undo);
  g_test_add_func ("/app/facts/listed", test_listed);
  g_test_add_func ("/app/facts/submitting", test_submitting);
  g_test_add_func ("/app/facts/elsewhere", test_elsewhere);
  g_test_add_func ("/app/facts/elsewhere-alike", test_elsewhere_alike);
  g_test_add_func ("/app/facts/unread", test_unread);
  g_test_add_func ("/app/facts/refused", test_refused);
  g_test_add_func ("/app/facts/faults-listed", test_faults_listed);
  return g_test_run ();
}
