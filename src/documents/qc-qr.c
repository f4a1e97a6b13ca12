/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. A symbol is kept twice, by rows and by columns, a bit a module, so that both are judged alike.
 */
#include "qc-qr.h"

#include <string.h>

#define VERSIONS  40
#define LARGEST   177 /* modules a side */
#define WORDS     3   /* of 64 bits, for that many */
#define MAX_BYTES 3706
#define N_MASKS   8
#define PERIOD    12 /* every mask repeats itself after so many modules, in both directions */

typedef struct {
  guint64 w[WORDS];
} Line;

typedef struct {
  int version, n;
  Line rows[LARGEST], columns[LARGEST];             /* which modules are dark */
  Line fixed_rows[LARGEST], fixed_columns[LARGEST]; /* which no mask may touch */
} Symbol;

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
set_bit (Line *line, int at, gboolean on)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (at % 64);
  if (on)
    line->w[at / 64] |= bit;
  else
    line->w[at / 64] &= ~bit;
}

static gboolean
get_bit (const Line *line, int at)
{
  return (line->w[at / 64] >> (at % 64) & 1) != 0;
}

static void
set_module (Symbol *symbol, int x, int y, gboolean dark)
{
  set_bit (&symbol->rows[y], x, dark);
  set_bit (&symbol->columns[x], y, dark);
}

static void
set_fixed (Symbol *symbol, int x, int y, gboolean dark)
{
  if (x < 0 || y < 0 || x >= symbol->n || y >= symbol->n)
    return;
  set_module (symbol, x, y, dark);
  set_bit (&symbol->fixed_rows[y], x, TRUE);
  set_bit (&symbol->fixed_columns[x], y, TRUE);
}

/* Squares within each other around @x, @y: dark where @rings has the bit of their distance. */
static void
draw_rings (Symbol *symbol, int x, int y, int radius, guint rings)
{
  for (int dy = -radius; dy <= radius; dy++)
    for (int dx = -radius; dx <= radius; dx++)
      set_fixed (symbol, x + dx, y + dy, (rings >> MAX (ABS (dx), ABS (dy)) & 1) != 0);
}

static int
alignment_at (const Symbol *symbol, int i)
{
  int k = count_alignments (symbol->version);
  int step = symbol->version == 32 ? 26 : (symbol->version * 4 + k * 2 + 1) / (k * 2 - 2) * 2;
  return i == 0 ? 6 : symbol->n - 7 - (k - 1 - i) * step;
}

static void
draw_alignments (Symbol *symbol)
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
draw_version (Symbol *symbol)
{
  guint bits = with_check ((guint)symbol->version, 0x1f25, 12);
  for (int i = 0; i < 18 && symbol->version >= 7; i++) {
    gboolean dark = (bits >> i & 1) != 0;
    set_fixed (symbol, symbol->n - 11 + i % 3, i / 3, dark);
    set_fixed (symbol, i / 3, symbol->n - 11 + i % 3, dark);
  }
}

/* Level M is 00; which mask there is, twice. */
static void
draw_format (Symbol *symbol, int mask)
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
draw_patterns (Symbol *symbol)
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
  draw_format (symbol, 0);
}

/* Two columns at a time, from the right, up and down in turn, where no pattern is. */
static void
draw_bytes (Symbol *symbol, const guint8 *bytes, int n_bits)
{
  int at = 0;
  for (int right = symbol->n - 1; right > 0; right -= right == 8 ? 3 : 2) {
    gboolean up = ((right + 1) & 2) == 0;
    for (int i = 0; i < symbol->n; i++)
      for (int x = right; x > right - 2; x--) {
        int y = up ? symbol->n - 1 - i : i;
        if (get_bit (&symbol->fixed_rows[y], x) || at >= n_bits)
          continue;
        if ((bytes[at / 8] >> (7 - at % 8) & 1) != 0)
          set_module (symbol, x, y, TRUE);
        at++;
      }
  }
}

/* ---- masks ---- */

static gboolean
is_masked (int mask, int x, int y)
{
  switch (mask) {
  case 0:
    return (x + y) % 2 == 0;
  case 1:
    return y % 2 == 0;
  case 2:
    return x % 3 == 0;
  case 3:
    return (x + y) % 3 == 0;
  case 4:
    return (y / 2 + x / 3) % 2 == 0;
  case 5:
    return x * y % 2 + x * y % 3 == 0;
  case 6:
    return (x * y % 2 + x * y % 3) % 2 == 0;
  default:
    return ((x + y) % 2 + x * y % 3) % 2 == 0;
  }
}

/* The mask along row or column @at, for as long as there may be. */
static Line
mask_line (int mask, int at, gboolean is_column)
{
  Line line = {{0}};
  for (int i = 0; i < PERIOD; i++)
    if (is_column ? is_masked (mask, at, i) : is_masked (mask, i, at))
      for (int k = i; k < 64 * WORDS; k += PERIOD)
        set_bit (&line, k, TRUE);
  return line;
}

static void
mask_lines (Line *lines, const Line *fixed, int n, int mask, gboolean is_column)
{
  Line pattern[PERIOD];
  Line inside = {{0}};
  for (int i = 0; i < n; i++)
    set_bit (&inside, i, TRUE);
  for (int i = 0; i < PERIOD; i++)
    pattern[i] = mask_line (mask, i, is_column);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < WORDS; k++)
      lines[i].w[k] ^= pattern[i % PERIOD].w[k] & ~fixed[i].w[k] & inside.w[k];
}

