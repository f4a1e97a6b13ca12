/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Rows and cells of a clipboard text; see the header. One pass over the bytes. Any thread.
 */
#include "qc-paste-block.h"

#include <string.h>

typedef struct {
  GPtrArray *rows; /* of GPtrArray of char* */
  GPtrArray *row;
  GString *cell;
  gboolean any; /* the row holds some text */
} Block;

static void
end_cell (Block *block)
{
  /* a cell that was cut may end inside a character */
  const char *end;
  if (!g_utf8_validate_len (block->cell->str, block->cell->len, &end))
    g_string_truncate (block->cell, (gsize)(end - block->cell->str));
  g_strstrip (block->cell->str);
  block->any |= *block->cell->str != '\0';
  g_ptr_array_add (block->row, g_strdup (block->cell->str));
  g_string_truncate (block->cell, 0);
}

static void
end_row (Block *block)
{
  end_cell (block);
  if (block->any && block->rows->len < QC_PASTE_MAX_ROWS)
    g_ptr_array_add (block->rows, block->row);
  else
    g_ptr_array_unref (block->row);
  block->row = g_ptr_array_new_with_free_func (g_free);
  block->any = FALSE;
}

static void
append (Block *block, char c)
{
  if (block->cell->len < QC_PASTE_MAX_CELL)
    g_string_append_c (block->cell, c);
}

GPtrArray *
qc_paste_block_parse (const char *text, gsize length)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return NULL;
  Block block = {g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
                 g_ptr_array_new_with_free_func (g_free), g_string_new (NULL), FALSE};
  gboolean quoted = FALSE, fresh = TRUE; /* at the beginning of a cell */
  for (gsize i = 0; i < length; i++) {
    char c = text[i];
    if (quoted) {
      if (c != '"')
        append (&block, c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
      else if (i + 1 < length && text[i + 1] == '"')
        append (&block, text[++i]);
      else
        quoted = FALSE;
    } else if (c == '"' && fresh && memchr (text + i + 1, '"', length - i - 1) != NULL) {
      quoted = TRUE;
      fresh = FALSE;
    } else if (c == '\t') {
      end_cell (&block);
      fresh = TRUE;
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < length && text[i + 1] == '\n')
        i++;
      end_row (&block);
      fresh = TRUE;
    } else {
      append (&block, c);
      fresh = FALSE;
    }
  }
  if (block.cell->len > 0 || block.row->len > 0)
    end_row (&block);
  g_ptr_array_unref (block.row);
  g_string_free (block.cell, TRUE);
  return block.rows;
}
