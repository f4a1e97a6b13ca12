/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pasting into a roster. Where a column of the block names people of the unit, every row goes to its person, and where
 * accounts are opened to the line with its document or a new one; otherwise the block lies down where the cursor is.
 * The text is taken apart and people are found on the reader thread; the lines are made on the main context, as one
 * step.
 */
#include "qc-roster-service-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-fold.h"
#include "qc-header-names.h"
#include "qc-paste-block.h"
#include "qc-roster-index.h"
#include "qc-session-private.h"
#include "qc-store-people.h"

#define MAX_COLUMNS 64u

void
qc_paste_result_free (QcPasteResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->unknown);
  g_ptr_array_unref (result->refused);
  g_free (result);
}

/* ---- on the reader thread ---- */

typedef struct {
  char *profile, *unit, *text; /* (owned) */
  gint64 line;
  QcLineFieldId field;
  gboolean newcomers; /* nobody is looked for: they have no account yet */
} Request;

static void
request_free (Request *request)
{
  g_free (request->profile);
  g_free (request->unit);
  g_free (request->text);
  g_free (request);
}

/* The block, and whom its rows name. */
typedef struct {
  GPtrArray *rows;   /* (owned) of GPtrArray of char* */
  GPtrArray *people; /* (owned) (nullable) per row a QcEmployee or NULL; NULL: no column names people */
  int key;           /* the column that does */
} Block;

static void
block_free (Block *block)
{
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_clear_pointer (&block->people, g_ptr_array_unref);
  g_free (block);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Block, block_free)

static const char *
cell_at (const GPtrArray *row, int column)
{
  return column >= 0 && (guint)column < row->len ? g_ptr_array_index (row, column) : "";
}

/* Numbers of accounts and documents: mostly digits, in whichever width, and long. */
static gboolean
looks_like_key (const char *text)
{
  guint digits = 0, others = 0;
  for (const char *p = text; *p != '\0' && others <= 2; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isdigit (c))
      digits++;
    else if (!g_unichar_isspace (c))
      others++;
  }
  return digits >= 8 && others <= 2;
}

/* So many columns hold anything: what spreadsheets leave of empty ones at the end counts for nothing. */
static guint
width_of (const GPtrArray *rows)
{
  guint width = 0;
  for (guint i = 0; i < rows->len; i++) {
    const GPtrArray *row = g_ptr_array_index (rows, i);
    for (guint c = row->len; c > width; c--)
      if (*(const char *)g_ptr_array_index (row, c - 1) != '\0')
        width = c;
  }
  return width;
}

/* The column in which most rows hold such numbers; -1 if in none at least half do. */
static int
find_key_column (const GPtrArray *rows)
{
  guint width = width_of (rows), best = 0;
  int column = -1;
  for (guint c = 0; c < MIN (width, MAX_COLUMNS); c++) {
    guint n = 0;
    for (guint i = 0; i < rows->len; i++)
      n += looks_like_key (cell_at (g_ptr_array_index (rows, i), (int)c));
    if (n > best) {
      best = n;
      column = (int)c;
    }
  }
  return 2 * best >= rows->len && best > 0 ? column : -1;
}

static void
employee_free0 (gpointer employee)
{
  if (employee != NULL)
    qc_employee_free (employee);
}

static gpointer
take_apart (QcConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Block) block = g_new0 (Block, 1);
  block->rows = qc_paste_block_parse (request->text, strlen (request->text), error);
  if (block->rows == NULL)
    return NULL;
  block->key = find_key_column (block->rows);
  if (block->key < 0 || request->newcomers)
    return g_steal_pointer (&block);
  GPtrArray *people = g_ptr_array_new_with_free_func (employee_free0);
  guint known = 0;
  for (guint i = 0; i < block->rows->len; i++) {
    g_autofree char *key = qc_text_fold (cell_at (g_ptr_array_index (block->rows, i), block->key));
    g_autofree char *document = qc_resident_id_fold (key);
    QcEmployee *person = NULL;
    if (looks_like_key (key)
        && !qc_store_people_find (connection, request->profile, request->unit, document, &person, error)) {
      g_ptr_array_unref (people);
      return NULL;
    }
    known += person != NULL;
    g_ptr_array_add (people, person);
    if (i % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)) {
      g_ptr_array_unref (people);
      return NULL;
    }
  }
  /* long numbers that name nobody may as well be amounts or telephones */
  if (known > 0)
    block->people = people;
  else
    g_ptr_array_unref (people);
  return g_steal_pointer (&block);
}

