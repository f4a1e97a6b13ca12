/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster service: what the roster stands on, the pass of checks over the lines, 办理. The edits lie in
 * qc-roster-edits.c, pasting in qc-roster-paste.c. Main context.
 */
#include "qc-roster-service-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-back-payment.h"
#include "qc-format.h"
#include "qc-memory.h"
#include "qc-roster-past.h"
#include "qc-return-reason.h"
#include "qc-rules-remittance.h"
#include "qc-rules-attachments.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-units.h"
#include "qc-wire-line.h"

#define PASS_MICROSECONDS 4000 /* of one piece of a pass */
#define FINDINGS_PER_CODE 200
#define MANY_LINES        2000
#define AHEAD             16 /* lines */

G_DEFINE_FINAL_TYPE (QcRosterService, qc_roster_service, QC_TYPE_BUSINESS_SERVICE)

/* ---- checks ---- */

static void
count (QcRosterService *self, const char *code, int by)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, code)) + (guint)by;
  if (n > 0)
    g_hash_table_insert (self->counts, (gpointer)code, GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->counts, code);
}

static void
forget_line (QcRosterService *self, gint64 id)
{
  const GPtrArray *codes = g_hash_table_lookup (self->line_codes, &id);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    count (self, g_ptr_array_index (codes, i), -1);
  g_hash_table_remove (self->line_codes, &id);
}

static void
find_in_line (QcRosterService *self, const QcRosterLine *line, GPtrArray *out)
{
  const QcRosterFacts *facts = &self->ground->facts;
  const QcEmployee *person = line->account != NULL ? qc_roster_people_find (self->ground->people, line->account) : NULL;
  if (line->account != NULL || qc_business_info (self->business)->opens_accounts)
    qc_rules_roster_compare (self->business, facts, line, person, out);
  qc_rules_roster_check_line (self->business, facts, line, out);
  const QcFinding *repeated = g_hash_table_lookup (self->repeated, &line->id);
  if (repeated != NULL)
    g_ptr_array_add (out, qc_finding_copy (repeated));
  if (self->returned->len > 0)
    qc_roster_service_find_returned (self, line, out);
}

gboolean
qc_roster_service_has_findings (QcRosterService *self, gint64 line)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  return g_hash_table_contains (self->line_codes, &line);
}

static void
check_one (QcRosterService *self, const QcRosterLine *line)
{
  g_autoptr (GPtrArray) found = qc_findings_new ();
  gboolean had = qc_roster_service_has_findings (self, line->id);
  forget_line (self, line->id);
  find_in_line (self, line, found);
  if (found->len > 0) {
    GPtrArray *codes = g_ptr_array_sized_new (found->len);
    for (guint i = 0; i < found->len; i++) {
      const char *code = g_intern_string (((QcFinding *)g_ptr_array_index (found, i))->code);
      g_ptr_array_add (codes, (gpointer)code);
      count (self, code, 1);
    }
    g_hash_table_insert (self->line_codes, g_memdup2 (&line->id, sizeof line->id), codes);
  }
  qc_roster_model_set_faulty (self->model, line->id, qc_findings_block (found), had || found->len > 0);
}

/* Of many lines that came nobody has looked yet whether their people are read. */
static gboolean
is_unread (QcRosterService *self, const QcRosterLine *line)
{
  return self->many_came && !qc_roster_ground_has (self->ground, line);
}

static void
check_line_of_key (QcRosterService *self, gpointer id)
{
  const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), *(const gint64 *)id);
  if (line != NULL)
    check_one (self, line);
}

/* What was seen may not be there any more. */
static void
forget_seen (QcRosterService *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->seen_again, g_ptr_array_unref);
  self->seen_position = 0;
}

