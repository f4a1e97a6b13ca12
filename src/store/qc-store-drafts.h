/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: what the clerk entered and has not sent. Facts are JSON text this room does not look into. Each edit is one
 * transaction and one group of the operation log, from which undo and redo work, also after a restart. A draft whose
 * business waits in the outbox is locked. Database threads only.
 */
#pragma once

#include "qc-business.h"
#include "qc-connection.h"
#include "qc-finding.h"

G_BEGIN_DECLS

typedef enum {
  QC_STORE_DRAFT_OPEN,   /* 录入清册 */
  QC_STORE_DRAFT_LOCKED, /* in the outbox */
  QC_STORE_DRAFT_DONE,   /* accepted by the center; kept for "modify and submit again" */
} QcStoreDraftState;

typedef struct {
  gint64 id;
  char *profile, *unit; /* (owned) */
  QcBusiness business;
  QcStoreDraftState state;
  char *facts; /* (owned) JSON object */
  gint64 created, changed;
  gint64 revision; /* goes up with each edit, undo and redo */
  gint64 n_lines;
  gint64 outbox;     /* the item that locks it, 0 = none */
  char *undo, *redo; /* (owned) (nullable) label of the edit that would be undone, redone */
  char *serial;      /* (owned) (nullable) the application it became, or was reopened from */
} QcStoreDraft;
void qc_store_draft_free (QcStoreDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreDraft, qc_store_draft_free)

typedef struct {
  gint64 id;          /* stays the same through undo and redo */
  char *person;       /* (owned) (nullable) 个人账号 */
  char *facts;        /* (owned) JSON object */
  GPtrArray *reasons; /* (owned) QcFinding: what the last checks found on this line */
} QcStoreDraftLine;
void qc_store_draft_line_free (QcStoreDraftLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreDraftLine, qc_store_draft_line_free)

/* One change of an edit. */
typedef enum {
  QC_STORE_CHANGE_FACTS,    /* the draft's facts become @facts */
  QC_STORE_CHANGE_ADD_LINE, /* a line at the end, or before @before; @line is set to its id */
  QC_STORE_CHANGE_SET_LINE, /* @line's facts become @facts */
  QC_STORE_CHANGE_REMOVE_LINE,
} QcStoreChangeKind;
typedef struct {
  QcStoreChangeKind kind;
  gint64 line;
  gint64 before;      /* ADD_LINE: 0 = at the end */
  const char *person; /* ADD_LINE (nullable) */
  const char *facts;
} QcStoreChange;

/* The open or locked draft of @business, *@out NULL when there is none. (transfer full) */
gboolean qc_store_draft_find (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                              QcStoreDraft **out, GError **error);
/* A new empty one with @facts; QC_STORE_ERROR_STATE when the business has one that is open. *@out_id: its id. */
gboolean qc_store_draft_create (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                                const char *facts, gint64 now, gint64 *out_id, GError **error);
/* QC_STORE_ERROR_NOT_FOUND when there is none. (transfer full) */
QcStoreDraft *qc_store_draft_get (QcConnection *connection, gint64 draft, GError **error);
/* All drafts that are not done, of one unit or (@unit NULL) of the profile, last changed first. (transfer full) */
GPtrArray *qc_store_draft_list (QcConnection *connection, const char *profile, const char *unit, GError **error);
/* Lines [@offset, @offset + @limit) in order. GPtrArray of QcStoreDraftLine. (transfer full) */
GPtrArray *qc_store_draft_lines (QcConnection *connection, gint64 draft, gint64 offset, gint64 limit, GError **error);

/*
 * One edit: all @changes or none, one step of undo named @label (shown: "Undo …"). What was undone before can no longer
 * be redone. QC_STORE_ERROR_STATE when the draft is locked.
 */
gboolean qc_store_draft_edit (QcConnection *connection, gint64 draft, const char *label, QcStoreChange *changes,
                              gsize n_changes, gint64 now, GError **error);
/* *@done FALSE when there was nothing to undo or redo. */
gboolean qc_store_draft_undo (QcConnection *connection, gint64 draft, gint64 now, gboolean *done, GError **error);
gboolean qc_store_draft_redo (QcConnection *connection, gint64 draft, gint64 now, gboolean *done, GError **error);

/* What checks found, instead of what was found before: those with a line index go to that line (the index of
 * qc_store_draft_lines()), the others to the draft. Not part of the undo log. */
gboolean qc_store_draft_set_findings (QcConnection *connection, gint64 draft, const GPtrArray *findings,
                                      GError **error);
/* Those of the draft itself, and with @all those of its lines too. GPtrArray of QcFinding. (transfer full) */
GPtrArray *qc_store_draft_get_findings (QcConnection *connection, gint64 draft, gboolean all, GError **error);
/* Removes an open draft for good. */
gboolean qc_store_draft_delete (QcConnection *connection, gint64 draft, GError **error);
/* A done draft (of a returned application) becomes an open one again with everything in it (B11). */
gboolean qc_store_draft_reopen (QcConnection *connection, gint64 draft, gint64 now, GError **error);

G_END_DECLS
