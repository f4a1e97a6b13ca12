/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between qc-pdf.c (drawing), qc-pdf-document.c and qc-pdf-font.c (objects), qc-pdf-stream.c (their streams) and
 * qc-pdf-save.c (writing). One thread at a time.
 */
#pragma once

#include "qc-pdf.h"
#include "qc-spool.h"
#include <hpdf.h>
#include <hpdf_conf.h>
#include <hpdf_pages.h>

G_BEGIN_DECLS

struct _QcPdf {
  QcCanvas parent;
  QcSubset *subset;       /* (owned) */
  HPDF_Doc doc;           /* (owned) */
  HPDF_Dict resources;    /* borrowed from doc */
  GError *fault;          /* (owned) (nullable) the first one */
  HPDF_Page page;         /* borrowed from doc; the page being drawn */
  GString *content;       /* (owned) its operators */
  double height;          /* of that page, in mm */
  QcInk fill, stroke;     /* set on that page; QC_N_INKS = none yet */
  double line_width;      /* set on that page; < 0 = none yet */
  double text_size;       /* the same */
  GConverter *compressor; /* (owned) */
  QcSpool *pages;         /* (owned) compressed contents */
  GPtrArray *streams;     /* (owned) what libharu reads from the spools */
  QcSpool *attached;      /* (owned) (nullable) */
  char *attachment_name;  /* (owned) (nullable) */
  gboolean is_closed;
  char *folder; /* (owned) (nullable) */
};

void qc_pdf_take_fault (QcPdf *pdf, int code, const char *message);
/* @path cannot be written, for the reason @code (an errno). */
void qc_pdf_set_write_error (GError **error, int code, const char *path);
/* Everything libharu has to know before the first page. */
gboolean qc_pdf_open (QcPdf *pdf, GError **error);
void qc_pdf_begin_page (QcPdf *pdf, double width, double height);
/* Compresses pdf->content and puts it aside as the contents of the page. */
void qc_pdf_end_page (QcCanvas *canvas);
/* An object of the document; NULL when libharu has an error. Borrowed from doc. */
HPDF_Dict qc_pdf_dict_new (QcPdf *pdf);
/* The stream of @dict becomes a part of @spool. */
void qc_pdf_stream_set (QcPdf *pdf, HPDF_Dict dict, QcSpool *spool, gsize offset, gsize length);
/* What is in the stream of @dict is compressed already; it says so itself. */
void qc_pdf_stream_set_compressed (HPDF_Dict dict);
/* An object with a stream of @data, compressed. NULL as above. */
HPDF_Dict qc_pdf_stream_of (QcPdf *pdf, const void *data, gsize size);
/* NULL with the fault taken. (transfer full) */
GBytes *qc_pdf_compress (QcPdf *pdf, const void *data, gsize size);
/* The font of all pages, of pdf->subset; NULL when libharu has an error. Borrowed from doc. */
HPDF_Dict qc_pdf_make_font (QcPdf *pdf);
/* Ties up the attachment. */
void qc_pdf_close (QcPdf *pdf);

G_END_DECLS
