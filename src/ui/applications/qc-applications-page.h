/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 业务申请记录 of all businesses as a page of the window. Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_APPLICATIONS_PAGE (qc_applications_page_get_type ())
G_DECLARE_FINAL_TYPE (QcApplicationsPage, qc_applications_page, QC, APPLICATIONS_PAGE, QcPage)

G_END_DECLS
