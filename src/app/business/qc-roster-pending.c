/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-pending.h. Reader thread.
 */
#include "qc-roster-pending.h"

#include "qc-back-payment.h"
#include "qc-store-applications.h"
#include "qc-store-lines.h"
#include "qc-wire-line.h"

typedef struct {
  GHashTable *pending;
  const char *serial;
  GError *error; /* (owned) (nullable) */
} Reading;

static gboolean
line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Reading *reading = user_data;
  if (id <= QC_STORE_LINE_FACTS)
    return TRUE;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, &reading->error);
  if (!line)
    return FALSE;
  if (!line->account)
    return TRUE;
  QcPersonHistory *history = g_hash_table_lookup (reading->pending, line->account);
  if (!history)
    g_hash_table_insert (reading->pending, g_strdup (line->account), history = qc_person_history_new ());
  qc_person_history_add_pending (history, reading->serial, line->from, line->to);
  return TRUE;
}

static gboolean
read_application (QcConnection *connection, const char *profile, const char *unit, const QcApplication *application,
                  Reading *reading, GError **error)
{
  g_auto (QcStoreRoster) kept = {0};
  reading->serial = application->serial;
  if (!qc_store_lines_get (connection, profile, unit, application->serial, application->created, &kept, error)
      || (kept.fetched != 0
          && !qc_store_lines_each (connection, profile, unit, application->serial, line_cb, reading, error)))
    return FALSE;
  if (!reading->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reading->error));
  return FALSE;
}

GHashTable *
qc_roster_pending_read (QcConnection *connection, const char *profile, const char *unit, GError **error)
{
  g_autoptr (GPtrArray) open = qc_store_applications_open (connection, profile, unit, error);
  g_autoptr (GHashTable) pending
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  Reading reading = {pending, NULL, NULL};
  for (guint i = 0; open && i < open->len; i++) {
    const QcApplication *application = g_ptr_array_index (open, i);
    if (qc_business_info (application->business)->of_months
        && (application->state == QC_STATE_IN_REVIEW || application->state == QC_STATE_ACCEPTED)
        && !read_application (connection, profile, unit, application, &reading, error))
      return NULL;
  }
  return open ? g_steal_pointer (&pending) : NULL;
}

gboolean
qc_roster_pending_call (GHashTable *pending, const QcEmployee *employee, const QcPersonHistory *history,
                        QcStoreHistoryFunc func, gpointer user_data)
{
  const QcPersonHistory *of_person = g_hash_table_lookup (pending, employee->account);
  if (!of_person)
    return func (employee, history, user_data);
  g_autoptr (QcPersonHistory) whole = qc_person_history_copy (history);
  for (guint i = 0; i < of_person->pending->len; i++) {
    const QcPendingMonths *months = g_ptr_array_index (of_person->pending, i);
    qc_person_history_add_pending (whole, months->serial, months->from, months->to);
  }
  return func (employee, whole, user_data);
}
