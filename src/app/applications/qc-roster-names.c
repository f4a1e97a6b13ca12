/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-names.h: the store finds the lines that hold the text anywhere, here they are read.
 */
#include "qc-roster-names.h"

#include <string.h>

#include "qc-store-drafts.h"
#include "qc-store-lines.h"
#include "qc-wire-line.h"

typedef struct {
  QcRosterNames *names;
  char *text; /* (owned) in small letters */
} Search;

void
qc_roster_names_free (QcRosterNames *names)
{
  g_hash_table_unref (names->drafts);
  g_string_free (names->serials, TRUE);
  g_free (names);
}

static gboolean
is_named (const Search *search, const char *facts)
{
  g_autoptr (QcRosterLine) line = qc_wire_line_from_text (facts, NULL);
  g_autofree char *name = line && line->name ? g_utf8_strdown (line->name, -1) : NULL;
  return name && strstr (name, search->text);
}

static gboolean
take_draft (gint64 draft, const char *facts, gpointer user_data)
{
  const Search *search = user_data;
  if (is_named (search, facts))
    g_hash_table_add (search->names->drafts, g_memdup2 (&draft, sizeof draft));
  return TRUE;
}

/* The lines of one serial come together. */
static gboolean
take_serial (const char *serial, const char *facts, gpointer user_data)
{
  const Search *search = user_data;
  g_autofree char *word = g_strdup_printf (" %s ", serial);
  if (!g_str_has_suffix (search->names->serials->str, word) && is_named (search, facts))
    g_string_append (search->names->serials, word);
  return TRUE;
}

/* Digits are in every line, and in no name. What is beyond ASCII may be one, also where GLib does not know the letter.
 */
static gboolean
may_be_name (const char *text)
{
  for (; *text; text++)
    if (g_ascii_isalpha (*text) || (guchar)*text >= 0x80)
      return TRUE;
  return FALSE;
}

QcRosterNames *
qc_roster_names_find (QcConnection *connection, const char *profile, const char *unit, const char *text, GError **error)
{
  g_autoptr (QcRosterNames) names = g_new0 (QcRosterNames, 1);
  g_autofree char *small = g_utf8_strdown (text, -1);
  Search search = {names, small};
  names->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  names->serials = g_string_new (NULL);
  if (!may_be_name (text))
    return g_steal_pointer (&names);
  if (!qc_store_drafts_each_holding (connection, profile, unit, text, take_draft, &search, error)
      || !qc_store_lines_each_holding (connection, profile, unit, text, take_serial, &search, error))
    return NULL;
  return g_steal_pointer (&names);
}
