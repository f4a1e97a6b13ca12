/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The journal's chain against every kind of tampering; profiles, grants, keys, choices, figures kept for 首页.
 */
#include "store-fixture.h"

#include "qc-store-home.h"
#include "qc-store-journal.h"
#include "qc-store-keys.h"
#include "qc-store-prefs.h"
#include "qc-store-profiles.h"
#include "qc-store-sheets.h"
#include "qc-store-uses.h"

static gpointer
write_journal (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (qc_store_journal_append (connection, NOW, PROFILE, UNIT, "经办人", "outbox.queued", "key", "detail", error));
  GOOD (qc_store_journal_append (connection, NOW + 1, PROFILE, NULL, NULL, "sign-in", NULL, NULL, error));
  for (guint i = 0; i < 8; i++)
    GOOD (qc_store_journal_append (connection, NOW + 2 + i, NULL, NULL, NULL, "start", NULL, "", error));
  return QC_DATABASE_DONE;
}

static gpointer
check_journal (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) all = qc_store_journal_list (connection, NULL, NULL, 0, 100, error);
  g_autoptr (GPtrArray) unit = qc_store_journal_list (connection, PROFILE, UNIT, 0, 100, error);
  const QcStoreJournalEntry *entry = unit->pdata[0];
  g_assert_cmpuint (all->len, ==, 10);
  g_assert_cmpint (((QcStoreJournalEntry *)all->pdata[0])->seq, ==, 10);
  g_assert_cmpuint (unit->len, ==, 1);
  g_assert_cmpstr (entry->actor, ==, "经办人");
  g_assert_cmpstr (entry->subject, ==, "key");
  g_assert_cmpuint (strlen (entry->hash), ==, 64);
  GOOD (qc_store_journal_verify (connection, NULL, error));
  return QC_DATABASE_DONE;
}

typedef struct {
  const char *sql;
  gint64 seq;
} Tampering;

static gpointer
tamper (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Tampering *tampering = data;
  GOOD (qc_connection_exec (connection, tampering->sql, error));
  gint64 seq = 0;
  FAILS (qc_store_journal_verify (connection, &seq, error), QC_STORE_ERROR, QC_STORE_ERROR_TAMPERED);
  g_assert_cmpint (seq, ==, tampering->seq);
  /* leave it as it was */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "roll back");
  return NULL;
}

/* Writes the history anew from its first entry on, and gives the hash that entry would have. */
static gpointer
forge (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (qc_connection_exec (connection, "DELETE FROM journal; UPDATE journal_head SET seq = 0, hash = ''", error));
  GOOD (qc_store_journal_append (connection, NOW, PROFILE, UNIT, "somebody", "outbox.queued", "key", "detail", error));
  g_autoptr (GPtrArray) forged = qc_store_journal_list (connection, NULL, NULL, 0, 1, error);
  *(char **)data = g_strdup (((QcStoreJournalEntry *)forged->pdata[0])->hash);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "roll back");
  return NULL;
}

