/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The templates of qc-html.h: one pass over the text, sections by recursion. Any thread.
 */
#include "qc-html.h"

#include <string.h>

struct _QcHtml {
  const QcHtml *around; /* (nullable) borrowed */
  GHashTable *texts;    /* (owned) char* → char* */
  GHashTable *lists;    /* (owned) char* → GPtrArray of QcHtml */
};

QcHtml *
qc_html_new (void)
{
  QcHtml *values = g_new0 (QcHtml, 1);
  values->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  values->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return values;
}

void
qc_html_free (QcHtml *values)
{
  if (values == NULL)
    return;
  g_hash_table_unref (values->texts);
  g_hash_table_unref (values->lists);
  g_free (values);
}

void
qc_html_take (QcHtml *values, const char *name, char *value)
{
  g_hash_table_replace (values->texts, g_strdup (name), value != NULL ? value : g_strdup (""));
}

void
qc_html_set (QcHtml *values, const char *name, const char *value)
{
  qc_html_take (values, name, g_strdup (value));
}

void
qc_html_set_flag (QcHtml *values, const char *name, gboolean value)
{
  qc_html_set (values, name, value ? "1" : "");
}

void
qc_html_set_int (QcHtml *values, const char *name, gint64 value)
{
  qc_html_take (values, name, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
qc_html_add_list (QcHtml *values, const char *name)
{
  if (!g_hash_table_contains (values->lists, name))
    g_hash_table_insert (values->lists, g_strdup (name), g_ptr_array_new_with_free_func ((GDestroyNotify)qc_html_free));
}

QcHtml *
qc_html_add (QcHtml *values, const char *name)
{
  QcHtml *item = qc_html_new ();
  qc_html_add_list (values, name);
  item->around = values;
  g_ptr_array_add (g_hash_table_lookup (values->lists, name), item);
  return item;
}

/* ---- rendering ---- */

static const char *
find_text (const QcHtml *values, const char *name)
{
  for (; values != NULL; values = values->around) {
    const char *text = g_hash_table_lookup (values->texts, name);
    if (text != NULL)
      return text;
  }
  return "";
}

static GPtrArray *
find_list (const QcHtml *values, const char *name)
{
  for (; values != NULL; values = values->around) {
    GPtrArray *list = g_hash_table_lookup (values->lists, name);
    if (list != NULL)
      return list;
    if (g_hash_table_contains (values->texts, name))
      return NULL;
  }
  return NULL;
}

/* Control characters that HTML does not know are left out; quotes are escaped too, for attributes. */
static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_string_append (out, escaped);
}

static void render (GString *out, const char *text, gsize length, const QcHtml *values);

/* @body: what stands between {{#name}} or {{^name}} and {{/name}}. */
static void
render_section (GString *out, char kind, const char *name, const char *body, gsize length, const QcHtml *values)
{
  GPtrArray *list = find_list (values, name);
  gboolean there = list != NULL ? list->len > 0 : *find_text (values, name) != '\0';
  if (kind == '^') {
    if (!there)
      render (out, body, length, values);
  } else if (list != NULL) {
    for (guint i = 0; i < list->len; i++)
      render (out, body, length, g_ptr_array_index (list, i));
  } else if (there) {
    render (out, body, length, values);
  }
}

static void
render (GString *out, const char *text, gsize length, const QcHtml *values)
{
  const char *end = text + length;
  while (text < end) {
    const char *open = g_strstr_len (text, end - text, "{{");
    const char *close = open != NULL ? g_strstr_len (open, end - open, "}}") : NULL;
    if (open == NULL) {
      g_string_append_len (out, text, end - text);
      return;
    }
    g_assert (close != NULL);
    g_string_append_len (out, text, open - text);
    g_autofree char *name = g_strndup (open + 2, close - open - 2);
    text = close + 2;
    if (*name == '!')
      continue;
    if (*name != '#' && *name != '^') {
      append_escaped (out, find_text (values, name));
      continue;
    }
    g_autofree char *tail = g_strdup_printf ("{{/%s}}", name + 1);
    const char *after = g_strstr_len (text, end - text, tail);
    g_assert (after != NULL);
    render_section (out, *name, name + 1, text, after - text, values);
    text = after + strlen (tail);
  }
}

char *
qc_html_render (const char *template_text, const QcHtml *values)
{
  GString *out = g_string_sized_new (8192);
  render (out, template_text, strlen (template_text), values);
  return g_string_free (out, FALSE);
}
