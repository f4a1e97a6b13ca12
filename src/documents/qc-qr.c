/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header: data, check bytes and patterns. Any thread.
 */
#include "qc-qr-private.h"

#include <string.h>

#define VERSIONS  40
#define MAX_BYTES 3706

/* Level M, by version: check bytes of a block, and blocks. */
static const guint8 check_bytes[VERSIONS]
    = {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
       26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28};
static const guint8 block_counts[VERSIONS]
    = {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
       17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49};

/* ---- how much fits ---- */

static int
count_alignments (int version)
{
  return version == 1 ? 0 : version / 7 + 2; /* along a side */
}

/* Bytes of data and check together: what the patterns leave. */
static int
count_bytes (int version)
{
  int bits = (16 * version + 128) * version + 64, k = count_alignments (version);
  if (k > 0)
    bits -= (25 * k - 10) * k - 55;
  if (version >= 7)
    bits -= 36;
  return bits / 8;
}

static int
count_data (int version)
{
  return count_bytes (version) - check_bytes[version - 1] * block_counts[version - 1];
}

static int
header_bits (int version)
{
  return version < 10 ? 12 : 20;
}

/* 0 if none is large enough. */
static int
find_version (gsize size)
{
  for (int version = 1; version <= VERSIONS; version++)
    if (8 * size + (gsize)header_bits (version) <= 8 * (gsize)count_data (version))
      return version;
  return 0;
}

/* ---- data and check bytes ---- */

static void
put_bits (guint8 *out, int *at, guint value, int n)
{
  for (int i = n - 1; i >= 0; i--, (*at)++)
    out[*at / 8] |= (guint8)((value >> i & 1) << (7 - *at % 8));
}

static void
write_data (int version, const char *text, gsize size, guint8 *out)
{
  int total = count_data (version), at = 0;
  put_bits (out, &at, 4, 4); /* bytes */
  put_bits (out, &at, (guint)size, header_bits (version) - 4);
  for (gsize i = 0; i < size; i++)
    put_bits (out, &at, (guint8)text[i], 8);
  at = (MIN (at + 4, 8 * total) + 7) / 8; /* zeros say that this is the end */
  for (guint8 pad = 0xec; at < total; at++, pad ^= 0xec ^ 0x11)
    out[at] = pad;
}

typedef struct {
  guint8 power[510], log[256];
} Field;

/* Of 256 elements, over x⁸ + x⁴ + x³ + x² + 1. */
static void
field_init (Field *field)
{
  guint x = 1;
  memset (field, 0, sizeof *field);
  for (guint i = 0; i < 255; i++) {
    field->power[i] = field->power[i + 255] = (guint8)x;
    field->log[x] = (guint8)i;
    x = x << 1 ^ (x & 0x80 ? 0x11d : 0);
  }
}

/* The logarithms of the coefficients of (x - 1)(x - 2)(x - 4)…, without the first, which is 1. */
static void
make_divisor (const Field *field, int n, guint8 *logs)
{
  guint8 coefficients[64] = {1};
  for (int degree = 0; degree < n; degree++) {
    for (int i = degree + 1; i > 0; i--)
      if (coefficients[i - 1] != 0)
        coefficients[i] ^= field->power[field->log[coefficients[i - 1]] + degree];
  }
  for (int i = 0; i < n; i++)
    logs[i] = field->log[coefficients[i + 1]];
}

static void
divide (const Field *field, const guint8 *data, int n_data, const guint8 *divisor, int n, guint8 *rest)
{
  memset (rest, 0, (gsize)n);
  for (int i = 0; i < n_data; i++) {
    guint8 factor = data[i] ^ rest[0];
    memmove (rest, rest + 1, (gsize)n - 1);
    rest[n - 1] = 0;
    for (int k = 0; k < n && factor != 0; k++)
      rest[k] ^= field->power[field->log[factor] + divisor[k]];
  }
}

/* Blocks byte by byte in turn; the longer ones, by one byte, are the last. */
static void
interleave (int version, const guint8 *data, guint8 *out)
{
  int n_blocks = block_counts[version - 1], n_check = check_bytes[version - 1];
  int n_data = count_data (version), shorter = n_data / n_blocks, n_short = n_blocks - n_data % n_blocks;
  Field field;
  guint8 divisor[64], rest[64];
  field_init (&field);
  make_divisor (&field, n_check, divisor);
  for (int b = 0, at = 0; b < n_blocks; b++) {
    int length = shorter + (b >= n_short ? 1 : 0);
    for (int i = 0; i < length; i++)
      out[i < shorter ? i * n_blocks + b : shorter * n_blocks + b - n_short] = data[at + i];
    divide (&field, data + at, length, divisor, n_check, rest);
    for (int i = 0; i < n_check; i++)
      out[n_data + i * n_blocks + b] = rest[i];
    at += length;
  }
}

/* ---- patterns ---- */

static void
set_module (QcSymbol *symbol, int x, int y, gboolean dark)
{
  qc_line_set (&symbol->rows[y], x, dark);
  qc_line_set (&symbol->columns[x], y, dark);
}

static void
set_fixed (QcSymbol *symbol, int x, int y, gboolean dark)
{
  if (x < 0 || y < 0 || x >= symbol->n || y >= symbol->n)
    return;
  set_module (symbol, x, y, dark);
  qc_line_set (&symbol->fixed_rows[y], x, TRUE);
  qc_line_set (&symbol->fixed_columns[x], y, TRUE);
}

