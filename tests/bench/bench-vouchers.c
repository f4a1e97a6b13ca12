/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Vouchers: one with seal and full QR (time, size), 1,000 in one file against cairo drawing the same pages with the
 * same font and encoding the same QR codes (each when its page is drawn), the memory 10,000 in one file take, and
 * checking 1,000 of them, as text and as PDF. Prints samples as lines of JSON for bench.py. One thread here and for
 * cairo; saving many makes their codes on threads of its own (voucher-threads: with the one that draws).
 *
 * bench-vouchers FOLDER [rosters]: the second form measures a 汇缴清册 of ten thousand people instead, from its first
 * row to the PDF, against cairo drawing the same pages of rows that are there, and the memory one of 200,000 takes.
 */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "qc-ahead.h"
#include "qc-binder.h"
#include "qc-voucher-check.h"
#include "qc-voucher-private.h"

#define RUNS 5
#define MANY 1000

static Stage stage;

G_NORETURN static void
die (const char *what, const GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "");
  exit (1);
}

static double
since (gint64 begun)
{
  return (double)(g_get_monotonic_time () - begun) / 1000;
}

static void
print_samples (const char *name, const double *samples, guint n)
{
  printf ("{\"name\": \"%s\", \"samples\": [", name);
  for (guint i = 0; i < n; i++)
    printf ("%s%.3f", i > 0 ? ", " : "", samples[i]);
  printf ("]}\n");
}

/* --- cairo as a canvas --- */

typedef struct {
  QcCanvas parent;
  cairo_t *cairo;
  const char *to_encode; /* (nullable): what the QR code says: encode it, instead of taking the modules given */
} CairoCanvas;

static void
set_ink (cairo_t *cairo, QcInk ink)
{
  static const double greys[] = {0, 0.42, 0.9};
  if (ink == QC_INK_SEAL)
    cairo_set_source_rgba (cairo, 0.8, 0.07, 0.1, 0.82);
  else
    cairo_set_source_rgb (cairo, greys[ink], greys[ink], greys[ink]);
}

static double
points (double mm)
{
  return mm / QC_MM_PER_POINT;
}

static void
begin_page (QcCanvas *canvas, double width, double height)
{
}

static void
end_page (QcCanvas *canvas)
{
  cairo_show_page (((CairoCanvas *)canvas)->cairo);
}

static void
text (QcCanvas *canvas, double x, double y, double angle, double size, QcInk ink, const char *string)
{
  cairo_t *cairo = ((CairoCanvas *)canvas)->cairo;
  set_ink (cairo, ink);
  cairo_set_font_size (cairo, size);
  if (angle == 0) {
    cairo_move_to (cairo, points (x), points (y));
    cairo_show_text (cairo, string);
    return;
  }
  cairo_save (cairo);
  cairo_translate (cairo, points (x), points (y));
  cairo_rotate (cairo, -angle);
  cairo_move_to (cairo, 0, 0);
  cairo_show_text (cairo, string);
  cairo_restore (cairo);
}

static void
line (QcCanvas *canvas, double x1, double y1, double x2, double y2, double width, QcInk ink)
{
  cairo_t *cairo = ((CairoCanvas *)canvas)->cairo;
  set_ink (cairo, ink);
  cairo_set_line_width (cairo, points (width));
  cairo_move_to (cairo, points (x1), points (y1));
  cairo_line_to (cairo, points (x2), points (y2));
  cairo_stroke (cairo);
}

static void
circle (QcCanvas *canvas, double x, double y, double radius, double width, QcInk ink)
{
  cairo_t *cairo = ((CairoCanvas *)canvas)->cairo;
  set_ink (cairo, ink);
  cairo_set_line_width (cairo, points (width));
  cairo_arc (cairo, points (x), points (y), points (radius), 0, 2 * G_PI);
  cairo_stroke (cairo);
}

static void
polygon (QcCanvas *canvas, const double *corners, gsize n_corners, QcInk ink)
{
  cairo_t *cairo = ((CairoCanvas *)canvas)->cairo;
  set_ink (cairo, ink);
  for (gsize i = 0; i < n_corners; i++)
    cairo_line_to (cairo, points (corners[2 * i]), points (corners[2 * i + 1]));
  cairo_fill (cairo);
}

