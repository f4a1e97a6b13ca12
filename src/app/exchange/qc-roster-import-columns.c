/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import, 列对应: what stands in the sheet, and which column goes to which field. See qc-roster-import.h. Main
 * context.
 */
#include <glib/gi18n-lib.h>

#include "qc-header-names.h"
#include "qc-roster-import-private.h"
#include "qc-roster-service-private.h"

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
  qc_roster_import_forget_result (self);
  g_ptr_array_set_size (self->corrections, 0); /* they were for what these columns said */
  self->people_left |= self->people != NULL && !qc_import_people_has_everybody (self->people);
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

const char *
qc_roster_import_get_title_msgid (QcRosterImport *self, QcLineFieldId field)
{
  return qc_business_field_msgid (self->service->business, field);
}

int
qc_roster_import_column_of (QcRosterImport *self, int field)
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
  return finding->field != NULL && qc_line_field_from_name (finding->field, &field)
             ? qc_roster_import_column_of (self, (int)field)
             : -1;
}

char *
qc_roster_import_dup_place (QcRosterImport *self, const QcImportRow *row, const QcFinding *finding)
{
  int column = qc_roster_import_get_column (self, finding);
  g_autofree char *name = column >= 0 ? qc_table_dup_column_name ((guint)column) : g_strdup ("");
  return g_strdup_printf ("%s%u", name, row->number);
}

gboolean
qc_roster_import_is_entered (QcRosterImport *self, int field)
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
  gboolean document = qc_roster_import_column_of (self, QC_LINE_DOCUMENT) >= 0;
  if (!document && qc_business_info (self->service->business)->opens_accounts)
    return g_strdup (_ ("No column says who is meant. Say which one holds the document number."));
  if (!document && qc_roster_import_column_of (self, QC_LINE_ACCOUNT) < 0)
    return g_strdup (
        _ ("No column says whom a row is about. Say which one holds the individual account or the document "
           "number."));
  for (guint i = 0; i < self->mapping->len; i++)
    if (qc_roster_import_is_entered (self, g_array_index (self->mapping, int, i)))
      return NULL;
  return g_strdup (_ ("No column says what is to be entered. Say which one does."));
}
