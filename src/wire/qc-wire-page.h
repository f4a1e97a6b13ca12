/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A page of a feed: {feed, rows: [{key, deleted?, …}], cursor, more, total?}. Written row by row without a tree, read
 * page by page. Any thread.
 */
#pragma once

#include "qc-feed.h"
#include "qc-wire-application.h"
#include "qc-wire-person.h"
#include "qc-wire-policy.h"
#include "qc-wire-unit.h"

G_BEGIN_DECLS

#define QC_WIRE_MAX_ROWS   1000
#define QC_WIRE_MAX_CURSOR 128 /* characters */
/* A page that has grown to this many bytes should end. */
#define QC_WIRE_PAGE_BYTES (4 * 1024 * 1024)

/* ---- writing ---- */
void qc_wire_page_begin (QcJsonWriter *writer, QcFeed feed);
/* A row of the feed with which the page began. */
void qc_wire_page_add (QcJsonWriter *writer, const QcFeedRow *row);
/* @total: rows the feed has in all, -1 = not said. (transfer full) */
GBytes *qc_wire_page_end (QcJsonWriter *writer, const char *cursor, gboolean more, gint64 total);

/* ---- reading ---- */
typedef struct {
  QcFeed feed;
  GArray *rows; /* (owned) QcFeedRow (owned), in order of change */
  char *cursor; /* (owned) */
  gboolean more;
  gint64 total; /* -1 = not said */
} QcWirePage;
/* Pass the feed that was asked for: another one is a fault. (transfer full) */
QcWirePage *qc_wire_decode_page (GBytes *bytes, QcFeed feed, GError **error);
void qc_wire_page_free (QcWirePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWirePage, qc_wire_page_free)

G_END_DECLS
