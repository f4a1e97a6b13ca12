/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A step of a draft's log in words: what would be undone, or redone. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @label: of the step, as the draft keeps it; NULL: there is none. (transfer full) */
char *qc_step_words_dup_undo (const char *label);
char *qc_step_words_dup_redo (const char *label);

G_END_DECLS
