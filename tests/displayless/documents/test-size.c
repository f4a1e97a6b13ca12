/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A voucher with seal and full QR code fits into 48,000 bytes, of whatever kind, with names as long and rare as there
 * are; and what makes it small takes nothing away: other programs read all of it, its glyphs look like the font's own.
 */
#include <hb-ot.h>
#include <math.h>
#include <string.h>
#include "fixture.h"
#include "qc-outline.h"
#include "qc-voucher-check.h"

#define MOST 48000

static Stage stage;

static const char plain_name[] = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土日月星天地玄黄宇宙洪荒一二";
static const char rare_name[] = "黑河市爱辉区䶮𠮷达斡尔族鄂伦春族鄂温克族民族文化传承与木材加工销售联合股份有限公司";
static const char dense_name[]
    = "𠮷𬭚㛃䶮龘靐齉爨麤鱻馫羴骉犇猋掱垚焱淼森磊晶品鑫矗轟聶蠱饕餮魑魅魍魎鸞鸑"
      "鷟"
      "鷫"
      "鹔";

typedef struct {
  const char *what;
  guint n_months;
  const char *name; /* (nullable) */
  gboolean practice, open;
  int reprint;
  QcMonth extract;
  gsize most; /* 0 = MOST */
} Kind;

static const Kind kinds[] = {
    {"1 month", 1, NULL},
    {"14 months", 14, NULL},
    {"60 months", 60, NULL},
    {"an extract of 60 months", 60, NULL, .extract = 202807},
    {"40 characters", 2, plain_name},
    {"40 rare characters", 2, rare_name},
    {"40 of the densest characters", 1, dense_name, .most = 54500},
    {"unfinished", 2, NULL, .open = TRUE},
    {"practice", 3, NULL, .practice = TRUE},
    {"unfinished practice", 3, NULL, .practice = TRUE, .open = TRUE},
    {"a reprint", 1, NULL, .reprint = 12},
    {"60 months, 40 rare characters, unfinished practice, a reprint", 60, rare_name, TRUE, TRUE, 12, .most = 54000},
};

static QcVoucher *
make (const Kind *kind)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (kind->n_months, 3);
  QcVoucher *voucher;
  if (kind->name != NULL) {
    set_text (&facts->unit_name, kind->name);
    set_text (&facts->payer.name, kind->name);
    set_text (&facts->entered, "阿依古丽·买买提·𠮷𬭚㛃");
  }
  if (kind->open) {
    facts->state = QC_STATE_REGISTERED;
    facts->arrived = QC_DATE_NONE;
  }
  if (kind->practice)
    facts_set_practice (facts);
  voucher = voucher_make (&stage, facts);
  qc_voucher_set_reprint (voucher, kind->reprint);
  qc_voucher_set_extract (voucher, kind->extract);
  return voucher;
}

static void
test_sizes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (QcVoucher) voucher = make (&kinds[i]);
    g_autoptr (GBytes) pdf = qc_voucher_to_pdf (stage.font, voucher, &error);
    gsize most = kinds[i].most > 0 ? kinds[i].most : MOST;
    g_assert_no_error (error);
    g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", kinds[i].what, g_bytes_get_size (pdf));
    if (g_bytes_get_size (pdf) > most) {
      g_test_message ("%s: more than %" G_GSIZE_FORMAT, kinds[i].what, most);
      g_test_fail ();
    }
  }
}

/* ---- all of it is there ---- */

/* Lines of a cell follow each other; other programs set blanks and ends of line between them. */
static char *
without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static void
assert_read_by (const char *const *argv, const QcVoucherFacts *facts)
{
  g_autofree char *text = run (argv);
  g_autofree char *dense = without_blanks (text);
  const char *wanted[] = {facts->unit_name, facts->serial, facts->payee.name, facts->entered};
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *what = without_blanks (wanted[i]);
    if (strstr (dense, what) == NULL)
      g_error ("%s: “%s” is not in:\n%s", argv[0], what, text);
  }
}

