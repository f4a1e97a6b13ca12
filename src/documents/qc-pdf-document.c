/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The objects of a PDF: shared resources, pages whose contents are read back from a spool while libharu writes,
 * the attachment and what the document says about itself. One thread at a time.
 */
#include "qc-pdf-private.h"

#include <errno.h>
#include <string.h>

#define PAGES_PER_NODE 64 /* of the tree of pages */

/* ---- streams over a spool ---- */

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

HPDF_Stream
qc_pdf_stream_new (QcPdf *pdf, QcSpool *spool, gsize offset, gsize length)
{
  Window *window = g_new0 (Window, 1);
  *window = (Window) {spool, offset, length, 0};
  g_ptr_array_add (pdf->streams, window);
  return HPDF_CallbackReader_New (pdf->doc->mmgr, read_cb, seek_cb, tell_cb, size_cb, window);
}

/* (nullable) (transfer full) */
static GBytes *
compress (QcPdf *pdf, const void *data, gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize done = 0;
  g_converter_reset (pdf->compressor);
  while (result != G_CONVERTER_FINISHED) {
    guint8 buffer[8192];
    gsize n_read = 0, n_written = 0;
    result = g_converter_convert (pdf->compressor, (const guint8 *)data + done, size - done, buffer, sizeof buffer,
                                  G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR)
      return NULL;
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

/* What is in it is compressed already; it says so itself. */
static void
set_compressed (HPDF_Dict dict)
{
  dict->filter = HPDF_STREAM_FILTER_NONE;
  dict->write_fn = write_filter_cb;
}

HPDF_Dict
qc_pdf_stream_of (QcPdf *pdf, const void *data, gsize size)
{
  HPDF_Dict dict = HPDF_DictStream_New (pdf->doc->mmgr, pdf->doc->xref);
  g_autoptr (GBytes) bytes = dict != NULL ? compress (pdf, data, size) : NULL;
  gsize length = 0;
  const HPDF_BYTE *compressed = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (compressed == NULL || HPDF_Stream_Write (dict->stream, compressed, (HPDF_UINT)length) != HPDF_OK)
    return NULL;
  set_compressed (dict);
  return dict;
}

/* ---- opening ---- */

HPDF_Dict
qc_pdf_dict_new (QcPdf *pdf)
{
  HPDF_Dict dict = HPDF_Dict_New (pdf->doc->mmgr);
  if (dict != NULL && HPDF_Xref_Add (pdf->doc->xref, dict) != HPDF_OK)
    return NULL;
  return dict;
}

static HPDF_ExtGState
make_state (QcPdf *pdf, float alpha)
{
  HPDF_ExtGState state = HPDF_CreateExtGState (pdf->doc);
  if (state != NULL) {
    HPDF_ExtGState_SetAlphaFill (state, alpha);
    HPDF_ExtGState_SetAlphaStroke (state, alpha);
  }
  return state;
}

/* One dictionary that all pages share. */
static gboolean
make_resources (QcPdf *pdf)
{
  HPDF_Dict fonts = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_Dict states = HPDF_Dict_New (pdf->doc->mmgr);
  pdf->resources = qc_pdf_dict_new (pdf);
  return fonts != NULL && states != NULL && pdf->resources != NULL
         && HPDF_Dict_Add (pdf->resources, "Font", fonts) == HPDF_OK
         && HPDF_Dict_Add (pdf->resources, "ExtGState", states) == HPDF_OK
         && HPDF_Dict_Add (fonts, "F1", qc_pdf_make_font (pdf)) == HPDF_OK
         && HPDF_Dict_Add (states, "GO", make_state (pdf, 1)) == HPDF_OK
         && HPDF_Dict_Add (states, "GS", make_state (pdf, 0.82f)) == HPDF_OK;
}

gboolean
qc_pdf_open (QcPdf *pdf, GError **error)
{
  pdf->doc = HPDF_New (NULL, NULL);
  if (pdf->doc != NULL) {
    HPDF_SetCompressionMode (pdf->doc, HPDF_COMP_ALL);
    HPDF_SetPagesConfiguration (pdf->doc, PAGES_PER_NODE);
    if (make_resources (pdf))
      return TRUE;
  }
  if (pdf->doc == NULL || qc_pdf_check (pdf, error))
    g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_PDF, "libharu cannot be started");
  return FALSE;
}

/* ---- pages ---- */

/* After errno. */
static void
take_spool_fault (QcPdf *pdf)
{
  if (pdf->fault == NULL)
    qc_pdf_set_write_error (&pdf->fault, errno, pdf->folder != NULL ? pdf->folder : g_get_tmp_dir ());
}

void
qc_pdf_begin_page (QcPdf *pdf, double width, double height)
{
  pdf->page = HPDF_AddPage (pdf->doc);
  if (pdf->page == NULL)
    return;
  HPDF_Page_SetWidth (pdf->page, (HPDF_REAL)(width / QC_MM_PER_POINT));
  HPDF_Page_SetHeight (pdf->page, (HPDF_REAL)(height / QC_MM_PER_POINT));
  HPDF_Dict_Add (pdf->page, "Resources", pdf->resources);
}

void
qc_pdf_end_page (QcCanvas *canvas)
{
  QcPdf *pdf = (QcPdf *)canvas;
  gsize offset = qc_spool_get_length (pdf->pages);
  g_autoptr (GBytes) bytes = NULL;
  HPDF_Dict contents;

  if (pdf->page == NULL)
    return;
  bytes = compress (pdf, pdf->content->str, pdf->content->len);
  if (bytes == NULL || !qc_spool_append (pdf->pages, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))) {
    take_spool_fault (pdf);
    return;
  }
  contents = ((HPDF_PageAttr)pdf->page->attr)->contents;
  HPDF_Stream_Free (contents->stream);
  contents->stream = qc_pdf_stream_new (pdf, pdf->pages, offset, g_bytes_get_size (bytes));
  ((HPDF_PageAttr)pdf->page->attr)->stream = contents->stream;
  set_compressed (contents);
}

