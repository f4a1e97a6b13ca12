/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pages of a list. First all rows are walked to learn how high each is and which page it is on, then they are
 * drawn. A band is what stands on one height: a row, or one of each side. One thread at a time.
 */
#include "qc-list-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "qc-money-words.h"
#include "qc-money.h"

#define GAP         3.0  /* mm between two sides */
#define CAP_HEIGHT  0.74 /* of the em */
#define STEP        0.25 /* mm: heights of bands are multiples of it */
#define FIELD_LABEL 8.0  /* points */
#define FIELD_VALUE 9.5
#define NOTE_SIZE   8.0
#define BY_THE_WAY  256 /* bands between two looks at whether it was cancelled */

typedef struct {
  QcListForm *form;
  QcSheet *sheet;
  const QcListProgress *progress;
  QcSheetArea area;
  QcListMeasure measure;
  gboolean is_low;                 /* the paper: everything around the table takes less room */
  double size;                     /* points, of a cell where it fits */
  double x[QC_LIST_SIDES];         /* left of each side */
  double scale;                    /* of the columns' widths */
  double head_height, side_height; /* of the table */
  double sum_height;
  guint n_bands;
  guint8 *heights; /* (owned) of each band, in STEPs */
  GArray *pages;   /* (owned) guint: bands on each */
  QcListCursor cursors[QC_LIST_SIDES];
  gint64 counted[QC_LIST_SIDES]; /* of the page */
  QcMoney *sums[QC_LIST_SIDES];  /* (owned) the same */
  guint done;                    /* bands, of both walks */
} Painter;

static void
painter_clear (Painter *painter)
{
  g_clear_pointer (&painter->heights, g_free);
  g_clear_pointer (&painter->pages, g_array_unref);
  for (guint i = 0; i < QC_LIST_SIDES; i++) {
    g_clear_pointer (&painter->sums[i], g_free);
    qc_list_cursor_clear (&painter->cursors[i]);
  }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Painter, painter_clear)

static const QcListColumnData *
column_at (const QcListSide *side, guint i)
{
  return &g_array_index (side->columns, QcListColumnData, i);
}

static double
sum_of_widths (const QcListSide *side)
{
  double sum = 0;
  for (guint i = 0; i < side->columns->len; i++)
    sum += column_at (side, i)->width;
  return sum;
}

static gboolean
has_side (const Painter *painter, guint side)
{
  return painter->form->sides[side].columns->len > 0;
}

/* Whether anything is counted or added up. */
static gboolean
has_sums (const Painter *painter)
{
  if (painter->form->head.counted != NULL)
    return TRUE;
  for (guint side = 0; side < QC_LIST_SIDES; side++)
    for (guint i = 0; i < painter->form->sides[side].columns->len; i++)
      if (column_at (&painter->form->sides[side], i)->is_sum)
        return TRUE;
  return FALSE;
}

static gboolean
too_small (GError **error, const char *format, const char *what)
{
  g_set_error (error, QC_DOCUMENTS_ERROR, QC_DOCUMENTS_ERROR_TOO_SMALL, format, what);
  return FALSE;
}

/* ---- texts ---- */

/* @fit: of @text in this room. */
static void
draw_fitted (const Painter *painter, double x, double y, double width, double height, const QcListFit *fit, QcInk ink,
             QcAlign align, const char *text)
{
  QcCanvas *canvas = painter->sheet->canvas;
  double em = fit->size * QC_MM_PER_POINT, leading = em * QC_LIST_LEADING, room = width - 2 * QC_LIST_PADDING;
  double base = y + (height - leading * (fit->lines - 1) - em * CAP_HEIGHT) / 2 + em * CAP_HEIGHT;
  double beside = align == QC_ALIGN_LEFT ? 0 : align == QC_ALIGN_CENTER ? 0.5 : 1;
  while (*text != '\0') {
    gsize length = fit->lines == 1 ? strlen (text) : qc_list_measure_part (&painter->measure, text, room / em);
    g_autofree char *part = fit->lines == 1 ? NULL : g_strndup (text, length);
    const char *line = part != NULL ? part : text;
    double used = beside > 0 ? qc_list_measure (&painter->measure, line) * em : 0;
    canvas->klass->text (canvas, x + QC_LIST_PADDING + (room - used) * beside, base, 0, fit->size, ink, line);
    base += leading;
    text += length;
  }
}

