/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A voucher as pages: one where the months fit, else a first, continuing ones, and the last with totals, QR and seal.
 * One thread at a time.
 */
#include "qc-voucher-private.h"

#define CONTINUED_BOTTOM 26.0 /* where the table begins on all pages but the first */
#define ROW              7.0
#define NARROW_ROW       5.6

/* How the rows are spread: rows [from, from + n) on each page. */
typedef struct {
  guint from, n;
  double row;
  gboolean is_last;
} PagePlan;

static guint
room_for (const QcVoucher *voucher, gboolean first, gboolean last, double row)
{
  double y = (first ? qc_form_head_height (voucher->facts) : CONTINUED_BOTTOM) + QC_FORM_TABLE_HEAD;
  double below = last ? QC_FORM_TOTAL_ROW + qc_form_bottom_height (voucher->facts) : 0;
  return (guint)((QC_SHEET_BOTTOM - below - y) / row);
}

static guint
count_rows (const QcVoucher *voucher)
{
  return voucher->extract != QC_MONTH_NONE ? 1 : voucher->facts->lines->len;
}

/* (element-type PagePlan) (transfer full) */
static GArray *
plan_pages (const QcVoucher *voucher)
{
  GArray *plan = g_array_new (FALSE, TRUE, sizeof (PagePlan));
  guint n_rows = count_rows (voucher);
  double row = n_rows <= room_for (voucher, TRUE, TRUE, ROW) ? ROW : NARROW_ROW;
  guint from = 0;
  while (TRUE) {
    gboolean first = plan->len == 0;
    guint left = n_rows - from;
    PagePlan page = {from, left, row, TRUE};
    if (left > room_for (voucher, first, TRUE, row)) {
      guint last = room_for (voucher, FALSE, TRUE, row);
      page.is_last = FALSE;
      page.n
          = MIN (room_for (voucher, first, FALSE, row), MAX (left / 2, left > last ? left - last : 0)); /* balanced */
    }
    g_array_append_val (plan, page);
    if (page.is_last)
      return plan;
    from += page.n;
  }
}

int
qc_voucher_count_pages (const QcVoucher *voucher)
{
  g_autoptr (GArray) plan = plan_pages (voucher);
  return (int)plan->len;
}

static const QcMonthLine *
row_at (const QcVoucher *voucher, guint index)
{
  const GArray *lines = voucher->facts->lines;
  if (voucher->extract == QC_MONTH_NONE)
    return &g_array_index (lines, QcMonthLine, index);
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, QcMonthLine, i).month == voucher->extract)
      return &g_array_index (lines, QcMonthLine, i);
  g_return_val_if_reached (NULL);
}

static const char *
foot_of (const QcVoucher *voucher)
{
  if (voucher->checked)
    return "据签名事实绘出，供核验对照，不是凭证";
  return voucher->facts->practice ? "演练凭证，不具任何效力" : "本凭证由单位自行打印，以扫码核验结果为准";
}

static void
draw_page (QcSheet *sheet, const QcVoucher *voucher, const PagePlan *page, int number, int n_pages, double size)
{
  qc_sheet_begin_page (sheet);
  double y = number == 1 ? qc_form_head (sheet, voucher, qc_form_title (sheet, voucher))
                         : qc_form_continued (sheet, voucher);
  if (voucher->facts->lines->len == 0) {
    y = qc_form_no_table (sheet, y);
  } else {
    double top;
    y = top = qc_form_table_head (sheet, voucher, y);
    for (guint i = 0; i < page->n; i++)
      y = qc_form_row (sheet, voucher, row_at (voucher, page->from + i), y, page->row, size);
    if (page->is_last)
      y = qc_form_total_row (sheet, voucher, y, size);
    qc_form_table_lines (sheet, voucher, top, y);
  }
  if (page->is_last)
    qc_form_bottom (sheet, voucher, y);
  qc_sheet_end_page (sheet, number, n_pages, foot_of (voucher));
}

void
qc_voucher_draw (const QcVoucher *voucher, QcCanvas *canvas)
{
  g_autoptr (GArray) plan = plan_pages (voucher);
  QcSheet sheet = {canvas, voucher->facts->practice ? "演练·无效" : NULL,
                   voucher->facts->state != QC_STATE_FINISHED ? "未办结 — 不作入账依据" : NULL, NULL};
  canvas->left = voucher->left;
  canvas->top = voucher->top;
  double size = qc_form_figure_size (&sheet, voucher->facts);
  for (guint i = 0; i < plan->len; i++)
    draw_page (&sheet, voucher, &g_array_index (plan, PagePlan, i), (int)i + 1, (int)plan->len, size);
}
