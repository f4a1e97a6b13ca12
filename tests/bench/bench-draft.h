/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What the programs share that measure a roster through the service its page uses: how long the main loop is away from
 * its poll, waiting for a draft, signing in and 办理. Main thread.
 */
#pragma once

#include "bench.h"
#include "qc-roster-service.h"

G_BEGIN_DECLS

/* From now on the longest time counts that the main loop is away from its poll. */
void bench_watch_loop (void);
double bench_busy_ms (void);

typedef gboolean (*BenchCondition) (gpointer data);
/* Runs the main context; dies after two minutes without @what. */
void bench_run_until (BenchCondition condition, gpointer data, const char *what);

QcDraft *bench_draft_of (QcRosterService *service);
const GPtrArray *bench_lines_of (QcRosterService *service);
/* Dies where the roster cannot be read: no reason to wait for it. */
void bench_check_readable (gpointer service);
/* BenchConditions of a service: everything is checked and written; checked alone; nothing keeps it from 办理. */
gboolean bench_is_settled (gpointer service);
gboolean bench_is_checked (gpointer service);
gboolean bench_can_submit (gpointer service);
/* Of a draft. */
gboolean bench_is_written (gpointer draft);

/* Practice, as its first account, until it is synced. @robot: path of portal_robot.py */
void bench_sign_in (QcSession *session, char *robot);

/* 办理, until it lies in the outbox, and from there until it is answered: milliseconds. */
typedef struct {
  double queued, answered;
} BenchSent;
BenchSent bench_send_roster (QcRosterService *service);

G_END_DECLS
