/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Moving to another computer, and handing over: a copy of the data is made beside them, sealed into one file and let go
 * of; and back. Main context; files and SQL are on threads.
 */
#include "qc-keeper-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-bundle.h"
#include "qc-store-handover.h"
#include "qc-store-incoming.h"
#include "qc-store-journal.h"

/* --- out --- */

typedef struct {
  char *folder, *path, *passphrase, *profile, *actor; /* (owned) (nullable) */
  char *outgoing;                                     /* (owned) the copy that is sealed */
  GPtrArray *units;                                   /* (owned) (nullable) char* */
  int *permille;                                      /* borrowed from the keeper, which the task holds */
} Packing;

void
qc_keeper_forget (char *passphrase)
{
  if (passphrase)
    memset (passphrase, 0, strlen (passphrase));
  g_free (passphrase);
}

static void
packing_free (gpointer data)
{
  Packing *packing = data;
  qc_keeper_forget (packing->passphrase);
  g_free (packing->folder);
  g_free (packing->path);
  g_free (packing->profile);
  g_free (packing->actor);
  g_free (packing->outgoing);
  g_clear_pointer (&packing->units, g_ptr_array_unref);
  g_free (packing);
}

GPtrArray *
qc_keeper_copy_units (const GPtrArray *units)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; units && i < units->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (units, i)));
  return copy;
}

static gpointer
write_outgoing (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Packing *packing = data;
  return qc_store_copy_write (connection, packing->folder, packing->outgoing, qc_keeper_now (), error)
             ? QC_DATABASE_DONE
             : NULL;
}

static gboolean
pack (const Packing *packing, GCancellable *cancellable, GError **error)
{
  return (!packing->units
          || (qc_store_copy_narrow (packing->outgoing, packing->profile, packing->units, packing->actor,
                                    qc_keeper_now (), error)
              && qc_store_copy_describe (packing->outgoing, qc_keeper_now (), error)))
         && qc_bundle_write (packing->outgoing, packing->path, packing->passphrase, cancellable, packing->permille,
                             error);
}

static void
pack_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Packing *packing = data;
  GError *error = NULL;
  gboolean packed = pack (packing, cancellable, &error);
  qc_store_copy_remove (packing->outgoing);
  g_atomic_int_set (packing->permille, -1);
  if (packed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
outgoing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_run_in_thread (task, pack_thread);
  else
    g_task_return_error (task, error);
}

void
qc_keeper_pack_async (QcKeeper *self, const char *path, const char *passphrase, const GPtrArray *units,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && path && passphrase);
  QcSession *session = qc_keeper_get_session (self);
  Packing *packing = g_new0 (Packing, 1);
  packing->folder = g_strdup (qc_keeper_folder (self));
  packing->path = g_strdup (path);
  packing->passphrase = g_strdup (passphrase);
  packing->profile = g_strdup (qc_session_get_profile_id (session));
  packing->actor = g_strdup (qc_session_get_user_name (session));
  packing->outgoing = g_build_filename (packing->folder, QC_STORE_OUTGOING, NULL);
  packing->units = units ? qc_keeper_copy_units (units) : NULL;
  packing->permille = qc_keeper_permille (self);
  GTask *task
      = qc_keeper_task_new (self, qc_keeper_pack_async, packing, packing_free, cancellable, callback, user_data);
  qc_database_walk_async (qc_session_get_database (session), "pack", write_outgoing, packing, NULL, NULL, cancellable,
                          outgoing_cb, task);
}

gboolean
qc_keeper_pack_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  const Packing *packing = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  qc_session_journal (qc_keeper_get_session (self), packing->units ? "bundle.handed-over" : "bundle.written",
                      packing->path, NULL);
  return TRUE;
}

/* --- in --- */

typedef struct {
  char *folder, *path, *passphrase, *actor; /* (owned) (nullable) */
  int *permille;                            /* borrowed */
  gboolean only_look;
} Unpacking;

static void
unpacking_free (gpointer data)
{
  Unpacking *unpacking = data;
  qc_keeper_forget (unpacking->passphrase);
  g_free (unpacking->folder);
  g_free (unpacking->path);
  g_free (unpacking->actor);
  g_free (unpacking);
}

