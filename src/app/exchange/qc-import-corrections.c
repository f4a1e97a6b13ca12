/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import, 核对: what is found by kind, and one correction for all of a kind. A correction is a rule that the next
 * check follows, row by row, so that it is undone by forgetting it; nothing of it outlives the import. Main context.
 */
#include <string.h>

#include "qc-fold.h"
#include "qc-roster-import-private.h"
#include "qc-roster-service-private.h"

#define WORDS_APART 50 /* groups of words; who writes more of them corrects the first ones first */
#define SURE_DIGITS 15 /* of a number that a spreadsheet kept as one */

void
qc_import_group_free (QcImportGroup *group)
{
  g_free (group->word);
  g_ptr_array_unref (group->rows);
  g_ptr_array_unref (group->findings);
  g_free (group);
}

void
qc_import_correction_free (QcImportCorrection *correction)
{
  g_free (correction->code);
  g_free (correction->word);
  g_free (correction->value);
  g_free (correction->shown);
  g_free (correction->headline);
  g_ptr_array_unref (correction->rows);
  g_free (correction);
}

/* ---- by kind ---- */

static QcLineFieldId
field_of (const QcFinding *finding)
{
  QcLineFieldId field = QC_LINE_NAME;
  qc_line_field_from_name (finding->field, &field);
  return field;
}

/* Words that are chosen from a list are told apart: each may mean another one. (nullable) Borrowed. */
static const char *
word_of (const QcImportRow *row, const QcFinding *finding)
{
  QcLineFieldId field = field_of (finding);
  QcFieldType type = qc_line_field (field)->type;
  if (row->line == NULL || (type != QC_FIELD_CODE && type != QC_FIELD_CLASS))
    return NULL;
  return qc_line_get_raw (row->line, field);
}

/* The list that a cell of the row is chosen from: 封存 and 启封 have reasons of their own. (nullable) Borrowed. */
static const char *
list_of (QcRosterImport *self, const QcImportRow *row, const QcFinding *finding)
{
  return row->line != NULL ? qc_rules_roster_code_list (self->service->business, row->line, field_of (finding)) : NULL;
}

void
qc_import_groups_add (QcRosterImport *self, GHashTable *by_key, QcImportRow *row)
{
  for (guint i = 0; row->findings != NULL && i < row->findings->len; i++) {
    QcFinding *finding = g_ptr_array_index (row->findings, i);
    const char *word = word_of (row, finding), *list = list_of (self, row, finding);
    const char *field = finding->field != NULL ? finding->field : "";
    g_autofree char *key
        = g_strjoin ("\n", finding->code, field, list != NULL ? list : "", word != NULL ? word : "", NULL);
    QcImportGroup *group = g_hash_table_lookup (by_key, key);
    gboolean rest = group == NULL && word != NULL && self->result->groups->len >= WORDS_APART;
    if (rest) {
      g_free (key);
      key = g_strjoin ("\n", finding->code, field, NULL);
      word = NULL;
      group = g_hash_table_lookup (by_key, key);
    }
    if (group == NULL) {
      group = g_new0 (QcImportGroup, 1);
      group->first = finding;
      group->word = g_strdup (word);
      group->rest = rest;
      group->list = g_intern_string (list);
      group->rows = g_ptr_array_new ();
      group->findings = g_ptr_array_new ();
      g_hash_table_insert (by_key, g_steal_pointer (&key), group);
      g_ptr_array_add (self->result->groups, group);
    }
    g_ptr_array_add (group->rows, row);
    g_ptr_array_add (group->findings, finding);
  }
}

/* What must be mended stands on top, then what is meant by most rows. */
static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const QcImportGroup *first = *(QcImportGroup *const *)a, *second = *(QcImportGroup *const *)b;
  int order = (int)second->first->severity - (int)first->first->severity;
  return order != 0 ? order : (int)second->rows->len - (int)first->rows->len;
}

void
qc_import_groups_sort (QcImportResult *result)
{
  g_ptr_array_sort (result->groups, compare_groups);
}

/* ---- what can be done ---- */

static gboolean
is_one_of (const char *code, const char *const *codes)
{
  return g_strv_contains (codes, code);
}

gboolean
qc_roster_import_can_correct (QcRosterImport *self, const QcImportGroup *group, QcImportRemedy remedy)
{
  static const char *const entered[] = {"roster.unreadable",          "roster.missing",
                                        "roster.reason-missing",      "roster.reason-unknown",
                                        "roster.reason-text-missing", NULL};
  static const char *const matched[] = {"import.nobody", "import.unknown", "import.damaged-number", NULL};
  QcLineFieldId field = field_of (group->first);
  QcFieldType type = qc_line_field (field)->type;
  if (group->rest)
    return FALSE;
  switch (remedy) {
  case QC_IMPORT_LEAVE_OUT:
    return group->first->severity >= QC_SEVERITY_WARNING && !g_str_equal (group->first->code, "import.matched");
  case QC_IMPORT_ENTER:
    return is_one_of (group->first->code, entered)
           && (type == QC_FIELD_CODE || type == QC_FIELD_CLASS || type == QC_FIELD_TEXT)
           && qc_roster_import_is_entered (self, (int)field);
  case QC_IMPORT_MATCH:
    for (guint i = 0; i < self->corrections->len; i++) {
      const QcImportCorrection *done = g_ptr_array_index (self->corrections, i);
      if (done->remedy == remedy && g_str_equal (done->code, group->first->code))
        return FALSE; /* whom it does not find is not found */
    }
    return is_one_of (group->first->code, matched)
           && (qc_roster_import_column_of (self, QC_LINE_NAME) >= 0
               || (qc_roster_import_column_of (self, QC_LINE_ACCOUNT) >= 0
                   && qc_roster_import_column_of (self, QC_LINE_DOCUMENT) >= 0));
  default:
    return FALSE;
  }
}

