/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-roster-import.h. Main context.
 */
#include "qc-roster-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-error-text.h"
#include "qc-fold.h"
#include "qc-import-memory.h"
#include "qc-import-people.h"
#include "qc-roster-import-file.h"
#include "qc-roster-service-private.h"
#include "qc-session-private.h"

#define PIECE_MICROSECONDS 4000
#define REPAIRS_KEPT       1000
#define TELL_MILLISECONDS  100
#define FEW_ROWS           2000

struct _QcRosterImport {
  GObject parent_instance;
  QcRosterService *service; /* (owned) */
  GFile *file;              /* (owned) (nullable) */
  QcImportFile *read;       /* (owned) (nullable) */
  GArray *mapping;          /* (owned) int a column */
  char *remembered;         /* (owned) (nullable) the day of an earlier import whose mapping it is */
  QcImportResult *result;   /* (owned) (nullable) */
  GPtrArray *people;        /* (owned) (nullable) beside the rows below the headers */
  gboolean stale;           /* the roster is not as it was when the rows were checked */
  double progress;
};

G_DEFINE_FINAL_TYPE (QcRosterImport, qc_roster_import, G_TYPE_OBJECT)
enum { PROP_PROGRESS = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
row_free (gpointer data)
{
  QcImportRow *row = data;
  g_clear_pointer (&row->line, qc_roster_line_free);
  g_clear_pointer (&row->findings, g_ptr_array_unref);
  g_free (row->who);
  g_free (row);
}

static void
repair_free (gpointer data)
{
  QcImportRepair *repair = data;
  g_free (repair->before);
  g_free (repair->after);
  g_free (repair);
}

static void
result_free (QcImportResult *result)
{
  g_ptr_array_unref (result->rows);
  g_ptr_array_unref (result->repairs);
  g_free (result);
}

static void
tell_progress (QcRosterImport *self, double progress)
{
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/* ---- 打开 ---- */

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (qc_import_file_read (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* While the thread reads. */
static gboolean
watch_cb (gpointer user_data)
{
  GTask *task = user_data;
  if (g_task_get_completed (task))
    return G_SOURCE_REMOVE;
  QcImportFile *file = g_task_get_task_data (task);
  tell_progress (g_task_get_source_object (task), g_atomic_int_get (&file->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
forget_result (QcRosterImport *self)
{
  g_clear_pointer (&self->result, result_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
}

/* What its headers went to the last time; where that cannot be read, what they say. */
static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (QcImportMemory) memory = qc_import_memory_recall_finish (result, &error);
  if (error != NULL)
    g_message ("import: %s", error->message);
  if (memory != NULL && self->read != NULL && memory->fields->len == self->mapping->len) {
    g_array_unref (self->mapping);
    self->mapping = g_array_ref (memory->fields);
    self->remembered = g_strdup (memory->date);
  }
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  GError *error = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    qc_import_file_free (g_task_get_task_data (G_TASK (result)));
    g_task_return_error (task, error);
    return;
  }
  forget_result (self);
  g_clear_pointer (&self->read, qc_import_file_free);
  self->read = g_task_get_task_data (G_TASK (result));
  g_clear_pointer (&self->mapping, g_array_unref);
  g_clear_pointer (&self->remembered, g_free);
  self->mapping = qc_header_map (self->read->table, self->read->header, self->service->business);
  qc_import_memory_recall_async (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service)),
                                 self->service->business, self->read->table, self->read->header, recalled_cb,
                                 g_steal_pointer (&task));
}

void
qc_roster_import_open_async (QcRosterImport *self, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_set_object (&self->file, file);
  g_autofree char *path = g_file_get_path (file);
  if (path == NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("This file is not on this computer. Save it here first."));
    g_object_unref (task);
    return;
  }
  QcImportFile *reading = g_new0 (QcImportFile, 1);
  reading->path = g_steal_pointer (&path);
  reading->business = self->service->business;
  GTask *thread = g_task_new (self, cancellable, read_cb, task);
  g_task_set_task_data (thread, reading, NULL); /* the object's, once it is read */
  g_timeout_add_full (G_PRIORITY_DEFAULT, TELL_MILLISECONDS, watch_cb, g_object_ref (thread), g_object_unref);
  g_task_run_in_thread (thread, read_thread);
  g_object_unref (thread);
}

gboolean
qc_roster_import_open_finish (QcRosterImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GFile *
qc_roster_import_get_file (QcRosterImport *self)
{
  return self->file;
}

const GPtrArray *
qc_roster_import_get_sheets (QcRosterImport *self)
{
  return self->read != NULL ? self->read->sheets : NULL;
}

guint
qc_roster_import_get_sheet (QcRosterImport *self)
{
  return self->read != NULL ? self->read->sheet : 0;
}

/* ---- 列对应 ---- */

guint
qc_roster_import_get_n_rows (QcRosterImport *self)
{
  return self->read != NULL ? qc_table_get_n_rows (self->read->table) : 0;
}

guint
qc_roster_import_get_width (QcRosterImport *self)
{
  return self->read != NULL ? qc_table_get_width (self->read->table) : 0;
}

guint
qc_roster_import_get_number (QcRosterImport *self, guint index)
{
  g_return_val_if_fail (index < qc_roster_import_get_n_rows (self), 0);
  return qc_table_get_number (self->read->table, index);
}

const char *
qc_roster_import_get_text (QcRosterImport *self, guint index, guint column)
{
  g_return_val_if_fail (index < qc_roster_import_get_n_rows (self), "");
  return qc_table_get_cell (self->read->table, index, column).text;
}

char *
qc_roster_import_dup_column_name (guint column)
{
  return qc_table_dup_column_name (column);
}

guint
qc_roster_import_get_header (QcRosterImport *self)
{
  return self->read != NULL ? self->read->header : G_MAXUINT;
}

const GArray *
qc_roster_import_get_mapping (QcRosterImport *self)
{
  return self->mapping;
}

const char *
qc_roster_import_get_remembered (QcRosterImport *self)
{
  return self->remembered;
}

void
qc_roster_import_set_field (QcRosterImport *self, guint column, int field)
{
  g_return_if_fail (self->mapping != NULL && column < self->mapping->len);
  forget_result (self);
  for (guint i = 0; field != QC_HEADER_NONE && i < self->mapping->len; i++)
    if (g_array_index (self->mapping, int, i) == field)
      g_array_index (self->mapping, int, i) = QC_HEADER_NONE;
  g_array_index (self->mapping, int, column) = field;
}

GArray *
qc_roster_import_dup_choices (QcRosterImport *self)
{
  return qc_header_dup_choices (self->service->business);
}

/* The column that goes to @field; -1 = none. */
static int
column_of (QcRosterImport *self, int field)
{
  for (guint i = 0; self->mapping != NULL && i < self->mapping->len; i++)
    if (g_array_index (self->mapping, int, i) == field)
      return (int)i;
  return -1;
}

int
qc_roster_import_get_column (QcRosterImport *self, const QcFinding *finding)
{
  QcLineFieldId field;
  return finding->field != NULL && qc_line_field_from_name (finding->field, &field) ? column_of (self, (int)field) : -1;
}

char *
qc_roster_import_dup_place (QcRosterImport *self, const QcImportRow *row, const QcFinding *finding)
{
  int column = qc_roster_import_get_column (self, finding);
  g_autofree char *name = column >= 0 ? qc_table_dup_column_name ((guint)column) : g_strdup ("");
  return g_strdup_printf ("%s%u", name, row->number);
}

static gboolean
is_entered (QcRosterImport *self, int field)
{
  const QcBusinessColumn *column
      = field != QC_HEADER_NONE ? qc_business_find_column (self->service->business, (QcLineFieldId)field) : NULL;
  return column != NULL && qc_column_is_entered (column);
}

char *
qc_roster_import_dup_why_not (QcRosterImport *self)
{
  if (self->read == NULL)
    return g_strdup (_ ("No file has been read yet."));
  if (column_of (self, QC_LINE_ACCOUNT) < 0 && column_of (self, QC_LINE_DOCUMENT) < 0)
    return g_strdup (
        _ ("No column says whom a row is about. Say which one holds the individual account or the document "
           "number."));
  for (guint i = 0; i < self->mapping->len; i++)
    if (is_entered (self, g_array_index (self->mapping, int, i)))
      return NULL;
  return g_strdup (_ ("No column says what is to be entered. Say which one does."));
}

/* ---- 核对: one row ---- */

typedef struct {
  QcRosterImport *self;  /* borrowed */
  guint position;        /* of the row that is next, below the headers */
  GHashTable *on_roster; /* (owned) identity → QcRosterLine */
  GHashTable *in_file;   /* (owned) identity → number of its row */
} Check;

static void
check_free (Check *check)
{
  g_hash_table_unref (check->on_roster);
  g_hash_table_unref (check->in_file);
  g_free (check);
}

static QcFinding *
find (QcImportRow *row, const char *code, QcLineFieldId field)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_at (finding, 0, NULL, qc_line_field (field)->name);
  if (row->findings == NULL)
    row->findings = qc_findings_new ();
  g_ptr_array_add (row->findings, finding);
  return finding;
}

static QcCell
cell_of (QcRosterImport *self, guint index, int field)
{
  int column = column_of (self, field);
  return column >= 0 ? qc_table_get_cell (self->read->table, index, (guint)column) : (QcCell) {QC_CELL_NONE, ""};
}

/* Whom the row is about; NULL with the reason where that is not certain. Nobody is ever taken for somebody else. */
static const QcEmployee *
person_of (Check *check, guint index, QcImportRow *row)
{
  QcRosterImport *self = check->self;
  QcCell account = cell_of (self, index, QC_LINE_ACCOUNT), document = cell_of (self, index, QC_LINE_DOCUMENT);
  QcCell name = cell_of (self, index, QC_LINE_NAME);
  QcLineFieldId key_field = account.type != QC_CELL_NONE ? QC_LINE_ACCOUNT : QC_LINE_DOCUMENT;
  const QcCell *key = key_field == QC_LINE_ACCOUNT ? &account : &document;
  const QcEmployee *person = g_ptr_array_index (self->people, check->position);
  row->who = g_strdup (name.type != QC_CELL_NONE ? name.text : key->text);
  row->kind = QC_IMPORT_UNMATCHED;
  if (key->type == QC_CELL_NONE) {
    find (row, "import.nobody", key_field);
    return NULL;
  }
  if (qc_cell_is_damaged (key) || (qc_cell_is_damaged (&document) && person == NULL)) {
    qc_finding_set_arg (find (row, "import.damaged-number", qc_cell_is_damaged (key) ? key_field : QC_LINE_DOCUMENT),
                        "number", qc_cell_is_damaged (key) ? key->text : document.text);
    return NULL;
  }
  if (person == NULL) {
    qc_finding_set_arg (find (row, "import.unknown", key_field), "number", key->text);
    return NULL;
  }
  row->kind = QC_IMPORT_REFUSED;
  g_autofree char *folded = qc_import_fold_key (document.text);
  if (name.type != QC_CELL_NONE && !qc_text_same_name (name.text, person->name)) {
    QcFinding *finding = find (row, "import.name-differs", QC_LINE_NAME);
    qc_finding_set_arg (finding, "name", name.text);
    qc_finding_set_arg (finding, "now", person->name);
    return NULL;
  }
  if (key_field == QC_LINE_ACCOUNT && document.type != QC_CELL_NONE && !qc_cell_is_damaged (&document)
      && g_strcmp0 (folded, person->document) != 0) {
    QcFinding *finding = find (row, "import.document-differs", QC_LINE_DOCUMENT);
    qc_finding_set_arg (finding, "number", document.text);
    return NULL;
  }
  gpointer before = g_hash_table_lookup (check->in_file, person->account);
  if (before != NULL) {
    qc_finding_set_arg_int (find (row, "import.repeated", key_field), "row", GPOINTER_TO_UINT (before));
    return NULL;
  }
  g_hash_table_insert (check->in_file, person->account, GUINT_TO_POINTER (row->number));
  g_free (row->who);
  row->who = g_strdup (person->name);
  return person;
}

/* Whether @text was read as it stands: else what it became is listed. */
static gboolean
is_plain (QcLineFieldId field, const QcCell *cell)
{
  const char *signs = qc_line_field (field)->type == QC_FIELD_MONEY ? "0123456789.,-" : NULL;
  if (signs != NULL)
    return strspn (cell->text, signs) == strlen (cell->text);
  if (qc_line_field (field)->type == QC_FIELD_MONTH)
    return cell->type != QC_CELL_DATE;
  g_autofree char *folded = qc_text_fold (cell->text);
  g_autofree char *lower = g_utf8_strdown (cell->text, -1);
  return g_str_equal (folded, lower) || qc_line_field (field)->type == QC_FIELD_TEXT;
}

static void
note_repair (QcRosterImport *self, const QcImportRow *row, QcLineFieldId field, const char *before)
{
  if (self->result->n_repairs++ >= REPAIRS_KEPT)
    return;
  QcImportRepair *repair = g_new0 (QcImportRepair, 1);
  repair->number = row->number;
  repair->field = field;
  repair->before = g_strdup (before);
  repair->after = qc_roster_service_dup_text (self->service, row->line, field);
  g_ptr_array_add (self->result->repairs, repair);
}

/* Every cell of the row that is entered. */
static void
enter_cells (QcRosterImport *self, guint index, QcImportRow *row)
{
  for (guint column = 0; column < self->mapping->len; column++) {
    int field = g_array_index (self->mapping, int, column);
    QcCell cell
        = is_entered (self, field) ? qc_table_get_cell (self->read->table, index, column) : (QcCell) {QC_CELL_NONE, ""};
    gboolean read;
    if (cell.type == QC_CELL_NONE)
      continue;
    if (!qc_roster_service_put (self->service, row->line, (QcLineFieldId)field, cell.text, &read)) {
      QcFinding *finding = find (row, "roster.not-here", (QcLineFieldId)field);
      qc_finding_set_arg (finding, "person", row->who);
      qc_finding_set_arg_code (finding, QC_ARG_FIELD, "field", qc_line_field ((QcLineFieldId)field)->name);
    } else if (read && !is_plain ((QcLineFieldId)field, &cell)) {
      note_repair (self, row, (QcLineFieldId)field, cell.text);
    }
  }
}

static gboolean
enters_anything (QcRosterImport *self, guint index)
{
  for (guint column = 0; column < self->mapping->len; column++)
    if (is_entered (self, g_array_index (self->mapping, int, column))
        && qc_table_get_cell (self->read->table, index, column).type != QC_CELL_NONE)
      return TRUE;
  return FALSE;
}

/* A base that stays as it is, for somebody who is not on the roster: nothing is to be done. */
static gboolean
stays_as_it_is (const QcImportRow *row)
{
  return row->findings != NULL && row->findings->len == 1
         && g_str_equal (((const QcFinding *)g_ptr_array_index (row->findings, 0))->code, "base.unchanged");
}

/* What the row makes of its person's line, or of a new one. */
static void
compare_row (Check *check, guint index, const QcEmployee *person, QcImportRow *row)
{
  QcRosterImport *self = check->self;
  QcRosterService *service = self->service;
  const QcRosterLine *there = g_hash_table_lookup (check->on_roster, person->account);
  if (!enters_anything (self, index)) {
    row->kind = there != NULL ? QC_IMPORT_UNCHANGED : QC_IMPORT_EMPTY;
    return;
  }
  if (there != NULL) {
    row->line = qc_roster_line_copy (there);
  } else {
    g_autoptr (QcEmployee) as_will_be = qc_employee_copy (person);
    qc_overlay_apply (service->ground->overlay, as_will_be, NULL);
    QcFinding *refused = qc_roster_rules (service->business)->refuse (&service->ground->facts, as_will_be);
    if (refused != NULL) {
      row->findings = qc_findings_new ();
      g_ptr_array_add (row->findings, refused);
      return;
    }
    row->line = qc_rules_roster_new_line (service->business, &service->ground->facts, as_will_be);
  }
  enter_cells (self, index, row);
  if (row->findings == NULL)
    row->findings = qc_findings_new ();
  qc_rules_roster_check_line (service->business, &service->ground->facts, row->line, row->findings);
  row->kind = there == NULL                             ? QC_IMPORT_ADDED
              : qc_roster_line_equal (there, row->line) ? QC_IMPORT_UNCHANGED
                                                        : QC_IMPORT_CHANGED;
  if (there == NULL && stays_as_it_is (row)) {
    row->kind = QC_IMPORT_UNCHANGED;
    g_ptr_array_set_size (row->findings, 0);
  }
  if (row->kind == QC_IMPORT_UNCHANGED)
    g_clear_pointer (&row->line, qc_roster_line_free);
  row->faulty = qc_findings_block (row->findings);
  if (row->findings->len == 0)
    g_clear_pointer (&row->findings, g_ptr_array_unref);
}

static void
check_row (Check *check)
{
  QcRosterImport *self = check->self;
  guint index = self->read->header + 1 + check->position;
  QcImportRow *row = g_new0 (QcImportRow, 1);
  row->number = qc_table_get_number (self->read->table, index);
  const QcEmployee *person = person_of (check, index, row);
  if (person != NULL)
    compare_row (check, index, person, row);
  if (row->kind == QC_IMPORT_UNMATCHED || row->kind == QC_IMPORT_REFUSED)
    row->faulty = TRUE;
  self->result->counts[row->kind]++;
  self->result->faulty += row->faulty;
  g_ptr_array_add (self->result->rows, row);
}

/* ---- 核对: all of them ---- */

static void
count_not_in_file (Check *check)
{
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, check->on_roster);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    check->self->result->not_in_file += !g_hash_table_contains (check->in_file, key);
}

static gboolean
pass_cb (gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  QcRosterImport *self = check->self;
  gint64 until = g_get_monotonic_time () + PIECE_MICROSECONDS;
  if (g_task_return_error_if_cancelled (task)) {
    forget_result (self);
    return G_SOURCE_REMOVE;
  }
  if (self->stale || self->people == NULL || self->service->ground == NULL) {
    forget_result (self);
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("The roster was changed while the file was checked. Check it again."));
    return G_SOURCE_REMOVE;
  }
  for (; check->position < self->people->len; check->position++) {
    check_row (check);
    if (check->position % 16 == 15 && g_get_monotonic_time () > until) {
      check->position++;
      tell_progress (self, (double)check->position / self->people->len);
      return G_SOURCE_CONTINUE;
    }
  }
  count_not_in_file (check);
  tell_progress (self, 1);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* What a database says of itself is no sentence for a clerk. (transfer full) */
static GError *
in_words (GError *error)
{
  g_autoptr (GError) own = error;
  if (g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&own);
  g_autoptr (QcErrorText) text = qc_error_text_new (own);
  g_autofree char *body = qc_error_text_dup_body (text);
  return g_error_new_literal (QC_APP_ERROR, QC_APP_ERROR_DRAFT, body);
}

static void
matched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  QcRosterImport *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) people = qc_database_finish (QC_DATABASE (source), result, &error);
  if (people == NULL) {
    g_task_return_error (task, in_words (error));
    return;
  }
  forget_result (self);
  self->people = g_steal_pointer (&people);
  self->result = g_new0 (QcImportResult, 1);
  self->result->rows = g_ptr_array_new_with_free_func (row_free);
  self->result->repairs = g_ptr_array_new_with_free_func (repair_free);
  self->stale = FALSE;
  Check *check = g_new0 (Check, 1);
  check->self = self;
  check->on_roster = g_hash_table_new (g_str_hash, g_str_equal);
  check->in_file = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *lines = qc_draft_get_roster (self->service->draft)->lines;
  for (guint i = 0; i < lines->len; i++) {
    const char *key = qc_roster_line_identity (g_ptr_array_index (lines, i));
    if (key != NULL && !g_hash_table_contains (check->on_roster, key))
      g_hash_table_insert (check->on_roster, (gpointer)key, g_ptr_array_index (lines, i));
  }
  g_task_set_task_data (task, check, (GDestroyNotify)check_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pass_cb, g_steal_pointer (&task), g_object_unref);
}

