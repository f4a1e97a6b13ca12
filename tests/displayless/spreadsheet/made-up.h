/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Workbooks made up part by part, as no program writes them.
 */
#pragma once

#include "qc-workbook.h"

typedef struct {
  const char *name, *bytes; /* borrowed; the text of a part */
  gsize length;             /* 0: up to its end */
} MadeUpPart;

/* The parts that every workbook has, with one sheet "清册" whose rows are @rows (the inside of sheetData). @shared
 * (nullable): the inside of sst. Opened for reading. */
int made_up_sheet (const char *rows, const char *shared);
/* A file of these parts alone, ended by one without a name. */
int made_up_parts (const MadeUpPart *parts);
/* A file of these bytes. */
int made_up_bytes (const char *bytes, gsize length);

/* Opens and reads sheet 0; closes @fd. (transfer full) (nullable) */
QcTable *made_up_read (int fd, GError **error);
/* It is refused with this code of QC_SHEET_ERROR and a sentence; closes @fd. */
void made_up_assert_refused (int fd, int code);
/* Each row as "3: A=text:… C=number:5500.5" and a line end: all that a table holds. (transfer full) */
char *made_up_dump (const QcTable *table);

extern const char made_up_types[], made_up_rels[], made_up_book[], made_up_book_rels[], made_up_styles[];
#define MADE_UP_SHEET(rows)                                                                       \
  "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>" rows \
  "</sheetData></worksheet>"
