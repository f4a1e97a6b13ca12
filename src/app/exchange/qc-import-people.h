/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whom the rows of a sheet are about. Reader thread.
 */
#pragma once

#include "qc-connection.h"
#include "qc-employee.h"
#include "qc-table.h"

G_BEGIN_DECLS

typedef struct {
  char *profile, *unit;  /* (owned) */
  const QcTable *table;  /* borrowed; it does not change meanwhile */
  guint first;           /* index of the first row below the headers */
  int account, document; /* columns; -1 = none */
} QcImportRequest;
void qc_import_request_free (QcImportRequest *request);

/* A number of an account or document as it is meant: usual digits, no white space. (transfer full) */
char *qc_import_fold_key (const char *text);

/* GPtrArray beside the rows from @first on: QcEmployee or NULL. A row's account says who it is; where it has none, its
 * document. (transfer full) (nullable) */
gpointer qc_import_people_read (QcConnection *connection, gpointer request, GCancellable *cancellable, GError **error);

G_END_DECLS
