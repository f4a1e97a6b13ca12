/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers kept, and the database of the version before them: fixtures/v1.db, written by that version, is brought
 * here with all it holds.
 */
#include "store-fixture.h"

#include "qc-store-applications.h"
#include "qc-store-vouchers.h"

#define SERIAL "23112026112300000001"

static QcStoreVoucher sample = {.serial = (char *)SERIAL,
                                .created = 10,
                                .fen = 4200,
                                .revision = 3,
                                .state = QC_STATE_FINISHED,
                                .reprint = 0,
                                .issued = 100,
                                .fetched = 101,
                                .printed = 7,
                                .text = (char *)"QC1.k.100.e30.AA e30"};

static gpointer
put (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GOOD (qc_store_vouchers_put (connection, PROFILE, UNIT, data, error));
  return QC_DATABASE_DONE;
}

static gpointer
use (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcStoreVoucher *voucher = data;
  GOOD (qc_store_vouchers_add_print (connection, PROFILE, UNIT, voucher->serial, voucher->issued, voucher->reprint,
                                     error));
  return QC_DATABASE_DONE;
}

static gpointer
expect (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const QcStoreVoucher *wanted = data;
  g_autoptr (QcStoreVoucher) found = NULL;
  GOOD (qc_store_vouchers_get (connection, PROFILE, UNIT, SERIAL, &found, error));
  g_assert_nonnull (found);
  g_assert_cmpstr (found->serial, ==, wanted->serial);
  g_assert_cmpstr (found->text, ==, wanted->text);
  g_assert_cmpint (found->created, ==, wanted->created);
  g_assert_cmpint (found->fen, ==, wanted->fen);
  g_assert_cmpint (found->revision, ==, wanted->revision);
  g_assert_cmpint (found->state, ==, wanted->state);
  g_assert_cmpint (found->reprint, ==, wanted->reprint);
  g_assert_cmpint (found->issued, ==, wanted->issued);
  g_assert_cmpint (found->fetched, ==, wanted->fetched);
  g_assert_cmpint (found->printed, ==, wanted->printed);
  g_autoptr (QcStoreVoucher) other = NULL;
  GOOD (qc_store_vouchers_get (connection, PROFILE, "231100000059", SERIAL, &other, error));
  g_assert_null (other);
  return QC_DATABASE_DONE;
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  QcStoreVoucher now = sample;
  QcStoreVoucher newer = sample;
  WRITE (fixture, put, &sample);
  now.printed = 0;
  READ (fixture, expect, &now);
  WRITE (fixture, use, &now);
  WRITE (fixture, use, &now);
  now.printed = 2;
  READ (fixture, expect, &now);
  newer.reprint = 1;
  newer.issued = 200;
  WRITE (fixture, put, &newer);
  newer.printed = 0;
  READ (fixture, expect, &newer);
  /* one that is no longer the newest is not counted to the newest */
  WRITE (fixture, use, &now);
  READ (fixture, expect, &newer);
}

/* ---- the version before ---- */

static gpointer
count_old (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct {
    const char *sql;
    gint64 wanted;
  } rows[] = {
      {"SELECT count (*) FROM application", 4},
      {"SELECT count (*) FROM person", 4},
      {"SELECT count (*) FROM scope WHERE unit = '" UNIT "' AND granted = 1", 1},
      {"SELECT count (*) FROM application WHERE state = 'finished' AND fen > 0", 2},
      {"SELECT count (*) FROM voucher", 0},
      {"PRAGMA user_version", 11},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 found = -1;
    GOOD (qc_connection_get_int (connection, rows[i].sql, -1, &found, error));
    g_assert_cmpint (found, ==, rows[i].wanted);
  }
  GOOD (qc_connection_check (connection, error));
  return QC_DATABASE_DONE;
}

static void
test_from_v1 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *from
      = g_test_build_filename (G_TEST_DIST, "tests", "displayless", "store", "fixtures", "v1.db", NULL);
  g_autofree char *backup = g_strconcat (fixture->path, ".v1.bak", NULL);
  fixture_close (fixture);
  gsize length;
  g_autofree char *contents = NULL;
  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize)length, NULL));
  fixture_open (fixture);
  g_assert_null (qc_store_get_set_aside (fixture->store));
  READ (fixture, count_old, NULL);
  WRITE (fixture, put, &sample);
  /* and the way back is there */
  g_autoptr (QcConnection) old = qc_connection_open (backup, QC_CONNECTION_READ_ONLY, NULL);
  g_assert_nonnull (old);
  gint64 version = 0;
  g_assert_true (qc_connection_get_int (old, "PRAGMA user_version", 0, &version, NULL));
  g_assert_cmpint (version, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/store/vouchers/keep", Fixture, NULL, fixture_set_up, test_keep, fixture_tear_down);
  g_test_add ("/store/vouchers/from-v1", Fixture, NULL, fixture_set_up, test_from_v1, fixture_tear_down);
  return g_test_run ();
}
