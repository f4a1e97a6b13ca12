/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Everybody of the unit in one grid, with search, filter, sort, columns to be chosen, totals that follow, and one
 * person beside it. Its commands, of the pane that is on the screen, are win.people-filter-* (toggles), people-account,
 * people-copy-row, people-export, people-export-to (string: a path), people-details (toggle), people-scroll-to and
 * people-select (uint32) and people-sort (string: "base", "-base"). Main thread.
 */
#pragma once

#include "qc-page.h"

G_BEGIN_DECLS

#define QC_TYPE_PEOPLE_PANE (qc_people_pane_get_type ())
G_DECLARE_FINAL_TYPE (QcPeoplePane, qc_people_pane, QC, PEOPLE_PANE, GtkWidget)

/* Signals: "loaded" (boolean: the unit has nobody at all), "failed" (GError), "open" (string): the account of the
 * person whose row was opened. */
GtkWidget *qc_people_pane_new (QcSession *session);
/* The shortcuts of the commands, while @page is shown. */
void qc_people_pane_install (QcPage *page);
void qc_people_pane_set_search (QcPeoplePane *self, const char *text);
/* At once if it is on the screen, else when it comes there. */
void qc_people_pane_reload (QcPeoplePane *self);
/* Whatever hides the person is taken away, she is selected, and her details are beside her. */
void qc_people_pane_find (QcPeoplePane *self, const char *account);
/* Another unit: nobody is selected, and everything is read at once. */
void qc_people_pane_reset (QcPeoplePane *self);

G_END_DECLS
