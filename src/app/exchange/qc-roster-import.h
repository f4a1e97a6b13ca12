/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A clerk's workbook on its way into a roster: 打开 → 列对应 → 核对 → 采用 (J7). Nothing is written before the last
 * step, which is one step of undo. The file is read and people are found on other threads; lines are made and judged
 * on the main context in pieces, by the rules that judge what is typed. Main context.
 */
#pragma once

#include "qc-import-receipt.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

#define QC_HEADER_NONE (-1) /* a column that goes to no field */

#define QC_TYPE_ROSTER_IMPORT (qc_roster_import_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterImport, qc_roster_import, QC, ROSTER_IMPORT, GObject)

/* What became of a row. */
typedef enum {
  QC_IMPORT_ADDED,     /* comes onto the roster */
  QC_IMPORT_CHANGED,   /* its line on the roster changes */
  QC_IMPORT_UNCHANGED, /* its line says so already */
  QC_IMPORT_EMPTY,     /* nothing is entered for somebody who is not on the roster */
  QC_IMPORT_UNMATCHED, /* nobody of the unit */
  QC_IMPORT_REFUSED,   /* somebody who may not be on such a roster, or twice in the file */
  QC_IMPORT_LEFT_OUT,  /* by a correction: what was found in it stands with it still */
} QcImportKind;
#define QC_N_IMPORT_KINDS (QC_IMPORT_LEFT_OUT + 1)

typedef struct {
  guint number; /* that the sheet gives it */
  QcImportKind kind;
  QcRosterLine *line;  /* (owned) (nullable) as it will be; ADDED and CHANGED only */
  QcRosterLine *was;   /* (owned) (nullable) as it is; CHANGED only */
  GPtrArray *findings; /* (owned) (nullable) QcFinding, each with its field; not only faults */
  gboolean faulty;     /* it cannot be submitted as it is */
  const char *who;     /* the name, else the number that stands there, else "" */
} QcImportRow;

/* A cell that was read otherwise than it stands there: full-width digits, separators, 元, a date for a month. */
typedef struct {
  guint number; /* of the row */
  QcLineFieldId field;
  char *before, *after; /* (owned) */
} QcImportRepair;

/* Rows in which the same is found; of words that are chosen from a list, the same word. */
typedef struct {
  const QcFinding *first; /* borrowed */
  char *word;             /* (owned) (nullable) what stands in the cells and is not understood */
  const char *list;       /* (nullable) the list that they are chosen from; static */
  gboolean rest;          /* many other words together: for each of these nothing can be done yet */
  GPtrArray *rows;        /* (owned) QcImportRow, borrowed, in the order of the sheet */
  GPtrArray *findings;    /* (owned) QcFinding, borrowed, beside them */
} QcImportGroup;

typedef struct {
  GPtrArray *rows;    /* (owned) QcImportRow, in the order of the sheet */
  GPtrArray *groups;  /* (owned) QcImportGroup, what must be mended first; without the rows that are left out */
  GPtrArray *repairs; /* (owned) QcImportRepair, the first ones; */
  guint n_repairs;    /*  and how many there are */
  guint counts[QC_N_IMPORT_KINDS];
  guint faulty;      /* rows that cannot be submitted, of whatever kind */
  guint good;        /* rows with a line that can be */
  guint not_in_file; /* lines of the roster that no row is about: they stay as they are */
} QcImportResult;

/* Property "progress" (double 0 … 1, notifies) while something is under way. */
QcRosterImport *qc_roster_import_new (QcRosterService *service);

/* ---- 打开 ---- */

/* Reads the file and chooses the first sheet that names people; the mapping follows from its headers, or from the last
 * time that a sheet with these headers was imported. Not while a check is under way. */
