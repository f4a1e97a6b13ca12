/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-feed.h"

static const char *const codes[QC_N_FEEDS] = {
    [QC_FEED_UNIT] = "unit",           [QC_FEED_RATIOS] = "ratios",
    [QC_FEED_POLICY] = "policy",       [QC_FEED_CODES] = "codes",
    [QC_FEED_PEOPLE] = "people",       [QC_FEED_BASES] = "bases",
    [QC_FEED_PAID] = "paid",           [QC_FEED_APPLICATIONS] = "applications",
    [QC_FEED_MOVEMENTS] = "movements",
};

const char *
qc_feed_to_code (QcFeed feed)
{
  g_return_val_if_fail ((guint)feed < QC_N_FEEDS, codes[0]);
  return codes[feed];
}

gboolean
qc_feed_from_code (const char *code, QcFeed *out)
{
  for (guint i = 0; i < QC_N_FEEDS; i++)
    if (g_strcmp0 (code, codes[i]) == 0) {
      *out = (QcFeed)i;
      return TRUE;
    }
  return FALSE;
}

void
qc_feed_row_clear (QcFeedRow *row)
{
  g_free ((char *)row->key);
  g_free ((char *)row->person);
  g_free ((char *)row->serial);
  g_free ((QcRatios *)row->ratios);
  g_free ((QcPolicy *)row->policy);
  g_free ((QcBaseChange *)row->base);
  g_free ((QcPaidSpan *)row->span);
  qc_unit_free ((QcUnit *)row->unit);
  qc_code_free ((QcCode *)row->code);
  qc_employee_free ((QcEmployee *)row->employee);
  qc_application_free ((QcApplication *)row->application);
  qc_movement_free ((QcMovement *)row->movement);
  *row = (QcFeedRow) {0};
}
