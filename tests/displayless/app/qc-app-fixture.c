/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-app-fixture.h. Rows go in through the same functions a pull uses.
 */
#include "qc-app-fixture.h"

#include <glib/gstdio.h>

#include "qc-month.h"
#include "qc-session-private.h"
#include "qc-store-cursors.h"
#include "qc-store-journal.h"
#include "qc-store-lines.h"
#include "qc-store-outbox.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-wire-line.h"
#include "qc-wire-submission.h"

#define PROFILE "heihe"
#define UNIT    QC_FIXTURE_UNIT

typedef struct {
  QcFill fill;
  guint extra;
  QcMonth paid_to;
  gint64 revision;
} Fill;

static gboolean
apply (QcConnection *connection, QcFeed feed, const QcFeedRow *rows, gsize n, GError **error)
{
  return qc_store_apply_page (connection, PROFILE, UNIT, feed, rows, n, "1.1", FALSE, 1795000000, error);
}

static gboolean
fill_unit (QcConnection *connection, const Fill *fill, GError **error)
{
  g_autoptr (QcUnit) unit = qc_unit_new ();
  QcFeedRow row = {.key = UNIT, .unit = unit};
  unit->account = g_strdup (UNIT);
  unit->name = g_strdup (fill->fill & QC_FILL_LONG_NAMES
                             ? "黑河市爱辉区中俄边境经济合作区跨境电子商务综合服务有限责任公司第一分公司"
                             : "爱辉某某商贸有限公司");
  unit->credit_code = g_strdup ("91231102MA18XAAA9H");
  unit->status = QC_UNIT_NORMAL;
  unit->first_month = 202001;
  unit->paid_to = fill->paid_to;
  unit->headcount = 3;
  unit->suspense = 12345;
  if (fill->fill & (QC_FILL_AGREEMENT | QC_FILL_FAILED_DRAW)) {
    unit->agreement_bank = g_strdup ("中国某某银行黑河分行");
    unit->agreement_account = g_strdup ("6222000011112222333");
    unit->agreement_balance = 500000;
    unit->agreement_balance_time = 1795320000;
  } else {
    unit->agreement_balance = -1;
  }
  unit->payee_name = g_strdup ("黑河市住房公积金管理中心");
  unit->payee_account = g_strdup ("231100778899001122");
  unit->payee_bank = g_strdup ("中国某某银行黑河中央街支行");
  unit->revision = fill->revision;
  return apply (connection, QC_FEED_UNIT, &row, 1, error);
}

static gboolean
fill_terms (QcConnection *connection, GError **error)
{
  const QcPolicy policy = {
      .from = 200001,
      .base_floor = 208000,
      .base_cap = 3000000,
      .unit_ratio_min = 500,
      .unit_ratio_max = 1200,
      .personal_ratio_min = 500,
      .personal_ratio_max = 1200,
      .unit_rounding = QC_ROUNDING_HALF_UP_YUAN,
      .personal_rounding = QC_ROUNDING_HALF_UP_YUAN,
      .fund_year_start = 7,
      .months_ahead = 1,
      .back_payment_warn = 12,
  };
  const QcRatios ratios = {.from = 200001, .unit = 1200, .personal = 1200};
  const QcCode codes[] = {{(char *)"seal-reason", (char *)"01", (char *)"解除劳动关系", 1, FALSE},
                          {(char *)"seal-reason", (char *)"99", (char *)"其他", 2, TRUE},
                          {(char *)"unseal-reason", (char *)"01", (char *)"恢复缴存", 1, FALSE},
                          {(char *)"back-payment-reason", (char *)"01", (char *)"漏缴", 1, FALSE},
                          {(char *)"back-payment-reason", (char *)"02", (char *)"少缴", 2, FALSE, .difference = TRUE},
                          {(char *)"document-type", (char *)"01", (char *)"居民身份证", 1, FALSE}};
  const QcFeedRow code_rows[]
      = {{.key = "seal-reason/01", .code = &codes[0]},         {.key = "seal-reason/99", .code = &codes[1]},
         {.key = "unseal-reason/01", .code = &codes[2]},       {.key = "back-payment-reason/01", .code = &codes[3]},
         {.key = "back-payment-reason/02", .code = &codes[4]}, {.key = "document-type/01", .code = &codes[5]}};
  const QcFeedRow policy_row = {.key = "200001", .policy = &policy};
  const QcFeedRow ratios_row = {.key = "200001", .ratios = &ratios};
  return apply (connection, QC_FEED_POLICY, &policy_row, 1, error)
         && apply (connection, QC_FEED_RATIOS, &ratios_row, 1, error)
         && apply (connection, QC_FEED_CODES, code_rows, G_N_ELEMENTS (code_rows), error);
}

