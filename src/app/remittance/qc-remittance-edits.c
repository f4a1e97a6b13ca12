/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The edits of a 汇缴 draft: method, end month, months reviewed, questions answered. Each is kept by the draft at once;
 * the preview follows. Main context.
 */
#include "qc-remittance-service-private.h"

void
qc_remittance_service_set_method (QcRemittanceService *self, QcMethod method)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  qc_draft_set (self->draft, QC_FACT_METHOD, method == QC_METHOD_NONE ? NULL : qc_method_to_code (method));
}

void
qc_remittance_service_set_end (QcRemittanceService *self, QcMonth end)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  qc_draft_set_int (self->draft, QC_FACT_END, end);
}

/* What a tick holds: the month's figures. (transfer full) */
static char *
tick_value (const QcMonthLine *line)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, line->people, qc_month_line_fen (line));
}

static char *
tick_name (QcMonth month)
{
  return g_strdup_printf (QC_FACT_REVIEWED "%d", month);
}

void
qc_remittance_service_set_reviewed (QcRemittanceService *self, QcMonth month, gboolean reviewed)
{
  g_autofree char *name = tick_name (month);
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  const QcMonthLine *line = self->preview ? qc_remittance_preview_get_line (self->preview, month) : NULL;
  if (!line)
    return;
  g_autofree char *value = reviewed ? tick_value (line) : NULL;
  qc_draft_set (self->draft, name, value);
}

void
qc_remittance_service_set_all_reviewed (QcRemittanceService *self, gboolean reviewed)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  if (!self->preview)
    return;
  const GArray *lines = qc_remittance_preview_get_lines (self->preview);
  qc_draft_begin_step (self->draft);
  for (guint i = 0; i < lines->len; i++)
    qc_remittance_service_set_reviewed (self, g_array_index (lines, QcMonthLine, i).month, reviewed);
  qc_draft_end_step (self->draft);
}

gboolean
qc_remittance_service_is_reviewed (QcRemittanceService *self, QcMonth month)
{
  g_autofree char *name = tick_name (month);
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), FALSE);
  const QcMonthLine *line = self->preview ? qc_remittance_preview_get_line (self->preview, month) : NULL;
  if (!line)
    return FALSE;
  g_autofree char *value = tick_value (line);
  return g_strcmp0 (qc_draft_get (self->draft, name), value) == 0;
}

guint
qc_remittance_service_get_reviewed (QcRemittanceService *self)
{
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), 0);
  const GArray *lines = self->preview ? qc_remittance_preview_get_lines (self->preview) : NULL;
  guint n = 0;
  for (guint i = 0; lines && i < lines->len; i++)
    n += qc_remittance_service_is_reviewed (self, g_array_index (lines, QcMonthLine, i).month);
  return n;
}

void
qc_remittance_service_answer_class (QcRemittanceService *self, const char *account, QcRetirementClass klass)
{
  g_autofree char *name = g_strconcat (QC_FACT_CLASS, account, NULL);
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  qc_draft_set (self->draft, name, klass == QC_RETIREMENT_UNKNOWN ? NULL : qc_retirement_class_to_code (klass));
}

void
qc_remittance_service_answer_classes (QcRemittanceService *self, const char *const *accounts, QcRetirementClass klass)
{
  g_return_if_fail (QC_IS_REMITTANCE_SERVICE (self));
  qc_draft_begin_step (self->draft);
  for (guint i = 0; accounts[i]; i++)
    qc_remittance_service_answer_class (self, accounts[i], klass);
  qc_draft_end_step (self->draft);
}

QcRetirementClass
qc_remittance_service_get_answer (QcRemittanceService *self, const char *account)
{
  g_autofree char *name = g_strconcat (QC_FACT_CLASS, account, NULL);
  g_return_val_if_fail (QC_IS_REMITTANCE_SERVICE (self), QC_RETIREMENT_UNKNOWN);
  const char *code = qc_draft_get (self->draft, name);
  QcRetirementClass klass = QC_RETIREMENT_UNKNOWN;
  if (code)
    qc_retirement_class_from_code (code, &klass);
  return klass;
}
