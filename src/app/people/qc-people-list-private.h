/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a list of people asks of the database. Inside app.
 */
#pragma once

#include "qc-people-list.h"
#include "qc-store-people.h"

G_BEGIN_DECLS

/* The text is borrowed from the list. */
void qc_people_list_get_query (QcPeopleList *self, QcStorePeopleQuery *out);
QcPeopleFilter qc_people_list_get_filter (QcPeopleList *self);
QcSession *qc_people_list_get_session (QcPeopleList *self);

G_END_DECLS
