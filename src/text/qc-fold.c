/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Folding; see the header. Pure functions, any thread.
 */
#include "qc-fold.h"

#include <string.h>

#define MIDDLE_DOT 0x00b7

/* The dots that stand between the parts of a name, in the many ways they are typed. */
static gboolean
is_name_dot (gunichar c)
{
  switch (c) {
  case MIDDLE_DOT: /* · */
  case 0x0387:     /* · Greek ano teleia */
  case 0x2022:     /* • */
  case 0x2027:     /* ‧ */
  case 0x2024:     /* ․ */
  case 0x2219:     /* ∙ */
  case 0x22c5:     /* ⋅ */
  case 0x25cf:     /* ● */
  case 0x30fb:     /* ・ */
  case 0xff65:     /* ･ */
  case 0xff0e:     /* ． */
  case 0xfe52:     /* ﹒ */
  case 0x3002:     /* 。 */
  case 0xff61:     /* ｡ */
    return TRUE;
  default:
    return FALSE;
  }
}

/* Of the private-use area: where GB 18030 has put it since; @c itself, if it has a place of its own or none. */
static gunichar
settle (gunichar c)
{
  static const gunichar marks[] = {0xfe10, 0xfe12, 0xfe11, 0xfe13, 0xfe14, 0xfe15, 0xfe16, 0xfe17, 0xfe18, 0xfe19};
  static const gunichar ideographs[]
      = {0x2e81, 0x20087, 0x20089, 0x200cc, 0x2e84,  0x3473, 0x3447, 0x2e88, 0x2e8b, 0x9fb4, 0x359e, 0x361a,
         0x360e, 0x2e8c,  0x2e97,  0x396e,  0x3918,  0x9fb5, 0x39cf, 0x39df, 0x3a73, 0x39d0, 0x9fb6, 0x9fb7,
         0x3b4e, 0x3c6e,  0x3ce0,  0x2ea7,  0x215d7, 0x9fb8, 0x2eaa, 0x4056, 0x415f, 0x2eae, 0x4337, 0x2eb3,
         0x2eb6, 0x2eb7,  0x2298f, 0x43b1,  0x43ac,  0x2ebb, 0x43dd, 0x44d6, 0x4661, 0x464c, 0x9fb9, 0x4723,
         0x4729, 0x477c,  0x478d,  0x2eca,  0x4947,  0x497a, 0x497d, 0x4982, 0x4983, 0x4985, 0x4986, 0x499f,
         0x499b, 0x49b7,  0x49b6,  0x9fba,  0x241fe, 0x4ca3, 0x4c9f, 0x4ca0, 0x4ca1, 0x4c77, 0x4ca2, 0x4d13,
         0x4d14, 0x4d15,  0x4d16,  0x4d17,  0x4d18,  0x4d19, 0x4dae, 0x9fbb};
  if (c == 0xe7c7)
    return 0x1e3f;
  if (c >= 0xe78d && c - 0xe78d < G_N_ELEMENTS (marks))
    return marks[c - 0xe78d];
  return c >= 0xe815 && c - 0xe815 < G_N_ELEMENTS (ideographs) ? ideographs[c - 0xe815] : c;
}

char *
qc_text_dup_settled (const char *text)
{
  gboolean settled = FALSE;
  for (const char *p = text; *p != '\0' && !settled; p = g_utf8_next_char (p))
    settled = settle (g_utf8_get_char (p)) != g_utf8_get_char (p);
  if (!settled)
    return NULL;
  GString *out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, settle (g_utf8_get_char (p)));
  return g_string_free (out, FALSE);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200b || c == 0x200c || c == 0x200d || c == 0xfeff || c == 0x3164;
}

/* Valid UTF-8 without bad bytes. (transfer full) */
static char *
only_valid (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  GString *out = g_string_new (NULL);
  const char *end;
  while (!g_utf8_validate (text, -1, &end)) {
    g_string_append_len (out, text, end - text);
    text = end + 1;
  }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static gboolean
is_plain_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return FALSE;
  return TRUE;
}

char *
qc_text_fold (const char *text)
{
  g_autofree char *valid = only_valid (text);
  gboolean plain = is_plain_ascii (valid);
  g_autofree char *settled = plain ? NULL : qc_text_dup_settled (valid);
  g_autofree char *compatible
      = plain ? g_strdup (valid) : g_utf8_normalize (settled != NULL ? settled : valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *out = g_string_sized_new (strlen (compatible));
  for (const char *p = compatible; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!is_blank (c) && !is_name_dot (c) && !(c == '.' && p[1] != '\0' && !g_ascii_isdigit (p[1])))
      g_string_append_unichar (out, g_unichar_tolower (c));
  }
  return g_string_free (out, FALSE);
}

static gboolean
is_han (gunichar c)
{
  return c >= 0x2e80 && g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* Appends @c; @blank says that blanks stood before it. They stay (as one) only between what is not Chinese. */
static void
append_name_char (GString *out, gunichar c, gunichar before, gboolean blank)
{
  gboolean joined = before == 0 || before == MIDDLE_DOT || c == MIDDLE_DOT || is_han (before) || is_han (c);
  if (blank && !joined)
    g_string_append_c (out, ' ');
  g_string_append_unichar (out, c);
}

char *
qc_text_fold_name (const char *name)
{
  g_autofree char *valid = only_valid (name);
  GString *out = g_string_sized_new (strlen (valid));
  gunichar before = 0;
  gboolean blank = FALSE;
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_blank (c)) {
      blank = TRUE;
      continue;
    }
    if (is_name_dot (c))
      c = MIDDLE_DOT;
    else if (c >= 0xff01 && c <= 0xff5e)
      c = c - 0xff01 + '!';
    if (c == '.' && is_han (before))
      c = MIDDLE_DOT;
    append_name_char (out, c, before, blank);
    before = c;
    blank = FALSE;
  }
  return g_string_free (out, FALSE);
}

/* ü as v, other letters without their marks. */
static void
append_bare (GString *out, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = c < 0x80 || c >= 0x2e80 ? 0 : g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  if (n < 2) {
    g_string_append_unichar (out, c);
    return;
  }
  for (gsize i = 1; i < n && parts[0] == 'u'; i++)
    if (parts[i] == 0x0308)
      parts[0] = 'v';
  g_string_append_unichar (out, parts[0]);
}

char *
qc_text_fold_query (const char *query)
{
  g_autofree char *folded = qc_text_fold (query);
  GString *out = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c != '\'' && c != 0x2019)
      append_bare (out, c);
  }
  return g_string_free (out, FALSE);
}

gboolean
qc_text_same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = qc_text_fold (a);
  g_autofree char *folded_b = qc_text_fold (b);
  return g_str_equal (folded_a, folded_b);
}

char *
qc_text_escape_like (const char *text)
{
  GString *out = g_string_new (NULL);
  for (; *text != '\0'; text++) {
    if (*text == '%' || *text == '_' || *text == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *text);
  }
  return g_string_free (out, FALSE);
}
