/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The byte gate. It does not recurse: what is open is a small stack, with a set of member names per level. Sets are
 * emptied by raising a number, so that a message costs one pass whatever its shape. Any thread.
 */
#include "qc-gate.h"

#include <string.h>

const QcGateLimits qc_gate_request = {
    .max_size = 1024 * 1024,
    .max_depth = QC_GATE_MAX_DEPTH,
    .max_values = 64 * 1024,
    .max_members = QC_GATE_MAX_MEMBERS,
};
const QcGateLimits qc_gate_answer = {
    .max_size = 8 * 1024 * 1024,
    .max_depth = QC_GATE_MAX_DEPTH,
    .max_values = 400 * 1000,
    .max_members = QC_GATE_MAX_MEMBERS,
};
const QcGateLimits qc_gate_file = {
    .max_size = 256 * 1024,
    .max_depth = QC_GATE_MAX_DEPTH,
    .max_values = 64 * 1024,
    .max_members = QC_GATE_MAX_MEMBERS,
};

#define N_SLOTS (2 * QC_GATE_MAX_MEMBERS)

typedef struct {
  guint32 round; /* counts only if it is the level's */
  guint32 hash;
  guint32 offset; /* into names */
  guint32 length;
} Slot;

/* The member names of the object that is open on one level. */
typedef struct {
  Slot *slots;    /* (owned) N_SLOTS of them */
  GString *names; /* (owned) unescaped, one after the other */
  guint32 round;
  guint n_members;
} Level;

typedef struct {
  const guint8 *data;
  gsize length, at;
  const QcGateLimits *limits;
  GError **error;
  guint depth;
  guint values;
  guint32 seed;
  gboolean is_object[QC_GATE_MAX_DEPTH];
  Level levels[QC_GATE_MAX_DEPTH];
  GString *text; /* (owned) the last string, unescaped; only filled for names */
} Gate;

static gboolean
fail_at (Gate *gate, gsize at, QcWireError code, const char *what)
{
  g_set_error (gate->error, QC_WIRE_ERROR, code, "byte %" G_GSIZE_FORMAT ": %s", at, what);
  return FALSE;
}

static gboolean
fail (Gate *gate, QcWireError code, const char *what)
{
  return fail_at (gate, gate->at, code, what);
}

static int
peek (const Gate *gate)
{
  return gate->at < gate->length ? gate->data[gate->at] : -1;
}

static void
skip_space (Gate *gate)
{
  for (int c = peek (gate); c == ' ' || c == '\t' || c == '\n' || c == '\r'; c = peek (gate))
    gate->at++;
}

/* ---- names ---- */

static gboolean
name_is_new (Gate *gate, Level *level)
{
  const GString *text = gate->text;
  guint32 hash = 2166136261u ^ gate->seed;
  for (gsize i = 0; i < text->len; i++)
    hash = (hash ^ (guint8)text->str[i]) * 16777619u;
  for (guint i = hash % N_SLOTS;; i = (i + 1) % N_SLOTS) {
    Slot *slot = &level->slots[i];
    if (slot->round != level->round) {
      *slot = (Slot) {level->round, hash, (guint32)level->names->len, (guint32)text->len};
      g_string_append_len (level->names, text->str, text->len);
      return TRUE;
    }
    if (slot->hash == hash && slot->length == text->len
        && memcmp (level->names->str + slot->offset, text->str, text->len) == 0)
      return FALSE;
  }
}

static void
level_begin (Level *level)
{
  if (level->slots == NULL) {
    level->slots = g_new0 (Slot, N_SLOTS);
    level->names = g_string_new (NULL);
  }
  level->round++;
  level->n_members = 0;
  g_string_truncate (level->names, 0);
}

/* ---- strings ---- */

static gboolean
read_hex4 (Gate *gate, gunichar *out)
{
  gunichar value = 0;
  for (int i = 0; i < 4; i++, gate->at++) {
    int c = peek (gate);
    if (c < 0 || !g_ascii_isxdigit (c))
      return fail (gate, QC_WIRE_ERROR_SYNTAX, "bad \\u escape");
    value = value * 16 + (gunichar)g_ascii_xdigit_value (c);
  }
  *out = value;
  return TRUE;
}

