/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Whole pages for browsers: a template of the gresource within the common frame, and the headers that keep it safe.
 * Portal and console are two worlds with a cookie each, which a browser has only while somebody is signed in: pages
 * before that are not bound to anything, so that any number of them may be open, old or new. Any thread.
 */
#pragma once

#include "qc-html.h"
#include "qc-http.h"

G_BEGIN_DECLS

typedef enum { QC_PAGES_PORTAL, QC_PAGES_CONSOLE } QcPages;

/* The page @name ("portal-sign-in") with @values, to which title, csrf and such are added. (transfer full) */
QcHttpAnswer *qc_portal_page (const QcHttpCall *call, QcPages pages, int status, const char *name, const char *title,
                              QcHtml *values);
/* A page that only says something, with a way on: to the sign-in that was under way, or home. (transfer full) */
QcHttpAnswer *qc_portal_page_message (const QcHttpCall *call, QcPages pages, int status, const char *title,
                                      const char *text);
/* What a client asked for: every address and form of the way in carries it; "" when there is nothing. Borrowed. */
const char *qc_portal_get_request (const QcHttpCall *call);
/* The value of the cookie of @pages; NULL when there is none, or one that we never gave. (transfer full) (nullable) */
char *qc_portal_dup_cookie (const QcHttpCall *call, QcPages pages);
/* Adds a new cookie to @answer; returns its value. (transfer full) */
char *qc_portal_give_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer);
/* The browser is to forget its cookie. */
void qc_portal_drop_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer *answer);
/* Whether the form came from a page of ours (its Origin, RFC 6454); otherwise *@out is the answer. */
gboolean qc_portal_check_origin (const QcHttpCall *call, QcPages pages, QcHttpAnswer **out);
/* Whether the page of the form was shown to who is signed in now, and not to somebody before. */
gboolean qc_portal_is_own_form (const QcHttpCall *call, QcPages pages);
/* A template of the gresource. (transfer full) */
char *qc_portal_load (const char *name);
/* For the fallback of the pages server. */
QcHttpAnswer *qc_portal_page_fallback (const QcHttpCall *call, int status);
extern const QcHttpRoute qc_portal_asset_routes[];

/* "2026-11-23 21:14" in China. (transfer full) */
char *qc_portal_dup_time (gint64 unix_seconds);

G_END_DECLS