/* Who is on it twice is found in the later line from now on. */
static void
take_repeated (QcRosterService *self)
{
  g_autoptr (GHashTable) before = self->repeated;
  self->repeated = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)qc_finding_free);
  self->repeated_known = TRUE;
  g_ptr_array_set_free_func (self->seen_again, NULL);
  for (guint i = 0; i < self->seen_again->len; i++) {
    QcFinding *finding = g_ptr_array_index (self->seen_again, i);
    g_hash_table_replace (self->repeated, &finding->line, finding);
  }
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, before);
  gpointer id;
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->repeated, id))
      check_line_of_key (self, id);
  g_hash_table_iter_init (&iter, self->repeated);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (before, id))
      check_line_of_key (self, id);
}

/* Looks for them. It takes all lines, and a cell that is entered seldom makes a difference. Until @until (0: all at
 * once); FALSE when there is more of it. */
static gboolean
find_repeated (QcRosterService *self, gint64 until)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  if (self->seen == NULL) {
    self->seen = qc_rules_roster_new_seen ();
    self->seen_again = qc_findings_new ();
  }
  while (self->seen_position < lines->len) {
    qc_rules_roster_check_repeated (self->business, self->seen, g_ptr_array_index (lines, self->seen_position++),
                                    self->seen_again);
    if (until > 0 && self->seen_position % 64 == 0 && g_get_monotonic_time () > until)
      return FALSE;
  }
  take_repeated (self);
  forget_seen (self);
  return TRUE;
}

/* Whether what is entered into a line can make it somebody else's, or of other months where that matters. */
static gboolean
enters_identity (QcRosterService *self)
{
  const QcBusinessColumn *account = qc_business_find_column (self->business, QC_LINE_ACCOUNT);
  const QcBusinessColumn *document = qc_business_find_column (self->business, QC_LINE_DOCUMENT);
  return qc_business_info (self->business)->of_months || (account != NULL && qc_column_is_entered (account))
         || (document != NULL && qc_column_is_entered (document));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = **(const gint64 *const *)a, y = **(const gint64 *const *)b;
  return (x > y) - (x < y);
}

/* Ids of the lines with findings (borrowed): few are put in order, many are found in it. (transfer full) */
static GPtrArray *
dup_found_lines (QcRosterService *self)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  guint n = g_hash_table_size (self->line_codes);
  GPtrArray *ids = g_ptr_array_sized_new (n);
  if (n > lines->len / 16) {
    for (guint i = 0; i < lines->len; i++) {
      const gint64 *line = &((QcRosterLine *)g_ptr_array_index (lines, i))->id;
      if (g_hash_table_contains (self->line_codes, line))
        g_ptr_array_add (ids, (gpointer)line);
    }
    return ids;
  }
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->line_codes);
  gpointer id;
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}

/* The first findings of each code, until all that are told have been. */
static void
collect_of_lines (QcRosterService *self)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = dup_found_lines (self);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->counts);
  guint wanted = 0;
  gpointer total;
  while (g_hash_table_iter_next (&iter, NULL, &total))
    wanted += MIN (GPOINTER_TO_UINT (total), FINDINGS_PER_CODE);
  for (guint i = 0; i < ids->len && wanted > 0; i++) {
    const gint64 *id = g_ptr_array_index (ids, i);
    const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), *id);
    const GPtrArray *codes = g_hash_table_lookup (self->line_codes, id);
    gboolean any = FALSE;
    for (guint j = 0; j < codes->len; j++)
      any |= GPOINTER_TO_UINT (g_hash_table_lookup (shown, g_ptr_array_index (codes, j))) < FINDINGS_PER_CODE;
    if (!any || line == NULL)
      continue;
    g_autoptr (GPtrArray) found = qc_findings_new ();
    find_in_line (self, line, found);
    for (guint j = 0; j < found->len; j++) {
      const QcFinding *finding = g_ptr_array_index (found, j);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (shown, finding->code));
      if (n >= FINDINGS_PER_CODE)
        continue;
      g_hash_table_insert (shown, (gpointer)g_intern_string (finding->code), GUINT_TO_POINTER (n + 1));
      wanted -= wanted > 0;
      QcFinding *copy = qc_finding_copy (finding);
      guint all = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, finding->code));
      copy->total = all > FINDINGS_PER_CODE ? all : 0;
      g_ptr_array_add (self->findings, copy);
    }
  }
}