/* ---- the attachment and the end ---- */

void
qc_pdf_attach (QcPdf *pdf, const char *name, const char *text)
{
  if (pdf->attached == NULL)
    pdf->attached = qc_spool_new (pdf->folder);
  if (!qc_spool_append (pdf->attached, text, strlen (text)))
    take_spool_fault (pdf);
  g_free (pdf->attachment_name);
  pdf->attachment_name = g_strdup (name);
}

static HPDF_String
string_new (QcPdf *pdf, const char *text)
{
  return HPDF_String_New (pdf->doc->mmgr, text, NULL);
}

static void
add_attachment (QcPdf *pdf)
{
  HPDF_Dict stream = HPDF_DictStream_New (pdf->doc->mmgr, pdf->doc->xref);
  HPDF_Dict spec = qc_pdf_dict_new (pdf), names = qc_pdf_dict_new (pdf);
  HPDF_Dict files = HPDF_Dict_New (pdf->doc->mmgr), entry = HPDF_Dict_New (pdf->doc->mmgr);
  HPDF_Array pairs = HPDF_Array_New (pdf->doc->mmgr), associated = HPDF_Array_New (pdf->doc->mmgr);
  if (stream == NULL || spec == NULL || names == NULL || files == NULL || entry == NULL || pairs == NULL
      || associated == NULL)
    return; /* the document's error says so */
  HPDF_Stream_Free (stream->stream);
  stream->stream = qc_pdf_stream_new (pdf, pdf->attached, 0, qc_spool_get_length (pdf->attached));
  stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
  HPDF_Dict_AddName (stream, "Type", "EmbeddedFile");
  HPDF_Dict_AddName (stream, "Subtype", "text/plain");
  HPDF_Dict_AddName (spec, "Type", "Filespec");
  HPDF_Dict_AddName (spec, "AFRelationship", "Data");
  HPDF_Dict_Add (spec, "F", string_new (pdf, pdf->attachment_name));
  HPDF_Dict_Add (spec, "UF", string_new (pdf, pdf->attachment_name));
  HPDF_Dict_Add (spec, "EF", entry);
  HPDF_Dict_Add (entry, "F", stream);
  HPDF_Dict_Add (names, "EmbeddedFiles", files);
  HPDF_Dict_Add (files, "Names", pairs);
  HPDF_Array_Add (pairs, string_new (pdf, pdf->attachment_name));
  HPDF_Array_Add (pairs, spec);
  HPDF_Dict_Add (pdf->doc->catalog, "Names", names);
  HPDF_Array_Add (associated, spec);
  HPDF_Dict_Add (pdf->doc->catalog, "AF", associated);
}

void
qc_pdf_close (QcPdf *pdf)
{
  if (pdf->is_closed)
    return;
  pdf->is_closed = TRUE;
  if (pdf->attached != NULL)
    add_attachment (pdf);
}

void
qc_pdf_set_info (QcPdf *pdf, const char *title, const char *subject, gint64 created)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (created);
  g_autoptr (GDateTime) china = utc != NULL ? g_date_time_add_hours (utc, 8) : NULL;
  HPDF_UseUTFEncodings (pdf->doc);
  HPDF_SetCurrentEncoder (pdf->doc, "UTF-8"); /* else the bytes are written as they are, and read as Latin */
  HPDF_SetInfoAttr (pdf->doc, HPDF_INFO_TITLE, title);
  HPDF_SetInfoAttr (pdf->doc, HPDF_INFO_SUBJECT, subject);
  HPDF_SetInfoAttr (pdf->doc, HPDF_INFO_CREATOR, "Qingce " QC_VERSION);
  if (china != NULL) {
    HPDF_Date date = {g_date_time_get_year (china),
                      g_date_time_get_month (china),
                      g_date_time_get_day_of_month (china),
                      g_date_time_get_hour (china),
                      g_date_time_get_minute (china),
                      g_date_time_get_second (china),
                      '+',
                      8,
                      0};
    HPDF_SetInfoDateAttr (pdf->doc, HPDF_INFO_CREATION_DATE, date);
  }
}
