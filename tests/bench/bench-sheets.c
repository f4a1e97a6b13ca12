/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A workbook of a hundred thousand rows read, and marked: bench-sheets read|mark FILE OUT TIMES. Prints milliseconds,
 * and how much more memory it took at its most. Main thread.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "qc-sheet-mark.h"
#include "qc-workbook.h"

#define MARKS 1000

static void
read_once (int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
  g_autoptr (QcTable) table = workbook != NULL ? qc_workbook_read (workbook, 0, 0, NULL, NULL, NULL, &error) : NULL;
  if (table == NULL)
    bench_die ("reading", error);
}

static void
mark_once (int fd, const char *path)
{
  static QcSheetMark marks[MARKS];
  g_autoptr (GError) error = NULL;
  QcSheetMarkHow how;
  for (guint i = 0; i < MARKS; i++)
    marks[i] = (QcSheetMark) {i * 100 + 2, (int)(i % 10), "缴存基数低于本年度下限。", NULL};
  int out = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (!qc_sheet_mark (fd, 0, 1, "检查结果", marks, MARKS, out, &how, NULL, &error))
    bench_die ("marking", error);
  if (how != QC_SHEET_MARK_IN_SHEET)
    bench_die ("marked beside the sheet", NULL);
  close (out);
}

int
main (int argc, char **argv)
{
  if (argc != 5)
    bench_die ("usage: bench-sheets read|mark FILE OUT TIMES", NULL);
  int fd = open (argv[2], O_RDONLY | O_CLOEXEC);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  double before = bench_memory ("VmRSS:");
  for (guint i = 0; i < (guint)strtoul (argv[4], NULL, 10); i++) {
    gint64 begun = g_get_monotonic_time ();
    if (g_str_equal (argv[1], "read"))
      read_once (fd);
    else
      mark_once (fd, argv[3]);
    double took = bench_since (begun);
    g_array_append_val (samples, took);
  }
  bench_print ("took", samples);
  bench_print_one ("mib", bench_memory ("VmHWM:") - before);
  close (fd);
  return 0;
}
