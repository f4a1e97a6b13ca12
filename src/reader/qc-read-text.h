/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Text in the program qingce-reader: each line may be a voucher. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds each line that is not blank; how many. */
guint qc_read_lines (GByteArray *answer, const char *data, gsize size);
/* A whole file, which is none where it is long or has bytes that are no text. */
void qc_read_text (GByteArray *answer, const char *data, gsize size);

G_END_DECLS
