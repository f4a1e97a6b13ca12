/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A document's subset of WenKai as a TrueType file in memory, and the characters that go beside it as outlines. One
 * thread at a time.
 */
#include "qc-font-private.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <hb-subset.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PRIVATE_FIRST QC_SUBSET_PRIVATE
#define PRIVATE_LAST  0xF8FF

struct _QcCharset {
  GHashTable *characters; /* (owned) character → itself */
};

struct _QcSubset {
  GHashTable *glyphs; /* (owned) character → QcGlyph (owned) */
  guint n_private;
  int fd;
  char *path; /* (owned) */
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

/* ---- outlines ---- */

typedef struct {
  GString *out;
  double scale;
  double x, y; /* the current point */
} Pen;

static void
append_point (Pen *pen, double x, double y)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (pen->out, g_ascii_formatd (buffer, sizeof buffer, "%.1f", x * pen->scale));
  g_string_append_c (pen->out, ' ');
  g_string_append (pen->out, g_ascii_formatd (buffer, sizeof buffer, "%.1f", y * pen->scale));
  g_string_append_c (pen->out, ' ');
}

static void
move_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Pen *pen = data;
  append_point (pen, x, y);
  g_string_append (pen->out, "m\n");
  pen->x = x;
  pen->y = y;
}

static void
line_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Pen *pen = data;
  append_point (pen, x, y);
  g_string_append (pen->out, "l\n");
  pen->x = x;
  pen->y = y;
}

static void
cubic_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
             float x, float y, void *user_data)
{
  Pen *pen = data;
  append_point (pen, x1, y1);
  append_point (pen, x2, y2);
  append_point (pen, x, y);
  g_string_append (pen->out, "c\n");
  pen->x = x;
  pen->y = y;
}

static void
quadratic_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x, float y,
                 void *user_data)
{
  Pen *pen = data;
  cubic_to_cb (funcs, data, state, (float)(pen->x + (cx - pen->x) * 2 / 3), (float)(pen->y + (cy - pen->y) * 2 / 3),
               x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y, user_data);
}

static void
close_path_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user_data)
{
  Pen *pen = data;
  g_string_append (pen->out, "h\n");
}

