/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The glyphs of a document, in the order of their characters, as one TrueType file. One thread at a time.
 */
#include "qc-font-private.h"

#include <glib/gi18n-lib.h>
#include "qc-truetype.h"

#define PRIVATE_FIRST 0xE000
#define PRIVATE_LAST  0xF8FF

struct _QcCharset {
  GHashTable *characters; /* (owned) character → itself */
};

struct _QcSubset {
  GHashTable *glyphs; /* (owned) character → QcGlyph (owned) */
  GBytes *file;       /* (owned) */
  int box[4];
};

QcCharset *
qc_charset_new (void)
{
  QcCharset *charset = g_new0 (QcCharset, 1);
  charset->characters = g_hash_table_new (NULL, NULL);
  return charset;
}

void
qc_charset_free (QcCharset *charset)
{
  if (charset == NULL)
    return;
  g_hash_table_unref (charset->characters);
  g_free (charset);
}

void
qc_charset_add (QcCharset *charset, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_hash_table_add (charset->characters, GUINT_TO_POINTER (g_utf8_get_char (p)));
}

/* ---- the subset ---- */

static gint
compare_characters (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

/* (transfer container) */
static GList *
list_characters (GHashTable *table)
{
  return g_list_sort (g_hash_table_get_keys (table), compare_characters);
}

static guint
advance_of (hb_font_t *face, hb_codepoint_t glyph, guint upem)
{
  double advance = hb_font_get_glyph_h_advance (face, glyph);
  advance = advance * upem / hb_face_get_upem (hb_font_get_face (face)) + 0.5;
  return (guint)CLAMP (advance, 0, QC_OUTLINE_FARTHEST);
}

static void
set_no_glyph (GError **error, gunichar character)
{
  char utf8[7] = {0};
  g_unichar_to_utf8 (character, utf8);
  g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_GLYPH,
               _ ("No installed font has the character %s (U+%04X). Nothing was printed: install a font that has it."),
               g_unichar_isprint (character) ? utf8 : "?", character);
}

static void
set_too_rare (GError **error)
{
  g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_TOO_RARE,
               _ ("More than %d different rare characters do not fit into one file. Nothing was printed: save fewer "
                  "vouchers in one file."),
               PRIVATE_LAST - PRIVATE_FIRST + 1);
}

static gboolean
needs_private (gunichar character)
{
  return character > 0xffff || (character >= PRIVATE_FIRST && character <= PRIVATE_LAST);
}

static gboolean
add_glyph (QcSubset *subset, QcFont *font, QcTruetype *file, gunichar character, guint *next_private, GError **error)
{
  hb_codepoint_t id = 0;
  hb_font_t *face = qc_font_find (font, character, &id);

  g_autoptr (GArray) outline = face != NULL ? qc_outline_new (face, id) : NULL;
  if (outline == NULL || !qc_font_can_show (character, outline)) {
    set_no_glyph (error, character);
    return FALSE;
  }
  if (needs_private (character) && *next_private > PRIVATE_LAST) {
    set_too_rare (error);
    return FALSE;
  }
  QcGlyph *glyph = g_new0 (QcGlyph, 1);
  glyph->advance = (guint16)advance_of (face, id, 1000);
  glyph->code = (guint16)(needs_private (character) ? (*next_private)++ : character);
  glyph->index = (guint16)qc_truetype_add (file, outline, advance_of (face, id, QC_OUTLINE_UPEM));
  g_hash_table_insert (subset->glyphs, GUINT_TO_POINTER (character), glyph);
  return TRUE;
}

static void
finish (QcSubset *subset, QcFont *font, QcTruetype *file)
{
  int ascent = 0, descent = 0;
  qc_font_get_extents (font, QC_OUTLINE_UPEM, &ascent, &descent);
  qc_truetype_get_box (file, subset->box);
  for (int i = 0; i < 4; i++)
    subset->box[i] = subset->box[i] * 1000 / QC_OUTLINE_UPEM;
  subset->file = qc_truetype_finish (file, ascent, descent);
}

