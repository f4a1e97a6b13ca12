/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更 (guide 3.3, domain notes 7): what may be changed, to what, and that nobody is overwritten who
 * changed the same meanwhile. Client and center run the same. Pure functions, any one thread at a time.
 */
#pragma once

#include "qc-fact.h"
#include "qc-unit-field.h"

G_BEGIN_DECLS

/* What the rules look at beside the facts. All borrowed. */
typedef struct {
  const QcUnit *unit;     /* as it is now */
  const GPtrArray *codes; /* QcCode */
  QcDate today;
} QcUnitChangeGround;

/*
 * Appends everything that can be said of @facts (QcFact): each by itself and against the unit. Findings are at the
 * field. That no other unit has the same name or address only the center knows: qc_rules_unit_change_add_taken().
 */
void qc_rules_unit_change_check (const QcUnitChangeGround *ground, const GPtrArray *facts, GPtrArray *out);
void qc_rules_unit_change_add_taken (const QcUnitField *field, const char *value, GPtrArray *out);
/* What the facts make of @unit; said here only: the center writes it, the client lays it over what it knows. */
void qc_rules_unit_change_apply (const GPtrArray *facts, QcUnit *unit);
/* Whether @present is what was seen as @before: values that were entered under other rules travel made plain. */
gboolean qc_rules_unit_change_is_seen (const char *before, const char *present);

G_END_DECLS
