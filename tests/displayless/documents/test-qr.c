/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * QR codes: the same modules for the same text from any thread and as every version of Qingce made them (what was
 * saved once is saved again byte by byte), level M, and how much one holds. That a code is read is held by test-files.
 */
#include <string.h>

#include "qc-qr.h"

static const char voucher_like[] = "QC1.eyJ1bml0IjoiMjMxMTAwMDAwMDAxIiwibW9udGhzIjpbIjIwMjYtMTAiXX0.汇补缴凭证";

/* (transfer full) */
static char *
digest (const QcQr *qr)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, qr->modules, (gsize)qr->n * (gsize)qr->n);
}

static void
test_stable (void)
{
  static const struct {
    gsize repeat;
    int n;
    const char *sha256;
  } known[] = {
      {1, 37, "dadef158d226d7187b4c12d0e242690153b5e6f2507db2d065ba8e561dd250ec"},
      {5, 77, "044fb065afbee98331d7f8c53d34a1712279192f783ee4f928e49cc8ecd1097e"},
      {28, 173, "c0369796792ad088510bca6e3fa04a3d07ed37f230a2515d467ce047e63ba677"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (gsize k = 0; k < known[i].repeat; k++)
      g_string_append (text, voucher_like);
    QcQr qr;
    g_assert_true (qc_qr_init (&qr, text->str));
    g_autofree char *sha256 = digest (&qr);
    g_assert_cmpint (qr.n, ==, known[i].n);
    g_assert_cmpstr (sha256, ==, known[i].sha256);
    qc_qr_clear (&qr);
  }
}

/* Every byte is a 0 or a 1, and the two copies of the format say level M. */
static void
test_level (void)
{
  QcQr qr;
  g_assert_true (qc_qr_init (&qr, voucher_like));
  for (int i = 0; i < qr.n * qr.n; i++)
    g_assert_cmpint (qr.modules[i], <=, 1);
  const guint8 *row = qr.modules + 8 * qr.n;
  g_assert_cmpint ((row[0] << 1 | row[1]) ^ 2, ==, 0); /* 00 for M, under the format's own mask 10 */
  g_assert_cmpint ((qr.modules[(qr.n - 1) * qr.n + 8] << 1 | qr.modules[(qr.n - 2) * qr.n + 8]) ^ 2, ==, 0);
  qc_qr_clear (&qr);
}

static gpointer
encode_thread (gpointer expected)
{
  for (int i = 0; i < 50; i++) {
    QcQr qr;
    g_assert_true (qc_qr_init (&qr, voucher_like));
    g_autofree char *sha256 = digest (&qr);
    g_assert_cmpstr (sha256, ==, expected);
    qc_qr_clear (&qr);
  }
  return NULL;
}

/* The codes of many vouchers are made on several threads at once. */
static void
test_threads (void)
{
  QcQr qr;
  g_assert_true (qc_qr_init (&qr, voucher_like));
  g_autofree char *expected = digest (&qr);
  qc_qr_clear (&qr);
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("encode", encode_thread, expected);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (QC_QR_MAX + 1, 'x');
  QcQr qr;
  g_assert_false (qc_qr_init (&qr, text));
  g_assert_null (qr.modules);
  text[QC_QR_MAX] = '\0';
  g_assert_true (qc_qr_init (&qr, text));
  g_assert_cmpint (qr.n, ==, 177);
  qc_qr_clear (&qr);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/stable", test_stable);
  g_test_add_func ("/qr/level", test_level);
  g_test_add_func ("/qr/threads", test_threads);
  g_test_add_func ("/qr/too-long", test_too_long);
  return g_test_run ();
}
