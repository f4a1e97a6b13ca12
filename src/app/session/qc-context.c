/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-context.h. The store is opened on a thread of its own, because taking the lock and migrating touch the disk.
 * Main thread.
 */
#include "qc-context.h"

#include <glib/gi18n-lib.h>

#include "qc-month.h"
#include "qc-profile.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"
#include "qc-store-lines.h"
#include "qc-store.h"

struct _QcContext {
  GObject parent_instance;
  char *data_dir;       /* (owned) */
  QcStore *store;       /* (owned) (nullable) */
  QcPractice *practice; /* (owned) */
  QcClock clock;
  gint64 clock_offset; /* seconds by which the center's day is ahead of ours */
};

G_DEFINE_FINAL_TYPE (QcContext, qc_context, G_TYPE_OBJECT)

static void
directory_entry_free (gpointer data)
{
  QcDirectoryEntry *entry = data;
  g_free (entry->level);
  g_free (entry->level_name);
  g_free (entry->city);
  g_free (entry->department);
  g_free (entry);
}

static void
add_directory_entry (QcProfileInfo *info, const char *level, const char *level_name, const char *city,
                     const char *department, gboolean connected)
{
  QcDirectoryEntry *entry = g_new0 (QcDirectoryEntry, 1);
  entry->level = g_strdup (level);
  entry->level_name = g_strdup (level_name);
  entry->city = g_strdup (city);
  entry->department = g_strdup (department);
  entry->connected = connected;
  g_ptr_array_add (info->directory, entry);
}

void
qc_profile_info_free (QcProfileInfo *info)
{
  g_free (info->id);
  g_free (info->name);
  g_free (info->portal);
  g_ptr_array_unref (info->directory);
  g_free (info);
}

QcProfileInfo *
qc_profile_info_copy (const QcProfileInfo *info)
{
  QcProfileInfo *copy = g_new0 (QcProfileInfo, 1);
  *copy = *info;
  copy->id = g_strdup (info->id);
  copy->name = g_strdup (info->name);
  copy->portal = g_strdup (info->portal);
  copy->directory = g_ptr_array_new_with_free_func (directory_entry_free);
  for (guint i = 0; i < info->directory->len; i++) {
    const QcDirectoryEntry *entry = g_ptr_array_index (info->directory, i);
    add_directory_entry (copy, entry->level, entry->level_name, entry->city, entry->department, entry->connected);
  }
  return copy;
}

QcProfileInfo *
qc_context_describe_profile (QcProfile *profile)
{
  QcProfileInfo *info = g_new0 (QcProfileInfo, 1);
  info->id = g_strdup (qc_profile_get_id (profile));
  info->name = g_strdup (qc_profile_get_name (profile));
  info->portal = g_strdup (qc_profile_get_portal (profile));
  info->has_api = qc_profile_has_api (profile);
  info->is_practice = qc_profile_is_practice (profile);
  info->is_builtin = qc_profile_is_builtin (profile);
  info->directory = g_ptr_array_new_with_free_func (directory_entry_free);
  for (guint i = 0; i < qc_profile_get_n_departments (profile); i++) {
    const QcProfileDepartment *entry = qc_profile_get_department (profile, i);
    add_directory_entry (info, entry->level, entry->level_name, entry->city, entry->department, entry->connected);
  }
  return info;
}

static void
qc_context_finalize (GObject *object)
{
  QcContext *self = QC_CONTEXT (object);
  qc_context_shutdown (self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->data_dir, g_free);
  G_OBJECT_CLASS (qc_context_parent_class)->finalize (object);
}

static void
qc_context_class_init (QcContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_context_finalize;
}

static gint64
clock_now (gpointer data)
{
  QcContext *self = data;
  return g_get_real_time () / G_USEC_PER_SEC + self->clock_offset;
}

static void
qc_context_init (QcContext *self)
{
  self->clock.now = clock_now;
  self->clock.user_data = self;
}

QcContext *
qc_context_new (const char *data_dir)
{
  QcContext *self = g_object_new (QC_TYPE_CONTEXT, NULL);
  const char *wanted = data_dir ? data_dir : g_getenv ("QINGCE_DATA");
  self->data_dir = wanted && *wanted ? g_canonicalize_filename (wanted, NULL)
                                     : g_build_filename (g_get_user_data_dir (), "qingce", NULL);
  g_autofree char *folder = g_build_filename (self->data_dir, "practice", NULL);
  self->practice = qc_practice_new (folder);
  return self;
}

/* Names who holds the folder, for QC_APP_ERROR_LOCKED. */
static GError *
locked_error (const char *folder)
{
  g_autoptr (QcStoreHolder) holder = qc_store_read_holder (folder);
  if (!holder)
    return g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_LOCKED, _ ("Another Qingce has these data open."));
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_local (holder->since);
  g_autofree char *time = since ? g_date_time_format (since, "%Y-%m-%d %H:%M") : g_strdup ("");
  g_autofree char *pid = g_strdup_printf ("%" G_GINT64_FORMAT, holder->pid);
  return g_error_new (QC_APP_ERROR, QC_APP_ERROR_LOCKED,
                      /* Translators: the process number, the computer, and since when. */
                      _ ("These data are open in Qingce process %s on %s since %s."), pid, holder->host, time);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  QcStore *store = qc_store_open (data, &error);
  /* Profiles bring certificates: their library is loaded here and not on the main thread before its first picture. */
  g_tls_backend_get_default ();
  if (store)
    g_task_return_pointer (task, store, (GDestroyNotify)qc_store_close);
  else if (g_error_matches (error, QC_STORE_ERROR, QC_STORE_ERROR_LOCKED))
    g_task_return_error (task, locked_error (data));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
