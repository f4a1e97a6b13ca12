/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the session remembers in the database: preferences, what is known of a profile, and the journal of what the
 * clerk did. Writes nobody waits for only warn when they fail. Main thread, but for the database's functions.
 */
#include "qc-session-internal.h"

#include "qc-store-journal.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-unit-mark.h"

void
qc_profile_state_free (QcProfileState *state)
{
  g_ptr_array_unref (state->units);
  g_free (state->unit);
  g_free (state->user);
  g_free (state);
}

typedef struct {
  char *profile, *name, *value;
} Pref;

static void
pref_free (gpointer data)
{
  Pref *pref = data;
  g_free (pref->profile);
  g_free (pref->name);
  g_free (pref->value);
  g_free (pref);
}

static gpointer
write_pref (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Pref *pref = data;
  return qc_store_prefs_set (connection, pref->profile, pref->name, pref->value, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_session_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_message ("%s: %s", (const char *)data, error->message);
}

void
qc_session_set_pref (QcSession *self, const char *profile, const char *name, const char *value)
{
  QcDatabase *database = qc_session_get_database (self);
  if (!database)
    return;
  Pref *pref = g_new0 (Pref, 1);
  pref->profile = g_strdup (profile);
  pref->name = g_strdup (name);
  pref->value = g_strdup (value);
  qc_database_write_async (database, "pref", write_pref, pref, pref_free, NULL, NULL, qc_session_written_cb,
                           (gpointer) "pref");
}

QcProfileState *
qc_profile_state_read (QcConnection *connection, const char *profile, GError **error)
{
  g_autoptr (QcStoreProfile) known = NULL;
  g_autofree char *level = NULL;
  g_autofree char *unit = NULL;
  g_autoptr (GPtrArray) grants = qc_store_grants_list (connection, profile, error);
  if (!grants || !qc_store_prefs_get (connection, profile, QC_STORE_PREF_LEVEL, &level, error)
      || !qc_store_prefs_get (connection, profile, QC_STORE_PREF_LAST_UNIT, &unit, error)
      || !qc_store_profile_get (connection, profile, &known, error))
    return NULL;
  QcProfileState *state = g_new0 (QcProfileState, 1);
  state->units = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_unit_choice_free);
  for (guint i = 0; i < grants->len; i++)
    g_ptr_array_add (state->units, qc_unit_choice_new (g_ptr_array_index (grants, i)));
  state->unit = g_steal_pointer (&unit);
  state->user = known ? g_strdup (known->user) : NULL;
  state->entered = level != NULL;
  return state;
}

/* --- what she calls the units, and where she was last --- */

typedef struct {
  char *profile, *unit, *label, *actor; /* (owned) (nullable) */
  int colour;
  gint64 now;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;
  g_free (mark->profile);
  g_free (mark->unit);
  g_free (mark->label);
  g_free (mark->actor);
  g_free (mark);
}

