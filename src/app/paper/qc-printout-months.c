/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴清册 and 汇缴变更清册 of a month (domain notes 4.2, 4.3). Of a month that was remitted they are what the center
 * booked for each person; of one that waits for its money, or stands in the draft, they are computed by the rules that
 * both sides have. Their figures are held against those of the application: where they differ it is said, or nothing is
 * printed. On the thread of the walk, but for making it.
 */
#include "qc-printout-applications.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-month.h"
#include "qc-printout-kinds.h"
#include "qc-printout-private.h"
#include "qc-printout-words.h"
#include "qc-remittance-service-private.h"
#include "qc-session-private.h"
#include "qc-store-applications.h"
#include "qc-store-policies.h"
#include "qc-store-spans.h"

#define NOBODY_KNOWS 64 /* applications of one month at most */

typedef struct {
  QcMonth month;
  QcMonthPapers paper;
  QcPreviewRequest *draft; /* (owned) (nullable) the month is one of the draft's */
} Month;

static void
month_free (gpointer data)
{
  Month *month = data;
  g_clear_pointer (&month->draft, qc_preview_request_unref);
  g_free (month);
}

typedef struct {
  QcPrintoutJob *job;
  const Month *month;
  QcListForm *list;
  GPtrArray *codes;           /* (owned) */
  GArray *ratios;             /* (owned) */
  QcApplication *application; /* (owned) (nullable) the 汇缴 that the month is in */
  QcMonthLine figures;        /* of the month, as the application or the computation has them */
  gboolean has_figures;
  guint n[QC_LIST_SIDES]; /* rows */
  GError **error;
  gboolean good;
} Filling;

