/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The form of what `qingce-reader` answers: a first line, and then records. A record is a line "NAME NUMBER LENGTH"
 * (decimal digits), LENGTH bytes, and an end of line; the last one is "end 0 0". Which records there are says
 * qc-reading.h of papers, qc-sheets.h of workbooks. Plain values, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char name[16];
  guint number;
  const guint8 *data; /* borrowed */
  gsize length;
} QcAnswerRecord;

/* The record at @p; what follows it, or NULL. */
const guint8 *qc_answer_take (const guint8 *p, const guint8 *end, QcAnswerRecord *record);
/* Whether @text is all that it says. */
gboolean qc_answer_is_said (const QcAnswerRecord *record, const char *text);
/* Whether it is the last one, and nothing follows it. */
gboolean qc_answer_is_last (const QcAnswerRecord *record, const guint8 *after, const guint8 *end);

/* ---- writing ---- */

/* Both replace whatever is in @answer: its first line, and behind it why there is no more ("fail"). */
void qc_answer_begin (GByteArray *answer, const char *first_line);
void qc_answer_fail (GByteArray *answer, const char *first_line, const char *code);
/* @length -1: of a string. FALSE, and nothing is written, where the answer would grow beyond @most bytes. */
gboolean qc_answer_add (GByteArray *answer, gsize most, const char *name, guint number, const void *data,
                        gssize length);
void qc_answer_end (GByteArray *answer);

G_END_DECLS
