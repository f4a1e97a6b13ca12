/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Drafts: what the clerk entered and has not sent; several of one business may be open (decision 19). Facts are text
 * this room does not look into. Each edit is one transaction and one group of the operation log, from which undo and
 * redo work, also after a restart. A draft whose business waits in the outbox is locked. Database threads only.
 */
#pragma once

#include "qc-business.h"
#include "qc-store-attachments.h"
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
  char *name;  /* (owned) (nullable) the clerk's own */
  char *facts; /* (owned) JSON object */
  gint64 created, changed;
  gint64 deleted;  /* when it was put into the trash, 0 = it was not */
  gint64 revision; /* goes up with each edit, undo and redo */
  gint64 n_lines, n_faults, n_attachments;
  gint64 next_line;  /* the id of the next line */
  gint64 outbox;     /* the item that locks it, 0 = none */
  gboolean refused;  /* by the center, and not touched since */
  char *undo, *redo; /* (owned) (nullable) label of the edit that would be undone, redone */
  char *serial;      /* (owned) (nullable) the application it became, or was reopened from */
} QcStoreDraft;
void qc_store_draft_free (QcStoreDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreDraft, qc_store_draft_free)

/* Nothing was entered and it has no name. */
gboolean qc_store_draft_is_empty (const QcStoreDraft *draft);

/* One change of an edit. */
typedef enum {
  QC_STORE_CHANGE_FACTS,    /* the draft's facts become @facts */
  QC_STORE_CHANGE_ADD_LINE, /* @line at the end, or before @before; the id is new to the draft */
  QC_STORE_CHANGE_LINES,    /* lines are changed: @was gives back what @now does */
  QC_STORE_CHANGE_REMOVE_LINE,
  QC_STORE_CHANGE_ATTACH, /* @attachment, under the number @line, new to the draft */
  QC_STORE_CHANGE_DETACH, /* the attachment with the number @line goes */
} QcStoreChangeKind;
typedef struct {
  QcStoreChangeKind kind;
  gint64 line;
  gint64 before;            /* ADD_LINE: 0 = at the end */
  char *person;             /* (owned) (nullable) ADD_LINE: 个人账号 */
  char *facts;              /* (owned) FACTS, ADD_LINE */
  GBytes *was, *now;        /* (owned) LINES: what is changed in each of them, see below */
  QcAttachment *attachment; /* (owned) ATTACH */
} QcStoreChange;
/* GArray of QcStoreChange with its clear function set. (transfer full) */
GArray *qc_store_changes_new (void);

/* What is changed in many lines, in one piece: a text for each. */
void qc_store_changed_lines_append (GString *lines, gint64 line, const char *change);
typedef struct {
  const char *at, *end;
} QcStoreChangedLines;
gboolean qc_store_changed_lines_open (QcStoreChangedLines *lines, GBytes *bytes, GError **error);
/* The next one, borrowed from the bytes. FALSE: at the end, or damaged and *@error set. */
gboolean qc_store_changed_lines_next (QcStoreChangedLines *lines, gint64 *line, const char **change, GError **error);
/* A line's facts after @change; *@person: whose it is then, where that is otherwise. NULL on error. (transfer full) */
typedef char *(*QcStoreChangeFunc) (const char *facts, const char *change, char **person, GError **error);

/* What undo or redo will do, for who has the lines in memory: add the lines that come back, in this order, each before
 * the line it names; change lines, in this order; take away those that go. */
typedef struct {
  gint64 line;
  gint64 before; /* 0 = at the end */
  char *facts;   /* (owned) to which the changes are still to be made */
} QcStoreBack;
typedef struct {
  gint64 step;         /* 0: there is nothing to be undone or redone */
  char *facts;         /* (owned) (nullable) the draft's, if they will be others */
  GArray *back;        /* (owned) QcStoreBack */
  GPtrArray *changes;  /* (owned) GBytes of changed lines */
  GArray *gone;        /* (owned) gint64 */
  GPtrArray *attached; /* (owned) QcStoreAttachment that come back */
  GArray *detached;    /* (owned) gint64: numbers of those that go */
} QcStoreStep;
void qc_store_step_free (QcStoreStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStoreStep, qc_store_step_free)

/* The open draft of @business changed last, else a locked one; *@out NULL when there is none. (transfer full) */
gboolean qc_store_draft_latest (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                                QcStoreDraft **out, GError **error);
/* A new empty one with @facts (NULL = none). *@out_id: its id. */
gboolean qc_store_draft_create (QcConnection *connection, const char *profile, const char *unit, QcBusiness business,
                                const char *facts, gint64 now, gint64 *out_id, GError **error);
/* QC_STORE_ERROR_NOT_FOUND when there is none. (transfer full) */
QcStoreDraft *qc_store_draft_get (QcConnection *connection, gint64 draft, GError **error);
/* All drafts that are not done, of one unit or (@unit NULL) of the profile, last changed first. (transfer full) */
GPtrArray *qc_store_draft_list (QcConnection *connection, const char *profile, const char *unit, GError **error);

