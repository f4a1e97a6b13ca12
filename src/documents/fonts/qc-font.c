/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Finding fonts: WenKai by fontconfig or in its known places (a Flatpak has it under /app), others by fontconfig when a
 * character needs them. Faces are mapped, made immutable and kept; the table of other fonts is behind a mutex.
 */
#include "qc-font-private.h"

#include <glib/gi18n-lib.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <string.h>
#include "qc-outline.h"

struct _QcFont {
  gatomicrefcount refs;
  char *path;      /* (owned) */
  hb_font_t *main; /* (owned) */
  GMutex mutex;
  GHashTable *others; /* (owned) (mutex mutex) path#index → hb_font_t (owned) */
  GHashTable *found;  /* (owned) (mutex mutex) character → hb_font_t (borrowed), NULL = none has it */
};

static const char *const known_paths[] = {
    "/app/share/fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "/app/share/fonts/LXGWWenKai-Regular.ttf",
    "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "/usr/share/fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "/usr/share/fonts/TTF/LXGWWenKai-Regular.ttf",
    NULL,
};

static hb_font_t *
open_font (const char *path, guint index)
{
  hb_blob_t *blob = hb_blob_create_from_file_or_fail (path);
  if (blob == NULL)
    return NULL;
  hb_face_t *face = hb_face_create (blob, index);
  hb_blob_destroy (blob);
  if (hb_face_get_glyph_count (face) == 0) {
    hb_face_destroy (face);
    return NULL;
  }
  hb_font_t *font = hb_font_create (face);
  hb_face_destroy (face);
  hb_font_make_immutable (font);
  return font;
}

QcFont *
qc_font_new_for_file (const char *path, GError **error)
{
  hb_font_t *main = open_font (path, 0);
  if (main == NULL) {
    g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_FONT, _ ("The font %s cannot be read."), path);
    return NULL;
  }
  QcFont *font = g_new0 (QcFont, 1);
  g_atomic_ref_count_init (&font->refs);
  g_mutex_init (&font->mutex);
  font->path = g_strdup (path);
  font->main = main;
  font->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)hb_font_destroy);
  font->found = g_hash_table_new (NULL, NULL);
  return font;
}

/* (transfer full) (nullable) */
static char *
ask_fontconfig (void)
{
  FcPattern *pattern
      = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, "LXGW WenKai", FC_STYLE, FcTypeString, "Regular", (char *)NULL);
  FcObjectSet *wanted = FcObjectSetBuild (FC_FILE, (char *)NULL);
  FcFontSet *set = FcFontList (NULL, pattern, wanted);
  char *path = NULL;
  for (int i = 0; set != NULL && i < set->nfont && path == NULL; i++) {
    FcChar8 *file = NULL;
    if (FcPatternGetString (set->fonts[i], FC_FILE, 0, &file) == FcResultMatch
        && g_str_has_suffix ((const char *)file, ".ttf"))
      path = g_strdup ((const char *)file);
  }
  if (set != NULL)
    FcFontSetDestroy (set);
  FcObjectSetDestroy (wanted);
  FcPatternDestroy (pattern);
  return path;
}

QcFont *
qc_font_new (GError **error)
{
  for (gsize i = 0; known_paths[i] != NULL; i++)
    if (g_file_test (known_paths[i], G_FILE_TEST_EXISTS))
      return qc_font_new_for_file (known_paths[i], error);
  g_autofree char *path = ask_fontconfig ();
  if (path != NULL)
    return qc_font_new_for_file (path, error);
  g_set_error_literal (
      error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_FONT,
      _ ("The font LXGW WenKai, which vouchers are printed in, is not installed (package fonts-lxgw-wenkai)."));
  return NULL;
}

QcFont *
qc_font_ref (QcFont *font)
{
  g_atomic_ref_count_inc (&font->refs);
  return font;
}

void
qc_font_unref (QcFont *font)
{
  if (font == NULL || !g_atomic_ref_count_dec (&font->refs))
    return;
  g_hash_table_unref (font->found);
  g_hash_table_unref (font->others);
  g_mutex_clear (&font->mutex);
  hb_font_destroy (font->main);
  g_free (font->path);
  g_free (font);
}

const char *
qc_font_get_path (const QcFont *font)
{
  return font->path;
}