/* A person of the example; the strings live as long as the program. */
typedef struct {
  const char *account, *name, *document;
  QcSex sex;
  QcDate birth;
  QcPersonStatus status;
  QcMonth status_from, opened;
  QcMoney base, new_base; /* from 202611, 0 = the same */
  QcMoney paid;           /* each side in 202609, 0 = not paid */
  QcFill needs;
} Person;

static const Person people[] = {
    {"2311000001", "安大海", "231102199003070016", QC_SEX_MALE, 19900307, QC_PERSON_NORMAL, 202001, 202001, 500000, 0,
     60000, 0},
    {"2311000002", "白小溪", "231102198502140029", QC_SEX_FEMALE, 19850214, QC_PERSON_NORMAL, 202001, 202001, 625050,
     700000, 75000, 0},
    {"2311000003", "蔡卓玛·次仁", "231124198805150054", QC_SEX_MALE, 19880515, QC_PERSON_SEALED, 202610, 202001, 333300,
     0, 40000, 0},
    {"2311000004", "丁𠮷䶮", "110105199512310020", QC_SEX_MALE, 19951231, QC_PERSON_NORMAL, 202610, 202610, 456789, 0,
     0, 0},
    {"2311000005", "方秀兰", "231102197511301125", QC_SEX_FEMALE, 19751130, QC_PERSON_NORMAL, 202001, 202001, 500000, 0,
     60000, QC_FILL_ASK},
    {"2311000006", "郭建国", "23110219650110131X", QC_SEX_MALE, 19650110, QC_PERSON_NORMAL, 202001, 202001, 500000, 0,
     0, QC_FILL_RETIRED},
    {"2311000007", "阿卜杜热合曼·买买提艾力江·吐尔逊", "231102199003070032", QC_SEX_MALE, 19900307, QC_PERSON_NORMAL,
     202610, 202610, 500000, 0, 0, QC_FILL_LONG_NAMES},
    {"2311000008", "白淑芬", "231102197102101122", QC_SEX_FEMALE, 19710210, QC_PERSON_NORMAL, 202001, 202001, 500000, 0,
     60000, QC_FILL_ASK_ANOTHER},
};

static gboolean
fill_person (QcConnection *connection, const Person *person, GError **error)
{
  QcEmployee employee = {
      .account = (char *)person->account,
      .name = (char *)person->name,
      .document_type = (char *)"01",
      .document = (char *)person->document,
      .sex = person->sex,
      .birth = person->birth,
      .status = person->status,
      .status_from = person->status_from,
      .base = person->base,
      .opened = person->opened,
      .paid_to = person->paid ? 202609 : QC_MONTH_NONE,
      .retirement_class = person->sex == QC_SEX_MALE                            ? QC_RETIREMENT_MEN_60
                          : person->needs & (QC_FILL_ASK | QC_FILL_ASK_ANOTHER) ? QC_RETIREMENT_UNKNOWN
                                                                                : QC_RETIREMENT_WOMEN_55,
      .revision = 1,
  };
  const QcBaseChange bases[] = {{person->opened, person->base, FALSE}, {202611, person->new_base, FALSE}};
  const QcPaidSpan span
      = {.from = 202609, .to = 202609, .base = person->base, .unit = person->paid, .personal = person->paid};
  g_autofree char *second = g_strconcat (person->account, "b", NULL);
  const QcFeedRow row = {.key = person->account, .employee = &employee};
  const QcFeedRow base_rows[] = {{.key = person->account, .person = person->account, .base = &bases[0]},
                                 {.key = second, .person = person->account, .base = &bases[1]}};
  const QcFeedRow span_row = {.key = person->account, .person = person->account, .span = &span};
  return apply (connection, QC_FEED_PEOPLE, &row, 1, error)
         && apply (connection, QC_FEED_BASES, base_rows, person->new_base ? 2 : 1, error)
         && apply (connection, QC_FEED_PAID, &span_row, person->paid ? 1 : 0, error);
}

