/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-voucher-check.h"

#include <glib/gi18n-lib.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <zbar.h>
#include "qc-money-words.h"
#include "qc-money.h"
#include "qc-pdf-content.h"
#include "qc-voucher-private.h"

#define MAX_FILE   (256 * 1024 * 1024)
#define MAX_TEXT   (1024 * 1024)
#define MAX_PIXELS (40 * 1000 * 1000)

#define SERIAL_LABEL "业务流水号　"

QcVoucherCheck *
qc_voucher_check_text (const char *text, const GPtrArray *keys, const GPtrArray *practice_keys)
{
  g_autoptr (QcSignedVoucher) voucher = qc_signed_voucher_from_text (text, NULL);
  QcVoucherCheck *check;
  if (voucher != NULL)
    return qc_voucher_verify (voucher, keys, practice_keys);
  check = g_new0 (QcVoucherCheck, 1);
  check->verdict = QC_VERDICT_UNREADABLE;
  return check;
}

static GPtrArray *
checks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_voucher_check_free);
}

/* ---- PDF ---- */

static void
alter (QcVoucherCheck *check, const char *field)
{
  check->verdict = QC_VERDICT_ALTERED;
  check->complete = FALSE;
  g_clear_pointer (&check->facts, qc_voucher_facts_free);
  g_free (check->field);
  check->field = g_strdup (field);
}

/* What the page says of itself that is not signed: how often it was printed here, whether it is an extract. */
static void
read_options (QcVoucher *voucher, const char *page)
{
  const char *reprint = strstr (page, "重打次数：");
  if (reprint != NULL)
    qc_voucher_set_reprint (voucher, (int)CLAMP (g_ascii_strtoll (reprint + strlen ("重打次数："), NULL, 10), 0, 9999));
}

static GPtrArray *
expected_pages (const QcVoucher *voucher)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);
  g_autofree QcCanvas *reader = qc_canvas_new_reader (pages);
  qc_voucher_draw (voucher, reader);
  return pages;
}

/* How many of @expected stand in @pages (a set). */
static guint
count_found (const GPtrArray *expected, GHashTable *pages)
{
  guint n = 0;
  for (guint i = 0; i < expected->len; i++)
    n += g_hash_table_contains (pages, g_ptr_array_index (expected, i)) ? 1 : 0;
  return n;
}

/* The first fact that does not stand behind its label. */
static const char *
find_field_on_pages (const QcVoucherFacts *facts, const char *page)
{
  g_autofree char *fen = qc_money_to_string (qc_voucher_facts_fen (facts));
  g_autofree char *words = qc_money_to_words (qc_voucher_facts_fen (facts));
  g_autofree char *unit = qc_money_to_string (facts->unit_fen);
  g_autofree char *personal = qc_money_to_string (facts->personal_fen);
  const struct {
    const char *field, *label, *text;
  } on_page[] = {
      {"serial", SERIAL_LABEL, facts->serial},
      {"center", "", facts->center},
      {"unit_name", "单位名称", facts->unit_name},
      {"unit", "单位账号", facts->unit},
      {"fen", "￥", fen},
      {"fen", "合计（大写）", words},
      {"unit_fen", "单位缴存额", unit},
      {"personal_fen", "个人缴存额", personal},
      {"parties", "付款户名", facts->payer.name},
      {"parties", "付款账号", facts->payer.account},
      {"parties", "付款银行", facts->payer.bank},
      {"parties", "收款户名", facts->payee.name},
      {"parties", "收款账号", facts->payee.account},
      {"parties", "收款银行", facts->payee.bank},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (on_page); i++) {
    g_autofree char *wanted = g_strconcat (on_page[i].label, on_page[i].text, NULL);
    if (strstr (page, wanted) == NULL)
      return on_page[i].field;
  }
  return "page";
}

