/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Streams of a PDF: over a part of a spool, which libharu reads back while it writes, and compressed ones. One thread
 * at a time.
 */
#include "qc-pdf-private.h"

typedef struct {
  QcSpool *spool; /* borrowed */
  gsize offset, length, position;
} Window;

static HPDF_STATUS
read_cb (HPDF_Stream stream, HPDF_BYTE *buffer, HPDF_UINT *size)
{
  Window *window = stream->attr;
  gsize wanted = MIN (*size, window->length - window->position);
  gsize n = qc_spool_read (window->spool, window->offset + window->position, buffer, wanted);
  HPDF_STATUS status = n < wanted ? HPDF_FILE_IO_ERROR : n < *size ? HPDF_STREAM_EOF : HPDF_OK;
  window->position += n;
  *size = (HPDF_UINT)n;
  return status;
}

static HPDF_STATUS
seek_cb (HPDF_Stream stream, HPDF_INT position, HPDF_WhenceMode mode)
{
  Window *window = stream->attr;
  if (mode != HPDF_SEEK_SET || position < 0 || (gsize)position > window->length)
    return HPDF_INVALID_PARAMETER;
  window->position = (gsize)position;
  return HPDF_OK;
}

static HPDF_INT32
tell_cb (HPDF_Stream stream)
{
  return (HPDF_INT32)((Window *)stream->attr)->position;
}

static HPDF_UINT32
size_cb (HPDF_Stream stream)
{
  return (HPDF_UINT32)((Window *)stream->attr)->length;
}

void
qc_pdf_stream_set (QcPdf *pdf, HPDF_Dict dict, QcSpool *spool, gsize offset, gsize length)
{
  Window *window = g_new0 (Window, 1);
  *window = (Window) {spool, offset, length, 0};
  g_ptr_array_add (pdf->streams, window);
  HPDF_Stream_Free (dict->stream);
  dict->stream = HPDF_CallbackReader_New (pdf->doc->mmgr, read_cb, seek_cb, tell_cb, size_cb, window);
}

/* ---- compression ---- */

GBytes *
qc_pdf_compress (QcPdf *pdf, const void *data, gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_converter_reset (pdf->compressor);
  gsize done = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;
  g_autoptr (GError) error = NULL;
  while (result != G_CONVERTER_FINISHED) {
    guint8 buffer[8192];
    gsize n_read = 0, n_written = 0;
    result = g_converter_convert (pdf->compressor, (const guint8 *)data + done, size - done, buffer, sizeof buffer,
                                  G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &error);
    if (result == G_CONVERTER_ERROR) {
      qc_pdf_take_fault (pdf, QC_DOCUMENTS_ERROR_PDF, error->message);
      return NULL;
    }
    done += n_read;
    g_byte_array_append (out, buffer, (guint)n_written);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static HPDF_STATUS
write_filter_cb (HPDF_Dict dict, HPDF_Stream stream)
{
  return HPDF_Stream_WriteStr (stream, "/Filter /FlateDecode\012");
}

void
qc_pdf_stream_set_compressed (HPDF_Dict dict)
{
  dict->filter = HPDF_STREAM_FILTER_NONE;
  dict->write_fn = write_filter_cb;
}

HPDF_Dict
qc_pdf_stream_of (QcPdf *pdf, const void *data, gsize size)
{
  HPDF_Dict dict = HPDF_DictStream_New (pdf->doc->mmgr, pdf->doc->xref);
  g_autoptr (GBytes) bytes = dict != NULL ? qc_pdf_compress (pdf, data, size) : NULL;
  gsize length = 0;
  const HPDF_BYTE *compressed = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (compressed == NULL || HPDF_Stream_Write (dict->stream, compressed, (HPDF_UINT)length) != HPDF_OK)
    return NULL;
  qc_pdf_stream_set_compressed (dict);
  return dict;
}
