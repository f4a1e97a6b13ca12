/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A voucher with seal and full QR code fits into 48,000 bytes: short and long, unfinished, of practice, with names as
 * long as there are. The target leaves out two kinds that have bounds of their own, since a glyph of many strokes takes
 * what it takes: a name of 40 of the densest characters there are, and 60 months with all that is unusual at once. What
 * makes it small takes nothing away: other programs read all of it.
 */
#include <string.h>
#include "fixture.h"
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
  gsize most; /* 0 = MOST; else see above */
  gboolean longest;
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
    {"the longest texts there may be", 2, NULL, .longest = TRUE},
    {"60 months, 40 rare characters, unfinished practice, a reprint", 60, rare_name, TRUE, TRUE, 12, .most = 54000},
};

static QcVoucher *
make (const Kind *kind)
{
  g_autoptr (QcVoucherFacts) facts = facts_make (kind->n_months, 3);
  if (kind->name != NULL) {
    set_text (&facts->unit_name, kind->name);
    set_text (&facts->payer.name, kind->name);
    set_text (&facts->entered, "阿依古丽·买买提·𠮷𬭚㛃");
  }
  if (kind->longest)
    facts_set_longest (facts);
  if (kind->open) {
    facts->state = QC_STATE_REGISTERED;
    facts->arrived = QC_DATE_NONE;
  }
  if (kind->practice)
    facts_set_practice (facts);
  QcVoucher *voucher = voucher_make (&stage, facts);
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
  g_autoptr (QcVoucherCheck) check = qc_voucher_check_text (scanned, stage.centers, SIGNED_AT);
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
    g_assert_true (qc_voucher_save (stage.font, voucher, path, NULL));
    assert_read_by (poppler, qc_voucher_get_facts (voucher));
    assert_read_by (mupdf, qc_voucher_get_facts (voucher));
    assert_code_read (path, qc_voucher_count_pages (voucher));
    g_autofree char *checked = run (qpdf);
    g_assert_nonnull (strstr (checked, "No syntax or stream encoding errors"));
    g_autofree char *attached = run (attachment);
    g_autoptr (QcVoucherCheck) check = qc_voucher_check_text (attached, stage.centers, SIGNED_AT);
    g_assert_true (check->complete);
    g_autofree char *embedded = run (fonts);
    g_assert_nonnull (strstr (embedded, "CID TrueType      Identity-H       yes yes yes"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  stage_open (&stage);
  g_test_add_func ("/size/sizes", test_sizes);
  g_test_add_func ("/size/whole", test_whole);
  int result = g_test_run ();
  stage_close (&stage);
  return result;
}