/* One line; borrowed, valid during the call. FALSE ends the walk, which is no error. */
typedef gboolean (*QcStoreDraftLineFunc) (gint64 line, const char *facts, gpointer user_data);
/* All lines in order, in one scan. */
gboolean qc_store_draft_each_line (QcConnection *connection, gint64 draft, QcStoreDraftLineFunc func,
                                   gpointer user_data, GError **error);
/* *@out_facts NULL where there is no such line. (transfer full) */
gboolean qc_store_draft_get_line (QcConnection *connection, gint64 draft, gint64 line, char **out_facts,
                                  GError **error);
/* The lines that are about @person (个人账号), in order. */
gboolean qc_store_draft_each_of_person (QcConnection *connection, gint64 draft, const char *person,
                                        QcStoreDraftLineFunc func, gpointer user_data, GError **error);
/* Lines with @text anywhere in what is kept of them, of every draft that is not done; @func gets the draft's id. */
gboolean qc_store_drafts_each_holding (QcConnection *connection, const char *profile, const char *unit,
                                       const char *text, QcStoreDraftLineFunc func, gpointer user_data, GError **error);
/* Everybody whom the open drafts of the unit other than @except name; borrowed, valid during the call. */
typedef void (*QcStoreDraftPersonFunc) (const QcStoreDraft *draft, const char *person, gpointer user_data);
gboolean qc_store_drafts_each_person (QcConnection *connection, const char *profile, const char *unit, gint64 except,
                                      QcStoreDraftPersonFunc func, gpointer user_data, GError **error);

/*
 * One edit: all @changes (QcStoreChange) or none, one step of undo named @label (shown: "Undo …"). What was undone
 * before can no longer be redone. @label NULL: it only completes what the last step did, and is undone with it.
 * QC_STORE_ERROR_STATE when the draft is locked.
 */
gboolean qc_store_draft_edit (QcConnection *connection, gint64 draft, const char *label, const GArray *changes,
                              QcStoreChangeFunc func, gint64 now, GError **error);
/* What would be undone or (@forwards) redone; nothing is done. (transfer full) */
QcStoreStep *qc_store_draft_find_step (QcConnection *connection, gint64 draft, gboolean forwards, GError **error);
/* Does it, if it is still that step's turn, else QC_STORE_ERROR_STATE. */
gboolean qc_store_draft_do_step (QcConnection *connection, gint64 draft, gint64 step, gboolean forwards,
                                 QcStoreChangeFunc func, gint64 now, GError **error);

/* What the center refused it with, instead of what was there before; those of a line are at its id. NULL: none. */
gboolean qc_store_draft_set_findings (QcConnection *connection, gint64 draft, const GPtrArray *findings,
                                      GError **error);
/* GPtrArray of QcFinding in their order. (transfer full) */
GPtrArray *qc_store_draft_get_findings (QcConnection *connection, gint64 draft, GError **error);
/* For the list of drafts: how many lines cannot be submitted as they are. */
gboolean qc_store_draft_set_faults (QcConnection *connection, gint64 draft, gint64 faults, GError **error);
/* @name NULL or "": the one that is made of what is in it. */
gboolean qc_store_draft_rename (QcConnection *connection, gint64 draft, const char *name, GError **error);
/* ---- the trash: nothing but these functions sees what is in it ---- */

/* Seconds for which it is kept there. */
#define QC_STORE_TRASH_KEEPS (30 * 24 * 60 * 60)
/* What was deleted and can be had back, last deleted first; nothing that is empty. (transfer full) */
GPtrArray *qc_store_draft_list_deleted (QcConnection *connection, const char *profile, const char *unit,
                                        GError **error);
/* Puts an open draft into it; undelete brings it back until it is purged, destroy lets go of it at once. Each is
 * written to the journal, unless nothing was entered. */
gboolean qc_store_draft_delete (QcConnection *connection, gint64 draft, gint64 now, GError **error);
gboolean qc_store_draft_undelete (QcConnection *connection, gint64 draft, gint64 now, GError **error);
gboolean qc_store_draft_destroy (QcConnection *connection, gint64 draft, gint64 now, GError **error);
/* Drafts that were deleted longer ago than they are kept go; lines and log of drafts that ended more than 60 days ago
 * go. */
gboolean qc_store_drafts_purge (QcConnection *connection, gint64 now, GError **error);
/* A piece of the log that no undo and no redo reaches any more goes: a QcDatabaseSpareFunc. */
gboolean qc_store_drafts_tidy (QcConnection *connection, gboolean *out_more, GError **error);
/* A done draft (of a returned application) becomes an open one again with everything in it (B11). */
gboolean qc_store_draft_reopen (QcConnection *connection, gint64 draft, gint64 now, GError **error);

G_END_DECLS
