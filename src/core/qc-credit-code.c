/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 统一社会信用代码 and the other short numbers of a unit; see the header. Pure functions, any thread.
 */
#include "qc-credit-code.h"
#include "qc-ascii.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

char *
qc_credit_code_fold (const char *text)
{
  return qc_ascii_fold_code (text);
}

static int
value_of (char c)
{
  const char *at = c == '\0' ? NULL : strchr (alphabet, c);
  return at == NULL ? -1 : (int)(at - alphabet);
}

char
qc_credit_code_check_character (const char *code)
{
  int weight = 1, sum = 0;
  for (int i = 0; i < 17; i++) {
    int value = code == NULL ? -1 : value_of (code[i]);
    if (value < 0)
      return '\0';
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return alphabet[(31 - sum % 31) % 31];
}

/* GB 11714 over positions 9-17. */
static gboolean
subject_is_valid (const char *subject)
{
  static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 8; i++)
    sum += weights[i] * (g_ascii_isdigit (subject[i]) ? subject[i] - '0' : subject[i] - 'A' + 10);
  return subject[8] == "0123456789X"[(11 - sum % 11) % 11];
}

QcCreditCodeFault
qc_credit_code_check (const char *code)
{
  if (code == NULL || *code == '\0')
    return QC_CREDIT_CODE_EMPTY;
  if (g_utf8_strlen (code, -1) != 18)
    return QC_CREDIT_CODE_LENGTH;
  for (const char *p = code; *p != '\0'; p++)
    if (value_of (*p) < 0)
      return QC_CREDIT_CODE_CHARACTER;
  for (int i = 2; i < 8; i++)
    if (!g_ascii_isdigit (code[i]))
      return QC_CREDIT_CODE_DIVISION;
  if (qc_credit_code_check_character (code) != code[17])
    return QC_CREDIT_CODE_CHECK;
  return subject_is_valid (code + 8) ? QC_CREDIT_CODE_OK : QC_CREDIT_CODE_SUBJECT_CHECK;
}

static gboolean
luhn_is_valid (const char *digits)
{
  int sum = 0;
  gsize n = strlen (digits);
  for (gsize i = 0; i < n; i++) {
    int d = digits[n - 1 - i] - '0';
    if (i % 2 == 1)
      d = d * 2 > 9 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 == 0;
}

gboolean
qc_bank_card_is_valid (const char *digits)
{
  return qc_ascii_is_digits (digits) && strlen (digits) >= 16 && strlen (digits) <= 19 && luhn_is_valid (digits);
}

gboolean
qc_mobile_is_valid (const char *digits)
{
  return qc_ascii_is_digits (digits) && strlen (digits) == 11 && digits[0] == '1' && digits[1] >= '3';
}

gboolean
qc_landline_is_valid (const char *text)
{
  const char *dash = text == NULL ? NULL : strchr (text, '-');
  if (dash == NULL || text[0] != '0')
    return FALSE;
  gsize area = (gsize)(dash - text), number = strlen (dash + 1);
  g_autofree char *prefix = g_strndup (text, area);
  return (area == 3 || area == 4) && (number == 7 || number == 8) && qc_ascii_is_digits (prefix)
         && qc_ascii_is_digits (dash + 1);
}

gboolean
qc_postcode_is_valid (const char *digits)
{
  return qc_ascii_is_digits (digits) && strlen (digits) == 6;
}
