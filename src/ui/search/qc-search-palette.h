/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Search everywhere (Ctrl+K): one entry, and below it what it finds, in groups; Enter goes there. The keys type, and
 * the arrows go through what was found: the focus goes with them, so that a screen reader says each row. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-window.h"

G_BEGIN_DECLS

#define QC_TYPE_SEARCH_PALETTE (qc_search_palette_get_type ())
G_DECLARE_FINAL_TYPE (QcSearchPalette, qc_search_palette, QC, SEARCH_PALETTE, AdwWindow)

/* Over @window; it is presented, and closes by itself when something was chosen. */
void qc_search_palette_show (QcWindow *window, QcSession *session);

G_END_DECLS