/* An entry that was changed together with its own hash does not fit the next one. */
static void
test_forgery (Fixture *fixture, gconstpointer data)
{
  Tampering tampering = {NULL, 2};
  WRITE (fixture, write_journal, NULL);
  g_autofree char *hash = NULL;
  g_assert_null (qc_database_write (fixture->database, "forge", forge, &hash, NULL));
  READ (fixture, check_journal, NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE journal SET actor = 'somebody', hash = '%s' WHERE seq = 1", hash);
  tampering.sql = sql;
  g_assert_null (qc_database_write (fixture->database, "tamper", tamper, &tampering, NULL));
}

static void
test_journal (Fixture *fixture, gconstpointer data)
{
  static const Tampering tamperings[] = {
      {"UPDATE journal SET detail = 'Detail' WHERE seq = 1", 1},
      {"UPDATE journal SET time = time + 1 WHERE seq = 10", 10},
      {"UPDATE journal SET actor = 'somebody' WHERE seq = 2", 2},
      {"UPDATE journal SET detail = NULL WHERE seq = 5", 5}, /* "" is not NULL */
      {"UPDATE journal SET subject = 'keydetail', detail = '' WHERE seq = 1", 1},
      {"DELETE FROM journal WHERE seq = 4", 4},
      {"DELETE FROM journal WHERE seq = 10", 10},
      {"DELETE FROM journal", 1},
      {"UPDATE journal SET hash = (SELECT hash FROM journal WHERE seq = 3) WHERE seq = 4", 4},
      {"DELETE FROM journal WHERE seq = 4; UPDATE journal SET seq = seq - 1 WHERE seq > 4", 4},
      {"INSERT INTO journal SELECT 11, time, profile, unit, actor, action, subject, detail, hash FROM journal"
       " WHERE seq = 10",
       11},
  };
  WRITE (fixture, write_journal, NULL);
  READ (fixture, check_journal, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (qc_database_write (fixture->database, "tamper", tamper, (gpointer)&tamperings[i], &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  }
  READ (fixture, check_journal, NULL);
}

static gpointer
check_profiles (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreProfile practice
      = {(char *)"practice-1", (char *)"演练", (char *)"中心（演练）", TRUE, (char *)"user", (char *)UNIT, 5};
  QcStoreProfile heihe = {(char *)"heihe", (char *)"黑河", (char *)"黑河市住房公积金管理中心", FALSE, NULL, NULL, 9};
  g_autoptr (QcStoreProfile) got = NULL;
  GOOD (qc_store_profile_put (connection, &practice, error));
  GOOD (qc_store_profile_put (connection, &heihe, error));
  practice.user = practice.last_unit = NULL;
  practice.used = 7;
  GOOD (qc_store_profile_put (connection, &practice, error)); /* what is not told stays */
  GOOD (qc_store_profile_get (connection, "practice-1", &got, error));
  g_assert_cmpstr (got->user, ==, "user");
  g_assert_cmpstr (got->last_unit, ==, UNIT);
  g_assert_true (got->practice);
  g_assert_cmpint (got->used, ==, 7);
  g_autoptr (QcStoreProfile) none = NULL;
  GOOD (qc_store_profile_get (connection, "unknown", &none, error));
  g_assert_null (none);
  g_autoptr (GPtrArray) list = qc_store_profile_list (connection, error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((QcStoreProfile *)list->pdata[0])->id, ==, "heihe");
  return QC_DATABASE_DONE;
}

static GPtrArray *
grants_of (const char *first, ...)
{
  GPtrArray *grants = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_store_grant_free);
  va_list args;
  va_start (args, first);
  for (const char *account = first; account != NULL; account = va_arg (args, const char *)) {
    QcStoreGrant *grant = g_new0 (QcStoreGrant, 1);
    grant->account = g_strdup (account);
    grant->name = g_strconcat ("单位", account, NULL);
    g_ptr_array_add (grants, grant);
  }
  va_end (args);
  return grants;
}

static gpointer
check_grants (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) before = grants_of ("1", "2", NULL);
  g_autoptr (GPtrArray) after = grants_of ("2", "3", NULL);
  GOOD (qc_store_grants_set (connection, PROFILE, before, error));
  GOOD (qc_store_grants_set (connection, PROFILE, after, error));
  g_autoptr (GPtrArray) list = qc_store_grants_list (connection, PROFILE, error);
  g_assert_cmpuint (list->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (((QcStoreGrant *)list->pdata[i])->granted, ==, i > 0); /* "1" lost it and is still known */
  return QC_DATABASE_DONE;
}

static const QcStoreGrant *
find_grant (GPtrArray *grants, const char *account)
{
  for (guint i = 0; i < grants->len; i++)
    if (g_str_equal (((QcStoreGrant *)grants->pdata[i])->account, account))
      return grants->pdata[i];
  return NULL;
}

/* Each new unit has another colour; what she says stays over the next sign-in, and goes with NULL. */
static gpointer
check_marks (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) first = grants_of ("1", "2", NULL);
  g_autoptr (GPtrArray) more = grants_of ("1", "2", "3", "4", "5", "6", "7", "8", "9", NULL);
  GOOD (qc_store_grants_set (connection, PROFILE, first, error));
  GOOD (qc_store_unit_mark_set (connection, PROFILE, "2", "甲公司", 7, error));
  GOOD (qc_store_unit_used (connection, PROFILE, "2", NOW, error));
  GOOD (qc_store_grants_set (connection, PROFILE, more, error));
  g_autoptr (GPtrArray) list = qc_store_grants_list (connection, PROFILE, error);
  const int colours[] = {0, 7, 2, 3, 4, 5, 6, 7, 0};
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    g_autofree char *account = g_strdup_printf ("%u", i + 1);
    g_assert_cmpint (find_grant (list, account)->colour, ==, colours[i]);
  }
  g_assert_cmpstr (find_grant (list, "2")->label, ==, "甲公司");
  g_assert_cmpint (find_grant (list, "2")->used, ==, NOW);
  g_assert_null (find_grant (list, "1")->label);
  g_assert_cmpint (find_grant (list, "1")->used, ==, 0);
  GOOD (qc_store_unit_mark_set (connection, PROFILE, "2", NULL, 1, error));
  g_autoptr (GPtrArray) after = qc_store_grants_list (connection, PROFILE, error);
  g_assert_null (find_grant (after, "2")->label);
  return QC_DATABASE_DONE;
}

