/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-import-people.h: few rows are looked up one by one, for many all people are walked through once.
 */
#include "qc-import-people.h"

#include "qc-fold.h"
#include "qc-resident-id.h"
#include "qc-store-people.h"

#define FEW 10000 /* rows */

void
qc_import_request_free (QcImportRequest *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request);
}

char *
qc_import_fold_key (const char *text)
{
  g_autofree char *folded = qc_text_fold (text);
  return qc_resident_id_fold (folded);
}

/* The number by which row @index names its person; "" if it has none. (transfer full) */
static char *
dup_key (const QcImportRequest *request, guint index)
{
  const char *account
      = request->account >= 0 ? qc_table_get_cell (request->table, index, (guint)request->account).text : "";
  const char *document
      = request->document >= 0 ? qc_table_get_cell (request->table, index, (guint)request->document).text : "";
  return qc_import_fold_key (*account != '\0' ? account : document);
}

static void
employee_free0 (gpointer employee)
{
  if (employee != NULL)
    qc_employee_free (employee);
}

typedef struct {
  GHashTable *rows;  /* (owned) key (owned) → GArray (owned) of guint places in @people */
  GPtrArray *people; /* borrowed */
  GCancellable *cancellable;
  guint n;
} Walk;

static void
give (Walk *walk, const char *key, const QcEmployee *person)
{
  const GArray *places = key != NULL ? g_hash_table_lookup (walk->rows, key) : NULL;
  for (guint i = 0; places != NULL && i < places->len; i++) {
    gpointer *place = &g_ptr_array_index (walk->people, g_array_index (places, guint, i));
    if (*place == NULL)
      *place = qc_employee_copy (person);
  }
}

static gboolean
person_cb (const QcEmployee *person, gpointer user_data)
{
  Walk *walk = user_data;
  if (++walk->n % 1024 == 0 && g_cancellable_is_cancelled (walk->cancellable))
    return FALSE;
  give (walk, person->account, person);
  give (walk, person->document, person);
  return TRUE;
}

static gboolean
walk_all (QcConnection *connection, const QcImportRequest *request, GPtrArray *people, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  Walk walk = {rows, people, cancellable, 0};
  for (guint i = 0; i < people->len; i++) {
    g_autofree char *key = dup_key (request, request->first + i);
    if (*key == '\0')
      continue;
    GArray *places = g_hash_table_lookup (rows, key);
    if (places == NULL) {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (rows, g_steal_pointer (&key), places);
    }
    g_array_append_val (places, i);
  }
  return qc_store_people_scan (connection, request->profile, request->unit, person_cb, &walk, error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
look_up_each (QcConnection *connection, const QcImportRequest *request, GPtrArray *people, GError **error)
{
  for (guint i = 0; i < people->len; i++) {
    g_autofree char *key = dup_key (request, request->first + i);
    QcEmployee *person = NULL;
    if (*key != '\0' && !qc_store_people_find (connection, request->profile, request->unit, key, &person, error))
      return FALSE;
    g_ptr_array_index (people, i) = person;
  }
  return TRUE;
}

gpointer
qc_import_people_read (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcImportRequest *request = data;
  guint n = qc_table_get_n_rows (request->table);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (employee_free0);
  g_ptr_array_set_size (people, (int)(n - MIN (n, request->first)));
  gboolean read = people->len > FEW ? walk_all (connection, request, people, cancellable, error)
                                    : look_up_each (connection, request, people, error);
  return read ? g_steal_pointer (&people) : NULL;
}
