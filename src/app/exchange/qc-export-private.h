/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between an export and what it is of. A kind reads what it needs and says columns and notes, then writes the rows:
 * both on the thread of the walk, over one connection.
 */
#pragma once

#include "qc-connection.h"
#include "qc-export.h"
#include "qc-sheet-writer.h"

G_BEGIN_DECLS

typedef struct _QcExportJob QcExportJob;

typedef struct {
  gboolean (*prepare) (QcExportJob *job, QcConnection *connection, GError **error);
  gboolean (*fill) (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error);
  GDestroyNotify data_free; /* of job->data */
} QcExportKind;

struct _QcExportJob {
  const QcExportKind *kind;
  gpointer data;        /* (owned) by the kind */
  char *profile, *unit; /* (owned) */
  char *unit_name;      /* (owned) */
  char *title;          /* (owned) what it is, in words: heads the notes, begins the name of the file */
  const char *sheet;    /* translated */
  QcMonth month;        /* in the name of the file; NONE = none */
  QcDate today;
  gboolean unwritten;        /* an edit of the draft did not reach the disk */
  char *path;                /* (owned) */
  GCancellable *cancellable; /* borrowed while it runs */
  GArray *columns;           /* (owned) QcSheetColumn */
  GPtrArray *notes;          /* (owned) char* */
  GPtrArray *kept;           /* (owned) what columns borrow */
  guint rows;                /* to be written, as far as is known */
  int progress;              /* (atomic) 1/1000 */
};

/* @job's kind and data are set by the caller. @session: where the unit is taken from. (transfer full) */
QcExport *qc_export_new (QcSession *session, const QcExportKind *kind, gpointer data, const char *title,
                         const char *sheet, QcMonth month);
QcExportJob *qc_export_get_job (QcExport *self);

/* @title: translated. */
void qc_export_job_add_column (QcExportJob *job, const char *title, QcSheetKind kind, guint width);
void qc_export_job_take_note (QcExportJob *job, char *note);
/* Lives as long as the job. (transfer full) Returns it. */
gpointer qc_export_job_keep (QcExportJob *job, gpointer allocated);
/* 2026-10 as it is read again. */
void qc_export_write_month (QcSheetWriter *writer, QcMonth month);

G_END_DECLS
