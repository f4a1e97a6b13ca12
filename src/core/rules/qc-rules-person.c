/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Name, document and base of a person; see the header. Pure functions, any one thread at a time.
 */
#include "qc-rules-person.h"
#include "qc-credit-code.h"
#include "qc-month.h"
#include "qc-text-field.h"

static QcFinding *
add (GPtrArray *out, gint64 line, const char *code, const char *field)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_at (finding, line, NULL, field);
  g_ptr_array_add (out, finding);
  return finding;
}

void
qc_rules_person_check_name (GPtrArray *out, gint64 line, const char *name)
{
  QcFinding *finding = qc_text_field_check (QC_TEXT_PERSON_NAME, name);
  if (finding == NULL)
    return;
  qc_finding_at (finding, line, NULL, "name");
  g_ptr_array_add (out, finding);
}

static const char *
code_of_fault (QcIdFault fault)
{
  switch (fault) {
  case QC_ID_EMPTY:
    return "person.document-empty";
  case QC_ID_LENGTH:
    return "person.id-length";
  case QC_ID_CHARACTER:
    return "person.id-character";
  case QC_ID_PROVINCE:
    return "person.id-province";
  case QC_ID_DATE:
    return "person.id-date";
  case QC_ID_CHECK:
    return "person.id-check";
  case QC_ID_OLD:
    return "person.id-old";
  case QC_ID_OK:
  default:
    return NULL;
  }
}

/* What the number tells must be what was stated beside it. */
static void
check_against_id (GPtrArray *out, gint64 line, const char *document, QcDate birth, QcSex sex)
{
  QcDate told = qc_resident_id_birth (document);
  if (birth != QC_DATE_NONE && birth != told) {
    g_autofree char *stated = qc_date_to_string (birth);
    g_autofree char *right = qc_date_to_string (told);
    QcFinding *finding = add (out, line, "person.birth-differs", "birth");
    qc_finding_set_arg (finding, "birth", stated);
    qc_finding_set_arg (finding, "document_birth", right);
  }
  gboolean stated = sex == QC_SEX_MALE || sex == QC_SEX_FEMALE;
  if (stated && sex != qc_resident_id_sex (document))
    add (out, line, "person.sex-differs", "sex");
}

QcFinding *
qc_rules_person_check_resident_id (const char *document, QcDate today)
{
  QcIdFault fault = qc_resident_id_check (document, today);
  if (fault == QC_ID_OK)
    return NULL;
  QcFinding *finding = qc_finding_new (code_of_fault (fault), NULL);
  g_autofree char *upgraded = qc_resident_id_upgrade (document);
  qc_finding_set_arg (finding, "document", document);
  if (fault == QC_ID_LENGTH)
    qc_finding_set_arg_int (finding, "length", g_utf8_strlen (document, -1));
  if (upgraded != NULL)
    qc_finding_set_arg (finding, "upgraded", upgraded);
  return finding;
}

static void
check_resident_id (GPtrArray *out, gint64 line, const char *document, QcDate birth, QcSex sex, QcDate today)
{
  QcFinding *finding = qc_rules_person_check_resident_id (document, today);
  if (finding == NULL) {
    check_against_id (out, line, document, birth, sex);
    return;
  }
  qc_finding_at (finding, line, NULL, "document");
  g_ptr_array_add (out, finding);
}

static void
check_other_document (GPtrArray *out, gint64 line, const char *document, QcDate birth, QcSex sex, QcDate today)
{
  if (g_utf8_strlen (document, -1) > QC_PERSON_DOCUMENT_LIMIT) {
    QcFinding *finding = add (out, line, "person.document-long", "document");
    qc_finding_set_arg (finding, "document", document);
    qc_finding_set_arg_int (finding, "limit", QC_PERSON_DOCUMENT_LIMIT);
  }
  if (!qc_date_is_valid (birth) || (today != QC_DATE_NONE && birth > today))
    add (out, line, "person.birth-missing", "birth");
  if (sex != QC_SEX_MALE && sex != QC_SEX_FEMALE)
    add (out, line, "person.sex-missing", "sex");
}

void
qc_rules_person_check_document (GPtrArray *out, gint64 line, const char *document_type, const char *document,
                                QcDate birth, QcSex sex, QcDate today)
{
  static const char *const types[] = {QC_DOCUMENT_RESIDENT_ID, "02", "03", "04", "99", NULL};
  if (document_type == NULL || !g_strv_contains (types, document_type)) {
    qc_finding_set_arg (add (out, line, "person.document-type", "document_type"), "document_type", document_type);
    return;
  }
  if (document == NULL || *document == '\0')
    add (out, line, "person.document-empty", "document");
  else if (g_str_equal (document_type, QC_DOCUMENT_RESIDENT_ID))
    check_resident_id (out, line, document, birth, sex, today);
  else
    check_other_document (out, line, document, birth, sex, today);
}

static void
set_limits (QcFinding *finding, QcMoney floor, QcMoney cap)
{
  qc_finding_set_arg_money (finding, "floor", floor);
  if (cap > 0)
    qc_finding_set_arg_money (finding, "cap", cap);
  else
    qc_finding_set_arg (finding, "cap", "∞");
}

void
qc_rules_person_check_base (GPtrArray *out, gint64 line, QcMoney base, const QcRatios *ratios, const QcPolicy *policy)
{
  static const char *const codes[] = {
      [QC_BASE_BELOW_FLOOR] = "base.below-floor",
      [QC_BASE_ABOVE_CAP] = "base.above-cap",
      [QC_BASE_MONTHLY_BELOW_FLOOR] = "base.monthly-below-floor",
      [QC_BASE_MONTHLY_ABOVE_CAP] = "base.monthly-above-cap",
  };
  if (base <= 0) {
    add (out, line, "base.missing", "base");
    return;
  }
  QcBaseFault fault = qc_base_check (base, ratios, policy);
  if (fault == QC_BASE_OK)
    return;
  QcFinding *finding = add (out, line, codes[fault], "base");
  qc_finding_set_arg_money (finding, "base", base);
  if (fault == QC_BASE_BELOW_FLOOR || fault == QC_BASE_ABOVE_CAP) {
    set_limits (finding, policy->base_floor, policy->base_cap > 0 ? policy->base_cap : QC_MONEY_MAX);
    return;
  }
  QcContribution monthly = qc_contribution_compute (base, ratios, policy);
  qc_finding_set_arg_money (finding, "monthly", qc_contribution_total (monthly));
  set_limits (finding, policy->monthly_floor, policy->monthly_cap);
}
