/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-inquiry.h. The words of codes are those of their own tables. Pure data, any thread.
 */
#include "qc-inquiry.h"

#include <glib/gi18n-lib.h>

#include "qc-application.h"

static const QcInquiryColumn months[] = {
    {"month", N_ ("Month"), QC_INQUIRY_MONTH, .period = TRUE},
    {"people", N_ ("Headcount"), QC_INQUIRY_COUNT},
    {"joined", N_ ("Joined"), QC_INQUIRY_COUNT, .yields = 3},
    {"left", N_ ("Left"), QC_INQUIRY_COUNT, .yields = 3},
    {"unit", N_ ("Unit's part"), QC_INQUIRY_MONEY, .yields = 6, .sums = TRUE},
    {"personal", N_ ("Personal part"), QC_INQUIRY_MONEY, .yields = 6, .sums = TRUE},
    {"amount", N_ ("Amount"), QC_INQUIRY_MONEY, .sums = TRUE},
    {"method", N_ ("Method"), QC_INQUIRY_METHOD, .yields = 2, .filter = TRUE},
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL, .yields = 5},
    {"finished", N_ ("Finished at"), QC_INQUIRY_TIME, .yields = 4},
    {"entered-by", N_ ("Entered by"), QC_INQUIRY_TEXT, .yields = 1, .hidden = TRUE},
};

static const QcInquiryColumn back_payments[] = {
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL},
    {"month", N_ ("Month"), QC_INQUIRY_MONTH, .period = TRUE},
    {"people", N_ ("Headcount"), QC_INQUIRY_COUNT, .yields = 5},
    {"unit", N_ ("Unit's part"), QC_INQUIRY_MONEY, .yields = 3, .sums = TRUE},
    {"personal", N_ ("Personal part"), QC_INQUIRY_MONEY, .yields = 3, .sums = TRUE},
    {"amount", N_ ("Amount"), QC_INQUIRY_MONEY, .sums = TRUE},
    {"state", N_ ("State"), QC_INQUIRY_STATE, .filter = TRUE},
    {"method", N_ ("Method"), QC_INQUIRY_METHOD, .yields = 1, .hidden = TRUE, .filter = TRUE},
    {"created", N_ ("Submitted"), QC_INQUIRY_TIME, .yields = 4},
    {"finished", N_ ("Finished at"), QC_INQUIRY_TIME, .yields = 2},
    {"reason", N_ ("Reason of return or failure"), QC_INQUIRY_TEXT, .yields = 1},
};

static const QcInquiryColumn applications[] = {
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL},
    {"business", N_ ("Business"), QC_INQUIRY_BUSINESS, .filter = TRUE},
    {"created", N_ ("Submitted"), QC_INQUIRY_TIME, .yields = 6, .period = TRUE},
    {"start", N_ ("First month"), QC_INQUIRY_MONTH, .yields = 4},
    {"end", N_ ("Last month"), QC_INQUIRY_MONTH, .yields = 4},
    {"people", N_ ("Headcount"), QC_INQUIRY_COUNT, .yields = 5},
    {"amount", N_ ("Amount"), QC_INQUIRY_MONEY, .sums = TRUE},
    {"state", N_ ("State"), QC_INQUIRY_STATE, .filter = TRUE},
    {"draw", N_ ("Result of drawing"), QC_INQUIRY_DRAW, .yields = 1, .hidden = TRUE},
    {"method", N_ ("Method"), QC_INQUIRY_METHOD, .yields = 1, .hidden = TRUE},
    {"finished", N_ ("Finished at"), QC_INQUIRY_TIME, .yields = 3},
    {"entered-by", N_ ("Entered by"), QC_INQUIRY_TEXT, .yields = 1, .hidden = TRUE},
    {"reviewed-by", N_ ("Reviewed by"), QC_INQUIRY_TEXT, .yields = 1, .hidden = TRUE},
    {"reason", N_ ("Reason of return or failure"), QC_INQUIRY_TEXT, .yields = 2},
};

