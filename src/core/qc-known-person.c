/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Who has an account already; see the header. Plain values, any thread.
 */
#include "qc-known-person.h"

QcKnownPerson *
qc_known_person_new (QcKnownPlace place, const char *serial)
{
  QcKnownPerson *known = g_new (QcKnownPerson, 1);
  *known = (QcKnownPerson) {place, g_strdup (serial)};
  return known;
}

void
qc_known_person_free (QcKnownPerson *known)
{
  if (known == NULL)
    return;
  g_free (known->serial);
  g_free (known);
}

char *
qc_known_person_dup_key (const char *document_type, const char *document)
{
  return g_strconcat (document_type, "/", document, NULL);
}