GPtrArray *
qc_roster_import_dup_values (QcRosterImport *self, const QcImportGroup *group)
{
  const QcImportRow *row = g_ptr_array_index (group->rows, 0);
  return row->line != NULL ? qc_roster_service_dup_choices (self->service, row->line, field_of (group->first))
                           : g_ptr_array_new ();
}

void
qc_roster_import_correct (QcRosterImport *self, const QcImportGroup *group, QcImportRemedy remedy, const char *value)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self));
  g_return_if_fail (qc_roster_import_can_correct (self, group, remedy));
  QcImportCorrection *correction = g_new0 (QcImportCorrection, 1);
  correction->remedy = remedy;
  correction->code = g_strdup (group->first->code);
  correction->field = field_of (group->first);
  correction->word = g_strdup (group->word);
  correction->list = group->list;
  correction->value = g_strdup (value);
  correction->headline = qc_finding_dup_group (group->first);
  correction->rows = g_ptr_array_new ();
  g_ptr_array_add (self->corrections, correction);
  if (remedy == QC_IMPORT_MATCH && !qc_import_people_has_names (self->people)) {
    self->by_name = TRUE;
    self->people_left = TRUE;
  }
  qc_roster_import_forget_result (self);
}

void
qc_roster_import_put_back (QcRosterImport *self, guint index)
{
  g_return_if_fail (QC_IS_ROSTER_IMPORT (self) && index < self->corrections->len);
  g_ptr_array_remove_index (self->corrections, index);
  qc_roster_import_forget_result (self);
}

const GPtrArray *
qc_roster_import_get_corrections (QcRosterImport *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_IMPORT (self), NULL);
  return self->corrections;
}

/* ---- while rows are judged ---- */

static gboolean
is_meant (QcRosterImport *self, const QcImportCorrection *correction, const QcImportRow *row, const QcFinding *finding)
{
  return g_str_equal (correction->code, finding->code) && correction->field == field_of (finding)
         && g_strcmp0 (correction->word, word_of (row, finding)) == 0
         && g_strcmp0 (correction->list, list_of (self, row, finding)) == 0;
}

QcImportCorrection *
qc_import_correction_for (QcRosterImport *self, QcImportRemedy remedy, const QcImportRow *row, const QcFinding *finding)
{
  for (guint i = 0; i < self->corrections->len; i++) {
    QcImportCorrection *correction = g_ptr_array_index (self->corrections, i);
    if (correction->remedy == remedy && is_meant (self, correction, row, finding))
      return correction;
  }
  return NULL;
}

gboolean
qc_import_correct_cells (QcRosterImport *self, QcImportRow *row)
{
  gboolean any = FALSE;
  for (guint i = 0; self->corrections->len > 0 && i < row->findings->len; i++) {
    QcImportCorrection *correction
        = qc_import_correction_for (self, QC_IMPORT_ENTER, row, g_ptr_array_index (row->findings, i));
    gboolean read;
    if (correction == NULL
        || !qc_roster_service_put (self->service, row->line, correction->field, correction->value, &read) || !read)
      continue;
    if (correction->shown == NULL)
      correction->shown = qc_roster_service_dup_text (self->service, row->line, correction->field);
    g_ptr_array_add (correction->rows, row);
    any = TRUE;
  }
  return any;
}

gboolean
qc_import_leave_out (QcRosterImport *self, QcImportRow *row)
{
  QcImportCorrection *correction = NULL;
  for (guint i = 0; self->corrections->len > 0 && row->findings != NULL && i < row->findings->len && correction == NULL;
       i++)
    correction = qc_import_correction_for (self, QC_IMPORT_LEAVE_OUT, row, g_ptr_array_index (row->findings, i));
  if (correction == NULL)
    return FALSE;
  g_ptr_array_add (correction->rows, row);
  return TRUE;
}

/* Whether @number may have become what the cell says: of a number that was kept as one the first digits are left, cut
 * off or rounded. */
static gboolean
may_be (const QcCell *cell, const char *number)
{
  if (!qc_cell_is_damaged (cell))
    return TRUE;
  gint64 kept, whole, unit = 1;
  if (number == NULL || strlen (number) != strlen (cell->text)
      || !g_ascii_string_to_signed (cell->text, 10, 0, G_MAXINT64 / 2, &kept, NULL)
      || !g_ascii_string_to_signed (number, 10, 0, G_MAXINT64 / 2, &whole, NULL))
    return FALSE;
  for (gsize digits = SURE_DIGITS; digits < strlen (number); digits++)
    unit *= 10;
  return kept / unit == whole / unit || kept / unit == (whole + unit / 2) / unit;
}

const QcEmployee *
qc_import_match (QcRosterImport *self, const QcCell *account, const QcCell *document, const QcCell *name)
{
  const QcEmployee *person;
  if (document->type != QC_CELL_NONE && !qc_cell_is_damaged (document)) { /* a number that is whole says who it is */
    person = qc_import_people_find_document (self->people, document->text);
    return person != NULL && (name->type == QC_CELL_NONE || qc_text_same_name (name->text, person->name)) ? person
                                                                                                          : NULL;
  }
  person = name->type != QC_CELL_NONE ? qc_import_people_find_name (self->people, name->text) : NULL;
  return person != NULL && may_be (account, person->account) && may_be (document, person->document) ? person : NULL;
}
