/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The registration data of a unit; see the header. Constant tables, any thread.
 */
#include "qc-unit-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qc-ascii.h"
#include "qc-credit-code.h"
#include "qc-line-field.h"
#include "qc-month.h"
#include "qc-resident-id.h"
#include "qc-rules-person.h"

#define LEGAL_TYPE   "DWFRDBZJLX"
#define HANDLER_TYPE "JBRZJLX"

/* clang-format off */
#define TEXT(t)  .kind = QC_UNIT_FIELD_TEXT, .text = QC_TEXT_##t
#define NAME     .kind = QC_UNIT_FIELD_NAME, .text = QC_TEXT_UNIT_NAME
#define CODE(l)  .kind = QC_UNIT_FIELD_CODE, .text = QC_TEXT_LABEL, .list = (l)
#define DOC(t)   .kind = QC_UNIT_FIELD_DOCUMENT, .text = QC_TEXT_UNIT_FIELD, .type = (t)
#define KIND(k)  .kind = QC_UNIT_FIELD_##k, .text = QC_TEXT_UNIT_FIELD
#define REQUIRED .required = TRUE
#define UNIQUE   .unique = TRUE

static const QcUnitField fields[] = {
  { "DWMC",       N_ ("Name of the unit"),             QC_UNIT_GROUP_KEY, NAME, REQUIRED, UNIQUE },
  { "ZZJGDM",     N_ ("Unified social credit code"),   QC_UNIT_GROUP_KEY, KIND (CREDIT_CODE), REQUIRED, UNIQUE },
  { "DWDZ",       N_ ("Address"),                      QC_UNIT_GROUP_KEY, TEXT (UNIT_FIELD), REQUIRED, UNIQUE },
  { "DWFRDBXM",   N_ ("Legal representative"),         QC_UNIT_GROUP_KEY, TEXT (PERSON_NAME), REQUIRED },
  { LEGAL_TYPE,   N_ ("Representative's kind of document"), QC_UNIT_GROUP_KEY, CODE ("document-type"), REQUIRED },
  { "DWFRDBZJHM", N_ ("Representative's document number"),  QC_UNIT_GROUP_KEY, DOC (LEGAL_TYPE), REQUIRED },
  { "DWLSGX",     N_ ("Affiliation"),                  QC_UNIT_GROUP_KEY, CODE ("unit-affiliation"), REQUIRED },
  { "DWJJLX",     N_ ("Economic type"),                QC_UNIT_GROUP_KEY, CODE ("unit-economic-type"), REQUIRED, .length = 3 },
  { "DWSSHY",     N_ ("Industry"),                     QC_UNIT_GROUP_KEY, CODE ("unit-industry"), REQUIRED },
  { "DWLB",       N_ ("Kind of unit"),                 QC_UNIT_GROUP_KEY, CODE ("unit-kind") },
  { "DJZCH",      N_ ("Registration number"),          QC_UNIT_GROUP_KEY, TEXT (REFERENCE) },

  { "DWLXDH",     N_ ("Phone"),                        QC_UNIT_GROUP_CONTACT, KIND (PHONE) },
  { "DWCZ",       N_ ("Fax"),                          QC_UNIT_GROUP_CONTACT, KIND (PHONE) },
  { "DWYB",       N_ ("Post code"),                    QC_UNIT_GROUP_CONTACT, KIND (POSTCODE), REQUIRED },
  { "DWDZXX",     N_ ("E-mail"),                       QC_UNIT_GROUP_CONTACT, KIND (EMAIL) },

  { "DWSLRQ",     N_ ("Founded on"),                   QC_UNIT_GROUP_REGISTRATION, KIND (DATE), REQUIRED },
  { "DWFXR",      N_ ("Day of pay"),                   QC_UNIT_GROUP_REGISTRATION, KIND (DAY), REQUIRED },
  { "FXZH",       N_ ("Pay account"),                  QC_UNIT_GROUP_REGISTRATION, TEXT (BANK_ACCOUNT), REQUIRED },
  { "FXHM",       N_ ("Holder of the pay account"),    QC_UNIT_GROUP_REGISTRATION, TEXT (UNIT_NAME), REQUIRED },
  { "FXYH",       N_ ("Bank of the pay account"),      QC_UNIT_GROUP_REGISTRATION, TEXT (BANK), REQUIRED },
  { "BZ",         N_ ("Remarks"),                      QC_UNIT_GROUP_REGISTRATION, TEXT (UNIT_FIELD) },

  { "JBRXM",      N_ ("Handler"),                      QC_UNIT_GROUP_HANDLER, TEXT (PERSON_NAME), REQUIRED },
  { HANDLER_TYPE, N_ ("Handler's kind of document"),   QC_UNIT_GROUP_HANDLER, CODE ("document-type"), REQUIRED },
  { "JBRZJHM",    N_ ("Handler's document number"),    QC_UNIT_GROUP_HANDLER, DOC (HANDLER_TYPE), REQUIRED },
  { "JBRSJHM",    N_ ("Handler's mobile"),             QC_UNIT_GROUP_HANDLER, KIND (MOBILE), REQUIRED },
  { "JBRGDDHHM",  N_ ("Handler's landline"),           QC_UNIT_GROUP_HANDLER, KIND (PHONE) },

  { "STYHMC",     N_ ("Entrusted bank"),               QC_UNIT_GROUP_BANK, TEXT (BANK), REQUIRED },
  { "STYHDM",     N_ ("Code of the entrusted bank"),   QC_UNIT_GROUP_BANK, CODE ("entrusted-bank") },
};
/* clang-format on */