/* Its pictures, judged as the center will. */
static void
collect_of_attachments (QcRosterService *self)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  g_autoptr (GPtrArray) attachments = qc_roster_service_dup_attachments (self);
  g_autoptr (GPtrArray) found = qc_findings_new ();
  qc_rules_attachments_check (self->business, &self->ground->facts, roster, attachments, found);
  qc_findings_sort (found);
  qc_findings_cap (found, FINDINGS_PER_CODE, G_MAXUINT);
  g_ptr_array_extend_and_steal (self->findings, g_steal_pointer (&found));
}

/* Of the whole roster, of the center's refusal, and the first ones of each code of the lines. */
static void
collect (QcRosterService *self)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  const GPtrArray *refused = qc_draft_get_findings (self->draft);
  g_ptr_array_set_size (self->findings, 0);
  for (guint i = 0; i < refused->len; i++)
    g_ptr_array_add (self->findings, qc_finding_copy (g_ptr_array_index (refused, i)));
  if (self->ground == NULL)
    return;
  if (roster->lines->len > 0 || refused->len > 0) {
    qc_rules_roster_check_frame (self->business, &self->ground->facts, roster, qc_roster_service_get_effective (self),
                                 self->findings);
    if (qc_business_info (self->business)->has_money)
      qc_rules_remittance_check_method (self->findings, self->ground->unit, qc_roster_service_get_method (self));
    qc_roster_service_find_returned (self, NULL, self->findings);
    if (!self->repeated_known && roster->lines->len < MANY_LINES)
      find_repeated (self, 0);
    collect_of_attachments (self);
  }
  collect_of_lines (self);
  qc_findings_say_once (self->findings);
  qc_findings_sort (self->findings);
}

static gboolean pass_cb (gpointer user_data);

static void
start_pass (QcRosterService *self)
{
  if (self->pass == 0)
    self->pass = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pass_cb, self, NULL);
}

static gboolean
publish_cb (gpointer user_data)
{
  QcRosterService *self = user_data;
  gint64 faults = qc_roster_model_get_n_faulty (self->model);
  self->publish = 0;
  if (self->ground != NULL && !self->repeated_known && qc_draft_get_roster (self->draft)->lines->len >= MANY_LINES)
    start_pass (self);
  if (self->pass == 0) /* else at its end, when it is known what is found */
    collect (self);
  if (self->pass == 0 && faults != self->faults_told) {
    self->faults_told = faults;
    qc_draft_set_faults (self->draft, faults);
  }
  qc_business_service_changed (QC_BUSINESS_SERVICE (self));
  return G_SOURCE_REMOVE;
}

/* Once for as many changes as come together. */
static void
publish (QcRosterService *self)
{
  if (self->publish == 0)
    self->publish = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, publish_cb, self, NULL);
}

/* The next line to be looked at; NULL where there is none left, or it has gone. */
static const QcRosterLine *
take_next (QcRosterService *self, gboolean *out_over)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  *out_over = FALSE;
  if (self->pass_all && self->pass_position < roster->lines->len)
    return g_ptr_array_index (roster->lines, self->pass_position++);
  self->pass_all = FALSE;
  if (self->recheck_position < self->recheck->len)
    return qc_roster_find (roster, g_array_index (self->recheck, gint64, self->recheck_position++));
  g_array_set_size (self->recheck, 0);
  self->recheck_position = 0;
  *out_over = TRUE;
  return NULL;
}

static void refresh (QcBusinessService *service);

