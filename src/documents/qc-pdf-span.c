/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pdf-span.h. Any thread.
 */
#include "qc-pdf-span.h"

#include <string.h>

const char *
qc_pdf_span_find (QcPdfSpan span, gsize from, const char *needle)
{
  if (from >= span.size)
    return NULL;
  return memmem (span.data + from, span.size - from, needle, strlen (needle));
}

gboolean
qc_pdf_span_has (QcPdfSpan span, const char *needle)
{
  return qc_pdf_span_find (span, 0, needle) != NULL;
}

GBytes *
qc_pdf_span_inflate (QcPdfSpan span, gsize most)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize done = 0;
  while (result != G_CONVERTER_FINISHED && out->len < most) {
    guint8 buffer[16384];
    gsize n_read = 0, n_written = 0;
    result = g_converter_convert (G_CONVERTER (zlib), span.data + done, span.size - done, buffer,
                                  MIN (sizeof buffer, most), G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR || out->len + n_written > QC_PDF_MAX_INFLATED)
      return NULL;
    done += n_read;
    g_byte_array_append (out, buffer, (guint)n_written);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
qc_pdf_is_blank (char c)
{
  return c == '\0' || g_ascii_isspace (c);
}

/* A name written with escapes could be any; this program writes only one, text/plain. */
static gboolean
has_escaped_name (QcPdfSpan text)
{
  for (const char *p = qc_pdf_span_find (text, 0, "#"), *end = text.data + text.size; p != NULL;
       p = qc_pdf_span_find (text, (gsize)(p - text.data) + 1, "#")) {
    const char *begin = p;
    while (begin > text.data && g_ascii_isalnum (begin[-1]))
      begin--;
    if (begin > text.data && begin[-1] == '/' && !(end - p > 3 && g_ascii_strncasecmp (p, "#2F", 3) == 0))
      return TRUE;
  }
  return FALSE;
}

gboolean
qc_pdf_dict_has_name (QcPdfSpan text, const char *name)
{
  gsize length = strlen (name);
  for (const char *p = qc_pdf_span_find (text, 0, name), *end = text.data + text.size; p != NULL;
       p = qc_pdf_span_find (text, (gsize)(p - text.data) + length, name))
    if (p + length == end || qc_pdf_is_blank (p[length]) || strchr ("()<>[]/%", p[length]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
qc_pdf_dict_is_foreign (QcPdfSpan dict)
{
  static const char *const foreign[] = {"/Annots",
                                        "/Annot",
                                        "/AcroForm",
                                        "/Image",
                                        "/Form",
                                        "/JavaScript",
                                        "/JS",
                                        "/XObject",
                                        "/CharProcs",
                                        "/Pattern",
                                        "/ASCIIHexDecode",
                                        "/ASCII85Decode",
                                        "/LZWDecode",
                                        "/RunLengthDecode",
                                        "/Encrypt",
                                        "/AHx",
                                        "/A85",
                                        "/LZW",
                                        "/RL",
                                        "/OpenAction"};
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (qc_pdf_dict_has_name (dict, foreign[i]))
      return TRUE;
  return has_escaped_name (dict);
}

gboolean
qc_pdf_dict_is_filtered (QcPdfSpan dict)
{
  const char *p = qc_pdf_span_find (dict, 0, "/Filter"), *end = dict.data + dict.size;
  if (p != NULL && qc_pdf_span_find (dict, (gsize)(p - dict.data) + 1, "/Filter") != NULL)
    return FALSE;
  for (p = p != NULL ? p + strlen ("/Filter") : end; p < end && (qc_pdf_is_blank (*p) || *p == '[');)
    p++;
  return end - p >= 12 && memcmp (p, "/FlateDecode", 12) == 0;
}

gboolean
qc_pdf_dict_has_strange_string (QcPdfSpan dict)
{
  static const char *const known[] = {"(Adobe)", "(Identity)", "(Identity-H)", "(UCS)"};
  for (const char *p = qc_pdf_span_find (dict, 0, "("); p != NULL;
       p = qc_pdf_span_find (dict, (gsize)(p - dict.data) + 1, "(")) {
    QcPdfSpan rest = {p, (gsize)(dict.data + dict.size - p)};
    gboolean is_known = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
      is_known |= rest.size > strlen (known[i]) && memcmp (p, known[i], strlen (known[i])) == 0;
    if (!is_known)
      return TRUE;
  }
  return qc_pdf_span_has (dict, "%");
}
