/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * CSV and TSV as Excel, WPS and their like save them: UTF-8 with or without mark, UTF-16 of either order, or GB 18030;
 * commas, tabs or semicolons; cells in quotes that hold any of it (RFC 4180). Any one thread.
 */
#pragma once

#include "qc-workbook.h"

G_BEGIN_DECLS

typedef struct {
  char *text; /* (owned) UTF-8, without mark */
  gsize length;
  const char *encoding; /* static */
  char separator;
} QcDelimited;

/* @bytes: the whole file. (transfer full) (nullable): what is no text in any of these is an error. */
QcDelimited *qc_delimited_new (const char *bytes, gsize length, GError **error);
void qc_delimited_free (QcDelimited *delimited);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcDelimited, qc_delimited_free)

/* As qc_workbook_read(). Row numbers are those that a spreadsheet shows: a cell in quotes may hold line ends. */
QcTable *qc_delimited_read (const QcDelimited *delimited, guint most, QcWorkbookProgress progress, gpointer user_data,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
