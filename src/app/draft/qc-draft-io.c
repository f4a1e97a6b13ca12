/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a draft does on the database's threads. Each job is one transaction and answers with the draft as it then is.
 */
#include "qc-draft-io.h"

#include <string.h>

#include "qc-json-writer.h"
#include "qc-store.h"
#include "qc-wire-line.h"
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
  job->known = -1;
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
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job->label);
  g_free (job);
}

void
qc_draft_state_free (QcDraftState *state)
{
  if (state == NULL)
    return;
  g_clear_pointer (&state->facts, g_hash_table_unref);
  g_clear_pointer (&state->findings, g_ptr_array_unref);
  g_clear_pointer (&state->roster, qc_roster_free);
  g_clear_pointer (&state->attachments, g_ptr_array_unref);
  g_clear_pointer (&state->step, qc_store_step_free);
  g_clear_pointer (&state->back, g_ptr_array_unref);
  g_free (state->undo);
  g_free (state->redo);
  g_free (state);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcDraftState, qc_draft_state_free)

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
  g_autoptr (GBytes) bytes = qc_json_writer_finish (writer);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

GHashTable *
qc_draft_facts_from_json (const char *json, GError **error)
{
  g_autoptr (GHashTable) facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  QcWireReader reader;
  QcWireObject root;
  if (!qc_wire_reader_open (&reader, bytes, &limits, &root, error))
    return NULL;
  g_auto (GStrv) list = qc_wire_string_list (&root, "facts", 2 * MAX_FACTS, 4096);
  if (!qc_wire_reader_close (&reader, error))
    return NULL;
  for (guint i = 0; list && list[i] && list[i + 1]; i += 2)
    g_hash_table_replace (facts, g_strdup (list[i]), g_strdup (list[i + 1]));
  return g_steal_pointer (&facts);
}

gint64
qc_draft_count (const QcStoreDraft *draft)
{
  g_autoptr (GHashTable) facts
      = qc_business_is_of_people (draft->business) ? NULL : qc_draft_facts_from_json (draft->facts, NULL);
  if (facts == NULL)
    return draft->n_lines;
  gint64 n = 0;
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, facts);
  gpointer name;
  while (g_hash_table_iter_next (&iter, &name, NULL))
    n += g_str_has_prefix (name, QC_DRAFT_VALUE);
  return n;
}

/* The draft the job is about; *@out NULL when there is none. */
static gboolean
find (QcConnection *connection, const QcDraftJob *job, gint64 id, QcStoreDraft **out, GError **error)
{
  if (id == 0)
    return qc_store_draft_latest (connection, job->profile, job->unit, job->business, out, error);
  *out = qc_store_draft_get (connection, id, error);
  return *out != NULL;
}

/* A QcStoreChangeFunc. */
static char *
change_line (const char *facts, const char *change, char **person, GError **error)
{
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, error);
  if (line == NULL)
    return NULL;
  g_autofree char *before = g_strdup (qc_roster_line_identity (line));
  if (!qc_wire_line_change (line, change, error))
    return NULL;
  if (g_strcmp0 (before, qc_roster_line_identity (line)) != 0)
    *person = g_strdup (qc_roster_line_identity (line));
  return qc_wire_line_to_text (line);
}

static gboolean
edit (QcConnection *connection, const QcDraftJob *job, QcDraftState *state, GError **error)
{
  if (state->id == 0) {
    if (!qc_store_draft_create (connection, job->profile, job->unit, job->business, "{}", job->now, &state->id, error))
      return FALSE;
    state->created = TRUE;
  }
  /* what the center said was said of the draft as it was */
  return qc_store_draft_edit (connection, state->id, job->label, job->changes, change_line, job->now, error)
         && qc_store_draft_set_findings (connection, state->id, NULL, error);
}

static gboolean
find_step (QcConnection *connection, gboolean forwards, QcDraftState *state, GError **error)
{
  state->step = qc_store_draft_find_step (connection, state->id, forwards, error);
  if (state->step == NULL)
    return FALSE;
  state->back = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  for (guint i = 0; i < state->step->back->len; i++) {
    const QcStoreBack *back = &g_array_index (state->step->back, QcStoreBack, i);
    QcRosterLine *line = qc_wire_line_from_text (back->facts, error);
    if (line == NULL)
      return FALSE;
    line->id = back->line;
    g_ptr_array_add (state->back, line);
  }
  return TRUE;
}

