/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-words.h. Main thread.
 */
#include "qc-unit-words.h"

#include <glib/gi18n.h>

#include "qc-format.h"

/* Takes @words. */
static void
add (GString *needs, char *words)
{
  if (needs->len > 0)
    g_string_append (needs, " · ");
  g_string_append (needs, words);
  g_free (words);
}

char *
qc_unit_standing_dup_needs (const QcUnitStanding *standing)
{
  g_autoptr (GString) needs = g_string_new (NULL);
  g_autofree char *month = qc_format_month (standing->due);
  if (!standing->is_known)
    return g_strdup (_ ("Not fetched yet"));
  if (standing->due_is_open && standing->behind > 0)
    /* Translators: a month. */
    add (needs, g_strdup_printf (_ ("Remittance due since %s"), month));
  else if (standing->due_is_open)
    add (needs, g_strdup_printf (_ ("Remittance of %s is due"), month));
  if (standing->failed > 0)
    add (needs, g_strdup_printf (ngettext ("%d collection failed", "%d collections failed", standing->failed),
                                 (int)standing->failed));
  if (standing->returned > 0)
    add (needs, g_strdup_printf (ngettext ("%d returned", "%d returned", standing->returned), (int)standing->returned));
  if (standing->drafts > 0)
    add (needs, g_strdup_printf (ngettext ("%d draft not finished", "%d drafts not finished", standing->drafts),
                                 (int)standing->drafts));
  if (standing->waiting > 0)
    add (needs, g_strdup_printf (ngettext ("%d waiting to be sent", "%d waiting to be sent", standing->waiting),
                                 (int)standing->waiting));
  return g_strdup (needs->str);
}
