/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. A chain of sectors is followed for as many steps as there are sectors, and every place is held
 * against the file's end. One thread.
 */
#include "qc-ole.h"

#include <string.h>

#define HEADER      512
#define ENTRY       128
#define IN_HEADER   109 /* sectors of the table that the header names */
#define MINI_SHIFT  6
#define MINI_CUTOFF 4096
#define LAST_SECTOR 0xfffffffau /* what is more is no sector but a mark */
#define NO_ENTRY    0xffffffffu
#define STREAM      2
#define ROOT        5

struct _QcOle {
  const guint8 *data; /* borrowed */
  gsize size;
  guint shift;           /* of a sector's size */
  GArray *table;         /* (owned) guint32: which sector follows */
  GArray *mini_table;    /* (owned) guint32: the same of the small ones, which lie in @mini */
  GByteArray *mini;      /* (owned) */
  GByteArray *directory; /* (owned) */
};

static guint32
get16 (const guint8 *p)
{
  return (guint32)(p[0] | p[1] << 8);
}

static guint32
get32 (const guint8 *p)
{
  return get16 (p) | get16 (p + 2) << 16;
}

/* The bytes of @sector, as many as the file has; NULL where it has none. */
static const guint8 *
get_sector (const QcOle *ole, guint32 sector, gsize *out_length)
{
  guint64 offset = ((guint64)sector + 1) << ole->shift;
  if (sector > LAST_SECTOR || offset >= ole->size)
    return NULL;
  *out_length = (gsize)MIN ((guint64)1 << ole->shift, ole->size - offset);
  return ole->data + offset;
}

/* The whole chain from @first, or as much of it as @wanted bytes take; FALSE where it leaves the file or has no end. */
static gboolean
read_chain (const QcOle *ole, guint32 first, gsize wanted, GByteArray *out)
{
  guint steps = 0;
  for (guint32 sector = first; sector <= LAST_SECTOR && out->len < wanted;
       sector = g_array_index (ole->table, guint32, sector)) {
    gsize length;
    const guint8 *bytes = get_sector (ole, sector, &length);
    if (bytes == NULL || sector >= ole->table->len || steps++ > ole->table->len)
      return FALSE;
    g_byte_array_append (out, bytes, (guint)length);
  }
  return TRUE;
}

static void
append_table (GArray *table, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i + 4 <= length; i += 4) {
    guint32 next = get32 (bytes + i);
    g_array_append_val (table, next);
  }
}

static gboolean
append_sector (QcOle *ole, guint32 sector, gsize most)
{
  gsize length;
  const guint8 *bytes = get_sector (ole, sector, &length);
  if (bytes == NULL)
    return FALSE;
  if (ole->table->len < most)
    append_table (ole->table, bytes, length);
  return TRUE;
}

/* Which sectors the table lies in: the first ones are named by the header, the others by a chain of their own. */
static gboolean
read_table (QcOle *ole)
{
  const gsize most = (ole->size >> ole->shift) + 1, in_sector = ((gsize)1 << ole->shift) / 4 - 1;
  for (guint i = 0; i < IN_HEADER; i++) {
    guint32 sector = get32 (ole->data + 0x4c + i * 4);
    if (sector <= LAST_SECTOR && !append_sector (ole, sector, most))
      return FALSE;
  }
  gsize steps = 0;
  for (guint32 more = get32 (ole->data + 0x44); more <= LAST_SECTOR && ole->table->len < most;) {
    gsize length;
    const guint8 *bytes = get_sector (ole, more, &length);
    if (bytes == NULL || length < (in_sector + 1) * 4 || steps++ > most)
      return FALSE;
    for (gsize i = 0; i < in_sector; i++) {
      guint32 sector = get32 (bytes + i * 4);
      if (sector <= LAST_SECTOR && !append_sector (ole, sector, most))
        return FALSE;
    }
    more = get32 (bytes + in_sector * 4);
  }
  return TRUE;
}

/* Small streams lie together in one of the root's. */
static gboolean
read_small (QcOle *ole)
{
  const guint8 *root = ole->directory->data;
  g_autoptr (GByteArray) table = g_byte_array_new ();
  if (ole->directory->len < ENTRY || root[0x42] != ROOT)
    return FALSE;
  gsize size = get32 (root + 0x78);
  if (size == 0)
    return TRUE;
  if (size > ole->size || !read_chain (ole, get32 (ole->data + 0x3c), G_MAXSIZE, table)
      || !read_chain (ole, get32 (root + 0x74), size, ole->mini))
    return FALSE;
  append_table (ole->mini_table, table->data, table->len);
  return TRUE;
}

