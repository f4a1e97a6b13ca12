/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header.
 */
#include "qc-file-name.h"

#include <string.h>

#define MOST 40 /* characters of each part */

static void
append_safe (GString *name, const char *text)
{
  glong left = MOST;
  for (const char *p = text; *p != '\0' && left > 0; p = g_utf8_next_char (p), left--) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (name, g_unichar_isgraph (c) && !(c < 128 && strchr ("/\\:*?\"<>|.", (int)c)) ? c : '_');
  }
}

char *
qc_file_name_make (const char *title, const char *unit, const char *when, const char *ending)
{
  GString *name = g_string_new (NULL);
  append_safe (name, title);
  g_string_append_c (name, '_');
  append_safe (name, unit);
  if (when != NULL && *when != '\0') {
    g_string_append_c (name, '_');
    append_safe (name, when);
  }
  g_string_append (name, ending);
  return g_string_free (name, FALSE);
}
