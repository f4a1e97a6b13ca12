/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pictures made ready to be sent: what comes out is upright and has nothing in it but the picture, without loss where
 * that can be; what is something else or made to do harm ends in a sentence. And the desk where they are handed in.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <png.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made-pictures.h"
#include "qc-jpeg.h"
#include "qc-picture-desk.h"

#define PLENTY (20 * 1024 * 1024)

static char *folder, *program;

static char *
save (const char *name, const void *data, gssize size)
{
  char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static QcPicture *
try_path (const char *path, guint turn, gsize most, GError **error)
{
  int fd = qc_reader_open_picture (path, error);
  QcPicture *picture = fd >= 0 ? qc_reader_prepare_picture (fd, turn, most, NULL, error) : NULL;
  if (fd >= 0)
    close (fd);
  return picture;
}

static QcPicture *
try_bytes (const GByteArray *bytes, guint turn, gsize most, GError **error)
{
  g_autofree char *path = save ("picture", bytes->data, bytes->len);
  return try_path (path, turn, most, error);
}

static QcPicture *
prepare (const GByteArray *bytes, guint turn)
{
  g_autoptr (GError) error = NULL;
  QcPicture *picture = try_bytes (bytes, turn, PLENTY, &error);
  g_assert_no_error (error);
  g_assert_true (qc_jpeg_is_bare (g_bytes_get_data (picture->jpeg, NULL), g_bytes_get_size (picture->jpeg)));
  return picture;
}

static void
assert_refused (const GByteArray *bytes, QcReaderError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) picture = try_bytes (bytes, 0, PLENTY, &error);
  g_assert_null (picture);
  g_assert_error (error, QC_READER_ERROR, (int)code);
}

static MadePixels
decode (const QcPicture *picture)
{
  gsize size;
  const void *data = g_bytes_get_data (picture->jpeg, &size);
  return made_from_jpeg (data, size);
}

/* ---- JPEG ---- */

/* Each way up by EXIF, each turn wanted on top: the pixels are those of the original, and nothing was trimmed. */
static void
test_turned (void)
{
  static const MadeSampling samplings[] = {MADE_444, MADE_420, MADE_GREY};
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  for (gsize s = 0; s < G_N_ELEMENTS (samplings); s++) {
    g_autoptr (GByteArray) plain = made_jpeg (&pixels, samplings[s], FALSE);
    g_auto (MadePixels) original = made_from_jpeg (plain->data, plain->len);
    for (guint upright = 1; upright <= 8; upright++)
      for (guint turn = 0; turn < 360; turn += upright == 1 || upright == 7 ? 90 : 360) {
        g_autoptr (GByteArray) jpeg = g_byte_array_new ();
        g_byte_array_append (jpeg, plain->data, plain->len);
        made_jpeg_talk (jpeg, upright);
        g_autoptr (QcPicture) picture = prepare (jpeg, turn);
        g_auto (MadePixels) stands = made_turned (&original, upright);
        static const guint by_turn[] = {1, 6, 3, 8};
        g_auto (MadePixels) wanted = made_turned (&stands, by_turn[turn / 90]);
        g_auto (MadePixels) got = decode (picture);
        /* the transform of a turned block rounds the other way round; colours of light follow from three of them */
        g_assert_cmpuint (made_difference (&wanted, &got), <=, upright == 1 && turn == 0 ? 0 : 5);
        g_assert_cmpuint (picture->width, ==, wanted.width);
        g_assert_cmpuint (picture->height, ==, wanted.height);
        g_assert_cmpuint (picture->trimmed, ==, 0);
        g_assert_true (picture->lossless);
        g_assert_cmpint (picture->was, ==, QC_PICTURE_JPEG);
      }
  }
}

/* Four quarters make a whole turn, and every byte is what it was: no coefficient was touched. */
static void
test_without_loss (void)
{
  g_auto (MadePixels) pixels = made_pixels (160, 112);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  g_autoptr (QcPicture) first = prepare (jpeg, 0);
  g_autoptr (GBytes) now = g_bytes_ref (first->jpeg);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GByteArray) before = g_bytes_unref_to_array (g_steal_pointer (&now));
    g_autoptr (QcPicture) turned = prepare (before, 90);
    g_assert_false (i < 3 && g_bytes_equal (turned->jpeg, first->jpeg));
    now = g_bytes_ref (turned->jpeg);
  }
  g_assert_true (g_bytes_equal (now, first->jpeg));
  g_assert_cmpuint (strlen (first->name), ==, 68);
}

