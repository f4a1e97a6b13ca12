/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Problem details (RFC 9457) with findings, and findings by themselves. The type is "urn:qingce:problem:<code>". Any
 * thread.
 */
#pragma once

#include "qc-application.h"
#include "qc-employee.h"
#include "qc-finding.h"
#include "qc-json-writer.h"
#include "qc-wire-object.h"

G_BEGIN_DECLS

#define QC_PROBLEM_CONTENT_TYPE "application/problem+json"
#define QC_PROBLEM_TYPE_PREFIX  "urn:qingce:problem:"

/* The codes of the API; data/openapi.yaml says which goes with which status. */
#define QC_PROBLEM_BAD_REQUEST         "bad-request"         /* 400: gate or decoder refused, bad parameter */
#define QC_PROBLEM_UNAUTHORIZED        "unauthorized"        /* 401 */
#define QC_PROBLEM_FORBIDDEN           "forbidden"           /* 403: the unit is not in the grant */
#define QC_PROBLEM_NOT_FOUND           "not-found"           /* 404 */
#define QC_PROBLEM_METHOD_NOT_ALLOWED  "method-not-allowed"  /* 405 */
#define QC_PROBLEM_UPLOAD_OFFSET       "upload-offset"       /* 409: Upload-Offset says where it stands */
#define QC_PROBLEM_CURSOR_EXPIRED      "cursor-expired"      /* 410 */
#define QC_PROBLEM_REVISION_MOVED      "revision-moved"      /* 412: with the thing as it is now */
#define QC_PROBLEM_TOO_LARGE           "too-large"           /* 413 */
#define QC_PROBLEM_UNSUPPORTED_TYPE    "unsupported-type"    /* 415 */
#define QC_PROBLEM_REFUSED             "refused"             /* 422: by findings */
#define QC_PROBLEM_KEY_REUSED          "key-reused"          /* 422 */
#define QC_PROBLEM_UPLOAD_DIGEST       "upload-digest"       /* 422: other bytes than were announced; it is dropped */
#define QC_PROBLEM_UPLOAD_PICTURE      "upload-picture"      /* 422: no bare JPEG; it is dropped */
#define QC_PROBLEM_PRECONDITION_NEEDED "precondition-needed" /* 428: If-Match or Idempotency-Key is missing */
#define QC_PROBLEM_TOO_MANY            "too-many"            /* 429 */
#define QC_PROBLEM_FAILED              "failed"              /* 500 */
#define QC_PROBLEM_UNAVAILABLE         "unavailable"         /* 503 */
#define QC_PROBLEM_UPLOAD_QUOTA        "upload-quota"        /* 507: too much that is not used */

typedef struct {
  int status; /* HTTP */
  char *code; /* (owned) */
  char *title;
  char *detail;               /* (owned) (nullable) */
  GPtrArray *findings;        /* (owned) QcFinding, never NULL */
  QcApplication *application; /* (owned) (nullable) as it is now (revision-moved) */
  QcEmployee *person;         /* (owned) (nullable) likewise */
} QcProblem;

QcProblem *qc_problem_new (int status, const char *code, const char *title, const char *detail);
QcProblem *qc_problem_copy (const QcProblem *problem);
/* What it says to a person: its findings, or one for its code where it has none. Never empty. (transfer full) */
GPtrArray *qc_problem_dup_findings (const QcProblem *problem);
void qc_problem_free (QcProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcProblem, qc_problem_free)

void qc_wire_write_problem (QcJsonWriter *writer, const QcProblem *problem);
QcProblem *qc_wire_read_problem (const QcWireObject *object);
GBytes *qc_wire_encode_problem (const QcProblem *problem);
/* (transfer full) */
QcProblem *qc_wire_decode_problem (GBytes *bytes, GError **error);

void qc_wire_write_findings (QcJsonWriter *writer, const GPtrArray *findings);
/* Member @name of @object, absent = none. (transfer full) */
GPtrArray *qc_wire_read_findings (const QcWireObject *object, const char *name);

G_END_DECLS
