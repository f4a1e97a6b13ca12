/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The pulled feeds: a page of rows and the cursor behind it are applied by one call inside one write function, so that
 * a kill leaves both or neither. A pull from scratch marks what it sees and removes at its end what it did not see;
 * drafts, outbox and journal are never touched by a feed. Database threads only.
 */
#pragma once

#include "qc-connection.h"
#include "qc-feed.h"

G_BEGIN_DECLS

typedef struct {
  char *cursor;      /* (owned) (nullable) where the next page begins; NULL = from scratch */
  gboolean full;     /* a pull from scratch is under way (it goes on at @cursor) */
  gboolean complete; /* the feed was pulled to its end at least once */
  gint64 as_of;      /* unix seconds of the last page that was the last one; 0 = never */
} QcStoreCursor;
void qc_store_cursor_clear (QcStoreCursor *cursor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QcStoreCursor, qc_store_cursor_clear)

/* Where @feed stands; zeroes (cursor NULL) when it was never pulled: then the pull is a full one by itself. */
gboolean qc_store_cursor_get (QcConnection *connection, const char *profile, const char *unit, QcFeed feed,
                              QcStoreCursor *out, GError **error);
/* The center no longer knows the cursor: the next page is the first one of a pull from scratch. */
gboolean qc_store_cursor_begin_full (QcConnection *connection, const char *profile, const char *unit, QcFeed feed,
                                     GError **error);
/*
 * Applies a page: @rows in order, then the cursor, and with @more FALSE at the end of a pull from scratch the removal
 * of what was not seen again. @now: unix seconds. Call it inside a write function, nothing else is needed.
 * QC_STORE_ERROR_INVALID for a row without its content.
 */
gboolean qc_store_apply_page (QcConnection *connection, const char *profile, const char *unit, QcFeed feed,
                              const QcFeedRow *rows, gsize n_rows, const char *cursor, gboolean more, gint64 now,
                              GError **error);
/* The oldest as_of over all feeds: "as of"; 0 when any is incomplete. */
gboolean qc_store_cursor_as_of (QcConnection *connection, const char *profile, const char *unit, gint64 *out,
                                GError **error);

G_END_DECLS
