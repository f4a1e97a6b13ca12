/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * An import, 采用: the rows go onto the roster as one step of its draft. See qc-roster-import.h. Main context.
 */
#include <glib/gi18n-lib.h>

#include "qc-app-error.h"
#include "qc-import-memory.h"
#include "qc-roster-import-private.h"
#include "qc-roster-service-private.h"

/* What was done, once it is: the business, and rows/file. */
static void
note (QcRosterImport *self, guint rows)
{
  g_autofree char *name = g_path_get_basename (self->read->path);
  g_autofree char *detail = g_strdup_printf ("%u/%s", rows, name);
  qc_session_journal (qc_business_service_get_session (QC_BUSINESS_SERVICE (self->service)), "import.adopted",
                      qc_business_info (self->service->business)->code, detail);
}

/* The roster has them at once, and does not read them again: as they are, where nothing waits that changes them. */
static void
give_people (QcRosterImport *self)
{
  QcRosterGround *ground = self->service->ground;
  if (self->people_left || qc_overlay_get_immediate (ground->overlay) > 0)
    return;
  qc_roster_people_take (ground->people, qc_import_people_steal (self->people));
  self->people_left = TRUE;
}

gboolean
qc_roster_import_adopt (QcRosterImport *self, gboolean good_only, guint *out_added, guint *out_changed, GError **error)
{
  g_return_val_if_fail (QC_IS_ROSTER_IMPORT (self), FALSE);
  g_return_val_if_fail (self->checked, FALSE);
  QcRosterService *service = self->service;
  if (self->stale || service->ground == NULL || qc_draft_get_outbox (service->draft) != 0
      || qc_draft_is_busy (service->draft)) {
    g_set_error_literal (error, QC_APP_ERROR, QC_APP_ERROR_DRAFT,
                         _ ("The roster is not as it was when the file was checked. Check it again; nothing was "
                            "taken over."));
    return FALSE;
  }
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  GPtrArray *was = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_roster_line_free);
  gint64 first = qc_draft_get_roster (service->draft)->next_id;
  *out_added = *out_changed = 0;
  for (guint i = 0; i < self->result->rows->len; i++) {
    QcImportRow *row = g_ptr_array_index (self->result->rows, i);
    if (row->line == NULL || (good_only && row->faulty))
      continue;
    *(row->kind == QC_IMPORT_ADDED ? out_added : out_changed) += 1;
    g_ptr_array_add (lines, g_steal_pointer (&row->line));
    if (row->was != NULL)
      g_ptr_array_add (was, g_steal_pointer (&row->was));
  }
  if (*out_added > 0)
    give_people (self);
  qc_draft_begin_step (service->draft);
  if (*out_added > 0)
    qc_roster_service_note_month (service);
  qc_draft_put_lines (service->draft, lines, "lines.import");
  qc_draft_end_step (service->draft);
  g_clear_object (&self->receipt);
  self->receipt = qc_import_receipt_new (service->draft, first, *out_added, was);
  qc_import_memory_keep (qc_business_service_get_session (QC_BUSINESS_SERVICE (service)), service->business,
                         self->read->table, self->read->header, self->mapping);
  note (self, *out_added + *out_changed);
  qc_roster_import_forget_result (self);
  return TRUE;
}

QcImportReceipt *
qc_roster_import_get_receipt (QcRosterImport *self)
{
  g_return_val_if_fail (QC_IS_ROSTER_IMPORT (self), NULL);
  return self->receipt;
}
