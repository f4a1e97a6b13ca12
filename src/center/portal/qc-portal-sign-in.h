/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Signing in with a password, in three steps: the brake and the account (writer), the password (pool), the session
 * (writer). The same for the portal and the console. What was wrong is never said more closely.
 */
#pragma once

#include "qc-portal-accounts.h"
#include "qc-portal-page.h"

G_BEGIN_DECLS

typedef struct {
  QcPages pages;
  char *kind;         /* (owned) */
  char *user;         /* (owned) folded */
  QcAccount *account; /* (owned) (nullable) */
  gboolean right;
  gint64 wait; /* > 0: too many attempts */
} QcPortalSignIn;

/* Makes the state of @call; FALSE with *@out (not a form of ours) or @error. With wait > 0 the caller says so. */
gboolean qc_portal_sign_in_begin (QcHttpCall *call, QcConnection *connection, QcPages pages, const char *kind,
                                  QcHttpAnswer **out, GError **error);
/* A pool step. */
QcHttpAnswer *qc_portal_sign_in_verify (QcHttpCall *call, QcConnection *connection, GError **error);
/* When right: a session, whose cookie @answer (303) gets. */
gboolean qc_portal_sign_in_end (QcHttpCall *call, QcConnection *connection, QcHttpAnswer *answer, GError **error);
/* "登录失败次数过多，请 2 分钟后再试。" (transfer full) */
char *qc_portal_dup_wait_sentence (gint64 seconds);
void qc_portal_add_retry_after (QcHttpAnswer *answer, gint64 seconds);
/* Whether the browser keeps cookies; otherwise *@out says that it must. */
gboolean qc_portal_check_cookie (const QcHttpCall *call, QcPages pages, QcHttpAnswer **out);
/* Ends the session and the cookie; a step of its own. */
QcHttpAnswer *qc_portal_sign_out (QcHttpCall *call, QcConnection *connection, QcPages pages, const char *location,
                                  GError **error);

G_END_DECLS
