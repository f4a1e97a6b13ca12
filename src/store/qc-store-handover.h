/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A copy (qc-store-copies.h) becomes one to be handed over: only the units that are meant, without the journal, the
 * preferences and the names of who signed in; and what of them is open, to be read. Any thread but the main one; the
 * list: database threads.
 */
#pragma once

#include "qc-connection.h"

G_BEGIN_DECLS

/* @units: char*, accounts of the profile @profile. Nothing of the rest stays in the file, not in pages that are free
 * either. */
gboolean qc_store_copy_narrow (const char *path, const char *profile, const GPtrArray *units, const char *actor,
                               gint64 now, GError **error);

/* What was done for the units of @profile here is gone: drafts, what waits and what came of it, vouchers, sheets. What
 * the center told of them stays, and is fetched anew. Within a transaction. */
gboolean qc_store_forget_work (QcConnection *connection, const char *profile, GError **error);

/* One thing that is open. */
typedef struct {
  char *unit, *unit_name; /* (owned) */
  enum { QC_STORE_OPEN_DRAFT, QC_STORE_OPEN_WAITING, QC_STORE_OPEN_APPLICATION } kind;
  char *business; /* (owned) its code */
  char *name;     /* (owned) (nullable) of a draft, the serial number of an application */
  char *state;    /* (owned) code of an item or an application; NULL of a draft */
  gint64 people;  /* lines; 0 = none, or not known */
  gint64 fen;
  gint64 time; /* of the last change */
} QcStoreOpen;
void qc_store_open_free (QcStoreOpen *open);
/* Drafts, what waits, what the center has not finished, by unit; @units as above. QcStoreOpen. (transfer full) */
GPtrArray *qc_store_open_list (QcConnection *connection, const char *profile, const GPtrArray *units, GError **error);

G_END_DECLS
