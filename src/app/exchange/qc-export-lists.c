/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人员清册 and 业务申请记录 that are exported as they are shown; what search and filter leave out is named. On the
 * thread of the walk, but for making them.
 */
#include "qc-export-private.h"

#include <glib/gi18n-lib.h>

#include "qc-format.h"
#include "qc-people-list-private.h"

#define PAGE 512 /* people that are read at once */

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? _ ("; ") : "", part);
}

static void
append_search (GString *text, const char *search)
{
  g_autofree char *part = search != NULL && *search != '\0' ? g_strdup_printf (_ ("search “%s”"), search) : NULL;
  if (part != NULL)
    append_part (text, part);
}

/* ---- 人员清册 ---- */

typedef struct {
  char *text; /* (owned) */
  QcStorePeopleQuery query;
  char *filter; /* (owned) in words, "" = everybody */
  GArray *ids;  /* (owned) (nullable) until it is prepared */
} People;

static void
people_free (gpointer data)
{
  People *people = data;
  g_free (people->text);
  g_free (people->filter);
  g_clear_pointer (&people->ids, g_array_unref);
  g_free (people);
}

static gboolean
prepare_people (QcExportJob *job, QcConnection *connection, GError **error)
{
  People *people = job->data;
  g_autoptr (QcStorePeopleList) list
      = qc_store_people_list (connection, job->profile, job->unit, &people->query, error);
  if (list == NULL)
    return FALSE;
  people->ids = g_array_ref (list->ids);
  job->rows = list->ids->len;
  qc_export_job_add_column (job, _ ("Name"), QC_SHEET_TEXT, 14);
  qc_export_job_add_column (job, _ ("Individual account"), QC_SHEET_TEXT, 15);
  qc_export_job_add_column (job, _ ("Document number"), QC_SHEET_TEXT, 19);
  qc_export_job_add_column (job, _ ("Status"), QC_SHEET_CODE, 8);
  qc_export_job_add_column (job, _ ("Base to be adjusted"), QC_SHEET_CODE, 8);
  qc_export_job_add_column (job, _ ("Contribution base"), QC_SHEET_MONEY, 12);
  qc_export_job_add_column (job, _ ("Account opened"), QC_SHEET_MONTH, 10);
  qc_export_job_add_column (job, _ ("Paid up to"), QC_SHEET_MONTH, 10);
  g_autofree char *headcount = qc_format_people (list->totals.people);
  g_autofree char *normal = qc_format_count (list->totals.normal);
  g_autofree char *sealed = qc_format_count (list->totals.sealed);
  g_autofree char *base = qc_format_yuan (list->totals.base);
  qc_export_job_take_note (job, *people->filter != '\0' ? g_strdup_printf (_ ("Only those shown: %s."), people->filter)
                                                        : g_strdup (_ ("Everybody of the unit is here.")));
  qc_export_job_take_note (job, g_strdup_printf (_ ("%s, of them normal %s, sealed %s; bases of the normal ones %s."),
                                                 headcount, normal, sealed, base));
  qc_export_job_take_note (job, g_strdup_printf (_ ("Whose account is sealed has a colored row, and “%s” in the column "
                                                    "“%s”."),
                                                 _ (qc_person_status_to_msgid (QC_PERSON_SEALED)), _ ("Status")));
  return TRUE;
}

static gboolean
fill_people (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const GArray *ids = ((const People *)job->data)->ids;
  for (guint at = 0; at < ids->len; at += PAGE) {
    g_autoptr (GPtrArray) page
        = qc_store_people_by_ids (connection, &g_array_index (ids, gint64, at), MIN (PAGE, ids->len - at), error);
    for (guint i = 0; page != NULL && i < page->len; i++) {
      const QcEmployee *person = g_ptr_array_index (page, i);
      qc_sheet_writer_begin_row (writer, person->status == QC_PERSON_SEALED);
      qc_sheet_writer_text (writer, person->name);
      qc_sheet_writer_text (writer, person->account);
      qc_sheet_writer_text (writer, person->document);
      qc_sheet_writer_text (writer, _ (qc_person_status_to_msgid (person->status)));
      qc_sheet_writer_text (writer, person->base_pending ? _ ("Yes") : NULL);
      qc_sheet_writer_number (writer, person->base);
      qc_export_write_month (writer, person->opened);
      qc_export_write_month (writer, person->paid_to);
      if (!qc_sheet_writer_end_row (writer, error))
        return FALSE;
    }
    if (page == NULL)
      return FALSE;
  }
  return TRUE;
}

static const QcExportKind people_kind = {prepare_people, fill_people, people_free};

