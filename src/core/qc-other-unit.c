/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Another unit, as far as it may be known; see the header.
 */
#include "qc-other-unit.h"

#include <string.h>

QcOtherUnit *
qc_other_unit_new (const char *account)
{
  QcOtherUnit *unit = g_new0 (QcOtherUnit, 1);
  unit->account = g_strdup (account);
  unit->status = QC_UNIT_OTHER;
  return unit;
}

QcOtherUnit *
qc_other_unit_copy (const QcOtherUnit *unit)
{
  QcOtherUnit *copy = g_new (QcOtherUnit, 1);
  *copy = *unit;
  copy->account = g_strdup (unit->account);
  copy->name = g_strdup (unit->name);
  return copy;
}

void
qc_other_unit_free (QcOtherUnit *unit)
{
  if (unit == NULL)
    return;
  g_free (unit->account);
  g_free (unit->name);
  g_free (unit);
}

gboolean
qc_other_unit_is_account (const QcUnit *own, const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) == strlen (own->account)
         && strspn (text, "0123456789") == strlen (text);
}
