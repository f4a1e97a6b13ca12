/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rosters of drafts and of applications: columns by core's table of the business, lines as they are on the screen. An
 * application's lines are those that were confirmed. On the thread of the walk, but for making it.
 */
#include "qc-printout-applications.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-printout-kinds.h"
#include "qc-printout-private.h"
#include "qc-printout-words.h"
#include "qc-roster-service-private.h"
#include "qc-store-drafts.h"
#include "qc-store-lines.h"
#include "qc-store-outbox.h"
#include "qc-store-policies.h"
#include "qc-wire-line.h"
#include "qc-wire-submission.h"

#define PER_CHARACTER 1.65 /* mm */
#define PADDING       2.6

/* One of the three. */
typedef struct {
  QcBusiness business;
  gint64 draft;
  gint64 item;                /* of the outbox */
  QcApplication *application; /* (owned) (nullable) */
  QcRosterGround *ground;     /* (owned) (nullable) of a draft, while it is filled */
  GPtrArray *codes;           /* (owned) (nullable) while it is filled */
} Roster;

static void
roster_free (gpointer data)
{
  Roster *roster = data;
  g_clear_pointer (&roster->application, qc_application_free);
  g_clear_pointer (&roster->ground, qc_roster_ground_free);
  g_clear_pointer (&roster->codes, g_ptr_array_unref);
  g_free (roster);
}

/* ---- columns ---- */

static gboolean
is_figure (QcFieldType type)
{
  return type == QC_FIELD_MONEY || type == QC_FIELD_DIFFERENCE || type == QC_FIELD_CHANGE || type == QC_FIELD_NUMBER;
}

/* Where people are sealed and unsealed in one roster, the sum of their amounts says nothing. */
static gboolean
has_sums (QcBusiness business)
{
  return qc_business_find_column (business, QC_LINE_STATUS_AFTER) == NULL;
}

static gboolean
has_total (QcBusiness business)
{
  return has_sums (business) && qc_business_find_column (business, QC_LINE_UNIT_FEN) != NULL
         && qc_business_find_column (business, QC_LINE_PERSONAL_FEN) != NULL;
}

static void
add_columns (const Roster *roster, QcListForm *list)
{
  const QcBusinessInfo *info = qc_business_info (roster->business);
  const QcListColumn number = {"序号", 11, QC_ALIGN_CENTER, FALSE}, total = {"合计", 24, QC_ALIGN_RIGHT, TRUE};
  qc_list_form_add_column (list, 0, &number);
  for (guint i = 0; i < info->n_columns; i++) {
    const QcBusinessColumn *column = &info->columns[i];
    const QcLineField *field = qc_line_field (column->field);
    if ((column->flags & QC_COLUMN_HIDDEN) != 0)
      continue;
    gboolean sum
        = (column->field == QC_LINE_UNIT_FEN || column->field == QC_LINE_PERSONAL_FEN) && has_sums (roster->business);
    const QcListColumn on_paper
        = {qc_printout_word (qc_business_column_msgid (column)), PADDING + PER_CHARACTER * field->chars,
           is_figure (field->type) ? QC_ALIGN_RIGHT : QC_ALIGN_LEFT, sum};
    qc_list_form_add_column (list, 0, &on_paper);
  }
  if (has_total (roster->business))
    qc_list_form_add_column (list, 0, &total);
}

/* ---- rows ---- */

typedef struct {
  QcPrintoutJob *job;
  const Roster *roster;
  QcListForm *list;
  guint n;
  GError **error;
  gboolean good;
} Filling;