/* ---- on the main context ---- */

/* One line that is being made of a row: changed, or new. */
typedef struct {
  QcRosterService *self;
  QcPasteResult *result;
  GPtrArray *changed, *added; /* (owned) QcRosterLine */
  QcRosterIndex *index;       /* of the roster; where a person stands on it once, those that are added too */
  GHashTable *working;        /* gint64* id → changed copy */
} Pasting;

/* A line to write into: the copy that this paste makes of it. */
static QcRosterLine *
working_copy (Pasting *pasting, const QcRosterLine *line)
{
  QcRosterLine *copy = line->id != 0 ? g_hash_table_lookup (pasting->working, &line->id) : (QcRosterLine *)line;
  if (copy == NULL) {
    copy = qc_roster_line_copy (line);
    g_hash_table_insert (pasting->working, &copy->id, copy);
    g_ptr_array_add (pasting->changed, copy);
  }
  return copy;
}

static void
put_cell (Pasting *pasting, QcRosterLine *line, QcLineFieldId field, const char *text)
{
  gboolean read;
  if (*text != '\0' && qc_roster_service_put (pasting->self, line, field, text, &read) && !read)
    pasting->result->unreadable++;
}

static char *
join_row (const GPtrArray *row)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < row->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", (char *)g_ptr_array_index (row, i));
  return g_string_free (text, FALSE);
}

static gboolean
is_number (QcLineFieldId field)
{
  return field == QC_LINE_ACCOUNT || field == QC_LINE_DOCUMENT || field == QC_LINE_MOBILE || field == QC_LINE_BIRTH;
}

/* Whole rows of the grid: the key column is where the grid has such numbers, and nothing lies beyond its columns. */
static gboolean
fits_columns (QcBusiness business, guint width, int key, GArray *fields)
{
  const QcBusinessInfo *info = qc_business_info (business);
  guint c = 0;
  gboolean fits = FALSE;
  for (guint i = 0; i < info->n_columns && c < width; i++) {
    if (info->columns[i].flags & QC_COLUMN_HIDDEN)
      continue;
    QcLineFieldId field = info->columns[i].field;
    fits |= (int)c == key && is_number (field);
    g_array_index (fields, int, c++) = (int)field;
  }
  return fits && c == width;
}

/* Which field each column of the block goes to, -1 = to none. By the headings, if the first row has some; else from the
 * key column on as the grid's columns lie. (transfer full) */
static GArray *
choose_fields (Pasting *pasting, const Block *block, gboolean *out_headings)
{
  const QcBusinessInfo *info = qc_business_info (pasting->self->business);
  const GPtrArray *first = g_ptr_array_index (block->rows, 0);
  guint width = MIN (width_of (block->rows), MAX_COLUMNS);
  guint named = 0;
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint c = 0; c < width; c++) {
    int field = qc_header_field (pasting->self->business, cell_at (first, (int)c));
    named += field >= 0;
    g_array_append_val (fields, field);
  }
  *out_headings = named > 1 || (named == 1 && width == 1);
  if (*out_headings || fits_columns (pasting->self->business, width, block->key, fields))
    return fields;
  guint next = 0;
  /* the cells that are entered, in order, take the columns that name nobody and say nothing that is shown already */
  for (guint c = 0; c < width; c++) {
    int *field = &g_array_index (fields, int, c);
    *field = -1;
    if (info->opens_accounts || (int)c <= block->key)
      continue; /* a number that is entered itself is no key to count from */
    while (next < info->n_columns && !qc_column_is_entered (&info->columns[next]))
      next++;
    if (next < info->n_columns)
      *field = (int)info->columns[next++].field;
  }
  return fields;
}

/* What the row has for @field; "" where it has nothing. */
static const char *
cell_of (const GPtrArray *row, const GArray *fields, QcLineFieldId field)
{
  for (guint c = 0; c < fields->len; c++)
    if (g_array_index (fields, int, c) == (int)field)
      return cell_at (row, (int)c);
  return "";
}

