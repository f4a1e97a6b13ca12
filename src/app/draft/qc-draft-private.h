/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The fields of a draft, shared by the files it is written in: the queue of jobs to the database, and the work on many
 * lines. Main context.
 */
#pragma once

#include "qc-draft-io.h"
#include "qc-draft.h"

G_BEGIN_DECLS

typedef struct _QcDraftWork QcDraftWork;

struct _QcDraft {
  GObject parent_instance;
  QcSession *session;   /* (owned) */
  char *profile, *unit; /* (owned) (nullable) */
  QcBusiness business;
  gint64 id, outbox, revision; /* revision -1: nothing was read yet */
  GHashTable *facts;           /* (owned) */
  QcRoster *roster;            /* (owned) */
  GPtrArray *attachments;      /* (owned) QcStoreAttachment */
  gint64 next_attachment;      /* number of the next one */
  GPtrArray *findings;         /* (owned) */
  char *undo, *redo;           /* (owned) (nullable) labels */
  gboolean loaded, travels;    /* travels: undo, redo or discarding is about to begin */
  QcDraftWork *work;           /* (owned) (nullable) lines are being changed */
  GQueue queue;                /* (owned) QcDraftQueued, the first one is under way or is to be tried again */
  gboolean running;            /* the first job of the queue is under way */
  guint writes;                /* jobs in the queue that are no loads, and work under way */
  guint unsaved;               /* edits in the queue, undo and redo too */
  gboolean unwritten;          /* the first job of the queue is an edit that failed */
  gboolean reload;             /* what the database says is to be read once that is written */
  guint retry;                 /* source */
  guint step;                  /* depth of begin_step */
  char *label;                 /* (owned) (nullable) of the step being made */
  GArray *changes;             /* (owned) QcStoreChange of the step being made */
  GArray *steps, *undone;      /* (owned) guint: the steps of this sitting; those of before are not here, or 0 */
  guint last_step;             /* the last number given */
  gboolean facts_changed;      /* in the step being made */
  guint tell;                  /* source */
  guint told_lines;
  gint64 faults, told_faults;
  GError *error; /* (owned) (nullable) */
};

/* One thing to be done by the database. The job of an edit is made anew for each try: it is taken by the thread. */
typedef struct {
  QcDraftVerb verb;
  GArray *changes; /* (owned) (nullable) */
  char *label;     /* (owned) (nullable) */
  gint64 step;     /* of undo and redo */
  GTask *task;     /* (owned) (nullable) of a load */
} QcDraftQueued;

/* ---- qc-draft.c ---- */
gboolean qc_draft_may_edit (QcDraft *self);
void qc_draft_notify (QcDraft *self);
void qc_draft_tell_facts (QcDraft *self);
void qc_draft_tell_lines (QcDraft *self, GArray *ids, gboolean structure);
void qc_draft_tell_attachments (QcDraft *self);
/* Those with the numbers @gone go, @come (QcStoreAttachment, borrowed) are there. FALSE: nothing was otherwise. */
gboolean qc_draft_replace_attachments (QcDraft *self, const GPtrArray *come, const GArray *gone);
/* Something was changed; the step is called so, if it has no name yet. */
void qc_draft_note_change (QcDraft *self, const char *label);
void qc_draft_set_label (char **label, const char *value);

/* ---- qc-draft-queue.c ---- */
/* The drafts of a session on their way to the database, the last one at the end. They live until they are there, and
 * who opens one of them meanwhile gets what was typed: it could not be read yet. */
GPtrArray *qc_drafts_under_way (QcSession *session);
void qc_draft_begin_write (QcDraft *self);
/* May let go of @self. */
void qc_draft_end_write (QcDraft *self);
/* (transfer full) */
void qc_draft_queue (QcDraft *self, QcDraftQueued *job);
gboolean qc_draft_has_job (QcDraft *self, QcDraftVerb verb);
/* Queues it and begins. Takes @changes, @label and @task. */
void qc_draft_push (QcDraft *self, QcDraftVerb verb, GArray *changes, char *label, GTask *task);
/* What had to wait for what is on the screen. */
void qc_draft_load_again (QcDraft *self);
void qc_draft_clear_queue (QcDraft *self);

/* ---- qc-draft-work.c ---- */
/* @lines take their places, as part of the step that is being made; the ids of those that are otherwise now.
 * (transfer full) */
GArray *qc_draft_replace_lines (QcDraft *self, const GPtrArray *lines);
/* A line that is on the roster now, before line @place (0 = at the end), as part of the step that is being made. */
void qc_draft_note_line (QcDraft *self, const QcRosterLine *line, gint64 place);
/* They go from the roster. FALSE: none of them was there. */
gboolean qc_draft_drop_lines (QcDraft *self, const gint64 *ids, guint n);
/* What undo or redo does, from what was found: on the screen, and behind it into the queue. */
void qc_draft_take_step (QcDraft *self, gboolean forwards, QcDraftState *state);

G_END_DECLS