static gboolean
add_line (Filling *filling, const QcRosterLine *line)
{
  QcBusiness business = filling->roster->business;
  const QcBusinessInfo *info = qc_business_info (business);
  qc_list_form_begin_row (filling->list, 0);
  qc_list_form_number (filling->list, ++filling->n);
  for (guint i = 0; i < info->n_columns; i++) {
    QcLineFieldId id = info->columns[i].field;
    if ((info->columns[i].flags & QC_COLUMN_HIDDEN) != 0)
      continue;
    if (qc_line_field (id)->type == QC_FIELD_MONEY && qc_line_is_set (line, id) && qc_line_get_raw (line, id) == NULL) {
      qc_list_form_amount (filling->list, qc_line_get_int (line, id));
      continue;
    }
    g_autofree char *text
        = qc_printout_dup_cell (line, id, filling->roster->codes, qc_rules_roster_code_list (business, line, id));
    qc_list_form_text (filling->list, text);
  }
  if (has_total (business))
    qc_list_form_amount (filling->list, qc_roster_line_fen (line));
  filling->good = qc_list_form_end_row (filling->list, filling->error)
                  && (filling->n % 256 != 0 || qc_printout_job_go_on (filling->job, filling->error));
  return filling->good;
}

static gboolean
draft_line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Filling *filling = user_data;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, filling->error);
  filling->good = line != NULL;
  if (line == NULL)
    return FALSE;
  qc_rules_roster_complete (filling->roster->business, &filling->roster->ground->facts, line);
  return add_line (filling, line);
}

static gboolean
kept_line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Filling *filling = user_data;
  if (id <= QC_STORE_LINE_FACTS) /* what came beside the lines */
    return TRUE;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, filling->error);
  filling->good = line != NULL && add_line (filling, line);
  return filling->good;
}

static gboolean
fill_kept (Filling *filling, QcConnection *connection)
{
  const QcPrintoutJob *job = filling->job;
  const QcApplication *application = filling->roster->application;
  g_auto (QcStoreRoster) kept = {0};
  if (!qc_store_lines_get (connection, job->profile, job->unit, application->serial, application->created, &kept,
                           filling->error))
    return FALSE;
  if (!qc_store_roster_is_whole (&kept)) {
    g_set_error (filling->error, QC_APP_ERROR, QC_APP_ERROR_PAPER,
                 _ ("The roster of %s is not whole on this computer."), application->serial);
    return FALSE;
  }
  return qc_store_lines_each (connection, job->profile, job->unit, application->serial, kept_line_cb, filling,
                              filling->error)
         && filling->good;
}

/* Of the very bytes that will be sent. */
static gboolean
fill_waiting (Filling *filling, QcConnection *connection)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, filling->roster->item, filling->error);
  g_autoptr (QcSubmission) submission = item != NULL && qc_store_outbox_load_body (connection, item, filling->error)
                                            ? qc_wire_decode_submission (item->body, filling->error)
                                            : NULL;
  if (submission == NULL)
    return FALSE;
  for (guint i = 0; i < submission->roster->lines->len; i++)
    if (!add_line (filling, g_ptr_array_index (submission->roster->lines, i)))
      return FALSE;
  return TRUE;
}

static gboolean
fill_rows (Filling *filling, QcConnection *connection)
{
  const Roster *roster = filling->roster;
  if (roster->application != NULL)
    return fill_kept (filling, connection);
  if (roster->item != 0)
    return fill_waiting (filling, connection);
  return qc_store_draft_each_line (connection, roster->draft, draft_line_cb, filling, filling->error) && filling->good;
}

/* ---- the paper ---- */

static gboolean
read_ground (QcPrintoutJob *job, QcConnection *connection, Roster *roster, GError **error)
{
  QcRosterGroundRequest request = {roster->business, job->profile, job->unit, (char *)"", (char *)"", job->today};
  g_clear_pointer (&roster->ground, qc_roster_ground_free);
  g_clear_pointer (&roster->codes, g_ptr_array_unref);
  if (roster->draft != 0) {
    roster->ground = qc_roster_ground_read (connection, &request, job->cancellable, error);
    roster->codes = roster->ground != NULL ? g_ptr_array_ref (roster->ground->codes) : NULL;
  } else {
    roster->codes = qc_store_codes_get (connection, job->profile, job->unit, NULL, error);
  }
  return roster->codes != NULL;
}

static QcMonth
effective_month (const Roster *roster)
{
  if (roster->application != NULL)
    return roster->application->effective;
  return roster->ground != NULL ? qc_rules_roster_effective (roster->business, roster->ground->unit) : QC_MONTH_NONE;
}