static void
draw_in (const Painter *painter, double x, double y, double width, double height, double size, QcInk ink, QcAlign align,
         const char *text)
{
  QcListFit fit = qc_list_fit (&painter->measure, text, width - 2 * QC_LIST_PADDING, size, align);
  if (fit.size == 0)
    fit = (QcListFit) {QC_LIST_TINIEST, 1};
  draw_fitted (painter, x, y, width, height, &fit, ink, align, text);
}

/* ---- what stands above the table ---- */

static double
title_height (const Painter *painter)
{
  return (painter->is_low ? 7.5 : 10.5) + (painter->form->head.center != NULL ? 5 : 0);
}

static double
field_height (const Painter *painter)
{
  return painter->is_low ? 6 : 7;
}

static guint
count_field_lines (const QcListForm *form)
{
  double used = 1;
  guint lines = 0;
  for (guint i = 0; i < form->fields->len; i++) {
    double share = g_array_index (form->fields, QcListField, i).share;
    if (used + share > 1.001) {
      lines++;
      used = 0;
    }
    used += share;
  }
  return lines;
}

static double
top_height (const Painter *painter, gboolean first)
{
  const QcListForm *form = painter->form;
  double below = painter->is_low ? 1.5 : 2.5;
  if (first && form->fields->len > 0)
    return title_height (painter) + count_field_lines (form) * field_height (painter) + below;
  return title_height (painter) + (form->head.running != NULL ? 5.5 : 0) + below - 1;
}

static double
draw_title (const Painter *painter)
{
  const QcListHead *head = &painter->form->head;
  QcSheetArea area = painter->area;
  double size = painter->is_low ? 13 : 16, y = area.top, width = area.right - area.left;
  if (head->center != NULL) {
    draw_in (painter, area.left, y, width, 4.6, 8.5, QC_INK_BLACK, QC_ALIGN_CENTER, head->center);
    y += 5;
  }
  double side = head->reprint > 0 ? 26 : 0;
  draw_in (painter, area.left + side, y, width - 2 * side, painter->is_low ? 6.5 : 8.5, size, QC_INK_BLACK,
           QC_ALIGN_CENTER, head->title);
  if (head->reprint > 0) {
    g_autofree char *reprint = g_strdup_printf ("重打次数：%d", head->reprint);
    draw_in (painter, area.right - side, y, side, painter->is_low ? 6.5 : 8.5, 9, QC_INK_BLACK, QC_ALIGN_RIGHT,
             reprint);
  }
  return area.top + title_height (painter);
}

static void
draw_field (const Painter *painter, const QcListField *field, double x, double y, double width)
{
  double height = field_height (painter), width_of_line = painter->area.right - painter->area.left;
  double label = MIN (qc_list_measure (&painter->measure, field->label) * FIELD_LABEL * QC_MM_PER_POINT
                          + 2 * QC_LIST_PADDING + 0.6,
                      width_of_line);
  qc_sheet_box (painter->sheet, x, y, width, height);
  qc_sheet_vertical (painter->sheet, x + label, y, y + height);
  draw_in (painter, x, y, label, height, FIELD_LABEL, QC_INK_LABEL, QC_ALIGN_LEFT, field->label);
  draw_in (painter, x + label, y, width - label, height, FIELD_VALUE, QC_INK_BLACK, QC_ALIGN_LEFT, field->value);
}

/* The last of each line takes what is left of it. */
static double
draw_fields (const Painter *painter, double y)
{
  const GArray *fields = painter->form->fields;
  double width = painter->area.right - painter->area.left, used = 0;
  for (guint i = 0; i < fields->len; i++) {
    const QcListField *field = &g_array_index (fields, QcListField, i);
    gboolean ends
        = i + 1 == fields->len || used + field->share + g_array_index (fields, QcListField, i + 1).share > 1.001;
    draw_field (painter, field, painter->area.left + used * width, y, (ends ? 1 - used : field->share) * width);
    used += field->share;
    if (ends) {
      y += field_height (painter);
      used = 0;
    }
  }
  return y;
}

static void
draw_top (const Painter *painter, gboolean first)
{
  const char *running = painter->form->head.running;
  double y = draw_title (painter);
  if (first && painter->form->fields->len > 0)
    draw_fields (painter, y);
  else if (running != NULL)
    draw_in (painter, painter->area.left - QC_LIST_PADDING, y, painter->area.right - painter->area.left, 5.5, 9,
             QC_INK_BLACK, QC_ALIGN_LEFT, running);
}