/* What is less than a block at an edge cannot be turned there, and goes. */
static void
test_trimmed (void)
{
  static const struct {
    MadeSampling sampling;
    guint upright, width, height, trimmed;
  } rows[] = {
      {MADE_420, 1, 100, 70, 0}, {MADE_420, 6, 64, 100, 6}, {MADE_420, 3, 96, 64, 10}, {MADE_420, 8, 70, 96, 4},
      {MADE_420, 5, 70, 100, 0}, {MADE_444, 6, 64, 100, 6}, {MADE_422, 2, 96, 70, 4},  {MADE_GREY, 4, 100, 64, 6},
  };
  g_auto (MadePixels) pixels = made_pixels (100, 70);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, rows[i].sampling, FALSE);
    made_jpeg_talk (jpeg, rows[i].upright);
    g_autoptr (QcPicture) picture = prepare (jpeg, 0);
    g_assert_cmpuint (picture->width, ==, rows[i].width);
    g_assert_cmpuint (picture->height, ==, rows[i].height);
    g_assert_cmpuint (picture->trimmed, ==, rows[i].trimmed);
  }
}

/* Another program finds nothing in it: what it says of the file itself and of its JFIF head is all. */
static void
test_scrubbed (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  made_jpeg_talk (jpeg, 6);
  g_autofree char *before = save ("before.jpg", jpeg->data, jpeg->len);
  g_autoptr (QcPicture) picture = prepare (jpeg, 0);
  gsize size;
  const char *data = g_bytes_get_data (picture->jpeg, &size);
  g_autofree char *after = save ("after.jpg", data, (gssize)size);
  static const char *const words[] = {"Exif", "secret", "xap", "8BIM", "ICC_PROFILE", "MPF", "behind"};
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_assert_nonnull (memmem (jpeg->data, jpeg->len, words[i], strlen (words[i])));
    g_assert_null (memmem (data, size, words[i], strlen (words[i])));
  }
  g_autofree char *exiftool = g_find_program_in_path ("exiftool");
  if (exiftool == NULL) {
    g_test_message ("exiftool is not installed");
    return;
  }
  for (guint clean = 0; clean < 2; clean++) {
    const char *const argv[] = {exiftool, "-G", "-a", "-s", clean ? after : before, NULL};
    g_autofree char *said = NULL;
    g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, 0, NULL, NULL, &said, NULL, NULL, NULL));
    static const char *const groups[] = {"[EXIF]", "GPSLatitude ", "[XMP]", "[IPTC]", "Comment "};
    for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
      g_test_message ("%s in %s", groups[i], said);
      g_assert_cmpint (strstr (said, groups[i]) == NULL, ==, clean);
    }
  }
}

/* What a profile says of the colours is kept, in each way of making the picture. */
static void
test_colours (void)
{
  static const struct {
    MadeSampling sampling;
    gsize most;
    gboolean lossless, kept;
  } rows[] = {{MADE_420, PLENTY, TRUE, TRUE}, {MADE_420, 3000, FALSE, TRUE}, {MADE_GREY, PLENTY, TRUE, FALSE}};
  g_auto (MadePixels) pixels = made_pixels (256, 192);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, rows[i].sampling, FALSE);
    made_jpeg_colour (jpeg);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcPicture) picture = try_bytes (jpeg, 90, rows[i].most, &error);
    g_assert_no_error (error);
    gsize size;
    const char *data = g_bytes_get_data (picture->jpeg, &size);
    g_assert_true (qc_jpeg_is_bare ((const guint8 *)data, size));
    g_assert_cmpuint (size, <=, rows[i].most);
    g_assert_cmpint (picture->lossless, ==, rows[i].lossless);
    g_assert_cmpint (memmem (data, size, "ICC_PROFILE", 11) != NULL, ==, rows[i].kept);
    g_assert_null (memmem (data, size, "secret", 6));
  }
}