static char *
dup_people_filter (const QcStorePeopleQuery *query, QcPeopleFilter filter)
{
  static const struct {
    QcPeopleFilter bit;
    const char *msgid; /* N_() */
  } words[] = {
      {QC_PEOPLE_NORMAL, N_ ("Normal")},
      {QC_PEOPLE_SEALED, N_ ("Sealed")},
      {QC_PEOPLE_CLOSED, N_ ("Closed")},
      {QC_PEOPLE_OTHER, N_ ("Other")},
  };
  GString *text = g_string_new (NULL);
  append_search (text, query->text);
  g_autoptr (GString) statuses = g_string_new (NULL);
  for (guint i = 0; (filter & QC_PEOPLE_EVERY) != QC_PEOPLE_EVERY && i < G_N_ELEMENTS (words); i++)
    if ((filter & words[i].bit) != 0)
      g_string_append_printf (statuses, "%s%s", statuses->len > 0 ? _ (", ") : "", _ (words[i].msgid));
  if (statuses->len > 0) {
    g_autofree char *part = g_strdup_printf (_ ("status %s"), statuses->str);
    append_part (text, part);
  }
  return g_string_free (text, FALSE);
}

QcExport *
qc_export_new_people (QcPeopleList *list)
{
  g_return_val_if_fail (QC_IS_PEOPLE_LIST (list), NULL);
  People *people = g_new0 (People, 1);
  qc_people_list_get_query (list, &people->query);
  people->text = g_strdup (people->query.text);
  people->query.text = people->text;
  people->filter = dup_people_filter (&people->query, qc_people_list_get_filter (list));
  return qc_export_new (qc_people_list_get_session (list), &people_kind, people, _ ("Roster of people"), _ ("People"),
                        QC_MONTH_NONE);
}

/* ---- 业务申请记录 ---- */

/* A row that is shown, in words; what still waits lives on the main thread. */
typedef struct {
  char *serial, *state, *business, *months, *method, *time, *remark; /* (owned) (nullable) */
  gint64 people;                                                     /* -1: it is not about people */
  QcMoney fen, missing;
  gboolean has_fen;
} Application;

static void
application_clear (gpointer data)
{
  Application *row = data;
  g_free (row->serial);
  g_free (row->state);
  g_free (row->business);
  g_free (row->months);
  g_free (row->method);
  g_free (row->time);
  g_free (row->remark);
}

typedef struct {
  GArray *rows; /* (owned) Application */
  guint total;  /* that fit the conditions */
  QcMoney total_fen;
  char *filter; /* (owned) in words, "" = all */
} Applications;

static void
applications_free (gpointer data)
{
  Applications *applications = data;
  g_array_unref (applications->rows);
  g_free (applications->filter);
  g_free (applications);
}

static gboolean
prepare_applications (QcExportJob *job, QcConnection *connection, GError **error)
{
  const Applications *applications = job->data;
  job->rows = applications->rows->len;
  qc_export_job_add_column (job, _ ("Serial number"), QC_SHEET_TEXT, 18);
  qc_export_job_add_column (job, _ ("State"), QC_SHEET_CODE, 12);
  qc_export_job_add_column (job, _ ("Business"), QC_SHEET_CODE, 20);
  qc_export_job_add_column (job, _ ("Months"), QC_SHEET_MONTH, 24);
  qc_export_job_add_column (job, _ ("Method"), QC_SHEET_CODE, 14);
  qc_export_job_add_column (job, _ ("Headcount"), QC_SHEET_NUMBER, 8);
  qc_export_job_add_column (job, _ ("Amount"), QC_SHEET_MONEY, 14);
  qc_export_job_add_column (job, _ ("Not arrived yet"), QC_SHEET_MONEY, 14);
  qc_export_job_add_column (job, _ ("Submitted"), QC_SHEET_TEXT, 17);
  qc_export_job_add_column (job, _ ("Remarks"), QC_SHEET_TEXT, 30);
  qc_export_job_take_note (job, *applications->filter != '\0'
                                    ? g_strdup_printf (_ ("Only those shown: %s."), applications->filter)
                                    : g_strdup (_ ("All records of the unit are here.")));
  g_autofree char *money = qc_format_yuan (applications->total_fen);
  qc_export_job_take_note (job, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record, in total %s.",
                                                              "%u records, in total %s.", applications->total),
                                                 applications->total, money));
  if (applications->rows->len < applications->total) /* never silently */
    qc_export_job_take_note (job,
                             g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The file has only the newest %u of them.",
                                                           "The file has only the newest %u of them.", job->rows),
                                              job->rows));
  return TRUE;
}

static gboolean
fill_applications (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const GArray *rows = ((const Applications *)job->data)->rows;
  for (guint i = 0; i < rows->len; i++) {
    const Application *row = &g_array_index (rows, Application, i);
    qc_sheet_writer_begin_row (writer, FALSE);
    qc_sheet_writer_text (writer, row->serial);
    qc_sheet_writer_text (writer, row->state);
    qc_sheet_writer_text (writer, row->business);
    qc_sheet_writer_text (writer, row->months);
    qc_sheet_writer_text (writer, row->method);
    if (row->people >= 0)
      qc_sheet_writer_number (writer, row->people);
    else
      qc_sheet_writer_skip (writer);
    if (row->has_fen)
      qc_sheet_writer_number (writer, row->fen);
    else
      qc_sheet_writer_skip (writer);
    if (row->missing > 0)
      qc_sheet_writer_number (writer, row->missing);
    else
      qc_sheet_writer_skip (writer);
    qc_sheet_writer_text (writer, row->time);
    qc_sheet_writer_text (writer, row->remark);
    if (!qc_sheet_writer_end_row (writer, error))
      return FALSE;
  }
  return TRUE;
}

