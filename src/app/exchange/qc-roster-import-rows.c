/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import, 核对: whom a row is about, and what it makes of that person's line. Nobody is ever taken for somebody
 * else. Where accounts are opened, a row is somebody who is told by document alone. All rows, in pieces between which
 * the main loop draws. See qc-roster-import.h. Main context.
 */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-app-error.h"
#include "qc-fold.h"
#include "qc-known-person.h"
#include "qc-roster-import-private.h"
#include "qc-roster-index.h"
#include "qc-roster-service-private.h"

#define PIECE_MICROSECONDS 4000
#define LOOK               64 /* rows between two looks at the clock */
#define REPAIRS_KEPT       1000

static void
row_free (gpointer data)
{
  QcImportRow *row = data;
  g_clear_pointer (&row->line, qc_roster_line_free);
  g_clear_pointer (&row->was, qc_roster_line_free);
  g_clear_pointer (&row->findings, g_ptr_array_unref);
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

static QcImportResult *
result_new (void)
{
  QcImportResult *result = g_new0 (QcImportResult, 1);
  result->rows = g_ptr_array_new_with_free_func (row_free);
  result->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_import_group_free);
  result->repairs = g_ptr_array_new_with_free_func (repair_free);
  return result;
}

void
qc_import_result_free (QcImportResult *result)
{
  g_ptr_array_unref (result->groups);
  g_ptr_array_unref (result->rows);
  g_ptr_array_unref (result->repairs);
  g_free (result);
}

typedef struct {
  QcRosterImport *self;        /* borrowed */
  int account, document, name; /* columns, -1 = none */
  int from;                    /* the same, where a person may stand on several lines */
  gboolean newcomers;          /* the rows are of people without an account */
  GArray *entered;             /* (owned) guint: the columns that enter something */
  guint listed;                /* lines of the roster that are in @on_roster */
  guint next;                  /* index of the row that is next */
  QcRosterIndex *index;        /* (owned) of the roster */
  GHashTable *in_file;         /* (owned) char* of a row (dup_row_key()) → its number */
  GPtrArray *unread;           /* (owned) (nullable) char*: of whose past nothing is read yet; NULL: it was asked for */
  GHashTable *groups;          /* (owned) char* → QcImportGroup of the result */
} Check;

