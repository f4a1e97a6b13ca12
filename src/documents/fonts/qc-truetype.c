/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-truetype.h"

#include <string.h>

enum { X_MIN, Y_MIN, X_MAX, Y_MAX };

struct _QcTruetype {
  GByteArray *outlines;   /* (owned) table glyf */
  GByteArray *metrics;    /* (owned) table hmtx */
  GArray *offsets;        /* (owned) guint32: where each glyph begins */
  guint widest;           /* advance */
  guint points, contours; /* the most in one glyph */
  int box[4];
};

static void
put16 (GByteArray *out, int value)
{
  const guint8 bytes[] = {(guint8)(value >> 8), (guint8)value};
  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
put32 (GByteArray *out, guint32 value)
{
  put16 (out, (int)(value >> 16));
  put16 (out, (int)(value & 0xffff));
}

QcTruetype *
qc_truetype_new (void)
{
  QcTruetype *self = g_new0 (QcTruetype, 1);
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (QcOutlinePoint));
  self->outlines = g_byte_array_new ();
  self->metrics = g_byte_array_new ();
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  qc_truetype_add (self, nothing, QC_OUTLINE_UPEM);
  return self;
}

void
qc_truetype_free (QcTruetype *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->outlines);
  g_byte_array_unref (self->metrics);
  g_array_unref (self->offsets);
  g_free (self);
}

/* ---- a glyph ---- */

static void
measure (const GArray *outline, int box[4])
{
  const QcOutlinePoint *points = (const QcOutlinePoint *)(gconstpointer)outline->data;
  for (guint i = 0; i < outline->len; i++) {
    box[X_MIN] = i == 0 ? points[i].x : MIN (box[X_MIN], points[i].x);
    box[Y_MIN] = i == 0 ? points[i].y : MIN (box[Y_MIN], points[i].y);
    box[X_MAX] = i == 0 ? points[i].x : MAX (box[X_MAX], points[i].x);
    box[Y_MAX] = i == 0 ? points[i].y : MAX (box[Y_MAX], points[i].y);
  }
}

/* A way along one axis: in the flags if there is none, in a byte and its sign in the flags, or in two bytes. */
static guint8
put_way (guint8 **at, int way, guint8 is_short, guint8 is_same)
{
  if (way == 0)
    return is_same;
  if (ABS (way) > 255) {
    *(*at)++ = (guint8)(way >> 8);
    *(*at)++ = (guint8)way;
    return 0;
  }
  *(*at)++ = (guint8)ABS (way);
  return is_short | (way > 0 ? is_same : 0);
}

/* Flags of all points, then all ways along x, then along y. */
static void
put_points (GByteArray *out, const GArray *outline)
{
  gsize n = outline->len;
  g_autofree guint8 *flags = g_malloc (5 * n);
  guint8 *xs = flags + n, *ys = flags + 3 * n, *x_end = xs, *y_end = ys;
  int x = 0, y = 0;
  for (guint i = 0; i < n; i++) {
    const QcOutlinePoint *point = &g_array_index (outline, QcOutlinePoint, i);
    flags[i] = point->is_on ? 0x01 : 0;
    flags[i] |= put_way (&x_end, point->x - x, 0x02, 0x10);
    flags[i] |= put_way (&y_end, point->y - y, 0x04, 0x20);
    x = point->x;
    y = point->y;
  }
  g_byte_array_append (out, flags, (guint)(x_end - flags));
  g_byte_array_append (out, ys, (guint)(y_end - ys));
}

static guint
count_contours (const GArray *outline)
{
  guint n = 0;
  for (guint i = 0; i < outline->len; i++)
    n += g_array_index (outline, QcOutlinePoint, i).ends ? 1 : 0;
  return n;
}

static void
put_glyph (GByteArray *out, const GArray *outline, const int box[4])
{
  put16 (out, (int)count_contours (outline));
  for (int i = 0; i < 4; i++)
    put16 (out, box[i]);
  for (guint i = 0; i < outline->len; i++)
    if (g_array_index (outline, QcOutlinePoint, i).ends)
      put16 (out, (int)i);
  put16 (out, 0); /* no instructions */
  put_points (out, outline);
  if (out->len % 2 != 0)
    g_byte_array_append (out, (const guint8 *)"", 1);
}

static void
widen (QcTruetype *self, const int box[4])
{
  gboolean first = self->points == 0;
  for (int i = 0; i < 4; i++)
    self->box[i] = first ? box[i] : i < X_MAX ? MIN (self->box[i], box[i]) : MAX (self->box[i], box[i]);
}

guint
qc_truetype_add (QcTruetype *self, const GArray *outline, guint advance)
{
  guint32 offset = self->outlines->len;
  g_array_append_val (self->offsets, offset);
  int box[4] = {0};
  if (outline->len > 0) {
    measure (outline, box);
    put_glyph (self->outlines, outline, box);
    widen (self, box);
    self->points = MAX (self->points, outline->len);
    self->contours = MAX (self->contours, count_contours (outline));
  }
  put16 (self->metrics, (int)advance);
  put16 (self->metrics, box[X_MIN]);
  self->widest = MAX (self->widest, advance);
  return self->offsets->len - 1;
}

