/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rows and cells of a clipboard text; see the header. One pass over the bytes. Any thread.
 */
#include "qc-paste-block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"

#define BOM      "\xef\xbb\xbf"
#define ELLIPSIS "…"

typedef struct {
  GPtrArray *rows; /* of GPtrArray of char* */
  GPtrArray *row;
  GString *cell;
  gboolean any;  /* the row holds some text */
  gboolean many; /* there were more rows than are taken */
} Block;

char *
qc_paste_cell_new (const char *text, gsize length)
{
  gboolean cut = length > QC_PASTE_MAX_CELL;
  g_autofree char *kept = g_strndup (text, cut ? QC_PASTE_MAX_CELL - strlen (ELLIPSIS) : length);
  char *end;
  if (!g_utf8_validate (kept, -1, (const char **)&end))
    *end = '\0'; /* it was cut inside a character */
  g_strstrip (kept);
  return cut ? g_strconcat (kept, ELLIPSIS, NULL) : g_steal_pointer (&kept);
}

static void
end_cell (Block *block)
{
  char *cell = qc_paste_cell_new (block->cell->str, block->cell->len);
  block->any |= *cell != '\0';
  g_ptr_array_add (block->row, cell);
  g_string_truncate (block->cell, 0);
}

static void
end_row (Block *block)
{
  end_cell (block);
  if (block->any && block->rows->len < QC_PASTE_MAX_ROWS) {
    g_ptr_array_add (block->rows, block->row);
  } else {
    block->many |= block->any;
    g_ptr_array_unref (block->row);
  }
  block->row = g_ptr_array_new_with_free_func (g_free);
  block->any = FALSE;
}

/* One byte more than a cell keeps says that there was more. */
static void
append (Block *block, char c)
{
  if (block->cell->len <= QC_PASTE_MAX_CELL)
    g_string_append_c (block->cell, c);
}

/* Where the quote ends that begins before @text: at one that stands before the end of a cell. NULL where the text goes
 * on behind it, or no other comes: then it is a character like others. */
static const char *
find_end_of_quote (const char *text, const char *end)
{
  while ((text = memchr (text, '"', (gsize)(end - text))) != NULL) {
    if (text + 1 == end || strchr ("\t\r\n", text[1]) != NULL)
      return text;
    if (text[1] != '"')
      return NULL;
    text += 2;
  }
  return NULL;
}

static void
append_quoted (Block *block, const char *text, const char *end)
{
  for (; text < end; text++) {
    if (*text == '"')
      text++; /* the first of two */
    append (block, *text == '\r' || *text == '\n' || *text == '\t' ? ' ' : *text);
  }
}

GPtrArray *
qc_paste_block_parse (const char *text, gsize length, GError **error)
{
  const char *end = text + length;
  if (!g_utf8_validate_len (text, length, NULL)) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT, _ ("What was copied is no text."));
    return NULL;
  }
  Block block = {g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
                 g_ptr_array_new_with_free_func (g_free), g_string_new (NULL), FALSE, FALSE};
  gboolean fresh = TRUE; /* at the beginning of a cell */
  for (const char *p = g_str_has_prefix (text, BOM) ? text + strlen (BOM) : text; p < end; p++) {
    const char *quote = *p == '"' && fresh ? find_end_of_quote (p + 1, end) : NULL;
    fresh = *p == '\t' || *p == '\n' || *p == '\r';
    if (quote != NULL) {
      append_quoted (&block, p + 1, quote);
      p = quote;
    } else if (*p == '\t') {
      end_cell (&block);
    } else if (fresh) {
      if (*p == '\r' && p + 1 < end && p[1] == '\n')
        p++;
      end_row (&block);
    } else {
      append (&block, *p);
    }
  }
  end_row (&block); /* which is none if nothing stands in it */
  g_ptr_array_unref (block.row);
  g_string_free (block.cell, TRUE);
  if (!block.many)
    return block.rows;
  g_ptr_array_unref (block.rows);
  g_set_error (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
               _ ("More than %d rows cannot be pasted at once; nothing was pasted."), QC_PASTE_MAX_ROWS);
  return NULL;
}
