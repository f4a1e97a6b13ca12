/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. One thread.
 */
#include "qc-paper.h"

#include <unistd.h>

#include "qc-read-pdf.h"
#include "qc-read-picture.h"
#include "qc-read-text.h"

void
qc_paper_answer (GByteArray *answer, GMappedFile *file, guint page)
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