/* Squares within each other around @x, @y: dark where @rings has the bit of their distance. */
static void
draw_rings (QcSymbol *symbol, int x, int y, int radius, guint rings)
{
  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      set_fixed (symbol, x + dx, y + dy, (rings >> MAX (ABS (dx), ABS (dy)) & 1) != 0);
}

static int
alignment_at (const QcSymbol *symbol, int i)
{
  int k = count_alignments (symbol->version);
  int step = symbol->version == 32 ? 26 : (symbol->version * 4 + k * 2 + 1) / (k * 2 - 2) * 2;
  return i == 0 ? 6 : symbol->n - 7 - (k - 1 - i) * step;
}

static void
draw_alignments (QcSymbol *symbol)
{
  int k = count_alignments (symbol->version);
  for (int i = 0; i < k; i++)
    for (int j = 0; j < k; j++)
      if (!(i == 0 && j == 0) && !(i == 0 && j == k - 1) && !(i == k - 1 && j == 0))
        draw_rings (symbol, alignment_at (symbol, i), alignment_at (symbol, j), 2, 0x5);
}

/* @value with @n bits that check it. */
static guint
with_check (guint value, guint divisor, int n)
{
  guint rest = value;
  for (int i = 0; i < n; i++)
    rest = rest << 1 ^ ((rest >> (n - 1)) & 1) * divisor;
  return value << n | rest;
}

static void
draw_version (QcSymbol *symbol)
{
  guint bits = with_check ((guint)symbol->version, 0x1f25, 12);
  for (int i = 0; i < 18 && symbol->version >= 7; i++) {
    gboolean dark = (bits >> i & 1) != 0;
    set_fixed (symbol, symbol->n - 11 + i % 3, i / 3, dark);
    set_fixed (symbol, i / 3, symbol->n - 11 + i % 3, dark);
  }
}

/* Level M is 00; which mask there is, twice. */
void
qc_qr_draw_format (QcSymbol *symbol, int mask)
{
  guint bits = with_check ((guint)mask, 0x537, 10) ^ 0x5412;
  for (int i = 0; i < 15; i++) {
    gboolean dark = (bits >> i & 1) != 0;
    if (i < 8) {
      set_fixed (symbol, 8, i < 6 ? i : i + 1, dark);
      set_fixed (symbol, symbol->n - 1 - i, 8, dark);
    } else {
      set_fixed (symbol, i == 8 ? 7 : 14 - i, 8, dark);
      set_fixed (symbol, 8, symbol->n - 15 + i, dark);
    }
  }
  set_fixed (symbol, 8, symbol->n - 8, TRUE);
}

static void
draw_patterns (QcSymbol *symbol)
{
  for (int i = 0; i < symbol->n; i++) {
    set_fixed (symbol, 6, i, i % 2 == 0);
    set_fixed (symbol, i, 6, i % 2 == 0);
  }
  draw_rings (symbol, 3, 3, 4, 0xb);
  draw_rings (symbol, symbol->n - 4, 3, 4, 0xb);
  draw_rings (symbol, 3, symbol->n - 4, 4, 0xb);
  draw_alignments (symbol);
  draw_version (symbol);
  qc_qr_draw_format (symbol, 0);
}

/* Two columns at a time, from the right, up and down in turn, where no pattern is. */
static void
draw_bytes (QcSymbol *symbol, const guint8 *bytes, int n_bits)
{
  int at = 0;
  for (int right = symbol->n - 1; right > 0; right -= right == 8 ? 3 : 2) {
    gboolean up = ((right + 1) & 2) == 0;
    for (int i = 0; i < symbol->n; i++)
      for (int x = right; x > right - 2; x--) {
        int y = up ? symbol->n - 1 - i : i;
        if (qc_line_get (&symbol->fixed_rows[y], x) || at >= n_bits)
          continue;
        if ((bytes[at / 8] >> (7 - at % 8) & 1) != 0)
          set_module (symbol, x, y, TRUE);
        at++;
      }
  }
}

/* ---- the code ---- */

gboolean
qc_qr_init (QcQr *qr, const char *text)
{
  gsize size = strlen (text);
  int version = find_version (size);
  guint8 data[MAX_BYTES] = {0}, bytes[MAX_BYTES] = {0};
  QcSymbol symbol = {.version = version, .n = 17 + 4 * version};
  memset (qr, 0, sizeof *qr);
  if (version == 0)
    return FALSE;
  write_data (version, text, size, data);
  interleave (version, data, bytes);
  draw_patterns (&symbol);
  draw_bytes (&symbol, bytes, 8 * count_bytes (version));
  qc_qr_apply_best_mask (&symbol);
  qr->n = symbol.n;
  qr->modules = g_malloc ((gsize)qr->n * (gsize)qr->n);
  for (int y = 0; y < qr->n; y++)
    for (int x = 0; x < qr->n; x++)
      qr->modules[y * qr->n + x] = qc_line_get (&symbol.rows[y], x) ? 1 : 0;
  return TRUE;
}

void
qc_qr_clear (QcQr *qr)
{
  g_clear_pointer (&qr->modules, g_free);
}
