/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Any list as it was read from the screen, on paper. What it says is what the screen said; sums are made here. On the
 * thread of the walk, but for making it.
 */
#include "qc-printout-private.h"

#include <string.h>

#include "qc-money.h"

#define PER_CHARACTER 1.6 /* mm: of a letter; an ideograph is two */
#define PADDING       2.6
#define LEAST         6  /* letters */
#define MOST          26 /* what is longer takes several lines */
#define NUMBER_WIDTH  11.0
#define UPRIGHT       190.0 /* mm: wider lists lie across */

typedef struct {
  GArray *columns;  /* (owned) QcExportColumn */
  GPtrArray *cells; /* (owned) char* (nullable), row after row */
  char *title;      /* (owned) */
  char *note;       /* (owned) (nullable) */
} Table;

static void
table_free (gpointer data)
{
  Table *table = data;
  g_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table->title);
  g_free (table->note);
  g_free (table);
}

static const char *
cell_at (const Table *table, guint row, guint column)
{
  return g_ptr_array_index (table->cells, row * table->columns->len + column);
}

/* "12,345.67", "￥12,345.67", "+12.00", "−12.00". */
static gboolean
parse_amount (const char *text, QcMoney *out)
{
  static const char minus[] = "−", yuan[] = "￥";
  gboolean negative = g_str_has_prefix (text, minus) || *text == '-';
  if (negative || *text == '+')
    text += g_str_has_prefix (text, minus) ? strlen (minus) : 1;
  if (g_str_has_prefix (text, yuan))
    text += strlen (yuan);
  if (strchr (text, '.') == NULL || !qc_money_parse (text, out))
    return FALSE;
  *out = negative ? -*out : *out;
  return TRUE;
}

/* A column of amounts: all that stands in it are, with their decimals. */
static gboolean
is_sum (const Table *table, guint column)
{
  guint rows = table->cells->len / table->columns->len, amounts = 0;
  const QcExportColumn *its = &g_array_index (table->columns, QcExportColumn, column);
  if (!its->figures || its->unsummed)
    return FALSE;
  for (guint row = 0; row < rows; row++) {
    const char *text = cell_at (table, row, column);
    QcMoney fen;
    if (text == NULL || *text == '\0')
      continue;
    if (!parse_amount (text, &fen))
      return FALSE;
    amounts++;
  }
  return amounts > 0;
}

static guint
letters_of (const char *text)
{
  guint n = 0;
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    n += (guchar)*p >= 0xe3 ? 2 : 1;
  return n;
}

/* As wide as what stands in it; a head may take two lines. */
static double
width_of (const Table *table, guint column)
{
  guint rows = table->cells->len / table->columns->len;
  guint letters = (letters_of (g_array_index (table->columns, QcExportColumn, column).title) + 1) / 2;
  for (guint row = 0; row < rows; row++)
    letters = MAX (letters, letters_of (cell_at (table, row, column)));
  return PADDING + PER_CHARACTER * CLAMP (letters, LEAST, MOST);
}

static void
add_columns (const Table *table, QcListForm *list)
{
  const QcListColumn number = {"序号", NUMBER_WIDTH, QC_ALIGN_CENTER, FALSE};
  qc_list_form_add_column (list, 0, &number);
  for (guint i = 0; i < table->columns->len; i++) {
    const QcExportColumn *column = &g_array_index (table->columns, QcExportColumn, i);
    const QcListColumn on_paper
        = {column->title, width_of (table, i), column->figures ? QC_ALIGN_RIGHT : QC_ALIGN_LEFT, is_sum (table, i)};
    qc_list_form_add_column (list, 0, &on_paper);
  }
}

static gboolean
fill (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error)
{
  const Table *table = data;
  guint rows = table->cells->len / table->columns->len;
  QcListHead head = qc_printout_job_head (job, table->title);
  head.counted = "行";
  g_autofree char *running = g_strdup_printf ("%s（%s）", job->unit_name, job->unit);
  head.running = running;
  QcListForm *list = qc_binder_add_list (job->binder, &head);
  add_columns (table, list);
  for (guint row = 0; row < rows; row++) {
    qc_list_form_begin_row (list, 0);
    qc_list_form_number (list, row + 1);
    for (guint i = 0; i < table->columns->len; i++) {
      const char *text = cell_at (table, row, i);
      QcMoney fen;
      if (text != NULL && g_array_index (table->columns, QcExportColumn, i).figures && parse_amount (text, &fen))
        qc_list_form_amount (list, fen);
      else
        qc_list_form_text (list, text);
    }
    if (!qc_list_form_end_row (list, error) || (row % 256 == 0 && !qc_printout_job_go_on (job, error)))
      return FALSE;
  }
  g_auto (GStrv) notes = g_strsplit (table->note != NULL ? table->note : "", "\n", -1);
  for (guint i = 0; notes[i] != NULL; i++)
    if (*notes[i] != '\0')
      qc_list_form_add_note (list, notes[i]);
  return TRUE;
}

static const QcPrintoutKind table_kind = {fill, table_free};

/* What lies across where its columns would have to be small otherwise. */
static QcPaperSize
natural_paper (const Table *table)
{
  double wanted = NUMBER_WIDTH;
  for (guint i = 0; i < table->columns->len; i++)
    wanted += width_of (table, i);
  return wanted > UPRIGHT ? QC_PAPER_A4_LANDSCAPE : QC_PAPER_A4;
}

QcPrintout *
qc_printout_new_table (QcSession *session, const char *title, const QcExportColumn *columns, guint n_columns,
                       GPtrArray *cells, const char *note)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && n_columns > 0 && cells->len % n_columns == 0, NULL);
  Table *table = g_new0 (Table, 1);
  table->columns = g_array_new (FALSE, FALSE, sizeof *columns);
  g_array_append_vals (table->columns, columns, n_columns);
  table->cells = cells;
  table->title = g_strdup (title);
  table->note = g_strdup (note);
  QcPrintout *self = qc_printout_new (session, title, natural_paper (table));
  qc_printout_add (self, &table_kind, table);
  return self;
}
