/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: any bytes as the answer of the program that reads files. What is accepted is within its bounds and says
 * nothing of pages that are not there.
 */
#include "fuzz.h"
#include "qc-reading.h"

static void
assert_texts (const GPtrArray *list, guint least, guint n_pages)
{
  for (guint i = 0; i < list->len; i++) {
    const QcReadingText *text = g_ptr_array_index (list, i);
    if (text->page < least || text->page > n_pages || !g_utf8_validate (text->text, -1, NULL))
      g_error ("accepted a text of page %u of %u", text->page, n_pages);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QcReading) reading = qc_reading_parse (data, size, &error);
  if (reading == NULL) {
    if (error == NULL || error->domain != QC_READER_ERROR)
      g_error ("refused without a reason");
    return 0;
  }
  assert_texts (reading->texts, 1, reading->n_pages);
  assert_texts (reading->vouchers, 0, reading->n_pages);
  if (reading->n_pages > QC_READING_MAX_PAGES || reading->texts->len > QC_READING_MAX_TEXTS)
    g_error ("accepted %u pages", reading->n_pages);
  if (reading->image != NULL && g_bytes_get_size (reading->image) != (gsize)reading->width * reading->height * 3)
    g_error ("accepted a picture that is not %u × %u", reading->width, reading->height);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  return name;
}