static gboolean
fill_extra (QcConnection *connection, guint n, GError **error)
{
  const QcPaidSpan span = {.from = 202609, .to = 202609, .base = 500000, .unit = 60000, .personal = 60000};
  g_autofree QcEmployee *employees = g_new0 (QcEmployee, n);
  g_autofree QcFeedRow *rows = g_new0 (QcFeedRow, n), *spans = g_new0 (QcFeedRow, n);
  g_autoptr (GStringChunk) accounts = g_string_chunk_new (16 * 1024);
  for (guint i = 0; i < n; i++) {
    g_autofree char *account = g_strdup_printf ("232%07u", i);
    employees[i] = (QcEmployee) {
        .account = g_string_chunk_insert (accounts, account),
        .name = (char *)"张三",
        .document_type = (char *)"01",
        .document = (char *)"231102199003070016",
        .sex = QC_SEX_MALE,
        .birth = 19900307,
        .status = QC_PERSON_NORMAL,
        .status_from = 202001,
        .base = 500000,
        .opened = 202001,
        .paid_to = 202609,
        .retirement_class = QC_RETIREMENT_MEN_60,
    };
    rows[i] = (QcFeedRow) {.key = employees[i].account, .employee = &employees[i]};
    spans[i] = (QcFeedRow) {.key = employees[i].account, .person = employees[i].account, .span = &span};
  }
  return apply (connection, QC_FEED_PEOPLE, rows, n, error) && apply (connection, QC_FEED_PAID, spans, n, error);
}

static gboolean
fill_application (QcConnection *connection, const char *serial, QcApplicationState state, QcMethod method,
                  QcDrawResult draw, QcMonth month, GError **error)
{
  g_autoptr (QcApplication) application = qc_application_new ();
  const QcMonthLine line = {.month = month,
                            .previous_people = 3,
                            .people = 3,
                            .previous_fen = 350000,
                            .unit_fen = 175000,
                            .personal_fen = 175000};
  QcTimelineEntry *entry = g_new0 (QcTimelineEntry, 1);
  const QcFeedRow row = {.key = serial, .application = application};
  application->serial = g_strdup (serial);
  application->business = QC_BUSINESS_REMITTANCE;
  application->state = state;
  application->method = method;
  application->draw = draw;
  application->draw_number = draw == QC_DRAW_NONE ? 0 : 1;
  application->draw_reason = draw == QC_DRAW_FAILED ? g_strdup ("账户余额不足") : NULL;
  application->start = month;
  application->end = month;
  application->people = 3;
  application->fen = 350000;
  application->arrived = state == QC_STATE_FINISHED ? 350000 : 0;
  application->created = 1795320000;
  application->finished = state == QC_STATE_FINISHED ? 1795320060 : 0;
  application->entered_by = g_strdup ("王经办");
  application->revision = 1;
  g_array_append_val (application->months, line);
  entry->time = application->created;
  entry->actor = g_strdup ("王经办");
  entry->event = g_strdup ("submitted");
  entry->fen = 350000;
  g_ptr_array_add (application->timeline, entry);
  return apply (connection, QC_FEED_APPLICATIONS, &row, 1, error);
}

static gboolean
fill_applications (QcConnection *connection, QcFill fill, GError **error)
{
  if (fill & QC_FILL_APPLICATIONS
      && (!fill_application (connection, "HJ202600000001", QC_STATE_FINISHED, QC_METHOD_TRANSFER, QC_DRAW_NONE, 202608,
                             error)
          || !fill_application (connection, "HJ202600000002", QC_STATE_DELETED, QC_METHOD_COLLECTION, QC_DRAW_FAILED,
                                202609, error)
          || !fill_application (connection, "HJ202600000003", QC_STATE_FINISHED, QC_METHOD_COLLECTION, QC_DRAW_DONE,
                                202609, error)))
    return FALSE;
  if (fill & QC_FILL_OPEN
      && !fill_application (connection, "HJ202600000004", QC_STATE_REGISTERED, QC_METHOD_TRANSFER, QC_DRAW_NONE, 202610,
                            error))
    return FALSE;
  return !(fill & QC_FILL_FAILED_DRAW)
         || fill_application (connection, "HJ202600000005", QC_STATE_REGISTERED, QC_METHOD_COLLECTION, QC_DRAW_FAILED,
                              202610, error);
}

