/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a form or a sheet holds, brought to plain ASCII where it means ASCII: full-width digits and letters, ideographic
 * and no-break blanks. For the checkers of this room; people's names are folded by the text room. Any thread.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* Full-width forms to ASCII, all blanks to ' ', outer blanks gone. Invalid UTF-8 gives "". (transfer full) */
char *qc_ascii_fold (const char *text);
/* As above, and blanks inside are gone too, letters upper case. (transfer full) */
char *qc_ascii_fold_code (const char *text);
/* Whether @text is one or more ASCII digits and nothing else. */
gboolean qc_ascii_is_digits (const char *text);

G_END_DECLS