/* fixtures/v8.db was written before units had marks: they have none of hers, and one of the colours from the next
 * sign-in on. */
static gpointer
check_v8 (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) old = qc_store_grants_list (connection, PROFILE, error);
  g_assert_cmpuint (old->len, ==, 2);
  g_assert_null (find_grant (old, UNIT)->label);
  g_assert_cmpint (find_grant (old, UNIT)->colour, ==, -1);
  g_autoptr (GPtrArray) again = grants_of (UNIT, "231100000059", NULL);
  GOOD (qc_store_grants_set (connection, PROFILE, again, error));
  g_autoptr (GPtrArray) list = qc_store_grants_list (connection, PROFILE, error);
  g_assert_cmpint (find_grant (list, UNIT)->colour, ==, 0);
  g_assert_cmpint (find_grant (list, "231100000059")->colour, ==, 1);
  return QC_DATABASE_DONE;
}

static gpointer
check_keys (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  QcStoreKey one = {(char *)"k1", (char *)"ed25519", (char *)"AAAA", 100, 0};
  QcStoreKey two = {(char *)"k2", (char *)"ed25519", (char *)"BBBB", 200, 300};
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_ptr_array_add (keys, &two);
  g_ptr_array_add (keys, &one);
  GOOD (qc_store_keys_put (connection, PROFILE, keys, error));
  one.until = 250; /* validity may be ended */
  GOOD (qc_store_keys_put (connection, PROFILE, keys, error));
  one.public_key = (char *)"CCCC"; /* the key may not be changed under its id */
  FAILS (qc_store_keys_put (connection, PROFILE, keys, error), QC_STORE_ERROR, QC_STORE_ERROR_STATE);
  g_autoptr (GPtrArray) list = qc_store_keys_list (connection, PROFILE, error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((QcStoreKey *)list->pdata[0])->id, ==, "k1");
  g_assert_cmpstr (((QcStoreKey *)list->pdata[0])->public_key, ==, "AAAA");
  g_assert_cmpint (((QcStoreKey *)list->pdata[0])->until, ==, 250);
  return QC_DATABASE_DONE;
}

static gpointer
check_prefs (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_CITY, "某市", error));
  GOOD (qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_CITY, "黑河市", error));
  g_autofree char *city = NULL;
  GOOD (qc_store_prefs_get (connection, PROFILE, QC_STORE_PREF_CITY, &city, error));
  g_assert_cmpstr (city, ==, "黑河市");
  g_autofree char *other = NULL;
  GOOD (qc_store_prefs_get (connection, "heihe", QC_STORE_PREF_CITY, &other, error));
  g_assert_null (other);
  GOOD (qc_store_prefs_set (connection, PROFILE, QC_STORE_PREF_CITY, NULL, error));
  g_autofree char *forgotten = NULL;
  GOOD (qc_store_prefs_get (connection, PROFILE, QC_STORE_PREF_CITY, &forgotten, error));
  g_assert_null (forgotten);
  return QC_DATABASE_DONE;
}