/* After "\u". */
static gboolean
read_unicode_escape (Gate *gate, gunichar *out)
{
  gsize start = gate->at - 2;
  gunichar c;
  if (!read_hex4 (gate, &c))
    return FALSE;
  if (c == 0)
    return fail_at (gate, start, QC_WIRE_ERROR_ENCODING, "U+0000");
  if (c >= 0xDC00 && c <= 0xDFFF)
    return fail_at (gate, start, QC_WIRE_ERROR_ENCODING, "lone surrogate");
  if (c >= 0xD800 && c <= 0xDBFF) {
    if (gate->length - gate->at < 6 || gate->data[gate->at] != '\\' || gate->data[gate->at + 1] != 'u')
      return fail_at (gate, start, QC_WIRE_ERROR_ENCODING, "lone surrogate");
    gate->at += 2;
    gunichar low;
    if (!read_hex4 (gate, &low))
      return FALSE;
    if (low < 0xDC00 || low > 0xDFFF)
      return fail_at (gate, start, QC_WIRE_ERROR_ENCODING, "lone surrogate");
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  }
  *out = c;
  return TRUE;
}

/* After the backslash. */
static gboolean
read_escape (Gate *gate, gboolean keep)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  int c = peek (gate);
  const char *found = c > 0 ? strchr (from, c) : NULL;
  gunichar unicode;
  if (found != NULL)
    unicode = (guint8)to[found - from];
  else if (c != 'u')
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "unknown escape");
  gate->at++;
  if (found == NULL && !read_unicode_escape (gate, &unicode))
    return FALSE;
  if (keep)
    g_string_append_unichar (gate->text, unicode);
  return TRUE;
}

/* A string from its opening quote on; into gate->text if @keep. UTF-8 was checked before. */
static gboolean
read_string (Gate *gate, gboolean keep)
{
  gsize start = gate->at++;
  if (keep)
    g_string_truncate (gate->text, 0);
  for (;;) {
    int c = peek (gate);
    if (c < 0)
      return fail_at (gate, start, QC_WIRE_ERROR_SYNTAX, "string without an end");
    if (c < 0x20)
      return fail (gate, QC_WIRE_ERROR_SYNTAX, "control character in a string");
    gate->at++;
    if (c == '"')
      return TRUE;
    if (c == '\\') {
      if (!read_escape (gate, keep))
        return FALSE;
    } else if (keep) {
      g_string_append_c (gate->text, (char)c);
    }
    if (keep && gate->text->len > QC_GATE_MAX_NAME)
      return fail_at (gate, start, QC_WIRE_ERROR_SIZE, "member name too long");
  }
}

/* ---- other values ---- */

static gboolean
read_number (Gate *gate)
{
  gsize start = gate->at;
  gboolean negative = peek (gate) == '-';
  guint64 limit = negative ? (guint64)G_MAXINT64 + 1 : G_MAXINT64;
  if (negative)
    gate->at++;
  gsize first = gate->at;
  guint64 value = 0;
  for (int c = peek (gate); c >= '0' && c <= '9'; gate->at++, c = peek (gate)) {
    guint64 digit = (guint64)(c - '0');
    if (value > (limit - digit) / 10)
      return fail_at (gate, start, QC_WIRE_ERROR_NUMBER, "integer beyond 64 bits");
    value = value * 10 + digit;
  }
  if (gate->at == first)
    return fail_at (gate, start, QC_WIRE_ERROR_SYNTAX, "number without digits");
  if (gate->data[first] == '0' && gate->at > first + 1)
    return fail_at (gate, start, QC_WIRE_ERROR_SYNTAX, "number with leading zeros");
  if (negative && value == 0)
    return fail_at (gate, start, QC_WIRE_ERROR_NUMBER, "minus zero");
  switch (peek (gate)) {
  case '.':
  case 'e':
  case 'E':
    return fail_at (gate, start, QC_WIRE_ERROR_NUMBER, "not an integer");
  default:
    return TRUE;
  }
}

static gboolean
read_word (Gate *gate, const char *word)
{
  gsize length = strlen (word);
  if (gate->length - gate->at < length || memcmp (gate->data + gate->at, word, length) != 0)
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "no such value");
  gate->at += length;
  return TRUE;
}

static gboolean
open_container (Gate *gate, gboolean is_object)
{
  if (gate->depth >= gate->limits->max_depth || gate->depth >= QC_GATE_MAX_DEPTH)
    return fail (gate, QC_WIRE_ERROR_DEPTH, "nested too deep");
  gate->is_object[gate->depth] = is_object;
  if (is_object)
    level_begin (&gate->levels[gate->depth]);
  gate->depth++;
  gate->at++;
  return TRUE;
}