/* As a mask of a bit per module too, so that what differs is the program and not the drawing. */
static void
draw_mask (cairo_t *cairo, double x, double y, double size, const guint8 *bits, int n)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A1, n, n);
  guint8 *data = cairo_image_surface_get_data (mask);
  int stride = cairo_image_surface_get_stride (mask);
  for (int row = 0; row < n; row++)
    for (int column = 0; column < n; column++)
      if ((bits[row * n + column] & 1) != 0)
        data[row * stride + column / 8] |= (guint8)(1 << (column % 8));
  cairo_surface_mark_dirty (mask);
  cairo_save (cairo);
  cairo_translate (cairo, points (x), points (y));
  cairo_scale (cairo, points (size) / n, points (size) / n);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_mask_surface (cairo, mask, 0, 0);
  cairo_restore (cairo);
  cairo_surface_destroy (mask);
}

static void
modules (QcCanvas *canvas, double x, double y, double size, const guint8 *bits, int n)
{
  CairoCanvas *self = (CairoCanvas *)canvas;
  QRcode *code = self->to_encode != NULL ? QRcode_encodeString8bit (self->to_encode, 0, QR_ECLEVEL_M) : NULL;
  if (self->to_encode != NULL && code == NULL)
    die ("libqrencode", NULL);
  draw_mask (self->cairo, x, y, size, code != NULL ? code->data : bits, code != NULL ? code->width : n);
  QRcode_free (code);
}

static double
draw_with_cairo (GPtrArray *vouchers, FT_Face face, const char *path, gboolean encode)
{
  static const QcCanvasClass klass = {begin_page, end_page, text, line, circle, polygon, modules};
  gint64 begun = g_get_monotonic_time ();
  cairo_surface_t *surface = cairo_pdf_surface_create (path, points (QC_SHEET_WIDTH), points (QC_SHEET_HEIGHT));
  CairoCanvas canvas = {{&klass, stage.font, FALSE}, cairo_create (surface), NULL};
  cairo_font_face_t *font = cairo_ft_font_face_create_for_ft_face (face, 0);
  cairo_set_font_face (canvas.cairo, font);
  for (guint i = 0; i < vouchers->len; i++) {
    QcVoucher *voucher = g_ptr_array_index (vouchers, i);
    canvas.to_encode = encode ? voucher->qr : NULL;
    qc_voucher_draw (voucher, &canvas.parent);
  }
  cairo_destroy (canvas.cairo);
  cairo_surface_finish (surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    die (cairo_status_to_string (cairo_surface_status (surface)), NULL);
  cairo_surface_destroy (surface);
  cairo_font_face_destroy (font);
  return since (begun);
}

/* --- what is measured --- */

static QcVoucher *
get_kept_cb (guint index, gpointer user_data, GError **error)
{
  return qc_voucher_ref (g_ptr_array_index ((GPtrArray *)user_data, index));
}

static QcVoucher *
get_made_cb (guint index, gpointer user_data, GError **error)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (1 + index % 3, index);
  return voucher_make (&stage, facts);
}

/* Each with its code still to be made. */
static void
measure_one (const GPtrArray *vouchers)
{
  double times[50], size = 0;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    const QcVoucher *voucher = g_ptr_array_index (vouchers, i);
    g_autoptr (GError) error = NULL;
    gint64 begun = g_get_monotonic_time ();
    g_autoptr (GBytes) pdf = qc_voucher_to_pdf (stage.font, voucher, &error);
    if (pdf == NULL)
      die ("one voucher", error);
    times[i] = since (begun);
    size = MAX (size, (double)g_bytes_get_size (pdf) / 1000);
  }
  print_samples ("voucher-one", times, G_N_ELEMENTS (times));
  print_samples ("voucher-size", &size, 1);
}

/* Their QR codes are not made yet. */
static GPtrArray *
make_vouchers (void)
{
  GPtrArray *vouchers = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_unref);
  for (guint i = 0; i < MANY; i++)
    g_ptr_array_add (vouchers, get_made_cb (i, NULL, NULL));
  return vouchers;
}

static double
save_many (GPtrArray *vouchers, const char *path)
{
  const QcVoucherSource source = {vouchers->len, get_kept_cb, vouchers};
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  if (!qc_vouchers_save (stage.font, &source, path, NULL, &error))
    die ("1,000 vouchers", error);
  return since (begun);
}

