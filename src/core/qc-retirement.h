/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Statutory retirement months and the authorised later month (授权退休年龄, R10). Domain notes 6.5, decision 10.
 */
#pragma once

#include "qc-resident-id.h"

G_BEGIN_DECLS

typedef enum {
  QC_RETIREMENT_UNKNOWN = 0, /* a woman whose class nobody has stated */
  QC_RETIREMENT_MEN_60,
  QC_RETIREMENT_WOMEN_55,
  QC_RETIREMENT_WOMEN_50,
  QC_RETIREMENT_WOMEN_60, /* retires at the men's age */
} QcRetirementClass;

/* "men-60", "women-55", "women-50", "women-60", "unknown"; borrowed. */
const char *qc_retirement_class_to_code (QcRetirementClass klass);
const char *qc_retirement_class_to_msgid (QcRetirementClass klass); /* N_() */
gboolean qc_retirement_class_from_code (const char *code, QcRetirementClass *out);

typedef struct {
  QcMonth month;  /* statutory retirement month */
  int delay;      /* months later than the old age */
  int age_months; /* age at retirement, in months */
} QcRetirement;

/* Decision 10's formula. @klass must not be UNKNOWN. */
QcRetirement qc_retirement_compute (QcMonth birth, QcRetirementClass klass);

typedef enum {
  QC_RETIREMENT_STATE_WORKING,    /* @month may be remitted */
  QC_RETIREMENT_STATE_AUTHORIZED, /* past the statutory month, inside the authorised one */
  QC_RETIREMENT_STATE_RETIRED,    /* left out */
  QC_RETIREMENT_STATE_ASK,        /* class unknown and it matters for @month: must be answered */
} QcRetirementState;

/*
 * How a person stands in @month. Sex unknown and class unknown counts as ASK only from the earliest month any class
 * would retire. @authorized_until may be QC_MONTH_NONE. If @out_statutory is given it gets the statutory month
 * (QC_MONTH_NONE when ASK or unknown).
 */
QcRetirementState qc_retirement_state (QcDate birth, QcSex sex, QcRetirementClass klass, QcMonth authorized_until,
                                       QcMonth month, QcMonth *out_statutory);

#define QC_RETIREMENT_MAX_AUTHORIZED 36 /* months after the statutory month */

G_END_DECLS
