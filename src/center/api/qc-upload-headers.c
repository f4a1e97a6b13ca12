/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-upload-headers.h.
 */
#include "qc-upload-headers.h"

#include <string.h>

#define MAX_DIGESTS 8
#define SHA_256     "sha-256=:"

gboolean
qc_upload_parse_count (const char *text, gint64 *out)
{
  return text != NULL && g_ascii_isdigit (text[0]) && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, out, NULL);
}

gboolean
qc_upload_parse_flag (const char *text, gboolean *out)
{
  *out = g_strcmp0 (text, "?1") == 0;
  return *out || g_strcmp0 (text, "?0") == 0;
}

char *
qc_upload_parse_digest (const char *header)
{
  g_auto (GStrv) members = g_strsplit (header != NULL ? header : "", ",", MAX_DIGESTS);
  for (guint i = 0; members[i] != NULL; i++) {
    const char *value = g_strstrip (members[i]);
    gsize length = strlen (value), begin = strlen (SHA_256);
    if (!g_str_has_prefix (value, SHA_256) || length < begin + 2 || value[length - 1] != ':')
      continue;
    g_autofree char *encoded = g_strndup (value + begin, length - begin - 1);
    gsize size;
    g_autofree guchar *bytes = g_base64_decode (encoded, &size);
    g_autofree char *again = g_base64_encode (bytes, size);
    if (size != 32 || !g_str_equal (again, encoded))
      return NULL;
    GString *hex = g_string_new (NULL);
    for (gsize b = 0; b < size; b++)
      g_string_append_printf (hex, "%02x", bytes[b]);
    return g_string_free (hex, FALSE);
  }
  return NULL;
}