/* A member's name and its colon. */
static gboolean
read_name (Gate *gate)
{
  Level *level = &gate->levels[gate->depth - 1];
  gsize start = gate->at;
  if (peek (gate) != '"')
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "member name expected");
  if (level->n_members >= MIN (gate->limits->max_members, QC_GATE_MAX_MEMBERS))
    return fail (gate, QC_WIRE_ERROR_SIZE, "too many members");
  if (!read_string (gate, TRUE))
    return FALSE;
  level->n_members++;
  if (!name_is_new (gate, level))
    return fail_at (gate, start, QC_WIRE_ERROR_DUPLICATE, "member twice in one object");
  skip_space (gate);
  if (peek (gate) != ':')
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "':' expected");
  gate->at++;
  skip_space (gate);
  return TRUE;
}

/* One scalar, or the opening of a container (*@opened). */
static gboolean
read_value (Gate *gate, gboolean *opened)
{
  int c = peek (gate);
  *opened = c == '{' || c == '[';
  if (++gate->values > gate->limits->max_values)
    return fail (gate, QC_WIRE_ERROR_SIZE, "too many values");
  if (*opened)
    return open_container (gate, c == '{');
  if (c == '"')
    return read_string (gate, FALSE);
  if (c == '-' || (c >= '0' && c <= '9'))
    return read_number (gate);
  return read_word (gate, c == 't' ? "true" : c == 'f' ? "false" : "null");
}

/* ---- structure ---- */

static gboolean
closes (const Gate *gate)
{
  return peek (gate) == (gate->is_object[gate->depth - 1] ? '}' : ']');
}

/* What may follow a finished value inside containers: ends, then a comma or the end of all. */
static gboolean
after_value (Gate *gate)
{
  for (skip_space (gate); gate->depth > 0 && closes (gate); skip_space (gate)) {
    gate->at++;
    gate->depth--;
  }
  if (gate->depth == 0)
    return TRUE;
  if (peek (gate) != ',')
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "',' or end expected");
  gate->at++;
  skip_space (gate);
  return TRUE;
}

static gboolean
scan (Gate *gate)
{
  skip_space (gate);
  gboolean opened;
  do {
    if (gate->depth > 0 && gate->is_object[gate->depth - 1] && !read_name (gate))
      return FALSE;
    if (!read_value (gate, &opened))
      return FALSE;
    if (opened) {
      skip_space (gate);
      if (!closes (gate))
        continue;
    }
    if (!after_value (gate))
      return FALSE;
  } while (gate->depth > 0);
  if (gate->at < gate->length)
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "something after the end");
  return TRUE;
}

static gboolean
check_bytes (Gate *gate)
{
  if (gate->length > gate->limits->max_size)
    return fail_at (gate, gate->limits->max_size, QC_WIRE_ERROR_SIZE, "too large");
  if (gate->length == 0)
    return fail (gate, QC_WIRE_ERROR_SYNTAX, "empty");
  const char *end;
  if (!g_utf8_validate_len ((const char *)gate->data, gate->length, &end))
    return fail_at (gate, (gsize)((const guint8 *)end - gate->data), QC_WIRE_ERROR_ENCODING, "not UTF-8");
  if (gate->length >= 3 && memcmp (gate->data, "\xEF\xBB\xBF", 3) == 0)
    return fail (gate, QC_WIRE_ERROR_ENCODING, "byte order mark");
  return TRUE;
}

gboolean
qc_gate_check (const guint8 *data, gsize length, const QcGateLimits *limits, GError **error)
{
  g_return_val_if_fail (limits != NULL, FALSE);
  Gate *gate = g_new0 (Gate, 1);
  gate->data = data;
  gate->length = length;
  gate->limits = limits;
  gate->error = error;
  gate->seed = g_random_int ();
  gate->text = g_string_new (NULL);
  gboolean good = check_bytes (gate) && scan (gate);
  for (guint i = 0; i < QC_GATE_MAX_DEPTH; i++) {
    g_free (gate->levels[i].slots);
    if (gate->levels[i].names != NULL)
      g_string_free (gate->levels[i].names, TRUE);
  }
  g_string_free (gate->text, TRUE);
  g_free (gate);
  return good;
}
