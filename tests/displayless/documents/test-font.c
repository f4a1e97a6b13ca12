/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Glyphs on paper: they look like the font's own, the embedded file holds just them, and what a font cannot draw is
 * asked of the next one or refused by name. With made-up fonts too. One thread.
 */
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <math.h>
#include <string.h>
#include "fixture.h"
#include "qc-font-private.h"
#include "qc-truetype.h"

static Stage stage;

static const char common[] = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土日月星天地玄黄宇宙洪荒一二"
                             "人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整￥0123456789.,—（）";
static const char rare[]
    = "𠮷𬭚㛃䶮龘靐齉爨麤鱻馫羴骉犇猋掱垚焱淼森磊晶品鑫矗轟聶蠱饕餮魑魅魍魎鸞鸑"
      "鷟"
      "鷫"
      "鹔";

/* ---- glyphs ---- */

typedef struct {
  double x, y;
} Place;

typedef struct {
  GArray *places; /* Place: close to each other, along the outline, in 1/1000 em */
  double scale;
  Place at;
} Trace;

static void
trace_curve (Trace *trace, int steps, Place c1, Place c2, Place b)
{
  Place a = trace->at;
  for (int i = 0; i <= steps; i++) {
    double t = (double)i / steps, u = 1 - t;
    Place p = {u * u * u * a.x + 3 * u * u * t * c1.x + 3 * u * t * t * c2.x + t * t * t * b.x,
               u * u * u * a.y + 3 * u * u * t * c1.y + 3 * u * t * t * c2.y + t * t * t * b.y};
    g_array_append_val (trace->places, p);
  }
  trace->at = b;
}

static Place
third (Place a, Place b, double part)
{
  return (Place) {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

static void
trace_quadratic (Trace *trace, Place c, Place b)
{
  trace_curve (trace, 6, third (trace->at, c, 2.0 / 3), third (b, c, 2.0 / 3), b);
}

static void
move_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Trace *trace = data;
  trace->at = (Place) {x * trace->scale, y * trace->scale};
}

static void
line_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Trace *trace = data;
  Place b = {x * trace->scale, y * trace->scale};
  trace_curve (trace, 6, third (trace->at, b, 1.0 / 3), third (trace->at, b, 2.0 / 3), b);
}

static void
quadratic_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x, float y,
              void *user_data)
{
  Trace *trace = data;
  trace_quadratic (trace, (Place) {cx * trace->scale, cy * trace->scale}, (Place) {x * trace->scale, y * trace->scale});
}

static void
cubic_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2, float x,
          float y, void *user_data)
{
  Trace *trace = data;
  trace_curve (trace, 24, (Place) {x1 * trace->scale, y1 * trace->scale},
               (Place) {x2 * trace->scale, y2 * trace->scale}, (Place) {x * trace->scale, y * trace->scale});
}

/* As the font has it. */
static GArray *
trace_font (hb_font_t *font, hb_codepoint_t glyph)
{
  Trace trace = {g_array_new (FALSE, FALSE, sizeof (Place)), 1000.0 / hb_face_get_upem (hb_font_get_face (font))};
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();
  hb_draw_funcs_set_move_to_func (funcs, move_cb, NULL, NULL);
  hb_draw_funcs_set_line_to_func (funcs, line_cb, NULL, NULL);
  hb_draw_funcs_set_quadratic_to_func (funcs, quadratic_cb, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func (funcs, cubic_cb, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph (font, glyph, funcs, &trace);
#else
  hb_font_get_glyph_shape (font, glyph, funcs, &trace);
#endif
  hb_draw_funcs_destroy (funcs);
  return trace.places;
}

/* A contour of @outline from point @from on, n points. */
static void
trace_contour (Trace *trace, const QcOutlinePoint *points, guint n)
{
  const double scale = 1000.0 / QC_OUTLINE_UPEM;
  trace->at = (Place) {points[0].x * scale, points[0].y * scale};
  g_assert_true (points[0].is_on);
  for (guint i = 1; i <= n; i++) {
    Place here = {points[i % n].x * scale, points[i % n].y * scale};
    Place next = {points[(i + 1) % n].x * scale, points[(i + 1) % n].y * scale};
    if (points[i % n].is_on) {
      trace_curve (trace, 6, third (trace->at, here, 1.0 / 3), third (trace->at, here, 2.0 / 3), here);
    } else if (points[(i + 1) % n].is_on) {
      trace_quadratic (trace, here, next);
      i++;
    } else {
      trace_quadratic (trace, here, third (here, next, 0.5));
    }
  }
}

static GArray *
trace_outline (const GArray *outline)
{
  Trace trace = {g_array_new (FALSE, FALSE, sizeof (Place))};
  guint from = 0;
  for (guint i = 0; i < outline->len; i++)
    if (g_array_index (outline, QcOutlinePoint, i).ends) {
      trace_contour (&trace, &g_array_index (outline, QcOutlinePoint, from), i + 1 - from);
      from = i + 1;
    }
  g_assert_cmpuint (from, ==, outline->len);
  return trace.places;
}

static double
distance_to (const GArray *places, Place p)
{
  double least = G_MAXDOUBLE;
  for (guint i = 0; i < places->len; i++) {
    const Place *a = &g_array_index (places, Place, i), *b = &g_array_index (places, Place, (i + 1) % places->len);
    double dx = b->x - a->x, dy = b->y - a->y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a->x) * dx + (p.y - a->y) * dy) / length : 0;
    t = CLAMP (t, 0, 1);
    least = MIN (least, hypot (a->x + t * dx - p.x, a->y + t * dy - p.y));
  }
  return least;
}