static const QcInquiryColumn movements[] = {
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL, .yields = 4},
    {"time", N_ ("Time"), QC_INQUIRY_TIME, .period = TRUE},
    {"kind", N_ ("Kind"), QC_INQUIRY_MOVEMENT, .filter = TRUE},
    {"amount", N_ ("Amount"), QC_INQUIRY_MONEY, .sums = TRUE},
    {"balance", N_ ("Suspense balance after it"), QC_INQUIRY_MONEY},
    {"business", N_ ("Business"), QC_INQUIRY_BUSINESS, .yields = 5, .filter = TRUE},
    {"start", N_ ("First month"), QC_INQUIRY_MONTH, .yields = 3},
    {"end", N_ ("Last month"), QC_INQUIRY_MONTH, .yields = 3},
    {"people", N_ ("Headcount"), QC_INQUIRY_COUNT, .yields = 2, .hidden = TRUE},
    {"text", N_ ("Remarks"), QC_INQUIRY_TEXT, .yields = 1},
};

static const QcInquiryColumn paid[] = {
    {"month", N_ ("Month"), QC_INQUIRY_MONTH, .period = TRUE},
    {"kind", N_ ("Kind"), QC_INQUIRY_SPAN, .filter = TRUE},
    {"base", N_ ("Contribution base"), QC_INQUIRY_MONEY, .yields = 2},
    {"unit", N_ ("Unit's part"), QC_INQUIRY_MONEY, .yields = 3, .sums = TRUE},
    {"personal", N_ ("Personal part"), QC_INQUIRY_MONEY, .yields = 3, .sums = TRUE},
    {"amount", N_ ("Amount"), QC_INQUIRY_MONEY, .sums = TRUE},
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL, .yields = 1},
};

static const QcInquiryColumn bases[] = {
    {"from", N_ ("In force from"), QC_INQUIRY_MONTH, .period = TRUE},
    {"base", N_ ("Contribution base"), QC_INQUIRY_MONEY},
    {"setting", N_ ("How it was set"), QC_INQUIRY_SETTING, .filter = TRUE},
    {"entered", N_ ("Time entered"), QC_INQUIRY_TIME, .yields = 1},
};

static const QcInquiryColumn changes[] = {
    {"created", N_ ("Submitted"), QC_INQUIRY_TIME, .period = TRUE},
    {"business", N_ ("Business"), QC_INQUIRY_BUSINESS, .yields = 4, .filter = TRUE},
    {"line", N_ ("What was changed"), QC_INQUIRY_LINE},
    {"state", N_ ("State"), QC_INQUIRY_STATE, .yields = 2, .filter = TRUE},
    {"effective", N_ ("Effective month"), QC_INQUIRY_MONTH, .yields = 3},
    {"serial", N_ ("Serial number"), QC_INQUIRY_SERIAL, .yields = 1},
};

#define COLUMNS(table) table, G_N_ELEMENTS (table)
static const QcInquiryInfo infos[QC_N_INQUIRIES] = {
    [QC_INQUIRY_MONTHS] = {"months", N_ ("Remitted months"), COLUMNS (months)},
    [QC_INQUIRY_BACK_PAYMENTS] = {"back-payments", N_ ("Back payments"), COLUMNS (back_payments)},
    [QC_INQUIRY_APPLICATIONS] = {"applications", N_ ("Businesses handled"), COLUMNS (applications)},
    [QC_INQUIRY_MOVEMENTS] = {"movements", N_ ("Money movements"), COLUMNS (movements)},
    [QC_INQUIRY_PAID] = {"paid", N_ ("Paid months"), COLUMNS (paid), TRUE},
    [QC_INQUIRY_BASES] = {"bases", N_ ("Bases over time"), COLUMNS (bases), TRUE},
    [QC_INQUIRY_CHANGES] = {"changes", N_ ("What the unit changed"), COLUMNS (changes), TRUE},
};

const QcInquiryInfo *
qc_inquiry_info (QcInquiry inquiry)
{
  g_return_val_if_fail (inquiry < QC_N_INQUIRIES, NULL);
  return &infos[inquiry];
}

gboolean
qc_inquiry_from_id (const char *id, QcInquiry *out)
{
  for (guint i = 0; i < QC_N_INQUIRIES; i++)
    if (g_strcmp0 (infos[i].id, id) == 0) {
      *out = i;
      return TRUE;
    }
  return FALSE;
}

