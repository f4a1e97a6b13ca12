/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Every count is held against its bound. Any thread.
 */
#include "qc-reading.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-answer.h"

#define FIRST_LINE "qingce-reading 1\n"

G_DEFINE_QUARK (qc - reader - error - quark, qc_reader_error)

static const char *const kinds[QC_N_READING_KINDS] = {"pdf", "picture", "text"};

static void
text_free (gpointer data)
{
  QcReadingText *text = data;
  g_free (text->text);
  g_free (text);
}

void
qc_reading_free (QcReading *reading)
{
  if (reading == NULL)
    return;
  g_ptr_array_unref (reading->texts);
  g_ptr_array_unref (reading->vouchers);
  g_clear_pointer (&reading->image, g_bytes_unref);
  g_free (reading);
}

/* ---- parsing ---- */

static gboolean
take_kind (QcReading *reading, const QcAnswerRecord *record)
{
  for (guint i = 0; i < QC_N_READING_KINDS; i++)
    if (qc_answer_is_said (record, kinds[i])) {
      reading->kind = (QcReadingKind)i;
      return record->number == 0;
    }
  return FALSE;
}

/* @most: how many of them there may be. */
static gboolean
take_text (QcReading *reading, const QcAnswerRecord *record, GPtrArray *list, guint most)
{
  if (record->number > reading->n_pages || record->length > QC_READING_MAX_TEXT || list->len >= most
      || memchr (record->data, 0, record->length) != NULL
      || !g_utf8_validate_len ((const char *)record->data, record->length, NULL))
    return FALSE;
  QcReadingText *text = g_new0 (QcReadingText, 1);
  text->page = record->number;
  text->text = g_strndup ((const char *)record->data, record->length);
  g_ptr_array_add (list, text);
  return TRUE;
}

/* Pages come in their order, so that none comes twice. */
static gboolean
take_page_text (QcReading *reading, const QcAnswerRecord *record)
{
  guint before = reading->texts->len > 0
                     ? ((QcReadingText *)g_ptr_array_index (reading->texts, reading->texts->len - 1))->page
                     : 0;
  return record->number > before && take_text (reading, record, reading->texts, QC_READING_MAX_TEXTS);
}

static gboolean
take_image (QcReading *reading, const QcAnswerRecord *record)
{
  gsize stride = (gsize)record->number * 3;
  if (reading->image != NULL || record->number == 0 || record->number > QC_READING_MAX_SIDE || record->length == 0
      || record->length % stride != 0 || record->length / stride > QC_READING_MAX_SIDE)
    return FALSE;
  reading->width = record->number;
  reading->height = (guint)(record->length / stride);
  reading->image = g_bytes_new (record->data, record->length);
  return TRUE;
}

static gboolean
take_pages (QcReading *reading, const QcAnswerRecord *record)
{
  if (reading->n_pages != 0 || record->number > QC_READING_MAX_PAGES || record->length != 0)
    return FALSE;
  reading->n_pages = record->number;
  return TRUE;
}

static gboolean
take (QcReading *reading, const QcAnswerRecord *record)
{
  if (g_str_equal (record->name, "pages"))
    return take_pages (reading, record);
  if (g_str_equal (record->name, "text"))
    return take_page_text (reading, record);
  if (g_str_equal (record->name, "voucher"))
    return take_text (reading, record, reading->vouchers, QC_READING_MAX_LINES);
  if (g_str_equal (record->name, "image"))
    return take_image (reading, record);
  return FALSE;
}

static void
set_failed (GError **error, const QcAnswerRecord *record)
{
  if (qc_answer_is_said (record, "too-large"))
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_TOO_LARGE,
                         _ ("The picture or the page is larger than any paper is. It was not opened."));
  else if (qc_answer_is_said (record, "locked"))
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_LOCKED, _ ("The PDF asks for a password."));
  else
    g_set_error_literal (error, QC_READER_ERROR, QC_READER_ERROR_UNREADABLE,
                         _ ("The file is damaged, or it is neither a PDF, a PNG or JPEG picture, nor text."));
}

/* TRUE where all of it was understood; FALSE with @error where it says that nothing was read. */
static gboolean
parse (QcReading *reading, const guint8 *p, const guint8 *end, GError **error)
{
  QcAnswerRecord first = {{0}}, record = {{0}};
  p = qc_answer_take (p, end, &first);
  gboolean fails = p != NULL && g_str_equal (first.name, "fail");
  if (p == NULL || (!fails && !(g_str_equal (first.name, "kind") && take_kind (reading, &first))))
    return FALSE;
  while ((p = qc_answer_take (p, end, &record)) != NULL && !qc_answer_is_last (&record, p, end))
    if (fails || !take (reading, &record))
      return FALSE;
  if (p != NULL && fails)
    set_failed (error, &first);
  return p != NULL && !fails;
}

QcReading *
qc_reading_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (QcReading) reading = g_new0 (QcReading, 1);
  const gsize head = strlen (FIRST_LINE);
  reading->texts = g_ptr_array_new_with_free_func (text_free);
  reading->vouchers = g_ptr_array_new_with_free_func (text_free);
  g_autoptr (GError) fault = NULL;
  if (size > head && size <= QC_READING_MAX_SIZE && memcmp (data, FIRST_LINE, head) == 0
      && parse (reading, data + head, data + size, &fault))
    return g_steal_pointer (&reading);
  if (fault == NULL)
    g_set_error_literal (&fault, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                         _ ("The program that reads files gave an answer that makes no sense."));
  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

/* ---- writing ---- */

void
qc_reading_begin (GByteArray *answer)
{
  qc_answer_begin (answer, FIRST_LINE);
}

gboolean
qc_reading_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length)
{
  return qc_answer_add (answer, QC_READING_MAX_SIZE, name, number, data, length);
}

void
qc_reading_fail (GByteArray *answer, const char *code)
{
  qc_answer_fail (answer, FIRST_LINE, code);
}

void
qc_reading_end (GByteArray *answer)
{
  qc_answer_end (answer);
}
