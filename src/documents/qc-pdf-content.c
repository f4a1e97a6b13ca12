/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Bounded: at most MAX_STREAMS streams, each inflated to at most MAX_INFLATED bytes. Any thread.
 */
#include "qc-pdf-content.h"

#include <string.h>

#define MAX_STREAMS  (64 * 1024)
#define MAX_INFLATED (64 * 1024 * 1024)
#define MAX_DICT     4096

typedef struct {
  const char *data; /* borrowed */
  gsize size;
} Span;

typedef struct {
  QcPdfContent *content;
  GPtrArray *drawings; /* (owned) GBytes: page contents */
  GHashTable *map;     /* (owned) code → character, of the ToUnicode map */
} Reader;

static const char *
find (Span span, gsize from, const char *needle)
{
  if (from >= span.size)
    return NULL;
  return memmem (span.data + from, span.size - from, needle, strlen (needle));
}

static gboolean
has (Span span, const char *needle)
{
  return find (span, 0, needle) != NULL;
}

/* NULL if it is broken or too large. (transfer full) */
static GBytes *
inflate (Span span)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize done = 0;
  while (result != G_CONVERTER_FINISHED) {
    guint8 buffer[16384];
    gsize n_read = 0, n_written = 0;
    result = g_converter_convert (G_CONVERTER (zlib), span.data + done, span.size - done, buffer, sizeof buffer,
                                  G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR || out->len + n_written > MAX_INFLATED)
      return NULL;
    done += n_read;
    g_byte_array_append (out, buffer, (guint)n_written);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* ---- the text of a page ---- */

static int
hex_code (const char *p)
{
  int code = 0;
  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (p[i]);
    if (digit < 0)
      return -1;
    code = code << 4 | digit;
  }
  return code;
}

static void
read_map (Reader *reader, Span text)
{
  const char *p = find (text, 0, "beginbfchar");
  const char *end = text.data + text.size;
  for (; p != NULL && p + 13 < end; p++) {
    int code, high, low;
    if (p[0] != '<' || p[5] != '>' || p[6] != ' ' || p[7] != '<')
      continue;
    code = hex_code (p + 1);
    high = hex_code (p + 8);
    low = p + 17 < end && p[12] != '>' ? hex_code (p + 12) : -1;
    if (code < 0 || high < 0)
      continue;
    if (low >= 0)
      high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    g_hash_table_insert (reader->map, GINT_TO_POINTER (code), GINT_TO_POINTER (high));
    p += 12;
  }
}

/* Codes are the characters themselves, but for those of the private use area, which the map explains. */
static void
append_code (Reader *reader, GString *out, int code)
{
  gunichar character = (gunichar)code;
  if (code >= 0xE000 && code <= 0xF8FF)
    character = (gunichar)GPOINTER_TO_INT (g_hash_table_lookup (reader->map, GINT_TO_POINTER (code)));
  if (g_unichar_validate (character) && character != 0)
    g_string_append_unichar (out, character);
  else
    g_string_append (out, "\357\277\275");
}

/* (transfer full) */
static char *
text_of (Reader *reader, GBytes *drawing)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (drawing, &size);
  GString *out = g_string_new (NULL);
  for (gsize i = 0; i < size; i++) {
    if (data[i] == '(') { /* a text this program does not write so */
      g_string_append (out, "\357\277\275");
    } else if (data[i] == '<') {
      for (i++; i + 4 <= size && data[i] != '>'; i += 4)
        append_code (reader, out, hex_code (data + i) < 0 ? 0 : hex_code (data + i));
    }
  }
  return g_string_free (out, FALSE);
}

/* ---- streams ---- */

static void
take_lines (QcPdfContent *content, GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (content->vouchers, g_strdup (lines[i]));
}

static gboolean
is_foreign_dict (Span dict)
{
  static const char *const foreign[] = {"/Annots",     "/Annot", "/AcroForm",   "/Image",   "/Form",
                                        "/JavaScript", "/JS",    "/OpenAction", "/XObject", "/Encrypt"};
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (has (dict, foreign[i]))
      return TRUE;
  return FALSE;
}

