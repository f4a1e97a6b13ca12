/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread at a time.
 */
#include "qc-outline.h"

#include <math.h>

#define LONGEST_RUN 8 /* curves made one */

typedef struct {
  double x, y;
} Dot;

/* A quadratic curve from @a to @b; a line has @is_line and no @c. */
typedef struct {
  Dot a, c, b;
  gboolean is_line;
} Segment;

typedef struct {
  double scale;
  Dot at;
  GArray *segments; /* (owned) Segment: of the contour being drawn */
  GArray *points;   /* (owned) QcOutlinePoint */
} Pen;

static Dot
between (Dot a, Dot b, double t)
{
  return (Dot) {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static Dot
minus (Dot a, Dot b)
{
  return (Dot) {a.x - b.x, a.y - b.y};
}

static double
cross (Dot a, Dot b)
{
  return a.x * b.y - a.y * b.x;
}

static double
dot (Dot a, Dot b)
{
  return a.x * b.x + a.y * b.y;
}

static gboolean
same (Dot a, Dot b)
{
  return a.x == b.x && a.y == b.y;
}

static Dot
point_at (const Segment *segment, double t)
{
  if (segment->is_line)
    return between (segment->a, segment->b, t);
  return between (between (segment->a, segment->c, t), between (segment->c, segment->b, t), t);
}

/* Where a curve sets out to, and where it comes in from; not of length 1. */
static Dot
departure (const Segment *segment)
{
  return minus (segment->is_line || same (segment->c, segment->a) ? segment->b : segment->c, segment->a);
}

static Dot
arrival (const Segment *segment)
{
  return minus (segment->b, segment->is_line || same (segment->c, segment->b) ? segment->a : segment->c);
}

/* ---- many curves as one ---- */

static gboolean
is_near_line (Dot a, Dot b, Dot p)
{
  Dot along = minus (b, a), to = minus (p, a);
  double square = dot (along, along), far = dot (along, to), aside = cross (along, to);
  return far >= 0 && far <= square && aside * aside <= QC_OUTLINE_TOLERANCE * QC_OUTLINE_TOLERANCE * square;
}

/*
 * With p = αa + βc + γb, a point of the curve has β² = 4αγ; how far another is from it, is what is missing there
 * divided by how steeply it changes.
 */
static gboolean
is_near_curve (const Segment *curve, Dot p)
{
  Dot to_c = minus (curve->c, curve->a);
  Dot to_b = minus (curve->b, curve->a);
  Dot to_p = minus (p, curve->a);
  double area = cross (to_c, to_b);
  if (area == 0)
    return FALSE;
  double beta = cross (to_p, to_b) / area;
  double gamma = cross (to_c, to_p) / area;
  double alpha = 1 - beta - gamma;
  if (alpha < -0.1 || gamma < -0.1 || beta < -0.1)
    return FALSE;
  double missing = beta * beta - 4 * alpha * gamma;
  Dot d_beta = (Dot) {to_b.y / area, -to_b.x / area};
  Dot d_gamma = (Dot) {-to_c.y / area, to_c.x / area};
  Dot slope;
  slope.x = 2 * beta * d_beta.x - 4 * (alpha * d_gamma.x - gamma * (d_beta.x + d_gamma.x));
  slope.y = 2 * beta * d_beta.y - 4 * (alpha * d_gamma.y - gamma * (d_beta.y + d_gamma.y));
  return missing * missing <= QC_OUTLINE_TOLERANCE * QC_OUTLINE_TOLERANCE * dot (slope, slope);
}

/* Where they would differ most, is looked first. */
static gboolean
follows (const Segment *one, const Segment *run, guint n)
{
  static const double places[] = {1, 0.5, 0.25, 0.75};
  for (gsize k = 0; k < G_N_ELEMENTS (places); k++)
    for (guint i = 0; i < n - (k == 0 ? 1 : 0); i++) {
      Dot p = point_at (&run[i], places[k]);
      if (one->is_line ? !is_near_line (one->a, one->b, p) : !is_near_curve (one, p))
        return FALSE;
    }
  return TRUE;
}

/* The curve that sets out and arrives as the run does. FALSE if there is none. */
static gboolean
make_curve (const Segment *run, guint n, Segment *curve)
{
  Dot from = departure (&run[0]);
  Dot to = arrival (&run[n - 1]);
  Dot across = minus (run[n - 1].b, run[0].a);
  double turn = cross (from, to);
  *curve = (Segment) {run[0].a, run[0].a, run[n - 1].b, FALSE};
  if (turn * turn < 0.0004 * dot (from, from) * dot (to, to)) /* hardly any */
    return FALSE;
  double out = cross (across, to) / turn;
  double in = cross (from, across) / turn;
  curve->c = (Dot) {run[0].a.x + from.x * out, run[0].a.y + from.y * out};
  return out > 0 && in > 0;
}

static gboolean
make_one (const Segment *run, guint n, Segment *one)
{
  *one = (Segment) {run[0].a, run[0].a, run[n - 1].b, TRUE};
  if (!same (one->a, one->b) && follows (one, run, n))
    return TRUE;
  return make_curve (run, n, one) && follows (one, run, n);
}

/* How many segments from @run on become @one, at least 1. */
static guint
take_run (const Segment *run, guint n, Segment *one)
{
  *one = run[0];
  guint taken = 1;
  while (taken < MIN (n, LONGEST_RUN)) {
    Segment longer;
    if (dot (arrival (&run[taken - 1]), departure (&run[taken])) <= 0 || !make_one (run, taken + 1, &longer))
      break;
    *one = longer;
    taken++;
  }
  return taken;
}

/* ---- points ---- */

static int
unit_of (double value)
{
  return (int)lround (CLAMP (value, -QC_OUTLINE_FARTHEST, QC_OUTLINE_FARTHEST));
}

static void
add_point (GArray *points, Dot dot_, gboolean is_on)
{
  QcOutlinePoint point = {unit_of (dot_.x), unit_of (dot_.y), is_on, FALSE};
  g_array_append_val (points, point);
}

/* A point of the curve midway between two control points goes without saying. Not the first one, where a contour
 * begins, nor the last one, since the first is on the curve. */
static gboolean
is_implied (const GArray *points, guint i)
{
  const QcOutlinePoint *p = &g_array_index (points, QcOutlinePoint, i);
  return i > 0 && i + 1 < points->len && p->is_on && !p[-1].is_on && !p[1].is_on
         && ABS (p[-1].x + p[1].x - 2 * p->x) <= 1 && ABS (p[-1].y + p[1].y - 2 * p->y) <= 1;
}

static gboolean
is_same_place (const QcOutlinePoint *a, const QcOutlinePoint *b)
{
  return a->is_on && b->is_on && a->x == b->x && a->y == b->y;
}

/* Of two in one place the later one, so that the contour still begins on the curve. */
static gboolean
is_repeated (const GArray *points, guint i)
{
  const QcOutlinePoint *p = &g_array_index (points, QcOutlinePoint, i);
  return i > 0
         && (is_same_place (p, p - 1)
             || (i + 1 == points->len && is_same_place (p, &g_array_index (points, QcOutlinePoint, 0))));
}

static void
end_contour (Pen *pen)
{
  const Segment *segments = (const Segment *)(gpointer)pen->segments->data;
  g_autoptr (GArray) contour = g_array_sized_new (FALSE, FALSE, sizeof (QcOutlinePoint), 2 * pen->segments->len);
  guint begun = pen->points->len;
  for (guint i = 0; i < pen->segments->len;) {
    Segment one;
    i += take_run (segments + i, pen->segments->len - i, &one);
    add_point (contour, one.a, TRUE);
    if (!one.is_line)
      add_point (contour, one.c, FALSE);
  }
  for (guint i = 0; i < contour->len; i++)
    if (!is_implied (contour, i) && !is_repeated (contour, i))
      g_array_append_val (pen->points, g_array_index (contour, QcOutlinePoint, i));
  if (pen->points->len < begun + 3) /* nothing is inside */
    g_array_set_size (pen->points, begun);
  else
    g_array_index (pen->points, QcOutlinePoint, pen->points->len - 1).ends = TRUE;
  g_array_set_size (pen->segments, 0);
}

/* ---- what HarfBuzz draws ---- */

static Dot
scaled (const Pen *pen, float x, float y)
{
  return (Dot) {x * pen->scale, y * pen->scale};
}

static void
add_segment (Pen *pen, Segment segment)
{
  if (!same (segment.a, segment.b) || !segment.is_line)
    g_array_append_val (pen->segments, segment);
  pen->at = segment.b;
}

static void
move_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Pen *pen = data;
  pen->at = scaled (pen, x, y);
}

static void
line_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user_data)
{
  Pen *pen = data;
  add_segment (pen, (Segment) {pen->at, pen->at, scaled (pen, x, y), TRUE});
}

