/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Folding to ASCII; see the header. Pure functions, any thread.
 */
#include "qc-ascii.h"

#include <string.h>

static gunichar
fold_char (gunichar c)
{
  if (c == 0x3000 || c == 0x00a0 || c == 0xfeff || c == 0x200b || g_unichar_isspace (c))
    return ' ';
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xff01 + '!';
  if (c == 0xffe5)
    return 0x00a5; /* ￥ → ¥ */
  return c;
}

char *
qc_ascii_fold (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return g_strdup ("");
  GString *out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, fold_char (g_utf8_get_char (p)));
  return g_strstrip (g_string_free (out, FALSE));
}

char *
qc_ascii_fold_code (const char *text)
{
  char *folded = qc_ascii_fold (text);
  char *to = folded;
  for (const char *from = folded; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = g_ascii_toupper (*from);
  *to = '\0';
  return folded;
}

gboolean
qc_ascii_is_digits (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isdigit (*text))
      return FALSE;
  return TRUE;
}
