/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What became of a voucher that was sent to a printer, from what the print server said before and after and what GTK
 * saw between. It is known where one of them knows; where none does, it is said so. No state, any thread.
 */
#pragma once

#include "qc-print-queue.h"

G_BEGIN_DECLS

typedef struct {
  gboolean is_file;           /* the printer is a file */
  QcQueueState before;        /* the queue, right before sending */
  const QcQueueAnswer *after; /* and after it; of a job only what @before lets one tell from older ones */
  gboolean pending;           /* the server gave GTK a number */
  gboolean back;              /* GTK has done with it; FALSE: it may still send */
  gboolean fault;             /* GTK's connection failed, or its file */
  gboolean left;              /* some of the voucher was read for sending */
} QcPrintSigns;

typedef enum {
  QC_VERDICT_TAKEN,
  QC_VERDICT_ENDED, /* taken, and ended before it was printed */
  /* there is no job: */
  QC_VERDICT_NO_FILE, /* the file could not be written */
  QC_VERDICT_REJECTS, /* the queue takes none */
  QC_VERDICT_GONE,    /* there is no such queue */
  QC_VERDICT_SILENT,  /* there is no server */
  QC_VERDICT_FAULT,   /* the server broke off */
  QC_VERDICT_NO_JOB,  /* the server made none and does not say why */
  /* there may be one: */
  QC_VERDICT_BROKEN, /* the connection broke on the way */
  QC_VERDICT_LATE,   /* the server says nothing */
} QcPrintVerdict;

QcPrintVerdict qc_print_judge (const QcPrintSigns *signs);

G_END_DECLS
