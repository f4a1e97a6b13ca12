/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pulled feeds. Every row of a fed table carries the number of its last change (one sequence for the center, so
 * that one transaction can change two units); a page is the rows of one unit and feed after a number, tombstones among
 * them in their place. A cursor is "generation.number"; a reset makes a new generation. Database threads only.
 */
#pragma once

#include "qc-engine.h"
#include "qc-wire-page.h"

G_BEGIN_DECLS

/* What @row points at is borrowed, valid in the callback. FALSE ends the page after this row. */
typedef gboolean (*QcFeedRowFunc) (const QcFeedRow *row, gpointer user_data);

typedef enum { QC_FEED_PAGE_OK, QC_FEED_PAGE_EXPIRED, QC_FEED_PAGE_NO_UNIT } QcFeedPageStatus;

/*
 * Gives the rows after @cursor (NULL or "" = from scratch) to @func in order of change, at most @limit (1 … 1000).
 * *@out_cursor: where the next page begins; *@out_more: whether there is one now. FALSE only with @error.
 */
gboolean qc_feeds_page (QcConnection *connection, const char *unit, QcFeed feed, const char *cursor, int limit,
                        QcFeedRowFunc func, gpointer user_data, QcFeedPageStatus *out_status, char **out_cursor,
                        gboolean *out_more, GError **error);
/* The same as the bytes of the wire's page, ended early where it grows too large; NULL unless the status is OK. */
gboolean qc_feeds_dup_page (QcConnection *connection, const char *unit, QcFeed feed, const char *cursor, int limit,
                            QcFeedPageStatus *out_status, GBytes **out_bytes, GError **error);
/* Leaves a tombstone for @key, which is no longer a row of @unit (同城转移). (write) */
gboolean qc_feeds_bury (QcConnection *connection, const char *unit, QcFeed feed, const char *key, GError **error);
/* Forgets tombstones up to now minus @keep changes; cursors older than that expire. (write) */
gboolean qc_feeds_prune (QcConnection *connection, gint64 keep, GError **error);

G_END_DECLS
