/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What one unit may know of another that is to receive its people (同城转移): the name, whether it can receive, and
 * from which month on people count there. Plain values, one thread at a time.
 */
#pragma once

#include "qc-unit.h"

G_BEGIN_DECLS

typedef struct {
  char *account; /* (owned) */
  char *name;    /* (owned) (nullable) NULL: the center has no such unit */
  QcUnitStatus status;
  QcMonth due;         /* its 应汇缴年月; NONE = it has none yet */
  QcMonth first_month; /* people who arrive count from here: due, or the month after its unfinished 汇缴 */
  gint64 as_of;        /* when the center said so, unix seconds; 0 = it says so now */
} QcOtherUnit;

QcOtherUnit *qc_other_unit_new (const char *account);
QcOtherUnit *qc_other_unit_copy (const QcOtherUnit *unit);
void qc_other_unit_free (QcOtherUnit *unit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcOtherUnit, qc_other_unit_free)

/* Whether @text can be the account of a unit of @own's center: digits, as many as there. */
gboolean qc_other_unit_is_account (const QcUnit *own, const char *text);

G_END_DECLS
