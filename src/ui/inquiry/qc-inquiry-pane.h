/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * One list of 单位住房公积金信息查询, whichever: what is asked for in a row above it, the grid, the totals of what is
 * shown and as of when below. Its commands, of the pane that is on the screen, are
 * win.inquiry-{open,copy-row,copy-serial,fetch-rosters,export}, inquiry-export-to (string: a path), inquiry-sort
 * (string: "amount",
 * "-amount"), inquiry-select and inquiry-scroll-to (uint32). Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "qc-inquiry-list.h"

G_BEGIN_DECLS

#define QC_TYPE_INQUIRY_PANE (qc_inquiry_pane_get_type ())
G_DECLARE_FINAL_TYPE (QcInquiryPane, qc_inquiry_pane, QC, INQUIRY_PANE, GtkWidget)

/* Signals: "open" (string): where the row that was opened leads, for win.go; "failed" (GError). */
GtkWidget *qc_inquiry_pane_new (QcSession *session, QcInquiry inquiry);
QcInquiryList *qc_inquiry_pane_get_list (QcInquiryPane *self);
void qc_inquiry_pane_set_search (QcInquiryPane *self, const char *text);
/* Of inquiries of a person. */
void qc_inquiry_pane_set_person (QcInquiryPane *self, const char *account);
/* Selects the row of @month once it is read. */
void qc_inquiry_pane_show_month (QcInquiryPane *self, QcMonth month);
/* Reads anew, keeping what is selected; at once if it is on the screen, else when it comes there. */
void qc_inquiry_pane_reload (QcInquiryPane *self);
/* Another unit: nothing is selected. */
void qc_inquiry_pane_reset (QcInquiryPane *self);

G_END_DECLS
