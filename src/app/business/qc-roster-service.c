/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster service: what the roster stands on. The pass of checks lies in qc-roster-check.c, 办理 in
 * qc-roster-submit.c, the edits in qc-roster-edits.c, pasting in qc-roster-paste.c. Main context.
 */
#include "qc-roster-service-private.h"

#include <string.h>

#include "qc-back-payment.h"
#include "qc-memory.h"
#include "qc-return-reason.h"
#include "qc-roster-past.h"
#include "qc-session-private.h"

#define AHEAD 16 /* lines */

G_DEFINE_FINAL_TYPE (QcRosterService, qc_roster_service, QC_TYPE_BUSINESS_SERVICE)

/* ---- what it stands on ---- */

static gpointer
free_ground (gpointer ground)
{
  qc_roster_ground_free (ground);
  qc_memory_give_back (); /* what reading took for a moment lies among what stays */
  return NULL;
}

/* Giving back what a hundred thousand people took holds nobody up. @ground: (nullable) what there was before. */
static void
free_ground_before (QcRosterService *self, QcRosterGround *ground)
{
  if (qc_draft_get_roster (self->draft)->lines->len >= QC_MANY_LINES)
    g_thread_unref (g_thread_new ("free-ground", free_ground, ground));
  else
    qc_roster_ground_free (ground);
}

/* Months that were entered before it was known what of them was paid: what they cost follows now. A line that costs
 * something stays as it was computed, and is compared. */
static void
amend_unpaid (QcRosterService *self)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  if (self->ground->histories == NULL || qc_draft_get_outbox (self->draft) != 0 || qc_draft_is_busy (self->draft))
    return;
  GPtrArray *amended = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (line->months > 0 || line->from == QC_MONTH_NONE || line->to == QC_MONTH_NONE)
      continue;
    QcRosterLine *copy = qc_roster_line_copy (line);
    qc_rules_roster_complete (self->business, &self->ground->facts, copy);
    if (qc_roster_line_equal (copy, line))
      qc_roster_line_free (copy);
    else
      g_ptr_array_add (amended, copy);
  }
  if (amended->len > 0)
    qc_draft_amend_lines (self->draft, amended);
  else
    g_ptr_array_unref (amended);
}

static void
ground_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterService) self = user_data;
  g_autoptr (GError) error = NULL;
  QcRosterGround *ground = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* a newer one is read, or nobody is there */
  g_clear_object (&self->reading);
  qc_business_service_set_error (QC_BUSINESS_SERVICE (self), error);
  if (ground != NULL) {
    free_ground_before (self, self->ground);
    self->ground = ground;
    ground->facts.elsewhere = self->elsewhere;
    qc_roster_service_take_receivers (self, ground->units);
    ground->facts.units = self->units;
    amend_unpaid (self);
    qc_roster_service_check (self, NULL, 0);
    qc_roster_service_ask_receivers (self, NULL, 0);
  }
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

/* One account after the other, each with its end. Lines lie all over memory, and their texts elsewhere: what comes is
 * fetched ahead, the line first. (transfer full) */
static char *
pack_accounts (const GPtrArray *lines)
{
  GString *accounts = g_string_sized_new ((gsize)lines->len * 16 + 1);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (i + 2 * AHEAD < lines->len) {
      __builtin_prefetch (&((const QcRosterLine *)g_ptr_array_index (lines, i + 2 * AHEAD))->account);
      __builtin_prefetch (((const QcRosterLine *)g_ptr_array_index (lines, i + AHEAD))->account);
    }
    if (line->account != NULL)
      g_string_append_len (accounts, line->account, (gssize)strlen (line->account) + 1);
  }
  return g_string_free (accounts, FALSE);
}

