/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Certificates for tests, made on the spot: an authority and what it signs, good or bad on purpose.
 */
#pragma once

#include <gio/gio.h>

typedef struct {
  gpointer key, certificate; /* (owned) GnuTLS */
  char *pem;                 /* (owned) the authority's certificate */
} TestAuthority;

/* @name: (nullable) */
TestAuthority *test_authority_new (const char *name);
void test_authority_free (TestAuthority *authority);

/* A server certificate for 127.0.0.1, or for @host, valid from @from to @until (seconds relative to now). */
GTlsCertificate *test_authority_issue (TestAuthority *authority, const char *host, gint64 from, gint64 until);
