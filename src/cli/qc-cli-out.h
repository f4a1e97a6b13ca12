/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What goes to standard output: JSON objects, one a line, with members in the order they were added; and tables for
 * people, aligned also where characters are two columns wide. Main thread.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef struct _QcLine QcLine;
/* {"type":@type … */
QcLine *qc_line_new (const char *type);
/* A NULL @value is left out; so is a month or date of 0. */
void qc_line_text (QcLine *line, const char *name, const char *value);
void qc_line_int (QcLine *line, const char *name, gint64 value);
void qc_line_month (QcLine *line, const char *name, gint32 value);
void qc_line_bool (QcLine *line, const char *name, gboolean value);
/* Writes it with its end of line, flushes, and frees it. */
void qc_line_print (QcLine *line);

typedef struct _QcTable QcCliTable;
/* @alignment: a letter per column, 'l' or 'r'. @...: as many headers. */
QcCliTable *qc_cli_table_new (const char *alignment, ...);
/* As many cells as there are columns. */
void qc_cli_table_add (QcCliTable *table, ...);
/* Prints it (nothing when it has no rows) and frees it. */
void qc_cli_table_print (QcCliTable *table);

/* A line of text, flushed; what would command the terminal becomes a blank. */
void qc_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* The same on standard error. */
void qc_say_fault (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
