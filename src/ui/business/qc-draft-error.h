/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The bar above a business that says what became of an edit which is not saved. Main thread.
 */
#pragma once

#include "qc-draft.h"
#include "qc-page.h"

G_BEGIN_DECLS

/* Shows or hides it as @draft has an error or none. */
void qc_draft_error_show (QcPage *page, QcDraft *draft);

G_END_DECLS