guint
qc_unit_fields_count (void)
{
  return G_N_ELEMENTS (fields);
}

const QcUnitField *
qc_unit_field (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (fields), NULL);
  return &fields[i];
}

const QcUnitField *
qc_unit_field_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

const char *
qc_unit_group_to_msgid (QcUnitGroup group)
{
  static const char *const names[QC_N_UNIT_GROUPS] = {
      [QC_UNIT_GROUP_KEY] = N_ ("Key data"),
      [QC_UNIT_GROUP_CONTACT] = N_ ("Contact"),
      [QC_UNIT_GROUP_REGISTRATION] = N_ ("Registration"),
      [QC_UNIT_GROUP_HANDLER] = N_ ("Handler of the unit"),
      [QC_UNIT_GROUP_BANK] = N_ ("Bank entrusted"),
  };
  g_return_val_if_fail ((guint)group < QC_N_UNIT_GROUPS, "");
  return names[group];
}

/* ---- of a unit ---- */

/* The member of QcUnit that holds it, NULL where @fields does. */
static char **
member_of (const QcUnitField *field, QcUnit *unit)
{
  if (g_str_equal (field->name, "DWMC"))
    return &unit->name;
  return field->kind == QC_UNIT_FIELD_CREDIT_CODE ? &unit->credit_code : NULL;
}

const char *
qc_unit_field_get (const QcUnitField *field, const QcUnit *unit)
{
  char **member = member_of (field, (QcUnit *)unit);
  const char *value = member != NULL ? *member : g_hash_table_lookup (unit->fields, field->name);
  return value != NULL ? value : "";
}

void
qc_unit_field_set (const QcUnitField *field, QcUnit *unit, const char *value)
{
  char **member = member_of (field, unit);
  if (member != NULL) {
    char *copy = g_strdup (value);
    g_free (*member);
    *member = copy;
  }
  g_hash_table_replace (unit->fields, g_strdup (field->name), g_strdup (value));
}

const char *
qc_unit_field_lock (const QcUnitField *field, const GPtrArray *codes)
{
  const QcCode *lock = qc_codes_find (codes, QC_UNIT_LOCKED_LIST, field->name);
  if (lock != NULL)
    return lock->label;
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (g_str_equal (((QcCode *)g_ptr_array_index (codes, i))->list, QC_UNIT_LOCKED_LIST))
      return NULL;
  return g_str_equal (field->name, "DWMC") || field->kind == QC_UNIT_FIELD_CREDIT_CODE ? "" : NULL;
}

/* ---- what is typed ---- */

/* "2005-3-18" or "20050318"; NONE for what is no day. */
static QcDate
parse_date (const char *text)
{
  if (strlen (text) == 8 && qc_ascii_is_digits (text)) {
    QcDate date = (QcDate)g_ascii_strtoll (text, NULL, 10);
    return qc_date_is_valid (date) ? date : QC_DATE_NONE;
  }
  static const gsize lengths[] = {4, 2, 2};
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  if (g_strv_length (parts) != 3)
    return QC_DATE_NONE;
  for (int i = 0; i < 3; i++)
    if (!qc_ascii_is_digits (parts[i]) || strlen (parts[i]) > lengths[i])
      return QC_DATE_NONE;
  QcDate date = qc_date_new ((int)g_ascii_strtoll (parts[0], NULL, 10), (int)g_ascii_strtoll (parts[1], NULL, 10),
                             (int)g_ascii_strtoll (parts[2], NULL, 10));
  return qc_date_is_valid (date) ? date : QC_DATE_NONE;
}

