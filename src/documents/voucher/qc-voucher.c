/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Verified facts, and PDFs of them. One thread at a time per call; nothing is shared but the font. QR codes of many are
 * made ahead on threads that end with the call.
 */
#include "qc-voucher-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "qc-ahead.h"
#include "qc-pdf.h"

static void
set_unproven (GError **error, const QcVoucherCheck *check)
{
  g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_UNPROVEN,
               _ ("The center's signature does not prove this voucher (%s%s%s). Nothing was drawn."),
               qc_verdict_to_code (check->verdict), check->field != NULL ? ", " : "",
               check->field != NULL ? check->field : "");
}

static QcVoucher *
voucher_new (const QcSignedVoucher *signed_voucher, const GPtrArray *centers, gint64 latest, gboolean for_check,
             GError **error)
{
  g_autoptr (QcVoucherCheck) check = qc_voucher_verify (signed_voucher, centers, latest);
  if ((check->verdict != QC_VERDICT_GENUINE && check->verdict != QC_VERDICT_PRACTICE)
      || (!check->complete && !for_check)) {
    set_unproven (error, check);
    return NULL;
  }
  g_autoptr (QcVoucher) voucher = g_new0 (QcVoucher, 1);
  g_atomic_ref_count_init (&voucher->refs);
  voucher->facts = g_steal_pointer (&check->facts);
  voucher->key_id = g_strdup (check->key_id);
  voucher->text = qc_signed_voucher_to_text (signed_voucher);
  voucher->qr = qc_signed_voucher_to_qr (signed_voucher);
  voucher->checked = for_check;
  if (strlen (voucher->qr) > QC_QR_MAX) {
    g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_PDF,
                         _ ("The facts of this voucher are too long for a QR code."));
    return NULL;
  }
  return g_steal_pointer (&voucher);
}

QcVoucher *
qc_voucher_new (const QcSignedVoucher *signed_voucher, const GPtrArray *centers, GError **error)
{
  return voucher_new (signed_voucher, centers, G_MAXINT64, FALSE, error);
}

QcVoucher *
qc_voucher_new_for_check (const QcSignedVoucher *signed_voucher, const GPtrArray *centers, gint64 latest,
                          GError **error)
{
  return voucher_new (signed_voucher, centers, latest, TRUE, error);
}

QcVoucher *
qc_voucher_ref (QcVoucher *voucher)
{
  g_atomic_ref_count_inc (&voucher->refs);
  return voucher;
}

void
qc_voucher_unref (QcVoucher *voucher)
{
  if (voucher == NULL || !g_atomic_ref_count_dec (&voucher->refs))
    return;
  qc_voucher_facts_free (voucher->facts);
  g_free (voucher->text);
  g_free (voucher->qr);
  qc_qr_clear (&voucher->code);
  g_free (voucher->key_id);
  g_free (voucher);
}

/* It takes longer than all the rest of a page, so it is kept for preview, saving and printing. */
const QcQr *
qc_voucher_get_code (const QcVoucher *voucher)
{
  QcVoucher *self = (QcVoucher *)voucher;
  if (g_once_init_enter (&self->code_made)) {
    qc_qr_init (&self->code, self->qr); /* qc_voucher_new() has seen that it fits */
    g_once_init_leave (&self->code_made, 1);
  }
  return &self->code;
}

const QcVoucherFacts *
qc_voucher_get_facts (const QcVoucher *voucher)
{
  return voucher->facts;
}

void
qc_voucher_set_reprint (QcVoucher *voucher, int reprint)
{
  voucher->reprint = MAX (0, reprint);
}

void
qc_voucher_set_place (QcVoucher *voucher, double left, double top)
{
  voucher->left = left;
  voucher->top = top;
}