static gboolean
perform (QcConnection *connection, const QcDraftJob *job, QcDraftState *state, GError **error)
{
  switch (job->verb) {
  case QC_DRAFT_EDIT:
    return edit (connection, job, state, error);
  case QC_DRAFT_FIND_UNDO:
  case QC_DRAFT_FIND_REDO:
    return state->id == 0 || find_step (connection, job->verb == QC_DRAFT_FIND_REDO, state, error);
  case QC_DRAFT_UNDO:
  case QC_DRAFT_REDO:
    return qc_store_draft_do_step (connection, state->id, job->step, job->verb == QC_DRAFT_REDO, change_line, job->now,
                                   error);
  case QC_DRAFT_FAULTS:
    return state->id == 0 || qc_store_draft_set_faults (connection, state->id, job->faults, error);
  case QC_DRAFT_RENAME:
    return state->id == 0 || qc_store_draft_rename (connection, state->id, job->label, error);
  case QC_DRAFT_DISCARD:
    return state->id == 0 || qc_store_draft_delete (connection, state->id, job->now, error);
  case QC_DRAFT_LOAD:
  default:
    return TRUE;
  }
}

typedef struct {
  QcRoster *roster;
  GError *error; /* (owned) (nullable) */
} Lines;

static gboolean
line_cb (gint64 id, const char *facts, gpointer user_data)
{
  Lines *lines = user_data;
  QcRosterLine *line = qc_wire_line_from_text (facts, &lines->error);
  if (line == NULL)
    return FALSE;
  line->id = id;
  qc_roster_take (lines->roster, -1, line);
  return TRUE;
}

static QcRoster *
read_roster (QcConnection *connection, const QcStoreDraft *draft, GError **error)
{
  g_autoptr (QcRoster) roster = qc_roster_new ();
  Lines lines = {roster, NULL};
  if (!qc_store_draft_each_line (connection, draft->id, line_cb, &lines, error))
    return NULL;
  if (lines.error != NULL) {
    g_propagate_error (error, lines.error);
    return NULL;
  }
  roster->next_id = MAX (roster->next_id, draft->next_line);
  return g_steal_pointer (&roster);
}

/* What there is after the job; nothing after it was put away. */
static gboolean
read_state (QcConnection *connection, const QcDraftJob *job, QcDraftState *state, GError **error)
{
  g_autoptr (QcStoreDraft) draft = NULL;
  if (job->verb == QC_DRAFT_DISCARD)
    state->id = 0;
  else if (state->id != 0 && !find (connection, job, state->id, &draft, error))
    return FALSE;
  if (draft != NULL && draft->state == QC_STORE_DRAFT_DONE) { /* the center has it: what comes next is another one */
    g_clear_pointer (&draft, qc_store_draft_free);
    state->id = 0;
  }
  state->facts = qc_draft_facts_from_json (draft != NULL ? draft->facts : "{}", error);
  state->findings = draft != NULL ? qc_store_draft_get_findings (connection, draft->id, error) : qc_findings_new ();
  if (state->facts == NULL || state->findings == NULL)
    return FALSE;
  if (draft == NULL) {
    state->roster = qc_roster_new ();
    state->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_attachment_free);
    return TRUE;
  }
  state->outbox = draft->state == QC_STORE_DRAFT_LOCKED ? draft->outbox : 0;
  state->revision = draft->revision;
  state->undo = g_strdup (draft->undo);
  state->redo = g_strdup (draft->redo);
  if (job->verb != QC_DRAFT_LOAD || job->known == draft->revision)
    return TRUE;
  state->roster = read_roster (connection, draft, error);
  state->attachments = qc_store_attachments_list (connection, draft->id, &state->next_attachment, error);
  return state->roster != NULL && state->attachments != NULL;
}

gpointer
qc_draft_job_run (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcDraftJob *job = data;
  g_autoptr (QcDraftState) state = g_new0 (QcDraftState, 1);
  g_autoptr (QcStoreDraft) draft = NULL;
  g_autoptr (GError) missing = NULL;
  if (!find (connection, job, job->id, &draft, &missing)
      && (job->verb != QC_DRAFT_LOAD || !g_error_matches (missing, QC_STORE_ERROR, QC_STORE_ERROR_NOT_FOUND))) {
    g_propagate_error (error, g_steal_pointer (&missing));
    return NULL; /* to be read again it is as empty as one that was put away here */
  }
  state->id = draft != NULL ? draft->id : 0;
  if (!perform (connection, job, state, error) || !read_state (connection, job, state, error))
    return NULL;
  return g_steal_pointer (&state);
}
