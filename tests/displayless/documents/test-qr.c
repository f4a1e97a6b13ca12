/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The QR encoder against libqrencode, module by module: every version, just full and one byte more, and what vouchers
 * carry. What libqrencode makes is read everywhere.
 */
#include <qrencode.h>
#include <string.h>
#include "qc-qr.h"

static void
assert_same (const char *text)
{
  QRcode *theirs = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  QcQr ours;
  g_assert_nonnull (theirs);
  g_assert_true (qc_qr_init (&ours, text));
  g_assert_cmpint (ours.n, ==, theirs->width);
  for (int i = 0; i < ours.n * ours.n; i++)
    if ((theirs->data[i] & 1) != ours.modules[i])
      g_error ("%zu bytes, version %d: module %d, %d differs", strlen (text), theirs->version, i % ours.n, i / ours.n);
  qc_qr_clear (&ours);
  QRcode_free (theirs);
}

/* (transfer full) */
static char *
make_text (GRand *random, int size)
{
  static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  char *text = g_malloc0 ((gsize)size + 1);
  for (int i = 0; i < size; i++)
    text[i] = characters[g_rand_int_range (random, 0, (gint32)strlen (characters))];
  return text;
}

static void
test_versions (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (18004);
  int n = 0;
  for (int size = 1; size <= QC_QR_MAX; size++) {
    g_autofree char *text = make_text (random, size), *longer = make_text (random, size + 1);
    QcQr code, next;
    gboolean fits;
    g_assert_true (qc_qr_init (&code, text));
    fits = qc_qr_init (&next, longer);
    if (!fits || next.n != code.n) { /* the last that this version holds */
      assert_same (text);
      if (fits)
        assert_same (longer);
      n++;
    }
    qc_qr_clear (&code);
    qc_qr_clear (&next);
  }
  g_assert_cmpint (n, ==, 40);
}

static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);
  for (int i = 0; i < 100; i++) {
    g_autofree char *text = make_text (random, g_rand_int_range (random, 1, 1000));
    assert_same (text);
  }
  for (int i = 1; i < 255; i += 3) { /* one byte again and again: other masks win */
    g_autofree char *text = g_strnfill ((gsize)(1 + i * 5), (char)i);
    assert_same (text);
  }
  assert_same ("汇补缴凭证");
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
  g_test_add_func ("/qr/versions", test_versions);
  g_test_add_func ("/qr/many", test_many);
  g_test_add_func ("/qr/too-long", test_too_long);
  return g_test_run ();
}