void
qc_truetype_get_box (const QcTruetype *self, int box[4])
{
  memcpy (box, self->box, sizeof self->box);
}

/* ---- tables ---- */

static gboolean
is_long (const QcTruetype *self)
{
  return self->outlines->len > 2 * 0xffff;
}

static GByteArray *
make_head (const QcTruetype *self)
{
  GByteArray *out = g_byte_array_new ();
  put32 (out, 0x00010000);
  put32 (out, 0x00010000);
  put32 (out, 0); /* the sum of the file comes here */
  put32 (out, 0x5F0F3CF5);
  put16 (out, 3); /* the base line is y = 0, the left side x = 0 */
  put16 (out, QC_OUTLINE_UPEM);
  for (int i = 0; i < 4; i++)
    put32 (out, 0); /* when it was made: the same each time */
  for (int i = 0; i < 4; i++)
    put16 (out, self->box[i]);
  put16 (out, 0);
  put16 (out, 8);
  put16 (out, 2);
  put16 (out, is_long (self) ? 1 : 0);
  put16 (out, 0);
  return out;
}

static GByteArray *
make_hhea (const QcTruetype *self, int ascent, int descent)
{
  GByteArray *out = g_byte_array_new ();
  put32 (out, 0x00010000);
  put16 (out, ascent);
  put16 (out, descent);
  put16 (out, 0);
  put16 (out, (int)self->widest);
  put16 (out, self->box[X_MIN]);
  put16 (out, 0);
  put16 (out, self->box[X_MAX]);
  put16 (out, 1);
  for (int i = 0; i < 7; i++)
    put16 (out, 0);
  put16 (out, (int)self->offsets->len);
  return out;
}

static GByteArray *
make_loca (const QcTruetype *self)
{
  GByteArray *out = g_byte_array_new ();
  for (guint i = 0; i <= self->offsets->len; i++) {
    guint32 offset = i < self->offsets->len ? g_array_index (self->offsets, guint32, i) : self->outlines->len;
    if (is_long (self))
      put32 (out, offset);
    else
      put16 (out, (int)(offset / 2));
  }
  return out;
}

static GByteArray *
make_maxp (const QcTruetype *self)
{
  GByteArray *out = g_byte_array_new ();
  put32 (out, 0x00010000);
  put16 (out, (int)self->offsets->len);
  put16 (out, (int)self->points);
  put16 (out, (int)self->contours);
  put16 (out, 0);
  put16 (out, 0);
  put16 (out, 2);
  for (int i = 0; i < 8; i++)
    put16 (out, 0);
  return out;
}

/* ---- the file ---- */

static guint32
sum_of (const guint8 *data, gsize size)
{
  guint32 sum = 0;
  for (gsize i = 0; i < size; i++)
    sum += (guint32)data[i] << (24 - 8 * (i % 4));
  return sum;
}

static void
put_directory (GByteArray *out, const char *const *names, GByteArray *const *tables, guint n)
{
  guint32 offset = 12 + 16 * n;
  put32 (out, 0x00010000);
  put16 (out, (int)n);
  put16 (out, 64); /* for four tables and more, fewer than eight */
  put16 (out, 2);
  put16 (out, (int)(16 * n - 64));
  for (guint i = 0; i < n; i++) {
    g_byte_array_append (out, (const guint8 *)names[i], 4);
    put32 (out, sum_of (tables[i]->data, tables[i]->len));
    put32 (out, offset);
    put32 (out, tables[i]->len);
    offset += (tables[i]->len + 3) / 4 * 4;
  }
}

GBytes *
qc_truetype_finish (QcTruetype *self, int ascent, int descent)
{
  static const char *const names[] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
  g_autoptr (GByteArray) head = make_head (self), hhea = make_hhea (self, ascent, descent);
  g_autoptr (GByteArray) loca = make_loca (self), maxp = make_maxp (self);
  GByteArray *const tables[] = {self->outlines, head, hhea, self->metrics, loca, maxp};
  GByteArray *out = g_byte_array_new ();
  put_directory (out, names, tables, G_N_ELEMENTS (tables));
  gsize at_head = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    if (tables[i] == head)
      at_head = out->len;
    g_byte_array_append (out, tables[i]->data, tables[i]->len);
    while (out->len % 4 != 0)
      g_byte_array_append (out, (const guint8 *)"", 1);
  }
  guint32 sum = 0xB1B0AFBA - sum_of (out->data, out->len);
  for (int i = 0; i < 4; i++)
    out->data[at_head + 8 + (gsize)i] = (guint8)(sum >> (24 - 8 * i));
  return g_byte_array_free_to_bytes (out);
}
