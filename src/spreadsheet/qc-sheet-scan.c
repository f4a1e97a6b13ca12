/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-scan.h. The column of the reasons is known only at the end: until then its letters and its number are
 * one control character each in the texts of the edits. Any one thread.
 */
#include "qc-sheet-scan.h"

#include <stdlib.h>
#include <string.h>

#include "qc-table.h"

#define MAX_COLUMN    16384
#define MAX_ROW       1048576
#define MAX_TEXT      32000 /* bytes of a reason: a cell holds 32,767 characters */
#define COLUMN_NAME   '\1'
#define COLUMN_NUMBER '\2'
#define WIDTH         " width=\"60.7109375\" customWidth=\"1\"/>"
#define NOWHERE       G_MAXUINT
/* What the format of a reason notes: whether its row was <row/>, and the right edge that the dimension had. */
#define NOTE_SINGLE     1u
#define NOTE_EDGE_SHIFT 1

typedef struct {
  gint64 offset, length;
  guint min, max; /* from 1 */
  guint style;
  gboolean ours; /* as we write it */
} Col;

typedef struct {
  const QcSheetScanRequest *request; /* borrowed */
  QcSheetScan *out;                  /* borrowed */
  const QcSheetMark *marks;          /* borrowed; NULL: they are taken out */
  guint n, next;                     /* the first mark of the row, or behind it */
  GHashTable *titles;                /* (owned) places of the title among the shared texts */
  gboolean stop;

  guint row, column; /* that are read, from 1 and from 0; NOWHERE: before the first */
  guint width;       /* one more than the last column in use */

  /* of the row */
  gint64 row_offset, row_length;
  char *row_tag;    /* (owned) (nullable) of a row that is worked on */
  guint row_style;  /* 0 unless the row has one */
  GArray *wanted;   /* (owned) guint, columns that are faulty, in order */
  guint done;       /* of them */
  GArray *made;     /* (owned) guint, columns of cells that came or go */
  gboolean keeps;   /* it has cells that stay */
  gboolean single;  /* it was <row/> */
  gboolean header;  /* it is that of the title */
  guint last_style; /* of its last cell */

  /* of the cell */
  gint64 cell_offset;
  char *cell_tag; /* (owned) (nullable) of a faulty one that is taken back */
  guint style;
  gboolean in_cell, shared, content, listens;
  guint phonetic;
  GString *text; /* (owned) of a cell of the header */

  /* of the sheet */
  gboolean header_found;
  guint title_column, ours_column;          /* by the title, and by the format; NOWHERE */
  guint edge_before;                        /* the right edge that the dimension had, from 1; 0 = not known */
  GArray *widened;                          /* (owned) guint, edits that tell the column of the reasons behind spans */
  GPtrArray *spans;                         /* (owned) char*, those, beside them */
  GArray *cols;                             /* (owned) Col */
  gint64 cols_offset, cols_end, cols_close; /* of <cols>, its end tag, and behind it; -1 */
  gint64 data_offset;                       /* of <sheetData>; -1 */
  gint64 edge_offset;                       /* of the letters of the dimension's right edge */
  gsize edge_length;
  guint edge;      /* from 1; 0 = none */
  GArray *ranges;  /* (owned) QcSheetRange, merged */
  GArray *filters; /* (owned) QcSheetRange */
} Scan;

void
qc_sheet_scan_clear (QcSheetScan *scan)
{
  g_clear_pointer (&scan->edits, g_array_unref);
  qc_part_form_clear (&scan->form);
}

/* ---- places ---- */

/* Letters at *@p as a column from 0; NOWHERE if there are none. */
static guint
take_letters (const char **p)
{
  guint column = 0;
  const char *begin = *p;
  for (; g_ascii_isalpha (**p) && column <= MAX_COLUMN; (*p)++)
    column = column * 26 + (guint)(g_ascii_toupper (**p) - 'A' + 1);
  return *p > begin && column <= MAX_COLUMN ? column - 1 : NOWHERE;
}

static gboolean
take_corner (const char **p, guint *column, guint *row)
{
  *p += **p == '$';
  const char *begin = *p;
  *column = take_letters (p);
  *p += **p == '$';
  char *end;
  *row = g_ascii_isdigit (**p) ? (guint)MIN (strtoul (*p, &end, 10), MAX_ROW) : 0;
  if (*row > 0)
    *p = end;
  return *p > begin;
}

