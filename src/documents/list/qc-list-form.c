/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The contents of a list and its rows, as they are put aside: see the headers. One thread at a time.
 */
#include "qc-list-private.h"

#include <errno.h>
#include <string.h>

#include "qc-money.h"
#include "qc-pdf-private.h"

#define WINDOW 65536

static void
column_clear (gpointer data)
{
  g_free (((QcListColumnData *)data)->title);
}

static void
field_clear (gpointer data)
{
  QcListField *field = data;
  g_free (field->label);
  g_free (field->value);
}

/* Those of ASCII are there from the beginning. */
static void
add_characters (QcListForm *form, const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar)*p >= 0x80) {
      qc_charset_add (form->charset, p);
      return;
    }
}

/* A line break or a tab is a blank on paper. */
static void
blank_controls (char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar)text[i] < 0x20 || text[i] == 0x7f)
      text[i] = ' ';
}

static char *
keep (QcListForm *form, const char *text)
{
  char *copy = g_strdup (text);
  if (copy != NULL)
    blank_controls (copy, strlen (copy));
  add_characters (form, copy);
  return copy;
}

QcListForm *
qc_list_form_new (const QcListHead *head, QcCharset *charset, const char *folder)
{
  QcListForm *form = g_new0 (QcListForm, 1);
  form->charset = charset;
  form->head = *head;
  form->head.center = keep (form, head->center);
  form->head.title = keep (form, head->title);
  form->head.running = keep (form, head->running);
  form->head.counted = keep (form, head->counted);
  form->head.handler = keep (form, head->handler);
  form->head.foot = keep (form, head->foot);
  form->fields = g_array_new (FALSE, TRUE, sizeof (QcListField));
  g_array_set_clear_func (form->fields, field_clear);
  form->notes = g_ptr_array_new_with_free_func (g_free);
  form->row = g_byte_array_new ();
  form->amounts = g_array_new (FALSE, TRUE, sizeof (QcMoney));
  for (guint i = 0; i < QC_LIST_SIDES; i++) {
    form->sides[i].columns = g_array_new (FALSE, TRUE, sizeof (QcListColumnData));
    g_array_set_clear_func (form->sides[i].columns, column_clear);
    form->sides[i].rows = qc_spool_new (folder);
  }
  return form;
}

void
qc_list_form_free (QcListForm *form)
{
  if (form == NULL)
    return;
  const char *const texts[] = {form->head.center,  form->head.title,   form->head.running,
                               form->head.counted, form->head.handler, form->head.foot};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free ((char *)texts[i]);
  for (guint i = 0; i < QC_LIST_SIDES; i++) {
    g_free (form->sides[i].title);
    g_array_unref (form->sides[i].columns);
    qc_spool_free (form->sides[i].rows);
    g_free (form->sides[i].sums);
  }
  g_array_unref (form->fields);
  g_ptr_array_unref (form->notes);
  g_byte_array_unref (form->row);
  g_array_unref (form->amounts);
  g_free (form);
}

void
qc_list_form_add_field (QcListForm *form, const char *label, const char *value, double share)
{
  QcListField field = {keep (form, label), keep (form, value != NULL ? value : ""), share};
  g_array_append_val (form->fields, field);
}

void
qc_list_form_add_note (QcListForm *form, const char *text)
{
  g_ptr_array_add (form->notes, keep (form, text));
}

void
qc_list_form_add_column (QcListForm *form, guint side, const QcListColumn *column)
{
  QcListSide *into = &form->sides[side];
  QcListColumnData data = {keep (form, column->title), column->width, column->align, column->is_sum};
  g_array_append_val (into->columns, data);
  into->sums = g_renew (QcMoney, into->sums, into->columns->len);
  into->sums[into->columns->len - 1] = 0;
}

void
qc_list_form_set_side_title (QcListForm *form, guint side, const char *title)
{
  g_free (form->sides[side].title);
  form->sides[side].title = keep (form, title);
}

/* ---- rows ---- */

void
qc_list_form_begin_row (QcListForm *form, guint side)
{
  form->side = side;
  form->cell = 0;
  form->counts = TRUE;
  g_byte_array_set_size (form->row, 0);
  g_array_set_size (form->amounts, 0);
  g_array_set_size (form->amounts, form->sides[side].columns->len);
}

void
qc_list_form_text (QcListForm *form, const char *text)
{
  g_return_if_fail (form->cell < form->sides[form->side].columns->len);
  const char *cell = text != NULL ? text : "";
  add_characters (form, cell);
  gsize length = strlen (cell);
  g_byte_array_append (form->row, (const guint8 *)cell, (guint)length + 1);
  blank_controls ((char *)form->row->data + form->row->len - length - 1, length);
  form->cell++;
}

