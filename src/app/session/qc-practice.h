/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The practice center as a process of ours: started when practice is entered, asked for its ready line without
 * waiting, started again when it dies, ended with us by its stdin pipe. Its practice controls (the date, 重新开始, how
 * fast money arrives) go over the same HTTPS as everything else. Lives on the main thread.
 */
#pragma once

#include <gio/gio.h>

#include "qc-types.h"

G_BEGIN_DECLS

#define QC_TYPE_PRACTICE (qc_practice_get_type ())
G_DECLARE_FINAL_TYPE (QcPractice, qc_practice, QC, PRACTICE, GObject)

typedef enum {
  QC_PRACTICE_STOPPED,
  QC_PRACTICE_STARTING,
  QC_PRACTICE_READY,
  QC_PRACTICE_FAILED, /* died three times within a minute, or was not found: see qc_practice_get_error() */
} QcPracticeState;

/* The center: $QINGCE_CENTER, beside our own program, in libexec, in PATH. (transfer full) (nullable) */
char *qc_practice_find_program (void);
/* @folder: the center's data folder. Property "state" notifies; signal "ready" at each (re)start. */
QcPractice *qc_practice_new (const char *folder);
void qc_practice_start_async (QcPractice *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean qc_practice_start_finish (QcPractice *self, GAsyncResult *result, GError **error);
void qc_practice_stop (QcPractice *self);

QcPracticeState qc_practice_get_state (QcPractice *self);
const GError *qc_practice_get_error (QcPractice *self);         /* (nullable) */
const char *qc_practice_get_console_address (QcPractice *self); /* (nullable) center staff's pages */
const char *qc_practice_get_profile_path (QcPractice *self);    /* (nullable) */
/* The center's process, for tests that kill it; 0 = not running. */
int qc_practice_get_pid (QcPractice *self);
/* The practice day as last heard, QC_DATE_NONE before. Property "today". */
QcDate qc_practice_get_today (QcPractice *self);
void qc_practice_set_today (QcPractice *self, QcDate today);

G_END_DECLS
