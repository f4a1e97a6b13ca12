/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The units that lines of a roster name (同城转移): each is asked for by its whole number, once, in the background;
 * what is known is kept with its time, so that it serves offline, and asked for again before it is sent. The name
 * becomes part of the line, in the step in which the number was entered. Main context.
 */
#include "qc-receiver.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-receivers.h"
#include "qc-sync-error.h"
#include "qc-weak.h"

#define FRESH_SECONDS    600 /* so long a name that was asked for here is good without asking again */
#define PATIENCE         60  /* seconds until a busy center is asked again that names no time */
#define LONGEST_PATIENCE 3600

static void ask_next (QcRosterService *self);

static gboolean
names_units (QcRosterService *self)
{
  return qc_business_find_column (self->business, QC_LINE_TARGET_UNIT) != NULL;
}

static gint64
now_of (QcRosterService *self)
{
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (self));
  return qc_clock_now (qc_context_get_clock (qc_session_get_context (session)));
}

/* Asked for in this sitting, and not long ago. */
static gboolean
is_fresh (QcRosterService *self, const char *account)
{
  const QcOtherUnit *unit = g_hash_table_lookup (self->units, account);
  return unit != NULL && g_hash_table_contains (self->answered, account)
         && ABS (now_of (self) - unit->as_of) < FRESH_SECONDS;
}

static void
want (QcRosterService *self, const char *account)
{
  if (self->ground == NULL || !qc_other_unit_is_account (self->ground->unit, account)
      || g_str_equal (account, self->ground->unit->account) || g_hash_table_contains (self->wanted, account)
      || is_fresh (self, account))
    return;
  char *copy = g_strdup (account);
  g_hash_table_add (self->wanted, copy);
  g_queue_push_tail (&self->to_ask, copy);
}

/* NULL where nobody can be asked now. */
static QcTokens *
whom_to_ask (QcRosterService *self)
{
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (self));
  QcSync *sync = session != NULL ? qc_session_get_sync (session) : NULL;
  return sync != NULL && qc_session_get_sync_status (session) != QC_SYNC_OFFLINE ? qc_sync_get_tokens (sync) : NULL;
}

void
qc_roster_service_typing (QcRosterService *self, QcLineFieldId field, const char *text)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  if (field != QC_LINE_TARGET_UNIT || self->ground == NULL)
    return;
  g_autofree char *account = qc_roster_fold_account (text);
  want (self, account);
  ask_next (self);
}

void
qc_roster_service_name_receiver (QcRosterService *self, QcRosterLine *line)
{
  const QcOtherUnit *unit = line->target_unit != NULL ? g_hash_table_lookup (self->units, line->target_unit) : NULL;
  qc_line_set_text (line, QC_LINE_TARGET_NAME, unit != NULL ? unit->name : NULL);
}

void
qc_roster_service_see_receiver (QcRosterService *self, QcRosterLine *line)
{
  if (line->target_unit == NULL)
    return;
  g_hash_table_remove (self->answered, line->target_unit);
  want (self, line->target_unit);
  if (qc_roster_service_is_asked (self, line->target_unit) && whom_to_ask (self) != NULL)
    qc_line_clear (line, QC_LINE_TARGET_NAME);
  else
    qc_roster_service_name_receiver (self, line);
}

gboolean
qc_roster_service_is_asked (QcRosterService *self, const char *account)
{
  return account != NULL && g_hash_table_contains (self->wanted, account);
}

/* ---- what is known ---- */

/* Lines that name @account have what is known now. A name that was seen stays as it was seen. */
static void
fill_in (QcRosterService *self, const char *account)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *old = g_ptr_array_index (lines, i);
    if (g_strcmp0 (old->target_unit, account) != 0)
      continue;
    QcRosterLine *line = qc_roster_line_copy (old);
    if (line->target_name == NULL)
      qc_roster_service_name_receiver (self, line);
    qc_rules_roster_complete (self->business, &self->ground->facts, line);
    g_ptr_array_add (changed, line);
    g_array_append_val (ids, old->id);
  }
  qc_draft_amend_lines (self->draft, changed);
  qc_roster_service_check (self, (const gint64 *)ids->data, ids->len);
}

void
qc_roster_service_take_receivers (QcRosterService *self, GHashTable *units)
{
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, units);
  gpointer value;
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const QcOtherUnit *unit = value;
    if (!g_hash_table_contains (self->answered, unit->account)) {
      QcOtherUnit *copy = qc_other_unit_copy (unit);
      g_hash_table_replace (self->units, copy->account, copy);
    }
  }
}