gboolean
qc_voucher_set_extract (QcVoucher *voucher, QcMonth month)
{
  gboolean found = month == QC_MONTH_NONE;
  for (guint i = 0; i < voucher->facts->lines->len && !found; i++)
    found = g_array_index (voucher->facts->lines, QcMonthLine, i).month == month;
  if (found)
    voucher->extract = month;
  return found;
}

char *
qc_voucher_dup_file_name (const QcVoucher *voucher)
{
  g_autofree char *serial = g_strdup (voucher->facts->serial);
  for (char *p = serial; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      *p = '_';
  return g_strdup_printf ("汇补缴凭证-%s%s.pdf", serial, voucher->facts->practice ? "-演练" : "");
}

/* ---- PDF ---- */

/* The first pass: which characters there are. */
static QcSubset *
gather (QcFont *font, const QcVoucherSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcCharset) charset = qc_charset_new ();
  g_autofree QcCanvas *collector = qc_canvas_new_collector (font, charset);
  for (guint i = 0; i < source->n; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_autoptr (QcVoucher) voucher = source->get (i, source->user_data, error);
    if (voucher == NULL)
      return NULL;
    qc_voucher_draw (voucher, collector);
  }
  return qc_subset_new (font, charset, error);
}

static void
describe (QcPdf *pdf, const QcVoucher *voucher, guint n)
{
  g_autofree char *title
      = n == 1 ? g_strdup_printf ("汇补缴凭证 %s", voucher->facts->serial) : g_strdup_printf ("汇补缴凭证（%u 份）", n);
  qc_pdf_set_info (pdf, title, voucher->facts->practice ? "演练·无效" : "住房公积金汇补缴凭证", voucher->facts->issued);
}

static gboolean
draw_all (QcPdf *pdf, const QcVoucherSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (QcAhead) ahead = qc_ahead_new (source);
  for (guint i = 0; i < source->n; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    g_autoptr (QcVoucher) voucher = qc_ahead_next (ahead, error);
    if (voucher == NULL)
      return FALSE;
    qc_voucher_draw (voucher, qc_pdf_get_canvas (pdf));
    g_autofree char *line = g_strconcat (voucher->text, "\n", NULL);
    qc_pdf_attach (pdf, QC_VOUCHER_ATTACHMENT, line);
    if (i == 0)
      describe (pdf, voucher, source->n);
    if (!qc_pdf_check (pdf, error))
      return FALSE;
  }
  return TRUE;
}

static QcPdf *
make_pdf (QcFont *font, const QcVoucherSource *source, const char *folder, GCancellable *cancellable, GError **error)
{
  QcSubset *subset = gather (font, source, cancellable, error);
  g_autoptr (QcPdf) pdf = subset != NULL ? qc_pdf_new (font, subset, folder, error) : NULL;
  if (pdf == NULL || !draw_all (pdf, source, cancellable, error))
    return NULL;
  return g_steal_pointer (&pdf);
}

static QcVoucher *
get_same_cb (guint index, gpointer user_data, GError **error)
{
  return qc_voucher_ref (user_data);
}

GBytes *
qc_voucher_to_pdf (QcFont *font, const QcVoucher *voucher, GError **error)
{
  const QcVoucherSource source = {1, get_same_cb, (gpointer)voucher};
  g_autoptr (QcPdf) pdf = make_pdf (font, &source, NULL, NULL, error);
  return pdf != NULL ? qc_pdf_to_bytes (pdf, error) : NULL;
}

gboolean
qc_voucher_save (QcFont *font, const QcVoucher *voucher, const char *path, GError **error)
{
  const QcVoucherSource source = {1, get_same_cb, (gpointer)voucher};
  return qc_vouchers_save (font, &source, path, NULL, error);
}

gboolean
qc_vouchers_save (QcFont *font, const QcVoucherSource *source, const char *path, GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (!qc_pdf_check_target (path, error))
    return FALSE;
  g_autoptr (QcPdf) pdf = make_pdf (font, source, folder, cancellable, error);
  return pdf != NULL && qc_pdf_save (pdf, path, error);
}
