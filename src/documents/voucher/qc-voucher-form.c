/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The parts of the voucher's form: title, head, the table of months with its four pairs, totals with 大写, parties, QR
 * and seal. A form of the trade: its words are Chinese in every language of the program. One thread at a time.
 */
#include "qc-voucher-private.h"

#include "qc-money-words.h"
#include "qc-money.h"
#include "qc-month.h"

#define LEFT  QC_SHEET_LEFT
#define WIDTH (QC_SHEET_RIGHT - QC_SHEET_LEFT)

#define HEAD_TOP 41.0 /* below the title */

static const char *
state_name (QcApplicationState state)
{
  static const char *const names[QC_N_APPLICATION_STATES] = {
      [QC_STATE_DRAFT] = "录入清册",   [QC_STATE_REGISTERED] = "登记", [QC_STATE_IN_REVIEW] = "待审核",
      [QC_STATE_ACCEPTED] = "已受理",  [QC_STATE_FINISHED] = "已办结", [QC_STATE_RETURNED] = "已退回",
      [QC_STATE_CANCELLED] = "已取消", [QC_STATE_DELETED] = "已删除",
  };
  return (guint)state < QC_N_APPLICATION_STATES ? names[state] : "";
}

static const char *
text_or (const char *text, const char *otherwise)
{
  return text != NULL && *text != '\0' ? text : otherwise;
}

static char *
month_text (QcMonth month)
{
  return g_strdup_printf ("%d年%02d月", qc_month_year (month), qc_month_number (month));
}

/* A code carries the head and the totals only. */
#define NOT_IN_CODE "码中未载"

static gboolean
is_whole (const QcVoucherFacts *facts)
{
  return facts->lines->len > 0;
}

static char *
date_text (QcDate date)
{
  return date == QC_DATE_NONE ? g_strdup ("—")
                              : g_strdup_printf ("%d年%02d月%02d日", date / 10000, date / 100 % 100, date % 100);
}

static char *
time_text (gint64 time)
{
  g_autoptr (GDateTime) china = qc_documents_china_time (time);
  return china != NULL ? g_date_time_format (china, "%Y-%m-%d %H:%M:%S") : g_strdup ("—");
}

/* ---- head ---- */

static void
draw_reprint (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  int reprint = MAX (voucher->reprint, voucher->facts->reprint);
  if (reprint == 0)
    return;
  g_autofree char *text = g_strdup_printf ("重打次数：%d", reprint);
  qc_sheet_box (sheet, QC_SHEET_RIGHT - 28, y - 5, 28, 7);
  qc_sheet_text_in (sheet, QC_SHEET_RIGHT - 28, y - 5, 28, 7, 9, QC_INK_BLACK, QC_ALIGN_CENTER, text);
}

double
qc_form_title (QcSheet *sheet, const QcVoucher *voucher)
{
  const QcVoucherFacts *facts = voucher->facts;
  g_autofree char *issued = time_text (facts->issued);
  g_autofree char *left = g_strconcat ("签发时间　", issued, NULL);
  g_autofree char *right = g_strconcat ("业务流水号　", facts->serial, NULL);
  qc_sheet_text_in (sheet, LEFT + 30, 13, WIDTH - 60, 8, 12, QC_INK_BLACK, QC_ALIGN_CENTER, facts->center);
  qc_sheet_text_spaced (sheet, QC_SHEET_WIDTH / 2, 29, 20, 2.2, "汇补缴凭证");
  qc_sheet_horizontal (sheet, QC_SHEET_WIDTH / 2 - 31, QC_SHEET_WIDTH / 2 + 31, 32);
  qc_sheet_horizontal (sheet, QC_SHEET_WIDTH / 2 - 31, QC_SHEET_WIDTH / 2 + 31, 32.8);
  draw_reprint (sheet, voucher, 29);
  if (voucher->extract != QC_MONTH_NONE)
    qc_sheet_text (sheet, LEFT, 29, 10, QC_INK_BLACK, QC_ALIGN_LEFT, "单月摘录");
  qc_sheet_text (sheet, LEFT, 38.5, 8.5, QC_INK_LABEL, QC_ALIGN_LEFT, left);
  qc_sheet_text (sheet, QC_SHEET_RIGHT, 38.5, 8.5, QC_INK_BLACK, QC_ALIGN_RIGHT, right);
  return HEAD_TOP;
}

