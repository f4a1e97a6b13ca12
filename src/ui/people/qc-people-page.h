/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The roster of people: everybody of the unit in one grid, with search, filter, sort, totals that follow, and one
 * person beside it. Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_PEOPLE_PAGE (qc_people_page_get_type ())
G_DECLARE_FINAL_TYPE (QcPeoplePage, qc_people_page, QC, PEOPLE_PAGE, QcPage)

G_END_DECLS
