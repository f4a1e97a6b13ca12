/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header.
 */
#include "qc-notice.h"

#include <glib/gi18n-lib.h>

#include "qc-money-words.h"
#include "qc-money.h"

#define LEAST_WIDTH  150.0 /* mm between the margins; */
#define LEAST_HEIGHT 100.0 /*  what account numbers of 30 digits and a place for the seal need */
#define N_LINES      9

QcNotice *
qc_notice_copy (const QcNotice *notice)
{
  QcNotice *copy = g_memdup2 (notice, sizeof *notice);
  char **const texts[] = {&copy->center, &copy->unit_name,  &copy->unit,          &copy->serial,     &copy->business,
                          &copy->months, &copy->payee_name, &copy->payee_account, &copy->payee_bank, &copy->handler};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (*texts[i]);
  return copy;
}

void
qc_notice_free (QcNotice *notice)
{
  if (notice == NULL)
    return;
  char *const texts[]
      = {notice->center, notice->unit_name,  notice->unit,          notice->serial,     notice->business,
         notice->months, notice->payee_name, notice->payee_account, notice->payee_bank, notice->handler};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (notice);
}

void
qc_notice_gather (const QcNotice *notice, QcCharset *charset)
{
  QcPaper paper = qc_paper_new (QC_PAPER_A4);
  g_autofree QcCanvas *collector = qc_canvas_new_collector (NULL, charset);
  QcSheet sheet = {collector, notice->practice ? "演练·无效" : NULL, NULL, &paper};
  qc_notice_draw (notice, &sheet, NULL);
}

typedef struct {
  QcSheet *sheet;
  QcSheetArea area;
  double row, y;
} Pen;

static void
draw_field (Pen *pen, double from, double to, const char *label, const char *value, double size)
{
  double width = pen->area.right - pen->area.left;
  qc_sheet_field (pen->sheet, pen->area.left + from * width, pen->y, 27, (to - from) * width, pen->row, label,
                  value != NULL ? value : "", size);
}

static void
draw_line (Pen *pen, const char *label, const char *value, double size)
{
  draw_field (pen, 0, 1, label, value, size);
  pen->y += pen->row;
}

static void
draw_two (Pen *pen, const char *label, const char *value, const char *label2, const char *value2)
{
  draw_field (pen, 0, 0.6, label, value, 10.5);
  draw_field (pen, 0.6, 1, label2, value2, 10.5);
  pen->y += pen->row;
}

static void
draw_head (Pen *pen, const QcNotice *notice, gboolean low)
{
  double middle = (pen->area.left + pen->area.right) / 2;
  qc_sheet_text_in (pen->sheet, pen->area.left, pen->y, pen->area.right - pen->area.left, 6, 10, QC_INK_BLACK,
                    QC_ALIGN_CENTER, notice->center);
  qc_sheet_text_spaced (pen->sheet, middle, pen->y + (low ? 13 : 17), low ? 15 : 20, 2.2, "缴款通知");
  if (notice->reprint > 0) {
    g_autofree char *reprint = g_strdup_printf ("重打次数：%d", notice->reprint);
    qc_sheet_text (pen->sheet, pen->area.right, pen->y + (low ? 13 : 17), 9, QC_INK_BLACK, QC_ALIGN_RIGHT, reprint);
  }
  pen->y += low ? 16 : 23;
}

static void
draw_amounts (Pen *pen, const QcNotice *notice)
{
  QcMoney due = notice->fen - notice->arrived;
  g_autofree char *figures = qc_money_to_string (due);
  g_autofree char *marked = g_strconcat ("￥", figures, NULL);
  g_autofree char *words = qc_money_to_words (due);
  g_autofree char *all = qc_money_to_string (notice->fen);
  g_autofree char *arrived = qc_money_to_string (notice->arrived);
  g_autofree char *people = notice->people >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " 人", notice->people) : NULL;
  g_autofree char *of
      = notice->arrived > 0 ? g_strdup_printf ("%s（发生额 %s，已到账 %s）", marked, all, arrived) : g_strdup (marked);
  draw_two (pen, "业务", notice->business, "发生人数", people);
  draw_line (pen, "汇补缴年月", notice->months, 10.5);
  draw_line (pen, "应缴金额（大写）", words, 12);
  draw_line (pen, "应缴金额（小写）", of, 12);
}

/* The remark stands apart and large: anything else in it and the money is not recognised. */
static void
draw_remark (Pen *pen, const QcNotice *notice, gboolean low)
{
  double height = low ? 10 : 14;
  qc_sheet_field (pen->sheet, pen->area.left, pen->y, 27, pen->area.right - pen->area.left, height, "备注（附言）",
                  notice->serial, low ? 15 : 18);
  pen->y += height;
  qc_sheet_text_in (pen->sheet, pen->area.left, pen->y + 0.5, pen->area.right - pen->area.left, low ? 7 : 10, 9,
                    QC_INK_BLACK, QC_ALIGN_LEFT,
                    "请从本单位账户转账，备注（附言）栏只填写以上业务流水号，不要加其他文字，否则款项不能自动入账。");
  pen->y += low ? 8 : 14;
}

static void
draw_signatures (const Pen *pen, const QcNotice *notice)
{
  g_autofree char *handler = g_strconcat ("单位经办人：", notice->handler != NULL ? notice->handler : "", NULL);
  g_autofree char *date = g_strdup_printf ("填制日期：%d年%02d月%02d日", notice->date / 10000, notice->date / 100 % 100,
                                           notice->date % 100);
  qc_sheet_text (pen->sheet, pen->area.left, pen->y + 5, 10, QC_INK_BLACK, QC_ALIGN_LEFT, handler);
  qc_sheet_text (pen->sheet, (pen->area.left + pen->area.right) / 2, pen->y + 5, 10, QC_INK_BLACK, QC_ALIGN_LEFT, date);
}

guint
qc_notice_draw (const QcNotice *notice, QcSheet *sheet, GError **error)
{
  Pen pen = {.sheet = sheet, .area = qc_sheet_area (sheet)};
  gboolean low = pen.area.height < 200;
  if (pen.area.right - pen.area.left < LEAST_WIDTH || pen.area.bottom - pen.area.top < LEAST_HEIGHT) {
    g_set_error_literal (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_TOO_SMALL,
                         _ ("What stands around the list has no room on this paper."));
    return 0;
  }
  pen.y = pen.area.top;
  pen.row = low ? MIN (9, (pen.area.bottom - pen.area.top - 42) / N_LINES) : 11;
  qc_sheet_begin_page (sheet);
  draw_head (&pen, notice, low);
  draw_two (&pen, "单位名称", notice->unit_name, "单位账号", notice->unit);
  draw_amounts (&pen, notice);
  draw_line (&pen, "收款户名", notice->payee_name, 12);
  draw_line (&pen, "收款账号", notice->payee_account, 14);
  draw_line (&pen, "收款银行", notice->payee_bank, 12);
  draw_remark (&pen, notice, low);
  draw_signatures (&pen, notice);
  qc_sheet_end_page (sheet, 1, 1, notice->practice ? "演练，不具任何效力" : "本通知不是缴款凭证");
  return 1;
}
