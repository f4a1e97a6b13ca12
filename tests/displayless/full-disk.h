/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A disk that is full at the n-th call of SQLite. What includes this is linked with
 * --wrap=sqlite3_step and --wrap=sqlite3_prepare_v3. One thread: who counts, or those whose names begin with
 * full_disk_thread.
 */
#pragma once

#include <pthread.h>
#include <string.h>

#include "qc-connection.h"

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int real_step (sqlite3_stmt *stmt) __asm__("__real_sqlite3_step");
int failing_step (sqlite3_stmt *stmt) __asm__("__wrap_sqlite3_step");
int real_prepare (sqlite3 *db, const char *sql, int n, unsigned int flags, sqlite3_stmt **out,
                  const char **tail) __asm__("__real_sqlite3_prepare_v3");
int failing_prepare (sqlite3 *db, const char *sql, int n, unsigned int flags, sqlite3_stmt **out,
                     const char **tail) __asm__("__wrap_sqlite3_prepare_v3");

sqlite3 *sqlite3_db_handle (sqlite3_stmt *stmt);
const char *sqlite3_db_filename (sqlite3 *db, const char *name);

#define FULL_DISK 13 /* SQLITE_FULL */

static int until_full; /* calls up to the one that fails; 0: none does; -1: one did */
static const char *full_disk_thread G_GNUC_UNUSED;

static gboolean
full_disk_is_here (void)
{
  char name[16] = "";
  return full_disk_thread == NULL
         || (pthread_getname_np (pthread_self (), name, sizeof name) == 0
             && strncmp (name, full_disk_thread, strlen (full_disk_thread)) == 0);
}

static const char *full_disk_of; /* path of the one database whose calls may fail; NULL: of any */

static int
full_disk_comes (void)
{
  if (until_full <= 0 || !full_disk_is_here () || --until_full > 0)
    return 0;
  until_full = -1;
  return FULL_DISK;
}

static int
full_disk_comes_to (sqlite3 *db)
{
  gboolean may = full_disk_of == NULL || g_strcmp0 (sqlite3_db_filename (db, "main"), full_disk_of) == 0;
  return may ? full_disk_comes () : 0;
}

int
failing_step (sqlite3_stmt *stmt)
{
  int code = full_disk_comes_to (sqlite3_db_handle (stmt));
  return code != 0 ? code : real_step (stmt);
}

int
failing_prepare (sqlite3 *db, const char *sql, int n, unsigned int flags, sqlite3_stmt **out, const char **tail)
{
  int code = full_disk_comes_to (db);
  return code != 0 ? code : real_prepare (db, sql, n, flags, out, tail);
}

static void
full_disk_begin (int nth)
{
  until_full = nth;
}

/* What was done meanwhile ended as @good with @error. FALSE: a call had failed, and that was said with its reason;
 * TRUE: there were not so many calls, and it is done. */
static gboolean
full_disk_end (const char *what, int nth, gboolean good, const GError *error)
{
  gboolean failed = until_full < 0;
  until_full = 0;
  if (failed && (good || error == NULL))
    g_error ("%s: call %d failed, and it was not said", what, nth);
  if (failed)
    g_assert_error (error, QC_DB_ERROR, QC_DB_ERROR_FULL);
  else
    g_assert_no_error (error);
  g_assert_true (good != failed);
  if (!failed)
    g_test_message ("%s: %d calls", what, nth - 1);
  return !failed;
}
