/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 办理 on the writer thread, for every business: the exact body goes into the outbox together with the locking of the
 * draft, and behind what it depends on (decision 12). Nothing is sent from here.
 */
#pragma once

#include "qc-connection.h"
#include "qc-submission.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct {
  const char *profile, *unit, *actor; /* @actor (nullable): who pressed 办理 */
  const QcSubmission *submission;
  const char *summary; /* (nullable) JSON for lists */
  gint64 draft;        /* locked with it, 0 = none */
  gint64 now;          /* unix seconds */
} QcSubmit;

/* Returns the item of the outbox, 0 on error. */
gint64 qc_submit_enqueue (QcConnection *connection, const QcSubmit *submit, GError **error);

G_END_DECLS
