/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whole pages for browsers: a template of the gresource within the common frame, the headers that keep it safe, the
 * cookie and the CSRF token that goes with it. Portal and console are two worlds with a cookie each. Any thread.
 */
#pragma once

#include "qc-html.h"
#include "qc-http.h"

G_BEGIN_DECLS

typedef enum { QC_PAGES_PORTAL, QC_PAGES_CONSOLE } QcPages;

/*
 * The page @name ("portal-sign-in") with @values, to which title, csrf and such are added. A browser without a cookie
 * gets one with it. (transfer full)
 */
QcHttpAnswer *qc_portal_page (const QcHttpCall *call, QcPages pages, int status, const char *name, const char *title,
                              QcHtml *values);
/* A page that only says something, with a way back. (transfer full) */
QcHttpAnswer *qc_portal_page_message (const QcHttpCall *call, QcPages pages, int status, const char *title,
                                      const char *text);
/* The value of the cookie of @pages; NULL when there is none, or one that we never gave. (transfer full) (nullable) */
char *qc_portal_dup_cookie (const QcHttpCall *call, QcPages pages);
/* Adds a new cookie to @answer; returns its value. (transfer full) */
char *qc_portal_give_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer);
void qc_portal_set_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer, const char *value);
/* Whether the form came from a page of ours; otherwise *@out is the answer. */
gboolean qc_portal_check_csrf (const QcHttpCall *call, QcPages pages, QcHttpAnswer **out);
/* For the fallback of the pages server. */
QcHttpAnswer *qc_portal_page_fallback (const QcHttpCall *call, int status);
extern const QcHttpRoute qc_portal_asset_routes[];

/* "2026-11-23 21:14" in China. (transfer full) */
char *qc_portal_dup_time (gint64 unix_seconds);

G_END_DECLS
