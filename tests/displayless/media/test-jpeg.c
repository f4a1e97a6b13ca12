/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * JPEG files by their markers: made of parts here, no picture needed.
 */
#include <string.h>

#include "qc-jpeg.h"

#define SOI         "\377\330"
#define EOI         "\377\331"
#define JFIF        "\377\340\0\020JFIF\0\1\1\0\0\1\0\1\0\0"
#define JFXX        "\377\340\0\012JFXX\0\020\1\1"
#define ADOBE       "\377\356\0\016Adobe\0\144\0\0\0\0\1"
#define COMMENT     "\377\376\0\010secret"
#define FRAME       "\377\300\0\013\10\0\60\0\100\1\1\21\0" /* 64 × 48 */
#define LAYERS      "\377\302\0\013\10\0\60\0\100\1\1\21\0"
#define SCAN        "\377\332\0\010\1\1\0\0\77\0"
#define CODED       "\1\2\377\0\3\377\320\4\377\321"
#define EXIF(n)     "\377\341\0\042Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0" n "\0\0\0\0\0\0"
#define LITTLE(n)   "\377\341\0\042Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0" n "\0\0\0\0\0\0\0"
#define BYTES(text) text, sizeof (text) - 1

static void
test_header (void)
{
  static const struct {
    const char *bytes;
    gsize size;
    QcJpegState state;
    QcUpright upright;
    guint n_scans;
    gboolean bare;
  } rows[] = {
      {BYTES (SOI JFIF FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, TRUE},
      {BYTES (SOI JFIF FRAME SCAN CODED "\377\377" EOI), QC_JPEG_GOOD, 1, 1, TRUE},
      {BYTES (SOI ADOBE LAYERS SCAN CODED SCAN CODED SCAN CODED EOI), QC_JPEG_GOOD, 1, 3, TRUE},
      {BYTES (SOI JFIF FRAME SCAN CODED EOI "more"), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI JFXX FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI COMMENT FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI FRAME SCAN CODED COMMENT EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI EXIF ("\6") FRAME SCAN CODED EOI), QC_JPEG_GOOD, 6, 1, FALSE},
      {BYTES (SOI JFIF LITTLE ("\3") FRAME SCAN CODED EOI), QC_JPEG_GOOD, 3, 1, FALSE},
      {BYTES (SOI EXIF ("\10") EXIF ("\1") FRAME SCAN CODED EOI), QC_JPEG_GOOD, 8, 1, FALSE},
      {BYTES (SOI EXIF ("\0") FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI EXIF ("\11") FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI "\377\341\0\020Exif\0\0MM\0*\377\377\377\377" FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI "\377\341\0\022Exif\0\0MM\0*\0\0\0\10\377\377" FRAME SCAN CODED EOI), QC_JPEG_GOOD, 1, 1, FALSE},
      {BYTES (SOI JFIF FRAME SCAN CODED), QC_JPEG_CUT_OFF, 1, 1, FALSE},
      {BYTES (SOI JFIF FRAME SCAN CODED "\377"), QC_JPEG_CUT_OFF, 1, 1, FALSE},
      {BYTES (SOI JFIF FRAME), QC_JPEG_CUT_OFF, 1, 0, FALSE},
      {BYTES (SOI JFIF FRAME EOI), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (SOI JFIF SCAN CODED EOI), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (SOI FRAME FRAME SCAN CODED EOI), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (SOI "\377\300\0\013\10\0\0\0\100\1\1\21\0" SCAN CODED EOI), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (SOI "\377\300\0\1"), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (SOI "garbage"), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (FRAME), QC_JPEG_DAMAGED, 1, 0, FALSE},
      {BYTES (""), QC_JPEG_DAMAGED, 1, 0, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    QcJpegHeader header;
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_autofree guint8 *exact = g_memdup2 (rows[i].bytes, rows[i].size);
    g_assert_cmpint (qc_jpeg_read_header (exact, rows[i].size, &header), ==, rows[i].state);
    g_assert_cmpuint (header.upright, ==, rows[i].upright);
    g_assert_cmpint (qc_jpeg_is_bare (exact, rows[i].size), ==, rows[i].bare);
    if (rows[i].state != QC_JPEG_GOOD)
      continue;
    g_assert_cmpuint (header.n_scans, ==, rows[i].n_scans);
    g_assert_cmpuint (header.width, ==, 64);
    g_assert_cmpuint (header.height, ==, 48);
    g_assert_cmpuint (header.bits, ==, 8);
    g_assert_cmpuint (header.components, ==, 1);
  }
}

/* Every beginning of a good one is refused, or says less. */
static void
test_cut (void)
{
  static const char whole[] = SOI JFIF EXIF ("\6") FRAME SCAN CODED EOI;
  for (gsize n = 0; n < sizeof whole - 1; n++) {
    QcJpegHeader header;
    g_autofree guint8 *exact = g_memdup2 (whole, n);
    g_assert_cmpint (qc_jpeg_read_header (exact, n, &header), !=, QC_JPEG_GOOD);
    g_assert_false (qc_jpeg_is_bare (exact, n));
  }
}

static void
test_turns (void)
{
  static const QcUpright rows[8][4] = {{1, 6, 3, 8}, {2, 7, 4, 5}, {3, 8, 1, 6}, {4, 5, 2, 7},
                                       {5, 2, 7, 4}, {6, 3, 8, 1}, {7, 4, 5, 2}, {8, 1, 6, 3}};
  for (guint i = 0; i < 8; i++)
    for (guint turn = 0; turn < 4; turn++) {
      QcUpright after = qc_upright_turn (i + 1, turn * 90);
      g_assert_cmpuint (after, ==, rows[i][turn]);
      g_assert_cmpint (qc_upright_is_across (after), ==, (i >= 4) != (turn % 2 == 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/jpeg/header", test_header);
  g_test_add_func ("/media/jpeg/cut", test_cut);
  g_test_add_func ("/media/jpeg/turns", test_turns);
  return g_test_run ();
}