/* How far some place of one is from all of the other, in 1/1000 em. */
static double
farthest (const GArray *one, const GArray *other)
{
  double most = 0;
  for (guint i = 0; i < one->len; i++)
    most = MAX (most, distance_to (other, g_array_index (one, Place, i)));
  return most;
}

/* How far the outline made of @glyph is from the font's own; the larger way round. */
static double
compare_outline (hb_font_t *face, hb_codepoint_t glyph)
{
  g_autoptr (GArray) outline = qc_outline_new (face, glyph), own = trace_font (face, glyph);
  g_autoptr (GArray) made = trace_outline (outline);
  g_assert_cmpuint (own->len, >, 0);
  return MAX (farthest (own, made), farthest (made, own));
}

static void
assert_close (double worst)
{
  g_test_message ("at most %.2f/1000 em from the font's own outline", worst);
  g_assert_cmpfloat (worst, >, 0);
  g_assert_cmpfloat (worst, <, 5); /* 18 µm at 10.5 points: half a dot at 600 dpi */
}

/* In the font in charge, and in whichever has what it lacks. */
static void
test_outlines (void)
{
  const char *const texts[] = {common, rare};
  double worst = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (const char *p = texts[i]; *p != '\0'; p = g_utf8_next_char (p)) {
      hb_codepoint_t glyph;
      hb_font_t *face = qc_font_find (stage.font, g_utf8_get_char (p), &glyph);
      if (face == NULL)
        g_error ("no font has U+%04X", g_utf8_get_char (p));
      worst = MAX (worst, compare_outline (face, glyph));
    }
  assert_close (worst);
}

/* (nullable) (transfer full): an installed font of cubic curves. */
static hb_font_t *
open_cubic (void)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FONTFORMAT, FcTypeString, "CFF", FC_LANG, FcTypeString, "zh-cn", NULL);
  FcObjectSet *wanted = FcObjectSetBuild (FC_FILE, NULL);
  FcFontSet *set = FcFontList (NULL, pattern, wanted);
  hb_font_t *font = NULL;
  FcChar8 *path = NULL;
  if (set->nfont > 0 && FcPatternGetString (set->fonts[0], FC_FILE, 0, &path) == FcResultMatch) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail ((const char *)path);
    hb_face_t *face = hb_face_create (blob, 0);
    font = hb_font_create (face);
    hb_face_destroy (face);
    hb_blob_destroy (blob);
  }
  FcFontSetDestroy (set);
  FcObjectSetDestroy (wanted);
  FcPatternDestroy (pattern);
  return font;
}