/* The id, 0 on failure. */
static gint64
fill_waiting (QcConnection *connection, gint64 behind, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_REMITTANCE;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = g_bytes_new_static ("{}", 2);
  item->summary = g_strdup ("{\"method\":\"transfer\",\"start\":202611,\"end\":202611,\"people\":3,\"fen\":350000}");
  if (behind != 0)
    g_array_append_val (item->depends, behind);
  return qc_store_outbox_enqueue (connection, item, 1795000000, error) ? item->id : 0;
}

static gboolean
fill_held (QcConnection *connection, GError **error)
{
  gint64 first = fill_waiting (connection, 0, error);
  gint64 second = first ? fill_waiting (connection, first, error) : 0;
  gint64 third = second ? fill_waiting (connection, second, error) : 0;
  return third && qc_store_outbox_withdraw (connection, first, 1795000000, error);
}

/* One is sealed, one unsealed with a new base. (transfer full) */
static QcSubmission *
sealing_new (void)
{
  QcSubmission *submission = qc_submission_new (QC_BUSINESS_SEALING);
  QcRosterLine *sealed = qc_roster_line_new ();
  QcRosterLine *unsealed = qc_roster_line_new ();
  submission->effective = 202610;
  sealed->account = g_strdup ("2311000001");
  sealed->name = g_strdup ("安大海");
  sealed->document = g_strdup ("231102199003070016");
  sealed->status = QC_PERSON_NORMAL;
  sealed->status_after = QC_PERSON_SEALED;
  sealed->reason = g_strdup ("01");
  sealed->base = 500000;
  unsealed->account = g_strdup ("2311000003");
  unsealed->name = g_strdup ("蔡卓玛·次仁");
  unsealed->document = g_strdup ("231124198805150054");
  unsealed->status = QC_PERSON_SEALED;
  unsealed->status_after = QC_PERSON_NORMAL;
  unsealed->reason = g_strdup ("01");
  unsealed->base = 333300;
  unsealed->new_base = 345600;
  qc_roster_take (submission->roster, -1, sealed);
  qc_roster_take (submission->roster, -1, unsealed);
  return submission;
}

static gboolean
fill_ended_sealing (QcConnection *connection, const char *serial, GError **error)
{
  g_autoptr (QcApplication) application = qc_application_new ();
  const QcFeedRow row = {.key = serial, .application = application};
  application->serial = g_strdup (serial);
  application->business = QC_BUSINESS_SEALING;
  application->state = QC_STATE_FINISHED;
  application->effective = 202610;
  application->people = 2;
  application->created = application->finished = 1795320000;
  application->revision = 1;
  return apply (connection, QC_FEED_APPLICATIONS, &row, 1, error);
}

/* What is kept has just been looked at: opening drops what is old. */
static gboolean
fill_lines (QcConnection *connection, const char *serial, const QcRoster *roster, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (QcStoreLine));
  g_array_set_clear_func (lines, (GDestroyNotify)qc_store_line_clear);
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    QcStoreLine row = {line->id, qc_wire_line_to_text (line)};
    g_array_append_val (lines, row);
  }
  return qc_store_lines_put (connection, PROFILE, UNIT, serial, 1795320000, lines, NULL, NULL,
                             g_get_real_time () / G_USEC_PER_SEC, error);
}

