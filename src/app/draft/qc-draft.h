/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft (录入清册) of one business of one unit: named facts and a roster in memory, every change of which goes to the
 * database's operation log at once, so that a kill loses nothing and 撤销 works after it too (X1). Made at the first
 * edit, not before. Main context; SQL runs on the database's threads, one job at a time, in order.
 *
 * Edits are on the screen at once and reach the database as deltas. A delta that could not be written stays first in
 * line and is written again, every few seconds and at each edit; until it is, nothing that is read replaces what was
 * typed.
 */
#pragma once

#include "qc-business.h"
#include "qc-finding.h"
#include "qc-roster.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_DRAFT (qc_draft_get_type ())
G_DECLARE_FINAL_TYPE (QcDraft, qc_draft, QC, DRAFT, GObject)

/*
 * Properties (all notify): "loaded", "empty", "can-undo", "can-redo", "busy" (booleans; busy: undo, redo or a change
 * of many lines is under way and edits are refused for that moment), "unsaved" (uint: edits that are not in the
 * database yet), "error" (boxed GError, nullable: the last change that could not be written; it is still on screen).
 * Signals: "changed" (facts changed, by edit, undo, redo or loading, or the draft was locked or opened);
 * "lines-changed" (GArray of gint64 ids or NULL for all; gboolean: lines came, went or moved); "attachments-changed".
 */
/* @id 0: the newest open draft of the business, or one that is made at the first edit. One that is still being written
 * is the same object. */
QcDraft *qc_draft_new (QcSession *session, QcBusiness business, gint64 id);

/* Reads it, if there is one; what waits to be written is written first. */
void qc_draft_load_async (QcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_draft_load_finish (QcDraft *self, GAsyncResult *result, GError **error);

QcBusiness qc_draft_get_business (QcDraft *self);
gint64 qc_draft_get_id (QcDraft *self); /* 0 = not made yet */
/* Goes up with each edit that is written. */
gint64 qc_draft_get_revision (QcDraft *self);
/* The item of the outbox that locks it (it cannot be edited then), 0 = none. */
gint64 qc_draft_get_outbox (QcDraft *self);
/* What the center refused it with, until the next edit: QcFinding, borrowed. */
const GPtrArray *qc_draft_get_findings (QcDraft *self);

/* ---- facts ---- */

#define QC_FACT_METHOD   "method"   /* 缴存方式, of every business with money */
#define QC_FACT_REPLACES "replaces" /* the returned application that it comes after */

/* The fact @name, NULL if unset; borrowed until the next change. */
const char *qc_draft_get (QcDraft *self, const char *name);
gint64 qc_draft_get_int (QcDraft *self, const char *name, gint64 fallback);
/* Calls @func for each fact whose name begins with @prefix. */
void qc_draft_foreach (QcDraft *self, const char *prefix, GHFunc func, gpointer user_data);
/* One step that can be undone. NULL removes the fact. Setting what is set already is no step. */
void qc_draft_set (QcDraft *self, const char *name, const char *value);
void qc_draft_set_int (QcDraft *self, const char *name, gint64 value);

/* ---- the roster ---- */

/* Borrowed; changes with each edit. */
const QcRoster *qc_draft_get_roster (QcDraft *self);
/* Each is one step named @label (shown: "Undo …"). FALSE: it is locked or busy, and nothing was done. */
/* Before line @before (0 = at the end); @lines (QcRosterLine) get their ids, one after the other from the roster's
 * next_id on. Many at the end come in pieces: the draft is busy until all are there, and then tells. (transfer full) */
gboolean qc_draft_add_lines (QcDraft *self, GPtrArray *lines, gint64 before, const char *label);
/* Lines with an id take the place of the line with that id, the others come at the end; in pieces: the draft is busy
 * until all are there, and then tells. (transfer full) */
gboolean qc_draft_put_lines (QcDraft *self, GPtrArray *lines, const char *label);
/* @lines: changed copies, each with the id of the line it replaces. (transfer full) */
gboolean qc_draft_set_lines (QcDraft *self, GPtrArray *lines, const char *label);
/* Each of these lines as @func makes it. A few at once; many in pieces: the draft is busy until all are done,
 * and then tells. @data is freed with @data_free in any case. */
typedef gboolean (*QcDraftLineFunc) (QcRosterLine *line, gpointer data); /* FALSE: it stays as it was */
gboolean qc_draft_change_lines (QcDraft *self, const gint64 *ids, guint n, const char *label, QcDraftLineFunc func,
                                gpointer data, GDestroyNotify data_free);
/* The same for what follows from the last step and came later: it is no step of its own and is undone with that one. */
gboolean qc_draft_amend_lines (QcDraft *self, GPtrArray *lines);
gboolean qc_draft_remove_lines (QcDraft *self, const gint64 *ids, guint n, const char *label);

/* ---- attachments ---- */

/* QcStoreAttachment in the order in which they came; of lines that are not on the roster now too. Borrowed. */
const GPtrArray *qc_draft_get_attachments (QcDraft *self);
/* The bytes of each of @attachments (QcAttachment) are kept already. Those with the numbers @gone go: what is replaced
 * goes and comes in one step. (transfer full) */
gboolean qc_draft_attach (QcDraft *self, GPtrArray *attachments, const gint64 *gone, guint n_gone, const char *label);

/* Changes between these two are undone as one step. */
void qc_draft_begin_step (QcDraft *self);
void qc_draft_end_step (QcDraft *self);

gboolean qc_draft_is_loaded (QcDraft *self);
gboolean qc_draft_is_empty (QcDraft *self);
gboolean qc_draft_is_busy (QcDraft *self);
gboolean qc_draft_can_undo (QcDraft *self);
gboolean qc_draft_can_redo (QcDraft *self);
/* What would be undone, redone: the label it was done with. (nullable) */
const char *qc_draft_get_undo_label (QcDraft *self);
const char *qc_draft_get_redo_label (QcDraft *self);
/* Which step of this sitting was made last, and has not been undone; 0: none. */
guint qc_draft_get_last_step (QcDraft *self);
/* Whether that one of them counts: it was made here, not undone, and the draft was not read anew since. */
gboolean qc_draft_has_step (QcDraft *self, guint step);
void qc_draft_undo (QcDraft *self);
void qc_draft_redo (QcDraft *self);
guint qc_draft_get_unsaved (QcDraft *self);
/* Whether an edit could not be written so far: it is not to be built on yet. */
gboolean qc_draft_is_unwritten (QcDraft *self);
/* Whether everything that was entered into drafts of @session is in the database; *@out_error: (nullable) why some of
 * it cannot be written now, borrowed. */
gboolean qc_drafts_are_saved (QcSession *session, const GError **out_error);
/* For the list of drafts: how many lines cannot be submitted as they are. Nobody waits for it. */
void qc_draft_set_faults (QcDraft *self, gint64 faults);
/* @name NULL or "": the name made of what is in it. */
void qc_draft_rename (QcDraft *self, const char *name);
/* Puts the draft away (qc_draft_list_undelete() brings it back for thirty days); the object is empty afterwards and can
 * be used again. */
void qc_draft_discard (QcDraft *self);

G_END_DECLS
