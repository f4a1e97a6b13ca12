/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pass of checks over the lines of a roster: few at once, many in pieces between pictures; what is found is told
 * once for all. Main context.
 */
#include "qc-roster-service-private.h"

#include "qc-rules-attachments.h"
#include "qc-rules-remittance.h"

#define PASS_MICROSECONDS 4000 /* of one piece of a pass */
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

void
qc_roster_service_find_in_line (QcRosterService *self, const QcRosterLine *line, GPtrArray *out)
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
  qc_roster_service_find_in_line (self, line, found);
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
void
qc_roster_service_forget_seen (QcRosterService *self)
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
  qc_roster_service_forget_seen (self);
  return TRUE;
}

/* Whether what is entered into a line can make it somebody else's, or of other months where that matters. */
gboolean
qc_roster_service_enters_identity (QcRosterService *self)
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
    wanted += MIN (GPOINTER_TO_UINT (total), QC_FINDINGS_PER_CODE);
  for (guint i = 0; i < ids->len && wanted > 0; i++) {
    const gint64 *id = g_ptr_array_index (ids, i);
    const QcRosterLine *line = qc_roster_find (qc_draft_get_roster (self->draft), *id);
    const GPtrArray *codes = g_hash_table_lookup (self->line_codes, id);
    gboolean any = FALSE;
    for (guint j = 0; j < codes->len; j++)
      any |= GPOINTER_TO_UINT (g_hash_table_lookup (shown, g_ptr_array_index (codes, j))) < QC_FINDINGS_PER_CODE;
    if (!any || line == NULL)
      continue;
    g_autoptr (GPtrArray) found = qc_findings_new ();
    qc_roster_service_find_in_line (self, line, found);
    for (guint j = 0; j < found->len; j++) {
      const QcFinding *finding = g_ptr_array_index (found, j);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (shown, finding->code));
      if (n >= QC_FINDINGS_PER_CODE)
        continue;
      g_hash_table_insert (shown, (gpointer)g_intern_string (finding->code), GUINT_TO_POINTER (n + 1));
      wanted -= wanted > 0;
      QcFinding *copy = qc_finding_copy (finding);
      guint all = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, finding->code));
      copy->total = all > QC_FINDINGS_PER_CODE ? all : 0;
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
  qc_findings_cap (found, QC_FINDINGS_PER_CODE, G_MAXUINT);
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
    if (!self->repeated_known && roster->lines->len < QC_MANY_LINES)
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
  if (self->ground != NULL && !self->repeated_known && qc_draft_get_roster (self->draft)->lines->len >= QC_MANY_LINES)
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
void
qc_roster_service_publish (QcRosterService *self)
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
    qc_business_service_refresh (QC_BUSINESS_SERVICE (self));
  qc_roster_service_publish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
line_gone_cb (gpointer key, gpointer value, gpointer user_data)
{
  return qc_roster_find (user_data, *(const gint64 *)key) == NULL;
}

void
qc_roster_service_forget_gone_lines (QcRosterService *self)
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
  if (ids != NULL && n <= QC_FINDINGS_PER_CODE) {
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
  qc_roster_service_publish (self);
}
