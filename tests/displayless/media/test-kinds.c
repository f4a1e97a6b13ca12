/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a file is by its first bytes.
 */
#include <string.h>

#include "qc-picture-kind.h"

#define BYTES(text) text, sizeof (text) - 1

static void
test_kinds (void)
{
  static const struct {
    const char *bytes;
    gsize size;
    QcPictureKind kind;
  } rows[] = {
      {BYTES ("\377\330\377\340\0\020JFIF\0"), QC_PICTURE_JPEG},
      {BYTES ("\377\330\377\333"), QC_PICTURE_JPEG},
      {BYTES ("\377\330"), QC_PICTURE_TEXT}, /* two bytes say nothing */
      {BYTES ("\211PNG\r\n\032\n\0\0\0\rIHDR"), QC_PICTURE_PNG},
      {BYTES ("\0\0\0\030ftypheic\0\0\0\0mif1heic"), QC_PICTURE_HEIC},
      {BYTES ("\0\0\0\030ftypmif1\0\0\0\0mif1heic"), QC_PICTURE_HEIC},
      {BYTES ("\0\0\0\030ftypmsf1\0\0\0\0hevcmsf1"), QC_PICTURE_HEIC},
      {BYTES ("\0\0\0\030ftypmif1\0\0\0\0mif1miaf"), QC_PICTURE_RARE},
      {BYTES ("\0\0\0\030ftypmif1\0\0\0\0mif1avif"), QC_PICTURE_AVIF},
      {BYTES ("\0\0\0\024ftypmif1\0\0\0\0mif1heic"), QC_PICTURE_RARE}, /* behind its end */
      {BYTES ("\0\0\0\030ftypavif\0\0\0\0mif1miaf"), QC_PICTURE_AVIF},
      {BYTES ("\0\0\0\030ftypisom\0\0\0\0isomheic"), QC_PICTURE_VIDEO},
      {BYTES ("\0\0\0\024ftypqt  \0\0\0\0qt  "), QC_PICTURE_VIDEO},
      {BYTES ("\0\0\0\010ftyp"), QC_PICTURE_VIDEO},
      {BYTES ("GIF89a\1\0\1\0"), QC_PICTURE_GIF},
      {BYTES ("GIF87a\1\0\1\0"), QC_PICTURE_GIF},
      {BYTES ("RIFF\20\0\0\0WEBPVP8 "), QC_PICTURE_WEBP},
      {BYTES ("RIFF\20\0\0\0AVI LIST"), QC_PICTURE_VIDEO},
      {BYTES ("BM\66\0\0\0"), QC_PICTURE_BMP},
      {BYTES ("II*\0\10\0\0\0"), QC_PICTURE_TIFF},
      {BYTES ("MM\0*\0\0\0\10"), QC_PICTURE_TIFF},
      {BYTES ("\0\0\0\014jP  \r\n\207\n"), QC_PICTURE_RARE},
      {BYTES ("%PDF-1.7\n"), QC_PICTURE_PDF},
      {BYTES ("\032\105\337\243\1\2"), QC_PICTURE_VIDEO},
      {BYTES ("\320\317\021\340\241\261\032\341"), QC_PICTURE_OFFICE},
      {BYTES ("PK\3\4\24\0"), QC_PICTURE_ARCHIVE},
      {BYTES ("<?xml version='1.0'?><svg xmlns='…'/>"), QC_PICTURE_SVG},
      {BYTES ("<html><body>请登录</body></html>"), QC_PICTURE_TEXT},
      {BYTES ("张三 征信授权书\r\n"), QC_PICTURE_TEXT},
      {BYTES ("\316\322\r\n"), QC_PICTURE_TEXT}, /* GB 18030 */
      {BYTES ("\377\376a\0"), QC_PICTURE_TEXT},
      {BYTES ("\1\2\3\4"), QC_PICTURE_UNKNOWN},
      {BYTES ("\0\0\0\0\0\0\0\0"), QC_PICTURE_UNKNOWN},
      {BYTES (""), QC_PICTURE_EMPTY},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_autofree guint8 *exact = g_memdup2 (rows[i].bytes, rows[i].size);
    g_assert_cmpint (qc_picture_kind (exact, rows[i].size), ==, rows[i].kind);
  }
}

static void
test_names (void)
{
  QcPictureKind back;
  for (guint i = 0; i < QC_N_PICTURE_KINDS; i++) {
    g_assert_true (qc_picture_kind_from_name (qc_picture_kind_get_name ((QcPictureKind)i), &back));
    g_assert_cmpuint (back, ==, i);
    g_assert_cmpint (qc_picture_kind_is_taken (back), ==,
                     back == QC_PICTURE_JPEG || back == QC_PICTURE_PNG || back == QC_PICTURE_HEIC);
    g_assert_cmpuint (strlen (qc_picture_kind_get_words (back)), >, 3);
  }
  g_assert_false (qc_picture_kind_from_name ("exe", &back));
  g_assert_false (qc_picture_kind_from_name (NULL, &back));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/kinds", test_kinds);
  g_test_add_func ("/media/kinds/names", test_names);
  return g_test_run ();
}
