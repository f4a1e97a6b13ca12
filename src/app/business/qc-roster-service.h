/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A roster business of one unit without a screen: people are put on the roster, cells are entered, pasted, filled down,
 * every change is one step of undo; the lines are judged by core's rules as they are entered and once more, all of them
 * and against the people as they are now, whenever data comes. Main context; people are read on the reader thread, and
 * a hundred thousand lines are looked through in pieces, never at once.
 */
#pragma once

#include "qc-business-service.h"
#include "qc-roster-model.h"
#include "qc-rules-roster.h"

G_BEGIN_DECLS

#define QC_TYPE_ROSTER_SERVICE (qc_roster_service_get_type ())
G_DECLARE_FINAL_TYPE (QcRosterService, qc_roster_service, QC, ROSTER_SERVICE, QcBusinessService)

/* @draft 0: the newest open draft of @business, or one that is made at the first edit. */
QcRosterService *qc_roster_service_new (QcSession *session, QcBusiness business, gint64 draft);

QcRosterModel *qc_roster_service_get_model (QcRosterService *self);
/* What the rules look at; NULL until it is read. Borrowed until "updated". */
const QcRosterFacts *qc_roster_service_get_facts (QcRosterService *self);
/* 变更年月 the roster was made for; NONE where the business has none, or nothing is known yet. */
QcMonth qc_roster_service_get_effective (QcRosterService *self);
/* 缴存方式 of a business with money: as chosen, else the only one that the unit has; NONE: no money, or not known yet.
 */
QcMethod qc_roster_service_get_method (QcRosterService *self);
void qc_roster_service_set_method (QcRosterService *self, QcMethod method);
/* What the line costs month by month: QcBackMonth (qc-back-payment.h); NULL where nothing is known. (transfer full) */
GArray *qc_roster_service_dup_months (QcRosterService *self, gint64 line);
/* The roster is meant for the month that is due now (after roster.month-moved). One step. */
void qc_roster_service_accept_month (QcRosterService *self);

/* The pictures that go out with it, under their names: QcAttachment. (transfer full) */
GPtrArray *qc_roster_service_dup_attachments (QcRosterService *self);

/* ---- edits, each one step ---- */

/* Those who are on the roster already, or may not be put on it, are passed over. How many were added; the ids of their
 * lines are appended to @ids (nullable, GArray of gint64). */
guint qc_roster_service_add_people (QcRosterService *self, const GPtrArray *people, GArray *ids);
/* The line of somebody who has no account yet (opens_accounts), not on the roster. @texts: what was typed, by
 * QcLineFieldId, each (nullable); what is wrong with it is appended to @findings (nullable). NULL: nothing is known
 * yet. (transfer full) */
QcRosterLine *qc_roster_service_make_line (QcRosterService *self, const char *const texts[QC_N_LINE_FIELDS],
                                           GPtrArray *findings);
/* Puts it there; its id, 0 where nothing can be added now. (transfer full) */
gint64 qc_roster_service_take_line (QcRosterService *self, QcRosterLine *line);
/* The person of @line once more, for other months (of_months). The id of the new line below it, 0 as above. */
gint64 qc_roster_service_add_again (QcRosterService *self, gint64 line);
/* What was typed into a cell. FALSE: it could not be read, and stays as typed; or the cell takes nothing. */
gboolean qc_roster_service_enter (QcRosterService *self, gint64 line, QcLineFieldId field, const char *text);
/* What stands in the cell that is being typed in: the name of a unit is asked for as soon as its number is whole. */
void qc_roster_service_typing (QcRosterService *self, QcLineFieldId field, const char *text);
/* Of many lines, in pieces: the draft is busy until all are done. FALSE: it cannot be edited now. */
/* The same text into @field: fill down, one reason for many rows. Lines that do not take it are passed over. */
gboolean qc_roster_service_enter_many (QcRosterService *self, const gint64 *lines, guint n, QcLineFieldId field,
                                       const char *text);
/* 新缴存基数: the present base × (1 + @change), @change in 1/10,000 and at most two thirds of
 * QC_RATIO_MAX, rounded by @rounding. Lines without a base are passed over. */
