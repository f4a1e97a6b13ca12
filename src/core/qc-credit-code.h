/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 统一社会信用代码 (GB 32100), bank account and contact number checks. Domain notes 3.2, 3.3.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_CREDIT_CODE_OK,
  QC_CREDIT_CODE_EMPTY,
  QC_CREDIT_CODE_LENGTH,
  QC_CREDIT_CODE_CHARACTER,
  QC_CREDIT_CODE_DIVISION, /* positions 3-8 are not digits */
  QC_CREDIT_CODE_CHECK,
  QC_CREDIT_CODE_SUBJECT_CHECK, /* positions 9-17 fail GB 11714: a warning, real codes exist that do */
} QcCreditCodeFault;

/* Trims, upper-cases, folds full-width. (transfer full) */
char *qc_credit_code_fold (const char *text);
/* @code must be folded. */
QcCreditCodeFault qc_credit_code_check (const char *code);
char qc_credit_code_check_character (const char *code);

/* Luhn, for personal cards of 16-19 digits; unit settlement accounts carry none. */
gboolean qc_bank_card_is_valid (const char *digits);
gboolean qc_mobile_is_valid (const char *digits);
gboolean qc_landline_is_valid (const char *text);
gboolean qc_postcode_is_valid (const char *digits);

G_END_DECLS
