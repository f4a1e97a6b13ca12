/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * qingce-reader: reads one file that a stranger may have made, from its standard input, and answers on its standard
 * output as qc-reading.h has it. It bounds itself before the first byte, writes no file and needs no network; whatever
 * becomes of it, the program that started it only sees that it ended. One thread.
 *
 *   qingce-reader vouchers <FILE
 *   qingce-reader page NUMBER <FILE
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qc-read-pdf.h"
#include "qc-read-picture.h"
#include "qc-read-text.h"
#include "qc-reader-limits.h"
#include "qc-reading.h"

/* @page 0: what may be a voucher; else a picture of that page. */
static void
answer_file (GByteArray *answer, GMappedFile *file, guint page)
{
  const char *data = g_mapped_file_get_contents (file);
  gsize size = g_mapped_file_get_length (file);
  if (qc_is_picture ((const guint8 *)data, size) && page == 0)
    qc_read_picture (answer, (const guint8 *)data, size);
  else if (qc_is_picture ((const guint8 *)data, size))
    qc_draw_picture (answer, (const guint8 *)data, size);
  else if (qc_is_pdf ((const guint8 *)data, size) && page == 0)
    qc_read_pdf (answer, dup (STDIN_FILENO));
  else if (qc_is_pdf ((const guint8 *)data, size))
    qc_draw_pdf (answer, dup (STDIN_FILENO), page);
  else if (page == 0)
    qc_read_text (answer, data, size);
}

static gboolean
write_all (const GByteArray *answer)
{
  for (gsize done = 0; done < answer->len;) {
    gssize n = write (STDOUT_FILENO, answer->data + done, answer->len - done);
    if (n < 0 && errno != EINTR)
      return FALSE;
    done += n > 0 ? (gsize)n : 0;
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  guint page = argc == 3 && strcmp (argv[1], "page") == 0 ? (guint)strtoul (argv[2], NULL, 10) : 0;
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  if (page == 0 && !(argc == 2 && strcmp (argv[1], "vouchers") == 0))
    return 2;
  if (!qc_reader_limits_set ())
    return 3;
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (STDIN_FILENO, FALSE, NULL);
  qc_reading_begin (answer);
  const guint empty = answer->len;
  if (file != NULL)
    answer_file (answer, file, page);
  if (answer->len == empty)
    qc_reading_fail (answer, "unreadable");
  qc_reading_end (answer);
  return write_all (answer) ? 0 : 1;
}