static gboolean
fill_sealing (QcConnection *connection, GError **error)
{
  g_autoptr (QcSubmission) submission = sealing_new ();
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  item->profile = g_strdup (PROFILE);
  item->unit = g_strdup (UNIT);
  item->kind = g_strdup ("submission");
  item->business = QC_BUSINESS_SEALING;
  item->method = g_strdup ("POST");
  item->path = g_strdup ("/api/v1/units/" UNIT "/submissions");
  item->body = qc_wire_encode_submission (submission);
  item->summary = g_strdup ("{\"people\":2}");
  return fill_ended_sealing (connection, QC_FIXTURE_SEALING, error)
         && fill_ended_sealing (connection, QC_FIXTURE_SEALING2, error)
         && fill_lines (connection, QC_FIXTURE_SEALING, submission->roster, error)
         && qc_store_outbox_enqueue (connection, item, 1795000000, error);
}

static gboolean
fill_back_payment (QcConnection *connection, GError **error)
{
  g_autoptr (QcApplication) application = qc_application_new ();
  g_autoptr (QcRoster) roster = qc_roster_new ();
  const QcFeedRow row = {.key = QC_FIXTURE_BACK_PAYMENT, .application = application};
  QcRosterLine *line = qc_roster_line_new ();
  application->serial = g_strdup (QC_FIXTURE_BACK_PAYMENT);
  application->business = QC_BUSINESS_BACK_PAYMENT;
  application->state = QC_STATE_IN_REVIEW;
  application->people = 1;
  application->created = application->received = 1795320000;
  application->revision = 1;
  line->account = g_strdup ("2311000001");
  line->name = g_strdup ("安大海");
  line->reason = g_strdup ("01");
  line->from = 202607;
  line->to = 202608;
  qc_roster_take (roster, -1, line);
  return apply (connection, QC_FEED_APPLICATIONS, &row, 1, error)
         && fill_lines (connection, QC_FIXTURE_BACK_PAYMENT, roster, error);
}

static gboolean
fill_profile (QcConnection *connection, GError **error)
{
  QcStoreProfile profile = {.id = (char *)PROFILE,
                            .name = (char *)"黑河市住房公积金管理中心",
                            .department = (char *)"黑河",
                            .user = (char *)"王经办"};
  QcStoreGrant grant = {.account = (char *)UNIT,
                        .name = (char *)"爱辉某某商贸有限公司",
                        .credit_code = (char *)"91231102MA18XAAA9H",
                        .granted = TRUE};
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  g_ptr_array_add (grants, &grant);
  return qc_store_profile_put (connection, &profile, error) && qc_store_grants_set (connection, PROFILE, grants, error)
         && qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_LAST_UNIT, UNIT, error)
         && qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_LEVEL, "city", error)
         && qc_store_prefs_set (connection, "", "profile", PROFILE, error);
}