static void
test_kinds_of_jpeg (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) layers = made_jpeg (&pixels, MADE_420, TRUE);
  g_autoptr (QcPicture) progressive = prepare (layers, 90);
  g_assert_true (progressive->lossless);
  g_autoptr (GByteArray) print = made_jpeg (&pixels, MADE_CMYK, FALSE);
  g_autoptr (QcPicture) light = prepare (print, 90);
  g_auto (MadePixels) got = decode (light), wanted = made_turned (&pixels, 6);
  g_assert_false (light->lossless);
  g_assert_cmpuint (made_difference (&got, &wanted), <, 60); /* its sharp corner; a negative would be 160 off */
  g_autoptr (GByteArray) deep = made_jpeg (&pixels, MADE_444, FALSE);
  guint8 *frame = memmem (deep->data, deep->len, "\377\300\0\21\10", 5);
  frame[4] = 12;
  assert_refused (deep, QC_READER_ERROR_PICTURE_KIND);
  frame[4] = 8;
  frame[1] = 0xc3; /* one of no loss */
  assert_refused (deep, QC_READER_ERROR_PICTURE_KIND);
}

/* The last layer ten thousand times. */
static void
test_layers (void)
{
  g_auto (MadePixels) pixels = made_pixels (640, 480);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, TRUE);
  guint last = 0;
  for (guint i = 0; i + 1 < jpeg->len; i++)
    if (jpeg->data[i] == 0xff && jpeg->data[i + 1] == 0xda)
      last = i;
  g_autofree guint8 *layer = g_memdup2 (jpeg->data + last, jpeg->len - 2 - last);
  guint length = jpeg->len - 2 - last;
  g_byte_array_set_size (jpeg, jpeg->len - 2);
  for (guint i = 0; i < 10000; i++)
    g_byte_array_append (jpeg, layer, length);
  g_byte_array_append (jpeg, (const guint8 *)"\377\331", 2);
  assert_refused (jpeg, QC_READER_ERROR_PICTURE_KIND);
}

/* More than the center takes: in layers if that is enough, else encoded anew, else refused. */
static void
test_heavy (void)
{
  g_auto (MadePixels) pixels = made_pixels (320, 240);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (gsize i = 0; i < (gsize)pixels.width * pixels.height * 3; i++)
    pixels.rgb[i] = (guint8)(pixels.rgb[i] ^ (g_rand_int (rand) & 63));
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  g_autoptr (QcPicture) whole = prepare (jpeg, 0);
  gsize size = g_bytes_get_size (whole->jpeg);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) fits = try_bytes (jpeg, 0, size, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (fits->jpeg, whole->jpeg));
  g_autoptr (QcPicture) layers = try_bytes (jpeg, 0, size - 1, &error);
  g_assert_no_error (error);
  g_assert_true (layers->lossless);
  g_assert_cmpuint (g_bytes_get_size (layers->jpeg), <, size);
  g_autoptr (QcPicture) anew = try_bytes (jpeg, 0, size / 2, &error);
  g_assert_no_error (error);
  g_assert_false (anew->lossless);
  g_assert_cmpuint (g_bytes_get_size (anew->jpeg), <=, size / 2);
  g_assert_null (try_bytes (jpeg, 0, 2000, &error));
  g_assert_error (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_LARGE);
}

/* ---- PNG, HEIC ---- */

static void
test_png (void)
{
  static const guint formats[] = {PNG_FORMAT_RGB, PNG_FORMAT_RGBA, PNG_FORMAT_LINEAR_RGB, PNG_FORMAT_LINEAR_RGB_ALPHA};
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_test_message ("format %u", formats[i]);
    g_autoptr (GByteArray) png = made_png (&pixels, formats[i]);
    g_autoptr (QcPicture) picture = prepare (png, 90);
    g_assert_cmpint (picture->was, ==, QC_PICTURE_PNG);
    g_assert_false (picture->lossless);
    g_assert_cmpuint (picture->width, ==, 96);
    g_auto (MadePixels) got = decode (picture);
    const guint8 *seen = got.rgb + 3 * (20 * got.width + 20), *through = got.rgb + 3 * (110 * got.width + 20);
    g_assert_cmpuint (seen[0], <, 250);
    /* the right half stands below now: white where one sees through it */
    g_assert_cmpint (through[0] > 250 && through[1] > 250 && through[2] > 250, ==,
                     (formats[i] & PNG_FORMAT_FLAG_ALPHA) != 0);
    if (i == 0) {
      g_auto (MadePixels) wanted = made_turned (&pixels, 6);
      g_assert_cmpuint (made_difference (&got, &wanted), <, 60);
    }
  }
}

