/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the columns of a sheet with certain headers went to the last time, for a business. Main context; the database
 * is read on its thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-session.h"
#include "qc-table.h"

G_BEGIN_DECLS

typedef struct {
  GArray *fields; /* (owned) int a column: QcLineFieldId or QC_HEADER_NONE */
  char *date;     /* (owned) YYYY-MM-DD */
} QcImportMemory;
void qc_import_memory_free (QcImportMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcImportMemory, qc_import_memory_free)

/* Of row @header of @table. NULL without an error where there is none, or the database is not open. */
void qc_import_memory_recall_async (QcSession *session, QcBusiness business, const QcTable *table, guint header,
                                    GAsyncReadyCallback callback, gpointer user_data);
QcImportMemory *qc_import_memory_recall_finish (GAsyncResult *result, GError **error);
/* Nobody waits for it. @fields: as above. */
void qc_import_memory_keep (QcSession *session, QcBusiness business, const QcTable *table, guint header,
                            const GArray *fields);

G_END_DECLS
