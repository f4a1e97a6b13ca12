/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位住房公积金信息查询 (3.8): icons above switch between what is asked for. Its argument is the id of a view: "unit",
 * "people", "person", "months", "back-payments", "applications", "movements", "charts"; "person:ACCOUNT" shows that
 * person, "months:2026-10" that month. Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_INQUIRY_PAGE (qc_inquiry_page_get_type ())
G_DECLARE_FINAL_TYPE (QcInquiryPage, qc_inquiry_page, QC, INQUIRY_PAGE, QcPage)

G_END_DECLS
