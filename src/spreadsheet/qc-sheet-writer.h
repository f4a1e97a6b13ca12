/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An .xlsx with one sheet of rows, written row by row, which takes no more memory however many there are. It is made to
 * be filled in by a person and read again: what looks like a number and is a name stays a text, what is not to be
 * changed is locked, what is to be chosen can be. Beside it lie a sheet of instructions and one of the words to choose
 * from. Any one thread.
 */
#pragma once

#include "qc-sheet-error.h"
#include "qc-types.h"
#include "qc-workbook.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  QC_SHEET_TEXT,    /* also accounts and document numbers */
  QC_SHEET_MONEY,   /* fen, as a number of yuan */
  QC_SHEET_NUMBER,  /* a whole one */
  QC_SHEET_PERCENT, /* 1/10,000, as a number */
  QC_SHEET_MONTH,   /* a text */
  QC_SHEET_CODE,    /* a word out of a list, a text */
} QcSheetKind;

/* Words to choose from; all borrowed. */
typedef struct {
  const char *title;        /* heads them on the sheet of lists */
  const char *const *words; /* ended by NULL */
  const char *when;         /* (nullable) only where this stands in the column @depends_on */
} QcSheetChoices;

#define QC_SHEET_MAX_CHOICES 2 /* lists that one column may choose from */

typedef struct {
  const char *title;
  QcSheetKind kind;
  guint width;      /* characters */
  gboolean entered; /* by who gets the file; all others are locked as soon as one is entered */
  const QcSheetChoices *choices;
  guint n_choices;
  guint depends_on;  /* with several: the column that says which */
  const char *fault; /* (nullable) what the spreadsheet says of what cannot be entered */
} QcSheetColumn;

/* All borrowed. */
typedef struct {
  const char *name; /* of the sheet */
  const QcSheetColumn *columns;
  guint n_columns;
  guint frozen; /* columns that stay in place with the header */
  guint rows;   /* how many are expected, for the progress */
  const char *notes_name;
  const char *const *notes; /* ended by NULL: a line each, the first one a heading */
  const char *lists_name;
} QcSheetPlan;

typedef struct _QcSheetWriter QcSheetWriter;

/* Writes all rows. FALSE with @error set ends it, and nothing is left of it. Called once more, from the beginning,
 * where the folder turns out to know no files without a name. */
typedef gboolean (*QcSheetFill) (QcSheetWriter *writer, gpointer user_data, GError **error);

/*
 * The file is there whole when this is TRUE, else whatever was there before; QC_SHEET_ERROR_WRITE, _NO_SPACE, or what
 * @fill said. @progress nullable, called in this thread with @fill's data.
 */
gboolean qc_sheet_save (const char *path, const QcSheetPlan *plan, QcSheetFill fill, QcWorkbookProgress progress,
                        gpointer user_data, GCancellable *cancellable, GError **error);

/* ---- for who fills ---- */

/* @marked: filled with a color; a cell of the row has to say why. */
void qc_sheet_writer_begin_row (QcSheetWriter *writer, gboolean marked);
/* The cells in the order of the columns. Whatever a text begins with, it is no formula; NULL and "" are empty. */
void qc_sheet_writer_text (QcSheetWriter *writer, const char *text);
/* Fen, whole numbers, or 1/10,000, as the column says. */
void qc_sheet_writer_number (QcSheetWriter *writer, gint64 value);
void qc_sheet_writer_skip (QcSheetWriter *writer);
/* FALSE when it cannot go on, or was cancelled. */
gboolean qc_sheet_writer_end_row (QcSheetWriter *writer, GError **error);

G_END_DECLS
