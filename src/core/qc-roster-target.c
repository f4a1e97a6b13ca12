/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-target.h.
 */
#include "qc-roster-target.h"

static void
target_clear (gpointer data)
{
  QcRosterTarget *target = data;
  g_clear_pointer (&target->account, g_free);
  g_clear_pointer (&target->name, g_free);
}

GArray *
qc_roster_targets_new (void)
{
  GArray *targets = g_array_new (FALSE, TRUE, sizeof (QcRosterTarget));
  g_array_set_clear_func (targets, target_clear);
  return targets;
}

GArray *
qc_roster_dup_targets (const QcRoster *roster)
{
  GArray *targets = qc_roster_targets_new ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < roster->lines->len; i++) {
    const QcRosterLine *line = g_ptr_array_index (roster->lines, i);
    if (line->target_unit == NULL)
      continue;
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, line->target_unit));
    if (place == 0) {
      QcRosterTarget fresh
          = {g_strdup (line->target_unit), g_strdup (line->target_name), 0, line->first_month, line->first_month};
      g_array_append_val (targets, fresh);
      place = targets->len;
      g_hash_table_insert (places, line->target_unit, GUINT_TO_POINTER (place));
    }
    QcRosterTarget *target = &g_array_index (targets, QcRosterTarget, place - 1);
    target->people++;
    target->first = MIN (target->first, line->first_month);
    target->last = MAX (target->last, line->first_month);
  }
  return targets;
}