gboolean
qc_sheet_range_parse (const char *text, QcSheetRange *out)
{
  guint left, right, top, bottom;
  const char *p = text;
  if (!take_corner (&p, &left, &top))
    return FALSE;
  right = left;
  bottom = top;
  if (*p == ':') {
    p++;
    if (!take_corner (&p, &right, &bottom))
      return FALSE;
  }
  *out = (QcSheetRange) {left == NOWHERE ? 0 : left, right == NOWHERE ? MAX_COLUMN - 1 : right, MAX (top, 1),
                         bottom == 0 ? MAX_ROW : bottom};
  return *p == '\0';
}

static void
add_range (GArray *ranges, const char *text)
{
  QcSheetRange range;
  if (text == NULL || !qc_sheet_range_parse (text, &range))
    range = (QcSheetRange) {0, 0, 1, MAX_ROW};
  g_array_append_val (ranges, range);
}

static void
edit (Scan *scan, gint64 offset, gint64 remove, char *text)
{
  qc_part_edits_take (scan->out->edits, offset, remove, text);
}

static void
block (Scan *scan)
{
  scan->out->blocked = scan->stop = TRUE;
}

static gboolean
is_set (const QcPartTag *tag, const char *name)
{
  const char *value = qc_part_get (tag, name);
  return value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
}

static guint
get_number (const QcPartTag *tag, const char *name)
{
  const char *value = qc_part_get (tag, name);
  return value != NULL ? (guint)MIN (strtoul (value, NULL, 10), MAX_ROW) : 0;
}

/* ---- before the rows ---- */

static void
take_dimension (Scan *scan, const QcPartTag *tag)
{
  g_autofree char *text = qc_part_tag_dup (tag);
  gsize at, length;
  if (!qc_part_find_attribute (text, "ref", NULL, &at, &length))
    return;
  const char *colon = memchr (text + at, ':', length);
  if (colon == NULL)
    return; /* of one cell: whoever wrote it did not know how much would come */
  const char *p = colon + 1;
  guint edge = take_letters (&p);
  if (edge == NOWHERE)
    return;
  for (const char *letter = colon + 1; letter < p; letter++)
    if (g_ascii_islower (*letter))
      return; /* it would come back as capitals */
  scan->edge = edge + 1;
  scan->edge_offset = tag->offset + (colon + 1 - text);
  scan->edge_length = (gsize)(p - colon) - 1;
  if (edge + 1 < MAX_COLUMN) /* else it says nothing of what is used */
    scan->width = MAX (scan->width, scan->edge);
}

static void
take_col (Scan *scan, const QcPartTag *tag)
{
  Col col
      = {tag->offset, tag->length, get_number (tag, "min"), get_number (tag, "max"), get_number (tag, "style"), FALSE};
  g_autofree char *text = qc_part_tag_dup (tag);
  g_autofree char *ours
      = g_strdup_printf ("<%scol min=\"%u\" max=\"%u\"" WIDTH, scan->out->form.prefix, col.min, col.max);
  col.ours = g_str_equal (text, ours);
  if (col.min == 0 || col.max < col.min || scan->cols->len >= MAX_COLUMN)
    block (scan);
  g_array_append_val (scan->cols, col);
}

static const Col *
find_col (const Scan *scan, guint column)
{
  for (guint i = 0; i < scan->cols->len; i++) {
    const Col *col = &g_array_index (scan->cols, Col, i);
    if (column + 1 >= col->min && column + 1 <= col->max)
      return col;
  }
  return NULL;
}

/* ---- marks are put in ---- */

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const guint *one = a, *other = b;
  return (*one > *other) - (*one < *other);
}

/* The columns of this row that are faulty, each once. */
static void
want_columns (Scan *scan)
{
  g_array_set_size (scan->wanted, 0);
  scan->done = 0;
  for (guint i = scan->next; i < scan->n && scan->marks[i].row == scan->row; i++)
    if (scan->marks[i].column >= 0) {
      guint column = (guint)scan->marks[i].column;
      g_array_append_val (scan->wanted, column);
    }
  g_array_sort (scan->wanted, compare_columns);
  guint kept = 0;
  for (guint i = 0; i < scan->wanted->len; i++) {
    guint column = g_array_index (scan->wanted, guint, i);
    if (kept == 0 || g_array_index (scan->wanted, guint, kept - 1) != column)
      g_array_index (scan->wanted, guint, kept++) = column;
  }
  g_array_set_size (scan->wanted, kept);
}

