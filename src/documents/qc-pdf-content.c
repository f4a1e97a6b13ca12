/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See the header. Bounded: at most MAX_STREAMS streams, each inflated to at most QC_PDF_MAX_INFLATED bytes. What a
 * viewer shows must be what is read here: each page's contents are one of the streams read as such, each of them is
 * shown by one page, no object is there twice, and none lies inside a stream. Any thread.
 */
#include "qc-pdf-content.h"

#include <string.h>

#include "qc-pdf-span.h"

#define MAX_STREAMS (64 * 1024)
#define MAX_DICT    4096
#define GLYPH_MAP   (2 * 0xffff) /* bytes of the map from codes to glyphs */

typedef struct {
  QcPdfContent *content;
  GPtrArray *drawings; /* (owned) GBytes: page contents */
  GHashTable *map;     /* (owned) code → character, of the ToUnicode map */
  GHashTable *objects; /* (owned) numbers of all objects */
  GHashTable *drawn;   /* (owned) numbers of the streams in drawings */
  GHashTable *shown;   /* (owned) numbers that pages call their contents */
  guint n_pages, n_fonts, n_glyph_maps;
} Reader;

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
read_map (Reader *reader, QcPdfSpan text)
{
  const char *p = qc_pdf_span_find (text, 0, "beginbfchar");
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

/* ---- the attachment ---- */

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

/* ---- objects ---- */

/* Adds @number to a set. FALSE if it was there. */
static gboolean
add_number (GHashTable *set, guint64 number)
{
  return number <= G_MAXUINT && g_hash_table_add (set, GUINT_TO_POINTER ((guint)number));
}

/* The number of the object that begins with the "obj" at @at; 0 if none does. */
static guint64
object_number (QcPdfSpan span, gsize at)
{
  const char *p = span.data + at, *begin = span.data;
  const char *end;
  while (p > begin && qc_pdf_is_blank (p[-1]))
    p--;
  end = p;
  while (p > begin && g_ascii_isdigit (p[-1])) /* the generation */
    p--;
  if (p == end || p == begin || !qc_pdf_is_blank (p[-1]))
    return 0;
  while (p > begin && qc_pdf_is_blank (p[-1]))
    p--;
  end = p;
  while (p > begin && end - p < 9 && g_ascii_isdigit (p[-1]))
    p--;
  return p < end ? g_ascii_strtoull (p, NULL, 10) : 0;
}

/* Of the last object that begins in @span; 0 if none does. All of them are added to @objects (nullable), unless they
 * are there already: then @twice is set. */
static guint64
take_objects (QcPdfSpan span, GHashTable *objects, gboolean *twice)
{
  guint64 last = 0;
  for (const char *p = qc_pdf_span_find (span, 0, "obj"); p != NULL;
       p = qc_pdf_span_find (span, (gsize)(p - span.data) + 3, "obj")) {
    guint64 number = object_number (span, (gsize)(p - span.data));
    if (number != 0 && objects != NULL && !add_number (objects, number))
      *twice = TRUE;
    last = number != 0 ? number : last;
  }
  return last;
}

/* The numbers an object stream begins with: of an object, where it begins, and so on. */
static void
take_packed_objects (Reader *reader, QcPdfSpan text)
{
  gsize i = 0;
  for (guint n = 0; i < text.size; n++) {
    guint64 number = 0;
    while (i < text.size && qc_pdf_is_blank (text.data[i]))
      i++;
    if (i >= text.size || !g_ascii_isdigit (text.data[i]))
      return;
    for (; i < text.size && g_ascii_isdigit (text.data[i]) && number < G_MAXUINT; i++)
      number = number * 10 + (guint64)(text.data[i] - '0');
    if (n % 2 == 0 && !add_number (reader->objects, number))
      reader->content->is_foreign = TRUE;
  }
}

/* "12 0 R"; 0 if it is something else. */
static guint64
reference_at (QcPdfSpan text, gsize at)
{
  g_autofree char *head = g_strndup (text.data + at, MIN (text.size - at, 32));
  guint64 number = 0;
  char *end;
  number = g_ascii_strtoull (head, &end, 10);
  if (end == head || !qc_pdf_is_blank (*end))
    return 0;
  g_ascii_strtoull (end, &end, 10);
  while (qc_pdf_is_blank (*end) && *end != '\0')
    end++;
  return *end == 'R' ? number : 0;
}

/* Pages among objects, and what they show. */
static void
take_pages (Reader *reader, QcPdfSpan text)
{
  for (const char *p = qc_pdf_span_find (text, 0, "/Contents"); p != NULL;
       p = qc_pdf_span_find (text, (gsize)(p - text.data) + 9, "/Contents")) {
    guint64 number = reference_at (text, (gsize)(p - text.data) + 9);
    if (number == 0 || !add_number (reader->shown, number))
      reader->content->is_foreign = TRUE;
  }
  for (const char *p = qc_pdf_span_find (text, 0, "/Page"), *end = text.data + text.size; p != NULL;
       p = qc_pdf_span_find (text, (gsize)(p - text.data) + 5, "/Page")) {
    const char *before = p;
    while (before > text.data && qc_pdf_is_blank (before[-1]))
      before--;
    if (before - text.data >= 5 && memcmp (before - 5, "/Type", 5) == 0 && (p + 5 == end || !g_ascii_isalnum (p[5])))
      reader->n_pages++;
  }
}

/* ---- streams ---- */

#define HEAD 16 /* bytes to know a font file by */

/* TrueType. */
static gboolean
is_font_file (QcPdfSpan text)
{
  return text.size >= HEAD && memcmp (text.data, "\0\1\0\0", 4) == 0;
}

/* One that is not compressed ends with an end of line. */
static gboolean
is_glyph_map (QcPdfSpan text, gboolean is_compressed)
{
  return text.size >= GLYPH_MAP && text.size <= GLYPH_MAP + (is_compressed ? 0 : 2) && text.data[0] == '\0';
}

/* What a stream is, is seen by what is in it. */
static void
take_stream (Reader *reader, QcPdfSpan dict, QcPdfSpan body, guint64 number)
{
  gboolean is_compressed = qc_pdf_dict_is_filtered (dict), is_table = qc_pdf_dict_has_name (dict, "/XRef");
  gboolean is_font = qc_pdf_dict_has_name (dict, "/Length1"), is_good = TRUE;
  gboolean is_packed = qc_pdf_dict_has_name (dict, "/ObjStm") || qc_pdf_dict_has_name (dict, "/First"),
           is_unpacked = FALSE;
  g_autoptr (GBytes) bytes = is_compressed ? qc_pdf_span_inflate (body, is_font || is_table ? HEAD : G_MAXSIZE)
                                           : g_bytes_new_static (body.data, body.size);
  QcPdfSpan text;
  if (bytes == NULL || number == 0 || take_objects (body, NULL, NULL) != 0 || qc_pdf_dict_has_strange_string (dict)
      || (!is_table && (qc_pdf_span_has (dict, "/DecodeParms") || qc_pdf_span_has (dict, "/DP")))
      || is_compressed != qc_pdf_span_has (dict, "/Filter")) {
    reader->content->is_foreign = TRUE;
    return;
  }
  text.data = g_bytes_get_data (bytes, &text.size);
  if (is_font) {
    is_good = reader->n_fonts++ == 0 && is_font_file (text);
  } else if (is_table) { /* of objects, which are found without it */
    is_good = !is_packed;
  } else if (qc_pdf_dict_has_name (dict, "/EmbeddedFile")) {
    take_lines (reader->content, bytes);
  } else if (is_packed) {
    take_packed_objects (reader, text);
    take_pages (reader, text);
    is_good = !qc_pdf_dict_is_foreign (text);
    is_unpacked = TRUE;
  } else if (qc_pdf_span_has (text, "begincmap")) {
    read_map (reader, text);
  } else if (qc_pdf_span_has (text, " Tf ")) {
    g_ptr_array_add (reader->drawings, g_bytes_ref (bytes));
    is_good = add_number (reader->drawn, number);
  } else { /* where glyphs lie, or what this program does not write */
    is_good = is_glyph_map (text, is_compressed) && reader->n_glyph_maps++ == 0;
  }
  if (!is_good || is_packed != is_unpacked) /* objects might be hidden in it */
    reader->content->is_foreign = TRUE;
}

/* What is not in streams: objects, the trailer. */
static void
take_part (Reader *reader, QcPdfSpan part)
{
  reader->content->is_foreign |= qc_pdf_dict_is_foreign (part);
  take_pages (reader, part);
}

/* The file from one end of a stream to the next. */
static void
walk_file (Reader *reader, QcPdfSpan file)
{
  gsize at = 0;
  for (int n = 0; n < MAX_STREAMS; n++) {
    const char *keyword = qc_pdf_span_find (file, at, "stream"), *end = NULL;
    QcPdfSpan part = {file.data + at, keyword != NULL ? (gsize)(keyword - file.data) - at : file.size - at};
    QcPdfSpan dict = part, body;
    guint64 number = take_objects (part, reader->objects, &reader->content->is_foreign);
    take_part (reader, part);
    if (keyword == NULL)
      return;
    if (dict.size > MAX_DICT) {
      dict.data += dict.size - MAX_DICT;
      dict.size = MAX_DICT;
    }
    for (gsize i = dict.size; i >= 4; i--)
      if (memcmp (dict.data + i - 4, " obj", 4) == 0) { /* the nearest one */
        dict.data += i;
        dict.size -= i;
        break;
      }
    body.data = keyword + 6;
    body.data += *body.data == '\r' ? 1 : 0;
    body.data += *body.data == '\n' ? 1 : 0;
    end = qc_pdf_span_find (file, (gsize)(body.data - file.data), "endstream");
    if (end == NULL)
      break;
    body.size = (gsize)(end - body.data);
    take_stream (reader, dict, body, number);
    at = (gsize)(end - file.data) + strlen ("endstream");
  }
  reader->content->is_foreign = TRUE; /* it is broken, or has too many */
}

/* Later changes are appended, with an end of their own. */
static gboolean
is_changed_later (QcPdfSpan file)
{
  const char *first = qc_pdf_span_find (file, 0, "%%EOF");
  return first == NULL || qc_pdf_span_find (file, (gsize)(first - file.data) + 5, "startxref") != NULL;
}

/* Each page shows one of the drawings, each drawing is shown by one page. */
static gboolean
is_each_shown (const Reader *reader)
{
  GHashTableIter iter;
  gpointer number;
  g_hash_table_iter_init (&iter, reader->shown);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    if (!g_hash_table_contains (reader->drawn, number))
      return FALSE;
  return g_hash_table_size (reader->shown) == reader->drawings->len && reader->n_pages == reader->drawings->len;
}

static void
reader_open (Reader *reader, QcPdfContent *content)
{
  *reader = (Reader) {.content = content};
  reader->drawings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  reader->map = g_hash_table_new (NULL, NULL);
  reader->objects = g_hash_table_new (NULL, NULL);
  reader->drawn = g_hash_table_new (NULL, NULL);
  reader->shown = g_hash_table_new (NULL, NULL);
}

static void
reader_close (Reader *reader)
{
  g_ptr_array_unref (reader->drawings);
  g_hash_table_unref (reader->map);
  g_hash_table_unref (reader->objects);
  g_hash_table_unref (reader->drawn);
  g_hash_table_unref (reader->shown);
}

QcPdfContent *
qc_pdf_content_read (GBytes *bytes)
{
  g_autoptr (QcPdfContent) content = g_new0 (QcPdfContent, 1);
  Reader reader;
  QcPdfSpan file;

  content->vouchers = g_ptr_array_new_with_free_func (g_free);
  content->pages = g_ptr_array_new_with_free_func (g_free);
  reader_open (&reader, content);
  file.data = g_bytes_get_data (bytes, &file.size);
  if (file.size > 8 && memcmp (file.data, "%PDF-", 5) == 0) {
    walk_file (&reader, file);
    for (guint i = 0; i < reader.drawings->len; i++)
      g_ptr_array_add (content->pages, text_of (&reader, g_ptr_array_index (reader.drawings, i)));
    content->is_foreign |= is_changed_later (file) || !is_each_shown (&reader);
  }
  reader_close (&reader);
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
