/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of texts; see the header. What may stand in a name or a title is what paper can show: one glyph after the
 * other from left to right, so no script that has to be shaped or turned, and nothing that cannot be seen.
 */
#include "qc-text-field.h"
#include "qc-ascii.h"
#include "qc-unit-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  CLASS_TITLE,  /* names of units, banks, centers */
  CLASS_PERSON, /* names of people */
  CLASS_USER,
  CLASS_REFERENCE,
  CLASS_DIGITS,
  CLASS_TEXT,  /* all that can be seen */
  CLASS_LINES, /* that, on as many lines as it takes */
} Class;

typedef struct {
  QcTextFieldLimits limits;
  Class class;
} Kind;

/* clang-format off */
static const Kind kinds[QC_N_TEXT_KINDS] = {
  /*                          code             name                       least most carried  class */
  [QC_TEXT_UNIT_NAME]    = {{"unit-name",    N_ ("Name of the unit"),        2, 100,  255}, CLASS_TITLE},
  [QC_TEXT_PERSON_NAME]  = {{"person-name",  N_ ("Name of the person"),      1,  60,  255}, CLASS_PERSON},
  [QC_TEXT_BANK]         = {{"bank",         N_ ("Name of the bank"),        1, 100,  255}, CLASS_TITLE},
  [QC_TEXT_BANK_ACCOUNT] = {{"bank-account", N_ ("Bank account"),            1,  30,   40}, CLASS_DIGITS},
  [QC_TEXT_REFERENCE]    = {{"reference",    N_ ("Bank's reference"),        4,  40,   40}, CLASS_REFERENCE},
  [QC_TEXT_CENTER]       = {{"center",       N_ ("Name of the center"),      2,  50,  255}, CLASS_TITLE},
  [QC_TEXT_USER]         = {{"user",         N_ ("User name"),               3,  32,  128}, CLASS_USER},
  [QC_TEXT_LABEL]        = {{"label",        N_ ("Label"),                   1,  60,  255}, CLASS_TEXT},
  [QC_TEXT_UNIT_FIELD]   = {{"unit-field",   N_ ("Registration data"),       0, 200,  500}, CLASS_TEXT},
  [QC_TEXT_REMARK]       = {{"remark",       N_ ("Explanation"),             1, 500, 2000}, CLASS_LINES},
  [QC_TEXT_SHORT_NAME]   = {{"short-name",   N_ ("Short name of the unit"),  1,  QC_UNIT_LABEL_CHARS, QC_UNIT_LABEL_CHARS}, CLASS_TITLE},
  [QC_TEXT_SEARCH]       = {{"search",       N_ ("Search text"),             0, 100,  100}, CLASS_TEXT},
};
/* clang-format on */

const QcTextFieldLimits *
qc_text_field_limits (QcTextField kind)
{
  g_return_val_if_fail ((guint)kind < QC_N_TEXT_KINDS, NULL);
  return &kinds[kind].limits;
}

const char *
qc_text_field_code_to_msgid (const char *code)
{
  for (guint i = 0; i < QC_N_TEXT_KINDS; i++)
    if (g_strcmp0 (kinds[i].limits.code, code) == 0)
      return kinds[i].limits.msgid;
  return NULL;
}

/* ---- characters ---- */

/* The ideographs of GB 18030-2022 with Amendment 1, extension I among them, which GLib 2.74 does not know. */
static gboolean
is_han (gunichar c)
{
  static const gunichar ranges[][2] = {
      {0x3007, 0x3007},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xfa0e, 0xfa0f},   {0xfa11, 0xfa11},
      {0xfa13, 0xfa14},   {0xfa1f, 0xfa1f},   {0xfa21, 0xfa21},   {0xfa23, 0xfa24},   {0xfa27, 0xfa29},
      {0x20000, 0x2a6df}, {0x2a700, 0x2b739}, {0x2b740, 0x2b81d}, {0x2b820, 0x2cea1}, {0x2ceb0, 0x2ebe0},
      {0x2ebf0, 0x2ee5d}, {0x30000, 0x3134a}, {0x31350, 0x323af},
  };
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (c >= ranges[i][0] && c <= ranges[i][1])
      return TRUE;
  return FALSE;
}