/* "2005-3-18", "2005/03/18", "2005.3.18", "2005年3月18日", "20050318"; else @text as it is. (transfer full) */
static char *
fold_date (const char *text)
{
  g_autoptr (GString) digits = g_string_new (text);
  g_string_replace (digits, "年", "-", 1);
  g_string_replace (digits, "月", "-", 1);
  g_string_replace (digits, "日", "", 1);
  g_strdelimit (digits->str, "/.", '-');
  QcDate date = parse_date (digits->str);
  return date != QC_DATE_NONE ? qc_date_to_string (date) : g_strdup (text);
}

/* A code, or the word that the center's list has for it. */
static char *
fold_code (const QcUnitField *field, const char *entered, const GPtrArray *codes)
{
  g_autofree char *text = qc_text_field_fold (field->text, entered);
  for (guint i = 0; codes != NULL && i < codes->len; i++) {
    const QcCode *entry = g_ptr_array_index (codes, i);
    if (g_str_equal (entry->list, field->list) && g_str_equal (entry->label, text))
      return g_strdup (entry->code);
  }
  return qc_ascii_fold (text);
}

static char *
fold_day (const char *entered)
{
  char *text = qc_ascii_fold_code (entered);
  if (text[0] == '0' && qc_ascii_is_digits (text) && strlen (text) == 2)
    text[0] = text[1], text[1] = '\0';
  return text;
}

char *
qc_unit_field_fold (const QcUnitField *field, const char *entered, const GPtrArray *codes)
{
  g_autofree char *text = NULL;
  switch (field->kind) {
  case QC_UNIT_FIELD_CODE:
    return fold_code (field, entered, codes);
  case QC_UNIT_FIELD_CREDIT_CODE:
    return qc_credit_code_fold (entered);
  case QC_UNIT_FIELD_DOCUMENT:
  case QC_UNIT_FIELD_POSTCODE:
  case QC_UNIT_FIELD_PHONE:
  case QC_UNIT_FIELD_MOBILE:
    return qc_ascii_fold_code (entered);
  case QC_UNIT_FIELD_EMAIL:
    return qc_ascii_fold (entered);
  case QC_UNIT_FIELD_DATE:
    text = qc_ascii_fold_code (entered);
    return fold_date (text);
  case QC_UNIT_FIELD_DAY:
    return fold_day (entered);
  case QC_UNIT_FIELD_TEXT:
  case QC_UNIT_FIELD_NAME:
  default:
    return qc_text_field_fold (field->text, entered);
  }
}

char *
qc_unit_field_dup_shown (const QcUnitField *field, const char *value, const GPtrArray *codes)
{
  const QcCode *code = field->list != NULL ? qc_codes_find (codes, field->list, value) : NULL;
  return g_strdup (code != NULL ? code->label : value);
}

/* ---- checking ---- */

QcFinding *
qc_unit_field_add (const QcUnitField *field, const char *code, GPtrArray *out)
{
  QcFinding *finding = qc_finding_new (code, NULL);
  qc_finding_set_arg_code (finding, QC_ARG_UNIT_FIELD, "field", field->name);
  qc_finding_at (finding, 0, NULL, field->name);
  g_ptr_array_add (out, finding);
  return finding;
}

/* With what stands there. */
static void
add_value (const QcUnitField *field, const char *code, const char *value, GPtrArray *out)
{
  g_autofree char *plain = qc_text_field_dup_plain (QC_TEXT_UNIT_FIELD, value, QC_TEXT_MOST_ON_PAPER);
  qc_finding_set_arg (qc_unit_field_add (field, code, out), "value", plain);
}

static gboolean
has_list (const QcUnitField *field, const GPtrArray *codes)
{
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (g_str_equal (((QcCode *)g_ptr_array_index (codes, i))->list, field->list))
      return TRUE;
  return FALSE;
}

/* One address of plain signs: something, one @, a name of a host with a dot. */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  for (const char *p = text; *p != '\0'; p++)
    if (*p <= ' ' || (guchar)*p >= 0x7f || strchr ("<>()[],;:\\\"", *p) != NULL)
      return FALSE;
  if (at == NULL || at == text || strchr (at + 1, '@') != NULL)
    return FALSE;
  gsize length = strlen (at + 1);
  return strchr (at + 1, '.') != NULL && strstr (at, "..") == NULL && at[1] != '.' && at[length] != '.';
}

