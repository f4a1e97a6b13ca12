/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 单位缴存登记信息变更; see the header. Pure functions, any one thread at a time.
 */
#include "qc-rules-unit-change.h"

gboolean
qc_rules_unit_change_is_seen (const char *before, const char *present)
{
  if (g_strcmp0 (before, present) == 0)
    return TRUE;
  g_autofree char *plain
      = qc_text_field_dup_plain (QC_TEXT_UNIT_FIELD, present, qc_text_field_limits (QC_TEXT_UNIT_FIELD)->carried);
  return g_strcmp0 (before, plain) == 0;
}

/* "—" where nothing stands. */
static void
set_shown (QcFinding *finding, const char *name, const QcUnitField *field, const char *value, const GPtrArray *codes)
{
  g_autofree char *shown = qc_unit_field_dup_shown (field, value, codes);
  qc_finding_set_arg (finding, name, *shown != '\0' ? shown : "—");
}

static void
add_stale (const QcUnitChangeGround *ground, const QcUnitField *field, const QcFact *fact, GPtrArray *out)
{
  const char *present = qc_unit_field_get (field, ground->unit);
  QcFinding *finding = qc_unit_field_add (field, "unit-change.stale", out);
  set_shown (finding, "was", field, fact->before, ground->codes);
  set_shown (finding, "mine", field, fact->value, ground->codes);
  set_shown (finding, "now", field, present, ground->codes);
}

void
qc_rules_unit_change_add_taken (const QcUnitField *field, const char *value, GPtrArray *out)
{
  qc_finding_set_arg (qc_unit_field_add (field, "unit-change.taken", out), "value", value);
}

void
qc_rules_unit_change_apply (const GPtrArray *facts, QcUnit *unit)
{
  for (guint i = 0; i < facts->len; i++) {
    const QcFact *fact = g_ptr_array_index (facts, i);
    const QcUnitField *field = qc_unit_field_find (fact->name);
    if (field != NULL)
      qc_unit_field_set (field, unit, fact->value);
  }
}

static void
check_value (const QcUnitChangeGround *ground, const QcUnit *after, const QcUnitField *field, GPtrArray *out)
{
  const QcUnitField *type = field->type != NULL ? qc_unit_field_find (field->type) : NULL;
  qc_unit_field_check (field, qc_unit_field_get (field, after), type != NULL ? qc_unit_field_get (type, after) : NULL,
                       ground->codes, ground->today, out);
}

/* The number beside a kind of document that changes must be one of that kind. */
static void
check_numbers_of (const QcUnitChangeGround *ground, const QcUnit *after, const QcUnitField *type,
                  const GPtrArray *facts, GPtrArray *out)
{
  for (guint i = 0; i < qc_unit_fields_count (); i++) {
    const QcUnitField *field = qc_unit_field (i);
    if (g_strcmp0 (field->type, type->name) == 0 && qc_fact_list_find (facts, field->name) == NULL)
      check_value (ground, after, field, out);
  }
}

static void
check_fact (const QcUnitChangeGround *ground, const QcUnit *after, const QcFact *fact, const GPtrArray *facts,
            GPtrArray *out)
{
  const QcUnitField *field = qc_unit_field_find (fact->name);
  if (field == NULL) {
    QcFinding *finding = qc_finding_new ("unit-change.unknown", "name", fact->name, NULL);
    g_ptr_array_add (out, finding);
    return;
  }
  const char *lock = qc_unit_field_lock (field, ground->codes);
  if (lock != NULL) {
    qc_finding_set_arg (qc_unit_field_add (field, "unit-change.locked", out), "reason", *lock != '\0' ? lock : "—");
    return;
  }
  if (g_strcmp0 (fact->before, fact->value) == 0) {
    qc_unit_field_add (field, "unit-change.unchanged", out);
    return;
  }
  if (!qc_rules_unit_change_is_seen (fact->before, qc_unit_field_get (field, ground->unit))) {
    add_stale (ground, field, fact, out);
    return;
  }
  check_value (ground, after, field, out);
  check_numbers_of (ground, after, field, facts, out);
}

void
qc_rules_unit_change_check (const QcUnitChangeGround *ground, const GPtrArray *facts, GPtrArray *out)
{
  if (ground->unit->status == QC_UNIT_CLOSED)
    g_ptr_array_add (out, qc_finding_new ("unit-change.closed", NULL));
  if (facts->len == 0)
    g_ptr_array_add (out, qc_finding_new ("unit-change.empty", NULL));
  g_autoptr (QcUnit) after = qc_unit_copy (ground->unit);
  qc_rules_unit_change_apply (facts, after);
  for (guint i = 0; i < facts->len; i++)
    check_fact (ground, after, g_ptr_array_index (facts, i), facts, out);
}
