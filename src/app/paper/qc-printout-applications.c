/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is printed of records: rosters, the months of a 汇缴, and 缴款通知 of what waits for money. Main context;
 * notices are filled on the thread of the walk.
 */
#include "qc-printout-applications.h"

#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-application-lines.h"
#include "qc-month.h"
#include "qc-printout-private.h"
#include "qc-printout-words.h"

/* ---- 缴款通知 ---- */

static void
application_free (gpointer data)
{
  qc_application_free (data);
}

static gboolean
fill_notice (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error)
{
  const QcApplication *application = data;
  const QcUnit *unit = job->facts;
  g_autofree char *months = qc_printout_dup_months (application->start, application->end);
  g_autofree char *subject = g_strconcat ("notice ", application->serial, NULL);
  if (unit == NULL || unit->payee_account == NULL) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_PAPER,
                         _ ("The center has not said yet to which account the unit pays. Sync, then print again."));
    return FALSE;
  }
  QcNotice notice = {
      .center = job->center,
      .unit_name = job->unit_name,
      .unit = job->unit,
      .serial = application->serial,
      .business = (char *)qc_printout_word (qc_business_info (application->business)->msgid),
      .months = months,
      .people = application->people,
      .fen = application->fen,
      .arrived = application->fen - qc_application_missing (application),
      .payee_name = unit->payee_name,
      .payee_account = unit->payee_account,
      .payee_bank = unit->payee_bank,
      .handler = job->handler,
      .date = job->today,
      .practice = job->practice,
  };
  if (!qc_printout_count (job, connection, subject, &notice.reprint, error))
    return FALSE;
  qc_binder_add_notice (job->binder, &notice);
  return TRUE;
}

static const QcPrintoutKind notice_kind = {fill_notice, application_free};

gboolean
qc_printout_has_notice (QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  return application != NULL && application->method == QC_METHOD_TRANSFER && qc_application_is_open (application)
         && qc_application_missing (application) > 0;
}

QcPrintout *
qc_printout_new_notices (QcSession *session, GPtrArray *rows)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  g_autoptr (QcPrintout) self = qc_printout_new (session, "缴款通知", QC_PAPER_A4);
  QcPrintoutJob *job = qc_printout_get_job (self);
  for (guint i = 0; i < rows->len; i++) {
    QcApplicationRow *row = g_ptr_array_index (rows, i);
    if (!qc_printout_has_notice (row))
      continue;
    const QcApplication *application = qc_application_row_get_application (row);
    qc_printout_set_when (self, application->serial);
    qc_printout_add (self, &notice_kind, qc_application_copy (application));
  }
  return job->parts->len > 0 ? g_steal_pointer (&self) : NULL;
}

/* ---- rosters ---- */

gboolean
qc_printout_has_roster (QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  QcBusiness business = qc_application_row_get_business (row);
  if (qc_business_info (business)->n_columns > 0)
    return TRUE;
  return business == QC_BUSINESS_REMITTANCE && application != NULL
         && (application->state == QC_STATE_FINISHED || qc_application_is_open (application));
}

static void
add_row (QcPrintout *self, QcApplicationRow *row)
{
  const QcApplication *application = qc_application_row_get_application (row);
  if (qc_business_info (qc_application_row_get_business (row))->n_columns == 0) {
    for (QcMonth month = application->start; month <= application->end; month = qc_month_add (month, 1))
      qc_printout_add_month (self, month, QC_MONTH_ROSTER);
    return;
  }
  qc_printout_add_roster (self, row);
  if (application != NULL)
    qc_printout_wait_for (self, qc_application_lines_new (qc_printout_get_session (self), row));
}

QcPrintout *
qc_printout_new_rosters (QcSession *session, GPtrArray *rows)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  g_autoptr (QcPrintout) self = qc_printout_new (session, "业务清册", QC_PAPER_A4_LANDSCAPE);
  QcPrintoutJob *job = qc_printout_get_job (self);
  for (guint i = 0; i < rows->len; i++) {
    QcApplicationRow *row = g_ptr_array_index (rows, i);
    if (!qc_printout_has_roster (row))
      continue;
    g_autofree char *key = qc_application_row_dup_key (row);
    QcBusiness business = qc_application_row_get_business (row);
    g_free (job->title);
    job->title = g_strconcat (qc_printout_word (qc_business_info (business)->msgid), "清册", NULL);
    qc_printout_set_when (self, key);
    add_row (self, row);
  }
  if (rows->len > 1) {
    g_free (job->title);
    job->title = g_strdup ("业务清册");
    qc_printout_set_when (self, NULL);
  }
  return job->parts->len > 0 ? g_steal_pointer (&self) : NULL;
}
