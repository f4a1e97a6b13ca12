/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. The JPEG is looked through once more by its markers: what has anything in it but the picture is no
 * answer. Any thread.
 */
#include "qc-picture.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "qc-answer.h"
#include "qc-jpeg.h"
#include "qc-picture-names.h"

#define FIRST_LINE "qingce-picture 1\n"
#define MAX_SIZE   (QC_PICTURE_MAX_JPEG + 1024 * 1024)

void
qc_picture_free (QcPicture *picture)
{
  if (picture == NULL)
    return;
  g_clear_pointer (&picture->jpeg, g_bytes_unref);
  g_clear_pointer (&picture->preview, g_bytes_unref);
  g_free (picture->name);
  g_free (picture);
}

/* ---- parsing ---- */

/* A text of at most fifteen bytes, or "". */
static void
copy_text (const QcAnswerRecord *record, char out[16])
{
  gsize length = record->length < 16 ? record->length : 0;
  memcpy (out, record->data, length);
  out[length] = '\0';
}

static gboolean
take_kind (QcPicture *picture, const QcAnswerRecord *record)
{
  char text[16];
  copy_text (record, text);
  return record->number == 0 && qc_picture_kind_from_name (text, &picture->was)
         && qc_picture_kind_is_taken (picture->was);
}

static gboolean
take_size (QcPicture *picture, const QcAnswerRecord *record)
{
  char text[16];
  copy_text (record, text);
  guint64 height = 0;
  if (!g_ascii_string_to_unsigned (text, 10, 1, QC_PICTURE_MAX_SIDE, &height, NULL) || record->number < 1
      || record->number > QC_PICTURE_MAX_SIDE)
    return FALSE;
  picture->width = record->number;
  picture->height = (guint)height;
  return TRUE;
}

static gboolean
take_number (const QcAnswerRecord *record, guint most, guint *out)
{
  *out = record->number;
  return record->length == 0 && record->number <= most;
}

static gboolean
take_jpeg (QcPicture *picture, GBytes *answer, const QcAnswerRecord *record)
{
  QcJpegHeader header;
  if (record->number != 0 || record->length > QC_PICTURE_MAX_JPEG || !qc_jpeg_is_bare (record->data, record->length)
      || qc_jpeg_read_header (record->data, record->length, &header) != QC_JPEG_GOOD || header.width != picture->width
      || header.height != picture->height)
    return FALSE;
  gsize at = (gsize)(record->data - (const guint8 *)g_bytes_get_data (answer, NULL));
  picture->jpeg = g_bytes_new_from_bytes (answer, at, record->length);
  picture->name = qc_picture_dup_name (picture->jpeg);
  return TRUE;
}

static gboolean
take_preview (QcPicture *picture, const QcAnswerRecord *record)
{
  gsize stride = (gsize)record->number * 3;
  if (record->number == 0 || record->number > QC_PICTURE_MAX_PREVIEW || record->length == 0
      || record->length % stride != 0 || record->length / stride > QC_PICTURE_MAX_PREVIEW)
    return FALSE;
  picture->preview_width = record->number;
  picture->preview_height = (guint)(record->length / stride);
  picture->preview = g_bytes_new (record->data, record->length);
  return TRUE;
}

static const char *const order[] = {"kind", "size", "trimmed", "lossless", "look", "sandbox", "jpeg", "preview", "end"};

static gboolean
take (QcPicture *picture, GBytes *answer, gsize i, const QcAnswerRecord *record)
{
  guint number = 0;
  switch (i) {
  case 0:
    return take_kind (picture, record);
  case 1:
    return take_size (picture, record);
  case 2:
    return take_number (record, QC_PICTURE_MAX_SIDE, &picture->trimmed);
  case 3:
    return take_number (record, 1, &number) && ((picture->lossless = number == 1), TRUE);
  case 4:
    return take_number (record, QC_PAPER_ALL, &number) && ((picture->look = (QcPaperLook)number), TRUE);
  case 5:
    return take_number (record, 1, &number) && ((picture->confined = number == 1), TRUE);
  case 6:
    return take_jpeg (picture, answer, record);
  case 7:
    return take_preview (picture, record);
  default:
    return TRUE;
  }
}

