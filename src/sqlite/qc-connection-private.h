/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the files of this room share about a connection. Not for other rooms.
 */
#pragma once

#include <sqlite3.h>
#include "qc-connection.h"

G_BEGIN_DECLS

/* Where a statement's text last came from: most texts are constants, and comparing beats hashing them. */
#define QC_N_RECENT 64

struct _QcConnection {
  sqlite3 *db;      /* (owned) */
  char *path;       /* (owned) */
  GHashTable *kept; /* (owned) SQL text → QcStatement (owned), in use or not */
  struct {
    const char *sql;        /* an address only, never read */
    QcStatement *statement; /* borrowed from kept */
  } recent[QC_N_RECENT];
  GHashTable *data;           /* (owned) see qc_connection_set_data() */
  GCancellable *watched;      /* (owned) (nullable) */
  QcTransaction *transaction; /* borrowed, the one that is open */
  int wal_pages, wal_taken;   /* in the WAL, and those of them that are in the database */
};

/* SQLite's @code of @db as an error; the one place where codes become errors. Always returns FALSE. */
gboolean qc_connection_fail (QcConnection *connection, int code, GError **error);
/* Statement control for transactions: runs @sql without the check for an ended transaction. */
gboolean qc_connection_exec_raw (QcConnection *connection, const char *sql, GError **error);
/* FALSE with an error when SQLite rolled back the open transaction by itself: nothing may be written after that. */
gboolean qc_connection_check_alive (QcConnection *connection, GError **error);
void qc_statement_free (QcStatement *statement);

G_END_DECLS
