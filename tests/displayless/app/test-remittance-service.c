/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴 without a screen, over a store with the worked example of the domain notes (2.5): figures, ticks, undo, what a
 * kill leaves, and the exact body of 办理.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "qc-app-fixture.h"
#include "qc-month.h"
#include "qc-remittance-service.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"

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
is_settled (gpointer data)
{
  QcRemittanceService *service = data;
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  return qc_draft_is_loaded (draft) && (qc_draft_get_unsaved (draft) == 0 || qc_draft_is_unwritten (draft))
         && !qc_draft_is_busy (draft) && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (service))
         && (qc_remittance_service_get_preview (service)
             || qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
}

static QcRemittancePreview *
settle (QcRemittanceService *service)
{
  qc_app_fixture_until (is_settled, service);
  g_assert_no_error (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
  return qc_remittance_service_get_preview (service);
}

static void
assert_line (QcRemittancePreview *preview, QcMonth month, gint64 previous_people, QcMoney previous, gint64 added_people,
             QcMoney added, gint64 removed_people, QcMoney removed, gint64 people, QcMoney fen)
{
  const QcMonthLine *line = qc_remittance_preview_get_line (preview, month);
  g_assert_nonnull (line);
  g_assert_cmpint (line->previous_people, ==, previous_people);
  g_assert_cmpint (line->previous_fen, ==, previous);
  g_assert_cmpint (line->added_people, ==, added_people);
  g_assert_cmpint (line->added_fen, ==, added);
  g_assert_cmpint (line->removed_people, ==, removed_people);
  g_assert_cmpint (line->removed_fen, ==, removed);
  g_assert_cmpint (line->people, ==, people);
  g_assert_cmpint (qc_month_line_fen (line), ==, fen);
}

static gboolean
has_finding (QcRemittancePreview *preview, const char *code)
{
  const GPtrArray *findings = qc_remittance_preview_get_findings (preview);
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (((QcFinding *)g_ptr_array_index (findings, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
test_worked_example (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcRemittancePreview *preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_start (preview), ==, 202610);
  g_assert_cmpint (qc_remittance_preview_get_end (preview), ==, 202611);
  g_assert_cmpint (qc_remittance_preview_get_last (preview), ==, 202612);
  assert_line (preview, 202610, 3, 350000, 1, 109600, 1, 80000, 3, 379600);
  assert_line (preview, 202611, 3, 379600, 0, 18000, 0, 0, 3, 397600);
  g_assert_cmpint (qc_remittance_preview_get_total (preview), ==, 777200);
  g_autoptr (GListModel) october = qc_remittance_preview_dup_changes (preview, 202610);
  g_assert_cmpuint (g_list_model_get_n_items (october), ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (QcRemittancePerson) person = g_list_model_get_item (october, i);
    gboolean sealed = qc_remittance_person_get_kind (person) == QC_CHANGE_SEALED;
    g_assert_cmpint (qc_remittance_person_get_before (person), ==, sealed ? 80000 : 0);
    g_assert_cmpint (qc_remittance_person_get_after (person), ==, sealed ? 0 : 109600);
    if (!sealed)
      g_assert_cmpstr (qc_remittance_person_get_name (person), ==, "丁𠮷䶮");
  }
  g_autoptr (GListModel) november = qc_remittance_preview_dup_changes (preview, 202611);
  g_assert_cmpuint (g_list_model_get_n_items (november), ==, 1);
}

static gboolean
is_held_once (gpointer data)
{
  return g_atomic_int_get (&G_OBJECT (data)->ref_count) == 1;
}

/* Nobody looks at it any more, as when another unit is chosen: what is computed for it ends, and keeps it not alive. */
static void
test_left (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 500);
  QcRemittanceService *service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_app_fixture_until (is_held_once, service); /* what read its draft has let go of it */
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  g_assert_true (qc_business_service_is_loading (QC_BUSINESS_SERVICE (service)));
  g_object_add_weak_pointer (G_OBJECT (service), (gpointer *)&service);
  g_object_unref (service);
  g_assert_null (service);
}

static gboolean
has_preview (gpointer data)
{
  return qc_remittance_service_get_preview (data) != NULL;
}

static void
home_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (QcHomeFigures) figures = qc_session_load_home_finish (QC_SESSION (source), result, &error);
  g_assert_null (figures);
  *(GError **)user_data = error;
}

static gboolean
error_there (gpointer data)
{
  return *(GError **)data != NULL;
}

/* In the middle of a first pull no figures are given, on no page; the end of the last feed brings them. */
static void
test_half_pulled (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_PARTIAL, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  qc_app_fixture_until (is_settled, service);
  g_assert_error (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)), QC_APP_ERROR, QC_APP_ERROR_INCOMPLETE);
  g_assert_null (qc_remittance_service_get_preview (service));
  g_assert_false (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
  g_assert_null (qc_remittance_service_dup_claim (service));
  g_autoptr (GError) home = NULL;
  qc_session_load_home_async (fixture->session, NULL, home_cb, &home);
  qc_app_fixture_until (error_there, &home);
  g_assert_error (home, QC_APP_ERROR, QC_APP_ERROR_INCOMPLETE);
  qc_app_fixture_complete (fixture);
  qc_app_fixture_until (has_preview, service);
  g_assert_no_error (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
  g_assert_cmpint (qc_remittance_preview_get_total (qc_remittance_service_get_preview (service)), ==, 777200);
}

/* 办理 at the moment the figures are computed anew: not possible just then, and goes on when they are there. */
static void
test_while_computing (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_assert_true (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  g_assert_false (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
  g_assert_null (qc_remittance_service_dup_claim (service));
  g_autoptr (GAsyncResult) result = NULL;
  qc_remittance_service_preview_async (service, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRemittancePreview) preview = qc_remittance_service_preview_finish (service, result, &error);
  g_assert_no_error (error);
  g_assert_true (preview == qc_remittance_service_get_preview (service));
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_assert_nonnull (claim);
}

static gpointer
nothing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return QC_DATABASE_DONE;
}

/* What an earlier computation answered, whole but not looked at yet, is not the answer to a later question. */
static void
test_overtaken (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  g_autoptr (GError) error = NULL;
  qc_database_read (qc_session_get_database (fixture->session), "behind it", nothing, NULL, &error);
  g_assert_no_error (error);
  qc_app_fixture_move_unit (fixture, 202610);
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  g_autoptr (GAsyncResult) result = NULL;
  qc_remittance_service_preview_async (service, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (QcRemittancePreview) preview = qc_remittance_service_preview_finish (service, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_remittance_preview_get_start (preview), ==, 202611);
  g_assert_false (qc_business_service_is_loading (QC_BUSINESS_SERVICE (service)));
}

static void
test_method_follows_agreement (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_AGREEMENT, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcRemittancePreview *preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_method (preview), ==, QC_METHOD_COLLECTION);
  g_assert_true (has_finding (preview, "remittance.balance-low")); /* 5,000.00 < 7,772.00: warns … */
  g_assert_false (qc_remittance_preview_is_blocked (preview));     /* … and does not block */
  qc_remittance_service_set_method (service, QC_METHOD_TRANSFER);
  preview = settle (service);
  g_assert_true (has_finding (preview, "remittance.agreement-exists"));
  g_assert_true (qc_remittance_preview_is_blocked (preview));
}

static void
test_months (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_end (service, 202610);
  QcRemittancePreview *preview = settle (service);
  g_assert_cmpuint (qc_remittance_preview_get_lines (preview)->len, ==, 1);
  g_assert_cmpint (qc_remittance_preview_get_total (preview), ==, 379600);
  qc_remittance_service_set_end (service, 202609);
  preview = settle (service);
  g_assert_true (has_finding (preview, "remittance.end-before-start"));
  g_assert_true (qc_remittance_preview_is_blocked (preview));
  qc_remittance_service_set_end (service, 202701);
  preview = settle (service);
  g_assert_true (has_finding (preview, "remittance.end-too-late"));
  qc_remittance_service_set_end (service, 202613); /* what no list offers: as if none were chosen */
  preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_end (preview), ==, 202611);
}

static void
test_ticks_hold_figures (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcRemittancePreview *preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_unanswered (preview), ==, 1);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 2);
  g_assert_false (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service))); /* must be answered first */
  /* born 1975-11, class 女50: retired since 2026-05: she drops out, and with her the ticks */
  qc_remittance_service_answer_class (service, "2311000005", QC_RETIREMENT_WOMEN_50);
  preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_unanswered (preview), ==, 0);
  g_assert_cmpint (qc_remittance_preview_get_left_out (preview), ==, 1);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 0);
  g_assert_cmpint (qc_remittance_preview_get_total (preview), ==, 777200);
}