/* The format of a faulty cell whose own is @format. */
static guint
fault_style (Scan *scan, guint format, QcFaultBefore before)
{
  if (qc_sheet_styles_has (scan->request->styles, format))
    return qc_sheet_styles_fault (scan->request->styles, format, before);
  block (scan);
  return 0;
}

/* The faulty cells before @column that the row does not have. */
static char *
create_cells (Scan *scan, guint column)
{
  GString *cells = g_string_new (NULL);
  for (; scan->done < scan->wanted->len && g_array_index (scan->wanted, guint, scan->done) < column; scan->done++) {
    guint missing = g_array_index (scan->wanted, guint, scan->done);
    const Col *col = find_col (scan, missing);
    guint own = scan->row_style > 0 ? scan->row_style : col != NULL ? col->style : 0;
    g_autofree char *name = qc_table_dup_column_name (missing);
    g_string_append_printf (cells, "<%sc r=\"%s%u\" s=\"%u\"/>", scan->out->form.prefix, name, scan->row,
                            fault_style (scan, own, QC_FAULT_CREATED));
    g_array_append_val (scan->made, missing);
  }
  return g_string_free (cells, FALSE);
}

static void
restyle (Scan *scan, const QcPartTag *tag)
{
  g_autofree char *text = qc_part_tag_dup (tag);
  gsize at, length;
  gboolean named = qc_part_find_attribute (text, "s", NULL, &at, &length);
  guint style = fault_style (scan, scan->style, named ? QC_FAULT_NAMED : QC_FAULT_UNNAMED);
  if (named)
    edit (scan, tag->offset + (gint64)at, (gint64)length, g_strdup_printf ("%u", style));
  else
    edit (scan, tag->offset + (gint64)qc_part_after_name (text), 0, g_strdup_printf (" s=\"%u\"", style));
}

static void
mark_cell (Scan *scan, const QcPartTag *tag)
{
  if (scan->row_tag == NULL)
    return;
  g_autofree char *before = create_cells (scan, scan->column);
  if (*before != '\0')
    edit (scan, tag->offset, 0, g_steal_pointer (&before));
  if (scan->done < scan->wanted->len && g_array_index (scan->wanted, guint, scan->done) == scan->column) {
    restyle (scan, tag);
    scan->done++;
  }
}

/* The reasons of a row, each once. Sentences of Chinese need no blank between them. */
static char *
join_reasons (Scan *scan)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint begin = scan->next;
  for (; scan->next < scan->n && scan->marks[scan->next].row == scan->row; scan->next++) {
    const char *reason = scan->marks[scan->next].reason;
    gboolean said = FALSE;
    for (guint i = begin; !said && i < scan->next; i++)
      said = g_str_equal (scan->marks[i].reason, reason);
    if (said || all->len + strlen (reason) > MAX_TEXT)
      continue;
    if (all->len > 0 && (guchar)all->str[all->len - 1] < 0x80)
      g_string_append_c (all, ' ');
    g_string_append (all, reason);
  }
  return qc_part_escape (all->str);
}

/* The last cell of a row: the title, or why. */
static char *
reason_cell (Scan *scan, gboolean single)
{
  guint note = MIN (scan->edge, MAX_COLUMN) << NOTE_EDGE_SHIFT | (single ? NOTE_SINGLE : 0);
  gboolean title = scan->row == scan->request->header_row;
  g_autofree char *text = title ? qc_part_escape (scan->request->title) : join_reasons (scan);
  const char *prefix = scan->out->form.prefix;
  return g_strdup_printf (
      "<%sc r=\"%c%u\" s=\"%u\" t=\"inlineStr\"><%sis><%st xml:space=\"preserve\">%s</%st></%sis></%sc>", prefix,
      COLUMN_NAME, scan->row,
      qc_sheet_styles_reason (
          scan->request->styles,
          title && qc_sheet_styles_has (scan->request->styles, scan->last_style) ? scan->last_style : 0, note),
      prefix, prefix, text, prefix, prefix, prefix);
}

static gboolean
covers (const char *spans, guint number)
{
  for (const char *p = spans; g_ascii_isdigit (*p);) {
    char *end;
    gulong first = strtoul (p, &end, 10), last = *end == ':' ? strtoul (end + 1, &end, 10) : first;
    if (number >= first && number <= last)
      return TRUE;
    p = end + (*end == ' ');
  }
  return FALSE;
}