/* With the codes encoded in the measured time, by libqrencode on both sides, then with codes made before. */
static void
measure_many (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "many.pdf", NULL);
  g_autofree char *peer_path = g_build_filename (folder, "peer.pdf", NULL);
  double threads = 1 + qc_ahead_count_threads (MANY);
  FT_Library library;
  FT_Face face;
  if (FT_Init_FreeType (&library) != 0 || FT_New_Face (library, qc_font_get_path (stage.font), 0, &face) != 0)
    die ("FreeType", NULL);
  double peer_kept[RUNS];
  double mine_kept[RUNS];
  double peer[RUNS];
  double mine[RUNS];
  for (guint i = 0; i < RUNS; i++) {
    g_autoptr (GPtrArray) vouchers = make_vouchers ();
    mine[i] = save_many (vouchers, path);
    peer[i] = draw_with_cairo (vouchers, face, peer_path, TRUE);
    mine_kept[i] = save_many (vouchers, path);
    peer_kept[i] = draw_with_cairo (vouchers, face, peer_path, FALSE);
  }
  print_samples ("voucher-threads", &threads, 1);
  print_samples ("voucher-thousand", mine, RUNS);
  print_samples ("voucher-thousand-cairo", peer, RUNS);
  print_samples ("voucher-thousand-kept", mine_kept, RUNS);
  print_samples ("voucher-thousand-kept-cairo", peer_kept, RUNS);
  g_unlink (peer_path);
}

static double
read_status_mib (const char *field)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *at = status != NULL ? strstr (status, field) : NULL;
  return at != NULL ? g_ascii_strtod (at + strlen (field), NULL) / 1024 : 0;
}

static void
measure_memory (const char *folder)
{
  const QcVoucherSource source = {10 * MANY, get_made_cb, NULL};
  g_autofree char *path = g_build_filename (folder, "memory.pdf", NULL);
  gint64 begun = g_get_monotonic_time ();
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  double before = read_status_mib ("VmRSS:");
  g_autoptr (GError) error = NULL;
  if (!qc_vouchers_save (stage.font, &source, path, NULL, &error))
    die ("10,000 vouchers", error);
  double more = read_status_mib ("VmHWM:") - before;
  double took = since (begun);
  print_samples ("voucher-memory", &more, 1);
  print_samples ("voucher-ten-thousand", &took, 1);
  g_unlink (path);
}

/* All in one file, as an office hands them in; each is found in its attachment and held against its page. */
static double
measure_check_file (const char *path)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checked = qc_voucher_check_file (path, stage.centers, SIGNED_AT, NULL, &error);
  if (checked == NULL || checked->len != MANY)
    die ("the check of a PDF", error);
  for (guint i = 0; i < checked->len; i++)
    if (((QcCheckedVoucher *)g_ptr_array_index (checked, i))->check->verdict != QC_VERDICT_GENUINE)
      die ("a PDF that is not genuine", NULL);
  return since (begun);
}

static void
measure_checks (const char *folder)
{
  const QcVoucherSource source = {MANY, get_made_cb, NULL};
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (folder, "checked.pdf", NULL);
  for (guint i = 0; i < MANY; i++) {
    g_autoptr (QcVoucherFacts) facts = facts_make (1 + i % 3, i);
    g_autoptr (QcSignedVoucher) signed_voucher = facts_sign (&stage, facts);
    g_ptr_array_add (texts, qc_signed_voucher_to_text (signed_voucher));
  }
  g_autoptr (GError) error = NULL;
  if (!qc_vouchers_save (stage.font, &source, path, NULL, &error))
    die ("saving", error);
  double by_text[RUNS], by_pdf[RUNS];
  for (guint run_number = 0; run_number < RUNS; run_number++) {
    gint64 begun = g_get_monotonic_time ();
    for (guint i = 0; i < texts->len; i++) {
      g_autoptr (QcVoucherCheck) check = qc_voucher_check_text (g_ptr_array_index (texts, i), stage.centers, SIGNED_AT);
      if (check->verdict != QC_VERDICT_GENUINE)
        die ("a text that is not genuine", NULL);
    }
    by_text[run_number] = since (begun);
    by_pdf[run_number] = measure_check_file (path);
  }
  g_unlink (path);
  print_samples ("voucher-check-text", by_text, RUNS);
  print_samples ("voucher-check-pdf", by_pdf, RUNS);
}

/* --- rosters --- */