static void
filling_clear (Filling *filling)
{
  g_clear_pointer (&filling->codes, g_ptr_array_unref);
  g_clear_pointer (&filling->ratios, g_array_unref);
  g_clear_pointer (&filling->application, qc_application_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filling, filling_clear)

/* ---- rows ---- */

static const QcListColumn roster_columns[] = {
    {"序号", 12, QC_ALIGN_CENTER, FALSE},        {"姓名", 24, QC_ALIGN_LEFT, FALSE},
    {"证件号码", 37, QC_ALIGN_LEFT, FALSE},      {"个人账号", 29, QC_ALIGN_LEFT, FALSE},
    {"个人缴存基数", 23, QC_ALIGN_RIGHT, FALSE}, {"单位月缴存额", 23, QC_ALIGN_RIGHT, TRUE},
    {"个人月缴存额", 23, QC_ALIGN_RIGHT, TRUE},  {"合计", 25, QC_ALIGN_RIGHT, TRUE},
};

static const QcListColumn added_columns[] = {
    {"序号", 10, QC_ALIGN_CENTER, FALSE},     {"变更类型", 17, QC_ALIGN_CENTER, FALSE},
    {"姓名", 19, QC_ALIGN_LEFT, FALSE},       {"证件类型", 16, QC_ALIGN_CENTER, FALSE},
    {"证件号码", 36, QC_ALIGN_LEFT, FALSE},   {"出生日期", 19, QC_ALIGN_CENTER, FALSE},
    {"性别", 9, QC_ALIGN_CENTER, FALSE},      {"个人账号", 27, QC_ALIGN_LEFT, FALSE},
    {"每月应缴额", 22, QC_ALIGN_RIGHT, TRUE}, {"缴存基数", 22, QC_ALIGN_RIGHT, FALSE},
};

static const QcListColumn removed_columns[] = {
    {"个人账号", 27, QC_ALIGN_LEFT, FALSE},
    {"姓名", 19, QC_ALIGN_LEFT, FALSE},
    {"摘要", 17, QC_ALIGN_CENTER, FALSE},
    {"每月应缴额", 22, QC_ALIGN_RIGHT, TRUE},
};

static gboolean
end_row (Filling *filling, guint side)
{
  filling->good = qc_list_form_end_row (filling->list, filling->error)
                  && (++filling->n[side] % 256 != 0 || qc_printout_job_go_on (filling->job, filling->error));
  return filling->good;
}

static gboolean
add_paid (Filling *filling, const QcEmployee *employee, const QcPaidSpan *span)
{
  QcListForm *list = filling->list;
  qc_list_form_begin_row (list, 0);
  qc_list_form_number (list, filling->n[0] + 1);
  qc_list_form_text (list, employee->name);
  qc_list_form_text (list, employee->document);
  qc_list_form_text (list, employee->account);
  qc_list_form_amount (list, span->base);
  qc_list_form_amount (list, span->unit);
  qc_list_form_amount (list, span->personal);
  qc_list_form_amount (list, span->unit + span->personal);
  return end_row (filling, 0);
}

/* As the form has them: in a column of five characters. */
static const char *
word_of (QcChangeKind kind)
{
  return kind == QC_CHANGE_OPENED  ? "新增开户"
         : kind == QC_CHANGE_RATIO ? "比例调整"
                                   : qc_printout_word (qc_change_kind_to_msgid (kind));
}

static gboolean
add_more (Filling *filling, const QcEmployee *employee, QcChangeKind kind, QcMoney fen, QcMoney base, gboolean comes)
{
  QcListForm *list = filling->list;
  const QcCode *type = qc_codes_find (filling->codes, "document-type", employee->document_type);
  g_autofree char *birth = employee->birth != QC_DATE_NONE ? qc_date_to_string (employee->birth) : NULL;
  qc_list_form_begin_row (list, 0);
  qc_list_form_number (list, filling->n[0] + 1);
  qc_list_form_text (list, word_of (kind));
  qc_list_form_text (list, employee->name);
  qc_list_form_text (list, type != NULL ? type->label : employee->document_type);
  qc_list_form_text (list, employee->document);
  qc_list_form_text (list, birth);
  qc_list_form_text (list, qc_printout_sex (employee->sex));
  qc_list_form_text (list, employee->account);
  qc_list_form_amount (list, fen);
  qc_list_form_amount (list, base);
  if (!comes)
    qc_list_form_uncount (list);
  return end_row (filling, 0);
}

static gboolean
add_less (Filling *filling, const QcEmployee *employee, QcChangeKind kind, QcMoney fen, gboolean leaves)
{
  QcListForm *list = filling->list;
  qc_list_form_begin_row (list, 1);
  qc_list_form_text (list, employee->account);
  qc_list_form_text (list, employee->name);
  qc_list_form_text (list, word_of (kind));
  qc_list_form_amount (list, fen);
  if (!leaves)
    qc_list_form_uncount (list);
  return end_row (filling, 1);
}

/* What becomes more is on the left, what becomes less on the right; who stays is not counted on either. */
static gboolean
add_change (Filling *filling, const QcEmployee *employee, QcChangeKind kind, QcMoney before, QcMoney after,
            QcMoney base)
{
  return after >= before ? add_more (filling, employee, kind, after - before, base, before == 0)
                         : add_less (filling, employee, kind, before - after, after == 0);
}

/* ---- of a month that was remitted ---- */

static QcChangeKind
came (const QcEmployee *employee, QcMonth month)
{
  if (employee->opened < month)
    return QC_CHANGE_UNSEALED;
  return employee->paid_to != QC_MONTH_NONE && employee->paid_to < employee->opened ? QC_CHANGE_TRANSFERRED_IN
                                                                                    : QC_CHANGE_OPENED;
}

static QcChangeKind
left (const QcStoreMonthPerson *person)
{
  switch (person->employee->status) {
  case QC_PERSON_MERGED:
  case QC_PERSON_WITHDRAWN:
    return QC_CHANGE_CLOSED;
  case QC_PERSON_MOVED_OUT:
  case QC_PERSON_TRANSFERRED:
    return QC_CHANGE_TRANSFERRED_OUT;
  case QC_PERSON_NORMAL: /* who is 正常 again was 封存 then */
  case QC_PERSON_SEALED:
  case QC_PERSON_FROZEN:
  case QC_PERSON_OTHER:
  default:
    return person->gone ? QC_CHANGE_TRANSFERRED_OUT : QC_CHANGE_SEALED;
  }
}

static gboolean
remitted_cb (const QcStoreMonthPerson *person, gpointer user_data)
{
  Filling *filling = user_data;
  const QcPaidSpan *span = person->span, *previous = person->previous;
  QcMoney after = span != NULL ? span->unit + span->personal : 0;
  QcMoney before = previous != NULL ? previous->unit + previous->personal : 0;
  if (filling->month->paper == QC_MONTH_ROSTER)
    return span == NULL || add_paid (filling, person->employee, span);
  if (previous == NULL)
    return add_change (filling, person->employee, came (person->employee, filling->month->month), 0, after, span->base);
  if (span == NULL)
    return add_change (filling, person->employee, left (person), before, 0, previous->base);
  if (before == after && span->base == previous->base)
    return TRUE;
  return add_change (filling, person->employee, span->base != previous->base ? QC_CHANGE_BASE : QC_CHANGE_RATIO, before,
                     after, span->base);
}

/* ---- of one that is to be ---- */

static void
computed_cb (const QcEmployee *employee, const QcPaidSpan *span, gpointer user_data)
{
  Filling *filling = user_data;
  QcMonth month = filling->month->month;
  if (filling->good && span->from <= month && month <= span->to)
    add_paid (filling, employee, span);
}

static void
changed_cb (const QcRosterChange *change, gpointer user_data)
{
  Filling *filling = user_data;
  if (filling->good && change->month == filling->month->month)
    add_change (filling, change->employee, change->kind, change->before, change->after, change->base_after);
}

/* The 汇缴 that waits for its money is what would be computed now: nothing that it rests on may change meanwhile. */
static QcPreviewRequest *
request_of (const QcPrintoutJob *job, const QcApplication *application)
{
  QcPreviewRequest *request = qc_preview_request_new ();
  request->profile = g_strdup (job->profile);
  request->unit = g_strdup (job->unit);
  request->method = application->method;
  request->end = application->end;
  request->current = qc_date_month (job->today);
  return request;
}

static gboolean
compute (Filling *filling, QcConnection *connection)
{
  const QcRemittanceSink listener = {
      .changed = filling->month->paper == QC_MONTH_CHANGES ? changed_cb : NULL,
      .span = filling->month->paper == QC_MONTH_ROSTER ? computed_cb : NULL,
      .user_data = filling,
  };
  QcPreviewRequest *request = filling->month->draft != NULL ? qc_preview_request_ref (filling->month->draft)
                                                            : request_of (filling->job, filling->application);
  request->listener = &listener;
  g_autoptr (QcRemittancePreview) preview
      = qc_remittance_compute (connection, request, filling->job->cancellable, filling->error);
  request->listener = NULL;
  qc_preview_request_unref (request);
  if (preview == NULL || !filling->good)
    return FALSE;
  const QcMonthLine *line = qc_remittance_preview_get_line (preview, filling->month->month);
  if (line == NULL) {
    g_set_error_literal (filling->error, QC_APP_ERROR, QC_APP_ERROR_PAPER,
                         _ ("The draft has this month no longer. Open it again."));
    return FALSE;
  }
  if (!filling->has_figures)
    filling->figures = *line;
  filling->has_figures = TRUE;
  return TRUE;
}

/* ---- is it what the center has? ---- */

static gboolean
fits (const Filling *filling)
{
  const QcMonthLine *figures = &filling->figures;
  const QcListForm *list = filling->list;
  if (!filling->has_figures)
    return TRUE;
  if (filling->month->paper == QC_MONTH_ROSTER)
    return qc_list_form_get_counted (list, 0) == figures->people
           && qc_list_form_get_sum (list, 0, G_N_ELEMENTS (roster_columns) - 1) == qc_month_line_fen (figures);
  return qc_list_form_get_counted (list, 0) == figures->added_people
         && qc_list_form_get_sum (list, 0, 8) == figures->added_fen
         && qc_list_form_get_counted (list, 1) == figures->removed_people
         && qc_list_form_get_sum (list, 1, 3) == figures->removed_fen;
}

/* Who left for another unit took their past with them: what is missing is said on the paper. What waits for its money
 * has to be exactly what was confirmed. */
static gboolean
compare (Filling *filling, gboolean booked)
{
  if (fits (filling))
    return TRUE;
  if (booked) {
    qc_list_form_add_note (
        filling->list,
        "本清册的人数、金额与入账时不一致：其后转往其他单位的人员，其缴存记录已随账户转出，本清册不再列出。");
    return TRUE;
  }
  g_set_error_literal (
      filling->error, QC_APP_ERROR, QC_APP_ERROR_PAPER,
      _ ("The people on this computer give other figures than the remittance that waits for its money. "
         "Sync, then print again."));
  return FALSE;
}

/* ---- the paper ---- */

/* The newest one that the month is in, and that was not taken back. */
static gboolean
find_application (Filling *filling, QcConnection *connection)
{
  QcStoreApplicationQuery query = QC_STORE_APPLICATION_QUERY_ALL;
  query.business = QC_BUSINESS_REMITTANCE;
  query.from = query.to = filling->month->month;
  g_autoptr (GPtrArray) found = qc_store_applications_list (connection, filling->job->profile, filling->job->unit,
                                                            &query, 0, NOBODY_KNOWS, filling->error);
  for (guint i = 0; found != NULL && i < found->len && filling->application == NULL; i++) {
    const QcApplication *application = g_ptr_array_index (found, i);
    if (application->state == QC_STATE_FINISHED || qc_application_is_open (application))
      filling->application = qc_application_copy (application);
  }
  const GArray *months = filling->application != NULL ? filling->application->months : NULL;
  for (guint i = 0; months != NULL && i < months->len; i++) {
    const QcMonthLine *line = &g_array_index (months, QcMonthLine, i);
    if (line->month != filling->month->month)
      continue;
    filling->figures = *line;
    filling->has_figures = TRUE;
  }
  return found != NULL;
}

static char *
dup_pair (gint64 people, QcMoney fen)
{
  g_autofree char *money = qc_money_to_string (fen);
  return g_strdup_printf ("%" G_GINT64_FORMAT " 人 %s", people, money);
}

static char *
dup_ratios (const Filling *filling)
{
  const QcRatios *ratios = qc_ratios_at (filling->ratios, filling->month->month);
  g_autofree char *unit = ratios != NULL ? qc_ratio_to_string (ratios->unit) : NULL;
  g_autofree char *personal = ratios != NULL ? qc_ratio_to_string (ratios->personal) : NULL;
  return ratios != NULL ? g_strdup_printf ("单位 %s 个人 %s", unit, personal) : g_strdup ("—");
}

static void
add_fields (Filling *filling)
{
  const QcPrintoutJob *job = filling->job;
  const QcMonthLine *figures = &filling->figures;
  QcListForm *list = filling->list;
  g_autofree char *month = qc_printout_dup_month (filling->month->month);
  g_autofree char *ratios = dup_ratios (filling);
  qc_list_form_add_field (list, "单位名称", job->unit_name, 0.5);
  qc_list_form_add_field (list, "单位账号", job->unit, 0.25);
  qc_list_form_add_field (list, "清册年月", month, 0.25);
  qc_list_form_add_field (list, "业务流水号", filling->application != NULL ? filling->application->serial : "未办理",
                          0.5);
  if (filling->month->paper == QC_MONTH_ROSTER) {
    g_autofree char *people = g_strdup_printf ("%" G_GINT64_FORMAT " 人", qc_list_form_get_counted (list, 0));
    g_autofree char *fen = qc_money_to_string (qc_list_form_get_sum (list, 0, G_N_ELEMENTS (roster_columns) - 1));
    qc_list_form_add_field (list, "发生人数", people, 0.25);
    qc_list_form_add_field (list, "发生额", fen, 0.25);
    return;
  }
  qc_list_form_add_field (list, "缴存比例", ratios, 0.5);
  if (!filling->has_figures)
    return;
  g_autofree char *previous = dup_pair (figures->previous_people, figures->previous_fen);
  g_autofree char *added = dup_pair (figures->added_people, figures->added_fen);
  g_autofree char *removed = dup_pair (figures->removed_people, figures->removed_fen);
  g_autofree char *now = dup_pair (figures->people, qc_month_line_fen (figures));
  qc_list_form_add_field (list, "上月汇缴", previous, 0.25);
  qc_list_form_add_field (list, "本月增加", added, 0.25);
  qc_list_form_add_field (list, "本月减少", removed, 0.25);
  qc_list_form_add_field (list, "本月汇缴", now, 0.25);
}

static void
add_columns (const Filling *filling)
{
  QcListForm *list = filling->list;
  if (filling->month->paper == QC_MONTH_ROSTER) {
    for (guint i = 0; i < G_N_ELEMENTS (roster_columns); i++)
      qc_list_form_add_column (list, 0, &roster_columns[i]);
    return;
  }
  qc_list_form_set_side_title (list, 0, "本月增加汇缴");
  qc_list_form_set_side_title (list, 1, "本月减少汇缴");
  for (guint i = 0; i < G_N_ELEMENTS (added_columns); i++)
    qc_list_form_add_column (list, 0, &added_columns[i]);
  for (guint i = 0; i < G_N_ELEMENTS (removed_columns); i++)
    qc_list_form_add_column (list, 1, &removed_columns[i]);
}

static gboolean
begin_list (Filling *filling, QcConnection *connection)
{
  gboolean is_roster = filling->month->paper == QC_MONTH_ROSTER;
  g_autofree char *month = qc_printout_dup_month (filling->month->month);
  g_autofree char *running = g_strdup_printf ("%s（%s）　%s", filling->job->unit_name, filling->job->unit, month);
  g_autofree char *subject
      = g_strdup_printf (is_roster ? "month-roster %d" : "month-changes %d", (int)filling->month->month);
  QcListHead head = qc_printout_job_head (filling->job, is_roster ? "住房公积金汇缴清册" : "住房公积金汇缴变更清册");
  head.running = running;
  head.counted = "人";
  head.is_signed = TRUE;
  head.in_words = is_roster;
  head.foot = filling->month->draft != NULL ? "办理前打印，以办理结果为准" : NULL;
  if (filling->month->draft == NULL
      && !qc_printout_count (filling->job, connection, subject, &head.reprint, filling->error))
    return FALSE;
  filling->list = qc_binder_add_list (filling->job->binder, &head);
  add_columns (filling);
  return TRUE;
}

static gboolean
fill (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error)
{
  g_auto (Filling) filling = {.job = job, .month = data, .error = error, .good = TRUE};
  filling.codes = qc_store_codes_get (connection, job->profile, job->unit, "document-type", error);
  filling.ratios = filling.codes != NULL ? qc_store_ratios_get (connection, job->profile, job->unit, error) : NULL;
  if (filling.ratios == NULL || (filling.month->draft == NULL && !find_application (&filling, connection))
      || !begin_list (&filling, connection))
    return FALSE;
  gboolean booked = filling.month->draft == NULL
                    && (filling.application == NULL || filling.application->state == QC_STATE_FINISHED);
  if (booked ? !qc_store_spans_each_of_month (connection, job->profile, job->unit, filling.month->month, remitted_cb,
                                              &filling, error)
                   || !filling.good
             : !compute (&filling, connection))
    return FALSE;
  if (!compare (&filling, booked))
    return FALSE;
  add_fields (&filling);
  if (filling.month->paper == QC_MONTH_ROSTER)
    qc_list_form_add_note (filling.list, "本单位承诺：以上人员、缴存基数和缴存额真实、准确。");
  return TRUE;
}

static const QcPrintoutKind month_kind = {fill, month_free};

/* ---- what there is to print ---- */

static void
add_month (QcPrintout *self, QcMonth month, QcMonthPapers paper, QcPreviewRequest *draft)
{
  Month *data = g_new0 (Month, 1);
  data->month = month;
  data->paper = paper;
  data->draft = draft != NULL ? qc_preview_request_ref (draft) : NULL;
  qc_printout_add (self, &month_kind, data);
}

void
qc_printout_add_month (QcPrintout *self, QcMonth month, QcMonthPapers paper)
{
  add_month (self, month, paper, NULL);
}

/* One behind the other: of each month the roster, then who came and who left. */
static void
add_papers (QcPrintout *self, QcMonth month, guint papers, QcPreviewRequest *draft)
{
  if ((papers & QC_MONTH_ROSTER) != 0)
    add_month (self, month, QC_MONTH_ROSTER, draft);
  if ((papers & QC_MONTH_CHANGES) != 0)
    add_month (self, month, QC_MONTH_CHANGES, draft);
}

static QcPrintout *
new_of_months (QcSession *session, QcMonth first, QcMonth last, guint papers)
{
  const char *title = papers == QC_MONTH_CHANGES ? "住房公积金汇缴变更清册" : "住房公积金汇缴清册";
  QcPrintout *self = qc_printout_new (session, title, papers == QC_MONTH_ROSTER ? QC_PAPER_A4 : QC_PAPER_A4_LANDSCAPE);
  g_autofree char *when = qc_printout_dup_months (first, last);
  qc_printout_set_when (self, when);
  return self;
}

QcPrintout *
qc_printout_new_months (QcSession *session, const QcMonth *months, guint n_months, guint papers)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && n_months > 0 && papers != 0, NULL);
  QcPrintout *self = new_of_months (session, months[0], months[n_months - 1], papers);
  for (guint i = 0; i < n_months; i++)
    add_papers (self, months[i], papers, NULL);
  return self;
}

QcPrintout *
qc_printout_new_draft_months (QcRemittanceService *service, QcMonth month, guint papers)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (service) && papers != 0, NULL);
  QcRemittancePreview *preview = qc_remittance_service_get_preview (service);
  if (preview == NULL || qc_remittance_preview_get_lines (preview)->len == 0)
    return NULL;
  QcMonth first = month != QC_MONTH_NONE ? month : qc_remittance_preview_get_start (preview);
  QcMonth last = month != QC_MONTH_NONE ? month : qc_remittance_preview_get_end (preview);
  QcPreviewRequest *request = qc_remittance_service_dup_request (service);
  QcPrintout *self
      = new_of_months (qc_business_service_get_session (QC_BUSINESS_SERVICE (service)), first, last, papers);
  qc_printout_get_job (self)->unwritten
      = qc_draft_is_unwritten (qc_business_service_get_draft (QC_BUSINESS_SERVICE (service)));
  for (QcMonth at = first; at <= last; at = qc_month_add (at, 1))
    add_papers (self, at, papers, request);
  qc_preview_request_unref (request);
  return self;
}
