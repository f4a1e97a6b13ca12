/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The font of a PDF as its objects: codes of two bytes, the glyphs of the subset, what each code means. Not by
 * libharu's own fonts, which know no character beyond the BMP and carry tables nobody reads. One thread at a time.
 */
#include "qc-pdf-private.h"

#include <string.h>

#define N_CODES 0xffff

/* Six letters before the name, others for other glyphs, so that a program that joins files keeps the fonts apart. */
static char *
name_font (QcPdf *pdf)
{
  g_autofree char *name = qc_font_dup_name (pdf->parent.font);
  guint32 hash = g_bytes_hash (qc_subset_get_file (pdf->subset));
  char tag[7] = {0};
  for (int i = 0; i < 6; i++, hash /= 26)
    tag[i] = (char)('A' + hash % 26);
  return g_strdup_printf ("%s+%s", tag, name);
}

static HPDF_Dict
make_system_info (QcPdf *pdf)
{
  HPDF_Dict info = HPDF_Dict_New (pdf->doc->mmgr);
  if (info == NULL)
    return NULL;
  HPDF_Dict_Add (info, "Registry", HPDF_String_New (pdf->doc->mmgr, "Adobe", NULL));
  HPDF_Dict_Add (info, "Ordering", HPDF_String_New (pdf->doc->mmgr, "Identity", NULL));
  HPDF_Dict_AddNumber (info, "Supplement", 0);
  return info;
}

/* A full-width character goes without saying; others in runs of neighbouring codes. */
static HPDF_Array
make_widths (QcPdf *pdf)
{
  g_autoptr (GPtrArray) glyphs = qc_subset_list_glyphs (pdf->subset);
  HPDF_Array widths = HPDF_Array_New (pdf->doc->mmgr), run = NULL;
  guint next = G_MAXUINT;
  for (guint i = 0; i < glyphs->len && widths != NULL; i++) {
    const QcGlyph *glyph = g_ptr_array_index (glyphs, i);
    if (glyph->advance == 1000)
      continue;
    if (glyph->code != next) {
      run = HPDF_Array_New (pdf->doc->mmgr);
      if (run == NULL)
        return NULL;
      HPDF_Array_AddNumber (widths, glyph->code);
      HPDF_Array_Add (widths, run);
    }
    HPDF_Array_AddNumber (run, glyph->advance);
    next = glyph->code + 1u;
  }
  return widths;
}

static HPDF_Dict
make_glyph_map (QcPdf *pdf)
{
  g_autoptr (GPtrArray) glyphs = qc_subset_list_glyphs (pdf->subset);
  g_autofree guint8 *map = g_malloc0 (2 * N_CODES);
  for (guint i = 0; i < glyphs->len; i++) {
    const QcGlyph *glyph = g_ptr_array_index (glyphs, i);
    if (glyph->code < N_CODES) {
      map[2 * glyph->code] = (guint8)(glyph->index >> 8);
      map[2 * glyph->code + 1] = (guint8)glyph->index;
    }
  }
  return qc_pdf_stream_of (pdf, map, 2 * N_CODES);
}

static HPDF_Dict
make_file (QcPdf *pdf)
{
  GBytes *bytes = qc_subset_get_file (pdf->subset);
  HPDF_Dict file = qc_pdf_stream_of (pdf, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (file != NULL)
    HPDF_Dict_AddNumber (file, "Length1", (HPDF_INT32)g_bytes_get_size (bytes));
  return file;
}

static HPDF_Dict
make_descriptor (QcPdf *pdf, const char *name)
{
  HPDF_Dict descriptor = qc_pdf_dict_new (pdf);
  const int *box = qc_subset_get_box (pdf->subset);
  HPDF_Array corners = HPDF_Array_New (pdf->doc->mmgr);
  if (descriptor == NULL || corners == NULL)
    return NULL;
  int descent = 0;
  int ascent = 0;
  qc_font_get_extents (pdf->parent.font, 1000, &ascent, &descent);
  for (int i = 0; i < 4; i++)
    HPDF_Array_AddNumber (corners, box[i]);
  HPDF_Dict_AddName (descriptor, "Type", "FontDescriptor");
  HPDF_Dict_AddName (descriptor, "FontName", name);
  HPDF_Dict_AddNumber (descriptor, "Flags", 4); /* its characters are its own */
  HPDF_Dict_Add (descriptor, "FontBBox", corners);
  HPDF_Dict_AddNumber (descriptor, "ItalicAngle", 0);
  HPDF_Dict_AddNumber (descriptor, "Ascent", ascent);
  HPDF_Dict_AddNumber (descriptor, "Descent", descent);
  HPDF_Dict_AddNumber (descriptor, "CapHeight", 700);
  HPDF_Dict_AddNumber (descriptor, "StemV", 80);
  HPDF_Dict_Add (descriptor, "FontFile2", make_file (pdf));
  return descriptor;
}

static HPDF_Dict
make_descendant (QcPdf *pdf, const char *name)
{
  HPDF_Dict font = qc_pdf_dict_new (pdf);
  if (font == NULL)
    return NULL;
  HPDF_Dict_AddName (font, "Type", "Font");
  HPDF_Dict_AddName (font, "Subtype", "CIDFontType2");
  HPDF_Dict_AddName (font, "BaseFont", name);
  HPDF_Dict_Add (font, "CIDSystemInfo", make_system_info (pdf));
  HPDF_Dict_AddNumber (font, "DW", 1000);
  HPDF_Dict_Add (font, "W", make_widths (pdf));
  HPDF_Dict_Add (font, "CIDToGIDMap", make_glyph_map (pdf));
  HPDF_Dict_Add (font, "FontDescriptor", make_descriptor (pdf, name));
  return font;
}

/* What libharu cannot take becomes the document's error, see qc_pdf_check(). */
HPDF_Dict
qc_pdf_make_font (QcPdf *pdf)
{
  g_autofree char *name = name_font (pdf);
  g_autofree char *meanings = qc_subset_to_unicode (pdf->subset);
  HPDF_Dict font = qc_pdf_dict_new (pdf);
  HPDF_Array descendants = HPDF_Array_New (pdf->doc->mmgr);
  if (font == NULL || descendants == NULL)
    return NULL;
  HPDF_Dict_AddName (font, "Type", "Font");
  HPDF_Dict_AddName (font, "Subtype", "Type0");
  HPDF_Dict_AddName (font, "BaseFont", name);
  HPDF_Dict_AddName (font, "Encoding", "Identity-H");
  HPDF_Array_Add (descendants, make_descendant (pdf, name));
  HPDF_Dict_Add (font, "DescendantFonts", descendants);
  HPDF_Dict_Add (font, "ToUnicode", qc_pdf_stream_of (pdf, meanings, strlen (meanings)));
  return font;
}
