/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pinyin by ICU, asked once per character. Han-Latin/Names reads surnames (单 shàn), Han-Latin everything else. An
 * object belongs to one thread at a time.
 */
#include "qc-pinyin.h"
#include "qc-fold.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

typedef struct {
  char *bare; /* (owned) (nullable) without tone, ü as v; NULL where the character stands for itself */
  char tone;  /* 1-5 */
} Syllable;

typedef struct {
  Syllable surname, common;
} Reading;

struct _QcPinyin {
  UTransliterator *names, *plain; /* (owned) (nullable) opened late */
  gboolean failed;                /* ICU has no such data: characters stand for themselves */
  GHashTable *readings;           /* (owned) gunichar → Reading */
};

static void
reading_free (gpointer data)
{
  Reading *reading = data;
  g_free (reading->surname.bare);
  g_free (reading->common.bare);
  g_free (reading);
}

QcPinyin *
qc_pinyin_new (void)
{
  QcPinyin *self = g_new0 (QcPinyin, 1);
  self->readings = g_hash_table_new_full (NULL, NULL, NULL, reading_free);
  return self;
}

void
qc_pinyin_free (QcPinyin *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->names, utrans_close);
  g_clear_pointer (&self->plain, utrans_close);
  g_hash_table_unref (self->readings);
  g_free (self);
}

gboolean
qc_pinyin_is_open (QcPinyin *self)
{
  return self->plain != NULL;
}

static UTransliterator *
open_rules (const char *id)
{
  UChar wide[64];
  u_uastrcpy (wide, id);
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *rules = utrans_openU (wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
  if (U_FAILURE (error)) {
    g_message ("ICU has no %s: %s", id, u_errorName (error));
    return NULL;
  }
  return rules;
}

static gboolean
ensure_open (QcPinyin *self)
{
  if (self->plain != NULL || self->failed)
    return !self->failed;
  self->plain = open_rules ("Han-Latin; Lower");
  self->names = open_rules ("Han-Latin/Names; Lower");
  self->failed = self->plain == NULL || self->names == NULL;
  return !self->failed;
}

/* The reading of the @n characters (at most 2) at @chars by @rules, or NULL if it has none. (transfer full) (nullable)
 */
static char *
transliterate (const UTransliterator *rules, const gunichar *chars, guint n_chars)
{
  UChar wide[64];
  int32_t length = 0;
  for (guint i = 0; i < n_chars; i++)
    U16_APPEND_UNSAFE (wide, length, chars[i]);
  wide[length] = 0;
  int32_t limit = length;
  UErrorCode error = U_ZERO_ERROR;
  utrans_transUChars (rules, wide, &length, G_N_ELEMENTS (wide), 0, &limit, &error);
  char utf8[128];
  int32_t n = 0;
  u_strToUTF8 (utf8, sizeof utf8, &n, wide, length, &error);
  if (U_FAILURE (error) || n <= 0 || n >= (int32_t)sizeof utf8)
    return NULL;
  utf8[n] = '\0';
  g_strstrip (utf8);
  return g_utf8_get_char (utf8) == chars[0] ? NULL : g_strdup (utf8);
}

/* The tone 1-5 of a syllable with its mark. */
static char
tone_of (const char *reading)
{
  g_autofree char *parts = g_utf8_normalize (reading, -1, G_NORMALIZE_DEFAULT);
  for (const char *p = parts; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_utf8_get_char (p)) {
    case 0x0304:
      return '1';
    case 0x0301:
      return '2';
    case 0x030c:
      return '3';
    case 0x0300:
      return '4';
    default:
      break;
    }
  return '5';
}

/* @marked: (nullable): "lǚ" */
static Syllable
syllable_new (const char *marked)
{
  Syllable syllable = {NULL, '5'};
  if (marked == NULL)
    return syllable;
  syllable.bare = qc_text_fold_query (marked);
  syllable.tone = tone_of (marked);
  return syllable;
}

static const Reading *
read_char (QcPinyin *self, gunichar c)
{
  Reading *reading = g_hash_table_lookup (self->readings, GUINT_TO_POINTER (c));
  if (reading != NULL)
    return reading;
  reading = g_new0 (Reading, 1);
  if (ensure_open (self)) {
    g_autofree char *surname = transliterate (self->names, &c, 1);
    g_autofree char *common = transliterate (self->plain, &c, 1);
    reading->surname = syllable_new (surname != NULL ? surname : common);
    reading->common = syllable_new (common != NULL ? common : surname);
  }
  g_hash_table_insert (self->readings, GUINT_TO_POINTER (c), reading);
  return reading;
}

static gboolean
is_han (gunichar c)
{
  return c >= 0x2e80 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* "lv" as it is (@u = 'v') or as "lu". */
static void
append_bare (GString *out, const char *bare, char u)
{
  for (const char *p = bare; *p != '\0'; p++)
    g_string_append_c (out, *p == 'v' ? u : *p);
}

/* One word of the full and initials columns: the name read one way. */
static void
read_name (QcPinyin *self, const char *folded, gboolean as_surname, char u, GString *full, GString *initials)
{
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const Reading *reading = is_han (c) ? read_char (self, c) : NULL;
    const char *bare = reading == NULL             ? NULL
                       : p == folded && as_surname ? reading->surname.bare
                                                   : reading->common.bare;
    if (bare == NULL) {
      g_string_append_unichar (full, c);
      g_string_append_unichar (initials, c);
      continue;
    }
    gsize at = full->len;
    append_bare (full, bare, u);
    g_string_append_c (initials, full->str[at]);
  }
}

/* Whether @word is one of @words, which have a blank between them. */
static gboolean
has_word (const char *words, const char *word)
{
  gsize length = strlen (word);
  for (const char *p = strstr (words, word); p != NULL; p = strstr (p + 1, word))
    if ((p == words || p[-1] == ' ') && (p[length] == '\0' || p[length] == ' '))
      return TRUE;
  return FALSE;
}

/* Appends @word to @words unless it is there. */
static void
append_word (GString *words, const char *word)
{
  if (*word == '\0' || has_word (words->str, word))
    return;
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, word);
}

