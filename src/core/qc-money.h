/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Amounts in fen and the one rounding of base × ratio. Integers only. Pure functions, any thread.
 * Source: domain notes 2.1, 2.2, 2.4.
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/*
 * Rounding modes by their names in the trade (domain notes 2.2). The value is kept in databases and
 * messages by its code, see qc_rounding_to_code(); never by its number.
 */
typedef enum {
  QC_ROUNDING_HALF_UP_FEN,     /* half-up-fen        四舍五入到分 */
  QC_ROUNDING_HALF_UP_JIAO,    /* half-up-jiao       四舍五入到角 */
  QC_ROUNDING_HALF_UP_YUAN,    /* half-up-yuan       四舍五入到元 */
  QC_ROUNDING_LI_UP_TO_FEN,    /* li-up-to-fen       见厘进分 */
  QC_ROUNDING_FEN_UP_TO_JIAO,  /* fen-up-to-jiao     见分进角 */
  QC_ROUNDING_JIAO_UP_TO_YUAN, /* jiao-up-to-yuan    见角进元: fen dropped first, then any jiao goes up */
  QC_ROUNDING_UP_TO_YUAN,      /* up-to-yuan         进位到元: any fraction goes up */
  QC_ROUNDING_UP_TO_EVEN,      /* up-to-even         进位偶数: any fraction goes up, then to the next even yuan */
  QC_ROUNDING_DROP_LI,         /* drop-li            舍去厘: down to fen */
  QC_ROUNDING_DROP_FEN,        /* drop-fen           舍去分: down to jiao */
  QC_ROUNDING_DROP_JIAO,       /* drop-jiao          舍去角: down to yuan */
  QC_ROUNDING_OTHER,           /* of a newer center: nothing can be computed by it */
} QcRounding;
#define QC_N_ROUNDINGS (QC_ROUNDING_DROP_JIAO + 1)

/* The stable code ("half-up-yuan"); borrowed. */
const char *qc_rounding_to_code (QcRounding rounding);
gboolean qc_rounding_from_code (const char *code, QcRounding *out);
/* The Chinese name as the trade writes it ("四舍五入到元"); borrowed, untranslated. */
const char *qc_rounding_to_chinese (QcRounding rounding);

/* The most that qc_money_portion() takes: three times the base. */
#define QC_RATIO_MAX 30000

/* round (@base × @ratio) in fen, exact in integers. @base ≥ 0 fen, @ratio in 1/10,000, at most QC_RATIO_MAX. */
QcMoney qc_money_portion (QcMoney base, QcRatio ratio, QcRounding rounding);

/* @part in 1/10,000 of @whole (> 0), half away from 0; a part may be negative. */
gint64 qc_money_share (QcMoney part, QcMoney whole);

/* "12,345.67"; negative with a leading '-'. (transfer full) */
char *qc_money_to_string (QcMoney money);
/* "+12,345.67", "−12,345.67": a difference, whose sign is to be seen at a glance. (transfer full) */
char *qc_money_to_signed_string (QcMoney money);
/* "12345.67" without grouping, for files and machines. (transfer full) */
char *qc_money_to_plain (QcMoney money);
/*
 * Reads what a clerk types or a sheet holds: "5000", "5,000.5", "￥5000.00", "5,000元", full-width digits, surrounding
 * blanks. At most two decimals, no sign, no more than QC_MONEY_MAX. FALSE if not so; never rounds silently.
 */
gboolean qc_money_parse (const char *text, QcMoney *out);
/* Overflow-checked sum; FALSE (and *@out untouched) beyond int64. */
gboolean qc_money_add (QcMoney a, QcMoney b, QcMoney *out);

/* "12%" / "11.5%". (transfer full) */
char *qc_ratio_to_string (QcRatio ratio);
gboolean qc_ratio_parse (const char *text, QcRatio *out);

/* A change in 1/10,000: "+3.30%", "−3.50%". (transfer full) */
char *qc_change_to_string (gint64 change);
/* What a clerk types: "5", "+5.5%", "−3". Above −100 %, at most 100 %, and not 0. */
gboolean qc_change_parse (const char *text, gint32 *out);

G_END_DECLS