/* Blank of any kind, or so narrow that it might as well not be there. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x00ad || c == 0x180e;
}

/* What does something instead of showing something: controls, marks of direction, joiners, tags, ends of line. */
static gboolean
is_control (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE
         || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Those, variation selectors, and letters and signs without ink. */
static gboolean
is_invisible (gunichar c)
{
  return is_control (c) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x180b && c <= 0x180f)
         || (c >= 0xe0000 && c <= 0xe0fff) || c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5
         || c == 0x2800 || c == 0x3164 || c == 0xffa0;
}

/* Of a script that is set one letter after the other. */
static gboolean
is_plain_letter (gunichar c)
{
  if (c > 0xffff || !g_unichar_isalpha (c) || is_invisible (c))
    return is_han (c);
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_COMMON:
  case G_UNICODE_SCRIPT_HAN:
  case G_UNICODE_SCRIPT_LATIN:
  case G_UNICODE_SCRIPT_GREEK:
  case G_UNICODE_SCRIPT_CYRILLIC:
  case G_UNICODE_SCRIPT_HIRAGANA:
  case G_UNICODE_SCRIPT_KATAKANA:
  case G_UNICODE_SCRIPT_BOPOMOFO:
  case G_UNICODE_SCRIPT_HANGUL:
  case G_UNICODE_SCRIPT_YI:
    return TRUE;
  default:
    return FALSE;
  }
}

/* One accent that has no composed form, on a letter. */
static gboolean
is_accent_on (gunichar c, gunichar before)
{
  return c >= 0x0300 && c <= 0x036f && c != 0x034f && g_unichar_isalpha (before) && !is_han (before);
}

/* Digits and punctuation, of the common ones only, and the signs of a keyboard in either width. */
static gboolean
is_plain_sign (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  GUnicodeScript script = g_unichar_get_script (c);
  if (c > 0xffff || is_invisible (c) || (script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_LATIN))
    return FALSE;
  return (c > ' ' && c < 0x7f) || (c > 0xff00 && c < 0xffe7)
         || (type >= G_UNICODE_DECIMAL_NUMBER && type <= G_UNICODE_OPEN_PUNCTUATION);
}

static gboolean
may_stand_in_title (gunichar c, gunichar before)
{
  return c == ' ' || c == 0x3000 || is_plain_letter (c) || is_accent_on (c, before) || is_plain_sign (c);
}

/* Decision 21: Han, Latin for foreign names, and what stands between the parts of either. */
static gboolean
may_stand_in_person (gunichar c, gunichar before)
{
  gboolean latin = g_unichar_isalpha (c) && g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN;
  return is_han (c) || latin || is_accent_on (c, before) || c == 0x00b7 || c == ' ' || c == '\'' || c == 0x2019
         || c == '-' || c == '.';
}

static gboolean
may_stand (Class class, gunichar c, gunichar before)
{
  switch (class) {
  case CLASS_TITLE:
    return may_stand_in_title (c, before);
  case CLASS_PERSON:
    return may_stand_in_person (c, before);
  case CLASS_USER:
    return is_plain_letter (c) || g_unichar_isdigit (c) || (c < 0x80 && strchr ("-_.@+", (int)c) != NULL);
  case CLASS_REFERENCE:
    return c < 0x80 && (g_ascii_isalnum (c) || strchr ("-_./", (int)c) != NULL);
  case CLASS_DIGITS:
    return c < 0x80 && g_ascii_isdigit (c);
  case CLASS_LINES:
  case CLASS_TEXT:
  default:
    if (c == '\n')
      return class == CLASS_LINES;
    return !is_invisible (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE;
  }
}

/* ---- folding ---- */

/* Blanks at both ends go; those inside that are neither plain nor ideographic become plain. */
static char *
trim (const char *text)
{
  const char *end = text + strlen (text);
  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  GString *out = g_string_sized_new ((gsize)(end - text));
  for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean odd = g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR && c != 0x3000;
    g_string_append_unichar (out, odd ? ' ' : c);
  }
  return g_string_free (out, FALSE);
}

