/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A voucher's facts as a struct and as signable facts. What a field is called, where it lies and whether it is in the
 * compact form stands once, in the tables below. Any thread.
 */
#include "qc-voucher-codec.h"

#include <string.h>
#include "qc-digest.h"
#include "qc-month.h"

#define PRACTICE_MARK "（演练）"

typedef struct {
  const char *name;
  gsize offset;
  gboolean compact, needed;
} Text;
#define F(member) G_STRUCT_OFFSET (QcVoucherFacts, member)
static const Text texts[] = {
    {"serial", F (serial), TRUE, TRUE},
    {"center", F (center), TRUE, TRUE},
    {"unit", F (unit), TRUE, TRUE},
    {"unit_name", F (unit_name), TRUE, TRUE},
    {"payer_name", F (payer.name), FALSE, FALSE},
    {"payer_account", F (payer.account), FALSE, FALSE},
    {"payer_bank", F (payer.bank), FALSE, FALSE},
    {"payee_name", F (payee.name), FALSE, FALSE},
    {"payee_account", F (payee.account), FALSE, FALSE},
    {"payee_bank", F (payee.bank), FALSE, FALSE},
    {"entered", F (entered), FALSE, FALSE},
    {"reviewed", F (reviewed), FALSE, FALSE},
    {"cashier", F (cashier), FALSE, FALSE},
};

typedef struct {
  const char *name;
  gsize offset;
} Column;
#define L(member) G_STRUCT_OFFSET (QcMonthLine, member)
static const Column columns[] = {
    {"line_previous_people", L (previous_people)},
    {"line_previous_fen", L (previous_fen)},
    {"line_added_people", L (added_people)},
    {"line_added_fen", L (added_fen)},
    {"line_removed_people", L (removed_people)},
    {"line_removed_fen", L (removed_fen)},
    {"line_people", L (people)},
    {"line_unit_fen", L (unit_fen)},
    {"line_personal_fen", L (personal_fen)},
};

static const char *const method_codes[] = {"none", "collection", "transfer"};

QcVoucherFacts *
qc_voucher_facts_new (void)
{
  QcVoucherFacts *facts = g_new0 (QcVoucherFacts, 1);
  facts->lines = g_array_new (FALSE, TRUE, sizeof (QcMonthLine));
  return facts;
}

void
qc_voucher_facts_free (QcVoucherFacts *facts)
{
  if (facts == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, facts, texts[i].offset));
  g_array_unref (facts->lines);
  g_free (facts);
}

void
qc_voucher_facts_take_application (QcVoucherFacts *facts, const QcApplication *application)
{
  g_free (facts->serial);
  facts->serial = g_strdup (application->serial);
  facts->business = application->business;
  facts->method = application->method;
  facts->state = application->state;
  facts->start = application->start;
  facts->end = application->end;
  facts->people = application->people;
  facts->unit_fen = facts->personal_fen = 0;
  g_array_set_size (facts->lines, 0);
  for (guint i = 0; application->months != NULL && i < application->months->len; i++) {
    const QcMonthLine *line = &g_array_index (application->months, QcMonthLine, i);
    g_array_append_val (facts->lines, *line);
    facts->unit_fen += line->unit_fen;
    facts->personal_fen += line->personal_fen;
  }
  g_free (facts->entered);
  g_free (facts->reviewed);
  g_free (facts->cashier);
  facts->entered = g_strdup (application->entered_by);
  facts->reviewed = g_strdup (application->reviewed_by);
  facts->cashier = g_strdup (application->cashier);
}

/* ---- checks ---- */

static gboolean
is_amount (QcMoney fen)
{
  return fen >= 0 && fen <= QC_MONEY_MAX;
}

static gboolean
line_is_good (const QcVoucherFacts *facts, const QcMonthLine *line, QcMonth before)
{
  const gint64 people[] = {line->previous_people, line->added_people, line->removed_people, line->people};
  const gint64 fen[] = {line->previous_fen, line->added_fen, line->removed_fen, line->unit_fen, line->personal_fen};
  if (!qc_month_is_valid (line->month) || line->month <= before || line->month < facts->start
      || line->month > facts->end)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (people[i] < 0 || people[i] > G_MAXINT32)
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fen); i++)
    if (!is_amount (fen[i]))
      return FALSE;
  if (!is_amount (qc_month_line_fen (line)))
    return FALSE;
  return facts->business != QC_BUSINESS_REMITTANCE || qc_month_line_is_balanced (line);
}

