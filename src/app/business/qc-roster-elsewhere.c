/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who is in another open draft of the unit too (decision 19): read with the roster, and again whenever drafts come, go
 * or change. Main context; read on the reader thread.
 */
#include "qc-draft-list.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"
#include "qc-store-drafts.h"

typedef struct {
  char *profile, *unit; /* (owned) */
  gint64 draft;         /* the one that is edited here */
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

typedef struct {
  GHashTable *people; /* identity → GRefString, the name of the draft changed last */
  gint64 draft;
  char *title; /* (owned) (nullable) GRefString, of @draft */
} Reading;

static void
person_cb (const QcStoreDraft *draft, const char *person, gpointer user_data)
{
  Reading *reading = user_data;
  if (reading->draft != draft->id) {
    g_autofree char *title = qc_draft_list_dup_title (draft->business, draft->name, draft->n_lines);
    g_clear_pointer (&reading->title, g_ref_string_release);
    reading->title = g_ref_string_new (title);
    reading->draft = draft->id;
  }
  if (!g_hash_table_contains (reading->people, person))
    g_hash_table_insert (reading->people, g_strdup (person), g_ref_string_acquire (reading->title));
}

static gpointer
read_elsewhere (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GHashTable) people
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ref_string_release);
  Reading reading = {people, 0, NULL};
  gboolean good = qc_store_drafts_each_person (connection, request->profile, request->unit, request->draft, person_cb,
                                               &reading, error);
  g_clear_pointer (&reading.title, g_ref_string_release);
  return good ? g_steal_pointer (&people) : NULL;
}

/* Whether somebody on the roster is elsewhere than was known. */
static gboolean
differs (QcRosterService *self, GHashTable *people)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  if (g_hash_table_size (people) == 0 && g_hash_table_size (self->elsewhere) == 0)
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const char *person = qc_roster_line_identity (g_ptr_array_index (lines, i));
    if (person != NULL
        && g_strcmp0 (g_hash_table_lookup (self->elsewhere, person), g_hash_table_lookup (people, person)) != 0)
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  QcRosterService *self; /* (owned) */
  gint64 draft;          /* the one that was edited here when it was asked */
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->self);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
elsewhere_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  QcRosterService *self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) people = qc_database_finish (QC_DATABASE (source), result, &error);
  if (people == NULL)
    return; /* it only warns: what cannot be read is said where it is needed */
  if (asked->draft != qc_draft_get_id (self->draft)) { /* it was written meanwhile, and may be among them itself */
    qc_roster_service_read_elsewhere (self);
    return;
  }
  if (asked->draft == 0 && qc_draft_get_unsaved (self->draft) > 0)
    return; /* the same; drafts are told of as soon as it is written */
  gboolean news = differs (self, people);
  g_hash_table_unref (self->elsewhere);
  self->elsewhere = g_steal_pointer (&people);
  if (self->ground != NULL)
    self->ground->facts.elsewhere = self->elsewhere;
  if (news)
    qc_roster_service_check (self, NULL, 0);
}

void
qc_roster_service_read_elsewhere (QcRosterService *self)
{
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  QcDatabase *database = qc_session_get_database (qc_business_service_get_session (service));
  if (database == NULL || qc_business_service_get_unit (service) == NULL)
    return;
  Request *request = g_new0 (Request, 1);
  request->profile = g_strdup (qc_business_service_get_profile (service));
  request->unit = g_strdup (qc_business_service_get_unit (service));
  request->draft = qc_draft_get_id (self->draft);
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked) {g_object_ref (self), request->draft};
  qc_database_read_async (database, "roster-elsewhere", read_elsewhere, request, (GDestroyNotify)request_free,
                          (GDestroyNotify)g_hash_table_unref, NULL, elsewhere_cb, asked);
}
