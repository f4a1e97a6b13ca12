/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The objects of a PDF: shared resources, pages whose contents wait in a spool, the attachment and what the document
 * says about itself. One thread at a time.
 */
#include "qc-pdf-private.h"

#include <errno.h>
#include <string.h>

#define PAGES_PER_NODE 64 /* of the tree of pages */

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
  if (pdf->page == NULL)
    return;
  g_autoptr (GBytes) bytes = qc_pdf_compress (pdf, pdf->content->str, pdf->content->len);
  if (bytes == NULL)
    return;
  if (!qc_spool_append (pdf->pages, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))) {
    take_spool_fault (pdf);
    return;
  }
  HPDF_Dict contents = ((HPDF_PageAttr)pdf->page->attr)->contents;
  qc_pdf_stream_set (pdf, contents, pdf->pages, offset, g_bytes_get_size (bytes));
  ((HPDF_PageAttr)pdf->page->attr)->stream = contents->stream;
  qc_pdf_stream_set_compressed (contents);
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
  qc_pdf_stream_set (pdf, stream, pdf->attached, 0, qc_spool_get_length (pdf->attached));
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
  g_autoptr (GDateTime) china = qc_documents_china_time (created);
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
