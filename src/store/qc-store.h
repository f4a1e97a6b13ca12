/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The client's data folder: who holds it (file `lock`), its database `qingce.db`, and what became of a damaged one.
 * One program at a time writes a folder; the second one learns which process holds it. Opening blocks, so it is done
 * before the main loop runs (or on a worker); all other functions of this room take a QcConnection and run inside
 * qc_database_read/write functions.
 */
#pragma once

#include "qc-database.h"
#include "qc-store-salvage.h"

G_BEGIN_DECLS

typedef enum {
  QC_STORE_ERROR_LOCKED, /* another process holds the folder: qc_store_read_holder() says which */
  QC_STORE_ERROR_STATE, /* not possible in the present state (withdrawing what has been sent, editing what is locked) */
  QC_STORE_ERROR_NOT_FOUND, /* no such draft, item, unit … */
  QC_STORE_ERROR_INVALID,   /* a row that no table can hold */
  QC_STORE_ERROR_TAMPERED,  /* the journal's chain is broken */
} QcStoreError;
#define QC_STORE_ERROR (qc_store_error_quark ())
GQuark qc_store_error_quark (void);

typedef struct _QcStore QcStore;

typedef struct {
  gint64 pid;
  char *host;   /* (owned) */
  gint64 since; /* unix seconds */
} QcStoreHolder;
void qc_store_holder_free (QcStoreHolder *holder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreHolder, qc_store_holder_free)

/*
 * Makes @folder (0700) if needed, takes its lock, opens and migrates the database.
 * Errors: QC_STORE_ERROR_LOCKED; QC_DB_ERROR_NEWER (written by a newer version, untouched), _FULL, _IO … A damaged
 * database is moved aside, never deleted, and a new one is begun with what could be read of it: see
 * qc_store_get_set_aside().
 */
QcStore *qc_store_open (const char *folder, GError **error);
/* Shuts the database down and gives the lock back. */
void qc_store_close (QcStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStore, qc_store_close)

QcDatabase *qc_store_get_database (QcStore *store); /* borrowed */
const char *qc_store_get_folder (QcStore *store);
/* Where the damaged database went at this opening; NULL when it was sound. It must be said to the user. */
const char *qc_store_get_set_aside (QcStore *store);
/* Who holds @folder, as written in its lock file; NULL when nobody does. (transfer full) (nullable) */
QcStoreHolder *qc_store_read_holder (const char *folder);

/* What of it could be read; NULL: nothing. (nullable) */
const QcStoreSalvage *qc_store_get_salvage (QcStore *store);
/* Where the data went whose place others took at this opening (qc-store-incoming.h); NULL when none did. */
const char *qc_store_get_replaced (QcStore *store);

G_END_DECLS
