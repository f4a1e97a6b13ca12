/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The button that leads back to the page one was led from: from a voucher to the record it is of, from there to the
 * start page. Whoever chooses a page from the sidebar is led nowhere, and the button is not there. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QC_TYPE_WAY_BACK (qc_way_back_get_type ())
G_DECLARE_FINAL_TYPE (QcWayBack, qc_way_back, QC, WAY_BACK, GtkWidget)

/* A button of win.go-back; hidden while nobody was led. */
GtkWidget *qc_way_back_new (void);

/* One was led away from @page. @title: what it is called, translated. */
void qc_way_back_push (QcWayBack *self, const char *page, const char *title);
/* The page one came from last, which is off the way then; NULL: none. (transfer full) */
char *qc_way_back_pop (QcWayBack *self);
void qc_way_back_clear (QcWayBack *self);
gboolean qc_way_back_is_empty (QcWayBack *self);

G_END_DECLS
