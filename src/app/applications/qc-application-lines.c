/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-application-lines.h. One thing after the other: what is here is read; what is missing is fetched; what came of
 * it is read. Main context; SQL and decoding run on other threads.
 */
#include "qc-application-lines.h"

#include <glib/gi18n-lib.h>

#include "qc-lines.h"
#include "qc-session-private.h"
#include "qc-store-lines.h"
#include "qc-store-outbox.h"
#include "qc-store-policies.h"
#include "qc-weak.h"
#include "qc-wire-attachment.h"
#include "qc-wire-fact.h"
#include "qc-wire-line.h"
#include "qc-wire-return.h"
#include "qc-wire-submission.h"

struct _QcApplicationLines {
  GObject parent_instance;
  QcSession *session;         /* (owned) */
  char *profile, *unit;       /* (owned) (nullable) */
  QcApplication *application; /* (owned) (nullable) or: */
  gint64 item;
  QcBusiness business;
  gint64 people;
  QcRosterModel *model;             /* (owned) (nullable) */
  GPtrArray *facts;                 /* (owned) (nullable) */
  GPtrArray *reasons, *attachments; /* (owned) (nullable) */
  GPtrArray *codes;                 /* (owned) (nullable) */
  gint64 fetched, here;
  gboolean whole;
  gboolean reading, fetching;
  gboolean wanted, asked;    /* what is missing is to be fetched: because somebody looks; because somebody said so */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (QcApplicationLines, qc_application_lines, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

gboolean
qc_application_row_has_lines (QcApplicationRow *row)
{
  const QcBusinessInfo *info = qc_business_info (qc_application_row_get_business (row));
  return !qc_application_row_get_draft (row) && (info->n_columns > 0 || info->has_facts);
}

static void
tell (QcApplicationLines *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- reading ---- */

typedef struct {
  char *profile, *unit, *serial; /* (owned) serial (nullable) */
  gint64 created, item, now;
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->serial);
  g_free (request);
}

static Request *
request_new (QcApplicationLines *self)
{
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (self->profile);
  request->unit = g_strdup (self->unit);
  request->serial = self->application ? g_strdup (self->application->serial) : NULL;
  request->created = self->application ? self->application->created : 0;
  request->item = self->item;
  request->now = qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session)));
  return request;
}

typedef struct {
  GPtrArray *codes;                 /* (owned) */
  GPtrArray *facts;                 /* (owned) */
  GPtrArray *reasons, *attachments; /* (owned) */
  QcRoster *roster;                 /* (owned) */
  QcStoreRoster kept;               /* of an application */
  GError *line_error;               /* (owned) (nullable) while the lines are read */
} Found;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->codes, g_ptr_array_unref);
  g_clear_pointer (&found->facts, g_ptr_array_unref);
  g_clear_pointer (&found->reasons, g_ptr_array_unref);
  g_clear_pointer (&found->attachments, g_ptr_array_unref);
  g_clear_pointer (&found->roster, qc_roster_free);
  qc_store_roster_clear (&found->kept);
  g_clear_error (&found->line_error);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* @list: (transfer full) (nullable) */
static gboolean
take_list (GPtrArray **place, GPtrArray *list)
{
  g_clear_pointer (place, g_ptr_array_unref);
  *place = list;
  return list != NULL;
}

static gboolean
line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Found *found = user_data;
  if (id == QC_STORE_LINE_FACTS)
    return take_list (&found->facts, qc_wire_facts_from_text (facts, &found->line_error));
  if (id == QC_STORE_LINE_REASONS)
    return take_list (&found->reasons, qc_wire_reasons_from_text (facts, &found->line_error));
  if (id == QC_STORE_LINE_ATTACHMENTS)
    return take_list (&found->attachments, qc_wire_attachments_from_text (facts, &found->line_error));
  QcRosterLine *line = qc_wire_line_from_text (facts, &found->line_error);
  if (line == NULL)
    return FALSE;
  line->id = id;
  qc_roster_take (found->roster, -1, line);
  return TRUE;
}