void
qc_roster_import_check_async (QcRosterImport *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  QcBusinessService *service = QC_BUSINESS_SERVICE (self->service);
  g_autofree char *why_not = qc_roster_import_dup_why_not (self);
  if (why_not == NULL && self->service->ground == NULL)
    why_not = g_strdup (_ ("The roster has not been read yet."));
  if (why_not != NULL) {
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s", why_not);
    return;
  }
  QcImportRequest *request = g_new0 (QcImportRequest, 1);
  request->profile = g_strdup (qc_business_service_get_profile (service));
  request->unit = g_strdup (qc_business_service_get_unit (service));
  request->table = self->read->table;
  request->first = self->read->header + 1; /* 0 where there are no headers */
  request->account = column_of (self, QC_LINE_ACCOUNT);
  request->document = column_of (self, QC_LINE_DOCUMENT);
  qc_database_read_async (qc_session_get_database (qc_business_service_get_session (service)), "roster-import",
                          qc_import_people_read, request, (GDestroyNotify)qc_import_request_free,
                          (GDestroyNotify)g_ptr_array_unref, cancellable, matched_cb, g_steal_pointer (&task));
}

const QcImportResult *
qc_roster_import_check_finish (QcRosterImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_boolean (G_TASK (result), error) ? self->result : NULL;
}