void qc_roster_import_open_async (QcRosterImport *self, GFile *file, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_roster_import_open_finish (QcRosterImport *self, GAsyncResult *result, GError **error);
/* (nullable) borrowed */
GFile *qc_roster_import_get_file (QcRosterImport *self);
/* Names of the sheets, in order: char*. Borrowed. */
const GPtrArray *qc_roster_import_get_sheets (QcRosterImport *self);
guint qc_roster_import_get_sheet (QcRosterImport *self);

/* ---- 列对应 ---- */

/* Rows that hold something, and columns, of the sheet; 0 before it is read. */
guint qc_roster_import_get_n_rows (QcRosterImport *self);
guint qc_roster_import_get_width (QcRosterImport *self);
/* "A", "AB" … (transfer full) */
char *qc_roster_import_dup_column_name (guint column);
/* The number that the sheet gives a row; what stands in a cell ("" = nothing), borrowed. */
guint qc_roster_import_get_number (QcRosterImport *self, guint index);
const char *qc_roster_import_get_text (QcRosterImport *self, guint index, guint column);
/* Index of the row with the headers; G_MAXUINT: there is none. */
guint qc_roster_import_get_header (QcRosterImport *self);
/* int a column: QcLineFieldId or QC_HEADER_NONE. Borrowed. */
const GArray *qc_roster_import_get_mapping (QcRosterImport *self);
/* The day (2026-10-08) whose choice it is, where a sheet with these headers was imported before; NULL else. Borrowed.
 */
const char *qc_roster_import_get_remembered (QcRosterImport *self);
/* @field (or QC_HEADER_NONE) for @column; a column that had it before has none then. */
void qc_roster_import_set_field (QcRosterImport *self, guint column, int field);
/* The fields that a column may go to: what names a person, and what is entered. (transfer full) GArray of int */
GArray *qc_roster_import_dup_choices (QcRosterImport *self);
/* What @field is called in the business, N_(). */
const char *qc_roster_import_get_title_msgid (QcRosterImport *self, QcLineFieldId field);
/* Why the mapping does not do: nobody is named, or nothing is entered. (transfer full) (nullable) */
char *qc_roster_import_dup_why_not (QcRosterImport *self);

/* ---- 核对 ---- */

void qc_roster_import_check_async (QcRosterImport *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Borrowed until the next check or 采用; NULL on error. */
const QcImportResult *qc_roster_import_check_finish (QcRosterImport *self, GAsyncResult *result, GError **error);
/* NULL before all rows are judged. (nullable) borrowed */
const QcImportResult *qc_roster_import_get_result (QcRosterImport *self);
/* The column that @finding of a row is about; -1: the whole row. */
int qc_roster_import_get_column (QcRosterImport *self, const QcFinding *finding);
/* "C7", or "7" where the whole row is meant. (transfer full) */
char *qc_roster_import_dup_place (QcRosterImport *self, const QcImportRow *row, const QcFinding *finding);

/* ---- one correction for a group (J7) ---- */

typedef enum {
  QC_IMPORT_LEAVE_OUT, /* the rows are not taken over */
  QC_IMPORT_ENTER,     /* the same is entered in the cell of each */
  QC_IMPORT_MATCH,     /* by document or name, for whom that is certain */
} QcImportRemedy;

/* What the next check does to the rows of a group; it is kept nowhere but here. */
typedef struct {
  QcImportRemedy remedy;
  char *code; /* (owned) of the findings it is for */
  QcLineFieldId field;
  char *word;       /* (owned) (nullable) as in the group */
  const char *list; /* (nullable) as in the group */
  char *value;      /* (owned) (nullable) ENTER */
  char *shown;      /* (owned) (nullable) the same as it reads, once a row has it */
  char *headline;   /* (owned) what was found, of the whole group */
  GPtrArray *rows;  /* (owned) QcImportRow that it was done to, borrowed from the last check */
} QcImportCorrection;

gboolean qc_roster_import_can_correct (QcRosterImport *self, const QcImportGroup *group, QcImportRemedy remedy);
/* What may be entered: QcCode, borrowed entries; none: a text. (transfer full) */
GPtrArray *qc_roster_import_dup_values (QcRosterImport *self, const QcImportGroup *group);
/* Check again after either: the last result is gone. @value: what is entered, NULL else. */
void qc_roster_import_correct (QcRosterImport *self, const QcImportGroup *group, QcImportRemedy remedy,
                               const char *value);
void qc_roster_import_put_back (QcRosterImport *self, guint index);
/* In the order in which they were made: QcImportCorrection. Borrowed. */
const GPtrArray *qc_roster_import_get_corrections (QcRosterImport *self);

/* ---- the faults in the clerk's own file ---- */

/* How they stand in the copy. */
typedef enum {
  QC_IMPORT_MARKED_CELLS, /* filled cells, and a column that says why */
  QC_IMPORT_MARKED_SHEET, /* a sheet of faults: something stood where the column would */
} QcImportMarked;

/* Whether the file is an old workbook (.xls): it cannot bear marks, and its copy is an .xlsx. */
gboolean qc_roster_import_is_old (QcRosterImport *self);
/* Where a copy with its faults belongs: beside the file, under a name that says so. (transfer full) */
GFile *qc_roster_import_dup_faults_file (QcRosterImport *self);
/* Writes it, with every fault of the last check; it appears whole or not at all. The clerk's file stays as it is. */
void qc_roster_import_write_faults_async (QcRosterImport *self, GFile *file, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_roster_import_write_faults_finish (QcRosterImport *self, GAsyncResult *result, QcImportMarked *out_marked,
                                               GError **error);

/* ---- 采用 ---- */

/* Puts the rows onto the roster as one step: all that have a line, or those alone that are not faulty. FALSE: the
 * roster cannot be edited now, or is not as it was when it was checked; nothing was done. */
gboolean qc_roster_import_adopt (QcRosterImport *self, gboolean good_only, guint *out_added, guint *out_changed,
                                 GError **error);
/* What was put on, to be taken back. NULL before 采用, or where nothing was. (nullable) borrowed */
QcImportReceipt *qc_roster_import_get_receipt (QcRosterImport *self);

G_END_DECLS