double
qc_form_continued (QcSheet *sheet, const QcVoucher *voucher)
{
  g_autofree char *right = g_strconcat ("业务流水号　", voucher->facts->serial, NULL);
  g_autofree char *left = g_strconcat ("汇补缴凭证（续）　", voucher->facts->unit_name, NULL);
  qc_sheet_text_in (sheet, LEFT - 1.6, 14, WIDTH - 55, 10, 11, QC_INK_BLACK, QC_ALIGN_LEFT, left);
  qc_sheet_text (sheet, QC_SHEET_RIGHT, 20.5, 8.5, QC_INK_BLACK, QC_ALIGN_RIGHT, right);
  return 26;
}

static char *
months_text (const QcVoucherFacts *facts)
{
  g_autofree char *start = month_text (facts->start);
  g_autofree char *end = month_text (facts->end);
  if (facts->start == facts->end)
    return g_steal_pointer (&start);
  if (!is_whole (facts))
    return g_strdup_printf ("%s 至 %s", start, end);
  return g_strdup_printf ("%s 至 %s（共 %u 个月）", start, end, facts->lines->len);
}

/* Rows of the head; the first grows with the unit's name. */
#define HEAD_ROW   8.0
#define HEAD_LABEL 22.0
#define HEAD_SPLIT 122.0
#define N_HEAD     4

/* What a long text is set in before its cell grows. */
#define LONG_NAME_SIZE 8.0
#define LONG_SIZE      7.0
#define MOST_HEIGHT    18.0 /* more than any text needs that a person may enter */

static double
name_height (const QcVoucherFacts *facts)
{
  return qc_sheet_height_for (facts->unit_name, HEAD_SPLIT - HEAD_LABEL, LONG_NAME_SIZE, HEAD_ROW, MOST_HEIGHT);
}

double
qc_form_head_height (const QcVoucherFacts *facts)
{
  return HEAD_TOP + name_height (facts) + (N_HEAD - 1) * HEAD_ROW + 3;
}

double
qc_form_head (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  const QcVoucherFacts *facts = voucher->facts;
  g_autofree char *months = months_text (facts);
  g_autofree char *people = g_strdup_printf ("%" G_GINT64_FORMAT " 人", facts->people);
  g_autofree char *arrived = date_text (facts->arrived);
  g_autofree char *state = facts->state == QC_STATE_FINISHED
                               ? g_strdup (state_name (facts->state))
                               : g_strdup_printf ("%s（未办结）", state_name (facts->state));
  gboolean back = facts->business == QC_BUSINESS_BACK_PAYMENT;
  const struct {
    const char *left, *left_value, *right, *right_value;
  } rows[N_HEAD] = {
      {"单位名称", facts->unit_name, "单位账号", facts->unit},
      {back ? "补缴年月" : "汇缴年月", months, "业务", back ? "补缴" : "汇缴"},
      {"业务状态", state, "缴存方式", facts->method == QC_METHOD_COLLECTION ? "托收" : "非托收"},
      {"到账日期", arrived, "缴存人数", people},
  };
  for (gsize i = 0; i < N_HEAD; i++) {
    double h = i == 0 ? name_height (facts) : HEAD_ROW;
    qc_sheet_field (sheet, LEFT, y, HEAD_LABEL, HEAD_SPLIT, h, rows[i].left, rows[i].left_value, 10.5);
    qc_sheet_field (sheet, LEFT + HEAD_SPLIT, y, 19, WIDTH - HEAD_SPLIT, h, rows[i].right, rows[i].right_value, 10.5);
    y += h;
  }
  return y + 3;
}