/* The cells that came are told behind what the row says of its cells, one each, unless it says so already. */
static void
widen_spans (Scan *scan)
{
  gsize at, length;
  if (!qc_part_find_attribute (scan->row_tag, "spans", NULL, &at, &length))
    return;
  if (!g_ascii_isdigit (scan->row_tag[at]))
    return; /* it says nothing */
  g_autofree char *spans = g_strndup (scan->row_tag + at, length);
  GString *more = g_string_new (NULL);
  for (guint i = 0; i < scan->made->len; i++) {
    guint number = g_array_index (scan->made, guint, i) + 1;
    if (!covers (spans, number))
      g_string_append_printf (more, " %u:%u", number, number);
  }
  if (!scan->request->only_fills) {
    g_string_append_printf (more, " %c:%c", COLUMN_NUMBER, COLUMN_NUMBER);
    g_array_append_val (scan->widened, scan->out->edits->len);
    g_ptr_array_add (scan->spans, g_steal_pointer (&spans));
  }
  edit (scan, scan->row_offset + (gint64)(at + length), 0, g_string_free (more, FALSE));
}

/* Faulty cells without a word. That a row was <row/> is noted with the reason: here such a row stays as it is. */
static void
fill_row (Scan *scan, const QcPartTag *end)
{
  while (scan->next < scan->n && scan->marks[scan->next].row == scan->row)
    scan->next++;
  g_autofree char *created = end->length > 0 ? create_cells (scan, NOWHERE) : g_strdup ("");
  if (*created != '\0')
    edit (scan, end->offset, 0, g_steal_pointer (&created));
  if (scan->made->len > 0)
    widen_spans (scan);
}

static void
mark_row (Scan *scan, const QcPartTag *end)
{
  gboolean single = end->length == 0;
  g_autofree char *created = create_cells (scan, NOWHERE), *reason = reason_cell (scan, single);
  if (!single) {
    edit (scan, end->offset, 0, g_strconcat (created, reason, NULL));
  } else if (g_str_has_suffix (scan->row_tag, "/>")) {
    edit (scan, scan->row_offset + scan->row_length - 2, 2,
          g_strdup_printf (">%s%s</%srow>", created, reason, scan->out->form.prefix));
  } else {
    block (scan);
  }
  widen_spans (scan);
  scan->header_found |= scan->header;
}

/* ---- marks are taken out ---- */

/* What the row says of its cells loses as many at its end as cells went, if they are those. */
static void
narrow_spans (Scan *scan)
{
  gsize at, length;
  if (!qc_part_find_attribute (scan->row_tag, "spans", NULL, &at, &length))
    return;
  gsize kept = length;
  for (guint i = scan->made->len; i > 0; i--) {
    guint number = g_array_index (scan->made, guint, i - 1) + 1;
    g_autofree char *last = g_strdup_printf (" %u:%u", number, number);
    gsize its = strlen (last);
    if (kept <= its || strncmp (scan->row_tag + at + kept - its, last, its) != 0)
      continue; /* it was told before, or another program has written it anew */
    kept -= its;
  }
  if (kept < length)
    edit (scan, scan->row_offset + (gint64)(at + kept), (gint64)(length - kept), g_strdup (""));
}

static void
unmark_row (Scan *scan, const QcPartTag *end)
{
  if (scan->made->len == 0)
    return;
  narrow_spans (scan);
  if (scan->single && !scan->keeps && end->length > 0) {
    edit (scan, scan->row_offset + scan->row_length - 1, 1, g_strdup ("/>"));
    edit (scan, end->offset, end->length, g_strdup (""));
  }
}

static void
remove_cell (Scan *scan, gint64 end)
{
  edit (scan, scan->cell_offset, end - scan->cell_offset, g_strdup (""));
  g_array_append_val (scan->made, scan->column);
}

static void
take_fault_back (Scan *scan, gint64 end)
{
  QcFaultBefore before;
  guint own = qc_sheet_styles_before (scan->request->styles, scan->style, &before);
  gsize begin, at, length;
  if (before == QC_FAULT_CREATED && !scan->content) {
    remove_cell (scan, end);
    return;
  }
  scan->keeps = TRUE;
  if (!qc_part_find_attribute (scan->cell_tag, "s", &begin, &at, &length))
    return;
  if (before == QC_FAULT_UNNAMED)
    edit (scan, scan->cell_offset + (gint64)begin, (gint64)(at + length + 1 - begin), g_strdup (""));
  else
    edit (scan, scan->cell_offset + (gint64)at, (gint64)length, g_strdup_printf ("%u", own));
}