static gboolean
read_kept (QcConnection *connection, const Request *request, Found *found, GError **error)
{
  found->roster = qc_roster_new ();
  found->facts = qc_fact_list_new ();
  found->reasons = qc_return_reasons_new ();
  found->attachments = qc_attachment_list_new ();
  if (!qc_store_lines_get (connection, request->profile, request->unit, request->serial, request->created, &found->kept,
                           error)
      || (found->kept.fetched
          && !qc_store_lines_each (connection, request->profile, request->unit, request->serial, line_cb, found,
                                   error)))
    return FALSE;
  if (found->line_error) {
    g_propagate_error (error, g_steal_pointer (&found->line_error));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_waiting (QcConnection *connection, const Request *request, Found *found, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_get (connection, request->item, error);
  g_autoptr (QcSubmission) submission = item && qc_store_outbox_load_body (connection, item, error)
                                            ? qc_wire_decode_submission (item->body, error)
                                            : NULL;
  if (!submission)
    return FALSE;
  found->roster = g_steal_pointer (&submission->roster);
  found->facts = g_ptr_array_ref (submission->facts);
  found->reasons = qc_return_reasons_new ();
  found->attachments = g_ptr_array_ref (submission->attachments);
  return TRUE;
}

static gpointer
read_lines (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Found) found = g_new0 (Found, 1);
  if ((found->codes = qc_store_codes_get (connection, request->profile, request->unit, NULL, error)) == NULL
      || !(request->serial ? read_kept : read_waiting) (connection, request, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

static gpointer
note_look (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  return qc_store_lines_look (connection, request->profile, request->unit, request->serial, request->now, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void fetch (QcApplicationLines *self);

/* Because somebody looks, not because somebody asked: it is no reason to wait for a network that is not there. */
static void
fetch_unasked (QcApplicationLines *self)
{
  self->wanted = FALSE;
  if (qc_session_get_sync_status (self->session) == QC_SYNC_OFFLINE)
    self->error = qc_sync_error_new (QC_SYNC_ERROR_OFFLINE, NULL, _ ("The center cannot be reached."));
  else
    fetch (self);
}

/* It was kept before it was returned: why that was comes with it once more. */
static gboolean
lacks_reasons (QcApplicationLines *self)
{
  return self->application->state == QC_STATE_RETURNED && self->reasons->len == 0;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationLines) self = qc_weak_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!self || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->reading = FALSE;
  if (found) {
    g_clear_object (&self->model);
    g_clear_pointer (&self->codes, g_ptr_array_unref);
    self->here = found->roster->lines->len;
    self->model = qc_roster_model_new_submitted (self->session, self->business, g_steal_pointer (&found->roster));
    self->codes = g_steal_pointer (&found->codes);
    g_clear_pointer (&self->facts, g_ptr_array_unref);
    self->facts = g_steal_pointer (&found->facts);
    take_list (&self->reasons, g_steal_pointer (&found->reasons));
    take_list (&self->attachments, g_steal_pointer (&found->attachments));
    self->fetched = found->kept.fetched;
    self->whole = !self->application || (qc_store_roster_is_whole (&found->kept) && !lacks_reasons (self));
    if (self->whole)
      g_clear_error (&self->error);
  } else {
    g_clear_error (&self->error);
    self->error = g_steal_pointer (&error);
    self->wanted = self->asked = FALSE;
  }
  if (self->asked && !self->whole)
    fetch (self);
  else if (self->wanted && !self->whole)
    fetch_unasked (self);
  tell (self);
}

static void
read_here (QcApplicationLines *self)
{
  QcDatabase *database = qc_session_get_database (self->session);
  if (!database || !self->profile || !self->unit)
    return;
  self->reading = TRUE;
  qc_database_read_async (database, "application-lines", read_lines, request_new (self), (GDestroyNotify)request_free,
                          (GDestroyNotify)found_free, self->cancellable, read_cb, qc_weak_new (self));
}

/* ---- fetching ---- */

static void
progress_cb (gint64 lines, gpointer user_data)
{
  g_autoptr (QcApplicationLines) self = g_weak_ref_get (user_data);
  if (!self)
    return;
  self->here = lines;
  tell (self);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcApplicationLines) self = qc_weak_end (user_data);
  g_autoptr (GError) error = NULL;
  qc_lines_fetch_finish (QC_TOKENS (source), result, &error);
  if (!self || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->fetching = FALSE;
  self->error = g_steal_pointer (&error);
  read_here (self);
}

static void
fetch (QcApplicationLines *self)
{
  QcSync *sync = qc_session_get_sync (self->session);
  QcTokens *tokens = sync ? qc_sync_get_tokens (sync) : NULL;
  self->wanted = self->asked = FALSE;
  g_clear_error (&self->error);
  if (!tokens) {
    self->error
        = qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL, _ ("This center is not connected; it cannot be asked."));
    return;
  }
  self->fetching = TRUE;
  GWeakRef *weak = qc_weak_new (self);
  qc_lines_fetch_async (tokens, qc_session_get_database (self->session), self->profile, self->unit, self->application,
                        qc_clock_now (qc_context_get_clock (qc_session_get_context (self->session))), progress_cb, weak,
                        self->cancellable, fetched_cb, weak);
}

void
qc_application_lines_fetch (QcApplicationLines *self)
{
  g_return_if_fail (QC_IS_APPLICATION_LINES (self));
  if (self->whole || self->fetching || !self->application)
    return;
  self->asked = TRUE;
  if (self->reading)
    return;
  fetch (self);
  tell (self);
}

/* What network or sign-in was missing for is tried again once they are there. */
static void
sync_changed_cb (QcSession *session, QcApplicationLines *self)
{
  if (qc_session_get_sync_status (session) == QC_SYNC_IDLE
      && (qc_sync_error_is_temporary (self->error)
          || g_error_matches (self->error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED)))
    qc_application_lines_fetch (self);
}

/* ---- what there is ---- */

gboolean
qc_application_lines_is_of (QcApplicationLines *self, QcApplicationRow *row)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), FALSE);
  const QcApplication *application = qc_application_row_get_application (row);
  QcOutboxItem *item = qc_application_row_get_item (row);
  if (application)
    return self->application && g_str_equal (self->application->serial, application->serial)
           && self->application->created == application->created;
  return self->item == qc_outbox_item_get_id (item);
}

QcBusiness
qc_application_lines_get_business (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), QC_BUSINESS_OTHER);
  return self->business;
}

