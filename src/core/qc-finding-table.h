/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of findings, private to this room: every code once, with its severity, its sentence, its next step and
 * the headline of its group. {name} in a text is replaced by the argument of that name.
 */
#pragma once

#include "qc-finding.h"

G_BEGIN_DECLS

typedef struct {
  const char *code;
  QcSeverity severity;
  const char *sentence; /* N_() */
  const char *advice;   /* N_() (nullable) */
  const char *group;    /* N_() (nullable): NULL = the sentence */
} QcFindingRow;

/* (nullable) */
const QcFindingRow *qc_finding_table_find (const char *code);
/* Position in the table, or G_MAXINT for a code that is not in it. */
int qc_finding_table_position (const char *code);

G_END_DECLS
