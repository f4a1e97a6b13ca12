/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * A page of a feed: {feed, rows: [{key, deleted?, …}], cursor, more, total?}. Written row by row without a tree, read
 * page by page. Any thread.
 */
#pragma once

#include "qc-wire-application.h"
#include "qc-wire-person.h"
#include "qc-wire-policy.h"
#include "qc-wire-unit.h"

G_BEGIN_DECLS

typedef enum {
  QC_WIRE_FEED_UNIT,
  QC_WIRE_FEED_RATIOS,
  QC_WIRE_FEED_POLICY,
  QC_WIRE_FEED_CODES,
  QC_WIRE_FEED_PEOPLE,
  QC_WIRE_FEED_BASES,
  QC_WIRE_FEED_PAID,
  QC_WIRE_FEED_APPLICATIONS,
  QC_WIRE_FEED_MOVEMENTS,
} QcWireFeed;
#define QC_N_WIRE_FEEDS (QC_WIRE_FEED_MOVEMENTS + 1)
const char *qc_wire_feed_to_code (QcWireFeed feed);
gboolean qc_wire_feed_from_code (const char *code, QcWireFeed *out);

#define QC_WIRE_MAX_ROWS   1000
#define QC_WIRE_MAX_CURSOR 128 /* characters */
/* A page that has grown to this many bytes should end. */
#define QC_WIRE_PAGE_BYTES (4 * 1024 * 1024)

/* ---- writing ---- */
void qc_wire_page_begin (QcJsonWriter *writer, QcWireFeed feed);
void qc_wire_page_add_deleted (QcJsonWriter *writer, const char *key);
void qc_wire_page_add_unit (QcJsonWriter *writer, const char *key, const QcUnit *unit);
void qc_wire_page_add_ratios (QcJsonWriter *writer, const char *key, const QcRatios *ratios);
void qc_wire_page_add_policy (QcJsonWriter *writer, const char *key, const QcPolicy *policy);
void qc_wire_page_add_code (QcJsonWriter *writer, const char *key, const QcCode *code);
void qc_wire_page_add_person (QcJsonWriter *writer, const char *key, const QcEmployee *employee);
void qc_wire_page_add_base (QcJsonWriter *writer, const char *key, const char *person, const QcBaseChange *change,
                            gint64 time);
void qc_wire_page_add_paid (QcJsonWriter *writer, const char *key, const char *person, const QcPaidSpan *span,
                            const char *application);
void qc_wire_page_add_application (QcJsonWriter *writer, const char *key, const QcApplication *application);
void qc_wire_page_add_movement (QcJsonWriter *writer, const char *key, const QcMovement *movement);
/* @total: rows the feed has in all, -1 = not said. (transfer full) */
GBytes *qc_wire_page_end (QcJsonWriter *writer, const char *cursor, gboolean more, gint64 total);

/* ---- reading ---- */
typedef struct {
  char *key; /* (owned) unique in the feed of the unit */
  gboolean deleted;
  QcWireFeed feed;
  union {         /* what the feed says; nothing when deleted */
    QcUnit *unit; /* (owned) */
    QcRatios ratios;
    QcPolicy policy;
    QcCode *code;               /* (owned) */
    QcEmployee *employee;       /* (owned) */
    QcWireBase base;            /* (owned) */
    QcWirePaid paid;            /* (owned) */
    QcApplication *application; /* (owned) */
    QcMovement *movement;       /* (owned) */
  } u;
} QcWireRow;
void qc_wire_row_clear (QcWireRow *row);

typedef struct {
  QcWireFeed feed;
  GArray *rows; /* (owned) QcWireRow, in order of change */
  char *cursor; /* (owned) */
  gboolean more;
  gint64 total; /* -1 = not said */
} QcWirePage;
/* Pass the feed that was asked for: another one is a fault. (transfer full) */
QcWirePage *qc_wire_decode_page (GBytes *bytes, QcWireFeed feed, GError **error);
void qc_wire_page_free (QcWirePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWirePage, qc_wire_page_free)

G_END_DECLS