static void
append_readings (QcPinyin *self, const char *folded, gboolean as_surname, GString *full, GString *initials)
{
  for (const char *u = "vu"; *u != '\0'; u++) {
    g_autoptr (GString) full_word = g_string_new (NULL);
    g_autoptr (GString) initials_word = g_string_new (NULL);
    read_name (self, folded, as_surname, *u, full_word, initials_word);
    append_word (full, full_word->str);
    append_word (initials, initials_word->str);
    if (strchr (full_word->str, 'v') == NULL)
      break;
  }
}

/* First characters of surnames of two characters that are read otherwise together: 万俟 mòqí, 澹台 tántái.
 */
static gboolean
may_begin_compound (gunichar c)
{
  return c == 0x4e07 || c == 0x6fb9;
}

/* The name with its first two characters read together, where that differs. */
static void
append_compound (QcPinyin *self, const char *folded, GString *full, GString *initials)
{
  if (!may_begin_compound (g_utf8_get_char (folded)) || g_utf8_strlen (folded, -1) < 3 || !ensure_open (self))
    return;
  const char *rest = g_utf8_offset_to_pointer (folded, 2);
  gunichar pair[] = {g_utf8_get_char (folded), g_utf8_get_char (g_utf8_next_char (folded))};
  g_autofree char *reading = transliterate (self->names, pair, 2);
  g_auto (GStrv) syllables = g_strsplit (reading != NULL ? reading : "", " ", -1);
  if (g_strv_length (syllables) != 2)
    return;
  g_autoptr (GString) full_word = g_string_new (NULL);
  g_autoptr (GString) initials_word = g_string_new (NULL);
  for (guint i = 0; i < 2; i++) {
    gsize at = full_word->len;
    g_autofree char *bare = qc_text_fold_query (syllables[i]);
    g_string_append (full_word, bare);
    g_string_append_c (initials_word, full_word->str[at]);
  }
  read_name (self, rest, FALSE, 'v', full_word, initials_word);
  append_word (full, full_word->str);
  append_word (initials, initials_word->str);
}

/* Whether the first character is read otherwise as a surname. */
static gboolean
has_two_readings (QcPinyin *self, const char *folded)
{
  gunichar c = g_utf8_get_char (folded);
  const Reading *reading = is_han (c) ? read_char (self, c) : NULL;
  return reading != NULL && g_strcmp0 (reading->surname.bare, reading->common.bare) != 0;
}

/* Syllable, tone, character, and a separator below every letter: 张三 before 张三丰, all 张 together, 章 after them. */
static char *
sort_key_of (QcPinyin *self, const char *folded)
{
  GString *key = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const Reading *reading = is_han (c) ? read_char (self, c) : NULL;
    const Syllable *syllable = reading == NULL ? NULL : p == folded ? &reading->surname : &reading->common;
    gboolean is_read = syllable != NULL && syllable->bare != NULL;
    if (is_read) {
      g_string_append (key, syllable->bare);
      g_string_append_c (key, syllable->tone);
    }
    g_string_append_unichar (key, c);
    g_string_append_c (key, is_read ? ' ' : '!');
  }
  return g_string_free (key, FALSE);
}

void
qc_pinyin_name (QcPinyin *self, const char *name, char **full, char **initials, char **sort_key)
{
  g_autofree char *folded = qc_text_fold (name);
  GString *full_words = g_string_new (NULL);
  GString *initials_words = g_string_new (NULL);
  if (full != NULL || initials != NULL) {
    append_readings (self, folded, TRUE, full_words, initials_words);
    if (has_two_readings (self, folded))
      append_readings (self, folded, FALSE, full_words, initials_words);
    append_compound (self, folded, full_words, initials_words);
  }
  if (full != NULL)
    *full = g_strdup (full_words->str);
  if (initials != NULL)
    *initials = g_strdup (initials_words->str);
  g_string_free (full_words, TRUE);
  g_string_free (initials_words, TRUE);
  if (sort_key != NULL)
    *sort_key = sort_key_of (self, folded);
}