/* What all pages of a serial say, by serial. (transfer full) */
static GHashTable *
pages_by_serial (const QcPdfContent *content)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < content->pages->len; i++) {
    const char *page = g_ptr_array_index (content->pages, i);
    const char *from = strstr (page, SERIAL_LABEL), *end = NULL;
    if (from != NULL)
      end = strpbrk (from += strlen (SERIAL_LABEL), "\345\344\346\347\350\351"); /* the next Chinese label */
    if (end != NULL) {
      char *serial = g_strndup (from, (gsize)(end - from));
      const char *before = g_hash_table_lookup (table, serial);
      g_hash_table_replace (table, serial, g_strconcat (before != NULL ? before : "", page, NULL));
    }
  }
  return table;
}

/* Whether the pages are those of @voucher, whole or as the extract of some month. */
static guint
match_pages (QcVoucher *voucher, GHashTable *set, const char *text)
{
  g_autoptr (GPtrArray) expected = NULL;
  if (strstr (text, "单月摘录") != NULL) {
    const GArray *lines = voucher->facts->lines;
    for (guint i = 0; i < lines->len; i++) {
      g_autoptr (GPtrArray) extract = NULL;
      qc_voucher_set_extract (voucher, g_array_index (lines, QcMonthLine, i).month);
      extract = expected_pages (voucher);
      if (count_found (extract, set) == extract->len)
        return extract->len;
    }
    return 0;
  }
  expected = expected_pages (voucher);
  return count_found (expected, set) == expected->len ? expected->len : 0;
}

/* Compares what the pages say with the facts; the number of pages that belong to them. */
static guint
compare_pages (QcVoucherCheck *check, const QcPdfContent *content, GHashTable *set, GHashTable *by_serial)
{
  const char *text = g_hash_table_lookup (by_serial, check->facts->serial);
  QcVoucher voucher = {.facts = check->facts, .key_id = check->key_id};
  guint matched;

  if (text == NULL && content->pages->len > 0 && content->vouchers->len == 1)
    text = g_ptr_array_index (content->pages, 0);
  if (text == NULL) {
    alter (check, "page");
    return 0;
  }
  read_options (&voucher, text);
  matched = match_pages (&voucher, set, text);
  if (matched == 0)
    alter (check, find_field_on_pages (check->facts, text));
  return matched;
}

static GPtrArray *
check_pdf (const QcPdfContent *content, const GPtrArray *keys, const GPtrArray *practice_keys)
{
  GPtrArray *checks = checks_new ();
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_serial = pages_by_serial (content);
  guint matched = 0;
  for (guint i = 0; i < content->pages->len; i++)
    g_hash_table_add (set, g_ptr_array_index (content->pages, i));
  for (guint i = 0; i < content->vouchers->len; i++) {
    QcVoucherCheck *check = qc_voucher_check_text (g_ptr_array_index (content->vouchers, i), keys, practice_keys);
    if (check->facts != NULL && !check->complete)
      alter (check, "parties");
    if (check->facts != NULL)
      matched += compare_pages (check, content, set, by_serial);
    g_ptr_array_add (checks, check);
  }
  for (guint i = 0; i < checks->len; i++) { /* a page too many, or something drawn over it */
    QcVoucherCheck *check = g_ptr_array_index (checks, i);
    if (check->facts != NULL && (content->is_foreign || matched != content->pages->len))
      alter (check, "page");
  }
  return checks;
}

/* ---- pictures ---- */

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  double scale = 1;
  while ((double)width * height * scale * scale > MAX_PIXELS)
    scale *= 0.9;
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
}

static GdkPixbuf *
decode (GBytes *bytes, const char *type)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, NULL);
  gboolean good;
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  good = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  good = gdk_pixbuf_loader_close (loader, NULL) && good;
  if (!good || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return NULL;
  return gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* (transfer full) */
static guint8 *
to_grey (const GdkPixbuf *pixbuf, int width, int height)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (pixbuf), channels = (gsize)gdk_pixbuf_get_n_channels (pixbuf);
  gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  guint8 *grey = g_malloc ((gsize)width * (gsize)height);
  for (gsize y = 0; y < (gsize)height; y++)
    for (gsize x = 0; x < (gsize)width; x++) {
      const guint8 *p = pixels + y * stride + x * channels;
      guint value = (p[0] * 77u + p[1] * 151u + p[2] * 28u) >> 8;
      grey[y * (gsize)width + x] = (guint8)(alpha ? (value * p[3] + 255u * (255u - p[3])) / 255u : value);
    }
  return grey;
}