/* ---- the table ---- */

static double
width_of (const Painter *painter, const QcListColumnData *column)
{
  return column->width * painter->scale;
}

static void
draw_verticals (const Painter *painter, guint side, double from, double to)
{
  const QcListSide *data = &painter->form->sides[side];
  double x = painter->x[side];
  qc_sheet_vertical (painter->sheet, x, from, to);
  for (guint i = 0; i < data->columns->len; i++) {
    x += width_of (painter, column_at (data, i));
    qc_sheet_vertical (painter->sheet, x, from, to);
  }
}

static double
right_of (const Painter *painter, guint side)
{
  return painter->x[side] + sum_of_widths (&painter->form->sides[side]) * painter->scale;
}

static void
draw_line (const Painter *painter, guint side, double y)
{
  qc_sheet_horizontal (painter->sheet, painter->x[side], right_of (painter, side), y);
}

static void
draw_table_head (const Painter *painter, double y)
{
  for (guint side = 0; side < QC_LIST_SIDES && has_side (painter, side); side++) {
    const QcListSide *data = &painter->form->sides[side];
    double x = painter->x[side], top = y + painter->side_height;
    if (data->title != NULL) {
      qc_sheet_box (painter->sheet, x, y, right_of (painter, side) - x, painter->side_height);
      draw_in (painter, x, y, right_of (painter, side) - x, painter->side_height, painter->size, QC_INK_BLACK,
               QC_ALIGN_CENTER, data->title);
    }
    draw_line (painter, side, top);
    for (guint i = 0; i < data->columns->len; i++) {
      double width = width_of (painter, column_at (data, i));
      draw_in (painter, x, top, width, painter->head_height, painter->size * 0.9, QC_INK_LABEL, QC_ALIGN_CENTER,
               column_at (data, i)->title);
      x += width;
    }
    draw_line (painter, side, top + painter->head_height);
    draw_verticals (painter, side, top, top + painter->head_height);
  }
}

/* The row that the cursor of @side is at. */
static void
draw_row (Painter *painter, guint side, double y, double height)
{
  const QcListSide *data = &painter->form->sides[side];
  const QcListCursor *cursor = &painter->cursors[side];
  double x = painter->x[side];
  for (guint i = 0; i < data->columns->len; i++) {
    const QcListColumnData *column = column_at (data, i);
    double width = width_of (painter, column);
    if (*cursor->cells[i] != '\0') {
      QcListFit fit = qc_list_fit (&painter->measure, cursor->cells[i], width - 2 * QC_LIST_PADDING, painter->size,
                                   column->align);
      draw_fitted (painter, x, y, width, height, &fit, QC_INK_BLACK, column->align, cursor->cells[i]);
    }
    if (column->is_sum)
      painter->sums[side][i] += cursor->amounts[i];
    x += width;
  }
  painter->counted[side] += cursor->counts;
  draw_line (painter, side, y + height);
}

static void
draw_sum_cells (const Painter *painter, guint side, double y, const char *title, gint64 counted, const QcMoney *sums)
{
  const QcListSide *data = &painter->form->sides[side];
  g_autofree char *words = painter->form->head.counted != NULL ? g_strdup_printf ("%s　%" G_GINT64_FORMAT " %s", title,
                                                                                  counted, painter->form->head.counted)
                                                               : g_strdup (title);
  double x = painter->x[side], label = 0;
  guint first = 0;
  while (first < data->columns->len && !column_at (data, first)->is_sum)
    label += width_of (painter, column_at (data, first++));
  draw_in (painter, x, y, label, painter->sum_height, painter->size, QC_INK_BLACK, QC_ALIGN_LEFT, words);
  qc_sheet_vertical (painter->sheet, x, y, y + painter->sum_height);
  for (x += label; first < data->columns->len; first++) {
    const QcListColumnData *column = column_at (data, first);
    g_autofree char *amount = column->is_sum ? qc_money_to_string (sums[first]) : NULL;
    qc_sheet_vertical (painter->sheet, x, y, y + painter->sum_height);
    if (amount != NULL)
      draw_in (painter, x, y, width_of (painter, column), painter->sum_height, painter->size, QC_INK_BLACK,
               QC_ALIGN_RIGHT, amount);
    x += width_of (painter, column);
  }
  qc_sheet_vertical (painter->sheet, right_of (painter, side), y, y + painter->sum_height);
  draw_line (painter, side, y + painter->sum_height);
}

