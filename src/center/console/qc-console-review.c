/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Console: the queue of what is to be reviewed, one application with everything that speaks for and against it, and the
 * verdict. Whoever looks holds it for a while; what was typed stays on the page when the verdict is another's. Database
 * threads.
 */
#include "qc-console-review.h"

#include "qc-digest.h"
#include "qc-engine-upload.h"
#include "qc-wire-return.h"

#define PAGE_ROWS 50

static char *
dup_location (const QcHttpCall *call)
{
  return g_strdup_printf ("/console/units/%s/applications/%s/review", call->params[0], call->params[1]);
}

/* "3 天", "5 小时", "12 分钟" (transfer full) */
static char *
dup_age (gint64 seconds)
{
  gint64 minutes = MAX (seconds, 0) / 60;
  if (minutes < 60)
    return g_strdup_printf ("%d 分钟", (int)minutes);
  return minutes < 24 * 60 ? g_strdup_printf ("%d 小时", (int)(minutes / 60))
                           : g_strdup_printf ("%d 天", (int)(minutes / (24 * 60)));
}

/* ---- the queue ---- */

static const char *const states[] = {"in-review", "accepted", "returned", "all"};

static gboolean
add_row (QcHtml *values, QcConnection *connection, const QcListedApplication *listed, gint64 now, GError **error)
{
  const QcApplication *a = listed->application;
  g_autoptr (QcReviewClaim) claim = NULL;
  if (!qc_engine_load_claim (connection, a->serial, now, &claim, error))
    return FALSE;
  QcHtml *row = qc_html_add (values, "rows");
  qc_html_set (row, "serial", a->serial);
  qc_html_set (row, "unit", listed->unit);
  qc_html_set (row, "unit_name", listed->unit_name);
  qc_html_set (row, "business", qc_console_business_word (a->business));
  qc_html_set_int (row, "people", a->people);
  qc_html_take (row, "fen", qc_business_info (a->business)->has_money ? qc_money_to_string (a->fen) : NULL);
  qc_html_set (row, "state", qc_console_state_word (a->state));
  qc_html_set (row, "state_class", qc_state_to_code (a->state));
  qc_html_take (row, "created", qc_portal_dup_time (a->created));
  qc_html_take (row, "age", a->state == QC_STATE_IN_REVIEW ? dup_age (now - a->created) : NULL);
  qc_html_set (row, "claimed", claim != NULL ? claim->staff : NULL);
  qc_html_set_flag (row, "again", a->replaces != NULL);
  return TRUE;
}

static void
add_choices (QcHtml *values, const char *state, const char *business)
{
  static const char *const words[] = {"待审核", "已受理", "已退回", "全部"};
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    QcHtml *option = qc_html_add (values, "states");
    qc_html_set (option, "value", states[i]);
    qc_html_set (option, "label", words[i]);
    qc_html_set_flag (option, "chosen", g_str_equal (states[i], state));
  }
  for (guint i = 0; i < QC_N_BUSINESSES; i++) {
    const QcBusinessInfo *info = qc_business_info (i);
    if (info->run != QC_RUN_REVIEWED)
      continue;
    QcHtml *option = qc_html_add (values, "businesses");
    qc_html_set (option, "value", info->code);
    qc_html_set (option, "label", qc_console_business_word (i));
    qc_html_set_flag (option, "chosen", g_str_equal (info->code, business));
  }
}

static QcHttpAnswer *
get_queue (QcHttpCall *call, QcConnection *connection, GError **error)
{
  const char *state = qc_http_call_query (call, "state"), *business = qc_http_call_query (call, "business");
  gint64 page = CLAMP (g_ascii_strtoll (qc_http_call_query (call, "page"), NULL, 10), 0, 100000);
  QcBusiness kind;
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  QcEngineCall engine;
  g_autofree char *digest = NULL;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  if (!g_strv_contains ((const char *const[]) {"in-review", "accepted", "returned", "all", NULL}, state))
    state = states[0];
  QcApplicationQuery query = {.limit = PAGE_ROWS + 1,
                              .offset = page * PAGE_ROWS,
                              .reviewed = TRUE,
                              .state = g_str_equal (state, "all") ? NULL : state,
                              .business = qc_business_from_code (business, &kind) ? business : NULL};
  g_autoptr (GPtrArray) rows = NULL;
  if (!qc_console_fill_call (call, connection, account, NULL, &engine, &digest, error)
      || (rows = qc_engine_list_applications (connection, &query, error)) == NULL)
    return NULL;
  g_autoptr (QcHtml) values = qc_html_new ();
  qc_html_add_list (values, "rows");
  for (guint i = 0; i < MIN (rows->len, PAGE_ROWS); i++)
    if (!add_row (values, connection, g_ptr_array_index (rows, i), engine.now, error))
      return NULL;
  add_choices (values, state, business);
  qc_html_set (values, "state_filter", state);
  qc_html_set (values, "business_filter", query.business);
  if (rows->len > PAGE_ROWS)
    qc_html_set_int (values, "next", page + 1);
  if (page > 0)
    qc_html_take (values, "previous", g_strdup_printf ("%" G_GINT64_FORMAT, page - 1));
  return qc_console_page (call, 200, account, "console-review", "审核", "at_review", values);
}

