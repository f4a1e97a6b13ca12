/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Any list that is exported as it is read on the screen: texts, of which those in columns of figures become numbers.
 * On the thread of the walk, but for making it.
 */
#include "qc-export-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "qc-money.h"

typedef struct {
  GArray *columns;  /* (owned) QcExportColumn */
  GPtrArray *cells; /* (owned) char* (nullable), row after row */
  char *note;       /* (owned) (nullable) */
} Table;

static void
table_free (gpointer data)
{
  Table *table = data;
  g_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table->note);
  g_free (table);
}

static const char *
cell_at (const Table *table, guint row, guint column)
{
  return g_ptr_array_index (table->cells, row * table->columns->len + column);
}

/* "12,345.67", "+12.00", "−12.00", "128" as hundredths. FALSE where there is more in it than a figure. */
static gboolean
parse_figure (const char *text, gint64 *out_hundredths)
{
  static const char minus[] = "−";
  gboolean negative = text != NULL && (g_str_has_prefix (text, minus) || *text == '-');
  if (text != NULL && (negative || *text == '+'))
    text += g_str_has_prefix (text, minus) ? strlen (minus) : 1;
  if (!qc_money_parse (text, out_hundredths))
    return FALSE;
  *out_hundredths = negative ? -*out_hundredths : *out_hundredths;
  return TRUE;
}

/* A column of figures has them all in fen as soon as one has decimals. */
static QcSheetKind
kind_of (const Table *table, guint column)
{
  guint rows = table->cells->len / table->columns->len;
  if (!g_array_index (table->columns, QcExportColumn, column).figures)
    return QC_SHEET_TEXT;
  for (guint row = 0; row < rows; row++) {
    const char *text = cell_at (table, row, column);
    if (text != NULL && strchr (text, '.') != NULL)
      return QC_SHEET_MONEY;
  }
  return QC_SHEET_NUMBER;
}

static gboolean
prepare (QcExportJob *job, QcConnection *connection, GError **error)
{
  Table *table = job->data;
  job->rows = table->cells->len / table->columns->len;
  for (guint i = 0; i < table->columns->len; i++) {
    const QcExportColumn *column = &g_array_index (table->columns, QcExportColumn, i);
    qc_export_job_add_column (job, column->title, kind_of (table, i), column->chars);
  }
  if (table->note != NULL)
    qc_export_job_take_note (job, g_strdup (table->note));
  qc_export_job_take_note (job, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row, as the list showed it.",
                                                              "%u rows, as the list showed them.", job->rows),
                                                 job->rows));
  return TRUE;
}

static void
write_cell (QcSheetWriter *writer, QcSheetKind kind, const char *text)
{
  gint64 hundredths;
  if (kind == QC_SHEET_TEXT || !parse_figure (text, &hundredths))
    qc_sheet_writer_text (writer, text);
  else
    qc_sheet_writer_number (writer, kind == QC_SHEET_MONEY ? hundredths : hundredths / 100);
}

static gboolean
fill (QcExportJob *job, QcConnection *connection, QcSheetWriter *writer, GError **error)
{
  const Table *table = job->data;
  for (guint row = 0; row < job->rows; row++) {
    qc_sheet_writer_begin_row (writer, FALSE);
    for (guint i = 0; i < table->columns->len; i++)
      write_cell (writer, g_array_index (job->columns, QcSheetColumn, i).kind, cell_at (table, row, i));
    if (!qc_sheet_writer_end_row (writer, error))
      return FALSE;
  }
  return TRUE;
}

static const QcExportKind table_kind = {prepare, fill, table_free};

QcExport *
qc_export_new_table (QcSession *session, const char *title, QcMonth month, const QcExportColumn *columns,
                     guint n_columns, GPtrArray *cells, const char *note)
{
  g_return_val_if_fail (QC_IS_SESSION (session) && n_columns > 0 && cells->len % n_columns == 0, NULL);
  Table *table = g_new0 (Table, 1);
  table->columns = g_array_new (FALSE, FALSE, sizeof *columns);
  g_array_append_vals (table->columns, columns, n_columns);
  table->cells = cells;
  table->note = g_strdup (note);
  return qc_export_new (session, &table_kind, table, title, _ ("List"), month);
}