/* What is wrong with the database in it is wrong with the file. Takes @error. (transfer full) */
static GError *
of_the_file (GError *error)
{
  gboolean newer = g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_NEWER);
  if (!newer && !g_error_matches (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT))
    return error;
  GError *other = g_error_new_literal (QC_APP_ERROR, newer ? QC_APP_ERROR_NEWER : QC_APP_ERROR_TORN, error->message);
  g_error_free (error);
  return other;
}

static QcKept *
unpack (const Unpacking *unpacking, GCancellable *cancellable, GError **error)
{
  g_autofree char *part = qc_store_incoming_begin (unpacking->folder, error);
  g_autofree char *name = g_path_get_basename (unpacking->path);
  const QcStoreArrival arrival = {"bundle.adopted", name, unpacking->actor, qc_keeper_now (), TRUE};
  gint64 waiting;
  if (!part || !qc_bundle_read (unpacking->path, unpacking->passphrase, part, cancellable, unpacking->permille, error)
      || !qc_store_incoming_settle (part, NULL, &arrival, &waiting, error))
    return NULL;
  g_autoptr (QcStoreCopy) copy = qc_store_copy_read (part, error);
  return copy ? qc_keeper_describe (copy) : NULL;
}

static void
unpack_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Unpacking *unpacking = data;
  GError *error = NULL;
  QcKept *kept = unpack (unpacking, cancellable, &error);
  g_atomic_int_set (unpacking->permille, -1);
  if (!kept || unpacking->only_look)
    qc_store_incoming_drop (unpacking->folder);
  if (kept)
    g_task_return_pointer (task, kept, (GDestroyNotify)qc_kept_free);
  else
    g_task_return_error (task, of_the_file (error));
}

static gpointer
count_waiting (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n;
  if (!qc_store_copy_count_waiting (connection, &n, error))
    return NULL;
  if (n == 0)
    return QC_DATABASE_DONE;
  g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_WAITING,
                       _ ("Something on this computer waits to be submitted: it would be lost from view."));
  return NULL;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (qc_database_finish (QC_DATABASE (source), result, &error))
    g_task_run_in_thread (task, unpack_thread);
  else
    g_task_return_error (task, error);
}

/* (transfer full) */
static GTask *
unpacking_new (QcKeeper *self, const char *path, const char *passphrase, gboolean only_look, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  Unpacking *unpacking = g_new0 (Unpacking, 1);
  unpacking->folder = g_strdup (qc_keeper_folder (self));
  unpacking->path = g_strdup (path);
  unpacking->passphrase = g_strdup (passphrase);
  unpacking->actor = g_strdup (qc_session_get_user_name (qc_keeper_get_session (self)));
  unpacking->permille = qc_keeper_permille (self);
  unpacking->only_look = only_look;
  return qc_keeper_task_new (self, qc_keeper_unpack_async, unpacking, unpacking_free, cancellable, callback, user_data);
}

void
qc_keeper_unpack_async (QcKeeper *self, const char *path, const char *passphrase, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && path && passphrase);
  GTask *task = unpacking_new (self, path, passphrase, FALSE, cancellable, callback, user_data);
  qc_database_read_async (qc_session_get_database (qc_keeper_get_session (self)), "waiting", count_waiting, NULL, NULL,
                          NULL, cancellable, counted_cb, task);
}

QcKept *
qc_keeper_unpack_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
qc_keeper_look_into_async (QcKeeper *self, const char *path, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self) && path && passphrase);
  g_autoptr (GTask) task = unpacking_new (self, path, passphrase, TRUE, cancellable, callback, user_data);
  g_task_run_in_thread (task, unpack_thread);
}

static void
adopt_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (qc_store_incoming_ready (data, qc_keeper_now (), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
qc_keeper_adopt_async (QcKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_KEEPER (self));
  g_autoptr (GTask) task = qc_keeper_task_new (self, qc_keeper_adopt_async, g_strdup (qc_keeper_folder (self)), g_free,
                                               NULL, callback, user_data);
  g_task_run_in_thread (task, adopt_thread);
}

gboolean
qc_keeper_adopt_finish (QcKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
