/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The people that the rows of a sheet may be about, by what a row names them by: everybody of the unit, read while the
 * file is, or only those whom few rows name. Read on a database thread; after that any one thread.
 */
#pragma once

#include "qc-connection.h"
#include "qc-roster-people.h"
#include "qc-table.h"

G_BEGIN_DECLS

typedef struct {
  char *profile, *unit;  /* (owned) */
  gboolean names;        /* people are looked for by their names too */
  const QcTable *table;  /* borrowed, it does not change meanwhile; NULL: everybody of the unit */
  guint first;           /* index of the first row below the headers */
  int account, document; /* columns; -1 = none */
} QcImportRequest;
void qc_import_request_free (QcImportRequest *request);

typedef struct _QcImportPeople QcImportPeople;
void qc_import_people_free (QcImportPeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcImportPeople, qc_import_people_free)

/* A QcDatabaseFunc with a QcImportRequest. (transfer full) (nullable) QcImportPeople */
gpointer qc_import_people_read (QcConnection *connection, gpointer request, GCancellable *cancellable, GError **error);

/* By account, else by document, as a cell says it: in whichever width, with blanks. (nullable) Borrowed, as all are. */
const QcEmployee *qc_import_people_find (const QcImportPeople *people, const char *number);
/* The only one of that document, of that name, with names; NULL where there is none or more than one. */
const QcEmployee *qc_import_people_find_document (const QcImportPeople *people, const char *number);
const QcEmployee *qc_import_people_find_name (const QcImportPeople *people, const char *name);
gboolean qc_import_people_has_everybody (const QcImportPeople *people);
gboolean qc_import_people_has_names (const QcImportPeople *people);
/* The people by account; what was found stays where it is. Nobody is found afterwards. (transfer full) */
QcRosterPeople *qc_import_people_steal (QcImportPeople *people);

/* A number of an account or document as it is meant: usual digits, no white space. (transfer full) */
char *qc_import_fold_key (const char *text);

G_END_DECLS