/* What a stream is, is seen by what is in it. */
static void
take_stream (Reader *reader, Span dict, Span body)
{
  g_autoptr (GBytes) bytes = NULL;
  Span text;
  if (has (dict, "/Length1") || has (dict, "/XRef"))
    return; /* the font; a table of objects */
  bytes = has (dict, "/FlateDecode") ? inflate (body) : g_bytes_new (body.data, body.size);
  if (bytes == NULL) {
    reader->content->is_foreign = TRUE;
    return;
  }
  text.data = g_bytes_get_data (bytes, &text.size);
  if (has (dict, "/EmbeddedFile"))
    take_lines (reader->content, bytes);
  else if (has (dict, "/ObjStm"))
    reader->content->is_foreign |= is_foreign_dict (text);
  else if (has (text, "begincmap"))
    read_map (reader, text);
  else if (has (text, " Tf "))
    g_ptr_array_add (reader->drawings, g_bytes_ref (bytes));
  else if (text.size < 100000 || text.data[0] != '\0') /* else where glyphs lie */
    reader->content->is_foreign = TRUE;
}

static void
walk_streams (Reader *reader, Span file)
{
  gsize at = 0;
  for (int n = 0; n < MAX_STREAMS; n++) {
    const char *keyword = find (file, at, "stream"), *end;
    Span dict, body;
    if (keyword == NULL)
      break;
    dict.size = MIN ((gsize)(keyword - file.data) - at, MAX_DICT);
    dict.data = keyword - dict.size;
    for (gsize i = dict.size; i >= 4; i--)
      if (memcmp (dict.data + i - 4, " obj", 4) == 0) { /* the nearest one */
        dict.data += i;
        dict.size -= i;
        break;
      }
    body.data = keyword + 6;
    body.data += *body.data == '\r' ? 1 : 0;
    body.data += *body.data == '\n' ? 1 : 0;
    end = find (file, (gsize)(body.data - file.data), "endstream");
    if (end == NULL)
      break;
    body.size = (gsize)(end - body.data);
    take_stream (reader, dict, body);
    at = (gsize)(end - file.data) + strlen ("endstream");
  }
}

/* What is not in streams: objects, the trailer. Later changes are appended, with an end of their own. */
static gboolean
is_foreign_file (Span file)
{
  const char *first = find (file, 0, "%%EOF");
  gsize at = 0;
  if (first == NULL || find (file, (gsize)(first - file.data) + 5, "startxref") != NULL)
    return TRUE;
  while (at < file.size) {
    const char *keyword = find (file, at, "stream"), *end = NULL;
    Span part = {file.data + at, keyword != NULL ? (gsize)(keyword - file.data) - at : file.size - at};
    if (is_foreign_dict (part))
      return TRUE;
    if (keyword != NULL)
      end = find (file, (gsize)(keyword - file.data) + 6, "endstream");
    if (end == NULL)
      return FALSE;
    at = (gsize)(end - file.data) + strlen ("endstream");
  }
  return FALSE;
}

QcPdfContent *
qc_pdf_content_read (GBytes *bytes)
{
  g_autoptr (QcPdfContent) content = g_new0 (QcPdfContent, 1);
  Reader reader
      = {content, g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref), g_hash_table_new (NULL, NULL)};
  Span file;

  content->vouchers = g_ptr_array_new_with_free_func (g_free);
  content->pages = g_ptr_array_new_with_free_func (g_free);
  file.data = g_bytes_get_data (bytes, &file.size);
  if (file.size > 8 && memcmp (file.data, "%PDF-", 5) == 0) {
    walk_streams (&reader, file);
    for (guint i = 0; i < reader.drawings->len; i++)
      g_ptr_array_add (content->pages, text_of (&reader, g_ptr_array_index (reader.drawings, i)));
    content->is_foreign |= is_foreign_file (file);
  }
  g_ptr_array_unref (reader.drawings);
  g_hash_table_unref (reader.map);
  return content->vouchers->len > 0 ? g_steal_pointer (&content) : NULL;
}

void
qc_pdf_content_free (QcPdfContent *content)
{
  if (content == NULL)
    return;
  g_ptr_array_unref (content->vouchers);
  g_ptr_array_unref (content->pages);
  g_free (content);
}