static void
test_left_out (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_RETIRED, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcRemittancePreview *preview = settle (service);
  g_autoptr (GListModel) people = qc_remittance_preview_dup_left_out (preview);
  g_autoptr (QcRemittancePerson) person = g_list_model_get_item (people, 0);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  g_assert_cmpint (qc_remittance_person_get_statutory (person), ==, 202502);
  QcMonth first, last;
  g_assert_true (qc_remittance_person_can_authorize (person, &first, &last));
  g_assert_cmpint (first, ==, 202610);
  g_assert_cmpint (last, ==, 202802);
  g_assert_cmpint (qc_remittance_preview_get_total (preview), ==, 777200);
}

static void
test_undo_redo_restart (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  settle (service);
  g_assert_true (qc_draft_is_empty (draft));
  g_assert_false (qc_draft_can_undo (draft));
  qc_remittance_service_set_end (service, 202612);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 3);
  qc_draft_undo (draft);
  settle (service);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 0);
  g_assert_cmpint (qc_draft_get_int (draft, "end", 0), ==, 202612);
  g_assert_true (qc_draft_can_redo (draft));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = qc_remittance_service_new (fixture->session);
  draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  settle (service);
  g_assert_cmpint (qc_draft_get_int (draft, "end", 0), ==, 202612);
  qc_draft_redo (draft);
  settle (service);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 3);
  qc_draft_undo (draft);
  settle (service);
  qc_draft_undo (draft);
  settle (service);
  g_assert_true (qc_draft_is_empty (draft));
}