static void
set_failed (GError **error, const QcAnswerRecord *record)
{
  static const struct {
    const char *said;
    QcReaderError code;
    const char *words;
  } reasons[] = {
      {"damaged", QC_READER_ERROR_PICTURE_DAMAGED, N_ ("Parts of the picture cannot be read.")},
      {"cut-off", QC_READER_ERROR_PICTURE_DAMAGED, N_ ("The picture is cut off: the rest of the file is missing.")},
      {"pixels", QC_READER_ERROR_PICTURE_LARGE, N_ ("The picture has more than 50 million pixels. It was not opened.")},
      {"small", QC_READER_ERROR_PICTURE_SMALL, N_ ("The picture has hardly any pixels. Nobody could read it.")},
      {"bits", QC_READER_ERROR_PICTURE_KIND,
       N_ ("It is a JPEG picture of a rare kind, with more than 8 bits a colour.")},
      {"rare", QC_READER_ERROR_PICTURE_KIND, N_ ("It is a picture of a rare kind, which is not read.")},
      {"scans", QC_READER_ERROR_PICTURE_KIND,
       N_ ("The JPEG picture is made of too many layers: no camera and no program does so.")},
      {"heavy", QC_READER_ERROR_PICTURE_LARGE, N_ ("Even made smaller, the file is larger than the center takes.")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (qc_answer_is_said (record, reasons[i].said)) {
      g_set_error_literal (error, QC_READER_ERROR, reasons[i].code, _ (reasons[i].words));
      return;
    }
  g_autofree char *said = g_strndup ((const char *)record->data, MIN (record->length, 40));
  QcPictureKind kind;
  if (g_str_has_prefix (said, "kind ") && qc_picture_kind_from_name (said + strlen ("kind "), &kind))
    /* Translators: %s is "a PDF", "a GIF picture", "an empty file" */
    g_set_error (error, QC_READER_ERROR, QC_READER_ERROR_PICTURE_KIND, _ ("It is %s."),
                 qc_picture_kind_get_words (kind));
}

/* TRUE where all of it was understood; FALSE with @error where it says why there is no picture. */
static gboolean
parse (QcPicture *picture, GBytes *answer, gsize head, GError **error)
{
  gsize size;
  const guint8 *p = g_bytes_get_data (answer, &size), *end = p + size;
  p += head;
  QcAnswerRecord record = {{0}};
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    p = qc_answer_take (p, end, &record);
    if (p == NULL)
      return FALSE;
    if (i == 0 && g_str_equal (record.name, "fail")) {
      QcAnswerRecord last = {{0}};
      p = qc_answer_take (p, end, &last);
      if (p != NULL && qc_answer_is_last (&last, p, end))
        set_failed (error, &record);
      return FALSE;
    }
    if (!g_str_equal (record.name, order[i]) || !take (picture, answer, i, &record))
      return FALSE;
  }
  return qc_answer_is_last (&record, p, end);
}

QcPicture *
qc_picture_parse (GBytes *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, NULL);
  g_autoptr (QcPicture) picture = g_new0 (QcPicture, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (answer, &size);
  const gsize head = strlen (FIRST_LINE);
  g_autoptr (GError) fault = NULL;
  if (size > head && size <= MAX_SIZE && memcmp (data, FIRST_LINE, head) == 0 && parse (picture, answer, head, &fault))
    return g_steal_pointer (&picture);
  if (fault == NULL)
    g_set_error_literal (&fault, QC_READER_ERROR, QC_READER_ERROR_BROKEN,
                         _ ("The program that reads files gave an answer that makes no sense."));
  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

/* ---- writing ---- */

void
qc_picture_begin (GByteArray *answer)
{
  qc_answer_begin (answer, FIRST_LINE);
}

gboolean
qc_picture_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length)
{
  return qc_answer_add (answer, MAX_SIZE, name, number, data, length);
}

void
qc_picture_fail (GByteArray *answer, const char *code)
{
  qc_answer_fail (answer, FIRST_LINE, code);
}

void
qc_picture_end (GByteArray *answer)
{
  qc_answer_end (answer);
}