static gpointer
write_mark (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Mark *mark = data;
  return qc_store_unit_mark_set (connection, mark->profile, mark->unit, mark->label, mark->colour, error)
                 && qc_store_journal_append (connection, mark->now, mark->profile, mark->unit, mark->actor,
                                             "unit.marked", mark->label, NULL, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  const Mark *mark = g_task_get_task_data (task);
  GError *error = NULL;
  if (!qc_database_finish (QC_DATABASE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; g_strcmp0 (mark->profile, qc_session_get_profile_id (self)) == 0 && i < self->units->len; i++) {
    QcUnitChoice *choice = g_ptr_array_index (self->units, i);
    if (g_str_equal (choice->account, mark->unit))
      qc_unit_choice_take_mark (choice, mark->label, mark->colour);
  }
  qc_session_emit_units_changed (self);
  g_task_return_boolean (task, TRUE);
}

void
qc_session_mark_unit_async (QcSession *self, const char *account, const char *label, guint colour,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (self) && account && colour < QC_N_UNIT_COLOURS);
  g_return_if_fail (self->info && qc_session_get_database (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, qc_session_mark_unit_async);
  Mark *mark = g_new0 (Mark, 1);
  *mark = (Mark) {g_strdup (self->info->id), g_strdup (account), g_strdup (label),
                  g_strdup (self->user),     (int)colour,        qc_clock_now (qc_context_get_clock (self->context))};
  g_task_set_task_data (task, mark, mark_free);
  qc_database_write_async (qc_session_get_database (self), "unit.mark", write_mark, mark, NULL, NULL, NULL, marked_cb,
                           g_object_ref (task));
}

gboolean
qc_session_mark_unit_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
write_used (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Mark *mark = data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  return qc_store_unit_used (connection, mark->profile, mark->unit, now, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_session_note_used (QcSession *self)
{
  for (guint i = 0; i < self->units->len; i++) {
    QcUnitChoice *choice = g_ptr_array_index (self->units, i);
    if (g_strcmp0 (choice->account, self->unit) == 0)
      choice->used = g_get_real_time () / G_USEC_PER_SEC;
  }
  Mark *mark = g_new0 (Mark, 1);
  *mark = (Mark) {.profile = g_strdup (self->info->id), .unit = g_strdup (self->unit)};
  qc_database_write_async (qc_session_get_database (self), "unit.used", write_used, mark, mark_free, NULL, NULL,
                           qc_session_written_cb, (gpointer) "unit.used");
}

typedef struct {
  gint64 now;
  char *profile, *unit, *actor, *event, *subject, *details; /* (owned) (nullable) */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->profile);
  g_free (entry->unit);
  g_free (entry->actor);
  g_free (entry->event);
  g_free (entry->subject);
  g_free (entry->details);
  g_free (entry);
}

static gpointer
write_journal (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Entry *entry = data;
  return qc_store_journal_append (connection, entry->now, entry->profile, entry->unit, entry->actor, entry->event,
                                  entry->subject, entry->details, error)
             ? QC_DATABASE_DONE
             : NULL;
}

static void
journaled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QcSession) self = data;
  g_autoptr (GError) error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    qc_session_set_fault (self, QC_SESSION_FAULT_JOURNAL, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    qc_session_set_fault (self, QC_SESSION_FAULT_JOURNAL, error);
}

void
qc_session_journal (QcSession *self, const char *event, const char *subject, const char *details)
{
  g_return_if_fail (QC_IS_SESSION (self) && event);
  if (!qc_session_get_database (self))
    return;
  Entry *entry = g_new0 (Entry, 1);
  entry->now = qc_clock_now (qc_context_get_clock (self->context));
  entry->profile = g_strdup (qc_session_get_profile_id (self));
  entry->unit = g_strdup (self->unit);
  entry->actor = g_strdup (self->user);
  entry->event = g_strdup (event);
  entry->subject = g_strdup (subject);
  entry->details = g_strdup (details);
  qc_database_write_async (qc_session_get_database (self), "journal", write_journal, entry, entry_free, NULL, NULL,
                           journaled_cb, g_object_ref (self));
}

QcProfileInfo *
qc_session_import_profile (QcSession *self, GFile *file, GError **error)
{
  g_return_val_if_fail (QC_IS_SESSION (self) && G_IS_FILE (file), NULL);
  QcProfileInfo *info = qc_context_import_profile (self->context, file, error);
  if (info)
    qc_session_journal (self, "profile-import", info->id, info->name);
  return info;
}

/* --- is the journal whole? --- */

static gpointer
verify_journal (QcConnection *connection, gpointer entry, GCancellable *cancellable, GError **error)
{
  return qc_store_journal_verify (connection, entry, error) ? QC_DATABASE_DONE : NULL;
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_session_verify_journal_async (QcSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (QC_IS_SESSION (self) && qc_session_get_database (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gint64 *entry = g_new0 (gint64, 1);
  g_task_set_source_tag (task, qc_session_verify_journal_async);
  g_task_set_task_data (task, entry, g_free); /* the task outlives the read */
  /* Through the writer's queue, behind the entries on their way. */
  qc_database_write_async (qc_session_get_database (self), "journal-verify", verify_journal, entry, NULL, NULL,
                           cancellable, verified_cb, task);
}

gboolean
qc_session_verify_journal_finish (QcSession *self, GAsyncResult *result, gint64 *out_entry, GError **error)
{
  const gint64 *entry = g_task_get_task_data (G_TASK (result));
  if (out_entry)
    *out_entry = *entry;
  return g_task_propagate_boolean (G_TASK (result), error);
}