/* Made by another program: colours from a table, interlaced, animated. */
static void
test_foreign_png (void)
{
  static const char *const options[] = {"-colors 16 -type Palette", "-interlace PNG", "-depth 16 -interlace PNG",
                                        "-colorspace Gray -depth 2", "-monochrome"};
  g_autofree char *convert = g_find_program_in_path ("convert");
  if (convert == NULL) {
    g_test_skip ("ImageMagick is not installed");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autofree char *path = g_build_filename (folder, "foreign.png", NULL);
    g_autofree char *command = g_strdup_printf ("convert -size 100x80 gradient:red-blue %s png:'%s'", options[i], path);
    g_test_message ("%s", command);
    const char *const argv[] = {"sh", "-c", command, NULL};
    g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
    g_autoptr (GError) error = NULL;
    g_autoptr (QcPicture) picture = try_path (path, 0, PLENTY, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (picture->height, ==, 80);
  }
}

/* What makes it move stands in parts that are passed by. */
static void
test_animated_png (void)
{
  g_auto (MadePixels) pixels = made_pixels (64, 64);
  g_autoptr (GByteArray) still = made_png (&pixels, PNG_FORMAT_RGB);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_byte_array_append (png, still->data, 33);
  g_byte_array_append (png, (const guint8 *)"\0\0\0\10acTL\0\0\0\2\0\0\0\0\363\215\223\160", 20);
  g_byte_array_append (png, still->data + 33, still->len - 33);
  g_autoptr (QcPicture) picture = prepare (png, 0);
  g_assert_cmpuint (picture->width, ==, 64);
}

static GByteArray *
copy (const GByteArray *bytes)
{
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, bytes->data, bytes->len);
  return out;
}

static void
test_heic (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) heic = made_heic (&pixels);
  if (heic == NULL) {
    g_test_skip ("libheif has nothing to encode with");
    return;
  }
  g_autoptr (QcPicture) picture = prepare (heic, 0);
  g_auto (MadePixels) got = decode (picture);
  g_assert_cmpint (picture->was, ==, QC_PICTURE_HEIC);
  g_assert_cmpuint (made_difference (&got, &pixels), <, 60);
  g_autoptr (QcPicture) turned = prepare (heic, 270);
  g_assert_cmpuint (turned->width, ==, 96);
  /* what it announces */
  guint8 *size = memmem (heic->data, heic->len, "ispe\0\0\0\0", 8);
  g_assert_nonnull (size);
  static const struct {
    guint width, height;
  } announced[] = {{30000, 30000}, {40000, 100}, {64, 64}, {4000, 4000}, {0, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS (announced); i++) {
    guint32 numbers[] = {GUINT32_TO_BE (announced[i].width), GUINT32_TO_BE (announced[i].height)};
    memcpy (size + 8, numbers, 8);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcPicture) lies = try_bytes (heic, 0, PLENTY, &error);
    g_test_message ("%u × %u: %s", announced[i].width, announced[i].height, error != NULL ? error->message : "read");
    if (i < 2)
      g_assert_error (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_LARGE);
    else
      g_assert_true (lies != NULL || error->code != QC_READER_ERROR_PICTURE_GIVEN_UP);
  }
}

/* ---- made to do harm ---- */

/* Of each kind every eighth of the file, and a byte changed in many places: refused, or read. */
static void
test_cut_off (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) baseline = made_jpeg (&pixels, MADE_420, FALSE), layers = made_jpeg (&pixels, MADE_444, TRUE);
  g_autoptr (GByteArray) png = made_png (&pixels, PNG_FORMAT_RGB), heic = made_heic (&pixels);
  GByteArray *const files[] = {baseline, layers, png, heic};
  for (gsize i = 0; i < G_N_ELEMENTS (files) && files[i] != NULL; i++)
    for (guint eighth = 1; eighth < 8; eighth++) {
      g_autoptr (GByteArray) part = copy (files[i]);
      g_byte_array_set_size (part, part->len * eighth / 8);
      g_autoptr (GError) error = NULL;
      g_autoptr (QcPicture) picture = try_bytes (part, 0, PLENTY, &error);
      g_test_message ("file %" G_GSIZE_FORMAT ", %u/8: %s", i, eighth, error != NULL ? error->message : "read");
      g_assert_null (picture);
      g_assert_cmpint (error->code, ==, QC_READER_ERROR_PICTURE_DAMAGED);
    }
}

