/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The lines of a roster as a list: searched, filtered, sorted, added up. The roster is a draft's, or one that was
 * submitted and stays as it is. Edits of cells never move rows and are told by the row ("changed"); rows that come, go
 * or move are told by the list. Main context.
 */
#pragma once

#include "qc-business.h"
#include "qc-draft.h"

G_BEGIN_DECLS

/* Signal "changed": the cells say something else, or are marked otherwise. */
#define QC_TYPE_ROSTER_ROW (qc_roster_row_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterRow, qc_roster_row, QC, ROSTER_ROW, GObject)
gint64 qc_roster_row_get_id (QcRosterRow *self);

/* GListModel of QcRosterRow. Signal "totals-changed". */
#define QC_TYPE_ROSTER_MODEL (qc_roster_model_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterModel, qc_roster_model, QC, ROSTER_MODEL, GObject)

QcRosterModel *qc_roster_model_new (QcSession *session, QcDraft *draft);
/* Of what was submitted. Takes @roster. */
QcRosterModel *qc_roster_model_new_submitted (QcSession *session, QcBusiness business, QcRoster *roster);
/* Borrowed until the next edit. */
const QcRoster *qc_roster_model_get_roster (QcRosterModel *self);

/* The line behind a row or a position; NULL if it has gone. Borrowed until the next edit. */
const QcRosterLine *qc_roster_model_get_line (QcRosterModel *self, gint64 id);
const QcRosterLine *qc_roster_model_get_line_at (QcRosterModel *self, guint position);
/* G_MAXUINT where it is not shown. */
guint qc_roster_model_find (QcRosterModel *self, gint64 id);

/* By name, pinyin, initials, tail of the document, account; "" = all. */
void qc_roster_model_set_search (QcRosterModel *self, const char *text);
const char *qc_roster_model_get_search (QcRosterModel *self);
/* What the lines that are shown fit: the search of before, while people are looked for. */
const char *qc_roster_model_get_shown_search (QcRosterModel *self);
/* Only lines that cannot be submitted as they are. */
void qc_roster_model_set_only_faulty (QcRosterModel *self, gboolean only_faulty);
gboolean qc_roster_model_get_only_faulty (QcRosterModel *self);
/* @field -1: as entered. */
void qc_roster_model_set_sort (QcRosterModel *self, int field, gboolean descending);

/* Of what is shown. */
const QcRosterTotals *qc_roster_model_get_totals (QcRosterModel *self);
/* Of the whole roster: what is shown is less than that where a search or filter is on. */
gboolean qc_roster_model_is_filtered (QcRosterModel *self);

/*
 * What stands in a cell, as it is read; and as it stands on the screen, where the middle of a document number that is
 * not to be entered is hidden. @codes: (nullable) QcCode. (transfer full)
 */
char *qc_roster_dup_text (QcBusiness business, const GPtrArray *codes, const QcRosterLine *line, QcLineFieldId field);
char *qc_roster_dup_shown (QcBusiness business, const GPtrArray *codes, const QcRosterLine *line, QcLineFieldId field);

/* ---- for the service ---- */

/* Whether the line is faulty, as the checks found; @otherwise: its cells are marked otherwise than before. */
void qc_roster_model_set_faulty (QcRosterModel *self, gint64 id, gboolean faulty, gboolean otherwise);
gboolean qc_roster_model_is_faulty (QcRosterModel *self, gint64 id);
guint qc_roster_model_get_n_faulty (QcRosterModel *self);

G_END_DECLS
