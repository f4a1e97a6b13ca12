/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * How a page lies, measured on a canvas that only takes down what is drawn where: nothing beyond what printers print,
 * no text over another or across a line, decimal points below each other, the diagonals whole and beside the QR code.
 */
#include <math.h>
#include <string.h>
#include "fixture.h"
#include "qc-canvas.h"
#include "qc-seal.h"

#define MARGIN 5.0 /* mm that printers leave white */

static Stage stage;

typedef struct {
  double x, y, width, size, angle; /* mm; the base line from its beginning */
  QcInk ink;
  char *text;
} Run;

typedef struct {
  double x1, y1, x2, y2;
} Line;

typedef struct {
  GArray *runs;  /* Run */
  GArray *lines; /* Line */
  Line code;     /* its square */
} Page;

typedef struct {
  QcCanvas parent;
  GPtrArray *pages; /* Page */
} Recorder;

static Page *
last_page (QcCanvas *canvas)
{
  GPtrArray *pages = ((Recorder *)canvas)->pages;
  return g_ptr_array_index (pages, pages->len - 1);
}

static void
run_clear (gpointer data)
{
  g_free (((Run *)data)->text);
}

static void
begin_page (QcCanvas *canvas, double width, double height)
{
  Page *page = g_new0 (Page, 1);
  page->runs = g_array_new (FALSE, TRUE, sizeof (Run));
  page->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (page->runs, run_clear);
  g_ptr_array_add (((Recorder *)canvas)->pages, page);
}

static void
end_page (QcCanvas *canvas)
{
}

static void
text (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *string)
{
  Run run = {x,
             y,
             qc_font_measure (stage.font, string, size) * QC_MM_PER_POINT,
             size * QC_MM_PER_POINT,
             angle,
             ink,
             g_strdup (string)};
  g_array_append_val (last_page (canvas)->runs, run);
}

static void
line (QcCanvas *canvas, double x1, double y1, double x2, double y2, double width, QcInk ink)
{
  Line it = {x1, y1, x2, y2};
  g_array_append_val (last_page (canvas)->lines, it);
}

static void
circle (QcCanvas *canvas, double x, double y, double radius, double width, QcInk ink)
{
}

static void
polygon (QcCanvas *canvas, const double *points, gsize n_points, QcInk ink)
{
}

static void
modules (QcCanvas *canvas, double x, double y, double size, const guint8 *bits, int n)
{
  last_page (canvas)->code = (Line) {x, y, x + size, y + size};
}

static void
page_free (gpointer data)
{
  Page *page = data;
  g_array_unref (page->runs);
  g_array_unref (page->lines);
  g_free (page);
}

/* (element-type Page) (transfer full) */
static GPtrArray *
record (const QcVoucher *voucher)
{
  static const QcCanvasClass klass = {begin_page, end_page, text, line, circle, polygon, modules};
  Recorder recorder = {{&klass, stage.font, FALSE}, g_ptr_array_new_with_free_func (page_free)};
  qc_voucher_draw (voucher, &recorder.parent);
  return recorder.pages;
}

/* ---- what holds for every page ---- */

/* The corners of a run: from the foot of its letters to their head. */
static Line
box_of (const Run *run)
{
  static const double heads[] = {-0.12, 0.85};
  Line box = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  for (int i = 0; i < 4; i++) {
    double along = i < 2 ? 0 : run->width, up = heads[i % 2] * run->size;
    double x = run->x + along * cos (run->angle) - up * sin (run->angle);
    double y = run->y - along * sin (run->angle) - up * cos (run->angle);
    box = (Line) {MIN (box.x1, x), MIN (box.y1, y), MAX (box.x2, x), MAX (box.y2, y)};
  }
  return box;
}

static gboolean
is_plain (const Run *run)
{
  return run->angle == 0 && run->ink != QC_INK_SEAL;
}

