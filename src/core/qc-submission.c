/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 as a value; see the header. One thread at a time.
 */
#include "qc-submission.h"

QcSubmission *
qc_submission_new (QcBusiness business)
{
  QcSubmission *submission = g_new0 (QcSubmission, 1);
  submission->business = business;
  submission->roster = qc_roster_new ();
  submission->facts = qc_fact_list_new ();
  submission->attachments = qc_attachment_list_new ();
  return submission;
}

void
qc_submission_free (QcSubmission *submission)
{
  if (submission == NULL)
    return;
  qc_remittance_claim_free (submission->remittance);
  qc_roster_free (submission->roster);
  g_ptr_array_unref (submission->facts);
  g_ptr_array_unref (submission->attachments);
  g_free (submission->replaces);
  g_free (submission);
}

gboolean
qc_submission_equal (const QcSubmission *a, const QcSubmission *b)
{
  if (a->business != b->business || a->effective != b->effective || a->method != b->method
      || (a->remittance == NULL) != (b->remittance == NULL) || g_strcmp0 (a->replaces, b->replaces) != 0
      || a->roster->lines->len != b->roster->lines->len || !qc_fact_list_equal (a->facts, b->facts)
      || !qc_attachment_list_equal (a->attachments, b->attachments)
      || (a->remittance != NULL && !qc_remittance_claim_equal (a->remittance, b->remittance)))
    return FALSE;
  for (guint i = 0; i < a->roster->lines->len; i++) {
    const QcRosterLine *x = g_ptr_array_index (a->roster->lines, i), *y = g_ptr_array_index (b->roster->lines, i);
    if (x->id != y->id || !qc_roster_line_equal (x, y))
      return FALSE;
  }
  return TRUE;
}
