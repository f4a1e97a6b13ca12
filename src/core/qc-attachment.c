/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Attachments as values; see the header. Any thread.
 */
#include "qc-attachment.h"

#include <string.h>

#define DIGEST_LENGTH 64

QcAttachment *
qc_attachment_new (const char *kind, gint64 line, const char *name, const char *digest, gint64 size, const char *lines)
{
  QcAttachment *attachment = g_new (QcAttachment, 1);
  *attachment = (QcAttachment) {g_strdup (kind), line, g_strdup (name), g_strdup (digest), size, g_strdup (lines)};
  return attachment;
}

QcAttachment *
qc_attachment_copy (const QcAttachment *a)
{
  return qc_attachment_new (a->kind, a->line, a->name, a->digest, a->size, a->lines);
}

void
qc_attachment_free (QcAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->kind);
  g_free (attachment->name);
  g_free (attachment->digest);
  g_free (attachment->lines);
  g_free (attachment);
}

gboolean
qc_attachment_equal (const QcAttachment *a, const QcAttachment *b)
{
  return a->line == b->line && a->size == b->size && g_strcmp0 (a->kind, b->kind) == 0
         && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->digest, b->digest) == 0
         && g_strcmp0 (a->lines, b->lines) == 0;
}

GPtrArray *
qc_attachment_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_attachment_free);
}

GPtrArray *
qc_attachment_list_copy (const GPtrArray *attachments)
{
  GPtrArray *copy = qc_attachment_list_new ();
  for (guint i = 0; i < attachments->len; i++)
    g_ptr_array_add (copy, qc_attachment_copy (g_ptr_array_index (attachments, i)));
  return copy;
}

gboolean
qc_attachment_list_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!qc_attachment_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const QcAttachment *x = *(const QcAttachment *const *)a, *y = *(const QcAttachment *const *)b;
  return (x->line > y->line) - (x->line < y->line);
}

/* GLib's sort keeps the order of equals. */
void
qc_attachment_list_sort (GPtrArray *attachments)
{
  g_ptr_array_sort (attachments, compare_lines);
}

gboolean
qc_attachment_is_digest (const char *text)
{
  return strlen (text) == DIGEST_LENGTH && strspn (text, "0123456789abcdef") == DIGEST_LENGTH;
}

static gboolean
may_stand_in_name (gunichar c)
{
  return g_unichar_isprint (c) && (c >= 128 || strchr ("/\\:*?\"<>|", (int)c) == NULL);
}

gboolean
qc_attachment_is_name (const char *text)
{
  if (*text == '\0' || *text == '.' || !g_utf8_validate (text, -1, NULL)
      || g_utf8_strlen (text, -1) > QC_ATTACHMENT_MAX_NAME)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!may_stand_in_name (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

char *
qc_attachment_dup_person_name (const char *document, guint nth)
{
  GString *name = g_string_new (NULL);
  for (const char *p = document; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (name, may_stand_in_name (c) ? c : '-');
  }
  if (nth > 0)
    g_string_append_printf (name, "-%u", nth + 1);
  g_string_append (name, ".jpg");
  return g_string_free (name, FALSE);
}

char *
qc_attachment_dup_list (QcBusiness business)
{
  return g_strconcat ("attachment-", qc_business_info (business)->code, NULL);
}