static gboolean
overlap (Line a, Line b)
{
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

static void
assert_on_paper (const Page *page)
{
  for (guint i = 0; i < page->runs->len; i++) {
    const Run *run = &g_array_index (page->runs, Run, i);
    Line box = box_of (run);
    if (box.x1 < MARGIN || box.y1 < MARGIN || box.x2 > QC_SHEET_WIDTH - MARGIN || box.y2 > QC_SHEET_HEIGHT - MARGIN)
      g_error ("“%s” is cut off: %.1f, %.1f to %.1f, %.1f", run->text, box.x1, box.y1, box.x2, box.y2);
  }
}

static void
assert_apart (const Page *page)
{
  for (guint i = 0; i < page->runs->len; i++)
    for (guint k = i + 1; k < page->runs->len; k++) {
      const Run *a = &g_array_index (page->runs, Run, i), *b = &g_array_index (page->runs, Run, k);
      Line box = box_of (a);
      Line other = box_of (b);
      box.x1 += 0.01;
      box.y1 += 0.35; /* lines of one cell stand close */
      box.y2 -= 0.1;
      if (is_plain (a) && is_plain (b) && overlap (box, other))
        g_error ("“%s” lies over “%s”", a->text, b->text);
    }
}

static void
assert_between_lines (const Page *page)
{
  for (guint i = 0; i < page->runs->len; i++)
    for (guint k = 0; k < page->lines->len; k++) {
      const Run *run = &g_array_index (page->runs, Run, i);
      Line box = box_of (run), it = g_array_index (page->lines, Line, k);
      if (is_plain (run) && overlap (box, (Line) {it.x1 - 0.05, it.y1 - 0.05, it.x2 + 0.05, it.y2 + 0.05}))
        g_error ("“%s” is crossed by a line: %.2f, %.2f to %.2f, %.2f", run->text, it.x1, it.y1, it.x2, it.y2);
    }
}

/* Amounts whose right edges are in one column of the table are of one size, so their points stand below each other. */
static void
assert_aligned (const Page *page)
{
  for (guint i = 0; i < page->runs->len; i++)
    for (guint k = 0; k < i; k++) {
      const Run *a = &g_array_index (page->runs, Run, i), *b = &g_array_index (page->runs, Run, k);
      gsize n = strlen (a->text), m = strlen (b->text);
      if (n > 3 && m > 3 && a->text[n - 3] == '.' && b->text[m - 3] == '.' && a->y < 200 && b->y > 80
          && fabs (a->x + a->width - b->x - b->width) < 0.5 && fabs (a->y - b->y) < 8 && a->size < 3.3 && b->size < 3.3)
        g_assert_cmpfloat_with_epsilon (a->size, b->size, 0.001);
    }
}

/* A name on two lines is as large as they allow, not as small as a third of a line less would need. How many runs of
 * it there are. */
static guint
count_readable (const Page *page)
{
  guint n = 0;
  for (guint i = 0; i < page->runs->len; i++) {
    const Run *run = &g_array_index (page->runs, Run, i);
    if (run->x < 40 && run->y > 40 && run->y < 50 && g_str_has_prefix (run->text, "黑河市爱辉区")) {
      g_assert_cmpfloat (run->size, >, 8 * QC_MM_PER_POINT);
      n++;
    }
  }
  return n;
}

/* However long a name is, nobody needs a lens for it. What stands in the seal is as large as a seal has room for. */
static void
assert_large_enough (const Page *page)
{
  for (guint i = 0; i < page->runs->len; i++) {
    const Run *run = &g_array_index (page->runs, Run, i);
    if (is_plain (run) && g_utf8_get_char (run->text) >= 0x2e80 && run->size < 6.2 * QC_MM_PER_POINT)
      g_error ("“%s” is set in %.1f points", run->text, run->size / QC_MM_PER_POINT);
  }
}

/* A diagonal is whole where it crosses no code: sampled along its middle. */
static void
assert_diagonals (const Page *page, int wanted, gboolean beside_code)
{
  int n = 0;
  for (guint i = 0; i < page->runs->len; i++) {
    const Run *run = &g_array_index (page->runs, Run, i);
    if (run->ink != QC_INK_PALE)
      continue;
    n++;
    for (double along = 0; along <= run->width && beside_code; along += 1) {
      double x = run->x + along * cos (run->angle) - 0.35 * run->size * sin (run->angle);
      double y = run->y - along * sin (run->angle) - 0.35 * run->size * cos (run->angle);
      if (x > page->code.x1 && x < page->code.x2 && y > page->code.y1 && y < page->code.y2)
        g_error ("“%s” is hidden by the QR code at %.0f, %.0f", run->text, x, y);
    }
  }
  g_assert_cmpint (n, ==, wanted);
}

/* ---- kinds of vouchers ---- */

typedef struct {
  guint n_months;
  const char *name; /* (nullable) */
  gboolean practice, open, large, back, longest;
} Kind;

static const char long_name[] = "黑河市爱辉区䶮𠮷达斡尔族鄂伦春族鄂温克族民族文化传承与木材加工销售联合股份有限公司";

static void
make_large (QcVoucherFacts *facts)
{
  facts->unit_fen = facts->personal_fen = 0;
  for (guint i = 0; i < facts->lines->len; i++) {
    QcMonthLine *it = &g_array_index (facts->lines, QcMonthLine, i);
    *it = (QcMonthLine) {.month = it->month, .people = 200000, .previous_people = 200000, .added_people = 199999};
    it->removed_people = 199999;
    it->previous_fen = i == 0 ? 99999999999999 : 1;
    it->unit_fen = i == 0 ? 49999999999999 : 0;
    it->personal_fen = i == 0 ? 49999999999999 : i == 1 ? 1 : 0;
    it->added_fen = it->unit_fen + it->personal_fen;
    it->removed_fen = it->previous_fen;
    facts->unit_fen += it->unit_fen;
    facts->personal_fen += it->personal_fen;
  }
}

static QcVoucher *
make (const Kind *kind)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (kind->n_months, 3);
  if (kind->name != NULL) {
    set_text (&facts->unit_name, kind->name);
    set_text (&facts->payer.name, kind->name);
    set_text (&facts->payee.bank, kind->name);
    set_text (&facts->entered, "阿依古丽·买买提·𠮷𬭚㛃");
  }
  if (kind->longest)
    facts_set_longest (facts);
  if (kind->large)
    make_large (facts);
  if (kind->back)
    facts->business = QC_BUSINESS_BACK_PAYMENT;
  if (kind->open) {
    facts->state = QC_STATE_REGISTERED;
    facts->arrived = QC_DATE_NONE;
  }
  if (kind->practice)
    facts_set_practice (facts);
  return voucher_make (&stage, facts);
}

