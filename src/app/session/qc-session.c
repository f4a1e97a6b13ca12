/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-session.h. This file has the object and the choice of profile and unit; what is remembered is in
 * qc-session-memory.c, sync in qc-session-sync.c, the figures of 首页 in qc-session-home.c. Main thread.
 */
#include "qc-session-internal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-month.h"
#include "qc-store-drafts.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-unit-name.h"

/* Rows come in pages: listeners hear of them at most this often. */
#define CHANGED_DELAY_MS 100
#define PREF_PROFILE     "profile"

G_DEFINE_FINAL_TYPE (QcSession, qc_session, G_TYPE_OBJECT)

enum { PROFILE_CHANGED, UNITS_CHANGED, UNIT_CHANGED, DATA_CHANGED, SYNC_CHANGED, UPLOADING, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
qc_session_finalize (GObject *object)
{
  QcSession *self = QC_SESSION (object);
  qc_session_stop (self);
  g_ptr_array_unref (self->units);
  g_hash_table_unref (self->uploads);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (qc_session_parent_class)->finalize (object);
}

static void
qc_session_class_init (QcSessionClass *klass)
{
  static const char *const names[]
      = {"profile-changed", "units-changed", "unit-changed", NULL, "sync-changed", "uploading"};
  G_OBJECT_CLASS (klass)->finalize = qc_session_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    if (names[i])
      signals[i] = g_signal_new (names[i], QC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DATA_CHANGED] = g_signal_new ("data-changed", QC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
qc_session_init (QcSession *self)
{
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_unit_choice_free);
  self->uploads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

QcSession *
qc_session_new (QcContext *context)
{
  QcSession *self = g_object_new (QC_TYPE_SESSION, NULL);
  self->context = g_object_ref (context);
  return self;
}

void
qc_session_emit_sync_changed (QcSession *self)
{
  g_signal_emit (self, signals[SYNC_CHANGED], 0);
}

void
qc_session_emit_units_changed (QcSession *self)
{
  g_signal_emit (self, signals[UNITS_CHANGED], 0);
}

void
qc_session_emit_unit_changed (QcSession *self)
{
  g_signal_emit (self, signals[UNIT_CHANGED], 0);
}

static gboolean
tell_changed_cb (gpointer data)
{
  QcSession *self = data;
  guint flags = self->changed_flags;
  self->changed_source = 0;
  self->changed_flags = 0;
  g_signal_emit (self, signals[DATA_CHANGED], 0, flags);
  return G_SOURCE_REMOVE;
}

void
qc_session_data_changed (QcSession *self, QcDataKind what)
{
  g_return_if_fail (QC_IS_SESSION (self));
  self->changed_flags |= what;
  if (!self->changed_source)
    self->changed_source = g_timeout_add (CHANGED_DELAY_MS, tell_changed_cb, self);
}

/* --- profile --- */

void
qc_session_stop (QcSession *self)
{
  g_return_if_fail (QC_IS_SESSION (self));
  g_clear_handle_id (&self->changed_source, g_source_remove);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  qc_session_drop_sync (self);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->info, qc_profile_info_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->user, g_free);
  g_ptr_array_set_size (self->units, 0);
}

/* What was put away or ended long ago is let go of, once a start. */
static gpointer
purge_drafts (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_drafts_purge (connection, g_get_real_time () / G_USEC_PER_SEC, error) ? QC_DATABASE_DONE : NULL;
}

void
qc_session_adopt_profile (QcSession *self, QcProfile *profile)
{
  qc_session_stop (self);
  qc_database_write_async (qc_session_get_database (self), "drafts.purge", purge_drafts, NULL, NULL, NULL, NULL,
                           qc_session_written_cb, (gpointer) "drafts.purge");
  self->profile = g_object_ref (profile);
  self->info = qc_context_describe_profile (profile);
  self->entered = FALSE;
  self->sync = qc_sync_new (profile, qc_session_get_database (self), NULL, NULL);
  qc_context_set_today (self->context, self->info->is_practice
                                           ? qc_practice_get_today (qc_context_get_practice (self->context))
                                           : QC_DATE_NONE);
  qc_session_watch_sync (self);
}

static const QcUnitChoice *
find_unit (QcSession *self, const char *account)
{
  for (guint i = 0; account && i < self->units->len; i++) {
    const QcUnitChoice *choice = g_ptr_array_index (self->units, i);
    if (g_str_equal (choice->account, account))
      return choice;
  }
  return NULL;
}

/* Nothing of a unit can be fetched that the account may not act for. */
static void
follow_unit (QcSession *self)
{
  const QcUnitChoice *unit = find_unit (self, self->unit);
  if (self->sync && unit && qc_profile_has_api (self->profile))
    qc_sync_set_unit (self->sync, unit->granted ? unit->account : NULL);
}

void
qc_session_adopt_state (QcSession *self, QcProfileState *state)
{
  g_ptr_array_unref (self->units);
  self->units = g_ptr_array_ref (state->units);
  self->entered = self->entered || state->entered;
  g_free (self->user);
  self->user = g_strdup (state->user);
  const QcUnitChoice *unit = find_unit (self, self->unit ? self->unit : state->unit);
  if (!unit && self->units->len > 0)
    unit = g_ptr_array_index (self->units, 0);
  g_free (self->unit);
  self->unit = unit ? g_strdup (unit->account) : NULL;
  follow_unit (self);
  g_signal_emit (self, signals[PROFILE_CHANGED], 0);
  g_signal_emit (self, signals[UNITS_CHANGED], 0);
  g_signal_emit (self, signals[UNIT_CHANGED], 0);
  qc_session_emit_sync_changed (self);
}

/* The profile the practice center wrote when it last ran; good for reading what is stored before it runs again. */
static QcProfile *
stored_practice_profile (QcSession *self)
{
  const char *path = qc_practice_get_profile_path (qc_context_get_practice (self->context));
  g_autofree char *stored
      = g_build_filename (qc_context_get_data_dir (self->context), "practice", "profile.json", NULL);
  return qc_profile_new_practice (path ? path : stored, NULL);
}

static QcProfile *
find_profile (QcSession *self, const char *id)
{
  g_autoptr (GPtrArray) profiles = qc_profile_list (qc_context_get_data_dir (self->context), NULL);
  for (guint i = 0; i < profiles->len; i++)
    if (g_str_equal (qc_profile_get_id (g_ptr_array_index (profiles, i)), id))
      return g_object_ref (g_ptr_array_index (profiles, i));
  return NULL;
}

/* The file of a center that was chosen, and is not as it was any more. FALSE: there is none. */
static gboolean
explain_profile (QcSession *self, const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (qc_context_get_data_dir (self->context), "profiles", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) fault = NULL;
  if (*id == '\0' || strchr (id, G_DIR_SEPARATOR) || !g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_autoptr (QcProfile) profile = qc_profile_new_from_file (file, &fault);
  g_set_error (
      error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROFILE,
      /* Translators: a file, and what is wrong with it (a sentence). */
      _ ("%s is not as the center handed it out. %s Nothing that was entered is lost: import the center's file "
         "once more."),
      path, profile ? _ ("It is another center's.") : fault->message);
  return TRUE;
}

/* --- restoring --- */

static gpointer
read_last_profile (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  char *id = NULL;
  if (!qc_store_prefs_get (connection, "", PREF_PROFILE, &id, error))
    return NULL;
  return id ? id : g_strdup ("");
}

static gpointer
read_state (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_profile_state_read (connection, data, error);
}

static void
restored_state_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  QcProfileState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!state) {
    g_task_return_error (task, error);
    return;
  }
  qc_session_adopt_state (self, state);
  qc_profile_state_free (state);
  g_task_return_boolean (task, self->entered && self->unit != NULL);
}

static void
restored_id_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean practice = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autofree char *id = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!id) {
    g_task_return_error (task, error);
    return;
  }
  g_autoptr (QcProfile) profile = stored_practice_profile (self);
  if (!profile || (!practice && !g_str_equal (qc_profile_get_id (profile), id))) {
    g_clear_object (&profile);
    profile = practice ? NULL : find_profile (self, id);
  }
  if (!profile && !practice && explain_profile (self, id, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (!profile) {
    g_task_return_boolean (task, FALSE);
    return;
  }
  qc_session_adopt_profile (self, profile);
  qc_database_read_async (QC_DATABASE (source), "profile", read_state, g_strdup (qc_profile_get_id (profile)), g_free,
                          (GDestroyNotify)qc_profile_state_free, g_task_get_cancellable (task), restored_state_cb,
                          g_object_ref (task));
}

static gboolean
fail_unless_open (QcSession *self, GTask *task)
{
  if (qc_context_is_open (self->context))
    return FALSE;
  g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_NOT_OPEN, "%s", _ ("The data are not open."));
  return TRUE;
}

