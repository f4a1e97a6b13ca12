/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a draft asks of the database's threads: one job, one transaction, and the draft as it then is. Inside app.
 */
#pragma once

#include "qc-business.h"
#include "qc-roster.h"
#include "qc-store-drafts.h"

G_BEGIN_DECLS

typedef enum {
  QC_DRAFT_LOAD,
  QC_DRAFT_EDIT,
  QC_DRAFT_FIND_UNDO, /* reads what the next one will do */
  QC_DRAFT_FIND_REDO,
  QC_DRAFT_UNDO,
  QC_DRAFT_REDO,
  QC_DRAFT_FAULTS,
  QC_DRAFT_RENAME,
  QC_DRAFT_DISCARD,
} QcDraftVerb;

typedef struct {
  QcDraftVerb verb;
  gint64 id;            /* 0 = the newest open one; an edit makes one where there is none */
  gint64 known;         /* LOAD: the revision that is in memory, -1 = none; its lines are not read again */
  char *profile, *unit; /* (owned) */
  QcBusiness business;
  GArray *changes; /* (owned) QcStoreChange of an EDIT */
  char *label;     /* (owned) (nullable) of an EDIT, the new name of a RENAME */
  gint64 step;     /* UNDO, REDO */
  gint64 faults;   /* FAULTS */
  gint64 now;
} QcDraftJob;
QcDraftJob *qc_draft_job_new (QcDraftVerb verb, const char *profile, const char *unit, QcBusiness business);
void qc_draft_job_free (QcDraftJob *job);

/* The draft as it is after a job. */
typedef struct {
  gint64 id, outbox, revision;
  GHashTable *facts;      /* (owned) */
  GPtrArray *findings;    /* (owned) QcFinding: what the center refused it with */
  QcRoster *roster;       /* (owned) (nullable) LOAD: unless the revision is the known one */
  GPtrArray *attachments; /* (owned) (nullable) QcStoreAttachment, with the roster */
  gint64 next_attachment; /* number of the next one */
  QcStoreStep *step;      /* (owned) (nullable) FIND_UNDO, FIND_REDO */
  GPtrArray *back;        /* (owned) (nullable) of the same: QcRosterLine, as step->back names them */
  char *undo, *redo;      /* (owned) (nullable) labels */
  gboolean created;       /* by this job */
} QcDraftState;
void qc_draft_state_free (QcDraftState *state);

/* A QcDatabaseFunc over a QcDraftJob; gives a QcDraftState. */
gpointer qc_draft_job_run (QcConnection *connection, gpointer job, GCancellable *cancellable, GError **error);

/* {"facts": [name, value, …]}, by name. (transfer full) */
char *qc_draft_facts_to_json (GHashTable *facts);
GHashTable *qc_draft_facts_from_json (const char *json, GError **error);
/* How much is in it: lines, or where the business has none, fields that are changed. */
gint64 qc_draft_count (const QcStoreDraft *draft);
/* Before the name of a field that is changed: what it is to be, and what was seen. */
#define QC_DRAFT_VALUE  "value:"
#define QC_DRAFT_BEFORE "before:"

G_END_DECLS
