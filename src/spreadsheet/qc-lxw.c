/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-lxw.h. Any one thread.
 */
#include "qc-lxw.h"

#include <string.h>
#include <unistd.h>

const char *
qc_lxw_get_scratch_folder (void)
{
  return access ("/var/tmp", W_OK) == 0 ? "/var/tmp" : g_get_tmp_dir ();
}

void
qc_lxw_drop (lxw_workbook *book)
{
  lxw_sheet *sheet;
  STAILQ_FOREACH (sheet, book->sheets, list_pointers)
  {
    g_clear_pointer (&sheet->u.worksheet->optimize_tmpfile, fclose);
  }
  lxw_workbook_free (book);
}

/* ---- what reached the file ---- */

typedef struct {
  guint64 rows, cells;
  char tail[16]; /* the last bytes */
  gsize tail_length;
} Count;

static void
keep_tail (Count *count, const char *bytes, gsize length)
{
  if (length >= sizeof count->tail) {
    memcpy (count->tail, bytes + length - sizeof count->tail, sizeof count->tail);
    count->tail_length = sizeof count->tail;
    return;
  }
  gsize kept = MIN (count->tail_length, sizeof count->tail - length);
  memmove (count->tail, count->tail + count->tail_length - kept, kept);
  memcpy (count->tail + kept, bytes, length);
  count->tail_length = kept + length;
}

static gboolean
count_cb (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Count *count = user_data;
  /* an element that begins at the end of the piece before is counted with this one */
  char seam[8];
  gsize before = MIN (count->tail_length, 4), after = MIN (length, 4);
  memcpy (seam, count->tail + count->tail_length - before, before);
  memcpy (seam + before, bytes, after);
  for (gsize i = 0; i < before; i++) {
    count->cells += i + 3 <= before + after && i + 3 > before && memcmp (seam + i, "<c ", 3) == 0;
    count->rows += i + 5 <= before + after && i + 5 > before && memcmp (seam + i, "<row ", 5) == 0;
  }
  for (const char *p = bytes, *end = bytes + length; (p = memchr (p, '<', end - p)) != NULL; p++) {
    count->cells += end - p >= 3 && p[1] == 'c' && p[2] == ' ';
    count->rows += end - p >= 5 && p[1] == 'r' && memcmp (p, "<row ", 5) == 0;
  }
  keep_tail (count, bytes, length);
  return TRUE;
}

static char *
dup_part (guint number)
{
  return g_strdup_printf ("xl/worksheets/sheet%u.xml", number);
}

gboolean
qc_lxw_has (QcPackage *package, guint number)
{
  g_autofree char *part = dup_part (number);
  return qc_package_find (package, part) != NULL;
}

gboolean
qc_lxw_count (QcPackage *package, guint number, guint64 *out_rows, guint64 *out_cells, GCancellable *cancellable)
{
  static const char end[] = "</worksheet>";
  g_autofree char *part = dup_part (number);
  Count count = {0};
  gboolean whole = qc_lxw_has (package, number) && qc_package_read (package, part, count_cb, &count, cancellable, NULL)
                   && count.tail_length >= strlen (end)
                   && memcmp (count.tail + count.tail_length - strlen (end), end, strlen (end)) == 0;
  *out_rows = count.rows;
  *out_cells = count.cells;
  return whole;
}
