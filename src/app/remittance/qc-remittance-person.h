/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A person as a line of the 汇缴 review: one who changed in a month, or one who is left out or must be answered for
 * (R3, R10). Immutable; made when a list shows it. Any thread.
 */
#pragma once

#include <gio/gio.h>
#include "qc-remittance.h"

G_BEGIN_DECLS

#define QC_TYPE_REMITTANCE_PERSON (qc_remittance_person_get_type ())
G_DECLARE_FINAL_TYPE (QcRemittancePerson, qc_remittance_person, QC, REMITTANCE_PERSON, GObject)

const char *qc_remittance_person_get_account (QcRemittancePerson *self);
const char *qc_remittance_person_get_name (QcRemittancePerson *self);
QcMonth qc_remittance_person_get_month (QcRemittancePerson *self);

/* Whether it is so only by what waits in the outbox: the center does not know it yet. */
gboolean qc_remittance_person_is_queued (QcRemittancePerson *self);

/* who changed: 变更 and monthly amount (fen) before → after; 0 = not on the roster */
QcChangeKind qc_remittance_person_get_kind (QcRemittancePerson *self);
QcMoney qc_remittance_person_get_before (QcRemittancePerson *self);
QcMoney qc_remittance_person_get_after (QcRemittancePerson *self);
QcMoney qc_remittance_person_get_base_before (QcRemittancePerson *self);
QcMoney qc_remittance_person_get_base_after (QcRemittancePerson *self);

/* who is left out: @month is the first month concerned */
QcRetirementState qc_remittance_person_get_state (QcRemittancePerson *self);
QcMonth qc_remittance_person_get_statutory (QcRemittancePerson *self); /* QC_MONTH_NONE when it must be answered */
QcDate qc_remittance_person_get_birth (QcRemittancePerson *self);
/* The months one may authorise up to (授权退休年龄): after the statutory month, at most 36. FALSE if none; both out
 * parameters may be NULL. */
gboolean qc_remittance_person_can_authorize (QcRemittancePerson *self, QcMonth *out_first, QcMonth *out_last);

G_END_DECLS