/* How long the modules of one colour are, light first: the first is -1 if the line begins dark. Their number. */
static int
measure_runs (const Line *line, int n, int *runs)
{
  guint64 before = line->w[0] & 1;
  int length = 0, from = 0;
  if (before != 0)
    runs[length++] = -1;
  for (int k = 0; 64 * k < n; k++) {
    guint64 changes = line->w[k] ^ (line->w[k] << 1 | before);
    before = line->w[k] >> 63;
    if (n - 64 * k < 64)
      changes &= (G_GUINT64_CONSTANT (1) << (n - 64 * k)) - 1;
    for (; changes != 0; changes &= changes - 1) {
      int at = 64 * k + __builtin_ctzll (changes);
      runs[length++] = at - from;
      from = at;
    }
  }
  runs[length++] = n - from;
  return length;
}

/* Dark run @i of three amid two of one, as in the large squares of a code, with light beside them. */
static gboolean
looks_like_finder (const int *runs, int length, int i)
{
  int one;
  if (i < 3 || i >= length - 2)
    return FALSE;
  one = runs[i - 1];
  if (runs[i] != 3 * one || runs[i + 1] != one || runs[i - 2] != one || runs[i + 2] != one)
    return FALSE;
  return i == 3 || runs[i - 3] >= 4 * one || i + 4 >= length || runs[i + 3] >= 4 * one;
}

static int
judge_line (const Line *line, int n)
{
  int runs[LARGEST + 1], length = measure_runs (line, n, runs), penalty = 0;
  for (int i = 0; i < length; i++) {
    if (runs[i] >= 5)
      penalty += runs[i] - 2;
    if (i % 2 == 1 && looks_like_finder (runs, length, i))
      penalty += 40;
  }
  return penalty;
}

/* Squares of two by two of one colour. */
static int
judge_squares (const Line *a, const Line *b, int n)
{
  int count = 0;
  for (int k = 0; 64 * k < n; k++) {
    guint64 same = ~(a->w[k] ^ b->w[k]), next = same >> 1, turned = a->w[k] >> 1;
    int valid = MIN (64, n - 1 - 64 * k);
    if (k + 1 < WORDS) {
      next |= ~(a->w[k + 1] ^ b->w[k + 1]) << 63;
      turned |= a->w[k + 1] << 63;
    }
    same &= next & ~(a->w[k] ^ turned);
    if (valid < 64)
      same &= (G_GUINT64_CONSTANT (1) << MAX (valid, 0)) - 1;
    count += __builtin_popcountll (same);
  }
  return 3 * count;
}

static int
judge (const Symbol *symbol)
{
  int penalty = 0, dark = 0, n = symbol->n;
  for (int i = 0; i < n; i++) {
    penalty += judge_line (&symbol->rows[i], n) + judge_line (&symbol->columns[i], n);
    if (i > 0)
      penalty += judge_squares (&symbol->rows[i - 1], &symbol->rows[i], n);
    for (int k = 0; k < WORDS; k++)
      dark += __builtin_popcountll (symbol->rows[i].w[k]);
  }
  return penalty + ABS ((200 * dark + n * n) / (n * n) / 2 - 50) / 5 * 10;
}

static void
apply_mask (Symbol *symbol, int mask)
{
  draw_format (symbol, mask);
  mask_lines (symbol->rows, symbol->fixed_rows, symbol->n, mask, FALSE);
  mask_lines (symbol->columns, symbol->fixed_columns, symbol->n, mask, TRUE);
}

/* A mask applied twice is gone. */
static void
apply_best_mask (Symbol *symbol)
{
  int best = 0, least = G_MAXINT;
  for (int mask = 0; mask < N_MASKS; mask++) {
    int penalty;
    apply_mask (symbol, mask);
    penalty = judge (symbol);
    if (penalty < least) {
      least = penalty;
      best = mask;
    }
    apply_mask (symbol, mask);
  }
  apply_mask (symbol, best);
}

/* ---- the code ---- */

gboolean
qc_qr_init (QcQr *qr, const char *text)
{
  gsize size = strlen (text);
  int version = find_version (size);
  guint8 data[MAX_BYTES] = {0}, bytes[MAX_BYTES] = {0};
  Symbol symbol = {.version = version, .n = 17 + 4 * version};
  memset (qr, 0, sizeof *qr);
  if (version == 0)
    return FALSE;
  write_data (version, text, size, data);
  interleave (version, data, bytes);
  draw_patterns (&symbol);
  draw_bytes (&symbol, bytes, 8 * count_bytes (version));
  apply_best_mask (&symbol);
  qr->n = symbol.n;
  qr->modules = g_malloc ((gsize)qr->n * (gsize)qr->n);
  for (int y = 0; y < qr->n; y++)
    for (int x = 0; x < qr->n; x++)
      qr->modules[y * qr->n + x] = get_bit (&symbol.rows[y], x) ? 1 : 0;
  return TRUE;
}

void
qc_qr_clear (QcQr *qr)
{
  g_clear_pointer (&qr->modules, g_free);
}
