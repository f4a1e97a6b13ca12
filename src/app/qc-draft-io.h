/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a draft does on the database's threads: find, edit, undo, redo, discard; and facts as JSON text. Inside app.
 * Database threads.
 */
#pragma once

#include "qc-business.h"
#include "qc-connection.h"

G_BEGIN_DECLS

typedef enum {
  QC_DRAFT_LOAD,
  QC_DRAFT_EDIT,
  QC_DRAFT_UNDO,
  QC_DRAFT_REDO,
  QC_DRAFT_DISCARD,
} QcDraftVerb;

typedef struct {
  QcDraftVerb verb;
  char *profile, *unit; /* (owned) */
  QcBusiness business;
  char *facts; /* (owned) (nullable) EDIT */
  char *label; /* (owned) (nullable) EDIT */
  gint64 now;
} QcDraftJob;
QcDraftJob *qc_draft_job_new (QcDraftVerb verb, const char *profile, const char *unit, QcBusiness business);
void qc_draft_job_free (QcDraftJob *job);

/* The draft as it is after a job. */
typedef struct {
  gint64 outbox;
  GHashTable *facts;   /* (owned) */
  GPtrArray *findings; /* (owned) QcFinding: what the center refused it with */
  gboolean can_undo, can_redo;
  gboolean created; /* by this job */
} QcDraftState;
void qc_draft_state_free (QcDraftState *state);

/* A QcDatabaseFunc over a QcDraftJob; gives a QcDraftState. */
gpointer qc_draft_job_run (QcConnection *connection, gpointer job, GCancellable *cancellable, GError **error);

/* {"facts": [name, value, …]}, by name. (transfer full) */
char *qc_draft_facts_to_json (GHashTable *facts);
GHashTable *qc_draft_facts_from_json (const char *json, GError **error);

G_END_DECLS