/* What @lines stand on; what was being read is not waited for. FALSE: nothing can be read. */
static gboolean
read_ground (QcRosterService *self, const GPtrArray *lines, GAsyncReadyCallback callback)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  QcSession *session = qc_business_service_get_session (service);
  QcDatabase *database = qc_session_get_database (session);
  const char *profile = qc_business_service_get_profile (service), *unit = qc_business_service_get_unit (service);
  if (database == NULL || profile == NULL || unit == NULL)
    return FALSE;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  QcRosterGroundRequest *request = g_new0 (QcRosterGroundRequest, 1);
  request->business = self->business;
  request->profile = g_strdup (profile);
  request->unit = g_strdup (unit);
  request->today = qc_session_get_today (session);
  request->accounts = pack_accounts (lines);
  if (qc_business_info (self->business)->opens_accounts)
    request->documents = qc_roster_pack_documents (lines);
  qc_database_read_async (database, "roster-ground", qc_roster_ground_read, request,
                          (GDestroyNotify)qc_roster_ground_request_free, (GDestroyNotify)qc_roster_ground_free,
                          self->reading, callback, g_object_ref (self));
  return TRUE;
}

static void
refresh (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  if (!read_ground (self, qc_draft_get_roster (self->draft)->lines, ground_cb))
    return;
  self->many_came = self->unread = self->reading_more = FALSE;
  qc_roster_service_read_elsewhere (self);
  qc_business_service_changed (service);
}

/* Lines whose people nobody has read: borrowed. (transfer full) */
static GPtrArray *
dup_unread (QcRosterService *self)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  GPtrArray *unread = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++)
    if (!qc_roster_ground_has (self->ground, g_ptr_array_index (lines, i)))
      g_ptr_array_add (unread, g_ptr_array_index (lines, i));
  return unread;
}

static void
more_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterService) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRosterGround) more = qc_database_finish (QC_DATABASE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* all is read anew, or for more lines, or nobody is there */
  g_clear_object (&self->reading);
  self->reading_more = FALSE;
  qc_business_service_set_error (QC_BUSINESS_SERVICE (self), error);
  if (more != NULL) {
    g_autoptr (GPtrArray) lines = dup_unread (self);
    g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
    for (guint i = 0; i < lines->len; i++)
      g_array_append_val (ids, ((const QcRosterLine *)g_ptr_array_index (lines, i))->id);
    qc_roster_ground_add (self->ground, more, lines);
    amend_unpaid (self);
    if (ids->len > 0) { /* no ids are all */
      qc_roster_service_check (self, (const gint64 *)ids->data, ids->len);
      qc_roster_service_ask_receivers (self, (const gint64 *)ids->data, ids->len);
    }
  }
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

/* Only for the lines that came; the others stand on what was read for them. */
static void
read_more (QcRosterService *self)
{
  if (self->ground == NULL || (self->reading != NULL && !self->reading_more)) {
    refresh (QC_BUSINESS_SERVICE (self));
    return;
  }
  g_autoptr (GPtrArray) lines = dup_unread (self);
  self->reading_more = read_ground (self, lines, more_cb);
  qc_roster_service_read_elsewhere (self);
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

/* People who came onto the roster and were not read yet are read before anything is said of them. */
static void
lines_changed_cb (QcDraft *draft, GArray *ids, gboolean structure, QcRosterService *self)
{
  gboolean comes = structure || qc_roster_service_enters_identity (self);
  gboolean many = ids != NULL && ids->len > QC_FINDINGS_PER_CODE;
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->many_came |= comes && many; /* the checks will see */
  for (guint i = 0; comes && !many && self->ground != NULL && ids != NULL && i < ids->len; i++) {
    const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (draft), g_array_index (ids, gint64, i));
    if (line == NULL || qc_roster_ground_has (self->ground, line))
      g_array_append_val (known, g_array_index (ids, gint64, i));
  }
  gboolean unread = comes && !many && self->ground != NULL && ids != NULL && known->len < ids->len;
  qc_roster_service_forget_seen (self);
  if (structure) {
    qc_roster_service_forget_gone_lines (self);
    self->pass_position = 0; /* a pass under way would miss lines that move up */
  }
  if (comes || ids == NULL)
    self->repeated_known = FALSE;
  if (unread) {
    if (known->len > 0) /* no ids are all */
      qc_roster_service_check (self, (const gint64 *)known->data, known->len);
    read_more (self);
    return;
  }
  if (ids == NULL && !structure) {
    refresh (QC_BUSINESS_SERVICE (self));
    return;
  }
  if (ids != NULL && ids->len > 0) {
    qc_roster_service_check (self, (const gint64 *)ids->data, ids->len);
    qc_roster_service_ask_receivers (self, (const gint64 *)ids->data, ids->len);
  } else if (self->ground != NULL && qc_roster_people_is_empty (self->ground->people)
             && qc_draft_get_roster (draft)->lines->len > 0) {
    refresh (QC_BUSINESS_SERVICE (self));
  }
  qc_roster_service_publish (self);
}

static void
facts_changed_cb (QcDraft *draft, QcRosterService *self)
{
  if (qc_roster_service_read_returned (self))
    qc_roster_service_check (self, NULL, 0);
  qc_roster_service_publish (self);
}

static void
data_changed_cb (QcSession *session, guint what, QcRosterService *self)
{
  if (what & QC_DATA_DRAFTS)
    qc_roster_service_read_elsewhere (self);
}

/* ---- what there is ---- */

QcRosterModel *
qc_roster_service_get_model (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return self->model;
}

const QcRosterFacts *
qc_roster_service_get_facts (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return self->ground != NULL ? &self->ground->facts : NULL;
}

QcMonth
qc_roster_service_get_effective (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), QC_MONTH_NONE);
  QcMonth now = self->ground != NULL ? qc_rules_roster_effective (self->business, self->ground->unit) : QC_MONTH_NONE;
  return (QcMonth)qc_draft_get_int (self->draft, QC_FACT_EFFECTIVE, now);
}

