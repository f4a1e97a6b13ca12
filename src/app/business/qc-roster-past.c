/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-past.h. Reader thread.
 */
#include "qc-roster-past.h"

#include <string.h>

#include "qc-back-payment.h"
#include "qc-known-person.h"
#include "qc-store-people.h"

#define MANY 2000 /* one scan of all instead of one look each */

/* ---- what was paid ---- */

typedef struct {
  GHashTable *wanted;    /* set of char*, borrowed */
  GHashTable *histories; /* what came of it */
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

GHashTable *
qc_roster_histories_read (QcConnection *connection, const char *profile, const char *unit, const char *accounts,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) histories
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  for (const char *account = accounts; *account; account = qc_packed_next (account))
    g_hash_table_add (wanted, (gpointer)account);
  if (g_hash_table_size (wanted) > MANY) {
    Reading reading = {wanted, histories, cancellable, 0};
    return qc_store_histories_each (connection, profile, unit, history_cb, &reading, error)
                   && !g_cancellable_set_error_if_cancelled (cancellable, error)
               ? g_steal_pointer (&histories)
               : NULL;
  }
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, wanted);
  gpointer account;
  while (g_hash_table_iter_next (&iter, &account, NULL)) {
    QcPersonHistory *history = qc_store_history_get (connection, profile, unit, account, error);
    if (!history)
      return NULL;
    g_hash_table_insert (histories, g_strdup (account), history);
  }
  return g_steal_pointer (&histories);
}

/* ---- who has an account ---- */

char *
qc_roster_pack_documents (const GPtrArray *lines)
{
  GString *packed = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    if (!line->document_type || !line->document)
      continue;
    g_string_append_len (packed, line->document_type, (gssize)strlen (line->document_type) + 1);
    g_string_append_len (packed, line->document, (gssize)strlen (line->document) + 1);
  }
  return g_string_free (packed, FALSE);
}

GHashTable *
qc_roster_known_read (QcConnection *connection, const char *profile, const char *unit, const char *documents,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_known_person_free);
  for (const char *type = documents; *type; type = qc_packed_next (qc_packed_next (type))) {
    const char *number = qc_packed_next (type);
    g_autoptr (QcEmployee) person = NULL;
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !qc_store_people_find (connection, profile, unit, number, &person, error))
      return NULL;
    gboolean here = person && g_str_equal (person->document, number) && g_strcmp0 (person->document_type, type) == 0;
    g_hash_table_insert (known, qc_known_person_dup_key (type, number),
                         qc_known_person_new (here ? QC_KNOWN_HERE : QC_KNOWN_NOBODY, NULL));
  }
  return g_steal_pointer (&known);
}
