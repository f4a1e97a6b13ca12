/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The one window: sidebar, header bar, status control and the pages, and the ways in and out of them. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-page.h"
#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_WINDOW (qc_window_get_type ())
G_DECLARE_FINAL_TYPE (QcWindow, qc_window, QC, WINDOW, AdwApplicationWindow)

QcWindow *qc_window_new (AdwApplication *application, QcSession *session);
/* Opens the data, shows what comes first, and presents the window with it. @practice: open in practice whatever was
 * chosen last. */
void qc_window_begin (QcWindow *self, gboolean practice);
/* The window @widget is in, also in a window over that one; NULL outside of one. */
QcWindow *qc_window_of (GtkWidget *widget);

/*
 * Shows a page by name: "home", a business code ("remittance" …), "applications", "people". @argument: (nullable):
 * handed to the page's shown(). The same as the action win.go with "name" or "name/argument".
 */
void qc_window_go (QcWindow *self, const char *page, const char *argument);
/* The same for a page that was chosen from the sidebar or by its number: nobody was led there, and nothing leads back.
 */
void qc_window_choose (QcWindow *self, const char *page);
QcPage *qc_window_get_page (QcWindow *self); /* (nullable) the one shown */
/* The page of @name, built when it is not yet. */
QcPage *qc_window_ensure_page (QcWindow *self, const char *name);

QcSession *qc_window_get_session (QcWindow *self);

/* How high <业务申请记录> is where it is open; kept when the window closes. Pixels. */
typedef enum { QC_RECORDS_OF_REMITTANCE, QC_RECORDS_OF_OTHERS, QC_N_RECORDS } QcRecordsPlace;
int qc_window_get_records_height (QcWindow *self, QcRecordsPlace place);
void qc_window_set_records_height (QcWindow *self, QcRecordsPlace place, int height);

/* Nobody has taken or declined the first round through the window yet. Property "offers-tour". */
gboolean qc_window_offers_tour (QcWindow *self);

/* Where the last export went; NULL = nowhere yet. (transfer full) (nullable) */
char *qc_window_dup_export_folder (QcWindow *self);
void qc_window_set_export_folder (QcWindow *self, const char *folder);

/* Only with undo, or for a finished background job. @button_label and @action_name (nullable). */
void qc_window_toast (QcWindow *self, const char *text, const char *button_label, const char *action_name,
                      GVariant *target);
/* A job that ended with files; see qc_saved_toast_show(). */
void qc_window_toast_saved (QcWindow *self, const char *words, const char *path, gboolean is_folder);
/* An error that interrupts: title, reason, next step in a dialog. Cancelling is never shown. */
void qc_window_show_error (QcWindow *self, const GError *error);

G_END_DECLS
