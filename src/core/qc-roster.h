/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 清册: the lines of a draft roster in the order entered, found by their ids at once. Lines keep their id for life, so
 * that undo, the draft store, the center's answer and findings mean the same line. Plain values, one thread at a time.
 */
#pragma once

#include "qc-line-field.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *lines;  /* (owned) QcRosterLine, in the order entered */
  GHashTable *by_id; /* (owned) &line->id → QcRosterLine */
  gint64 next_id;    /* id of the next line added */
} QcRoster;

QcRoster *qc_roster_new (void);
/* With lines of its own. (transfer full) */
QcRoster *qc_roster_copy (const QcRoster *roster);
void qc_roster_free (QcRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRoster, qc_roster_free)

/* Takes @line before position @position (-1 = at the end); a line without id gets the next one. Returns the id. */
gint64 qc_roster_take (QcRoster *roster, int position, QcRosterLine *line);
/* Takes each of @lines (QcRosterLine) in turn before the line with the id @before[i] as the roster then is; 0, or one
 * that is not there: at the end. One pass, however many there are. (transfer full) */
void qc_roster_take_all (QcRoster *roster, GPtrArray *lines, const gint64 *before);
/* (transfer none) (nullable) */
QcRosterLine *qc_roster_find (const QcRoster *roster, gint64 id);
/* @line takes the place of the one with its id, which must be there. (transfer full) */
void qc_roster_replace (QcRoster *roster, QcRosterLine *line);
/* Frees the lines with these ids; ids that are not there are passed over. Returns how many went. */
guint qc_roster_remove (QcRoster *roster, const gint64 *ids, guint n);
/* The same without freeing them. (transfer full) QcRosterLine */
GPtrArray *qc_roster_take_out (QcRoster *roster, const gint64 *ids, guint n);

typedef struct {
  gint64 lines, people; /* people: distinct */
  QcMoney unit_fen, personal_fen;
  QcMoney old_unit_fen, old_personal_fen;
  gint64 sealing, unsealing; /* lines that end 封存, 正常 (decision 24) */
} QcRosterTotals;
/* What one line adds to them, beside whose it is: enough to add up again without the line. */
typedef struct {
  QcMoney unit_fen, personal_fen;
  QcMoney old_unit_fen, old_personal_fen;
  QcPersonStatus status_after;
} QcRosterShare;
QcRosterShare qc_roster_line_share (const QcRosterLine *line);
/* Adds a line of nobody knows whom. FALSE beyond QC_MONEY_MAX. */
gboolean qc_roster_totals_add_share (QcRosterTotals *totals, const QcRosterShare *share);
/* Takes back what the adding of an equal share did; @people stays. Only from totals that no adding failed for. */
void qc_roster_totals_take_back (QcRosterTotals *totals, const QcRosterShare *share);
/* Adds @line; @people (char* set) tells whom it has seen, NULL = do not count people. FALSE beyond QC_MONEY_MAX. */
gboolean qc_roster_totals_add (QcRosterTotals *totals, const QcRosterLine *line, GHashTable *people);
/* Of all lines. FALSE if a sum goes beyond QC_MONEY_MAX. */
gboolean qc_roster_sum (const QcRoster *roster, QcRosterTotals *out);

G_END_DECLS