static gboolean
pass_cb (gpointer user_data)
{
  QcRosterService *self = user_data;
  gint64 until = g_get_monotonic_time () + PASS_MICROSECONDS;
  gboolean over = FALSE;
  if (!self->repeated_known && !find_repeated (self, until))
    return G_SOURCE_CONTINUE;
  for (guint n = 1; !over; n++) {
    const QcRosterLine *line = take_next (self, &over);
    if (line != NULL && is_unread (self, line))
      self->unread = TRUE;
    else if (line != NULL)
      check_one (self, line);
    if (n % 16 == 0 && g_get_monotonic_time () > until)
      return G_SOURCE_CONTINUE;
  }
  self->pass = 0;
  if (self->unread)
    refresh (QC_BUSINESS_SERVICE (self));
  publish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
line_gone_cb (gpointer key, gpointer value, gpointer user_data)
{
  return qc_roster_find (user_data, *(const gint64 *)key) == NULL;
}

static void
forget_gone_lines (QcRosterService *self)
{
  const QcRoster *roster = qc_draft_get_roster (self->draft);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, self->line_codes);
  gpointer id, codes;
  while (g_hash_table_iter_next (&iter, &id, &codes))
    if (qc_roster_find (roster, *(const gint64 *)id) == NULL)
      for (guint i = 0; i < ((GPtrArray *)codes)->len; i++)
        count (self, g_ptr_array_index ((GPtrArray *)codes, i), -1);
  g_hash_table_foreach_remove (self->line_codes, line_gone_cb, (gpointer)roster);
}

void
qc_roster_service_check (QcRosterService *self, const gint64 *ids, guint n)
{
  if (self->ground == NULL)
    return;
  if (ids != NULL && n <= FINDINGS_PER_CODE) {
    for (guint i = 0; i < n; i++) {
      const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), ids[i]);
      if (line != NULL)
        check_one (self, line);
    }
  } else {
    if (ids != NULL) {
      g_array_append_vals (self->recheck, ids, n);
    } else { /* from the beginning: whatever waits is among them */
      g_array_set_size (self->recheck, 0);
      self->recheck_position = self->pass_position = 0;
      self->pass_all = TRUE;
    }
    start_pass (self);
  }
  publish (self);
}

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
  if (qc_draft_get_roster (self->draft)->lines->len >= MANY_LINES)
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
  gboolean comes = structure || enters_identity (self);
  gboolean many = ids != NULL && ids->len > FINDINGS_PER_CODE;
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->many_came |= comes && many; /* the checks will see */
  for (guint i = 0; comes && !many && self->ground != NULL && ids != NULL && i < ids->len; i++) {
    const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (draft), g_array_index (ids, gint64, i));
    if (line == NULL || qc_roster_ground_has (self->ground, line))
      g_array_append_val (known, g_array_index (ids, gint64, i));
  }
  gboolean unread = comes && !many && self->ground != NULL && ids != NULL && known->len < ids->len;
  forget_seen (self);
  if (structure) {
    forget_gone_lines (self);
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
  publish (self);
}

static void
facts_changed_cb (QcDraft *draft, QcRosterService *self)
{
  if (qc_roster_service_read_returned (self))
    qc_roster_service_check (self, NULL, 0);
  publish (self);
}

static void
data_changed_cb (QcSession *session, guint what, QcRosterService *self)
{
  if (what & QC_DATA_DRAFTS)
    qc_roster_service_read_elsewhere (self);
}

/* ---- 办理 ---- */

static gboolean
is_loading (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  return self->reading != NULL || self->pass != 0 || self->asking || self->ask_again != 0
         || (self->ground == NULL && qc_business_service_get_error (service) == NULL);
}

static double
get_progress (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  guint n = qc_draft_get_roster (self->draft)->lines->len;
  return self->pass != 0 && self->pass_all && n > 0 ? (double)self->pass_position / n : 0;
}

static const GPtrArray *
get_findings (QcBusinessService *service)
{
  return QC_ROSTER_SERVICE (service)->findings;
}

gboolean
qc_roster_service_is_settled (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), FALSE);
  return (qc_draft_get_unsaved (self->draft) == 0 || qc_draft_is_unwritten (self->draft))
         && !qc_draft_is_busy (self->draft) && self->publish == 0
         && !qc_business_service_is_loading (QC_BUSINESS_SERVICE (self));
}

