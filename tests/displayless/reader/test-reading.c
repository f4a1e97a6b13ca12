/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The answer of the reader: what is written is read, and nothing else is: cut at every byte, too long, in a wrong
 * order, with numbers that do not fit what is there.
 */
#include <string.h>

#include "qc-reading.h"

#define HEAD "qingce-reading 1\n"
#define END  "end 0 0\n\n"

static GByteArray *
make (void)
{
  GByteArray *answer = g_byte_array_new ();
  qc_reading_begin (answer);
  g_assert_true (qc_reading_add (answer, "kind", 0, "pdf", -1));
  g_assert_true (qc_reading_add (answer, "pages", 3, "", 0));
  g_assert_true (qc_reading_add (answer, "voucher", 0, "QC1.a", -1));
  g_assert_true (qc_reading_add (answer, "text", 1, "合计\n1.00", -1));
  g_assert_true (qc_reading_add (answer, "text", 3, "", -1));
  g_assert_true (qc_reading_add (answer, "voucher", 2, "QC1.b", -1));
  g_assert_true (qc_reading_add (answer, "image", 2, "\0\1\2\3\4\5\6\7\10\11\12\13", 12));
  qc_reading_end (answer);
  return answer;
}

static void
test_whole (void)
{
  g_autoptr (GByteArray) answer = make ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) reading = qc_reading_parse (answer->data, answer->len, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reading->kind, ==, QC_READING_PDF);
  g_assert_cmpuint (reading->n_pages, ==, 3);
  g_assert_cmpuint (reading->vouchers->len, ==, 2);
  g_assert_cmpuint (reading->texts->len, ==, 2);
  g_assert_cmpstr (((QcReadingText *)reading->texts->pdata[0])->text, ==, "合计\n1.00");
  g_assert_cmpuint (((QcReadingText *)reading->vouchers->pdata[1])->page, ==, 2);
  g_assert_cmpuint (reading->width, ==, 2);
  g_assert_cmpuint (reading->height, ==, 2);
  g_assert_cmpuint (g_bytes_get_size (reading->image), ==, 12);
}

static void
assert_refused (const void *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size); /* so that reading beyond it is seen */
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) reading = qc_reading_parse (exact, size, &error);
  g_assert_null (reading);
  g_assert_error (error, QC_READER_ERROR, QC_READER_ERROR_BROKEN);
}

static void
test_cut (void)
{
  g_autoptr (GByteArray) answer = make ();
  for (gsize i = 0; i < answer->len; i++)
    assert_refused (answer->data, i);
  g_byte_array_append (answer, (const guint8 *)"x", 1);
  assert_refused (answer->data, answer->len);
}

static void
test_wrong (void)
{
  static const char *const answers[] = {
      HEAD END,
      HEAD "pages 1 0\n\n" END,                  /* what kind is not said */
      HEAD "kind 0 3\nxml\n" END,                /* another one */
      HEAD "kind 1 3\npdf\n" END,                /* with a number */
      HEAD "kind 0 3\npdf\nkind 0 3\npdf\n" END, /* twice */
      HEAD "kind 0 3\npdf\npages 1 0\n\npages 1 0\n\n" END,
      HEAD "kind 0 3\npdf\npages 100001 0\n\n" END,
      HEAD "kind 0 3\npdf\npages 1 1\nx\n" END,
      HEAD "kind 0 3\npdf\ntext 1 1\nx\n" END, /* of a page that is not there */
      HEAD "kind 0 3\npdf\npages 2 0\n\ntext 0 1\nx\n" END,
      HEAD "kind 0 3\npdf\npages 2 0\n\ntext 1 1\nx\ntext 1 1\nx\n" END,
      HEAD "kind 0 3\npdf\npages 2 0\n\ntext 2 1\nx\ntext 1 1\nx\n" END,
      HEAD "kind 0 3\npdf\nvoucher 1 1\nx\n" END,
      HEAD "kind 0 3\npdf\nvoucher 0 1\n\377\n" END, /* no UTF-8 */
      HEAD "kind 0 3\npdf\nvoucher 0 2\nx\n" END,    /* longer than it is */
      HEAD "kind 0 3\npdf\nvoucher 0 01\nx\n" END,
      HEAD "kind 0 3\npdf\nvoucher 0 -1\nx\n" END,
      HEAD "kind 0 3\npdf\nvoucher 0 18446744073709551617\nx\n" END,
      HEAD "kind 0 3\npdf\nimage 0 3\nxxx\n" END,
      HEAD "kind 0 3\npdf\nimage 2 3\nxxx\n" END, /* half a line */
      HEAD "kind 0 3\npdf\nimage 2001 3\nxxx\n" END,
      HEAD "kind 0 3\npdf\nimage 1 3\nxxx\nimage 1 3\nxxx\n" END,
      HEAD "kind 0 3\npdf\nwhatever 0 0\n\n" END,
      HEAD "kind 0 3\npdf\nend 0 1\nx\n",
      HEAD "kind 0 3\npdf\nend 1 0\n\n",
      HEAD "fail 0 10\nunreadable\n",
      HEAD "fail 0 10\nunreadable\nvoucher 0 1\nx\n" END,
      "qingce-reading 2\nkind 0 3\npdf\n" END,
  };
  static const char nul[] = HEAD "kind 0 3\npdf\nvoucher 0 3\na\0b\n" END;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_test_message ("%" G_GSIZE_FORMAT, i);
    assert_refused (answers[i], strlen (answers[i]));
  }
  assert_refused (nul, sizeof nul - 1);
}

static void
test_failures (void)
{
  static const struct {
    const char *code;
    QcReaderError error;
  } cases[] = {{"unreadable", QC_READER_ERROR_UNREADABLE},
               {"too-large", QC_READER_ERROR_TOO_LARGE},
               {"locked", QC_READER_ERROR_LOCKED},
               {"no-page", QC_READER_ERROR_UNREADABLE}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) answer = make ();
    qc_reading_fail (answer, cases[i].code);
    qc_reading_end (answer);
    g_autoptr (GError) error = NULL;
    g_assert_null (qc_reading_parse (answer->data, answer->len, &error));
    g_assert_error (error, QC_READER_ERROR, (int)cases[i].error);
  }
}

/* Neither side makes an answer beyond its bounds. */
static void
test_bounds (void)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GString) many = g_string_new (HEAD "kind 0 4\ntext\n");
  g_autofree char *large = g_malloc0 (QC_READING_MAX_SIZE);
  g_autofree char *line = g_strnfill (QC_READING_MAX_TEXT + 1, 'x');
  qc_reading_begin (answer);
  gsize before = answer->len;
  g_assert_false (qc_reading_add (answer, "voucher", 0, large, QC_READING_MAX_SIZE - 30));
  g_assert_cmpuint (answer->len, ==, before);
  for (int i = 0; i <= QC_READING_MAX_LINES; i++)
    g_string_append (many, "voucher 0 1\nx\n");
  g_string_append (many, END);
  assert_refused (many->str, many->len);
  g_string_printf (many, HEAD "kind 0 4\ntext\nvoucher 0 %d\n%s\n" END, QC_READING_MAX_TEXT + 1, line);
  assert_refused (many->str, many->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/whole", test_whole);
  g_test_add_func ("/reading/cut", test_cut);
  g_test_add_func ("/reading/wrong", test_wrong);
  g_test_add_func ("/reading/failures", test_failures);
  g_test_add_func ("/reading/bounds", test_bounds);
  return g_test_run ();
}
