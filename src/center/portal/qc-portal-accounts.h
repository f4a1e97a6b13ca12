/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Accounts of the portal (法人, 个人) and of center staff, their browser sessions, and the brake on guessing. Database
 * threads; @now is the machine's clock.
 */
#pragma once

#include "qc-connection.h"
#include "qc-password.h"

G_BEGIN_DECLS

#define QC_ACCOUNT_LEGAL  "legal"
#define QC_ACCOUNT_PERSON "person"
#define QC_ACCOUNT_STAFF  "staff"

#define QC_ROLE_COUNTER "counter" /* agreements, retroactive changes */
#define QC_ROLE_REVIEW  "review"
#define QC_ROLE_CASHIER "cashier"

typedef struct {
  gint64 id;
  char *kind, *user, *name;      /* (owned) */
  char *password;                /* (owned) hash */
  char *credit_code, *unit_name; /* (owned) (nullable) legal persons */
  char *roles;                   /* (owned) staff: words */
  gboolean verified;
} QcAccount;
void qc_account_free (QcAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcAccount, qc_account_free)
gboolean qc_account_has_role (const QcAccount *account, const char *role);

/* Lower case, without blanks around. (transfer full) */
char *qc_account_fold_user (const char *user);
/* *@out NULL without error when there is none. */
gboolean qc_account_find (QcConnection *connection, const char *kind, const char *user, QcAccount **out,
                          GError **error);
/* Returns the row, 0 on error. @account: kind, user, name, password, credit_code, unit_name, roles, verified count. */
gint64 qc_account_add (QcConnection *connection, const QcAccount *account, gint64 now, GError **error);
gboolean qc_account_add_unit (QcConnection *connection, gint64 account, const char *unit, GError **error);

/* Units a legal person may act for. */
typedef struct {
  char *account, *name, *credit_code; /* (owned) */
} QcAccountUnit;
/* QcAccountUnit, ordered. (transfer full) */
GPtrArray *qc_account_list_units (QcConnection *connection, gint64 account, GError **error);

/* ---- sessions of browsers: @cookie is the secret, kept as a hash ---- */
#define QC_PORTAL_SESSION_IDLE (2 * 3600) /* since the last form; looking around does not count */
#define QC_PORTAL_SESSION_LIFE (8 * 3600)
gboolean qc_portal_session_begin (QcConnection *connection, const char *cookie, gint64 account, gint64 now,
                                  GError **error);
gboolean qc_portal_session_end (QcConnection *connection, const char *cookie, GError **error);
/* *@out NULL without error when nobody is signed in. NULL @cookie is nobody. */
gboolean qc_portal_session_find (QcConnection *connection, const char *cookie, gint64 now, QcAccount **out,
                                 GError **error);
/* Notes that it is in use. (write) */
gboolean qc_portal_session_touch (QcConnection *connection, const char *cookie, gint64 now, GError **error);

/* ---- the brake ---- */
/*
 * Counts an attempt under each of @subjects (NULL-ended: "account:…", "address:…") beforehand, so that many at once
 * count too; *@out_wait > 0: refused, come back after so many seconds. (write)
 */
gboolean qc_portal_throttle_take (QcConnection *connection, const char *const *subjects, gint64 now, gint64 *out_wait,
                                  GError **error);
/* The attempt was right: forget the failures. (write) */
gboolean qc_portal_throttle_clear (QcConnection *connection, const char *const *subjects, GError **error);

G_END_DECLS
