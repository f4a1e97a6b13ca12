/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 补缴清册 (domain notes 5): a line a person and period, the sum of each page, on the last one all of it with 大写 and
 * where the unit signs. Each page bears unit and check code, so that none can be taken for one of another roster.
 */
#include "qc-stamped-private.h"

#include "qc-money-words.h"

#define LEFT        QC_SHEET_LEFT
#define WIDTH       QC_STAMPED_WIDTH
#define TABLE_TOP   50.0
#define HEAD_HEIGHT 9.0
#define ROW         9.0
#define SUM_ROW     8.0
#define END_HEIGHT  (2 * SUM_ROW + 1.5 + QC_STAMPED_SIGNATURES) /* all and 大写, then the signatures */
#define N_COLUMNS   9

typedef struct {
  const char *title;
  double width;
  QcAlign align;
} Column;

static const Column columns[N_COLUMNS] = {
    {"序号", 9, QC_ALIGN_CENTER},       {"姓名 / 证件号码", 34, QC_ALIGN_LEFT}, {"个人账号", 27, QC_ALIGN_LEFT},
    {"补缴原因", 20, QC_ALIGN_LEFT},    {"补缴年月", 19, QC_ALIGN_LEFT},        {"缴存基数", 17, QC_ALIGN_RIGHT},
    {"单位补缴额", 18, QC_ALIGN_RIGHT}, {"个人补缴额", 18, QC_ALIGN_RIGHT},     {"合计（元）", 18, QC_ALIGN_RIGHT},
};

typedef struct {
  guint n;
  QcMoney unit, personal;
} Sum;

static double
left_of (guint column)
{
  double x = LEFT;
  for (guint i = 0; i < column; i++)
    x += columns[i].width;
  return x;
}

static void
draw_cell (QcSheet *sheet, guint column, double y, double height, double size, const char *text)
{
  qc_sheet_text_in (sheet, left_of (column), y, columns[column].width, height, size, QC_INK_BLACK,
                    columns[column].align, text);
}

/* One text over the other. */
static void
draw_pair (QcSheet *sheet, guint column, double y, const char *above, const char *below)
{
  draw_cell (sheet, column, y + 0.3, ROW / 2, 8.5, above);
  draw_cell (sheet, column, y + ROW / 2 - 0.3, ROW / 2, 7.5, below);
}

static void
draw_amount (QcSheet *sheet, guint column, double y, double height, QcMoney fen)
{
  g_autofree char *text = qc_money_to_string (fen);
  draw_cell (sheet, column, y, height, 8.5, text);
}

static void
draw_sums (QcSheet *sheet, double y, const Sum *sum)
{
  draw_amount (sheet, 6, y, SUM_ROW, sum->unit);
  draw_amount (sheet, 7, y, SUM_ROW, sum->personal);
  draw_amount (sheet, 8, y, SUM_ROW, sum->unit + sum->personal);
}

static void
draw_columns (QcSheet *sheet, double from, double to)
{
  for (guint i = 0; i <= N_COLUMNS; i++)
    qc_sheet_vertical (sheet, left_of (i), from, to);
}

static void
draw_head (QcSheet *sheet, const QcStampedPaper *paper, const Sum *all)
{
  g_autofree char *people = g_strdup_printf ("%u 行", all->n);
  g_autofree char *unit = g_strconcat (paper->unit_name, "（", paper->unit, "）", NULL);
  double y = qc_stamped_title (sheet, paper, "补缴清册", TRUE);
  qc_sheet_field (sheet, LEFT, y, 17, 113, 9, "单位", unit, 10);
  qc_sheet_field (sheet, LEFT + 113, y, 17, 37, 9, "缴存方式",
                  paper->method == QC_METHOD_COLLECTION ? "托收"
                  : paper->method == QC_METHOD_TRANSFER ? "非托收"
                                                        : "—",
                  10);
  qc_sheet_field (sheet, LEFT + 150, y, 12, 30, 9, "行数", people, 10);
}

static void
draw_table_head (QcSheet *sheet, double y)
{
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y);
  for (guint i = 0; i < N_COLUMNS; i++)
    qc_sheet_text_in (sheet, left_of (i), y, columns[i].width, HEAD_HEIGHT, 8, QC_INK_LABEL, QC_ALIGN_CENTER,
                      columns[i].title);
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y + HEAD_HEIGHT);
}