gboolean qc_roster_service_scale_base (QcRosterService *self, const gint64 *lines, guint n, gint32 change,
                                       QcRounding rounding);
void qc_roster_service_remove (QcRosterService *self, const gint64 *lines, guint n);
/* Takes off every line in which the checks found @code, as one step. How many. */
guint qc_roster_service_remove_found (QcRosterService *self, const char *code);
/* 全部删除. */
void qc_roster_service_clear (QcRosterService *self);
/* The lines as their people are now; what was entered stays. */
void qc_roster_service_update_lines (QcRosterService *self, const gint64 *lines, guint n);

/* ---- pasting ---- */

typedef struct {
  guint added, changed; /* lines */
  guint unreadable;     /* cells that stay as they were pasted */
  GPtrArray *unknown;   /* (owned) char*: rows whose person is not of the unit, as they were pasted */
  GPtrArray *refused;   /* (owned) QcFinding: people who may not be put on the roster */
} QcPasteResult;
void qc_paste_result_free (QcPasteResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcPasteResult, qc_paste_result_free)

/*
 * @text: rows and columns as spreadsheets copy them. Where a column names people (account or document), each row goes
 * to its person's line, which is made if needed; its other columns go by their headings, else by the columns shown, in
 * order. Otherwise the block goes to the lines from @line on, to the columns from @field on. @line 0: no cell is
 * chosen.
 */
void qc_roster_service_paste_async (QcRosterService *self, gint64 line, QcLineFieldId field, const char *text,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
QcPasteResult *qc_roster_service_paste_finish (QcRosterService *self, GAsyncResult *result, GError **error);
/* The cells of @fields of @lines as spreadsheets paste them. (transfer full) */
char *qc_roster_service_dup_block (QcRosterService *self, const gint64 *lines, guint n, const QcLineFieldId *fields,
                                   guint n_fields);

/* ---- what is found ---- */

/* Everything that can be said of one line now, the center's refusal too. (transfer full) */
GPtrArray *qc_roster_service_dup_line_findings (QcRosterService *self, gint64 line);
/* Whether anything is said of @line: a fault, or what is only to be looked at. */
gboolean qc_roster_service_has_findings (QcRosterService *self, gint64 line);
/* How many findings of each code there are: char* (static) → GUINT_TO_POINTER. Borrowed. */
GHashTable *qc_roster_service_get_counts (QcRosterService *self);
/* The next faulty cell after @line/@field in the order shown, around the end; 0 if there is none. */
gint64 qc_roster_service_next_fault (QcRosterService *self, gint64 line, QcLineFieldId field, gboolean backwards,
                                     QcLineFieldId *out_field);
/* What stands in a cell, as it is read. (transfer full) */
char *qc_roster_service_dup_text (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field);
/* As it stands on the screen: the middle of a document number that is not to be entered is hidden. (transfer full) */
char *qc_roster_service_dup_shown (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field);
/* Whether the clerk may enter something there now. */
gboolean qc_roster_service_takes (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field);
/* The codes a cell chooses from; empty where it is typed freely. GPtrArray of QcCode, borrowed entries. (transfer full)
 */
GPtrArray *qc_roster_service_dup_choices (QcRosterService *self, const QcRosterLine *line, QcLineFieldId field);

/* Everything entered is written and checked, or cannot be written now. */
gboolean qc_roster_service_is_settled (QcRosterService *self);
/* Whether the business concerns certain people: who is past retirement, whose class is not known. */
gboolean qc_roster_service_can_concern (QcRosterService *self);
/* Puts those on the roster who are not there yet, as one step. Only with facts. finish: the ids of the new lines.
 * (transfer full) (nullable) NULL on error */
void qc_roster_service_add_concerned_async (QcRosterService *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
/* The next time those concerned are put on it, also who will be concerned @months later. */
void qc_roster_service_look_ahead (QcRosterService *self, int months);
GArray *qc_roster_service_add_concerned_finish (QcRosterService *self, GAsyncResult *result, GError **error);

G_END_DECLS
