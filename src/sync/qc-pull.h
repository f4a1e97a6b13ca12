/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Pulling a unit's feeds in order: unit, policy, ratios, codes, people, bases, paid, applications, movements. A page
 * and its cursor go into the database in one transaction, so that a pull cut anywhere goes on from the last page; the
 * next page is fetched, and no more than one, while the last is applied. An expired cursor pulls that feed from the
 * start. A pull ends, whatever the center says: by the total it was told, by pages, by time, and because no cursor may
 * come twice; the next pull goes on from there. Drafts and the outbox are never touched. Main context; decoding and SQL
 * run on other threads.
 */
#pragma once

#include "qc-database.h"
#include "qc-feed.h"
#include "qc-tokens.h"

G_BEGIN_DECLS

typedef struct {
  const char *feed; /* borrowed, static */
  guint feed_index, n_feeds;
  gint64 rows;   /* of this feed, applied by this pull */
  gint64 total;  /* of this feed if known, else -1 */
  gboolean full; /* from the start, not only what changed */
} QcPullProgress;
typedef void (*QcPullProgressFunc) (const QcPullProgress *progress, gpointer user_data);

typedef struct {
  gint64 rows;                /* rows of all feeds that were applied */
  gint64 changed[QC_N_FEEDS]; /* the same per feed */
} QcPullResult;

/* How long a pull may be; 0 = as usual. */
typedef struct {
  guint pages;   /* of one feed: 2,000 */
  guint seconds; /* in all: 15 minutes */
} QcPullLimits;

/*
 * qc_pull_async:
 * @profile, @unit: the keys under which the rows are kept
 * @feeds: (nullable): only these (NULL-ended names), else all
 * @limits: (nullable): NULL = as usual
 * @progress: (nullable): called on the main context after each page
 *
 * Fails with the transport's errors or the database's; what was applied before stays, consistent.
 */
void qc_pull_async (QcTokens *tokens, QcDatabase *database, const char *profile, const char *unit,
                    const char *const *feeds, const QcPullLimits *limits, QcPullProgressFunc progress,
                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data);
gboolean qc_pull_finish (QcTokens *tokens, GAsyncResult *result, QcPullResult *out, GError **error);

G_END_DECLS