static void
test_cubic (void)
{
  hb_font_t *font = open_cubic ();
  if (font == NULL) {
    g_test_skip ("no font of cubic curves is installed");
    return;
  }
  double worst = 0;
  for (const char *p = common; *p != '\0'; p = g_utf8_next_char (p)) {
    hb_codepoint_t glyph;
    g_assert_true (hb_font_get_nominal_glyph (font, g_utf8_get_char (p), &glyph));
    worst = MAX (worst, compare_outline (font, glyph));
  }
  assert_close (worst);
  hb_font_destroy (font);
}

/* ---- the embedded file ---- */

static guint
read_16 (hb_face_t *face, hb_tag_t table, guint offset)
{
  hb_blob_t *blob = hb_face_reference_table (face, table);
  const guint8 *data = (const guint8 *)hb_blob_get_data (blob, NULL);
  guint value = (guint)data[offset] << 8 | data[offset + 1];
  hb_blob_destroy (blob);
  return value;
}

static guint
table_size (hb_face_t *face, hb_tag_t table)
{
  hb_blob_t *blob = hb_face_reference_table (face, table);
  guint size = hb_blob_get_length (blob);
  hb_blob_destroy (blob);
  return size;
}

/* Point by point, as HarfBuzz reads it from the file. */
static void
assert_embedded (hb_font_t *embedded, const QcGlyph *glyph, gunichar character)
{
  hb_codepoint_t id;
  hb_font_t *face = qc_font_find (stage.font, character, &id);
  g_autoptr (GArray) outline = qc_outline_new (face, id);
  g_autoptr (GArray) wanted = trace_outline (outline), got = trace_font (embedded, glyph->index);
  double own = hb_font_get_glyph_h_advance (face, id) * 1000.0 / hb_face_get_upem (hb_font_get_face (face));
  g_assert_cmpuint (got->len, ==, wanted->len);
  for (guint i = 0; i < got->len; i++) {
    const Place *a = &g_array_index (got, Place, i), *b = &g_array_index (wanted, Place, i);
    if (hypot (a->x - b->x, a->y - b->y) > 0.01)
      g_error ("U+%04X: %.2f, %.2f instead of %.2f, %.2f", character, a->x, a->y, b->x, b->y);
  }
  g_assert_cmpfloat_with_epsilon (hb_font_get_glyph_h_advance (embedded, glyph->index) * 2, own, 1.001);
  g_assert_cmpfloat_with_epsilon (glyph->advance, own, 0.501);
}

/* With the characters of @text; whether the file has long offsets. */
static gboolean
check_embedded (const char *text)
{
  g_autoptr (QcCharset) charset = qc_charset_new ();
  qc_charset_add (charset, text);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubset) subset = qc_subset_new (stage.font, charset, &error);
  g_assert_no_error (error);
  hb_blob_t *blob
      = hb_blob_create (g_bytes_get_data (qc_subset_get_file (subset), NULL),
                        (guint)g_bytes_get_size (qc_subset_get_file (subset)), HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_t *face = hb_face_create (blob, 0);
  hb_font_t *embedded = hb_font_create (face);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    assert_embedded (embedded, qc_subset_lookup (subset, g_utf8_get_char (p)), g_utf8_get_char (p));
  gboolean is_long = read_16 (face, HB_TAG ('h', 'e', 'a', 'd'), 50) == 1;
  g_assert_true (is_long == (table_size (face, HB_TAG ('g', 'l', 'y', 'f')) > 2 * 0xffff));
  hb_font_destroy (embedded);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
  return is_long;
}

static void
test_embedded (void)
{
  g_autoptr (GString) many = g_string_new (common);
  g_assert_false (check_embedded (common));
  g_assert_false (check_embedded (rare));
  for (gunichar character = 0x4E00; character < 0x4E00 + 1500; character++)
    if (qc_font_has (stage.font, character))
      g_string_append_unichar (many, character);
  g_assert_true (check_embedded (many->str));
}

/* ---- made-up fonts ---- */

static void
put (GByteArray *out, guint64 value, int n_bytes)
{
  while (n_bytes-- > 0) {
    guint8 byte = (guint8)(value >> (8 * n_bytes));
    g_byte_array_append (out, &byte, 1);
  }
}

/* One that draws @outline for all characters from @first to @last: a file of qc-truetype, with a table of characters
 * before the others. */
