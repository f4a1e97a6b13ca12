/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What is said of a voucher that was sent to a printer: what became of it, why, and what to do next. Main thread.
 */
#pragma once

#include "qc-print-judge.h"

G_BEGIN_DECLS

typedef struct {
  const char *printer;
  gboolean is_file;
  const char *target;          /* (nullable) the file that is made, where the printer is one */
  const QcQueueAnswer *answer; /* of its queue */
} QcPrintSubject;

/* On the list of a printer that prints nothing for now. */
gboolean qc_print_waits (const QcQueueAnswer *answer);
/* (transfer full) */
char *qc_print_dup_words (QcPrintVerdict verdict, const QcPrintSubject *subject);

G_END_DECLS