/* ---- the table of months ---- */

#define FIGURE_SIZE  9.0
#define MONTH_WIDTH  20.0
#define PEOPLE_WIDTH 12.0
#define PAIR_WIDTH   40.0

/* Of all months. People of 本月 are person-months; 上月 of a sum would be no figure of anything. */
static QcMonthLine
sum_lines (const QcVoucherFacts *facts)
{
  QcMonthLine sum = {0};
  for (guint i = 0; i < facts->lines->len; i++) {
    const QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, i);
    sum.added_people += line->added_people;
    sum.added_fen += line->added_fen;
    sum.removed_people += line->removed_people;
    sum.removed_fen += line->removed_fen;
    sum.people += line->people;
  }
  return sum;
}

/* In mm, at FIGURE_SIZE. A figure need not be the widest because it is the largest: digits may differ. */
static double
width_of (QcSheet *sheet, QcMoney fen)
{
  g_autofree char *amount = qc_money_to_string (fen);
  return qc_font_measure (sheet->canvas->font, amount, FIGURE_SIZE) * QC_MM_PER_POINT;
}

double
qc_form_figure_size (QcSheet *sheet, const QcVoucherFacts *facts)
{
  QcMonthLine sum = sum_lines (facts);
  if (facts->business == QC_BUSINESS_BACK_PAYMENT)
    return FIGURE_SIZE;
  double widest = MAX (width_of (sheet, qc_voucher_facts_fen (facts)),
                       MAX (width_of (sheet, sum.added_fen), width_of (sheet, sum.removed_fen)));
  for (guint i = 0; i < facts->lines->len; i++) {
    const QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, i);
    widest = MAX (widest, width_of (sheet, line->previous_fen));
    widest = MAX (widest, MAX (width_of (sheet, line->added_fen), width_of (sheet, line->removed_fen)));
    widest = MAX (widest, width_of (sheet, qc_month_line_fen (line)));
  }
  return MIN (FIGURE_SIZE, FIGURE_SIZE * (PAIR_WIDTH - PEOPLE_WIDTH - 3.3) / widest);
}

static void
draw_cell (QcSheet *sheet, double x, double y, double width, double height, double size, const char *text)
{
  qc_sheet_text_in (sheet, x, y, width, height, size, QC_INK_BLACK, QC_ALIGN_RIGHT, text);
}

static void
draw_label (QcSheet *sheet, double x, double y, double width, double height, const char *text)
{
  qc_sheet_text_in (sheet, x, y, width, height, 8, QC_INK_LABEL, QC_ALIGN_CENTER, text);
}

void
qc_form_table_lines (QcSheet *sheet, const QcVoucher *voucher, double y1, double y2)
{
  static const double pairs[] = {0, MONTH_WIDTH, 32, 60, 72, 100, 112, 140, 152, 180};
  static const double sums[] = {0, MONTH_WIDTH, 45, 90, 135, 180};
  gboolean back = voucher->facts->business == QC_BUSINESS_BACK_PAYMENT;
  const double *xs = back ? sums : pairs;
  gsize n = back ? G_N_ELEMENTS (sums) : G_N_ELEMENTS (pairs);
  for (gsize i = 0; i < n; i++)
    qc_sheet_vertical (sheet, LEFT + xs[i], y1, y2);
}

static void
draw_row_end (QcSheet *sheet, double y)
{
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y);
}