void
qc_list_form_number (QcListForm *form, gint64 number)
{
  char text[24];
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  qc_list_form_text (form, text);
}

void
qc_list_form_amount (QcListForm *form, QcMoney fen)
{
  g_autofree char *text = qc_money_to_string (fen);
  g_return_if_fail (form->cell < form->sides[form->side].columns->len);
  g_array_index (form->amounts, QcMoney, form->cell) = fen;
  qc_list_form_text (form, text);
}

void
qc_list_form_uncount (QcListForm *form)
{
  form->counts = FALSE;
}

/* A row in the spool: its length, whether it counts, the amount of each column that is added up, its texts. */
gboolean
qc_list_form_end_row (QcListForm *form, GError **error)
{
  QcListSide *side = &form->sides[form->side];
  g_autoptr (GByteArray) record = g_byte_array_new ();
  guint32 length = 0;
  guint8 counts = (guint8)form->counts;
  while (form->cell < side->columns->len)
    qc_list_form_text (form, NULL);
  g_byte_array_append (record, (const guint8 *)&length, sizeof length);
  g_byte_array_append (record, &counts, 1);
  for (guint i = 0; i < side->columns->len; i++) {
    QcMoney fen = g_array_index (form->amounts, QcMoney, i);
    if (!g_array_index (side->columns, QcListColumnData, i).is_sum)
      continue;
    g_byte_array_append (record, (const guint8 *)&fen, sizeof fen);
    side->sums[i] += fen;
  }
  g_byte_array_append (record, form->row->data, form->row->len);
  length = record->len;
  memcpy (record->data, &length, sizeof length);
  side->n_rows++;
  side->counted += form->counts;
  if (qc_spool_append (side->rows, record->data, record->len))
    return TRUE;
  qc_pdf_set_write_error (error, errno, g_get_tmp_dir ());
  return FALSE;
}

gboolean
qc_list_form_is_practice (const QcListForm *form)
{
  return form->head.practice;
}

gint64
qc_list_form_get_counted (const QcListForm *form, guint side)
{
  return form->sides[side].counted;
}

QcMoney
qc_list_form_get_sum (const QcListForm *form, guint side, guint column)
{
  g_return_val_if_fail (column < form->sides[side].columns->len, 0);
  return form->sides[side].sums[column];
}

/* ---- reading them again ---- */

void
qc_list_cursor_init (QcListCursor *cursor, const QcListSide *side)
{
  *cursor = (QcListCursor) {
      .side = side,
      .window = g_byte_array_new (),
      .amounts = g_new0 (QcMoney, side->columns->len),
      .cells = g_new0 (const char *, side->columns->len),
  };
}

void
qc_list_cursor_clear (QcListCursor *cursor)
{
  g_clear_pointer (&cursor->window, g_byte_array_unref);
  g_clear_pointer (&cursor->amounts, g_free);
  g_clear_pointer (&cursor->cells, g_free);
}

/* @length bytes from where it stands; NULL with errno. */
static const guint8 *
look (QcListCursor *cursor, gsize length)
{
  gsize from = cursor->offset - cursor->window_at;
  if (from + length <= cursor->window->len)
    return cursor->window->data + from;
  gsize wanted = MIN (MAX (length, WINDOW), qc_spool_get_length (cursor->side->rows) - cursor->offset);
  g_byte_array_set_size (cursor->window, (guint)wanted);
  cursor->window_at = cursor->offset;
  errno = 0;
  return qc_spool_read (cursor->side->rows, cursor->offset, cursor->window->data, wanted) == wanted && wanted >= length
             ? cursor->window->data
             : NULL;
}

gboolean
qc_list_cursor_next (QcListCursor *cursor, GError **error)
{
  guint32 length = 0;
  const guint8 *record = look (cursor, sizeof length);
  if (record != NULL) {
    memcpy (&length, record, sizeof length);
    record = look (cursor, length);
  }
  if (record == NULL) {
    qc_pdf_set_write_error (error, errno != 0 ? errno : EIO, g_get_tmp_dir ());
    return FALSE;
  }
  cursor->offset += length;
  record += sizeof length;
  cursor->counts = *record++;
  for (guint i = 0; i < cursor->side->columns->len; i++) {
    if (!g_array_index (cursor->side->columns, QcListColumnData, i).is_sum)
      continue;
    memcpy (&cursor->amounts[i], record, sizeof (QcMoney));
    record += sizeof (QcMoney);
  }
  for (guint i = 0; i < cursor->side->columns->len; i++) {
    cursor->cells[i] = (const char *)record;
    record += strlen (cursor->cells[i]) + 1;
  }
  return TRUE;
}
