/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 导出 of everybody of the unit, with the database read, and the memory it takes; beside it the time that libxlsxwriter
 * itself takes for the same cells in the same forms, in turn.
 *
 * bench-export FOLDER
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "bench.h"
#include "qc-export.h"
#include "qc-workbook.h"

#define RUNS 5

static double
status_mib (const char *name)
{
  g_autofree char *text = NULL;
  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  const char *line = text ? strstr (text, name) : NULL;
  return line ? g_ascii_strtod (line + strlen (name), NULL) / 1024.0 : 0;
}

/* The highest from now on. */
static void
forget_peak (void)
{
  int fd = open ("/proc/self/clear_refs", O_WRONLY);
  if (fd < 0 || write (fd, "5", 1) != 1)
    bench_die ("the peak of memory", NULL);
  close (fd);
}

static double
export_once (QcSession *session, const char *path, double *out_mib)
{
  g_autoptr (GAsyncResult) slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcExport) export = qc_export_new_everybody (session, QC_BUSINESS_BASE_ADJUSTMENT);
  forget_peak ();
  double before = status_mib ("VmRSS:");
  gint64 begun = g_get_monotonic_time ();
  qc_export_run_async (export, path, NULL, bench_result_cb, &slot);
  g_autoptr (GAsyncResult) done = bench_await (&slot);
  double took = bench_since (begun);
  *out_mib = status_mib ("VmHWM:") - before;
  if (qc_export_run_finish (export, done, &error) < 0)
    bench_die ("the export", error);
  return took;
}

static QcTable *
read_cells (const char *path)
{
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (QcWorkbook) workbook = fd >= 0 ? qc_workbook_open (fd, NULL, &error) : NULL;
  QcTable *table = workbook != NULL ? qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, &error) : NULL;
  if (table == NULL)
    bench_die ("what was exported", error);
  close (fd);
  return table;
}

/* The peer: nothing but the library. */
static double
write_plain (const QcTable *table, const char *path)
{
  gint64 begun = g_get_monotonic_time ();
  lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)"/var/tmp"};
  lxw_workbook *book = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (book, NULL);
  lxw_format *text = workbook_add_format (book), *money = workbook_add_format (book);
  format_set_num_format (text, "@");
  format_set_num_format (money, "#,##0.00");
  guint width = qc_table_get_width (table);
  for (guint row = 0; row < qc_table_get_n_rows (table); row++)
    for (guint column = 0; column < width; column++) {
      QcCell cell = qc_table_get_cell (table, row, column);
      if (cell.type == QC_CELL_TEXT)
        worksheet_write_string (sheet, row, column, cell.text, text);
      else if (cell.type == QC_CELL_NUMBER)
        worksheet_write_number (sheet, row, column, g_ascii_strtod (cell.text, NULL), money);
    }
  if (workbook_close (book) != LXW_NO_ERROR)
    bench_die ("the peer", NULL);
  return bench_since (begun);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  QcContext *context;
  QcSession *session = bench_session_open (argv[1], &context);
  g_autofree char *path = g_build_filename (argv[1], "bench-export.xlsx", NULL);
  g_autofree char *peer_path = g_build_filename (argv[1], "bench-export-peer.xlsx", NULL);
  g_autoptr (GArray) export = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) peer = g_array_new (FALSE, FALSE, sizeof (double));
  double mib;
  export_once (session, path, &mib); /* what is opened once is open */
  bench_print_one ("export-mib", mib);
  g_autoptr (QcTable) table = read_cells (path);
  bench_print_one ("rows", qc_table_get_n_rows (table) - 1);
  for (int run = 0; run < RUNS; run++) {
    double took = export_once (session, path, &mib);
    g_array_append_val (export, took);
    double plain = write_plain (table, peer_path);
    g_array_append_val (peer, plain);
  }
  bench_print ("export", export);
  bench_print ("export-peer", peer);
  g_unlink (path);
  g_unlink (peer_path);
  bench_session_close (session, context);
  return 0;
}