/* The child edits, says so when the database has it, and waits to be killed. */
static void
child (const char *dir)
{
  QcAppFixture *fixture = qc_app_fixture_new (dir, 0, 0);
  QcRemittanceService *service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_end (service, 202610);
  settle (service);
  qc_remittance_service_set_reviewed (service, 202610, TRUE);
  settle (service);
  g_print ("saved\n");
  for (;;)
    g_usleep (G_USEC_PER_SEC);
}

static void
test_killed (void)
{
  g_autofree char *dir = g_dir_make_tmp ("qingce-app-XXXXXX", NULL);
  const char *argv[] = {NULL, "--child", dir, NULL};
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  argv[0] = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "saved");
  g_subprocess_force_exit (process); /* kill -9 */
  g_subprocess_wait (process, NULL, NULL);
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (dir, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  g_assert_true (qc_remittance_service_is_reviewed (service, 202610));
  g_assert_true (qc_draft_can_undo (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service))));
}

static QcOutboxItem *
submit (QcRemittanceService *service, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_business_service_submit_async (QC_BUSINESS_SERVICE (service), token, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  return qc_business_service_submit_finish (QC_BUSINESS_SERVICE (service), result, error);
}

/* What is held may wait for the very one that is submitted again, corrected: that goes. */
static void
test_before_held (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_HELD, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_assert_nonnull (claim);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = submit (service, token, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_outbox_item_get_state (item), ==, QC_OUTBOX_ITEM_QUEUED);
}

static char *
dup_body (const QcStoreOutboxItem *row)
{
  return g_strndup (g_bytes_get_data (row->body, NULL), g_bytes_get_size (row->body));
}

/* What waits, in order. */
static gpointer
read_queue (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) queue = qc_store_outbox_list (connection, "heihe", QC_FIXTURE_UNIT, 0, error);
  for (guint i = 0; queue && i < queue->len; i++)
    if (!qc_store_outbox_load_body (connection, g_ptr_array_index (queue, i), error))
      return NULL;
  return g_steal_pointer (&queue);
}

static GPtrArray *
queue_of (QcAppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *queue = qc_database_read (qc_session_get_database (fixture->session), "queue", read_queue, NULL, &error);
  g_assert_no_error (error);
  return queue;
}

static gboolean
depends_on (const QcStoreOutboxItem *item, const QcStoreOutboxItem *on)
{
  for (guint i = 0; item->depends != NULL && i < item->depends->len; i++)
    if (g_array_index (item->depends, gint64, i) == on->id)
      return TRUE;
  return FALSE;
}

