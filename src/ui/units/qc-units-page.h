/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * All units as a page: which of them needs something, as of when, and one step to it (X7). Its commands: units-refresh,
 * units-needing (toggle). Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_UNITS_PAGE (qc_units_page_get_type ())
G_DECLARE_FINAL_TYPE (QcUnitsPage, qc_units_page, QC, UNITS_PAGE, QcPage)

G_END_DECLS
