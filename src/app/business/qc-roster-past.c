/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the rules of 补缴 and 开户 need beside the people of a roster: what was paid for them, and who has an account of
 * the unit already. Read with the ground; lines that were entered before it was there get what follows from it.
 * Reading: reader thread; else main context.
 */
#include <string.h>

#include "qc-back-payment.h"
#include "qc-known-person.h"
#include "qc-roster-service-private.h"
#include "qc-store-people.h"

#define MANY 2000 /* one scan of all instead of one look each */

static gboolean
needs_past (QcBusiness business)
{
  return qc_business_info (business)->of_months;
}

char *
qc_roster_past_dup_key (QcBusiness business, const QcRosterLine *line)
{
  if (!qc_business_info (business)->opens_accounts)
    return g_strdup (line->account);
  return line->document != NULL && line->document_type != NULL
             ? qc_known_person_dup_key (line->document_type, line->document)
             : NULL;
}

gboolean
qc_roster_past_is_read (QcBusiness business, const QcRosterGround *ground, const QcRosterLine *line)
{
  if (needs_past (business))
    return line->account == NULL || g_hash_table_contains (ground->histories, line->account);
  if (!qc_business_info (business)->opens_accounts)
    return TRUE;
  g_autofree char *key = qc_roster_past_dup_key (business, line);
  return key == NULL || g_hash_table_contains (ground->known, key);
}

typedef struct {
  GHashTable *wanted; /* (owned) set of char*, borrowed */
  GHashTable *histories;
  GCancellable *cancellable;
  guint n;
} Reading;

static gboolean
history_cb (const QcEmployee *employee, const QcPersonHistory *history, gpointer user_data)
{
  Reading *reading = user_data;
  if (++reading->n % 1024 == 0 && g_cancellable_is_cancelled (reading->cancellable))
    return FALSE;
  if (!g_hash_table_contains (reading->wanted, employee->account))
    return TRUE;
  QcPersonHistory *copy = qc_person_history_new ();
  g_array_append_vals (copy->bases, history->bases->data, history->bases->len);
  g_array_append_vals (copy->spans, history->spans->data, history->spans->len);
  g_hash_table_insert (reading->histories, g_strdup (employee->account), copy);
  return TRUE;
}

static gboolean
read_histories (QcConnection *connection, const char *profile, const char *unit, const char *keys,
                GCancellable *cancellable, QcRosterGround *ground, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  ground->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  for (const char *key = keys; *key != '\0'; key += strlen (key) + 1)
    g_hash_table_add (wanted, (gpointer)key);
  if (g_hash_table_size (wanted) > MANY) {
    Reading reading = {wanted, ground->histories, cancellable, 0};
    return qc_store_histories_each (connection, profile, unit, history_cb, &reading, error)
           && !g_cancellable_set_error_if_cancelled (cancellable, error);
  }
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, wanted);
  gpointer account;
  while (g_hash_table_iter_next (&iter, &account, NULL)) {
    QcPersonHistory *history = qc_store_history_get (connection, profile, unit, account, error);
    if (history == NULL)
      return FALSE;
    g_hash_table_insert (ground->histories, g_strdup (account), history);
  }
  return TRUE;
}

/* Of other units only the center knows. */
static gboolean
read_known (QcConnection *connection, const char *profile, const char *unit, const char *keys, QcRosterGround *ground,
            GError **error)
{
  ground->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_known_person_free);
  for (const char *key = keys; *key != '\0'; key += strlen (key) + 1) {
    const char *document = strchr (key, '/') + 1;
    g_autoptr (QcEmployee) person = NULL;
    if (!qc_store_people_find (connection, profile, unit, document, &person, error))
      return FALSE;
    gboolean here = person != NULL && g_strcmp0 (person->document, document) == 0
                    && strncmp (key, person->document_type, strlen (person->document_type)) == 0;
    g_hash_table_replace (ground->known, g_strdup (key),
                          qc_known_person_new (here ? QC_KNOWN_HERE : QC_KNOWN_NOBODY, NULL));
  }
  return TRUE;
}

gboolean
qc_roster_past_read (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                     const char *keys, GCancellable *cancellable, QcRosterGround *ground, GError **error)
{
  if (needs_past (business))
    return read_histories (connection, profile, unit, keys, cancellable, ground, error);
  return !qc_business_info (business)->opens_accounts || read_known (connection, profile, unit, keys, ground, error);
}

void
qc_roster_service_fill_past (QcRosterService *self, const QcRosterGround *before)
{
  if (!needs_past (self->business))
    return;
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *old = g_ptr_array_index (lines, i);
    if (old->months != 0 && (before == NULL || qc_roster_past_is_read (self->business, before, old)))
      continue; /* what was seen is not refreshed silently */
    QcRosterLine *line = qc_roster_line_copy (old);
    qc_rules_roster_complete (self->business, &self->ground->facts, line);
    if (qc_roster_line_equal (old, line))
      qc_roster_line_free (line);
    else
      g_ptr_array_add (changed, line);
  }
  if (changed->len > 0)
    qc_draft_amend_lines (self->draft, changed);
  else
    g_ptr_array_unref (changed);
}