static void
test_exact_body (void)
{
  static const char expected[]
      = "{\"business\":\"remittance\",\"remittance\":{\"method\":\"transfer\",\"start\":202610,\"end\":202611,"
        "\"terms\":\"%s\",\"months\":[{\"month\":202610,\"people\":3,\"fen\":379600},"
        "{\"month\":202611,\"people\":3,\"fen\":397600}]},\"lines\":0}\n";
  static const char answers[] = "{\"business\":\"retirement\",\"lines\":1}\n"
                                "{\"line\":1,\"name\":\"%s\",\"account\":\"2311000005\",\"sex\":2,\"birth\":%d,"
                                "\"class\":\"women-50\",\"statutory\":202605,\"last_month\":202605,\"status\":1}\n";
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);

  g_autoptr (GListModel) left_out = qc_remittance_preview_dup_left_out (settle (service));
  g_autoptr (QcRemittancePerson) person = g_list_model_get_item (left_out, 0);
  g_autofree char *wanted_answer
      = g_strdup_printf (answers, qc_remittance_person_get_name (person), qc_remittance_person_get_birth (person));
  qc_remittance_service_answer_class (service, "2311000005", QC_RETIREMENT_WOMEN_50);
  settle (service);
  g_assert_null (qc_remittance_service_dup_claim (service)); /* nothing is reviewed */
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_assert_nonnull (claim);
  const GArray *said = qc_remittance_preview_get_answers (qc_remittance_service_get_preview (service));
  g_assert_cmpuint (said->len, ==, 1); /* the confirmation leaves nothing out */
  g_assert_cmpstr (g_array_index (said, QcRemittanceAnswer, 0).account, ==, "2311000005");
  g_assert_cmpstr (g_array_index (said, QcRemittanceAnswer, 0).name, ==, qc_remittance_person_get_name (person));
  g_assert_cmpint (g_array_index (said, QcRemittanceAnswer, 0).klass, ==, QC_RETIREMENT_WOMEN_50);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = submit (service, token, &error);
  g_assert_no_error (error);
  g_assert_cmpint (qc_outbox_item_get_state (item), ==, QC_OUTBOX_ITEM_QUEUED);
  g_assert_cmpint (qc_outbox_item_get_fen (item), ==, 777200);
  g_assert_true (qc_outbox_item_can_withdraw (item));

  /* the answer is an 授权退休年龄 of its own, and the 汇缴 stands behind it */
  g_autoptr (GPtrArray) queue = queue_of (fixture);
  g_assert_cmpuint (queue->len, ==, 2);
  const QcStoreOutboxItem *first = g_ptr_array_index (queue, 0);
  const QcStoreOutboxItem *second = g_ptr_array_index (queue, 1);
  g_assert_cmpint (second->id, ==, qc_outbox_item_get_id (item));
  g_assert_cmpint (first->business, ==, QC_BUSINESS_RETIREMENT);
  g_assert_true (depends_on (second, first));
  g_autofree char *answer = dup_body (first);
  g_assert_cmpstr (answer, ==, wanted_answer);
  g_autofree char *body = dup_body (second);
  g_autofree char *wanted = g_strdup_printf (expected, claim->terms);
  g_assert_cmpstr (body, ==, wanted);
  for (guint i = 0; i < queue->len; i++) {
    const QcStoreOutboxItem *row = g_ptr_array_index (queue, i);
    g_assert_cmpstr (row->path, ==, "/api/v1/units/" QC_FIXTURE_UNIT "/submissions");
    g_assert_true (g_uuid_string_is_valid (row->key));
  }
}

static gboolean
is_back (gpointer data)
{
  QcRemittancePreview *preview = qc_remittance_service_get_preview (data);
  return is_settled (data) && preview && qc_remittance_preview_get_left_out (preview) == 0;
}

/* 授权退休年龄 counts at once, without a network; what the 汇缴 then rests on is not said a second time. */
static void
test_authorize (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_answer_class (service, "2311000005", QC_RETIREMENT_WOMEN_50);
  QcRemittancePreview *preview = settle (service);
  g_assert_cmpint (qc_remittance_preview_get_left_out (preview), ==, 1);
  g_autoptr (GListModel) left_out = qc_remittance_preview_dup_left_out (preview);
  g_autoptr (QcRemittancePerson) person = g_list_model_get_item (left_out, 0);
  g_autoptr (GAsyncResult) result = NULL;
  qc_remittance_service_authorize_async (service, person, 202612, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_remittance_service_authorize_finish (service, result, &error));
  g_assert_no_error (error);
  qc_app_fixture_until (is_back, service);
  preview = qc_remittance_service_get_preview (service);
  g_assert_cmpint (qc_remittance_preview_get_queued (preview), ==, 1);
  g_assert_cmpint (qc_remittance_preview_get_total (preview), >, 777200);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_autoptr (QcOutboxItem) item = submit (service, token, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) queue = queue_of (fixture);
  g_assert_cmpuint (queue->len, ==, 2);
  g_autofree char *body = dup_body (g_ptr_array_index (queue, 0));
  g_assert_nonnull (
      strstr (body, "\"class\":\"women-50\",\"statutory\":202605,\"last_month\":202605,\"authorized\":202612"));
  g_assert_true (depends_on (g_ptr_array_index (queue, 1), g_ptr_array_index (queue, 0)));
}