QcRosterModel *
qc_application_lines_get_model (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->model;
}

GPtrArray *
qc_application_lines_get_codes (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->codes;
}

const GPtrArray *
qc_application_lines_get_reasons (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->reasons;
}

const GPtrArray *
qc_application_lines_get_attachments (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->attachments;
}

const QcApplication *
qc_application_lines_get_application (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->application;
}

const GPtrArray *
qc_application_lines_get_facts (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->facts;
}

gboolean
qc_application_lines_is_busy (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), FALSE);
  return self->reading || self->fetching;
}

gboolean
qc_application_lines_is_whole (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), FALSE);
  return self->whole;
}

gint64
qc_application_lines_get_here (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), 0);
  return self->here;
}

gint64
qc_application_lines_get_people (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), 0);
  return self->people;
}

gint64
qc_application_lines_get_fetched (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), 0);
  return self->fetched;
}

const GError *
qc_application_lines_get_error (QcApplicationLines *self)
{
  g_return_val_if_fail (QC_IS_APPLICATION_LINES (self), NULL);
  return self->error;
}

static void
qc_application_lines_dispose (GObject *object)
{
  g_cancellable_cancel (QC_APPLICATION_LINES (object)->cancellable);
  G_OBJECT_CLASS (qc_application_lines_parent_class)->dispose (object);
}

static void
qc_application_lines_finalize (GObject *object)
{
  QcApplicationLines *self = QC_APPLICATION_LINES (object);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->application, qc_application_free);
  g_clear_error (&self->error);
  g_clear_object (&self->session);
  g_free (self->profile);
  g_free (self->unit);
  G_OBJECT_CLASS (qc_application_lines_parent_class)->finalize (object);
}

static void
qc_application_lines_class_init (QcApplicationLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_application_lines_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_application_lines_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", QC_TYPE_APPLICATION_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_application_lines_init (QcApplicationLines *self)
{
  self->cancellable = g_cancellable_new ();
}

QcApplicationLines *
qc_application_lines_new (QcSession *session, QcApplicationRow *row)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && QC_IS_APPLICATION_ROW (row), NULL);
  QcApplicationLines *self = g_object_new (QC_TYPE_APPLICATION_LINES, NULL);
  const QcApplication *application = qc_application_row_get_application (row);
  QcOutboxItem *item = qc_application_row_get_item (row);
  self->session = g_object_ref (session);
  self->profile = g_strdup (qc_session_get_profile_id (session));
  self->unit = g_strdup (qc_session_get_unit_account (session));
  self->business = qc_application_row_get_business (row);
  self->application = application ? qc_application_copy (application) : NULL;
  self->item = application ? 0 : qc_outbox_item_get_id (item);
  self->people = application ? application->people : qc_outbox_item_get_people (item);
  self->wanted = application && self->people <= QC_APPLICATION_LINES_AT_ONCE;
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, 0);
  read_here (self);
  if (self->application && self->reading)
    qc_database_write_async (qc_session_get_database (session), "application-lines.look", note_look, request_new (self),
                             (GDestroyNotify)request_free, NULL, NULL, NULL, NULL);
  return self;
}
