/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * 人民币大写: amounts in Chinese capitals (form B is written, forms A and B are read; domain notes 4.5).
 */
#pragma once

#include "qc-types.h"

G_BEGIN_DECLS

/* "人民币柒仟柒佰柒拾贰元整"; negative amounts begin with 人民币负. (transfer full) */
char *qc_money_to_words (QcMoney money);

G_END_DECLS