const QcImportResult *
qc_roster_import_get_result (QcRosterImport *self)
{
  return self->result;
}

/* ---- 采用 ---- */

gboolean
qc_roster_import_adopt (QcRosterImport *self, gboolean good_only, guint *out_added, guint *out_changed, GError **error)
{
  g_return_val_if_fail (QC_IS_ROSTER_IMPORT (self), FALSE);
  g_return_val_if_fail (self->result != NULL, FALSE);
  QcRosterService *service = self->service;
  if (self->stale || service->ground == NULL || qc_draft_get_outbox (service->draft) != 0
      || qc_draft_is_busy (service->draft)) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                         _ ("The roster is not as it was when the file was checked. Check it again; nothing was "
                            "taken over."));
    return FALSE;
  }
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  GPtrArray *added = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  /* of few the service has the people at once; many it reads again on its thread */
  gboolean few = self->result->counts[QC_IMPORT_ADDED] <= FEW_ROWS;
  for (guint i = 0; i < self->result->rows->len; i++) {
    QcImportRow *row = g_ptr_array_index (self->result->rows, i);
    if (row->line == NULL || (good_only && row->faulty))
      continue;
    if (row->kind == QC_IMPORT_ADDED && few) {
      g_autoptr (QcEmployee) person = qc_employee_copy (g_ptr_array_index (self->people, i));
      qc_overlay_apply (service->ground->overlay, person, NULL);
      qc_roster_people_put (service->ground->people, person);
    }
    g_ptr_array_add (row->kind == QC_IMPORT_ADDED ? added : changed, g_steal_pointer (&row->line));
  }
  *out_added = added->len;
  *out_changed = changed->len;
  qc_draft_begin_step (service->draft);
  if (added->len > 0)
    qc_roster_service_note_month (service);
  qc_draft_set_lines (service->draft, changed, "lines.import");
  if (added->len > 0)
    qc_draft_add_lines (service->draft, added, 0, "lines.import");
  else
    g_ptr_array_unref (added);
  qc_draft_end_step (service->draft);
  qc_import_memory_keep (qc_business_service_get_session (QC_BUSINESS_SERVICE (service)), service->business,
                         self->read->table, self->read->header, self->mapping);
  forget_result (self);
  return TRUE;
}

