/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A JPEG by its markers, with nothing in it but a picture that nobody can see: as large as wanted, and another one for
 * each @seed. For whoever moves pictures and does not decode them. Any thread.
 */
#pragma once

#include <glib.h>
#include <string.h>

#define BARE_JPEG_BEGIN \
  "\377\330\377\340\0\020JFIF\0\1\1\0\0\1\0\1\0\0\377\300\0\013\10\0\60\0\100\1\1\21\0\377\332\0\010\1\1\0\0\77\0"
#define BARE_JPEG_END    "\377\331"
#define BARE_JPEG_SECRET "\377\341\0\020Exif\0\0secret!!" /* behind the first marker, it is not bare any more */

static inline GBytes *
bare_jpeg (gsize size, guint8 seed)
{
  const gsize begin = sizeof BARE_JPEG_BEGIN - 1, end = sizeof BARE_JPEG_END - 1;
  g_assert_cmpuint (size, >, begin + end);
  guint8 *bytes = g_malloc (size);
  memset (bytes, seed % 250, size);
  memcpy (bytes, BARE_JPEG_BEGIN, begin);
  for (gsize i = begin; i + end < size; i++)
    bytes[i] = (guint8)((i * 7 + i / 251 + seed) % 251);
  memcpy (bytes + size - end, BARE_JPEG_END, end);
  return g_bytes_new_take (bytes, size);
}

/* @jpeg with EXIF in it. (transfer full) */
static inline GBytes *
talking_jpeg (GBytes *jpeg)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, data, 2);
  g_byte_array_append (out, (const guint8 *)BARE_JPEG_SECRET, sizeof BARE_JPEG_SECRET - 1);
  g_byte_array_append (out, data + 2, (guint)size - 2);
  return g_byte_array_free_to_bytes (out);
}
