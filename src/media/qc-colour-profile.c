/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Written as version 4.3 of the ICC's specification, a display of red, green and blue. Pure; any
 * thread.
 */
#include "qc-colour-profile.h"

#include <string.h>

enum { HEAD = 128, ENTRY = 12, MAX_TAGS = 100, MAX_CURVE = 4096 };

#define DAY50 "\0\0\366\326\0\1\0\0\0\0\323\55" /* the white that profiles refer to */

static guint
read_number (const guint8 *p, guint bytes)
{
  guint value = 0;
  for (guint i = 0; i < bytes; i++)
    value = value << 8 | p[i];
  return value;
}

/* How many bytes of the element at @p belong to it, or 0 where it is none of colours. */
static gsize
measure (const guint8 *p, gsize size)
{
  static const guint8 parameters[] = {1, 3, 4, 5, 7};
  gsize wanted = 0;
  if (size >= 20 && memcmp (p, "XYZ ", 4) == 0)
    wanted = 20;
  else if (size >= 44 && memcmp (p, "sf32", 4) == 0)
    wanted = 44;
  else if (size >= 12 && memcmp (p, "curv", 4) == 0 && read_number (p + 8, 4) <= MAX_CURVE)
    wanted = 12 + 2 * (gsize)read_number (p + 8, 4);
  else if (size >= 12 && memcmp (p, "para", 4) == 0 && read_number (p + 8, 2) < G_N_ELEMENTS (parameters))
    wanted = 12 + 4 * (gsize)parameters[read_number (p + 8, 2)];
  return wanted <= size ? wanted : 0;
}

/* The element of the name @tag with its @length, or NULL. */
static const guint8 *
find (const guint8 *profile, gsize size, const char *tag, gsize *length)
{
  guint n = read_number (profile + HEAD, 4);
  for (guint i = 0; i < MIN (n, MAX_TAGS) && HEAD + 4 + (gsize)(i + 1) * ENTRY <= size; i++) {
    const guint8 *entry = profile + HEAD + 4 + (gsize)i * ENTRY;
    gsize at = read_number (entry + 4, 4), bytes = read_number (entry + 8, 4);
    if (memcmp (entry, tag, 4) != 0 || at > size || bytes > size - at)
      continue;
    *length = measure (profile + at, bytes);
    return *length > 0 ? profile + at : NULL;
  }
  return NULL;
}

static void
put_number (guint8 *p, gsize value)
{
  for (guint i = 0; i < 4; i++)
    p[i] = (guint8)(value >> (24 - 8 * i));
}

/* Entry @i is @tag with these bytes behind what there is; the same bytes stand there once. */
static void
put (GByteArray *out, guint i, const char *tag, const guint8 *bytes, gsize length)
{
  static const guint8 zeros[3] = {0};
  const gsize head = HEAD + 4 + (gsize)read_number (out->data + HEAD, 4) * ENTRY;
  const guint8 *there = i > 0 ? memmem (out->data + head, out->len - head, bytes, length) : NULL;
  gsize at = there != NULL && (there - out->data) % 4 == 0 ? (gsize)(there - out->data) : out->len;
  if (at == out->len) {
    g_byte_array_append (out, bytes, (guint)length);
    g_byte_array_append (out, zeros, (4 - length % 4) % 4);
  }
  guint8 *entry = out->data + HEAD + 4 + (gsize)i * ENTRY;
  memcpy (entry, tag, 4);
  put_number (entry + 4, at);
  put_number (entry + 8, length);
}

static void
put_head (GByteArray *out, guint n)
{
  g_byte_array_set_size (out, HEAD + 4 + n * ENTRY);
  memset (out->data, 0, out->len);
  out->data[8] = 4, out->data[9] = 0x30;
  memcpy (out->data + 12, "mntrRGB XYZ \7\320\0\1\0\1\0\0\0\0\0\0acsp", 28);
  memcpy (out->data + 68, DAY50, 12);
  put_number (out->data + HEAD, n);
}

GBytes *
qc_colour_profile_keep (const guint8 *profile, gsize size)
{
  static const char *const wanted[] = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
  static const char words[] = "mluc\0\0\0\0\0\0\0\1\0\0\0\14enUS\0\0\0\6\0\0\0\34\0R\0G\0B";
  if (size < HEAD + 4 || memcmp (profile + 36, "acsp", 4) != 0 || memcmp (profile + 16, "RGB XYZ ", 8) != 0)
    return NULL;
  gsize length = 0;
  const guint8 *adapted = find (profile, size, "chad", &length);
  if (adapted != NULL && memcmp (adapted, "sf32", 4) != 0)
    adapted = NULL;
  guint n = 0;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  put_head (out, 3 + G_N_ELEMENTS (wanted) + (adapted != NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const guint8 *bytes = find (profile, size, wanted[i], &length);
    if (bytes == NULL || (memcmp (bytes, "XYZ ", 4) == 0) != (i < 3) || memcmp (bytes, "sf32", 4) == 0)
      return NULL;
    put (out, n++, wanted[i], bytes, length);
  }
  if (adapted != NULL)
    put (out, n++, "chad", adapted, 44);
  put (out, n++, "wtpt", (const guint8 *)"XYZ \0\0\0\0" DAY50, 20);
  put (out, n++, "desc", (const guint8 *)words, sizeof words - 1);
  put (out, n++, "cprt", (const guint8 *)words, sizeof words - 1);
  put_number (out->data, out->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
qc_colour_profile_is_kept (const guint8 *profile, gsize size)
{
  g_autoptr (GBytes) kept = qc_colour_profile_keep (profile, size);
  return kept != NULL && g_bytes_get_size (kept) == size && memcmp (g_bytes_get_data (kept, NULL), profile, size) == 0;
}