/* ---- one application ---- */

/* What a page of it is made from. */
typedef struct {
  QcApplication *application;        /* (owned) */
  QcUnit *unit;                      /* (owned) */
  QcSubmission *submission, *before; /* (owned) before (nullable) */
  GPtrArray *codes;                  /* (owned) */
  QcReviewClaim *claim;              /* (owned) (nullable) */
} Case;

static void
case_free (Case *c)
{
  g_clear_pointer (&c->application, qc_application_free);
  g_clear_pointer (&c->unit, qc_unit_free);
  g_clear_pointer (&c->submission, qc_submission_free);
  g_clear_pointer (&c->before, qc_submission_free);
  g_clear_pointer (&c->codes, g_ptr_array_unref);
  g_clear_pointer (&c->claim, qc_review_claim_free);
  g_free (c);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

/* NULL without error: there is none that is reviewed. */
static Case *
load_case (QcHttpCall *call, QcConnection *connection, gint64 now, GError **error)
{
  g_autoptr (Case) c = g_new0 (Case, 1);
  g_autoptr (GError) missing = NULL;
  const char *unit = call->params[0], *serial = call->params[1];
  c->application = qc_engine_load_application (connection, unit, serial, &missing);
  if (c->application == NULL && g_error_matches (missing, QC_ENGINE_ERROR, QC_ENGINE_ERROR_MISSING))
    return NULL;
  if (c->application == NULL) {
    g_propagate_error (error, g_steal_pointer (&missing));
    return NULL;
  }
  if (qc_business_info (c->application->business)->run != QC_RUN_REVIEWED)
    return NULL;
  const char *replaces = c->application->replaces;
  if ((c->unit = qc_engine_load_unit (connection, unit, error)) == NULL
      || (c->submission = qc_engine_load_submission (connection, unit, serial, error)) == NULL
      || (replaces != NULL && (c->before = qc_engine_load_submission (connection, unit, replaces, error)) == NULL)
      || (c->codes = qc_engine_load_codes (connection, error)) == NULL
      || !qc_engine_load_claim (connection, serial, now, &c->claim, error))
    return NULL;
  return g_steal_pointer (&c);
}

static void
add_facts (QcHtml *values, const Case *c, const QcAccount *account, gint64 now)
{
  const QcApplication *a = c->application;
  gboolean decides = a->state == QC_STATE_IN_REVIEW && qc_account_has_role (account, QC_ROLE_REVIEW);
  qc_html_set (values, "serial", a->serial);
  qc_html_set (values, "business", qc_console_business_word (a->business));
  qc_html_set (values, "unit", c->unit->account);
  qc_html_set (values, "unit_name", c->unit->name);
  qc_html_set (values, "method", a->method != QC_METHOD_NONE ? qc_console_method_word (a->method) : NULL);
  qc_html_take (values, "effective", a->effective != QC_MONTH_NONE ? qc_console_dup_month (a->effective) : NULL);
  qc_html_take (values, "paid_to", qc_console_dup_month (c->unit->paid_to));
  qc_html_set_int (values, "total_people", a->people);
  qc_html_take (values, "total_fen", qc_business_info (a->business)->has_money ? qc_money_to_string (a->fen) : NULL);
  qc_html_set (values, "state", qc_console_state_word (a->state));
  qc_html_set (values, "state_class", qc_state_to_code (a->state));
  qc_html_set (values, "entered_by", a->entered_by);
  qc_html_set (values, "reviewed_by", a->reviewed_by);
  qc_html_take (values, "created", qc_portal_dup_time (a->created));
  qc_html_take (values, "age", a->state == QC_STATE_IN_REVIEW ? dup_age (now - a->created) : NULL);
  qc_html_set (values, "return_reason", a->return_reason);
  qc_html_set (values, "replaces", a->replaces);
  qc_html_set (values, "replaced_by", a->replaced_by);
  qc_html_take (values, "revision", g_strdup_printf ("%" G_GINT64_FORMAT, a->revision));
  qc_html_set_flag (values, "decides", decides);
  gboolean mine = c->claim != NULL && g_strcmp0 (c->claim->staff, account->name) == 0;
  qc_html_set_flag (values, "mine", mine);
  qc_html_set (values, "claimed", c->claim != NULL && !mine ? c->claim->staff : NULL);
  qc_html_take (values, "claimed_until", c->claim != NULL ? qc_portal_dup_time (c->claim->until) : NULL);
}

/* @reasons: (nullable) seen before they are sent; with the digest of what is seen. */
static QcHttpAnswer *
show (QcHttpCall *call, QcConnection *connection, int status, const QcAccount *account, const char *fault,
      const GPtrArray *reasons, const char *seen, GError **error)
{
  QcEngineCall engine;
  g_autofree char *digest = NULL;
  if (!qc_console_fill_call (call, connection, account, call->params[0], &engine, &digest, error))
    return NULL;
  GError *fatal = NULL;
  g_autoptr (Case) c = load_case (call, connection, engine.now, &fatal);
  if (c == NULL && fatal == NULL)
    return qc_portal_page_fallback (call, 404);
  if (c == NULL) {
    g_propagate_error (error, fatal);
    return NULL;
  }
  g_autoptr (QcHtml) values = qc_html_new ();
  gint64 page = CLAMP (g_ascii_strtoll (qc_http_call_query (call, "lines"), NULL, 10), 0, 1000);
  add_facts (values, c, account, engine.now);
  qc_console_add_timeline (values, c->application);
  qc_console_review_add_pictures (values, c->submission);
  qc_console_review_add_form (values, call, c->submission, c->codes);
  if (reasons != NULL)
    qc_console_review_add_reasons (values, c->submission, reasons);
  qc_html_set (values, "seen", seen);
  qc_html_set (values, "fault", fault);
  if (!qc_console_review_add_lines (values, connection, c->unit->account, c->submission, c->before, page, error))
    return NULL;
  return qc_console_page (call, status, account, "console-review-application", "审核", "at_review", values);
}

static QcHttpAnswer *
get_review (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  return show (call, connection, 200, account, NULL, NULL, NULL, error);
}

/* ---- claim, verdict ---- */

/* Who was quicker, when, and with what. (transfer full) */
static char *
dup_overtaken (const QcApplication *a)
{
  const QcTimelineEntry *last
      = a != NULL && a->timeline->len > 0 ? g_ptr_array_index (a->timeline, a->timeline->len - 1) : NULL;
  if (last == NULL)
    return g_strdup ("这笔业务已经变化，没有办理。请核对后再办理。");
  g_autofree char *time = qc_portal_dup_time (last->time);
  return g_strdup_printf ("没有办理：%s 已于 %s 先办理了这笔业务（%s，现为%s）。您填写的内容仍在下面。",
                          g_str_equal (last->actor, "center") ? "中心" : last->actor, time,
                          qc_console_event_word (last->event), qc_console_state_word (a->state));
}

/* Back to @location when done; else the page with what was typed and why not. @outcome is taken. */
static QcHttpAnswer *
end (QcHttpCall *call, QcConnection *connection, const QcAccount *account, QcOutcome *outcome, GError **error)
{
  if (outcome == NULL)
    return NULL;
  g_autofree char *location = dup_location (call);
  g_autofree char *sentence = outcome->status == QC_OUTCOME_CONFLICT ? dup_overtaken (outcome->application) : NULL;
  g_autofree char *other = NULL;
  QcHttpAnswer *answer = qc_console_answer (outcome, location, &other);
  return answer != NULL ? answer
                        : show (call, connection, sentence != NULL ? 409 : 422, account,
                                sentence != NULL ? sentence : other, NULL, NULL, error);
}

/* The session, the role, and the call for the engine. FALSE with *@out or @error. */
static gboolean
begin (QcHttpCall *call, QcConnection *connection, QcAccount **account, QcEngineCall *engine, char **digest,
       QcHttpAnswer **out, GError **error)
{
  if (!qc_console_open_form (call, connection, QC_ROLE_REVIEW, account, out, error))
    return FALSE;
  *out = NULL;
  if (!qc_console_fill_call (call, connection, *account, call->params[0], engine, digest, error))
    return FALSE;
  const char *revision = qc_http_call_field (call, "revision");
  engine->if_match = *revision != '\0' ? g_ascii_strtoll (revision, NULL, 10) : -1;
  return TRUE;
}

static QcHttpAnswer *
post_claim (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  g_autofree char *digest = NULL;
  QcHttpAnswer *answer;
  QcEngineCall engine;
  if (!begin (call, connection, &account, &engine, &digest, &answer, error))
    return answer;
  gboolean take_over = g_str_equal (qc_http_call_field (call, "take_over"), "1");
  return end (call, connection, account, qc_engine_claim (connection, &engine, call->params[1], take_over, error),
              error);
}

static QcHttpAnswer *
post_release (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  g_autofree char *digest = NULL;
  QcHttpAnswer *answer;
  QcEngineCall engine;
  if (!begin (call, connection, &account, &engine, &digest, &answer, error))
    return answer;
  return end (call, connection, account, qc_engine_release (connection, &engine, call->params[1], error), error);
}

static QcHttpAnswer *
post_approve (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  g_autofree char *digest = NULL;
  QcHttpAnswer *answer;
  QcEngineCall engine;
  if (!begin (call, connection, &account, &engine, &digest, &answer, error))
    return answer;
  return end (call, connection, account, qc_engine_approve (connection, &engine, call->params[1], error), error);
}

/* Of the reasons as they will be read. (transfer full) */
static char *
digest_reasons (const GPtrArray *reasons)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  qc_json_writer_begin_object (writer);
  qc_wire_write_reasons (writer, reasons);
  qc_json_writer_end_object (writer);
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return qc_digest_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* First seen as the clerk will see them; what was changed since is seen again. */
static QcHttpAnswer *
post_return (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  g_autofree char *digest = NULL;
  QcHttpAnswer *answer;
  QcEngineCall engine;
  if (!begin (call, connection, &account, &engine, &digest, &answer, error))
    return answer;
  GError *fatal = NULL;
  g_autoptr (Case) c = load_case (call, connection, engine.now, &fatal);
  if (c == NULL && fatal == NULL)
    return qc_portal_page_fallback (call, 404);
  if (c == NULL) {
    g_propagate_error (error, fatal);
    return NULL;
  }
  g_autoptr (GPtrArray) reasons = qc_console_review_read_reasons (call, c->submission, c->codes);
  g_autofree char *seen = digest_reasons (reasons);
  if (reasons->len > 0 && !g_str_equal (qc_http_call_field (call, "seen"), seen))
    return show (call, connection, 200, account, NULL, reasons, seen, error);
  return end (call, connection, account, qc_engine_return (connection, &engine, call->params[1], reasons, error),
              error);
}

/* ---- pictures ---- */

static QcHttpAnswer *
find_picture (QcHttpCall *call, QcConnection *connection, GError **error)
{
  g_autoptr (QcAccount) account = NULL;
  QcHttpAnswer *answer;
  gboolean there;
  if (!qc_console_open (call, connection, &account, &answer, error))
    return answer;
  if (!qc_engine_find_attachment (connection, call->params[0], call->params[1], call->params[2], &there, error))
    return NULL;
  return there ? NULL : qc_portal_page_fallback (call, 404);
}

static QcHttpAnswer *
read_picture (QcHttpCall *call, QcConnection *connection, GError **error)
{
  GBytes *bytes = qc_upload_files_read (call->center->uploads, call->params[2], error);
  if (bytes == NULL)
    return NULL;
  return qc_http_answer_new (200, QC_ATTACHMENT_TYPE, bytes);
}

const QcHttpRoute qc_console_review_routes[] = {
    {"GET", "/console/review", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_queue}}},
    {"GET", "/console/units/*/applications/*/review", QC_HTTP_BODY_NONE, {{QC_HTTP_READ, get_review}}},
    {"POST", "/console/units/*/applications/*/review/claim", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_claim}}},
    {"POST", "/console/units/*/applications/*/review/release", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_release}}},
    {"POST", "/console/units/*/applications/*/review/approve", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_approve}}},
    {"POST", "/console/units/*/applications/*/review/return", QC_HTTP_BODY_FORM, {{QC_HTTP_WRITE, post_return}}},
    {"GET",
     "/console/units/*/applications/*/pictures/*",
     QC_HTTP_BODY_NONE,
     {{QC_HTTP_READ, find_picture}, {QC_HTTP_POOL, read_picture}}},
    {NULL},
};
