/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One row of what a search found: it stays, and its words change. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-search.h"

G_BEGIN_DECLS

#define QC_TYPE_SEARCH_ROW (qc_search_row_get_type ())
G_DECLARE_FINAL_TYPE (QcSearchRow, qc_search_row, QC, SEARCH_ROW, GtkListBoxRow)

/* @group_name: said behind its words, translated; borrowed. */
GtkWidget *qc_search_row_new (guint group, const char *group_name);
/* Shows it. @target (nullable): the detailed action that it opens, else it only says something. @kind and @key
 * (nullable): what is remembered then. */
void qc_search_row_set (QcSearchRow *self, const char *icon, const char *title, const char *detail,
                        const char *shortcut, const char *target, QcSearchKind kind, const char *key);
guint qc_search_row_get_group (QcSearchRow *self);
const char *qc_search_row_get_title (QcSearchRow *self);
const char *qc_search_row_get_target (QcSearchRow *self);                      /* (nullable) */
const char *qc_search_row_get_key (QcSearchRow *self, QcSearchKind *out_kind); /* (nullable) */

G_END_DECLS
