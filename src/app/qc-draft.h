/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A draft (录入清册) of one business of one unit: named facts, every change of which is written to the database's
 * operation log at once, so that a kill loses nothing and 撤销 works after it too (X1). Made at the first edit, not
 * before. Main context; SQL runs on the database's writer thread, in order.
 */
#pragma once

#include "qc-business.h"
#include "qc-finding.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_DRAFT (qc_draft_get_type ())
G_DECLARE_FINAL_TYPE (QcDraft, qc_draft, QC, DRAFT, GObject)

/*
 * Properties (all notify): "loaded", "empty", "can-undo", "can-redo" (booleans), "unsaved" (uint: edits on their way to
 * the database), "error" (boxed GError, nullable: the last change that could not be written). An edit that failed stays
 * in the facts, is written again and again, and takes its error with it only once it is written.
 * Signal "changed": facts changed, by edit, undo, redo or loading.
 */
QcDraft *qc_draft_new (QcSession *session, QcBusiness business);

/* Reads the newest open draft, if there is one; what waits to be written is written instead. */
void qc_draft_load_async (QcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean qc_draft_load_finish (QcDraft *self, GAsyncResult *result, GError **error);
/* The item of the outbox that locks it (it cannot be edited then), 0 = none. */
gint64 qc_draft_get_outbox (QcDraft *self);
/* What the center refused it with, until the next edit: QcFinding, borrowed. */
const GPtrArray *qc_draft_get_findings (QcDraft *self);
/* The fact @name, NULL if unset; borrowed until the next change. */
const char *qc_draft_get (QcDraft *self, const char *name);
gint64 qc_draft_get_int (QcDraft *self, const char *name, gint64 fallback);
/* Calls @func for each fact whose name begins with @prefix. */
void qc_draft_foreach (QcDraft *self, const char *prefix, GHFunc func, gpointer user_data);

/* One step that can be undone. NULL removes the fact. Setting what is set already is no step. */
void qc_draft_set (QcDraft *self, const char *name, const char *value);
void qc_draft_set_int (QcDraft *self, const char *name, gint64 value);
/* Sets between these two are undone as one step. */
void qc_draft_begin_step (QcDraft *self);
void qc_draft_end_step (QcDraft *self);

gboolean qc_draft_is_loaded (QcDraft *self);
gboolean qc_draft_is_empty (QcDraft *self);
gboolean qc_draft_can_undo (QcDraft *self);
gboolean qc_draft_can_redo (QcDraft *self);
void qc_draft_undo (QcDraft *self);
void qc_draft_redo (QcDraft *self);
guint qc_draft_get_unsaved (QcDraft *self);
/* Whether the facts hold an edit that could not be written: it is not to be built on yet. */
gboolean qc_draft_is_unwritten (QcDraft *self);
/* Removes the draft for good (after asking); the object is empty afterwards and can be used again. */
void qc_draft_discard (QcDraft *self);

G_END_DECLS
