/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Delimiters are looked for, headers of a part bounded; see the header.
 */
#include "qc-multipart.h"

#include <string.h>

#define MAX_BOUNDARY 70
#define MAX_HEADERS  4096 /* bytes of those of a part */

static const guint8 *
find (const guint8 *data, gsize size, const char *what, gsize length)
{
  return size >= length ? memmem (data, size, what, length) : NULL;
}

gboolean
qc_multipart_init (QcMultipart *self, const guint8 *data, gsize size, const char *boundary)
{
  *self = (QcMultipart) {.data = data, .size = size};
  gsize length = strlen (boundary);
  if (length == 0 || length > MAX_BOUNDARY)
    return FALSE;
  self->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  self->at = length + 2;
  return size >= self->at && memcmp (data, self->delimiter + 2, self->at) == 0;
}

void
qc_multipart_clear (QcMultipart *self)
{
  g_clear_pointer (&self->delimiter, g_free);
}

/* Whether Content-Disposition among @headers says a file name. */
static gboolean
says_file (const guint8 *headers, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)headers, size);
  g_autofree char *low = g_ascii_strdown (text, -1);
  g_auto (GStrv) lines = g_strsplit (low, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "content-disposition:"))
      return strstr (lines[i], "filename=") != NULL || strstr (lines[i], "filename*=") != NULL;
  return FALSE;
}

gboolean
qc_multipart_next (QcMultipart *self, QcMultipartPart *out)
{
  const guint8 *at = self->data + self->at;
  gsize left = self->size - self->at;
  self->whole = self->whole || (left >= 2 && memcmp (at, "--", 2) == 0);
  if (self->whole || left < 2 || memcmp (at, "\r\n", 2) != 0)
    return FALSE;
  const guint8 *blank = find (at, MIN (left, MAX_HEADERS), "\r\n\r\n", 4);
  if (blank == NULL)
    return FALSE;
  const guint8 *begin = blank + 4;
  /* the line before an empty part ends it as well */
  const guint8 *end = find (blank + 2, left - (gsize)(blank + 2 - at), self->delimiter, strlen (self->delimiter));
  if (end == NULL)
    return FALSE;
  out->is_file = says_file (at, (gsize)(blank - at));
  out->offset = (gsize)(begin - self->data);
  out->size = end > begin ? (gsize)(end - begin) : 0;
  self->at = (gsize)(end - self->data) + strlen (self->delimiter);
  return TRUE;
}