static void
add_fields (const QcPrintoutJob *job, const Roster *roster, QcListForm *list)
{
  const QcApplication *application = roster->application;
  QcMonth month = effective_month (roster);
  g_autofree char *when = qc_printout_dup_month (month);
  qc_list_form_add_field (list, "单位名称", job->unit_name, 0.5);
  qc_list_form_add_field (list, "单位账号", job->unit, 0.25);
  qc_list_form_add_field (list, month != QC_MONTH_NONE ? "变更年月" : "业务",
                          month != QC_MONTH_NONE ? when : qc_printout_word (qc_business_info (roster->business)->msgid),
                          0.25);
  if (application == NULL)
    return;
  g_autoptr (GDateTime) time = qc_documents_china_time (application->created);
  g_autofree char *submitted = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : NULL;
  qc_list_form_add_field (list, "业务流水号", application->serial, 0.5);
  qc_list_form_add_field (list, "业务状态", qc_printout_word (qc_state_to_msgid (application->state)), 0.25);
  qc_list_form_add_field (list, "提交时间", submitted, 0.25);
}

static char *
dup_title (QcBusiness business)
{
  return g_strconcat (qc_printout_word (qc_business_info (business)->msgid), "清册", NULL);
}

static gboolean
fill (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error)
{
  Roster *roster = data;
  g_autofree char *title = dup_title (roster->business);
  g_autofree char *running
      = g_strdup_printf ("%s（%s）%s%s", job->unit_name, job->unit, roster->application != NULL ? "　" : "",
                         roster->application != NULL ? roster->application->serial : "");
  g_autofree char *subject
      = roster->application != NULL ? g_strconcat ("roster ", roster->application->serial, NULL) : NULL;
  QcListHead head = qc_printout_job_head (job, title);
  head.running = running;
  head.counted = qc_business_info (roster->business)->of_months ? "行" : "人";
  head.is_signed = TRUE;
  head.in_words = has_total (roster->business) && qc_business_info (roster->business)->has_money;
  head.foot = roster->draft != 0  ? "办理前打印，以办理结果为准"
              : roster->item != 0 ? "待联网提交，以办理结果为准"
                                  : NULL;
  if (!read_ground (job, connection, roster, error)
      || (subject != NULL && !qc_printout_count (job, connection, subject, &head.reprint, error)))
    return FALSE;
  QcListForm *list = qc_binder_add_list (job->binder, &head);
  Filling filling = {.job = job, .roster = roster, .list = list, .error = error, .good = TRUE};
  add_fields (job, roster, list);
  add_columns (roster, list);
  gboolean filled = fill_rows (&filling, connection);
  g_clear_pointer (&roster->ground, qc_roster_ground_free);
  return filled;
}

static const QcPrintoutKind roster_kind = {fill, roster_free};

/* ---- what there is to print ---- */

QcPrintout *
qc_printout_new_draft (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  QcDraft *draft = qc_business_service_get_draft (base);
  Roster *roster = g_new0 (Roster, 1);
  roster->business = qc_business_service_get_business (base);
  roster->draft = qc_draft_get_id (draft);
  g_autofree char *title = dup_title (roster->business);
  QcPrintout *self = qc_printout_new (qc_business_service_get_session (base), title, QC_PAPER_A4_LANDSCAPE);
  qc_printout_get_job (self)->unwritten = qc_draft_is_unwritten (draft);
  qc_printout_add (self, &roster_kind, roster);
  return self;
}

void
qc_printout_add_roster (QcPrintout *self, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  QcOutboxItem *item = qc_application_row_get_item (row);
  Roster *roster = g_new0 (Roster, 1);
  roster->business = qc_application_row_get_business (row);
  roster->application = application != NULL ? qc_application_copy (application) : NULL;
  roster->item = item != NULL ? qc_outbox_item_get_id (item) : 0;
  if (application == NULL && item == NULL)
    roster->draft = qc_draft_entry_get_id (qc_application_row_get_draft (row));
  qc_printout_add (self, &roster_kind, roster);
}
