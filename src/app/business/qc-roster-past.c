/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-past.h. Reader thread.
 */
#include "qc-roster-past.h"

#include <string.h>

#include "qc-back-payment.h"
#include "qc-known-person.h"
#include "qc-roster-pending.h"
#include "qc-store-people.h"

#define FEW  2000 /* are looked up whoever else there is */
#define PART 8    /* of more, this part of all people takes as long to look up as all of them to go through */

/* ---- what was paid ---- */

typedef struct {
  QcStoreHistoryFunc func;
  gpointer user_data;
  GHashTable *pending; /* of qc_roster_pending_read() */
  GHashTable *wanted;  /* (nullable) set of char*, borrowed; NULL: nobody else comes */
  GCancellable *cancellable;
  guint n;
} Walk;

static gboolean
walk_cb (const QcEmployee *employee, const QcPersonHistory *history, gpointer user_data)
{
  Walk *walk = user_data;
  if (++walk->n % 1024 == 0 && g_cancellable_is_cancelled (walk->cancellable))
    return FALSE;
  return (walk->wanted != NULL && !g_hash_table_contains (walk->wanted, employee->account))
         || qc_roster_pending_call (walk->pending, employee, history, walk->func, walk->user_data);
}

gboolean
qc_roster_histories_walk (QcConnection *connection, const char *profile, const char *unit, const char *accounts,
                          QcStoreHistoryFunc func, gpointer user_data, GCancellable *cancellable, GError **error)
{
  if (*accounts == '\0')
    return TRUE;
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GHashTable) pending = qc_roster_pending_read (connection, profile, unit, error);
  Walk walk = {func, user_data, pending, NULL, cancellable, 0};
  gint64 all = 0;
  if (pending == NULL)
    return FALSE;
  for (const char *account = accounts; *account; account = qc_packed_next (account))
    if (g_hash_table_add (wanted, (gpointer)account))
      g_ptr_array_add (order, (gpointer)account);
  if (order->len > FEW && !qc_store_people_count (connection, profile, unit, &all, error))
    return FALSE;
  if (order->len > FEW && order->len > all / PART)
    walk.wanted = wanted;
  return (walk.wanted != NULL ? qc_store_histories_each (connection, profile, unit, walk_cb, &walk, error)
                              : qc_store_histories_of (connection, profile, unit, order, walk_cb, &walk, error))
         && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
history_cb (const QcEmployee *employee, const QcPersonHistory *history, gpointer histories)
{
  g_hash_table_insert (histories, g_strdup (employee->account), qc_person_history_copy (history));
  return TRUE;
}

GHashTable *
qc_roster_histories_read (QcConnection *connection, const char *profile, const char *unit, const char *accounts,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) histories
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  return qc_roster_histories_walk (connection, profile, unit, accounts, history_cb, histories, cancellable, error)
             ? g_steal_pointer (&histories)
             : NULL;
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