static void
quadratic_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x, float y,
                 void *user_data)
{
  Pen *pen = data;
  add_segment (pen, (Segment) {pen->at, scaled (pen, cx, cy), scaled (pen, x, y), FALSE});
}

/* In four parts, each so short that the quadratic curve with the same tangents is the same to the eye. */
static void
cubic_to_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
             float x, float y, void *user_data)
{
  Pen *pen = data;
  Dot p0 = pen->at, p1 = scaled (pen, x1, y1), p2 = scaled (pen, x2, y2), p3 = scaled (pen, x, y);
  for (int part = 4; part > 0; part--) {
    double t = 1.0 / part;
    Dot a = between (p0, p1, t), b = between (p1, p2, t), c = between (p2, p3, t);
    Dot d = between (a, b, t);
    Dot e = between (b, c, t);
    Dot middle = between (d, e, t);
    Dot control = {(3 * (a.x + d.x) - p0.x - middle.x) / 4, (3 * (a.y + d.y) - p0.y - middle.y) / 4};
    add_segment (pen, (Segment) {p0, control, middle, FALSE});
    p0 = middle;
    p1 = e;
    p2 = c;
  }
}

static void
close_path_cb (hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user_data)
{
  end_contour (data);
}

GArray *
qc_outline_new (hb_font_t *face, hb_codepoint_t glyph)
{
  hb_draw_funcs_t *funcs = hb_draw_funcs_create ();
  Pen pen = {.scale = (double)QC_OUTLINE_UPEM / hb_face_get_upem (hb_font_get_face (face))};
  pen.segments = g_array_sized_new (FALSE, FALSE, sizeof (Segment), 128);
  pen.points = g_array_sized_new (FALSE, FALSE, sizeof (QcOutlinePoint), 256);
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
  g_array_unref (pen.segments);
  return pen.points;
}