qc_context_open_async (QcContext *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_CONTEXT (self) && !self->store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, qc_context_open_async);
  g_task_set_task_data (task, g_strdup (self->data_dir), g_free);
  g_task_run_in_thread (task, open_thread);
}

/* Seconds: a picture that is younger may be on its way to a draft. */
#define SWEEP_AGE 600

/* What is kept for a time only. @data: the folder. */
static gpointer
purge (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  return qc_store_drafts_purge (connection, now, error) && qc_store_lines_purge (connection, now, error)
                 && qc_store_attachments_sweep (connection, data, SWEEP_AGE, error)
             ? QC_DATABASE_DONE
             : NULL;
}

/* Before anybody has a draft in hands. Nobody waits for it, and where it fails the next start does it. */
gboolean
qc_context_open_finish (QcContext *self, GAsyncResult *result, GError **error)
{
  QcStore *store = g_task_propagate_pointer (G_TASK (result), error);
  if (!store)
    return FALSE;
  self->store = store;
  qc_database_write_async (qc_store_get_database (store), "purge", purge, g_strdup (qc_store_get_folder (store)),
                           g_free, NULL, NULL, NULL, NULL);
  return TRUE;
}

gboolean
qc_context_is_open (QcContext *self)
{
  return self->store != NULL;
}

const char *
qc_context_get_set_aside (QcContext *self)
{
  return self->store ? qc_store_get_set_aside (self->store) : NULL;
}

void
qc_salvaged_free (QcSalvaged *salvaged)
{
  if (!salvaged)
    return;
  g_ptr_array_unref (salvaged->incomplete);
  g_free (salvaged);
}

QcSalvaged *
qc_context_dup_salvaged (QcContext *self)
{
  const QcStoreSalvage *salvage = self->store ? qc_store_get_salvage (self->store) : NULL;
  if (!salvage)
    return NULL;
  QcSalvaged *salvaged = g_new0 (QcSalvaged, 1);
  salvaged->drafts = salvage->drafts;
  salvaged->waiting = salvage->waiting;
  salvaged->entries = salvage->entries;
  salvaged->vouchers = salvage->vouchers;
  salvaged->incomplete = g_ptr_array_ref (salvage->incomplete);
  return salvaged;
}

char *
qc_salvaged_dup_words (const QcSalvaged *salvaged)
{
  if (!salvaged)
    return g_strdup (_ ("Nothing of it could be read."));
  g_autofree char *came = g_strdup_printf (
      /* Translators: of a damaged database: drafts, submissions that wait, entries of the journal, vouchers. */
      _ ("Came over: drafts %d, waiting %d, journal entries %d, vouchers %d."), (int)salvaged->drafts,
      (int)salvaged->waiting, (int)salvaged->entries, (int)salvaged->vouchers);
  if (salvaged->incomplete->len == 0)
    return g_steal_pointer (&came);
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < salvaged->incomplete->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (char *)g_ptr_array_index (salvaged->incomplete, i));
  g_autofree char *list = g_string_free (names, FALSE);
  g_autofree char *missing = g_strdup_printf (_ ("Lines are missing in: %s."), list);
  return g_strjoin ("\n", came, missing, NULL);
}

const char *
qc_context_get_replaced (QcContext *self)
{
  return self->store ? qc_store_get_replaced (self->store) : NULL;
}

void
qc_context_shutdown (QcContext *self)
{
  g_return_if_fail (QC_IS_CONTEXT (self));
  if (self->practice)
    qc_practice_stop (self->practice);
  g_clear_pointer (&self->store, qc_store_close);
}

const char *
qc_context_get_data_dir (QcContext *self)
{
  return self->data_dir;
}

const QcClock *
qc_context_get_clock (QcContext *self)
{
  return &self->clock;
}

void
qc_context_set_today (QcContext *self, QcDate today)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  self->clock_offset = today == QC_DATE_NONE ? 0 : qc_date_diff_days (qc_date_from_unix (now), today) * (gint64)86400;
}

QcDatabase *
qc_context_get_database (QcContext *self)
{
  return self->store ? qc_store_get_database (self->store) : NULL;
}

QcPractice *
qc_context_get_practice (QcContext *self)
{
  return self->practice;
}

GPtrArray *
qc_context_list_profiles (QcContext *self)
{
  g_autoptr (GPtrArray) profiles = qc_profile_list (self->data_dir, NULL);
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_profile_info_free);
  for (guint i = 0; i < profiles->len; i++)
    g_ptr_array_add (infos, qc_context_describe_profile (g_ptr_array_index (profiles, i)));
  return infos;
}

QcProfileInfo *
qc_context_import_profile (QcContext *self, GFile *file, GError **error)
{
  g_autoptr (QcProfile) profile = qc_profile_import (file, self->data_dir, error);
  return profile ? qc_context_describe_profile (profile) : NULL;
}
