/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The people of a roster by 个人账号, packed: a hundred thousand of them are read anew whenever data comes, lie beside
 * those of before for a moment, and are let go at once; what they took goes back to the system. Any one thread.
 */
#pragma once

#include "qc-employee.h"

G_BEGIN_DECLS

typedef struct _QcRosterPeople QcRosterPeople;
QcRosterPeople *qc_roster_people_new (void);
void qc_roster_people_free (QcRosterPeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcRosterPeople, qc_roster_people_free)

/* Nobody of that account: NULL. Borrowed. */
const QcEmployee *qc_roster_people_find (const QcRosterPeople *people, const char *account);
/* All but the telephone. Takes the place of who was there with that account. Returns who is there now; borrowed. */
const QcEmployee *qc_roster_people_put (QcRosterPeople *people, const QcEmployee *person);
/* Whom nobody of @people has the account of is found among @more from now on. At once, however many. (transfer full) */
void qc_roster_people_take (QcRosterPeople *people, QcRosterPeople *more);
gboolean qc_roster_people_is_empty (const QcRosterPeople *people);

G_END_DECLS
