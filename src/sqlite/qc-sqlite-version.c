/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sqlite-version.h. Any thread.
 */
#include "qc-sqlite-version.h"

#include <sqlite3.h>

int
qc_sqlite_version_number (void)
{
  return sqlite3_libversion_number ();
}

const char *
qc_sqlite_version_text (void)
{
  return sqlite3_libversion ();
}

gboolean
qc_sqlite_is_threadsafe (void)
{
  return sqlite3_threadsafe () != 0;
}