char *
qc_text_field_fold (QcTextField kind, const char *entered)
{
  g_return_val_if_fail ((guint)kind < QC_N_TEXT_KINDS, NULL);
  Class class = kinds[kind].class;
  if (entered == NULL || !g_utf8_validate (entered, -1, NULL))
    return g_strdup ("");
  if (class == CLASS_DIGITS || class == CLASS_REFERENCE)
    return qc_ascii_fold_code (entered);
  g_autofree char *composed = g_utf8_normalize (entered, -1, class == CLASS_USER ? G_NORMALIZE_NFKC : G_NORMALIZE_NFC);
  if (class != CLASS_USER)
    return trim (composed);
  g_autofree char *small = g_utf8_strdown (composed, -1);
  return trim (small);
}

/* ---- checking ---- */

/* Findings about names of people have codes of their own. */
static QcFinding *
new_finding (QcTextField kind, const char *text, const char *fault)
{
  gboolean person = kinds[kind].class == CLASS_PERSON;
  g_autofree char *code = g_strconcat (person ? "person.name-" : "text.", fault, NULL);
  g_autofree char *name = qc_text_field_dup_plain (kind, text, kinds[kind].limits.most);
  QcFinding *finding = qc_finding_new (code, NULL);
  if (person)
    qc_finding_set_arg (finding, "name", name);
  else
    qc_finding_set_arg_code (finding, QC_ARG_TEXT_FIELD, "text", kinds[kind].limits.code);
  return finding;
}

static QcFinding *
new_character (QcTextField kind, const char *text, gunichar c)
{
  QcFinding *finding = new_finding (kind, text, "character");
  char shown[16] = {0};
  if (g_unichar_isprint (c) && !is_invisible (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE)
    g_unichar_to_utf8 (c, shown);
  else
    g_snprintf (shown, sizeof shown, "U+%04X", c);
  qc_finding_set_arg (finding, "character", shown);
  return finding;
}

static QcFinding *
check_characters (QcTextField kind, const char *text)
{
  gunichar before = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!may_stand (kinds[kind].class, c, before))
      return new_character (kind, text, c);
    if (kinds[kind].class == CLASS_PERSON && c == ' ' && is_han (before) && is_han (g_utf8_get_char (p + 1)))
      return new_finding (kind, text, "blank");
    before = c;
  }
  return NULL;
}

QcFinding *
qc_text_field_check (QcTextField kind, const char *text)
{
  g_return_val_if_fail ((guint)kind < QC_N_TEXT_KINDS, NULL);
  const QcTextFieldLimits *limits = &kinds[kind].limits;
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    text = "";
  glong length = g_utf8_strlen (text, -1);
  if (length == 0)
    return limits->least > 0 ? new_finding (kind, text, "empty") : NULL;
  if (length >= limits->least && length <= limits->most)
    return check_characters (kind, text);
  QcFinding *finding = new_finding (kind, text, length < limits->least ? "short" : "long");
  qc_finding_set_arg_int (finding, "limit", length < limits->least ? limits->least : limits->most);
  return finding;
}

QcFinding *
qc_text_field_take (QcTextField kind, const char *entered, char **out)
{
  *out = qc_text_field_fold (kind, entered);
  return qc_text_field_check (kind, *out);
}

/* ---- from outside ---- */

gboolean
qc_text_field_is_plain (QcTextField kind, const char *text, int most)
{
  gboolean lines = kinds[kind].class == CLASS_LINES;
  int length = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (((guchar)*p < ' ' || (guchar)*p >= 0x7f) && is_control (g_utf8_get_char (p)) && !(lines && *p == '\n'))
      return FALSE;
    length++;
  }
  return length <= most;
}

char *
qc_text_field_dup_plain (QcTextField kind, const char *text, int most)
{
  gboolean lines = kinds[kind].class == CLASS_LINES;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!is_control (c) || (lines && c == '\n'))
      g_string_append_unichar (out, c);
    else if (g_unichar_isspace (c))
      g_string_append_c (out, ' ');
  }
  if (*text != '\0' && out->len == 0)
    g_string_assign (out, "—");
  if (g_utf8_strlen (out->str, -1) > most) {
    g_string_truncate (out, (gsize)(g_utf8_offset_to_pointer (out->str, most - 1) - out->str));
    g_string_append (out, "…");
  }
  return g_string_free (out, FALSE);
}