/* Whose line is the first of those told that cannot be submitted, and why. (transfer full) */
static char *
dup_first_fault (QcRosterService *self, guint faulty)
{
  const QcFinding *first = NULL;
  for (guint i = 0; i < self->findings->len && !first; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->severity >= QC_SEVERITY_ASK && qc_roster_model_is_faulty (self->model, finding->line))
      first = finding;
  }
  const QcRosterLine *line = first ? qc_roster_find (qc_draft_get_roster (self->draft), first->line) : NULL;
  g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u line cannot be submitted as it is.",
                                                        "%u lines cannot be submitted as they are.", faulty),
                                           faulty);
  if (!line)
    return g_steal_pointer (&more);
  g_autofree char *sentence = qc_finding_dup_sentence (first);
  const char *who = line->name ? line->name : line->account ? line->account : "";
  gboolean names_who = *who && strstr (sentence, who);
  if (faulty == 1)
    /* Translators: person, what is wrong. */
    return names_who ? g_steal_pointer (&sentence) : g_strdup_printf (_ ("%s: %s"), who, sentence);
  if (names_who)
    /* Translators: what is wrong with somebody, how many lines there are like this. */
    return g_strdup_printf (_ ("%s %s"), sentence, more);
  /* Translators: person, what is wrong, how many lines there are like this. */
  return g_strdup_printf (_ ("%s: %s %s"), who, sentence, more);
}

/* What is wrong with a line and with none of its cells: its pictures. (transfer full) (nullable) */
static char *
dup_first_of_lines (QcRosterService *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->severity < QC_SEVERITY_ASK)
      continue;
    g_autofree char *whom = qc_finding_dup_whom (finding);
    g_autofree char *sentence = qc_finding_dup_sentence (finding);
    /* Translators: person, what is wrong. */
    return whom != NULL ? g_strdup_printf (_ ("%s: %s"), whom, sentence) : g_steal_pointer (&sentence);
  }
  return NULL;
}

static char *
dup_why_not (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  guint faulty = qc_roster_model_get_n_faulty (self->model);
  if (qc_draft_get_roster (self->draft)->lines->len == 0)
    return g_strdup (_ ("Nobody is on the roster yet."));
  if (qc_draft_get_unsaved (self->draft) > 0 || qc_draft_is_busy (self->draft) || self->publish != 0)
    return g_strdup (_ ("It is being saved."));
  for (guint i = 0; i < self->findings->len; i++) {
    const QcFinding *finding = g_ptr_array_index (self->findings, i);
    if (finding->line == 0 && finding->severity >= QC_SEVERITY_ASK)
      return qc_finding_dup_sentence (finding);
  }
  if (faulty > 0)
    return dup_first_fault (self, faulty);
  if (qc_draft_get_findings (self->draft)->len > 0 && qc_findings_block (self->findings))
    return g_strdup (_ ("The center has refused it; correct it first."));
  return dup_first_of_lines (self);
}

static char *
dup_token (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d", qc_draft_get_id (self->draft),
                          qc_draft_get_revision (self->draft), qc_roster_service_get_effective (self),
                          (int)qc_roster_service_get_method (self));
}

/* The lines are in the database as they were confirmed: the revision says so. */
typedef struct {
  QcBusiness business;
  gint64 draft, revision;
  QcMonth effective;
  QcMethod method;
  char *replaces; /* (owned) (nullable) */
} Recipe;

static void
recipe_free (gpointer data)
{
  g_free (((Recipe *)data)->replaces);
  g_free (data);
}

static gpointer
new_recipe (QcBusinessService *service)
{
  QcRosterService *self = QC_ROSTER_SERVICE (service);
  Recipe *recipe = g_new (Recipe, 1);
  *recipe = (Recipe) {self->business,
                      qc_draft_get_id (self->draft),
                      qc_draft_get_revision (self->draft),
                      qc_roster_service_get_effective (self),
                      qc_roster_service_get_method (self),
                      g_strdup (qc_draft_get (self->draft, QC_FACT_REPLACES))};
  return recipe;
}