static void
test_announced (void)
{
  static const struct {
    guint width, height;
    QcReaderError error;
  } rows[] = {{40000, 40000, QC_READER_ERROR_PICTURE_LARGE}, {1, G_MAXUINT, QC_READER_ERROR_PICTURE_LARGE},
              {7072, 7072, QC_READER_ERROR_PICTURE_LARGE},   {7071, 7071, QC_READER_ERROR_PICTURE_DAMAGED},
              {31, 100, QC_READER_ERROR_PICTURE_SMALL},      {0, 10, QC_READER_ERROR_PICTURE_DAMAGED}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (MadePixels) pixels = made_pixels (64, 64);
    g_autoptr (GByteArray) png = made_png (&pixels, PNG_FORMAT_RGB);
    guint32 size[] = {GUINT32_TO_BE (rows[i].width), GUINT32_TO_BE (rows[i].height)};
    memcpy (png->data + 16, size, 8);
    assert_refused (png, rows[i].error);
    if (rows[i].width > 65535 || rows[i].height > 65535 || rows[i].width == 0)
      continue;
    g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
    guint8 *frame = memmem (jpeg->data, jpeg->len, "\377\300\0\21\10", 5);
    frame[5] = (guint8)(rows[i].height >> 8), frame[6] = (guint8)rows[i].height;
    frame[7] = (guint8)(rows[i].width >> 8), frame[8] = (guint8)rows[i].width;
    assert_refused (jpeg, rows[i].error);
  }
}

/* The largest that is read, of few bytes: it is read within the bounds of the process. */
static void
test_largest (void)
{
  MadePixels grey = {7071, 7071, g_malloc (7071 * 7071 * 3)};
  memset (grey.rgb, 200, 7071 * 7071 * 3);
  g_autoptr (GByteArray) png = made_png (&grey, PNG_FORMAT_RGB), jpeg = made_jpeg (&grey, MADE_444, FALSE);
  made_pixels_clear (&grey);
  g_assert_cmpuint (png->len, <, 1024 * 1024);
  g_autoptr (QcPicture) from_png = prepare (png, 90);
  g_assert_cmpuint (from_png->width, ==, 7071);
  g_autoptr (QcPicture) from_jpeg = prepare (jpeg, 90);
  g_assert_true (from_jpeg->lossless);
  g_assert_cmpuint (from_jpeg->trimmed, ==, 7071 % 8);
  g_assert_cmpuint (from_png->preview_width, ==, QC_PICTURE_MAX_PREVIEW);
}

static void
test_other_files (void)
{
  static const struct {
    const char *name, *bytes;
    gssize size;
    QcReaderError error;
    const char *words; /* (nullable) */
  } rows[] = {
      {"voucher.jpg", "%PDF-1.4\n", -1, QC_READER_ERROR_PICTURE_KIND, "PDF"},
      {"moving.jpg", "GIF89a\1\0\1\0", 10, QC_READER_ERROR_PICTURE_KIND, "GIF"},
      {"photo.jpg", "RIFF\20\0\0\0WEBPVP8 ", 16, QC_READER_ERROR_PICTURE_KIND, "WebP"},
      {"film.heic", "\0\0\0\30ftypisom\0\0\0\0isomiso2", 24, QC_READER_ERROR_PICTURE_KIND, "video"},
      {"text.jpg", "征信授权书", -1, QC_READER_ERROR_PICTURE_KIND, "a text"},
      {"empty.jpg", "", 0, QC_READER_ERROR_PICTURE_KIND, "empty"},
      {"begun.jpg", "\377\330\377", 3, QC_READER_ERROR_PICTURE_DAMAGED},
      {"begun.png", "\211PNG\r\n\32\n", 8, QC_READER_ERROR_PICTURE_DAMAGED},
      {"begun.heic", "\0\0\0\30ftypheic\0\0\0\0mif1heic", 24, QC_READER_ERROR_PICTURE_DAMAGED},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = save (rows[i].name, rows[i].bytes, rows[i].size);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", rows[i].name);
    g_assert_null (try_path (path, 0, PLENTY, &error));
    g_assert_error (error, QC_READER_ERROR, (int)rows[i].error);
    g_assert_true (rows[i].words == NULL || strstr (error->message, rows[i].words) != NULL);
  }
}