char *
qc_font_dup_name (QcFont *font)
{
  char name[64] = {0};
  unsigned int size = sizeof name;
  hb_ot_name_get_utf8 (hb_font_get_face (font->main), HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      *p = '-';
  return g_strdup (*name != '\0' ? name : "Font");
}

void
qc_font_get_extents (QcFont *font, int upem, int *ascent, int *descent)
{
  hb_font_extents_t extents = {0};
  int own = (int)hb_face_get_upem (hb_font_get_face (font->main));
  hb_font_get_h_extents (font->main, &extents);
  *ascent = extents.ascender * upem / own;
  *descent = extents.descender * upem / own;
}

/* ---- other fonts ---- */

/* Fillers are letters, and drawn as nothing. */
static gboolean
is_blank (gunichar character)
{
  switch (g_unichar_type (character)) {
  case G_UNICODE_NON_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return TRUE;
  default:
    return !g_unichar_isgraph (character) || character == 0x115F || character == 0x1160 || character == 0x2800
           || character == 0x3164 || character == 0xFFA0;
  }
}

gboolean
qc_font_can_show (gunichar character, const GArray *outline)
{
  return outline->len <= QC_OUTLINE_MOST && (outline->len > 0 || is_blank (character));
}

/* Some fonts claim characters that they draw nothing for. */
static gboolean
can_show (hb_font_t *face, gunichar character)
{
  hb_codepoint_t glyph;
  if (!hb_font_get_nominal_glyph (face, character, &glyph))
    return FALSE;
  g_autoptr (GArray) outline = qc_outline_new (face, glyph);
  return qc_font_can_show (character, outline);
}

/* mutex held */
static hb_font_t *
open_other (QcFont *font, const FcPattern *pattern, gunichar character)
{
  FcChar8 *file = NULL;
  if (FcPatternGetString (pattern, FC_FILE, 0, &file) != FcResultMatch)
    return NULL;
  int index = 0;
  FcPatternGetInteger (pattern, FC_INDEX, 0, &index);
  if ((index & 0xffff0000) != 0) /* an instance of a variable font */
    return NULL;
  g_autofree char *key = g_strdup_printf ("%s#%d", (const char *)file, index);
  hb_font_t *other = g_hash_table_lookup (font->others, key);
  if (other == NULL) {
    other = open_font ((const char *)file, (guint)index);
    if (other == NULL)
      return NULL;
    g_hash_table_insert (font->others, g_steal_pointer (&key), other);
  }
  return can_show (other, character) ? other : NULL;
}

/* mutex held */
static hb_font_t *
search_others (QcFont *font, gunichar character)
{
  FcPattern *pattern = FcPatternCreate ();
  FcCharSet *charset = FcCharSetCreate ();
  FcObjectSet *wanted = FcObjectSetBuild (FC_FILE, FC_INDEX, (char *)NULL);
  FcCharSetAddChar (charset, character);
  FcPatternAddCharSet (pattern, FC_CHARSET, charset);
  FcPatternAddBool (pattern, FC_SCALABLE, FcTrue);
  FcPatternAddBool (pattern, FC_COLOR, FcFalse);
  FcFontSet *set = FcFontList (NULL, pattern, wanted);
  hb_font_t *other = NULL;
  for (int i = 0; set != NULL && i < set->nfont && other == NULL; i++)
    other = open_other (font, set->fonts[i], character);
  if (set != NULL)
    FcFontSetDestroy (set);
  FcObjectSetDestroy (wanted);
  FcCharSetDestroy (charset);
  FcPatternDestroy (pattern);
  return other;
}

hb_font_t *
qc_font_find (QcFont *font, gunichar character, hb_codepoint_t *glyph)
{
  if (hb_font_get_nominal_glyph (font->main, character, glyph))
    return font->main;
  g_mutex_lock (&font->mutex);
  gpointer found = NULL;
  if (!g_hash_table_lookup_extended (font->found, GUINT_TO_POINTER (character), NULL, &found)) {
    found = search_others (font, character);
    g_hash_table_insert (font->found, GUINT_TO_POINTER (character), found);
  }
  g_mutex_unlock (&font->mutex);
  return found != NULL && hb_font_get_nominal_glyph (found, character, glyph) ? found : NULL;
}

gboolean
qc_font_has (QcFont *font, gunichar character)
{
  hb_codepoint_t glyph;
  return qc_font_find (font, character, &glyph) != NULL;
}

double
qc_font_measure (QcFont *font, const char *text, double size)
{
  double width = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    hb_codepoint_t glyph;
    hb_font_t *face = font != NULL ? qc_font_find (font, g_utf8_get_char (p), &glyph) : NULL;
    if (face != NULL)
      width += (double)hb_font_get_glyph_h_advance (face, glyph) / hb_face_get_upem (hb_font_get_face (face));
    else
      width += 1;
  }
  return width * size;
}
