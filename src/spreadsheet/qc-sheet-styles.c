/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-sheet-styles.h. Any one thread.
 */
#include "qc-sheet-styles.h"

#include <stdlib.h>
#include <string.h>

#define FAULT_COLOUR  "FFFFC8D1"
#define REASON_COLOUR "FFFFF1D6"
#define MAX_PART      (16 * 1024 * 1024)
#define MAX_FORMATS   60000 /* a workbook has room for 65,490 */
#define NO_CODE       G_MAXUINT
#define REASON_CODE   0xa80000u /* before the note of 17 bits */
#define BEFORE_BITS   2

typedef struct {
  QcStyleKind kind;
  guint code; /* of its second colour */
} Fill;

typedef struct {
  char *text;  /* (owned) the element as it stands */
  gsize head;  /* length of its first tag */
  char *plain; /* (owned) what of it is no fill, in one order */
  guint fill;
} Format;

struct _QcSheetStyles {
  char *part; /* (owned) */
  QcPartForm form;
  GString *bytes;                  /* (owned) (nullable) of the part, until it is read */
  GArray *fills;                   /* (owned) Fill, with those appended */
  GArray *formats;                 /* (owned) Format, with those appended */
  guint n_fills, n_formats;        /* that the part has */
  gint64 fills_end, formats_end;   /* where their end tags stand; -1 */
  gint64 begun;                    /* of the format that is read */
  gint64 fill_count, format_count; /* where the counts stand; -1 */
  gsize fill_digits, format_digits;
  gboolean in_fills, in_formats;
  guint depth;         /* in a fill or format */
  GHashTable *by_look; /* (owned) look of a format → index + 1 */
};

static void
format_clear (gpointer data)
{
  Format *format = data;
  g_free (format->text);
  g_free (format->plain);
}

/* ---- what a format is ---- */

