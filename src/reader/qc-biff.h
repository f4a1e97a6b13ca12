/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The records of an old workbook ([MS-XLS]) and the texts in them, which go on over the end of a record. In the program
 * qingce-reader. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in a record. What was read beyond its end, and that of what goes on with it, is zero, and it is short. */
typedef struct {
  const guint8 *p, *end;      /* of the record */
  const guint8 *next, *limit; /* what follows it, and the end of all */
  guint16 id;
  gboolean is_short;
} QcBiffRecord;

/* The record at @p; FALSE: there is none that is whole. */
gboolean qc_biff_take (const guint8 *p, const guint8 *limit, QcBiffRecord *record);

guint16 qc_biff_get16 (QcBiffRecord *record);
guint32 qc_biff_get32 (QcBiffRecord *record);
guint8 qc_biff_get8 (QcBiffRecord *record);
double qc_biff_get_double (QcBiffRecord *record);
void qc_biff_skip (QcBiffRecord *record, gsize length);

/* Bytes that @record itself still has. */
gsize qc_biff_left (const QcBiffRecord *record);

/* A text of @n characters with what describes them: as BIFF 8 has it (@charset NULL), or bytes in @charset. (transfer
 * full) UTF-8 without NUL. */
char *qc_biff_dup_text (QcBiffRecord *record, guint n, const char *charset);

/* Numbers of 30 bits, some of them hundredths. */
double qc_biff_decode_rk (guint32 rk);
/* "#N/A" of a code; static. */
const char *qc_biff_error_name (guint8 code);

G_END_DECLS