QcMethod
qc_roster_service_get_method (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), QC_METHOD_NONE);
  const char *chosen = qc_draft_get (self->draft, QC_FACT_METHOD);
  QcMethod method = QC_METHOD_NONE;
  if (!qc_business_info (self->business)->has_money || (chosen && qc_method_from_code (chosen, &method)))
    return method;
  return self->ground ? qc_unit_method (self->ground->unit) : QC_METHOD_NONE;
}

void
qc_roster_service_set_method (QcRosterService *self, QcMethod method)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  g_return_if_fail (qc_business_info (self->business)->has_money);
  qc_draft_set (self->draft, QC_FACT_METHOD, method == QC_METHOD_NONE ? NULL : qc_method_to_code (method));
}

GArray *
qc_roster_service_dup_months (QcRosterService *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), id);
  const QcPersonHistory *history = line && self->ground ? qc_back_payment_history (&self->ground->facts, line) : NULL;
  return history ? qc_back_payment_months (&self->ground->facts, history, line) : NULL;
}

GHashTable *
qc_roster_service_get_counts (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return self->counts;
}

GPtrArray *
qc_roster_service_dup_line_findings (QcRosterService *self, gint64 id)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  GPtrArray *out = qc_findings_new ();
  const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), id);
  const GPtrArray *refused = qc_draft_get_findings (self->draft);
  for (guint i = 0; i < refused->len; i++)
    if (((QcFinding *)g_ptr_array_index (refused, i))->line == id)
      g_ptr_array_add (out, qc_finding_copy (g_ptr_array_index (refused, i)));
  if (line != NULL && self->ground != NULL)
    qc_roster_service_find_in_line (self, line, out);
  qc_findings_say_once (out);
  return out;
}

static QcLineFieldId
field_of (const QcFinding *finding)
{
  QcLineFieldId field = QC_LINE_NAME;
  qc_line_field_from_name (finding->field, &field);
  return field;
}

/* The place of a column, so that faults of one line come from left to right. */
static int
column_of (QcRosterService *self, QcLineFieldId field)
{
  const QcBusinessInfo *info = qc_business_info (self->business);
  for (guint i = 0; i < info->n_columns; i++)
    if (info->columns[i].field == field)
      return (int)i;
  return 0;
}

/* The faulty cell of @line next to column @after (-1: before the first one); -1 if there is none. */
static int
fault_beside (QcRosterService *self, gint64 line, int after, gboolean backwards)
{
  g_autoptr (GPtrArray) findings = qc_roster_service_dup_line_findings (self, line);
  int best = -1;
  for (guint i = 0; i < findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (findings, i);
    int column = column_of (self, field_of (finding));
    if (finding->severity < QC_SEVERITY_ASK)
      continue;
    if (backwards ? column < after && column > best : column > after && (best < 0 || column < best))
      best = column;
  }
  return best;
}