static double
draw_page_sums (Painter *painter, double y)
{
  for (guint side = 0; side < QC_LIST_SIDES && has_side (painter, side); side++) {
    draw_sum_cells (painter, side, y, "本页小计", painter->counted[side], painter->sums[side]);
    painter->counted[side] = 0;
    for (guint i = 0; i < painter->form->sides[side].columns->len; i++)
      painter->sums[side][i] = 0;
  }
  return y + painter->sum_height;
}

/* ---- what stands below it ---- */

static double
note_height (const Painter *painter, const char *note)
{
  QcListFit fit = qc_list_fit (&painter->measure, note, painter->area.right - painter->area.left - 2 * QC_LIST_PADDING,
                               NOTE_SIZE, QC_ALIGN_LEFT);
  return qc_list_fit_height (&fit) - QC_LIST_VERTICAL;
}

static double
signature_height (const Painter *painter)
{
  return painter->form->head.is_signed ? painter->is_low ? 9 : 16 : 0;
}

static double
end_height (const Painter *painter)
{
  const QcListHead *head = &painter->form->head;
  double height = signature_height (painter) + (has_sums (painter) ? painter->sum_height : 0)
                  + (head->in_words ? field_height (painter) : 0);
  for (guint i = 0; i < painter->form->notes->len; i++)
    height += note_height (painter, g_ptr_array_index (painter->form->notes, i));
  return height;
}

static QcMoney
last_sum (const QcListForm *form)
{
  const QcListSide *side = &form->sides[0];
  for (guint i = side->columns->len; i > 0; i--)
    if (column_at (side, i - 1)->is_sum)
      return side->sums[i - 1];
  return 0;
}

static void
draw_signatures (const Painter *painter, double y)
{
  const QcListHead *head = &painter->form->head;
  QcSheetArea area = painter->area;
  double third = (area.right - area.left) / 3;
  g_autofree char *handler = g_strconcat ("单位经办人：", head->handler != NULL ? head->handler : "", NULL);
  g_autofree char *date
      = g_strdup_printf ("填制日期：%d年%02d月%02d日", head->date / 10000, head->date / 100 % 100, head->date % 100);
  draw_in (painter, area.left, y + 1, third, 7, 9.5, QC_INK_BLACK, QC_ALIGN_LEFT, handler);
  draw_in (painter, area.left + third, y + 1, third, 7, 9.5, QC_INK_BLACK, QC_ALIGN_LEFT, date);
  draw_in (painter, area.left + 2 * third, y + 1, third, 7, 9.5, QC_INK_BLACK, QC_ALIGN_LEFT, "单位（盖章）：");
}

static void
draw_end (const Painter *painter, double y)
{
  QcListForm *form = painter->form;
  double width = painter->area.right - painter->area.left;
  if (has_sums (painter)) {
    for (guint side = 0; side < QC_LIST_SIDES && has_side (painter, side); side++)
      draw_sum_cells (painter, side, y, "合计", form->sides[side].counted, form->sides[side].sums);
    y += painter->sum_height;
  }
  if (form->head.in_words) {
    g_autofree char *words = qc_money_to_words (last_sum (form));
    QcListField field = {(char *)"合计（大写）", words, 1};
    draw_field (painter, &field, painter->area.left, y, width);
    y += field_height (painter);
  }
  for (guint i = 0; i < form->notes->len; i++) {
    const char *note = g_ptr_array_index (form->notes, i);
    double height = note_height (painter, note);
    draw_in (painter, painter->area.left, y, width, height, NOTE_SIZE, QC_INK_LABEL, QC_ALIGN_LEFT, note);
    y += height;
  }
  if (form->head.is_signed)
    draw_signatures (painter, y);
}

/* ---- the first walk: heights and pages ---- */

static gboolean
go_on (Painter *painter, GError **error)
{
  const QcListProgress *progress = painter->progress;
  if (painter->done++ % BY_THE_WAY != 0 || progress == NULL)
    return TRUE;
  if (progress->func != NULL)
    progress->func ((painter->done - 1) / (2.0 * MAX (1, painter->n_bands)), progress->user_data);
  return !g_cancellable_set_error_if_cancelled (progress->cancellable, error);
}

