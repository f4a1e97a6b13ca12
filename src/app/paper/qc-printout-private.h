/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * Between a printout and what it is of. A part reads what it needs and fills its lists: on the thread of the walk, over
 * one connection. Inside app.
 */
#pragma once

#include "qc-application-lines.h"
#include "qc-binder.h"
#include "qc-connection.h"
#include "qc-printout.h"
#include "qc-unit.h"

G_BEGIN_DECLS

typedef struct _QcPrintoutJob QcPrintoutJob;

typedef struct {
  gboolean (*fill) (QcPrintoutJob *job, QcConnection *connection, gpointer data, GError **error);
  GDestroyNotify data_free;
} QcPrintoutKind;

struct _QcPrintoutJob {
  char *profile, *unit, *unit_name; /* (owned) (nullable) */
  char *center;                     /* (owned) (nullable) the department */
  char *handler;                    /* (owned) (nullable) who is signed in */
  char *title;                      /* (owned) */
  char *when;                       /* (owned) (nullable) in the name of the file: a month, a serial number */
  gboolean practice;
  QcDate today;
  QcPaperSize natural;
  gboolean unwritten; /* an edit of a draft did not reach the disk */
  GPtrArray *parts;   /* (owned) Part */
  GPtrArray *uses;    /* (owned) char*: what the book counts of it */
  GPtrArray *lines;   /* (owned) QcApplicationLines: what is fetched first */
  /* on the thread of the walk, one at a time (mutex) */
  GMutex mutex;
  QcUnit *facts;             /* (owned) (nullable) the unit as pulled */
  QcBinder *binder;          /* (owned) (nullable) until it is filled */
  GCancellable *cancellable; /* borrowed while it runs */
  int progress;              /* (atomic) 1/1000 */
  int used;                  /* (atomic) */
};

/* @title: in words. (transfer full) */
QcPrintout *qc_printout_new (QcSession *session, const char *title, QcPaperSize natural);
QcPrintoutJob *qc_printout_get_job (QcPrintout *self);
/* (nullable) */
void qc_printout_set_when (QcPrintout *self, const char *when);
/* Nothing is read before all lines of @lines are here (transfer full). */
void qc_printout_wait_for (QcPrintout *self, QcApplicationLines *lines);
/* One more part; @data is the kind's to free. */
void qc_printout_add (QcPrintout *self, const QcPrintoutKind *kind, gpointer data);

/* For the kinds: a head with what is the same on all of them, whose texts are borrowed from @job; title, reprint and
 * the rest are the kind's. */
QcListHead qc_printout_job_head (const QcPrintoutJob *job, const char *title);
/* "2026年10月", on paper in every language. (transfer full) */
char *qc_printout_dup_month (QcMonth month);
char *qc_printout_dup_months (QcMonth from, QcMonth to);
/* The book counts @subject from now on; how often it was handed out before. */
gboolean qc_printout_count (QcPrintoutJob *job, QcConnection *connection, const char *subject, int *out_reprint,
                            GError **error);
/* Where many rows are read: FALSE when it was cancelled. */
gboolean qc_printout_job_go_on (QcPrintoutJob *job, GError **error);

G_END_DECLS
