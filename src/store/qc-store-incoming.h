/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Another data folder takes the place of this one: a backup, or what came from another computer. It is made ready in
 * `incoming.part/` beside everything else, becomes `incoming/` in one step, and the next opening takes it, under the
 * lock and before the database is opened: what was there goes into `set-aside-…/` whole. Killed anywhere, the next
 * opening goes on; until `incoming/` is there, nothing has happened. Any thread but the main one.
 */
#pragma once

#include "qc-store-copies.h"

G_BEGIN_DECLS

/* Empties `incoming.part/`. (transfer full) its path */
char *qc_store_incoming_begin (const char *folder, GError **error);
/* What @copy (a folder of qc-store-copies.h) has, as it is. */
gboolean qc_store_incoming_fill (const char *part, const char *copy, GError **error);

typedef struct {
  const char *action; /* of the journal's entry */
  const char *subject;
  const char *actor; /* (nullable) */
  gint64 now;
  gboolean elsewhere; /* it was made on another computer: its practice center is another one */
} QcStoreArrival;
/*
 * The database in @part is looked through, brought to this version, and made to know that time has passed since: what
 * waits in its outbox may have been sent meanwhile, so that it is asked about first. @present (nullable): a connection
 * that reads the database it will follow on, of which it is an earlier state: drafts that were submitted since are
 * done, and the journal goes on from there. *@out_waiting: how many items are asked about. QC_STORE_ERROR_STATE when
 * something waits in @present that @part does not know: it would be lost from view.
 */
gboolean qc_store_incoming_settle (const char *part, QcConnection *present, const QcStoreArrival *arrival,
                                   gint64 *out_waiting, GError **error);
/* Lets go of what was begun and is not ready. */
void qc_store_incoming_drop (const char *folder);
/* From here on the next opening takes it. */
gboolean qc_store_incoming_ready (const char *folder, gint64 now, GError **error);
/* For that opening. *@out_aside: where what was there went; NULL when nothing was taken. */
gboolean qc_store_incoming_take (const char *folder, char **out_aside, GError **error);

G_END_DECLS
