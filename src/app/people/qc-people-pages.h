/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The rows of a query's people, a page at a time, for the list only. A page that is not there is read on the reader
 * thread; until then, for a frame or two, its rows are placeholders. A row is a place: it stays when another query puts
 * somebody else there. Main thread.
 */
#pragma once

#include "qc-people-list.h"

G_BEGIN_DECLS

/* People in a page. */
#define QC_PEOPLE_PAGE 128

/* Signals: "failed" (GError); "filled": rows handed out before are filled now. Never from within a call. */
#define QC_TYPE_PEOPLE_PAGES (qc_people_pages_get_type ())
G_DECLARE_FINAL_TYPE (QcPeoplePages, qc_people_pages, QC, PEOPLE_PAGES, GObject)

QcPeoplePages *qc_people_pages_new (QcSession *session);

/* Another query: @ids (gint64) of its people in order, and the first page of them, read already: QcEmployee, some NULL.
 * (transfer full) */
void qc_people_pages_set_ids (QcPeoplePages *self, GArray *ids, GPtrArray *first);
/* 0 for nobody. */
gint64 qc_people_pages_get_id (QcPeoplePages *self, guint position);

/* (transfer full): a placeholder where the page is not there yet, or nobody is. */
QcPersonRow *qc_people_pages_get_row (QcPeoplePages *self, guint position);

G_END_DECLS