gint64
qc_roster_service_next_fault (QcRosterService *self, gint64 line, QcLineFieldId field, gboolean backwards,
                              QcLineFieldId *out_field)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), 0);
  const QcBusinessInfo *info = qc_business_info (self->business);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint start = line != 0 ? qc_roster_model_find (self->model, line) : G_MAXUINT;
  int after = start != G_MAXUINT ? column_of (self, field) : backwards ? (int)info->n_columns : -1;
  if (start == G_MAXUINT)
    start = backwards && n > 0 ? n - 1 : 0;
  for (guint step = 0; step <= n && n > 0; step++) {
    guint position = backwards ? (start + n - step % n) % n : (start + step) % n;
    const QcRosterLine *at = qc_roster_model_get_line_at (self->model, position);
    if (at != NULL && qc_roster_model_is_faulty (self->model, at->id)) {
      int column = fault_beside (self, at->id, step == 0 ? after : backwards ? (int)info->n_columns : -1, backwards);
      if (column >= 0) {
        *out_field = info->columns[column].field;
        return at->id;
      }
    }
  }
  return 0;
}

/* ---- the object ---- */

static void
qc_roster_service_dispose (GObject *object)
{
  QcRosterService *self = QC_ROSTER_SERVICE (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_cancellable_cancel (self->asked);
  g_clear_handle_id (&self->ask_again, g_source_remove);
  g_clear_handle_id (&self->pass, g_source_remove);
  g_clear_handle_id (&self->publish, g_source_remove);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (qc_roster_service_parent_class)->dispose (object);
}

static void
qc_roster_service_finalize (GObject *object)
{
  QcRosterService *self = QC_ROSTER_SERVICE (object);
  g_clear_pointer (&self->ground, qc_roster_ground_free);
  g_clear_object (&self->asked);
  g_queue_clear (&self->to_ask);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->answered);
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->line_codes);
  g_hash_table_unref (self->elsewhere);
  g_hash_table_unref (self->repeated);
  qc_roster_service_forget_seen (self);
  g_hash_table_unref (self->counts);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->returned);
  g_array_unref (self->recheck);
  G_OBJECT_CLASS (qc_roster_service_parent_class)->finalize (object);
}

static void
qc_roster_service_class_init (QcRosterServiceClass *klass)
{
  QcBusinessServiceClass *service_class = QC_BUSINESS_SERVICE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = qc_roster_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_roster_service_finalize;
  service_class->refresh = refresh;
  qc_roster_service_class_submits (service_class);
}

static void
qc_roster_service_init (QcRosterService *self)
{
  self->line_codes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->repeated = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)qc_finding_free);
  self->elsewhere = g_hash_table_new (g_str_hash, g_str_equal);
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  self->findings = qc_findings_new ();
  self->returned = qc_return_reasons_new ();
  self->recheck = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->faults_told = -1;
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)qc_other_unit_free);
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->to_ask);
  self->asked = g_cancellable_new ();
}

QcRosterService *
qc_roster_service_new (QcSession *session, QcBusiness business, gint64 draft)
{
  g_return_val_if_fail (QC_IS_SESSION (session), NULL);
  g_return_val_if_fail (qc_roster_rules (business) != NULL, NULL);
  QcRosterService *self = g_object_new (QC_TYPE_ROSTER_SERVICE, NULL);
  self->business = business;
  qc_business_service_open (QC_BUSINESS_SERVICE (self), session, business, draft);
  self->draft = qc_business_service_get_draft (QC_BUSINESS_SERVICE (self));
  self->model = qc_roster_model_new (session, self->draft);
  g_signal_connect_object (self->draft, "lines-changed", G_CALLBACK (lines_changed_cb), self, 0);
  if (qc_business_info (business)->run == QC_RUN_REVIEWED) {
    qc_roster_service_read_returned (self);
    g_signal_connect_object (self->draft, "changed", G_CALLBACK (facts_changed_cb), self, 0);
  }
  g_signal_connect_object (self->draft, "attachments-changed", G_CALLBACK (qc_roster_service_publish), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  if (qc_business_find_column (business, QC_LINE_TARGET_UNIT) != NULL)
    g_signal_connect_object (session, "sync-changed", G_CALLBACK (qc_roster_service_sync_changed), self,
                             G_CONNECT_SWAPPED);
  return self;
}