static gpointer
fill_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Fill *fill = data;
  if (!fill_profile (connection, error) || !fill_unit (connection, fill, error) || !fill_terms (connection, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if ((people[i].needs & fill->fill) == people[i].needs && !fill_person (connection, &people[i], error))
      return NULL;
  if (!fill_extra (connection, fill->extra, error) || !fill_applications (connection, fill->fill, error)
      || ((fill->fill & QC_FILL_HELD) && !fill_held (connection, error))
      || ((fill->fill & QC_FILL_SEALING) && !fill_sealing (connection, error))
      || ((fill->fill & QC_FILL_BACK_PAYMENT) && !fill_back_payment (connection, error)))
    return NULL;
  for (int feed = 0; feed < QC_N_FEEDS; feed++)
    if ((feed != QC_FEED_MOVEMENTS || !(fill->fill & QC_FILL_PARTIAL)) && !apply (connection, feed, NULL, 0, error))
      return NULL;
  return QC_DATABASE_DONE;
}

static gpointer
move_unit_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return fill_unit (connection, data, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_app_fixture_move_unit (QcAppFixture *fixture, QcMonth paid_to)
{
  Fill fill = {.paid_to = paid_to, .revision = 8};
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "move-unit", move_unit_cb, &fill, &error);
  g_assert_no_error (error);
  qc_session_data_changed (fixture->session, QC_DATA_UNIT);
}

static gpointer
sql_cb (QcConnection *connection, gpointer sql, GCancellable *cancellable, GError **error)
{
  return qc_connection_exec (connection, sql, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_app_fixture_sql (QcAppFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "sql", sql_cb, (gpointer)sql, &error);
  g_assert_no_error (error);
}

static gpointer
journal_cb (QcConnection *connection, gpointer code, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = qc_store_journal_list (connection, NULL, NULL, 0, 1000, error);
  g_assert_nonnull (entries);
  for (guint i = 0; i < entries->len; i++) {
    const QcStoreJournalEntry *entry = g_ptr_array_index (entries, i);
    if (g_str_equal (entry->action, code))
      return g_strdup_printf ("%s|%s", entry->subject ? entry->subject : "", entry->detail ? entry->detail : "");
  }
  return g_strdup ("");
}

char *
qc_app_fixture_dup_journal (QcAppFixture *fixture, const char *code)
{
  /* where entries are written, so that it comes behind those that nobody waits for */
  return qc_database_write (qc_session_get_database (fixture->session), "journal", journal_cb, (gpointer)code, NULL);
}

static gpointer
complete_cb (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return apply (connection, QC_FEED_MOVEMENTS, NULL, 0, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_app_fixture_complete (QcAppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  qc_database_write (qc_session_get_database (fixture->session), "complete", complete_cb, NULL, &error);
  g_assert_no_error (error);
  qc_session_data_changed (fixture->session, QC_DATA_APPLICATIONS);
}

static gboolean
too_late_cb (gpointer data)
{
  g_error ("nothing happened for a minute");
  return G_SOURCE_REMOVE;
}

void
qc_app_fixture_until (gboolean (*done) (gpointer data), gpointer data)
{
  guint late = g_timeout_add_seconds (60, too_late_cb, NULL);
  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static gboolean
result_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
open_context (QcAppFixture *fixture)
{
  fixture->context = qc_context_new (fixture->dir);
  g_autoptr (GAsyncResult) result = NULL;
  qc_context_open_async (fixture->context, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  g_autoptr (GError) error = NULL;
  qc_context_open_finish (fixture->context, result, &error);
  g_assert_no_error (error);
  qc_context_set_today (fixture->context, QC_FIXTURE_TODAY);
}

static void
open_session (QcAppFixture *fixture)
{
  fixture->session = qc_session_new (fixture->context);
  g_autoptr (GAsyncResult) result = NULL;
  qc_session_restore_async (fixture->session, FALSE, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  gboolean entered;
  g_autoptr (GError) error = NULL;
  qc_session_restore_finish (fixture->session, result, &entered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qc_session_get_unit_account (fixture->session), ==, UNIT);
  qc_context_set_today (fixture->context, QC_FIXTURE_TODAY);
}

static void
close_all (QcAppFixture *fixture)
{
  g_clear_object (&fixture->session);
  qc_context_shutdown (fixture->context);
  g_clear_object (&fixture->context);
}

QcAppFixture *
qc_app_fixture_new (const char *dir, QcFill fill, guint extra)
{
  QcAppFixture *fixture = g_new0 (QcAppFixture, 1);
  Fill what = {.fill = fill, .extra = extra, .paid_to = 202609, .revision = 7};
  g_autoptr (GError) error = NULL;
  fixture->dir = dir ? g_strdup (dir) : g_dir_make_tmp ("qingce-app-XXXXXX", &error);
  g_assert_no_error (error);
  open_context (fixture);
  qc_database_write (qc_context_get_database (fixture->context), "fill", fill_cb, &what, &error);
  g_assert_no_error (error);
  open_session (fixture);
  return fixture;
}

char *
qc_app_fixture_make_folder (QcFill fill, guint extra)
{
  QcAppFixture *fixture = qc_app_fixture_new (NULL, fill, extra);
  char *dir = g_steal_pointer (&fixture->dir);
  close_all (fixture);
  g_free (fixture);
  return dir;
}

void
qc_app_fixture_restart (QcAppFixture *fixture)
{
  close_all (fixture);
  open_context (fixture);
  open_session (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

void
qc_app_fixture_close (QcAppFixture *fixture)
{
  close_all (fixture);
  g_free (fixture->dir);
  g_free (fixture);
}

void
qc_app_fixture_free (QcAppFixture *fixture)
{
  remove_tree (fixture->dir);
  qc_app_fixture_close (fixture);
}