void
qc_session_restore_async (QcSession *self, gboolean practice, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_restore_async);
  g_task_set_task_data (task, GINT_TO_POINTER (practice), NULL);
  if (!fail_unless_open (self, task))
    qc_database_read_async (qc_session_get_database (self), "last profile", read_last_profile, NULL, NULL, g_free,
                            cancellable, restored_id_cb, g_object_ref (task));
}

gboolean
qc_session_restore_finish (QcSession *self, GAsyncResult *result, gboolean *out_entered, GError **error)
{
  g_autoptr (GError) local = NULL;
  *out_entered = g_task_propagate_boolean (G_TASK (result), &local);
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- choosing a profile --- */

static gpointer
write_choice (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcProfileInfo *info = data;
  QcStoreProfile row = {.id = info->id,
                        .name = info->name,
                        .department = info->name,
                        .practice = info->is_practice,
                        .used = g_get_real_time () / G_USEC_PER_SEC};
  if (!qc_store_profile_put (connection, &row, error)
      || !qc_store_prefs_set (connection, "", PREF_PROFILE, info->id, error))
    return NULL;
  return qc_profile_state_read (connection, info->id, error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  QcProfileState *state = qc_database_finish (QC_DATABASE (source), result, &error);
  if (!state) {
    g_task_return_error (task, error);
    return;
  }
  qc_session_adopt_state (self, state);
  qc_profile_state_free (state);
  if (self->started && self->sync)
    qc_sync_start (self->sync);
  g_task_return_boolean (task, TRUE);
}

static void
choose (QcSession *self, QcProfile *profile, GTask *task)
{
  qc_session_adopt_profile (self, profile);
  qc_database_write_async (qc_session_get_database (self), "choose profile", write_choice,
                           qc_profile_info_copy (self->info), (GDestroyNotify)qc_profile_info_free,
                           (GDestroyNotify)qc_profile_state_free, NULL, chosen_cb, g_object_ref (task));
}

static void
practice_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  QcSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (!qc_practice_start_finish (QC_PRACTICE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_autoptr (QcProfile) profile = qc_profile_new_practice (qc_practice_get_profile_path (QC_PRACTICE (source)), &error);
  if (profile)
    choose (self, profile, task);
  else
    g_task_return_error (task, error);
}

void
qc_session_choose_profile_async (QcSession *self, const char *id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_session_choose_profile_async);
  if (fail_unless_open (self, task))
    return;
  if (g_str_equal (id, QC_SESSION_PRACTICE)) {
    qc_practice_start_async (qc_context_get_practice (self->context), cancellable, practice_started_cb,
                             g_object_ref (task));
    return;
  }
  g_autoptr (QcProfile) profile = find_profile (self, id);
  GError *error = NULL;
  if (profile)
    choose (self, profile, task);
  else if (explain_profile (self, id, &error))
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s", id);
}

gboolean
qc_session_choose_profile_finish (QcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
qc_session_set_entered (QcSession *self, guint index)
{
  g_return_if_fail (QC_IS_SESSION (self) && self->info && index < self->info->directory->len);
  const QcDirectoryEntry *entry = g_ptr_array_index (self->info->directory, index);
  self->entered = TRUE;
  qc_session_set_pref (self, self->info->id, QC_STORE_PREF_LEVEL, entry->level);
  qc_session_set_pref (self, self->info->id, QC_STORE_PREF_CITY, entry->city);
  qc_session_set_pref (self, self->info->id, QC_STORE_PREF_DEPARTMENT, entry->department);
}

/* --- unit --- */

void
qc_session_set_unit (QcSession *self, const char *account)
{
  g_return_if_fail (QC_IS_SESSION (self));
  if (!find_unit (self, account) || g_strcmp0 (account, self->unit) == 0)
    return;
  g_free (self->unit);
  self->unit = g_strdup (account);
  qc_session_set_pref (self, self->info->id, QC_STORE_PREF_LAST_UNIT, account);
  qc_session_note_used (self);
  follow_unit (self);
  g_signal_emit (self, signals[UNIT_CHANGED], 0);
  qc_session_emit_sync_changed (self);
}

char *
qc_session_dup_unit_label (QcSession *self, const char *account, const char *name)
{
  g_return_val_if_fail (QC_IS_SESSION (self), NULL);
  const QcUnitChoice *unit = find_unit (self, account);
  return unit ? g_strdup (unit->label) : qc_unit_name_dup_short (name);
}

gboolean
qc_session_may_act (QcSession *self, const char *account)
{
  g_return_val_if_fail (QC_IS_SESSION (self), FALSE);
  const QcUnitChoice *unit = find_unit (self, account);
  return !unit || unit->granted || !qc_session_is_signed_in (self);
}

QcWaitsFor
qc_session_waits_for (QcSession *self, const char *account)
{
  g_return_val_if_fail (QC_IS_SESSION (self), QC_WAITS_FOR_NETWORK);
  if (qc_session_get_sync_status (self) == QC_SYNC_SIGNED_OUT)
    return QC_WAITS_FOR_SIGN_IN;
  return qc_session_may_act (self, account) ? QC_WAITS_FOR_NETWORK : QC_WAITS_FOR_ACCOUNT;
}

/* --- reading the object --- */

QcContext *
qc_session_get_context (QcSession *self)
{
  return self->context;
}

const QcProfileInfo *
qc_session_get_profile (QcSession *self)
{
  return self->info;
}

gboolean
qc_session_is_practice (QcSession *self)
{
  return self->info && self->info->is_practice;
}

gboolean
qc_session_is_entered (QcSession *self)
{
  return self->entered;
}

const char *
qc_session_get_user_name (QcSession *self)
{
  return self->user;
}

GPtrArray *
qc_session_get_units (QcSession *self)
{
  return self->units;
}

const QcUnitChoice *
qc_session_get_unit (QcSession *self)
{
  return find_unit (self, self->unit);
}

const char *
qc_session_get_unit_account (QcSession *self)
{
  return self->unit;
}

QcDate
qc_session_get_today (QcSession *self)
{
  return qc_clock_today (qc_context_get_clock (self->context));
}

QcDatabase *
qc_session_get_database (QcSession *self)
{
  return qc_context_get_database (self->context);
}

const char *
qc_session_get_profile_id (QcSession *self)
{
  return self->info ? self->info->id : NULL;
}

QcSync *
qc_session_get_sync (QcSession *self)
{
  return self->sync;
}
