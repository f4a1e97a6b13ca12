/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The inside of the 汇缴 preview and how it is computed on the reader thread. Inside app.
 */
#pragma once

#include "qc-connection.h"
#include "qc-remittance-preview.h"
#include "qc-rules-remittance.h"

G_BEGIN_DECLS

/* A line of a list, until somebody looks at it. Strings live in the preview's chunk. */
typedef struct {
  const char *account, *name;
  QcMonth month;
  gboolean is_change;
  /* change */
  QcChangeKind kind;
  QcMoney before, after, base_before, base_after;
  /* left out */
  QcRetirementState state;
  QcMonth statutory;
  QcDate birth;
  gboolean queued; /* by what waits in the outbox */
} QcPersonRecord;

/* Copies what @record points to. */
QcRemittancePerson *qc_remittance_person_new (const QcPersonRecord *record);

struct _QcRemittancePreview {
  GObject parent_instance;
  QcUnit *unit; /* (owned) */
  char *terms;  /* (owned) qc_terms_digest() of what it was computed with */
  QcMethod method, allowed;
  QcMonth start, end, last, current;
  int months_ahead;
  GArray *lines; /* (owned) QcMonthLine */
  QcMoney total;
  gint64 people, left_out, unanswered;
  guint queued;
  GStringChunk *chunk;         /* (owned) */
  GPtrArray *changes;          /* (owned) per line a GArray of QcPersonRecord */
  GArray *left_out_people;     /* (owned) QcPersonRecord, to be answered first */
  GHashTable *answered;        /* (owned) account → QcRetirementClass: the answers that counted */
  GArray *answers;             /* (owned) QcRemittanceAnswer: the same, by account */
  GPtrArray *findings;         /* (owned) */
  struct _QcMonthSheet *sheet; /* (owned) 本月与上月 */
};

/* What is asked for; shared between the threads, freed by the last. */
typedef struct {
  char *profile, *unit; /* (owned) */
  QcMethod method;      /* NONE: the one allowed */
  QcMonth end;          /* NONE: this month, or the start where that is later */
  QcMonth current;
  GHashTable *answers;              /* (owned) account → GINT_TO_POINTER (QcRetirementClass) */
  const QcRemittanceSink *listener; /* (nullable) borrowed: is told all of it too, on the thread that computes */
  int done;                         /* (atomic) people so far */
  int expected;                     /* (atomic) about how many there are, 0 = not known yet */
} QcPreviewRequest;
QcPreviewRequest *qc_preview_request_new (void);
QcPreviewRequest *qc_preview_request_ref (QcPreviewRequest *request);
void qc_preview_request_unref (QcPreviewRequest *request);

/* A QcDatabaseFunc over a QcPreviewRequest; gives a QcRemittancePreview. QC_APP_ERROR_NO_UNIT before the first pull. */
gpointer qc_remittance_compute (QcConnection *connection, gpointer request, GCancellable *cancellable, GError **error);

/* qc-remittance-preview.c */
void qc_remittance_answer_add (GArray *answers, const QcEmployee *employee);

G_END_DECLS
