/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Says what is read of workbooks, for test_writers.py: read-tool FILE… Of each a line "file NAME", and of each of its
 * sheets a line "sheet NAME", " hidden" behind it or not, and its rows; or a line "refused" and why.
 */
#include "made-up.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static gboolean
say_sheets (QcWorkbook *workbook, GError **error)
{
  const GPtrArray *sheets = qc_workbook_get_sheets (workbook);
  for (guint i = 0; i < sheets->len; i++) {
    const QcSheetName *name = g_ptr_array_index (sheets, i);
    g_autoptr (QcTable) table = qc_workbook_read (workbook, i, 0, NULL, NULL, NULL, error);
    if (table == NULL)
      return FALSE;
    g_autofree char *dump = made_up_dump (table);
    printf ("sheet %s%s\n%s", name->name, name->hidden ? " hidden" : "", dump);
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    g_autoptr (GError) error = NULL;
    printf ("file %s\n", argv[i]);
    int fd = open (argv[i], O_RDONLY | O_CLOEXEC);
    g_assert_cmpint (fd, >=, 0);
    g_autoptr (QcWorkbook) workbook = qc_workbook_open (fd, NULL, &error);
    if (workbook == NULL || !say_sheets (workbook, &error))
      printf ("refused %d %s\n", error->code, error->message);
    close (fd);
  }
  return 0;
}
