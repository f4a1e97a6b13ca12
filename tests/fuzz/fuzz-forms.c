/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Fuzz target: what a browser or a client sends to the center besides JSON. The first byte says whether the rest is a
 * form with files, whose boundary is its first line, or the headers of an upload, a line each. Parts lie in the form
 * one after the other and hold nothing of what ends them; a number is what stands there, a digest the one that was
 * encoded.
 */
#include <string.h>

#include "fuzz.h"
#include "qc-multipart.h"
#include "qc-upload-headers.h"

enum { FORM, HEADERS };

static void
check_part (const QcMultipart *form, const QcMultipartPart *part, gsize before)
{
  gsize length = strlen (form->delimiter);
  if (part->offset < before || part->offset > form->size || part->size > form->size - part->offset)
    g_error ("a part lies outside of its place");
  if (part->size > 0 && memmem (form->data + part->offset, part->size, form->delimiter, length) != NULL)
    g_error ("a part holds what ends it");
  if (form->at <= before || form->at > form->size
      || memcmp (form->data + form->at - length, form->delimiter, length) != 0)
    g_error ("a part ends with something else");
  if (part->size > 0 && part->offset + part->size + length != form->at)
    g_error ("a part does not reach to its end");
}

static void
read_form (const guint8 *data, gsize size)
{
  const guint8 *line = memchr (data, '\n', size);
  g_auto (QcMultipart) form = {0};
  if (line == NULL)
    return;
  g_autofree char *boundary = g_strndup ((const char *)data, (gsize)(line - data));
  gsize rest = size - (gsize)(line + 1 - data);
  g_autofree guint8 *exact = g_memdup2 (line + 1, rest);
  if (!qc_multipart_init (&form, exact, rest, boundary))
    return;
  QcMultipartPart part;
  gsize before = 0;
  while (qc_multipart_next (&form, &part)) {
    check_part (&form, &part, before);
    before = form.at - strlen (form.delimiter);
  }
  if (form.whole && memcmp (form.data + form.at, "--", 2) != 0)
    g_error ("an end that was not there");
}

static void
check_count (const char *text)
{
  gint64 count;
  if (!qc_upload_parse_count (text, &count))
    return;
  g_autofree char *again = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  const char *plain = text + strspn (text, "0");
  if (count < 0 || !g_str_equal (*plain != '\0' ? plain : "0", again))
    g_error ("“%s” is not %s", text, again);
}

static void
check_digest (const char *header)
{
  g_autofree char *hex = qc_upload_parse_digest (header);
  if (hex == NULL)
    return;
  guint8 bytes[32];
  if (strlen (hex) != 2 * sizeof bytes || strspn (hex, "0123456789abcdef") != 2 * sizeof bytes)
    g_error ("“%s” is no digest", hex);
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  g_autofree char *encoded = g_base64_encode (bytes, sizeof bytes);
  g_autofree char *member = g_strdup_printf ("sha-256=:%s:", encoded);
  if (strstr (header, member) == NULL)
    g_error ("“%s” does not say %s", header, member);
}

static void
read_headers (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 4);
  gboolean flag;
  for (guint i = 0; lines[i] != NULL; i++) {
    check_count (lines[i]);
    check_digest (lines[i]);
    if (qc_upload_parse_flag (lines[i], &flag) && !g_str_equal (lines[i], flag ? "?1" : "?0"))
      g_error ("“%s” is no boolean", lines[i]);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size > 0 && data[0] == FORM)
    read_form (data + 1, size - 1);
  else if (size > 0)
    read_headers (data + 1, size - 1);
  return 0;
}

const char *
fuzz_prefix (const char *name, guint8 *out)
{
  *out = g_str_has_suffix (name, ".form") ? FORM : HEADERS;
  return NULL;
}
