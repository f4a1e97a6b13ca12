/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 退回原因 in the draft that comes after a returned application (decision 23): each stands where it belongs, until the
 * roster is submitted again. Main context.
 */
#include "qc-roster-service-private.h"

#include "qc-wire-return.h"

static void
take_reason (gpointer name, gpointer text, gpointer user_data)
{
  GPtrArray *out = user_data;
  g_autoptr (GPtrArray) reasons = qc_wire_reasons_from_text (text, NULL);
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    g_ptr_array_add (out, qc_return_reason_copy (g_ptr_array_index (reasons, i)));
}

gboolean
qc_roster_service_read_returned (QcRosterService *self)
{
  g_autoptr (GPtrArray) reasons = qc_return_reasons_new ();
  qc_draft_foreach (self->draft, QC_FACT_RETURNED, take_reason, reasons);
  gboolean otherwise = reasons->len != self->returned->len; /* they come and go together */
  g_ptr_array_unref (self->returned);
  self->returned = g_steal_pointer (&reasons);
  return otherwise;
}

void
qc_roster_service_find_returned (QcRosterService *self, const QcRosterLine *line, GPtrArray *out)
{
  for (guint i = 0; i < self->returned->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (self->returned, i);
    if (reason->line != (line != NULL ? line->id : 0))
      continue;
    QcFinding *finding = qc_finding_new ("roster.returned", "text", reason->text, NULL);
    qc_finding_at (finding, reason->line, line != NULL ? line->account : NULL,
                   reason->field != NULL ? reason->field : qc_line_field (QC_LINE_NAME)->name);
    g_ptr_array_add (out, finding);
  }
}