static void
make_font (const char *path, const GArray *outline, gunichar first, gunichar last)
{
  const guint old_end = 12 + 16 * 6;
  const guint new_end = 12 + 16 * 7;
  g_autoptr (QcTruetype) file = qc_truetype_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_assert_cmpuint (qc_truetype_add (file, outline, QC_OUTLINE_UPEM), ==, 1);
  g_autoptr (GBytes) bytes = qc_truetype_finish (file, 400, -100);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  put (out, 0x0001000000070040, 8);
  put (out, 0x00020030, 4);
  g_byte_array_append (out, (const guint8 *)"cmap", 4);
  put (out, 0, 4);
  put (out, new_end, 4);
  const guint n_cmap = 40;
  put (out, n_cmap, 4);
  for (guint at = 12; at < old_end; at += 16) {
    guint32 offset
        = (guint32)data[at + 8] << 24 | (guint32)data[at + 9] << 16 | (guint32)data[at + 10] << 8 | data[at + 11];
    g_byte_array_append (out, data + at, 8);
    put (out, offset + 16 + n_cmap, 4);
    g_byte_array_append (out, data + at + 12, 4);
  }
  put (out, 1, 4); /* version 0, one subtable */
  put (out, 0x0003000A, 4);
  put (out, 12, 4);
  put (out, 0x000D0000, 4); /* format 13: one glyph for all */
  put (out, 28, 4);
  put (out, 0, 4);
  put (out, 1, 4);
  put (out, first, 4);
  put (out, last, 4);
  put (out, 1, 4);
  g_byte_array_append (out, data + old_end, (guint)(size - old_end));
  g_assert_true (g_file_set_contents (path, (const char *)out->data, out->len, NULL));
}

static GArray *
make_outline (guint n, int width)
{
  GArray *outline = g_array_new (FALSE, FALSE, sizeof (QcOutlinePoint));
  for (guint i = 0; i < n; i++) {
    QcOutlinePoint point = {i % 2 == 0 ? 0 : width, (int)(i % 400), TRUE, i + 1 == n};
    g_array_append_val (outline, point);
  }
  return outline;
}

static void
assert_subset (QcFont *font, const char *text, int code, const char *said)
{
  g_autoptr (QcCharset) charset = qc_charset_new ();
  g_assert_nonnull (font);
  qc_charset_add (charset, text);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcSubset) subset = qc_subset_new (font, charset, &error);
  if (said == NULL) {
    g_assert_no_error (error);
    return;
  }
  g_assert_error (error, QC_DOCUMENTS_ERROR, code);
  g_assert_null (subset);
  g_assert_nonnull (strstr (error->message, said));
}

/* A character of the private planes that no installed font has. */
static gunichar
find_unknown (void)
{
  gunichar character = 0xF8000;
  while (qc_font_has (stage.font, character))
    character++;
  return character;
}

static void
test_blank_in_charge (void)
{
  g_autofree char *path = stage_path (&stage, "blank.ttf");
  g_autoptr (GArray) nothing = make_outline (0, 0);
  g_autoptr (GArray) line = make_outline (2, 100);
  make_font (path, nothing, 0, 0xFFFFF);
  g_autoptr (QcFont) font = qc_font_new_for_file (path, NULL);
  assert_subset (font, " \u3000\u00A0\u200B\u3164\u115F\u1160\uFFA0\u2800\u0301\u2028", 0, NULL);
  assert_subset (font, "一", QC_DOCUMENTS_ERROR_NO_GLYPH, "一 (U+4E00)");
  make_font (path, line, 0, 0xFFFFF); /* a contour that nothing is inside of */
  g_autoptr (QcFont) thin = qc_font_new_for_file (path, NULL);
  assert_subset (thin, "一", QC_DOCUMENTS_ERROR_NO_GLYPH, "一 (U+4E00)");
}

