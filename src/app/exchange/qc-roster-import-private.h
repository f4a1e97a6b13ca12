/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of an import, shared by the files it is written in: reading (qc-roster-import.c), columns, rows, and what
 * is taken over. Main context.
 */
#pragma once

#include "qc-import-people.h"
#include "qc-roster-import-file.h"
#include "qc-roster-import.h"

G_BEGIN_DECLS

struct _QcRosterImport {
  GObject parent_instance;
  QcRosterService *service; /* (owned) */
  GFile *file;              /* (owned) (nullable) */
  QcImportFile *read;       /* (owned) (nullable) */
  GArray *mapping;          /* (owned) int a column */
  char *remembered;         /* (owned) (nullable) the day of an earlier import whose mapping it is */
  QcImportPeople *people;   /* (owned) (nullable) whom the rows may be about */
  gboolean people_left;     /* they are not as they were read, or not of these columns: read anew for the next check */
  gboolean fetching;        /* people are being read */
  gboolean fetched_left;    /* and are not as they are read any more */
  GTask *waiting;           /* (owned) (nullable) a check that waits for them */
  QcImportResult *result;   /* (owned) (nullable) */
  gboolean stale;           /* the roster is not as it was when the rows were checked */
  double progress;
};

/* ---- qc-roster-import.c ---- */
void qc_roster_import_tell_progress (QcRosterImport *self, double progress);
/* What was found is let go, at once however much it is. */
void qc_roster_import_forget_result (QcRosterImport *self);

/* ---- qc-roster-import-columns.c ---- */
/* The column that goes to @field; -1 = none. */
int qc_roster_import_column_of (QcRosterImport *self, int field);
gboolean qc_roster_import_is_entered (QcRosterImport *self, int field);

/* ---- qc-roster-import-rows.c ---- */
/* The people are there: every row is judged, in pieces. (transfer full) */
void qc_roster_import_judge (QcRosterImport *self, GTask *task);
void qc_import_result_free (QcImportResult *result);

G_END_DECLS