QcOle *
qc_ole_open (const guint8 *data, gsize size)
{
  g_autoptr (QcOle) ole = g_new0 (QcOle, 1);
  ole->data = data;
  ole->size = size;
  ole->table = g_array_new (FALSE, FALSE, sizeof (guint32));
  ole->mini_table = g_array_new (FALSE, FALSE, sizeof (guint32));
  ole->mini = g_byte_array_new ();
  ole->directory = g_byte_array_new ();
  if (size < HEADER)
    return NULL;
  ole->shift = get16 (data + 0x1e);
  if ((ole->shift != 9 && ole->shift != 12) || !read_table (ole)
      || !read_chain (ole, get32 (data + 0x30), G_MAXSIZE, ole->directory) || !read_small (ole))
    return NULL;
  return g_steal_pointer (&ole);
}

void
qc_ole_close (QcOle *ole)
{
  if (ole == NULL)
    return;
  g_array_unref (ole->table);
  g_array_unref (ole->mini_table);
  g_byte_array_unref (ole->mini);
  g_byte_array_unref (ole->directory);
  g_free (ole);
}

/* ---- streams ---- */

static gboolean
is_named (const guint8 *entry, const char *name)
{
  gsize length = strlen (name);
  if (entry[0x42] != STREAM || get16 (entry + 0x40) != (length + 1) * 2)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (entry[i * 2 + 1] != 0 || g_ascii_tolower (entry[i * 2]) != g_ascii_tolower (name[i]))
      return FALSE;
  return TRUE;
}

/* Entries beside each other are a tree; what is embedded hangs below them and is not looked at. */
static const guint8 *
find (const QcOle *ole, const char *name)
{
  const guint n = ole->directory->len / ENTRY;
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 child = get32 (ole->directory->data + 0x4c);
  g_array_append_val (waiting, child);
  for (guint steps = 0; waiting->len > 0 && steps <= n * 2; steps++) {
    guint32 at = g_array_index (waiting, guint32, waiting->len - 1);
    g_array_set_size (waiting, waiting->len - 1);
    if (at == NO_ENTRY || at >= n)
      continue;
    const guint8 *entry = ole->directory->data + (gsize)at * ENTRY;
    if (is_named (entry, name))
      return entry;
    guint32 sides[] = {get32 (entry + 0x44), get32 (entry + 0x48)};
    g_array_append_vals (waiting, sides, G_N_ELEMENTS (sides));
  }
  return NULL;
}

gboolean
qc_ole_has (const QcOle *ole, const char *name)
{
  return find (ole, name) != NULL;
}

static gboolean
read_mini_chain (const QcOle *ole, guint32 first, gsize wanted, GByteArray *out)
{
  guint steps = 0;
  for (guint32 sector = first; sector <= LAST_SECTOR && out->len < wanted;
       sector = g_array_index (ole->mini_table, guint32, sector)) {
    gsize offset = (gsize)sector << MINI_SHIFT;
    if (sector >= ole->mini_table->len || offset >= ole->mini->len || steps++ > ole->mini_table->len)
      return FALSE;
    g_byte_array_append (out, ole->mini->data + offset, (guint)MIN ((gsize)1 << MINI_SHIFT, ole->mini->len - offset));
  }
  return TRUE;
}

GByteArray *
qc_ole_read (const QcOle *ole, const char *name)
{
  const guint8 *entry = find (ole, name);
  if (entry == NULL)
    return NULL;
  gsize size = get32 (entry + 0x78);
  guint32 first = get32 (entry + 0x74);
  GByteArray *stream = g_byte_array_new ();
  gboolean whole
      = size <= ole->size
        && (size < MINI_CUTOFF ? read_mini_chain (ole, first, size, stream) : read_chain (ole, first, size, stream))
        && stream->len >= size;
  if (!whole) {
    g_byte_array_unref (stream);
    return NULL;
  }
  g_byte_array_set_size (stream, (guint)size);
  return stream;
}