typedef struct {
  QcSubmission *submission;
  GError *error; /* (owned) (nullable) */
} Lines;

static gboolean
line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Lines *lines = user_data;
  QcRosterLine *line = qc_wire_line_from_text (facts, &lines->error);
  if (line == NULL)
    return FALSE;
  line->id = id;
  qc_roster_take (lines->submission->roster, -1, line);
  return TRUE;
}

/* @stored: QcStoreAttachment. (transfer full) QcAttachment */
static GPtrArray *
settle (const GPtrArray *stored, const QcRoster *roster)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (values, ((const QcStoreAttachment *)g_ptr_array_index (stored, i))->value);
  return qc_rules_attachments_settle (values, roster);
}

GPtrArray *
qc_roster_service_dup_attachments (QcRosterService *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (self), NULL);
  return settle (qc_draft_get_attachments (self->draft), qc_draft_get_roster (self->draft));
}

static gboolean
take_attachments (QcConnection *connection, QcSubmission *submission, gint64 draft, GError **error)
{
  gint64 next;
  g_autoptr (GPtrArray) stored = qc_store_attachments_list (connection, draft, &next, error);
  if (stored == NULL)
    return FALSE;
  g_ptr_array_unref (submission->attachments);
  submission->attachments = settle (stored, submission->roster);
  return TRUE;
}

static QcSubmission *
build (QcConnection *connection, gpointer data, GError **error)
{
  const Recipe *recipe = data;
  g_autoptr (QcSubmission) submission = qc_submission_new (recipe->business);
  g_autoptr (QcStoreDraft) draft = qc_store_draft_get (connection, recipe->draft, error);
  g_autoptr (QcUnit) unit = NULL;
  Lines lines = {submission, NULL};
  if (draft == NULL || !qc_store_unit_get (connection, draft->profile, draft->unit, &unit, error))
    return NULL;
  if (draft->revision != recipe->revision || draft->state != QC_STORE_DRAFT_OPEN || unit == NULL
      || qc_rules_roster_effective (recipe->business, unit) != recipe->effective) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                         _ ("What was confirmed has changed meanwhile; nothing was submitted. Look at it again and "
                            "submit it once more."));
    return NULL;
  }
  submission->effective = recipe->effective;
  submission->method = recipe->method;
  submission->replaces = g_strdup (recipe->replaces);
  if (!qc_store_draft_each_line (connection, recipe->draft, line_cb, &lines, error))
    return NULL;
  if (lines.error != NULL) {
    g_propagate_error (error, lines.error);
    return NULL;
  }
  return take_attachments (connection, submission, recipe->draft, error) ? g_steal_pointer (&submission) : NULL;
}

static gint64
count_people (QcBusinessService *service)
{
  const QcRoster *roster = qc_draft_get_roster (QC_ROSTER_SERVICE (service)->draft);
  QcRosterTotals totals;
  if (!qc_business_info (qc_business_service_get_business (service))->of_months || !qc_roster_sum (roster, &totals))
    return roster->lines->len;
  return totals.people;
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
    find_in_line (self, line, out);
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
  forget_seen (self);
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
  service_class->is_loading = is_loading;
  service_class->get_progress = get_progress;
  service_class->get_findings = get_findings;
  service_class->dup_why_not = dup_why_not;
  service_class->dup_token = dup_token;
  service_class->new_recipe = new_recipe;
  service_class->build = build;
  service_class->recipe_free = recipe_free;
  service_class->count_people = count_people;
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
  g_signal_connect_object (self->draft, "attachments-changed", G_CALLBACK (publish), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "data-changed", G_CALLBACK (data_changed_cb), self, 0);
  if (qc_business_find_column (business, QC_LINE_TARGET_UNIT) != NULL)
    g_signal_connect_object (session, "sync-changed", G_CALLBACK (qc_roster_service_sync_changed), self,
                             G_CONNECT_SWAPPED);
  return self;
}
