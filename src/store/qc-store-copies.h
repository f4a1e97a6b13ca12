/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Copies of the data folder: `qingce.db`, `attachments/` (the same files, where the disk can do that), `profiles/`, and
 * `about`, which says what is in it. Those in `backups/` are made by the program itself, and thinned as they grow old.
 * A folder that is being written has the suffix `.part` and is none. Any thread but the main one.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

typedef struct {
  char *name;                      /* (owned) of its folder */
  gint64 made;                     /* unix seconds */
  gint64 size;                     /* bytes of its database */
  gint64 drafts, waiting, entries; /* what it has: drafts, items of the outbox that wait, entries of the journal */
  char *units;                     /* (owned) names of the units that have such */
} QcStoreCopy;
void qc_store_copy_free (QcStoreCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreCopy, qc_store_copy_free)

/* Writes the data folder @folder into the new folder @path, as one snapshot; inside a function that *reads*. Ends early
 * with the cancellable that is watched, and then nothing is left. */
gboolean qc_store_copy_write (QcConnection *connection, const char *folder, const char *path, gint64 now,
                              GError **error);
/* Reads its `about`. (transfer full) */
QcStoreCopy *qc_store_copy_read (const char *path, GError **error);
/* Says anew what is in it, after its database was changed. */
gboolean qc_store_copy_describe (const char *path, gint64 now, GError **error);
void qc_store_copy_remove (const char *path);
/* How many items of the outbox wait. Inside a function of the database. */
gboolean qc_store_copy_count_waiting (QcConnection *connection, gint64 *out, GError **error);
/* A copy that is only made to be sent, in the data folder; what a program that was killed left of one goes at the next
 * opening. */
#define QC_STORE_OUTGOING "outgoing.part"
/* Looks through the whole database in it. */
gboolean qc_store_copy_check (const char *path, GError **error);

/* Where the backups are. (transfer full) */
char *qc_store_backups_folder (const char *folder);
/* All of them, the newest first: QcStoreCopy. (transfer full) */
GPtrArray *qc_store_backups_list (const char *folder);
/* Where one is to be written; qc_store_backups_finish() looks through it, gives it its name and then lets go of older
 * ones: the newest of each of seven days, four weeks and twelve months stay as far as the disk has room, the three
 * newest always. Not inside a function of the database. (transfer full) */
char *qc_store_backups_begin (const char *folder, gint64 now, GError **error);
gboolean qc_store_backups_finish (const char *part, GError **error);
/* There is something that the clerk herself made. Inside a function of the database. */
gboolean qc_store_backups_is_worth_it (QcConnection *connection, gboolean *out, GError **error);

G_END_DECLS