static void
unmark_cell (Scan *scan, gint64 end)
{
  QcStyleKind kind = qc_sheet_styles_get_kind (scan->request->styles, scan->style);
  if (kind == QC_STYLE_REASON) {
    guint note = qc_sheet_styles_get_note (scan->request->styles, scan->style);
    scan->ours_column = scan->column;
    scan->edge_before = note >> NOTE_EDGE_SHIFT;
    scan->single = (note & NOTE_SINGLE) != 0;
  }
  if (kind == QC_STYLE_REASON || scan->column == scan->title_column)
    remove_cell (scan, end);
  else if (kind == QC_STYLE_FAULT)
    take_fault_back (scan, end);
  else
    scan->keeps = TRUE;
}

/* ---- rows and cells ---- */

static gboolean
marks_come (const Scan *scan)
{
  return scan->marks != NULL;
}

static void
begin_row (Scan *scan, const QcPartTag *tag)
{
  guint row = qc_part_get (tag, "r") != NULL ? get_number (tag, "r") : scan->row + 1;
  g_clear_pointer (&scan->row_tag, g_free);
  g_array_set_size (scan->made, 0);
  scan->keeps = scan->single = FALSE;
  scan->header = row == scan->request->header_row;
  scan->column = NOWHERE;
  scan->last_style = 0;
  scan->row_offset = tag->offset;
  scan->row_length = tag->length;
  if (row <= scan->row || row > MAX_ROW) {
    block (scan);
    return;
  }
  scan->row = row;
  if (!marks_come (scan)) {
    scan->row_tag = qc_part_tag_dup (tag);
    return;
  }
  gboolean marked = scan->next < scan->n && scan->marks[scan->next].row <= row;
  if (marked && scan->marks[scan->next].row < row)
    block (scan);                               /* a row that the sheet does not have */
  scan->out->crowded |= marked && scan->header; /* where the title would stand */
  if (!marked && !scan->header)
    return;
  scan->row_tag = qc_part_tag_dup (tag);
  scan->row_style = is_set (tag, "customFormat") ? get_number (tag, "s") : 0;
  want_columns (scan);
}

/* A number as every program writes it; what else stands there could not be written again as it was. */
static guint
style_number (const char *style)
{
  gsize length = strspn (style, "0123456789");
  gboolean plain = length > 0 && length <= 6 && style[length] == '\0' && (style[0] != '0' || length == 1);
  return plain ? (guint)strtoul (style, NULL, 10) : NOWHERE;
}

static void
begin_cell (Scan *scan, const QcPartTag *tag)
{
  const char *place = NULL, *type = NULL, *style = NULL;
  for (const char **a = tag->attributes; *a != NULL; a += 2)
    if (a[0][0] != '\0' && a[0][1] == '\0') {
      if (a[0][0] == 'r')
        place = a[1];
      else if (a[0][0] == 't')
        type = a[1];
      else if (a[0][0] == 's')
        style = a[1];
    }
  guint column = place != NULL ? take_letters (&place) : scan->column + 1;
  if (column >= MAX_COLUMN || (scan->column != NOWHERE && column <= scan->column)) {
    block (scan);
    return;
  }
  scan->column = column;
  scan->width = MAX (scan->width, column + 1);
  scan->style = style != NULL ? style_number (style) : 0;
  scan->cell_offset = tag->offset;
  scan->in_cell = TRUE;
  scan->content = FALSE;
  scan->shared = type != NULL && g_str_equal (type, "s");
  if (scan->header) {
    scan->last_style = scan->style;
    g_string_truncate (scan->text, 0);
  }
  QcStyleKind kind = qc_sheet_styles_get_kind (scan->request->styles, scan->style);
  if (marks_come (scan)) {
    if (kind != QC_STYLE_CLERKS && !scan->request->fresh)
      scan->out->marked = scan->stop = TRUE;
    else if (!qc_sheet_styles_has (scan->request->styles, scan->style))
      block (scan); /* of a format that is not there: one that is appended would be its own */
    else
      mark_cell (scan, tag);
  } else if (kind == QC_STYLE_FAULT) {
    g_free (scan->cell_tag);
    scan->cell_tag = qc_part_tag_dup (tag);
  }
}

/* Whether the cell of the header that ends here is the title. */
static gboolean
is_title (const Scan *scan)
{
  char *end;
  if (!scan->shared)
    return g_str_equal (scan->text->str, scan->request->title);
  guint64 place = g_ascii_strtoull (scan->text->str, &end, 10);
  return end != scan->text->str && place < G_MAXUINT
         && g_hash_table_contains (scan->titles, GUINT_TO_POINTER ((guint)place));
}

