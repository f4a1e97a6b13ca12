/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-database-file.h. Any thread.
 */
#include "qc-database-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "qc-connection.h"

gboolean
qc_database_file_prepare (const char *path, gboolean create, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
  struct stat st;
  if (fd >= 0 && fstat (fd, &st) == 0 && S_ISREG (st.st_mode) && (st.st_mode & 0777) != 0600)
    fchmod (fd, 0600);
  if (fd < 0) {
    int saved = errno;
    g_set_error (error, QC_DB_ERROR,
                 saved == ENOSPC || saved == EDQUOT ? QC_DB_ERROR_FULL
                 : saved == ENOENT && !create       ? QC_DB_ERROR_NOT_FOUND
                                                    : QC_DB_ERROR_IO,
                 "%s: %s", path, g_strerror (saved));
    return FALSE;
  }
  close (fd);
  return TRUE;
}

static guint32
big_endian (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/*
 * A file cut short opens well and fails in the middle of the work; its header knows better. Without a WAL beside it
 * the header's page count must fit into the file. What is no database is refused before SQLite can touch its WAL.
 */
static gboolean
header_fits (const guint8 *header, gsize length, guint64 file_size, gboolean has_wal)
{
  if (length < 100 || memcmp (header, "SQLite format 3", 16) != 0)
    return FALSE;
  if (has_wal || big_endian (header + 24) != big_endian (header + 92))
    return TRUE;
  guint64 page_size = (guint64)header[16] << 8 | header[17];
  return big_endian (header + 28) * (page_size == 1 ? 65536 : page_size) <= file_size;
}

static gboolean
check_header (const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  guint8 header[100];
  struct stat st;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  ssize_t got = fd < 0 || fstat (fd, &st) != 0 ? -1 : pread (fd, header, sizeof header, 0);
  if (fd >= 0)
    close (fd);
  struct stat wal_st;
  /* nothing written yet, or SQLite will say what is wrong */
  if (got <= 0 || header_fits (header, got, st.st_size, g_stat (wal, &wal_st) == 0 && wal_st.st_size > 0))
    return TRUE;
  g_set_error (error, QC_DB_ERROR, QC_DB_ERROR_CORRUPT, "%s is cut short or no database", path);
  return FALSE;
}

/*
 * How many connections of this process have a file open (mutex open_lock). The kernel's file locks belong to the
 * process: closing any other descriptor of the file gives up those of all connections, and then another program that
 * looks into the file takes itself for the last one and removes the WAL. So the file is looked at beforehand only while
 * nobody here has it open.
 */
static GMutex open_lock;
static GHashTable *open_paths;

static void
count_open (const char *path, int change)
{
  int count = GPOINTER_TO_INT (g_hash_table_lookup (open_paths, path)) + change;
  if (count > 0)
    g_hash_table_replace (open_paths, g_strdup (path), GINT_TO_POINTER (count));
  else
    g_hash_table_remove (open_paths, path);
}

gboolean
qc_database_file_enter (const char *path, gboolean create, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&open_lock);
  if (open_paths == NULL)
    open_paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_contains (open_paths, path)
      && (!qc_database_file_prepare (path, create, error) || !check_header (path, error)))
    return FALSE;
  count_open (path, 1);
  return TRUE;
}

void
qc_database_file_leave (const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&open_lock);
  count_open (path, -1);
}