/* The line of the row's person, made if it is not there. (nullable) */
static QcRosterLine *
line_of (Pasting *pasting, const Block *block, const GArray *fields, guint i)
{
  QcRosterService *self = pasting->self;
  QcEmployee *person = g_ptr_array_index (block->people, i);
  if (person == NULL) {
    g_ptr_array_add (pasting->result->unknown, join_row (g_ptr_array_index (block->rows, i)));
    return NULL;
  }
  g_autofree char *from = qc_roster_service_dup_as_read (
      self, QC_LINE_FROM, cell_of (g_ptr_array_index (block->rows, i), fields, QC_LINE_FROM));
  const QcRosterLine *there = qc_roster_index_take (pasting->index, person->account, from);
  if (there != NULL)
    return working_copy (pasting, there);
  qc_overlay_apply (self->ground->overlay, person, NULL);
  QcFinding *refused = qc_roster_rules (self->business)->refuse (&self->ground->facts, person);
  if (refused != NULL) {
    g_ptr_array_add (pasting->result->refused, refused);
    return NULL;
  }
  QcRosterLine *line = qc_rules_roster_new_line (self->business, &self->ground->facts, person);
  qc_roster_people_put (self->ground->people, person);
  g_ptr_array_add (pasting->added, line);
  if (!qc_business_info (self->business)->of_months)
    qc_roster_index_add (pasting->index, line);
  return line;
}

static void
put_row (Pasting *pasting, QcRosterLine *line, const GPtrArray *row, const GArray *fields)
{
  for (guint c = 0; c < MIN (row->len, fields->len); c++)
    if (g_array_index (fields, int, c) >= 0)
      put_cell (pasting, line, (QcLineFieldId)g_array_index (fields, int, c), g_ptr_array_index (row, c));
}

static void
paste_people (Pasting *pasting, const Block *block)
{
  gboolean headings;
  g_autoptr (GArray) fields = choose_fields (pasting, block, &headings);
  for (guint i = headings ? 1 : 0; i < block->rows->len; i++) {
    QcRosterLine *line = line_of (pasting, block, fields, i);
    if (line != NULL)
      put_row (pasting, line, g_ptr_array_index (block->rows, i), fields);
  }
}

/* Somebody who has no account yet: the line with the document, else a new one. What stands beside a resident ID must
 * not say otherwise. */
static void
paste_newcomer (Pasting *pasting, const GPtrArray *row, const GArray *fields)
{
  QcRosterService *self = pasting->self;
  g_autofree char *document
      = qc_roster_service_dup_as_read (self, QC_LINE_DOCUMENT, cell_of (row, fields, QC_LINE_DOCUMENT));
  const QcRosterLine *there = qc_roster_index_take (pasting->index, document, "");
  g_autoptr (QcRosterLine) line = there != NULL ? qc_roster_line_copy (there) : qc_roster_line_new ();
  put_row (pasting, line, row, fields);
  qc_roster_service_tell_document_type (self, line);
  guint before = pasting->result->refused->len;
  qc_roster_service_find_contradictions (self, line, cell_of (row, fields, QC_LINE_SEX),
                                         cell_of (row, fields, QC_LINE_BIRTH), pasting->result->refused);
  if (pasting->result->refused->len == before)
    g_ptr_array_add (there != NULL ? pasting->changed : pasting->added, g_steal_pointer (&line));
}

/* FALSE: no column names people, and they are no whole rows either. */
static gboolean
paste_newcomers (Pasting *pasting, const Block *block)
{
  gboolean headings, whom = FALSE;
  g_autoptr (GArray) fields = choose_fields (pasting, block, &headings);
  for (guint c = 0; c < fields->len; c++)
    whom |= g_array_index (fields, int, c) == QC_LINE_NAME || g_array_index (fields, int, c) == QC_LINE_DOCUMENT;
  for (guint i = headings ? 1 : 0; whom && i < block->rows->len; i++)
    paste_newcomer (pasting, g_ptr_array_index (block->rows, i), fields);
  return whom;
}