int
qc_inquiry_find_column (QcInquiry inquiry, const char *id)
{
  const QcInquiryInfo *info = qc_inquiry_info (inquiry);
  for (guint i = 0; i < info->n_columns; i++)
    if (g_strcmp0 (info->columns[i].id, id) == 0)
      return (int)i;
  return -1;
}

int
qc_inquiry_find_type (QcInquiry inquiry, QcInquiryType type)
{
  const QcInquiryInfo *info = qc_inquiry_info (inquiry);
  for (guint i = 0; i < info->n_columns; i++)
    if (info->columns[i].type == type)
      return (int)i;
  return -1;
}

/* ---- codes ---- */

static const struct {
  const char *code;
  const char *msgid;
} words[] = {
    {"draw", N_ ("Collected from the bank")},
    {"arrival", N_ ("Money arrived")},
    {"booking", N_ ("Booked to accounts")},
    {"refund", N_ ("Refunded")},
    {"remittance", N_ ("Remittance")},
    {"back-payment", N_ ("Back payment")},
    {"usual", N_ ("As usual")},
    {"retroactive", N_ ("Set later by the center")},
};

static const char *const businesses[] = {"remittance",      "back-payment", "account-opening", "transfer", "sealing",
                                         "base-adjustment", "unit-change",  "retirement",      NULL};
static const char *const states[]
    = {"registered", "in-review", "accepted", "finished", "returned", "cancelled", "deleted", NULL};
static const char *const draws[] = {"none", "running", "failed", "done", "unknown", NULL};
static const char *const methods[] = {"collection", "transfer", NULL};
static const char *const movement_kinds[] = {"draw", "arrival", "booking", "refund", NULL};
static const char *const spans[] = {"remittance", "back-payment", NULL};
static const char *const settings[] = {"usual", "retroactive", NULL};

const char *const *
qc_inquiry_codes (QcInquiryType type)
{
  static const char *const *const lists[] = {
      [QC_INQUIRY_BUSINESS] = businesses,
      [QC_INQUIRY_STATE] = states,
      [QC_INQUIRY_DRAW] = draws,
      [QC_INQUIRY_METHOD] = methods,
      [QC_INQUIRY_MOVEMENT] = movement_kinds,
      [QC_INQUIRY_SPAN] = spans,
      [QC_INQUIRY_SETTING] = settings,
  };
  g_return_val_if_fail (qc_inquiry_type_is_code (type), NULL);
  return lists[type];
}

static const char *
word_of (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return words[i].msgid;
  return NULL;
}

const char *
qc_inquiry_code_to_msgid (QcInquiryType type, const char *code)
{
  QcBusiness business;
  QcApplicationState state;
  QcDrawResult draw;
  QcMethod method;
  switch (type) {
  case QC_INQUIRY_BUSINESS:
    return qc_business_from_code (code, &business) ? qc_business_info (business)->msgid : NULL;
  case QC_INQUIRY_STATE:
    return qc_state_from_code (code, &state) ? qc_state_to_msgid (state) : NULL;
  case QC_INQUIRY_DRAW:
    return qc_draw_from_code (code, &draw) ? qc_draw_to_msgid (draw) : NULL;
  case QC_INQUIRY_METHOD:
    return qc_method_from_code (code, &method) && method != QC_METHOD_NONE ? qc_method_to_msgid (method) : NULL;
  case QC_INQUIRY_MOVEMENT:
  case QC_INQUIRY_SPAN:
  case QC_INQUIRY_SETTING:
    return word_of (code);
  case QC_INQUIRY_TEXT:
  case QC_INQUIRY_SERIAL:
  case QC_INQUIRY_MONEY:
  case QC_INQUIRY_COUNT:
  case QC_INQUIRY_MONTH:
  case QC_INQUIRY_TIME:
  case QC_INQUIRY_LINE:
  default:
    return NULL;
  }
}

/* ---- rows ---- */

QcInquiryRecord *
qc_inquiry_record_new (guint n)
{
  g_return_val_if_fail (n <= QC_INQUIRY_MAX_COLUMNS, NULL);
  QcInquiryRecord *record = g_new0 (QcInquiryRecord, 1);
  record->n = n;
  return record;
}

void
qc_inquiry_record_free (QcInquiryRecord *record)
{
  if (record == NULL)
    return;
  for (guint i = 0; i < record->n; i++)
    g_free (record->values[i].text);
  g_free (record);
}