double
qc_form_table_head (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  static const char *const pairs[] = {"上月汇缴", "本月增加", "本月减少", "本月汇缴"};
  static const char *const sums[] = {"人数", "单位缴存额（元）", "个人缴存额（元）", "合计（元）"};
  const double h = QC_FORM_TABLE_HEAD;
  const double half = h / 2;
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y);
  draw_label (sheet, LEFT, y, MONTH_WIDTH, h, "年月");
  if (voucher->facts->business == QC_BUSINESS_BACK_PAYMENT) {
    for (int i = 0; i < 4; i++)
      draw_label (sheet, LEFT + (i == 0 ? MONTH_WIDTH : 45.0 * i), y, i == 0 ? 25 : 45, h, sums[i]);
    qc_form_table_lines (sheet, voucher, y, y + h);
    draw_row_end (sheet, y + h);
    return y + h;
  }
  for (int i = 0; i < 4; i++) {
    double x = LEFT + MONTH_WIDTH + PAIR_WIDTH * i;
    draw_label (sheet, x, y, PAIR_WIDTH, half, pairs[i]);
    draw_label (sheet, x, y + half, PEOPLE_WIDTH, half, "人数");
    draw_label (sheet, x + PEOPLE_WIDTH, y + half, PAIR_WIDTH - PEOPLE_WIDTH, half, "金额（元）");
    qc_sheet_vertical (sheet, x, y, y + half);
  }
  qc_sheet_vertical (sheet, LEFT, y, y + half);
  qc_sheet_vertical (sheet, LEFT + WIDTH, y, y + half);
  qc_sheet_vertical (sheet, LEFT + MONTH_WIDTH, y + half, y + h);
  qc_sheet_horizontal (sheet, LEFT + MONTH_WIDTH, LEFT + WIDTH, y + half);
  qc_form_table_lines (sheet, voucher, y + half, y + h);
  draw_row_end (sheet, y + h);
  return y + h;
}

static void
draw_pair (QcSheet *sheet, int pair, double y, double height, double size, gint64 people, QcMoney fen)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, people);
  g_autofree char *amount = qc_money_to_string (fen);
  double x = LEFT + MONTH_WIDTH + PAIR_WIDTH * pair;
  draw_cell (sheet, x, y, PEOPLE_WIDTH, height, size, number);
  draw_cell (sheet, x + PEOPLE_WIDTH, y, PAIR_WIDTH - PEOPLE_WIDTH, height, size, amount);
}

static void
draw_sums (QcSheet *sheet, double y, double height, double size, gint64 people, QcMoney unit, QcMoney personal)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, people);
  const QcMoney amounts[] = {unit, personal, unit + personal};
  draw_cell (sheet, LEFT + MONTH_WIDTH, y, 25, height, size, number);
  for (int i = 0; i < 3; i++) {
    g_autofree char *amount = qc_money_to_string (amounts[i]);
    draw_cell (sheet, LEFT + 45.0 * (i + 1), y, 45, height, size, amount);
  }
}

double
qc_form_row (QcSheet *sheet, const QcVoucher *voucher, const QcMonthLine *line, double y, double height, double size)
{
  gboolean back = voucher->facts->business == QC_BUSINESS_BACK_PAYMENT;
  g_autofree char *month = month_text (line->month);
  qc_sheet_text_in (sheet, LEFT, y, MONTH_WIDTH, height, 8.5, QC_INK_BLACK, QC_ALIGN_CENTER, month);
  if (back) {
    draw_sums (sheet, y, height, size, line->people, line->unit_fen, line->personal_fen);
  } else {
    draw_pair (sheet, 0, y, height, size, line->previous_people, line->previous_fen);
    draw_pair (sheet, 1, y, height, size, line->added_people, line->added_fen);
    draw_pair (sheet, 2, y, height, size, line->removed_people, line->removed_fen);
    draw_pair (sheet, 3, y, height, size, line->people, qc_month_line_fen (line));
  }
  draw_row_end (sheet, y + height);
  return y + height;
}

double
qc_form_no_table (QcSheet *sheet, double y)
{
  qc_sheet_box (sheet, LEFT, y, WIDTH, QC_FORM_TABLE_HEAD);
  draw_label (sheet, LEFT, y, WIDTH, QC_FORM_TABLE_HEAD, "各月人数与金额：" NOT_IN_CODE);
  return y + QC_FORM_TABLE_HEAD;
}