static void
test_pages (void)
{
  static const Kind kinds[] = {
      {1},
      {14},
      {60},
      {2, long_name},
      {60, long_name},
      {2, .large = TRUE},
      {2, .large = TRUE, .back = TRUE},
      {14, long_name, .large = TRUE},
      {2, .open = TRUE},
      {14, .open = TRUE},
      {1, .practice = TRUE},
      {3, .practice = TRUE},
      {60, .practice = TRUE},
      {1, .practice = TRUE, .open = TRUE},
      {3, .practice = TRUE, .open = TRUE},
      {1, .longest = TRUE},
      {14, .longest = TRUE},
      {60, .longest = TRUE, .large = TRUE},
      {2, .longest = TRUE, .open = TRUE, .back = TRUE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (QcVoucher) voucher = make (&kinds[i]);
    g_autoptr (GPtrArray) pages = record (voucher);
    g_test_message ("%u months%s%s%s%s%s%s", kinds[i].n_months, kinds[i].longest ? ", longest texts" : "",
                    kinds[i].name ? ", long name" : "", kinds[i].large ? ", large" : "", kinds[i].back ? ", 补缴" : "",
                    kinds[i].open ? ", open" : "", kinds[i].practice ? ", practice" : "");
    guint n_names = 0;
    for (guint k = 0; k < pages->len; k++) {
      const Page *page = g_ptr_array_index (pages, k);
      assert_on_paper (page);
      assert_apart (page);
      assert_between_lines (page);
      assert_aligned (page);
      n_names += kinds[i].longest ? 0 : count_readable (page);
      assert_large_enough (page);
      assert_diagonals (page, kinds[i].practice + kinds[i].open, kinds[i].n_months <= 3 && !kinds[i].longest);
    }
    g_assert_cmpuint (n_names, ==, kinds[i].name != NULL ? 1 : 0);
  }
}

/* What no form takes but a signature may cover: smaller, but all of it, on as many pages as that takes. */
static void
test_too_long (void)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (60, 3);
  g_autofree char *longest = g_strnfill (QC_VOUCHER_MAX_TEXT, 'W');
  char **const texts[] = {&facts->unit_name,  &facts->payer.name, &facts->payer.bank, &facts->payee.name,
                          &facts->payee.bank, &facts->entered,    &facts->reviewed,   &facts->cashier};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (texts[i], longest);
  g_autoptr (QcVoucher) voucher = voucher_make (&stage, facts);
  g_autoptr (GPtrArray) pages = record (voucher);
  g_assert_cmpuint (pages->len, ==, 3);
  for (guint i = 0; i < pages->len; i++) {
    assert_on_paper (g_ptr_array_index (pages, i));
    assert_apart (g_ptr_array_index (pages, i));
    assert_between_lines (g_ptr_array_index (pages, i));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/look/pages", test_pages);
  g_test_add_func ("/look/too-long", test_too_long);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
