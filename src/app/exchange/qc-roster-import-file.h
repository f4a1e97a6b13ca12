/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The first step of an import: the file, its sheets, and the one that names people. In a thread of its own.
 */
#pragma once

#include "qc-header-names.h"

G_BEGIN_DECLS

typedef struct {
  char *path; /* (owned) */
  QcBusiness business;
  gint permille; /* atomic: how far it is */
  /* what came of it */
  GPtrArray *sheets; /* (owned) char* */
  guint sheet;
  gboolean old;   /* an .xls */
  QcTable *table; /* (owned) */
  guint header;   /* G_MAXUINT = none */
} QcImportFile;
void qc_import_file_free (QcImportFile *file);

/* FALSE: it cannot be read, or was changed meanwhile. */
gboolean qc_import_file_read (QcImportFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS
