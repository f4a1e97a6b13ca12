/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-part.h: the places are those that expat tells. Any one thread.
 */
#include "qc-part.h"

#include <expat.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static void
edit_clear (gpointer data)
{
  g_free (((QcPartEdit *)data)->text);
}

GArray *
qc_part_edits_new (void)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (QcPartEdit));
  g_array_set_clear_func (edits, edit_clear);
  return edits;
}

void
qc_part_edits_take (GArray *edits, gint64 offset, gint64 remove, char *text)
{
  QcPartEdit edit = {offset, remove, text};
  g_array_append_val (edits, edit);
}

static int
compare_edits (gconstpointer a, gconstpointer b)
{
  const QcPartEdit *one = a, *other = b;
  return (one->offset > other->offset) - (one->offset < other->offset);
}

void
qc_part_edits_sort (GArray *edits)
{
  g_array_sort (edits, compare_edits); /* keeps the order of equal ones */
}

/* ---- how a part is written ---- */

void
qc_part_form_clear (QcPartForm *form)
{
  g_clear_pointer (&form->space, g_free);
}

char *
qc_part_form_encode (const QcPartForm *form, const char *text, gsize *length)
{
  *length = strlen (text);
  if (!form->ascii)
    return g_strdup (text);
  g_autoptr (GString) plain = g_string_sized_new (*length);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar)*p < 0x80)
      g_string_append_c (plain, *p);
    else
      g_string_append_printf (plain, "&#%u;", g_utf8_get_char (p));
  if (!form->wide) {
    *length = plain->len;
    return g_strdup (plain->str);
  }
  char *bytes = g_malloc0 (plain->len * 2 + 1);
  for (gsize i = 0; i < plain->len; i++)
    bytes[i * 2 + (form->big_endian ? 1 : 0)] = plain->str[i];
  *length = plain->len * 2;
  return bytes;
}

char *
qc_part_escape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 16);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == '&')
      g_string_append (out, "&amp;");
    else if (c == '<')
      g_string_append (out, "&lt;");
    else if (c == '>')
      g_string_append (out, "&gt;");
    else if (c == '"')
      g_string_append (out, "&quot;");
    else
      g_string_append_unichar (out, c < ' ' || c == 0xfffe || c == 0xffff ? ' ' : c);
  }
  return g_string_free (out, FALSE);
}

/* ---- reading with places ---- */

typedef struct {
  XML_Parser parser;
  const QcPartHandlers *handlers; /* borrowed */
  gpointer user_data;
  QcPartForm *form;     /* borrowed */
  const gboolean *stop; /* borrowed */
  gsize prefix_length;
  char first[4]; /* bytes of the part */
  gsize n_first;
  gint64 fed; /* bytes */
  gboolean root, hostile;
} Scan;

static const char *
local_name (const Scan *scan, const char *name)
{
  gsize length = scan->prefix_length;
  return length > 0 && strncmp (name, scan->form->prefix, length) == 0 ? name + length : name;
}

static QcPartTag
tag_here (Scan *scan, const char *name, const char **attributes)
{
  return (QcPartTag) {local_name (scan, name), attributes, XML_GetCurrentByteIndex (scan->parser),
                      XML_GetCurrentByteCount (scan->parser), scan->parser};
}

/* The root says the main namespace, and the first bytes what the part is written in. */
static void
take_root (Scan *scan, const char *name, const char **attributes)
{
  QcPartForm *form = scan->form;
  const char *colon = strchr (name, ':');
  if (colon != NULL && (gsize)(colon - name) + 2 <= sizeof form->prefix)
    g_strlcpy (form->prefix, name, (gsize)(colon - name) + 2);
  scan->prefix_length = strlen (form->prefix);
  g_autofree char *declares
      = colon != NULL ? g_strdup_printf ("xmlns:%.*s", (int)(colon - name), name) : g_strdup ("xmlns");
  for (; *attributes != NULL; attributes += 2)
    if (g_str_equal (attributes[0], declares))
      form->space = g_strdup (attributes[1]);
  const guchar *first = (const guchar *)scan->first;
  form->big_endian = first[0] == '\0' || first[0] == 0xfe;
  form->wide = form->big_endian || first[0] == 0xff || (scan->n_first > 1 && first[1] == '\0');
  form->ascii = form->ascii || form->wide;
  scan->root = TRUE;
}

static void
stop_if_asked (Scan *scan)
{
  if (*scan->stop)
    XML_StopParser (scan->parser, XML_FALSE);
}

static void
start_cb (void *data, const XML_Char *name, const XML_Char **attributes)
{
  Scan *scan = data;
  if (!scan->root)
    take_root (scan, name, attributes);
  QcPartTag tag = tag_here (scan, name, attributes);
  scan->handlers->start (scan->user_data, &tag);
  stop_if_asked (scan);
}

static void
end_cb (void *data, const XML_Char *name)
{
  Scan *scan = data;
  QcPartTag tag = tag_here (scan, name, NULL);
  scan->handlers->end (scan->user_data, &tag);
  stop_if_asked (scan);
}

static void
text_cb (void *data, const XML_Char *text, int length)
{
  Scan *scan = data;
  scan->handlers->text (scan->user_data, text, length);
}

static void
doctype_cb (void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
  Scan *scan = data;
  scan->hostile = TRUE;
  XML_StopParser (scan->parser, XML_FALSE);
}

static void
declaration_cb (void *data, const XML_Char *version, const XML_Char *encoding, int standalone)
{
  Scan *scan = data;
  scan->form->ascii = encoding != NULL && g_ascii_strcasecmp (encoding, "UTF-8") != 0;
}

static gboolean
scanned (Scan *scan, enum XML_Status status, GError **error)
{
  if (status == XML_STATUS_OK || (*scan->stop && !scan->hostile))
    return TRUE;
  g_set_error_literal (
      error, QC_SHEET_ERROR, scan->hostile ? QC_SHEET_ERROR_HOSTILE : QC_SHEET_ERROR_DAMAGED,
      scan->hostile
          ? _ ("The file holds what no spreadsheet writes, and is not read. Open it in Excel or WPS and save it as "
               "a new workbook.")
          : _ ("The file is damaged, or was not saved to its end. Open it in the program that made it and save it "
               "again."));
  return FALSE;
}

static gboolean
take_piece (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Scan *scan = user_data;
  for (gsize i = 0; scan->n_first < sizeof scan->first && i < length; i++)
    scan->first[scan->n_first++] = bytes[i];
  if (*scan->stop)
    return TRUE;
  enum XML_Status status = XML_Parse (scan->parser, bytes, (int)length, FALSE);
  scan->fed += (gint64)length;
  if (status == XML_STATUS_OK && scan->fed - XML_GetCurrentByteIndex (scan->parser) > QC_PACKAGE_MAX_TAG) {
    scan->hostile = TRUE;
    status = XML_STATUS_ERROR;
  }
  return scanned (scan, status, error);
}

gboolean
qc_part_scan (QcPackage *package, const char *part, const QcPartHandlers *handlers, gpointer user_data,
              QcPartForm *form, const gboolean *stop, GCancellable *cancellable, GError **error)
{
  static const gboolean never = FALSE;
  Scan scan = {.parser = XML_ParserCreate (NULL),
               .handlers = handlers,
               .user_data = user_data,
               .form = form,
               .stop = stop != NULL ? stop : &never};
  qc_part_form_clear (form);
  memset (form, 0, sizeof *form);
  XML_SetUserData (scan.parser, &scan);
  XML_SetElementHandler (scan.parser, start_cb, end_cb);
  if (handlers->text != NULL)
    XML_SetCharacterDataHandler (scan.parser, text_cb);
  XML_SetStartDoctypeDeclHandler (scan.parser, doctype_cb);
  XML_SetXmlDeclHandler (scan.parser, declaration_cb);
  gboolean ok = qc_package_read (package, part, take_piece, &scan, cancellable, error)
                && (*scan.stop || scanned (&scan, XML_Parse (scan.parser, "", 0, TRUE), error));
  XML_ParserFree (scan.parser);
  return ok;
}

char *
qc_part_tag_dup (const QcPartTag *tag)
{
  int offset = 0, size = 0;
  const char *context = XML_GetInputContext (tag->parser, &offset, &size);
  return context != NULL && tag->length <= size - offset ? g_strndup (context + offset, (gsize)tag->length)
                                                         : g_strdup ("");
}

gsize
qc_part_after_name (const char *tag)
{
  return strcspn (tag, " \t\r\n/>");
}

gboolean
qc_part_find_attribute (const char *tag, const char *name, gsize *out_begin, gsize *out_value, gsize *out_length)
{
  static const char blank[] = " \t\r\n";
  gsize at = qc_part_after_name (tag);
  for (;;) {
    gsize begin = at;
    at += strspn (tag + at, blank);
    gsize length = strcspn (tag + at, " \t\r\n=/>");
    if (length == 0)
      return FALSE;
    gboolean same = length == strlen (name) && strncmp (tag + at, name, length) == 0;
    at += length;
    at += strspn (tag + at, blank);
    if (tag[at] != '=')
      return FALSE;
    at++;
    at += strspn (tag + at, blank);
    const char *end = tag[at] != '\0' ? strchr (tag + at + 1, tag[at]) : NULL;
    if (end == NULL)
      return FALSE;
    if (same) {
      if (out_begin != NULL)
        *out_begin = begin;
      *out_value = at + 1;
      *out_length = (gsize)(end - tag) - at - 1;
      return TRUE;
    }
    at = (gsize)(end - tag) + 1;
  }
}

const char *
qc_part_get (const QcPartTag *tag, const char *name)
{
  for (const char **a = tag->attributes; *a != NULL; a += 2)
    if (g_str_equal (a[0], name))
      return a[1];
  return NULL;
}
