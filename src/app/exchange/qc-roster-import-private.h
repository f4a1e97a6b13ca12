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
  gboolean by_name;         /* people are looked for by name too */
  GPtrArray *corrections;   /* (owned) QcImportCorrection */
  QcImportResult *result;   /* (owned) (nullable) */
  gboolean checked;         /* all of it is there */
  gboolean stale;           /* the roster is not as it was when the rows were checked */
  QcImportReceipt *receipt; /* (owned) (nullable) of what was taken over */
  double progress;
};

/* ---- qc-roster-import.c ---- */
void qc_roster_import_tell_progress (QcRosterImport *self, double progress);
/* What was paid for the people of these accounts (char*) is read, and all rows are judged again. (transfer full) @task
 */
void qc_roster_import_fetch_past (QcRosterImport *self, const GPtrArray *accounts, GTask *task);
/* What was found is let go, at once however much it is. */
void qc_roster_import_forget_result (QcRosterImport *self);

/* ---- qc-roster-import-columns.c ---- */
/* The column that goes to @field; -1 = none. */
int qc_roster_import_column_of (QcRosterImport *self, int field);
gboolean qc_roster_import_is_entered (QcRosterImport *self, int field);

/* ---- qc-roster-import-rows.c ---- */
/* The people are there: every row is judged, in pieces. @past_read: what was paid for them too, as far as anything is
 * known; else that is found out first. (transfer full) @task */
void qc_roster_import_judge (QcRosterImport *self, GTask *task, gboolean past_read);
void qc_import_result_free (QcImportResult *result);

/* ---- qc-import-corrections.c ---- */
void qc_import_group_free (QcImportGroup *group);
void qc_import_correction_free (QcImportCorrection *correction);
/* What was found in @row, into its groups; @by_key: char* → QcImportGroup of the result. */
void qc_import_groups_add (QcRosterImport *self, GHashTable *by_key, QcImportRow *row);
void qc_import_groups_sort (QcImportResult *result);
/* The correction of this kind that is meant for @finding. (nullable) Borrowed. */
QcImportCorrection *qc_import_correction_for (QcRosterImport *self, QcImportRemedy remedy, const QcImportRow *row,
                                              const QcFinding *finding);
/* Enters what is to stand in cells in which something was found. Whether anything was. */
gboolean qc_import_correct_cells (QcRosterImport *self, QcImportRow *row);
/* Whether the row is to be left out for what was found in it. */
gboolean qc_import_leave_out (QcRosterImport *self, QcImportRow *row);
/* Who is meant by a row whose number nobody has: by the document, or as the only one of that name whom no number in it
 * speaks against. (nullable) Borrowed. */
const QcEmployee *qc_import_match (QcRosterImport *self, const QcCell *account, const QcCell *document,
                                   const QcCell *name);

G_END_DECLS
