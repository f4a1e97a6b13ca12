/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-unit-mark.h. Any thread.
 */
#include "qc-unit-mark.h"

#include "qc-unit-name.h"

G_STATIC_ASSERT (QC_N_UNIT_COLOURS == QC_STORE_UNIT_COLOURS);

void
qc_unit_choice_free (QcUnitChoice *choice)
{
  g_free (choice->account);
  g_free (choice->name);
  g_free (choice->credit_code);
  g_free (choice->label);
  g_free (choice);
}

void
qc_unit_choice_take_mark (QcUnitChoice *choice, const char *label, int colour)
{
  g_free (choice->label);
  choice->label = label ? g_strdup (label) : qc_unit_name_dup_short (choice->name);
  choice->colour = (guint)CLAMP (colour, 0, QC_N_UNIT_COLOURS - 1);
}

QcUnitChoice *
qc_unit_choice_new (const QcStoreGrant *grant)
{
  QcUnitChoice *choice = g_new0 (QcUnitChoice, 1);
  choice->account = g_strdup (grant->account);
  choice->name = g_strdup (grant->name);
  choice->credit_code = g_strdup (grant->credit_code);
  choice->granted = grant->granted;
  choice->used = grant->used;
  qc_unit_choice_take_mark (choice, grant->label, grant->colour);
  return choice;
}