static const QcExportKind applications_kind = {prepare_applications, fill_applications, applications_free};

static char *
dup_method (QcMethod method)
{
  switch (method) {
  case QC_METHOD_COLLECTION:
    return g_strdup (_ ("Collection"));
  case QC_METHOD_TRANSFER:
    return g_strdup (_ ("Transfer by the unit"));
  case QC_METHOD_NONE:
  default:
    return NULL;
  }
}

static char *
dup_row_state (QcApplicationRow *shown)
{
  const QcApplication *application = qc_application_row_get_application (shown);
  if (qc_application_row_get_item (shown))
    return g_strdup (_ (qc_outbox_item_get_state_msgid (qc_application_row_get_item (shown))));
  if (!application)
    return g_strdup (_ (qc_state_to_msgid (QC_STATE_DRAFT)));
  return g_strdup (_ (qc_application_can (application, QC_ACTION_REDRAW) ? qc_draw_to_msgid (application->draw)
                                                                         : qc_state_to_msgid (application->state)));
}

static Application
describe (QcApplicationRow *shown)
{
  const QcApplication *application = qc_application_row_get_application (shown);
  QcBusiness business = qc_application_row_get_business (shown);
  QcMonth start = qc_application_row_get_start (shown);
  Application row = {
      .business = g_strdup (_ (qc_business_info (business)->msgid)),
      .serial = g_strdup (application ? application->serial : NULL),
      .state = dup_row_state (shown),
      .months = start != QC_MONTH_NONE ? qc_format_months (start, qc_application_row_get_end (shown)) : NULL,
      .method = dup_method (qc_application_row_get_method (shown)),
      .people = qc_business_is_of_people (business) ? qc_application_row_get_people (shown) : -1,
      .missing = application ? qc_application_missing (application) : 0,
      .time = qc_format_date_time (qc_application_row_get_time (shown)),
  };
  row.has_fen = qc_application_row_get_fen (shown, &row.fen);
  if (qc_application_row_get_draft (shown))
    row.remark = qc_draft_entry_dup_name (qc_application_row_get_draft (shown));
  else if (application)
    row.remark = g_strdup (qc_application_can (application, QC_ACTION_REDRAW) ? application->draw_reason
                                                                              : application->return_reason);
  return row;
}

static char *
dup_application_filter (const QcApplicationConditions *conditions)
{
  GString *text = g_string_new (NULL);
  g_autofree char *method = dup_method (conditions->method);
  if (!conditions->any_business)
    append_part (text, _ (qc_business_info (conditions->business)->msgid));
  for (guint state = 0; state < 32; state++)
    if ((conditions->states & (1u << state)) != 0)
      append_part (text, _ (qc_state_to_msgid ((QcApplicationState)state)));
  if (method != NULL)
    append_part (text, method);
  if (conditions->from != QC_MONTH_NONE || conditions->to != QC_MONTH_NONE) {
    g_autofree char *from = qc_format_month (conditions->from);
    g_autofree char *to = qc_format_month (conditions->to);
    g_autofree char *part
        = g_strdup_printf (_ ("months from %s to %s"), *from != '\0' ? from : "…", *to != '\0' ? to : "…");
    append_part (text, part);
  }
  if (conditions->created_from != QC_DATE_NONE || conditions->created_to != QC_DATE_NONE) {
    g_autofree char *from = conditions->created_from != QC_DATE_NONE ? qc_format_date (conditions->created_from) : NULL;
    g_autofree char *to = conditions->created_to != QC_DATE_NONE ? qc_format_date (conditions->created_to) : NULL;
    g_autofree char *part
        = g_strdup_printf (_ ("submitted from %s to %s"), from != NULL ? from : "…", to != NULL ? to : "…");
    append_part (text, part);
  }
  append_search (text, conditions->text);
  return g_string_free (text, FALSE);
}

QcExport *
qc_export_new_applications (QcApplicationList *list)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LIST (list), NULL);
  Applications *applications = g_new0 (Applications, 1);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  applications->rows = g_array_sized_new (FALSE, TRUE, sizeof (Application), n);
  g_array_set_clear_func (applications->rows, application_clear);
  for (guint i = 0; i < n; i++) {
    g_autoptr (QcApplicationRow) shown = g_list_model_get_item (G_LIST_MODEL (list), i);
    Application row = describe (shown);
    g_array_append_val (applications->rows, row);
  }
  applications->total = qc_application_list_get_total (list);
  applications->total_fen = qc_application_list_get_total_fen (list);
  applications->filter = dup_application_filter (qc_application_list_get_conditions (list));
  return qc_export_new (qc_application_list_get_session (list), &applications_kind, applications,
                        _ ("Application records"), _ ("Records"), QC_MONTH_NONE);
}