static gboolean
rewind_cursors (Painter *painter)
{
  for (guint side = 0; side < QC_LIST_SIDES; side++) {
    qc_list_cursor_clear (&painter->cursors[side]);
    qc_list_cursor_init (&painter->cursors[side], &painter->form->sides[side]);
  }
  return TRUE;
}

static gboolean
raise_height (const Painter *painter, const QcListSide *side, guint i, const char *text, double *height, GError **error)
{
  const QcListColumnData *column = column_at (side, i);
  QcListFit fit = qc_list_fit (&painter->measure, text, width_of (painter, column) - 2 * QC_LIST_PADDING, painter->size,
                               column->align);
  if (fit.size == 0)
    return too_small (error, _ ("The column “%s” has no room on this paper, not even in the smallest letters."),
                      column->title);
  *height = MAX (*height, qc_list_fit_height (&fit));
  return TRUE;
}

static gboolean
measure_band (Painter *painter, guint band, GError **error)
{
  const QcListFit one = {painter->size, 1};
  double height = qc_list_fit_height (&one);
  for (guint side = 0; side < QC_LIST_SIDES; side++) {
    const QcListSide *data = &painter->form->sides[side];
    if (band >= data->n_rows)
      continue;
    if (!qc_list_cursor_next (&painter->cursors[side], error))
      return FALSE;
    for (guint i = 0; i < data->columns->len; i++)
      if (!raise_height (painter, data, i, painter->cursors[side].cells[i], &height, error))
        return FALSE;
  }
  painter->heights[band] = (guint8)MIN (255, ceil (height / STEP));
  return TRUE;
}

static void
end_page_plan (Painter *painter, guint *bands)
{
  g_array_append_val (painter->pages, *bands);
  *bands = 0;
}

/* The last page has to bear the end too: where it cannot, its last bands go on to another one with it. */
static gboolean
plan_end (Painter *painter, double used, double room, double room_later, guint bands, GError **error)
{
  double end = end_height (painter);
  if (used + end <= room + 0.01) {
    end_page_plan (painter, &bands);
    return TRUE;
  }
  guint moved = bands > 1 ? 1 : 0;
  double last = moved > 0 ? painter->heights[painter->n_bands - 1] * STEP : 0;
  if (last + end > room_later + 0.01)
    return too_small (error, "%s", _ ("What stands around the list has no room on this paper."));
  bands -= moved;
  end_page_plan (painter, &bands);
  end_page_plan (painter, &moved);
  return TRUE;
}

static gboolean
plan_pages (Painter *painter, GError **error)
{
  double table = painter->side_height + painter->head_height + (has_sums (painter) ? painter->sum_height : 0);
  double whole = painter->area.bottom - painter->area.top - table;
  double room = whole - top_height (painter, TRUE), room_later = whole - top_height (painter, FALSE), used = 0;
  guint bands = 0;
  rewind_cursors (painter);
  for (guint band = 0; band < painter->n_bands; band++) {
    if (!go_on (painter, error) || !measure_band (painter, band, error))
      return FALSE;
    double height = painter->heights[band] * STEP;
    if (used + height > room + 0.01) {
      if (height > room_later)
        return too_small (error, "%s", _ ("What stands around the list has no room on this paper."));
      end_page_plan (painter, &bands);
      room = room_later;
      used = 0;
    }
    used += height;
    bands++;
  }
  return plan_end (painter, used, room, room_later, bands, error);
}

/* ---- the second: drawing ---- */

static gboolean
draw_bands (Painter *painter, guint from, guint n, double top, double *y, GError **error)
{
  double ends[QC_LIST_SIDES] = {top, top};
  for (guint band = from; band < from + n; band++) {
    double height = painter->heights[band] * STEP;
    if (!go_on (painter, error))
      return FALSE;
    for (guint side = 0; side < QC_LIST_SIDES; side++) {
      if (band >= painter->form->sides[side].n_rows)
        continue;
      if (!qc_list_cursor_next (&painter->cursors[side], error))
        return FALSE;
      draw_row (painter, side, *y, height);
      ends[side] = *y + height;
    }
    *y += height;
  }
  for (guint side = 0; side < QC_LIST_SIDES && has_side (painter, side); side++) {
    draw_verticals (painter, side, top, ends[side]);
    draw_line (painter, side, *y); /* where the other side is longer */
  }
  return TRUE;
}