typedef struct {
  char *profile;     /* (owned) */
  QcOtherUnit *unit; /* (owned) */
} Keep;

static void
keep_free (Keep *keep)
{
  g_free (keep->profile);
  qc_other_unit_free (keep->unit);
  g_free (keep);
}

static gpointer
keep_receiver (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Keep *keep = data;
  return qc_store_receiver_put (connection, keep->profile, keep->unit, error) ? QC_DATABASE_DONE : NULL;
}

static void
take_answer (QcRosterService *self, QcOtherUnit *unit)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  Keep *keep = g_new0 (Keep, 1);
  unit->as_of = now_of (self);
  keep->profile = g_strdup (qc_business_service_get_profile (service));
  keep->unit = qc_other_unit_copy (unit);
  g_hash_table_add (self->answered, g_strdup (unit->account));
  g_hash_table_replace (self->units, unit->account, unit);
  qc_database_write_async (qc_session_get_database (qc_business_service_get_session (service)), "receiver",
                           keep_receiver, keep, (GDestroyNotify)keep_free, NULL, NULL, qc_session_written_cb,
                           (gpointer) "receiver");
  if (self->ground != NULL)
    fill_in (self, unit->account);
}

/* ---- asking ---- */

static gboolean
again_cb (gpointer user_data)
{
  QcRosterService *self = user_data;
  self->ask_again = 0;
  ask_next (self);
  return G_SOURCE_REMOVE;
}

static void
forget_first (QcRosterService *self)
{
  char *account = g_queue_pop_head (&self->to_ask);
  g_hash_table_remove (self->wanted, account);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcRosterService) self = qc_weak_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcOtherUnit) unit = qc_receiver_ask_finish (QC_TOKENS (source), result, &error);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* nobody is there any more */
  gboolean later = g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_RETRY_LATER);
  if (unit == NULL && !later && self->ground != NULL)
    fill_in (self, g_queue_peek_head (&self->to_ask)); /* by the name that was known before */
  self->asking = FALSE;
  if (unit != NULL) {
    forget_first (self);
    take_answer (self, g_steal_pointer (&unit));
    ask_next (self);
  } else if (later) {
    guint wait = qc_sync_error_get_retry_after (error);
    self->ask_again = g_timeout_add_seconds (CLAMP (wait != 0 ? wait : PATIENCE, 1, LONGEST_PATIENCE), again_cb, self);
  } else if (!qc_sync_error_is_temporary (error)
             && !g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_UNAUTHORIZED)) {
    forget_first (self); /* asked for again with the next look at the roster */
    ask_next (self);
  }
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
}

/* One after the other: a block that was pasted may name many. */
static void
ask_next (QcRosterService *self)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  QcTokens *tokens = whom_to_ask (self);
  if (self->asking || self->ask_again != 0 || self->to_ask.length == 0 || tokens == NULL
      || qc_business_service_get_unit (service) == NULL)
    return;
  self->asking = TRUE;
  qc_receiver_ask_async (tokens, qc_business_service_get_unit (service), g_queue_peek_head (&self->to_ask), self->asked,
                         asked_cb, qc_weak_new (self));
  qc_business_service_changed (service);
}

void
qc_roster_service_ask_receivers (QcRosterService *self, const gint64 *ids, guint n)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  if (!names_units (self) || self->ground == NULL || qc_draft_get_outbox (self->draft) != 0)
    return;
  g_autoptr (GHashTable) nameless = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < (ids != NULL ? n : roster->lines->len); i++) {
    const QcRosterLine *line = ids != NULL ? qc_roster_find (roster, ids[i]) : g_ptr_array_index (roster->lines, i);
    if (line == NULL || line->target_unit == NULL)
      continue;
    want (self, line->target_unit);
    const QcOtherUnit *unit = g_hash_table_lookup (self->units, line->target_unit);
    if (line->target_name == NULL && unit != NULL && unit->name != NULL
        && !qc_roster_service_is_asked (self, line->target_unit))
      g_hash_table_add (nameless, g_strdup (line->target_unit));
  }
  ask_next (self);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, nameless);
  gpointer account;
  while (g_hash_table_iter_next (&iter, &account, NULL))
    fill_in (self, account); /* the answer came while the draft could not take it */
}

/* What could not be asked is asked when the center is there again, and what is old anew. */
void
qc_roster_service_sync_changed (QcRosterService *self)
{
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (self));
  if (session != NULL && qc_session_get_sync_status (session) == QC_SYNC_IDLE)
    qc_roster_service_ask_receivers (self, NULL, 0);
}
