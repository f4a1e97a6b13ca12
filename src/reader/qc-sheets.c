/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-sheets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-reading.h"

#define FIRST_LINE "qingce-sheets 1\n"
#define MAX_HEAD   64

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                       _ ("The program that reads files gave an answer that makes no sense."));
  return FALSE;
}

/* Takes the records that are there. */
static gboolean
take_records (QcSheetsParser *parser, GError **error)
{
  const guint8 *p = parser->rest->data, *end = p + parser->rest->len, *after;
  QcAnswerRecord record;
  while (!parser->ended && (after = qc_answer_take (p, end, &record)) != NULL) {
    parser->ended = qc_answer_is_last (&record, after, end);
    if (!parser->ended && !parser->take (&record, parser->user_data, error))
      return FALSE;
    p = after;
  }
  g_byte_array_remove_range (parser->rest, 0, (guint)(p - parser->rest->data));
  return parser->rest->len <= QC_SHEETS_MAX_RECORD + MAX_HEAD ? TRUE : fail (error);
}

gboolean
qc_sheets_feed (QcSheetsParser *parser, const guint8 *data, gsize size, GError **error)
{
  if (parser->ended)
    return fail (error);
  if (parser->rest == NULL)
    parser->rest = g_byte_array_new ();
  g_byte_array_append (parser->rest, data, (guint)size);
  const guint head = strlen (FIRST_LINE);
  if (!parser->begun && parser->rest->len >= head) {
    if (memcmp (parser->rest->data, FIRST_LINE, head) != 0)
      return fail (error);
    parser->begun = TRUE;
    g_byte_array_remove_range (parser->rest, 0, head);
  }
  return !parser->begun || take_records (parser, error);
}

gboolean
qc_sheets_finish (QcSheetsParser *parser, GError **error)
{
  return parser->ended || fail (error);
}

void
qc_sheets_parser_clear (QcSheetsParser *parser)
{
  g_clear_pointer (&parser->rest, g_byte_array_unref);
}

/* ---- writing ---- */

void
qc_sheets_begin (GByteArray *answer)
{
  qc_answer_begin (answer, FIRST_LINE);
}

gboolean
qc_sheets_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length)
{
  return qc_answer_add (answer, QC_SHEETS_MAX_SIZE, name, number, data, length);
}

void
qc_sheets_fail (GByteArray *answer, const char *code)
{
  qc_answer_fail (answer, FIRST_LINE, code);
}

void
qc_sheets_end (GByteArray *answer)
{
  qc_answer_end (answer);
}