static void
check_free (Check *check)
{
  g_array_unref (check->entered);
  qc_roster_index_free (check->index);
  g_hash_table_unref (check->in_file);
  g_clear_pointer (&check->unread, g_ptr_array_unref);
  g_hash_table_unref (check->groups);
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
cell_of (const Check *check, int column)
{
  return column >= 0 ? qc_table_get_cell (check->self->read->table, check->next, (guint)column)
                     : (QcCell) {QC_CELL_NONE, ""};
}

/* ---- whom it is about ---- */

/* What the row says of the first month, as it is read; "" where that tells no lines apart. (transfer full) */
static char *
dup_from (const Check *check)
{
  return qc_roster_service_dup_as_read (check->self->service, QC_LINE_FROM, cell_of (check, check->from).text);
}

/* FALSE: a row before says the same of @identity; it is told at @field. */
static gboolean
comes_first (Check *check, QcImportRow *row, const char *identity, QcLineFieldId field)
{
  g_autofree char *from = dup_from (check);
  g_autofree char *key = *from != '\0' ? g_strjoin ("\n", identity, from, NULL) : g_strdup (identity);
  gpointer before = g_hash_table_lookup (check->in_file, key);
  if (before != NULL) {
    qc_finding_set_arg_int (find (row, "import.repeated", field), "row", GPOINTER_TO_UINT (before));
    return FALSE;
  }
  g_hash_table_insert (check->in_file, g_steal_pointer (&key), GUINT_TO_POINTER (row->number));
  return TRUE;
}

static gboolean
is_document_of (const QcCell *document, const QcEmployee *person)
{
  if (g_strcmp0 (document->text, person->document) == 0)
    return TRUE;
  g_autofree char *folded = qc_import_fold_key (document->text);
  return g_strcmp0 (folded, person->document) == 0;
}

/* NULL with the reason where it is not certain. */
static const QcEmployee *
person_of (Check *check, QcImportRow *row)
{
  QcCell account = cell_of (check, check->account), document = cell_of (check, check->document);
  QcCell name = cell_of (check, check->name);
  QcLineFieldId key_field = account.type != QC_CELL_NONE ? QC_LINE_ACCOUNT : QC_LINE_DOCUMENT;
  const QcCell *key = key_field == QC_LINE_ACCOUNT ? &account : &document;
  row->who = name.type != QC_CELL_NONE ? name.text : key->text;
  row->kind = QC_IMPORT_UNMATCHED;
  const QcEmployee *person = key->type != QC_CELL_NONE ? qc_import_people_find (check->self->people, key->text) : NULL;
  const QcCell *damaged = qc_cell_is_damaged (key)                           ? key
                          : qc_cell_is_damaged (&document) && person == NULL ? &document
                                                                             : NULL;
  const char *number = damaged != NULL ? damaged->text : key->text;
  QcImportCorrection *correction = NULL;
  if (damaged != NULL || person == NULL) {
    const char *code = key->type == QC_CELL_NONE ? "import.nobody"
                       : damaged != NULL         ? "import.damaged-number"
                                                 : "import.unknown";
    QcFinding *finding = find (row, code, damaged == &document ? QC_LINE_DOCUMENT : key_field);
    if (key->type != QC_CELL_NONE)
      qc_finding_set_arg (finding, "number", number);
    correction = qc_import_correction_for (check->self, QC_IMPORT_MATCH, row, finding);
    person = correction != NULL ? qc_import_match (check->self, &account, &document, &name) : NULL;
    if (person == NULL)
      return NULL;
    g_ptr_array_set_size (row->findings, 0);
  }
  row->kind = QC_IMPORT_REFUSED;
  if (name.type != QC_CELL_NONE && !qc_text_same_name (name.text, person->name)) {
    QcFinding *finding = find (row, "import.name-differs", QC_LINE_NAME);
    qc_finding_set_arg (finding, "name", name.text);
    qc_finding_set_arg (finding, "now", person->name);
    return NULL;
  }
  if (key_field == QC_LINE_ACCOUNT && document.type != QC_CELL_NONE && !qc_cell_is_damaged (&document)
      && !is_document_of (&document, person)) {
    QcFinding *finding = find (row, "import.document-differs", QC_LINE_DOCUMENT);
    qc_finding_set_arg (finding, "number", document.text);
    return NULL;
  }
  if (!comes_first (check, row, person->account, key_field))
    return NULL;
  row->who = person->name;
  if (correction != NULL) { /* nobody is found so without being told */
    g_ptr_array_add (correction->rows, row);
    QcFinding *finding = find (row, "import.matched", key_field);
    qc_finding_set_arg (finding, "number", *number != '\0' ? number : "—");
    qc_finding_set_arg (finding, "person", person->name);
    qc_finding_set_arg (finding, "account", person->account);
  }
  return person;
}

/* ---- what is entered ---- */

/* Whether the cell was read as it stands: else what it became is listed. */
static gboolean
is_plain (QcLineFieldId field, const QcCell *cell)
{
  QcFieldType type = qc_line_field (field)->type;
  if (type == QC_FIELD_MONEY)
    return cell->text[strspn (cell->text, "0123456789.,-")] == '\0';
  if (type == QC_FIELD_MONTH)
    return cell->type != QC_CELL_DATE;
  if (type == QC_FIELD_TEXT)
    return TRUE;
  g_autofree char *folded = qc_text_fold (cell->text);
  g_autofree char *lower = g_utf8_strdown (cell->text, -1);
  return g_str_equal (folded, lower);
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
enter_cells (Check *check, QcImportRow *row)
{
  QcRosterImport *self = check->self;
  QcCell name = cell_of (check, check->name);
  g_autofree char *settled_name = qc_text_dup_settled (name.text);
  if (settled_name != NULL)
    note_repair (self, row, QC_LINE_NAME, name.text);
  for (guint i = 0; i < check->entered->len; i++) {
    guint column = g_array_index (check->entered, guint, i);
    QcLineFieldId field = (QcLineFieldId)g_array_index (self->mapping, int, column);
    QcCell cell = cell_of (check, (int)column);
    gboolean read;
    if (cell.type == QC_CELL_NONE)
      continue;
    g_autofree char *settled = qc_text_dup_settled (cell.text);
    const char *text = settled != NULL ? settled : cell.text;
    if (!qc_roster_service_put (self->service, row->line, field, text, &read)) {
      if (qc_rules_roster_follows (self->service->business, row->line, field))
        continue; /* it is compared with what follows */
      QcFinding *finding = find (row, "roster.not-here", field);
      qc_finding_set_arg (finding, "person", row->who);
      qc_rules_roster_set_field (finding, self->service->business, field);
    } else if (read && (settled != NULL || !is_plain (field, &cell))) {
      note_repair (self, row, field, cell.text);
    }
  }
}

static gboolean
enters_anything (const Check *check)
{
  for (guint i = 0; i < check->entered->len; i++)
    if (cell_of (check, (int)g_array_index (check->entered, guint, i)).type != QC_CELL_NONE)
      return TRUE;
  return FALSE;
}

/* The line of somebody who is not on the roster; NULL with the reason where they may not be on it. */
static QcRosterLine *
new_line (QcRosterService *service, const QcEmployee *person, QcImportRow *row)
{
  g_autoptr (QcEmployee) laid_over = NULL;
  if (qc_overlay_get_immediate (service->ground->overlay) > 0) {
    laid_over = qc_employee_copy (person);
    qc_overlay_apply (service->ground->overlay, laid_over, NULL);
    person = laid_over;
  }
  QcFinding *refused = qc_roster_rules (service->business)->refuse (&service->ground->facts, person);
  if (refused == NULL)
    return qc_rules_roster_new_line (service->business, &service->ground->facts, person);
  if (row->findings == NULL)
    row->findings = qc_findings_new ();
  g_ptr_array_add (row->findings, refused);
  return NULL;
}

/* A base that stays as it is, for somebody who is not on the roster: nothing is to be done. */
static gboolean
stays_as_it_is (const QcImportRow *row)
{
  gboolean unchanged = FALSE;
  for (guint i = 0; i < row->findings->len; i++) {
    const char *code = ((const QcFinding *)g_ptr_array_index (row->findings, i))->code;
    if (g_str_equal (code, "base.unchanged"))
      unchanged = TRUE;
    else if (!g_str_equal (code, "import.matched"))
      return FALSE;
  }
  return unchanged;
}

/* The line is judged by the rules, with what is to be entered by a correction. */
static void
judge_line (Check *check, QcImportRow *row)
{
  QcRosterService *service = check->self->service;
  if (row->findings == NULL)
    row->findings = qc_findings_new ();
  guint before = row->findings->len;
  qc_rules_roster_check_line (service->business, &service->ground->facts, row->line, row->findings);
  if (qc_import_correct_cells (check->self, row)) {
    g_ptr_array_set_size (row->findings, (int)before);
    qc_rules_roster_check_line (service->business, &service->ground->facts, row->line, row->findings);
  }
}

/* What becomes of the row, whose line is judged; @there: (nullable) as it stands on the roster. */
static void
conclude (QcImportRow *row, const QcRosterLine *there)
{
  row->kind = there == NULL                             ? QC_IMPORT_ADDED
              : qc_roster_line_equal (there, row->line) ? QC_IMPORT_UNCHANGED
                                                        : QC_IMPORT_CHANGED;
  if (there == NULL && stays_as_it_is (row)) {
    row->kind = QC_IMPORT_UNCHANGED;
    g_ptr_array_set_size (row->findings, 0);
  }
  if (row->kind == QC_IMPORT_UNCHANGED)
    g_clear_pointer (&row->line, qc_roster_line_free);
  if (row->kind == QC_IMPORT_CHANGED)
    row->was = qc_roster_line_copy (there);
  row->faulty = qc_findings_block (row->findings);
  if (row->findings->len == 0)
    g_clear_pointer (&row->findings, g_ptr_array_unref);
}

/* Whether what was paid for @person is read; else it is to be. */
static gboolean
knows_past (Check *check, const QcEmployee *person)
{
  GHashTable *histories = check->self->service->ground->histories;
  if (histories == NULL || g_hash_table_contains (histories, person->account) || check->unread == NULL)
    return TRUE;
  g_ptr_array_add (check->unread, g_strdup (person->account));
  return FALSE;
}

/* What the row makes of its person's line, or of a new one. */
static void
compare_row (Check *check, const QcEmployee *person, QcImportRow *row)
{
  QcRosterService *service = check->self->service;
  g_autofree char *from = dup_from (check);
  const QcRosterLine *there = qc_roster_index_take (check->index, person->account, from);
  if (!enters_anything (check)) {
    row->kind = there != NULL ? QC_IMPORT_UNCHANGED : QC_IMPORT_EMPTY;
    return;
  }
  if (!knows_past (check, person))
    return;
  row->line = there != NULL ? qc_roster_line_copy (there) : new_line (service, person, row);
  if (row->line == NULL)
    return;
  enter_cells (check, row);
  judge_line (check, row);
  conclude (row, there);
}

/* ---- people without an account ---- */

/* Who has an account here already is known of whoever the rows may be about. */
static void
note_known (Check *check, const QcRosterLine *line)
{
  GHashTable *known = check->self->service->ground->known;
  if (known == NULL || line->document_type == NULL || line->document == NULL)
    return;
  char *key = qc_known_person_dup_key (line->document_type, line->document);
  const QcEmployee *person = qc_import_people_find (check->self->people, line->document);
  gboolean here = person != NULL && g_strcmp0 (person->document, line->document) == 0
                  && g_strcmp0 (person->document_type, line->document_type) == 0;
  g_hash_table_replace (known, key, qc_known_person_new (here ? QC_KNOWN_HERE : QC_KNOWN_NOBODY, NULL));
}

/* Nobody is looked for: the row is a line, the one with its document where there is one. */
static void
take_newcomer (Check *check, QcImportRow *row)
{
  QcRosterService *service = check->self->service;
  QcCell document = cell_of (check, check->document), name = cell_of (check, check->name);
  row->who = name.type != QC_CELL_NONE ? name.text : document.text;
  row->kind = QC_IMPORT_REFUSED;
  if (qc_cell_is_damaged (&document)) {
    qc_finding_set_arg (find (row, "import.damaged-number", QC_LINE_DOCUMENT), "number", document.text);
    return;
  }
  if (!enters_anything (check)) {
    row->kind = QC_IMPORT_EMPTY;
    return;
  }
  g_autofree char *number = qc_roster_service_dup_as_read (service, QC_LINE_DOCUMENT, document.text);
  if (*number != '\0' && !comes_first (check, row, number, QC_LINE_DOCUMENT))
    return;
  const QcRosterLine *there = qc_roster_index_take (check->index, number, "");
  row->line = there != NULL ? qc_roster_line_copy (there) : qc_roster_line_new ();
  enter_cells (check, row);
  qc_roster_service_tell_document_type (service, row->line);
  note_known (check, row->line);
  if (row->findings == NULL)
    row->findings = qc_findings_new ();
  qc_roster_service_find_contradictions (
      service, row->line, cell_of (check, qc_roster_import_column_of (check->self, QC_LINE_SEX)).text,
      cell_of (check, qc_roster_import_column_of (check->self, QC_LINE_BIRTH)).text, row->findings);
  judge_line (check, row);
  conclude (row, there);
}

static void
check_row (Check *check)
{
  QcImportResult *result = check->self->result;
  QcImportRow *row = g_new0 (QcImportRow, 1);
  row->number = qc_table_get_number (check->self->read->table, check->next);
  const QcEmployee *person = check->newcomers ? NULL : person_of (check, row);
  if (check->newcomers)
    take_newcomer (check, row);
  else if (person != NULL)
    compare_row (check, person, row);
  row->faulty |= row->kind == QC_IMPORT_UNMATCHED || row->kind == QC_IMPORT_REFUSED;
  if (qc_import_leave_out (check->self, row)) {
    row->kind = QC_IMPORT_LEFT_OUT;
    row->faulty = FALSE;
    g_clear_pointer (&row->line, qc_roster_line_free);
  } else {
    qc_import_groups_add (check->self, check->groups, row);
  }
  result->counts[row->kind]++;
  result->faulty += row->faulty;
  result->good += row->line != NULL && !row->faulty;
  g_ptr_array_add (result->rows, row);
}

/* ---- all of them ---- */

static void
list_line (Check *check)
{
  const GPtrArray *lines = qc_draft_get_roster (check->self->service->draft)->lines;
  qc_roster_index_add (check->index, g_ptr_array_index (lines, check->listed++));
}

static gboolean
pass_cb (gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  QcRosterImport *self = check->self;
  gint64 until = g_get_monotonic_time () + PIECE_MICROSECONDS;
  if (g_task_return_error_if_cancelled (task)) {
    qc_roster_import_forget_result (self);
    return G_SOURCE_REMOVE;
  }
  if (self->stale || self->result == NULL || self->service->ground == NULL) {
    qc_roster_import_forget_result (self);
    g_task_return_new_error (task, QC_APP_ERROR, QC_APP_ERROR_DRAFT, "%s",
                             _ ("The roster was changed while the file was checked. Check it again."));
    return G_SOURCE_REMOVE;
  }
  guint n_lines = qc_draft_get_roster (self->service->draft)->lines->len;
  guint n_rows = qc_table_get_n_rows (self->read->table);
  for (guint done = 1; check->listed < n_lines || check->next < n_rows; done++) {
    if (check->listed < n_lines) {
      list_line (check);
    } else {
      check_row (check);
      check->next++;
    }
    if (done % LOOK == 0 && g_get_monotonic_time () > until) {
      qc_roster_import_tell_progress (self, (double)(check->listed + check->next) / (n_lines + n_rows));
      return G_SOURCE_CONTINUE;
    }
  }
  if (check->unread != NULL && check->unread->len > 0) {
    g_autoptr (GPtrArray) unread = g_steal_pointer (&check->unread);
    qc_roster_import_fetch_past (self, unread, g_object_ref (task));
    return G_SOURCE_REMOVE;
  }
  self->result->not_in_file = qc_roster_index_count_left (check->index);
  qc_import_groups_sort (self->result);
  self->checked = TRUE;
  qc_roster_import_tell_progress (self, 1);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

void
qc_roster_import_judge (QcRosterImport *self, GTask *task, gboolean past_read)
{
  const QcBusinessInfo *info = qc_business_info (self->service->business);
  qc_roster_import_forget_result (self);
  self->result = result_new ();
  self->stale = FALSE;
  Check *check = g_new0 (Check, 1);
  check->self = self;
  check->account = qc_roster_import_column_of (self, QC_LINE_ACCOUNT);
  check->document = qc_roster_import_column_of (self, QC_LINE_DOCUMENT);
  check->name = qc_roster_import_column_of (self, QC_LINE_NAME);
  check->from = info->of_months ? qc_roster_import_column_of (self, QC_LINE_FROM) : -1;
  check->newcomers = info->opens_accounts;
  check->unread = past_read ? NULL : g_ptr_array_new_with_free_func (g_free);
  check->next = self->read->header + 1; /* 0 where there are no headers */
  check->entered = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint column = 0; column < self->mapping->len; column++)
    if (qc_roster_import_is_entered (self, g_array_index (self->mapping, int, column)))
      g_array_append_val (check->entered, column);
  check->index = qc_roster_index_new (self->service->business);
  check->in_file = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->corrections->len; i++)
    g_ptr_array_set_size (((QcImportCorrection *)g_ptr_array_index (self->corrections, i))->rows, 0);
  g_task_set_task_data (task, check, (GDestroyNotify)check_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pass_cb, task, g_object_unref);
}
