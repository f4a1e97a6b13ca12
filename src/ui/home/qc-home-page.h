/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 首页: what is due this month, what was returned, what is unfinished, what waits; the last twelve months; the eight
 * businesses. Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_HOME_PAGE (qc_home_page_get_type ())
G_DECLARE_FINAL_TYPE (QcHomePage, qc_home_page, QC, HOME_PAGE, QcPage)

G_END_DECLS
