/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 汇缴 as a page of the window: the draft above, <业务申请记录> below (guide 3.1). Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_REMITTANCE_PAGE (qc_remittance_page_get_type ())
G_DECLARE_FINAL_TYPE (QcRemittancePage, qc_remittance_page, QC, REMITTANCE_PAGE, QcPage)

G_END_DECLS
