/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: the first byte says how it is to be turned, the rest is a picture. What qingce-reader makes ready is
 * made ready in this process: refused with a reason, or a picture that has nothing in it but itself and is as large as
 * was said.
 */
#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "qc-heic.h"
#include "qc-jpeg.h"
#include "qc-picture.h"

#define MOST       (1024 * 1024)
#define FEW_PIXELS 1000000.0 /* larger ones take time, and are of no other kind */

static guint32
read_number (const guint8 *p)
{
  guint32 number;
  memcpy (&number, p, 4);
  return GUINT32_FROM_BE (number);
}

static gboolean
is_large (const guint8 *data, gsize size)
{
  QcJpegHeader header;
  qc_jpeg_read_header (data, size, &header);
  double pixels = (double)header.width * header.height;
  if (size > 24 && memcmp (data, "\211PNG", 4) == 0) {
    pixels = (double)read_number (data + 16) * read_number (data + 20);
  }
  return pixels > FEW_PIXELS && pixels <= QC_PICTURE_MAX_PIXELS;
}

/* A part of a PNG whose sum is wrong is not looked at: they are made right, so that what was changed in it is. */
static void
mend_sums (guint8 *data, gsize size)
{
  if (size < 8 || memcmp (data, "\211PNG", 4) != 0)
    return;
  for (gsize at = 8; size - at >= 12;) {
    gsize length = read_number (data + at);
    if (length > size - at - 12)
      return;
    guint32 sum = GUINT32_TO_BE ((guint32)crc32 (0, data + at + 4, (uInt)length + 4));
    memcpy (data + at + 8 + length, &sum, 4);
    at += 12 + length;
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static QcReadHeic read_heic = NULL;
  if (read_heic == NULL)
    read_heic = qc_heic_begin ();
  if (size == 0 || is_large (data + 1, size - 1))
    return 0;
  g_autofree guint8 *exact = g_memdup2 (data + 1, size - 1);
  mend_sums (exact, size - 1);
  GByteArray *said = g_byte_array_new ();
  const QcPrepareHow how = {data[0] % 4 * 90, MOST, read_heic, TRUE};
  qc_prepare_picture (said, exact, size - 1, &how);
  qc_picture_end (said);
  g_autoptr (GBytes) answer = g_byte_array_free_to_bytes (said);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcPicture) picture = qc_picture_parse (answer, &error);
  if (picture == NULL && (error == NULL || error->code == QC_READER_ERROR_BROKEN))
    g_error ("refused without a reason");
  if (picture != NULL && g_bytes_get_size (picture->jpeg) > MOST)
    g_error ("larger than was asked for");
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  *out = (guint8)strlen (name);
  return NULL;
}
