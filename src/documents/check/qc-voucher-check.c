/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Any thread.
 */
#include "qc-voucher-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "qc-reader.h"
#include "qc-voucher-private.h"

void
qc_checked_voucher_free (QcCheckedVoucher *self)
{
  if (self == NULL)
    return;
  qc_voucher_check_free (self->check);
  g_free (self->text);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

QcVoucherCheck *
qc_voucher_check_text (const char *text, const GPtrArray *centers, gint64 latest)
{
  g_autoptr (QcSignedVoucher) voucher = qc_signed_voucher_from_text (text, NULL);
  if (voucher != NULL)
    return qc_voucher_verify (voucher, centers, latest);
  QcVoucherCheck *check = g_new0 (QcVoucherCheck, 1);
  check->verdict = QC_VERDICT_UNREADABLE;
  return check;
}

/* What a page says, folded once for all vouchers of the file. */
typedef struct {
  guint number;
  char *folded, *dense; /* (owned) */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;
  g_free (page->folded);
  g_free (page->dense);
  g_free (page);
}

/* (element-type Page) (transfer full) */
static GPtrArray *
fold_pages (const QcReading *reading)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (page_free);
  for (guint i = 0; i < reading->texts->len; i++) {
    const QcReadingText *text = g_ptr_array_index (reading->texts, i);
    char *folded = qc_page_fold (text->text);
    if (folded != NULL && *g_strstrip (folded) != '\0') {
      Page *page = g_new0 (Page, 1);
      page->number = text->page;
      page->folded = folded;
      page->dense = qc_page_without_blanks (folded);
      g_ptr_array_add (pages, page);
    } else {
      g_free (folded);
    }
  }
  return pages;
}

/* All that the pages with @serial say; *@first is set to the first of them. (nullable) (transfer full) */
static char *
text_of (const GPtrArray *pages, const char *serial, guint *first)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = g_ptr_array_index (pages, i);
    if (serial != NULL && strstr (page->dense, serial) == NULL)
      continue;
    if (*first == 0)
      *first = page->number;
    g_string_append_printf (all, "%s\n", page->folded);
  }
  return g_string_free (all, all->len == 0);
}

/* Holds the pages of @self against its facts. A single voucher is meant by all pages, whatever serial they say. */
static void
compare (QcCheckedVoucher *self, const QcReading *reading, const GPtrArray *pages)
{
  const QcVoucher voucher = {.facts = self->check->facts, .key_id = self->check->key_id};
  guint first = 0;
  g_autofree char *text = text_of (pages, voucher.facts->serial, &first);
  if (pages->len == 0 && (reading->kind != QC_READING_PDF || self->page != 0))
    return; /* paper that was scanned has no text; what has our attachment has */
  if (text == NULL && reading->n_pages > QC_READING_MAX_TEXTS)
    return; /* it may be on one of the others */
  if (text == NULL)
    qc_page_remarks_add (self->remarks, QC_PAGE_STRANGER, NULL, NULL);
  if (text == NULL && (reading->vouchers->len == 1 || pages->len == 0))
    text = pages->len > 0 ? text_of (pages, NULL, &first) : g_strdup ("");
  if (self->page == 0)
    self->page = first;
  if (text == NULL)
    return;
  self->compared = TRUE;
  qc_page_compare (&voucher, text, self->remarks);
}

GPtrArray *
qc_voucher_check_reading (const QcReading *reading, const GPtrArray *centers, gint64 latest, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) checked = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_checked_voucher_free);
  g_autoptr (GPtrArray) pages = fold_pages (reading);
  for (guint i = 0; i < reading->vouchers->len; i++) {
    const QcReadingText *line = g_ptr_array_index (reading->vouchers, i);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    QcCheckedVoucher *voucher = g_new0 (QcCheckedVoucher, 1);
    voucher->check = qc_voucher_check_text (line->text, centers, latest);
    voucher->text = g_strdup (line->text);
    voucher->page = line->page;
    voucher->remarks = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_page_remark_free);
    if (voucher->check->facts != NULL)
      compare (voucher, reading, pages);
    g_ptr_array_add (checked, voucher);
  }
  if (checked->len > 0)
    return g_steal_pointer (&checked);
  g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_NO_CODE,
                       reading->kind == QC_READING_PICTURE
                           ? _ ("There is no QR code in the picture, or it is damaged beyond repair.")
                       : reading->kind == QC_READING_PDF ? _ ("The PDF carries no voucher.")
                                                         : _ ("There is no voucher in the file."));
  return NULL;
}

GPtrArray *
qc_voucher_check_file (const char *path, const GPtrArray *centers, gint64 latest, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (QcReading) reading = qc_reader_find_vouchers (path, cancellable, error);
  return reading != NULL ? qc_voucher_check_reading (reading, centers, latest, cancellable, error) : NULL;
}