static const char *
fault_of_lines (const QcVoucherFacts *facts)
{
  if (facts->lines->len == 0 || facts->lines->len > QC_VOUCHER_MAX_LINES)
    return "months";
  QcMonth before = QC_MONTH_NONE;
  QcMoney personal = 0;
  QcMoney unit = 0;
  for (guint i = 0; i < facts->lines->len; i++) {
    const QcMonthLine *line = &g_array_index (facts->lines, QcMonthLine, i);
    if (!line_is_good (facts, line, before))
      return "months";
    before = line->month;
    unit += line->unit_fen; /* at most 120 × 10^14: no overflow */
    personal += line->personal_fen;
  }
  if (unit != facts->unit_fen)
    return "unit_fen";
  return personal != facts->personal_fen ? "personal_fen" : NULL;
}

static const char *
fault_of_texts (const QcVoucherFacts *facts)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = G_STRUCT_MEMBER (const char *, facts, texts[i].offset);
    if (texts[i].needed && (text == NULL || *text == '\0'))
      return texts[i].name;
    if (text == NULL)
      continue;
    if (strlen (text) > QC_VOUCHER_MAX_TEXT || !g_utf8_validate (text, -1, NULL))
      return texts[i].name;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return texts[i].name;
  }
  return NULL;
}

static const char *
fault_of_head (const QcVoucherFacts *facts)
{
  const QcBusinessInfo *info = qc_business_info (facts->business);
  if (info == NULL || !info->has_money)
    return "business";
  if (facts->method != QC_METHOD_COLLECTION && facts->method != QC_METHOD_TRANSFER)
    return "method";
  if (!qc_month_is_valid (facts->start))
    return "start";
  if (!qc_month_is_valid (facts->end) || facts->end < facts->start)
    return "end";
  if (facts->people < 0 || facts->people > G_MAXINT32)
    return "people";
  if (!is_amount (facts->unit_fen))
    return "unit_fen";
  if (!is_amount (facts->personal_fen))
    return "personal_fen";
  if (!is_amount (qc_voucher_facts_fen (facts)))
    return "fen";
  if (facts->arrived != QC_DATE_NONE && !qc_date_is_valid (facts->arrived))
    return "arrived";
  if (facts->reprint < 0)
    return "reprint";
  return g_str_has_suffix (facts->center, PRACTICE_MARK) != !!facts->practice ? "center" : NULL;
}

gboolean
qc_voucher_facts_check (const QcVoucherFacts *facts, const char **field, GError **error)
{
  const char *fault = fault_of_texts (facts);
  if (fault == NULL)
    fault = fault_of_head (facts);
  if (fault == NULL)
    fault = fault_of_lines (facts);
  if (field != NULL)
    *field = fault;
  if (fault == NULL)
    return TRUE;
  g_set_error (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "The voucher's facts do not hold: %s", fault);
  return FALSE;
}

/* ---- to facts ---- */

static void
set_ints (QcFacts *out, const QcVoucherFacts *facts)
{
  qc_facts_set_int (out, "start", facts->start);
  qc_facts_set_int (out, "end", facts->end);
  qc_facts_set_int (out, "people", facts->people);
  qc_facts_set_int (out, "unit_fen", facts->unit_fen);
  qc_facts_set_int (out, "personal_fen", facts->personal_fen);
  qc_facts_set_int (out, "fen", qc_voucher_facts_fen (facts));
  qc_facts_set_int (out, "arrived", facts->arrived);
  qc_facts_set_int (out, "reprint", facts->reprint);
}

static void
set_head (QcFacts *out, const QcVoucherFacts *facts, gboolean compact)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = G_STRUCT_MEMBER (const char *, facts, texts[i].offset);
    if (!compact || texts[i].compact)
      qc_facts_set_string (out, texts[i].name, text != NULL ? text : "");
  }
  qc_facts_set_string (out, "business", qc_business_info (facts->business)->code);
  qc_facts_set_string (out, "method", method_codes[facts->method]);
  qc_facts_set_string (out, "state", qc_state_to_code (facts->state));
  set_ints (out, facts);
}

static void
set_lines (QcFacts *out, const QcVoucherFacts *facts)
{
  guint n = facts->lines->len;
  g_autofree gint64 *values = g_new0 (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    values[i] = g_array_index (facts->lines, QcMonthLine, i).month;
  qc_facts_set_ints (out, "line_month", values, n);
  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++) {
    for (guint i = 0; i < n; i++)
      values[i] = G_STRUCT_MEMBER (gint64, &g_array_index (facts->lines, QcMonthLine, i), columns[c].offset);
    qc_facts_set_ints (out, columns[c].name, values, n);
  }
}

static char *
short_digest (GBytes *bytes)
{
  guint8 digest[QC_DIGEST_SIZE];
  qc_digest (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), digest);
  return qc_base64url_encode (digest, QC_DIGEST_SIZE / 2);
}

