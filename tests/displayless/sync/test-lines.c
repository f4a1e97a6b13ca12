/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster of an application: pages, going on after a cut, a refusal, cancelling, and answers that would have no end.
 */
#include "sync-fake.h"

#include <string.h>

#include "qc-lines.h"
#include "qc-store-lines.h"
#include "qc-store.h"
#include "qc-wire-line.h"

#define UNIT   "231100000042"
#define SERIAL "FQ1"
#define PATH   "/api/v1/units/" UNIT "/applications/" SERIAL "/lines"
#define NOW    G_GINT64_CONSTANT (1795392000)

typedef struct {
  Fake *fake;
  QcTokens *tokens;
  char *folder;
  QcStore *store;
  QcDatabase *database;
  QcApplication *application;
  guint n_lines;          /* of the roster */
  guint progress;         /* calls */
  const char *cut, *wild; /* the page behind this cursor is cut off; is answered so */
  guint status;           /* instead of an answer */
  GCancellable *cancel;   /* (nullable) by the first page */
} Fixture;

static gboolean
answer (Fake *fake, SoupServerMessage *message, const char *path, GHashTable *query)
{
  Fixture *f = fake->data;
  const char *cursor = query ? g_hash_table_lookup (query, "cursor") : NULL;
  guint from = cursor ? (guint)g_ascii_strtoull (cursor, NULL, 10) : 0;
  guint to = MIN (from + 1000, f->n_lines);
  if (!g_str_equal (path, PATH))
    return FALSE;
  if (f->status) {
    fake_problem (message, f->status, "forbidden");
    return TRUE;
  }
  if (f->wild) {
    fake_json (message, 200, f->wild);
    return TRUE;
  }
  if (cursor && f->cut && g_str_equal (cursor, f->cut)) {
    fake_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"lines\":");
    return TRUE;
  }
  g_autoptr (GString) json = g_string_new ("{\"lines\":[");
  for (guint i = from; i < to; i++)
    g_string_append_printf (json,
                            "%s{\"line\":%u,\"account\":\"23%08u\",\"name\":\"张三\",\"status\":1,\"status_after\":2}",
                            i > from ? "," : "", i + 1, i);
  g_string_append_c (json, ']');
  if (to < f->n_lines)
    g_string_append_printf (json, ",\"cursor\":\"%u\"", to);
  g_string_append_c (json, '}');
  fake_json (message, 200, json->str);
  return TRUE;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->fake = fake_new ();
  f->fake->hook = answer;
  f->fake->data = f;
  f->tokens = fake_tokens (f->fake, "first");
  f->folder = g_dir_make_tmp ("qc-lines-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  f->store = qc_store_open (f->folder, &error);
  g_assert_no_error (error);
  f->database = qc_store_get_database (f->store);
  f->application = qc_application_new ();
  f->application->serial = g_strdup (SERIAL);
  f->application->business = QC_BUSINESS_SEALING;
  f->application->created = 1795320000;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  qc_application_free (f->application);
  g_object_unref (f->tokens);
  qc_store_close (f->store);
  fake_free (f->fake);
  remove_tree (f->folder);
  g_free (f->folder);
}

static void
progress_cb (gint64 lines, gpointer user_data)
{
  Fixture *f = user_data;
  f->progress++;
  if (f->cancel)
    g_cancellable_cancel (f->cancel);
}

static gboolean
fetch (Fixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  qc_lines_fetch_async (f->tokens, f->database, "test", UNIT, f->application, NOW, progress_cb, f, f->cancel,
                        keep_result_cb, &result);
  wait_result (&result);
  return qc_lines_fetch_finish (f->tokens, result, error);
}

typedef struct {
  Fixture *f;
  QcStoreRoster roster;
  guint n;
} Stored;

static gboolean
see (gint64 id, const char *facts, gpointer user_data)
{
  Stored *stored = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, &error);
  g_autofree char *account = g_strdup_printf ("23%08u", stored->n);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, ++stored->n);
  g_assert_cmpstr (line->account, ==, account);
  g_assert_cmpint (line->status_after, ==, QC_PERSON_SEALED);
  return TRUE;
}

static gpointer
read_stored (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Stored *stored = data;
  g_assert_true (
      qc_store_lines_get (connection, "test", UNIT, SERIAL, stored->f->application->created, &stored->roster, error));
  g_assert_true (qc_store_lines_each (connection, "test", UNIT, SERIAL, see, stored, error));
  return QC_DATABASE_DONE;
}

