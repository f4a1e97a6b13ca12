/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The facts of one 汇补缴凭证 (V2, decisions 8 and 11) and their two signed forms. The *compact* form (kind "voucher")
 * is what the center signs and the QR carries: head, totals, a digest of the lines and a digest of the *full* form
 * (kind "voucher-full"), which travels beside it in attachments and messages. One signature therefore covers both. The
 * center makes them, the client verifies them: both with this file. Plain values, any thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-signature.h"
#include "qc-text-field.h"

G_BEGIN_DECLS

#define QC_VOUCHER_MAX_LINES 120
#define QC_VOUCHER_MAX_TEXT  (4 * QC_TEXT_MOST_ON_PAPER) /* bytes of any one text */

/* A side of the payment. Texts may be empty, never NULL once facts are valid. */
typedef struct {
  char *name;    /* (owned) */
  char *account; /* (owned) */
  char *bank;    /* (owned) */
} QcVoucherParty;

typedef struct {
  gboolean practice;
  char *serial;    /* (owned) 业务流水号 */
  char *center;    /* (owned) 黑河市住房公积金管理中心, in practice ending in （演练） */
  char *unit;      /* (owned) 单位公积金账号 */
  char *unit_name; /* (owned) */
  QcBusiness business;
  QcMethod method;
  QcApplicationState state;
  QcMonth start, end;
  gint64 people; /* distinct people */
  QcMoney unit_fen, personal_fen;
  QcDate arrived; /* 到账日期, QC_DATE_NONE = not yet */
  int reprint;    /* 0 = first print, else how often it was issued before */
  /* in the full form only */
  GArray *lines; /* (owned) QcMonthLine, months ascending; empty when only the compact form is known */
  QcVoucherParty payer, payee;
  char *entered, *reviewed, *cashier; /* (owned) */
  /* of the signature; not part of what is set before signing */
  gint64 issued; /* unix seconds */
} QcVoucherFacts;

QcVoucherFacts *qc_voucher_facts_new (void);
void qc_voucher_facts_free (QcVoucherFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherFacts, qc_voucher_facts_free)
#define qc_voucher_facts_fen(f) ((f)->unit_fen + (f)->personal_fen)
/* Fills head, totals and lines from @application; unit, center, parties and practice are the caller's. */
void qc_voucher_facts_take_application (QcVoucherFacts *facts, const QcApplication *application);
/*
 * Whether they may stand on a voucher: texts there and bounded, amounts between 0 and QC_MONEY_MAX, the sum of the
 * lines equal to the totals, 上月 + 增加 − 减少 = 本月 on each line of a 汇缴, the department marked in practice and
 * only there. QC_PROOF_ERROR_FACTS; *@field (borrowed, nullable) names what is wrong.
 */
gboolean qc_voucher_facts_check (const QcVoucherFacts *facts, const char **field, GError **error);

/* A signed voucher: the compact facts with their signature, and the canonical bytes of the full form. */
typedef struct {
  QcSigned *compact; /* (owned) */
  GBytes *full;      /* (owned) (nullable) NULL when it came from a QR */
} QcSignedVoucher;
void qc_signed_voucher_free (QcSignedVoucher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcSignedVoucher, qc_signed_voucher_free)

/* QC_PROOF_ERROR_FACTS, QC_PROOF_ERROR_EXPIRED. (transfer full) */
QcSignedVoucher *qc_voucher_sign (const QcSigningKey *key, const QcVoucherFacts *facts, gint64 time, GError **error);
/* What the QR holds, one line. (transfer full) */
char *qc_signed_voucher_to_qr (const QcSignedVoucher *self);
/* One line: the QR's text, and after a blank the full form in base64url where it is known. (transfer full) */
char *qc_signed_voucher_to_text (const QcSignedVoucher *self);
/* Reads either; blanks around it do not matter. QC_PROOF_ERROR_FACTS. Nothing is verified yet. (transfer full) */
QcSignedVoucher *qc_signed_voucher_from_text (const char *text, GError **error);

/* A center one trusts, and the keys that count for what that center signs, and for no other's. */
typedef struct {
  char *name;        /* (owned) as facts name it */
  gboolean practice; /* whoever practises holds such a key: it counts for facts that say practice themselves */
  GPtrArray *keys;   /* (owned) QcVerifyKey */
} QcVoucherCenter;
QcVoucherCenter *qc_voucher_center_new (const char *name, gboolean practice);
void qc_voucher_center_free (QcVoucherCenter *center);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherCenter, qc_voucher_center_free)

typedef enum {
  QC_VERDICT_GENUINE,      /* as the center signed it */
  QC_VERDICT_PRACTICE,     /* as a practice center signed it: worth nothing */
  QC_VERDICT_ALTERED,      /* signed by a known key, but not like this */
  QC_VERDICT_UNKNOWN_KEY,  /* perhaps another center's */
  QC_VERDICT_WRONG_CENTER, /* signed with a key of a center that is not the one it names */
  QC_VERDICT_EXPIRED_KEY,  /* signed when the key was not valid */
  QC_VERDICT_FUTURE,       /* it says that it was signed at a time that has not come */
  QC_VERDICT_UNREADABLE,   /* no voucher at all */
} QcVerdict;
#define QC_N_VERDICTS (QC_VERDICT_UNREADABLE + 1)
const char *qc_verdict_to_code (QcVerdict verdict); /* "genuine" "practice" "altered" "unknown-key" … */

typedef struct {
  QcVerdict verdict;
  char *field; /* (owned) (nullable) ALTERED: which field, as far as it can be told ("fen", "months", "signature" …) */
  char *key_id;          /* (owned) (nullable) */
  char *signer;          /* (owned) (nullable) WRONG_CENTER: whose key it is */
  gint64 time;           /* of signing, as it says itself; 0 = nothing was read */
  gboolean complete;     /* the full form was there and fits */
  QcVoucherFacts *facts; /* (owned) (nullable) only for GENUINE and PRACTICE: facts one may rely on */
} QcVoucherCheck;
void qc_voucher_check_free (QcVoucherCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcVoucherCheck, qc_voucher_check_free)

/*
 * qc_voucher_verify:
 * @centers: (nullable) (element-type QcVoucherCenter): whom one trusts
 * @latest: unix seconds; a later time of signing is refused, but for practice, whose calendar is its own
 *
 * Never NULL. (transfer full)
 */
QcVoucherCheck *qc_voucher_verify (const QcSignedVoucher *voucher, const GPtrArray *centers, gint64 latest);

/* A field's name as a form says it ("fen" → "合计金额"); the code itself where there is none. Borrowed. */
const char *qc_voucher_field_to_chinese (const char *field);

G_END_DECLS