static gpointer
check_home (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcStoreMonthFigure months[] = {{202608, 18, 2160000}, {202609, 0, 0}, {202610, 17, G_MAXINT64}};
  g_autoptr (QcStoreHome) home = qc_store_home_new ();
  g_autoptr (QcStoreHome) got = NULL;
  *home = (QcStoreHome) {.people = 18,
                         .fen = 2160000,
                         .left_out = 2,
                         .unanswered = 1,
                         .waiting = 3,
                         .pending = 4,
                         .n_retiring = 40,
                         .months = home->months,
                         .retiring = home->retiring};
  const QcStoreRetiring retiring = {g_strdup ("1001"), g_strdup ("王芳"), 202612};
  g_array_append_val (home->retiring, retiring);
  g_array_append_vals (home->months, months, G_N_ELEMENTS (months));
  g_autoptr (QcStoreHome) none = NULL;
  GOOD (qc_store_home_get (connection, PROFILE, UNIT, "202610 a 'b'", &none, error));
  g_assert_null (none);
  GOOD (qc_store_home_keep (connection, PROFILE, UNIT, "202610 a 'b'", home, error));
  GOOD (qc_store_home_get (connection, PROFILE, "231100000043", "202610 a 'b'", &none, error));
  g_assert_null (none);
  g_autoptr (QcStoreHome) other = NULL;
  GOOD (qc_store_home_get (connection, PROFILE, UNIT, "202610 a", &other, error));
  g_assert_null (other); /* something moved */
  GOOD (qc_store_home_get (connection, PROFILE, UNIT, "202610 a 'b'", &got, error));
  g_assert_cmpint (got->people, ==, 18);
  g_assert_cmpint (got->fen, ==, 2160000);
  g_assert_cmpint (got->left_out, ==, 2);
  g_assert_cmpint (got->unanswered, ==, 1);
  g_assert_cmpint (got->waiting, ==, 3);
  g_assert_cmpint (got->pending, ==, 4);
  g_assert_cmpint (got->n_retiring, ==, 40);
  g_assert_cmpuint (got->retiring->len, ==, 1);
  g_assert_cmpstr (g_array_index (got->retiring, QcStoreRetiring, 0).name, ==, "王芳");
  g_assert_cmpint (g_array_index (got->retiring, QcStoreRetiring, 0).month, ==, 202612);
  g_assert_cmpuint (got->months->len, ==, G_N_ELEMENTS (months));
  for (guint i = 0; i < G_N_ELEMENTS (months); i++) {
    const QcStoreMonthFigure *figure = &g_array_index (got->months, QcStoreMonthFigure, i);
    g_assert_cmpint (figure->month, ==, months[i].month);
    g_assert_cmpint (figure->people, ==, months[i].people);
    g_assert_cmpint (figure->fen, ==, months[i].fen);
  }
  /* what is computed anew takes its place, with fewer months */
  g_array_set_size (home->months, 1);
  home->people = 17;
  GOOD (qc_store_home_keep (connection, PROFILE, UNIT, "202611", home, error));
  GOOD (qc_store_home_get (connection, PROFILE, UNIT, "202610 a 'b'", &other, error));
  g_assert_null (other);
  g_autoptr (QcStoreHome) again = NULL;
  GOOD (qc_store_home_get (connection, PROFILE, UNIT, "202611", &again, error));
  g_assert_cmpint (again->people, ==, 17);
  g_assert_cmpuint (again->months->len, ==, 1);
  return QC_DATABASE_DONE;
}

static void
test_profiles (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_profiles, NULL);
}

static void
test_grants (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_grants, NULL);
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_marks, NULL);
}