static void
assert_stored (Fixture *f, guint lines, gboolean whole)
{
  Stored stored = {.f = f};
  g_autoptr (GError) error = NULL;
  qc_database_read (f->database, "test", read_stored, &stored, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored.n, ==, lines);
  g_assert_cmpint (qc_store_roster_is_whole (&stored.roster), ==, whole);
  g_assert_cmpint (stored.roster.fetched, ==, lines > 0 ? NOW : 0);
  qc_store_roster_clear (&stored.roster);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  f->n_lines = 2500;
  g_autoptr (GError) error = NULL;
  g_assert_true (fetch (f, &error));
  g_assert_no_error (error);
  assert_stored (f, 2500, TRUE);
  g_assert_cmpuint (f->progress, ==, 3);
  g_assert_cmpuint (fake_count (f->fake, "GET " PATH), ==, 3);
  g_assert_true (fetch (f, &error));
  g_assert_cmpuint (fake_count (f->fake, "GET " PATH), ==, 3); /* it is here: it was confirmed, and does not change */
  f->application->created++;
  f->n_lines = 3;
  g_assert_true (fetch (f, &error)); /* another one with that serial */
  assert_stored (f, 3, TRUE);
}

static void
test_goes_on_after_cut (Fixture *f, gconstpointer data)
{
  f->n_lines = 3500;
  f->cut = "2000";
  g_autoptr (GError) error = NULL;
  g_assert_false (fetch (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_OFFLINE);
  assert_stored (f, 2000, FALSE);
  f->cut = NULL;
  g_clear_error (&error);
  f->progress = 0;
  g_assert_true (fetch (f, &error));
  g_assert_cmpuint (f->progress, ==, 2); /* what was here is not fetched again */
  assert_stored (f, 3500, TRUE);
}

static gboolean
see_fact (gint64 id, const char *facts, gpointer user_data)
{
  g_assert_cmpint (id, ==, QC_STORE_LINE_FACTS);
  g_assert_nonnull (strstr (facts, "164301"));
  ++*(guint *)user_data;
  return TRUE;
}

static gpointer
read_facts (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return qc_store_lines_each (connection, "test", UNIT, SERIAL, see_fact, data, error) ? QC_DATABASE_DONE : NULL;
}

/* One fact is a change as well as many are. */
static void
test_one_fact (Fixture *f, gconstpointer data)
{
  f->application->business = QC_BUSINESS_UNIT_CHANGE;
  f->wild = "{\"lines\":[],\"facts\":[{\"name\":\"DWYB\",\"before\":\"164300\",\"value\":\"164301\"}]}";
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_assert_true (fetch (f, &error));
  qc_database_read (f->database, "test", read_facts, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  f->status = 403;
  g_autoptr (GError) error = NULL;
  g_assert_false (fetch (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM);
  assert_stored (f, 0, FALSE);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancel = g_cancellable_new ();
  f->n_lines = 3500;
  f->cancel = cancel;
  g_autoptr (GError) error = NULL;
  g_assert_false (fetch (f, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_stored (f, 1000, FALSE); /* what came stays */
}

#define LINE(id) "{\"line\":" id ",\"account\":\"2300000000\",\"status\":1,\"status_after\":2}"

static void
test_no_pages (Fixture *f, gconstpointer data)
{
  static const char *const answers[] = {
      "{}",
      "{\"lines\":[],\"cursor\":\"1\"}",                  /* leads to nothing */
      "{\"lines\":[" LINE ("2") "," LINE ("1") "]}",      /* not in their order */
      "{\"lines\":[" LINE ("1") "," LINE ("1") "]}",      /* one twice */
      "{\"lines\":[" LINE ("0") "]}",                     /* no id */
      "{\"lines\":[{\"line\":1,\"status\":\"sealed\"}]}", /* no status */
      "{\"lines\":[" LINE ("1") "],\"cursor\":\"\"}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    f->wild = answers[i];
    g_autoptr (GError) error = NULL;
    g_assert_false (fetch (f, &error));
    g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_BAD_ANSWER);
    assert_stored (f, 0, FALSE);
  }
}

/* The same page for ever: the second one does not get on. */
static void
test_no_end (Fixture *f, gconstpointer data)
{
  f->wild = "{\"lines\":[" LINE ("1") "],\"cursor\":\"1\"}";
  g_autoptr (GError) error = NULL;
  g_assert_false (fetch (f, &error));
  g_assert_error (error, QC_SYNC_ERROR, QC_SYNC_ERROR_BAD_ANSWER);
  g_assert_cmpuint (fake_count (f->fake, "GET " PATH), ==, 2);
  assert_stored (f, 1, FALSE);
}

#define ADD(name, func) g_test_add ("/sync/lines/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pages", test_pages);
  ADD ("goes-on-after-cut", test_goes_on_after_cut);
  ADD ("one-fact", test_one_fact);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("no-pages", test_no_pages);
  ADD ("no-end", test_no_end);
  return g_test_run ();
}
