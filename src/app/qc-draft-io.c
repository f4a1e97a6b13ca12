/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a draft does on the database's threads. Each job is one transaction and answers with the draft as it then is.
 */
#include "qc-draft-io.h"

#include <string.h>

#include "qc-json-writer.h"
#include "qc-store-drafts.h"
#include "qc-wire-object.h"

#define MAX_FACTS 200000

/* Our own text, but read as strictly as anybody's: the file may be damaged. */
static const QcGateLimits limits = {
    .max_size = 32 * 1024 * 1024,
    .max_depth = 4,
    .max_values = 2 * MAX_FACTS + 8,
    .max_members = 8,
};

QcDraftJob *
qc_draft_job_new (QcDraftVerb verb, const char *profile, const char *unit, QcBusiness business)
{
  QcDraftJob *job = g_new0 (QcDraftJob, 1);

  job->verb = verb;
  job->profile = g_strdup (profile);
  job->unit = g_strdup (unit);
  job->business = business;
  return job;
}

void
qc_draft_job_free (QcDraftJob *job)
{
  g_free (job->profile);
  g_free (job->unit);
  g_free (job->facts);
  g_free (job->label);
  g_free (job);
}

void
qc_draft_state_free (QcDraftState *state)
{
  g_clear_pointer (&state->facts, g_hash_table_unref);
  g_clear_pointer (&state->findings, g_ptr_array_unref);
  g_free (state);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
qc_draft_facts_to_json (GHashTable *facts)
{
  g_autoptr (QcJsonWriter) writer = qc_json_writer_new (256);
  guint n;
  g_autofree char **names = (char **)g_hash_table_get_keys_as_array (facts, &n);
  g_autoptr (GBytes) bytes = NULL;

  g_qsort_with_data (names, (int)n, sizeof *names, compare_names, NULL);
  qc_json_writer_begin_object (writer);
  qc_json_writer_name (writer, "facts");
  qc_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++) {
    qc_json_writer_string (writer, names[i]);
    qc_json_writer_string (writer, g_hash_table_lookup (facts, names[i]));
  }
  qc_json_writer_end_array (writer);
  qc_json_writer_end_object (writer);
  bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

GHashTable *
qc_draft_facts_from_json (const char *json, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_auto (GStrv) list = NULL;
  QcWireReader reader;
  QcWireObject root;

  if (!qc_wire_reader_open (&reader, bytes, &limits, &root, error))
    return NULL;
  list = qc_wire_string_list (&root, "facts", 2 * MAX_FACTS, 4096);
  if (!qc_wire_reader_close (&reader, error))
    return NULL;
  for (guint i = 0; list && list[i] && list[i + 1]; i += 2)
    g_hash_table_replace (facts, g_strdup (list[i]), g_strdup (list[i + 1]));
  return g_steal_pointer (&facts);
}

/* *@out NULL when there is none. */
static gboolean
find (QcConnection *connection, const QcDraftJob *job, QcStoreDraft **out, GError **error)
{
  return qc_store_draft_find (connection, job->profile, job->unit, job->business, out, error);
}

static gboolean
edit (QcConnection *connection, const QcDraftJob *job, gint64 id, gboolean *created, GError **error)
{
  QcStoreChange change = {.kind = QC_STORE_CHANGE_FACTS, .facts = job->facts};

  if (id == 0) {
    if (!qc_store_draft_create (connection, job->profile, job->unit, job->business, "{}", job->now, &id, error))
      return FALSE;
    *created = TRUE;
  }
  /* what the center said was said of the draft as it was */
  return qc_store_draft_edit (connection, id, job->label, &change, 1, job->now, error)
         && qc_store_draft_set_findings (connection, id, NULL, error);
}

static gboolean
perform (QcConnection *connection, const QcDraftJob *job, const QcStoreDraft *draft, gboolean *created, GError **error)
{
  gint64 id = draft ? draft->id : 0;
  gboolean done;

  switch (job->verb) {
  case QC_DRAFT_EDIT:
    return edit (connection, job, id, created, error);
  case QC_DRAFT_UNDO:
    return id == 0 || qc_store_draft_undo (connection, id, job->now, &done, error);
  case QC_DRAFT_REDO:
    return id == 0 || qc_store_draft_redo (connection, id, job->now, &done, error);
  case QC_DRAFT_DISCARD:
    return id == 0 || qc_store_draft_delete (connection, id, error);
  case QC_DRAFT_LOAD:
  default:
    return TRUE;
  }
}

static QcDraftState *
read_state (QcConnection *connection, const QcDraftJob *job, GError **error)
{
  g_autoptr (QcStoreDraft) draft = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  QcDraftState *state;
  GHashTable *facts;

  if (!find (connection, job, &draft, error))
    return NULL;
  findings = draft ? qc_store_draft_get_findings (connection, draft->id, TRUE, error) : qc_findings_new ();
  if (!findings)
    return NULL;
  facts = qc_draft_facts_from_json (draft ? draft->facts : "{}", error);
  if (!facts)
    return NULL;
  state = g_new0 (QcDraftState, 1);
  state->facts = facts;
  state->findings = g_steal_pointer (&findings);
  if (draft) {
    state->outbox = draft->state == QC_STORE_DRAFT_LOCKED ? draft->outbox : 0;
    state->can_undo = draft->undo != NULL;
    state->can_redo = draft->redo != NULL;
  }
  return state;
}

gpointer
qc_draft_job_run (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcDraftJob *job = data;
  g_autoptr (QcStoreDraft) draft = NULL;
  gboolean created = FALSE;
  QcDraftState *state;

  if (!find (connection, job, &draft, error) || !perform (connection, job, draft, &created, error))
    return NULL;
  state = read_state (connection, job, error);
  if (state)
    state->created = created;
  return state;
}