static gboolean
is_date (const char *text, QcDate today)
{
  QcDate date = parse_date (text);
  g_autofree char *usual = date != QC_DATE_NONE ? qc_date_to_string (date) : NULL;
  return g_strcmp0 (usual, text) == 0 && (today == QC_DATE_NONE || date <= today);
}

static gboolean
is_day (const char *text)
{
  gint64 day;
  return qc_ascii_is_digits (text) && text[0] != '0' && g_ascii_string_to_signed (text, 10, 1, 31, &day, NULL);
}

static void
check_document (const QcUnitField *field, const char *value, const char *type, GPtrArray *out)
{
  QcFinding *finding = NULL;
  if (g_strcmp0 (type, QC_DOCUMENT_RESIDENT_ID) == 0) {
    finding = qc_rules_person_check_resident_id (value, QC_DATE_NONE);
  } else if (g_utf8_strlen (value, -1) > QC_PERSON_DOCUMENT_LIMIT) {
    finding = qc_finding_new ("person.document-long", "document", value, NULL);
    qc_finding_set_arg_int (finding, "limit", QC_PERSON_DOCUMENT_LIMIT);
  }
  if (finding == NULL)
    return;
  qc_finding_at (finding, 0, NULL, field->name);
  g_ptr_array_add (out, finding);
}

/* What the texts of its kind may hold, said with the field's own name. TRUE: nothing is wrong. */
static gboolean
check_text (const QcUnitField *field, const char *value, GPtrArray *out)
{
  QcFinding *finding = qc_text_field_check (field->text, value);
  if (finding == NULL)
    return TRUE;
  if (qc_finding_get_arg (finding, "text", NULL) != NULL)
    qc_finding_set_arg_code (finding, QC_ARG_UNIT_FIELD, "text", field->name);
  qc_finding_at (finding, 0, NULL, field->name);
  g_ptr_array_add (out, finding);
  return FALSE;
}

void
qc_unit_field_check (const QcUnitField *field, const char *value, const char *type, const GPtrArray *codes,
                     QcDate today, GPtrArray *out)
{
  if (*value == '\0') {
    if (field->required)
      qc_unit_field_add (field, "unit-change.missing", out);
    return;
  }
  if (!check_text (field, value, out))
    return;
  const char *fault = NULL;
  switch (field->kind) {
  case QC_UNIT_FIELD_NAME:
    fault = strchr (value, ' ') != NULL || strstr (value, "\u3000") != NULL ? "unit-change.blank" : NULL;
    break;
  case QC_UNIT_FIELD_CODE:
    if (has_list (field, codes))
      fault = qc_codes_find (codes, field->list, value) == NULL ? "unit-change.code" : NULL;
    else if (field->length > 0 && g_utf8_strlen (value, -1) != field->length)
      qc_finding_set_arg_int (qc_unit_field_add (field, "unit-change.length", out), "limit", field->length);
    break;
  case QC_UNIT_FIELD_CREDIT_CODE:
    fault = qc_credit_code_check (value) != QC_CREDIT_CODE_OK
                    && qc_credit_code_check (value) != QC_CREDIT_CODE_SUBJECT_CHECK
                ? "unit-change.credit-code"
                : NULL;
    break;
  case QC_UNIT_FIELD_DOCUMENT:
    check_document (field, value, type, out);
    break;
  case QC_UNIT_FIELD_POSTCODE:
    fault = qc_postcode_is_valid (value) ? NULL : "unit-change.postcode";
    break;
  case QC_UNIT_FIELD_PHONE:
    fault = qc_landline_is_valid (value) || qc_mobile_is_valid (value) ? NULL : "unit-change.phone";
    break;
  case QC_UNIT_FIELD_MOBILE:
    fault = qc_mobile_is_valid (value) ? NULL : "unit-change.mobile";
    break;
  case QC_UNIT_FIELD_EMAIL:
    fault = is_email (value) ? NULL : "unit-change.e-mail";
    break;
  case QC_UNIT_FIELD_DATE:
    fault = is_date (value, today) ? NULL : "unit-change.date";
    break;
  case QC_UNIT_FIELD_DAY:
    fault = is_day (value) ? NULL : "unit-change.day";
    break;
  case QC_UNIT_FIELD_TEXT:
  default:
    break;
  }
  if (fault != NULL)
    add_value (field, fault, value, out);
}