/* ---- the object ---- */

static void
lines_changed_cb (QcRosterImport *self)
{
  self->stale = TRUE;
}

static void
qc_roster_import_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROGRESS)
    g_value_set_double (value, QC_ROSTER_IMPORT (object)->progress);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qc_roster_import_finalize (GObject *object)
{
  QcRosterImport *self = QC_ROSTER_IMPORT (object);
  forget_result (self);
  g_clear_pointer (&self->read, qc_import_file_free);
  g_clear_pointer (&self->mapping, g_array_unref);
  g_free (self->remembered);
  g_clear_object (&self->file);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (qc_roster_import_parent_class)->finalize (object);
}

static void
qc_roster_import_class_init (QcRosterImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = qc_roster_import_get_property;
  object_class->finalize = qc_roster_import_finalize;
  props[PROP_PROGRESS]
      = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
qc_roster_import_init (QcRosterImport *self)
{
}

QcRosterImport *
qc_roster_import_new (QcRosterService *service)
{
  g_return_val_if_fail (QC_IS_ROSTER_SERVICE (service), NULL);
  QcRosterImport *self = g_object_new (QC_TYPE_ROSTER_IMPORT, NULL);
  self->service = g_object_ref (service);
  g_signal_connect_object (service->draft, "lines-changed", G_CALLBACK (lines_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
