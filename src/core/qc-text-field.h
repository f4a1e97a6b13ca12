/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one table of the texts that a person can enter, at the center or here: how long each may be, what may stand in
 * it, and how much of one is carried and kept that was entered elsewhere or before there was a limit. Forms, console,
 * engine, wire and voucher ask it, so that what one of them takes no other refuses. Lengths are characters. Pure
 * functions, any thread.
 */
#pragma once

#include "qc-finding.h"

G_BEGIN_DECLS

typedef enum {
  QC_TEXT_UNIT_NAME,    /* 单位名称 */
  QC_TEXT_PERSON_NAME,  /* of anybody: employee, handler, center staff (decision 21) */
  QC_TEXT_BANK,         /* 开户银行 */
  QC_TEXT_BANK_ACCOUNT, /* 银行账号 */
  QC_TEXT_REFERENCE,    /* 银行流水号 */
  QC_TEXT_CENTER,       /* a center, its department */
  QC_TEXT_USER,         /* what one signs in with */
  QC_TEXT_LABEL,        /* an entry of a code list */
  QC_TEXT_UNIT_FIELD,   /* registration data of a unit */
  QC_TEXT_REMARK,       /* reasons, explanations, notes */
  QC_TEXT_SHORT_NAME,   /* what the clerk calls a unit */
  QC_TEXT_SEARCH,       /* what is looked for */
  QC_N_TEXT_KINDS,
} QcTextField;

/* The most characters of a text that stands on paper: no kind that does has more. */
#define QC_TEXT_MOST_ON_PAPER 100

typedef struct {
  const char *code;  /* of the kind, as an argument of findings */
  const char *msgid; /* N_() */
  int least, most;   /* what a person may enter */
  int carried;       /* what goes over the wire and is kept: never less than @most */
} QcTextFieldLimits;
const QcTextFieldLimits *qc_text_field_limits (QcTextField kind);
/* The kind's name from its code, NULL for what is none. (nullable) */
const char *qc_text_field_code_to_msgid (const char *code);

/*
 * What was entered, as it is kept: blanks at both ends gone, whatever Unicode calls so, composed characters composed;
 * numbers and references in plain ASCII without blanks, users in small letters. (transfer full)
 */
char *qc_text_field_fold (QcTextField kind, const char *entered);
/* Why the folded @text cannot be such a text; NULL when it can. (transfer full) (nullable) */
QcFinding *qc_text_field_check (QcTextField kind, const char *text);
/* Both in one: *@out gets the folded text either way. (transfer full) (nullable) */
QcFinding *qc_text_field_take (QcTextField kind, const char *entered, char **out);

/* Whether @text has at most @most characters and no controls, marks of direction or the like. */
gboolean qc_text_field_is_plain (QcTextField kind, const char *text, int most);
/*
 * A text from outside made so, for what was entered under other rules: controls go, the end of what is too long becomes
 * "…", and where nothing is left stands "—". Never to be used on numbers. (transfer full)
 */
char *qc_text_field_dup_plain (QcTextField kind, const char *text, int most);

G_END_DECLS
