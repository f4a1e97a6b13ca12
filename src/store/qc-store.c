/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Opening the data folder: lock, database, damage. The lock is an open file description lock of the kernel, so it goes
 * with the process however that ends; what the file says is only for people. Blocks; not for the main loop.
 */
#include "qc-store.h"

#include "qc-data-folder.h"
#include "qc-migrations.h"
#include "qc-store-drafts.h"
#include "qc-store-incoming.h"
#include "qc-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "store-resources.h"

static const char *const SCRIPTS[] = {
    "/org/qingce/store/schema/001.sql", "/org/qingce/store/schema/002.sql", "/org/qingce/store/schema/003.sql",
    "/org/qingce/store/schema/004.sql", "/org/qingce/store/schema/005.sql", "/org/qingce/store/schema/006.sql",
    "/org/qingce/store/schema/007.sql", "/org/qingce/store/schema/008.sql", "/org/qingce/store/schema/009.sql",
    "/org/qingce/store/schema/010.sql", "/org/qingce/store/schema/011.sql",
};

struct _QcStore {
  char *folder;            /* (owned) */
  char *set_aside;         /* (owned) (nullable) */
  char *replaced;          /* (owned) (nullable) */
  QcStoreSalvage *salvage; /* (owned) (nullable) */
  QcDatabase *database;    /* (owned) */
  int lock;                /* file descriptor, -1 = none */
};

void
qc_store_holder_free (QcStoreHolder *holder)
{
  if (holder == NULL)
    return;
  g_free (holder->host);
  g_free (holder);
}

static char *
lock_path (const char *folder)
{
  return g_build_filename (folder, "lock", NULL);
}

/* Three lines: process, host, since. */
static QcStoreHolder *
parse_holder (const char *path)
{
  g_autofree char *contents = NULL;
  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (contents, "\n", 4);
  if (g_strv_length (lines) < 3)
    return NULL;
  QcStoreHolder *holder = g_new0 (QcStoreHolder, 1);
  holder->pid = g_ascii_strtoll (lines[0], NULL, 10);
  holder->host = g_utf8_make_valid (lines[1], -1);
  holder->since = g_ascii_strtoll (lines[2], NULL, 10);
  return holder;
}

QcStoreHolder *
qc_store_read_holder (const char *folder)
{
  g_autofree char *path = lock_path (folder);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return NULL;
  gboolean is_free = flock (fd, LOCK_SH | LOCK_NB) == 0;
  close (fd);
  return is_free ? NULL : parse_holder (path);
}

static gboolean
io_error (const char *path, GError **error)
{
  int saved = errno;
  g_set_error (error, QC_DB_ERROR, saved == ENOSPC || saved == EDQUOT ? QC_DB_ERROR_FULL : QC_DB_ERROR_IO, "%s: %s",
               path, g_strerror (saved));
  return FALSE;
}

static gboolean
take_lock (QcStore *store, GError **error)
{
  g_autofree char *path = lock_path (store->folder);
  store->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (store->lock < 0)
    return io_error (path, error);
  if (flock (store->lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return io_error (path, error);
    g_autoptr (QcStoreHolder) holder = parse_holder (path);
    g_set_error (error, QC_STORE_ERROR, QC_STORE_ERROR_LOCKED, "%s is held by process %" G_GINT64_FORMAT " on %s",
                 store->folder, holder != NULL ? holder->pid : 0, holder != NULL ? holder->host : "?");
    return FALSE;
  }
  g_autofree char *text = g_strdup_printf ("%ld\n%s\n%" G_GINT64_FORMAT "\n", (long)getpid (), g_get_host_name (),
                                           g_get_real_time () / G_USEC_PER_SEC);
  if (ftruncate (store->lock, 0) != 0 || pwrite (store->lock, text, strlen (text), 0) != (ssize_t)strlen (text))
    return io_error (path, error);
  return TRUE;
}

gboolean
qc_store_migrate (QcConnection *connection, const char *path, GError **error)
{
  return qc_migrations_run (connection, path, SCRIPTS, G_N_ELEMENTS (SCRIPTS), error);
}

static gboolean
open_database (QcStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (store->folder, "qingce.db", NULL);
  g_autofree char *mark = g_strconcat (path, ".suspect", NULL);
  g_autoptr (GError) first = NULL;
  store->database = qc_database_open (path, SCRIPTS, G_N_ELEMENTS (SCRIPTS), &first);
  if (store->database != NULL)
    return TRUE;
  if (!g_error_matches (first, QC_DB_ERROR, QC_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }
  if (!qc_migrations_set_aside (path, &store->set_aside, error))
    return FALSE;
  g_unlink (mark);
  /* what cannot be read stays where it is; a disk that takes nothing is met once more at once */
  g_autoptr (GError) fault = NULL;
  store->salvage = qc_store_salvage (path, store->set_aside, g_get_real_time () / G_USEC_PER_SEC, &fault);
  store->database = qc_database_open (path, SCRIPTS, G_N_ELEMENTS (SCRIPTS), error);
  return store->database != NULL;
}

QcStore *
qc_store_open (const char *folder, GError **error)
{
  /* Names the schema, so that a linker that drops unused objects keeps it. */
  (void)qc_store_get_resource ();
  g_autoptr (QcStore) store = g_new0 (QcStore, 1);

  store->folder = g_strdup (folder);
  store->lock = -1;
  if (!qc_data_folder_prepare (folder, "qingce.db", error) || !take_lock (store, error)
      || !qc_store_incoming_take (folder, &store->replaced, error) || !open_database (store, error))
    return NULL;
  qc_database_set_spare_work (store->database, qc_store_drafts_tidy);
  return g_steal_pointer (&store);
}

void
qc_store_close (QcStore *store)
{
  if (store == NULL)
    return;
  if (store->database != NULL)
    qc_database_shutdown (store->database);
  g_clear_object (&store->database);
  /* closing gives the lock back; the file stays, so that nobody can hold a lock on a file that is gone */
  if (store->lock >= 0)
    close (store->lock);
  g_free (store->folder);
  g_free (store->set_aside);
  g_free (store->replaced);
  qc_store_salvage_free (store->salvage);
  g_free (store);
}

QcDatabase *
qc_store_get_database (QcStore *store)
{
  return store->database;
}

const char *
qc_store_get_folder (QcStore *store)
{
  return store->folder;
}

const char *
qc_store_get_set_aside (QcStore *store)
{
  return store->set_aside;
}

const QcStoreSalvage *
qc_store_get_salvage (QcStore *store)
{
  return store->salvage;
}

const char *
qc_store_get_replaced (QcStore *store)
{
  return store->replaced;
}