/* From the cursor on, downwards in the order shown, to the right over the columns shown. What has no line is told. */
static void
paste_cells (Pasting *pasting, const Block *block, gint64 line, QcLineFieldId field)
{
  QcRosterService *self = pasting->self;
  const QcBusinessInfo *info = qc_business_info (self->business);
  guint position = line != 0 ? qc_roster_model_find (self->model, line) : G_MAXUINT;
  guint column = 0;
  while (column < info->n_columns && info->columns[column].field != field)
    column++;
  for (guint i = 0; i < block->rows->len; i++) {
    const GPtrArray *row = g_ptr_array_index (block->rows, i);
    const QcRosterLine *there = position != G_MAXUINT ? qc_roster_model_get_line_at (self->model, position + i) : NULL;
    if (there == NULL) {
      g_ptr_array_add (pasting->result->unknown, join_row (row));
      continue;
    }
    QcRosterLine *copy = working_copy (pasting, there);
    guint at = column;
    for (guint c = 0; c < row->len && at < info->n_columns; at++) {
      if (info->columns[at].flags & QC_COLUMN_HIDDEN)
        continue;
      put_cell (pasting, copy, info->columns[at].field, g_ptr_array_index (row, c++));
    }
  }
}

static void
apply (QcRosterService *self, const Block *block, const Request *request, QcPasteResult *result)
{
  const GPtrArray *lines = qc_draft_get_roster (self->draft)->lines;
  Pasting pasting = {self,
                     result,
                     g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free),
                     g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free),
                     qc_roster_index_new (self->business),
                     g_hash_table_new (g_int64_hash, g_int64_equal)};
  for (guint i = 0; i < lines->len; i++)
    qc_roster_index_add (pasting.index, g_ptr_array_index (lines, i));
  gboolean newcomers = qc_business_info (self->business)->opens_accounts;
  if (block->rows->len > 0 && block->people != NULL)
    paste_people (&pasting, block);
  else if (block->rows->len == 0 || !newcomers || !paste_newcomers (&pasting, block))
    paste_cells (&pasting, block, request->line, request->field);
  result->added = pasting.added->len;
  result->changed = pasting.changed->len;
  qc_roster_index_free (pasting.index);
  g_hash_table_unref (pasting.working);
  qc_draft_begin_step (self->draft);
  if (pasting.added->len > 0)
    qc_roster_service_note_month (self);
  qc_draft_set_lines (self->draft, pasting.changed, "lines.paste");
  if (pasting.added->len > 0)
    qc_draft_add_lines (self->draft, pasting.added, 0, "lines.paste");
  else
    g_ptr_array_unref (pasting.added);
  qc_draft_end_step (self->draft);
}

static void
taken_apart_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (Block) block = qc_database_finish (QC_DATABASE (source), result, &error);
  if (block == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (self->ground == NULL || qc_draft_get_outbox (self->draft) != 0 || qc_draft_is_busy (self->draft)) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s", _ ("The roster cannot be edited now."));
    return;
  }
  QcPasteResult *pasted = g_new0 (QcPasteResult, 1);
  pasted->unknown = g_ptr_array_new_with_free_func (g_free);
  pasted->refused = qc_findings_new ();
  apply (self, block, g_task_get_task_data (task), pasted);
  g_task_return_pointer (task, pasted, (GDestroyNotify)qc_paste_result_free);
}

void
qc_roster_service_paste_async (QcRosterService *self, gint64 line, QcLineFieldId field, const char *text,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_SERVICE (self));
  QcBusinessService *service = QC_BUSINESS_SERVICE (self);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  Request *own = g_new0 (Request, 1);
  request->profile = g_strdup (qc_business_service_get_profile (service));
  request->unit = g_strdup (qc_business_service_get_unit (service));
  request->text = g_strdup (text);
  request->newcomers = qc_business_info (self->business)->opens_accounts;
  own->line = line;
  own->field = field;
  g_task_set_task_data (task, own, (GDestroyNotify)request_free);
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (service)), "roster-paste",
                          take_apart, request, (GDestroyNotify)request_free, (GDestroyNotify)block_free, cancellable,
                          taken_apart_cb, task);
}

QcPasteResult *
qc_roster_service_paste_finish (QcRosterService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