static void
scan (GPtrArray *checks, const GdkPixbuf *pixbuf, const GPtrArray *keys, const GPtrArray *practice_keys)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *grey = to_grey (pixbuf, width, height);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned)width, (unsigned)height);
  zbar_image_set_data (image, grey, (gsize)width * (gsize)height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol)) {
    g_autofree char *text = g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
    g_ptr_array_add (checks, qc_voucher_check_text (text, keys, practice_keys));
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

/* A small picture has modules of two pixels: zbar reads them when they are doubled. */
static void
scan_doubled (GPtrArray *checks, const GdkPixbuf *pixbuf, const GPtrArray *keys, const GPtrArray *practice_keys)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkPixbuf) doubled = NULL;
  if ((double)width * height * 4 <= MAX_PIXELS)
    doubled = gdk_pixbuf_scale_simple (pixbuf, width * 2, height * 2, GDK_INTERP_BILINEAR);
  if (doubled != NULL)
    scan (checks, doubled, keys, practice_keys);
}

static GPtrArray *
check_picture (GBytes *bytes, const char *type, const GPtrArray *keys, const GPtrArray *practice_keys, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = decode (bytes, type);
  g_autoptr (GPtrArray) checks = checks_new ();
  if (pixbuf == NULL) {
    g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_READ, _ ("The picture cannot be read."));
    return NULL;
  }
  scan (checks, pixbuf, keys, practice_keys);
  if (checks->len == 0)
    scan_doubled (checks, pixbuf, keys, practice_keys);
  if (checks->len > 0)
    return g_steal_pointer (&checks);
  g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_CODE,
                       _ ("There is no QR code in the picture, or it is damaged beyond repair."));
  return NULL;
}

/* ---- files ---- */

static GPtrArray *
check_plain (GBytes *bytes, const GPtrArray *keys, const GPtrArray *practice_keys, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GPtrArray) checks = checks_new ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  if (size > 0 && size <= MAX_TEXT && memchr (data, 0, size) == NULL) {
    text = g_strndup (data, size);
    lines = g_strsplit_set (text, "\r\n", -1);
  }
  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (checks, qc_voucher_check_text (lines[i], keys, practice_keys));
  if (checks->len > 0)
    return g_steal_pointer (&checks);
  g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_CODE, _ ("There is no voucher in the file."));
  return NULL;
}

GPtrArray *
qc_voucher_check_bytes (GBytes *bytes, const GPtrArray *keys, const GPtrArray *practice_keys, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (QcPdfContent) content = NULL;
  if (size >= 8 && memcmp (data, "\211PNG\r\n\032\n", 8) == 0)
    return check_picture (bytes, "png", keys, practice_keys, error);
  if (size >= 3 && memcmp (data, "\377\330\377", 3) == 0)
    return check_picture (bytes, "jpeg", keys, practice_keys, error);
  if (size < 5 || memcmp (data, "%PDF-", 5) != 0)
    return check_plain (bytes, keys, practice_keys, error);
  content = qc_pdf_content_read (bytes);
  if (content != NULL)
    return check_pdf (content, keys, practice_keys);
  g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_CODE, _ ("The PDF carries no voucher."));
  return NULL;
}

GPtrArray *
qc_voucher_check_file (const char *path, const GPtrArray *keys, const GPtrArray *practice_keys, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (info) <= MAX_FILE)
    bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  if (bytes != NULL)
    return qc_voucher_check_bytes (bytes, keys, practice_keys, error);
  g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_READ, _ ("%s cannot be read, or is too large."), path);
  return NULL;
}
