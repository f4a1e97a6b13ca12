/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The digest of the terms: one line of text per row, in order, hashed. Pure function, any thread.
 */
#include "qc-terms.h"

char *
qc_terms_digest (const GArray *policies, const GArray *ratios, const QcUnit *unit)
{
  g_autoptr (GString) text = g_string_new ("qingce-terms-1\n");
  for (guint i = 0; policies != NULL && i < policies->len; i++) {
    const QcPolicy *row = &g_array_index (policies, QcPolicy, i);
    g_string_append_printf (text, "policy %d", row->from);
    const gint64 limits[] = {row->base_floor, row->base_cap, row->monthly_floor, row->monthly_cap};
    for (guint j = 0; j < G_N_ELEMENTS (limits); j++)
      g_string_append_printf (text, " %" G_GINT64_FORMAT, limits[j]);
    const int rules[] = {row->unit_ratio_min,           row->unit_ratio_max,
                         row->personal_ratio_min,       row->personal_ratio_max,
                         row->fund_year_start,          row->months_ahead,
                         row->back_payment_warn,        row->transfer_arrival == QC_ARRIVAL_SEALED,
                         row->in_flight_blocks != FALSE};
    for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
      g_string_append_printf (text, " %d", rules[j]);
    g_string_append_printf (text, " %s %s\n", qc_rounding_to_code (row->unit_rounding),
                            qc_rounding_to_code (row->personal_rounding));
  }
  for (guint i = 0; ratios != NULL && i < ratios->len; i++) {
    const QcRatios *row = &g_array_index (ratios, QcRatios, i);
    g_string_append_printf (text, "ratios %d %d %d %d\n", row->from, row->unit, row->personal,
                            row->retroactive != FALSE);
  }
  g_string_append_printf (text, "agreement %s\n", unit->agreement_account != NULL ? unit->agreement_account : "");
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize)text->len);
  return g_strconcat ("sha256:", hex, NULL);
}
