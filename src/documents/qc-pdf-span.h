/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A run of bytes of a PDF that somebody brought, and what a dictionary in it may say. Any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define QC_PDF_MAX_INFLATED (64 * 1024 * 1024)

typedef struct {
  const char *data; /* borrowed */
  gsize size;
} QcPdfSpan;

const char *qc_pdf_span_find (QcPdfSpan span, gsize from, const char *needle);
gboolean qc_pdf_span_has (QcPdfSpan span, const char *needle);
/* The first @most bytes at least, if there are so many. NULL if it is broken or too large. (transfer full) */
GBytes *qc_pdf_span_inflate (QcPdfSpan span, gsize most);
gboolean qc_pdf_is_blank (char c);

/* A whole name, not the beginning of another: fonts have names of any letters. */
gboolean qc_pdf_dict_has_name (QcPdfSpan dict, const char *name);
/* Says something that no voucher says: a picture, a form, a script, another compression, a name in escapes. */
gboolean qc_pdf_dict_is_foreign (QcPdfSpan dict);
/* "/Filter /FlateDecode" once, or an array that begins so. */
gboolean qc_pdf_dict_is_filtered (QcPdfSpan dict);
/* Strings and comments could hide parts of a dictionary; the only ones are those of a character map. */
gboolean qc_pdf_dict_has_strange_string (QcPdfSpan dict);

G_END_DECLS
