/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The command journal: who did what, when; narrowed, exported, verified. Needs no network. Main thread.
 */
#include "qc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "qc-cli-out.h"
#include "qc-export.h"
#include "qc-journal-list.h"
#include "qc-month.h"

typedef struct {
  char *text, *kind, *account, *from, *to; /* (owned) (nullable) */
  int limit;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->text);
  g_free (options->kind);
  g_free (options->account);
  g_free (options->from);
  g_free (options->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* 20261123 or 2026-11-23, NULL = none. */
static gboolean
read_day (const char *text, QcDate *out)
{
  gsize length = text ? strlen (text) : 0;
  gboolean dashed = length == 10 && text[4] == '-' && text[7] == '-';
  if (text && !dashed && length != 8) /* 2026-1123 is none of both */
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (text ? text : "0", "-", 3);
  g_autofree char *digits = g_strjoinv ("", parts);
  guint64 date;
  if (!g_ascii_string_to_unsigned (digits, 10, 0, 99999999, &date, NULL))
    return FALSE;
  *out = (QcDate)date;
  return !text || qc_date_is_valid (*out);
}

static gboolean
understand (const Options *options, QcJournalFilter *filter)
{
  QcDate from, to;
  if (!read_day (options->from, &from) || !read_day (options->to, &to) || options->limit < 0)
    return FALSE;
  *filter = (QcJournalFilter) {.text = options->text,
                               .kind = options->kind,
                               .unit = options->account,
                               .from = from ? qc_date_to_unix (from) : 0,
                               .to = to ? qc_date_to_unix (qc_date_add_days (to, 1)) : 0};
  return TRUE;
}

/* --- rows --- */

static gboolean
list_read (gpointer list)
{
  return !qc_journal_list_is_reading (list);
}

static gboolean
row_read (gpointer row)
{
  return qc_journal_row_get_number (row) > 0;
}

static void
print_entry (QcJournalRow *row)
{
  g_autofree char *what = qc_journal_row_dup_action (row), *about = qc_journal_row_dup_subject (row);
  QcLine *line = qc_line_new ("entry");
  qc_line_int (line, "number", qc_journal_row_get_number (row));
  qc_line_int (line, "time", qc_journal_row_get_time (row));
  qc_line_text (line, "actor", qc_journal_row_get_actor (row));
  qc_line_text (line, "act", qc_journal_row_get_code (row));
  qc_line_text (line, "what", what);
  qc_line_text (line, "about", about);
  qc_line_text (line, "unit", qc_journal_row_get_account (row));
  qc_line_text (line, "subject", qc_journal_row_get_raw_subject (row));
  qc_line_text (line, "detail", qc_journal_row_get_raw_detail (row));
  qc_line_print (line);
}

typedef struct {
  char *time, *what, *about, *actor, *unit; /* (owned) */
} Cells;

static void
cells_clear (Cells *cells)
{
  g_free (cells->time);
  g_free (cells->what);
  g_free (cells->about);
  g_free (cells->actor);
  g_free (cells->unit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static Cells
cells_of (QcJournalRow *row)
{
  return (Cells) {qc_journal_row_dup_time (row), qc_journal_row_dup_action (row), qc_journal_row_dup_subject (row),
                  qc_journal_row_dup_actor (row), qc_journal_row_dup_unit (row)};
}

/* The row at @position, once it is read. (transfer full) (nullable): then *@status */
static QcJournalRow *
take_row (QcCli *cli, QcJournalList *list, guint position, int *status)
{
  g_autoptr (QcJournalRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);
  if (qc_cli_wait_here (cli, row_read, row))
    return g_steal_pointer (&row);
  *status = qc_cli_fail_with (cli, QC_EXIT_FAILED, "late", _ ("The database did not answer in time."));
  return NULL;
}

static int
show (QcCli *cli, QcJournalList *list, guint n)
{
  int status = QC_EXIT_OK;
  QcCliTable *table
      = qc_cli_table_new ("lllll", _ ("Time"), _ ("What was done"), _ ("What it is about"), _ ("Done by"), _ ("Unit"));
  for (guint i = 0; i < n && status == QC_EXIT_OK; i++) {
    g_autoptr (QcJournalRow) row = take_row (cli, list, i, &status);
    if (row && cli->json) {
      print_entry (row);
    } else if (row) {
      g_auto (Cells) cells = cells_of (row);
      qc_cli_table_add (table, cells.time, cells.what, cells.about, cells.actor, cells.unit);
    }
  }
  qc_cli_table_print (table);
  if (n == 0 && !cli->json)
    qc_say ("%s", _ ("Nothing in the journal is like that."));
  return status;
}

static int export(QcCli *cli, QcJournalList *list, guint n, const char *path)
{
  const QcExportColumn columns[]
      = {{_ ("Time"), 18, FALSE},    {_ ("What was done"), 26, FALSE}, {_ ("What it is about"), 50, FALSE},
         {_ ("Done by"), 12, FALSE}, {_ ("Unit"), 30, FALSE},          {_ ("Number"), 10, FALSE}};
  int status = QC_EXIT_OK;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n && status == QC_EXIT_OK; i++) {
    g_autoptr (QcJournalRow) row = take_row (cli, list, i, &status);
    if (!row)
      return status;
    Cells cells = cells_of (row);
    char *const fields[] = {cells.time, cells.what, cells.about, cells.actor, cells.unit};
    for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
      g_ptr_array_add (rows, fields[k]);
    g_ptr_array_add (rows, g_strdup_printf ("%" G_GINT64_FORMAT, qc_journal_row_get_number (row)));
  }
  g_autoptr (QcExport) export = qc_export_new_table (cli->session, _ ("Journal"), QC_MONTH_NONE, columns,
                                                     G_N_ELEMENTS (columns), g_steal_pointer (&rows), NULL);
  return qc_cli_write_export (cli, export, "journal", path);
}

int
qc_cli_journal (QcCli *cli, char ***argv)
{
  int status;
  g_auto (Options) options = {0};
  const GOptionEntry entries[] = {
      {"search", 0, 0, G_OPTION_ARG_STRING, &options.text, NULL, NULL},
      {"kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, NULL, NULL},
      {"of", 0, 0, G_OPTION_ARG_STRING, &options.account, NULL, NULL},
      {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, NULL, NULL},
      {"to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL},
      {"limit", 0, 0, G_OPTION_ARG_INT, &options.limit, NULL, NULL},
      {NULL},
  };
  if (!qc_cli_parse (cli, argv, entries, 0, 2, &status))
    return status;
  QcJournalFilter filter;
  if (!understand (&options, &filter))
    return qc_cli_fail_with (cli, QC_EXIT_USAGE, "options",
                             _ ("--from and --to take days, as in 2026-11-23; --limit a number."));
  const char *word = (*argv)[1] ? (*argv)[1] : "list", *path = (*argv)[1] ? (*argv)[2] : NULL;
  gboolean exports = g_str_equal (word, "export"), verifies = g_str_equal (word, "verify");
  if (exports != (path != NULL) || !(exports || verifies || g_str_equal (word, "list")))
    return qc_cli_fail_usage (cli, **argv);
  status = exports ? qc_cli_need_unit (cli) : qc_cli_need_data (cli);
  if (status != QC_EXIT_OK || verifies)
    return status == QC_EXIT_OK ? qc_cli_verify_journal (cli) : status;
  g_autoptr (QcJournalList) list = qc_journal_list_new (cli->session);
  qc_journal_list_set_filter (list, &filter);
  if (!qc_cli_wait_here (cli, list_read, list))
    return qc_cli_fail_with (cli, QC_EXIT_FAILED, "late", _ ("The database did not answer in time."));
  if (qc_journal_list_get_error (list))
    return qc_cli_fail (cli, qc_journal_list_get_error (list));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  if (options.limit > 0)
    n = MIN (n, (guint)options.limit);
  return exports ? export(cli, list, n, path) : show (cli, list, n);
}
