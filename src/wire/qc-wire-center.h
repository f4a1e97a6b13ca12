/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a center says of itself, the practice center's controls, and the payee notice. Any thread.
 */
#pragma once

#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

/* A signing key with its validity: unix seconds, from ≤ t < until, 0 = open. */
typedef struct {
  char *id;         /* (owned) */
  char *algorithm;  /* (owned) "ed25519" */
  char *public_key; /* (owned) base64 */
  gint64 from, until;
} QcWireKey;
void qc_wire_key_free (QcWireKey *key);
void qc_wire_write_key (QcJsonWriter *writer, const QcWireKey *key);
/* @object: the key itself. (transfer full) */
QcWireKey *qc_wire_read_key (const QcWireObject *object);
void qc_wire_write_keys (QcJsonWriter *writer, const GPtrArray *keys);
/* Member "keys", absent = none. (transfer full) */
GPtrArray *qc_wire_read_keys (const QcWireObject *object);

/* GET /api/v1/center */
typedef struct {
  char *name, *department; /* (owned) */
  gboolean practice;       /* then department ends in （演练） */
  QcDate today;            /* the center's day */
  gint64 time;             /* unix seconds */
  GPtrArray *keys;         /* (owned) QcWireKey */
  char **features;         /* (owned) "remittance" "practice" … */
} QcWireCenter;
void qc_wire_center_free (QcWireCenter *center);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireCenter, qc_wire_center_free)
GBytes *qc_wire_encode_center (const QcWireCenter *center);
QcWireCenter *qc_wire_decode_center (GBytes *bytes, GError **error);

/* GET and POST /api/v1/practice; POST takes any of them, as they are. */
typedef struct {
  QcDate today;         /* QC_DATE_NONE in a request = leave */
  gint64 arrival_delay; /* seconds after which arrivals confirm themselves, -1 = never (null on the wire) */
  gboolean has_delay;   /* in a request: arrival_delay counts */
  gint64 review_delay;  /* seconds after which what is reviewed is decided by itself, -1 = never (null on the wire) */
  int review_returned;  /* so many of a hundred are returned then */
  gboolean has_review;  /* in a request: review_delay counts; in an answer: the center can do that */
} QcWirePractice;
GBytes *qc_wire_encode_practice (const QcWirePractice *practice);
gboolean qc_wire_decode_practice (GBytes *bytes, QcWirePractice *out, GError **error);
GBytes *qc_wire_encode_practice_request (const QcWirePractice *practice);
gboolean qc_wire_decode_practice_request (GBytes *bytes, QcWirePractice *out, GError **error);
/* POST /api/v1/practice/advance {months}: 1 … 24 */
GBytes *qc_wire_encode_advance (int months);
gboolean qc_wire_decode_advance (GBytes *bytes, int *out, GError **error);

/* GET …/applications/{serial}/notice: what is to be paid now, to whom, with which remark (decision 13). */
typedef struct {
  char *payee_name, *payee_account, *payee_bank; /* (owned) */
  QcMoney fen;
  char *remark; /* (owned) only the 业务流水号 */
} QcWireNotice;
void qc_wire_notice_free (QcWireNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireNotice, qc_wire_notice_free)
GBytes *qc_wire_encode_notice (const QcWireNotice *notice);
QcWireNotice *qc_wire_decode_notice (GBytes *bytes, GError **error);

G_END_DECLS
