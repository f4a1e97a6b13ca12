/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the check of vouchers found, as rows to read. Main thread.
 */
#pragma once

#include <gtk/gtk.h>
#include "qc-voucher-service.h"

G_BEGIN_DECLS

/* Empties @list and fills it with @results (nullable) (element-type QcVoucherResult). */
void qc_voucher_results_show (GtkListBox *list, const GPtrArray *results);

/* Which of the results a row of such a list is, the first of several that are alike. */
int qc_voucher_results_get_index (GtkListBoxRow *row);

G_END_DECLS