static void
end_cell (Scan *scan, const QcPartTag *tag)
{
  scan->in_cell = scan->listens = FALSE;
  if (scan->header && is_title (scan)) {
    if (!marks_come (scan))
      scan->title_column = scan->column;
    else if (!scan->request->fresh)
      scan->out->marked = scan->stop = TRUE;
  }
  if (!marks_come (scan))
    unmark_cell (scan, tag->offset + tag->length);
}

static void
begin_inside (Scan *scan, const char *name)
{
  scan->content = TRUE;
  if (g_str_equal (name, "rPh"))
    scan->phonetic++;
  else if (name[1] == '\0' && (name[0] == 'v' || name[0] == 't'))
    scan->listens = TRUE;
}

static void
begin_beside (Scan *scan, const QcPartTag *tag)
{
  if (g_str_equal (tag->name, "dimension")) {
    take_dimension (scan, tag);
  } else if (g_str_equal (tag->name, "cols")) {
    if (scan->cols_offset >= 0)
      block (scan); /* nor a second one */
    scan->cols_offset = tag->offset;
  } else if (g_str_equal (tag->name, "col")) {
    take_col (scan, tag);
  } else if (g_str_equal (tag->name, "sheetData")) {
    scan->data_offset = tag->offset;
  } else if (g_str_equal (tag->name, "mergeCell")) {
    add_range (scan->ranges, qc_part_get (tag, "ref"));
  } else if (g_str_equal (tag->name, "autoFilter")) {
    add_range (scan->filters, qc_part_get (tag, "ref"));
  } else if (g_str_equal (tag->name, "tablePart")
             || (g_str_equal (tag->name, "sheetProtection") && is_set (tag, "sheet"))) {
    scan->out->crowded = TRUE;
  }
}

static void
sheet_start (gpointer user_data, const QcPartTag *tag)
{
  Scan *scan = user_data;
  if (scan->stop)
    return;
  if (scan->out->form.wide)
    block (scan);
  else if (tag->name[0] == 'c' && tag->name[1] == '\0' && scan->data_offset >= 0)
    begin_cell (scan, tag);
  else if (scan->in_cell)
    begin_inside (scan, tag->name);
  else if (g_str_equal (tag->name, "row") && scan->data_offset >= 0)
    begin_row (scan, tag);
  else
    begin_beside (scan, tag);
}

static void
sheet_end (gpointer user_data, const QcPartTag *tag)
{
  Scan *scan = user_data;
  if (scan->stop)
    return;
  if (tag->name[0] == 'c' && tag->name[1] == '\0' && scan->in_cell) {
    end_cell (scan, tag);
  } else if (scan->in_cell) {
    scan->phonetic -= scan->phonetic > 0 && g_str_equal (tag->name, "rPh");
    scan->listens = FALSE;
  } else if (g_str_equal (tag->name, "row") && scan->row_tag != NULL) {
    if (!marks_come (scan))
      unmark_row (scan, tag);
    else if (scan->request->only_fills)
      fill_row (scan, tag);
    else
      mark_row (scan, tag);
    g_clear_pointer (&scan->row_tag, g_free);
  } else if (g_str_equal (tag->name, "cols")) {
    scan->cols_end = tag->length > 0 ? tag->offset : -1;
    scan->cols_close = tag->offset + tag->length;
    if (scan->cols->len == 0)
      block (scan); /* <cols/> is none that a program writes */
  }
}

static void
sheet_text (gpointer user_data, const char *text, int length)
{
  Scan *scan = user_data;
  if (scan->listens && scan->header && scan->phonetic == 0 && scan->text->len <= MAX_TEXT)
    g_string_append_len (scan->text, text, length);
}

/* ---- where the title lies among the shared texts ---- */

typedef struct {
  Scan *scan; /* borrowed */
  guint place, phonetic;
  gboolean listens;
} Titles;

static void
titles_start (gpointer user_data, const char *name, const char **attributes)
{
  Titles *titles = user_data;
  if (g_str_equal (name, "si"))
    g_string_truncate (titles->scan->text, 0);
  titles->phonetic += g_str_equal (name, "rPh");
  titles->listens = g_str_equal (name, "t") && titles->phonetic == 0;
}

