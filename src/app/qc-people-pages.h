/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The rows of a query's people, a page at a time, for the list only. A page that is not there is read on the reader
 * thread; whoever asks may wait for it a little, so that a row is mostly handed out filled, and a frame waits for no
 * more than a few milliseconds in all. A row is a place: it stays when another query puts somebody else there. Main
 * thread.
 */
#pragma once

#include "qc-people-list.h"

G_BEGIN_DECLS

/* People in a page. */
#define QC_PEOPLE_PAGE 128

/* Signals: "failed" (GError), never from within a call; "filled": rows handed out before are filled now, perhaps from
 * within qc_people_pages_get_row(). */
#define QC_TYPE_PEOPLE_PAGES (qc_people_pages_get_type ())
G_DECLARE_FINAL_TYPE (QcPeoplePages, qc_people_pages, QC, PEOPLE_PAGES, GObject)

QcPeoplePages *qc_people_pages_new (QcSession *session);

/* Another query: @ids (gint64) of its people in order, and the first page of them, read already: QcEmployee, some NULL.
 * (transfer full) */
void qc_people_pages_set_ids (QcPeoplePages *self, GArray *ids, GPtrArray *first);
/* 0 for nobody. */
gint64 qc_people_pages_get_id (QcPeoplePages *self, guint position);

/* (transfer full): a placeholder where the page is not there, or not there in time when @may_wait, or nobody is. */
QcPersonRow *qc_people_pages_get_row (QcPeoplePages *self, guint position, gboolean may_wait);

G_END_DECLS
