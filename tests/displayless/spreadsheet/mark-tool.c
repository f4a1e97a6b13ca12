/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Marks a file for test_marks.py: mark-tool mark|unmark FILE SHEET HEADER TITLE OUT, marks as lines of row, column,
 * reason and who on the standard input, tabs between them. Says how it was done; a refusal ends with 2 and its words.
 */
#include "qc-sheet-mark.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
take_line (GArray *marks, GPtrArray *texts, char *line)
{
  char **fields = g_strsplit (line, "\t", 4);
  g_assert_cmpuint (g_strv_length (fields), >=, 3);
  QcSheetMark mark = {(guint)strtoul (fields[0], NULL, 10), (int)strtol (fields[1], NULL, 10), fields[2], fields[3]};
  g_array_append_val (marks, mark);
  g_ptr_array_add (texts, fields);
}

int
main (int argc, char **argv)
{
  static const char *const hows[] = {"in-sheet", "appended", "in-column"};
  g_assert_cmpint (argc, ==, 7);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (QcSheetMark));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  char *line;
  gsize end;
  gboolean marking = g_str_equal (argv[1], "mark");
  while (marking && g_io_channel_read_line (input, &line, NULL, &end, NULL) == G_IO_STATUS_NORMAL) {
    line[end] = '\0';
    take_line (marks, texts, line);
    g_free (line);
  }
  int fd = open (argv[2], O_RDONLY | O_CLOEXEC), out = open (argv[6], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_true (fd >= 0 && out >= 0);
  guint sheet = (guint)strtoul (argv[3], NULL, 10), header = (guint)strtoul (argv[4], NULL, 10);
  g_autoptr (GError) error = NULL;
  QcSheetMarkHow how = QC_SHEET_MARK_IN_SHEET;
  gboolean found = FALSE;
  gint64 begun = g_get_monotonic_time ();
  gboolean ok = marking ? qc_sheet_mark (fd, sheet, header, argv[5], (const QcSheetMark *)marks->data, marks->len, out,
                                         &how, NULL, &error)
                        : qc_sheet_unmark (fd, sheet, header, argv[5], out, &found, NULL, &error);
  if (!ok) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  g_print ("%s %.0f\n",
           marking ? hows[how]
           : found ? "found"
                   : "none",
           (double)(g_get_monotonic_time () - begun) / 1000);
  close (fd);
  close (out);
  return 0;
}