static void
titles_end (gpointer user_data, const char *name)
{
  Titles *titles = user_data;
  Scan *scan = titles->scan;
  titles->listens = FALSE;
  titles->phonetic -= titles->phonetic > 0 && g_str_equal (name, "rPh");
  if (!g_str_equal (name, "si"))
    return;
  if (g_str_equal (scan->text->str, scan->request->title))
    g_hash_table_add (scan->titles, GUINT_TO_POINTER (titles->place));
  titles->place++;
}

static void
titles_text (gpointer user_data, const char *text, int length)
{
  const Titles *titles = user_data;
  if (titles->listens && titles->scan->text->len <= MAX_TEXT)
    g_string_append_len (titles->scan->text, text, length);
}

/* ---- the whole ---- */

static gboolean
run (Scan *scan, GCancellable *cancellable, GError **error)
{
  static const QcPackageHandlers titles = {titles_start, titles_end, titles_text};
  static const QcPartHandlers handlers = {sheet_start, sheet_end, sheet_text};
  const QcSheetScanRequest *request = scan->request;
  Titles reading = {.scan = scan};
  if (request->header_row > 0 && request->texts_part != NULL && !request->fresh
      && !qc_package_parse (request->package, request->texts_part, &titles, &reading, NULL, cancellable, error))
    return FALSE;
  return qc_part_scan (request->package, request->part, &handlers, scan, &scan->out->form, &scan->stop, cancellable,
                       error);
}

static void
begin (Scan *scan, const QcSheetScanRequest *request, QcSheetScan *out)
{
  out->edits = qc_part_edits_new ();
  scan->request = request;
  scan->out = out;
  scan->column = scan->title_column = scan->ours_column = NOWHERE;
  scan->cols_offset = scan->cols_end = scan->data_offset = -1;
  scan->titles = g_hash_table_new (NULL, NULL);
  scan->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  scan->made = g_array_new (FALSE, FALSE, sizeof (guint));
  scan->widened = g_array_new (FALSE, FALSE, sizeof (guint));
  scan->spans = g_ptr_array_new_with_free_func (g_free);
  scan->cols = g_array_new (FALSE, FALSE, sizeof (Col));
  scan->ranges = g_array_new (FALSE, FALSE, sizeof (QcSheetRange));
  scan->filters = g_array_new (FALSE, FALSE, sizeof (QcSheetRange));
  scan->text = g_string_new (NULL);
}

static void
clear (Scan *scan)
{
  g_hash_table_unref (scan->titles);
  g_array_unref (scan->wanted);
  g_array_unref (scan->made);
  g_array_unref (scan->widened);
  g_ptr_array_unref (scan->spans);
  g_array_unref (scan->cols);
  g_array_unref (scan->ranges);
  g_array_unref (scan->filters);
  g_string_free (scan->text, TRUE);
  g_free (scan->row_tag);
  g_free (scan->cell_tag);
}

/* The column has a width of its own, unless a range of columns has one that holds it too. */
static void
add_col (Scan *scan, guint column)
{
  const char *prefix = scan->out->form.prefix;
  if (find_col (scan, column) != NULL)
    return;
  g_autofree char *ours = g_strdup_printf ("<%scol min=\"%u\" max=\"%u\"" WIDTH, prefix, column + 1, column + 1);
  if (scan->cols_offset < 0) {
    edit (scan, scan->data_offset, 0, g_strdup_printf ("<%scols>%s</%scols>", prefix, ours, prefix));
    return;
  }
  gint64 place = scan->cols_end;
  for (guint i = scan->cols->len; i > 0; i--) {
    const Col *col = &g_array_index (scan->cols, Col, i - 1);
    if (col->min > column + 1)
      place = col->offset;
  }
  edit (scan, place, 0, g_steal_pointer (&ours));
}

static void
remove_col (Scan *scan, guint column)
{
  const Col *col = find_col (scan, column);
  if (col == NULL || !col->ours || col->min != column + 1 || scan->cols_end < 0)
    return;
  if (scan->cols->len == 1)
    edit (scan, scan->cols_offset, scan->cols_close - scan->cols_offset, g_strdup (""));
  else
    edit (scan, col->offset, col->length, g_strdup (""));
}

