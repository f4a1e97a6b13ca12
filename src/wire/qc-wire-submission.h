/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What a client sends that changes something, and what it is answered: submissions, actions, retirement facts, and the
 * state of a key. Encoders make the exact bytes that are kept and sent again on every retry. Any thread.
 */
#pragma once

#include "qc-problem.h"
#include "qc-remittance.h"

G_BEGIN_DECLS

typedef struct {
  char *account; /* (owned) 个人账号 */
  QcRetirementClass klass;
} QcWireClassAnswer;
void qc_wire_class_answer_clear (QcWireClassAnswer *answer);

/* POST …/submissions. One member per business; the others stay NULL. */
typedef struct {
  QcBusiness business;
  QcRemittanceClaim *remittance; /* (owned) (nullable) months: after decoding unit_fen holds all, personal_fen is 0 */
  GArray *class_answers;         /* (owned) QcWireClassAnswer, never NULL */
} QcWireSubmission;
QcWireSubmission *qc_wire_submission_new (QcBusiness business);
void qc_wire_submission_free (QcWireSubmission *submission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcWireSubmission, qc_wire_submission_free)
GBytes *qc_wire_encode_submission (const QcWireSubmission *submission);
QcWireSubmission *qc_wire_decode_submission (GBytes *bytes, GError **error);

/* POST …/applications/{serial}/actions: DELETE, CANCEL or REDRAW. */
GBytes *qc_wire_encode_action (QcApplicationAction action);
gboolean qc_wire_decode_action (GBytes *bytes, QcApplicationAction *out, GError **error);

/* POST …/people/{account}/retirement: at least one of the two. */
typedef struct {
  QcRetirementClass klass;  /* UNKNOWN = leave as it is */
  QcMonth authorized_until; /* QC_MONTH_NONE = leave as it is */
} QcWireRetirement;
GBytes *qc_wire_encode_retirement (const QcWireRetirement *retirement);
gboolean qc_wire_decode_retirement (GBytes *bytes, QcWireRetirement *out, GError **error);

/* What is answered to all three: {application?, person?, findings?}; findings are warnings about what was done. */
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