static gpointer
know_class (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection,
                             "UPDATE person SET retirement_class = 'women-55'"
                             " WHERE account = '2311000005'",
                             error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* An answer in the draft gives way to what the center knows by now; else its figures would be refused for ever. */
static void
test_answer_overtaken (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);

  QcMoney asked = qc_remittance_preview_get_total (settle (service));
  qc_remittance_service_answer_class (service, "2311000005", QC_RETIREMENT_WOMEN_50);
  g_assert_cmpint (qc_remittance_preview_get_total (settle (service)), <, asked);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (qc_database_write (qc_session_get_database (fixture->session), "class", know_class, NULL, &error));
  g_assert_no_error (error);
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  g_assert_cmpint (qc_remittance_preview_get_total (settle (service)), ==, asked);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_autoptr (QcOutboxItem) item = submit (service, token, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) queue = queue_of (fixture);
  g_assert_cmpuint (queue->len, ==, 1); /* no 授权退休年龄 goes along */
}

static gboolean
is_locked (gpointer data)
{
  return qc_draft_get_outbox (qc_business_service_get_draft (QC_BUSINESS_SERVICE (data))) != 0;
}

static gboolean
has_item (gpointer data)
{
  return qc_business_service_get_item (QC_BUSINESS_SERVICE (data)) != NULL;
}

static void
test_submitted_once (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOutboxItem) item = submit (service, token, &error);
  g_assert_no_error (error);
  g_autoptr (QcOutboxItem) again = submit (service, token, &error); /* a double click */
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_assert_null (again);
  qc_app_fixture_until (is_locked, service);
  qc_remittance_service_set_end (service, 202610); /* locked: no edit */
  g_assert_null (qc_draft_get (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)), "end"));
  g_clear_object (&service);
  qc_app_fixture_restart (fixture);
  service = qc_remittance_service_new (fixture->session);
  qc_app_fixture_until (has_item, service); /* found again after a restart */
  g_assert_false (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
}