static void
set_attribute (GString *text, const char *name, const char *value)
{
  gsize at, length;
  if (qc_part_find_attribute (text->str, name, NULL, &at, &length)) {
    g_string_erase (text, (gssize)at, (gssize)length);
    g_string_insert (text, (gssize)at, value);
  } else {
    g_autofree char *attribute = g_strdup_printf (" %s=\"%s\"", name, value);
    g_string_insert (text, (gssize)qc_part_after_name (text->str), attribute);
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What of a format is no fill: its attributes in one order, then what is inside. */
static char *
make_plain (const char *text, gsize head, const char **attributes)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  for (; attributes != NULL && *attributes != NULL; attributes += 2)
    if (!g_str_equal (attributes[0], "fillId") && !g_str_equal (attributes[0], "applyFill"))
      g_ptr_array_add (kept, g_strdup_printf ("%s=%s", attributes[0], attributes[1]));
  g_ptr_array_sort (kept, compare_texts);
  g_ptr_array_add (kept, NULL);
  g_autofree char *joined = g_strjoinv ("\n", (char **)kept->pdata);
  gsize all = strlen (text);
  return g_strdup_printf ("%s\n%s", joined, all > head ? text + head : "");
}

static char *
look_of (const QcSheetStyles *styles, const Format *format)
{
  const Fill *fill
      = format->fill < styles->fills->len ? &g_array_index (styles->fills, Fill, format->fill) : &(Fill) {0};
  return g_strdup_printf ("%d %u %s", (int)fill->kind, fill->code, format->plain);
}

/* ---- reading ---- */

static void
take_colour (QcSheetStyles *styles, const QcPartTag *tag)
{
  Fill *fill = &g_array_index (styles->fills, Fill, styles->fills->len - 1);
  const char *rgb = qc_part_get (tag, "rgb");
  if (rgb == NULL)
    return;
  if (g_str_equal (tag->name, "bgColor"))
    fill->code = strlen (rgb) == 8 ? (guint)strtoul (rgb + 2, NULL, 16) : NO_CODE;
  else if (g_ascii_strcasecmp (rgb, FAULT_COLOUR) == 0)
    fill->kind = QC_STYLE_FAULT;
  else if (g_ascii_strcasecmp (rgb, REASON_COLOUR) == 0)
    fill->kind = QC_STYLE_REASON;
}

static void
take_count (const QcPartTag *tag, gint64 *out_place, gsize *out_digits)
{
  g_autofree char *text = qc_part_tag_dup (tag);
  gsize at;
  if (qc_part_find_attribute (text, "count", NULL, &at, out_digits))
    *out_place = tag->offset + (gint64)at;
}

static void
begin_format (QcSheetStyles *styles, const QcPartTag *tag)
{
  const char *fill = qc_part_get (tag, "fillId");
  Format format = {g_strndup (styles->bytes->str + tag->offset, (gsize)tag->length), (gsize)tag->length, NULL,
                   fill != NULL ? (guint)strtoul (fill, NULL, 10) : 0};
  format.plain = make_plain (format.text, format.head, tag->attributes);
  styles->begun = tag->offset;
  g_array_append_val (styles->formats, format);
}

static void
styles_start (gpointer user_data, const QcPartTag *tag)
{
  QcSheetStyles *styles = user_data;
  if (styles->depth > 0) {
    styles->depth++;
    if (styles->in_fills && (g_str_equal (tag->name, "fgColor") || g_str_equal (tag->name, "bgColor")))
      take_colour (styles, tag);
  } else if (styles->in_fills && g_str_equal (tag->name, "fill")) {
    Fill fill = {QC_STYLE_CLERKS, NO_CODE};
    g_array_append_val (styles->fills, fill);
    styles->depth = 1;
  } else if (styles->in_formats && g_str_equal (tag->name, "xf")) {
    begin_format (styles, tag);
    styles->depth = 1;
  } else if (g_str_equal (tag->name, "fills")) {
    styles->in_fills = TRUE;
    take_count (tag, &styles->fill_count, &styles->fill_digits);
  } else if (g_str_equal (tag->name, "cellXfs")) {
    styles->in_formats = TRUE;
    take_count (tag, &styles->format_count, &styles->format_digits);
  }
}

static void
end_format (QcSheetStyles *styles, gint64 end)
{
  Format *format = &g_array_index (styles->formats, Format, styles->formats->len - 1);
  char *whole = g_strndup (styles->bytes->str + styles->begun, (gsize)(end - styles->begun));
  g_autofree char *head = format->plain;
  format->plain = g_strconcat (head, whole + format->head, NULL);
  g_free (format->text);
  format->text = whole;
}

static void
styles_end (gpointer user_data, const QcPartTag *tag)
{
  QcSheetStyles *styles = user_data;
  if (styles->depth > 0) {
    styles->depth--;
    if (styles->depth == 0 && styles->in_formats)
      end_format (styles, tag->offset + tag->length);
  } else if (g_str_equal (tag->name, "fills")) {
    styles->in_fills = FALSE;
    styles->fills_end = tag->length > 0 ? tag->offset : -1;
  } else if (g_str_equal (tag->name, "cellXfs")) {
    styles->in_formats = FALSE;
    styles->formats_end = tag->length > 0 ? tag->offset : -1;
  }
}

static gboolean
take_bytes (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  GString *all = user_data;
  if (all->len <= MAX_PART)
    g_string_append_len (all, bytes, (gssize)length);
  return TRUE;
}

QcSheetStyles *
qc_sheet_styles_new (QcPackage *package, const char *part, GCancellable *cancellable, GError **error)
{
  static const QcPartHandlers handlers = {styles_start, styles_end, NULL};
  g_autoptr (QcSheetStyles) styles = g_new0 (QcSheetStyles, 1);
  styles->part = g_strdup (part);
  styles->bytes = g_string_new (NULL);
  styles->fills = g_array_new (FALSE, FALSE, sizeof (Fill));
  styles->formats = g_array_new (FALSE, FALSE, sizeof (Format));
  g_array_set_clear_func (styles->formats, format_clear);
  styles->by_look = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  styles->fills_end = styles->formats_end = styles->fill_count = styles->format_count = -1;
  if (!qc_package_read (package, part, take_bytes, styles->bytes, cancellable, error))
    return NULL;
  const guchar *first = (const guchar *)styles->bytes->str;
  gsize length = styles->bytes->len;
  if (length > MAX_PART || length < 4 || first[0] >= 0xfe || memchr (first, '\0', length) != NULL
      || !qc_part_scan (package, part, &handlers, styles, &styles->form, NULL, cancellable, error))
    return NULL;
  if (styles->fills_end < 0 || styles->formats_end < 0 || styles->formats->len == 0)
    return NULL;
  styles->n_fills = styles->fills->len;
  styles->n_formats = styles->formats->len;
  for (guint i = 0; i < styles->n_formats; i++) {
    char *look = look_of (styles, &g_array_index (styles->formats, Format, i));
    if (g_hash_table_contains (styles->by_look, look))
      g_free (look);
    else
      g_hash_table_insert (styles->by_look, look, GUINT_TO_POINTER (i + 1));
  }
  return g_steal_pointer (&styles);
}

void
qc_sheet_styles_free (QcSheetStyles *styles)
{
  if (styles == NULL)
    return;
  g_free (styles->part);
  qc_part_form_clear (&styles->form);
  g_string_free (styles->bytes, TRUE);
  g_array_unref (styles->fills);
  g_array_unref (styles->formats);
  g_hash_table_unref (styles->by_look);
  g_free (styles);
}

/* ---- what is asked ---- */

static const Fill *
fill_of (const QcSheetStyles *styles, guint format)
{
  static const Fill none = {QC_STYLE_CLERKS, NO_CODE};
  guint fill = format < styles->formats->len ? g_array_index (styles->formats, Format, format).fill : G_MAXUINT;
  return fill < styles->fills->len ? &g_array_index (styles->fills, Fill, fill) : &none;
}

gboolean
qc_sheet_styles_has (const QcSheetStyles *styles, guint format)
{
  return format < styles->n_formats;
}

QcStyleKind
qc_sheet_styles_get_kind (const QcSheetStyles *styles, guint format)
{
  return fill_of (styles, format)->kind;
}

guint
qc_sheet_styles_get_note (const QcSheetStyles *styles, guint format)
{
  guint code = fill_of (styles, format)->code;
  return code != NO_CODE && (code & ~QC_SHEET_STYLES_MAX_NOTE) == REASON_CODE ? code & QC_SHEET_STYLES_MAX_NOTE : 0;
}

gboolean
qc_sheet_styles_is_full (const QcSheetStyles *styles)
{
  return styles->formats->len >= MAX_FORMATS;
}

/* ---- what is appended ---- */

static guint
find_fill (QcSheetStyles *styles, QcStyleKind kind, guint code)
{
  for (guint i = 0; i < styles->fills->len; i++) {
    const Fill *fill = &g_array_index (styles->fills, Fill, i);
    if (fill->kind == kind && fill->code == code)
      return i;
  }
  Fill fill = {kind, code};
  g_array_append_val (styles->fills, fill);
  return styles->fills->len - 1;
}

/* The index of a format that is as @format but for its fill; it is appended if there is none. */
static guint
with_fill (QcSheetStyles *styles, guint format, guint fill)
{
  const Format *own = &g_array_index (styles->formats, Format, format);
  Format copy = {NULL, 0, g_strdup (own->plain), fill};
  g_autofree char *look = look_of (styles, &copy);
  gpointer there = g_hash_table_lookup (styles->by_look, look);
  if (there != NULL) {
    format_clear (&copy);
    return GPOINTER_TO_UINT (there) - 1;
  }
  GString *text = g_string_new (own->text);
  g_autofree char *number = g_strdup_printf ("%u", fill);
  set_attribute (text, "fillId", number);
  set_attribute (text, "applyFill", fill > 0 ? "1" : "0");
  copy.text = g_string_free (text, FALSE);
  g_array_append_val (styles->formats, copy);
  g_hash_table_insert (styles->by_look, g_steal_pointer (&look), GUINT_TO_POINTER (styles->formats->len));
  return styles->formats->len - 1;
}

guint
qc_sheet_styles_fault (QcSheetStyles *styles, guint format, QcFaultBefore before)
{
  return with_fill (styles, format, find_fill (styles, QC_STYLE_FAULT, format << BEFORE_BITS | before));
}

guint
qc_sheet_styles_reason (QcSheetStyles *styles, guint format, guint note)
{
  return with_fill (styles, format, find_fill (styles, QC_STYLE_REASON, REASON_CODE | note));
}

guint
qc_sheet_styles_before (QcSheetStyles *styles, guint format, QcFaultBefore *out_before)
{
  const char *plain = g_array_index (styles->formats, Format, format).plain;
  guint code = fill_of (styles, format)->code, said = code >> BEFORE_BITS;
  *out_before = QC_FAULT_NAMED;
  if (code != NO_CODE && said < styles->n_formats && qc_sheet_styles_get_kind (styles, said) == QC_STYLE_CLERKS
      && g_str_equal (g_array_index (styles->formats, Format, said).plain, plain)) {
    *out_before = code & ((1 << BEFORE_BITS) - 1);
    return said;
  }
  for (guint i = 0; i < styles->formats->len; i++)
    if (qc_sheet_styles_get_kind (styles, i) == QC_STYLE_CLERKS
        && g_str_equal (g_array_index (styles->formats, Format, i).plain, plain))
      return i;
  return with_fill (styles, format, 0);
}

static gboolean
is_appended (gpointer look, gpointer index, gpointer n)
{
  return GPOINTER_TO_UINT (index) > GPOINTER_TO_UINT (n);
}

void
qc_sheet_styles_forget (QcSheetStyles *styles)
{
  g_hash_table_foreach_remove (styles->by_look, is_appended, GUINT_TO_POINTER (styles->n_formats));
  g_array_set_size (styles->fills, styles->n_fills);
  g_array_set_size (styles->formats, styles->n_formats);
}

/* ---- what is written ---- */

static char *
fill_text (const QcSheetStyles *styles, const Fill *fill)
{
  const char *prefix = styles->form.prefix;
  return g_strdup_printf ("<%sfill><%spatternFill patternType=\"solid\"><%sfgColor rgb=\"%s\"/><%sbgColor "
                          "rgb=\"FF%06X\"/></%spatternFill></%sfill>",
                          prefix, prefix, prefix, fill->kind == QC_STYLE_FAULT ? FAULT_COLOUR : REASON_COLOUR, prefix,
                          fill->code & 0xffffff, prefix, prefix);
}

static void
edit_count (GArray *edits, gint64 place, gsize digits, guint count)
{
  if (place >= 0)
    qc_part_edits_take (edits, place, (gint64)digits, g_strdup_printf ("%u", count));
}

void
qc_sheet_styles_store (QcSheetStyles *styles, QcArchiveCopy *copy)
{
  if (styles->formats->len == styles->n_formats)
    return;
  GArray *edits = qc_part_edits_new ();
  GString *fills = g_string_new (NULL), *formats = g_string_new (NULL);
  for (guint i = styles->n_fills; i < styles->fills->len; i++) {
    g_autofree char *text = fill_text (styles, &g_array_index (styles->fills, Fill, i));
    g_string_append (fills, text);
  }
  for (guint i = styles->n_formats; i < styles->formats->len; i++)
    g_string_append (formats, g_array_index (styles->formats, Format, i).text);
  edit_count (edits, styles->fill_count, styles->fill_digits, styles->fills->len);
  edit_count (edits, styles->format_count, styles->format_digits, styles->formats->len);
  qc_part_edits_take (edits, styles->fills_end, 0, g_string_free (fills, FALSE));
  qc_part_edits_take (edits, styles->formats_end, 0, g_string_free (formats, FALSE));
  qc_part_edits_sort (edits);
  qc_archive_copy_change (copy, styles->part, edits, &styles->form);
}
