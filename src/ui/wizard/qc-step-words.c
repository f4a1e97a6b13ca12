/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. A step is named after what it did (a code), after the field of a line that was entered, or after the
 * fact.
 */
#include "qc-step-words.h"

#include <glib/gi18n.h>

#include "qc-line-field.h"
#include "qc-unit-field.h"

#define LINE  "line."
#define VALUE "value:"

/* Longer beginnings stand before those they begin with. */
static const struct {
  const char *label, *msgid;
} steps[] = {
    {"lines.add", N_ ("people added")},
    {"lines.paste", N_ ("what was pasted")},
    {"lines.import-undo", N_ ("the import taken back")},
    {"lines.import", N_ ("what was imported")},
    {"lines.remove", N_ ("lines deleted")},
    {"lines.clear", N_ ("all lines deleted")},
    {"lines.update", N_ ("lines updated")},
    {"line.scale", N_ ("bases changed")},
    {"month", N_ ("the new month")},
    {"attach", N_ ("attachments added")},
    {"detach", N_ ("attachments removed")},
    {"method", N_ ("the payment method")},
    {"end", N_ ("the last month")},
    {"reviewed.", N_ ("months reviewed")},
    {"class.", N_ ("the retirement class")},
};

/* (nullable) where nothing is known of it */
static const char *
find_words (const char *label)
{
  QcLineFieldId field;
  const QcUnitField *fact = g_str_has_prefix (label, VALUE) ? qc_unit_field_find (label + strlen (VALUE)) : NULL;
  if (fact)
    return _ (fact->msgid);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_has_prefix (label, steps[i].label))
      return _ (steps[i].msgid);
  return g_str_has_prefix (label, LINE) && qc_line_field_from_name (label + strlen (LINE), &field)
             ? _ (qc_line_field (field)->msgid)
             : NULL;
}

char *
qc_step_words_dup_undo (const char *label)
{
  const char *words = label ? find_words (label) : NULL;
  /* Translators: what is undone: "people added". */
  return words ? g_strdup_printf (_ ("Undo: %s"), words) : g_strdup (_ ("Undo"));
}

char *
qc_step_words_dup_redo (const char *label)
{
  const char *words = label ? find_words (label) : NULL;
  /* Translators: what is done again: "people added". */
  return words ? g_strdup_printf (_ ("Redo: %s"), words) : g_strdup (_ ("Redo"));
}
