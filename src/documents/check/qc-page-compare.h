/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Holds the text of pages against signed facts. It finds what differs and can never say that a page is right: text may
 * be there that nobody sees, and may lack where everybody sees it. Any thread.
 */
#pragma once

#include "qc-voucher.h"

G_BEGIN_DECLS

typedef enum {
  QC_PAGE_LACKS,    /* a signed amount stands on no page */
  QC_PAGE_OTHER,    /* a page has an amount that is none of the signed ones */
  QC_PAGE_STRANGER, /* no page has the serial number */
} QcPageRemarkKind;

typedef struct {
  QcPageRemarkKind kind;
  const char *field; /* (nullable) LACKS: "fen", "fen_words", "unit_fen", "personal_fen" */
  char *amount;      /* (owned) (nullable) LACKS, OTHER */
} QcPageRemark;
void qc_page_remark_free (QcPageRemark *remark);
void qc_page_remarks_add (GPtrArray *remarks, QcPageRemarkKind kind, const char *field, const char *amount);

/* @text folded, so that a number is found in whatever width its digits are; NULL if it is no UTF-8. (transfer full) */
char *qc_page_fold (const char *text);
/* The same without its blanks, which come and go between the characters of a word. (transfer full) */
char *qc_page_without_blanks (const char *folded);

/* Adds to @remarks what of @voucher the pages in @folded lack, and what they have besides. */
void qc_page_compare (const QcVoucher *voucher, const char *folded, GPtrArray *remarks);

G_END_DECLS