/* What the name leads to is no file, or is gone; a link leads on. */
static void
test_no_file (void)
{
  g_auto (MadePixels) pixels = made_pixels (64, 64);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  g_autofree char *good = save ("good.jpg", jpeg->data, jpeg->len);
  g_autofree char *pipe = g_build_filename (folder, "pipe.jpg", NULL), *gone = g_build_filename (folder, "gone", NULL);
  g_autofree char *linked = g_build_filename (folder, "link.jpg", NULL), *large = save ("large.jpg", "", 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink (good, linked), ==, 0);
  g_assert_cmpint (truncate (large, QC_PICTURE_MAX_FILE + 1), ==, 0);
  const struct {
    const char *path;
    QcReaderError error;
  } rows[] = {{pipe, QC_READER_ERROR_PICTURE_OPEN},
              {gone, QC_READER_ERROR_PICTURE_OPEN},
              {folder, QC_READER_ERROR_PICTURE_OPEN},
              {"/dev/zero", QC_READER_ERROR_PICTURE_OPEN},
              {large, QC_READER_ERROR_PICTURE_LARGE}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (try_path (rows[i].path, 0, PLENTY, &error));
    g_assert_error (error, QC_READER_ERROR, (int)rows[i].error);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) picture = try_path (linked, 0, PLENTY, &error);
  g_assert_no_error (error);
  /* once it is open it may be taken away */
  int fd = qc_reader_open_picture (good, &error);
  g_assert_cmpint (g_unlink (good), ==, 0);
  g_autoptr (QcPicture) still = qc_reader_prepare_picture (fd, 0, PLENTY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (still->jpeg, picture->jpeg));
  close (fd);
}

/* ---- bounds ---- */

static void
test_confined (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE), png = made_png (&pixels, PNG_FORMAT_RGBA);
  g_autoptr (GByteArray) heic = made_heic (&pixels);
  GByteArray *const files[] = {jpeg, png, heic};
  for (gsize i = 0; i < G_N_ELEMENTS (files) && files[i] != NULL; i++) {
    g_autoptr (QcPicture) picture = prepare (files[i], 90);
#ifndef __SANITIZE_ADDRESS__
    g_assert_true (picture->confined);
#endif
  }
}

/* A thread that, with all it starts, is refused what the sandbox is made of. */
static gpointer
without_sandbox (gpointer bytes)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  g_assert_cmpint (seccomp_attr_set (filter, SCMP_FLTATR_CTL_NNP, 1), ==, 0);
  g_assert_cmpint (seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (seccomp), 0), ==, 0);
  g_assert_cmpint (
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1, SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP)),
      ==, 0);
  g_assert_cmpint (seccomp_load (filter), ==, 0);
  seccomp_release (filter);
  g_autoptr (GError) error = NULL;
  g_autofree char *described = qc_reader_describe (NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (described, "refuses"));
  QcPicture *picture = try_bytes (bytes, 0, PLENTY, &error);
  g_assert_no_error (error);
  return picture;
}

static void
test_refused_sandbox (void)
{
  g_auto (MadePixels) pixels = made_pixels (128, 96);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  g_autoptr (QcPicture) picture = g_thread_join (g_thread_new ("refused", without_sandbox, jpeg));
  g_assert_false (picture->confined);
  g_assert_cmpuint (picture->width, ==, 128);
#ifndef __SANITIZE_ADDRESS__
  g_autoptr (GError) error = NULL;
  g_autofree char *described = qc_reader_describe (NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (described, "refuses"));
#endif
}

/* ---- readers that are none ---- */

static void
set_reader (const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script), *path = save ("reader", text, -1);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("QINGCE_READER", path, TRUE);
}

static void
test_bad_readers (void)
{
  static const char *const scripts[] = {"kill -9 $$",
                                        "kill -XCPU $$",
                                        "exec yes",
                                        ":",
                                        "printf 'qingce-picture 1\\n'",
                                        "printf 'qingce-picture 1\\nfail 0 7\\nharmful\\nend 0 0\\n\\n'",
                                        "printf 'qingce-picture 1\\nfail 0 8\\nkind exe\\nend 0 0\\n\\n'"};
  g_auto (MadePixels) pixels = made_pixels (64, 64);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_test_message ("%s", scripts[i]);
    set_reader (scripts[i]);
    assert_refused (jpeg, QC_READER_ERROR_PICTURE_GIVEN_UP);
  }
  g_setenv ("QINGCE_READER", "/nonexistent/qingce-reader", TRUE);
  assert_refused (jpeg, QC_READER_ERROR_MISSING);
  g_setenv ("QINGCE_READER", program, TRUE);
}

