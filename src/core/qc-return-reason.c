/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 退回原因; see the header. Plain values, any thread.
 */
#include "qc-return-reason.h"
#include "qc-text-field.h"

static const char *const targets[] = {
    [QC_RETURN_APPLICATION] = "application",
    [QC_RETURN_LINE] = "line",
    [QC_RETURN_FIELD] = "field",
    [QC_RETURN_ATTACHMENT] = "attachment",
};

const char *
qc_return_target_to_code (QcReturnTarget target)
{
  g_return_val_if_fail ((guint)target < G_N_ELEMENTS (targets), NULL);
  return targets[target];
}

gboolean
qc_return_target_from_code (const char *code, QcReturnTarget *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_strcmp0 (code, targets[i]) == 0) {
      *out = (QcReturnTarget)i;
      return TRUE;
    }
  return FALSE;
}

QcReturnReason *
qc_return_reason_new (const char *code, QcReturnTarget target, const char *text)
{
  QcReturnReason *reason = g_new0 (QcReturnReason, 1);
  reason->code = g_strdup (code);
  reason->target = target;
  reason->text = g_strdup (text);
  return reason;
}

QcReturnReason *
qc_return_reason_copy (const QcReturnReason *reason)
{
  QcReturnReason *copy = qc_return_reason_new (reason->code, reason->target, reason->text);
  copy->line = reason->line;
  copy->field = g_strdup (reason->field);
  copy->attachment = g_strdup (reason->attachment);
  return copy;
}

void
qc_return_reason_free (QcReturnReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->code);
  g_free (reason->field);
  g_free (reason->attachment);
  g_free (reason->text);
  g_free (reason);
}

GPtrArray *
qc_return_reasons_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)qc_return_reason_free);
}

static gboolean
has_attachment (const GPtrArray *attachments, const QcReturnReason *reason)
{
  for (guint i = 0; i < attachments->len; i++) {
    const QcAttachment *attachment = g_ptr_array_index (attachments, i);
    if (attachment->line == reason->line && g_strcmp0 (attachment->digest, reason->attachment) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether the application has what @reason is about. */
static gboolean
is_there (QcBusiness business, const QcRoster *roster, const GPtrArray *attachments, const QcReturnReason *reason)
{
  QcLineFieldId field;
  switch (reason->target) {
  case QC_RETURN_LINE:
    return qc_roster_find (roster, reason->line) != NULL;
  case QC_RETURN_FIELD:
    return qc_roster_find (roster, reason->line) != NULL && qc_line_field_from_name (reason->field, &field)
           && qc_business_find_column (business, field) != NULL;
  case QC_RETURN_ATTACHMENT:
    return has_attachment (attachments, reason);
  case QC_RETURN_APPLICATION:
  default:
    return TRUE;
  }
}

void
qc_return_reasons_check (const GPtrArray *codes, QcBusiness business, const QcRoster *roster,
                         const GPtrArray *attachments, const GPtrArray *reasons, GPtrArray *out)
{
  if (reasons->len == 0)
    g_ptr_array_add (out, qc_finding_new ("return.none", NULL));
  if (reasons->len > QC_RETURN_MAX_REASONS) {
    QcFinding *finding = qc_finding_new ("return.too-many", NULL);
    qc_finding_set_arg_int (finding, "limit", QC_RETURN_MAX_REASONS);
    g_ptr_array_add (out, finding);
    return;
  }
  for (guint i = 0; i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    QcFinding *fault = qc_text_field_check (QC_TEXT_REMARK, reason->text);
    if (fault == NULL && qc_codes_find (codes, QC_RETURN_REASON_LIST, reason->code) == NULL)
      fault = qc_finding_new ("return.code", "reason", reason->code, NULL);
    else if (fault == NULL && !is_there (business, roster, attachments, reason))
      fault = qc_finding_new ("return.target", "reason", reason->text, NULL);
    if (fault == NULL)
      continue;
    qc_finding_at (fault, reason->line, NULL, reason->field);
    g_ptr_array_add (out, fault);
  }
}

char *
qc_return_reasons_dup_text (const GPtrArray *reasons)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < reasons->len; i++) {
    const QcReturnReason *reason = g_ptr_array_index (reasons, i);
    if (g_hash_table_add (said, reason->text))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "；" : "", reason->text);
  }
  return g_string_free (text, FALSE);
}
