/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Filling a placeholder row; for the list only. Main thread.
 */
#pragma once

#include "qc-people-list.h"

G_BEGIN_DECLS

/* Takes @employee and tells; a row that is filled already stays as it is. */
void qc_person_row_take (QcPersonRow *self, QcEmployee *employee);
/* Somebody else will stand here. */
void qc_person_row_clear (QcPersonRow *self);

G_END_DECLS