static void
test_moved_since_confirmed (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autoptr (QcRemittanceClaim) claim = qc_remittance_service_dup_claim (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  qc_app_fixture_move_unit (fixture, 202610);
  g_autoptr (GError) error = NULL;
  g_assert_null (submit (service, token, &error)); /* the unit moved under the confirmation */
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_autoptr (GPtrArray) queue = queue_of (fixture);
  g_assert_cmpuint (queue->len, ==, 0);
}

static gboolean
has_draft_error (gpointer draft)
{
  g_autoptr (GError) error = NULL;
  g_object_get (draft, "error", &error, NULL);
  return error != NULL && qc_draft_is_unwritten (draft);
}

static gboolean
has_no_draft_error (gpointer draft)
{
  return !has_draft_error (draft) && qc_draft_get_unsaved (draft) == 0;
}

static void
loaded_cb (GObject *draft, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (qc_draft_load_finish (QC_DRAFT (draft), result, &error));
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

/* An edit that the disk did not take stays in the draft and is said, whatever is read meanwhile; nothing is built on
 * it; once there is room it is written, and a restart has it. */
static void
test_edit_not_written (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  QcRemittanceService *service = qc_remittance_service_new (fixture->session);
  QcDraft *draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
  settle (service);
  qc_remittance_service_set_end (service, 202611);
  settle (service);
  qc_app_fixture_sql (fixture,
                      "CREATE TRIGGER full BEFORE UPDATE OF facts ON draft BEGIN SELECT raise (ABORT, 'full'); END");
  qc_remittance_service_set_end (service, 202610);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  qc_app_fixture_until (has_draft_error, draft);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  gboolean loaded = FALSE;
  for (guint i = 0; i < 3; i++) { /* as when an item of the outbox moves */
    loaded = FALSE;
    qc_draft_load_async (draft, NULL, loaded_cb, &loaded);
    qc_app_fixture_until (is_true, &loaded);
    g_assert_cmpint (qc_draft_get_int (draft, "end", 0), ==, 202610);
    g_assert_true (has_draft_error (draft));
  }
  g_assert_cmpint (qc_remittance_preview_get_end (settle (service)), ==, 202610);
  g_assert_cmpuint (qc_remittance_service_get_reviewed (service), ==, 1);
  g_assert_true (qc_draft_is_unwritten (draft));
  g_assert_false (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
  g_assert_false (qc_draft_can_undo (draft));
  qc_app_fixture_sql (fixture, "DROP TRIGGER full");
  qc_draft_load_async (draft, NULL, loaded_cb, &loaded);
  qc_app_fixture_until (has_no_draft_error, draft);
  settle (service);
  g_assert_true (qc_business_service_can_submit (QC_BUSINESS_SERVICE (service)));
  g_assert_true (qc_draft_can_undo (draft));
  g_object_unref (service);
  qc_app_fixture_restart (fixture);
  service = qc_remittance_service_new (fixture->session);
  g_assert_cmpint (qc_remittance_preview_get_end (settle (service)), ==, 202610);
  g_object_unref (service);
}

/* Who was answered for has left meanwhile, though the unit says nothing of it: not even the others are submitted. */
static void
test_answered_left (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, QC_FILL_ASK, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  settle (service);
  qc_remittance_service_answer_class (service, "2311000005", QC_RETIREMENT_WOMEN_50);
  settle (service);
  qc_remittance_service_set_all_reviewed (service, TRUE);
  settle (service);
  g_autofree char *token = qc_business_service_dup_token (QC_BUSINESS_SERVICE (service));
  qc_app_fixture_sql (fixture, "UPDATE person SET gone = 1 WHERE account = '2311000005'");
  g_autoptr (GError) error = NULL;
  g_assert_null (submit (service, token, &error));
  g_assert_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT);
  g_autoptr (GPtrArray) queue = queue_of (fixture);
  g_assert_cmpuint (queue->len, ==, 0);
}

/* The first one ever begins where the unit begins. */
static void
test_first_ever (void)
{
  g_autoptr (QcAppFixture) fixture = qc_app_fixture_new (NULL, 0, 0);
  g_autoptr (QcRemittanceService) service = qc_remittance_service_new (fixture->session);
  g_assert_false (qc_remittance_preview_is_first (settle (service)));
  qc_app_fixture_sql (fixture, "UPDATE unit SET paid_to = 0, first_month = 202610");
  qc_business_service_refresh (QC_BUSINESS_SERVICE (service));
  QcRemittancePreview *preview = settle (service);
  g_assert_true (qc_remittance_preview_is_first (preview));
  g_assert_cmpint (qc_remittance_preview_get_start (preview), ==, 202610);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remittance-service/worked-example", test_worked_example);
  g_test_add_func ("/remittance-service/half-pulled", test_half_pulled);
  g_test_add_func ("/remittance-service/left-alone", test_left);
  g_test_add_func ("/remittance-service/while-computing", test_while_computing);
  g_test_add_func ("/remittance-service/overtaken", test_overtaken);
  g_test_add_func ("/remittance-service/method-follows-agreement", test_method_follows_agreement);
  g_test_add_func ("/remittance-service/months", test_months);
  g_test_add_func ("/remittance-service/ticks-hold-figures", test_ticks_hold_figures);
  g_test_add_func ("/remittance-service/left-out", test_left_out);
  g_test_add_func ("/remittance-service/answer-overtaken", test_answer_overtaken);
  g_test_add_func ("/remittance-service/undo-redo-restart", test_undo_redo_restart);
  g_test_add_func ("/remittance-service/edit-not-written", test_edit_not_written);
  g_test_add_func ("/remittance-service/killed", test_killed);
  g_test_add_func ("/remittance-service/exact-body", test_exact_body);
  g_test_add_func ("/remittance-service/authorize", test_authorize);
  g_test_add_func ("/remittance-service/before-held", test_before_held);
  g_test_add_func ("/remittance-service/submitted-once", test_submitted_once);
  g_test_add_func ("/remittance-service/moved-since-confirmed", test_moved_since_confirmed);
  g_test_add_func ("/remittance-service/answered-left", test_answered_left);
  g_test_add_func ("/remittance-service/first-ever", test_first_ever);
  return g_test_run ();
}
