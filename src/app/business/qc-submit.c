/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Into the outbox; see the header. Writer thread.
 */
#include "qc-submit.h"

#include "qc-store-outbox.h"
#include "qc-wire-submission.h"

/* 汇缴 goes behind every change of the roster that waits and behind another 汇缴; a roster behind what names its
 * people; a change of the unit behind another one. */
static gboolean
depends_on (QcConnection *connection, const QcSubmit *submit, const GPtrArray *people, const QcStoreOutboxItem *row,
            gboolean *out, GError **error)
{
  QcRun run = qc_business_info (row->business)->run;
  *out = FALSE;
  if (g_strcmp0 (row->kind, "submission") != 0 || row->state == QC_STORE_OUTBOX_HELD)
    return TRUE; /* what is held may wait for this very one, which was corrected */
  if (submit->submission->business == QC_BUSINESS_REMITTANCE) {
    *out = run == QC_RUN_REMITTANCE || (run == QC_RUN_IMMEDIATE && row->business != QC_BUSINESS_UNIT_CHANGE);
    return TRUE;
  }
  if (submit->submission->business == QC_BUSINESS_UNIT_CHANGE) { /* each saw the one before it */
    *out = row->business == QC_BUSINESS_UNIT_CHANGE;
    return TRUE;
  }
  if (run != QC_RUN_IMMEDIATE && run != QC_RUN_REVIEWED)
    return TRUE;
  return qc_store_outbox_names (connection, row->id, people, out, error);
}

static gboolean
collect_depends (QcConnection *connection, const QcSubmit *submit, QcStoreOutboxItem *item, GError **error)
{
  g_autoptr (GPtrArray) rows = qc_store_outbox_list (connection, submit->profile, submit->unit, 0, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const QcStoreOutboxItem *row = g_ptr_array_index (rows, i);
    gboolean depends;
    if (!depends_on (connection, submit, item->people, row, &depends, error))
      return FALSE;
    if (depends)
      g_array_append_val (item->depends, row->id);
  }
  return TRUE;
}

gint64
qc_submit_enqueue (QcConnection *connection, const QcSubmit *submit, GError **error)
{
  g_autoptr (QcStoreOutboxItem) item = qc_store_outbox_item_new ();
  g_autofree char *unit = g_uri_escape_string (submit->unit, NULL, FALSE);
  item->profile = g_strdup (submit->profile);
  item->unit = g_strdup (submit->unit);
  item->kind = g_strdup ("submission");
  item->business = submit->submission->business;
  item->method = g_strdup ("POST");
  item->path = g_strdup_printf ("/api/v1/units/%s/submissions", unit);
  item->body = qc_wire_encode_submission (submit->submission);
  item->attachments = g_ptr_array_ref (submit->submission->attachments);
  item->summary = g_strdup (submit->summary);
  item->actor = g_strdup (submit->actor);
  item->draft = submit->draft;
  item->people = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < submit->submission->roster->lines->len; i++) {
    const char *key = qc_roster_line_identity (g_ptr_array_index (submit->submission->roster->lines, i));
    if (key != NULL)
      g_ptr_array_add (item->people, g_strdup (key));
  }
  if (!collect_depends (connection, submit, item, error)
      || !qc_store_outbox_enqueue (connection, item, submit->now, error))
    return 0;
  return item->id;
}