static void
test_from_v8 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v8.db");
  WRITE (fixture, check_v8, NULL);
}

/* fixtures/v9.db was written before paper was counted; each thing of each unit is counted by itself from now on. */
static gpointer
check_uses (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 uses;
  GOOD (qc_store_uses_get (connection, PROFILE, UNIT, "month-roster 202610", &uses, error));
  g_assert_cmpint (uses, ==, 0);
  GOOD (qc_store_uses_add (connection, PROFILE, UNIT, "month-roster 202610", error));
  GOOD (qc_store_uses_add (connection, PROFILE, UNIT, "month-roster 202610", error));
  GOOD (qc_store_uses_get (connection, PROFILE, UNIT, "month-roster 202610", &uses, error));
  g_assert_cmpint (uses, ==, 2);
  GOOD (qc_store_uses_get (connection, PROFILE, UNIT, "month-changes 202610", &uses, error));
  g_assert_cmpint (uses, ==, 0);
  GOOD (qc_store_uses_get (connection, PROFILE, "231100000059", "month-roster 202610", &uses, error));
  g_assert_cmpint (uses, ==, 0);
  return QC_DATABASE_DONE;
}

static void
test_from_v9 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v9.db");
  WRITE (fixture, check_uses, NULL);
}

/* fixtures/v10.db was written before sheets were kept: one is found by its key, by what came of it, and goes when its
 * submission came to nothing. */
static gpointer
check_sheets (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *none = NULL;
  g_autofree char *by_key = NULL;
  g_autofree char *by_serial = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *gone = NULL;
  GOOD (qc_store_sheet_get (connection, PROFILE, UNIT, "k1", &none, error));
  g_assert_null (none);
  GOOD (qc_store_sheet_put (connection, PROFILE, UNIT, "k1", "one", NOW, error));
  GOOD (qc_connection_exec (
      connection,
      "INSERT INTO outbox (scope, key, kind, business, method, path, state, created, changed, serial)"
      " SELECT id, 'k1', 'submission', 'remittance', 'POST', '/', 'accepted', 1, 1, 'HJ1' FROM scope"
      " WHERE unit = '" UNIT "' LIMIT 1",
      error));
  GOOD (qc_store_sheet_get (connection, PROFILE, UNIT, "k1", &by_key, error));
  GOOD (qc_store_sheet_get (connection, PROFILE, UNIT, "HJ1", &by_serial, error));
  GOOD (qc_store_sheet_get (connection, PROFILE, "231100000059", "k1", &elsewhere, error));
  g_assert_cmpstr (by_key, ==, "one");
  g_assert_cmpstr (by_serial, ==, "one");
  g_assert_null (elsewhere);
  GOOD (qc_connection_exec (connection, "UPDATE outbox SET state = 'withdrawn' WHERE key = 'k1'", error));
  GOOD (qc_store_sheet_put (connection, PROFILE, UNIT, "k2", "two", NOW, error));
  GOOD (qc_store_sheet_get (connection, PROFILE, UNIT, "k1", &gone, error));
  g_assert_null (gone);
  return QC_DATABASE_DONE;
}

static void
test_from_v10 (Fixture *fixture, gconstpointer data)
{
  fixture_open_old (fixture, "v10.db");
  WRITE (fixture, check_sheets, NULL);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_keys, NULL);
}

static void
test_prefs (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_prefs, NULL);
}

static void
test_home (Fixture *fixture, gconstpointer data)
{
  WRITE (fixture, check_home, NULL);
}

#define ADD(name, func) g_test_add ("/store/records/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("journal", test_journal);
  ADD ("forgery", test_forgery);
  ADD ("profiles", test_profiles);
  ADD ("grants", test_grants);
  ADD ("marks", test_marks);
  ADD ("from-v8", test_from_v8);
  ADD ("from-v9", test_from_v9);
  ADD ("from-v10", test_from_v10);
  ADD ("keys", test_keys);
  ADD ("prefs", test_prefs);
  ADD ("home", test_home);
  return g_test_run ();
}
