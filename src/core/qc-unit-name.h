/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a clerk calls a unit: 单位名称 without the place and the form of company (X11). A proposal until she says
 * otherwise; nothing is decided by it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_UNIT_LABEL_CHARS 12 /* characters of a short name, shown and kept */

/* "黑河市爱辉区晨光商贸有限责任公司" → "晨光商贸". At most QC_UNIT_LABEL_CHARS, the last one then "…"; never empty for
 * a name that is not. (transfer full) */
char *qc_unit_name_dup_short (const char *name);

G_END_DECLS