/* The program alone, without the module that it loads for HEIC. */
static void
test_incomplete (void)
{
  g_auto (MadePixels) pixels = made_pixels (64, 64);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE), heic = g_byte_array_new ();
  g_byte_array_append (heic, (const guint8 *)"\0\0\0\30ftypheic\0\0\0\0mif1heic", 24);
  g_autofree char *copied = g_build_filename (folder, "alone", NULL), *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (program, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copied, bytes, (gssize)size, NULL));
  g_assert_cmpint (g_chmod (copied, 0700), ==, 0);
  g_setenv ("QINGCE_READER", copied, TRUE);
  assert_refused (heic, QC_READER_ERROR_MISSING);
  g_autoptr (QcPicture) picture = prepare (jpeg, 0);
  g_setenv ("QINGCE_READER", program, TRUE);
}

/* An answer of a good form with something in the picture, or a picture of another size. */
static void
test_answers (void)
{
  static const struct {
    guint width, height, preview;
    gboolean talks;
    const char *kind;
    gboolean good;
  } rows[] = {
      {64, 48, 16, FALSE, "jpeg", TRUE},   {64, 48, 16, TRUE, "jpeg", FALSE}, {48, 64, 16, FALSE, "jpeg", FALSE},
      {64, 48, 257, FALSE, "jpeg", FALSE}, {64, 48, 16, FALSE, "gif", FALSE}, {64, 48, 16, FALSE, "heic", TRUE},
  };
  g_auto (MadePixels) pixels = made_pixels (64, 48);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE), answer = g_byte_array_new ();
    if (rows[i].talks)
      made_jpeg_talk (jpeg, 1);
    g_autofree char *height = g_strdup_printf ("%u", rows[i].height);
    g_autofree guint8 *preview = g_malloc0 (rows[i].preview * 3);
    qc_picture_begin (answer);
    qc_picture_add (answer, "kind", 0, rows[i].kind, -1);
    qc_picture_add (answer, "size", rows[i].width, height, -1);
    qc_picture_add (answer, "trimmed", 0, "", 0);
    qc_picture_add (answer, "lossless", 1, "", 0);
    qc_picture_add (answer, "look", 0, "", 0);
    qc_picture_add (answer, "sandbox", 1, "", 0);
    qc_picture_add (answer, "jpeg", 0, jpeg->data, jpeg->len);
    qc_picture_add (answer, "preview", rows[i].preview, preview, (gssize)rows[i].preview * 3);
    qc_picture_end (answer);
    g_autoptr (GBytes) bytes = g_bytes_new (answer->data, answer->len);
    g_autoptr (GError) error = NULL;
    g_autoptr (QcPicture) picture = qc_picture_parse (bytes, &error);
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (picture != NULL, ==, rows[i].good);
    for (gsize n = 0; rows[i].good && n < answer->len; n += 1 + n / 8) {
      g_autoptr (GBytes) part = g_bytes_new (answer->data, n);
      g_assert_null (qc_picture_parse (part, NULL));
    }
  }
}

/* ---- the desk ---- */

typedef struct {
  guint left, good, cancelled;
} Tally;

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Tally *tally = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) picture = qc_picture_desk_prepare_finish (result, &error);
  tally->good += picture != NULL;
  tally->cancelled += g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (picture != NULL || error != NULL);
  tally->left--;
}