double
qc_form_total_row (QcSheet *sheet, const QcVoucher *voucher, double y, double size)
{
  const QcVoucherFacts *facts = voucher->facts;
  gboolean back = facts->business == QC_BUSINESS_BACK_PAYMENT;
  QcMonthLine sum = sum_lines (facts);
  qc_sheet_text_in (sheet, LEFT, y, MONTH_WIDTH, QC_FORM_TOTAL_ROW, 9, QC_INK_BLACK, QC_ALIGN_CENTER,
                    voucher->extract != QC_MONTH_NONE ? "整笔合计" : "合计");
  if (back) {
    draw_sums (sheet, y, QC_FORM_TOTAL_ROW, size, sum.people, facts->unit_fen, facts->personal_fen);
  } else {
    draw_cell (sheet, LEFT + MONTH_WIDTH, y, PEOPLE_WIDTH, QC_FORM_TOTAL_ROW, size, "—");
    draw_cell (sheet, LEFT + 32, y, 28, QC_FORM_TOTAL_ROW, size, "—");
    draw_pair (sheet, 1, y, QC_FORM_TOTAL_ROW, size, sum.added_people, sum.added_fen);
    draw_pair (sheet, 2, y, QC_FORM_TOTAL_ROW, size, sum.removed_people, sum.removed_fen);
    draw_pair (sheet, 3, y, QC_FORM_TOTAL_ROW, size, sum.people, qc_voucher_facts_fen (facts));
  }
  draw_row_end (sheet, y + QC_FORM_TOTAL_ROW);
  return y + QC_FORM_TOTAL_ROW;
}

/* ---- below the table ---- */

static void
draw_amount_field (QcSheet *sheet, double x, double y, double width, double height, const char *label, QcMoney fen)
{
  g_autofree char *amount = qc_money_to_string (fen);
  qc_sheet_field (sheet, x, y, 22, width, height, label, "", 10);
  qc_sheet_text_in (sheet, x + 22, y, width - 22, height, 11, QC_INK_BLACK, QC_ALIGN_RIGHT, amount);
}

static double
draw_totals (QcSheet *sheet, const QcVoucherFacts *facts, double y)
{
  g_autofree char *words = qc_money_to_words (qc_voucher_facts_fen (facts));
  g_autofree char *amount = qc_money_to_string (qc_voucher_facts_fen (facts));
  g_autofree char *figure = g_strconcat ("￥", amount, NULL);
  draw_amount_field (sheet, LEFT, y, WIDTH / 2, 8, "单位缴存额", facts->unit_fen);
  draw_amount_field (sheet, LEFT + WIDTH / 2, y, WIDTH / 2, 8, "个人缴存额", facts->personal_fen);
  y += 8;
  qc_sheet_field (sheet, LEFT, y, 22, WIDTH, 10, "合计（大写）", words, 13);
  y += 10;
  qc_sheet_field (sheet, LEFT, y, 22, WIDTH, 11, "合计（小写）", "", 10);
  qc_sheet_text_in (sheet, LEFT + 22, y, WIDTH - 22, 11, 17, QC_INK_BLACK, QC_ALIGN_RIGHT, figure);
  return y + 11;
}

static const char *
none_of (const QcVoucherFacts *facts)
{
  return is_whole (facts) ? "—" : NOT_IN_CODE;
}

/* Parties and staff: cells beside each other, as high as the longest of their texts needs. */
typedef struct {
  const char *label;
  double label_width;
  const char *value;
} Cell;

typedef struct {
  double width, height; /* of each cell */
  gsize n;
  Cell cells[3];
} Row;

#define N_ROWS 4