/* (transfer full) */
static char *
outline_of (hb_font_t *face, hb_codepoint_t glyph)
{
  Pen pen = {g_string_new (NULL), 1000.0 / hb_face_get_upem (hb_font_get_face (face)), 0, 0};
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();
  hb_draw_funcs_set_move_to_func (funcs, move_to_cb, NULL, NULL);
  hb_draw_funcs_set_line_to_func (funcs, line_to_cb, NULL, NULL);
  hb_draw_funcs_set_quadratic_to_func (funcs, quadratic_to_cb, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func (funcs, cubic_to_cb, NULL, NULL);
  hb_draw_funcs_set_close_path_func (funcs, close_path_cb, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph (face, glyph, funcs, &pen);
#else
  hb_font_get_glyph_shape (face, glyph, funcs, &pen);
#endif
  hb_draw_funcs_destroy (funcs);
  return g_string_free (pen.out, FALSE);
}

/* ---- the subset ---- */

static gint
compare_characters (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static void
glyph_free (gpointer data)
{
  QcGlyph *glyph = data;
  g_free ((char *)glyph->outline);
  g_free (glyph);
}

static guint16
advance_of (hb_font_t *face, hb_codepoint_t glyph)
{
  double advance = hb_font_get_glyph_h_advance (face, glyph);
  return (guint16)(advance * 1000 / hb_face_get_upem (hb_font_get_face (face)) + 0.5);
}

static gboolean
add_glyph (QcSubset *subset, QcFont *font, gunichar character, hb_set_t *native, guint *next_private, GError **error)
{
  hb_codepoint_t id = 0;
  hb_font_t *face = qc_font_find (font, character, &id);
  QcGlyph *glyph;

  if (face == NULL || *next_private > PRIVATE_LAST) {
    char utf8[7] = {0};
    g_unichar_to_utf8 (character, utf8);
    g_set_error (
        error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_GLYPH,
        _ ("No installed font has the character %s (U+%04X). Nothing was printed: install a font that has it."),
        g_unichar_isprint (character) ? utf8 : "?", character);
    return FALSE;
  }
  glyph = g_new0 (QcGlyph, 1);
  glyph->advance = advance_of (face, id);
  if (face == qc_font_get_main (font) && character < 0x10000
      && (character < PRIVATE_FIRST || character > PRIVATE_LAST)) {
    glyph->code = (guint16)character;
    hb_set_add (native, character);
  } else {
    glyph->code = (guint16)(*next_private)++;
    glyph->outline = outline_of (face, id);
  }
  g_hash_table_insert (subset->glyphs, GUINT_TO_POINTER (character), glyph);
  return TRUE;
}

static gboolean
keep_in_memory (QcSubset *subset, hb_face_t *face, GError **error)
{
  hb_blob_t *blob = hb_face_reference_blob (face);
  unsigned int length = 0;
  const char *data = hb_blob_get_data (blob, &length);
  gboolean good;

  subset->fd = memfd_create ("qingce-font", MFD_CLOEXEC);
  good = subset->fd >= 0;
  for (gsize done = 0; good && done < length;) {
    gssize n = write (subset->fd, data + done, length - done);
    if (n > 0)
      done += (gsize)n;
    else
      good = n < 0 && errno == EINTR;
  }
  hb_blob_destroy (blob);
  if (!good)
    g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_PDF, _ ("There is no memory for the font: %s"),
                 g_strerror (errno));
  subset->path = g_strdup_printf ("/proc/self/fd/%d", subset->fd);
  return good;
}

static gboolean
make_subset (QcSubset *subset, QcFont *font, const hb_set_t *native, GError **error)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_face_t *face = NULL;
  gboolean good;
  if (input != NULL) {
    hb_set_union (hb_subset_input_unicode_set (input), native);
    hb_set_add (hb_subset_input_unicode_set (input), QC_SUBSET_BLANK); /* a font is never empty */
    hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING);
    /* no shaping is done, so no layout table is needed */
    hb_set_clear (hb_subset_input_set (input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
    face = hb_subset_or_fail (hb_font_get_face (qc_font_get_main (font)), input);
    hb_subset_input_destroy (input);
  }
  if (face == NULL) {
    g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_PDF, _ ("The font for paper cannot be used."));
    return FALSE;
  }
  good = keep_in_memory (subset, face, error);
  hb_face_destroy (face);
  return good;
}

QcSubset *
qc_subset_new (QcFont *font, const QcCharset *charset, GError **error)
{
  g_autoptr (QcSubset) subset = g_new0 (QcSubset, 1);
  g_autoptr (GList) characters = g_list_sort (g_hash_table_get_keys (charset->characters), compare_characters);
  hb_set_t *native = hb_set_create ();
  guint next_private = PRIVATE_FIRST;
  gboolean good = TRUE;

  subset->fd = -1;
  subset->glyphs = g_hash_table_new_full (NULL, NULL, NULL, glyph_free);
  for (GList *l = characters; l != NULL && good; l = l->next)
    good = add_glyph (subset, font, GPOINTER_TO_UINT (l->data), native, &next_private, error);
  subset->n_private = next_private - PRIVATE_FIRST;
  good = good && make_subset (subset, font, native, error);
  hb_set_destroy (native);
  return good ? g_steal_pointer (&subset) : NULL;
}

void
qc_subset_free (QcSubset *subset)
{
  if (subset == NULL)
    return;
  if (subset->fd >= 0)
    close (subset->fd);
  g_hash_table_unref (subset->glyphs);
  g_free (subset->path);
  g_free (subset);
}

const QcGlyph *
qc_subset_lookup (const QcSubset *subset, gunichar character)
{
  return g_hash_table_lookup (subset->glyphs, GUINT_TO_POINTER (character));
}

const char *
qc_subset_get_path (const QcSubset *subset)
{
  return subset->path;
}

char *
qc_subset_dup_embedded (const QcSubset *subset)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GList) characters = g_list_sort (g_hash_table_get_keys (subset->glyphs), compare_characters);
  for (GList *l = characters; l != NULL; l = l->next) {
    const QcGlyph *glyph = g_hash_table_lookup (subset->glyphs, l->data);
    if (glyph->outline == NULL)
      g_string_append_unichar (out, GPOINTER_TO_UINT (l->data));
  }
  return g_string_free (out, FALSE);
}

guint
qc_subset_count_private (const QcSubset *subset)
{
  return subset->n_private;
}

/* ---- ToUnicode ---- */

static void
append_mapping (GString *out, guint16 code, gunichar character)
{
  if (character < 0x10000) {
    g_string_append_printf (out, "<%04X> <%04X>\n", code, character);
  } else {
    gunichar rest = character - 0x10000;
    g_string_append_printf (out, "<%04X> <%04X%04X>\n", code, 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3ff));
  }
}

char *
qc_subset_to_unicode (const QcSubset *subset)
{
  GString *out = g_string_new ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                               "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                               "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
  g_autoptr (GList) characters = g_list_sort (g_hash_table_get_keys (subset->glyphs), compare_characters);
  guint left = g_list_length (characters), in_block = 0;
  for (GList *l = characters; l != NULL; l = l->next) {
    const QcGlyph *glyph = g_hash_table_lookup (subset->glyphs, l->data);
    if (in_block == 0)
      g_string_append_printf (out, "%u beginbfchar\n", MIN (left, 100));
    append_mapping (out, glyph->code, GPOINTER_TO_UINT (l->data));
    left--;
    if (++in_block == 100 || left == 0) {
      g_string_append (out, "endbfchar\n");
      in_block = 0;
    }
  }
  g_string_append (out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return g_string_free (out, FALSE);
}
