/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of a business that this version cannot do yet: it says so plainly, says what the business is, and what can
 * be done meanwhile. Main thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_LATER_PAGE (qc_later_page_get_type ())
G_DECLARE_FINAL_TYPE (QcLaterPage, qc_later_page, QC, LATER_PAGE, QcPage)

void qc_later_page_set_business (QcLaterPage *self, QcBusiness business);

G_END_DECLS
