/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing in on the portal's own pages (P2): opens the browser or hands out the address, waits with a way out, and says
 * in words what went wrong. The password is never seen here. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "qc-session.h"

G_BEGIN_DECLS

#define QC_TYPE_SIGN_IN_PAGE (qc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (QcSignInPage, qc_sign_in_page, QC, SIGN_IN_PAGE, AdwBin)

/* Signal "signed-in". Property "waiting". */
GtkWidget *qc_sign_in_page_new (QcSession *session);
/* @open: in the browser; else only the address is shown. While it waits, only opens again. */
void qc_sign_in_page_begin (QcSignInPage *self, gboolean open);
void qc_sign_in_page_cancel (QcSignInPage *self);
/* Begins if needed, then puts the address into the clipboard. */
void qc_sign_in_page_copy (QcSignInPage *self);

/* Opens @address in $QINGCE_BROWSER ("none": not at all), else in the desktop's browser. */
void qc_open_in_browser (GtkWidget *widget, const char *address);

G_END_DECLS
