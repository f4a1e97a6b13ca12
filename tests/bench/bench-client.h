/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A client of the practice center by the sync room itself, without a session: signed in, with a database of its own;
 * and the peer, plain libsoup with the same token. Main thread, unless said otherwise.
 */
#pragma once

#include <libsoup/soup.h>

#include "bench.h"
#include "qc-sign-in.h"
#include "qc-store.h"

G_BEGIN_DECLS

typedef struct {
  QcProfile *profile; /* (owned) */
  QcTokens *tokens;   /* (owned) */
  QcStore *store;     /* (owned) */
  char *unit;         /* (owned) the first one of the user */
  char *access;       /* (owned) */
} BenchClient;

/* Signs in through the portal as @user (NULL: the first account); @profile: what the practice center said it is. */
void bench_client_open (BenchClient *client, const char *profile, const char *folder, const char *robot,
                        const char *user);
void bench_client_close (BenchClient *client);

/* A plain session that trusts the center. (transfer full) */
SoupSession *bench_client_soup (const BenchClient *client);
/* The body of GET @path ("units/…"); dies unless it is answered with 200. Any thread. (transfer full) */
GBytes *bench_client_get (SoupSession *soup, const BenchClient *client, const char *path);
/* The path of the page of @feed after @page (NULL: of the first one); NULL where none follows. (transfer full) */
char *bench_client_next_page (const BenchClient *client, const char *feed, GBytes *page);

G_END_DECLS