static void
draw_line (QcSheet *sheet, const QcStampedPaper *paper, guint number, const QcRosterLine *line, double y)
{
  const QcCode *reason = qc_codes_find (paper->codes, "back-payment-reason", line->reason);
  g_autofree char *place = g_strdup_printf ("%u", number);
  g_autofree char *from = qc_stamped_dup_month (line->from);
  g_autofree char *to = qc_stamped_dup_month (line->to);
  g_autofree char *until = g_strconcat ("至 ", to, NULL);
  const char *why = reason ? reason->label : line->reason ? line->reason : "";
  g_autofree char *words = line->reason_text ? g_strdup_printf ("%s：%s", why, line->reason_text) : g_strdup (why);
  draw_cell (sheet, 0, y, ROW, 8.5, place);
  draw_pair (sheet, 1, y, line->name ? line->name : "", line->document ? line->document : "");
  draw_cell (sheet, 2, y, ROW, 8, line->account ? line->account : "");
  draw_cell (sheet, 3, y, ROW, 8.5, words);
  draw_pair (sheet, 4, y, from, until);
  if (line->new_base > 0)
    draw_amount (sheet, 5, y, ROW, line->new_base);
  else
    draw_cell (sheet, 5, y, ROW, 8, "按各月");
  draw_amount (sheet, 6, y, ROW, line->unit_fen);
  draw_amount (sheet, 7, y, ROW, line->personal_fen);
  draw_amount (sheet, 8, y, ROW, qc_roster_line_fen (line));
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y + ROW);
}

static void
draw_sum_row (QcSheet *sheet, double y, const char *title, const Sum *sum)
{
  g_autofree char *words = g_strdup_printf ("%s　%u 行", title, sum->n);
  qc_sheet_text_in (sheet, LEFT, y, left_of (6) - LEFT, SUM_ROW, 9, QC_INK_BLACK, QC_ALIGN_LEFT, words);
  draw_sums (sheet, y, sum);
  for (guint i = 6; i <= N_COLUMNS; i++)
    qc_sheet_vertical (sheet, left_of (i), y, y + SUM_ROW);
  qc_sheet_vertical (sheet, LEFT, y, y + SUM_ROW);
  qc_sheet_horizontal (sheet, LEFT, LEFT + WIDTH, y + SUM_ROW);
}

static void
draw_end (QcSheet *sheet, const QcStampedPaper *paper, double y, const Sum *all)
{
  g_autofree char *words = qc_money_to_words (all->unit + all->personal);
  draw_sum_row (sheet, y, "合计", all);
  qc_sheet_field (sheet, LEFT, y + SUM_ROW, 30, WIDTH, SUM_ROW, "合计（大写）", words, 12);
  qc_stamped_signatures (sheet, paper, y + 2 * SUM_ROW + 1.5);
}

static guint
room_for (gboolean last)
{
  double below = SUM_ROW + (last ? END_HEIGHT : 0);
  return (guint)((QC_SHEET_BOTTOM - TABLE_TOP - HEAD_HEIGHT - below) / ROW);
}

static void
add_line (Sum *sum, const QcRosterLine *line)
{
  sum->n++;
  sum->unit += line->unit_fen;
  sum->personal += line->personal_fen;
}

/* How many lines the page takes of the @left ones; what is left over at the end goes with the signatures. */
static guint
lines_of_page (guint left)
{
  if (left <= room_for (TRUE))
    return left;
  return MIN (room_for (FALSE), left - 1);
}

static guint
count_pages (guint left)
{
  guint n = 1;
  for (; left > room_for (TRUE); n++)
    left -= lines_of_page (left);
  return n;
}

int
qc_stamped_draw_roster (QcSheet *sheet, const QcStampedPaper *paper)
{
  const GPtrArray *lines = paper->roster->lines;
  Sum all = {0};
  for (guint i = 0; i < lines->len; i++)
    add_line (&all, g_ptr_array_index (lines, i));
  guint n_pages = count_pages (lines->len);
  guint next = 0;
  for (guint page = 1; page <= n_pages; page++) {
    Sum sum = {0};
    double y = TABLE_TOP + HEAD_HEIGHT;
    qc_sheet_begin_page (sheet);
    draw_head (sheet, paper, &all);
    draw_table_head (sheet, TABLE_TOP);
    for (guint n = lines_of_page (lines->len - next); n > 0; n--, next++, y += ROW) {
      draw_line (sheet, paper, next + 1, g_ptr_array_index (lines, next), y);
      add_line (&sum, g_ptr_array_index (lines, next));
    }
    draw_columns (sheet, TABLE_TOP, y);
    draw_sum_row (sheet, y, "本页小计", &sum);
    if (page == n_pages)
      draw_end (sheet, paper, y + SUM_ROW, &all);
    qc_sheet_end_page (sheet, (int)page, (int)n_pages,
                       paper->practice ? "演练，不具任何效力" : "须与系统中录入的信息一致；改动后请重新打印、盖章");
  }
  return (int)n_pages;
}
