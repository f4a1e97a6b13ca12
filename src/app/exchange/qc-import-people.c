/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-people.h. They are packed as the people of a roster are, whose they may become.
 */
#include "qc-import-people.h"

#include "qc-fold.h"
#include "qc-resident-id.h"
#include "qc-store-people.h"

struct _QcImportPeople {
  QcRosterPeople *people;  /* (owned) */
  GHashTable *by_document; /* (owned) char* → QcEmployee, both of @people */
  GHashTable *by_name;     /* (owned) (nullable) folded char* (owned) → QcEmployee; NULL where there are more */
  GHashTable *twice;       /* (owned) (nullable) char* set: documents that more than one has; with names */
  gboolean everybody;
};

void
qc_import_request_free (QcImportRequest *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

void
qc_import_people_free (QcImportPeople *people)
{
  if (people == NULL)
    return;
  g_hash_table_unref (people->by_document);
  g_clear_pointer (&people->by_name, g_hash_table_unref);
  g_clear_pointer (&people->twice, g_hash_table_unref);
  qc_roster_people_free (people->people);
  g_free (people);
}

char *
qc_import_fold_key (const char *text)
{
  g_autofree char *folded = qc_text_fold (text);
  return qc_resident_id_fold (folded);
}

/* ---- reading ---- */

static void
keep (QcImportPeople *people, const QcEmployee *person)
{
  const QcEmployee *kept = qc_roster_people_put (people->people, person);
  gboolean has_document = kept->document != NULL && *kept->document != '\0';
  gboolean again = has_document && g_hash_table_contains (people->by_document, kept->document);
  if (has_document && !again)
    g_hash_table_insert (people->by_document, kept->document, (gpointer)kept);
  else if (again && people->twice != NULL)
    g_hash_table_add (people->twice, kept->document);
  if (people->by_name == NULL)
    return;
  char *name = qc_text_fold (kept->name);
  gboolean more = g_hash_table_contains (people->by_name, name);
  g_hash_table_insert (people->by_name, name, more ? NULL : (gpointer)kept);
}

typedef struct {
  QcImportPeople *people; /* borrowed */
  GCancellable *cancellable;
  guint n;
} Walk;

static gboolean
person_cb (const QcEmployee *person, gpointer user_data)
{
  Walk *walk = user_data;
  if (++walk->n % 1024 == 0 && g_cancellable_is_cancelled (walk->cancellable))
    return FALSE;
  keep (walk->people, person);
  return TRUE;
}

static gboolean
look_up_each (QcConnection *connection, const QcImportRequest *request, QcImportPeople *people,
              GCancellable *cancellable, GError **error)
{
  for (guint i = request->first; i < qc_table_get_n_rows (request->table); i++) {
    const char *account
        = request->account >= 0 ? qc_table_get_cell (request->table, i, (guint)request->account).text : "";
    const char *document
        = request->document >= 0 ? qc_table_get_cell (request->table, i, (guint)request->document).text : "";
    g_autofree char *key = qc_import_fold_key (*account != '\0' ? account : document);
    g_autoptr (QcEmployee) person = NULL;
    if (*key == '\0')
      continue;
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !qc_store_people_find (connection, request->profile, request->unit, key, &person, error))
      return FALSE;
    if (person != NULL && qc_roster_people_find (people->people, person->account) == NULL)
      keep (people, person);
  }
  return TRUE;
}

gpointer
qc_import_people_read (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcImportRequest *request = data;
  g_autoptr (QcImportPeople) people = g_new0 (QcImportPeople, 1);
  people->people = qc_roster_people_new ();
  people->by_document = g_hash_table_new (g_str_hash, g_str_equal);
  if (request->names) {
    people->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    people->twice = g_hash_table_new (g_str_hash, g_str_equal);
  }
  people->everybody = request->table == NULL;
  Walk walk = {people, cancellable, 0};
  gboolean read = people->everybody
                      ? qc_store_people_scan (connection, request->profile, request->unit, person_cb, &walk, error)
                            && !g_cancellable_set_error_if_cancelled (cancellable, error)
                      : look_up_each (connection, request, people, cancellable, error);
  return read ? g_steal_pointer (&people) : NULL;
}

/* ---- finding ---- */

static const QcEmployee *
find_written_so (const QcImportPeople *people, const char *number)
{
  const QcEmployee *person = qc_roster_people_find (people->people, number);
  return person != NULL ? person : g_hash_table_lookup (people->by_document, number);
}

const QcEmployee *
qc_import_people_find (const QcImportPeople *people, const char *number)
{
  const QcEmployee *person = find_written_so (people, number); /* as a rule it is written so */
  if (person != NULL || *number == '\0')
    return person;
  g_autofree char *folded = qc_import_fold_key (number);
  return find_written_so (people, folded);
}

const QcEmployee *
qc_import_people_find_document (const QcImportPeople *people, const char *number)
{
  g_autofree char *folded = qc_import_fold_key (number);
  return people->twice != NULL && g_hash_table_contains (people->twice, folded)
             ? NULL
             : g_hash_table_lookup (people->by_document, folded);
}

const QcEmployee *
qc_import_people_find_name (const QcImportPeople *people, const char *name)
{
  g_autofree char *folded = people->by_name != NULL ? qc_text_fold (name) : NULL;
  return folded != NULL ? g_hash_table_lookup (people->by_name, folded) : NULL;
}

gboolean
qc_import_people_has_everybody (const QcImportPeople *people)
{
  return people->everybody;
}

gboolean
qc_import_people_has_names (const QcImportPeople *people)
{
  return people->by_name != NULL;
}

QcRosterPeople *
qc_import_people_steal (QcImportPeople *people)
{
  g_hash_table_remove_all (people->by_document);
  g_clear_pointer (&people->by_name, g_hash_table_unref);
  g_clear_pointer (&people->twice, g_hash_table_unref);
  QcRosterPeople *whole = people->people;
  people->people = qc_roster_people_new ();
  return whole;
}
