/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a roster stands on: the unit, policy, ratios, code lists, what is unfinished, and the people on it with what
 * waits in the outbox laid over them. Reader thread, one snapshot of the database.
 */
#include "qc-roster-service-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-complete.h"
#include "qc-known-person.h"
#include "qc-roster-past.h"
#include "qc-store-applications.h"
#include "qc-store-people.h"
#include "qc-store-policies.h"
#include "qc-store-receivers.h"
#include "qc-store-units.h"

void
qc_roster_ground_free (QcRosterGround *ground)
{
  if (ground == NULL)
    return;
  g_clear_pointer (&ground->overlay, qc_overlay_free);
  g_clear_pointer (&ground->people, qc_roster_people_free);
  g_clear_pointer (&ground->policies, g_array_unref);
  g_clear_pointer (&ground->ratios, g_array_unref);
  g_clear_pointer (&ground->codes, g_ptr_array_unref);
  g_clear_pointer (&ground->open, g_ptr_array_unref);
  g_clear_pointer (&ground->units, g_hash_table_unref);
  g_clear_pointer (&ground->histories, g_hash_table_unref);
  g_clear_pointer (&ground->known, g_hash_table_unref);
  g_clear_pointer (&ground->unit, qc_unit_free);
  g_free (ground);
}

typedef struct {
  QcRosterGround *ground;
  GHashTable *accounts; /* (nullable) set of char*, borrowed; NULL: nobody else comes */
  GCancellable *cancellable;
  guint n;
} Reading;

static gboolean
person_cb (const QcEmployee *person, gpointer user_data)
{
  Reading *reading = user_data;
  if (++reading->n % 1024 == 0 && g_cancellable_is_cancelled (reading->cancellable))
    return FALSE;
  if (reading->accounts != NULL && !g_hash_table_contains (reading->accounts, person->account))
    return TRUE;
  if (qc_overlay_get_immediate (reading->ground->overlay) == 0) {
    qc_roster_people_put (reading->ground->people, person);
    return TRUE;
  }
  g_autoptr (QcEmployee) laid_over = qc_employee_copy (person);
  qc_overlay_apply (reading->ground->overlay, laid_over, NULL);
  qc_roster_people_put (reading->ground->people, laid_over);
  return TRUE;
}

static gboolean
read_people (QcConnection *connection, const char *profile, const char *unit, const char *accounts,
             GCancellable *cancellable, QcRosterGround *ground, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = {ground, wanted, cancellable, 0};
  for (const char *account = accounts; *account != '\0'; account += strlen (account) + 1)
    g_hash_table_add (wanted, (gpointer)account);
  /* many: one scan of all; few: one look each */
  if (g_hash_table_size (wanted) > 2000)
    return qc_store_people_scan (connection, profile, unit, person_cb, &reading, error)
           && !g_cancellable_set_error_if_cancelled (cancellable, error);
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, wanted);
  gpointer account;
  while (g_hash_table_iter_next (&iter, &account, NULL)) {
    g_autoptr (QcEmployee) person = NULL;
    if (!qc_store_people_get (connection, profile, unit, account, &person, error))
      return FALSE;
    if (person != NULL)
      person_cb (person, &reading);
  }
  return TRUE;
}

static gboolean
history_cb (const QcEmployee *person, const QcPersonHistory *history, gpointer user_data)
{
  Reading *reading = user_data;
  g_hash_table_insert (reading->ground->histories, g_strdup (person->account), qc_person_history_copy (history));
  return person_cb (person, reading);
}

/* People with what was paid for them. */
static gboolean
read_histories (QcConnection *connection, const QcRosterGroundRequest *request, GCancellable *cancellable,
                QcRosterGround *ground, GError **error)
{
  Reading reading = {ground, NULL, cancellable, 0};
  ground->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)qc_person_history_free);
  return qc_roster_histories_walk (connection, request->profile, request->unit, request->accounts, history_cb, &reading,
                                   cancellable, error);
}

/* Only what the business asks for. */
static gboolean
read_lines (QcConnection *connection, const QcRosterGroundRequest *request, GCancellable *cancellable,
            QcRosterGround *ground, GError **error)
{
  const QcBusinessInfo *info = qc_business_info (request->business);
  const char *profile = request->profile, *unit = request->unit;
  if (info->of_months)
    return read_histories (connection, request, cancellable, ground, error);
  return read_people (connection, profile, unit, request->accounts, cancellable, ground, error)
         && (!info->opens_accounts
             || (ground->known
                 = qc_roster_known_read (connection, profile, unit, request->documents, cancellable, error)));
}

static void
move_all (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key, value;
  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_replace (to, key, value);
  }
}

void
qc_roster_ground_add (QcRosterGround *ground, QcRosterGround *more, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (lines, i);
    const QcEmployee *person = line->account != NULL ? qc_roster_people_find (more->people, line->account) : NULL;
    if (person != NULL)
      qc_roster_people_put (ground->people, person);
  }
  move_all (ground->histories, more->histories);
  move_all (ground->known, more->known);
}

gpointer
qc_roster_ground_read (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcRosterGroundRequest *request = data;
  const char *profile = request->profile, *unit = request->unit;
  g_autoptr (QcRosterGround) ground = g_new0 (QcRosterGround, 1);
  ground->people = qc_roster_people_new ();
  if (!qc_store_unit_get (connection, profile, unit, &ground->unit, error))
    return NULL;
  if (ground->unit == NULL) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_NO_UNIT,
                         _ ("Nothing of this unit is on this computer yet."));
    return NULL;
  }
  if (!qc_complete_check (connection, profile, unit, error)
      || (ground->policies = qc_store_policies_get (connection, profile, unit, error)) == NULL
      || (ground->ratios = qc_store_ratios_get (connection, profile, unit, error)) == NULL
      || (ground->codes = qc_store_codes_get (connection, profile, unit, NULL, error)) == NULL
      || (ground->open = qc_store_applications_open (connection, profile, unit, error)) == NULL
      || (ground->units = qc_store_receivers_get (connection, profile, error)) == NULL
      || (ground->overlay = qc_overlay_load (connection, profile, ground->unit, error)) == NULL
      || !read_lines (connection, request, cancellable, ground, error))
    return NULL;
  ground->facts = (QcRosterFacts) {
      .unit = ground->unit,
      .policies = ground->policies,
      .ratios = ground->ratios,
      .codes = ground->codes,
      .open = ground->open,
      .today = request->today,
      .remittance_queued = qc_overlay_has_remittance (ground->overlay),
      .histories = ground->histories,
      .known = ground->known,
  };
  return g_steal_pointer (&ground);
}

gboolean
qc_roster_ground_has (const QcRosterGround *ground, const QcRosterLine *line)
{
  if (line->account && !qc_roster_people_find (ground->people, line->account))
    return FALSE;
  if (line->account && ground->histories && !g_hash_table_contains (ground->histories, line->account))
    return FALSE;
  if (!ground->known || !line->document_type || !line->document)
    return TRUE;
  g_autofree char *key = qc_known_person_dup_key (line->document_type, line->document);
  return g_hash_table_contains (ground->known, key);
}

void
qc_roster_ground_request_free (QcRosterGroundRequest *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->accounts);
  g_free (request->documents);
  g_free (request);
}
