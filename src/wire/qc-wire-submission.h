/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a client sends that changes something, and what it is answered: submissions, actions, and the state of a key.
 * Encoders make the exact bytes that are kept and sent again on every retry. Any thread.
 */
#pragma once

#include "qc-problem.h"
#include "qc-submission.h"

G_BEGIN_DECLS

/*
 * POST …/submissions: application/x-ndjson, the head and then one object per roster line. Each line of text goes
 * through the byte gate by itself, and no tree of the whole is ever made.
 */
#define QC_SUBMISSION_CONTENT_TYPE "application/x-ndjson"
#define QC_SUBMISSION_MAX_SIZE     (64 * 1024 * 1024)
#define QC_SUBMISSION_MAX_LINES    250000
GBytes *qc_wire_encode_submission (const QcSubmission *submission);
/* Months of the claim: unit_fen holds all, personal_fen is 0. Faults name the line of text. (transfer full) */
QcSubmission *qc_wire_decode_submission (GBytes *bytes, GError **error);
/* All but the lines; *@out_lines: how many it says there are. (transfer full) */
QcSubmission *qc_wire_decode_submission_head (GBytes *bytes, guint *out_lines, GError **error);

/* POST …/applications/{serial}/actions: DELETE, CANCEL or REDRAW. */
GBytes *qc_wire_encode_action (QcApplicationAction action);
gboolean qc_wire_decode_action (GBytes *bytes, QcApplicationAction *out, GError **error);

/* What is answered to both: {application?, person?, findings?}; findings are warnings about what was done. */
typedef struct {
  QcApplication *application; /* (owned) (nullable) */
  QcEmployee *person;         /* (owned) (nullable) */
  GPtrArray *findings;        /* (owned) QcFinding, never NULL */
} QcWireAnswer;
void qc_wire_answer_free (QcWireAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireAnswer, qc_wire_answer_free)
/* All borrowed and nullable. */
GBytes *qc_wire_encode_answer (const QcApplication *application, const QcEmployee *person, const GPtrArray *findings);
QcWireAnswer *qc_wire_decode_answer (GBytes *bytes, GError **error);

/* GET /submissions/{key} */
typedef enum { QC_WIRE_KEY_UNKNOWN, QC_WIRE_KEY_ACCEPTED, QC_WIRE_KEY_REFUSED } QcWireKeyState;
typedef struct {
  QcWireKeyState state;
  QcWireAnswer *answer; /* (owned) (nullable) accepted */
  QcProblem *problem;   /* (owned) (nullable) refused */
} QcWireStatus;
void qc_wire_status_free (QcWireStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireStatus, qc_wire_status_free)
/* @stored: the answer's bytes as they were sent then (an answer or a problem); NULL for UNKNOWN. */
GBytes *qc_wire_encode_status (QcWireKeyState state, GBytes *stored);
QcWireStatus *qc_wire_decode_status (GBytes *bytes, GError **error);

G_END_DECLS
