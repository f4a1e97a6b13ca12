/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-printout-words.c. Any thread.
 */
#pragma once

#include "qc-line-field.h"

G_BEGIN_DECLS

/* The word of a msgid of core's tables; one that is not among them in the language of the program. Borrowed. */
const char *qc_printout_word (const char *msgid);
/* For tests. */
gboolean qc_printout_has_word (const char *msgid);
const char *qc_printout_sex (QcSex sex);
/* As qc_line_dup_text(), in the words of paper. (transfer full) */
char *qc_printout_dup_cell (const QcRosterLine *line, QcLineFieldId id, const GPtrArray *codes, const char *list);

G_END_DECLS
