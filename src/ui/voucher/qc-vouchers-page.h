/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page 凭证: the applications that have a voucher on one side; their preview, or what a check found, on the other.
 * Every command is a win.voucher-… action. Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_VOUCHERS_PAGE (qc_vouchers_page_get_type ())
G_DECLARE_FINAL_TYPE (QcVouchersPage, qc_vouchers_page, QC, VOUCHERS_PAGE, QcPage)

G_END_DECLS
