/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The page of every business but 汇缴: its draft, a roster or a form of facts, 办理 with its confirmation, what came of
 * it, and <业务申请记录> of that business below as one line that opens on demand. What differs between the businesses
 * is read from core's table. Its actions are win.CODE-… (CODE as in the table): choose, concerned, paste, fill-down,
 * update-lines, remove, clear, reason, accept-month, export, export-shown, export-to and export-shown-to (string: a
 * path), draft (int64), draft-new, draft-rename, draft-delete, draft-undelete (int64), confirm, new, withdraw, open,
 * records, and those of the frame. Main thread.
 */
#pragma once

#include "qc-business.h"
#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_BUSINESS_PAGE (qc_business_page_get_type ())
G_DECLARE_FINAL_TYPE (QcBusinessPage, qc_business_page, QC, BUSINESS_PAGE, QcPage)

/* Once, before it is shown. */
void qc_business_page_set_business (QcBusinessPage *self, QcBusiness business);

G_END_DECLS