QcSubset *
qc_subset_new (QcFont *font, const QcCharset *charset, GError **error)
{
  g_autoptr (QcSubset) subset = g_new0 (QcSubset, 1);
  g_autoptr (GList) characters = list_characters (charset->characters);
  g_autoptr (QcTruetype) file = qc_truetype_new ();
  subset->glyphs = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  guint next_private = PRIVATE_FIRST;
  for (GList *l = characters; l != NULL; l = l->next)
    if (!add_glyph (subset, font, file, GPOINTER_TO_UINT (l->data), &next_private, error))
      return NULL;
  finish (subset, font, file);
  return g_steal_pointer (&subset);
}

void
qc_subset_free (QcSubset *subset)
{
  if (subset == NULL)
    return;
  g_hash_table_unref (subset->glyphs);
  g_clear_pointer (&subset->file, g_bytes_unref);
  g_free (subset);
}

const QcGlyph *
qc_subset_lookup (const QcSubset *subset, gunichar character)
{
  return g_hash_table_lookup (subset->glyphs, GUINT_TO_POINTER (character));
}

GBytes *
qc_subset_get_file (const QcSubset *subset)
{
  return subset->file;
}

const int *
qc_subset_get_box (const QcSubset *subset)
{
  return subset->box;
}

static gint
compare_codes (gconstpointer a, gconstpointer b)
{
  return (*(const QcGlyph *const *)a)->code - (*(const QcGlyph *const *)b)->code;
}

GPtrArray *
qc_subset_list_glyphs (const QcSubset *subset)
{
  GPtrArray *glyphs = g_ptr_array_new ();
  GHashTableIter iter;
  g_hash_table_iter_init (&iter, subset->glyphs);
  gpointer glyph;
  while (g_hash_table_iter_next (&iter, NULL, &glyph))
    g_ptr_array_add (glyphs, glyph);
  g_ptr_array_sort (glyphs, compare_codes);
  return glyphs;
}

/* ---- ToUnicode ---- */

#define BLOCK 100 /* lines, the most between begin… and end… */

/* @lines between "begin" and "end" of @what. */
static void
append_blocks (GString *out, const char *what, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    if (i % BLOCK == 0)
      g_string_append_printf (out, "%u begin%s\n", MIN (lines->len - i, BLOCK), what);
    g_string_append (out, g_ptr_array_index (lines, i));
    if (i % BLOCK == BLOCK - 1 || i + 1 == lines->len)
      g_string_append_printf (out, "end%s\n", what);
  }
}

/* Codes that are the character itself, as the ranges their high bytes make: shorter, and true of every code in them. */
static void
append_ranges (GString *out, const QcSubset *subset)
{
  g_autoptr (GPtrArray) glyphs = qc_subset_list_glyphs (subset), lines = g_ptr_array_new_with_free_func (g_free);
  guint last = G_MAXUINT;
  for (guint i = 0; i < glyphs->len; i++) {
    guint page = ((const QcGlyph *)g_ptr_array_index (glyphs, i))->code >> 8;
    if (page == last || (page >= PRIVATE_FIRST >> 8 && page <= PRIVATE_LAST >> 8))
      continue;
    g_ptr_array_add (lines, g_strdup_printf ("<%02X00> <%02XFF> <%02X00>\n", page, page, page));
    last = page;
  }
  append_blocks (out, "bfrange", lines);
}

static char *
mapping_of (guint16 code, gunichar character)
{
  gunichar rest = character - 0x10000;
  if (character < 0x10000)
    return g_strdup_printf ("<%04X> <%04X>\n", code, character);
  return g_strdup_printf ("<%04X> <%04X%04X>\n", code, 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3ff));
}

static void
append_private (GString *out, const QcSubset *subset)
{
  g_autoptr (GList) characters = list_characters (subset->glyphs);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  for (GList *l = characters; l != NULL; l = l->next) {
    const QcGlyph *glyph = g_hash_table_lookup (subset->glyphs, l->data);
    if (needs_private (GPOINTER_TO_UINT (l->data)))
      g_ptr_array_add (lines, mapping_of (glyph->code, GPOINTER_TO_UINT (l->data)));
  }
  append_blocks (out, "bfchar", lines);
}

char *
qc_subset_to_unicode (const QcSubset *subset)
{
  GString *out = g_string_new ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                               "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                               "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
  append_ranges (out, subset);
  append_private (out, subset); /* after the ranges: readers of this file look from the first bfchar on */
  g_string_append (out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return g_string_free (out, FALSE);
}
