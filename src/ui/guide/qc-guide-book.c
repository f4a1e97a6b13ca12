/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-guide-book.h.
 */
#include "qc-guide-book.h"

#include <glib/gi18n.h>
#include <string.h>

#define PLACE "/org/qingce/Qingce/guide"

/* In order. @pages: those it is about, a blank before and behind each. */
static const struct {
  const char *id, *pages;
} chapters[] = {
    {"start", ""},
    {"enter", " home "},
    {"remittance", " remittance retirement "},
    {"back-payment", " back-payment "},
    {"unit-change", " unit-change "},
    {"account-opening", " account-opening "},
    {"transfer", " transfer "},
    {"sealing", " sealing "},
    {"base-adjustment", " base-adjustment "},
    {"inquiry", " inquiry people "},
    {"records", " applications "},
    {"vouchers", " vouchers "},
    {"drafts", ""},
    {"units", " units "},
    {"keep", ""},
    {"practice", ""},
    {"keys", ""},
    {"trouble", ""},
};

const char *
qc_guide_chapter_get_id (guint i)
{
  return i < G_N_ELEMENTS (chapters) ? chapters[i].id : NULL;
}

const char *
qc_guide_chapter_of_page (const char *page)
{
  g_autofree char *wanted = g_strdup_printf (" %s ", page ? page : "");
  for (gsize i = 0; page && i < G_N_ELEMENTS (chapters); i++)
    if (strstr (chapters[i].pages, wanted))
      return chapters[i].id;
  return chapters[0].id;
}

/* The folder of the program's language. */
static const char *
language (void)
{
  /* Translators: the folder of the built-in guide: "zh_CN" in Chinese, else "en". */
  return C_ ("folder of the guide", "en");
}

char *
qc_guide_chapter_dup_text (const char *id)
{
  g_autofree char *path = g_strdup_printf (PLACE "/%s/%s.txt", language (), id);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_return_val_if_fail (bytes, NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size), *end = text + size;
  while (text < end && *text == '%') { /* whose it is, for who reads the file */
    const char *line = memchr (text, '\n', (gsize)(end - text));
    text = line ? line + 1 : end;
  }
  return g_strndup (text, (gsize)(end - text));
}

char *
qc_guide_chapter_dup_title (const char *id)
{
  g_autofree char *text = qc_guide_chapter_dup_text (id);
  const char *end = strchr (text, '\n');
  const char *start = g_str_has_prefix (text, "# ") ? text + 2 : text;
  return end ? g_strndup (start, (gsize)(end - start)) : g_strdup (start);
}

gboolean
qc_guide_chapter_has (const char *id, const char *wanted)
{
  g_autofree char *text = qc_guide_chapter_dup_text (id);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *words = g_utf8_casefold (wanted, -1);
  g_auto (GStrv) each = g_strsplit_set (words, " \t", -1);
  for (char **word = each; *word; word++)
    if (!strstr (folded, *word))
      return FALSE;
  return TRUE;
}

char *
qc_guide_dup_picture_path (const char *name)
{
  return g_strdup_printf (PLACE "/%s/%s.png", language (), name);
}