static void
fill_rows (Row rows[N_ROWS], const QcVoucherFacts *facts)
{
  const QcVoucherParty *from = &facts->payer, *to = &facts->payee;
  const double half = WIDTH / 2;
  const double third = WIDTH / 3;
  rows[0] = (Row) {half, 6.5, 2, {{"付款户名", 22, from->name}, {"收款户名", 22, to->name}}};
  rows[1] = (Row) {half, 6.5, 2, {{"付款账号", 22, from->account}, {"收款账号", 22, to->account}}};
  rows[2] = (Row) {half, 6.5, 2, {{"付款银行", 22, from->bank}, {"收款银行", 22, to->bank}}};
  rows[3] = (Row) {
      third, 7, 3, {{"经办", 22, facts->entered}, {"复核", 16, facts->reviewed}, {"出纳", 16, facts->cashier}}};
  for (gsize i = 0; i < N_ROWS; i++)
    for (gsize k = 0; k < rows[i].n; k++) {
      Cell *cell = &rows[i].cells[k];
      cell->value = text_or (cell->value, none_of (facts));
      rows[i].height = qc_sheet_height_for (cell->value, rows[i].width - cell->label_width, LONG_SIZE, rows[i].height,
                                            MOST_HEIGHT);
    }
}

static double
draw_rows (QcSheet *sheet, const QcVoucherFacts *facts, double y)
{
  Row rows[N_ROWS];
  fill_rows (rows, facts);
  for (gsize i = 0; i < N_ROWS; y += rows[i].height, i++)
    for (gsize k = 0; k < rows[i].n; k++) {
      const Cell *cell = &rows[i].cells[k];
      qc_sheet_field (sheet, LEFT + rows[i].width * (double)k, y, cell->label_width, rows[i].width, rows[i].height,
                      cell->label, cell->value, 9.5);
    }
  return y;
}

#define TOTALS_HEIGHT 29.0
#define BELOW_ROWS    51.5 /* QR code and seal, with what stands below the code */

double
qc_form_bottom_height (const QcVoucherFacts *facts)
{
  double height = TOTALS_HEIGHT + BELOW_ROWS;
  Row rows[N_ROWS];
  fill_rows (rows, facts);
  for (gsize i = 0; i < N_ROWS; i++)
    height += rows[i].height;
  return height;
}

static void
draw_qr (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  g_autofree char *key = g_strconcat ("签名密钥　", voucher->key_id, NULL);
  if (!sheet->canvas->is_text_only) {
    const QcQr *code = qc_voucher_get_code (voucher);
    sheet->canvas->klass->modules (sheet->canvas, LEFT + 1, y, QC_QR_SIZE, code->modules, code->n);
  }
  qc_sheet_text (sheet, LEFT + 1, y + QC_QR_SIZE + 4, 7, QC_INK_LABEL, QC_ALIGN_LEFT, "扫码可离线核验本凭证");
  qc_sheet_text (sheet, LEFT + 1, y + QC_QR_SIZE + 7.4, 7, QC_INK_LABEL, QC_ALIGN_LEFT, key);
}

static void
draw_seal (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  const QcVoucherFacts *facts = voucher->facts;
  const double x = QC_SHEET_RIGHT - 34;
  g_autofree char *arrived = facts->arrived != QC_DATE_NONE ? date_text (facts->arrived) : NULL;
  qc_sheet_text_in (sheet, x - 34, y + 24, 68, 8, 11, QC_INK_BLACK, QC_ALIGN_CENTER, facts->center);
  if (facts->state != QC_STATE_FINISHED) {
    qc_sheet_text (sheet, x, y + 38, 10, QC_INK_LABEL, QC_ALIGN_CENTER, "未办结 — 不作入账依据");
    return;
  }
  if (arrived != NULL)
    qc_sheet_text (sheet, x, y + QC_QR_SIZE + 4, 10, QC_INK_BLACK, QC_ALIGN_CENTER, arrived);
  qc_seal_draw (sheet, x, y + 20, facts->center, facts->practice ? "演练专用章" : "业务专用章");
}

void
qc_form_bottom (QcSheet *sheet, const QcVoucher *voucher, double y)
{
  y = draw_totals (sheet, voucher->facts, y);
  y = draw_rows (sheet, voucher->facts, y) + 4;
  draw_qr (sheet, voucher, y);
  draw_seal (sheet, voucher, y);
}