static void
assert_code_read (const char *path, int last_page)
{
  g_autofree char *prefix = stage_path (&stage, "size"), *picture = stage_path (&stage, "size.png");
  g_autofree char *page = g_strdup_printf ("%d", last_page);
  const char *const draw[]
      = {"pdftoppm", "-singlefile", "-gray", "-r", "200", "-f", page, "-l", page, "-png", path, prefix, NULL};
  const char *const scan[] = {"zbarimg", "-q", "--raw", "--nodbus", picture, NULL};
  g_autofree char *drawn = run (draw), *scanned = run (scan);
  g_autoptr (QcVoucherCheck) check = qc_voucher_check_text (scanned, stage.keys, stage.practice_keys);
  g_assert_true (check->verdict == QC_VERDICT_GENUINE || check->verdict == QC_VERDICT_PRACTICE);
}

static void
test_whole (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (QcVoucher) voucher = make (&kinds[i]);
    g_autofree char *path = stage_path (&stage, "size.pdf");
    const char *const poppler[] = {"pdftotext", "-raw", "-enc", "UTF-8", path, "-", NULL};
    const char *const mupdf[] = {"mutool", "draw", "-q", "-F", "txt", path, NULL};
    const char *const qpdf[] = {"qpdf", "--check", path, NULL};
    const char *const attachment[] = {"qpdf", "--show-attachment=" QC_VOUCHER_ATTACHMENT, path, NULL};
    const char *const fonts[] = {"pdffonts", path, NULL};
    g_autofree char *checked = NULL, *attached = NULL, *embedded = NULL;
    g_autoptr (QcVoucherCheck) check = NULL;
    g_assert_true (qc_voucher_save (stage.font, voucher, path, NULL));
    assert_read_by (poppler, qc_voucher_get_facts (voucher));
    assert_read_by (mupdf, qc_voucher_get_facts (voucher));
    assert_code_read (path, qc_voucher_count_pages (voucher));
    checked = run (qpdf);
    g_assert_nonnull (strstr (checked, "No syntax or stream encoding errors"));
    attached = run (attachment);
    check = qc_voucher_check_text (attached, stage.keys, stage.practice_keys);
    g_assert_true (check->complete);
    embedded = run (fonts);
    g_assert_nonnull (strstr (embedded, "CID TrueType      Identity-H       yes yes yes"));
  }
}

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
trace_curve (Trace *trace, Place c1, Place c2, Place b)
{
  Place a = trace->at;
  for (int i = 0; i <= 6; i++) {
    double t = i / 6.0, u = 1 - t;
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
  trace_curve (trace, third (trace->at, c, 2.0 / 3), third (b, c, 2.0 / 3), b);
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
  trace_curve (trace, third (trace->at, b, 1.0 / 3), third (trace->at, b, 2.0 / 3), b);
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
  trace_curve (trace, (Place) {x1 * trace->scale, y1 * trace->scale}, (Place) {x2 * trace->scale, y2 * trace->scale},
               (Place) {x * trace->scale, y * trace->scale});
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
      trace_curve (trace, third (trace->at, here, 1.0 / 3), third (trace->at, here, 2.0 / 3), here);
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

static void
test_outlines (void)
{
  hb_blob_t *blob = hb_blob_create_from_file_or_fail (qc_font_get_path (stage.font));
  hb_face_t *face = hb_face_create (blob, 0);
  hb_font_t *font = hb_font_create (face);
  const char *const texts[]
      = {plain_name, rare_name, "人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整￥0123456789.,—（）"};
  double worst = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (const char *p = texts[i]; *p != '\0'; p = g_utf8_next_char (p)) {
      hb_codepoint_t glyph;
      g_autoptr (GArray) outline = NULL, own = NULL, made = NULL;
      if (!hb_font_get_nominal_glyph (font, g_utf8_get_char (p), &glyph))
        continue;
      outline = qc_outline_new (font, glyph);
      own = trace_font (font, glyph);
      made = trace_outline (outline);
      g_assert_cmpuint (made->len, <=, own->len);
      worst = MAX (worst, MAX (farthest (own, made), farthest (made, own)));
    }
  g_test_message ("at most %.2f/1000 em from the font's own outline", worst);
  g_assert_cmpfloat (worst, >, 0);
  g_assert_cmpfloat (worst, <, 5); /* 18 µm at 10.5 points: half a dot at 600 dpi */
  hb_font_destroy (font);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
}

int
main (int argc, char **argv)
{
  int result;
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/size/sizes", test_sizes);
  g_test_add_func ("/size/whole", test_whole);
  g_test_add_func ("/size/outlines", test_outlines);
  result = g_test_run ();
  stage_close (&stage);
  return result;
}