/* Each one notes how many there are besides it. */
static void
test_desk_bounds (void)
{
  g_autofree char *script = g_strdup_printf ("cd '%s'; mkdir -p now most; touch now/$$; touch most/$(ls now | wc -l);"
                                             " sleep 0.2; rm now/$$; exit 1",
                                             folder);
  g_autofree char *path = save ("any.jpg", "x", 1);
  g_autoptr (QcPictureDesk) desk = qc_picture_desk_new ();
  Tally tally = {.left = 4 * g_get_num_processors ()};
  set_reader (script);
  for (guint i = tally.left; i > 0; i--)
    qc_picture_desk_prepare_async (desk, path, 0, PLENTY, NULL, prepared_cb, &tally);
  while (tally.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_setenv ("QINGCE_READER", program, TRUE);
  g_autofree char *noted = g_build_filename (folder, "most", NULL);
  g_autoptr (GDir) dir = g_dir_open (noted, 0, NULL);
  guint most = 0;
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    most = MAX (most, (guint)g_ascii_strtoull (name, NULL, 10));
  g_assert_cmpuint (most, >=, 1);
  g_assert_cmpuint (most, <=, g_get_num_processors ());
  g_assert_cmpuint (tally.good, ==, 0);
}

static void
test_desk_cancel (void)
{
  g_autofree char *path = save ("any.jpg", "x", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Tally tally = {.left = 40};
  QcPictureDesk *desk = qc_picture_desk_new ();
  set_reader ("exec sleep 100");
  for (guint i = 0; i < 40; i++)
    qc_picture_desk_prepare_async (desk, path, 0, PLENTY, cancellable, prepared_cb, &tally);
  qc_picture_desk_free (desk); /* who handed in is answered nevertheless */
  g_cancellable_cancel (cancellable);
  while (tally.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (tally.cancelled, ==, 40);
  g_setenv ("QINGCE_READER", program, TRUE);
}

static void
test_desk (void)
{
  g_auto (MadePixels) pixels = made_pixels (64, 64);
  g_autoptr (GByteArray) jpeg = made_jpeg (&pixels, MADE_420, FALSE);
  g_autofree char *path = save ("desk.jpg", jpeg->data, jpeg->len), *gone = g_build_filename (folder, "gone", NULL);
  g_autoptr (QcPictureDesk) desk = qc_picture_desk_new ();
  Tally tally = {.left = 3};
  int fd = qc_reader_open_picture (path, NULL);
  qc_picture_desk_prepare_async (desk, path, 0, PLENTY, NULL, prepared_cb, &tally);
  qc_picture_desk_prepare_async (desk, gone, 0, PLENTY, NULL, prepared_cb, &tally);
  qc_picture_desk_prepare_fd_async (desk, fd, 90, PLENTY, NULL, prepared_cb, &tally);
  close (fd); /* it has its own */
  while (tally.left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (tally.good, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  program = g_strdup (g_getenv ("QINGCE_READER"));
  folder = g_dir_make_tmp ("qingce-pictures-XXXXXX", NULL);
  g_test_add_func ("/pictures/turned", test_turned);
  g_test_add_func ("/pictures/without-loss", test_without_loss);
  g_test_add_func ("/pictures/trimmed", test_trimmed);
  g_test_add_func ("/pictures/scrubbed", test_scrubbed);
  g_test_add_func ("/pictures/colours", test_colours);
  g_test_add_func ("/pictures/kinds-of-jpeg", test_kinds_of_jpeg);
  g_test_add_func ("/pictures/layers", test_layers);
  g_test_add_func ("/pictures/heavy", test_heavy);
  g_test_add_func ("/pictures/png", test_png);
  g_test_add_func ("/pictures/foreign-png", test_foreign_png);
  g_test_add_func ("/pictures/animated-png", test_animated_png);
  g_test_add_func ("/pictures/heic", test_heic);
  g_test_add_func ("/pictures/cut-off", test_cut_off);
  g_test_add_func ("/pictures/announced", test_announced);
  g_test_add_func ("/pictures/largest", test_largest);
  g_test_add_func ("/pictures/other-files", test_other_files);
  g_test_add_func ("/pictures/no-file", test_no_file);
  g_test_add_func ("/pictures/confined", test_confined);
  g_test_add_func ("/pictures/refused-sandbox", test_refused_sandbox);
  g_test_add_func ("/pictures/bad-readers", test_bad_readers);
  g_test_add_func ("/pictures/incomplete", test_incomplete);
  g_test_add_func ("/pictures/answers", test_answers);
  g_test_add_func ("/pictures/desk", test_desk);
  g_test_add_func ("/pictures/desk/bounds", test_desk_bounds);
  g_test_add_func ("/pictures/desk/cancel", test_desk_cancel);
  int result = g_test_run ();
  const char *const argv_rm[] = {"rm", "-r", "--", folder, NULL};
  g_spawn_sync (NULL, (char **)argv_rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (folder);
  g_free (program);
  return result;
}