static gboolean
draw_page (Painter *painter, guint page, guint from, GError **error)
{
  const QcListHead *head = &painter->form->head;
  gboolean is_last = page + 1 == painter->pages->len;
  guint bands = g_array_index (painter->pages, guint, page);
  double y = painter->area.top + top_height (painter, page == 0);
  qc_sheet_begin_page (painter->sheet);
  draw_top (painter, page == 0);
  draw_table_head (painter, y);
  y += painter->side_height + painter->head_height;
  if (!draw_bands (painter, from, bands, y, &y, error))
    return FALSE;
  if (has_sums (painter))
    y = draw_page_sums (painter, y);
  if (is_last)
    draw_end (painter, y);
  qc_sheet_end_page (painter->sheet, (int)page + 1, (int)painter->pages->len,
                     head->practice ? "演练，不具任何效力" : head->foot);
  return TRUE;
}

/* ---- all of it ---- */

/* The largest of the heads of the columns; FALSE where one has no room. */
static gboolean
measure_heads (Painter *painter, GError **error)
{
  const QcListFit one = {painter->size, 1};
  painter->sum_height = qc_list_fit_height (&one) + 0.6;
  painter->head_height = painter->sum_height;
  for (guint side = 0; side < QC_LIST_SIDES; side++) {
    const QcListSide *data = &painter->form->sides[side];
    if (data->title != NULL)
      painter->side_height = painter->sum_height;
    for (guint i = 0; i < data->columns->len; i++) {
      const QcListColumnData *column = column_at (data, i);
      QcListFit fit = qc_list_fit (&painter->measure, column->title, width_of (painter, column) - 2 * QC_LIST_PADDING,
                                   painter->size * 0.9, QC_ALIGN_CENTER);
      if (fit.size == 0)
        return too_small (error, _ ("The column “%s” has no room on this paper, not even in the smallest letters."),
                          column->title);
      painter->head_height = MAX (painter->head_height, qc_list_fit_height (&fit));
    }
  }
  return TRUE;
}

static gboolean
spread_columns (Painter *painter, GError **error)
{
  double wanted = 0, sides = 0;
  for (guint side = 0; side < QC_LIST_SIDES && has_side (painter, side); side++) {
    wanted += sum_of_widths (&painter->form->sides[side]);
    sides++;
  }
  double gaps = GAP * MAX (0, sides - 1), x = painter->area.left;
  painter->scale = (painter->area.right - painter->area.left - gaps) / wanted;
  painter->size = QC_LIST_SIZE * MIN (1, painter->scale);
  if (painter->size < QC_LIST_LEAST)
    return too_small (error, "%s", _ ("The list has more columns than fit beside each other on this paper."));
  for (guint side = 0; side < QC_LIST_SIDES; side++) {
    painter->x[side] = x;
    x += sum_of_widths (&painter->form->sides[side]) * painter->scale + GAP;
    painter->sums[side] = g_new0 (QcMoney, painter->form->sides[side].columns->len);
  }
  return measure_heads (painter, error);
}

guint
qc_list_form_draw (QcListForm *form, QcSheet *sheet, const QcListProgress *progress, GError **error)
{
  g_auto (Painter) painter = {.form = form, .sheet = sheet, .progress = progress, .area = qc_sheet_area (sheet)};
  painter.is_low = painter.area.height < 200;
  painter.n_bands = MAX (form->sides[0].n_rows, form->sides[1].n_rows);
  painter.heights = g_new0 (guint8, painter.n_bands);
  painter.pages = g_array_new (FALSE, FALSE, sizeof (guint));
  qc_list_measure_init (&painter.measure, sheet->canvas->font);
  if (!spread_columns (&painter, error) || !plan_pages (&painter, error))
    return 0;
  rewind_cursors (&painter);
  guint from = 0;
  for (guint page = 0; page < painter.pages->len; page++) {
    if (!draw_page (&painter, page, from, error))
      return 0;
    from += g_array_index (painter.pages, guint, page);
  }
  return painter.pages->len;
}

void
qc_list_form_gather (QcListForm *form)
{
  g_autofree char *words = qc_money_to_words (last_sum (form));
  char ascii[96];
  for (guint i = 0; i < 95; i++)
    ascii[i] = (char)(0x20 + i);
  ascii[95] = '\0';
  qc_charset_add (form->charset, ascii);
  qc_charset_add (form->charset, "第页　共本小计合（大写）重打次数：演练·无效，不具任何效力单位经办人填制日期年月盖章");
  qc_charset_add (form->charset, words);
}
