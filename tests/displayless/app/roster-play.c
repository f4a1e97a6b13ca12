/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See roster-play.h.
 */
#include "roster-play.h"

#include "qc-database.h"
#include "qc-session-private.h"
#include "qc-store-outbox.h"
#include "qc-wire-line.h"
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

static gboolean
is_settled (gpointer service)
{
  return qc_business_service_get_error (service) != NULL
         || (qc_draft_is_loaded (play_draft (service)) && qc_roster_service_is_settled (service));
}

QcRosterService *
play_open (QcAppFixture *fixture, QcBusiness business, gint64 draft)
{
  QcRosterService *service = qc_roster_service_new (fixture->session, business, draft);
  play_settle (service);
  return service;
}

void
play_settle (QcRosterService *service)
{
  for (int i = 0; i < 3; i++) {
    qc_app_fixture_until (is_settled, service);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  g_assert_no_error (qc_business_service_get_error (QC_BUSINESS_SERVICE (service)));
}

QcDraft *
play_draft (QcRosterService *service)
{
  return qc_business_service_get_draft (QC_BUSINESS_SERVICE (service));
}

const QcRoster *
play_roster (QcRosterService *service)
{
  return qc_draft_get_roster (play_draft (service));
}

const QcRosterLine *
play_find (QcRosterService *service, const char *account)
{
  const GPtrArray *lines = play_roster (service)->lines;
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (((QcRosterLine *)g_ptr_array_index (lines, i))->account, account) == 0)
      return g_ptr_array_index (lines, i);
  return NULL;
}

QcPasteResult *
play_paste_at (QcRosterService *service, gint64 line, QcLineFieldId field, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_roster_service_paste_async (service, line, field, text, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  QcPasteResult *pasted = qc_roster_service_paste_finish (service, result, error);
  play_settle (service);
  return pasted;
}

QcPasteResult *
play_paste (QcRosterService *service, const char *text)
{
  g_autoptr (GError) error = NULL;
  QcPasteResult *pasted = play_paste_at (service, 0, QC_LINE_ACCOUNT, text, &error);
  g_assert_no_error (error);
  return pasted;
}

void
play_enter (QcRosterService *service, const char *account, QcLineFieldId field, const char *text)
{
  qc_roster_service_enter (service, play_find (service, account)->id, field, text);
  play_settle (service);
}

char *
play_why_not (QcRosterService *service)
{
  return qc_business_service_dup_why_not (QC_BUSINESS_SERVICE (service));
}

QcOutboxItem *
play_submit (QcRosterService *service, const char *token, GError **error)
{
  QcBusinessService *base = QC_BUSINESS_SERVICE (service);
  g_autofree char *now = token == NULL ? qc_business_service_dup_token (base) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  qc_business_service_submit_async (base, token != NULL ? token : now, NULL, result_cb, &result);
  qc_app_fixture_until (result_there, &result);
  QcOutboxItem *item = qc_business_service_submit_finish (base, result, error);
  play_settle (service);
  return item;
}

static gpointer
read_item (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcStoreOutboxItem) row = qc_store_outbox_get (connection, *(gint64 *)data, error);
  return row && qc_store_outbox_load_body (connection, row, error) ? qc_wire_decode_submission (row->body, error)
                                                                   : NULL;
}

QcSubmission *
play_outbox_body (QcAppFixture *fixture, gint64 item)
{
  g_autoptr (GError) error = NULL;
  QcSubmission *submission
      = qc_database_read (qc_session_get_database (fixture->session), "outbox", read_item, &item, &error);
  g_assert_no_error (error);
  return submission;
}

char *
play_picture (QcRosterService *service)
{
  const GPtrArray *lines = play_roster (service)->lines;
  GString *picture = g_string_new (qc_draft_get (play_draft (service), "effective"));
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    g_autofree char *text = qc_wire_line_to_text (line);
    g_string_append_printf (picture, "\n%" G_GINT64_FORMAT " %s", line->id, text);
  }
  return g_string_free (picture, FALSE);
}

const QcFinding *
play_finding (QcRosterService *service, gint64 line, const char *code)
{
  static GPtrArray *asked = NULL;
  g_clear_pointer (&asked, g_ptr_array_unref);
  asked = line != 0 ? qc_roster_service_dup_line_findings (service, line) : NULL;
  const GPtrArray *findings = line != 0 ? asked : qc_business_service_get_findings (QC_BUSINESS_SERVICE (service));
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (((QcFinding *)g_ptr_array_index (findings, i))->code, code) == 0)
      return g_ptr_array_index (findings, i);
  return NULL;
}