static void
fill_roster (QcBinder *binder, guint n)
{
  static const QcListColumn columns[] = {
      {"序号", 12, QC_ALIGN_CENTER, FALSE},        {"姓名", 24, QC_ALIGN_LEFT, FALSE},
      {"证件号码", 37, QC_ALIGN_LEFT, FALSE},      {"个人账号", 29, QC_ALIGN_LEFT, FALSE},
      {"个人缴存基数", 23, QC_ALIGN_RIGHT, FALSE}, {"单位月缴存额", 23, QC_ALIGN_RIGHT, TRUE},
      {"个人月缴存额", 23, QC_ALIGN_RIGHT, TRUE},  {"合计", 25, QC_ALIGN_RIGHT, TRUE},
  };
  static const char *const names[]
      = {"王芳", "李娜", "张伟", "单小仇", "欧阳雪", "王䶮", "古丽娜扎尔·拜合提亚尔·买买提"};
  const QcListHead head = {.center = "黑河市住房公积金管理中心",
                           .title = "住房公积金汇缴清册",
                           .running = "黑河市爱辉区第一中学（231100000042）　2026年10月",
                           .counted = "人",
                           .date = 20261130,
                           .in_words = TRUE,
                           .is_signed = TRUE};
  g_autoptr (GError) error = NULL;
  QcListForm *list = qc_binder_add_list (binder, &head);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    qc_list_form_add_column (list, 0, &columns[i]);
  for (guint i = 0; i < n; i++) {
    g_autofree char *document = g_strdup_printf ("2311021990%08u", i);
    g_autofree char *account = g_strdup_printf ("23110000%06u", i);
    QcMoney part = 60000 + i % 50000;
    qc_list_form_begin_row (list, 0);
    qc_list_form_number (list, i + 1);
    qc_list_form_text (list, names[i % 40 == 0 ? 6 : i % 6]);
    qc_list_form_text (list, document);
    qc_list_form_text (list, account);
    qc_list_form_amount (list, 500000 + i % 1000000);
    qc_list_form_amount (list, part);
    qc_list_form_amount (list, part);
    qc_list_form_amount (list, 2 * part);
    if (!qc_list_form_end_row (list, &error))
      die ("a roster", error);
  }
}

static const QcBinding binding
    = {.paper = {QC_PAPER_A4, 15, 12, 15, 12}, .title = "清册", .subject = "清册", .created = SIGNED_AT};

/* From the first row to the PDF. */
static double
make_roster (guint n, gsize *out_size)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (QcBinder) binder = qc_binder_new ();
  fill_roster (binder, n);
  g_autoptr (GBytes) pdf = qc_binder_to_bytes (binder, stage.font, &binding, &error);
  if (pdf == NULL)
    die ("a roster", error);
  *out_size = g_bytes_get_size (pdf);
  return since (begun);
}

/* The same pages, of rows that are there. */
static double
draw_roster_with_cairo (QcBinder *binder, FT_Face face, const char *path)
{
  static const QcCanvasClass klass = {begin_page, end_page, text, line, circle, polygon, modules};
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  cairo_surface_t *surface = cairo_pdf_surface_create (path, points (QC_SHEET_WIDTH), points (QC_SHEET_HEIGHT));
  CairoCanvas canvas = {{&klass, stage.font, FALSE}, cairo_create (surface), NULL};
  cairo_font_face_t *font = cairo_ft_font_face_create_for_ft_face (face, 0);
  cairo_set_font_face (canvas.cairo, font);
  if (qc_binder_draw (binder, &canvas.parent, &binding, &error) == 0)
    die ("a roster", error);
  cairo_destroy (canvas.cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  cairo_font_face_destroy (font);
  return since (begun);
}

static void
measure_rosters (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "roster-peer.pdf", NULL);
  g_autoptr (QcBinder) binder = qc_binder_new ();
  double mine[RUNS], peer[RUNS];
  gsize size;
  FT_Library library;
  FT_Face face;
  if (FT_Init_FreeType (&library) != 0 || FT_New_Face (library, qc_font_get_path (stage.font), 0, &face) != 0)
    die ("FreeType", NULL);
  fill_roster (binder, 10000);
  for (guint i = 0; i < RUNS; i++) {
    mine[i] = make_roster (10000, &size);
    peer[i] = draw_roster_with_cairo (binder, face, path);
  }
  print_samples ("roster", mine, RUNS);
  print_samples ("roster-cairo", peer, RUNS);
  g_unlink (path);
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  double before = read_status_mib ("VmRSS:");
  double large = make_roster (200000, &size);
  double more = read_status_mib ("VmHWM:") - before, megabytes = (double)size / 1e6;
  print_samples ("roster-large", &large, 1);
  print_samples ("roster-large-memory", &more, 1);
  print_samples ("roster-large-size", &megabytes, 1);
}

int
main (int argc, char **argv)
{
  if (argc != 2 && argc != 3)
    return 2;
  stage_open (&stage);
  if (argc == 3) {
    measure_rosters (argv[1]);
    stage_close (&stage);
    return 0;
  }
  g_autoptr (GPtrArray) vouchers = make_vouchers ();
  measure_one (vouchers);
  measure_memory (argv[1]); /* before others leave memory behind */
  measure_many (argv[1]);
  measure_checks (argv[1]);
  g_ptr_array_set_size (vouchers, 0);
  stage_close (&stage);
  return 0;
}