/* Fonts that have a character and draw nothing, or too much, for it: the next one is asked. */
static void
test_blank_among_others (void)
{
  g_autofree char *blank = stage_path (&stage, "other.ttf");
  g_autofree char *huge = stage_path (&stage, "huge.ttf");
  g_autofree char *good = stage_path (&stage, "good.ttf");
  g_autoptr (GArray) nothing = make_outline (0, 0);
  g_autoptr (GArray) triangle = make_outline (3, 300);
  g_autoptr (GArray) many = make_outline (40000, 300);
  gunichar unknown = find_unknown ();
  char text[7] = {0};
  g_unichar_to_utf8 (unknown, text);
  make_font (blank, nothing, unknown, unknown);
  make_font (huge, many, unknown, unknown);
  make_font (good, triangle, unknown, unknown);
  g_assert_true (FcConfigAppFontAddFile (NULL, (const FcChar8 *)blank));
  g_assert_true (FcConfigAppFontAddFile (NULL, (const FcChar8 *)huge));
  g_autoptr (QcFont) without = qc_font_new (NULL);
  g_assert_false (qc_font_has (without, unknown));
  assert_subset (without, text, QC_DOCUMENTS_ERROR_NO_GLYPH, "U+F8");
  g_assert_true (FcConfigAppFontAddFile (NULL, (const FcChar8 *)good));
  g_autoptr (QcFont) with = qc_font_new (NULL);
  g_assert_true (qc_font_has (with, unknown));
  assert_subset (with, text, 0, NULL);
  FcConfigAppFontClear (NULL);
}

static void
test_too_rare (void)
{
  g_autofree char *path = stage_path (&stage, "rare.ttf");
  g_autoptr (GArray) triangle = make_outline (3, 300);
  g_autoptr (GString) text = g_string_new (NULL);
  make_font (path, triangle, 0, 0xFFFFF);
  g_autoptr (QcFont) font = qc_font_new_for_file (path, NULL);
  for (gunichar character = 0xE000; character <= 0xF8FF; character++)
    g_string_append_unichar (text, character);
  g_string_append (text, "\uFFE5"); /* which comes after them, and needs no code of its own */
  assert_subset (font, text->str, 0, NULL);
  g_string_append (text, "𠮷");
  assert_subset (font, text->str, QC_DOCUMENTS_ERROR_TOO_RARE, "6400");
}

/* Numbers stay within what a font file holds. */
static void
test_enormous (void)
{
  hb_codepoint_t glyph;
  hb_font_t *face = hb_font_create_sub_font (qc_font_find (stage.font, 0x4E00, &glyph));
  hb_font_set_scale (face, 1000000, 1000000);
  g_autoptr (GArray) outline = qc_outline_new (face, glyph);
  int most = 0;
  for (guint i = 0; i < outline->len; i++)
    most = MAX (most, ABS (g_array_index (outline, QcOutlinePoint, i).x));
  g_assert_cmpint (most, ==, QC_OUTLINE_FARTHEST);
  hb_font_destroy (face);
}

/* The last point comes back to the first one, but for less than a unit: it is left out, and the contour still begins
 * on the curve. */
static void
test_comes_back (void)
{
  static const QcOutlinePoint points[]
      = {{0, 0, TRUE}, {400, 0, FALSE}, {400, 400, TRUE}, {0, 400, TRUE}, {0, -4, TRUE, TRUE}};
  g_autofree char *path = stage_path (&stage, "back.ttf");
  g_autoptr (GArray) outline = g_array_new (FALSE, FALSE, sizeof (QcOutlinePoint));
  g_array_append_vals (outline, points, G_N_ELEMENTS (points));
  make_font (path, outline, 0, 0xFFFFF);
  g_autoptr (QcFont) font = qc_font_new_for_file (path, NULL);
  hb_codepoint_t glyph;
  hb_font_t *face = hb_font_create_sub_font (qc_font_find (font, 'A', &glyph));
  hb_font_set_scale (face, 50, 50);
  g_autoptr (GArray) made = qc_outline_new (face, glyph);
  g_assert_cmpuint (made->len, ==, 4);
  g_assert_true (g_array_index (made, QcOutlinePoint, 0).is_on);
  g_assert_false (g_array_index (made, QcOutlinePoint, 1).is_on);
  hb_font_destroy (face);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/font/outlines", test_outlines);
  g_test_add_func ("/font/cubic", test_cubic);
  g_test_add_func ("/font/embedded", test_embedded);
  g_test_add_func ("/font/blank-in-charge", test_blank_in_charge);
  g_test_add_func ("/font/blank-among-others", test_blank_among_others);
  g_test_add_func ("/font/too-rare", test_too_rare);
  g_test_add_func ("/font/enormous", test_enormous);
  g_test_add_func ("/font/comes-back", test_comes_back);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
