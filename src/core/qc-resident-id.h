/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 居民身份证 numbers (GB 11643): folding, checking, what they tell, 15 → 18 digits. Domain notes 3.1.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

typedef enum {
  QC_SEX_UNKNOWN = 0,
  QC_SEX_MALE = 1,
  QC_SEX_FEMALE = 2,
  QC_SEX_UNSTATED = 9,
} QcSex;

typedef enum {
  QC_ID_OK,
  QC_ID_EMPTY,
  QC_ID_LENGTH,    /* neither 18 nor 15 characters */
  QC_ID_CHARACTER, /* something else than digits and a final X */
  QC_ID_PROVINCE,
  QC_ID_DATE,  /* no such day, or before 1900, or after @today */
  QC_ID_CHECK, /* the last character does not fit */
  QC_ID_OLD,   /* a good 15-digit number: offer qc_resident_id_upgrade() */
} QcIdFault;

/* Trims, folds full-width to ASCII, x to X, drops blanks inside. (transfer full) */
char *qc_resident_id_fold (const char *text);
/* @id must be folded. @today is used for "not in the future" only; QC_DATE_NONE skips that. */
QcIdFault qc_resident_id_check (const char *id, QcDate today);
/* The right last character for the first 17 digits of @id, or 0. */
char qc_resident_id_check_character (const char *id);
/* Birth day (YYYYMMDD) and sex of a valid 18-digit number. */
QcDate qc_resident_id_birth (const char *id);
QcSex qc_resident_id_sex (const char *id);
/* 15 → 18 digits, or NULL. (transfer full) (nullable) */
char *qc_resident_id_upgrade (const char *old);

G_END_DECLS