static gboolean
is_in_the_way (const Scan *scan, guint column)
{
  for (guint i = 0; i < scan->filters->len; i++) {
    const QcSheetRange *range = &g_array_index (scan->filters, QcSheetRange, i);
    if (column < range->left || column > range->right) /* rows would be sorted without their reasons */
      return TRUE;
  }
  for (guint i = 0; i < scan->ranges->len; i++) {
    const QcSheetRange *range = &g_array_index (scan->ranges, QcSheetRange, i);
    guint header = scan->request->header_row;
    if (column < range->left || column > range->right)
      continue;
    if (header >= range->top && header <= range->bottom)
      return TRUE;
    for (guint mark = 0; mark < scan->n; mark++)
      if (scan->marks[mark].row >= range->top && scan->marks[mark].row <= range->bottom)
        return TRUE;
  }
  return column + 1 >= MAX_COLUMN;
}

/* Where spans hold the column already, it is not told again. */
static void
drop_covered (Scan *scan, guint column)
{
  for (guint i = 0; i < scan->widened->len; i++) {
    QcPartEdit *each = &g_array_index (scan->out->edits, QcPartEdit, g_array_index (scan->widened, guint, i));
    if (covers (g_ptr_array_index (scan->spans, i), column + 1))
      *strrchr (each->text, ' ') = '\0';
  }
}

/* The letters and the number of the column take their places. */
static void
name_column (GArray *edits, guint column)
{
  const char letters[] = {COLUMN_NAME, '\0'}, digits[] = {COLUMN_NUMBER, '\0'};
  g_autofree char *name = qc_table_dup_column_name (column), *number = g_strdup_printf ("%u", column + 1);
  for (guint i = 0; i < edits->len; i++) {
    QcPartEdit *each = &g_array_index (edits, QcPartEdit, i);
    if (strpbrk (each->text, "\1\2") == NULL)
      continue;
    GString *text = g_string_new (each->text);
    g_string_replace (text, letters, name, 0);
    g_string_replace (text, digits, number, 0);
    g_free (each->text);
    each->text = g_string_free (text, FALSE);
  }
}

static void
finish_marks (Scan *scan)
{
  const QcSheetScanRequest *request = scan->request;
  QcSheetScan *out = scan->out;
  if (out->marked)
    return;
  for (guint i = 0; i < scan->n; i++)
    scan->width = MAX (scan->width, scan->marks[i].column >= 0 ? (guint)scan->marks[i].column + 1 : 0);
  out->column = MAX (scan->width, request->least);
  out->blocked
      = out->blocked || scan->next < scan->n || scan->data_offset < 0 || qc_sheet_styles_is_full (request->styles);
  out->crowded = out->crowded || (request->header_row > 0 && !scan->header_found) || is_in_the_way (scan, out->column);
  if (request->only_fills)
    qc_part_edits_sort (out->edits);
  if (out->blocked || out->crowded || request->only_fills)
    return;
  if (scan->edge > 0 && scan->edge <= out->column) {
    char *name = qc_table_dup_column_name (out->column);
    edit (scan, scan->edge_offset, (gint64)scan->edge_length, name);
  }
  drop_covered (scan, out->column); /* before their order changes */
  add_col (scan, out->column);
  name_column (out->edits, out->column);
  qc_part_edits_sort (out->edits);
}

gboolean
qc_sheet_scan_mark (const QcSheetScanRequest *request, const QcSheetMark *marks, guint n, QcSheetScan *out,
                    GCancellable *cancellable, GError **error)
{
  static const QcSheetMark none;
  Scan scan = {.marks = marks != NULL ? marks : &none, .n = n};
  begin (&scan, request, out);
  gboolean ok = run (&scan, cancellable, error);
  if (ok)
    finish_marks (&scan);
  clear (&scan);
  return ok;
}

gboolean
qc_sheet_scan_unmark (const QcSheetScanRequest *request, QcSheetScan *out, GCancellable *cancellable, GError **error)
{
  Scan scan = {.n = 0};
  begin (&scan, request, out);
  gboolean ok = run (&scan, cancellable, error);
  out->column = scan.title_column != NOWHERE ? scan.title_column : scan.ours_column != NOWHERE ? scan.ours_column : 0;
  if (ok && !out->blocked && out->edits->len > 0) {
    guint right = scan.edge_before > 0 ? scan.edge_before : out->column; /* without a note: as wide as the rest */
    if (scan.edge == out->column + 1 && right > 0 && right < scan.edge)
      edit (&scan, scan.edge_offset, (gint64)scan.edge_length, qc_table_dup_column_name (right - 1));
    remove_col (&scan, out->column);
  }
  out->marked = !out->blocked && out->edits->len > 0;
  qc_part_edits_sort (out->edits);
  clear (&scan);
  return ok;
}
