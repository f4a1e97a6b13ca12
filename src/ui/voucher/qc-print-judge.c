/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-print-judge.h. Any thread.
 */
#include "qc-print-judge.h"

/* The connection failed, and no number came back. */
static QcPrintVerdict
judge_fault (const QcPrintSigns *signs)
{
  QcQueueState before = signs->before, after = signs->after->state;
  if (!signs->left && before == QC_QUEUE_SILENT && after == QC_QUEUE_SILENT)
    return QC_VERDICT_SILENT;
  if (after == QC_QUEUE_GONE && (before > QC_QUEUE_GONE || !signs->left))
    return QC_VERDICT_GONE;
  if (!signs->left)
    return QC_VERDICT_FAULT;
  /* no server, or a printer that this server does not have, or a list on which it cannot be told from older jobs */
  return after <= QC_QUEUE_GONE || before <= QC_QUEUE_GONE ? QC_VERDICT_BROKEN : QC_VERDICT_FAULT;
}

QcPrintVerdict
qc_print_judge (const QcPrintSigns *signs)
{
  const QcQueueAnswer *after = signs->after;
  if (after->job > 0 && after->ended)
    return QC_VERDICT_ENDED;
  if (after->job > 0 || signs->pending)
    return QC_VERDICT_TAKEN;
  if (!signs->back)
    return QC_VERDICT_LATE;
  if (signs->is_file)
    return signs->fault ? QC_VERDICT_NO_FILE : QC_VERDICT_TAKEN;
  if (after->state == QC_QUEUE_REJECTS)
    return QC_VERDICT_REJECTS;
  if (signs->fault)
    return judge_fault (signs);
  if (after->state == QC_QUEUE_SILENT) /* it answered GTK, and nobody after that */
    return QC_VERDICT_BROKEN;
  return after->state == QC_QUEUE_GONE ? QC_VERDICT_GONE : QC_VERDICT_NO_JOB;
}