char *
qc_voucher_facts_lines_digest (const QcVoucherFacts *facts)
{
  g_autoptr (QcFacts) lines = qc_facts_new ("voucher-lines", facts->practice);
  set_lines (lines, facts);
  g_autoptr (GBytes) bytes = qc_facts_to_bytes (lines);
  return short_digest (bytes);
}

QcFacts *
qc_voucher_facts_to_full (const QcVoucherFacts *facts)
{
  QcFacts *out = qc_facts_new (QC_VOUCHER_KIND_FULL, facts->practice);
  set_head (out, facts, FALSE);
  set_lines (out, facts);
  return out;
}

QcFacts *
qc_voucher_facts_to_compact (const QcVoucherFacts *facts, GBytes *full)
{
  QcFacts *out = qc_facts_new (QC_VOUCHER_KIND_COMPACT, facts->practice);
  g_autofree char *digest = short_digest (full);
  g_autofree char *lines = qc_voucher_facts_lines_digest (facts);
  set_head (out, facts, TRUE);
  qc_facts_set_string (out, "digest", digest);
  qc_facts_set_string (out, "lines", lines);
  return out;
}

/* ---- from facts ---- */

static gboolean
take_texts (QcVoucherFacts *facts, const QcFacts *source, gboolean full)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = qc_facts_get_string (source, texts[i].name);
    if (text == NULL && (full || texts[i].compact))
      return FALSE;
    if (full || texts[i].compact)
      G_STRUCT_MEMBER (char *, facts, texts[i].offset) = g_strdup (text);
  }
  return TRUE;
}

static gboolean
take_codes (QcVoucherFacts *facts, const QcFacts *source)
{
  const char *business = qc_facts_get_string (source, "business");
  const char *method = qc_facts_get_string (source, "method");
  const char *state = qc_facts_get_string (source, "state");
  if (business == NULL || method == NULL || state == NULL || !qc_business_from_code (business, &facts->business)
      || !qc_state_from_code (state, &facts->state))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (method_codes); i++)
    if (g_str_equal (method, method_codes[i])) {
      facts->method = (QcMethod)i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_small (const QcFacts *source, const char *name, gint32 *out)
{
  gint64 value = 0;
  if (!qc_facts_get_int (source, name, &value) || value < 0 || value > G_MAXINT32)
    return FALSE;
  *out = (gint32)value;
  return TRUE;
}

static gboolean
take_ints (QcVoucherFacts *facts, const QcFacts *source)
{
  gint64 fen = 0;
  return take_small (source, "start", &facts->start) && take_small (source, "end", &facts->end)
         && take_small (source, "arrived", &facts->arrived) && take_small (source, "reprint", &facts->reprint)
         && qc_facts_get_int (source, "people", &facts->people)
         && qc_facts_get_int (source, "unit_fen", &facts->unit_fen)
         && qc_facts_get_int (source, "personal_fen", &facts->personal_fen) && qc_facts_get_int (source, "fen", &fen)
         && is_amount (facts->unit_fen) && is_amount (facts->personal_fen) && qc_voucher_facts_fen (facts) == fen;
}

static gboolean
take_lines (QcVoucherFacts *facts, const QcFacts *source)
{
  gsize n = 0;
  const gint64 *months = qc_facts_get_ints (source, "line_month", &n);
  if (months == NULL || n == 0 || n > QC_VOUCHER_MAX_LINES)
    return FALSE;
  g_array_set_size (facts->lines, (guint)n);
  for (gsize i = 0; i < n; i++) {
    if (months[i] < 0 || months[i] > G_MAXINT32)
      return FALSE;
    g_array_index (facts->lines, QcMonthLine, i).month = (QcMonth)months[i];
  }
  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++) {
    gsize n_values = 0;
    const gint64 *values = qc_facts_get_ints (source, columns[c].name, &n_values);
    if (values == NULL || n_values != n)
      return FALSE;
    for (gsize i = 0; i < n; i++)
      G_STRUCT_MEMBER (gint64, &g_array_index (facts->lines, QcMonthLine, i), columns[c].offset) = values[i];
  }
  return TRUE;
}

QcVoucherFacts *
qc_voucher_facts_from (const QcFacts *source, GError **error)
{
  g_autoptr (QcVoucherFacts) facts = qc_voucher_facts_new ();
  gboolean full = g_str_equal (qc_facts_get_kind (source), QC_VOUCHER_KIND_FULL);
  facts->practice = qc_facts_is_practice (source);
  if ((full || g_str_equal (qc_facts_get_kind (source), QC_VOUCHER_KIND_COMPACT)) && take_texts (facts, source, full)
      && take_codes (facts, source) && take_ints (facts, source) && (!full || take_lines (facts, source)))
    return g_steal_pointer (&facts);
  g_set_error_literal (error, QC_PROOF_ERROR, QC_PROOF_ERROR_FACTS, "These are no facts of a voucher");
  return NULL;
}
