/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The digest of the terms: everything that a submission is confirmed under moves it, and nothing else does.
 */
#include "qc-terms.h"

#include <string.h>

static void
test_terms (void)
{
  QcPolicy policy = {.from = 202001, .base_floor = 1, .unit_rounding = QC_ROUNDING_HALF_UP_YUAN};
  QcRatios ratios = {.from = 202001, .unit = 1200, .personal = 1200};
  g_autoptr (GArray) policies = g_array_new (FALSE, FALSE, sizeof (QcPolicy));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (QcRatios));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (QcUnit) unit = qc_unit_new ();
  g_array_append_val (policies, policy);
  g_array_append_val (rows, ratios);
  g_autofree char *first = qc_terms_digest (policies, rows, unit);
  g_assert_cmpuint (strlen (first), ==, QC_TERMS_LENGTH);
  g_assert_true (g_str_has_prefix (first, "sha256:"));
  unit->revision = 9;
  unit->paid_to = 202610;
  unit->suspense = 100;
  g_autofree char *same = qc_terms_digest (policies, rows, unit);
  g_assert_cmpstr (same, ==, first);
  QcPolicy *p = &g_array_index (policies, QcPolicy, 0);
  QcRatios *r = &g_array_index (rows, QcRatios, 0);
  gint64 *limits[] = {&p->base_floor, &p->base_cap, &p->monthly_floor, &p->monthly_cap};
  gint32 *numbers[] = {&p->from,
                       &p->unit_ratio_min,
                       &p->unit_ratio_max,
                       &p->personal_ratio_min,
                       &p->personal_ratio_max,
                       &p->fund_year_start,
                       &p->months_ahead,
                       &p->back_payment_warn,
                       &r->from,
                       &r->unit,
                       &r->personal};
  g_hash_table_add (seen, g_strdup (first));
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    *limits[i] += 7;
    g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    *numbers[i] += 1;
    g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  }
  p->unit_rounding = QC_ROUNDING_DROP_LI;
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  p->personal_rounding = QC_ROUNDING_DROP_LI;
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  p->transfer_arrival = QC_ARRIVAL_SEALED;
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  p->in_flight_blocks = TRUE;
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  r->retroactive = TRUE;
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (policies, rows, unit)));
  unit->agreement_account = g_strdup ("6222");
  g_autofree char *last = qc_terms_digest (policies, rows, unit);
  g_assert_cmpstr (
      last, ==,
      "sha256:971b637c82e305e4842716b366da16d484d3ec16b61fcf60304530468bc73aa0"); /* a client and a center of other
                                                                                     years say the same */
  g_assert_true (g_hash_table_add (seen, g_strdup (last)));
  g_assert_true (g_hash_table_add (seen, qc_terms_digest (NULL, NULL, unit)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/terms/moved-by-what-counts", test_terms);
  return g_test_run ();
}
